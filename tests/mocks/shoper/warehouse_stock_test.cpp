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
  const auto part = rc::gen::pair(rc::gen::elementOf(warehouses), rc::gen::inRange(1, 6));
  // Few parts, of any size.
  return rc::gen::nonEmpty(
      rc::gen::resize(6, rc::gen::container<Wish>(rc::gen::resize(rc::kNominalSize, part))));
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
namespace {

/// One row of a relocation as somebody with a pencil keeps it.
struct Trip {
  std::int64_t from = 0;
  std::int64_t to = 0;
  int pieces = 0;
};

/// Carries pieces over one by one, backwards where the trip is undone; nothing where a shelf runs
/// out.
std::optional<Shelves> carried(Shelves shelves, const Trip& trip, bool back) {
  const std::int64_t source = back ? trip.to : trip.from;
  for (int piece = 0; piece < trip.pieces; ++piece) {
    --shelves[source];
    ++shelves[back ? trip.from : trip.to];
  }
  return shelves[source] < 0 ? std::nullopt : std::optional(shelves);
}

bool none_below_zero(const Shelves& shelves) {
  return std::all_of(shelves.begin(), shelves.end(),
                     [](const auto& shelf) { return shelf.second >= 0; });
}

Json relocation(const Store& shop, const Trip& trip) {
  return {{"stock_id", shop.stock},
          {"warehouse_from_id", trip.from},
          {"warehouse_to_id", trip.to},
          {"quantity", trip.pieces}};
}

int sum_of(const Shelves& shelves) {
  return std::accumulate(shelves.begin(), shelves.end(), 0,
                         [](int sum, const auto& shelf) { return sum + shelf.second; });
}

}  // namespace

TEST_CASE(
    "Shoper: relocations, sales and parcels move pieces between warehouses and buyers, and lose "
    "none",
    "[shoper][warehouses][property]") {
  CHECK(rc::check("relocations made, changed and removed between sales and sendings", [] {
    Store shop;
    shop.door.set({{"relocations_change", true}});
    Shelves shelves;
    for (const auto warehouse : shop.warehouses) shelves[warehouse] = *rc::gen::inRange(0, 12);
    shop.fill(shelves);
    const int pieces = sum_of(shelves);
    int sold = 0;
    std::map<std::int64_t, Trip> trips;
    std::map<std::int64_t, Wish> lines;
    const auto any_trip = [&] {
      return Trip{*rc::gen::elementOf(shop.warehouses), *rc::gen::elementOf(shop.warehouses),
                  *rc::gen::inRange(0, 8)};
    };
    const auto any_of = [](auto& rows) {
      auto row = rows.begin();
      std::advance(row, *rc::gen::inRange<int>(0, static_cast<int>(rows.size())));
      return row;
    };
    const int steps = *rc::gen::inRange(1, 20);
    for (int step = 0; step < steps; ++step) {
      const int action = *rc::gen::inRange(0, 6);
      if (action == 0) {
        const Trip trip = any_trip();
        const Response made =
            shop.post("/webapi/rest/warehouse-relocations", relocation(shop, trip));
        const auto after = carried(shelves, trip, false);
        const bool expected = trip.from != trip.to && trip.pieces > 0 && after;
        RC_ASSERT((made.status == 200) == expected);
        if (!expected) continue;
        shelves = *after;
        trips[body_of(made)] = trip;
      } else if (action == 1 && !trips.empty()) {
        const auto chosen = any_of(trips);
        const Trip trip = any_trip();
        const Response changed =
            shop.put(fmt::format("/webapi/rest/warehouse-relocations/{}", chosen->first),
                     relocation(shop, trip));
        // Back and forth in one go: shelves may run out in between, not at the end.
        Shelves after = shelves;
        after[chosen->second.to] -= chosen->second.pieces;
        after[chosen->second.from] += chosen->second.pieces;
        after[trip.from] -= trip.pieces;
        after[trip.to] += trip.pieces;
        const bool expected = trip.from != trip.to && trip.pieces > 0 && none_below_zero(after);
        RC_ASSERT((changed.status == 200) == expected);
        if (!expected) continue;
        shelves = after;
        chosen->second = trip;
      } else if (action == 2 && !trips.empty()) {
        const auto chosen = any_of(trips);
        const Response gone =
            shop.remove(fmt::format("/webapi/rest/warehouse-relocations/{}", chosen->first));
        const auto after = carried(shelves, chosen->second, true);
        RC_ASSERT((gone.status == 200) == after.has_value());
        if (!after) continue;
        shelves = *after;
        trips.erase(chosen);
      } else if (action == 3) {
        const Wish wish = *any_wish(shop.warehouses);
        const Response made = shop.post(
            "/webapi/rest/order-products",
            {{"order_id", shop.order}, {"stock_id", shop.stock}, {"warehouses", parts_of(wish)}});
        const auto after = taken_from(shelves, wish);
        RC_ASSERT((made.status == 200) == after.has_value());
        if (!after) continue;
        sold += sum_of(shelves) - sum_of(*after);
        shelves = *after;
        lines[body_of(made)] = wish;
      } else if (action == 4 && !lines.empty()) {
        const auto chosen = any_of(lines);
        const Response gone =
            shop.remove(fmt::format("/webapi/rest/order-products/{}", chosen->first));
        if (gone.status != 200) continue;  // In a parcel.
        const Shelves after = put_back(shelves, chosen->second);
        sold -= sum_of(after) - sum_of(shelves);
        shelves = after;
        lines.erase(chosen);
      } else {
        // A parcel carries what was taken before: nothing is taken by it again.
        shop.post("/webapi/rest/parcels",
                  {{"order_id", shop.order}, {"shipping_id", 1}, {"send", true}});
      }
      RC_ASSERT(shop.held() == shelves);
      RC_ASSERT(sum_of(shop.held()) + sold == pieces);
    }
    RC_ASSERT(shop.door.ids("warehouse-relocations").size() == trips.size());
  }));
}

