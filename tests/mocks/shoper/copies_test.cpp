#include <fmt/format.h>
#include <rapidcheck.h>

#include <array>
#include <catch2/catch.hpp>
#include <ostream>

#include "shop.hpp"

// Snapshots and forks: whatever was done in a shop, its copy is the same shop, and another one.

using namespace atrapa::tests;

namespace {

/// A shop with goods on its shelves and two orders under way.
Shop busy_shop() {
  Shop shop;
  for (const char* code : {"A", "B"}) shop.plant_product(code, "500", "7.99");
  for (int i = 0; i < 2; ++i) {
    const auto order = shop.create("orders", least_order());
    shop.create("order-products", {{"order_id", order}, {"product_id", 1}, {"quantity", 4}});
  }
  return shop;
}

/// Something that a client or a person does, chosen by numbers: the same numbers do the same in
/// equal shops.
struct Deed {
  int what = 0;
  int which = 0;
  int value = 0;
};

std::ostream& operator<<(std::ostream& out, const Deed& deed) {
  return out << fmt::format("{{{}, {}, {}}}", deed.what, deed.which, deed.value);
}

rc::Gen<std::vector<Deed>> any_deeds(int most) {
  const auto deed = rc::gen::construct<Deed>(rc::gen::inRange(0, 22), rc::gen::inRange(0, 100),
                                             rc::gen::inRange(0, 50));
  // Numbers of their whole range, however short the list.
  return rc::gen::resize(
      most, rc::gen::container<std::vector<Deed>>(rc::gen::resize(rc::kNominalSize, deed)));
}

/// One of the rows there are; 1 where there are none.
std::int64_t chosen_row(Shop& shop, const char* resource, int which) {
  const auto ids = shop.door.ids(resource);
  return ids.empty() ? 1 : ids[static_cast<std::size_t>(which) % ids.size()];
}

Response put_row(Shop& shop, const Deed& deed, const char* resource, const Json& body) {
  return shop.put(row_path(resource, chosen_row(shop, resource, deed.which)), body);
}

Response remove_row(Shop& shop, const Deed& deed, const char* resource) {
  return shop.remove(row_path(resource, chosen_row(shop, resource, deed.which)));
}

/// Calls of the API, some of which are refused, and changes around it.
std::string done(Shop& shop, const Deed& deed) {
  const std::string text = fmt::format("Zażółć \"{}\"", deed.value);
  const Json name = {{"pl_PL", {{"name", text}}}};
  switch (deed.what) {
    case 0: return shop.post("/webapi/rest/products", least_product(text)).body;
    case 1: return put_row(shop, deed, "products", {{"translations", name}}).body;
    case 2: return remove_row(shop, deed, "products").body;
    case 3: return put_row(shop, deed, "product-stocks", {{"stock", deed.value}}).body;
    case 4: return shop.post("/webapi/rest/orders", least_order()).body;
    case 5:
      return shop
          .post("/webapi/rest/order-products",
                {{"order_id", chosen_row(shop, "orders", deed.which)},
                 {"product_id", chosen_row(shop, "products", deed.value)},
                 {"quantity", 1 + deed.value % 3}})
          .body;
    case 6: return put_row(shop, deed, "order-products", {{"quantity", deed.value}}).body;
    case 7: return remove_row(shop, deed, "orders").body;
    case 8: return put_row(shop, deed, "orders", {{"notes", text}, {"paid", deed.value}}).body;
    case 9:
      return shop
          .post("/webapi/rest/parcels",
                {{"shipping_id", 1},
                 {"send", deed.value % 2 == 0},
                 {"products",
                  {{{"order_product_id", chosen_row(shop, "order-products", deed.which)},
                    {"quantity", 1}}}}})
          .body;
    case 10: return remove_row(shop, deed, "parcels").body;
    case 11:
      return shop
          .post("/webapi/rest/users",
                {{"email", fmt::format("u{}@example.com", deed.value)}, {"firstname", text}})
          .body;
    case 12: return put_row(shop, deed, "categories", {{"translations", name}}).body;
    case 13: return shop.post("/webapi/rest/categories", {{"translations", name}}).body;
    case 14:
      return shop
          .post("/webapi/rest/webhooks", {{"url", "http://127.0.0.1:9/"},
                                          {"format", deed.value % 2},
                                          {"events", {"order.edit", "product.edit"}},
                                          {"secret", text}})
          .body;
    case 15: return remove_row(shop, deed, "webhooks").body;
    case 16:
      return shop
          .post("/webapi/rest/metafields/orders",
                {{"namespace", "n"}, {"key", fmt::format("k{}", deed.value)}, {"type", 3}})
          .body;
    case 17: return shop.send("POST", "/webapi/rest/auth?client_id=erp&client_secret=tajne").body;
    case 18: shop.door.configure({{"warehouses_enabled", deed.value % 2 == 0}}); return {};
    case 19: shop.door.set({{"limit", 1 + deed.value}, {"throttle", false}}); return {};
    case 20: shop.clock.advance(std::chrono::seconds{deed.value}); return {};
    default:
      return shop
          .post("/webapi/rest/specialoffers",
                {{"product_id", chosen_row(shop, "products", deed.which)},
                 {"discount_type", 2 + deed.value % 2},
                 {"discount", "1.00"},
                 {"condition_type", 1},
                 {"date_from", "2026-03-01 00:00:00"},
                 {"date_to", "2026-03-02 09:00:20"}})
          .body;
  }
}

std::vector<std::string> all_done(Shop& shop, const std::vector<Deed>& deeds) {
  std::vector<std::string> answers;
  for (const Deed& deed : deeds) answers.push_back(done(shop, deed));
  return answers;
}

std::string bytes_of(const Shop& shop) { return shop.platform->snapshot().dump(); }

/// What can be read of a shop.
std::vector<std::string> readings(Shop& shop) {
  std::vector<std::string> all;
  for (const char* resource :
       {"products", "product-stocks", "orders", "order-products", "parcels", "users", "categories",
        "categories-tree", "webhooks", "specialoffers", "metafields/orders", "application-config",
        "dashboard-stats", "object-mtime/product/1"}) {
    all.push_back(shop.get(fmt::format("/webapi/rest/{}?limit=50", resource)).body);
  }
  return all;
}

/// A shop that goes on from another one's platform with a clock and chance of its own.
Shop next_to(const Shop& shop, std::unique_ptr<atrapa::mocks::kit::Platform> platform) {
  Shop other(std::move(platform), shop.clock.now());
  other.random = shop.random;
  return other;
}

}  // namespace

