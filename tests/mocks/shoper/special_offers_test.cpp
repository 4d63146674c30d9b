#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <ctime>

#include "shop.hpp"

// Special offers: what they take off prices, of which stocks, and when.

using namespace atrapa::tests;

namespace {

using Fields = std::vector<std::string>;

/// A shop with a product of 100.00 (80.00 wholesale) and a variant that costs 19.99 more.
struct OfferShop : Shop {
  OfferShop() {
    put(row_path("product-stocks", base),
        {{"price_wholesale", "80.00"}, {"price_type_wholesale", "1"}});
  }
  Json offer(const char* type, const char* discount, const char* from = "2026-03-01 00:00:00",
             const char* to = "2026-03-31 23:59:59") {
    return {{"product_id", product},
            {"discount_type", type},
            {"discount", discount},
            {"date_from", from},
            {"date_to", to}};
  }
  std::string price(std::int64_t stock, const char* field = "comp_promo_price") {
    return read(row_path("product-stocks", stock))[field];
  }
  Response refused(const Json& body) { return post("/webapi/rest/specialoffers", body); }

  std::int64_t product = plant_product("A", "5", "100.00");
  std::int64_t base = stock_of(product);
  std::int64_t variant =
      create("product-stocks", {{"product_id", product},
                                {"options", Json::array({{{"option_id", 1}, {"value_id", 1}}})},
                                {"price", "19.99"},
                                {"price_type", "2"}});
};

/// 2026-03-02 09:00:00 in the shop's zone and so many minutes.
std::string minute(int minutes) {
  const std::time_t seconds = 1772438400 + 3600 + std::time_t{60} * minutes;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
  return text;
}

}  // namespace

TEST_CASE("Shoper: an offer takes an amount or a percentage off all stocks of its product",
          "[shoper][offers]") {
  OfferShop shop;
  const auto id = shop.create("specialoffers", shop.offer("2", "15.50"));
  CHECK(shop.price(shop.base) == "84.50");
  CHECK(shop.price(shop.base, "comp_price") == "100.00");
  CHECK(shop.price(shop.variant) == "104.49");
  CHECK(shop.price(shop.base, "comp_promo_price_wholesale") == "80.00");

  CHECK(shop.put(row_path("specialoffers", id),
                 {{"discount_type", "3"}, {"discount", "33.33"}, {"discount_wholesale", "12.5"}})
            .body == "1");
  CHECK(shop.price(shop.base) == "66.67");
  CHECK(shop.price(shop.variant) == "80.00");
  CHECK(shop.price(shop.base, "comp_promo_price_wholesale") == "70.00");

  CHECK(shop.remove(row_path("specialoffers", id)).body == "1");
  CHECK(shop.price(shop.base) == "100.00");
  CHECK(shop.remove(row_path("specialoffers", id)).status == 404);
}

TEST_CASE("Shoper: a product and its stocks show the offer in force, and none else",
          "[shoper][offers]") {
  OfferShop shop;
  CHECK(!shop.read(row_path("product-stocks", shop.base)).contains("special_offer"));
  CHECK(shop.read(row_path("products", shop.product))["promo_price"].is_null());
  const auto id = shop.create("specialoffers", shop.offer("3", "10"));

  const Json stock = shop.read(row_path("product-stocks", shop.base));
  CHECK(stock["special_offer"]["promo_id"] == std::to_string(id));
  CHECK(stock["special_offer"]["discount"] == "10.00");
  CHECK(stock["special_offer"]["date_to"] == "2026-03-31 23:59:59");
  const Json product = shop.read(row_path("products", shop.product));
  CHECK(product["special_offer"] == stock["special_offer"]);
  CHECK(product["promo_price"] == "90.00");
  CHECK(product["stock"]["comp_promo_price"] == "90.00");

  shop.put(row_path("products", shop.product), {{"stock", {{"price", "200.00"}}}});
  CHECK(shop.read(row_path("products", shop.product))["promo_price"] == "180.00");
  shop.remove(row_path("specialoffers", id));
  CHECK(!shop.read(row_path("products", shop.product)).contains("special_offer"));
  CHECK(shop.put(row_path("products", shop.product), {{"special_offer", product["special_offer"]}})
            .status == 200);
  CHECK(!shop.read(row_path("products", shop.product)).contains("special_offer"));
  CHECK(shop.read(row_path("products", shop.product))["promo_price"].is_null());
}

