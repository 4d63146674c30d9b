#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mocks/shoper/additional_fields.hpp"
#include "mocks/shoper/row_calls.hpp"
#include "mocks/shoper/rows.hpp"

// additional-fields and additional-field-options, and the values that orders and users have of
// them.

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr std::string_view kCheckbox = "2";
constexpr std::string_view kSelect = "3";
/// What a value's entry repeats of its field.
constexpr std::array<std::string_view, 5> kRepeated{"type", "locate", "req", "active", "order"};

struct SentValue {
  std::int64_t field = 0;
  std::string value;
};

std::string value_text(std::string_view raw) {
  if (raw == "true") return "1";
  return raw == "false" ? "0" : kit::scalar_text(raw);
}

/// Of a map of field id to value, or of a list of {field_id, value}.
std::vector<SentValue> sent_values(std::string_view raw) {
  std::vector<SentValue> sent;
  if (raw.starts_with('{')) {
    kit::each_member(raw, [&](std::string_view id, std::string_view value) {
      // A key as if it were a text: foreign ones may be anything.
      sent.push_back({kit::scalar_id(fmt::format("\"{}\"", id)).value_or(0), value_text(value)});
    });
    return sent;
  }
  for (const std::string_view one : kit::elements(raw)) {
    std::string value = kit::scalar_text(kit::member(one, "value"));
    if (value.empty()) value = kit::scalar_text(kit::member(one, "field_value"));
    sent.push_back({kit::scalar_id(kit::member(one, "field_id")).value_or(0), std::move(value)});
  }
  return sent;
}

std::string option_text(const State& state, const kit::Record& option) {
  const std::string_view translations =
      raw_of(Rows::AdditionalFieldOptions, option, "translations");
  std::string_view found = kit::member(translations, state.config_text("default_language_name"));
  kit::each_member(translations, [&](std::string_view, std::string_view one) {
    if (found.empty()) found = one;
  });
  return kit::scalar_text(kit::member(found, "value"));
}

/// The field's option of that id, else of that text [inferred: which goes first]; null where it has
/// none.
RecordPtr option_of(const State& state, std::int64_t field, const std::string& value) {
  if (value.empty()) return nullptr;
  RecordPtr by_text;
  for (const RecordPtr& option :
       state.table(Rows::AdditionalFieldOptions).look_up("field_id", std::to_string(field))) {
    if (std::to_string(option->id()) == value) return option;
    if (by_text == nullptr && option_text(state, *option) == value) by_text = option;
  }
  return by_text;
}

bool is_of_type(const State& state, const kit::Record& field, const std::string& value) {
  const std::string type = text_of(Rows::AdditionalFields, field, "type");
  if (value.empty()) return true;
  if (type == kCheckbox) return value == "0" || value == "1";
  return type != kSelect || option_of(state, field.id(), value) != nullptr;
}

/// One entry of the list that orders and users show.
std::string entry_text(const State& state, const kit::Schema& schema, const kit::Record& field,
                       const std::string& value) {
  RecordWriter entry(schema);
  entry.set_text("field_id", std::to_string(field.id()));
  for (const std::string_view name : kRepeated) {
    entry.set(name, std::string(raw_of(Rows::AdditionalFields, field, name)));
  }
  std::string stored = value;
  std::string shown = value;
  const std::string type = text_of(Rows::AdditionalFields, field, "type");
  if (type == kCheckbox && value.empty()) stored = shown = "0";
  if (const RecordPtr option = type == kSelect ? option_of(state, field.id(), value) : nullptr) {
    stored = std::to_string(option->id());
    shown = option_text(state, *option);
  }
  entry.set_text("field_value", stored);
  entry.set_text("value", shown);
  entry.fill();
  return entry.object();
}

/// Entries of that field as `change` makes them; "" takes one out.
template <typename Change>
void change_entries(State& state, Rows rows, std::int64_t field, Change&& change) {
  const std::size_t column = schema_of(rows).at("additional_fields");
  std::vector<RecordPtr> changed;
  state.table(rows).each([&](const RecordPtr& row) {
    bool holds = false;
    std::string list = "[";
    for (const std::string_view one : kit::elements(row->raw(column))) {
      std::string text(one);
      if (kit::scalar_id(kit::member(one, "field_id")) == field) {
        holds = true;
        text = change(one);
      }
      if (text.empty()) continue;
      if (list.size() > 1) list.push_back(',');
      list += text;
    }
    if (!holds) return true;
    RecordWriter writer(schema_of(rows), *row);
    writer.set(column, list + "]");
    changed.push_back(writer.finish(row->id()));
    return true;
  });
  for (RecordPtr& row : changed) state.table(rows).put(std::move(row));
}

