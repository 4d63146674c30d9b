#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;

namespace {

/// In the order in which they were answered.
std::vector<std::string> product_ids(const Json& products) {
  std::vector<std::string> found;
  for (const auto& [id, row] : products.items()) found.push_back(id);
  return found;
}

Json listed_products(Account& account, Json asked) {
  asked["inventory_id"] = 307;
  return account.good("getInventoryProductsList", asked)["products"];
}

/// Four products of known fields, the last a variant.
void plant_four(Account& account) {
  account.door.plant("products", {{"product_id", 1},
                                  {"inventory_id", 307},
                                  {"sku", "A-1"},
                                  {"ean", "111"},
                                  {"category_id", 11},
                                  {"prices", {{"105", "10"}, {"106", "90"}}},
                                  {"stock", {{"bl_206", 1}, {"bl_207", 5}}},
                                  {"locations", {{"bl_206", "A-1; B-2"}}},
                                  {"text_fields", {{"name", "Herbata zielona"}}}});
  account.door.plant("products", {{"product_id", 2},
                                  {"inventory_id", 307},
                                  {"sku", "A-10"},
                                  {"ean", "222"},
                                  {"asin", "B00X"},
                                  {"ean_additional", {{{"ean", "111"}, {"quantity", 6}}}},
                                  {"prices", {{"105", "20"}}},
                                  {"stock", {{"bl_206", 3}}},
                                  {"locations", {{"bl_207", "B-22"}}},
                                  {"text_fields", {{"name", "Kawa"}}}});
  account.door.plant("products", {{"product_id", 3},
                                  {"inventory_id", 307},
                                  {"prices", {{"105", "30"}}},
                                  {"text_fields", {{"name", "Kubek na HERBATĘ"}}}});
  account.door.plant("products", {{"product_id", 4},
                                  {"inventory_id", 307},
                                  {"parent_id", 3},
                                  {"sku", "A-1"},
                                  {"text_fields", {{"name", "Kubek czerwony"}}}});
}

}  // namespace

TEST_CASE("Every filter of the product list finds its products", "[base][lists]") {
  Account account;
  plant_four(account);
  using Ids = std::vector<std::string>;
  const auto found = [&](const Json& asked) {
    return product_ids(listed_products(account, asked));
  };
  CHECK(found(Json::object()) == Ids{"1", "2", "3"});
  CHECK(found({{"include_variants", true}}) == Ids{"1", "2", "3", "4"});
  CHECK(found({{"filter_id", 2}}) == Ids{"2"});
  CHECK(found({{"filter_id", 4}}).empty());
  CHECK(found({{"filter_category_id", 11}}) == Ids{"1"});
  CHECK(found({{"filter_category_id", 0}}) == Ids{"2", "3"});
  CHECK(found({{"filter_ean", "111"}}) == Ids{"1", "2"});  // Of the second an additional one.
  CHECK(found({{"filter_sku", "A-1"}}) == Ids{"1"});
  CHECK(found({{"filter_sku", "A-1"}, {"include_variants", true}}) == Ids{"1", "4"});
  CHECK(found({{"filter_name", "herbat"}}) == Ids{"1", "3"});
  CHECK(found({{"filter_price_from", 20}}) == Ids{"2", "3"});
  CHECK(found({{"filter_price_to", "20"}}) == Ids{"1", "2"});
  CHECK(found({{"filter_stock_from", 4}}) == Ids{"1"});
  CHECK(found({{"filter_stock_to", 3}}) == Ids{"2", "3"});
  CHECK(found({{"filter_locations", "B-2"}}) == Ids{"1"});
  CHECK(found({{"filter_ean", "111"}, {"filter_price_from", 15}}) == Ids{"2"});
  account.door.set({{"throttle", false}, {"filter_stock", "default_warehouse"}});
  CHECK(found({{"filter_stock_from", 2}}) == Ids{"2"});
  CHECK(account.refused("getInventoryProductsList", {{"inventory_id", 9}}) == "ERROR_STORAGE_ID");
}

