#include "core/shops/base/orders.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>
#include <utility>

#include "core/shops/base/paging.hpp"

namespace atrapa::core::base {

namespace {

constexpr std::size_t kOrdersPerCall = 100;  ///< [doc]
constexpr std::chrono::seconds kOneSecond{1};
/// A full second is left behind only when it is over on Base's clock too.
constexpr std::chrono::seconds kSecondIsOver{10};
/// A walk by ids covers the seconds that lay this far back when it began: more than any two clocks
/// differ.
constexpr std::chrono::hours kCertainlyPast{1};

const Shape kOrderShape{{"orders",
                         "order_id",
                         "shop_order_id",
                         "external_order_id",
                         "order_source",
                         "order_source_id",
                         "order_source_info",
                         "order_status_id",
                         "date_add",
                         "date_confirmed",
                         "date_in_status",
                         "confirmed",
                         "user_login",
                         "email",
                         "phone",
                         "currency",
                         "payment_method",
                         "payment_method_cod",
                         "payment_done",
                         "user_comments",
                         "admin_comments",
                         "delivery_method_id",
                         "delivery_method",
                         "delivery_price",
                         "delivery_package_module",
                         "delivery_package_nr",
                         "delivery_fullname",
                         "delivery_company",
                         "delivery_address",
                         "delivery_postcode",
                         "delivery_city",
                         "delivery_state",
                         "delivery_country",
                         "delivery_country_code",
                         "delivery_point_id",
                         "delivery_point_name",
                         "delivery_point_address",
                         "delivery_point_postcode",
                         "delivery_point_city",
                         "invoice_fullname",
                         "invoice_company",
                         "invoice_nip",
                         "invoice_address",
                         "invoice_postcode",
                         "invoice_city",
                         "invoice_state",
                         "invoice_country",
                         "invoice_country_code",
                         "want_invoice",
                         "extra_field_1",
                         "extra_field_2",
                         "order_page",
                         "pick_state",
                         "pick_status",
                         "pack_state",
                         "pack_status",
                         "star"},
                        {"products", "custom_extra_fields"}};
const Shape kStatusShape{{"statuses", "id", "name", "name_for_customer"}};
const Shape kSourceShape{{}, {"sources"}};
const Shape kJournalShape{{"logs", "id", "log_id", "order_id", "log_type", "object_id", "date"}};
const IdList kOrdersById{"getOrders", "orders", "order_id", kOrdersPerCall};

Parameters order_filter(const OrderFilter& filter) {
  Parameters parameters;
  if (!filter.status_id.empty()) parameters.id("status_id", filter.status_id);
  if (!filter.email.empty()) parameters.text("filter_email", filter.email);
  if (!filter.source.empty()) parameters.text("filter_order_source", filter.source);
  if (!filter.source_id.empty()) parameters.id("filter_order_source_id", filter.source_id);
  if (filter.with_extra_fields) parameters.flag("include_custom_extra_fields", true);
  return parameters;
}

/// Reads by the moment of confirmation, and by ids where moments do not tell orders apart.
class ConfirmedOrders {
 public:
  ConfirmedOrders(Client& client, UnixTime from, const OrderFilter& filter, const OrderSink& sink)
      : client_(client), first_(from), second_(from), fixed_(order_filter(filter)), sink_(sink) {}

