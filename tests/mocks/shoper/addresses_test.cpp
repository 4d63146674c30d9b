#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

Json book_entry(std::string_view city, const Json& more = Json::object()) {
  Json body = {{"user_id", 1},
               {"firstname", "Anna"},
               {"lastname", "Nowa"},
               {"company_name", "Firma"},
               {"street_1", "Prosta 1"},
               {"street_2", "m. 2"},
               {"city", city},
               {"zip_code", "00-001"},
               {"phone", "000111222"},
               {"country_code", "PL"},
               {"tax_identification_number", "5250000009"}};
  body.update(more);
  return body;
}

std::int64_t keep(Shop& shop, std::string_view city, const Json& more = Json::object()) {
  return shop.create("user-addresses", book_entry(city, more));
}

Json ordered_with(Shop& shop, const Json& more) {
  Json body = least_order();
  body.update(more);
  return shop.read(fmt::format("/webapi/rest/orders/{}", shop.create("orders", body)));
}

}  // namespace

TEST_CASE("Shoper: an address needs a country or its code beside what is required",
          "[shoper][addresses]") {
  Shop shop;
  CHECK(bad_fields(shop.post("/webapi/rest/user-addresses", Json::object())) ==
        std::vector<std::string>{"city", "country", "firstname", "lastname", "phone", "street_1",
                                 "user_id", "zip_code"});
  const auto id = keep(shop, "Gdańsk");
  const Json row = shop.read(fmt::format("/webapi/rest/user-addresses/{}", id));
  CHECK(row["country"] == "Polska");
  CHECK(row["phone"] == "000111222");
  const std::string path = fmt::format("/webapi/rest/user-addresses/{}", id);
  CHECK(shop.put(path, {{"country_code", "DE"}}).status == 200);
  CHECK(shop.read(path)["country"] == "Niemcy");
  CHECK(shop.put(path, {{"country_code", ""}}).status == 400);
}

TEST_CASE("Shoper: a customer has one default address of each kind", "[shoper][addresses]") {
  Shop shop;
  const auto first = keep(shop, "A", {{"default", 1}, {"shipping_default", 1}});
  const auto other =
      shop.create("user-addresses", book_entry("B", {{"user_id", 2}, {"default", 1}}));
  const auto second = keep(shop, "C", {{"default", 1}});
  const auto flag = [&](std::int64_t id, const char* field) {
    return shop.door.text("user-addresses", id, field);
  };

  CHECK(flag(first, "default") == "0");
  CHECK(flag(first, "shipping_default") == "1");
  CHECK(flag(second, "default") == "1");
  CHECK(flag(other, "default") == "1");
}

TEST_CASE("Shoper: an order without addresses gets the customer's default ones",
          "[shoper][addresses][orders]") {
  Shop shop;
  keep(shop, "Inne");
  keep(shop, "Gdańsk", {{"default", 1}});

  const Json copied = ordered_with(shop, Json::object());
  CHECK(copied["billing_address"]["city"] == "Gdańsk");
  CHECK(copied["billing_address"]["street1"] == "Prosta 1");
  CHECK(copied["billing_address"]["postcode"] == "00-001");
  CHECK(copied["billing_address"]["company"] == "Firma");
  CHECK(copied["billing_address"]["tax_identification_number"] == "5250000009");
  CHECK(copied["billing_address"]["order_id"] == copied["order_id"]);
  CHECK(copied["delivery_address"] == copied["billing_address"]);

  keep(shop, "Łódź", {{"shipping_default", 1}});
  const Json two = ordered_with(shop, Json::object());
  CHECK(two["billing_address"]["city"] == "Gdańsk");
  CHECK(two["delivery_address"]["city"] == "Łódź");
  CHECK(two["delivery_address"]["address_id"] != two["billing_address"]["address_id"]);
  CHECK(two["delivery_address"]["type"] == "2");

  const Json same = ordered_with(shop, {{"different_address", false}});
  CHECK(same["delivery_address"]["city"] == "Gdańsk");
  CHECK(ordered_with(shop, {{"user_id", 2}})["billing_address"]["city"] == "");
}

TEST_CASE("Shoper: a sent address wins over the customer's", "[shoper][addresses][orders]") {
  Shop shop;
  keep(shop, "Gdańsk", {{"default", 1}, {"shipping_default", 1}});
  const Json made = ordered_with(shop, {{"billing_address", {{"city", "Radom"}}}});
  CHECK(made["billing_address"]["city"] == "Radom");
  CHECK(made["billing_address"]["street1"] == "");
  CHECK(made["delivery_address"] == made["billing_address"]);
  const Json shipped = ordered_with(
      shop, {{"billing_address", {{"city", "Radom"}}}, {"use_shipping_address", true}});
  CHECK(shipped["delivery_address"]["city"] == "Gdańsk");
}

