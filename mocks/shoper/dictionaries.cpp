#include <algorithm>

#include "mocks/kit/dates.hpp"
#include "mocks/shoper/availability.hpp"
#include "mocks/shoper/product_links.hpp"
#include "mocks/shoper/rows.hpp"

// Currencies, availabilities and deliveries, and the end of all rows that products and their like
// name.

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

void add_dictionary_problem(kit::Written& written, std::string_view field, FieldFault fault,
                            std::string detail = {}) {
  written.problems.push_back({std::string(field), fault, std::move(detail)});
}

/// The one that products get where they name none, or that everything is counted in.
bool is_default_row(const State& state, Rows rows, const kit::Record& row) {
  if (rows == Rows::Units) return state.config_id("product_defaults_unit_id") == row.id();
  if (rows == Rows::Deliveries) return state.config_id("product_defaults_delivery_id") == row.id();
  if (rows == Rows::Currencies) return text_of(rows, row, "default") == "1";
  return false;
}

/// Removes the row. The shop's default unit, delivery and currency stay:
/// cannot_delete_internal_object [inferred; the code is the legacy SDK's]. What names the row names
/// none from then on, or keeps it from being deleted, by setting `delete_in_use`. Answers 1, a
/// second time 404 [live].
Reply remove_dictionary_row(Call& call) {
  State& state = call.state;
  const Rows rows = *call.rows;
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr row = state.find(rows, id);
  if (row == nullptr) return not_found(call.language, call.settings());
  const bool kept = call.settings().refuse_delete_in_use && is_named(state, rows, id);
  if (kept || is_default_row(state, rows, *row)) {
    return forbidden_change(call.language, "cannot_delete_internal_object");
  }
  detach(state, rows, id);
  if (rows == Rows::Collections) {
    std::erase_if(state.positions.write(), [&](const auto& one) { return one.first.first == id; });
  }
  state.table(rows).erase(id);
  if (rows == Rows::Availabilities) renew_availabilities(state);
  return bare(1);
}

