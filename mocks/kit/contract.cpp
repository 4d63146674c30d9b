#include "mocks/kit/contract.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <stdexcept>
#include <utility>

#include "mocks/kit/record_text.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::mocks::kit {
namespace {

constexpr std::array<std::pair<std::string_view, TypeKind>, 16> kTypeNames{{
    {"id", TypeKind::Id},
    {"int_string", TypeKind::IntString},
    {"decimal_string", TypeKind::DecimalString},
    {"flag", TypeKind::Flag},
    {"bool", TypeKind::Bool},
    {"int", TypeKind::Int},
    {"number", TypeKind::Number},
    {"string", TypeKind::String},
    {"datetime", TypeKind::Datetime},
    {"date", TypeKind::Date},
    {"array", TypeKind::Array},
    {"object", TypeKind::Object},
    {"map", TypeKind::Object},
    {"null", TypeKind::Null},
    {"false", TypeKind::False},
    {"node", TypeKind::Object},
}};

/// Splits at `|` outside of brackets: `array<{a|b}>|map` gives two.
std::vector<std::string_view> alternatives(std::string_view text) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : '|';
    if (c == '<' || c == '{' || c == '(') ++depth;
    if (c == '>' || c == '}' || c == ')') --depth;
    if (c == '|' && depth == 0) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  return parts;
}

std::optional<Type> read_type(std::string_view text) {
  const std::size_t bracket = text.find_first_of("<(");
  const std::string_view name = text.substr(0, bracket);
  const auto known = std::find_if(kTypeNames.begin(), kTypeNames.end(),
                                  [&](const auto& entry) { return entry.first == name; });
  if (known == kTypeNames.end()) return std::nullopt;
  Type type{.kind = known->second, .element = {}};
  if (type.kind == TypeKind::Array && bracket != std::string_view::npos) {
    const std::string_view inner = text.substr(bracket + 1, text.size() - bracket - 2);
    if (inner.front() == '{') {
      type.element = TypeKind::Object;
    } else if (const auto element = read_type(inner)) {
      type.element = element->kind;
    } else {
      return std::nullopt;
    }
  }
  return type;
}

std::string initial_of(const std::vector<Type>& types, int scale) {
  for (const Type& type : types) {
    if (type.kind == TypeKind::Null) return "null";
  }
  switch (types.front().kind) {
    case TypeKind::Id:
    case TypeKind::IntString:
    case TypeKind::Flag: return "\"0\"";
    case TypeKind::DecimalString: return json_string(Decimal(0).fixed(std::max(scale, 0)));
    case TypeKind::Bool:
    case TypeKind::False: return "false";
    case TypeKind::Int:
    case TypeKind::Number: return "0";
    case TypeKind::String: return "\"\"";
    case TypeKind::Datetime: return "\"0000-00-00 00:00:00\"";
    case TypeKind::Date: return "\"0000-00-00\"";
    case TypeKind::Array:
    case TypeKind::Object: return "[]";  // PHP writes an empty map as an empty list [rec].
    case TypeKind::Null: return "null";
  }
  throw std::logic_error("contract: unknown kind of type");
}

const std::string& text_at(const Json& json, const char* key, const std::string& pointer) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_string()) {
    throw WorldError(pointer, fmt::format("expected a text under \"{}\"", key));
  }
  return found->get_ref<const std::string&>();
}

void read_words(Field& field, const std::string& words, const std::string& pointer) {
  std::string_view rest = words;
  while (!rest.empty()) {
    const std::size_t blank = rest.find(' ');
    const std::string_view word = rest.substr(0, blank);
    rest = blank == std::string_view::npos ? std::string_view{} : rest.substr(blank + 1);
    if (word == "readonly")
      field.readonly = true;
    else if (word == "refused")
      field.readonly = field.refused = true;
    else if (word == "required")
      field.required = true;
    else if (word == "create-only")
      field.create_only = true;
    else if (word == "write-only")
      field.write_only = true;
    else if (word == "optional")
      field.optional = true;
    else if (word == "virtual")
      field.is_virtual = true;
    else
      throw WorldError(pointer + "/is", fmt::format("unknown word \"{}\"", word));
  }
}