  BaseResult<Done> run() {
    while (!ended_) {
      auto page = fetch();
      if (!page) return fail(page.error());
      const bool full = page->size() >= kOrdersPerCall;
      const bool in_order = std::is_sorted(page->begin(), page->end(), earlier);
      if (full && !in_order) return walk_from(0);
      std::optional<UnixTime> last;
      std::int64_t last_id = 0;
      bool ids_in_order = true;
      for (const Order& order : *page) {
        const auto id = whole_number_of(order.id).value_or(0);
        ids_in_order = ids_in_order && id > last_id;
        last_id = id;
        last = order.confirmed_at;
      }
      // Before a page is known to be the last of its second, that second is not complete.
      give(*std::move(page), full ? last : std::nullopt);
      if (!full || ended_) return Done{};
      if (*last > second_) {
        second_ = *last;
        settled_ = false;
        continue;
      }
      if (!settled_) {
        settled_ = true;
        const auto over = second_ + kSecondIsOver;
        const Duration early = std::min<Duration>(over - client_.clock().now(), kSecondIsOver);
        if (early > Duration{0}) {
          if (auto waited = client_.pause(early); !waited) return waited;
          continue;  // The page again: it may have grown until the second was over.
        }
      }
      if (!ids_in_order) return walk_from(0);
      if (!is_covered(last_id)) {
        if (auto walked = walk_from(last_id + 1); !walked) return walked;
      }
      second_ += kOneSecond;
      settled_ = false;
    }
    return Done{};
  }

 private:
  static bool earlier(const Order& a, const Order& b) { return a.confirmed_at < b.confirmed_at; }

  BaseResult<std::vector<Order>> fetch() {
    Parameters parameters = fixed_;
    parameters.number("date_confirmed_from", seconds_of(second_));
    auto answer = client_.call("getOrders", parameters, kOrderShape);
    if (!answer) return fail(answer.error());
    const auto rows = rows_of(*answer, "orders");
    if (!rows) return fail(unreadable("getOrders", "expected orders"));
    std::vector<Order> orders;
    orders.reserve(rows->size());
    for (const Json* row : *rows) {
      orders.push_back(read_order(*row));
      if (!whole_number_of(orders.back().id) || !orders.back().confirmed_at) {
        return fail(unreadable("getOrders", "an order without order_id or date_confirmed"));
      }
    }
    return orders;
  }

  /// A walk by ids, begun long enough after the second, has given all of that second that the page
  /// could not hold: they have ids above those of the page.
  bool is_covered(std::int64_t last_id) const {
    return walked_from_ && last_id + 1 >= *walked_from_ && second_ < walked_until_;
  }

  BaseResult<Done> walk_from(std::int64_t id) {
    const auto began = std::chrono::floor<std::chrono::seconds>(client_.clock().now());
    auto walked =
        walk_ids(client_, kOrdersById, fixed_, id, kOrderShape, [&](std::vector<Json> rows) {
          std::vector<Order> orders;
          for (const Json& row : rows) orders.push_back(read_order(row));
          give(std::move(orders), second_);
          return !ended_;
        });
    if (!walked) return walked;
    walked_from_ = std::min(walked_from_.value_or(id), id);
    walked_until_ = began - kCertainlyPast;
    return Done{};
  }

  void give(std::vector<Order> orders, std::optional<UnixTime> complete_before) {
    std::erase_if(orders, [&](const Order& order) {
      const bool wanted = order.confirmed_at && *order.confirmed_at >= first_;
      return !wanted || !seen_.insert(order.id).second;
    });
    if (orders.empty()) return;
    if (!complete_before) {
      for (const Order& order : orders) {
        complete_before = std::max(complete_before.value_or(first_), *order.confirmed_at);
      }
    }
    if (!sink_({std::move(orders), complete_before})) ended_ = true;
  }