TEST_CASE("Shoper: an offer of condition 2 is for the stocks that it lists", "[shoper][offers]") {
  OfferShop shop;
  Json offer = shop.offer("2", "10");
  offer["condition_type"] = 2;
  CHECK(bad_fields(shop.refused(offer)) == Fields{"stocks"});
  offer["stocks"] = Json::array({shop.stock_of(shop.plant_product("B", "1"))});
  CHECK(bad_fields(shop.refused(offer)) == Fields{"stocks"});
  offer["stocks"] = Json::array({shop.variant});
  shop.create("specialoffers", offer);

  CHECK(shop.price(shop.base) == "100.00");
  CHECK(shop.price(shop.variant) == "109.99");
  CHECK(!shop.read(row_path("products", shop.product)).contains("special_offer"));
}

TEST_CASE("Shoper: an offer begins and ends by the shop's time", "[shoper][offers]") {
  OfferShop shop;
  // 09:00 in Warsaw; both ends are part of the offer.
  shop.create("specialoffers", shop.offer("2", "10", "2026-03-02 09:00:01", "2026-03-02 09:00:02"));
  const auto price_after = [&](int seconds) {
    shop.clock.set(monday() + std::chrono::seconds(seconds));
    return shop.price(shop.base);
  };
  CHECK(price_after(0) == "100.00");
  CHECK(price_after(1) == "90.00");
  CHECK(price_after(2) == "90.00");
  CHECK(price_after(3) == "100.00");
  CHECK(shop.read("/webapi/rest/products")["list"][0]["stock"]["comp_promo_price"] == "100.00");
}

TEST_CASE(
    "Shoper: an offer that is over when it is made lowers no price, also after the last other",
    "[shoper][offers]") {
  OfferShop shop;
  const auto other = shop.plant_product("B", "5", "50.00");
  Json former = shop.offer("3", "25", minute(0).c_str(), minute(10).c_str());
  former["product_id"] = other;
  const auto id = shop.create("specialoffers", former);
  SECTION("the other offer is there") {}
  SECTION("its product was removed") { shop.remove(row_path("products", other)); }
  SECTION("it was removed") { shop.remove(row_path("specialoffers", id)); }
  shop.clock.advance(std::chrono::minutes{20});

  shop.create("specialoffers", shop.offer("3", "25", minute(0).c_str(), minute(10).c_str()));

  CHECK(shop.door.text("product-stocks", shop.base, "comp_promo_price") == "100.00");
  CHECK(shop.price(shop.base) == "100.00");
}

TEST_CASE("Shoper: a line without a price is sold for what the offer makes of it",
          "[shoper][offers][lines]") {
  OfferShop shop;
  shop.create("specialoffers", shop.offer("3", "25"));
  const auto order = shop.create("orders", least_order());
  const auto line = shop.create(
      "order-products", {{"order_id", order}, {"product_id", shop.product}, {"quantity", 2}});
  CHECK(shop.door.text("order-products", line, "price") == "75.00");
  const auto without = shop.create("order-products", {{"order_id", order},
                                                      {"product_id", shop.product},
                                                      {"quantity", 2},
                                                      {"special_offer_price", false}});
  CHECK(shop.door.text("order-products", without, "price") == "100.00");
}

TEST_CASE("Shoper: an offer that cannot be is refused by its field", "[shoper][offers]") {
  OfferShop shop;
  CHECK(bad_fields(shop.refused(Json::object())) ==
        Fields{"date_from", "date_to", "discount", "discount_type", "product_id"});
  CHECK(bad_fields(shop.refused(shop.offer("4", "1"))) == Fields{"discount_type"});
  CHECK(bad_fields(shop.refused(shop.offer("3", "100.01"))) == Fields{"discount"});
  CHECK(bad_fields(shop.refused(shop.offer("2", "-1"))) == Fields{"discount"});
  CHECK(bad_fields(shop.refused(shop.offer("2", "1", "2026-03-02 00:00:00",
                                           "2026-03-01 00:00:00"))) == Fields{"date_to"});
  Json lost = shop.offer("2", "1");
  lost["product_id"] = 987;
  CHECK(bad_fields(shop.refused(lost)) == Fields{"product_id"});
  CHECK(shop.door.ids("specialoffers").empty());
}

