#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;

namespace {

// Eight bytes that begin as a PNG does.
const std::string kPngImage = "data:iVBORw0KGgo=";

Json add_product(Account& account, Json product) {
  product["inventory_id"] = 307;
  return account.good("addInventoryProduct", product);
}

Json read_product(Account& account, const Json& id, Json asked = Json::object()) {
  asked["inventory_id"] = 307;
  asked["products"] = Json::array({id});
  return account.good("getInventoryProductsData", asked)["products"][id.dump()];
}

Json product_rule(const char* event) {
  return {{"name", event},
          {"event", event},
          {"actions", {{{"url", std::string("https://erp.test/") + event + "?id=[produkt_id]"}}}}};
}

}  // namespace

TEST_CASE("A product is made and read back", "[base][products]") {
  Account account;
  const Json made =
      add_product(account, {{"sku", "HER-01"},
                            {"ean", "5901234123457"},
                            {"tax_rate", 23},
                            {"weight", "0.25"},
                            {"category_id", 11},
                            {"star", 3},
                            {"prices", {{"105", 20.99}, {"106", "4.5"}}},
                            {"stock", {{"bl_206", 7}}},
                            {"locations", {{"bl_206", "A-1;B-2"}}},
                            {"text_fields", {{"name", "Sencha"}, {"name|en", "Sencha tea"}}},
                            {"links", {{"shop_2445", {{"product_id", "77"}, {"variant_id", 5}}}}}});
  CHECK(made["warnings"].empty());
  const Json product = read_product(account, made["product_id"]);
  CHECK(product["sku"] == "HER-01");
  CHECK(product["prices"] == Json{{"105", 20.99}, {"106", 4.5}});
  CHECK(product["stock"] == Json{{"bl_206", 7}, {"bl_207", 0}, {"shop_2445", 0}});
  CHECK(product["locations"] == Json{{"bl_206", "A-1;B-2"}});
  CHECK(product["text_fields"] == Json{{"name", "Sencha"}, {"name|en", "Sencha tea"}});
  CHECK(product["links"]["shop_2445"] == Json{{"product_id", "77"}, {"variant_id", "5"}});
  CHECK(product["tax_rate"] == 23);
  CHECK(product["weight"] == 0.25);
}

TEST_CASE("An edit leaves alone what it leaves out", "[base][products]") {
  Account account;
  const Json id = add_product(
      account, {{"sku", "HER-01"},
                {"tags", {"nowe"}},
                {"prices", {{"105", 20.99}, {"106", 4.5}}},
                {"images", {{"0", kPngImage}, {"15", "url:https://example.test/b.jpg"}}},
                {"text_fields", {{"name", "Sencha"}, {"description", "Liść"}}}})["product_id"];
  add_product(account, {{"product_id", id},
                        {"prices", {{"106", 5}}},
                        {"images", {{"0", ""}}},
                        {"text_fields", {{"description", ""}}}});
  const Json product = read_product(account, id);
  CHECK(product["sku"] == "HER-01");
  CHECK(product["tags"] == Json::array({"nowe"}));
  CHECK(product["prices"] == Json{{"105", 20.99}, {"106", 5.0}});
  CHECK(product["images"] == Json{{"16", "https://example.test/b.jpg"}});  // Written at 15.
  CHECK(product["text_fields"] == Json{{"name", "Sencha"}});
  add_product(account, {{"product_id", id}, {"tags", Json::array()}});
  CHECK(read_product(account, id)["tags"] == Json::array());
}

TEST_CASE("What cannot be taken of a product earns a warning and the rest is written",
          "[base][products]") {
  Account account;
  const Json made =
      add_product(account, {{"sku", std::string(51, 'x')},
                            {"category_id", 999},
                            {"manufacturer_id", 999},
                            {"prices", {{"105", -1}, {"999", 1}}},
                            {"stock", {{"shop_2445", 4}, {"bl_206", 4}, {"bl_207", "many"}}},
                            {"locations", {{"bl_999", "A"}}},
                            {"images",
                             {{"0", "data:iVBORw0KGgo"},
                              {"1",
                               "data:"
                               "VGVrc3Q="},
                              {"2", "https://example.test/a.jpg"},
                              {"3", "url:https://example.test/" + std::string(1000, 'a')},
                              {"16", kPngImage}}},
                            {"links", {{"shop_9", {{"product_id", "1"}, {"variant_id", 0}}}}},
                            {"suppliers", {{{"id", 5}, {"cost", 1}}}},
                            {"bundle_products", {{"1", 1}}}});
  for (const char* what :
       {"sku", "category_id", "manufacturer_id", "prices.105", "prices.999", "stock.shop_2445",
        "stock.bl_207", "locations.bl_999", "images.0", "images.1", "images.2", "images.3",
        "images.16", "links.shop_9", "suppliers", "bundle_products"}) {
    INFO(what);
    CHECK(made["warnings"].contains(what));
  }
  CHECK(made["warnings"].size() == 16);
  const Json product = read_product(account, made["product_id"]);
  CHECK(product["sku"] == std::string(50, 'x'));
  CHECK(product["stock"]["bl_206"] == 4);
  CHECK(product["images"].empty());
}

