#include "harness/subject/core_subject.hpp"

#include <catch2/catch.hpp>

#include "harness/bench/bench.hpp"
#include "harness/run/replay.hpp"

namespace atrapa::harness {
namespace {

ErpProduct cap(const std::string& stock) {
  ErpProduct product;
  product.id = "P1";
  product.code = "CZAPKA-1";
  product.name = "Czapka";
  product.vat = "23";
  product.gross_price = "49.00";
  product.categories = {{"Czapki"}};
  product.stock = stock;
  return product;
}

/// One product that the ERP and the shop agree on but for its stock, and one order of it.
struct CapTable {
  std::shared_ptr<const SubjectKind> kind = core_subject("core");
  Bench bench;
  std::int64_t product = 0;

  explicit CapTable(bool wire = false) : bench({.subject = kind.get(), .seed = 5, .wire = wire}) {
    auto& shop = bench.shop();
    const auto category = shop.plant(
        "categories", {{"translations", {{"pl_PL", {{"name", "Czapki"}}}}}}, bench.now());
    product = shop.plant("products",
                         {{"code", "CZAPKA-1"},
                          {"category_id", category},
                          {"categories", {category}},
                          {"tax_id", 1},
                          {"unit_id", 1},
                          {"stock", {{"price", "49.00"}, {"stock", "3"}}},
                          {"translations", {{"pl_PL", {{"name", "Czapka"}}}}}},
                         bench.now());
    bench.add_product(cap("7"));
    bench.configure();
    bench.advance(std::chrono::minutes(1));
    shop.plant("orders",
               {{"origin", 0},
                {"shipping_cost", "10.00"},
                {"products", Json::array({{{"product_id", product},
                                           {"code", "CZAPKA-1"},
                                           {"name", "Czapka"},
                                           {"quantity", "2"},
                                           {"price", "49.00"},
                                           {"tax", "23%"},
                                           {"tax_value", "23"}}})}},
               bench.now());
    bench.advance(std::chrono::minutes(1));
  }

  std::string shop_stock() {
    return bench.shop().row("products", product)->at("stock").at("stock").get<std::string>();
  }
};

TEST_CASE("the core in this process pushes stock and fetches orders") {
  CapTable table;
  CHECK(table.bench.run("all").ok);
  CHECK(table.shop_stock() == "7");
  const ErpView erp = table.bench.erp();
  REQUIRE(erp.orders.size() == 1);
  CHECK(erp.orders[0].total_gross == "108.00");
  CHECK(erp.orders[0].shipping_cost == "10.00");
  REQUIRE(erp.orders[0].lines.size() == 1);
  CHECK(erp.orders[0].lines[0].product_id == "P1");
  CHECK(erp.orders[0].lines[0].quantity == "2");
  CHECK(*erp.products == std::vector<ErpProduct>{cap("7")});
  CHECK(erp.papers.empty());
  CHECK(table.bench.writes_since(0) == 1);
}

TEST_CASE("the core asks over sockets what it asks in process") {
  CapTable direct(false);
  CapTable wire(true);
  CHECK(direct.bench.run("all").ok);
  CHECK(wire.bench.run("all").ok);

  CHECK(wire.bench.now() == direct.bench.now());
  REQUIRE(wire.bench.exchange_count() == direct.bench.exchange_count());
  for (std::size_t i = 0; i < direct.bench.exchanges().size(); ++i) {
    CHECK(exchange_line(wire.bench.exchanges()[i]) == exchange_line(direct.bench.exchanges()[i]));
  }
  CHECK(wire.shop_stock() == "7");
}

TEST_CASE("the core's books outlive a kill at any exchange and at any commit") {
  CapTable quiet;
  REQUIRE(quiet.bench.run("all").ok);
  const std::uint64_t exchanges = quiet.bench.exchange_count();
  REQUIRE(exchanges > 0);
  REQUIRE(quiet.bench.commit_count() > 0);
  const auto finish = [](CapTable& table) {
    CHECK_FALSE(table.bench.run("all").ok);
    REQUIRE(table.bench.killed());
    table.bench.restart();
    CHECK(table.bench.run("all").ok);
    CHECK(table.bench.erp().orders.size() == 1);
    CHECK(table.shop_stock() == "7");
  };
  for (std::uint64_t k = 0; k < exchanges; ++k) {
    for (const KillPoint point : {KillPoint::BeforeSend, KillPoint::AfterAnswer}) {
      CAPTURE(k, point == KillPoint::BeforeSend);
      CapTable table;
      table.bench.kill_at(k, point);
      finish(table);
    }
  }
  CapTable counted;
  const std::uint64_t before = counted.bench.commit_count();
  REQUIRE(counted.bench.run("all").ok);
  for (std::uint64_t k = 0; k < counted.bench.commit_count() - before; ++k) {
    CAPTURE(k);
    CapTable table;
    table.bench.kill_at_commit(k);
    finish(table);
  }
}

TEST_CASE("an edited product reaches the shop with the next run") {
  CapTable table;
  REQUIRE(table.bench.run("stock").ok);
  table.bench.edit_product(cap("12"));
  REQUIRE(table.bench.run("stock").ok);
  CHECK(table.shop_stock() == "12");
}

TEST_CASE("what the core cannot be told is refused by name") {
  const auto kind = core_subject("core");
  Bench bench({.subject = kind.get(), .switches = {{"systim.zero_stock", "sometimes"}}});
  CHECK_THROWS_WITH(bench.configure(), Catch::Contains("sometimes"));

  CapTable table;
  CHECK_THROWS_WITH(table.bench.run("dance"), Catch::Contains("'dance'"));
}

TEST_CASE("a subject bears the name it was given") {
  CHECK(core_subject("core:trims-codes")->name() == "core:trims-codes");
}

TEST_CASE("a replaced part changes what the core does") {
  core::Parts parts;
  parts.price_ok = [](const core::Pair&, const core::SystimSwitches&) {
    return core::Objection{core::Reason::PriceMissing, "never"};
  };
  const auto kind = core_subject("core:hates-prices", std::move(parts));
  CapTable right;
  CHECK(right.bench.run("stock").ok);
  CHECK(right.shop_stock() == "7");

  Bench bench({.subject = kind.get()});
  bench.add_product(cap("7"));
  bench.configure();
  CHECK(bench.run("stock").ok);
  CHECK(bench.writes_since(0) == 0);
}

}  // namespace
}  // namespace atrapa::harness
