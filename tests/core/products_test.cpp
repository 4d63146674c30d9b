#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/integrations/systim_shoper.hpp"
#include "core/sync/product_plan.hpp"
#include "paper_shop.hpp"

using namespace atrapa::core;
using namespace atrapa::core::systim_shoper;
using test::Fault;
using test::PaperShop;
using test::ProcessKilled;
using test::TestClock;

namespace {

ErpProduct ware(const std::string& id, const std::optional<std::string>& code,
                const std::string& name) {
  ErpProduct made;
  made.id = id;
  made.code = code;
  made.name = name;
  made.unit = "szt.";
  made.vat = "23";
  made.gross_price = read_price("12.345");
  made.categories = {{"Buty"}};
  made.stock = read_quantity("5");
  return made;
}

ShopCatalogue small_catalogue() {
  ShopCatalogue shop;
  shop.taxes = {{"1", {"1", "23%", "23%", "23"}},
                {"4", {"4", "0%", "0%", "0"}},
                {"5", {"5", "zw.", "zw.", "0"}},
                {"6", {"6", "np.", "np.", "0"}},
                {"10", {"10", "23%", "23%", "23"}}};
  shop.units = {{"1", {"1", false, "szt."}}, {"2", {"2", true, "kg"}}};
  shop.categories = {{"1", {"1", "Obuwie", std::nullopt}},
                     {"2", {"2", "Buty", "1"}},
                     {"3", {"3", "Wyprzedaż", std::nullopt}},
                     {"10", {"10", "Buty", "3"}},
                     {"11", {"11", std::nullopt, std::nullopt}}};
  shop.default_unit_id = "2";
  return shop;
}

/// A shop on paper and a connector that can die and be started again.
struct Stall {
  PaperShop shop;
  TestClock clock;
  std::unique_ptr<Ledger> ledger = Ledger::in_memory();
  Config config;
  Parts parts;
  std::optional<Connector> connector;

  explicit Stall(CodelessAgain again = CodelessAgain::ReportOnly) {
    config.shop_url = "https://shop.example";
    config.token = "znak";
    config.switches.codeless_again = again;
    const std::vector<ErpProduct> products{ware("E1", "K1", "Buty jeden"),
                                           ware("E2", "K2", "Buty dwa"),
                                           ware("E3", std::nullopt, "Bez kodu"),
                                           ware("E4", "", "Bez kodu"), ware("E5", "K5", "Piąte")};
    ledger->put_products(products);
    shop.add_product(7, "K1", "10.00", "1");
    start();
    connector->save_configuration();
  }

  void start() { connector.emplace(config, *ledger, shop, clock, parts); }

  /// The shop's products: how many there are of each code and name.
  std::map<std::string, int> shelf() {
    std::map<std::string, int> found;
    for (const auto& [id, row] : shop.tables["products"]) {
      const auto name = row["translations"]["pl_PL"]["name"].get<std::string>();
      ++found[row["code"].get<std::string>() + "/" + name];
    }
    return found;
  }

  std::set<std::string> reasons() {
    std::set<std::string> all;
    for (const LoggedEntry& logged : ledger->log()) {
      all.insert(logged.entry.record + ": " + std::string(to_string(logged.entry.reason)));
    }
    return all;
  }
};

const std::map<std::string, int> kFullShelf{
    {"K1/Produkt K1", 1}, {"K2/Buty dwa", 1}, {"/Bez kodu", 2}, {"K5/Piąte", 1}};

}  // namespace

TEST_CASE("A draft names what the shop keeps under the ERP's names", "[products][policy]") {
  const ShopCatalogue shop = small_catalogue();
  const SystimSwitches switches;
  const ShopDirectory directory(shop, switches);
  ErpProduct product = ware("E1", "K1", "Żółte buty");
  product.categories = {{"Wyprzedaż", "Buty"}};

  const auto draft = draft_product(product, directory);
  REQUIRE(draft.ok());
  CHECK(draft->code == "K1");
  CHECK(draft->name == "Żółte buty");
  CHECK(draft->category_id == "10");
  CHECK(draft->tax_id == "1");
  CHECK(draft->unit_id == "1");
  CHECK(to_text(draft->gross_price) == "12.35");
  CHECK_FALSE(directory.category_is_a_guess(product));

  product.categories = {{"Kozaki", "Buty"}};
  CHECK(draft_product(product, directory)->category_id == "2");
  CHECK(directory.category_is_a_guess(product));
}