TEST_CASE("Shoper: whatever was done in a shop, its snapshot restores to the same bytes",
          "[shoper][world][property]") {
  CHECK(rc::check("byte for byte, and the restored shop goes on alike", [] {
    Shop shop = busy_shop();
    all_done(shop, *any_deeds(40));
    const std::string before = bytes_of(shop);
    auto restored = atrapa::mocks::shoper::make_shoper();
    // Through text, as a file would hold it.
    restored->restore(Json::parse(before));
    RC_ASSERT(restored->snapshot().dump() == before);

    Shop copy = next_to(shop, std::move(restored));
    RC_ASSERT(readings(shop) == readings(copy));
    const std::vector<Deed> more = *any_deeds(10);
    RC_ASSERT(all_done(shop, more) == all_done(copy, more));
    RC_ASSERT(bytes_of(shop) == bytes_of(copy));
  }));
}

TEST_CASE("Shoper: forks of a shop are as if the others had never been",
          "[shoper][world][property]") {
  CHECK(rc::check("three shops at work in turns, each against one that worked alone", [] {
    const std::vector<Deed> former = *any_deeds(15);
    std::array<std::vector<Deed>, 3> deeds{*any_deeds(15), *any_deeds(15), *any_deeds(15)};
    Shop shop = busy_shop();
    all_done(shop, former);
    std::vector<Shop> together;
    together.reserve(3);
    together.push_back(next_to(shop, shop.platform->fork()));
    together.push_back(next_to(shop, shop.platform->fork()));
    together.push_back(next_to(shop, together.front().platform->fork()));
    const std::string before = bytes_of(shop);

    // In turns, so that each one writes while the others hold what they share.
    std::array<std::vector<std::string>, 3> answers;
    for (std::size_t step = 0; step < 15; ++step) {
      for (std::size_t i = 0; i < 3; ++i) {
        if (step < deeds[i].size()) answers[i].push_back(done(together[i], deeds[i][step]));
      }
    }

    RC_ASSERT(bytes_of(shop) == before);
    for (std::size_t i = 0; i < 3; ++i) {
      Shop alone = busy_shop();
      all_done(alone, former);
      RC_ASSERT(all_done(alone, deeds[i]) == answers[i]);
      RC_ASSERT(bytes_of(alone) == bytes_of(together[i]));
      RC_ASSERT(readings(alone) == readings(together[i]));
    }
  }));
}