TEST_CASE("Shoper: offers of one stock do not overlap, but by setting", "[shoper][offers]") {
  OfferShop shop;
  shop.create("specialoffers", shop.offer("2", "10"));
  const Json other = shop.offer("2", "20", "2026-03-31 23:59:59", "2026-04-30 00:00:00");
  CHECK(bad_fields(shop.refused(other)) == Fields{"product_id"});
  CHECK(shop.refused(shop.offer("2", "20", "2026-04-01 00:00:00", "2026-04-30 00:00:00")).status ==
        200);

  shop.door.set({{"overlapping_offers", "accept"}});
  shop.create("specialoffers", shop.offer("2", "30"));
  CHECK(shop.price(shop.base) == "70.00");
}

TEST_CASE("Shoper: prices on offer survive a snapshot", "[shoper][offers]") {
  OfferShop shop;
  shop.create("specialoffers", shop.offer("3", "50"));
  const Json before = shop.platform->snapshot();
  shop.platform->restore(before);
  CHECK(shop.platform->snapshot().dump() == before.dump());
  CHECK(shop.price(shop.base) == "50.00");
  CHECK(shop.read(row_path("product-stocks", shop.variant))["special_offer"]["discount"] ==
        "50.00");
}

TEST_CASE("Shoper: a price on offer is the one computed by hand, to the grosz, at any moment",
          "[shoper][offers][property]") {
  CHECK(rc::check("random offers and instants", [] {
    OfferShop shop;
    shop.door.set({{"overlapping_offers", "accept"}});
    struct Offer {
      std::int64_t id;
      int type;
      std::int64_t discount;  // Hundredths.
      int from;
      int to;
      int where;  // 0 both stocks, 1 the base alone, 2 the variant alone.
    };
    std::vector<Offer> offers;
    std::vector<std::int64_t> prices{10000, 1999};
    int now = 0;
    const int steps = *rc::gen::inRange(1, 16);
    for (int step = 0; step < steps; ++step) {
      const int action = *rc::gen::inRange(0, 5);
      if (action == 0 || offers.empty()) {
        Offer offer{};
        offer.type = *rc::gen::inRange(1, 4);
        offer.discount = *rc::gen::inRange(0, offer.type == 3 ? 10001 : 15000);
        offer.from = *rc::gen::inRange(-20, 60);
        offer.to = offer.from + *rc::gen::inRange(0, 40);
        offer.where = *rc::gen::inRange(0, 3);
        Json body = shop.offer("1", "0", minute(offer.from).c_str(), minute(offer.to).c_str());
        body["discount_type"] = offer.type;
        body["discount"] = fmt::format("{}.{:02}", offer.discount / 100, offer.discount % 100);
        if (offer.where != 0) {
          body["condition_type"] = "2";
          body["stocks"] = Json::array({offer.where == 1 ? shop.base : shop.variant});
        }
        offer.id = shop.create("specialoffers", body);
        offers.push_back(offer);
      } else if (action == 1) {
        now = *rc::gen::inRange(-30, 120);
        shop.clock.set(monday() + std::chrono::seconds(60 * now));
      } else if (action == 2) {
        const auto chosen = *rc::gen::inRange<std::size_t>(0, offers.size());
        RC_ASSERT(shop.remove(row_path("specialoffers", offers[chosen].id)).status == 200);
        offers.erase(offers.begin() + static_cast<std::ptrdiff_t>(chosen));
      } else if (action == 3) {
        const auto chosen = *rc::gen::inRange<std::size_t>(0, offers.size());
        offers[chosen].to = offers[chosen].from + *rc::gen::inRange(0, 40);
        RC_ASSERT(shop.put(row_path("specialoffers", offers[chosen].id),
                           {{"date_to", minute(offers[chosen].to)}})
                      .status == 200);
      } else {
        prices[0] = *rc::gen::inRange(1, 30000);
        shop.put(row_path("product-stocks", shop.base),
                 {{"price", fmt::format("{}.{:02}", prices[0] / 100, prices[0] % 100)}});
      }
      for (int stock = 0; stock < 2; ++stock) {
        const std::int64_t price = stock == 0 ? prices[0] : prices[0] + prices[1];
        std::int64_t expected = price;
        for (const Offer& offer : offers) {
          const bool for_it = offer.where == 0 || offer.where == stock + 1;
          if (!for_it || now < offer.from || now > offer.to) continue;
          // Half a grosz rounds up; the newest offer is the last.
          expected = offer.type == 3 ? (price * (10000 - offer.discount) + 5000) / 10000
                                     : std::max<std::int64_t>(0, price - offer.discount);
        }
        const auto id = stock == 0 ? shop.base : shop.variant;
        RC_ASSERT(shop.price(id) == fmt::format("{}.{:02}", expected / 100, expected % 100));
      }
    }
  }));
}
