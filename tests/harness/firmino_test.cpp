#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <set>

#include "core/integrations/firmino_base.hpp"
#include "mocks/base/backdoor.hpp"
#include "mocks/base/panel.hpp"
#include "tests/harness/base_wire.hpp"
#include "tests/harness/opened_account.hpp"

// Firmino of the reference core and the fake of Base.

using namespace atrapa;
namespace firmino = core::firmino_base;
using mocks::kit::Json;

namespace {

struct FirminoShop {
  explicit FirminoShop(core::FirminoSwitches switches = {})
      : time(mocks::kit::Instant{std::chrono::seconds{1'772'438'400}}),
        host(tests::base_account(), time, 1),
        clock(time),
        wire(host, time),
        ledger(core::Ledger::in_memory()),
        office({.base_url = "http://127.0.0.1:9",
                .switches = switches,
                .new_uuid = [this] { return fmt::format("uuid-{}", ++made); }},
               *ledger, wire, clock) {
    core::put_warehouse(*ledger, {"M1", "Główny"});
  }

  core::Profile connect(const firmino::Settings& settings) {
    const core::Profile profile = *office.add("Sklep", "made-up");
    const auto set = office.configure(profile.id, settings);
    REQUIRE(set.ok());
    return profile;
  }
  Json panel(std::string_view operation, const Json& body) {
    Json answer;
    host.act([&](mocks::kit::Platform& platform, mocks::kit::Context& context) {
      answer = mocks::base::Panel(platform, "").perform(operation, body, context);
    });
    return answer;
  }
  const mocks::base::State& base() { return mocks::base::Backdoor(host.platform()).look(); }
  std::string product(const std::string& sku, const std::string& name, int pieces = 10) {
    const Json saved = panel("save-product", {{"fields",
                                               {{"inventory_id", 307},
                                                {"sku", sku},
                                                {"tax_rate", 23},
                                                {"prices", {{"105", 19.99}}},
                                                {"stock", {{"bl_206", pieces}}},
                                                {"text_fields", {{"name", name}}}}}});
    const Json& id = saved["product_id"];
    return id.is_string() ? id.get<std::string>() : id.dump();
  }
  std::string order(const std::string& company, const std::string& nip, const Json& line,
                    int status = 401) {
    const Json answer = panel("create-order", {{"fields",
                                                {{"order_status_id", status},
                                                 {"invoice_company", company},
                                                 {"invoice_fullname", "Anna Nowak"},
                                                 {"invoice_address", "Polna 1"},
                                                 {"invoice_country_code", "PL"},
                                                 {"invoice_nip", nip}}},
                                               {"lines", {line}}});
    return std::to_string(answer["order_id"].get<std::int64_t>());
  }
  void move(const std::string& order, int status) {
    panel("change-status", {{"order", std::stoll(order)}, {"status", status}});
  }

  mocks::kit::VirtualClock time;
  mocks::kit::Host host;
  tests::PassingClock clock;
  tests::BaseWire wire;
  std::unique_ptr<core::Ledger> ledger;
  int made = 0;
  firmino::Office office;
};

const Json kLine = {{"name", "Kubek"}, {"price_brutto", 19.99}, {"tax_rate", 23}, {"quantity", 2}};

firmino::Settings orders_only() {
  firmino::Settings settings;
  settings.orders = settings.confirmed = true;
  return settings;
}

}  // namespace

TEST_CASE("Orders come by date and status, late ones too, each once", "[firmino]") {
  FirminoShop shop;
  auto settings = orders_only();
  settings.date_from = "2026-03-02";
  settings.statuses = {"402", "403"};
  const auto profile = shop.connect(settings);
  const auto early = shop.order("", "", kLine);
  const auto now = shop.order("", "", kLine, 402);
  shop.time.advance(std::chrono::hours{24});
  CHECK(shop.office.run(profile.id, "tick").orders_saved == 1);
  shop.move(early, 403);
  const auto late = shop.order("", "", kLine, 403);
  shop.move(now, 401);
  CHECK(shop.office.run(profile.id, "tick").orders_saved == 2);
  CHECK(shop.office.run(profile.id, "tick").orders_saved == 0);
  CHECK(shop.ledger->order_count() == 3);

  FirminoShop other;
  settings.date_from = "2026-03-03";
  const auto after = other.connect(settings);
  other.order("", "", kLine, 402);
  CHECK(other.office.run(after.id, "tick").orders_saved == 0);
}

TEST_CASE("Lines and buyers are linked, and stock falls once", "[firmino]") {
  FirminoShop shop;
  auto settings = orders_only();
  settings.link_products = settings.link_contractors = settings.warehouses = true;
  const auto profile = shop.connect(settings);
  REQUIRE(shop.office.join_warehouse(profile.id, "bl_206", "M1").ok());
  core::put_warehouse(*shop.ledger, {"M2", "Zapas"});
  CHECK_FALSE(shop.office.join_warehouse(profile.id, "bl_206", "M2").ok());
  core::ErpProduct card;
  card.id = "1";
  card.name = "Kubek";
  shop.ledger->put_products({&card, 1});
  core::set_stock(*shop.ledger, "1", "M1", {10'000'000});

  Json from_store = kLine;
  from_store["warehouse_id"] = 206;
  shop.order("Młyn", "5250000009", from_store);
  shop.order("Młyn", "5250000009", from_store);
  Json unknown = kLine;
  unknown["name"] = "Talerz";
  unknown["sku"] = "T-1";
  shop.order("Młyn", "7770001111", unknown);
  shop.order("Młyn", "7770001111", unknown);
  const auto report = shop.office.run(profile.id, "tick");
  CHECK(report.orders_saved == 4);
  CHECK(core::stocks_of(*shop.ledger, "1").at("M1") == core::Quantity{6'000'000});
  CHECK(shop.ledger->product_count() == 2);
  CHECK(shop.ledger->products().back().code == "T-1");
  CHECK(core::contractors(*shop.ledger).size() == 1);  // By name alone; told below.
  int merged = 0;
  for (const auto& entry : report.entries) merged += entry.reason == core::Reason::BuyerNipDiffers;
  CHECK(merged == 2);
  shop.office.run(profile.id, "tick");
  CHECK(core::stocks_of(*shop.ledger, "1").at("M1") == core::Quantity{6'000'000});

  FirminoShop by_nip({.contractor_match = core::ContractorMatch::NipThenName});
  const auto other = by_nip.connect(settings);
  by_nip.order("Młyn", "5250000009", kLine);
  by_nip.order("Młyn", "7770001111", kLine);
  by_nip.order("MŁYN", "7770001111", kLine);
  by_nip.office.run(other.id, "tick");
  by_nip.order("Tartak", "5250000008", kLine);
  const auto told = by_nip.office.run(other.id, "tick");
  const auto buyers = core::contractors(*by_nip.ledger);
  REQUIRE(buyers.size() == 3);
  CHECK(buyers.back().name == "Tartak");
  CHECK(buyers.back().nip.empty());
  REQUIRE(told.entries.size() == 1);
  CHECK(told.entries.front().reason == core::Reason::NipInvalid);
}

TEST_CASE("A document reaches its order in Base once, also when answers are lost", "[firmino]") {
  for (const int lost : {-1, 0, 1, 2}) {
    FirminoShop shop;
    auto settings = orders_only();
    settings.send_documents = true;
    settings.usual_document = core::DocumentKind::Invoice;
    const auto profile = shop.connect(settings);
    const auto id = shop.order("Młyn", "5250000009", kLine);
    shop.office.run(profile.id, "tick");
    const auto issued = shop.office.fulfil(shop.office.orders(profile.id).front().order);
    REQUIRE(issued.ok());
    CHECK(issued->number == "FV/1/2026");
    CHECK_FALSE(shop.office.fulfil(shop.office.orders(profile.id).front().order).ok());
    if (lost >= 0) {
      // getOrders, then the list of series, the invoice and its file.
      shop.host.arm({{.exchange = static_cast<std::uint64_t>(lost) + 1,
                      .kind = mocks::kit::FaultKind::LostAfterCommit}});
    }
    for (int i = 0; i < 4; ++i) shop.office.run(profile.id, "tick");
    CHECK(core::deliveries(*shop.ledger).front().state == core::Delivery::State::Sent);
    int invoices = 0;
    shop.base().invoicing.invoices.each([&](const mocks::base::Invoice& invoice) {
      ++invoices;
      CHECK(invoice.external_invoice_number == "FV/1/2026");
      CHECK(std::to_string(invoice.order_id) == id);
      return true;
    });
    CHECK(invoices == 1);
  }
}

TEST_CASE("With Firmino as the source products and stock go to Base", "[firmino]") {
  FirminoShop shop;
  firmino::Settings settings;
  settings.products = settings.warehouses = settings.confirmed = settings.push_stock = true;
  settings.product_source = firmino::ProductSource::Firmino;
  const auto profile = shop.connect(settings);
  REQUIRE(shop.office.join_warehouse(profile.id, "bl_206", "M1").ok());
  const auto by_sku = shop.product("K-1", "Kubek w Base");
  const auto by_name = shop.product("", "Talerz");
  for (const auto& [id, sku, name] :
       {std::tuple("1", "K-1", "Kubek"), {"2", "T-1", "Talerz"}, {"3", "M-1", "Miska"}}) {
    core::ErpProduct card;
    card.id = id;
    card.code = sku;
    card.name = name;
    card.vat = "23";
    card.gross_price = core::read_price("12.00");
    shop.ledger->put_products({&card, 1});
    core::set_stock(*shop.ledger, id, "M1", {7'000'000});
  }
  const auto report = shop.office.run(profile.id, "tick");
  CHECK(report.ok);
  CHECK(report.products->added == 1);
  CHECK(report.products->there == 2);
  CHECK(core::link_to(*shop.ledger, profile.id, "product", by_sku)->erp_id == "1");
  CHECK(core::link_to(*shop.ledger, profile.id, "product", by_name)->by ==
        core::RecordLink::By::Name);
  std::set<std::string> seen;
  shop.base().catalogue.products.each([&](const mocks::base::Product& product) {
    seen.insert(fmt::format("{} {}", product.text_fields.at("name"), product.stock.at("bl_206")));
    return true;
  });
  CHECK(seen == std::set<std::string>{"Kubek w Base 7", "Talerz 7", "Miska 7"});

  const int calls = shop.wire.calls;
  CHECK(shop.office.card_saved("1").ok);
  CHECK(shop.wire.calls == calls + 2);  // The catalogues, and the edit.
  settings.update_name = true;
  REQUIRE(shop.office.configure(profile.id, settings).ok());
  CHECK(shop.office.run(profile.id, "tick").stock_written == 0);
  CHECK(shop.base().catalogue.products.find(std::stoll(by_sku))->text_fields.at("name") == "Kubek");

  settings.product_source = firmino::ProductSource::Base;
  CHECK_FALSE(shop.office.configure(profile.id, settings).ok());
}

TEST_CASE("With Base as the source cards follow, joined by SKU or name", "[firmino]") {
  for (const auto match : {core::ProductMatch::SkuOrName, core::ProductMatch::SkuAndName}) {
    FirminoShop shop({.product_match = match});
    firmino::Settings settings;
    settings.products = settings.confirmed = true;
    settings.product_source = firmino::ProductSource::Base;
    const auto profile = shop.connect(settings);
    shop.product("K-1", "Kubek w Base");
    const auto gone = shop.product("", "Talerz");
    core::ErpProduct card;
    card.id = "1";
    card.code = "K-1";
    card.name = "Kubek";
    shop.ledger->put_products({&card, 1});
    CHECK(shop.office.run(profile.id, "tick").ok);
    const bool joined = match == core::ProductMatch::SkuOrName;
    CHECK(shop.ledger->product_count() == (joined ? 2U : 3U));
    CHECK(shop.ledger->product("1")->name == (joined ? "Kubek w Base" : "Kubek"));
    shop.office.run(profile.id, "tick");
    CHECK(shop.ledger->product_count() == (joined ? 2U : 3U));
    shop.panel("delete-product", {{"product", std::stoll(gone)}});
    shop.office.run(profile.id, "tick");
    int active = 0;
    for (const auto& each : shop.ledger->products()) active += each.active ? 1 : 0;
    CHECK(active == (joined ? 1 : 2));
  }
}

TEST_CASE("Nothing moves before the yes, nor of a module that was not chosen", "[firmino]") {
  FirminoShop shop;
  auto settings = orders_only();
  settings.confirmed = false;
  const auto profile = shop.connect(settings);
  shop.order("", "", kLine);
  CHECK_FALSE(shop.office.run(profile.id, "tick").ok);
  CHECK(shop.office.confirm(profile.id, false).ok);
  CHECK(shop.wire.calls == 0);
  CHECK(shop.office.confirm(profile.id, true).orders_saved == 1);
  shop.office.card_saved("1");
  settings.orders = false;
  settings.confirmed = true;
  REQUIRE(shop.office.configure(profile.id, settings).ok());
  const int calls = shop.wire.calls;
  shop.office.run(profile.id, "all");
  CHECK(shop.wire.calls == calls);
}

TEST_CASE("New warehouses of Base are taken over once", "[firmino]") {
  FirminoShop shop;
  firmino::Settings settings;
  settings.warehouses = settings.confirmed = settings.fetch_new_warehouses = true;
  const auto profile = shop.connect(settings);
  shop.office.run(profile.id, "tick");
  shop.office.run(profile.id, "tick");
  const auto stores = core::warehouses(*shop.ledger);
  REQUIRE(stores.size() == 2);
  CHECK(stores.back().name == "Domyślny");
}

TEST_CASE("A receipt's file whose answer was lost is found at the receipt", "[firmino]") {
  FirminoShop shop;
  auto settings = orders_only();
  settings.send_documents = true;
  const auto profile = shop.connect(settings);
  shop.order("", "", kLine);
  shop.office.run(profile.id, "tick");
  REQUIRE(shop.office.fulfil(shop.office.orders(profile.id).front().order).ok());
  // getOrders, the list of series, the receipt, its file.
  shop.host.arm({{.exchange = 3, .kind = mocks::kit::FaultKind::LostAfterCommit}});
  shop.office.run(profile.id, "tick");
  shop.office.run(profile.id, "tick");
  CHECK(core::deliveries(*shop.ledger).front().state == core::Delivery::State::Sent);
  CHECK(shop.ledger->open_intents(profile.id).empty());
}

TEST_CASE("A fraction holds back the level of its own warehouse alone", "[firmino]") {
  FirminoShop shop;
  core::put_warehouse(*shop.ledger, {"M2", "Zapas"});
  firmino::Settings settings;
  settings.products = settings.warehouses = settings.confirmed = settings.push_stock = true;
  settings.product_source = firmino::ProductSource::Firmino;
  const auto profile = shop.connect(settings);
  mocks::base::Backdoor door(shop.host.platform());
  door.plant("warehouses", {{"warehouse_id", 207}, {"name", "Drugi"}, {"stock_edition", true}});
  auto inventory = *door.look().catalogue.inventories.find(307);
  inventory.warehouses.push_back("bl_207");
  door.change().catalogue.inventories.put(inventory);
  REQUIRE(shop.office.join_warehouse(profile.id, "bl_206", "M1").ok());
  REQUIRE(shop.office.join_warehouse(profile.id, "bl_207", "M2").ok());
  const auto id = shop.product("K-1", "Kubek");
  core::ErpProduct card;
  card.id = "1";
  card.code = "K-1";
  card.name = "Kubek";
  shop.ledger->put_products({&card, 1});
  core::set_stock(*shop.ledger, "1", "M1", {1'500'000});
  core::set_stock(*shop.ledger, "1", "M2", {3'000'000});
  const auto report = shop.office.run(profile.id, "tick");
  const auto& stock = shop.base().catalogue.products.find(std::stoll(id))->stock;
  CHECK(stock.at("bl_206") == 10);
  CHECK(stock.at("bl_207") == 3);
  CHECK(report.entries.back().reason == core::Reason::StockFractional);
}

TEST_CASE("Where SKU and name lead to two products of Base, the SKU counts and it is told",
          "[firmino]") {
  FirminoShop shop;
  firmino::Settings settings;
  settings.products = settings.confirmed = true;
  settings.product_source = firmino::ProductSource::Firmino;
  const auto profile = shop.connect(settings);
  const auto by_sku = shop.product("K-1", "Talerz");
  shop.product("T-1", "Kubek");
  core::ErpProduct card;
  card.id = "1";
  card.code = "K-1";
  card.name = "Kubek";
  shop.ledger->put_products({&card, 1});
  const auto report = shop.office.run(profile.id, "tick");
  CHECK(core::link_to(*shop.ledger, profile.id, "product", by_sku)->erp_id == "1");
  REQUIRE(report.entries.size() == 1);
  CHECK(report.entries.front().reason == core::Reason::MatchConflict);
}

TEST_CASE("An order of on_fetch is stored with its document or not at all", "[firmino]") {
  FirminoShop shop({.document_moment = core::DocumentMoment::OnFetch});
  const auto profile = shop.connect(orders_only());
  shop.order("", "", kLine);
  shop.ledger->on_commit([&](core::CommitPoint) {
    CHECK(shop.ledger->order_count() == shop.ledger->document_count());
  });
  CHECK(shop.office.run(profile.id, "tick").orders_saved == 1);
  shop.ledger->on_commit({});
  CHECK(shop.ledger->document_count() == 1);
}
