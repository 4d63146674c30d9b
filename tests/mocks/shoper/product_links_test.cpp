#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>

#include "shop.hpp"

// What products name and what happens when that goes: dictionaries, safety information, related
// products, collections.

using namespace atrapa::tests;

namespace {

using Fields = std::vector<std::string>;

struct Stall : Shop {
  Response write(const Json& body) { return put(row_path("products", product), body); }
  Json shown() { return read(row_path("products", product)); }
  std::int64_t product = create("products", least_product("A"));
};

}  // namespace

TEST_CASE("Shoper: a product names only rows that there are", "[shoper][links]") {
  Stall shop;
  for (const char* field : {"producer_id", "currency_id", "gauge_id"}) {
    CHECK(bad_fields(shop.write({{field, 987}})) == Fields{field});
    CHECK(shop.write({{field, 0}}).status == 200);
  }
  for (const char* field : {"tags", "collections", "related"}) {
    CHECK(bad_fields(shop.write({{field, Json::array({987})}})) == Fields{field});
    CHECK(shop.write({{field, Json::array()}}).status == 200);
  }
  CHECK(bad_fields(shop.write({{"stock", {{"availability_id", 987}, {"delivery_id", 987}}}})) ==
        Fields{"stock.availability_id", "stock.delivery_id"});
  CHECK(bad_fields(shop.put(row_path("product-stocks", shop.stock_of(shop.product)),
                            {{"availability_id", 987}, {"delivery_id", 987}})) ==
        Fields{"availability_id", "delivery_id"});
  CHECK(bad_fields(shop.write({{"related", Json::array({shop.product})}})) == Fields{"related"});
  CHECK(bad_fields(shop.post("/webapi/rest/products", [] {
          Json body = least_product("B");
          body["producer_id"] = 987;
          return body;
        }())) == Fields{"producer_id"});
}

TEST_CASE("Shoper: related products are numbers, and a deleted one is related to none",
          "[shoper][links]") {
  Stall shop;
  const auto b = shop.create("products", least_product("B"));
  const auto c = shop.create("products", least_product("C"));
  CHECK(shop.write({{"related", Json::array({std::to_string(b), c})}}).status == 200);
  CHECK(shop.shown()["related"] == Json::array({b, c}));
  CHECK(shop.read(row_path("products", b))["related"] == Json::array());
  shop.remove(row_path("products", b));
  CHECK(shop.shown()["related"] == Json::array({c}));
}

TEST_CASE("Shoper: safety information is merged, and nothing empties it by accident",
          "[shoper][links][safety]") {
  Stall shop;
  const auto producer = shop.create("product-safety-producers", {{"name", "Wytwórnia"}});
  const auto importer = shop.create("product-safety-importers", {{"name", "Importer"}});
  const auto paper = shop.create("product-safety-certificates", {{"name", "CE"}});
  const Json none = {{"gpsr_producer_id", nullptr},
                     {"gpsr_importer_id", nullptr},
                     {"gpsr_responsible_id", nullptr},
                     {"gpsr_certificates", Json::array()}};
  CHECK(shop.shown()["safety_information"] == none);
  const auto safety = [&](const Json& sent) {
    const Response response = shop.write({{"safety_information", sent}});
    return response.status == 200 ? shop.shown()["safety_information"] : body_of(response);
  };

  CHECK(safety({{"gpsr_importer_id", importer},
                {"gpsr_certificates", Json::array({paper})}})["gpsr_importer_id"] == importer);
  Json expected = {{"gpsr_producer_id", producer},
                   {"gpsr_importer_id", importer},
                   {"gpsr_responsible_id", nullptr},
                   {"gpsr_certificates", Json::array({paper})}};
  CHECK(safety({{"gpsr_producer_id", std::to_string(producer)}}) == expected);
  CHECK(safety(Json::object()) == expected);
  CHECK(safety(Json::array()) == expected);
  CHECK(bad_fields(shop.write({{"safety_information", {{"gpsr_producer_id", 987}}}})) ==
        Fields{"safety_information.gpsr_producer_id"});
  CHECK(bad_fields(shop.write({{"safety_information", {{"gpsr_certificates", {987}}}}})) ==
        Fields{"safety_information.gpsr_certificates"});
  CHECK(bad_fields(shop.write({{"safety_information", {{"gpsr_certificates", paper}}}})) ==
        Fields{"safety_information.gpsr_certificates"});

  CHECK(shop.remove(row_path("product-safety-producers", producer)).body == "1");
  expected["gpsr_producer_id"] = nullptr;
  CHECK(shop.shown()["safety_information"] == expected);
  CHECK(shop.remove(row_path("product-safety-certificates", paper)).body == "1");
  CHECK(shop.shown()["safety_information"]["gpsr_certificates"] == Json::array());
}

