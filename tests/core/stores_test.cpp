#include "core/ledger/stores.hpp"

#include <catch2/catch.hpp>

#include "core/ledger/profiles.hpp"
#include "core/policy/base_switches.hpp"
#include "core/policy/totals.hpp"

using namespace atrapa::core;

namespace {

constexpr Instant kFiledAt{std::chrono::hours{500'000}};

Quantity whole_pieces(std::int64_t n) { return {n * 1'000'000}; }

ErpOrder order_of_one() {
  ErpOrder order;
  order.shop_order_id = "10";
  order.integration = "a";
  order.contractor = "Anna Nowak";
  order.placed_at = order.fetched_at = kFiledAt;
  order.placed_on = std::chrono::year{2026} / 3 / 2;
  order.total_gross = {1999};
  order.status_id = "3";
  order.confirmed_at = kFiledAt;
  order.currency = "EUR";
  order.login = "anna";
  order.wants_invoice = true;
  order.document_word = " Faktura";
  ErpOrderLine line;
  line.product_id = "1";
  line.code = "A";
  line.name = "Kubek";
  line.quantity = kOnePiece;
  line.unit_price = {199900};
  line.vat = "23";
  line.value = {1999};
  line.shop_product_id = "77";
  line.shop_warehouse = "bl_206";
  line.warehouse = "M1";
  order.lines.push_back(std::move(line));
  return order;
}

}  // namespace

TEST_CASE("A product's card keeps all that it holds") {
  const auto ledger = Ledger::in_memory();
  ErpProduct card;
  card.id = "1";
  card.code = "A";
  card.name = "Kubek";
  card.unit = "szt.";
  card.ean = "5901234123457";
  card.description = "Biały";
  card.groups = {"kubki", "nowe"};
  card.prices = {{"detal", read_price("19.99")}, {"hurt", read_price("dużo")}};
  card.images = {"https://shop.example/1.jpg"};
  card.active = false;
  ledger->put_products({&card, 1});
  CHECK(ledger->product("1") == card);
  CHECK(ledger->products_of_code("A").size() == 1);
  CHECK(ledger->products_of_code("a").empty());
  CHECK(ledger->products_of_name("Kubek").front().prices.at("hurt").text == "dużo");
  CHECK_FALSE(ledger->product("2"));
}

TEST_CASE("Stocks are kept for each warehouse and moved by differences") {
  const auto ledger = Ledger::in_memory();
  put_warehouse(*ledger, {"M1", "Główny"});
  put_warehouse(*ledger, {"M2", "Sklep"});
  put_warehouse(*ledger, {"M1", "Centralny"});
  CHECK(warehouses(*ledger) == std::vector<ErpWarehouse>{{"M1", "Centralny"}, {"M2", "Sklep"}});
  set_stock(*ledger, "1", "M1", whole_pieces(5));
  move_stock(*ledger, "1", "M1", whole_pieces(-7));
  move_stock(*ledger, "1", "M2", whole_pieces(1));
  CHECK(stocks_of(*ledger, "1") == Stocks{{"M1", whole_pieces(-2)}, {"M2", whole_pieces(1)}});
  CHECK(stocks_in(*ledger, "M2") == std::map<std::string, Quantity>{{"1", whole_pieces(1)}});
}

TEST_CASE("Links belong to one integration, and two of the platform may share a record") {
  const auto ledger = Ledger::in_memory();
  put_link(*ledger, "a", {.kind = "product", .erp_id = "1", .external_id = "77"}, kFiledAt);
  put_link(*ledger, "b",
           {.kind = "product", .erp_id = "2", .external_id = "77", .by = RecordLink::By::Name},
           kFiledAt);
  put_link(*ledger, "a", {.kind = "warehouse", .erp_id = "M1", .external_id = "bl_1"}, kFiledAt);
  put_link(*ledger, "a", {.kind = "warehouse", .erp_id = "M1", .external_id = "bl_2"}, kFiledAt);
  CHECK(link_to(*ledger, "a", "product", "77")->erp_id == "1");
  CHECK(link_to(*ledger, "b", "product", "77")->by == RecordLink::By::Name);
  CHECK(links_from(*ledger, "a", "warehouse", "M1").size() == 2);
  drop_link(*ledger, "a", "warehouse", "bl_1");
  CHECK(links_of(*ledger, "a", "warehouse").size() == 1);
}

TEST_CASE("Profiles, events, contractors and deliveries come back as they were filed") {
  const auto ledger = Ledger::in_memory();
  Profile shop{.id = "u-1", .program = "ebiuro-base", .label = "Sklep", .made_at = kFiledAt};
  put_profile(*ledger, shop);
  shop.state = Profile::State::Active;
  shop.settings = R"({"direction":"none"})";
  put_profile(*ledger, shop);
  CHECK(profile(*ledger, "u-1") == shop);
  CHECK(profiles(*ledger, "firmino-base").empty());
  drop_profile(*ledger, "u-1");
  CHECK(profiles(*ledger).empty());

  const auto first = add_event(
      *ledger,
      {.integration = "u-1", .kind = "order", .external_id = "9", .received_at = kFiledAt});
  add_event(*ledger,
            {.integration = "u-1", .kind = "product", .external_id = "8", .received_at = kFiledAt});
  settle_event(*ledger, first, InboundEvent::State::Ignored, "direction");
  CHECK(pending_events(*ledger, "u-1").size() == 1);
  CHECK(events(*ledger).front().text == "direction");

  Contractor firm{.name = "Młyn sp. z o.o.", .nip = "5250000009", .email = "a@shop.example"};
  firm.party.company = firm.name;
  firm.id = add_contractor(*ledger, firm);
  CHECK(contractor(*ledger, firm.id) == firm);
  firm.phone = "600";
  update_contractor(*ledger, firm);
  CHECK(contractors_of_nip(*ledger, "5250000009") == std::vector{firm});
  CHECK(contractors_of_name(*ledger, "młyn sp. z o.o.").empty());

  put_delivery(*ledger, {.document = 4, .integration = "u-1"}, kFiledAt);
  CHECK(open_deliveries(*ledger, "u-1").size() == 1);
  put_delivery(
      *ledger,
      {.document = 4, .integration = "u-1", .state = Delivery::State::Sent, .external_id = "12"},
      kFiledAt);
  CHECK(open_deliveries(*ledger, "u-1").empty());
  CHECK(delivery_of(*ledger, 4)->external_id == "12");
}

TEST_CASE("An order is refreshed until it has its sales document") {
  const auto ledger = Ledger::in_memory();
  ErpOrder order = order_of_one();
  const SavedOrder saved = ledger->save_order(order, Ledger::idempotency_key("a", "10"));
  order = *ledger->order_of("a", "10");
  CHECK(order.document_word == " Faktura");
  CHECK(order.wants_invoice == true);
  CHECK(order.lines.front().warehouse == "M1");
  CHECK(order.currency == "EUR");
  CHECK_FALSE(ledger->order_of("b", "10"));

  order.lines.front().name = "Kubek duży";
  order.buyer.company = "Młyn";
  REQUIRE(ledger->update_order(order).ok());
  CHECK(ledger->order(saved.id)->lines.front().name == "Kubek duży");
  CHECK(ledger->order(saved.id)->lines.size() == 1);
  CHECK(ledger->order(saved.id)->buyer.company == "Młyn");
  CHECK(ledger->orders_of("a").size() == 1);
  CHECK(ledger->orders_of("b").empty());

  const auto receipt = ledger->issue_sales({.order_id = saved.id,
                                            .kind = DocumentKind::Receipt,
                                            .series = "PAR",
                                            .issued_on = std::chrono::year{2026} / 3 / 2,
                                            .rounding = VatRounding::PerLine});
  REQUIRE(receipt.ok());
  CHECK(receipt->number == "PAR/1/2026");
  CHECK(ledger->sales_document(saved.id)->rounding == VatRounding::PerLine);
  CHECK(ledger->sales_document(saved.id)->currency == "EUR");
  CHECK_FALSE(ledger->update_order(order).ok());
  CHECK(ledger->set_order_status(saved.id, "5"));
  CHECK(ledger->order(saved.id)->status_id == "5");
  CHECK_FALSE(ledger->set_order_status(99, "5"));
}

TEST_CASE("The three ways of rounding tax part by a few grosze") {
  std::vector<ErpOrderLine> lines(3);
  for (ErpOrderLine& line : lines) {
    line.vat = "23";
    line.value = {999};
  }
  const auto gross = vat_summary(lines).front();
  CHECK(gross.tax == Money{560});  // 29.97 * 23 / 123 = 5.604
  CHECK(gross.gross == Money{2997});
  const auto line = vat_summary(lines, VatRounding::PerLine).front();
  CHECK(line.tax == Money{561});  // 3 * 1.87
  CHECK(line.net + line.tax == Money{2997});
  const auto net = vat_summary(lines, VatRounding::PerRateFromNet).front();
  CHECK(net.tax == Money{560});     // 3 * 8.12 = 24.36; 24.36 * 0.23 = 5.6028
  CHECK(net.gross == Money{2997});  // What was paid stays,
  CHECK(net.net == Money{2437});    // and the net takes the rest.

  lines.resize(1);
  lines[0].vat = "4";
  lines[0].value = {13};
  const auto half = vat_summary(lines, VatRounding::PerRateFromNet).front();
  CHECK(half.tax == Money{1});  // 0.13 / 1.04 = 0.125, rounded up; 0.13 * 0.04 = 0.0052
}

TEST_CASE("Switches of the Base integrations are set by name") {
  EbiuroSwitches ebiuro;
  REQUIRE(set_switch(ebiuro, "ebiuro.doc_word_unknown", "by_want_invoice").ok());
  CHECK(ebiuro.doc_word_unknown == DocWordUnknown::ByWantInvoice);
  CHECK(switch_value(ebiuro, "ebiuro.document_trigger") == "automatic_on_status");
  FirminoSwitches firmino;
  CHECK_FALSE(set_switch(firmino, "firmino.line_match", "sku").ok());
  CHECK(ebiuro_switch_names().size() == 7);
  CHECK(firmino_switch_names().size() == 5);
  CHECK(fiscal_switch_names().front().values.front() == "checksum_and_prefix");
}
