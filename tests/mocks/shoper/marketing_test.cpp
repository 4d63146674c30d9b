#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

using Fields = std::vector<std::string>;

/// A shop whose only token was granted those scopes, beside "all-rights" that has none by name.
Shop shop_granting(const Json& scopes) {
  Json account = small_account();
  account["credentials"]["tokens"].push_back({{"token", "granted"}, {"scopes", scopes}});
  return Shop(account);
}

Response granted(Shop& shop, std::string_view verb, std::string_view path, const Json& body = {}) {
  return shop.send(verb, path, body.is_null() ? "" : body.dump(),
                   {{"Authorization", "Bearer granted"}});
}

std::string paid(Shop& shop, std::int64_t order) { return shop.door.text("orders", order, "paid"); }

}  // namespace

TEST_CASE("Shoper: transactions, refunds and channels are for whom they were granted by name",
          "[shoper][access]") {
  Shop shop = shop_granting(
      {"order_transactions_read", "order_refunds_create", "payments_channels_read", "orders_read"});
  for (const char* path : {"/webapi/rest/order-transactions", "/webapi/rest/order-refunds",
                           "/webapi/rest/payments/1/channels"}) {
    CAPTURE(path);
    CHECK(body_of(shop.get(path))["error"] == "insufficient_scope");
    CHECK(granted(shop, "GET", path).status == 200);
  }
  CHECK(granted(shop, "POST", "/webapi/rest/order-transactions", Json::object()).status == 403);
  shop.door.set({{"internal_scope", false}});
  CHECK(shop.get("/webapi/rest/order-transactions").status == 200);
}

TEST_CASE("Shoper: finished transactions and refunds count into what is paid", "[shoper][orders]") {
  Shop shop;
  shop.door.set({{"internal_scope", false}});
  const auto order = shop.plant("orders", {{"user_id", 1}, {"sum", "100.00"}, {"paid", "10.00"}});
  const auto flags = [&] {
    const Json row = *shop.door.row("orders", order);
    return Json({row["is_paid"], row["is_underpayment"], row["is_overpayment"]});
  };
  const auto transaction = shop.create(
      "order-transactions", {{"order_id", order}, {"currency_value", 90.5}, {"status", 1}});
  const std::string path = fmt::format("/webapi/rest/order-transactions/{}", transaction);
  CHECK(paid(shop, order) == "10.00");
  CHECK(shop.read(path)["date"] == "2026-03-02 09:00:00");

  CHECK(shop.put(path, {{"status", 3}}).status == 200);
  CHECK(paid(shop, order) == "100.50");
  CHECK(flags() == Json({true, false, true}));
  const auto refund = shop.create(
      "order-refunds", {{"transaction_id", transaction}, {"currency_value", 0.5}, {"status", 3}});
  CHECK(paid(shop, order) == "100.00");
  CHECK(flags() == Json({true, false, false}));
  CHECK(shop.put(path, {{"currency_value", 80}}).status == 200);
  CHECK(paid(shop, order) == "89.50");
  CHECK(flags() == Json({false, true, false}));
  CHECK(shop.remove(fmt::format("/webapi/rest/order-refunds/{}", refund)).status == 200);
  CHECK(shop.remove(path).status == 200);
  CHECK(paid(shop, order) == "10.00");

  shop.door.set({{"transactions_move_paid", false}});
  shop.create("order-transactions", {{"order_id", order}, {"currency_value", 90}, {"status", 3}});
  CHECK(paid(shop, order) == "10.00");
}

TEST_CASE("Shoper: a channel belongs to its payment", "[shoper][payments]") {
  Shop shop;
  shop.door.set({{"internal_scope", false}});
  const Response made =
      shop.post("/webapi/rest/payments/1/channels", {{"channel_key", "blik"}, {"payment_id", 2}});
  REQUIRE(made.status == 200);
  const std::string own = "/webapi/rest/payments/1/channels/" + made.body;
  const std::string other = "/webapi/rest/payments/2/channels/" + made.body;

  CHECK(shop.read(own)["payment_id"] == "1");
  CHECK(shop.read("/webapi/rest/payments/1/channels")["count"] == "1");
  CHECK(shop.read("/webapi/rest/payments/2/channels")["count"] == "0");
  for (const char* verb : {"GET", "PUT", "DELETE"})
    CHECK(shop.send(verb, other, "{}").status == 404);
  CHECK(shop.get("/webapi/rest/payments/9/channels").status == 404);
  CHECK(shop.post("/webapi/rest/payments/9/channels", Json::object()).status == 404);
  CHECK(shop.put(own, {{"channel_key", "karta"}}).status == 200);
  CHECK(shop.read(own)["channel_key"] == "karta");
  CHECK(shop.remove(own).body == "1");
}