TEST_CASE("An empty value deletes a link, as it does a text", "[base][products]") {
  Account account;
  const Json linked = {{"links", {{"shop_2445", {{"product_id", "77"}}}}}};
  for (const Json& empty : Json({"", Json::object(), Json::array()})) {
    INFO(empty.dump());
    const Json id = add_product(account, linked)["product_id"];
    REQUIRE(read_product(account, id)["links"].size() == 1);
    const Json edit = {{"product_id", id}, {"sku", "A-1"}, {"links", {{"shop_2445", empty}}}};
    CHECK(add_product(account, edit)["warnings"].empty());
    CHECK(read_product(account, id)["links"].empty());
    CHECK(read_product(account, id)["sku"] == "A-1");
  }
  CHECK(account.refused("addInventoryProduct",
                        {{"inventory_id", 307}, {"links", {{"shop_2445", "77"}}}}) != "");
}

TEST_CASE("An image that a plus spoiled on its way is no base64", "[base][products]") {
  Account account;
  const Json made = add_product(account, {{"images", {{"0", "data:iVBORw0K go="}}}});
  CHECK(made["warnings"].contains("images.0"));
}

TEST_CASE("Tax rates are 0 to 100 and the three words for no tax", "[base][products]") {
  Account account;
  for (const char* rate : {"0", "23", "100", "5.5", "-1", "-0.02", "-0.03"}) {
    INFO(rate);
    const Json id = add_product(account, {{"tax_rate", rate}})["product_id"];
    CHECK(read_product(account, id)["tax_rate"].get<double>() == Approx(std::stod(rate)));
  }
  for (const char* rate : {"-2", "-0.01", "100.5"}) {
    INFO(rate);
    CHECK(account.refused("addInventoryProduct", {{"inventory_id", 307}, {"tax_rate", rate}}) !=
          "");
  }
}

TEST_CASE("Catalogues are kept apart", "[base][products]") {
  Account account;
  const Json id = add_product(account, Json::object())["product_id"];
  account.door.plant("inventories", {{"inventory_id", 400},
                                     {"languages", {"pl"}},
                                     {"default_language", "pl"},
                                     {"price_groups", {105}},
                                     {"default_price_group", 105},
                                     {"warehouses", {"bl_206"}},
                                     {"default_warehouse", "bl_206"}});
  CHECK(account.refused("addInventoryProduct", {{"inventory_id", 400}, {"product_id", id}}) ==
        "ERROR_STORAGE_ID");
  CHECK(account.refused("addInventoryProduct", {{"inventory_id", 1}}) == "ERROR_STORAGE_ID");
  CHECK(
      account
          .good("getInventoryProductsData", {{"inventory_id", 400}, {"products", {id}}})["products"]
          .empty());
}

TEST_CASE("Variants stand under their main product and on their own", "[base][products]") {
  Account account;
  const Json main = add_product(account, {{"text_fields", {{"name", "Kubek"}}}})["product_id"];
  const Json red =
      add_product(account, {{"parent_id", main},
                            {"sku", "KUB-R"},
                            {"stock", {{"bl_207", 3}}},
                            {"text_fields", {{"name", "Kubek czerwony"}}}})["product_id"];
  const Json product = read_product(account, main);
  REQUIRE(product["variants"].size() == 1);
  CHECK(product["variants"][red.dump()]["sku"] == "KUB-R");
  CHECK(product["variants"][red.dump()]["name"] == "Kubek czerwony");
  CHECK(product["variants"][red.dump()]["stock"]["bl_207"] == 3);
  CHECK(product["stock"]["bl_207"] == 0);
  CHECK(read_product(account, red)["parent_id"] == main);

  const auto refused = [&](Json given) {
    given["inventory_id"] = 307;
    return account.refused("addInventoryProduct", given) != "";
  };
  CHECK(refused({{"parent_id", red}}));  // Two levels only.
  CHECK(refused({{"parent_id", 999}}));
  CHECK(refused({{"product_id", main}, {"parent_id", main}}));
  const Json other = add_product(account, Json::object())["product_id"];
  CHECK(refused({{"product_id", main}, {"parent_id", other}}));

  account.good("deleteInventoryProduct", {{"product_id", main}});
  CHECK(account.refused("deleteInventoryProduct", {{"product_id", red}}) != "");
}

TEST_CASE("Further EANs, suppliers and units are answered when they are asked for",
          "[base][products]") {
  Account account;
  account.door.plant("suppliers", {{"supplier_id", 4}, {"name", "Hurt"}});
  const Json id = add_product(
      account,
      {{"ean_additional", {{{"ean", "590"}, {"quantity", 6}}}},
       {"suppliers", {{{"id", 4}, {"product_code", "H-1"}, {"cost", "3.20"}}}}})["product_id"];
  const Json plain = read_product(account, id);
  CHECK_FALSE(plain.contains("ean_additional"));
  CHECK_FALSE(plain.contains("suppliers"));
  CHECK_FALSE(plain.contains("stock_erp_units"));
  const Json asked = read_product(account, id,
                                  {{"include_additional_eans", true},
                                   {"include_suppliers", true},
                                   {"include_erp_units", true},
                                   {"include_wms_units", true}});
  CHECK(asked["ean_additional"] == Json::array({{{"ean", "590"}, {"quantity", 6}}}));
  CHECK(asked["suppliers"][0]["cost"] == 3.2);
  CHECK(asked["stock_erp_units"].empty());
}