TEST_CASE("0, zw and np find their own rate of the shop, not each other's", "[products][policy]") {
  const ShopCatalogue shop = small_catalogue();
  SystimSwitches switches;
  const auto rate = [&](const std::string& label) {
    ErpProduct product = ware("E1", "K1", "But");
    product.vat = label;
    const auto draft = draft_product(product, ShopDirectory(shop, switches));
    return draft ? draft->tax_id : std::string(to_string(draft.error().reason));
  };
  CHECK(rate("0") == "4");
  CHECK(rate("zw") == "5");
  CHECK(rate("np II") == "6");
  CHECK(rate("oo") == "vat_not_in_shop");
  CHECK(rate("8") == "vat_not_in_shop");
  CHECK(rate("?") == "vat_unreadable");
  switches.vat_match = VatMatch::PercentOnly;
  CHECK(rate("zw") == "5");
  CHECK(rate("oo") == "4");
  switches.vat_match = VatMatch::Label;
  CHECK(rate("23") == "vat_not_in_shop");
  CHECK(rate("23%") == "1");
}

TEST_CASE("A category is found as the switch reads names", "[products][policy]") {
  const ShopCatalogue shop = small_catalogue();
  SystimSwitches switches;
  const auto category = [&](std::vector<CategoryPath> paths) {
    ErpProduct product = ware("E1", "K1", "But");
    product.categories = std::move(paths);
    const auto found = ShopDirectory(shop, switches).category(product);
    return found ? *found : std::string(to_string(found.error().reason));
  };
  CHECK(category({}) == "category_missing");
  CHECK(category({{""}}) == "category_missing");
  CHECK(category({{"buty"}}) == "category_not_in_shop");
  CHECK(category({{"Czapki"}, {"Obuwie"}}) == "1");
  switches.category_match = CategoryMatch::LeafMain;
  CHECK(category({{"Czapki"}, {"Obuwie"}}) == "category_not_in_shop");
  switches.category_match = CategoryMatch::Path;
  CHECK(category({{"Buty"}}) == "category_not_in_shop");
  CHECK(category({{"Obuwie", "Buty"}}) == "2");
}

TEST_CASE("What cannot be added is refused with its reason", "[products][policy]") {
  const ShopCatalogue shop = small_catalogue();
  const SystimSwitches switches;
  const ShopDirectory directory(shop, switches);
  const auto reason = [&](const std::function<void(ErpProduct&)>& spoil) {
    ErpProduct product = ware("E1", "K1", "But");
    spoil(product);
    const auto draft = draft_product(product, directory);
    return draft ? "none" : std::string(to_string(draft.error().reason));
  };
  CHECK(reason([](ErpProduct&) {}) == "none");
  CHECK(reason([](ErpProduct& p) { p.gross_price.reset(); }) == "price_missing");
  CHECK(reason([](ErpProduct& p) { p.gross_price = read_price("0,01"); }) == "price_unreadable");
  CHECK(reason([](ErpProduct& p) { p.gross_price = read_price("-0.01"); }) ==
        "price_not_above_zero");
  CHECK(reason([](ErpProduct& p) { p.gross_price = read_price("0.00"); }) == "none");
  CHECK(reason([](ErpProduct& p) { p.vat.reset(); }) == "vat_missing");
  CHECK(reason([](ErpProduct& p) { p.unit = "para"; }) == "unit_not_in_shop");
  CHECK(reason([](ErpProduct& p) { p.unit = ""; }) == "none");
  CHECK(reason([](ErpProduct& p) { p.name = "\xff"; }) == "text_unreadable");
}