/// Orders and users repeat their fields' settings, and lose the values of a removed field
/// [inferred].
void settle_field(Call& call, const kit::Record* before, const kit::Record* after) {
  if (before == nullptr) return;
  State& state = call.state;
  for (const Rows rows : {Rows::Orders, Rows::Users}) {
    const kit::Schema& schema = *schema_of(rows)[schema_of(rows).at("additional_fields")].children;
    change_entries(state, rows, before->id(), [&](std::string_view one) -> std::string {
      if (after == nullptr) return {};
      RecordWriter entry(schema, one);
      for (const std::string_view name : kRepeated) {
        entry.set(name, std::string(raw_of(Rows::AdditionalFields, *after, name)));
      }
      return entry.object();
    });
  }
  if (after != nullptr) return;
  for (const RecordPtr& option : state.table(Rows::AdditionalFieldOptions)
                                     .look_up("field_id", std::to_string(before->id()))) {
    state.table(Rows::AdditionalFieldOptions).erase(option->id());
  }
}

/// Options belong to a select (type 3) [inferred].
void check_option(Call& call, kit::Written& written, const kit::Record* before) {
  const kit::Schema& schema = schema_of(Rows::AdditionalFieldOptions);
  const std::string_view sent = written.raw(schema, "field_id");
  if (sent.empty() && before != nullptr) return;
  const std::int64_t id = kit::scalar_id(sent).value_or(0);
  const RecordPtr field = call.state.find(Rows::AdditionalFields, id);
  if (field == nullptr) {
    const bool reported = std::any_of(written.problems.begin(), written.problems.end(),
                                      [](const auto& one) { return one.field == "field_id"; });
    if (!reported) written.problems.push_back({"field_id", FieldFault::Missing, {}});
  } else if (text_of(Rows::AdditionalFields, *field, "type") != kSelect) {
    written.problems.push_back({"field_id", FieldFault::BadValue, "type 3"});
  }
}

/// Where an option was chosen its new text is shown; one that is removed leaves the text that was
/// chosen [inferred].
void settle_option(Call& call, const kit::Record* before, const kit::Record* after) {
  if (before == nullptr || after == nullptr) return;
  const std::string id = std::to_string(after->id());
  const std::string text = option_text(call.state, *after);
  const std::int64_t field = id_of(Rows::AdditionalFieldOptions, *after, "field_id");
  for (const Rows rows : {Rows::Orders, Rows::Users}) {
    const kit::Schema& schema = *schema_of(rows)[schema_of(rows).at("additional_fields")].children;
    change_entries(call.state, rows, field, [&](std::string_view one) {
      RecordWriter entry(schema, one);
      if (entry.text("field_value") == id) entry.set_text("value", text);
      return entry.object();
    });
  }
}

constexpr RowRules kFieldRules{.settle = settle_field};
constexpr RowRules kOptionRules{.check = check_option, .settle = settle_option};

Reply list_fields(Call& call) { return list_rows(call); }
Reply create_field(Call& call) { return create_row(call, kFieldRules); }
Reply update_field(Call& call) { return update_row(call, kFieldRules); }
Reply remove_field(Call& call) { return delete_row(call, kFieldRules); }

/// Without the module every call answers 400 "Missing MODULE ..." [live]; setting
/// `field_options_module`.
template <typename Answer>
Reply with_module(Call& call, Answer&& answer) {
  if (!call.settings().field_options_module) {
    return refusal(400, "invalid_request", "Missing MODULE additional-field-options");
  }
  return answer();
}

Reply list_options(Call& call) {
  return with_module(call, [&] { return list_rows(call); });
}
Reply get_option(Call& call) {
  return with_module(call, [&] { return get_row(call); });
}
Reply create_option(Call& call) {
  return with_module(call, [&] { return create_row(call, kOptionRules); });
}
Reply update_field_option(Call& call) {
  return with_module(call, [&] { return update_row(call, kOptionRules); });
}
Reply remove_field_option(Call& call) {
  return with_module(call, [&] { return delete_row(call); });
}

