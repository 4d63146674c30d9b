#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <set>

#include "core/integrations/ebiuro_base.hpp"
#include "mocks/base/backdoor.hpp"
#include "mocks/base/panel.hpp"
#include "tests/harness/base_wire.hpp"
#include "tests/harness/opened_account.hpp"

// eBiuro of the reference core and the fake of Base, with the automatic actions between them.

using namespace atrapa;
namespace ebiuro = core::ebiuro_base;
using mocks::kit::Json;

namespace {

ebiuro::Settings settings_of(ebiuro::Direction direction) {
  ebiuro::Settings settings;
  settings.invoice_series = "FV";
  settings.receipt_series = "PAR";
  settings.direction = direction;
  return settings;
}

/// A shop on Base whose automatic actions call one eBiuro.
struct Shop {
  explicit Shop(core::EbiuroSwitches switches = {}, ebiuro::Parts parts = {})
      : time(mocks::kit::Instant{std::chrono::seconds{1'772'438'400}}),
        host(tests::base_account(), time, 1),
        clock(time),
        wire(host, time),
        ledger(core::Ledger::in_memory()),
        office({.base_url = "http://127.0.0.1:9",
                .switches = switches,
                .new_uuid = [this] { return fmt::format("uuid-{}", ++made); },
                .new_secret = [this] { return fmt::format("secret-{}", made); }},
               *ledger, wire, clock, std::move(parts)) {}

  core::Profile connect(const ebiuro::Settings& settings) {
    core::Profile profile = *office.add("Sklep", "made-up");
    REQUIRE(office.test(profile.id).ok());
    REQUIRE(office.configure(profile.id, settings).ok());
    return *core::profile(*ledger, profile.id);
  }

  /// What a person does in the panel; the calls it gives rise to reach eBiuro `times` times.
  Json panel(std::string_view operation, const Json& body, int times = 1) {
    Json answer;
    host.act([&](mocks::kit::Platform& platform, mocks::kit::Context& context) {
      answer = mocks::base::Panel(platform, "").perform(operation, body, context);
    });
    deliver(times);
    return answer;
  }
  void deliver(int times = 1) {
    for (const mocks::kit::Webhook& call : host.take_webhooks()) {
      for (int i = 0; i < times; ++i)
        answers.push_back(office.receive({call.verb, call.url, {}, ""}));
    }
  }
  void actions(const core::Profile& profile) {
    const auto call = [&](const char* path, const char* id) {
      return Json::array({{{"kind", "call_url"},
                           {"url", fmt::format("http://127.0.0.1:9{}{}?secretKey={}&{}", path,
                                               profile.id, profile.secret, id)}}});
    };
    const std::string sync = "/v1/product/sync/baselinker/";
    for (const char* event : {"product_created", "product_edited"}) {
      panel("add-rule", {{"name", event},
                         {"event", event},
                         {"actions", call(sync.c_str(), "productId=[produkt_id]")}});
    }
    panel("add-rule",
          {{"name", "deleted"},
           {"event", "product_deleted"},
           {"actions", call("/v1/product/delete/baselinker/", "productId=[produkt_id]")}});
    panel("add-rule",
          {{"name", "order"},
           {"event", "status_set"},
           {"statuses", {402}},
           {"actions", call("/v1/order/sync/baselinker/", "orderId=[numer_zamowienia]")}});
  }
  std::int64_t order(const std::string& word, const std::string& nip = "") {
    const Json answer = panel(
        "create-order",
        {{"fields",
          {{"extra_field_1", word},
           {"user_login", "anna"},
           {"phone", "600100200"},
           {"delivery_price", 12.5},
           {"invoice_fullname", "Anna Nowak"},
           {"invoice_nip", nip},
           {"invoice_company", nip.empty() ? "" : "Młyn sp. z o.o."}}},
         {"lines",
          {{{"name", "Kubek"}, {"price_brutto", 19.99}, {"tax_rate", 23}, {"quantity", 3}}}}});
    return answer["order_id"].get<std::int64_t>();
  }
  void move(std::int64_t order, int status, int times = 1) {
    panel("change-status", {{"order", order}, {"status", status}}, times);
  }

  mocks::kit::VirtualClock time;
  mocks::kit::Host host;
  tests::PassingClock clock;
  tests::BaseWire wire;
  std::unique_ptr<core::Ledger> ledger;
  int made = 0;
  ebiuro::Office office;
  std::vector<ebiuro::CallbackAnswer> answers;
};

}  // namespace

TEST_CASE("An order moved to the status becomes one document of the kind it asks for", "[ebiuro]") {
  Shop shop;
  const auto profile = shop.connect(settings_of(ebiuro::Direction::None));
  shop.actions(profile);
  const auto invoice = shop.order(" Faktura ", "5250000009");
  const auto receipt = shop.order("paragon");
  const auto waiting = shop.order("fv");
  CHECK(shop.ledger->order_count() == 0);
  for (const auto id : {invoice, receipt, waiting}) shop.move(id, 402, 2);
  shop.move(invoice, 403);
  shop.move(invoice, 402);
  CHECK(shop.ledger->order_count() == 3);

  const auto rows = shop.office.orders(profile.id);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].document_number == "FV/1/2026");
  CHECK(rows[1].document_number == "PAR/1/2026");
  CHECK(rows[2].can_issue);
  CHECK(shop.ledger->document_count() == 2);
  const auto papers = shop.ledger->documents();
  CHECK(papers[0].nip == "5250000009");
  CHECK(core::to_text(papers[0].total_gross) == "72.47");
  CHECK(papers[0].contractor == "Młyn sp. z o.o.");
  CHECK(core::contractors(*shop.ledger).size() == 2);

