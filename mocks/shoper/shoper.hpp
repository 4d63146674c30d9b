#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/json.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::shoper {

/// The contract of `webapi/rest`: entries, fields, types, marks. Bytes of `contract.json`.
std::string_view contract_json();

/// A Shoper fake without accounts; `Platform::restore` fills it from a world.
/// The credential names the account (one shop each); nothing else is needed for isolation.
std::unique_ptr<kit::Platform> make_shoper();

/// A place of a row that a shop has no column for, or whose value it cannot store.
struct RowProblem {
  std::string pointer;  ///< From the top of the row: "/stock/shelf".
  std::string problem;  ///< "products have no such field", "expected a whole number"
};

/// Everything in a row of a world that keeps it from being planted, whatever the other rows are; of
/// "application-config" it takes the configuration. Empty for a resource that holds no rows.
std::vector<RowProblem> row_problems(std::string_view resource, const kit::Json& row);

}  // namespace atrapa::mocks::shoper