Field read_field(const Json& json, const std::string& pointer) {
  Field field;
  field.name = text_at(json, "name", pointer);
  field.type_text = text_at(json, "type", pointer);
  for (const std::string_view part : alternatives(field.type_text)) {
    const std::optional<Type> type = read_type(part);
    if (!type) throw WorldError(pointer + "/type", fmt::format("unknown type \"{}\"", part));
    field.types.push_back(*type);
  }
  for (const auto& [key, value] : json.items()) {
    if (key == "is" && value.is_string()) read_words(field, value.get<std::string>(), pointer);
    if (key == "fraction") field.fraction = value == true;
    if (key == "shortest" && value == true) field.scale = -1;
    if (key == "scale" && value.is_number_integer()) field.scale = value.get<int>();
    if (key == "longest" && value.is_number_unsigned()) field.longest = value.get<std::size_t>();
    if (key == "to" && value.is_string()) field.refers_to = value.get<std::string>();
    if (key == "default") field.initial = json_text(value);
    if (key == "enum" && value.is_array()) {
      for (const Json& one : value) field.values.push_back(scalar_text(json_text(one)));
    }
  }
  if (field.initial.empty()) field.initial = initial_of(field.types, field.scale);
  return field;
}

/// `stock.price` below `stock`: the parent's name, how the child lies in it, the child's name.
struct NestedName {
  std::string_view parent;
  Nesting nesting = Nesting::None;
  std::string_view child;
};

std::optional<NestedName> split_name(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  NestedName nested{name.substr(0, dot), Nesting::Object, name.substr(dot + 1)};
  if (nested.parent.ends_with("[]")) {
    nested.parent.remove_suffix(2);
    nested.nesting = Nesting::Items;
  } else if (nested.child.starts_with("<")) {
    nested.child.remove_prefix(nested.child.find('.') + 1);
    nested.nesting = Nesting::ByKey;
  }
  return nested;
}

Schema build_schema(std::vector<Field> flat) {
  std::vector<Field> top;
  std::vector<std::pair<std::string, std::vector<Field>>> below;
  std::vector<Nesting> nestings;
  for (Field& field : flat) {
    const std::optional<NestedName> nested = split_name(field.name);
    if (!nested) {
      top.push_back(std::move(field));
      continue;
    }
    const std::string parent(nested->parent);
    auto group = std::find_if(below.begin(), below.end(),
                              [&](const auto& one) { return one.first == parent; });
    if (group == below.end()) {
      below.emplace_back(parent, std::vector<Field>{});
      nestings.push_back(nested->nesting);
      group = std::prev(below.end());
    }
    const std::string child(nested->child);
    field.name = child;
    group->second.push_back(std::move(field));
  }
  for (std::size_t i = 0; i < below.size(); ++i) {
    const auto parent = std::find_if(
        top.begin(), top.end(), [&](const Field& field) { return field.name == below[i].first; });
    if (parent == top.end()) continue;  // Such as `items[].id` of an answer that is no record.
    parent->nesting = nestings[i];
    parent->children = std::make_shared<const Schema>(build_schema(std::move(below[i].second)));
  }
  return Schema(std::move(top));
}

std::string mark_of(const Json& json, const Json& marks, const std::string& otherwise,
                    const std::string& pointer) {
  const auto key = json.find("mark");
  if (key == json.end()) return otherwise;
  const auto mark = key->is_string() ? marks.find(key->get<std::string>()) : marks.end();
  if (mark == marks.end() || !mark->is_string()) {
    throw WorldError(pointer + "/mark", "not one of the contract's marks");
  }
  return mark->get<std::string>();
}

Method read_method(const Json& json, const Json& marks, const Entry& entry,
                   const std::string& pointer) {
  Method method;
  const std::string& call = text_at(json, "do", pointer);
  const std::size_t blank = call.find(' ');
  if (blank == std::string::npos) throw WorldError(pointer + "/do", "expected \"VERB /path\"");
  method.verb = call.substr(0, blank);
  method.path = call.substr(blank + 1);
  const std::string& emulation = text_at(json, "emulation", pointer);
  if (emulation == "behaviour")
    method.emulation = Emulation::Behaviour;
  else if (emulation == "contract")
    method.emulation = Emulation::Contract;
  else if (emulation == "none")
    method.emulation = Emulation::None;
  else
    throw WorldError(pointer + "/emulation", "expected behaviour, contract or none");
  method.mark = mark_of(json, marks, entry.mark, pointer);
  return method;
}

