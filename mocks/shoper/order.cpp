#include <algorithm>

#include "mocks/shoper/additional_fields.hpp"
#include "mocks/shoper/addresses.hpp"
#include "mocks/shoper/order_sum.hpp"
#include "mocks/shoper/orders.hpp"
#include "mocks/shoper/rows.hpp"

// orders: the headers. Lines are order-products.

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;
using kit::RecordWriter;

const kit::Schema& orders() { return schema_of(Rows::Orders); }

/// Lists orders. Derived fields (is_paid, total_products, ...) filter like any other; `paid` is an
/// amount, not a flag [rec].
Reply list_orders(Call& call) {
  return list_rows(
      call, call.state.table(Rows::Orders), id_field_of(Rows::Orders),
      [](const kit::Condition& condition) { return additional_fields_test(orders(), condition); });
}

/// The live shop insists on an existing user; the documentation calls it optional. Setting
/// `order_needs_user` decides.
void check_order_user(const Call& call, kit::Written& written, bool create) {
  const std::string_view raw = written.raw(orders(), "user_id");
  if (call.settings().order_needs_user) {
    if (raw == "null") written.problems.push_back({"user_id", kit::FieldFault::Missing, {}});
    return check_reference(call, written, orders(), "user_id", Rows::Users);
  }
  if (create) {
    std::erase_if(written.problems, [](const kit::Problem& problem) {
      return problem.field == "user_id" && problem.fault == kit::FieldFault::Missing;
    });
  }
  if (kit::scalar_id(raw).value_or(0) != 0) {
    check_reference(call, written, orders(), "user_id", Rows::Users);
  }
}

