#include <catch2/catch.hpp>
#include <chrono>

#include "harness/bench/bench.hpp"
#include "harness/subject/core_subject.hpp"

namespace atrapa::harness {
namespace {

ErpProduct platform_cup() {
  ErpProduct product;
  product.id = "K1";
  product.code = "KUB-1";
  product.name = "Kubek";
  product.vat = "23";
  product.gross_price = "19.99";
  product.stock = "7";
  return product;
}

std::int64_t plant_cup(Bench& bench) {
  return bench.base().plant("products", {{"inventory_id", 307},
                                         {"sku", "KUB-1"},
                                         {"tax_rate", 23},
                                         {"prices", {{"105", 19.99}}},
                                         {"stock", {{"bl_206", 10}}},
                                         {"text_fields", {{"name", "Kubek"}}}});
}

std::int64_t pieces_of(Bench& bench, std::int64_t product) {
  return bench.base().look().catalogue.products.find(product)->stock.at("bl_206");
}

TEST_CASE("the core on Base is set up by its forms, and moves nothing before a command") {
  const auto kind = core_subject("core");
  Bench bench({.subject = kind.get()});
  bench.seat("base");
  const std::int64_t id = plant_cup(bench);
  bench.add_product(platform_cup());
  bench.configure();
  CHECK(bench.exchange_count() == 0);
  REQUIRE(bench.erp().integrations.size() == 1);
  CHECK(pieces_of(bench, id) == 10);

  CHECK(bench.run("stock").ok);
  CHECK(pieces_of(bench, id) == 7);
  CHECK(bench.base().look().catalogue.products.size() == 1);
  CHECK(bench.writes_since(0) > 0);
  for (const mocks::kit::Exchange& one : bench.exchanges()) {
    CHECK(one.account == bench.base_access().account);
  }

  ErpProduct fewer = platform_cup();
  fewer.stock = "4";
  bench.edit_product(fewer);
  CHECK(bench.run("stock").ok);
  CHECK(pieces_of(bench, id) == 4);
}

TEST_CASE("the core on Base takes orders, and keeps its books over a restart") {
  const auto kind = core_subject("core");
  Bench bench({.subject = kind.get()});
  bench.seat("base");
  bench.configure();
  bench.advance(std::chrono::hours(1));
  const auto now = std::chrono::floor<std::chrono::seconds>(bench.now()).time_since_epoch().count();
  bench.base().plant("orders", {{"order_status_id", 401},
                                {"date_add", now - 60},
                                {"date_confirmed", now - 60},
                                {"currency", "PLN"},
                                {"products",
                                 {{{"order_product_id", 1},
                                   {"name", "Kubek"},
                                   {"price_brutto", 19.99},
                                   {"tax_rate", 23},
                                   {"quantity", 1}}}}});

  CHECK(bench.run("orders").ok);
  bench.restart();
  CHECK(bench.run("all").ok);
  CHECK(bench.run("tick").ok);
  CHECK(bench.erp().orders.size() == 1);
  CHECK_THROWS_AS(bench.run("csv"), std::logic_error);
}

TEST_CASE("the core's connector for Shoper as such is Systim") {
  const auto kind = core_subject("core");
  Bench bench({.subject = kind.get()});
  bench.seat("shoper");
  bench.add_product(platform_cup());
  bench.configure();
  CHECK(bench.run("stock").ok);
  REQUIRE(bench.erp().connections.size() == 1);
  CHECK_THROWS_AS(bench.base(), std::logic_error);
}

TEST_CASE("an integration that the core lacks is refused by name") {
  const auto kind = core_subject("core");
  Bench bench({.subject = kind.get()});
  CHECK_THROWS_WITH(bench.seat("allegro"), Catch::Contains("allegro"));
}

}  // namespace
}  // namespace atrapa::harness
