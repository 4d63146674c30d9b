#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "mocks/kit/dates.hpp"
#include "mocks/shoper/parcels.hpp"
#include "mocks/shoper/rows.hpp"

// parcels: what leaves the shop, line by line, and the status that the order gets by it.

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr std::string_view kCreateStatus = "shopping_parcel_create_status_id";
constexpr std::string_view kSendStatus = "shopping_parcel_send_status_id";

const kit::Schema& parcels() { return schema_of(Rows::Parcels); }
const kit::Schema& content() { return *parcels()[parcels().at("products")].children; }

Reply list_parcels(Call& call) { return list_rows(call); }

/// So much of one line in one parcel.
struct Portion {
  RecordPtr line;
  Decimal quantity;
};

Decimal ordered(const kit::Record& line) {
  return number_of(Rows::OrderProducts, line, "quantity");
}

Decimal left_of(const kit::Record& line, const std::map<std::int64_t, Decimal>& shipped) {
  const auto found = shipped.find(line.id());
  return found == shipped.end() ? ordered(line) : ordered(line) - found->second;
}

/// All that no parcel but `except` holds.
std::vector<Portion> remainder(const State& state, std::int64_t order_id, std::int64_t except) {
  const auto shipped = shipped_of(state, order_id, except);
  std::vector<Portion> portions;
  for (const RecordPtr& line :
       state.table(Rows::OrderProducts).look_up("order_id", std::to_string(order_id))) {
    const Decimal left = left_of(*line, shipped);
    if (left > Decimal(0)) portions.push_back({line, left});
  }
  return portions;
}

/// The sent lines against the order's; what does not fit becomes a problem. A line that stands
/// twice counts together.
std::vector<Portion> read_portions(const State& state, kit::Written& written, std::int64_t order_id,
                                   std::int64_t except) {
  const auto shipped = shipped_of(state, order_id, except);
  std::vector<Portion> portions;
  std::size_t index = 0;
  for (const std::string_view one : kit::elements(written.raw(parcels(), "products"))) {
    const std::string place = fmt::format("products[{}].", index++);
    const std::int64_t line_id = kit::scalar_id(kit::member(one, "order_product_id")).value_or(0);
    const RecordPtr line = state.find(Rows::OrderProducts, line_id);
    if (line == nullptr || id_of(Rows::OrderProducts, *line, "order_id") != order_id) {
      written.problems.push_back({place + "order_product_id", FieldFault::NotFound, {}});
      continue;
    }
    const Decimal quantity = kit::scalar_number(kit::member(one, "quantity")).value_or(Decimal{});
    const bool whole = text_of(Rows::OrderProducts, *line, "unit_fp") != "1";
    if (whole && !quantity.is_whole()) {
      written.problems.push_back({place + "quantity", FieldFault::BadValue, "int"});
    }
    const auto same = std::find_if(portions.begin(), portions.end(),
                                   [&](const Portion& other) { return other.line == line; });
    const Decimal taken = same == portions.end() ? Decimal{} : same->quantity;
    const Decimal left = left_of(*line, shipped) - taken;
    if (quantity <= Decimal(0) || quantity > left) {
      written.problems.push_back(
          {place + "quantity", FieldFault::OutOfRange, fmt::format("> 0, <= {}", left.text())});
    } else if (same == portions.end()) {
      portions.push_back({line, quantity});
    } else {
      same->quantity = same->quantity + quantity;
    }
  }
  return portions;
}

void write_portions(RecordWriter& parcel, const std::vector<Portion>& portions) {
  std::string list = "[";
  for (const Portion& portion : portions) {
    RecordWriter one(content());
    one.set("order_product_id", std::to_string(portion.line->id()));
    one.set_text("product_id", text_of(Rows::OrderProducts, *portion.line, "product_id"));
    one.set_text("quantity", portion.quantity.text());
    one.set_text("name", text_of(Rows::OrderProducts, *portion.line, "name"));
    one.fill();
    if (list.size() > 1) list.push_back(',');
    list += one.object();
  }
  parcel.set("products", list + "]");
}

Decimal weight_of(const std::vector<Portion>& portions) {
  Decimal sum;
  for (const Portion& portion : portions) {
    sum = sum + (number_of(Rows::OrderProducts, *portion.line, "weight") * portion.quantity);
  }
  return sum;
}