/// Where fields of this order are asked for: an order of somebody registered, or a guest's
/// [inferred].
unsigned places_of(const State& state, std::int64_t user_id) {
  const RecordPtr user = state.find(Rows::Users, user_id);
  const bool registered = user && text_of(Rows::Users, *user, "registered") == "1";
  return registered ? kLocateOrder | kLocateOrderAndRegistration | kLocateSignedInOrder
                    : kLocateOrder | kLocateGuestOrder;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kBookFields{
    {{"billing_address_id", "billing_address"}, {"delivery_address_id", "delivery_address"}}};

/// `before` is the order that is changed, null for a new one.
void check_order(const Call& call, kit::Written& written, const kit::Record* before) {
  check_order_user(call, written, before == nullptr);
  check_reference(call, written, orders(), "status_id", Rows::Statuses);
  check_reference(call, written, orders(), "payment_id", Rows::Payments);
  check_reference(call, written, orders(), "shipping_id", Rows::Shippings);
  check_reference(call, written, orders(), "shipping_tax_id", Rows::Taxes);
  check_reference(call, written, orders(), "lang_id", Rows::Languages);
  check_references(call, written, orders());
  const std::string_view email = written.raw(orders(), "email");
  if (!email.empty() && kit::scalar_text(email).find('@') == std::string::npos) {
    written.problems.push_back({"email", kit::FieldFault::BadType, "a@b"});
  }
  const std::string_view sent_user = written.raw(orders(), "user_id");
  const std::int64_t user = !sent_user.empty() ? kit::scalar_id(sent_user).value_or(0)
                            : before           ? id_of(Rows::Orders, *before, "user_id")
                                               : 0;
  check_additional_fields(call, written, orders(), places_of(call.state, user));
  for (const auto& [field, address] : kBookFields) {
    const std::int64_t id = kit::scalar_id(written.raw(orders(), field)).value_or(0);
    if (id == 0) continue;
    const RecordPtr entry = call.state.find(Rows::UserAddresses, id);
    // An address of somebody else is as good as none [inferred].
    if (entry == nullptr || id_of(Rows::UserAddresses, *entry, "user_id") != user) {
      written.problems.push_back({std::string(field), kit::FieldFault::NotFound, {}});
    }
  }
}

/// Whether the body says, in full or by an id, what that address is.
bool writes_address(const kit::Written& written, std::string_view field) {
  const std::string id_field = std::string(field) + "_id";
  return written.find(orders(), field) != nullptr ||
         kit::scalar_id(written.raw(orders(), id_field)).value_or(0) != 0;
}

/// Switches that steer a write and are nothing to keep.
void drop_switches(RecordWriter& writer) {
  for (const std::string_view field :
       {"billing_address_id", "delivery_address_id", "different_address", "use_shipping_address"}) {
    writer.clear(orders().at(field));
  }
}

/// The text of a promotion code stands beside its id [inferred; what it discounts is not computed].
void follow_code(const State& state, const kit::Written& written, RecordWriter& writer) {
  const std::string_view sent = written.raw(orders(), "code_id");
  if (sent.empty()) return;
  const RecordPtr code = state.find(Rows::PromotionCodes, kit::scalar_id(sent).value_or(0));
  writer.set_text("promo_code", code ? text_of(Rows::PromotionCodes, *code, "code") : "");
}

/// Addresses that the body names by their place in the customer's address book [doc]; fields that
/// it sends as well go over them [inferred]. Without an id: `use_shipping_address` takes the
/// customer's default delivery address, and `different_address` false none of its own [inferred
/// from the names; nothing says more].
void take_addresses(const State& state, const kit::Written& written, RecordWriter& writer) {
  const auto take = [&](std::string_view field, const kit::Record& entry) {
    const std::string text(writer.raw(field));
    RecordWriter address(*orders()[orders().at(field)].children, std::string_view(text));
    copy_address(entry, address);
    if (const kit::WrittenValue* sent = written.find(orders(), field)) {
      kit::write_values(sent->members, address);
    }
    writer.set(field, address.object());
  };
  const std::int64_t user = kit::scalar_id(writer.raw("user_id")).value_or(0);
  for (const auto& [id_field, field] : kBookFields) {
    const RecordPtr entry = state.find(Rows::UserAddresses,
                                       kit::scalar_id(written.raw(orders(), id_field)).value_or(0));
    if (entry != nullptr) take(field, *entry);
  }
  if (writes_address(written, "delivery_address")) return;
  if (written.raw(orders(), "use_shipping_address") == "true") {
    const RecordPtr entry = default_address(state, user, "shipping_default");
    if (entry != nullptr) take("delivery_address", *entry);
  } else if (written.raw(orders(), "different_address") == "false") {
    const RecordPtr entry = default_address(state, user, "default");
    if (entry != nullptr && !writer.has("billing_address")) take("billing_address", *entry);
  }
}

/// Makes an order's header; lines go to order-products. Answers the bare id. Nothing is unique: two
/// equal posts make two orders, and a `code` that was sent is dropped [live].
Reply create_order(Call& call) {
  auto body = read_body(call, orders(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_order(call, written, nullptr);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  State& state = call.state;
  const std::int64_t id = state.table(Rows::Orders).take_id();
  RecordWriter writer(orders());
  kit::write_values(written.values, writer);
  write_additional_fields(state, written, writer, "");
  follow_code(state, written, writer);
  take_addresses(state, written, writer);
  drop_switches(writer);
  complete_order(state, writer, id, state.local_time(call.context.now), call.context.random);
  state.table(Rows::Orders).put(writer.finish(id));
  recompute_order(state, id);
  return bare(id);
}

/// A delivery address that was the billing address itself follows it, until it is written itself.
void follow_billing(const kit::Written& written, const kit::Record& before, RecordWriter& writer) {
  const std::string_view billing = raw_of(Rows::Orders, before, "billing_address");
  const std::string_view delivery = raw_of(Rows::Orders, before, "delivery_address");
  if (kit::member(billing, "address_id") != kit::member(delivery, "address_id")) return;
  const bool own_delivery = writer.raw("delivery_address") != delivery;
  if (writes_address(written, "delivery_address") || own_delivery) {
    const kit::Schema& schema = *orders()[orders().at("delivery_address")].children;
    const std::string text(writer.raw("delivery_address"));
    RecordWriter own(schema, std::string_view(text));
    own.set_text("address_id", "0");
    writer.set("delivery_address", own.object());
  } else if (writes_address(written, "billing_address")) {
    writer.clear(orders().at("delivery_address"));
  }
}

/// A country sent alone stands for itself: the code that was kept beside the former one goes, and
/// the other way round; complete_order() fills in the half that it knows [inferred].
void renew_country(const kit::Written& written, std::string_view field, RecordWriter& writer) {
  const kit::WrittenValue* sent = written.find(orders(), field);
  if (sent == nullptr) return;
  const kit::Schema& schema = *orders()[orders().at(field)].children;
  const auto gives = [&](std::string_view name) {
    return std::any_of(sent->members.begin(), sent->members.end(),
                       [&](const auto& member) { return schema[member.field].name == name; });
  };
  if (gives("country") == gives("country_code")) return;
  const std::string text(writer.raw(field));
  RecordWriter address(schema, std::string_view(text));
  address.set_text(gives("country") ? "country_code" : "country", "");
  writer.set(field, address.object());
}

/// Changes the sent fields. A new status sets status_date, a confirmation confirm_date; the
/// shipping tax's name and value follow its id, the sum its parts. Answers 1.
Reply update_order(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr row = state.find(Rows::Orders, id);
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, orders(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_order(call, written, row.get());
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  RecordWriter writer(orders(), *row);
  kit::write_values(written.values, writer);
  renew_country(written, "billing_address", writer);
  renew_country(written, "delivery_address", writer);
  write_additional_fields(state, written, writer, raw_of(Rows::Orders, *row, "additional_fields"));
  follow_code(state, written, writer);
  take_addresses(state, written, writer);
  drop_switches(writer);
  const auto changed = [&](std::string_view field) {
    return writer.raw(field) != raw_of(Rows::Orders, *row, field);
  };
  const std::string now = state.local_time(call.context.now);
  if (changed("status_id") && !changed("status_date")) writer.set_text("status_date", now);
  if (changed("confirm") && writer.text("confirm") == "1" && !changed("confirm_date")) {
    writer.set_text("confirm_date", now);
  }
  if (changed("shipping_tax_id")) {
    writer.clear(orders().at("shipping_tax_name"));
    writer.clear(orders().at("shipping_tax_value"));
  }
  const bool sum_changes =
      changed("shipping_cost") || changed("payment_id") || changed("shipping_id");
  follow_billing(written, *row, writer);
  complete_order(state, writer, id, now, call.context.random);
  renew_flags(state, writer);
  state.table(Rows::Orders).put(writer.finish(id));
  if (sum_changes) recompute_order(state, id);
  return bare(1);
}

/// Removes an order and its lines. Part of a combined order: 400 order_combined [client].
Reply remove_order_call(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr row = state.find(Rows::Orders, id);
  if (row == nullptr) return not_found(call.language, call.settings());
  const bool combined = raw_of(Rows::Orders, *row, "children") != "[]" ||
                        raw_of(Rows::Orders, *row, "parent_order_id") != "null";
  if (combined) return forbidden_change(call.language, "order_combined");
  if (call.settings().order_delete_returns_stock) {
    for (const RecordPtr& line :
         state.table(Rows::OrderProducts).look_up("order_id", std::to_string(id))) {
      move_line(state, *line, +1);
    }
  }
  remove_order(state, id);
  return bare(1);
}

constexpr std::array kOrderCalls{
    Handled{"GET /webapi/rest/orders", list_orders},
    Handled{"GET /webapi/rest/orders/{id}", get_row},
    Handled{"POST /webapi/rest/orders", create_order},
    Handled{"PUT /webapi/rest/orders/{id}", update_order},
    Handled{"DELETE /webapi/rest/orders/{id}", remove_order_call},
};

}  // namespace

std::span<const Handled> order_calls() { return kOrderCalls; }

}  // namespace atrapa::mocks::shoper
