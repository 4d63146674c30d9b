#include "mocks/kit/filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "mocks/kit/json_bounds.hpp"

namespace atrapa::mocks::kit {
namespace {

constexpr std::size_t kMaxConditions = 64;

constexpr std::array<std::pair<std::string_view, Compare>, 10> kOperators{{
    {"=", Compare::Equal},
    {"!=", Compare::NotEqual},
    {">", Compare::Above},
    {">=", Compare::AtLeast},
    {"<", Compare::Below},
    {"<=", Compare::AtMost},
    {"~", Compare::Like},
    {"!~", Compare::NotLike},
    {"IN", Compare::In},
    {"NOT IN", Compare::NotIn},
}};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::optional<Compare> read_operator(std::string_view text, const FilterSettings& settings) {
  const std::string word = upper(text);
  for (const auto& [name, compare] : kOperators) {
    if (name == word) return compare;
  }
  if (settings.like_alias && word == "LIKE") return Compare::Like;
  if (settings.like_alias && word == "NOT LIKE") return Compare::NotLike;
  return std::nullopt;
}

std::vector<std::string> split_path(std::string_view name) {
  std::vector<std::string> path;
  while (true) {
    const std::size_t dot = name.find('.');
    path.emplace_back(name.substr(0, dot));
    if (dot == std::string_view::npos) return path;
    name.remove_prefix(dot + 1);
  }
}

/// `filters[a][b]` taken apart: {"a", "b"}. Nothing where the brackets do not close.
std::optional<std::vector<std::string>> brackets(std::string_view key, std::string_view prefix) {
  key.remove_prefix(prefix.size());
  std::vector<std::string> parts;
  while (!key.empty()) {
    const std::size_t close = key.find(']');
    if (key.front() != '[' || close == std::string_view::npos) return std::nullopt;
    parts.emplace_back(key.substr(1, close - 1));
    key.remove_prefix(close + 1);
  }
  return parts;
}

/// The bracket form as the object that the JSON form would have been.
std::optional<Json> from_brackets(const std::vector<std::pair<std::string, std::string>>& query) {
  Json filters = Json::object();
  for (const auto& [key, value] : query) {
    if (!key.starts_with("filters[")) continue;
    const auto parts = brackets(key, "filters");
    if (!parts || parts->empty() || parts->size() > 3) return std::nullopt;
    Json& field = filters[(*parts)[0]];
    if (parts->size() == 1) {
      field = value;
      continue;
    }
    if (!field.is_object()) field = Json::object();
    Json& operand = field[(*parts)[1]];
    if (parts->size() == 2) {
      operand = value;
    } else if (!(*parts)[2].empty()) {
      // A key of its own (additional_fields) or, for IN, an index: read_condition() knows.
      if (!operand.is_object()) operand = Json::object();
      operand[(*parts)[2]] = value;
    } else {
      if (!operand.is_array()) operand = Json::array();
      operand.push_back(value);
    }
  }
  return filters;
}

bool is_scalar(const Json& json) {
  return json.is_string() || json.is_number() || json.is_boolean() || json.is_null();
}

std::string operand_text(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_boolean()) return json.get<bool>() ? "1" : "0";
  return json.is_null() ? std::string{} : json.dump();
}

/// SQL LIKE over bytes; `_` stands for one UTF-8 character, a backslash takes the next one
/// literally.
bool like(std::string_view text, std::string_view pattern) {
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '%') {
      star = ++p;
      resume = t;
      continue;
    }
    if (p < pattern.size() && pattern[p] == '_') {
      ++p;
      ++t;
      while (t < text.size() && (text[t] & 0xC0) == 0x80) ++t;
      continue;
    }
    const bool escaped = p + 1 < pattern.size() && pattern[p] == '\\';
    if (p < pattern.size() && pattern[p + (escaped ? 1 : 0)] == text[t]) {
      p += escaped ? 2 : 1;
      ++t;
      continue;
    }
    if (star == std::string_view::npos) return false;
    p = star;
    t = ++resume;
  }
  while (p < pattern.size() && pattern[p] == '%') ++p;
  return p == pattern.size();
}

