#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "mocks/kit/contract.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/record.hpp"

namespace atrapa::mocks::kit {

enum class Compare { Equal, NotEqual, Above, AtLeast, Below, AtMost, Like, NotLike, In, NotIn };

/// One `field operator value` of a list's filter; several are joined by AND.
struct Condition {
  std::vector<std::string> path;  ///< "stock.price" as {"stock", "price"}.
  Compare compare = Compare::Equal;
  Json operand;

  std::string name() const;  ///< The path with dots.
};

/// What is wrong with a filter or an order, for people.
struct QueryError {
  std::string problem;
};

struct FilterSettings {
  bool like_alias = false;  ///< The word LIKE (any case) for `~`, NOT LIKE for `!~`.
};

/// Reads the two ways to write a filter: `filters={"price":{">":"10"}}` and
/// `filters[product_id]=93` (with `filters[price][>]=10`, `filters[id][IN][]=1` and
/// `filters[additional_fields][=][5]=x`).
///
/// A scalar means equality; an object of operators joins its members by AND; a list is an operator
/// and its value, `["=", "x"]`. Operators: = != > >= < <= ~ !~ (SQL LIKE: % any text, _ any
/// character), IN and NOT IN (a list), words in any case.
///   [client] JSON and bracket form, operators, list form; [inferred] that anything else is an
///   error.
std::variant<std::vector<Condition>, QueryError> read_filters(
    const std::vector<std::pair<std::string, std::string>>& query, const FilterSettings& settings);

/// Whether an object's own condition holds, given its texts.
using RawTest = std::function<bool(std::string_view raw)>;

/// The condition as a test of one value of that field.
///
/// Numeric fields (Field::numeric) compare as exact decimals when both sides are numbers;
/// everything else byte for byte, case and blanks included. null equals null and "" never; any
/// other comparison with a null is false, as in SQL [inferred, as is the comparison by bytes: a
/// shop's database may fold case].
RawTest value_test(const Field& field, Compare compare, const Json& operand);

using RecordTest = std::function<bool(const Record&)>;

/// The condition as a test of rows of that schema. A path that leads through a list or a map has
/// several values, and one that satisfies the condition is enough; a map's key may be left out
/// (`translations.name`) or given (`translations.pl_PL.name`) [doc]. Where the contract names no
/// members below a locale, every name is one.
std::variant<RecordTest, QueryError> record_test(const Schema& schema, const Condition& condition);

/// One key of an order, the first one deciding.
struct SortKey {
  std::vector<std::string> path;
  bool descending = false;
};

/// `order=price desc` or repeated `order[]=price desc`; the direction may be left out (ascending)
/// and is free in its case. Field names match [A-Za-z_0-9.]+ [client]; a leading + or - is an error
/// on the wire, as the client that knows it translates it before sending [client].
std::variant<std::vector<SortKey>, QueryError> read_order(
    const std::vector<std::pair<std::string, std::string>>& query);

/// Sorts rows by the keys; equal ones stay in the order they had. Numeric fields by value, others
/// byte by byte; null comes first. A path through a list or map sorts by its first value.
std::variant<std::monostate, QueryError> sort_rows(const Schema& schema,
                                                   const std::vector<SortKey>& keys,
                                                   std::vector<RecordPtr>& rows);

}  // namespace atrapa::mocks::kit