TEST_CASE("Shoper: a new translation needs a name as a new product does", "[shoper][products]") {
  Stall shop;
  CHECK(bad_fields(shop.write({{"translations", {{"en_US", {{"description", "x"}}}}}})) ==
        Fields{"translations.en_US.name"});
  CHECK(shop.write({{"translations", {{"pl_PL", {{"description", "x"}}}}}}).status == 200);
  CHECK(shop.write({{"translations", {{"en_US", {{"name", "Boot"}}}}}}).status == 200);
  CHECK(shop.write({{"translations", {{"en_US", {{"description", "x"}}}}}}).status == 200);
  CHECK(shop.shown()["translations"]["en_US"]["name"] == "Boot");
  CHECK(bad_fields(
            shop.put("/webapi/rest/units/2", {{"translations", {{"en_US", Json::object()}}}})) ==
        Fields{"translations.en_US.name"});
}

TEST_CASE("Shoper: what is deleted is named by nobody, or stays while it is, by setting",
          "[shoper][links]") {
  for (const bool refuse : {false, true}) {
    Stall shop;
    const auto unit = shop.create(
        "units", {{"floating_point", 1}, {"translations", {{"pl_PL", {{"name", "l"}}}}}});
    const auto tag = shop.create("product-tags", {{"name", "nowość"}, {"lang_id", 1}});
    const auto maker = shop.create("producers", {{"name", "Wytwórnia"}});
    const auto shelf = shop.create("availabilities", {{"can_buy", 1}});
    const auto days = shop.create("deliveries", {{"hours", 30}});
    REQUIRE(shop.write({{"unit_id", unit},
                        {"tags", Json::array({tag})},
                        {"producer_id", maker},
                        {"stock", {{"availability_id", shelf}, {"delivery_id", days}}}})
                .status == 200);
    shop.door.set({{"delete_in_use", refuse ? "refuse" : "detach"}});
    CAPTURE(refuse);
    for (const auto& [resource, id] :
         {std::pair{"units", unit}, std::pair{"product-tags", tag}, std::pair{"producers", maker},
          std::pair{"availabilities", shelf}, std::pair{"categories", std::int64_t{2}}}) {
      CAPTURE(resource);
      const Response response = shop.remove(row_path(resource, id));
      CHECK(response.status == (refuse ? 400 : 200));
      CHECK(shop.get(row_path(resource, id)).status == (refuse ? 200 : 404));
    }
    const Json shown = shop.shown();
    CHECK(shown["unit_id"] == (refuse ? std::to_string(unit) : "0"));
    CHECK(shown["tags"] == (refuse ? Json::array({tag}) : Json::array()));
    CHECK(shown["producer_id"] == (refuse ? std::to_string(maker) : "0"));
    CHECK(shown["stock"]["availability_id"] == (refuse ? Json(std::to_string(shelf)) : Json()));
    CHECK(shown["category_id"] == (refuse ? Json("2") : Json()));
  }
}

TEST_CASE("Shoper: the shop's default unit, delivery and currency are not deleted",
          "[shoper][links]") {
  Shop shop;
  CHECK(body_of(shop.remove("/webapi/rest/units/1"))["error"] == "cannot_delete_internal_object");
  CHECK(shop.remove("/webapi/rest/units/2").status == 200);
  const auto first = shop.create("deliveries", {{"days", 2}});
  CHECK(first == 1);
  CHECK(shop.remove(row_path("deliveries", first)).status == 400);
}

TEST_CASE("Shoper: one currency is the default, at a rate of 1", "[shoper][currencies]") {
  Shop shop;
  const auto zloty = shop.create("currencies", {{"name", "PLN"}, {"active", 1}, {"default", 1}});
  const auto euro = shop.create("currencies", {{"name", "EUR"}, {"active", 1}, {"rate", "4.25"}});
  CHECK(shop.read(row_path("currencies", euro))["rate_date"] == "2026-03-02");
  CHECK(bad_fields(shop.post("/webapi/rest/currencies", {{"name", "EUR"}})) == Fields{"name"});
  CHECK(bad_fields(shop.post("/webapi/rest/currencies", {{"name", "euro"}, {"rate", 0}})) ==
        Fields{"name", "rate"});
  CHECK(bad_fields(shop.put(row_path("currencies", zloty), {{"default", 0}})) == Fields{"default"});
  CHECK(shop.remove(row_path("currencies", zloty)).status == 400);

  CHECK(shop.put(row_path("currencies", euro), {{"default", 1}}).body == "1");
  CHECK(shop.read(row_path("currencies", zloty))["default"] == "0");
  CHECK(shop.read(row_path("currencies", euro))["rate"] == "1.00");
  CHECK(shop.read("/webapi/rest/application-config")["default_currency_name"] == "EUR");
  CHECK(shop.remove(row_path("currencies", zloty)).status == 200);
}

