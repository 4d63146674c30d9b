#include "mocks/base/given.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mocks/kit/json_bounds.hpp"

namespace atrapa::mocks::base {
namespace {

using kit::Json;

/// "1e2" and the like, which a decimal text is not.
std::optional<kit::Decimal> exponent_number(const Json& value) {
  if (!value.is_number_float()) return std::nullopt;
  return kit::Decimal::parse(fmt::format("{:.10f}", value.get<double>()));
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The place behind the first `count` characters of UTF-8 text; npos where it has no more.
std::size_t cut_at(std::string_view text, std::size_t count) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0u) != 0x80u;
    if (begins && seen++ == count) return at;
  }
  return std::string_view::npos;
}

std::optional<bool> flag_of(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (const auto number = integer_in(value); number && (*number == 0 || *number == 1)) {
    return *number == 1;
  }
  if (value == "true") return true;
  if (value == "false") return false;
  return std::nullopt;
}

/// PHP knows no difference between lists and maps.
Json as_list(const Json& value) {
  if (value.is_array()) return value;
  Json list = Json::array();
  for (const auto& [key, element] : value.items()) list.push_back(element);
  return list;
}
Json as_map(const Json& value) {
  if (value.is_object()) return value;
  Json map = Json::object();
  std::size_t index = 0;
  for (const Json& element : value) map[std::to_string(index++)] = element;
  return map;
}

std::string_view expected(Kind kind) {
  switch (kind) {
    case Kind::Int: return "expected a whole number";
    case Kind::Float: return "expected a number";
    case Kind::Text: return "expected a text";
    case Kind::Bool: return "expected true or false";
    case Kind::List: return "expected a list";
    case Kind::Map: return "expected an object";
    case Kind::Any: break;
  }
  return "cannot be read";
}

class Reader {
 public:
  std::optional<BadParameter> problem;
  Parameters parameters;

  Json read_object(const Node& node, const Json& object, const std::string& prefix) {
    Json taken = Json::object();
    for (const auto& [name, value] : object.items()) {
      const Node* child = node.child(name);
      if (child == nullptr) {
        parameters.unknown.push_back(prefix + name);
        continue;
      }
      if (auto read = read_value(*child, value, prefix + name)) taken[name] = std::move(*read);
      if (problem) return taken;
    }
    for (const Node& child : node.children) {
      if (child.required && !taken.contains(child.name) && !problem) {
        problem = BadParameter{prefix + child.name, "is missing"};
      }
    }
    return taken;
  }

 private:
  /// Nothing where the value counts as not given, or is refused.
  std::optional<Json> read_value(const Node& node, const Json& value, const std::string& name) {
    if (value.is_null()) return std::nullopt;
    const bool scalar = node.kind != Kind::Text && node.kind != Kind::Any;
    const bool empty = value.is_string() && trimmed(value.get_ref<const std::string&>()).empty();
    if (scalar && empty) return std::nullopt;
    std::optional<Json> read = converted(node, value, name);
    if (!read && !problem) problem = BadParameter{name, std::string(expected(node.kind))};
    if (read && !problem) check_value(node, *read, name);
    return read;
  }

  std::optional<Json> converted(const Node& node, const Json& value, const std::string& name) {
    switch (node.kind) {
      case Kind::Int:
        if (const auto number = integer_in(value)) return Json(*number);
        return std::nullopt;
      case Kind::Float:
        if (const auto number = number_in(value)) return Json(number->text());
        return std::nullopt;
      case Kind::Text: {
        auto text = text_in(value);
        if (!text) return std::nullopt;
        return Json(cut(node, std::move(*text), name));
      }
      case Kind::Bool:
        if (const auto flag = flag_of(value)) return Json(*flag);
        return std::nullopt;
      case Kind::List:
        if (!value.is_structured()) return std::nullopt;
        return elements(node, as_list(value), name);
      case Kind::Map:
        if (!value.is_structured()) return std::nullopt;
        if (node.of_elements) return elements(node, as_map(value), name);
        if (!node.children.empty()) return read_object(node, as_map(value), name + ".");
        return as_map(value);
      case Kind::Any: return value;
    }
    return std::nullopt;
  }

