#pragma once

#include <cstddef>
#include <string>

#include "harness/subject/erp.hpp"

namespace atrapa::harness::report {

/// A JSON value for people: what fits stays on one line, the rest becomes indented `name: value`
/// lines, list items behind a dash. Texts keep their quotes, so that a trailing space shows.
std::string readable(const Json& value, std::size_t indent, std::size_t width);

}  // namespace atrapa::harness::report