TEST_CASE("What a command does, in its order", "[products][policy]") {
  using S = Step;
  SystimSwitches switches;
  CHECK(systim_steps("products", switches) == std::vector{S::Orders, S::Products, S::Stock});
  CHECK(systim_steps("stock", switches) == std::vector{S::Orders, S::Stock});
  CHECK(systim_steps("tick", switches) == std::vector{S::Orders, S::Stock});
  switches.stock_command_adds_products = StockCommandAddsProducts::Yes;
  CHECK(systim_steps("stock", switches) == std::vector{S::Orders, S::Products, S::Stock});
  CHECK(systim_steps("all", switches) == std::vector{S::Orders, S::Stock});
}

TEST_CASE("A call that makes something new is sent again only where it cannot have been done",
          "[products][policy]") {
  const auto again = [](Attempt attempt) {
    attempt.write = true;
    attempt.repeatable = false;
    return retry(attempt).again;
  };
  CHECK(again({.status = 429}));
  CHECK(again({.no_answer = NoAnswer::NotSent}));
  CHECK_FALSE(again({.no_answer = NoAnswer::Ambiguous}));
  CHECK_FALSE(again({.status = 500}));
  CHECK_FALSE(again({.status = 503}));
}

TEST_CASE("Sending products adds what is missing, with its stock, and sends the stock of the rest",
          "[products]") {
  Stall stall;
  const RunReport report = stall.connector->run(Command::Products);
  REQUIRE(report.ok);
  CHECK(stall.shelf() == kFullShelf);
  CHECK(stall.shop.stock_of("K1") == "5");
  CHECK(stall.shop.stock_of("K2") == "5");
  REQUIRE(report.products.has_value());
  CHECK(report.products->added == 4);
  CHECK(report.products->there == 1);
  CHECK(report.stock_written == 1);
  CHECK(stall.ledger->open_intents(stall.connector->integration()).empty());
  const auto added = stall.ledger->added_products(stall.connector->integration());
  CHECK(added.size() == 4);
  CHECK(stall.shop.tables["products"].contains(std::stoi(added.at("E3"))));
  CHECK(stall.shop.other_writes == 0);
}

TEST_CASE("Products without a code are added again as the switch says", "[products][switch]") {
  for (const auto& [again, added, reported] : {std::tuple(CodelessAgain::ReportOnly, 4, "warning"),
                                               std::tuple(CodelessAgain::AddOnce, 4, "info"),
                                               std::tuple(CodelessAgain::AddEveryRun, 6, "none")}) {
    Stall stall(again);
    REQUIRE(stall.connector->run(Command::Products).ok);
    const RunReport second = stall.connector->run(Command::Products);
    CHECK(stall.shop.products_added == added);
    std::string seen = "none";
    for (const LogEntry& entry : second.entries) {
      if (entry.reason == Reason::AddedBefore) seen = to_string(entry.severity);
    }
    CHECK(seen == reported);
  }
}

TEST_CASE("The stock command adds products only where the switch says so", "[products][switch]") {
  Stall stall;
  REQUIRE(stall.connector->run(Command::Stock).ok);
  CHECK(stall.shop.products_added == 0);
  stall.config.switches.stock_command_adds_products = StockCommandAddsProducts::Yes;
  stall.start();
  REQUIRE(stall.connector->run(Command::Stock).ok);
  CHECK(stall.shelf() == kFullShelf);
}

TEST_CASE("A product that the shop refuses is reported, and the others are added", "[products]") {
  Stall stall;
  stall.shop.refused_codes = {"K2"};
  const RunReport report = stall.connector->run(Command::Products);
  CHECK(report.ok);
  CHECK(report.products->added == 3);
  CHECK(report.failed == 1);
  CHECK(stall.reasons().contains("K2: product_refused"));
}