  Client& client_;
  UnixTime first_;   ///< What was asked for.
  UnixTime second_;  ///< What the next page begins with.
  Parameters fixed_;
  const OrderSink& sink_;
  std::unordered_set<std::string> seen_;
  std::optional<std::int64_t> walked_from_;  ///< The lowest id a walk by ids began with.
  UnixTime walked_until_{};
  bool settled_ = false;  ///< `second_` was waited for to be over.
  bool ended_ = false;
};

}  // namespace

BaseResult<Done> read_confirmed_orders(Client& client, UnixTime from, const OrderFilter& filter,
                                       const OrderSink& sink) {
  return ConfirmedOrders(client, from, filter, sink).run();
}

BaseResult<Done> read_orders_by_id(Client& client, std::int64_t from_id, Unconfirmed unconfirmed,
                                   const OrderFilter& filter, const OrderSink& sink) {
  Parameters fixed = order_filter(filter);
  if (unconfirmed == Unconfirmed::Included) fixed.flag("get_unconfirmed_orders", true);
  return walk_ids(client, kOrdersById, fixed, from_id, kOrderShape, [&](std::vector<Json> rows) {
    OrderPage page;
    for (const Json& row : rows) page.orders.push_back(read_order(row));
    return sink(std::move(page));
  });
}

BaseResult<std::optional<Order>> read_order_by_id(Client& client, const std::string& order_id) {
  Parameters parameters;
  parameters.id("order_id", order_id);
  parameters.flag("get_unconfirmed_orders", true).flag("include_custom_extra_fields", true);
  auto answer = client.call("getOrders", parameters, kOrderShape);
  if (!answer) return fail(answer.error());
  const auto rows = rows_of(*answer, "orders");
  if (!rows) return fail(unreadable("getOrders", "expected orders"));
  for (const Json* row : *rows) {
    Order order = read_order(*row);
    if (order.id == order_id) return std::optional(std::move(order));
  }
  return std::optional<Order>();
}

BaseResult<std::vector<OrderStatus>> read_order_statuses(Client& client) {
  auto answer = client.call("getOrderStatusList", {}, kStatusShape);
  if (!answer) return fail(answer.error());
  const auto rows = rows_of(*answer, "statuses");
  if (!rows) return fail(unreadable("getOrderStatusList", "expected statuses"));
  std::vector<OrderStatus> statuses;
  for (const Json* row : *rows) {
    statuses.push_back({text_or_empty(*row, "id"), text_or_empty(*row, "name"),
                        text_or_empty(*row, "name_for_customer")});
  }
  return statuses;
}

BaseResult<OrderSources> read_order_sources(Client& client) {
  auto answer = client.call("getOrderSources", {}, kSourceShape);
  if (!answer) return fail(answer.error());
  if (!rows_of(*answer, "sources")) return fail(unreadable("getOrderSources", "expected sources"));
  OrderSources sources;
  for (const auto& [type, names] : members_of(*answer, "sources")) {
    sources[type] = texts_of((*answer)["sources"], type.c_str());
  }
  return sources;
}

BaseResult<Done> set_order_status(Client& client, const std::string& order_id,
                                  const std::string& status_id) {
  Parameters parameters;
  parameters.id("order_id", order_id).id("status_id", status_id);
  return client.command("setOrderStatus", parameters);
}

BaseResult<Done> read_journal(Client& client, std::int64_t last_log_id,
                              const std::vector<int>& types, const EventSink& sink) {
  ParameterList wanted;
  for (const int type : types) wanted.add(std::to_string(type));
  for (std::int64_t last = last_log_id;;) {
    Parameters parameters;
    parameters.number("last_log_id", last);
    if (!types.empty()) parameters.json("logs_types", wanted.str());
    auto answer = client.call("getJournalList", parameters, kJournalShape);
    if (!answer) return fail(answer.error());
    const auto rows = rows_of(*answer, "logs");
    if (!rows) return fail(unreadable("getJournalList", "expected logs"));
    std::vector<OrderEvent> events;
    for (const Json* row : *rows) {
      const auto id = whole_of(*row, {"log_id", "id"});
      const auto type = whole_of(*row, {"log_type"});
      if (!id || !type)
        return fail(unreadable("getJournalList", "a row without log_id or log_type"));
      if (*id <= last) continue;
      events.push_back({*id, text_or_empty(*row, "order_id"), *type,
                        text_or_empty(*row, "object_id"), time_of(*row, "date")});
    }
    if (events.empty()) return Done{};
    const auto by_id = [](const OrderEvent& a, const OrderEvent& b) { return a.log_id < b.log_id; };
    const auto same = [](const OrderEvent& a, const OrderEvent& b) { return a.log_id == b.log_id; };
    std::stable_sort(events.begin(), events.end(), by_id);
    events.erase(std::unique(events.begin(), events.end(), same), events.end());
    last = events.back().log_id;
    if (!sink(std::move(events))) return Done{};
  }
}

}  // namespace atrapa::core::base
