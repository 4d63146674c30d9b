#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "mocks/kit/filter.hpp"
#include "mocks/kit/table.hpp"

namespace atrapa::mocks::kit {

/// What a list call asks for, as far as every platform reads it alike.
struct Selection {
  std::vector<Condition> conditions;
  std::vector<SortKey> order;  ///< Empty: by id, ascending.
};

/// One page of a selection.
struct Page {
  std::int64_t count = 0;  ///< Rows of the whole selection.
  std::vector<RecordPtr> rows;
};

/// A platform's own meaning of a condition, such as a key that no field has; nothing: the schema's.
using OwnTest =
    std::function<std::optional<std::variant<RecordTest, QueryError>>(const Condition&)>;

/// The conditions as tests of a table's rows.
std::variant<std::vector<RecordTest>, QueryError> row_tests(
    const Schema& schema, const std::vector<Condition>& conditions, const OwnTest& own = {});

/// The rows of the selection, by id or in its order. An equality on an indexed field does not scan,
/// nor does a range of ids (`{"order_id": {">": 500}}`) look at the rows below it.
std::variant<std::vector<RecordPtr>, QueryError> select(const Table& table, std::size_t id_field,
                                                        const Selection& selection,
                                                        const OwnTest& own = {});

/// At most `limit` rows after the first `skip`. Without conditions,
/// and by id, only they are touched.
std::variant<Page, QueryError> select_page(const Table& table, std::size_t id_field,
                                           const Selection& selection, std::size_t skip,
                                           std::size_t limit, const OwnTest& own = {});

/// `[row,row]`
std::string join_rows(const std::vector<RecordPtr>& rows);

}  // namespace atrapa::mocks::kit