/// The order's status follows the parcel [live]. A status that the shop does not have moves
/// nothing [inferred].
void move_order(Call& call, std::int64_t order_id, std::string_view key) {
  State& state = call.state;
  const RecordPtr order = state.find(Rows::Orders, order_id);
  const std::int64_t status = state.config_id(key);
  if (order == nullptr || !state.has(Rows::Statuses, status)) return;
  if (id_of(Rows::Orders, *order, "status_id") == status) return;
  RecordWriter writer(schema_of(Rows::Orders), *order);
  writer.set_text("status_id", std::to_string(status));
  writer.set_text("status_date", state.local_time(call.context.now));
  state.table(Rows::Orders).put(writer.finish(order_id));
}

void mark_sent(const Call& call, RecordWriter& parcel, bool sent) {
  parcel.set_text("sent", sent ? "1" : "0");
  parcel.set_text("send_date",
                  sent ? call.state.local_time(call.context.now) : std::string(kit::kNever));
}

/// The order that the body names, or that its lines agree on.
std::int64_t order_named(const State& state, const kit::Written& written) {
  const std::string_view sent = written.raw(parcels(), "order_id");
  if (!sent.empty()) return kit::scalar_id(sent).value_or(0);
  for (const std::string_view one : kit::elements(written.raw(parcels(), "products"))) {
    const RecordPtr line = state.find(
        Rows::OrderProducts, kit::scalar_id(kit::member(one, "order_product_id")).value_or(0));
    if (line != nullptr) return id_of(Rows::OrderProducts, *line, "order_id");
  }
  return 0;
}

bool is_true(std::string_view raw) { return raw == "true" || raw == "\"1\""; }

/// What a new parcel takes over from its order [inferred, but for the fields themselves].
void copy_order(RecordWriter& parcel, const kit::Record& order, const std::string& now) {
  parcel.set_text("email", text_of(Rows::Orders, order, "email"));
  for (const std::string_view field : {"billing_address", "delivery_address"}) {
    if (!parcel.has(field)) parcel.set(field, std::string(raw_of(Rows::Orders, order, field)));
  }
  if (!parcel.has("order_date")) parcel.set_text("order_date", now);
}

