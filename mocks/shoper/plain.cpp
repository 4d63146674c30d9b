#include "mocks/shoper/rows.hpp"

// Resources without behaviour of their own: fields, types and refusals come from the contract
// alone.

namespace atrapa::mocks::shoper {
namespace {

Reply list_plain(Call& call) { return list_rows(call); }

/// Makes a row of the sent fields and the contract's initial values. Answers the bare id.
Reply create_plain(Call& call) {
  const kit::Schema& schema = schema_of(*call.rows);
  auto body = read_body(call, schema, kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (schema.find("translations")) check_locales(call, written, schema);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  kit::Table& table = call.state.table(*call.rows);
  const std::int64_t id = table.take_id();
  kit::RecordWriter writer(schema);
  kit::write_values(written.values, writer);
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
  if (schema.find("translations")) check_locales(call, written, schema);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  kit::RecordWriter writer(schema, *row);
  kit::write_values(written.values, writer);
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

constexpr std::array kPlainCalls{
    Handled{"GET /webapi/rest/languages", list_plain},
    Handled{"GET /webapi/rest/languages/{id}", get_row},
    Handled{"PUT /webapi/rest/languages/{id}", update_plain},
    Handled{"GET /webapi/rest/payments", list_plain},
    Handled{"GET /webapi/rest/payments/{id}", get_row},
    Handled{"POST /webapi/rest/payments", create_plain},
    Handled{"PUT /webapi/rest/payments/{id}", update_plain},
    Handled{"DELETE /webapi/rest/payments/{id}", remove_plain},
    Handled{"GET /webapi/rest/shippings", list_plain},
    Handled{"GET /webapi/rest/shippings/{id}", get_row},
    Handled{"POST /webapi/rest/shippings", create_plain},
    Handled{"PUT /webapi/rest/shippings/{id}", update_plain},
    Handled{"DELETE /webapi/rest/shippings/{id}", remove_plain},
    Handled{"GET /webapi/rest/statuses", list_plain},
    Handled{"GET /webapi/rest/statuses/{id}", get_row},
    Handled{"GET /webapi/rest/taxes", list_plain},
    Handled{"GET /webapi/rest/taxes/{id}", get_row},
    Handled{"GET /webapi/rest/units", list_plain},
    Handled{"GET /webapi/rest/units/{id}", get_row},
    Handled{"POST /webapi/rest/units", create_plain},
    Handled{"PUT /webapi/rest/units/{id}", update_plain},
    Handled{"DELETE /webapi/rest/units/{id}", remove_plain},
};

}  // namespace

std::span<const Handled> plain_calls() { return kPlainCalls; }

}  // namespace atrapa::mocks::shoper