TEST_CASE("Shoper: an order names addresses of its customer's book by their ids",
          "[shoper][addresses][orders]") {
  Shop shop;
  const auto billing = keep(shop, "Gdańsk");
  const auto delivery = keep(shop, "Łódź");
  const auto foreign = shop.create("user-addresses", book_entry("X", {{"user_id", 2}}));

  const Json made = ordered_with(shop, {{"billing_address_id", billing},
                                        {"delivery_address_id", delivery},
                                        {"billing_address", {{"firstname", "Ewa"}}}});
  CHECK(made["billing_address"]["city"] == "Gdańsk");
  CHECK(made["billing_address"]["firstname"] == "Ewa");
  CHECK(made["delivery_address"]["city"] == "Łódź");
  CHECK(made.find("billing_address_id") == made.end());

  Json body = least_order();
  body["billing_address_id"] = foreign;
  body["delivery_address_id"] = 99;
  CHECK(bad_fields(shop.post("/webapi/rest/orders", body)) ==
        std::vector<std::string>{"billing_address_id", "delivery_address_id"});
}

TEST_CASE("Shoper: an address of the book can replace an order's, which keeps its id",
          "[shoper][addresses][orders]") {
  Shop shop;
  const auto entry = keep(shop, "Gdańsk");
  const Json made = ordered_with(shop, {{"billing_address", {{"city", "Radom"}}}});
  const std::string path =
      fmt::format("/webapi/rest/orders/{}", made["order_id"].get<std::string>());

  CHECK(shop.put(path, {{"delivery_address_id", entry}}).status == 200);
  const Json parted = shop.read(path);
  CHECK(parted["billing_address"]["city"] == "Radom");
  CHECK(parted["delivery_address"]["city"] == "Gdańsk");
  CHECK(parted["delivery_address"]["address_id"] != parted["billing_address"]["address_id"]);

  CHECK(shop.put(path, {{"billing_address_id", entry}}).status == 200);
  const Json replaced = shop.read(path);
  CHECK(replaced["billing_address"]["city"] == "Gdańsk");
  CHECK(replaced["billing_address"]["address_id"] == made["billing_address"]["address_id"]);
}

TEST_CASE("Shoper: a removed customer's address book goes, orders keep their addresses",
          "[shoper][addresses]") {
  Shop shop;
  const auto entry = keep(shop, "Gdańsk", {{"default", 1}});
  const auto order = ordered_with(shop, Json::object())["order_id"].get<std::string>();
  CHECK(shop.remove("/webapi/rest/users/1").status == 200);
  CHECK(shop.get(fmt::format("/webapi/rest/user-addresses/{}", entry)).status == 404);
  CHECK(shop.read("/webapi/rest/orders/" + order)["billing_address"]["city"] == "Gdańsk");
}

TEST_CASE("Shoper: a country is a name, a code or the id of a country, and its code wins",
          "[shoper][addresses][orders]") {
  Shop shop;
  const auto polish = shop.plant("geolocation-countries", {{"isocode", "PL"}});
  const auto far = shop.plant("geolocation-countries", {{"isocode", "NZ"}});
  const auto of = [&](const Json& address) {
    const Json kept = ordered_with(shop, {{"billing_address", address}})["billing_address"];
    return kept["country"].get<std::string>() + "/" + kept["country_code"].get<std::string>();
  };
  CHECK(of({{"country", std::to_string(polish)}}) == "Polska/PL");
  CHECK(of({{"country", "DE"}}) == "Niemcy/DE");
  CHECK(of({{"country", "Czechy"}}) == "Czechy/CZ");
  CHECK(of({{"country_code", "DE"}}) == "Niemcy/DE");
  CHECK(of({{"country", "Polska"}, {"country_code", "DE"}}) == "Niemcy/DE");
  CHECK(of({{"country", std::to_string(far)}}) == "NZ/NZ");
  CHECK(of({{"country", "PL"}, {"country_code", "NZ"}}) == "NZ/NZ");
  CHECK(of({{"country", "Nowa Zelandia"}, {"country_code", "NZ"}}) == "Nowa Zelandia/NZ");
  CHECK(of({{"country", "Atlantyda"}}) == "Atlantyda/");
  CHECK(of({{"country", "999"}}) == "999/");
  CHECK(of({{"city", "Gdynia"}}) == "/");
}

TEST_CASE("Shoper: a customer's group and a carrier's zone are ones of the shop",
          "[shoper][users]") {
  Shop shop;
  const auto group = shop.create("user-groups", {{"name", "Hurt"}, {"lang_id", 1}});
  CHECK(bad_fields(shop.put("/webapi/rest/users/1", {{"group_id", 999}})) ==
        std::vector<std::string>{"group_id"});
  CHECK(shop.put("/webapi/rest/users/1", {{"group_id", group}}).status == 200);
  CHECK(bad_fields(shop.put("/webapi/rest/shippings/1", {{"zone_id", 999}})) ==
        std::vector<std::string>{"zone_id"});
}
