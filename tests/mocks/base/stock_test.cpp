#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "mocks/base/products.hpp"
#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;

namespace {

Json update_products(Account& account, const char* what, const Json& products) {
  return account.good(what, {{"inventory_id", 307}, {"products", products}});
}

Json write_stock(Account& account, const Json& products) {
  return update_products(account, "updateInventoryProductsStock", products);
}

Json products_page(Account& account, const char* method, Json asked = Json::object()) {
  asked["inventory_id"] = 307;
  return account.good(method, asked)["products"];
}

/// The products 1 to `count`, planted.
void plant_products(Account& account, int count) {
  for (int id = 1; id <= count; ++id) {
    account.door.plant("products", {{"product_id", id}, {"inventory_id", 307}});
  }
}

/// How one id of a stock call is meant to end.
enum class StockFate { Written, NoProduct, Mirror, OtherWarehouse, NoNumber, Bundle };

struct StockEntry {
  StockFate fate;
  int product;
  int warehouse;
  int pieces;
};

std::ostream& operator<<(std::ostream& out, const StockEntry& entry) {
  return out << fmt::format("{{fate {}, product {}, warehouse {}, {} pieces}}",
                            static_cast<int>(entry.fate), entry.product, entry.warehouse,
                            entry.pieces);
}

constexpr int kStockProducts = 6;
constexpr int kStockBundle = 99;

rc::Gen<StockEntry> any_stock_entry() {
  return rc::gen::construct<StockEntry>(
      rc::gen::weightedElement<StockFate>({{6, StockFate::Written},
                                           {1, StockFate::NoProduct},
                                           {1, StockFate::Mirror},
                                           {1, StockFate::OtherWarehouse},
                                           {1, StockFate::NoNumber},
                                           {1, StockFate::Bundle}}),
      rc::gen::inRange(1, kStockProducts + 1), rc::gen::inRange(206, 208), rc::gen::inRange(0, 50));
}

/// What is sent for that entry: its id and its levels. A failed one names a good warehouse, too.
std::pair<std::string, Json> sent_for_entry(const StockEntry& entry) {
  const std::string good = fmt::format("bl_{}", entry.warehouse);
  const std::string id = std::to_string(entry.product);
  switch (entry.fate) {
    case StockFate::Written: return {id, {{good, entry.pieces}}};
    case StockFate::NoProduct:
      return {std::to_string(1000 + entry.product), {{good, entry.pieces}}};
    case StockFate::Mirror: return {id, {{good, entry.pieces}, {"shop_2445", entry.pieces}}};
    case StockFate::OtherWarehouse: return {id, {{good, entry.pieces}, {"bl_999", entry.pieces}}};
    case StockFate::NoNumber: return {id, {{good, "half"}}};
    case StockFate::Bundle: return {std::to_string(kStockBundle), {{good, entry.pieces}}};
  }
  return {};
}

using StockModel = std::map<std::string, std::map<std::string, std::int64_t>>;

/// Stock by product and warehouse as the log tells it: each entry goes on where the last one ended.
StockModel replayed_stock(Account& account) {
  StockModel model;
  for (int id = 1; id <= kStockProducts; ++id) {
    const Json logs = account.good("getInventoryProductLogs",
                                   {{"product_id", id}, {"log_type", 1}, {"page", 1}})["logs"];
    for (const Json& log : logs) {
      for (const Json& entry : log["entries"]) {
        auto& level = model[std::to_string(id)][entry["info"].get<std::string>()];
        RC_ASSERT(entry["from"] == level);
        level = entry["to"].get<std::int64_t>();
      }
    }
  }
  return model;
}

}  // namespace