Entry read_entry(const Json& json, const Json& marks, const std::string& pointer) {
  if (!json.is_object()) throw WorldError(pointer, "expected an object");
  Entry entry;
  entry.resource = text_at(json, "resource", pointer);
  if (json.contains("path") && json["path"].is_string()) entry.path = json["path"];
  if (json.contains("id")) entry.id_field = text_at(json, "id", pointer);
  entry.mark = mark_of(json, marks, {}, pointer);
  const Json none = Json::array();
  const Json& methods = json.contains("methods") ? json["methods"] : none;
  for (std::size_t i = 0; i < methods.size(); ++i) {
    entry.methods.push_back(
        read_method(methods[i], marks, entry, fmt::format("{}/methods/{}", pointer, i)));
  }
  std::vector<Field> fields;
  const Json& list = json.contains("fields") ? json["fields"] : none;
  for (std::size_t i = 0; i < list.size(); ++i) {
    fields.push_back(read_field(list[i], fmt::format("{}/fields/{}", pointer, i)));
  }
  entry.schema = build_schema(std::move(fields));
  return entry;
}

}  // namespace

bool Field::allows(TypeKind kind) const {
  return std::any_of(types.begin(), types.end(),
                     [&](const Type& type) { return type.kind == kind; });
}

bool Field::numeric() const {
  switch (types.front().kind) {
    case TypeKind::Id:
    case TypeKind::IntString:
    case TypeKind::DecimalString:
    case TypeKind::Flag:
    case TypeKind::Bool:
    case TypeKind::Int:
    case TypeKind::Number: return true;
    case TypeKind::Array:
      return types.front().element == TypeKind::Int || types.front().element == TypeKind::IntString;
    case TypeKind::String:
    case TypeKind::Datetime:
    case TypeKind::Date:
    case TypeKind::Object:
    case TypeKind::Null:
    case TypeKind::False: return false;
  }
  return false;
}

Schema::Schema(std::vector<Field> fields) : fields_(std::move(fields)) {
  const std::hash<std::string_view> hash;
  std::size_t slots = 4;
  while (slots < fields_.size() * 2) slots *= 2;
  by_name_.assign(slots, 0);
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    std::size_t slot = hash(fields_[i].name) & (slots - 1);
    while (by_name_[slot] != 0) slot = (slot + 1) & (slots - 1);
    by_name_[slot] = static_cast<std::uint16_t>(i + 1);
  }
}

std::optional<std::size_t> Schema::find(std::string_view name) const {
  const std::size_t mask = by_name_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(name)&mask;
  for (; by_name_[slot] != 0; slot = (slot + 1) & mask) {
    const std::size_t index = by_name_[slot] - 1u;
    if (fields_[index].name == name) return index;
  }
  return std::nullopt;
}

std::size_t Schema::at(std::string_view name) const {
  if (const auto index = find(name)) return *index;
  throw std::logic_error(fmt::format("contract: no field \"{}\"", name));
}

Contract Contract::parse(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("entries") || !json["entries"].is_array()) {
    throw WorldError("", "a contract is a JSON object with \"entries\"");
  }
  const Json marks = json.value("marks", Json::object());
  Contract contract;
  const Json& entries = json["entries"];
  contract.entries_.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    contract.entries_.push_back(read_entry(entries[i], marks, fmt::format("/entries/{}", i)));
  }
  for (std::size_t i = 0; i < contract.entries_.size(); ++i) {
    const Entry& entry = contract.entries_[i];
    contract.by_name_.emplace(entry.resource, i);
    for (const Method& method : entry.methods) {
      contract.router_.add(method.verb, method.path, Route{&entry, &method});
    }
  }
  return contract;
}

const Entry* Contract::find(std::string_view resource) const {
  const auto found = by_name_.find(resource);
  return found == by_name_.end() ? nullptr : &entries_[found->second];
}

const Entry& Contract::at(std::string_view resource) const {
  if (const Entry* entry = find(resource)) return *entry;
  throw std::logic_error(fmt::format("contract: no resource \"{}\"", resource));
}

std::vector<Operation> Contract::operations(std::string_view platform) const {
  std::vector<Operation> all;
  for (const Entry& entry : entries_) {
    for (const Method& method : entry.methods) {
      all.push_back({std::string(platform), fmt::format("{} {}", method.verb, method.path),
                     method.emulation, method.mark});
    }
  }
  return all;
}

}  // namespace atrapa::mocks::kit