TEST_CASE("Product rules call their addresses, the delete rule when the product is gone",
          "[base][products]") {
  Account account;
  for (const char* event : {"product_created", "product_edited", "product_deleted"}) {
    account.door.plant("rules", product_rule(event));
  }
  const Json id = add_product(account, Json::object())["product_id"];
  add_product(account, {{"product_id", id}, {"sku", "A"}});
  account.good("updateInventoryProductsStock",
               {{"inventory_id", 307}, {"products", {{id.dump(), {{"bl_206", 1}}}}}});
  account.good("deleteInventoryProduct", {{"product_id", id}});
  REQUIRE(account.webhooks.size() == 3);
  CHECK(account.webhooks[0].url == "https://erp.test/product_created?id=" + id.dump());
  CHECK(account.webhooks[1].url == "https://erp.test/product_edited?id=" + id.dump());
  CHECK(account.webhooks[2].url == "https://erp.test/product_deleted?id=" + id.dump());

  account.door.set({{"throttle", false}, {"bulk_writes_are_edits", true}});
  const Json other = add_product(account, Json::object())["product_id"];
  account.good("updateInventoryProductsStock",
               {{"inventory_id", 307}, {"products", {{other.dump(), {{"bl_206", 1}}}}}});
  CHECK(account.webhooks.back().event == "product_edited");
}

TEST_CASE("A product's own event runs the rules of its trigger", "[base][products]") {
  Account account;
  Json own = product_rule("product_trigger");
  own["trigger_id"] = 9;
  account.door.plant("rules", own);
  const Json id = add_product(account, Json::object())["product_id"];
  account.good("runProductMacroTrigger", {{"product_id", id}, {"trigger_id", "9"}});
  CHECK(account.webhooks.size() == 1);
  CHECK(account.refused("runProductMacroTrigger", {{"product_id", id}, {"trigger_id", 8}}) != "");
  CHECK(account.refused("runProductMacroTrigger", {{"product_id", 999}, {"trigger_id", 9}}) != "");
}

TEST_CASE("average_cost does not count while storage documents are on", "[base][products]") {
  Account account;
  const Json id = add_product(account, {{"average_cost", 7.5}})["product_id"];
  account.door.set({{"throttle", false}, {"storage_documents", true}});
  CHECK(add_product(account, {{"product_id", id}, {"average_cost", 9}})["warnings"].contains(
      "average_cost"));
  CHECK(read_product(account, id)["average_cost"] == 7.5);
}

TEST_CASE("Any sequence of text edits leaves the texts that were set last", "[base][products]") {
  rc::prop("keys sent are set, keys left out stay, an empty text deletes", [] {
    Account account;
    const Json id = add_product(account, Json::object())["product_id"];
    std::map<std::string, std::string> model;
    using TextEdit = std::vector<std::pair<std::size_t, std::size_t>>;  // Keys and values.
    const auto edits = *rc::gen::container<std::vector<TextEdit>>(rc::gen::container<TextEdit>(
        rc::gen::pair(rc::gen::inRange<std::size_t>(0, 5), rc::gen::inRange<std::size_t>(0, 3))));
    const char* const keys[] = {"description", "description|en", "description_extra1",
                                "description_extra2|en", "description_extra3"};
    const char* const values[] = {"", "Liść zielony", "<b>Nowość</b> \"50 g\""};
    for (const auto& edit : edits) {
      Json texts = Json::object();
      for (const auto& [key, value] : edit) {
        texts[keys[key]] = values[value];
        model[keys[key]] = values[value];
      }
      add_product(account, {{"product_id", id}, {"text_fields", texts}});
    }
    std::map<std::string, std::string> expected{{"name", ""}};
    for (const auto& [key, value] : model) {
      if (!value.empty()) expected[key] = value;
    }
    const Json texts = read_product(account, id)["text_fields"];
    RC_ASSERT((texts.get<std::map<std::string, std::string>>() == expected));
  });
}

TEST_CASE("A snapshot keeps products, logs and tags", "[base][products]") {
  Account account;
  const Json id =
      add_product(account, {{"tags", {"nowe"}}, {"stock", {{"bl_206", 2}}}})["product_id"];
  add_product(account, {{"product_id", id}, {"text_fields", {{"features", {{"Masa", "50 g"}}}}}});
  auto again = atrapa::mocks::base::make_base();
  again->restore(account.platform->snapshot());
  CHECK(again->snapshot().dump() == account.platform->snapshot().dump());
  Account restored(std::move(again), account.clock.now());
  CHECK(read_product(restored, id) == read_product(account, id));
  CHECK(restored.good("getInventoryProductLogs", {{"product_id", id}}) ==
        account.good("getInventoryProductLogs", {{"product_id", id}}));
}