/// Makes a parcel and moves the order to shopping_parcel_create_status_id, or to
/// shopping_parcel_send_status_id where it is sent at once [live]. Answers the bare id.
///
/// Without `products` it holds all that no other parcel holds, with them a part; where nothing is
/// left: 400 "All products has been already sent" [live; its code inferred]. `order_id` may be left
/// out where the lines name their order. `send` or `sent` sends it [doc, live].
Reply create_parcel(Call& call) {
  auto body = read_body(call, parcels(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  State& state = call.state;
  check_references(call, written, parcels());
  const std::int64_t order_id = order_named(state, written);
  const RecordPtr order = state.find(Rows::Orders, order_id);
  if (written.raw(parcels(), "order_id").empty() && order == nullptr) {
    written.problems.push_back({"order_id", FieldFault::Missing, {}});
  }
  const bool part = !kit::elements(written.raw(parcels(), "products")).empty();
  std::vector<Portion> portions;
  if (order != nullptr) {
    portions = remainder(state, order_id, 0);
    if (portions.empty() && written.problems.empty()) return nothing_to_send(call.language);
    if (part) portions = read_portions(state, written, order_id, 0);
  }
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  const std::int64_t id = state.table(Rows::Parcels).take_id();
  RecordWriter writer(parcels());
  kit::write_values(written.values, writer);
  const bool sent = is_true(writer.raw("send")) || is_true(writer.raw("sent"));
  writer.clear(parcels().at("send"));
  writer.set_text("order_id", std::to_string(order_id));
  write_portions(writer, portions);
  if (!writer.has("weight")) writer.set_text("weight", weight_of(portions).fixed(2));
  copy_order(writer, *order, state.local_time(call.context.now));
  mark_sent(call, writer, sent);
  writer.fill();
  set_id(Rows::Parcels, writer, id);
  state.table(Rows::Parcels).put(writer.finish(id));
  count_parcels(state, order_id);
  move_order(call, order_id, sent ? kSendStatus : kCreateStatus);
  return bare(id);
}

/// Fields that a sent parcel still takes: a waybill number often comes after the sending
/// [inferred], with the setting `sent_parcel_takes_code`.
bool only_harmless(const Call& call, const kit::Written& written) {
  return std::all_of(written.values.begin(), written.values.end(), [&](const auto& value) {
    const std::string& name = parcels()[value.field].name;
    if (name == "send") return true;
    return call.settings().sent_parcel_takes_code && (name == "shipping_code" || name == "notes");
  });
}

/// Changes a parcel; `send` true sends it and moves the order, false takes the sending back and
/// leaves the order's status alone [doc; the status inferred]. Answers 1.
///
/// Sending a sent parcel: 400 parcel_already_sent; changing one: 400 parcel_cannot_modify [client;
/// which changes inferred]. `products` replace the parcel's lines; its order stays.
Reply update_parcel(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr row = state.find(Rows::Parcels, id);
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, parcels(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  const std::string_view send = written.raw(parcels(), "send");
  const bool was_sent = text_of(Rows::Parcels, *row, "sent") == "1";
  if (was_sent && is_true(send)) return forbidden_change(call.language, "parcel_already_sent");
  if (was_sent && send.empty() && !only_harmless(call, written)) {
    return forbidden_change(call.language, "parcel_cannot_modify");
  }
  check_references(call, written, parcels());
  const std::int64_t order_id = id_of(Rows::Parcels, *row, "order_id");
  const bool relined = written.find(parcels(), "products") != nullptr;
  std::vector<Portion> portions;
  if (relined) {
    portions = read_portions(state, written, order_id, id);
    if (portions.empty() && written.problems.empty()) {
      written.problems.push_back({"products", FieldFault::Missing, {}});
    }
  }
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  RecordWriter writer(parcels(), *row);
  kit::write_values(written.values, writer);
  writer.clear(parcels().at("send"));
  if (relined) write_portions(writer, portions);
  if (!send.empty() && was_sent != is_true(send)) mark_sent(call, writer, is_true(send));
  state.table(Rows::Parcels).put(writer.finish(id));
  if (!was_sent && is_true(send)) move_order(call, order_id, kSendStatus);
  return bare(1);
}

/// Removes a parcel: its lines can be shipped again, the order's status stays [inferred].
Reply remove_parcel(Call& call) {
  State& state = call.state;
  const RecordPtr row = state.find(Rows::Parcels, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  state.table(Rows::Parcels).erase(row->id());
  count_parcels(state, id_of(Rows::Parcels, *row, "order_id"));
  return bare(1);
}

constexpr std::array kParcelCalls{
    Handled{"GET /webapi/rest/parcels", list_parcels},
    Handled{"GET /webapi/rest/parcels/{id}", get_row},
    Handled{"POST /webapi/rest/parcels", create_parcel},
    Handled{"PUT /webapi/rest/parcels/{id}", update_parcel},
    Handled{"DELETE /webapi/rest/parcels/{id}", remove_parcel},
};

}  // namespace

std::map<std::int64_t, Decimal> shipped_of(const State& state, std::int64_t order_id,
                                           std::int64_t except) {
  std::map<std::int64_t, Decimal> shipped;
  for (const RecordPtr& parcel :
       state.table(Rows::Parcels).look_up("order_id", std::to_string(order_id))) {
    if (parcel->id() == except) continue;
    for (const std::string_view one : kit::elements(raw_of(Rows::Parcels, *parcel, "products"))) {
      Decimal& sum = shipped[kit::scalar_id(kit::member(one, "order_product_id")).value_or(0)];
      sum = sum + kit::scalar_number(kit::member(one, "quantity")).value_or(Decimal{});
    }
  }
  return shipped;
}

void count_parcels(State& state, std::int64_t order_id) {
  const RecordPtr order = state.find(Rows::Orders, order_id);
  if (order == nullptr) return;
  const auto parcels = state.table(Rows::Parcels).look_up("order_id", std::to_string(order_id));
  RecordWriter writer(schema_of(Rows::Orders), *order);
  writer.set("total_parcels", std::to_string(parcels.size()));
  state.table(Rows::Orders).put(writer.finish(order_id));
}

void remove_parcels(State& state, std::int64_t order_id) {
  for (const RecordPtr& parcel :
       state.table(Rows::Parcels).look_up("order_id", std::to_string(order_id))) {
    state.table(Rows::Parcels).erase(parcel->id());
  }
}

std::span<const Handled> parcel_calls() { return kParcelCalls; }

}  // namespace atrapa::mocks::shoper