  REQUIRE(shop.office.issue(rows[2].order, core::DocumentKind::Invoice).ok());
  CHECK_FALSE(shop.office.issue(rows[2].order, core::DocumentKind::Receipt).ok());
}

TEST_CASE("A receipt for a buyer whose NIP is wrong bears none, and that is told", "[ebiuro]") {
  Shop shop;
  const auto profile = shop.connect(settings_of(ebiuro::Direction::None));
  shop.actions(profile);
  shop.move(shop.order("paragon", "5250000008"), 402);
  shop.move(shop.order("faktura", "5250000008"), 402);
  REQUIRE(shop.ledger->document_count() == 1);
  CHECK(shop.ledger->documents().front().kind == core::DocumentKind::Receipt);
  CHECK(shop.ledger->documents().front().nip.empty());
  const auto log = shop.ledger->log();
  REQUIRE(log.size() == 2);
  for (const core::LoggedEntry& one : log) CHECK(one.entry.reason == core::Reason::NipInvalid);
}

TEST_CASE("A buyer whose NIP is wrong is kept without it, and that is told", "[ebiuro]") {
  Shop shop({.document_trigger = core::DocumentTrigger::ButtonOnly});
  shop.actions(shop.connect(settings_of(ebiuro::Direction::None)));
  shop.move(shop.order("faktura", "1234567892"), 402);
  shop.move(shop.order("faktura", "PL 525-000-00-09"), 402);
  const auto buyers = core::contractors(*shop.ledger);
  REQUIRE(buyers.size() == 2);
  CHECK(buyers[0].name == "Młyn sp. z o.o.");
  CHECK(buyers[0].nip.empty());
  CHECK(buyers[0].party.nip.empty());
  CHECK(buyers[1].nip == "5250000009");
  const auto log = shop.ledger->log();
  REQUIRE(log.size() == 1);
  CHECK(log.front().entry.reason == core::Reason::NipInvalid);
}

TEST_CASE("Calls without the right address, secret or id change nothing", "[ebiuro]") {
  Shop shop;
  const auto a = shop.connect(settings_of(ebiuro::Direction::None));
  const auto b = shop.connect(settings_of(ebiuro::Direction::None));
  const auto id = shop.order("faktura");
  const auto call = [&](const std::string& uuid, const std::string& query) {
    return shop.office.receive({"GET", "/v1/order/sync/baselinker/" + uuid + query, {}, ""}).status;
  };
  const std::string order = fmt::format("&orderId={}", id);
  CHECK(call(a.id, "?secretKey=" + b.secret + order) == 403);
  CHECK(call(a.id, "?secretKey=" + order) == 403);
  CHECK(call(a.id, "?secretKey=" + a.secret + "&secretKey=" + a.secret + order) == 403);
  CHECK(call("integration_uuid", "?secretKey=" + a.secret + order) == 404);
  CHECK(call(a.id, "?secretKey=" + a.secret + "&orderId=[numer_zamowienia]") == 400);
  CHECK(call(a.id, "?secretKey=" + a.secret + "&orderId=%5Bnumer_zamowienia%5D") == 400);
  CHECK(call(a.id, "?secretKey=" + a.secret + "&orderId=12x") == 400);
  CHECK(shop.wire.calls == 2);  // The two tests of the connection.
  CHECK(shop.ledger->order_count() == 0);
  CHECK(call(a.id, "?secretKey=" + a.secret + "&orderId=99") == 200);
  CHECK(shop.ledger->order_count() == 0);
  CHECK(call(a.id, "?secretKey=" + a.secret + order) == 200);
  CHECK(shop.office.orders(a.id).size() == 1);
  CHECK(shop.office.orders(b.id).empty());
}

TEST_CASE("Products follow the shop by events, whatever their order", "[ebiuro]") {
  Shop shop;
  const auto profile = shop.connect(settings_of(ebiuro::Direction::FromShop));
  shop.actions(profile);
  const Json kubek = {{"inventory_id", 307},
                      {"sku", "KUB-1"},
                      {"tax_rate", 23},
                      {"prices", {{"105", 19.99}}},
                      {"text_fields", {{"name", "Kubek"}}}};
  const auto id =
      shop.panel("save-product", {{"fields", kubek}}, 2)["product_id"].get<std::int64_t>();
  REQUIRE(shop.ledger->product_count() == 1);
  CHECK(shop.ledger->products().front().code == "KUB-1");
  CHECK(shop.ledger->products().front().gross_price->text == "19.99");

  Json edited = kubek;
  edited["product_id"] = std::to_string(id);
  edited["sku"] = "KUB-2";
  shop.panel("save-product", {{"fields", edited}});
  REQUIRE(shop.ledger->product_count() == 1);
  CHECK(shop.ledger->products().front().code == "KUB-2");

  const std::string sync = fmt::format("/v1/product/sync/baselinker/{}?secretKey={}&productId={}",
                                       profile.id, profile.secret, id);
  shop.panel("delete-product", {{"product", id}});
  CHECK_FALSE(shop.ledger->products().front().active);
  CHECK(shop.office.receive({"GET", sync, {}, ""}).status == 200);  // A late edit.
  CHECK_FALSE(shop.ledger->products().front().active);
  CHECK(shop.ledger->product_count() == 1);

  Shop other;
  const auto none = other.connect(settings_of(ebiuro::Direction::ToShop));
  other.actions(none);
  other.panel("save-product", {{"fields", kubek}});
  CHECK(other.ledger->product_count() == 0);
}

TEST_CASE("Products and stock go to the shop once and stay equal", "[ebiuro]") {
  Shop shop;
  core::put_product_group(*shop.ledger, {"kubki", "Kubki"});
  core::put_price_group(*shop.ledger, {.id = "hurt", .name = "Hurt", .net = true});
  core::put_warehouse(*shop.ledger, {"M1", "Główny"});
  core::put_warehouse(*shop.ledger, {"M2", "Zapas"});
  for (int i = 1; i <= 3; ++i) {
    core::ErpProduct card;
    card.id = std::to_string(i);
    card.code = fmt::format("K-{}", i);
    card.name = fmt::format("Kubek {}", i);
    card.vat = "23";
    card.gross_price = core::read_price("99.00");
    card.prices["hurt"] = core::read_price("10.00");
    if (i < 3) card.groups = {"kubki"};
    shop.ledger->put_products({&card, 1});
    core::set_stock(*shop.ledger, card.id, "M1", {i * 1'000'000});
    core::set_stock(*shop.ledger, card.id, "M2", {50'000'000});
  }
  auto settings = settings_of(ebiuro::Direction::ToShop);
  settings.copy_existing = settings.stock = true;
  settings.product_groups = {"kubki"};
  settings.price_group = "hurt";
  settings.warehouse = "M1";
  const auto profile = shop.connect(settings);

  const auto report = shop.office.run(profile.id, "all");
  CHECK(report.ok);
  CHECK(report.products->added == 2);
  CHECK(report.stock_written == 2);
  const auto& products = mocks::base::Backdoor(shop.host.platform()).look().catalogue.products;
  std::set<std::string> seen;
  products.each([&](const mocks::base::Product& product) {
    seen.insert(fmt::format("{} {} {} {}", product.sku, product.text_fields.at("name"),
                            product.prices.at(105).fixed(2), product.stock.at("bl_206")));
    return true;
  });
  CHECK(seen == std::set<std::string>{"K-1 Kubek 1 12.30 1", "K-2 Kubek 2 12.30 2"});

  const int calls = shop.wire.calls;
  const auto again = shop.office.run(profile.id, "all");
  CHECK(again.products->added == 0);
  CHECK(again.stock_written == 0);
  CHECK(shop.wire.calls - calls <= 4);
}

TEST_CASE("An answer that is lost adds no product twice", "[ebiuro]") {
  Shop shop;
  core::ErpProduct card;
  card.id = "1";
  card.code = "K-1";
  card.name = "Kubek";
  card.gross_price = core::read_price("9.99");
  shop.ledger->put_products({&card, 1});
  auto settings = settings_of(ebiuro::Direction::ToShop);
  settings.copy_existing = true;
  const auto profile = shop.connect(settings);
  shop.host.arm(
      {{.exchange = 2,
        .kind = mocks::kit::FaultKind::LostAfterCommit}});  // getInventories, the list, the adding.
  CHECK_FALSE(shop.office.run(profile.id, "products").ok);
  CHECK(shop.office.run(profile.id, "products").ok);
  CHECK(shop.office.run(profile.id, "products").ok);
  int products = 0;
  mocks::base::Backdoor(shop.host.platform()).look().catalogue.products.each([&](const auto&) {
    ++products;
    return true;
  });
  CHECK(products == 1);
  CHECK(core::links_of(*shop.ledger, profile.id, "product").size() == 1);
}

TEST_CASE("Nothing can be set before the test has passed, and an edit keeps the addresses",
          "[ebiuro]") {
  Shop shop;
  const auto settings = settings_of(ebiuro::Direction::None);
  CHECK_FALSE(shop.office.add("Sklep", " \n").ok());
  const auto wrong = *shop.office.add("Sklep", "another");
  CHECK_FALSE(shop.office.test(wrong.id).ok());
  CHECK(shop.office.configure(wrong.id, settings).error().reason ==
        core::Reason::ConnectionNotTested);
  REQUIRE(shop.office.edit(wrong.id, "Sklep 2", "made-up").ok());
  REQUIRE(shop.office.test(wrong.id).ok());
  auto stock = settings_of(ebiuro::Direction::FromShop);
  stock.stock = true;
  CHECK(shop.office.configure(wrong.id, stock).error().reason == core::Reason::SettingUnusable);
  auto bare = settings;
  bare.receipt_series.clear();
  CHECK(shop.office.configure(wrong.id, bare).error().reason == core::Reason::SettingMissing);
  REQUIRE(shop.office.configure(wrong.id, settings).ok());
  const auto now = *core::profile(*shop.ledger, wrong.id);
  CHECK(now.id == wrong.id);
  CHECK(now.secret == wrong.secret);
  CHECK(now.state == core::Profile::State::Active);
  REQUIRE(shop.office.set_active(wrong.id, false).ok());
  CHECK(shop.office
            .receive({"POST",
                      fmt::format("/v1/order/sync/baselinker/{}?secretKey={}&orderId=1", now.id,
                                  now.secret),
                      {},
                      ""})
            .status == 409);
  CHECK_FALSE(shop.office.run(now.id, "orders").ok);
  REQUIRE(shop.office.remove(now.id).ok());
  CHECK(shop.office.list().empty());
}