constexpr std::array kAdditionalFieldCalls{
    Handled{"GET /webapi/rest/additional-fields", list_fields},
    Handled{"GET /webapi/rest/additional-fields/{id}", get_row},
    Handled{"POST /webapi/rest/additional-fields", create_field},
    Handled{"PUT /webapi/rest/additional-fields/{id}", update_field},
    Handled{"DELETE /webapi/rest/additional-fields/{id}", remove_field},
    Handled{"GET /webapi/rest/additional-field-options", list_options},
    Handled{"GET /webapi/rest/additional-field-options/{id}", get_option},
    Handled{"POST /webapi/rest/additional-field-options", create_option},
    Handled{"PUT /webapi/rest/additional-field-options/{id}", update_field_option},
    Handled{"DELETE /webapi/rest/additional-field-options/{id}", remove_field_option},
};

}  // namespace

void check_additional_fields(const Call& call, kit::Written& written, const kit::Schema& schema,
                             unsigned places) {
  for (const SentValue& sent : sent_values(written.raw(schema, "additional_fields"))) {
    const RecordPtr field = call.state.find(Rows::AdditionalFields, sent.field);
    const std::string name = fmt::format("additional_fields.{}", sent.field);
    const auto locate =
        field ? static_cast<unsigned>(id_of(Rows::AdditionalFields, *field, "locate")) : 0u;
    if ((locate & places) == 0) {
      written.problems.push_back({name, FieldFault::NotFound, {}});
    } else if (!is_of_type(call.state, *field, sent.value)) {
      written.problems.push_back({name, FieldFault::BadValue, {}});
    }
  }
}

void write_additional_fields(const State& state, const kit::Written& written,
                             kit::RecordWriter& row, std::string_view before) {
  const std::string_view raw = written.raw(row.schema(), "additional_fields");
  if (raw.empty()) return;
  const kit::Schema& schema = *row.schema()[row.schema().at("additional_fields")].children;
  const std::vector<SentValue> sent = sent_values(raw);
  std::string list = "[";
  const auto add = [&](std::string_view text) {
    if (list.size() > 1) list.push_back(',');
    list += text;
  };
  for (const std::string_view one : kit::elements(before)) {
    const auto id = kit::scalar_id(kit::member(one, "field_id"));
    const bool replaced = std::any_of(sent.begin(), sent.end(),
                                      [&](const SentValue& value) { return value.field == id; });
    if (!replaced) add(one);
  }
  for (const SentValue& value : sent) {
    if (const RecordPtr field = state.find(Rows::AdditionalFields, value.field)) {
      add(entry_text(state, schema, *field, value.value));
    }
  }
  row.set("additional_fields", list + "]");
}

std::string additional_entry(const State& state, const kit::Schema& schema,
                             std::string_view field_id, const std::string& value) {
  const std::int64_t id = kit::scalar_id(fmt::format("\"{}\"", field_id)).value_or(0);
  if (const RecordPtr field = state.find(Rows::AdditionalFields, id)) {
    return entry_text(state, schema, *field, value);
  }
  RecordWriter entry(schema);
  entry.set_text("field_id", std::to_string(id));
  entry.set_text("active", "1");
  entry.set_text("field_value", value);
  entry.set_text("value", value);
  entry.fill();
  return entry.object();
}

std::optional<std::variant<kit::RecordTest, kit::QueryError>> additional_fields_test(
    const kit::Schema& schema, const kit::Condition& condition) {
  if (condition.path.size() != 1 || condition.path[0] != "additional_fields") return std::nullopt;
  if (!condition.operand.is_object()) {
    return kit::QueryError{"\"additional_fields\": expected {\"field id\": value}"};
  }
  const kit::Schema& entry = *schema[schema.at("additional_fields")].children;
  std::vector<std::pair<std::string, kit::RawTest>> wanted;
  for (const auto& [id, value] : condition.operand.items()) {
    if (!value.is_primitive() || condition.compare == kit::Compare::In ||
        condition.compare == kit::Compare::NotIn) {
      return kit::QueryError{"\"additional_fields\": expected a single value for each field"};
    }
    wanted.emplace_back(id, kit::value_test(entry[entry.at("value")], condition.compare, value));
  }
  return kit::RecordTest([wanted, field = schema.at("additional_fields")](const kit::Record& row) {
    const auto present = kit::elements(row.raw(field));
    return std::all_of(wanted.begin(), wanted.end(), [&](const auto& want) {
      return std::any_of(present.begin(), present.end(), [&](std::string_view one) {
        return kit::scalar_text(kit::member(one, "field_id")) == want.first &&
               want.second(kit::member(one, "value"));
      });
    });
  });
}

std::span<const Handled> additional_field_calls() { return kAdditionalFieldCalls; }

}  // namespace atrapa::mocks::shoper