/// Checks what the contract says and, by `check`, what the row will be; stores it. Answers the bare
/// id, or 1 for a row that there was.
template <typename Check>
Reply write_dictionary_row(Call& call, Check&& check) {
  State& state = call.state;
  const Rows rows = *call.rows;
  const kit::Schema& schema = schema_of(rows);
  const bool made = call.id_text.empty();
  const RecordPtr row = made ? nullptr : state.find(rows, call.id().value_or(0));
  if (!made && row == nullptr) return not_found(call.language, call.settings());
  auto body =
      read_body(call, schema, made ? kit::WriteRules::Mode::Create : kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (schema.find("translations")) check_locales(call, written, schema);
  RecordWriter writer = made ? RecordWriter(schema) : RecordWriter(schema, *row);
  kit::write_values(written.values, writer);
  if (!made) merge_translations(*row, writer);
  writer.fill();
  check(written, writer, row.get());
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  const std::int64_t id = made ? state.table(rows).take_id() : row->id();
  set_id(rows, writer, id);
  complete_translations(state, rows, writer, id);
  state.table(rows).put(writer.finish(id));
  return bare(made ? id : 1);
}

bool is_iso_code(std::string_view name) {
  return name.size() == 3 &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// What a currency has to be: a code of ISO 4217 [rec] that no other has, and a rate above 0; the
/// default one is active [inferred].
void check_currency(const Call& call, kit::Written& written, RecordWriter& writer,
                    const kit::Record* row) {
  const std::string name = writer.text("name");
  if (!is_iso_code(name)) add_dictionary_problem(written, "name", FieldFault::BadValue, "ISO 4217");
  call.state.table(Rows::Currencies).each([&](const RecordPtr& other) {
    const bool same = text_of(Rows::Currencies, *other, "name") == name;
    if (same && (row == nullptr || other->id() != row->id()))
      add_dictionary_problem(written, "name", FieldFault::Taken);
    return true;
  });
  const bool rate_sent = !written.raw(writer.schema(), "rate").empty();
  if (!rate_sent && row == nullptr) writer.set_text("rate", "1.00");
  if (number_of(writer, "rate") <= Decimal(0))
    add_dictionary_problem(written, "rate", FieldFault::OutOfRange, "> 0");
  const bool was_default = row && text_of(Rows::Currencies, *row, "default") == "1";
  if (was_default && writer.text("default") != "1")
    add_dictionary_problem(written, "default", FieldFault::BadValue);
  if (writer.text("default") == "1") {
    if (!written.raw(writer.schema(), "active").empty() && writer.text("active") != "1") {
      add_dictionary_problem(written, "active", FieldFault::BadValue);
    }
    writer.set_text("active", "1");
    writer.set_text("rate", Decimal(1).fixed(2));
  }
  // A rate is of the day on which it was written.
  if ((rate_sent || row == nullptr) && written.raw(writer.schema(), "rate_date").empty()) {
    writer.set_text("rate_date", call.state.local_time(call.context.now).substr(0, 10));
  }
}

/// One currency is the default: the one written last as such. Its rate is 1, and application-config
/// names it; the rates of others are not recomputed [inferred].
void keep_one_default(State& state, std::int64_t id) {
  std::vector<RecordPtr> former;
  state.table(Rows::Currencies).each([&](const RecordPtr& other) {
    const bool set = text_of(Rows::Currencies, *other, "default") == "1";
    if (set && other->id() != id) former.push_back(other);
    return true;
  });
  for (const RecordPtr& other : former) {
    RecordWriter writer(schema_of(Rows::Currencies), *other);
    writer.set_text("default", "0");
    state.table(Rows::Currencies).put(writer.finish(other->id()));
  }
  const RecordPtr chosen = state.find(Rows::Currencies, id);
  RecordWriter config(contract().at("application-config").schema, *state.config);
  config.set_text("default_currency_id", std::to_string(id));
  config.set_text("default_currency_name", text_of(Rows::Currencies, *chosen, "name"));
  state.config = config.finish(0);
}

Reply write_currency(Call& call) {
  Reply reply = write_dictionary_row(
      call, [&](kit::Written& written, RecordWriter& writer, const kit::Record* row) {
        check_currency(call, written, writer, row);
      });
  if (!reply.ok()) return reply;
  const std::int64_t id =
      call.id_text.empty() ? kit::scalar_id(reply.body).value_or(0) : call.id().value_or(0);
  const RecordPtr row = call.state.find(Rows::Currencies, id);
  if (text_of(Rows::Currencies, *row, "default") == "1") keep_one_default(call.state, id);
  return reply;
}

/// An availability with `ranges` has a lower bound, one without has none [rec]; no two begin at the
/// same level [inferred]. Stocks follow at once.
Reply write_availability(Call& call) {
  Reply reply = write_dictionary_row(
      call, [&](kit::Written& written, RecordWriter& writer, const kit::Record* row) {
        if (writer.text("ranges") != "1") return writer.set("from", "null");
        const auto from = kit::scalar_number(writer.raw("from"));
        if (!from) return add_dictionary_problem(written, "from", FieldFault::Missing);
        call.state.table(Rows::Availabilities).each([&](const RecordPtr& other) {
          const bool own = row != nullptr && other->id() == row->id();
          const auto taken = kit::scalar_number(raw_of(Rows::Availabilities, *other, "from"));
          if (!own && taken == from) add_dictionary_problem(written, "from", FieldFault::Taken);
          return true;
        });
      });
  if (reply.ok()) renew_availabilities(call.state);
  return reply;
}

/// `hours` replaces `days` [rec]; the one that is not sent follows from the other, a day begun
/// being a day [inferred].
Reply write_delivery(Call& call) {
  return write_dictionary_row(
      call, [](kit::Written& written, RecordWriter& writer, const kit::Record*) {
        for (const std::string_view field : {"hours", "days"}) {
          if (number_of(writer, field) < Decimal(0)) {
            add_dictionary_problem(written, field, FieldFault::OutOfRange, ">= 0");
          }
        }
        const bool hours = !written.raw(writer.schema(), "hours").empty();
        const bool days = !written.raw(writer.schema(), "days").empty();
        if (hours && !days) {
          // A whole number of hours and 11.5 more, rounded to days: a day begun counts.
          const Decimal more = number_of(writer, "hours") + *Decimal::parse("11.5");
          writer.set_text("days", more.divided(Decimal(24), 0).text());
        } else if (days && !hours) {
          writer.set_text("hours", (number_of(writer, "days") * Decimal(24)).text());
        }
      });
}

constexpr std::array kDictionaryCalls{
    Handled{"POST /webapi/rest/availabilities", write_availability},
    Handled{"PUT /webapi/rest/availabilities/{id}", write_availability},
    Handled{"DELETE /webapi/rest/availabilities/{id}", remove_dictionary_row},
    Handled{"DELETE /webapi/rest/collections/{id}", remove_dictionary_row},
    Handled{"POST /webapi/rest/currencies", write_currency},
    Handled{"PUT /webapi/rest/currencies/{id}", write_currency},
    Handled{"DELETE /webapi/rest/currencies/{id}", remove_dictionary_row},
    Handled{"POST /webapi/rest/deliveries", write_delivery},
    Handled{"PUT /webapi/rest/deliveries/{id}", write_delivery},
    Handled{"DELETE /webapi/rest/deliveries/{id}", remove_dictionary_row},
    Handled{"DELETE /webapi/rest/producers/{id}", remove_dictionary_row},
    Handled{"DELETE /webapi/rest/product-safety-certificates/{id}", remove_dictionary_row},
    Handled{"DELETE /webapi/rest/product-safety-importers/{id}", remove_dictionary_row},
    Handled{"DELETE /webapi/rest/product-safety-producers/{id}", remove_dictionary_row},
    Handled{"DELETE /webapi/rest/product-safety-responsibles/{id}", remove_dictionary_row},
    Handled{"DELETE /webapi/rest/product-tags/{id}", remove_dictionary_row},
    Handled{"DELETE /webapi/rest/units/{id}", remove_dictionary_row},
    Handled{"DELETE /webapi/rest/zones/{id}", remove_dictionary_row},
};

}  // namespace

std::span<const Handled> dictionary_calls() { return kDictionaryCalls; }

}  // namespace atrapa::mocks::shoper