TEST_CASE("Shoper: a stock shows the availability whose range its level reaches",
          "[shoper][availabilities]") {
  Stall shop;
  const auto stock = shop.stock_of(shop.product);
  const auto shown = [&] {
    return shop.read(row_path("product-stocks", stock))["calculated_availability_id"];
  };
  CHECK(bad_fields(shop.post("/webapi/rest/availabilities", {{"ranges", 1}})) == Fields{"from"});
  const auto none = shop.create("availabilities", {{"ranges", 1}, {"from", 0}});
  const auto many = shop.create("availabilities", {{"ranges", 1}, {"from", 10}});
  const auto own = shop.create("availabilities", {{"ranges", 0}, {"from", 3}});
  CHECK(shop.read(row_path("availabilities", own))["from"].is_null());
  CHECK(bad_fields(shop.put(row_path("availabilities", many), {{"from", "0"}})) == Fields{"from"});

  CHECK(shown() == std::to_string(none));
  shop.put(row_path("product-stocks", stock), {{"stock", 9}});
  CHECK(shown() == std::to_string(none));
  shop.put(row_path("product-stocks", stock), {{"stock", 10}});
  CHECK(shown() == std::to_string(many));
  CHECK(shop.shown()["stock"]["calculated_availability_id"] == std::to_string(many));
  shop.put(row_path("availabilities", many), {{"from", 11}});
  CHECK(shown() == std::to_string(none));
  shop.put(row_path("product-stocks", stock), {{"availability_id", own}});
  CHECK(shown() == std::to_string(own));
  shop.remove(row_path("availabilities", own));
  CHECK(shown() == std::to_string(none));
}

TEST_CASE("Shoper: hours of a delivery and its days say the same", "[shoper][deliveries]") {
  Shop shop;
  const auto id = shop.create("deliveries", {{"hours", 25}});
  CHECK(shop.read(row_path("deliveries", id))["days"] == "2");
  shop.put(row_path("deliveries", id), {{"hours", 24}});
  CHECK(shop.read(row_path("deliveries", id))["days"] == "1");
  shop.put(row_path("deliveries", id), {{"days", 3}});
  CHECK(shop.read(row_path("deliveries", id))["hours"] == "72");
  CHECK(bad_fields(shop.put(row_path("deliveries", id), {{"hours", -1}})) == Fields{"hours"});
}

TEST_CASE("Shoper: there is one product of the day", "[shoper][products]") {
  Stall shop;
  const auto other = shop.create("products", least_product("B"));
  CHECK(shop.write({{"is_product_of_day", true}}).status == 200);
  CHECK(shop.shown()["is_product_of_day"] == true);
  CHECK(shop.put(row_path("products", other), {{"is_product_of_day", true}}).status == 200);
  CHECK(shop.shown()["is_product_of_day"] == false);
}

TEST_CASE("Shoper: a collection lists its products, by place where it is sorted by hand",
          "[shoper][collections]") {
  Stall shop;
  const auto other = shop.create("products", least_product("B"));
  const auto by_hand = shop.create("collections", {{"sort_type", 0}});
  const auto by_name = shop.create("collections", {{"sort_type", 2}});
  for (const auto product : {shop.product, other}) {
    shop.put(row_path("products", product), {{"collections", {by_hand, by_name}}});
  }
  const auto path = [](std::int64_t collection) {
    return row_path("collections", collection) + "/products";
  };
  const auto member = [&](std::int64_t collection, std::int64_t product) {
    return fmt::format("{}/{}", path(collection), product);
  };
  CHECK(shop.put(member(by_hand, shop.product), {{"position", 2}}).body == "1");
  CHECK(shop.put(member(by_hand, other), {{"position", 1}}).body == "1");
  const Json listed = shop.read(path(by_hand));
  CHECK(listed["count"] == "2");
  CHECK(listed["list"] ==
        Json::array({{{"product_id", std::to_string(other)}, {"position", 1}},
                     {{"product_id", std::to_string(shop.product)}, {"position", 2}}}));
  CHECK(bad_fields(shop.put(member(by_name, other), {{"position", 1}})) == Fields{"position"});
  CHECK(bad_fields(shop.put(member(by_hand, other), Json::object())) == Fields{"position"});
  CHECK(shop.read(path(by_name))["list"][0]["position"].is_null());
  CHECK(shop.get(path(987)).status == 404);
  CHECK(shop.put(member(by_hand, 987), {{"position", 1}}).status == 404);

  const Json before = shop.platform->snapshot();
  shop.platform->restore(before);
  CHECK(shop.platform->snapshot().dump() == before.dump());
  CHECK(shop.read(path(by_hand))["list"] == listed["list"]);
  shop.put(row_path("products", other), {{"collections", Json::array()}});
  CHECK(shop.read(path(by_hand))["count"] == "1");
  CHECK(shop.remove(row_path("collections", by_hand)).status == 200);
  CHECK(shop.shown()["collections"] == Json::array({by_name}));
}

