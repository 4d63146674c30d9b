#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/order_payments.hpp"
#include "mocks/base/order_writing.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kReturnsPerCall = 100;

/// What getOrderReturns looks for.
struct ReturnSearch {
  explicit ReturnSearch(const Given& given)
      : id_from(given.integer("id_from")),
        added_from(std::max<std::int64_t>(given.integer("date_from"), 0)),
        by_date(given.has("date_from") && !given.has("id_from")),
        source(given.text("filter_order_return_source")) {
    if (given.has("order_id")) order_id = given.integer("order_id");
    if (given.has("return_id")) return_id = given.integer("return_id");
    if (given.has("status_id")) status_id = given.integer("status_id");
    if (given.has("filter_order_return_source_id")) {
      source_id = given.integer("filter_order_return_source_id");
    }
  }

  std::int64_t id_from;
  std::int64_t added_from;
  bool by_date;
  std::string source;
  std::optional<std::int64_t> order_id;
  std::optional<std::int64_t> return_id;
  std::optional<std::int64_t> status_id;
  std::optional<std::int64_t> source_id;

  bool wants(const OrderReturn& one) const {
    return one.id >= id_from && one.date_add >= added_from &&
           (source.empty() || one.source == source) && (!order_id || one.order_id == *order_id) &&
           (!return_id || one.id == *return_id) && (!status_id || one.status_id == *status_id) &&
           (!source_id || one.source_id == *source_id);
  }
};

std::vector<const OrderReturn*> found_returns(const Rows<OrderReturn>& returns,
                                              const ReturnSearch& search) {
  std::vector<const OrderReturn*> found;
  const auto visit = [&](const OrderReturn& one) {
    if (search.wants(one)) found.push_back(&one);
    return found.size() < kReturnsPerCall;
  };
  const auto key = [](std::int64_t id) { return number_key(std::max<std::int64_t>(id, 0)); };
  if (search.return_id) {
    if (const OrderReturn* one = returns.find(*search.return_id)) visit(*one);
  } else if (search.by_date) {
    returns.each_by(OrderReturn::DateAdd, key(search.added_from), visit);
  } else if (search.order_id) {
    for (const OrderReturn* one : returns.look_up(OrderReturn::OrderId, key(*search.order_id))) {
      if (!visit(*one)) break;
    }
  } else if (search.status_id) {
    for (const OrderReturn* one : returns.look_up(OrderReturn::Status, key(*search.status_id))) {
      if (!visit(*one)) break;
    }
  } else {
    returns.each(visit, search.id_from);
  }
  return found;
}

void write_return_delivery(Answer& answer, const OrderReturn& one) {
  answer.put("delivery_price", one.delivery_price);
  answer.put("delivery_fullname", one.delivery_fullname);
  answer.put("delivery_company", one.delivery_company);
  answer.put("delivery_address", one.delivery_address);
  answer.put("delivery_postcode", one.delivery_postcode);
  answer.put("delivery_city", one.delivery_city);
  answer.put("delivery_state", one.delivery_state);
  answer.put("delivery_country", country_name(one.delivery_country_code));
  answer.put("delivery_country_code", one.delivery_country_code);
}

void write_return_lines(Answer& answer, const OrderReturn& owner) {
  const auto products = answer.open("products");
  for (const ReturnLine& one : owner.products) {
    const OrderLine& line = one.line;
    const auto item = answer.item();
    answer.put("order_return_product_id", one.id);
    answer.put("storage", line.storage);
    answer.put("storage_id", line.storage_id);
    answer.put("product_id", line.product_id);
    if (answer.as_sample()) {
      answer.put("variant_id", line.variant_id.empty() ? "0" : line.variant_id);  // The main one.
    } else {
      put_variant_id(answer, line.variant_id);
    }
    answer.put("name", line.name);
    answer.put("sku", line.sku);
    answer.put("ean", line.ean);
    answer.put("location", line.location);
    answer.put("warehouse_id", line.warehouse_id);
    answer.put("auction_id", line.auction_id);
    answer.put("attributes", line.attributes);
    answer.put("price_brutto", line.price_brutto);
    answer.put("tax_rate", line.tax_rate);
    answer.put("quantity", line.quantity);
    answer.put("weight", line.weight);
    answer.put("bundle_id", line.bundle_id);
    answer.put("status_id", one.status_id);
    answer.put("return_reason_id", one.return_reason_id);
  }
}

