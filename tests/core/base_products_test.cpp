#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/shops/base/bulk.hpp"
#include "core/shops/base/products.hpp"
#include "paper_base.hpp"

namespace atrapa::core::base {

namespace {

using test::BaseTable;
using test::Chance;
using test::PaperBase;
using test::TestClock;
using BulkState = BulkOutcome::State;
using MadeState = Creation::State;

constexpr Quantity kPieces(std::int64_t pieces) { return {pieces * 1'000'000}; }

std::vector<StockChange> stock_of_products(int count) {
  std::vector<StockChange> changes;
  for (int i = 1; i <= count; ++i) {
    changes.push_back({std::to_string(9000 + i), {{"bl_206", kPieces(i % 5)}}});
  }
  return changes;
}

constexpr const char* kWritten = R"({"status":"SUCCESS","counter":0,"warnings":""})";

}  // namespace

TEST_CASE("Base: catalogues, warehouses, price groups and categories are read",
          "[base][products]") {
  BaseTable table;
  table.script.says(
      R"({"status":"SUCCESS","inventories":[{"inventory_id":"307","name":"Katalog","languages":["pl","en"],)"
      R"("price_groups":[105,"106"],"default_price_group":105,"warehouses":["bl_206","shop_5"],)"
      R"("default_warehouse":"bl_206","reservations":true,"is_default":"1"}]})");
  const auto inventories = read_inventories(table.client);
  REQUIRE(inventories.ok());
  CHECK(inventories->at(0).id == "307");
  CHECK(inventories->at(0).price_groups == std::vector<std::string>{"105", "106"});
  CHECK(inventories->at(0).warehouses == std::vector<std::string>{"bl_206", "shop_5"});
  CHECK(inventories->at(0).reservations);

  table.script.says(
      R"({"status":"SUCCESS","warehouses":[{"warehouse_type":"bl","warehouse_id":206},{"warehouse_type":"shop","warehouse_id":"5"}]})");
  const auto warehouses = read_warehouses(table.client);
  REQUIRE(warehouses.ok());
  CHECK(warehouses->at(0).key() == "bl_206");
  CHECK(warehouses->at(0).writable());
  CHECK_FALSE(warehouses->at(1).writable());

  table.script.says(
      R"({"status":"SUCCESS","price_groups":[{"price_group_id":105,"name":"Detal","currency":"PLN","is_default":true}]})");
  CHECK(read_price_groups(table.client)->at(0).id == "105");

  table.script.says(
      R"({"status":"SUCCESS","categories":[{"category_id":3,"name":"Buty","parent_id":0}]})");
  CHECK(read_categories(table.client, "307")->at(0).parent_id == "0");
  CHECK(table.script.asked.back().parameters == test::Json{{"inventory_id", 307}});
}

TEST_CASE("Base: a product's maps are read whatever PHP made of them, and prices keep their text",
          "[base][products]") {
  BaseTable table;
  table.script.says(
      R"({"status":"SUCCESS","products":{"9001":{"is_bundle":false,"parent_id":0,"sku":"A","tax_rate":-1,)"
      R"("prices":{"105":20.90,"106":"0.1"},"stock":{"bl_206":"14","shop_5":0},"reservations":[],)"
      R"("text_fields":{"name":"But","name|en":"Shoe","features":{"Kolor":"ok"},"features|en":[]},)"
      R"("images":{"1":"https://x.example/1"},"links":{"shop_5":{"product_id":"77","variant_id":0}},)"
      R"("bundle_products":[],"tags":["nowe"],"variants":{"9002":{"name":"But 42","prices":[],"stock":{"bl_206":3}}}},)"
      R"("9003":{"prices":[],"stock":[],"text_fields":"","variants":[],"links":[],"images":[]}}})");
  const auto products = read_product_data(table.client, "307", {"9001", "9003", "9004"});
  REQUIRE(products.ok());
  REQUIRE(products->size() == 2);
  const Product& product = products->at(0);
  CHECK(product.prices.at("105") == Reading<Price>{"20.90", Price{209'000}});
  CHECK(product.prices.at("106") == Reading<Price>{"0.1", Price{1000}});
  CHECK(product.stock.at("bl_206").value == kPieces(14));
  CHECK(product.texts == Texts{{"name", "But"}, {"name|en", "Shoe"}});
  CHECK(product.features.at("features") == Texts{{"Kolor", "ok"}});
  CHECK(product.links.at("shop_5").product_id == "77");
  CHECK(product.variants.at(0).stock.at("bl_206").value == kPieces(3));
  CHECK(product.tags == std::vector<std::string>{"nowe"});
  CHECK(products->at(1).prices.empty());
  CHECK(products->at(1).variants.empty());
  CHECK(table.script.parameters(0) ==
        test::Json{{"inventory_id", 307}, {"products", {9001, 9003, 9004}}});
}

TEST_CASE("Base: stock and prices are read with those of the variants", "[base][products]") {
  BaseTable table;
  table.script.says(
      R"({"status":"SUCCESS","products":{"9001":{"product_id":9001,"stock":{"bl_206":5},"reservations":[],)"
      R"("variants":{"9002":{"bl_206":2}}},"9005":{"stock":[],"variants":[]}}})");
  std::vector<ProductStock> stocks;
  REQUIRE(read_stock(table.client, "307", [&](std::vector<ProductStock> rows) {
            stocks = std::move(rows);
            return true;
          }).ok());
  REQUIRE(stocks.size() == 2);
  CHECK(stocks[0].stock.at("bl_206").value == kPieces(5));
  CHECK(stocks[0].variants.at("9002").at("bl_206").value == kPieces(2));

  table.script.says(
      R"({"status":"SUCCESS","products":{"9001":{"prices":{"105":9.99},"variants":{"9002":{"105":"10.00"}}}}})");
  std::vector<ProductPrices> prices;
  REQUIRE(read_prices(table.client, "307", [&](std::vector<ProductPrices> rows) {
            prices = std::move(rows);
            return true;
          }).ok());
  CHECK(prices.at(0).variants.at("9002").at("105").text == "10.00");
}

TEST_CASE("Base: every product that is there throughout is listed once, whatever comes and goes",
          "[base][products]") {
  CHECK(rc::check("random catalogues", [] {
    Chance chance(*rc::gen::arbitrary<std::uint32_t>());
    TestClock clock;
    PaperBase service(clock);
    Budget budget;
    Client client({"https://base.example", "t"}, service, clock, budget);
    std::int64_t id = 90'000;
    const int pages = chance(8);
    const int count = std::max(0, pages * 1000 + chance(7) - 3);
    for (int i = 0; i < count; ++i) service.ids.push_back(++id);
    std::set<std::int64_t> throughout(service.ids.begin(), service.ids.end());
    service.before_call = [&] {
      for (int left = chance(4); left > 0 && !service.ids.empty(); --left) {
        const int place = chance(static_cast<int>(service.ids.size()));
        throughout.erase(service.ids[static_cast<std::size_t>(place)]);
        service.ids.erase(service.ids.begin() + place);
      }
      for (int more = chance(3); more > 0; --more) service.ids.push_back(++id);
    };
    std::multiset<std::int64_t> given;
    RC_ASSERT(read_products(client, "307", {}, [&](std::vector<ListedProduct> rows) {
                for (const ListedProduct& row : rows) given.insert(std::stoll(row.id));
                return true;
              }).ok());
    RC_ASSERT(std::adjacent_find(given.begin(), given.end()) == given.end());
    RC_ASSERT(std::includes(given.begin(), given.end(), throughout.begin(), throughout.end()));
  }));
}

TEST_CASE("Base: a catalogue of one page is one call, and one of 50 pages few more than 50",
          "[base][products]") {
  TestClock clock;
  PaperBase service(clock);
  Budget budget;
  Client client({"https://base.example", "t"}, service, clock, budget);
  const auto all = [](std::vector<ListedProduct>) { return true; };
  for (std::int64_t i = 1; i <= 999; ++i) service.ids.push_back(i);
  REQUIRE(read_products(client, "307", {}, all).ok());
  CHECK(service.calls["getInventoryProductsList"] == 1);

  for (std::int64_t i = 1000; i <= 50'000; ++i) service.ids.push_back(i);
  service.calls.clear();
  std::size_t given = 0;
  REQUIRE(read_products(client, "307", {}, [&](std::vector<ListedProduct> rows) {
            given += rows.size();
            return true;
          }).ok());
  CHECK(given == 50'000);
  CHECK(service.calls["getInventoryProductsList"] <= 62);
}

TEST_CASE("Base: a catalogue whose new products stand in front is read upwards as well",
          "[base][products]") {
  TestClock clock;
  PaperBase service(clock);
  Budget budget;
  Client client({"https://base.example", "t"}, service, clock, budget);
  for (std::int64_t i = 5000; i >= 1; --i) service.ids.push_back(i);
  const std::vector<std::int64_t> before = service.ids;
  std::int64_t id = 5000;
  service.before_call = [&] { service.ids.insert(service.ids.begin(), ++id); };
  std::set<std::int64_t> given;
  REQUIRE(read_products(client, "307", {}, [&](std::vector<ListedProduct> rows) {
            for (const ListedProduct& row : rows) given.insert(std::stoll(row.id));
            return true;
          }).ok());
  for (const std::int64_t one : before) REQUIRE(given.contains(one));
}

TEST_CASE(
    "Base: 2,500 stocks go as three calls with whole pieces as numbers, each with its outcome",
    "[base][bulk]") {
  BaseTable table;
  table.script.says(kWritten)
      .says(R"({"status":"SUCCESS","counter":999,"warnings":{"10003":"unknown product"}})")
      .says(R"({"status":"SUCCESS","counter":500,"warnings":[]})");
  const BulkReport report = write_stock(table.client, "307", stock_of_products(2500));
  CHECK_FALSE(report.stopped.has_value());
  REQUIRE(report.outcomes.size() == 2500);
  CHECK(std::count_if(report.outcomes.begin(), report.outcomes.end(), [](const auto& outcome) {
          return outcome.state == BulkState::Done;
        }) == 2499);
  CHECK(report.outcomes[1002].state == BulkState::Refused);
  CHECK(report.outcomes[1002].text == "unknown product");
  CHECK(table.script.asked.size() == 3);
  CHECK(table.script.parameters(0)["products"].size() == 1000);
  CHECK(table.script.parameters(2)["products"].size() == 500);
  CHECK(table.script.parameters(0)["products"]["9004"].dump() == R"({"bl_206":4})");
  CHECK(table.script.parameters(0)["inventory_id"] == 307);
}

TEST_CASE("Base: prices go with the very digits of the grosze", "[base][bulk]") {
  BaseTable table;
  table.script.says(kWritten);
  const BulkReport report = write_prices(
      table.client, "307", {{"9001", {{"105", Money{1990}}, {"106", Money{5}}}}, {"9002", {}}});
  CHECK(report.outcomes[0].state == BulkState::Done);
  CHECK(report.outcomes[1].state == BulkState::Refused);
  CHECK(table.script.asked[0].raw_body.find("%22105%22%3A19.90%2C%22106%22%3A0.05") !=
        std::string::npos);
}

TEST_CASE("Base: a part of a piece is refused here and sent nowhere", "[base][bulk]") {
  BaseTable table;
  const BulkReport report =
      write_stock(table.client, "307", {{"9001", {{"bl_206", Quantity{1'500'000}}}}});
  CHECK(report.outcomes[0].state == BulkState::Refused);
  CHECK(report.outcomes[0].text == "1.5 pieces: Base keeps whole ones");
  CHECK(table.script.asked.empty());
}

TEST_CASE("Base: absolute figures are sent again when the answer is lost", "[base][bulk]") {
  BaseTable table;
  table.script.says(NoAnswer::Ambiguous).says("<html>").says("", 503).says(kWritten);
  const BulkReport report = write_stock(table.client, "307", stock_of_products(1));
  CHECK(report.outcomes[0].state == BulkState::Done);
  CHECK(table.script.requests[0].body == table.script.requests[3].body);
}

TEST_CASE("Base: figures whose every answer was lost are unknown, and those behind them not tried",
          "[base][bulk]") {
  BaseTable table;
  table.script.says(kWritten);
  for (int i = 0; i < kMaxTries; ++i) table.script.says(NoAnswer::Ambiguous);
  const BulkReport report = write_stock(table.client, "307", stock_of_products(2001));
  CHECK(report.outcomes[999].state == BulkState::Done);
  CHECK(report.outcomes[1000].state == BulkState::Unknown);
  CHECK(report.outcomes[2000].state == BulkState::NotTried);
  REQUIRE(report.stopped.has_value());
  CHECK(report.stopped->kind == Error::Kind::Lost);
}

TEST_CASE("Base: a chunk that is refused whole does not keep the next from going", "[base][bulk]") {
  BaseTable table;
  table.script.says(R"({"status":"ERROR","error_code":"ERROR_X","error_message":"no"})");
  table.script.says(kWritten);
  const BulkReport report = write_stock(table.client, "307", stock_of_products(1001));
  CHECK(report.outcomes[0].state == BulkState::Refused);
  CHECK(report.outcomes[1000].state == BulkState::Done);
  CHECK_FALSE(report.stopped.has_value());
}

TEST_CASE(
    "Base: a warning about nobody leaves its call unknown, and a product named twice goes twice",
    "[base][bulk]") {
  BaseTable table;
  table.script.says(R"({"status":"SUCCESS","warnings":["something failed"]})").says(kWritten);
  const BulkReport report = write_stock(
      table.client, "307", {{"9001", {{"bl_1", kPieces(1)}}}, {"9001", {{"bl_1", kPieces(2)}}}});
  CHECK(report.outcomes[0].state == BulkState::Unknown);
  CHECK(report.outcomes[1].state == BulkState::Done);
  CHECK(report.other_warnings == std::vector<std::string>{"something failed"});
  CHECK(table.script.parameters(1)["products"]["9001"]["bl_1"] == 2);
}

TEST_CASE("Base: a product is added with what was given and nothing else", "[base][products]") {
  BaseTable table;
  table.script.says(R"({"status":"SUCCESS","product_id":9009,"warnings":{"images":"bad image"}})");
  ProductWrite product;
  product.inventory_id = "307";
  product.sku = "A-1";
  product.vat = parse_vat("zw");
  product.weight = "0.250";
  product.prices = {{"105", Money{1990}}};
  product.stock = {{"bl_206", kPieces(3)}};
  product.texts = {{"name", "But \"zażółć\""}};
  product.features = {{"features", {{"Kolor", "czarny"}}}};
  product.images = {{"0", "url:https://x.example/1"}};
  const auto made = add_product(table.client, product);
  REQUIRE(made.ok());
  CHECK(made->state == MadeState::Made);
  CHECK(made->id == "9009");
  CHECK(made->warnings == std::vector<std::string>{"bad image"});
  CHECK(
      table.script.parameters(0).dump() ==
      R"({"images":{"0":"url:https://x.example/1"},"inventory_id":307,"prices":{"105":19.9},"sku":"A-1",)"
      R"("stock":{"bl_206":3},"tax_rate":-1,"text_fields":{"features":{"Kolor":"czarny"},"name":"But \"zażółć\""},"weight":0.25})");

  table.script.says(NoAnswer::Ambiguous).says(R"({"status":"SUCCESS","product_id":"9009"})");
  REQUIRE(edit_product(table.client, "9009", {.inventory_id = "307", .sku = "B"}).ok());
  CHECK(table.script.asked.back().parameters ==
        test::Json{{"inventory_id", 307}, {"product_id", 9009}, {"sku", "B"}});

  product.stock = {{"bl_206", Quantity{1}}};
  CHECK_FALSE(add_product(table.client, product).ok());
}

TEST_CASE("Base: a product whose answer was lost is unknown, and its SKU settles it",
          "[base][products]") {
  BaseTable table;
  table.script.says(NoAnswer::Ambiguous);
  ProductWrite product;
  product.inventory_id = "307";
  product.sku = "A-1";
  const auto made = add_product(table.client, product);
  REQUIRE(made.ok());
  CHECK(made->state == MadeState::Unknown);
  CHECK(table.script.asked.size() == 1);

  const auto look = [&](const char* rows) {
    table.script.says(std::string(R"({"status":"SUCCESS","products":)") + rows + "}");
    const auto settled = settle_product(table.client, product, {"8000"});
    REQUIRE(settled.ok());
    return *settled;
  };
  CHECK(look("[]").state == MadeState::NotMade);
  CHECK(look(R"({"9009":{"sku":"A-1"},"9010":{"sku":"A-10"}})").id == "9009");
  CHECK(look(R"({"8000":{"sku":"A-1"}})").state == MadeState::NotMade);
  CHECK(look(R"({"9009":{"sku":"A-1"},"9010":{"sku":"A-1"}})").state == MadeState::Unknown);
  CHECK(table.script.asked.back().parameters ==
        test::Json{{"inventory_id", 307}, {"filter_sku", "A-1"}, {"page", 1}});
}

TEST_CASE("Base: a category is added once, and found again by name and parent",
          "[base][products]") {
  BaseTable table;
  const NewCategory category{"307", "Buty", "3"};
  table.script.says("", 504);
  CHECK(add_category(table.client, category)->state == MadeState::Unknown);
  table.script.says(
      R"({"status":"SUCCESS","categories":[{"category_id":4,"name":"Buty","parent_id":0},{"category_id":5,"name":"Buty","parent_id":3}]})");
  CHECK(settle_category(table.client, category)->id == "5");
}

}  // namespace atrapa::core::base
