#pragma once

#include <map>
#include <string>
#include <vector>

namespace atrapa::harness {

/// What Shoper's contract knows of a resource's rows.
struct RowShape {
  std::string id;                   ///< The field that holds the row's id; "" where it has none.
  std::vector<std::string> fields;  ///< Names at the top of a row.
};

/// By name of the resource.
const std::map<std::string, RowShape, std::less<>>& row_shapes();

}  // namespace atrapa::harness
