#include <algorithm>

#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/rows.hpp"
#include "mocks/shoper/variants.hpp"

// option-groups, options and option-values: what variants are made of. What is in use keeps its
// type and whether it is required [client: codes of the legacy SDK].

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr Rows kOptionGroups = Rows::OptionGroups;
constexpr Rows kOptions = Rows::Options;
constexpr Rows kOptionValues = Rows::OptionValues;

std::vector<RecordPtr> options_of(const State& state, std::int64_t group_id) {
  return state.table(kOptions).look_up("group_id", std::to_string(group_id));
}

std::vector<RecordPtr> values_of(const State& state, std::int64_t option_id) {
  return state.table(kOptionValues).look_up("option_id", std::to_string(option_id));
}

bool is_counted(Rows rows, const kit::Record& row, std::string_view total) {
  return number_of(rows, row, total) > kit::Decimal(0);
}

/// Some variant names one of its values; an option that makes no variants is in use with its group.
bool option_in_use(const State& state, const kit::Record& option) {
  if (text_of(kOptions, option, "stock") != "1") {
    const RecordPtr group = state.find(kOptionGroups, id_of(kOptions, option, "group_id"));
    return group && is_counted(kOptionGroups, *group, "total_products");
  }
  const auto values = values_of(state, option.id());
  return std::any_of(values.begin(), values.end(), [](const RecordPtr& value) {
    return is_counted(kOptionValues, *value, "total_stocks");
  });
}

/// Text and file options have no values [client]; a type that is not known yet may have some.
bool has_values_by_type(std::string_view type) { return type != "text" && type != "file"; }

/// What the sent field changes the row's value to; nothing where it is not sent or the same.
bool changes_option(Rows rows, const kit::Written& written, const kit::Record& row,
                    std::string_view field) {
  const std::string_view sent = written.raw(schema_of(rows), field);
  return !sent.empty() && kit::scalar_text(sent) != text_of(rows, row, field);
}

/// Stores a new row of the sent fields. Answers the bare id.
Reply store_option_row(Call& call, const kit::Written& written) {
  const Rows rows = *call.rows;
  kit::Table& table = call.state.table(rows);
  const std::int64_t id = table.take_id();
  RecordWriter writer(schema_of(rows));
  kit::write_values(written.values, writer);
  writer.fill();
  if (schema_of(rows).find("total_products")) {  // Of what nobody uses yet.
    writer.set("total_products", "0");
    writer.set("total_stocks", "0");
  }
  set_id(rows, writer, id);
  complete_translations(call.state, rows, writer, id);
  table.put(writer.finish(id));
  return bare(id);
}

/// Stores the sent fields over the row. The figures total_products and total_stocks are the shop's
/// own. Answers 1.
Reply change_option_row(Call& call, const kit::Written& written, const kit::Record& row) {
  const Rows rows = *call.rows;
  RecordWriter writer(schema_of(rows), row);
  for (const kit::WrittenValue& value : written.values) {
    if (!schema_of(rows)[value.field].name.starts_with("total_"))
      kit::write_values({value}, writer);
  }
  merge_translations(row, writer);
  complete_translations(call.state, rows, writer, row.id());
  call.state.table(rows).put(writer.finish(row.id()));
  return bare(1);
}

/// Reads a body of the call's resource and checks what its contract says.
std::variant<kit::Written, Reply> read_option_row(Call& call, kit::WriteRules::Mode mode,
                                                  const kit::Record* row) {
  const kit::Schema& schema = schema_of(*call.rows);
  auto body = read_body(call, schema, mode);
  if (auto* written = std::get_if<kit::Written>(&body)) {
    check_locales(call, *written, schema);
    if (row != nullptr) check_new_locales(*written, schema, *row);
    check_references(call, *written, schema);
  }
  return body;
}

Reply create_option_row(Call& call) {
  auto body = read_option_row(call, kit::WriteRules::Mode::Create, nullptr);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  const kit::Written& written = std::get<kit::Written>(body);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  return store_option_row(call, written);
}