template <typename Order>
bool holds(Compare compare, const Order& order) {
  switch (compare) {
    case Compare::Equal: return order == 0;
    case Compare::NotEqual: return order != 0;
    case Compare::Above: return order > 0;
    case Compare::AtLeast: return order >= 0;
    case Compare::Below: return order < 0;
    case Compare::AtMost: return order <= 0;
    case Compare::Like:
    case Compare::NotLike:
    case Compare::In:
    case Compare::NotIn: return false;
  }
  return false;
}

bool is_null(std::string_view raw) { return raw.empty() || raw == "null"; }

using Step = std::function<bool(std::string_view raw, const RawTest& test)>;

/// The way from a field's raw value down to the values that a path names: whether one of them
/// satisfies a test, and the field whose values they are.
struct Reach {
  const Field* leaf = nullptr;
  Step any;
};

/// pl_PL: which cannot be the name of a member below a locale.
bool is_locale(std::string_view name) {
  return name.size() == 5 && name[2] == '_' && name[3] >= 'A' && name[3] <= 'Z';
}

/// The way into objects by locale of which the contract names no members: any member will do, in
/// the locale that is named or in any.
std::optional<Reach> reach_by_locale(const std::vector<std::string>& path, std::size_t at) {
  static const Field kText = [] {
    Field text;
    text.types = {{TypeKind::String, {}}};
    return text;
  }();
  const bool named = path.size() == at + 2;
  if (is_locale(path.back()) || !(named || path.size() == at + 1)) return std::nullopt;
  const std::string locale = named ? path[at] : "";
  return Reach{&kText, [locale, name = path.back()](std::string_view raw, const RawTest& test) {
                 bool found = false;
                 each_member(raw, [&](std::string_view one, std::string_view object) {
                   if (!locale.empty() && one != locale) return;
                   found = found || test(member(object, name));
                 });
                 return found;
               }};
}

