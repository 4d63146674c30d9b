#include "mocks/kit/list.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace atrapa::mocks::kit {
namespace {

/// Where the scan may start, and whether an index names the candidates.
struct Candidates {
  std::optional<std::vector<RecordPtr>> rows;
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
};

std::optional<std::int64_t> whole(const Json& operand) {
  return scalar_id(operand.is_string() ? operand.get<std::string>() : operand.dump());
}

Candidates candidates(const Table& table, std::size_t id_field,
                      const std::vector<Condition>& conditions) {
  Candidates found;
  for (const Condition& condition : conditions) {
    const auto field = table.schema().find(condition.path.front());
    if (!field || condition.path.size() != 1 || condition.operand.is_structured()) continue;
    const bool equal = condition.compare == Compare::Equal;
    if (*field == id_field) {
      const auto id = whole(condition.operand);
      if (!id) continue;
      if (equal) {
        const RecordPtr row = table.find(*id);
        found.rows = row ? std::vector{row} : std::vector<RecordPtr>{};
        return found;
      }
      const bool above =
          condition.compare == Compare::Above || condition.compare == Compare::AtLeast;
      if (above) found.from = std::max(found.from, *id);
    } else if (equal && table.indexed(*field) && !condition.operand.is_null()) {
      const std::string raw = json_text(condition.operand);
      found.rows = table.look_up(*field, index_key(table.schema()[*field], raw));
      return found;
    }
  }
  return found;
}

/// The order that tables have anyway.
bool by_ascending_id(const Table& table, std::size_t id_field, const std::vector<SortKey>& order) {
  if (order.empty()) return true;
  if (order.size() > 1) return false;
  const SortKey& first = order.front();
  return !first.descending && first.path.size() == 1 &&
         table.schema().find(first.path.front()) == id_field;
}

}  // namespace

std::variant<std::vector<RecordTest>, QueryError> row_tests(
    const Schema& schema, const std::vector<Condition>& conditions, const OwnTest& own) {
  std::vector<RecordTest> tests;
  for (const Condition& condition : conditions) {
    std::optional<std::variant<RecordTest, QueryError>> test;
    if (own) test = own(condition);
    if (!test) test = record_test(schema, condition);
    if (auto* error = std::get_if<QueryError>(&*test)) return std::move(*error);
    tests.push_back(std::move(std::get<RecordTest>(*test)));
  }
  return tests;
}

std::variant<std::vector<RecordPtr>, QueryError> select(const Table& table, std::size_t id_field,
                                                        const Selection& selection,
                                                        const OwnTest& own) {
  auto compiled = row_tests(table.schema(), selection.conditions, own);
  if (auto* error = std::get_if<QueryError>(&compiled)) return std::move(*error);
  const auto& tests = std::get<std::vector<RecordTest>>(compiled);
  const auto matches = [&](const RecordPtr& row) {
    return std::all_of(tests.begin(), tests.end(),
                       [&](const RecordTest& test) { return test(*row); });
  };

  std::vector<RecordPtr> rows;
  const Candidates start = candidates(table, id_field, selection.conditions);
  if (start.rows) {
    std::copy_if(start.rows->begin(), start.rows->end(), std::back_inserter(rows), matches);
  } else {
    table.each(
        [&](const RecordPtr& row) {
          if (matches(row)) rows.push_back(row);
          return true;
        },
        start.from);
  }
  if (!by_ascending_id(table, id_field, selection.order)) {
    auto sorted = sort_rows(table.schema(), selection.order, rows);
    if (auto* error = std::get_if<QueryError>(&sorted)) return std::move(*error);
  }
  return rows;
}

std::variant<Page, QueryError> select_page(const Table& table, std::size_t id_field,
                                           const Selection& selection, std::size_t skip,
                                           std::size_t limit, const OwnTest& own) {
  Page page;
  if (selection.conditions.empty() && by_ascending_id(table, id_field, selection.order)) {
    page.count = static_cast<std::int64_t>(table.size());
    page.rows = table.slice(skip, limit);
    return page;
  }
  auto selected = select(table, id_field, selection, own);
  if (auto* error = std::get_if<QueryError>(&selected)) return std::move(*error);
  const auto& rows = std::get<std::vector<RecordPtr>>(selected);
  page.count = static_cast<std::int64_t>(rows.size());
  const std::size_t begin = std::min(skip, rows.size());
  const std::size_t end = std::min(rows.size(), begin + limit);
  page.rows.assign(rows.begin() + static_cast<std::ptrdiff_t>(begin),
                   rows.begin() + static_cast<std::ptrdiff_t>(end));
  return page;
}

std::string join_rows(const std::vector<RecordPtr>& rows) {
  std::size_t size = 2;
  for (const RecordPtr& row : rows) size += row->wire().size() + 1;
  std::string text;
  text.reserve(size);
  text.push_back('[');
  for (const RecordPtr& row : rows) {
    if (text.size() > 1) text.push_back(',');
    text += row->wire();
  }
  text.push_back(']');
  return text;
}

}  // namespace atrapa::mocks::kit
