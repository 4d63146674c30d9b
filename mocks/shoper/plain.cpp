#include <chrono>

#include "mocks/shoper/row_calls.hpp"
#include "mocks/shoper/rows.hpp"

// Resources without behaviour of their own: fields, types and refusals come from the contract
// alone.

namespace atrapa::mocks::shoper {
namespace {

/// The moment of creation in the fields that hold it: the shop's time, or unix seconds.
void stamp(const Call& call, kit::RecordWriter& writer) {
  const kit::Schema& schema = writer.schema();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(call.context.now);
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (!schema[i].made || writer.has(i)) continue;
    if (schema[i].types.front().kind == kit::TypeKind::Int) {
      writer.set(i, std::to_string(seconds.time_since_epoch().count()));
    } else {
      writer.set(i, kit::json_string(call.state.local_time(call.context.now)));
    }
  }
}

Reply list_plain(Call& call) { return list_rows(call); }
Reply create_plain(Call& call) { return create_row(call); }
Reply update_plain(Call& call) { return update_row(call); }
Reply remove_plain(Call& call) { return delete_row(call); }

void check_row(Call& call, kit::Written& written, const kit::Schema& schema,
               const kit::Record* before, const RowRules& rules) {
  if (schema.find("translations")) {
    check_locales(call, written, schema);
    if (before != nullptr) check_new_locales(written, schema, *before);
  }
  check_references(call, written, schema);
  if (rules.check != nullptr) rules.check(call, written, before);
}

}  // namespace

Reply create_row(Call& call, const RowRules& rules) {
  const kit::Schema& schema = schema_of(*call.rows);
  auto body = read_body(call, schema, kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_row(call, written, schema, nullptr, rules);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  const std::int64_t id = call.state.table(*call.rows).take_id();
  kit::RecordWriter writer(schema);
  kit::write_values(written.values, writer);
  if (rules.complete != nullptr) rules.complete(call, written, writer, nullptr);
  stamp(call, writer);
  writer.fill();
  set_id(*call.rows, writer, id);
  complete_translations(call.state, *call.rows, writer, id);
  const kit::RecordPtr after = writer.finish(id);
  call.state.table(*call.rows).put(after);
  if (rules.settle != nullptr) rules.settle(call, nullptr, after.get());
  return bare(id);
}

Reply update_row(Call& call, const RowRules& rules) {
  const auto id = call.id();
  const kit::RecordPtr row = id ? call.state.find(*call.rows, *id) : nullptr;
  if (row == nullptr) return not_found(call.language, call.settings());
  const kit::Schema& schema = schema_of(*call.rows);
  auto body = read_body(call, schema, kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_row(call, written, schema, row.get(), rules);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  kit::RecordWriter writer(schema, *row);
  kit::write_values(written.values, writer);
  set_id(*call.rows, writer, *id);  // A row keeps its id, whatever the body says [inferred].
  merge_translations(*row, writer);
  if (rules.complete != nullptr) rules.complete(call, written, writer, row.get());
  complete_translations(call.state, *call.rows, writer, *id);
  const kit::RecordPtr after = writer.finish(*id);
  call.state.table(*call.rows).put(after);
  if (rules.settle != nullptr) rules.settle(call, row.get(), after.get());
  return bare(1);
}

Reply delete_row(Call& call, const RowRules& rules) {
  const auto id = call.id();
  const kit::RecordPtr row = id ? call.state.find(*call.rows, *id) : nullptr;
  if (row == nullptr) return not_found(call.language, call.settings());
  call.state.table(*call.rows).erase(*id);
  if (rules.settle != nullptr) rules.settle(call, row.get(), nullptr);
  return bare(1);
}

Handler plain_handler(const kit::Entry& entry, const kit::Method& method) {
  const bool below_another_row = entry.path.find('{') != std::string::npos;
  if (!rows_of(entry.resource) || below_another_row) return nullptr;
  if (method.verb == "GET") return method.path.ends_with("/{id}") ? get_row : list_plain;
  if (method.verb == "POST") return create_plain;
  if (method.verb == "PUT") return update_plain;
  return method.verb == "DELETE" ? remove_plain : nullptr;
}

}  // namespace atrapa::mocks::shoper
