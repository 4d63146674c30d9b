#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;

namespace {

Json sklep_fields() {
  return {{"inventory_id", 307},        {"name", "Sklep"},
          {"languages", {"pl", "en"}},  {"default_language", "pl"},
          {"price_groups", {105, 106}}, {"default_price_group", 105},
          {"warehouses", {"bl_206"}},   {"default_warehouse", "bl_206"},
          {"reservations", true}};
}

Json listed_category(Account& account, std::int64_t id) {
  const Json answer = account.good("getInventoryCategories", {{"inventory_id", 307}});
  for (const Json& one : answer["categories"]) {
    if (one["category_id"] == id) return one;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("A catalogue is made, edited and removed with what is in it", "[base][catalogue]") {
  Account account;
  Json hurt = sklep_fields();
  hurt.erase("inventory_id");
  hurt["name"] = "Hurt";
  const Json id = account.good("addInventory", hurt)["inventory_id"];
  const Json product = account.good("addInventoryProduct", {{"inventory_id", id}})["product_id"];
  const Json shelf =
      account.good("addInventoryCategory",
                   {{"inventory_id", id}, {"name", "Kawa"}, {"parent_id", 0}})["category_id"];
  hurt["inventory_id"] = id;
  hurt["description"] = "Dla firm";
  account.good("addInventory", hurt);
  const Json listed = account.good("getInventories")["inventories"];
  REQUIRE(listed.size() == 2);
  CHECK(listed[1]["description"] == "Dla firm");
  CHECK(listed[1]["is_default"] == false);

  account.good("deleteInventory", {{"inventory_id", id}});
  CHECK(account.good("getInventories")["inventories"].size() == 1);
  CHECK(account.refused("deleteInventoryProduct", {{"product_id", product}}) != "");
  CHECK(account.refused("deleteInventoryCategory", {{"category_id", shelf}}) != "");
  CHECK(account.refused("deleteInventory", {{"inventory_id", id}}) == "ERROR_STORAGE_ID");
}

TEST_CASE("A catalogue's defaults must be among its lists", "[base][catalogue]") {
  Account account;
  const Json wrongs = {{"default_language", "de"},
                       {"default_price_group", 107},
                       {"default_warehouse", "bl_9"},
                       {"price_groups", {105, 999}},
                       {"warehouses", {"bl_206", "bl_999"}}};
  for (const auto& [name, value] : wrongs.items()) {
    INFO(name);
    Json wrong = sklep_fields();
    wrong[name] = value;
    CHECK(account.refused("addInventory", wrong) != "");
  }
  CHECK(account.refused("addInventory", sklep_fields()) == "");
}

TEST_CASE("A price group that depends on itself is refused, one in use stays",
          "[base][catalogue]") {
  Account account;
  const Json group = {{"name", "Hurt"},
                      {"currency", "PLN"},
                      {"price_group_type", "dependent_on_price_group"},
                      {"source_price_group_id", 105},
                      {"price_multiplier", 0.8}};
  const Json id = account.good("addInventoryPriceGroup", group)["price_group_id"];
  Json source = {{"price_group_id", 105},
                 {"name", "Detal"},
                 {"currency", "PLN"},
                 {"price_group_type", "dependent_on_price_group"},
                 {"source_price_group_id", id}};
  CHECK(account.refused("addInventoryPriceGroup", source) != "");
  source["source_price_group_id"] = 105;
  CHECK(account.refused("addInventoryPriceGroup", source) != "");
  CHECK(account.refused("deleteInventoryPriceGroup", {{"price_group_id", 105}}) != "");

  account.good("deleteInventoryPriceGroup", {{"price_group_id", 106}});
  CHECK(account.good("getInventories")["inventories"][0]["price_groups"] == Json::array({105}));
  CHECK(account.good("getInventoryPriceGroups")["price_groups"].size() == 2);
}

TEST_CASE("Warehouses that mirror a shop are listed, not made, edited or removed",
          "[base][catalogue]") {
  Account account;
  account.door.plant("external_storages",
                     {{"id", 88}, {"type", "warehouse"}, {"name", "Hurtownia"}});
  const Json all = account.good("getInventoryWarehouses")["warehouses"];
  REQUIRE(all.size() == 4);
  CHECK(all[3]["warehouse_type"] == "warehouse");  // Came into being with the storage.
  const Json mirror = {{"warehouse_id", 2445}, {"name", "Mój"}, {"stock_edition", true}};
  CHECK(account.refused("addInventoryWarehouse", mirror) != "");
  CHECK(account.refused("deleteInventoryWarehouse", {{"warehouse_id", 2445}}) != "");
  CHECK(account.refused("deleteInventoryWarehouse", {{"warehouse_id", 206}}) != "");

  account.good("deleteInventoryWarehouse", {{"warehouse_id", 207}});
  CHECK(account.good("getInventories")["inventories"][0]["warehouses"] ==
        Json::array({"bl_206", "shop_2445"}));
}

TEST_CASE("Deleting a category deletes its products and moves its subcategories to the root",
          "[base][catalogue]") {
  Account account;
  const auto add = [&](const char* name, const Json& parent) {
    return account.good(
        "addInventoryCategory",
        {{"inventory_id", 307}, {"name", name}, {"parent_id", parent}})["category_id"];
  };
  const Json green = add("Zielona", 11);
  const Json sencha = add("Sencha", green);
  const auto product_in = [&](const Json& where) {
    return account.good("addInventoryProduct",
                        {{"inventory_id", 307}, {"category_id", where}})["product_id"];
  };
  const Json goes = product_in(11);
  const Json stays = product_in(green);

  account.good("deleteInventoryCategory", {{"category_id", 11}});
  CHECK(listed_category(account, green)["parent_id"] == 0);
  CHECK(listed_category(account, sencha)["parent_id"] == green);
  CHECK(account.state().catalogue.products.find(goes.get<std::int64_t>()) == nullptr);
  CHECK(account.state().catalogue.products.find(stays.get<std::int64_t>()) != nullptr);
}

TEST_CASE("A category cannot lie in itself or in another catalogue's", "[base][catalogue]") {
  Account account;
  const Json inner =
      account.good("addInventoryCategory",
                   {{"inventory_id", 307}, {"name", "Zielona"}, {"parent_id", 11}})["category_id"];
  CHECK(account.refused("addInventoryCategory",
                        {{"category_id", 11}, {"name", "Herbata"}, {"parent_id", inner}}) != "");
  CHECK(account.refused("addInventoryCategory", {{"name", "Wspólna"}, {"parent_id", 11}}) != "");
  CHECK(account.refused("addInventoryCategory",
                        {{"inventory_id", 999}, {"name", "Kawa"}, {"parent_id", 0}}) ==
        "ERROR_STORAGE_ID");
  const Json common =
      account.good("addInventoryCategory", {{"name", "Wspólna"}, {"parent_id", 0}})["category_id"];
  CHECK(listed_category(account, common.get<std::int64_t>())["name"] == "Wspólna");
  account.door.set({{"category_list", "own"}});
  CHECK(listed_category(account, common.get<std::int64_t>()) == nullptr);
  CHECK(account.good("getInventoryCategories")["categories"].size() == 1);
}

TEST_CASE("Tags and manufacturers are taken off the products when they go", "[base][catalogue]") {
  Account account;
  const Json maker = account.good("addInventoryManufacturer",
                                  {{"manufacturer_name", "Wytwórnia"},
                                   {"manufacturer_photo", "url:https://example.test/a.png"}});
  const Json id =
      account.good("addInventoryProduct", {{"inventory_id", 307},
                                           {"manufacturer_id", maker["manufacturer_id"]},
                                           {"tags", {"nowe", "promocja"}}})["product_id"];
  CHECK(account.good("getInventoryTags")["tags"].size() == 2);  // Made by the product.
  const auto read = [&] {
    return account.good("getInventoryProductsData",
                        {{"inventory_id", 307}, {"products", {id}}})["products"][id.dump()];
  };
  const std::int64_t tag = account.state().catalogue.product_tags.look_up(0, "nowe").front()->id;
  account.good("addInventoryTag", {{"tag_id", tag}, {"name", "nowości"}});
  CHECK(read()["tags"] == Json::array({"nowości", "promocja"}));
  account.good("deleteInventoryTag", {{"tag_id", tag}});
  CHECK(read()["tags"] == Json::array({"promocja"}));
  CHECK(account.refused("addInventoryTag", {{"name", "promocja"}}) != "");

  CHECK(account.good("getInventoryManufacturers")["manufacturers"][0]["manufacturer_photo"] ==
        "https://example.test/a.png");
  account.good("deleteInventoryManufacturer", {{"manufacturer_id", maker["manufacturer_id"]}});
  CHECK(read()["manufacturer_id"] == 0);
}

TEST_CASE("Manufacturers come all at once, or 1000 a page", "[base][catalogue]") {
  Account account;
  for (int one = 0; one < 1001; ++one) {
    account.door.plant("manufacturers", {{"manufacturer_name", std::to_string(one)}});
  }
  const auto rows = [&](const Json& parameters) {
    return account.good("getInventoryManufacturers", parameters)["manufacturers"].size();
  };
  CHECK(rows(Json::object()) == 1001);
  CHECK(rows({{"page", 1}}) == 1000);
  CHECK(rows({{"page", 2}}) == 1);
  CHECK(rows({{"page", 3}}) == 0);
}

TEST_CASE("A map that the sample puts into a list is an empty list where it is empty",
          "[base][catalogue]") {
  Account account;
  account.door.plant("inventories", {{"inventory_id", 307}, {"name", "Katalog"}});
  for (const bool php_arrays : {false, true}) {
    account.door.set({{"shape", "sample"}, {"php_arrays", php_arrays}});
    CHECK(account.good("getInventoryIntegrations", {{"inventory_id", 307}})["integrations"] ==
          Json::array());
  }
}

TEST_CASE("Every text field key that a catalogue names is taken, others earn a warning",
          "[base][catalogue]") {
  Account account;
  account.door.plant(
      "product_integrations",
      {{"code", "ebay"}, {"langs", {"en", "de"}}, {"accounts", {{"301", "Sklep na eBay"}}}});
  account.door.plant("product_extra_fields", {{"name", "Skład"}, {"kind", 1}});
  account.door.plant("product_extra_fields", {{"name", "Kraj"}, {"kind", 0}});
  const Json keys = account.good("getInventoryAvailableTextFieldKeys",
                                 {{"inventory_id", 307}})["text_field_keys"];
  CHECK(keys.contains("description_extra4|de|ebay_301"));
  CHECK(keys.contains("extra_field_1|en|ebay_0"));
  CHECK_FALSE(keys.contains("extra_field_2|en"));  // A short one.
  CHECK_FALSE(keys.contains("name|de"));           // A language of the integration alone.

  Json texts = Json::object();
  for (const auto& [key, label] : keys.items()) {
    texts[key] = key.starts_with("features") ? Json{{"Masa", key}} : Json(key);
  }
  const Json made =
      account.good("addInventoryProduct", {{"inventory_id", 307}, {"text_fields", texts}});
  CHECK(made["warnings"].empty());
  const Json id = made["product_id"];
  const Json read =
      account.good("getInventoryProductsData", {{"inventory_id", 307}, {"products", {id}}});
  using Texts = std::map<std::string, Json>;  // In any order.
  CHECK(read["products"][id.dump()]["text_fields"].get<Texts>() == texts.get<Texts>());
  const Json wrong = account.good(
      "addInventoryProduct",
      {{"inventory_id", 307},
       {"product_id", id},
       {"text_fields", {{"name|de", "x"}, {"title", "x"}, {"name|en|ebay_302", "x"}}}});
  CHECK(wrong["warnings"].size() == 3);

  const Json integrations =
      account.good("getInventoryIntegrations", {{"inventory_id", 307}})["integrations"];
  CHECK(integrations[0]["ebay"]["accounts"]["301"] == "Sklep na eBay");
  CHECK(account.good("getInventoryExtraFields")["extra_fields"].size() == 2);
}

TEST_CASE("Printout templates are those of the account", "[base][catalogue]") {
  Account account;
  account.door.plant("product_printouts", {{"name", "Etykieta"}, {"file_format", "HTML"}});
  const Json printouts = account.good("getInventoryPrintoutTemplates")["printouts"];
  REQUIRE(printouts.size() == 1);
  CHECK(printouts[0]["file_format"] == "HTML");
}