TEST_CASE("The stock list has the same filters, and the ASIN", "[base][lists]") {
  Account account;
  plant_four(account);
  const auto found = [&](Json asked) {
    asked["inventory_id"] = 307;
    return product_ids(account.good("getInventoryProductsStock", asked)["products"]);
  };
  CHECK(found({{"filter_asin", "B00X"}}) == std::vector<std::string>{"2"});
  CHECK(found({{"filter_name", "Kubek"}}) == std::vector<std::string>{"3"});
  CHECK(found({{"filter_id", 1}}) == std::vector<std::string>{"1"});
  const Json three =
      account.good("getInventoryProductsStock", {{"inventory_id", 307}})["products"]["3"];
  CHECK(three["variants"]["4"] == Json{{"bl_206", 0}, {"bl_207", 0}, {"shop_2445", 0}});
}

TEST_CASE("Products are sorted by a column, unknown ones are refused", "[base][lists]") {
  Account account;
  plant_four(account);
  using Ids = std::vector<std::string>;
  const auto sorted = [&](const char* by) {
    return product_ids(listed_products(account, {{"filter_sort", by}}));
  };
  CHECK(sorted("id DESC") == Ids{"3", "2", "1"});
  CHECK(sorted("sku ASC") == Ids{"3", "1", "2"});
  CHECK(sorted("name DESC") == Ids{"3", "2", "1"});
  CHECK(sorted("prices DESC") == Ids{"3", "2", "1"});
  CHECK(sorted("stock ASC") == Ids{"3", "2", "1"});
  CHECK(sorted("stock DESC") == Ids{"1", "2", "3"});
  for (const char* wrong : {"color ASC", "id UP", "id  ASC", "DESC"}) {
    INFO(wrong);
    CHECK(account.refused("getInventoryProductsList",
                          {{"inventory_id", 307}, {"filter_sort", wrong}}) != "");
  }
}

TEST_CASE("Walking the pages visits each product once", "[base][lists]") {
  Account account;
  constexpr std::size_t kProducts = 2003;
  for (std::size_t one = 0; one < kProducts; ++one) {
    account.door.plant("products",
                       {{"inventory_id", 307}, {"sku", fmt::format("S-{}", one * 7919 % 1009)}});
  }
  for (const char* method :
       {"getInventoryProductsList", "getInventoryProductsStock", "getInventoryProductsPrices"}) {
    INFO(method);
    std::set<std::string> seen;
    std::vector<std::size_t> sizes;
    for (int page = 1; sizes.empty() || sizes.back() == 1000; ++page) {
      const Json asked = {{"inventory_id", 307}, {"page", page}};
      const auto rows = product_ids(account.good(method, asked)["products"]);
      sizes.push_back(rows.size());
      for (const std::string& id : rows) CHECK(seen.insert(id).second);
    }
    CHECK(sizes == std::vector<std::size_t>{1000, 1000, 3});
    CHECK(seen.size() == kProducts);
  }
  std::set<std::string> seen;
  for (int page = 1; page <= 3; ++page) {
    for (const std::string& id :
         product_ids(listed_products(account, {{"filter_sort", "sku DESC"}, {"page", page}}))) {
      CHECK(seen.insert(id).second);
    }
  }
  CHECK(seen.size() == kProducts);
}

TEST_CASE("A range of stock and what lies outside it are all products", "[base][lists]") {
  rc::prop("three ranges part the catalogue", [] {
    Account account;
    const auto levels = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 20));
    for (const int level : levels) {
      account.door.plant("products", {{"inventory_id", 307}, {"stock", {{"bl_207", level}}}});
    }
    const int from = *rc::gen::inRange(0, 20);
    const int to = from + *rc::gen::inRange(0, 10);
    const Json inside =
        listed_products(account, {{"filter_stock_from", from}, {"filter_stock_to", to}});
    const Json below = listed_products(account, {{"filter_stock_to", from - 1}});
    const Json above = listed_products(account, {{"filter_stock_from", to + 1}});
    RC_ASSERT(inside.size() + below.size() + above.size() == levels.size());
    for (const Json& one : inside) {
      const int level = one["stock"]["bl_207"];
      RC_ASSERT(level >= from);
      RC_ASSERT(level <= to);
    }
    for (const Json& one : below) RC_ASSERT(one["stock"]["bl_207"] < from);
    for (const Json& one : above) RC_ASSERT(one["stock"]["bl_207"] > to);
  });
}
