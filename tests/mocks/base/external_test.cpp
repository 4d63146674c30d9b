#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;

namespace {

/// The shop of the mirror shop_2445 with three products, the last one with variants.
void plant_shop(Account& account) {
  account.door.plant("external_storages", {{"id", 2445}, {"name", "Sklep internetowy"}});
  account.door.plant("external_categories",
                     {{"storage_id", "shop_2445"}, {"category_id", 3}, {"name", "Herbaty"}});
  const auto product = [&](Json row) {
    row["storage_id"] = "shop_2445";
    account.door.plant("external_products", row);
  };
  product({{"product_id", "77"},
           {"sku", "A"},
           {"name", "Sencha"},
           {"quantity", 4},
           {"price_brutto", "24.60"},
           {"tax_rate", "23"},
           {"category_id", 3},
           {"features", {{"Masa", "50 g"}}}});
  product({{"product_id", "78"}, {"sku", "B"}, {"name", "Kawa"}, {"price_brutto", "30"}});
  product({{"product_id", "x-9"},
           {"name", "Kubek"},
           {"quantity", 9},
           {"price_brutto", "15"},
           {"variants",
            {{{"variant_id", "12"}, {"sku", "K-R"}, {"quantity", 2}, {"price", "16"}},
             {{"variant_id", "13"}, {"sku", "K-N"}, {"quantity", 5}, {"price", "17"}}}}});
}

Json ask_shop(Account& account, const char* method, Json more = Json::object()) {
  more["storage_id"] = "shop_2445";
  return account.good(method, more);
}

std::vector<std::string> found_in_shop(Account& account, const Json& asked) {
  std::vector<std::string> ids;
  const Json answer = ask_shop(account, "getExternalStorageProductsList", asked);
  for (const Json& one : answer["products"]) {
    ids.push_back(one["product_id"]);
  }
  return ids;
}

}  // namespace

TEST_CASE("A connected shop is listed with what it supports and read through Base",
          "[base][external]") {
  Account account;
  plant_shop(account);
  const Json storages = account.good("getExternalStoragesList")["storages"];
  REQUIRE(storages.size() == 1);
  CHECK(storages[0]["storage_id"] == "shop_2445");
  CHECK(storages[0]["methods"].size() == 6);
  CHECK(ask_shop(account, "getExternalStorageCategories")["categories"][0]["name"] == "Herbaty");
  const Json data =
      ask_shop(account, "getExternalStorageProductsData", {{"products", {"77", "none"}}});
  REQUIRE(data["products"].size() == 1);
  const Json& tea = data["products"]["77"];
  CHECK(tea["product_id"] == 77);  // A number, and prices as texts: as the sample has it.
  CHECK(tea["price_netto"] == "20.00");
  CHECK(tea["features"]["Masa"] == "50 g");
  account.door.set({{"throttle", false}, {"shape", "table"}});
  const Json table = ask_shop(account, "getExternalStorageProductsData", {{"products", {"77"}}});
  CHECK(table["products"][0]["product_id"] == "77");
  CHECK(table["products"][0]["price_netto"] == 20.0);
}

TEST_CASE("The filters of a shop's list find their products", "[base][external]") {
  Account account;
  plant_shop(account);
  using Ids = std::vector<std::string>;
  CHECK(found_in_shop(account, Json::object()) == Ids{"77", "78", "x-9"});
  CHECK(found_in_shop(account, {{"filter_category_id", "3"}}) == Ids{"77"});
  CHECK(found_in_shop(account, {{"filter_id", "x-9"}}) == Ids{"x-9"});
  CHECK(found_in_shop(account, {{"filter_sku", "K-N"}}) == Ids{"x-9"});
  CHECK(found_in_shop(account, {{"filter_name", "ka"}}) == Ids{"78"});
  CHECK(found_in_shop(account, {{"filter_price_from", 20}, {"filter_price_to", 25}}) == Ids{"77"});
  CHECK(found_in_shop(account, {{"filter_quantity_from", 5}}) == Ids{"x-9"});
  CHECK(found_in_shop(account, {{"filter_available", 0}}) == Ids{"78"});
  CHECK(found_in_shop(account, {{"filter_available", 1}}) == Ids{"77", "x-9"});
  CHECK(found_in_shop(account, {{"filter_available", ""}}).size() == 3);
  CHECK(found_in_shop(account, {{"filter_sort", "price_brutto DESC"}}) == Ids{"78", "77", "x-9"});
  CHECK(account.refused("getExternalStorageProductsList",
                        {{"storage_id", "shop_2445"}, {"filter_sort", "color ASC"}}) != "");
  account.door.set({{"throttle", false}, {"storage_page", 2}});
  CHECK(found_in_shop(account, {{"page", 2}}) == Ids{"x-9"});
}

