#include <chrono>

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

/// Makes a row of the sent fields and the contract's initial values. Answers the bare id.
Reply create_plain(Call& call) {
  const kit::Schema& schema = schema_of(*call.rows);
  auto body = read_body(call, schema, kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (schema.find("translations")) check_locales(call, written, schema);
  check_references(call, written, schema);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  kit::Table& table = call.state.table(*call.rows);
  const std::int64_t id = table.take_id();
  kit::RecordWriter writer(schema);
  kit::write_values(written.values, writer);
  stamp(call, writer);
  writer.fill();
  set_id(*call.rows, writer, id);
  complete_translations(call.state, *call.rows, writer, id);
  table.put(writer.finish(id));
  return bare(id);
}

/// Changes the sent fields only. Answers 1.
Reply update_plain(Call& call) {
  const auto id = call.id();
  const kit::RecordPtr row = id ? call.state.find(*call.rows, *id) : nullptr;
  if (row == nullptr) return not_found(call.language, call.settings());
  const kit::Schema& schema = schema_of(*call.rows);
  auto body = read_body(call, schema, kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (schema.find("translations")) {
    check_locales(call, written, schema);
    check_new_locales(written, schema, *row);
  }
  check_references(call, written, schema);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  kit::RecordWriter writer(schema, *row);
  kit::write_values(written.values, writer);
  merge_translations(*row, writer);
  complete_translations(call.state, *call.rows, writer, *id);
  call.state.table(*call.rows).put(writer.finish(*id));
  return bare(1);
}

/// Answers 1; a second time 404 [live].
Reply remove_plain(Call& call) {
  const auto id = call.id();
  if (!id || !call.state.table(*call.rows).erase(*id)) {
    return not_found(call.language, call.settings());
  }
  return bare(1);
}

}  // namespace

Handler plain_handler(const kit::Entry& entry, const kit::Method& method) {
  const bool below_another_row = entry.path.find('{') != std::string::npos;
  if (!rows_of(entry.resource) || below_another_row) return nullptr;
  if (method.verb == "GET") return method.path.ends_with("/{id}") ? get_row : list_plain;
  if (method.verb == "POST") return create_plain;
  if (method.verb == "PUT") return update_plain;
  return method.verb == "DELETE" ? remove_plain : nullptr;
}

}  // namespace atrapa::mocks::shoper