  Json elements(const Node& node, Json container, const std::string& name) {
    const bool named = !node.children.empty() && !node.children.front().name.starts_with('[');
    if (!node.of_elements || !named) return container;
    std::size_t index = 0;
    for (auto element = container.begin(); element != container.end(); ++element, ++index) {
      const std::string at = container.is_object() ? fmt::format("{}.{}", name, element.key())
                                                   : fmt::format("{}[{}]", name, index);
      if (container.is_object() && *element == "") *element = Json::object();  // Nothing is in it.
      if (!element->is_structured()) {
        if (!problem) problem = BadParameter{at, "expected an object"};
        return container;
      }
      *element = read_object(node, as_map(*element), at + ".");
      if (problem) return container;
    }
    return container;
  }

  std::string cut(const Node& node, std::string text, const std::string& name) {
    if (node.longest == 0 || text.size() <= node.longest) return text;
    const std::size_t end = cut_at(text, node.longest);
    if (end == std::string_view::npos) return text;
    parameters.cut.push_back(name);
    text.resize(end);
    return text;
  }

  void check_value(const Node& node, const Json& value, const std::string& name) {
    if (node.values.empty() || value.is_structured()) return;
    const std::string text = text_in(value).value_or("");
    if (std::find(node.values.begin(), node.values.end(), text) != node.values.end()) return;
    problem = BadParameter{name, fmt::format("expected one of {}", fmt::join(node.values, ", "))};
  }
};

}  // namespace

std::optional<kit::Decimal> number_in(const Json& value) {
  if (value.is_boolean()) return kit::Decimal(value.get<bool>() ? 1 : 0);
  if (value.is_string()) return kit::Decimal::parse(trimmed(value.get_ref<const std::string&>()));
  if (!value.is_number()) return std::nullopt;
  if (const auto number = kit::Decimal::parse(value.dump())) return number;
  return exponent_number(value);
}

std::optional<std::int64_t> integer_in(const Json& value) {
  const auto number = number_in(value);
  if (!number || !number->is_whole()) return std::nullopt;
  const std::string text = number->rounded(0).text();
  std::int64_t whole = 0;
  const bool minus = text.starts_with('-');
  for (const char digit : std::string_view(text).substr(minus ? 1 : 0)) {
    whole = whole * 10 + (digit - '0');
  }
  return minus ? -whole : whole;
}

std::optional<std::string> text_in(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "1" : "";
  if (value.is_number()) return value.dump();
  return std::nullopt;
}

std::variant<Parameters, BadParameter> read_parameters(const Method& method,
                                                       std::string_view text) {
  text = trimmed(text);
  Json sent = Json::object();
  if (!text.empty()) {
    if (!kit::json_depth_ok(text)) return BadParameter{"parameters", "is nested too deeply"};
    sent = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (sent.is_null() || sent == "") sent = Json::object();
    if (!sent.is_structured()) return BadParameter{"parameters", "expected a JSON object"};
  }
  Reader reader;
  Json values = reader.read_object(method.parameters, as_map(sent), "");
  if (reader.problem) return std::move(*reader.problem);
  reader.parameters.values = std::move(values);
  return std::move(reader.parameters);
}

const Json* Given::find(std::string_view name) const {
  if (!object_.is_object()) return nullptr;
  const auto found = object_.find(name);
  return found != object_.end() ? &*found : nullptr;
}

std::int64_t Given::integer(std::string_view name, std::int64_t otherwise) const {
  const Json* value = find(name);
  return value != nullptr ? integer_in(*value).value_or(otherwise) : otherwise;
}

std::string Given::text(std::string_view name, std::string otherwise) const {
  const Json* value = find(name);
  return value != nullptr ? text_in(*value).value_or(std::move(otherwise)) : otherwise;
}

bool Given::flag(std::string_view name, bool otherwise) const {
  const Json* value = find(name);
  return value != nullptr ? flag_of(*value).value_or(otherwise) : otherwise;
}

kit::Decimal Given::decimal(std::string_view name, const kit::Decimal& otherwise) const {
  const Json* value = find(name);
  return value != nullptr ? number_in(*value).value_or(otherwise) : otherwise;
}

const Json& Given::list(std::string_view name) const {
  static const Json kNone = Json::array();
  const Json* value = find(name);
  return value != nullptr && value->is_array() ? *value : kNone;
}

const Json& Given::map(std::string_view name) const {
  static const Json kNone = Json::object();
  const Json* value = find(name);
  return value != nullptr && value->is_object() ? *value : kNone;
}

}  // namespace atrapa::mocks::base