/// The way along `path[at..]`; nothing where the path names no such values.
std::optional<Reach> reach(const Field& field, const std::vector<std::string>& path,
                           std::size_t at) {
  if (at == path.size()) {
    if (field.nesting != Nesting::None) return std::nullopt;
    if (field.types.front().kind == TypeKind::Array) {
      return Reach{&field, [](std::string_view raw, const RawTest& test) {
                     const auto all = elements(raw);
                     return std::any_of(all.begin(), all.end(), test);
                   }};
    }
    if (field.types.front().kind == TypeKind::Object) return std::nullopt;
    return Reach{&field, [](std::string_view raw, const RawTest& test) { return test(raw); }};
  }
  if (field.children == nullptr) {
    return field.by_locale ? reach_by_locale(path, at) : std::nullopt;
  }
  std::size_t child_at = at;
  std::optional<std::string> key;
  if (field.nesting == Nesting::ByKey && !field.children->find(path[at])) {
    key = path[at];
    if (++child_at == path.size()) return std::nullopt;
  }
  const auto child = field.children->find(path[child_at]);
  if (!child) return std::nullopt;
  const auto inner = reach((*field.children)[*child], path, child_at + 1);
  if (!inner) return std::nullopt;
  const std::string name = path[child_at];
  switch (field.nesting) {
    case Nesting::Object:
      return Reach{inner->leaf,
                   [name, step = inner->any](std::string_view raw, const RawTest& test) {
                     return step(member(raw, name), test);
                   }};
    case Nesting::ByKey:
      return Reach{inner->leaf,
                   [name, key, step = inner->any](std::string_view raw, const RawTest& test) {
                     bool found = false;
                     each_member(raw, [&](std::string_view one, std::string_view object) {
                       if (key && one != *key) return;
                       found = found || step(member(object, name), test);
                     });
                     return found;
                   }};
    case Nesting::Items:
      return Reach{inner->leaf,
                   [name, step = inner->any](std::string_view raw, const RawTest& test) {
                     const auto all = elements(raw);
                     return std::any_of(all.begin(), all.end(), [&](std::string_view object) {
                       return step(member(object, name), test);
                     });
                   }};
    case Nesting::None: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<QueryError> check_operand(const Condition& condition) {
  const bool list = condition.compare == Compare::In || condition.compare == Compare::NotIn;
  if (!list && is_scalar(condition.operand)) return std::nullopt;
  if (list && condition.operand.is_array() &&
      std::all_of(condition.operand.begin(), condition.operand.end(), is_scalar)) {
    return std::nullopt;
  }
  return QueryError{fmt::format("\"{}\": expected {}", condition.name(),
                                list ? "a list of values" : "a single value")};
}

/// Adds the conditions of one field: a scalar, an object of operators, or a list of operator and
/// value.
std::optional<QueryError> read_condition(const std::string& name, const Json& json,
                                         const FilterSettings& settings,
                                         std::vector<Condition>& conditions) {
  const auto add = [&](const std::string& word, const Json& operand) -> std::optional<QueryError> {
    const auto compare = read_operator(word, settings);
    if (!compare) return QueryError{fmt::format("\"{}\": unknown operator \"{}\"", name, word)};
    const bool list = *compare == Compare::In || *compare == Compare::NotIn;
    Json value = operand;
    if (list && operand.is_object()) {  // filters[a][IN][0]=x: PHP counts what has no key.
      value = Json::array();
      for (const auto& [key, one] : operand.items()) value.push_back(one);
    }
    conditions.push_back({split_path(name), *compare, std::move(value)});
    return std::nullopt;
  };
  if (is_scalar(json)) return add("=", json);
  if (json.is_array()) {
    if (json.size() == 2 && json[0].is_string()) return add(json[0].get<std::string>(), json[1]);
    return QueryError{fmt::format("\"{}\": expected an operator and a value", name)};
  }
  if (json.empty()) return QueryError{fmt::format("\"{}\": no operator", name)};
  for (const auto& [word, operand] : json.items()) {
    if (auto error = add(word, operand)) return error;
  }
  return std::nullopt;
}

}  // namespace

std::string Condition::name() const { return fmt::format("{}", fmt::join(path, ".")); }

std::variant<std::vector<Condition>, QueryError> read_filters(
    const std::vector<std::pair<std::string, std::string>>& query, const FilterSettings& settings) {
  std::vector<Condition> conditions;
  const std::string* text = nullptr;
  bool bracketed = false;
  for (const auto& [key, value] : query) {
    if (key == "filters") text = &value;
    bracketed = bracketed || key.starts_with("filters[");
  }
  Json filters = Json::object();
  if (bracketed) {
    auto read = from_brackets(query);
    if (!read) return QueryError{"filters: brackets do not close"};
    filters = std::move(*read);
  } else if (text != nullptr && !text->empty()) {
    if (!json_depth_ok(*text)) return QueryError{"filters: nested too deeply"};
    filters = Json::parse(*text, nullptr, false);
    if (filters.is_array() && filters.empty()) return conditions;
    if (!filters.is_object()) return QueryError{"filters: not a JSON object"};
  }
  for (const auto& [name, json] : filters.items()) {
    if (auto error = read_condition(name, json, settings, conditions)) return *error;
    if (conditions.size() > kMaxConditions) return QueryError{"filters: too many conditions"};
  }
  return conditions;
}

RawTest value_test(const Field& field, Compare compare, const Json& operand) {
  if (compare == Compare::In || compare == Compare::NotIn) {
    std::vector<RawTest> any;
    for (const Json& one : operand) any.push_back(value_test(field, Compare::Equal, one));
    const bool wanted = compare == Compare::In;
    return [any, wanted](std::string_view raw) {
      if (!wanted && is_null(raw)) return false;
      return std::any_of(any.begin(), any.end(), [&](const RawTest& test) { return test(raw); }) ==
             wanted;
    };
  }
  if (operand.is_null()) {
    return [compare](std::string_view raw) {
      if (compare == Compare::Equal) return is_null(raw);
      return compare == Compare::NotEqual && !is_null(raw);
    };
  }
  const std::string text = operand_text(operand);
  if (compare == Compare::Like || compare == Compare::NotLike) {
    const bool wanted = compare == Compare::Like;
    return [text, wanted](std::string_view raw) {
      return !is_null(raw) && like(scalar_text(raw), text) == wanted;
    };
  }
  const std::optional<Decimal> number = field.numeric() ? Decimal::parse(text) : std::nullopt;
  return [compare, text, number](std::string_view raw) {
    if (is_null(raw)) return false;
    if (number) {
      if (const auto value = scalar_number(raw)) return holds(compare, *value <=> *number);
    }
    return holds(compare, scalar_text(raw).compare(text));
  };
}

std::variant<RecordTest, QueryError> record_test(const Schema& schema, const Condition& condition) {
  const auto top = schema.find(condition.path.front());
  if (!top || schema[*top].is_virtual) {
    return QueryError{fmt::format("unknown field \"{}\"", condition.name())};
  }
  if (auto error = check_operand(condition)) return *error;
  const auto way = reach(schema[*top], condition.path, 1);
  if (!way) return QueryError{fmt::format("field \"{}\" cannot be filtered", condition.name())};
  RawTest test = value_test(*way->leaf, condition.compare, condition.operand);
  return RecordTest([field = *top, any = way->any, test](const Record& row) {
    return any(row.raw(field), test);
  });
}

std::variant<std::vector<SortKey>, QueryError> read_order(
    const std::vector<std::pair<std::string, std::string>>& query) {
  std::vector<SortKey> keys;
  for (const auto& [key, value] : query) {
    if (key != "order" && !(key.starts_with("order[") && key.ends_with("]"))) continue;
    if (value.empty()) continue;
    const std::size_t blank = value.find(' ');
    const std::string name = value.substr(0, blank);
    const std::string direction =
        blank == std::string::npos ? "ASC" : upper(std::string_view(value).substr(blank + 1));
    const bool spelled = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '.';
    });
    if (!spelled || (direction != "ASC" && direction != "DESC")) {
      return QueryError{
          fmt::format("order: expected \"field asc\" or \"field desc\": \"{}\"", value)};
    }
    if (key == "order") keys.clear();  // As PHP reads a query, the last one counts.
    keys.push_back({split_path(name), direction == "DESC"});
  }
  return keys;
}

