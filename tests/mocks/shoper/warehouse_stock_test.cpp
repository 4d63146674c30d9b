#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <optional>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

/// Pieces by warehouse, as somebody with a pencil keeps them.
using Shelves = std::map<std::int64_t, int>;
/// What a line asks for: warehouse and pieces, a warehouse as often as the caller likes.
using Wish = std::vector<std::pair<std::int64_t, int>>;

/// Three warehouses with the pieces of one product, and an order.
struct Store : Shop {
  Store() {
    door.configure({{"warehouses_enabled", true}});
    for (const char* name : {"Drugi", "Trzeci"}) {
      create("warehouses", {{"name", name}, {"short_name", name}});
    }
    warehouses = door.ids("warehouses");
    stock = stock_of(plant_product("A", "0", "1.00"));
    order = create("orders", least_order());
  }

  void fill(const Shelves& shelves) {
    Json levels;
    for (const auto& [warehouse, pieces] : shelves) levels[std::to_string(warehouse)] = pieces;
    RC_ASSERT(
        put(fmt::format("/webapi/rest/product-stocks/{}", stock), {{"warehouses", levels}}).body ==
        "1");
  }
  Shelves held() {
    const Json row = *door.row("product-stocks", stock);
    Shelves shelves;
    for (const auto& [id, text] : row["warehouses"].items()) {
      shelves[std::stoll(id)] = std::stoi(text.get<std::string>());
    }
    const int all = std::accumulate(shelves.begin(), shelves.end(), 0,
                                    [](int sum, const auto& shelf) { return sum + shelf.second; });
    RC_ASSERT(row["stock"] == std::to_string(all));
    return shelves;
  }

  std::vector<std::int64_t> warehouses;
  std::int64_t stock = 0;
  std::int64_t order = 0;
};

Json parts_of(const Wish& wish) {
  Json parts = Json::array();
  for (const auto& [warehouse, pieces] : wish) {
    parts.push_back({{"source_warehouse_id", warehouse},
                     {"shipping_warehouse_id", warehouse},
                     {"quantity", pieces}});
  }
  return parts;
}

/// Takes the pieces off their shelves one by one; nothing where a shelf runs out.
std::optional<Shelves> taken_from(Shelves shelves, const Wish& wish) {
  for (const auto& [warehouse, pieces] : wish) {
    for (int piece = 0; piece < pieces; ++piece) {
      if (--shelves[warehouse] < 0) return std::nullopt;
    }
  }
  return shelves;
}

Shelves put_back(Shelves shelves, const Wish& wish) {
  for (const auto& [warehouse, pieces] : wish) shelves[warehouse] += pieces;
  return shelves;
}

rc::Gen<Wish> any_wish(const std::vector<std::int64_t>& warehouses) {
  return rc::gen::nonEmpty(
      rc::gen::resize(6, rc::gen::container<Wish>(rc::gen::pair(rc::gen::elementOf(warehouses),
                                                                rc::gen::inRange(1, 6)))));
}

}  // namespace

TEST_CASE("Shoper: a line takes what all its parts ask of a warehouse together, or nothing at all",
          "[shoper][warehouses][lines][property]") {
  CHECK(rc::check("lines made, changed and removed, with warehouses named twice", [] {
    Store shop;
    Shelves shelves;
    for (const auto warehouse : shop.warehouses) shelves[warehouse] = *rc::gen::inRange(0, 12);
    shop.fill(shelves);
    std::map<std::int64_t, Wish> lines;
    const int steps = *rc::gen::inRange(1, 12);
    for (int step = 0; step < steps; ++step) {
      const int action = lines.empty() ? 0 : *rc::gen::inRange(0, 3);
      const Wish wish = *any_wish(shop.warehouses);
      if (action == 0) {
        const Response made = shop.post(
            "/webapi/rest/order-products",
            {{"order_id", shop.order}, {"stock_id", shop.stock}, {"warehouses", parts_of(wish)}});
        const auto after = taken_from(shelves, wish);
        RC_ASSERT((made.status == 200) == after.has_value());
        if (after) {
          shelves = *after;
          lines[body_of(made)] = wish;
        } else {
          RC_ASSERT(bad_fields(made).front() == "warehouses");
        }
      } else {
        auto line = lines.begin();
        std::advance(line, *rc::gen::inRange<int>(0, static_cast<int>(lines.size())));
        const std::string path = fmt::format("/webapi/rest/order-products/{}", line->first);
        if (action == 1) {
          const Response changed = shop.put(path, {{"warehouses", parts_of(wish)}});
          const auto after = taken_from(put_back(shelves, line->second), wish);
          RC_ASSERT((changed.status == 200) == after.has_value());
          if (after) {
            shelves = *after;
            line->second = wish;
          }
        } else {
          RC_ASSERT(shop.remove(path).body == "1");
          shelves = put_back(shelves, line->second);
          lines.erase(line);
        }
      }
      RC_ASSERT(shop.held() == shelves);
    }
  }));
}

TEST_CASE("Shoper: a line that names a warehouse twice does not sell its pieces twice",
          "[shoper][warehouses][lines]") {
  Store shop;
  const std::int64_t first = shop.warehouses.front();
  shop.fill({{first, 7}});
  const auto ask = [&](const Wish& wish) {
    return shop.post(
        "/webapi/rest/order-products",
        {{"order_id", shop.order}, {"stock_id", shop.stock}, {"warehouses", parts_of(wish)}});
  };
  CHECK(bad_fields(ask({{first, 4}, {first, 4}})) == std::vector<std::string>{"warehouses"});
  CHECK(shop.held().at(first) == 7);
  CHECK(ask({{first, 4}, {first, 3}}).status == 200);
  CHECK(shop.held().at(first) == 0);
}
