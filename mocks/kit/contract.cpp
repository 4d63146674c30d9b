#include "mocks/kit/contract.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

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

using Node = rapidjson::Value;

/// A member of an object; null where there is none.
const Node* member_of(const Node& json, const char* key) {
  const auto found = json.FindMember(key);
  return found == json.MemberEnd() ? nullptr : &found->value;
}

std::string_view text_of(const Node& text) { return {text.GetString(), text.GetStringLength()}; }

std::string_view text_at(const Node& json, const char* key, const std::string& pointer) {
  const Node* found = member_of(json, key);
  if (found == nullptr || !found->IsString()) {
    throw WorldError(pointer, fmt::format("expected a text under \"{}\"", key));
  }
  return text_of(*found);
}

/// The elements of a list; none where the member is no list.
std::vector<const Node*> list_at(const Node& json, const char* key) {
  std::vector<const Node*> list;
  const Node* found = member_of(json, key);
  if (found == nullptr || !found->IsArray()) return list;
  for (const Node& one : found->GetArray()) list.push_back(&one);
  return list;
}

/// The value in our own spelling (record_text.hpp).
std::string raw_text(const Node& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return json_text(Json::parse(buffer.GetString(), nullptr, false));
}

void read_words(Field& field, std::string_view rest, const std::string& pointer) {
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
    else if (word == "made")
      field.made = true;
    else if (word == "virtual")
      field.is_virtual = true;
    else
      throw WorldError(pointer + "/is", fmt::format("unknown word \"{}\"", word));
  }
}

Field read_field(const Node& json, const std::string& pointer) {
  if (!json.IsObject()) throw WorldError(pointer, "expected an object");
  Field field;
  field.name = text_at(json, "name", pointer);
  field.type_text = text_at(json, "type", pointer);
  for (const std::string_view part : alternatives(field.type_text)) {
    const std::optional<Type> type = read_type(part);
    if (!type) throw WorldError(pointer + "/type", fmt::format("unknown type \"{}\"", part));
    field.types.push_back(*type);
    field.by_locale = field.by_locale || part == "map<locale,object>";
  }
  for (const auto& [name, value] : json.GetObject()) {
    const std::string_view key = text_of(name);
    if (key == "is" && value.IsString()) read_words(field, text_of(value), pointer);
    if (key == "fraction") field.fraction = value.IsTrue();
    if (key == "shortest" && value.IsTrue()) field.scale = -1;
    if (key == "scale" && value.IsInt()) field.scale = value.GetInt();
    if (key == "longest" && value.IsUint()) field.longest = value.GetUint();
    if (key == "to" && value.IsString()) field.refers_to = text_of(value);
    if (key == "default") field.initial = raw_text(value);
    if (key == "enum" && value.IsArray()) {
      for (const Node& one : value.GetArray()) field.values.push_back(scalar_text(raw_text(one)));
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

std::string mark_of(const Node& json, const Node& marks, const std::string& otherwise,
                    const std::string& pointer) {
  const Node* key = member_of(json, "mark");
  if (key == nullptr) return otherwise;
  const Node* mark = key->IsString() ? member_of(marks, key->GetString()) : nullptr;
  if (mark == nullptr || !mark->IsString()) {
    throw WorldError(pointer + "/mark", "not one of the contract's marks");
  }
  return std::string(text_of(*mark));
}

Method read_method(const Node& json, const Node& marks, const Entry& entry,
                   const std::string& pointer) {
  if (!json.IsObject()) throw WorldError(pointer, "expected an object");
  Method method;
  const std::string_view call = text_at(json, "do", pointer);
  const std::size_t blank = call.find(' ');
  if (blank == std::string_view::npos) {
    throw WorldError(pointer + "/do", "expected \"VERB /path\"");
  }
  method.verb = call.substr(0, blank);
  method.path = call.substr(blank + 1);
  const std::string_view emulation = text_at(json, "emulation", pointer);
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

Entry read_entry(const Node& json, const Node& marks, const std::string& pointer) {
  if (!json.IsObject()) throw WorldError(pointer, "expected an object");
  Entry entry;
  entry.resource = text_at(json, "resource", pointer);
  if (const Node* path = member_of(json, "path"); path != nullptr && path->IsString()) {
    entry.path = text_of(*path);
  }
  if (json.HasMember("id")) entry.id_field = text_at(json, "id", pointer);
  entry.mark = mark_of(json, marks, {}, pointer);
  for (const Node* method : list_at(json, "methods")) {
    entry.methods.push_back(read_method(
        *method, marks, entry, fmt::format("{}/methods/{}", pointer, entry.methods.size())));
  }
  std::vector<Field> fields;
  for (const Node* field : list_at(json, "fields")) {
    fields.push_back(read_field(*field, fmt::format("{}/fields/{}", pointer, fields.size())));
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
  rapidjson::Document json;
  json.Parse(text.data(), text.size());
  const bool object = !json.HasParseError() && json.IsObject();
  const Node* entries = object ? member_of(json, "entries") : nullptr;
  if (entries == nullptr || !entries->IsArray()) {
    throw WorldError("", "a contract is a JSON object with \"entries\"");
  }
  const Node none(rapidjson::kObjectType);
  const Node* marks = member_of(json, "marks");
  if (marks == nullptr || !marks->IsObject()) marks = &none;
  Contract contract;
  contract.entries_.reserve(entries->Size());
  for (const Node& entry : entries->GetArray()) {
    contract.entries_.push_back(
        read_entry(entry, *marks, fmt::format("/entries/{}", contract.entries_.size())));
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
    if (entry.name_only()) {
      const std::string& where = entry.path.empty() ? entry.resource : entry.path;
      all.push_back({std::string(platform), entry.resource, fmt::format("ANY {}", where),
                     Emulation::NameOnly, entry.mark});
    }
    for (const Method& method : entry.methods) {
      all.push_back({std::string(platform), entry.resource,
                     fmt::format("{} {}", method.verb, method.path), method.emulation,
                     method.mark});
    }
  }
  return all;
}

}  // namespace atrapa::mocks::kit
