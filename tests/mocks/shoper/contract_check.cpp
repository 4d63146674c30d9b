#include "contract_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace atrapa::tests {
namespace {

using mocks::kit::Field;
using mocks::kit::Json;
using mocks::kit::Nesting;
using mocks::kit::Schema;
using mocks::kit::TypeKind;

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the text looks like the picture, in which a 9 stands for any digit.
bool looks_like(const Json& value, std::string_view picture) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return std::equal(text.begin(), text.end(), picture.begin(), picture.end(),
                    [](char c, char shown) { return shown == '9' ? digit(c) : c == shown; });
}

/// A number with exactly so many places; with -1, with as many as it needs and no zero at the end.
bool is_number_text(const Json& value, int places) {
  if (!value.is_string()) return false;
  std::string_view text = value.get_ref<const std::string&>();
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::string_view whole = text.substr(0, text.find('.'));
  if (whole.empty() || !std::all_of(whole.begin(), whole.end(), digit)) return false;
  if (whole.size() == text.size()) return places <= 0;
  const std::string_view behind = text.substr(whole.size() + 1);
  if (!std::all_of(behind.begin(), behind.end(), digit)) return false;
  return places < 0 ? !behind.empty() && behind.back() != '0'
                    : places > 0 && behind.size() == static_cast<std::size_t>(places);
}

bool fits(const Field& field, TypeKind kind, const Json& value) {
  switch (kind) {
    case TypeKind::Id:
      return is_number_text(value, 0) && !value.get_ref<const std::string&>().starts_with('-');
    case TypeKind::IntString: return is_number_text(value, field.fraction ? -1 : 0);
    case TypeKind::DecimalString: return is_number_text(value, field.scale);
    case TypeKind::Flag: return value == "0" || value == "1";
    case TypeKind::Bool: return value.is_boolean();
    case TypeKind::Int: return value.is_number_integer();
    case TypeKind::Number: return value.is_number();
    case TypeKind::String: return value.is_string();
    case TypeKind::Datetime: return looks_like(value, "9999-99-99 99:99:99");
    case TypeKind::Date: return looks_like(value, "9999-99-99");
    case TypeKind::Array: return value.is_array();
    case TypeKind::Object: return value.is_object() || (value.is_array() && value.empty());
    case TypeKind::Null: return value.is_null();
    case TypeKind::False: return value == false;
  }
  return false;
}

bool fits(const Field& field, const Json& value) {
  return std::any_of(field.types.begin(), field.types.end(), [&](const auto& type) {
    if (!fits(field, type.kind, value)) return false;
    if (type.kind != TypeKind::Array || !type.element) return true;
    return std::all_of(value.begin(), value.end(),
                       [&](const Json& one) { return fits(field, *type.element, one); });
  });
}

void check(const Schema& schema, const Json& object, const std::string& path,
           std::vector<std::string>& found);

void check_nested(const Field& field, const Json& value, const std::string& name,
                  std::vector<std::string>& found) {
  if (field.nesting == Nesting::Object && value.is_object()) {
    check(*field.children, value, name + ".", found);
  } else if (field.nesting == Nesting::ByKey && value.is_object()) {
    for (const auto& [key, one] : value.items()) {
      check(*field.children, one, fmt::format("{}.{}.", name, key), found);
    }
  } else if (field.nesting == Nesting::Items && value.is_array()) {
    for (const Json& one : value) check(*field.children, one, name + "[].", found);
  }
}

void check(const Schema& schema, const Json& object, const std::string& path,
           std::vector<std::string>& found) {
  if (!object.is_object()) return found.push_back(path + " is no object");
  for (const auto& [key, value] : object.items()) {
    const auto index = schema.find(key);
    if (!index || schema[*index].write_only || schema[*index].is_virtual) {
      found.push_back(fmt::format("{}{} does not belong into an answer", path, key));
    }
  }
  for (const Field& field : schema.fields()) {
    if (field.write_only || field.is_virtual) continue;
    const std::string name = path + field.name;
    const auto value = object.find(field.name);
    if (value == object.end()) {
      if (!field.optional) found.push_back(name + " is missing");
    } else if (!fits(field, *value)) {
      found.push_back(fmt::format("{} is {}, not {}", name, value->dump(), field.type_text));
    } else {
      check_nested(field, *value, name, found);
    }
  }
}

}  // namespace

std::vector<std::string> misfits(const Schema& schema, const Json& object) {
  std::vector<std::string> found;
  check(schema, object, "", found);
  return found;
}

std::vector<std::string> misfits(const mocks::kit::Contract& contract,
                                 const mocks::kit::Request& request,
                                 const mocks::kit::Response& response) {
  if (request.method != "GET" || response.status != 200) return {};
  const auto target = mocks::kit::parse_target(request.target);
  if (!target) return {"the request's target cannot be read"};
  const auto match = contract.route("GET", target->segments);
  if (match.route == nullptr) return {"the contract has no such call"};
  const Json body = Json::parse(response.body, nullptr, false);
  if (body.is_discarded()) return {"the answer is no JSON"};
  const Schema& schema = match.route->entry->schema;
  if (!body.is_object() || !body.contains("list")) return misfits(schema, body);

  std::vector<std::string> found;
  if (!body["count"].is_string()) found.emplace_back("count is no text");
  if (!body["pages"].is_number_integer()) found.emplace_back("pages is no number");
  if (!body["page"].is_number_integer()) found.emplace_back("page is no number");
  if (!body["list"].is_array()) found.emplace_back("list is no list");
  for (const Json& row : body["list"]) check(schema, row, "", found);
  return found;
}

}  // namespace atrapa::tests