TEST_CASE("Shoper: a relocation names what it lacks, and what is not there",
          "[shoper][warehouses]") {
  Store shop;
  const std::int64_t first = shop.warehouses.at(0);
  const std::int64_t second = shop.warehouses.at(1);
  shop.fill({{first, 5}});
  const auto post = [&](const Json& changes) {
    Json body = relocation(shop, {first, second, 2});
    body.update(changes);
    return shop.post("/webapi/rest/warehouse-relocations", body);
  };
  using Fields = std::vector<std::string>;
  CHECK(bad_fields(shop.post("/webapi/rest/warehouse-relocations", Json::object())) ==
        Fields{"quantity", "stock_id", "warehouse_from_id", "warehouse_to_id"});
  CHECK(bad_fields(post({{"stock_id", 999}})) == Fields{"stock_id"});
  CHECK(bad_fields(post({{"warehouse_from_id", 99}, {"warehouse_to_id", 98}})) ==
        Fields{"warehouse_from_id", "warehouse_to_id"});
  CHECK(bad_fields(post({{"warehouse_to_id", first}})) == Fields{"warehouse_to_id"});
  for (const Json& quantity : {Json(0), Json(-1), Json(1.5), Json(6), Json("many")}) {
    CAPTURE(quantity.dump());
    CHECK(bad_fields(post({{"quantity", quantity}})) == Fields{"quantity"});
  }
  shop.door.configure({{"shopping_allow_overselling", "1"}});
  CHECK(bad_fields(post({{"quantity", 6}})) == Fields{"quantity"});
  CHECK(shop.held().at(first) == 5);

  const Response made = post(Json::object());
  REQUIRE(made.status == 200);
  CHECK(shop.read("/webapi/rest/warehouse-relocations/" + made.body) ==
        Json{{"relocation_id", made.body},
             {"stock_id", std::to_string(shop.stock)},
             {"warehouse_from_id", std::to_string(first)},
             {"warehouse_to_id", std::to_string(second)},
             {"quantity", 2}});
  CHECK(shop.held().at(first) == 3);
  CHECK(shop.held().at(second) == 2);
}

TEST_CASE("Shoper: a relocation that was made stays, unless the setting says otherwise",
          "[shoper][warehouses]") {
  Store shop;
  const std::int64_t first = shop.warehouses.at(0);
  const std::int64_t second = shop.warehouses.at(1);
  shop.fill({{first, 5}});
  const auto id = shop.create("warehouse-relocations", relocation(shop, {first, second, 2}));
  const std::string path = fmt::format("/webapi/rest/warehouse-relocations/{}", id);

  CHECK(shop.put(path, {{"quantity", 1}}).status == 405);
  CHECK(shop.remove(path).status == 405);
  CHECK(shop.held().at(second) == 2);

  shop.door.set({{"relocations_change", true}});
  CHECK(shop.put(path, {{"quantity", 1}}).body == "1");
  CHECK(shop.held().at(second) == 1);
  // The warehouse that they came from closed meanwhile: they have no place to return to.
  shop.put(fmt::format("/webapi/rest/product-stocks/{}", shop.stock),
           {{"warehouses", {{std::to_string(first), 0}}}});
  REQUIRE(shop.remove(fmt::format("/webapi/rest/warehouses/{}", first)).body == "1");
  CHECK(bad_fields(shop.remove(path)) == std::vector<std::string>{"warehouse_from_id"});
  CHECK(shop.held().at(second) == 1);
}