TEST_CASE("A product of the ERP whose code is not unique there is left alone", "[products]") {
  Stall stall;
  const std::vector<ErpProduct> twins{ware("E8", "K8", "Osiem"), ware("E9", "K8", "Dziewięć")};
  stall.ledger->put_products(twins);
  REQUIRE(stall.connector->run(Command::Products).ok);
  CHECK(stall.shelf() == kFullShelf);
  CHECK(stall.reasons().contains("K8: code_not_unique_in_erp"));
}

TEST_CASE("Wherever an answer is lost or the process dies, each product is added once",
          "[products][chaos]") {
  Stall calm;
  REQUIRE(calm.connector->run(Command::Products).ok);
  const int exchanges = calm.shop.exchanges;
  REQUIRE(exchanges > 10);
  for (int at = 0; at < exchanges; ++at) {
    for (const Fault fault :
         {Fault::Refused, Fault::Lost, Fault::TooManyRequests, Fault::ServerError, Fault::Truncated,
          Fault::KillBefore, Fault::KillAfter}) {
      for (const int times : {1, 12}) {
        Stall stall;
        stall.shop.fault = [&](int number, const HttpRequest&) {
          return number >= at && number < at + times ? fault : Fault::None;
        };
        bool ok = false;
        for (int starts = 0; !ok && starts < 20; ++starts) {
          try {
            ok = stall.connector->run(Command::Products).ok;
          } catch (const ProcessKilled&) {
            stall.start();
          }
        }
        INFO("exchange " << at << ", fault " << static_cast<int>(fault) << ", " << times);
        CHECK(ok);
        CHECK(stall.shelf() == kFullShelf);
        CHECK(stall.shop.stock_of("K1") == "5");
        const int added = stall.shop.products_added;
        const int written = stall.shop.stock_writes;
        CHECK(stall.connector->run(Command::Products).ok);
        CHECK(stall.shop.products_added == added);
        CHECK(stall.shop.stock_writes == written);
      }
    }
  }
}

TEST_CASE("An attempt that was never settled does not hide a product without a code of that name",
          "[products]") {
  Stall stall;
  // An older product of the same name and without a code is somebody else's.
  stall.shop.add_product(3, "", "10.00", "1");
  stall.shop.row("products", 3)["translations"]["pl_PL"]["name"] = "Bez kodu";
  bool lost = false;
  stall.shop.fault = [&](int, const HttpRequest& request) {
    const bool hit = !lost && request.method == "POST" && request.url.ends_with("/products") &&
                     request.body.find("Bez kodu") != std::string::npos;
    lost = lost || hit;
    return hit ? Fault::KillBefore : Fault::None;
  };
  CHECK_THROWS_AS(stall.connector->run(Command::Products), ProcessKilled);
  CHECK(stall.ledger->open_intents(stall.connector->integration()).size() == 1);
  stall.start();
  REQUIRE(stall.connector->run(Command::Products).ok);
  CHECK(stall.shelf()["/Bez kodu"] == 3);
}

TEST_CASE("An open attempt to add a product waits for the product sync", "[products]") {
  Stall stall;
  stall.shop.fault = [&](int, const HttpRequest& request) {
    return request.method == "POST" && request.url.ends_with("/products") ? Fault::KillAfter
                                                                          : Fault::None;
  };
  CHECK_THROWS_AS(stall.connector->run(Command::Products), ProcessKilled);
  stall.shop.fault = nullptr;
  stall.start();
  REQUIRE(stall.connector->run(Command::Stock).ok);
  CHECK(stall.ledger->open_intents(stall.connector->integration()).size() == 1);
  REQUIRE(stall.connector->run(Command::Products).ok);
  CHECK(stall.ledger->open_intents(stall.connector->integration()).empty());
  CHECK(stall.shelf() == kFullShelf);
}

TEST_CASE("The export holds every product of the books", "[products][csv]") {
  const Stall stall;
  const auto read = read_products_csv(stall.connector->export_products());
  REQUIRE(read.ok());
  CHECK(*read == stall.ledger->products());
}