TEST_CASE("Shoper: promotion codes and subscribers are unique", "[shoper][marketing]") {
  Shop shop;
  const Json code = {{"name", "Lato"}, {"code", "LATO"}, {"discount_type", 3}};
  const auto first = shop.create("promotion-codes", code);
  CHECK(bad_fields(shop.post("/webapi/rest/promotion-codes", code)) == Fields{"code"});
  CHECK(shop.put(fmt::format("/webapi/rest/promotion-codes/{}", first), code).status == 200);
  shop.create("subscribers", {{"email", "a@example.com"}});
  CHECK(bad_fields(shop.post("/webapi/rest/subscribers", {{"email", "a@example.com"}})) ==
        Fields{"email"});

  Json body = least_order();
  body["code_id"] = first;
  const auto order = shop.create("orders", body);
  CHECK(shop.door.text("orders", order, "promo_code") == "LATO");
}

TEST_CASE("Shoper: a new subscriber has its date and the groups that add everybody",
          "[shoper][marketing]") {
  Shop shop;
  const auto all = shop.create("subscriber-groups", {{"name", "Wszyscy"}, {"auto_add", 1}});
  shop.create("subscriber-groups", {{"name", "Niektórzy"}});
  const auto id = shop.create("subscribers", {{"email", "a@example.com"}});
  const Json row = shop.read(fmt::format("/webapi/rest/subscribers/{}", id));
  CHECK(row["dateadd"] == "2026-03-02 09:00:00");
  CHECK(row["groups"] == Json::array({all}));
}

TEST_CASE("Shoper: loyalty points need the programme and add up by customer",
          "[shoper][marketing]") {
  Shop shop;
  const auto give = [&](int user, int score) {
    return shop.post("/webapi/rest/loyalty-events", {{"user_id", user}, {"score", score}});
  };
  CHECK(give(1, 10).status == 400);
  shop.door.configure({{"loyalty_enable", 1}});
  give(1, 10);
  give(2, 100);
  const Response last = give(1, -3);
  const Json row = shop.read("/webapi/rest/loyalty-events/" + last.body);
  CHECK(row["sum"] == 7);
  CHECK(row["date"] == "2026-03-02 09:00:00");
}

TEST_CASE("Shoper: a redirect has a target of its own or an object", "[shoper][redirects]") {
  Shop shop;
  const auto bad = [&](const Json& body) {
    return bad_fields(shop.post("/webapi/rest/redirects", body));
  };
  CHECK(bad({{"type", 0}, {"route", "/a"}}) == Fields{"target"});
  CHECK(bad({{"type", 2}, {"route", "/a"}}) == Fields{"object_id"});
  CHECK(bad({{"type", 2}, {"route", "/a"}, {"object_id", 99}}) == Fields{"object_id"});
  CHECK(bad({{"type", 7}, {"route", "/a"}}) == Fields{"type"});
  const auto made = shop.create("redirects", {{"type", 2}, {"route", "/a"}, {"object_id", 3}});
  const std::string path = fmt::format("/webapi/rest/redirects/{}", made);
  CHECK(bad_fields(shop.put(path, {{"type", 0}})) == Fields{"target"});
  CHECK(shop.put(path, {{"type", 0}, {"target", "/b"}}).status == 200);
}

TEST_CASE("Shoper: progresses, comments and news files get their dates", "[shoper][news]") {
  Shop shop;
  const auto progress = shop.create("progresses", {{"name", "Import"}, {"eta", 60}});
  const std::string path = fmt::format("/webapi/rest/progresses/{}", progress);
  shop.clock.advance(std::chrono::minutes(5));
  shop.put(path, {{"status", 1}});
  CHECK(shop.read(path)["added"] == "2026-03-02 09:00:00");
  CHECK(shop.read(path)["eta_update"] == "2026-03-02 09:00:00");
  shop.put(path, {{"eta", 30}});
  CHECK(shop.read(path)["eta_update"] == "2026-03-02 09:05:00");

  const auto news = shop.create(
      "news", {{"name", "a"}, {"content", "b"}, {"date", "2026-03-01 10:00:00"}, {"lang_id", 1}});
  const auto comment = shop.create(
      "news-comments", {{"news_id", news}, {"user_name", "x"}, {"content", "y"}, {"lang_id", 1}});
  CHECK(shop.door.text("news-comments", comment, "date") == "2026-03-02 09:05:00");
  const auto file = shop.create(
      "news-files", {{"news_id", news}, {"name", "cennik.pdf"}, {"content", "YWJjZA=="}});
  const Json row = shop.read(fmt::format("/webapi/rest/news-files/{}", file));
  CHECK(row["file_name"] == "cennik.pdf");
  CHECK(row["file_size"] == "4");
  CHECK(row["date_add"] == "2026-03-02 09:05:00");
  CHECK(row.find("content") == row.end());
}
