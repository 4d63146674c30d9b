#include "contract_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

namespace atrapa::tests {
namespace {

using mocks::kit::Field;
using mocks::kit::Json;
using mocks::kit::Nesting;
using mocks::kit::Schema;
using mocks::kit::TypeKind;

bool text_like(const Json& value, const char* pattern) {
  return value.is_string() && std::regex_match(value.get<std::string>(), std::regex(pattern));
}

bool decimal_fits(const Field& field, const Json& value) {
  if (field.scale < 0) return text_like(value, "-?[0-9]+(\\.[0-9]*[1-9])?");
  if (field.scale == 0) return text_like(value, "-?[0-9]+");
  return text_like(value, fmt::format("-?[0-9]+\\.[0-9]{{{}}}", field.scale).c_str());
}

bool fits(const Field& field, TypeKind kind, const Json& value) {
  switch (kind) {
    case TypeKind::Id: return text_like(value, "[0-9]+");
    case TypeKind::IntString:
      return text_like(value, field.fraction ? "-?[0-9]+(\\.[0-9]*[1-9])?" : "-?[0-9]+");
    case TypeKind::DecimalString: return decimal_fits(field, value);
    case TypeKind::Flag: return value == "0" || value == "1";
    case TypeKind::Bool: return value.is_boolean();
    case TypeKind::Int: return value.is_number_integer();
    case TypeKind::Number: return value.is_number();
    case TypeKind::String: return value.is_string();
    case TypeKind::Datetime:
      return text_like(value, "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}");
    case TypeKind::Date: return text_like(value, "[0-9]{4}-[0-9]{2}-[0-9]{2}");
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