/// A group is not changed by what uses it: all its fields are free.
Reply update_group(Call& call) {
  const RecordPtr row = call.state.find(kOptionGroups, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_option_row(call, kit::WriteRules::Mode::Update, row.get());
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  const kit::Written& written = std::get<kit::Written>(body);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  return change_option_row(call, written, *row);
}

/// Changes an option. Of one in use, `type` and `required` stay as they are:
/// option_cannot_modify_type and option_cannot_modify_require [client]; so do `stock` and
/// `group_id` [inferred]. An option with values becomes no text or file
/// (option_children_not_supported) [inferred].
Reply update_option(Call& call) {
  const State& state = call.state;
  const RecordPtr row = state.find(kOptions, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_option_row(call, kit::WriteRules::Mode::Update, row.get());
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  const bool in_use = option_in_use(state, *row);
  for (const std::string_view field : {"stock", "group_id"}) {
    if (in_use && changes_option(kOptions, written, *row, field)) {
      written.problems.push_back({std::string(field), FieldFault::BadValue, {}});
    }
  }
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  if (in_use && changes_option(kOptions, written, *row, "type")) {
    return forbidden_change(call.language, "option_cannot_modify_type");
  }
  if (in_use && changes_option(kOptions, written, *row, "required")) {
    return forbidden_change(call.language, "option_cannot_modify_require");
  }
  const std::string_view type = written.raw(schema_of(kOptions), "type");
  if (!type.empty() && !has_values_by_type(kit::scalar_text(type)) &&
      !values_of(state, row->id()).empty()) {
    return forbidden_change(call.language, "option_children_not_supported");
  }
  return change_option_row(call, written, *row);
}

/// Whether the option that a value's body names has values at all.
bool names_childless_option(const State& state, const kit::Written& written) {
  const std::string_view sent = written.raw(schema_of(kOptionValues), "option_id");
  const RecordPtr option = state.find(kOptions, kit::scalar_id(sent).value_or(0));
  return option && !has_values_by_type(text_of(kOptions, *option, "type"));
}

/// Makes a value; a text or file option has none: option_children_not_supported [client].
Reply create_value(Call& call) {
  auto body = read_option_row(call, kit::WriteRules::Mode::Create, nullptr);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  const kit::Written& written = std::get<kit::Written>(body);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  if (names_childless_option(call.state, written)) {
    return forbidden_change(call.language, "option_children_not_supported");
  }
  return store_option_row(call, written);
}

/// Changes a value; one that variants have stays with its option [inferred].
Reply update_value(Call& call) {
  const RecordPtr row = call.state.find(kOptionValues, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_option_row(call, kit::WriteRules::Mode::Update, row.get());
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (is_counted(kOptionValues, *row, "total_stocks") &&
      changes_option(kOptionValues, written, *row, "option_id")) {
    written.problems.push_back({"option_id", FieldFault::BadValue, {}});
  }
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  if (names_childless_option(call.state, written)) {
    return forbidden_change(call.language, "option_children_not_supported");
  }
  return change_option_row(call, written, *row);
}

/// Removes the variants that name the option (and the value, unless it is 0).
void remove_variants(State& state, std::int64_t option_id, std::int64_t value_id,
                     const std::string& now) {
  std::vector<RecordPtr> naming;
  state.table(Rows::ProductStocks).each([&](const RecordPtr& stock) {
    if (names_option(*stock, option_id, value_id)) naming.push_back(stock);
    return true;
  });
  for (const RecordPtr& stock : naming) {
    const std::int64_t product_id = id_of(Rows::ProductStocks, *stock, "product_id");
    count_variants(state, product_id, -1);
    state.table(Rows::ProductStocks).erase(stock->id());
    assign_group(state, product_id);
    count_variants(state, product_id, 1);
    refresh_product(state, product_id, now);
  }
}

void erase_option(State& state, std::int64_t option_id, const std::string& now) {
  remove_variants(state, option_id, 0, now);
  for (const RecordPtr& value : values_of(state, option_id))
    state.table(kOptionValues).erase(value->id());
  state.table(kOptions).erase(option_id);
}

/// What deleting something in use answers by setting `option_in_use_delete`, before anything
/// happens.
bool refuses_delete(const Call& call, bool in_use) {
  return in_use && !call.settings().cascade_options;
}

/// Removes a group with its options and their values.
Reply remove_group(Call& call) {
  State& state = call.state;
  const RecordPtr row = state.find(kOptionGroups, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  if (refuses_delete(call, is_counted(kOptionGroups, *row, "total_products"))) {
    return forbidden_change(call.language, "cannot_delete_internal_object");
  }
  const std::string now = state.local_time(call.context.now);
  for (const RecordPtr& option : options_of(state, row->id()))
    erase_option(state, option->id(), now);
  std::vector<RecordPtr> left;  // Products of the group that had no variant.
  state.table(Rows::Products).each([&](const RecordPtr& product) {
    if (id_of(Rows::Products, *product, "group_id") == row->id()) left.push_back(product);
    return true;
  });
  for (const RecordPtr& product : left) {
    RecordWriter writer(schema_of(Rows::Products), *product);
    writer.set("group_id", "null");
    state.table(Rows::Products).put(writer.finish(product->id()));
  }
  state.table(kOptionGroups).erase(row->id());
  return bare(1);
}

/// Removes an option with its values.
Reply remove_option(Call& call) {
  const RecordPtr row = call.state.find(kOptions, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  const bool makes_variants = text_of(kOptions, *row, "stock") == "1";
  if (refuses_delete(call, makes_variants && option_in_use(call.state, *row))) {
    return forbidden_change(call.language, "cannot_delete_internal_object");
  }
  erase_option(call.state, row->id(), call.state.local_time(call.context.now));
  return bare(1);
}

Reply remove_value(Call& call) {
  const RecordPtr row = call.state.find(kOptionValues, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  if (refuses_delete(call, is_counted(kOptionValues, *row, "total_stocks"))) {
    return forbidden_change(call.language, "cannot_delete_internal_object");
  }
  remove_variants(call.state, id_of(kOptionValues, *row, "option_id"), row->id(),
                  call.state.local_time(call.context.now));
  call.state.table(kOptionValues).erase(row->id());
  return bare(1);
}

constexpr std::array kOptionCalls{
    Handled{"POST /webapi/rest/option-groups", create_option_row},
    Handled{"PUT /webapi/rest/option-groups/{id}", update_group},
    Handled{"DELETE /webapi/rest/option-groups/{id}", remove_group},
    Handled{"POST /webapi/rest/options", create_option_row},
    Handled{"PUT /webapi/rest/options/{id}", update_option},
    Handled{"DELETE /webapi/rest/options/{id}", remove_option},
    Handled{"POST /webapi/rest/option-values", create_value},
    Handled{"PUT /webapi/rest/option-values/{id}", update_value},
    Handled{"DELETE /webapi/rest/option-values/{id}", remove_value},
};

}  // namespace

std::span<const Handled> option_calls() { return kOptionCalls; }

}  // namespace atrapa::mocks::shoper