TEST_CASE("Stock is what was written last, and every id is counted or warned about",
          "[base][stock]") {
  rc::prop("any sequence of stock calls, against a map", [] {
    Account account;
    plant_products(account, kStockProducts);
    account.door.plant("products", {{"product_id", kStockBundle},
                                    {"inventory_id", 307},
                                    {"is_bundle", true},
                                    {"bundle_products", {{"1", 1}}}});
    StockModel model;
    const auto entries_of_a_call =
        rc::gen::resize(8, rc::gen::container<std::vector<StockEntry>>(any_stock_entry()));
    const auto calls = *rc::gen::resize(
        8, rc::gen::container<std::vector<std::vector<StockEntry>>>(entries_of_a_call));
    for (const std::vector<StockEntry>& entries : calls) {
      std::map<std::string, StockEntry> by_id;
      Json products = Json::object();
      for (const StockEntry& entry : entries) {
        const auto [id, levels] = sent_for_entry(entry);
        products[id] = levels;
        by_id.insert_or_assign(id, entry);
      }
      const Json answer = write_stock(account, products);
      std::int64_t written = 0;
      for (const auto& [id, entry] : by_id) {
        const bool warned = answer["warnings"].is_object() && answer["warnings"].contains(id);
        RC_ASSERT(warned == (entry.fate != StockFate::Written));
        if (entry.fate != StockFate::Written) continue;
        ++written;
        model[id][fmt::format("bl_{}", entry.warehouse)] = entry.pieces;
      }
      RC_ASSERT(answer["counter"] == written);

      // Absolute: again changes nothing, not even the log.
      const std::string before = account.platform->snapshot().dump();
      write_stock(account, products);
      RC_ASSERT(account.platform->snapshot().dump() == before);
    }
    const Json read = products_page(account, "getInventoryProductsStock");
    for (int id = 1; id <= kStockProducts; ++id) {
      const auto& levels = model[std::to_string(id)];
      for (const char* key : {"bl_206", "bl_207"}) {
        const auto level = levels.find(key);
        RC_ASSERT(read[std::to_string(id)]["stock"][key] ==
                  (level != levels.end() ? level->second : 0));
      }
    }
    for (const auto& [id, levels] : replayed_stock(account)) {
      for (const auto& [key, pieces] : levels) RC_ASSERT(model[id][key] == pieces);
    }
  });
}

TEST_CASE("A stock or price call of 1001 products is refused whole", "[base][stock]") {
  Account account;
  plant_products(account, 1001);
  Json stock = Json::object();
  Json prices = Json::object();
  for (int id = 1; id <= 1001; ++id) {
    stock[std::to_string(id)] = {{"bl_206", 7}};
    prices[std::to_string(id)] = {{"105", 7}};
  }
  const std::string before = account.platform->snapshot().dump();
  const auto refused = [&](const char* method, const Json& products) {
    return account.refused(method, {{"inventory_id", 307}, {"products", products}}) != "";
  };
  CHECK(refused("updateInventoryProductsStock", stock));
  CHECK(refused("updateInventoryProductsPrices", prices));
  CHECK(account.platform->snapshot().dump() == before);
  stock.erase("1001");
  CHECK(write_stock(account, stock)["counter"] == 1000);
}

TEST_CASE("Warnings without entries are an empty text by the sample, a list by PHP",
          "[base][stock]") {
  Account account;
  plant_products(account, 1);
  CHECK(write_stock(account, {{"1", {{"bl_206", 1}}}})["warnings"] == "");
  account.door.set({{"throttle", false}, {"shape", "table"}});
  CHECK(write_stock(account, {{"1", {{"bl_206", 1}}}})["warnings"] == Json::array());
}

TEST_CASE("A bundle has as many sets as its scarcest part allows", "[base][stock]") {
  rc::prop("no set more could be made, and no fewer are shown", [] {
    Account account;
    const auto parts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 40), rc::gen::inRange(1, 6))));
    Json bundle = {{"inventory_id", 307}, {"is_bundle", true}};
    int id = 1;
    for (const auto& [stock, pieces] : parts) {
      account.door.plant(
          "products", {{"product_id", id}, {"inventory_id", 307}, {"stock", {{"bl_206", stock}}}});
      bundle["bundle_products"][std::to_string(id++)] = pieces;
    }
    const Json made = account.good("addInventoryProduct", bundle);
    const std::int64_t sets =
        products_page(account,
                      "getInventoryProductsStock")[made["product_id"].dump()]["stock"]["bl_206"]
            .get<std::int64_t>();
    const auto enough_for = [&](std::int64_t wanted) {
      return std::all_of(parts.begin(), parts.end(),
                         [&](const auto& part) { return part.first >= wanted * part.second; });
    };
    RC_ASSERT(enough_for(sets));
    RC_ASSERT(!enough_for(sets + 1));
  });
}

