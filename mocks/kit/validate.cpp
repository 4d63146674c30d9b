#include "mocks/kit/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "mocks/kit/dates.hpp"

namespace atrapa::mocks::kit {
namespace {

constexpr int kWholeDigits = 10;
constexpr int kIdDigits = 18;

/// A JSON number or numeric string as text, so that no digit passes through a double unseen.
std::optional<std::string> number_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return value.dump();
  if (value.is_number_float()) {
    // The shortest text that reads back as the same double is what the client wrote, or its equal.
    char text[64];
    const auto [end, error] =
        std::to_chars(text, text + sizeof text, value.get<double>(), std::chars_format::fixed);
    if (error != std::errc{}) return std::nullopt;
    return std::string(text, end);
  }
  return std::nullopt;
}

/// A number within the bounds of whole digits and places; more places than that are an error.
std::optional<Decimal> number(const Json& value, int whole_digits, int places) {
  const std::optional<std::string> text = number_text(value);
  if (!text) return std::nullopt;
  const std::size_t point = text->find('.');
  const std::size_t sign = text->starts_with('-') ? 1 : 0;
  const std::size_t whole = (point == std::string::npos ? text->size() : point) - sign;
  const std::size_t behind = point == std::string::npos ? 0 : text->size() - point - 1;
  if (whole > static_cast<std::size_t>(whole_digits)) return std::nullopt;
  if (behind > static_cast<std::size_t>(places)) return std::nullopt;
  return Decimal::parse(*text);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// The value as the platform spells a scalar of that kind, or nothing.
std::optional<std::string> spell(const Field& field, TypeKind kind, const Json& value) {
  switch (kind) {
    case TypeKind::Id: {
      const auto id = number(value, kIdDigits, 0);
      if (!id || *id < Decimal(0)) return std::nullopt;
      return json_string(id->text());
    }
    case TypeKind::IntString: {
      const auto amount = number(value, kWholeDigits, field.fraction ? 6 : 0);
      // "2.000" is a whole number too, however many zeros a client appends.
      if (!amount && !field.fraction) {
        const auto zeros = number(value, kWholeDigits, 6);
        if (zeros && zeros->is_whole()) return json_string(zeros->text());
      }
      if (!amount) return std::nullopt;
      return json_string(amount->text());
    }
    case TypeKind::DecimalString: {
      const auto amount = number(value, kWholeDigits, 6);
      if (!amount) return std::nullopt;
      return json_string(field.scale < 0 ? amount->text() : amount->fixed(field.scale));
    }
    case TypeKind::Flag:
    case TypeKind::Bool: {
      bool on = false;
      if (value.is_boolean()) {
        on = value.get<bool>();
      } else if (value == "1" || value == 1) {
        on = true;
      } else if (value != "0" && value != 0) {
        return std::nullopt;
      }
      if (kind == TypeKind::Bool) return on ? "true" : "false";
      return on ? "\"1\"" : "\"0\"";
    }
    case TypeKind::Int: {
      const auto amount = number(value, kIdDigits, 0);
      if (!amount) return std::nullopt;
      return amount->text();
    }
    case TypeKind::Number: {
      const auto amount = number(value, kWholeDigits, 6);
      if (!amount) return std::nullopt;
      return amount->text();
    }
    case TypeKind::String: {
      const bool text = value.is_string() || value.is_number();
      if (!text) return std::nullopt;
      return json_string(value.is_string() ? value.get<std::string>()
                                           : number_text(value).value_or(value.dump()));
    }
    case TypeKind::Datetime:
      if (!value.is_string() || !is_datetime(value.get_ref<const std::string&>()))
        return std::nullopt;
      return json_string(value.get_ref<const std::string&>());
    case TypeKind::Date:
      if (!value.is_string() || !is_date(value.get_ref<const std::string&>())) return std::nullopt;
      return json_string(value.get_ref<const std::string&>());
    case TypeKind::Null:
      if (!value.is_null()) return std::nullopt;
      return "null";
    case TypeKind::False:
      if (value != false) return std::nullopt;
      return "false";
    case TypeKind::Array:
      if (!value.is_array()) return std::nullopt;
      return json_text(value);
    case TypeKind::Object:
      if (!value.is_object() && !(value.is_array() && value.empty())) return std::nullopt;
      return value.empty() ? "[]" : json_text(value);
  }
  return std::nullopt;
}

std::optional<std::string> spell_list(const Field& field, TypeKind element, const Json& value) {
  std::string text = "[";
  for (const Json& one : value) {
    const auto raw = spell(field, element, one);
    if (!raw) return std::nullopt;
    if (text.size() > 1) text.push_back(',');
    text += *raw;
  }
  return text + "]";
}

/// The value by the first of the field's types that takes it.
std::optional<std::string> spell(const Field& field, const Json& value) {
  for (const Type& type : field.types) {
    auto raw = type.kind == TypeKind::Array && type.element && value.is_array()
                   ? spell_list(field, *type.element, value)
                   : spell(field, type.kind, value);
    if (raw) return raw;
  }
  return std::nullopt;
}

bool among(const std::vector<std::string>& values, std::string_view raw) {
  const std::string text = scalar_text(raw);
  const auto number = Decimal::parse(text);
  return std::any_of(values.begin(), values.end(), [&](const std::string& one) {
    if (one == text) return true;
    const std::size_t dash = one.find('-', 1);
    if (dash == std::string::npos || !number) return false;
    const auto low = Decimal::parse(std::string_view(one).substr(0, dash));
    const auto high = Decimal::parse(std::string_view(one).substr(dash + 1));
    return low && high && *low <= *number && *number <= *high;
  });
}

/// Whether all of a list's elements, or the one scalar, are among them.
bool all_among(const std::vector<std::string>& values, std::string_view raw) {
  if (!raw.starts_with('[')) return among(values, raw);
  const auto list = elements(raw);
  return std::all_of(list.begin(), list.end(), [&](auto one) { return among(values, one); });
}

/// One walk over an object; nested ones share its findings.
class Validation {
 public:
  Validation(const WriteRules& rules, Written& written) : rules_(rules), written_(written) {}

  std::vector<WrittenValue> object(const Schema& schema, const Json& json,
                                   const std::string& path) {
    std::vector<WrittenValue> values;
    for (std::size_t i = 0; i < schema.size(); ++i) {
      const Field& field = schema[i];
      const auto sent = json.is_object() ? json.find(field.name) : json.end();
      if (sent == json.end()) {
        const bool missing = field.required && rules_.mode == WriteRules::Mode::Create;
        if (missing) report(path + field.name, FieldFault::Missing);
        continue;
      }
      const std::string name = path + field.name;
      if (!may_write(field, name)) continue;
      if (auto value = one(field, *sent, name)) {
        value->field = i;
        values.push_back(std::move(*value));
      }
    }
    if (json.is_object()) look_for_unknown(schema, json, path);
    return values;
  }

 private:
  void report(const std::string& name, FieldFault fault, std::string detail = {}) {
    written_.problems.push_back({name, fault, std::move(detail)});
  }

  bool may_write(const Field& field, const std::string& name) {
    if (rules_.mode == WriteRules::Mode::Plant) {
      if (field.is_virtual) report(name, FieldFault::Unknown);
      return !field.is_virtual;
    }
    const bool closed = field.readonly || field.is_virtual ||
                        (field.create_only && rules_.mode == WriteRules::Mode::Update);
    if (!closed) return true;
    if (field.refused || rules_.refuse_readonly) {
      report(name, FieldFault::ReadOnly);
    } else {
      written_.ignored.push_back(name);
    }
    return false;
  }

  void look_for_unknown(const Schema& schema, const Json& json, const std::string& path) {
    for (const auto& [key, value] : json.items()) {
      if (schema.find(key)) continue;
      if (rules_.refuse_unknown || rules_.mode == WriteRules::Mode::Plant) {
        report(path + key, FieldFault::Unknown);
      } else {
        written_.ignored.push_back(path + key);
      }
    }
  }

  std::optional<WrittenValue> one(const Field& field, const Json& json, const std::string& name) {
    const bool empty_list = json.is_array() && json.empty();
    if (field.nesting == Nesting::Object && (json.is_object() || empty_list)) {
      WrittenValue value;
      value.members = object(*field.children, json, name + ".");
      return value;
    }
    if (field.nesting == Nesting::ByKey && (json.is_object() || empty_list)) {
      if (json.empty() && field.required && rules_.mode == WriteRules::Mode::Create) {
        report(name, FieldFault::Missing);
      }
      return by_key(field, json, name);
    }
    if (field.nesting == Nesting::Items && json.is_array()) return items(field, json, name);
    return scalar(field, json, name);
  }

  std::optional<WrittenValue> by_key(const Field& field, const Json& json,
                                     const std::string& name) {
    WrittenValue value;
    for (const auto& [key, one] : json.items()) {
      const std::string path = fmt::format("{}.{}", name, key);
      if (!one.is_object()) {
        report(path, FieldFault::BadType, "object");
      } else {
        value.keyed.emplace_back(key, object(*field.children, one, path + "."));
      }
    }
    return value;
  }

  /// Lists are replaced whole, so each item is spelled out at once.
  std::optional<WrittenValue> items(const Field& field, const Json& json, const std::string& name) {
    WrittenValue value;
    value.raw = "[";
    for (std::size_t i = 0; i < json.size(); ++i) {
      const std::string path = fmt::format("{}[{}]", name, i);
      if (!json[i].is_object()) {
        report(path, FieldFault::BadType, "object");
        continue;
      }
      RecordWriter item(*field.children);
      item.fill();
      write_values(object(*field.children, json[i], path + "."), item);
      if (value.raw.size() > 1) value.raw.push_back(',');
      value.raw += item.object();
    }
    value.raw.push_back(']');
    return value;
  }

  std::optional<WrittenValue> scalar(const Field& field, const Json& json,
                                     const std::string& name) {
    std::optional<std::string> raw = spell(field, json);
    if (!raw) {
      report(name, FieldFault::BadType, field.type_text);
      return std::nullopt;
    }
    const bool plant = rules_.mode == WriteRules::Mode::Plant;
    if (!plant && !field.values.empty() && *raw != "null" && !all_among(field.values, *raw)) {
      report(name, FieldFault::BadValue, fmt::format("{}", fmt::join(field.values, ", ")));
      return std::nullopt;
    }
    if (!plant && field.longest > 0 && characters(scalar_text(*raw)) > field.longest) {
      report(name, FieldFault::TooLong, std::to_string(field.longest));
      return std::nullopt;
    }
    WrittenValue value;
    value.raw = std::move(*raw);
    return value;
  }

  const WriteRules& rules_;
  Written& written_;
};

}  // namespace

const WrittenValue* Written::find(const Schema& schema, std::string_view field) const {
  const std::size_t index = schema.at(field);
  for (const WrittenValue& value : values) {
    if (value.field == index) return &value;
  }
  return nullptr;
}

std::string_view Written::raw(const Schema& schema, std::string_view field) const {
  const WrittenValue* value = find(schema, field);
  return value == nullptr ? std::string_view{} : value->raw;
}

Written validate(const Schema& schema, const Json& object, const WriteRules& rules) {
  Written written;
  written.values = Validation(rules, written).object(schema, object, {});
  return written;
}

void write_values(const std::vector<WrittenValue>& values, RecordWriter& writer) {
  for (const WrittenValue& value : values) {
    const Field& field = writer.schema()[value.field];
    if (!value.raw.empty()) {
      writer.set(value.field, value.raw);
    } else if (field.nesting == Nesting::Object) {
      const std::string before(writer.raw(value.field));
      RecordWriter child(*field.children, std::string_view(before));
      child.fill();
      write_values(value.members, child);
      writer.set(value.field, child.object());
    } else {
      const std::string before(writer.raw(value.field));
      std::string text = "{";
      const auto add = [&](std::string_view key, const std::string& object) {
        if (text.size() > 1) text.push_back(',');
        append_quoted(text, key);
        text.push_back(':');
        text += object;
      };
      std::vector<std::string_view> seen;
      each_member(before, [&](std::string_view key, std::string_view raw) {
        seen.push_back(key);
        const auto sent = std::find_if(value.keyed.begin(), value.keyed.end(),
                                       [&](const auto& one) { return one.first == key; });
        if (sent == value.keyed.end()) return add(key, std::string(raw));
        RecordWriter child(*field.children, raw);
        write_values(sent->second, child);
        add(key, child.object());
      });
      for (const auto& [key, members] : value.keyed) {
        if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
        RecordWriter child(*field.children);
        child.fill();
        write_values(members, child);
        add(key, child.object());
      }
      writer.set(value.field, text.size() == 1 ? "[]" : text + "}");
    }
  }
}

}  // namespace atrapa::mocks::kit
