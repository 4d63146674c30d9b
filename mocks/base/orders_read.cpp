#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/order_writing.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kOrdersPerCall = 100;

/// By what a list of orders is sorted, and paged.
enum class OrderWalk { Id, Confirmed, Added };

/// What getOrders looks for.
struct OrderSearch {
  explicit OrderSearch(const Given& given)
      : unconfirmed(given.flag("get_unconfirmed_orders")),
        confirmed_from(std::max<std::int64_t>(given.integer("date_confirmed_from"), 0)),
        added_from(std::max<std::int64_t>(given.integer("date_from"), 0)),
        id_from(given.integer("id_from")),
        email(given.text("filter_email")),
        source(given.text("filter_order_source")),
        external_id(given.text("filter_external_order_id")) {
    if (given.has("order_id")) order_id = given.integer("order_id");
    if (given.has("status_id")) status_id = given.integer("status_id");
    if (given.has("filter_order_source_id")) source_id = given.integer("filter_order_source_id");
    if (given.has("filter_shop_order_id")) shop_id = given.integer("filter_shop_order_id");
    if (given.has("id_from")) {
      walk = OrderWalk::Id;
    } else if (!given.has("date_confirmed_from") && (given.has("date_from") || unconfirmed)) {
      walk = OrderWalk::Added;
    }
  }

  bool unconfirmed;
  std::int64_t confirmed_from;
  std::int64_t added_from;
  std::int64_t id_from;
  std::string email;
  std::string source;
  std::string external_id;
  std::optional<std::int64_t> order_id;
  std::optional<std::int64_t> status_id;
  std::optional<std::int64_t> source_id;
  std::optional<std::int64_t> shop_id;
  OrderWalk walk = OrderWalk::Confirmed;

  bool wants(const Order& order) const {
    return (unconfirmed || order.confirmed()) && order.date_confirmed >= confirmed_from &&
           order.date_add >= added_from && order.id >= id_from &&
           (email.empty() || order.email == email) &&
           (source.empty() || order.order_source == source) &&
           (external_id.empty() || order.external_order_id == external_id) &&
           (!order_id || order.id == *order_id) &&
           (!status_id || order.order_status_id == *status_id) &&
           (!source_id || order.order_source_id == *source_id) &&
           (!shop_id || order.shop_order_id == *shop_id);
  }

  std::int64_t place(const Order& order) const {
    switch (walk) {
      case OrderWalk::Id: return order.id;
      case OrderWalk::Confirmed: return order.date_confirmed;
      case OrderWalk::Added: return order.date_add;
    }
    return order.id;
  }
};

/// The few orders among which those that are looked for must be; nothing where that takes a walk.
std::optional<std::vector<const Order*>> candidates(const Rows<Order>& orders,
                                                    const OrderSearch& search) {
  if (search.order_id) {
    const Order* order = orders.find(*search.order_id);
    return order != nullptr ? std::vector{order} : std::vector<const Order*>();
  }
  if (!search.external_id.empty()) return orders.look_up(Order::ExternalId, search.external_id);
  if (search.shop_id.value_or(0) > 0) {
    return orders.look_up(Order::ShopId, number_key(*search.shop_id));
  }
  if (!search.email.empty()) return orders.look_up(Order::Email, search.email);
  if (search.status_id && search.walk != OrderWalk::Confirmed) {
    return orders.look_up(Order::Status, number_key(std::max<std::int64_t>(*search.status_id, 0)));
  }
  return std::nullopt;
}

/// The first page of what is looked for, sorted by the search's walk, equal places by id.
std::vector<const Order*> found_orders(const Rows<Order>& orders, const OrderSearch& search) {
  std::vector<const Order*> found;
  if (const auto few = candidates(orders, search)) {
    for (const Order* order : *few) {
      if (search.wants(*order)) found.push_back(order);
    }
    std::stable_sort(found.begin(), found.end(), [&](const Order* left, const Order* right) {
      return search.place(*left) < search.place(*right);
    });
    if (found.size() > kOrdersPerCall) found.resize(kOrdersPerCall);
    return found;
  }
  const auto visit = [&](const Order& order) {
    if (search.wants(order)) found.push_back(&order);
    return found.size() < kOrdersPerCall;
  };
  const std::string from =
      number_key(search.unconfirmed ? search.confirmed_from
                                    : std::max<std::int64_t>(search.confirmed_from, 1));
  if (search.walk == OrderWalk::Id) {
    orders.each(visit, search.id_from);
  } else if (search.walk == OrderWalk::Added) {
    orders.each_by(Order::DateAdd, number_key(search.added_from), visit);
  } else if (search.status_id.value_or(-1) >= 0) {
    orders.each_by(Order::StatusDate, number_key(*search.status_id) + from,
                   [&](const Order& order) {
                     return order.order_status_id == *search.status_id && visit(order);
                   });
  } else {
    orders.each_by(Order::DateConfirmed, from, visit);
  }
  return found;
}

/// At most 100 orders [doc]. Sorted by id where `id_from` is given, by date_add where unconfirmed
/// ones are asked for or `date_from` is given, else by date_confirmed; equal dates by id
/// [inferred]: each documented way of paging walks in its own order. All bounds are inclusive
/// [client].
Reply get_orders(Call& call) {
  const Given given = call.given();
  const OrderSearch search(given);
  const OrderParts parts{.custom_fields = given.flag("include_custom_extra_fields"),
                         .commissions = given.flag("include_commissions"),
                         .connect_data = given.flag("include_connect_data")};
  Answer answer = call.answer();
  {
    const auto orders = answer.open("orders");
    for (const Order* order : found_orders(call.state.sales.orders, search)) {
      const auto item = answer.item();
      write_order(answer, *order, parts, call.state.sales.order_extra_fields);
    }
  }
  return call.done(std::move(answer));
}

/// By the exact address, unconfirmed ones too [inferred].
Reply get_orders_by_email(Call& call) {
  Answer answer = call.answer();
  {
    const auto orders = answer.open("orders");
    const std::string email = call.given().text("email");
    for (const Order* order : call.state.sales.orders.look_up(Order::Email, email)) {
      const auto item = answer.item();
      answer.put("order_id", order->id);
      answer.put("order_status_id", order->order_status_id);
      answer.put("date_in_status", order->date_in_status);
      answer.put("date_add", order->date_add);
    }
  }
  return call.done(std::move(answer));
}

/// By the number as it is written in the order, unconfirmed ones too [inferred].
Reply get_orders_by_phone(Call& call) {
  Answer answer = call.answer();
  {
    const auto orders = answer.open("orders");
    const std::string phone = call.given().text("phone");
    for (const Order* order : call.state.sales.orders.look_up(Order::Phone, phone)) {
      const auto item = answer.item();
      answer.put("order_id", order->id);
      answer.put("order_status_id", order->order_status_id);
      answer.put("delivery_fullname", order->delivery_fullname);
      answer.put("delivery_company", order->delivery_company);
      answer.put("date_in_status", order->date_in_status);
      answer.put("date_add", order->date_add);
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kOrderReadMethods{
    Handled{"getOrders", get_orders},
    Handled{"getOrdersByEmail", get_orders_by_email},
    Handled{"getOrdersByPhone", get_orders_by_phone},
};

}  // namespace

std::span<const Handled> order_read_methods() { return kOrderReadMethods; }

}  // namespace atrapa::mocks::base
