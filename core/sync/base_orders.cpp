#include "core/sync/base_orders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/domain/shop_zone.hpp"
#include "core/policy/nip.hpp"

namespace atrapa::core {

namespace {

/// The day in Warsaw; in UTC where the zone database is missing.
std::chrono::year_month_day day_in_warsaw(Instant at) {
  auto day = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at));
  if (const auto zone = ShopZone::named("Europe/Warsaw")) {
    day = local_day(zone->to_local(at)).value_or(day);
  }
  return day;
}

ShopParty party_of(const base::Address& address) {
  ShopParty party;
  party.last_name = address.fullname;
  party.company = address.company;
  party.street = address.address;
  party.postcode = address.postcode;
  party.city = address.city;
  party.country = address.country_code;
  return party;
}

bool is_empty(const base::Address& address) {
  return address.fullname.empty() && address.company.empty() && address.address.empty() &&
         address.city.empty() && address.postcode.empty();
}

Failure<Objection> unreadable(std::string text) {
  return fail(Objection{Reason::AmountUnreadable, std::move(text)});
}

Result<ErpOrderLine, Objection> erp_line(const base::OrderLine& line) {
  ErpOrderLine made;
  made.code = line.sku;
  made.name = line.name;
  made.shop_product_id =
      line.variant_id.empty() || line.variant_id == "0" ? line.product_id : line.variant_id;
  if (made.shop_product_id == "0") made.shop_product_id.clear();
  if (!line.warehouse_id.empty() && line.warehouse_id != "0") {
    // Of Base's own warehouses orders name the number alone [doc].
    const bool whole_key = line.warehouse_id.find('_') != std::string::npos;
    made.shop_warehouse = whole_key ? line.warehouse_id : "bl_" + line.warehouse_id;
  }
  if (!line.price_gross.value || !line.quantity.value) {
    return fail(Objection{Reason::LineUnreadable,
                          fmt::format("the line '{}' has the price '{}' and the quantity '{}'",
                                      line.name, line.price_gross.text, line.quantity.text)});
  }
  made.unit_price = *line.price_gross.value;
  made.quantity = *line.quantity.value;
  const auto vat = base::vat_of(line.tax_rate);
  if (!vat) {
    return fail(Objection{Reason::VatUnreadable, fmt::format("the line '{}' has the VAT rate '{}'",
                                                             line.name, line.tax_rate)});
  }
  made.vat = to_text(*vat);
  const auto value = line_value(made.unit_price, made.quantity);
  if (!value) return unreadable(fmt::format("the line '{}': {}", line.name, value.error()));
  made.value = *value;
  return made;
}

/// The highest rate of the lines; 23 where there are none.
std::string shipping_vat(const std::vector<ErpOrderLine>& lines) {
  std::optional<VatCode> highest;
  for (const ErpOrderLine& line : lines) {
    const auto vat = parse_vat(line.vat);
    if (vat && (!highest || rate_of(*vat) > rate_of(*highest))) highest = vat;
  }
  return highest ? to_text(*highest) : "23";
}

}  // namespace

Objection objection_of(const base::Error& error) {
  using Kind = base::Error::Kind;
  Reason reason = Reason::ShopUnreachable;
  switch (error.kind) {
    case Kind::Unreachable:
    case Kind::Lost:
    case Kind::ServerError:
    case Kind::Maintenance:
    case Kind::Blocked: break;
    case Kind::Unreadable: reason = Reason::ShopAnswerUnreadable; break;
    case Kind::AccessDenied: reason = Reason::AccessDenied; break;
    case Kind::Refused: reason = Reason::ShopRefused; break;
    case Kind::Interrupted: reason = Reason::Interrupted; break;
  }
  return {reason, error.text};
}

Result<ErpOrder, Objection> erp_order(const base::Order& order, std::string_view integration,
                                      Instant now) {
  ErpOrder made;
  made.shop_order_id = order.id;
  made.shop_number = order.shop_order_id == "0" ? "" : order.shop_order_id;
  made.integration = integration;
  made.status_id = order.status_id;
  made.fetched_at = now;
  made.placed_at = order.added ? Instant(*order.added) : now;
  made.placed_on = day_in_warsaw(made.placed_at);
  if (order.confirmed_at) made.confirmed_at = Instant(*order.confirmed_at);
  made.currency = order.currency.empty() ? "PLN" : order.currency;
  made.login = order.user_login;
  made.email = order.email;
  made.phone = order.phone;
  made.payment = order.payment_method;
  made.notes = order.user_comments;
  made.wants_invoice = order.wants_invoice;
  made.document_word = order.extra_field_1;
  made.recipient = party_of(order.delivery);
  made.recipient.phone = order.phone;
  made.buyer = party_of(is_empty(order.invoice) ? order.delivery : order.invoice);
  made.buyer.nip = made.nip = order.invoice_nip;
  made.contractor = made.buyer.company.empty() ? made.buyer.last_name : made.buyer.company;

  std::vector<Money> amounts;
  for (const base::OrderLine& line : order.lines) {
    auto erp = erp_line(line);
    if (!erp) return fail(erp.error());
    amounts.push_back(erp->value);
    made.lines.push_back(*std::move(erp));
  }
  if (!order.delivery_price.text.empty()) {
    if (!order.delivery_price.value) {
      return unreadable(fmt::format("the delivery costs '{}'", order.delivery_price.text));
    }
    made.shipping_cost = round_half_up(*order.delivery_price.value);
    made.shipping_vat = shipping_vat(made.lines);
  }
  amounts.push_back(made.shipping_cost);
  const auto total = sum(amounts);
  if (!total) return unreadable(total.error());
  made.total_gross = *total;
  return made;
}

Contractor buyer_of(const ErpOrder& order, NipPolicy policy) {
  Contractor buyer;
  buyer.name = order.contractor;
  if (auto nip = document_nip(order.nip, policy)) buyer.nip = *std::move(nip);
  buyer.email = order.email;
  buyer.phone = order.phone;
  buyer.login = order.login;
  buyer.party = order.buyer;
  buyer.party.nip = buyer.nip;
  return buyer;
}

}  // namespace atrapa::core