TEST_CASE("Shoper: a translation that is not sent stays, also where its fields are not known",
          "[shoper][plain]") {
  Shop shop;
  const auto value = shop.create(
      "option-values", {{"option_id", 1}, {"translations", {{"pl_PL", {{"value", "biały"}}}}}});
  for (const auto& path :
       {row_path("option-values", value),
        row_path(
            "collections",
            shop.create("collections", {{"translations", {{"pl_PL", {{"value", "biały"}}}}}}))}) {
    CHECK(shop.put(path, {{"translations", {{"en_US", {{"value", "white"}}}}}}).body == "1");
    CHECK(shop.put(path, {{"translations", {{"pl_PL", {{"note", "x"}}}}}}).body == "1");
    CHECK(shop.read(path)["translations"] ==
          Json{{"pl_PL", {{"value", "biały"}, {"note", "x"}}}, {"en_US", {{"value", "white"}}}});
  }
}

TEST_CASE("Shoper: a zone names countries of the shop's map, which is only read",
          "[shoper][zones]") {
  Shop shop;
  shop.plant("geolocation-countries", {{"country_id", 179}, {"isocode", "PL"}});
  CHECK(shop.post("/webapi/rest/geolocation-countries", {{"isocode", "XX"}}).status == 405);
  CHECK(shop.rows("geolocation-countries", {{"isocode", "PL"}})[0]["country_id"] == "179");
  CHECK(bad_fields(shop.post("/webapi/rest/zones", {{"mode", 1}, {"countries", {179, 1}}})) ==
        Fields{"countries"});
  const auto zone = shop.create("zones", {{"name", "Polska"}, {"mode", 1}, {"countries", {179}}});
  REQUIRE(shop.put("/webapi/rest/shippings/1", {{"zone_id", zone}}).status == 200);
  CHECK(shop.remove(row_path("zones", zone)).body == "1");
  CHECK(shop.read("/webapi/rest/shippings/1")["zone_id"] == "0");
}

TEST_CASE("Shoper: a whole catalogue survives a snapshot, and goes on as before",
          "[shoper][world]") {
  Stall shop;
  const auto group =
      shop.create("attribute-groups", {{"name", "Cechy"}, {"lang_id", 1}, {"categories", {2}}});
  const auto attribute =
      shop.create("attributes", {{"name", "Kolor"},
                                 {"attribute_group_id", group},
                                 {"type", 2},
                                 {"options", Json::array({{{"value", "zielony"}}})}});
  shop.create("availabilities", {{"ranges", 1}, {"from", 0}});
  const auto variant = shop.create(
      "product-stocks", {{"product_id", shop.product},
                         {"options", Json::array({{{"option_id", 1}, {"value_id", 1}}})}});
  const auto image = shop.create(
      "product-images", {{"product_id", shop.product}, {"url", "https://a.example/b.png"}});
  REQUIRE(shop.write({{"attributes", {{std::to_string(attribute), "zielony"}}},
                      {"stock", {{"gfx_id", image}}}})
              .status == 200);
  shop.create("product-files",
              {{"translation_id", shop.shown()["translations"]["pl_PL"]["translation_id"]},
               {"file_name", "a.pdf"},
               {"content", "JVBERi0xLjQK"}});
  shop.create("specialoffers", {{"product_id", shop.product},
                                {"discount_type", 3},
                                {"discount", 10},
                                {"date_from", nullptr},
                                {"date_to", "2026-03-02 09:30:00"},
                                {"condition_type", 2},
                                {"stocks", {variant}}});
  const std::vector<std::string> paths{row_path("products", shop.product),
                                       row_path("product-stocks", variant),
                                       row_path("product-images", image),
                                       row_path("attributes", attribute),
                                       "/webapi/rest/option-groups",
                                       "/webapi/rest/option-values",
                                       "/webapi/rest/product-files",
                                       "/webapi/rest/specialoffers",
                                       row_path("product-stocks", shop.stock_of(shop.product))};
  Json before = Json::array();
  for (const std::string& path : paths) before.push_back(shop.read(path));
  const Json snapshot = shop.platform->snapshot();
  shop.platform->restore(snapshot);
  CHECK(shop.platform->snapshot().dump() == snapshot.dump());
  for (std::size_t i = 0; i < paths.size(); ++i) CHECK(shop.read(paths[i]) == before[i]);
  CHECK(shop.platform->snapshot().dump() == snapshot.dump());

  shop.clock.set(monday() + std::chrono::minutes(31));
  CHECK(!shop.read(paths[1]).contains("special_offer"));
}
