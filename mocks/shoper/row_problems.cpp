#include <fmt/format.h>

#include "mocks/shoper/shoper.hpp"
#include "mocks/shoper/shops.hpp"
#include "mocks/shoper/world.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::Json;

void list_problems(const kit::Schema& schema, std::string_view resource, const Json& row,
                   const std::string& pointer, std::vector<RowProblem>& problems) {
  const auto written = kit::validate(schema, row, {.mode = kit::WriteRules::Mode::Plant});
  for (const kit::Problem& one : written.problems) {
    problems.push_back({pointer + place_in(row, one), in_words(one, resource)});
  }
}

}  // namespace

std::string place_in(const Json& row, const kit::Problem& problem) {
  if (row.contains(problem.field)) {  // A foreign name may have a dot of its own.
    Json::json_pointer step;
    step.push_back(problem.field);
    return step.to_string();
  }
  std::string pointer = "/";
  for (const char c : problem.field) {
    if (c != ']') pointer.push_back(c == '.' || c == '[' ? '/' : c);
  }
  return pointer;
}

std::string in_words(const kit::Problem& problem, std::string_view resource) {
  return problem.fault == kit::FieldFault::Unknown ? fmt::format("{} have no such field", resource)
                                                   : fmt::format("expected {}", problem.detail);
}

std::vector<RowProblem> row_problems(std::string_view resource, const Json& row) {
  std::vector<RowProblem> problems;
  if (!row.is_object()) return problems;
  if (resource == "application-config") {
    list_problems(contract().at(resource).schema, resource, row, "", problems);
  }
  const auto rows = rows_of(resource);
  if (!rows) return problems;
  Json header = row;
  if (rows == Rows::Orders && row.contains("products")) {
    const Json& lines = row.at("products");
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (!lines.is_array() || !lines[i].is_object()) continue;
      list_problems(schema_of(Rows::OrderProducts), entry_of(Rows::OrderProducts).resource,
                    lines[i], fmt::format("/products/{}", i), problems);
    }
    header.erase("products");
  }
  list_problems(schema_of(*rows), resource, header, "", problems);
  return problems;
}

}  // namespace atrapa::mocks::shoper