TEST_CASE("A bundle's own stock cannot be written and its parts are no bundles", "[base][stock]") {
  Account account;
  plant_products(account, 2);
  const Json bundle = account.good("addInventoryProduct", {{"inventory_id", 307},
                                                           {"is_bundle", true},
                                                           {"stock", {{"bl_206", 5}}},
                                                           {"bundle_products", {{"1", 2}}}});
  CHECK(bundle["warnings"].contains("stock.bl_206"));
  const Json outer = account.good(
      "addInventoryProduct", {{"inventory_id", 307},
                              {"is_bundle", true},
                              {"bundle_products", {{bundle["product_id"].dump(), 1}, {"2", 0}}}});
  CHECK(outer["warnings"].size() == 2);
  CHECK(account.refused("addInventoryProduct",
                        {{"inventory_id", 307}, {"product_id", 1}, {"is_bundle", true}}) != "");

  write_stock(account, {{"1", {{"bl_206", 5}}}});
  const std::string id = bundle["product_id"].dump();
  CHECK(products_page(account, "getInventoryProductsStock")[id]["stock"]["bl_206"] == 2);
  account.good("deleteInventoryProduct", {{"product_id", 1}});
  CHECK(products_page(account, "getInventoryProductsStock")[id]["stock"]["bl_206"] == 0);
}

TEST_CASE("set_stock writes and logs like a call", "[base][stock]") {
  Account account;
  plant_products(account, 1);
  atrapa::mocks::base::set_stock(account.door.change(), 1, "bl_207", 4, account.now());
  atrapa::mocks::base::set_stock(account.door.change(), 55, "bl_207", 4, account.now());
  CHECK(products_page(account, "getInventoryProductsStock")["1"]["stock"]["bl_207"] == 4);
  const Json logs = account.good("getInventoryProductLogs", {{"product_id", 1}})["logs"];
  REQUIRE(logs.size() == 1);
  CHECK(logs[0]["entries"] ==
        Json::array({{{"type", 1}, {"info", "bl_207"}, {"from", 0}, {"to", 4}}}));
}

TEST_CASE("Open orders reserve pieces where the catalogue keeps reservations", "[base][stock]") {
  Account account;
  plant_products(account, 1);
  const auto order = [&](std::int64_t id, const Json& more) {
    Json row = {{"order_id", id},
                {"order_status_id", 1},
                {"products", {{{"order_product_id", id}, {"product_id", "1"}, {"quantity", 3}}}}};
    row.update(more);
    account.door.plant("orders", row);
  };
  order(1, Json::object());
  order(2, {{"order_status_id", 3}});
  order(3, {{"delivery_package_nr", "PL1"}});
  order(
      4,
      {{"products",
        {{{"order_product_id", 9}, {"product_id", "1"}, {"quantity", 2}, {"warehouse_id", 207}},
         {{"order_product_id", 10}, {"storage", "shop"}, {"product_id", "1"}, {"quantity", 8}}}}});
  const auto reserved = [&] {
    return products_page(account, "getInventoryProductsStock")["1"]["reservations"];
  };
  CHECK(reserved().empty());
  account.door.change().catalogue.inventories.edit(307, [](auto& one) {
    one.reservations = true;
    one.reservations_end_in = {3};
  });
  CHECK(reserved() == Json{{"bl_206", 3}, {"bl_207", 2}, {"shop_2445", 0}});
}