void write_return(Answer& answer, const OrderReturn& one, const OrderParts& parts,
                  const Rows<ExtraField>& fields) {
  answer.put("return_id", one.id);
  answer.put("order_id", one.order_id);
  answer.put("shop_order_id", one.shop_order_id);
  answer.put("external_order_id", one.external_order_id);
  answer.put("reference_number", one.reference_number);
  answer.put("order_return_source", one.source);
  answer.put("order_return_source_id", one.source_id);
  answer.put("status_id", one.status_id);
  answer.put("date_add", one.date_add);
  answer.put("date_in_status", one.date_in_status);
  answer.put("user_login", one.user_login);
  answer.put("currency", one.currency);
  answer.put("refunded", one.refund_done.fixed(2));  // An amount [doc sample: "0.00"].
  answer.put("email", one.email);
  answer.put("phone", one.phone);
  write_return_delivery(answer, one);
  answer.put("extra_field_1", one.extra_field_1);
  answer.put("extra_field_2", one.extra_field_2);
  if (parts.custom_fields) write_custom_fields(answer, one.custom_extra_fields, fields);
  answer.put("admin_comments", one.admin_comments);
  answer.put("delivery_package_module", one.delivery_package_module);
  answer.put("delivery_package_nr", one.delivery_package_nr);
  if (parts.connect_data) write_connect_data(answer, one.connect_data);
  write_return_lines(answer, one);
  answer.put("refund_account_number", one.refund_account_number);
  answer.put("refund_iban", one.refund_iban);
  answer.put("refund_swift", one.refund_swift);
  answer.put("fulfillment_status", one.fulfillment_status);
  answer.put("refund_done", one.refund_done);
}

/// At most 100 [doc], by id; by date_add, equal dates by id, where only `date_from` is given
/// [inferred]. Bounds are inclusive.
Reply get_order_returns(Call& call) {
  const Given given = call.given();
  const OrderParts parts{.custom_fields = given.flag("include_custom_extra_fields"),
                         .connect_data = given.flag("include_connect_data")};
  const Returns& returns = call.state.returns;
  Answer answer = call.answer();
  {
    const auto list = answer.open("returns");
    for (const OrderReturn* one : found_returns(returns.returns, ReturnSearch(given))) {
      const auto item = answer.item();
      write_return(answer, *one, parts, returns.return_extra_fields);
    }
  }
  return call.done(std::move(answer));
}

/// As getOrderPaymentsHistory, without comments [doc].
Reply get_order_return_payments_history(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("return_id");
  const OrderReturn* one = find_return(call.state, id);
  if (one == nullptr) return call.refuse(fmt::format("return {} is not there", id));
  Answer answer = call.answer();
  write_payments(answer, one->payments, given.flag("show_full_history"), /*comments=*/false);
  return call.done(std::move(answer));
}

Reply get_order_return_extra_fields(Call& call) {
  Answer answer = call.answer();
  write_extra_fields(answer, call.state.returns.return_extra_fields);
  return call.done(std::move(answer));
}

Reply list_numbers(Call& call, const Rows<NamedNumber>& rows, std::string_view list_name,
                   std::string_view id_name) {
  Answer answer = call.answer();
  {
    const auto list = answer.open(list_name);
    rows.each([&](const NamedNumber& one) {
      const auto item = answer.item();
      answer.put(id_name, one.id);
      answer.put("name", one.name);
      return true;
    });
  }
  return call.done(std::move(answer));
}

Reply get_order_return_reasons_list(Call& call) {
  return list_numbers(call, call.state.returns.return_reasons, "return_reasons",
                      "return_reason_id");
}
Reply get_order_return_product_statuses(Call& call) {
  return list_numbers(call, call.state.returns.return_line_statuses,
                      "order_return_product_statuses", "status_id");
}

constexpr std::array kReturnReadMethods{
    Handled{"getOrderReturns", get_order_returns},
    Handled{"getOrderReturnPaymentsHistory", get_order_return_payments_history},
    Handled{"getOrderReturnExtraFields", get_order_return_extra_fields},
    Handled{"getOrderReturnReasonsList", get_order_return_reasons_list},
    Handled{"getOrderReturnProductStatuses", get_order_return_product_statuses},
};

}  // namespace

std::span<const Handled> return_read_methods() { return kReturnReadMethods; }

}  // namespace atrapa::mocks::base
