#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mocks/shoper/shopfloor.hpp"
#include "shop.hpp"

namespace atrapa::tests {

/// A shop with people in it.
struct FloorShop : Shop {
  FloorShop() : FloorShop(small_account()) {}
  explicit FloorShop(const Json& account) : Shop(account), floor(*platform, "test") {}

  std::variant<Json, mocks::shoper::FloorRefusal> act(std::string_view operation,
                                                      const Json& body) {
    mocks::kit::Context context{clock.now(), random, webhooks, {}, {}};
    return floor.act(operation, body, context);
  }
  Json perform(std::string_view operation, const Json& body) {
    mocks::kit::Context context{clock.now(), random, webhooks, {}, {}};
    return floor.perform(operation, body, context);
  }
  /// Where the refusal points.
  std::string refused_at(std::string_view operation, const Json& body) {
    const std::string before = platform->snapshot().dump();
    const auto answer = act(operation, body);
    const auto* refused = std::get_if<mocks::shoper::FloorRefusal>(&answer);
    if (refused == nullptr) return "was done";
    if (platform->snapshot().dump() != before) return "changed something";
    if (refused->what.empty() || refused->expected.empty() || refused->next.empty()) return "mute";
    return refused->where;
  }
  /// A webhook that hears everything about orders, products, categories and clients.
  void listen() {
    create("webhooks", {{"url", "http://127.0.0.1:9/in"},
                        {"format", 0},
                        {"events",
                         {"order.create", "order.edit", "order.paid", "order.status",
                          "product.edit", "category.edit", "client.create"}}});
  }
  std::vector<std::string> heard() const {
    std::vector<std::string> names;
    for (const mocks::kit::Webhook& sent : webhooks) names.push_back(sent.event);
    return names;
  }
  Json order(const Json& placed) {
    return *door.row("orders", placed["order"].get<std::int64_t>());
  }

  mocks::shoper::ShopFloor floor;
};

/// A shop whose application "app-1" (secret "oauth-tajne", appstore secret "appstore-tajne") takes
/// messages, but is not installed.
inline Json application_account() {
  Json account = small_account();
  account["license"] = "0123456789abcdef0123456789abcdef01234567";
  account["credentials"]["applications"] =
      Json::array({{{"id", "app-1"},
                    {"secret", "oauth-tajne"},
                    {"appstore_secret", "appstore-tajne"},
                    {"address", "http://127.0.0.1:9/billing"}}});
  return account;
}

}  // namespace atrapa::tests
