#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mocks/base/call.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/orders_call.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kMostAssigned = 20;

Reply no_cart(const Call& call, std::int64_t cart_id) {
  return call.refuse(fmt::format("cart {} is not there", cart_id));
}

/// The cart in which the order lies, or null.
const Cart* cart_of(const State& state, std::int64_t order_id) {
  const auto carts = state.pick_pack.carts.look_up(Cart::OrderId, number_key(order_id));
  return carts.empty() ? nullptr : carts.front();
}

void take_from_cart(State& state, std::int64_t order_id) {
  while (const Cart* cart = cart_of(state, order_id)) {
    state.pick_pack.carts.edit(cart->id,
                               [&](Cart& changed) { std::erase(changed.orders, order_id); });
  }
}

Reply get_pick_pack_carts(Call& call) {
  Answer answer = call.answer();
  {
    const auto carts = answer.open("carts");
    call.state.pick_pack.carts.each([&](const Cart& cart) {
      const auto item = answer.item();
      answer.put("cart_id", cart.id);
      answer.put("name", cart.name);
      answer.put("color", cart.color);
      return true;
    });
  }
  return call.done(std::move(answer));
}

/// Last assigned first [doc].
Reply get_pick_pack_cart_orders(Call& call) {
  const std::int64_t id = call.given().integer("cart_id");
  const Cart* cart = call.state.pick_pack.carts.find(id);
  if (cart == nullptr) return no_cart(call, id);
  Answer answer = call.answer();
  {
    const auto orders = answer.open("orders");
    for (auto order = cart->orders.rbegin(); order != cart->orders.rend(); ++order) {
      answer.add(*order);
    }
  }
  answer.put("total_count", static_cast<std::int64_t>(cart->orders.size()));
  return call.done(std::move(answer));
}

Reply get_pick_pack_order_cart(Call& call) {
  const std::int64_t id = call.given().integer("order_id");
  if (find_order(call.state, id) == nullptr) return no_order(call, id);
  const Cart* cart = cart_of(call.state, id);
  Answer answer = call.answer();
  answer.put("cart_id", cart != nullptr ? cart->id : 0);
  answer.put("cart_name", cart != nullptr ? cart->name : "");
  answer.put("cart_color", cart != nullptr ? cart->color : "");
  return call.done(std::move(answer));
}

Reply add_pick_pack_cart(Call& call) {
  Rows<Cart>& carts = call.state.pick_pack.carts;
  const Given given = call.given();
  std::int64_t id = given.integer("cart_id");
  Cart cart;
  if (id != 0) {
    const Cart* before = carts.find(id);
    if (before == nullptr) return no_cart(call, id);
    cart = *before;
  }
  set_given(cart, given);
  if (id == 0) {
    cart.id = 0;
    id = carts.add(std::move(cart));
  } else {
    carts.put(std::move(cart));
  }
  Answer answer = call.answer();
  answer.put("cart_id", id);
  return call.done(std::move(answer));
}

/// Up to 20 orders, taken out of other carts [doc]; above that all is refused [inferred]. Orders
/// that are not there fail; one that lies in the cart already is assigned anew [inferred].
Reply add_pick_pack_orders_to_cart(Call& call) {
  State& state = call.state;
  const std::int64_t cart_id = call.given().integer("cart_id");
  if (!state.pick_pack.carts.has(cart_id)) return no_cart(call, cart_id);
  const auto ids = read_ids(call.given().list("order_ids"), "order_ids");
  if (ids.size() > kMostAssigned) {
    return call.refuse(fmt::format("{} orders in one call", ids.size()));
  }
  std::int64_t assigned = 0;
  std::vector<std::int64_t> failed;
  for (const std::int64_t id : ids) {
    if (find_order(state, id) == nullptr) {
      failed.push_back(id);
      continue;
    }
    take_from_cart(state, id);
    state.pick_pack.carts.edit(cart_id, [&](Cart& cart) { cart.orders.push_back(id); });
    ++assigned;
  }
  Answer answer = call.answer();
  answer.put("orders_assigned", assigned);
  {
    const auto list = answer.open("orders_failed");
    for (const std::int64_t id : failed) answer.add(id);
  }
  return call.done(std::move(answer));
}

/// The orders in it lie in no cart then [inferred].
Reply delete_pick_pack_cart(Call& call) {
  const std::int64_t id = call.given().integer("cart_id");
  if (!call.state.pick_pack.carts.erase(id)) return no_cart(call, id);
  return call.done();
}

Reply delete_pick_pack_cart_orders(Call& call) {
  const std::int64_t id = call.given().integer("cart_id");
  std::int64_t removed = 0;
  const bool found = call.state.pick_pack.carts.edit(id, [&](Cart& cart) {
    removed = static_cast<std::int64_t>(cart.orders.size());
    cart.orders.clear();
  });
  if (!found) return no_cart(call, id);
  Answer answer = call.answer();
  answer.put("orders_removed", removed);
  return call.done(std::move(answer));
}

/// An order that lies in no cart is fine already [inferred].
Reply delete_pick_pack_order_from_cart(Call& call) {
  const std::int64_t id = call.given().integer("order_id");
  if (find_order(call.state, id) == nullptr) return no_order(call, id);
  take_from_cart(call.state, id);
  return call.done();
}

/// What the packing stations noted, oldest first [inferred]; `action_type` picks one event.
Reply get_order_pick_pack_history(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("order_id");
  if (find_order(call.state, id) == nullptr) return no_order(call, id);
  Answer answer = call.answer();
  {
    const auto history = answer.open("history");
    const auto& entries = call.state.pick_pack.pick_pack_history;
    for (const PickPackEntry* entry : entries.look_up(PickPackEntry::OrderId, number_key(id))) {
      const bool wanted =
          !given.has("action_type") || given.integer("action_type") == entry->action_type;
      if (!wanted) continue;
      const auto item = answer.item();
      answer.put("action_type", entry->action_type);
      answer.put("profile_id", entry->profile_id);
      answer.put("station_id", entry->station_id);
      answer.put("cart_id", entry->cart_id);
      answer.put("entry_date", entry->entry_date);
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kPickPackMethods{
    Handled{"getPickPackCarts", get_pick_pack_carts},
    Handled{"getPickPackCartOrders", get_pick_pack_cart_orders},
    Handled{"getPickPackOrderCart", get_pick_pack_order_cart},
    Handled{"addPickPackCart", add_pick_pack_cart},
    Handled{"addPickPackOrdersToCart", add_pick_pack_orders_to_cart},
    Handled{"deletePickPackCart", delete_pick_pack_cart},
    Handled{"deletePickPackCartOrders", delete_pick_pack_cart_orders},
    Handled{"deletePickPackOrderFromCart", delete_pick_pack_order_from_cart},
    Handled{"getOrderPickPackHistory", get_order_pick_pack_history},
};

}  // namespace

std::span<const Handled> pick_pack_methods() { return kPickPackMethods; }

}  // namespace atrapa::mocks::base
