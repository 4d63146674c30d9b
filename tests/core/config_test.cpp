#include <catch2/catch.hpp>
#include <string>

#include "core/domain/shop_zone.hpp"
#include "core/integrations/systim_shoper.hpp"

using namespace atrapa::core;
using namespace atrapa::core::systim_shoper;

namespace {

std::string error_of(const std::string& text) {
  const auto config = read_config(text);
  return config ? std::string("no error") : config.error();
}

std::string product_error(const std::string& text) {
  const auto products = read_erp_products(text);
  return products ? std::string("no error") : products.error();
}

}  // namespace

TEST_CASE("A configuration is read with its switches", "[config]") {
  const auto config = read_config(
      R"({"integration":"systim-shoper","automatic":false,"stock_formula":"on_hand_minus_reserved",
    "shop":{"url":"http://127.0.0.1:8080","login":"jan","password":"x"},"switches":{"systim.zero_stock":"always"}})");
  REQUIRE(config.ok());
  CHECK(config->shop_url == "http://127.0.0.1:8080");
  CHECK_FALSE(config->automatic);
  CHECK(config->stock_formula == StockFormula::OnHandMinusReserved);
  CHECK(config->switches.zero_stock == ZeroStock::Always);
  CHECK(read_config(
            R"({"integration":"systim-shoper","shop":{"url":"https://x.example","token":"t"}})")
            .ok());
}

TEST_CASE("A wrong configuration is refused with the place and what was expected, without secrets",
          "[config]") {
  const auto with_shop = [](const std::string& shop) {
    return R"({"integration":"systim-shoper","shop":)" + shop + "}";
  };
  CHECK(error_of("{\n\n  oops").starts_with("line 3:"));
  CHECK(error_of("[]").starts_with("/: expected an object"));
  CHECK(error_of("{}").starts_with("/integration: missing"));
  CHECK(error_of(R"({"integration":"other"})").find("systim-shoper") != std::string::npos);
  CHECK(error_of(R"({"integration":"systim-shoper"})").starts_with("/shop: "));
  CHECK(error_of(with_shop("{}")).starts_with("/shop/url: missing"));
  CHECK(error_of(with_shop(R"({"url":"shop.example","token":"t"})"))
            .starts_with("/shop/url: expected an address"));
  CHECK(error_of(with_shop(R"({"url":"https://","token":"t"})"))
            .starts_with("/shop/url: expected an address"));
  CHECK(error_of(with_shop(R"({"url":"https://x"})")).find("\"token\"") != std::string::npos);
  CHECK(error_of(with_shop(R"({"url":"https://x","login":"a","password":"b","token":"t"})"))
            .find("both") != std::string::npos);
  CHECK(error_of(with_shop(R"({"url":"https://x","login":"a","pasword":"hidden-secret"})"))
            .starts_with("/shop/pasword: is not known"));
  CHECK(error_of(with_shop(R"({"url":"https://x","token":123456})")).find("123456") ==
        std::string::npos);
  const std::string rest = R"(,"shop":{"url":"https://x","token":"t"}})";
  CHECK(error_of(R"({"integration":"systim-shoper","automatic":"yes")" + rest)
            .starts_with("/automatic: expected true or false"));
  CHECK(error_of(R"({"integration":"systim-shoper","switches":{"systim.zero_stock":"x"})" + rest)
            .find("sent_after_first") != std::string::npos);
  CHECK(error_of(R"({"integration":"systim-shoper","switches":{"systim.x":"x"})" + rest)
            .starts_with("/switches/systim.x"));
}

TEST_CASE("Products are read as a world writes them, unreadable amounts kept for later",
          "[config]") {
  const auto products = read_erp_products(
      R"([{"id":"E1","code":" A ","name":"Żółw","unit":"kg","vat":"zw","gross_price":"0,01",
     "categories":[["Zwierzęta","Żółwie"]],"stock":"1.5","reserved":"1"},{"id":"E2","code":null,"name":"B","stock":7}])");
  REQUIRE(products.ok());
  REQUIRE(products->size() == 2);
  CHECK((*products)[0].code == " A ");
  CHECK((*products)[0].gross_price->text == "0,01");
  CHECK_FALSE((*products)[0].gross_price->value.has_value());
  CHECK((*products)[0].categories.at(0).at(1) == "Żółwie");
  CHECK_FALSE((*products)[1].code.has_value());
  CHECK((*products)[1].stock->value == Quantity{7'000'000});
  CHECK((*products)[1].unit == "szt.");
}

TEST_CASE("A product that cannot be one is refused with its place", "[config]") {
  CHECK(product_error("{}").starts_with("/: expected a list"));
  CHECK(product_error("[7]").starts_with("/0: expected a product"));
  CHECK(product_error(R"([{"id":"1","name":"x"},{"name":"x"}])").starts_with("/1/id: missing"));
  CHECK(product_error(R"([{"id":"1","name":"x","gross_price":1.5}])")
            .starts_with("/0/gross_price: expected an amount as a text"));
  CHECK(product_error(R"([{"id":"1","name":"x","categories":["Buty"]}])")
            .starts_with("/0/categories: expected a list of paths"));
}

TEST_CASE("A shop's local time is read in its zone, the later one where it happens twice",
          "[zone]") {
  const auto zone = ShopZone::named("Europe/Warsaw");
  REQUIRE(zone.ok());
  const auto utc = [&](const char* local) {
    const auto at = zone->to_utc(local);
    return at ? at->time_since_epoch().count() / 1000 : -1;
  };
  CHECK(utc("2026-03-02 09:00:00") == 1'772'438'400);
  CHECK(utc("2026-07-01 00:00:00") == 1'782'856'800);
  CHECK(utc("2026-10-25 02:30:00") - utc("2026-10-25 01:30:00") == 2 * 3600);
  CHECK(utc("2026-03-29 02:30:00") == utc("2026-03-29 03:00:00"));
  for (const char* text :
       {"0000-00-00 00:00:00", "2026-02-30 00:00:00", "2026-03-02", "2026-03-02T09:00:00",
        "2026-03-02 24:00:00", "", "yyyy-mm-dd hh:mm:ss"}) {
    INFO(text);
    CHECK(utc(text) == -1);
  }
  CHECK(zone->to_local(*zone->to_utc("2026-03-02 09:00:00") + Duration{999}) ==
        "2026-03-02 09:00:00");
  const auto unknown = ShopZone::named("Europe/Nowhere");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().find("Europe/Nowhere") != std::string::npos);
}