TEST_CASE("A dependent price is its source's times the multiplier plus the addition",
          "[base][prices]") {
  rc::prop("to the grosz, half up", [] {
    Account account;
    const auto grosze = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
    const auto hundredths = *rc::gen::inRange<std::int64_t>(0, 300);
    const auto addition = *rc::gen::inRange<std::int64_t>(0, 10'000);
    const auto money = [](std::int64_t value) {
      return fmt::format("{}.{:02}", value / 100, value % 100);
    };
    account.good("addInventoryPriceGroup", {{"price_group_id", 106},
                                            {"name", "Euro"},
                                            {"currency", "EUR"},
                                            {"price_group_type", "dependent_on_price_group"},
                                            {"source_price_group_id", 105},
                                            {"price_multiplier", money(hundredths)},
                                            {"price_addition", money(addition)}});
    const Json made = account.good("addInventoryProduct",
                                   {{"inventory_id", 307}, {"prices", {{"105", money(grosze)}}}});
    const std::string read =
        products_page(account,
                      "getInventoryProductsPrices")[made["product_id"].dump()]["prices"]["106"]
            .dump();
    const std::int64_t expected = (grosze * hundredths + 50) / 100 + addition;
    RC_ASSERT(std::stod(read) == std::stod(money(expected)));
  });
}

TEST_CASE("Prices of a computed group cannot be written; costs and bundles count",
          "[base][prices]") {
  Account account;
  account.good("addInventoryPriceGroup", {{"price_group_id", 106},
                                          {"name", "Euro"},
                                          {"currency", "EUR"},
                                          {"price_group_type", "dependent_on_average_cost"},
                                          {"price_multiplier", 2},
                                          {"price_addition", 1}});
  account.good("addInventoryPriceGroup", {{"price_group_id", 105},
                                          {"name", "Detal"},
                                          {"currency", "PLN"},
                                          {"is_bundle_price_calculated", true},
                                          {"bundle_price_multiplier", 0.9}});
  const auto add = [&](Json product) {
    product["inventory_id"] = 307;
    return account.good("addInventoryProduct", product)["product_id"].dump();
  };
  const std::string tea = add({{"average_cost", 4}, {"prices", {{"105", 10}}}});
  const std::string cup = add({{"prices", {{"105", 25}}}});
  const std::string gift = add({{"is_bundle", true}, {"bundle_products", {{tea, 3}, {cup, 1}}}});
  const Json answer = update_products(
      account, "updateInventoryProductsPrices",
      {{tea, {{"105", 20}, {"106", 3}}}, {cup, {{"105", 30}}}, {"999", {{"105", 1}}}});
  CHECK(answer["counter"] == 1);
  CHECK(answer["warnings"].size() == 2);
  const Json prices = products_page(account, "getInventoryProductsPrices");
  CHECK(prices[tea]["prices"] == Json{{"105", 10.0}, {"106", 9.0}});  // Its call was warned about.
  CHECK(prices[gift]["prices"]["105"] == 54.0);                       // (3 * 10 + 30) * 0.9
}

TEST_CASE("Logs are by product, by type, by time and by 100", "[base][logs]") {
  Account account;
  plant_products(account, 2);
  const std::int64_t start = account.now();
  for (int pieces = 1; pieces <= 130; ++pieces) {
    write_stock(account, {{"1", {{"bl_206", pieces}}}});
    account.clock.advance(std::chrono::seconds{1});
  }
  account.good("addInventoryProduct", {{"inventory_id", 307},
                                       {"product_id", 1},
                                       {"locations", {{"bl_206", "A-1"}}},
                                       {"stock", {{"bl_206", 0}}}});
  const auto logs = [&](Json asked) {
    asked["product_id"] = 1;
    return account.good("getInventoryProductLogs", asked)["logs"];
  };
  CHECK(logs(Json::object()).size() == 100);
  CHECK(logs({{"page", 2}}).size() == 31);
  CHECK(logs({{"sort", "DESC"}})[0]["entries"].size() == 2);
  CHECK(logs({{"log_type", 6}}).size() == 1);
  CHECK(logs({{"log_type", {6, 7}}})[0]["entries"].size() == 1);
  CHECK(logs({{"date_from", start + 3}, {"date_to", start + 5}}).size() == 3);
  CHECK(account.good("getInventoryProductLogs", {{"product_id", 2}})["logs"].empty());
  CHECK(account.refused("getInventoryProductLogs", {{"product_id", 1}, {"log_type", 11}}) != "");
  CHECK(account.refused("getInventoryProductLogs", {{"product_id", 3}}) != "");
}

TEST_CASE("Each of the ten sorts of change is logged, also when the product is gone",
          "[base][logs]") {
  Account account;
  const auto add = [&](Json product) {
    product["inventory_id"] = 307;
    return account.good("addInventoryProduct", product)["product_id"];
  };
  const Json part = add(Json::object());
  const Json id = add({{"stock", {{"bl_206", 1}}},
                       {"prices", {{"105", 2.5}}},
                       {"text_fields", {{"name", "Kubek"}}},
                       {"locations", {{"bl_206", "A"}}},
                       {"links", {{"shop_2445", {{"product_id", "7"}, {"variant_id", 0}}}}},
                       {"images", {{"0", "url:https://example.test/a.jpg"}}}});
  add({{"parent_id", id}});
  account.good("deleteInventoryProduct", {{"product_id", id}});
  const Json bundle = add({{"is_bundle", true}, {"bundle_products", {{part.dump(), 1}}}});
  std::map<int, int> seen;
  for (const Json& of : {id, bundle}) {
    const Json answer = account.good("getInventoryProductLogs", {{"product_id", of}});
    for (const Json& log : answer["logs"]) {
      for (const Json& entry : log["entries"]) ++seen[entry["type"].get<int>()];
    }
  }
  // Created twice; the variant came and went.
  CHECK(seen ==
        std::map<int, int>{
            {1, 1}, {2, 1}, {3, 2}, {4, 1}, {5, 1}, {6, 1}, {7, 1}, {8, 1}, {9, 2}, {10, 1}});
}
