#include "mocks/base/methods.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <utility>

#include "mocks/base/base.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::mocks::base {
namespace {

using Value = rapidjson::Value;

std::string text_member(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found != object.MemberEnd() && found->value.IsString()
             ? std::string(found->value.GetString(), found->value.GetStringLength())
             : std::string();
}

bool flag_member(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found != object.MemberEnd() && found->value.IsBool() && found->value.GetBool();
}

int number_member(const Value& object, const char* name, int otherwise) {
  const auto found = object.FindMember(name);
  return found != object.MemberEnd() && found->value.IsInt() ? found->value.GetInt() : otherwise;
}

std::optional<Kind> kind_of(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, Kind>, 8> kKinds{{{"int", Kind::Int},
                                                                     {"float", Kind::Float},
                                                                     {"number", Kind::Float},
                                                                     {"text", Kind::Text},
                                                                     {"bool", Kind::Bool},
                                                                     {"list", Kind::List},
                                                                     {"map", Kind::Map},
                                                                     {"any", Kind::Any}}};
  for (const auto& [name, kind] : kKinds) {
    if (name == word) return kind;
  }
  return std::nullopt;
}

std::vector<std::string> values_in(const Value& row) {
  std::vector<std::string> values;
  const auto found = row.FindMember("enum");
  if (found == row.MemberEnd() || !found->value.IsArray()) return values;
  for (const Value& one : found->value.GetArray()) {
    if (one.IsString()) values.emplace_back(one.GetString(), one.GetStringLength());
    if (one.IsInt64()) values.push_back(std::to_string(one.GetInt64()));
  }
  return values;
}

Node read_node(const Value& row, std::string name, const std::string& pointer) {
  const auto kind = kind_of(text_member(row, "type"));
  if (!kind) throw kit::WorldError(pointer + "/type", "no such type");
  Node node;
  node.name = std::move(name);
  node.kind = *kind;
  if (const std::string sample = text_member(row, "sample"); !sample.empty()) {
    node.sample = kind_of(sample);
    if (!node.sample) throw kit::WorldError(pointer + "/sample", "no such type");
  }
  node.sample_name = text_member(row, "sample_name");
  node.sample_empty_text = text_member(row, "sample_empty") == "text";
  node.optional = flag_member(row, "optional");
  node.null = flag_member(row, "null");
  node.places = number_member(row, "places", -1);
  node.required = flag_member(row, "required");
  node.longest = static_cast<std::size_t>(number_member(row, "longest", 0));
  node.values = values_in(row);
  return node;
}

/// Puts a row where its path says: `products.{id}.links.{key}.product_id`, `items[].[0]`.
void place(Node& root, const Value& row, std::string_view path, const std::string& pointer) {
  Node* parent = &root;
  for (;;) {
    const std::size_t dot = path.find('.');
    std::string_view part = path.substr(0, dot);
    const bool elements = part.size() > 2 && part.ends_with("[]");
    if (elements) part.remove_suffix(2);
    if (part.starts_with('{')) {
      parent->of_elements = true;
      if (dot == std::string_view::npos) return;  // A map's plain values: nothing to name.
      path.remove_prefix(dot + 1);
      continue;
    }
    if (dot == std::string_view::npos) {
      parent->children.push_back(read_node(row, std::string(part), pointer));
      return;
    }
    const auto found = std::find_if(parent->children.begin(), parent->children.end(),
                                    [&](const Node& one) { return one.name == part; });
    if (found == parent->children.end()) {
      throw kit::WorldError(pointer, fmt::format("'{}' must come before what lies in it", part));
    }
    if (elements) found->of_elements = true;
    parent = &*found;
    path.remove_prefix(dot + 1);
  }
}

Node read_rows(const Value& method, const char* member, const char* name,
               const std::string& pointer) {
  Node root;
  root.kind = Kind::Map;
  const auto rows = method.FindMember(member);
  if (rows == method.MemberEnd() || !rows->value.IsArray()) {
    throw kit::WorldError(pointer + "/" + member, "expected a list");
  }
  rapidjson::SizeType index = 0;
  for (const Value& row : rows->value.GetArray()) {
    const std::string at = fmt::format("{}/{}/{}", pointer, member, index++);
    place(root, row, text_member(row, name), at);
  }
  return root;
}

Method::Status status_of(const std::string& word, const std::string& pointer) {
  if (word == "current") return Method::Status::Current;
  if (word == "obsolete") return Method::Status::Obsolete;
  if (word == "withdrawn") return Method::Status::Withdrawn;
  throw kit::WorldError(pointer + "/status", "expected current, obsolete or withdrawn");
}

}  // namespace

const Node* Node::child(std::string_view wanted) const {
  for (const Node& one : children) {
    if (one.name == wanted) return &one;
  }
  return nullptr;
}

Contract Contract::parse(std::string_view json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  if (document.HasParseError() || !document.IsObject() || !document.HasMember("methods") ||
      !document["methods"].IsArray()) {
    throw kit::WorldError("", "expected {\"methods\": [...]}");
  }
  Contract contract;
  std::size_t index = 0;
  for (const Value& row : document["methods"].GetArray()) {
    const std::string pointer = fmt::format("/methods/{}", index++);
    Method method;
    method.name = text_member(row, "method");
    method.group = text_member(row, "group");
    method.status = status_of(text_member(row, "status"), pointer);
    method.writes = text_member(row, "mode") == "write";
    method.replaced_by = text_member(row, "replaced_by");
    method.mark = text_member(row, "mark");
    method.parameters = read_rows(row, "parameters", "name", pointer);
    method.answer = read_rows(row, "answer", "path", pointer);
    contract.methods_.push_back(std::move(method));
  }
  std::sort(contract.methods_.begin(), contract.methods_.end(),
            [](const Method& left, const Method& right) { return left.name < right.name; });
  return contract;
}

const Method* Contract::find(std::string_view method) const {
  const auto found =
      std::lower_bound(methods_.begin(), methods_.end(), method,
                       [](const Method& one, std::string_view name) { return one.name < name; });
  return found != methods_.end() && found->name == method ? &*found : nullptr;
}

const Contract& contract() {
  static const Contract parsed = Contract::parse(contract_json());
  return parsed;
}

}  // namespace atrapa::mocks::base