TEST_CASE("Any sequence of triples leaves the quantities that were written last",
          "[base][external]") {
  rc::prop("main products and variants, against a map", [] {
    Account account;
    plant_shop(account);
    std::map<std::string, int> model{
        {"77:0", 4}, {"78:0", 0}, {"x-9:0", 9}, {"x-9:12", 2}, {"x-9:13", 5}};
    // The places of the model, and three that are not there.
    const std::vector<std::pair<std::string, std::string>> places{
        {"77", "0"},   {"78", "0"}, {"x-9", "0"}, {"x-9", "12"},
        {"x-9", "13"}, {"99", "0"}, {"77", "12"}, {"x-9", "14"}};
    const auto rows = *rc::gen::container<std::vector<std::pair<std::size_t, int>>>(
        rc::gen::pair(rc::gen::inRange<std::size_t>(0, places.size()), rc::gen::inRange(0, 30)));
    Json sent = Json::array();
    int written = 0;
    for (const auto& [place, pieces] : rows) {
      const auto& [product, variant] = places[place];
      sent.push_back({product, variant, pieces});
      if (place >= model.size()) continue;
      model[product + ':' + variant] = pieces;
      ++written;
    }
    const Json answer =
        ask_shop(account, "updateExternalStorageProductsQuantity", {{"products", sent}});
    RC_ASSERT(answer["counter"] == written);
    RC_ASSERT(answer["warnings"].empty() == (static_cast<std::size_t>(written) == rows.size()) ||
              answer["warnings"] == "");
    const Json read = ask_shop(account, "getExternalStorageProductsQuantity");
    RC_ASSERT(read["products"].size() == 3u);
    for (const Json& one : read["products"]) {
      const std::string id = one["product_id"];
      RC_ASSERT(one["quantity"] == model[id + ":0"]);
      for (const Json& variant : one["variants"]) {
        RC_ASSERT(variant["quantity"] ==
                  model[id + ':' + variant["variant_id"].get<std::string>()]);
      }
    }
  });
}

TEST_CASE("The mirror shows what the shop has of a linked product", "[base][external]") {
  Account account;
  plant_shop(account);
  const auto add = [&](const char* product, int variant) {
    return account
        .good("addInventoryProduct",
              {{"inventory_id", 307},
               {"links",
                {{"shop_2445", {{"product_id", product}, {"variant_id", variant}}}}}})["product_id"]
        .dump();
  };
  const std::string tea = add("77", 0);
  const std::string red = add("x-9", 12);
  const auto mirrored = [&](const std::string& id) {
    return account.good("getInventoryProductsStock",
                        {{"inventory_id", 307}})["products"][id]["stock"]["shop_2445"];
  };
  CHECK(mirrored(tea) == 4);
  CHECK(mirrored(red) == 2);
  ask_shop(account, "updateExternalStorageProductsQuantity",
           {{"products", {{"77", "0", 40}, {"x-9", "12", 20}}}});
  CHECK(mirrored(tea) == 40);
  CHECK(mirrored(red) == 20);
}

TEST_CASE("A storage that is not there or cannot be written is refused", "[base][external]") {
  Account account;
  account.door.plant("external_storages",
                     {{"id", 5}, {"type", "warehouse"}, {"name", "Hurtownia"}, {"write", false}});
  CHECK(account.refused("getExternalStorageProductsPrices", {{"storage_id", "shop_5"}}) ==
        "ERROR_STORAGE_ID");
  CHECK(account.refused("getExternalStorageProductsPrices", {{"storage_id", "warehouse_5"}}) == "");
  CHECK(account.refused("updateExternalStorageProductsQuantity",
                        {{"storage_id", "warehouse_5"}, {"products", Json::array()}}) != "");
  plant_shop(account);
  Json rows = Json::array();
  for (int row = 0; row < 1001; ++row) rows.push_back({"77", "0", 50});
  CHECK(account.refused("updateExternalStorageProductsQuantity",
                        {{"storage_id", "shop_2445"}, {"products", rows}}) != "");
  CHECK(found_in_shop(account, {{"filter_quantity_to", 4}}).size() == 2);  // Nothing was written.
  const Json prices = ask_shop(account, "getExternalStorageProductsPrices")["products"];
  CHECK(prices[2]["variants"][1]["price"] == 17.0);
}
