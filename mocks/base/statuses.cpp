#include <fmt/format.h>

#include <array>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/orders_call.hpp"
#include "mocks/base/world_json.hpp"

// Statuses and groups of statuses: of orders, of returns and of clients alike.

namespace atrapa::mocks::base {
namespace {

/// The statuses of one sort of thing.
struct StatusBook {
  Rows<OrderStatus>& statuses;
  Rows<StatusGroup>& groups;
};

StatusBook order_book(State& state) {
  return {state.sales.order_statuses, state.sales.order_status_groups};
}
StatusBook return_book(State& state) {
  return {state.returns.return_statuses, state.returns.return_status_groups};
}
StatusBook client_book(State& state) {
  return {state.crm.crm_statuses, state.crm.crm_status_groups};
}

using BookOf = StatusBook (*)(State&);

template <BookOf book_of, bool named_for_customers>
Reply list_statuses(Call& call) {
  Answer answer = call.answer();
  {
    const auto statuses = answer.open("statuses");
    book_of(call.state).statuses.each([&](const OrderStatus& status) {
      const auto item = answer.item();
      answer.put("id", status.id);
      answer.put("name", status.name);
      if (named_for_customers) answer.put("name_for_customer", status.name_for_customer);
      answer.put("color", status.color);
      answer.put("group_id", status.group_id);
      answer.put("is_primary", status.is_primary);
      return true;
    });
  }
  return call.done(std::move(answer));
}

template <BookOf book_of>
Reply list_status_groups(Call& call) {
  Answer answer = call.answer();
  {
    const auto groups = answer.open("status_groups");
    book_of(call.state).groups.each([&](const StatusGroup& group) {
      const auto item = answer.item();
      answer.put("group_id", group.id);
      answer.put("name", group.name);
      answer.put("is_main_group", group.is_main_group);
      return true;
    });
  }
  return call.done(std::move(answer));
}

/// Creates a row, or edits the one whose id is given [client]; fields left out stay [inferred].
template <typename T>
Reply save_status_row(Call& call, Rows<T>& rows, std::string_view id_name) {
  const Given given = call.given();
  const std::int64_t id = given.integer(id_name);
  T row;
  if (id != 0) {
    const T* before = rows.find(id);
    if (before == nullptr) return call.refuse(fmt::format("{} {} is not there", id_name, id));
    row = *before;
  }
  set_given(row, given);
  Answer answer = call.answer();
  if (id == 0) {
    row.id = 0;
    answer.put(id_name, rows.add(std::move(row)));
  } else {
    rows.put(std::move(row));
    answer.put(id_name, id);
  }
  return call.done(std::move(answer));
}

template <BookOf book_of>
Reply save_status(Call& call) {
  const StatusBook book = book_of(call.state);
  const std::int64_t group_id = call.given().integer("group_id");
  if (group_id != 0 && !book.groups.has(group_id)) {
    return call.refuse(fmt::format("status group {} is not there", group_id));
  }
  return save_status_row(call, book.statuses, "status_id");
}

template <BookOf book_of>
Reply save_status_group(Call& call) {
  return save_status_row(call, book_of(call.state).groups, "group_id");
}

/// Its statuses go to the main group, or to none where there is no other; the main group itself
/// stays [inferred].
template <BookOf book_of>
Reply delete_status_group(Call& call) {
  const StatusBook book = book_of(call.state);
  const std::int64_t id = call.given().integer("group_id");
  const StatusGroup* group = book.groups.find(id);
  if (group == nullptr) return call.refuse(fmt::format("status group {} is not there", id));
  if (group->is_main_group) return call.refuse("the main group cannot be removed");
  std::int64_t heir = 0;
  book.groups.each([&](const StatusGroup& one) {
    if (one.is_main_group) heir = one.id;
    return !one.is_main_group;
  });
  std::vector<std::int64_t> orphans;
  for (const OrderStatus* status : book.statuses.look_up(OrderStatus::GroupId, number_key(id))) {
    orphans.push_back(status->id);
  }
  for (const std::int64_t orphan : orphans) {
    book.statuses.edit(orphan, [&](OrderStatus& status) { status.group_id = heir; });
  }
  book.groups.erase(id);
  return call.done();
}

template <typename T>
std::vector<std::int64_t> ids_in_status(const Rows<T>& rows, std::int64_t status_id) {
  std::vector<std::int64_t> ids;
  for (const T* row : rows.look_up(T::Status, number_key(status_id))) ids.push_back(row->id);
  return ids;
}

void move_orders(Call& call, std::int64_t from, std::int64_t to) {
  for (const std::int64_t id : ids_in_status(call.state.sales.orders, from)) {
    set_order_status(call.state, call.context, id, to, call.now());
  }
}
void move_returns(Call& call, std::int64_t from, std::int64_t to) {
  for (const std::int64_t id : ids_in_status(call.state.returns.returns, from)) {
    set_return_status(call.state, id, to, call.now());
  }
}
void move_clients(Call& call, std::int64_t from, std::int64_t to) {
  for (const std::int64_t id : ids_in_status(call.state.crm.crm_clients, from)) {
    call.state.crm.crm_clients.edit(id, [&](CrmClient& client) { client.status_id = to; });
  }
}

/// What the status held goes to the other one [client], each with its journal entry. The status is
/// gone by then: an automatic action that answers the move cannot move anything back into it. Where
/// the primary one goes, the other becomes primary [inferred].
template <BookOf book_of, void (*move)(Call&, std::int64_t, std::int64_t)>
Reply delete_status(Call& call) {
  const StatusBook book = book_of(call.state);
  const std::int64_t id = call.given().integer("status_id");
  const std::int64_t target = call.given().integer("target_status_id");
  for (const std::int64_t one : {id, target}) {
    if (!book.statuses.has(one)) return call.refuse(fmt::format("status {} is not there", one));
  }
  if (id == target) return call.refuse("target_status_id is the status to remove");
  if (book.statuses.find(id)->is_primary) {
    book.statuses.edit(target, [](OrderStatus& status) { status.is_primary = true; });
  }
  book.statuses.erase(id);
  move(call, id, target);
  return call.done();
}

Reply set_order_status_of_one(Call& call) {
  const std::int64_t id = call.given().integer("order_id");
  const std::int64_t status_id = call.given().integer("status_id");
  if (find_order(call.state, id) == nullptr) return no_order(call, id);
  if (!call.state.sales.order_statuses.has(status_id)) {
    return call.refuse(fmt::format("status {} is not there", status_id));
  }
  set_order_status(call.state, call.context, id, status_id, call.now());
  return call.done();
}

/// All or none: an order that is not there refuses the call [inferred].
Reply set_order_status_of_several(Call& call) {
  const std::int64_t status_id = call.given().integer("status_id");
  if (!call.state.sales.order_statuses.has(status_id)) {
    return call.refuse(fmt::format("status {} is not there", status_id));
  }
  const auto ids = read_ids(call.given().list("order_ids"), "order_ids");
  for (const std::int64_t id : ids) {
    if (find_order(call.state, id) == nullptr) return no_order(call, id);
  }
  for (const std::int64_t id : ids) {
    set_order_status(call.state, call.context, id, status_id, call.now());
  }
  return call.done();
}

constexpr std::array kStatusMethods{
    Handled{"getOrderStatusList", list_statuses<order_book, true>},
    Handled{"getOrderStatusGroups", list_status_groups<order_book>},
    Handled{"setOrderStatus", set_order_status_of_one},
    Handled{"setOrderStatuses", set_order_status_of_several},
    Handled{"addOrderStatus", save_status<order_book>},
    Handled{"addOrderStatusGroup", save_status_group<order_book>},
    Handled{"deleteOrderStatus", delete_status<order_book, move_orders>},
    Handled{"deleteOrderStatusGroup", delete_status_group<order_book>},
    Handled{"getOrderReturnStatusList", list_statuses<return_book, true>},
    Handled{"getOrderReturnStatusGroups", list_status_groups<return_book>},
    Handled{"addOrderReturnStatus", save_status<return_book>},
    Handled{"addOrderReturnStatusGroup", save_status_group<return_book>},
    Handled{"deleteOrderReturnStatus", delete_status<return_book, move_returns>},
    Handled{"deleteOrderReturnStatusGroup", delete_status_group<return_book>},
    Handled{"getCrmClientStatuses", list_statuses<client_book, false>},
    Handled{"getCrmClientStatusGroups", list_status_groups<client_book>},
    Handled{"addCrmClientStatus", save_status<client_book>},
    Handled{"addCrmClientStatusGroup", save_status_group<client_book>},
    Handled{"deleteCrmClientStatus", delete_status<client_book, move_clients>},
    Handled{"deleteCrmClientStatusGroup", delete_status_group<client_book>},
};

}  // namespace

std::span<const Handled> status_methods() { return kStatusMethods; }

}  // namespace atrapa::mocks::base