std::variant<std::monostate, QueryError> sort_rows(const Schema& schema,
                                                   const std::vector<SortKey>& keys,
                                                   std::vector<RecordPtr>& rows) {
  struct Value {
    bool null = true;
    std::optional<Decimal> number;
    std::string text;
  };
  struct Line {
    RecordPtr row;
    std::vector<Value> values;
  };
  std::vector<Line> lines;
  lines.reserve(rows.size());
  for (const RecordPtr& row : rows) lines.push_back({row, {}});
  for (const SortKey& key : keys) {
    const std::string name = fmt::format("{}", fmt::join(key.path, "."));
    const auto top = schema.find(key.path.front());
    const auto way =
        top && !schema[*top].is_virtual ? reach(schema[*top], key.path, 1) : std::nullopt;
    if (!way) return QueryError{fmt::format("order: unknown field \"{}\"", name)};
    for (Line& line : lines) {
      Value value;
      way->any(line.row->raw(*top), [&](std::string_view raw) {
        if (is_null(raw)) return false;
        value.null = false;
        if (way->leaf->numeric()) value.number = scalar_number(raw);
        if (!value.number) value.text = scalar_text(raw);
        return true;
      });
      line.values.push_back(std::move(value));
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [&](const Line& left, const Line& right) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Value& a = keys[i].descending ? right.values[i] : left.values[i];
      const Value& b = keys[i].descending ? left.values[i] : right.values[i];
      if (a.null != b.null) return a.null;
      if (a.number && b.number) {
        if (*a.number != *b.number) return *a.number < *b.number;
      } else if (a.number.has_value() != b.number.has_value()) {
        return a.number.has_value();
      } else if (a.text != b.text) {
        return a.text < b.text;
      }
    }
    return false;
  });
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = std::move(lines[i].row);
  return std::monostate{};
}

}  // namespace atrapa::mocks::kit
