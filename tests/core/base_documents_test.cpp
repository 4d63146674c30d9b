#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/shops/base/documents.hpp"
#include "paper_base.hpp"

namespace atrapa::core::base {

namespace {

using test::BaseTable;
using test::PaperBase;
using test::TestClock;
using State = Creation::State;

const NewInvoice kInvoice{.order_id = "7", .series_id = "15"};

NewOrder an_order() {
  NewOrder order;
  order.status_id = "5";
  order.added = UnixTime{std::chrono::seconds{1'772'352'000}};
  order.email = "kupujacy@shop.example";
  order.extra_field_1 = "faktura";
  order.delivery_price = Money{1499};
  order.lines = {
      {.name = "But", .sku = "A-1", .price_gross = Money{1990}, .vat = *parse_vat("23")}};
  return order;
}

}  // namespace

TEST_CASE("Base: series are read with ids as numbers or texts", "[base][documents]") {
  BaseTable table;
  table.script.says(
      R"({"status":"SUCCESS","series":[{"id":"15","type":"INVOICE","name":"FV","format":"%N/%M/%Y"},{"id":16,"type":"RECEIPT"}]})");
  const auto series = read_series(table.client);
  REQUIRE(series.ok());
  CHECK(series->at(0).id == "15");
  CHECK(series->at(1).id == "16");
  CHECK(series->at(0).format == "%N/%M/%Y");
}

TEST_CASE("Base: invoices and returns are walked by id, each once, while others come and go",
          "[base][documents]") {
  TestClock clock;
  PaperBase service(clock);
  Budget budget;
  Client client({"https://base.example", "t"}, service, clock, budget);
  for (std::int64_t i = 1; i <= 350; ++i) service.ids.push_back(i * 2);
  std::int64_t last = 700;
  service.before_call = [&] {
    service.ids.erase(service.ids.begin());
    service.ids.push_back(last += 2);
  };
  std::multiset<std::string> ids;
  REQUIRE(read_invoices(client, 0, [&](std::vector<Invoice> page) {
            for (const Invoice& invoice : page) ids.insert(invoice.id);
            return true;
          }).ok());
  CHECK(ids.size() == 353);
  CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());

  std::size_t returns = 0;
  REQUIRE(read_returns(client, 600, [&](std::vector<OrderReturn> page) {
            returns += page.size();
            return true;
          }).ok());
  CHECK(returns == 56);
}

TEST_CASE("Base: an invoice and a return are read in either wire shape", "[base][documents]") {
  BaseTable table;
  table.script.says(
      R"({"status":"SUCCESS","invoices":[{"invoice_id":"153","order_id":7,"series_id":"15","type":"normal","number":"1/3/2026",)"
      R"("date_pay_to":0,"total_price_brutto":"38.00","invoice_nip":"","correcting_to_invoice_id":0,)"
      R"("items":[{"name":"But","price_brutto":19.00,"tax_rate":"-0.02","quantity":"2","is_shipment":0}]}]})");
  const auto invoices = read_invoices_of(table.client, "7");
  REQUIRE(invoices.ok());
  const Invoice& invoice = invoices->at(0);
  CHECK(invoice.id == "153");
  CHECK(invoice.total_gross.value == Price{380'000});
  CHECK_FALSE(invoice.pay_to.has_value());
  CHECK(invoice.lines.at(0).price_gross.text == "19.00");
  CHECK(vat_of(invoice.lines.at(0).tax_rate)->kind == VatCode::Kind::OutOfScope);
  CHECK(table.script.parameters(0) == test::Json{{"get_external_invoices", true}, {"order_id", 7}});

  table.script.says(
      R"({"status":"SUCCESS","returns":[{"return_id":3,"order_id":7,"custom_extra_fields":"","refund_done":12.50,)"
      R"("products":[{"order_return_product_id":1,"variant_id":"0","quantity":1}]}]})");
  std::vector<OrderReturn> returns;
  REQUIRE(read_returns(table.client, 0, [&](std::vector<OrderReturn> page) {
            returns = std::move(page);
            return true;
          }).ok());
  CHECK(returns.at(0).extra_fields.empty());
  CHECK(returns.at(0).refunded.value == Price{125'000});
  CHECK(returns.at(0).lines.at(0).variant_id == "0");
}

TEST_CASE("Base: an invoice is issued by one call, and one whose answer was lost is looked for",
          "[base][documents]") {
  BaseTable table;
  table.script.says(R"({"status":"SUCCESS","invoice_id":"153"})");
  const auto made = add_invoice(table.client, kInvoice);
  REQUIRE(made.ok());
  CHECK(made->state == State::Made);
  CHECK(made->id == "153");
  CHECK(table.script.parameters(0) ==
        test::Json{{"order_id", 7}, {"series_id", 15}, {"vat_rate", "DEFAULT"}});

  table.script.says(NoAnswer::Ambiguous);
  CHECK(add_invoice(table.client, kInvoice)->state == State::Unknown);
  table.script.says(R"({"status":"SUCCESS"})");
  CHECK(add_invoice(table.client, kInvoice)->state == State::Unknown);
  CHECK(table.script.answers.empty());

  table.script.says(R"({"status":"ERROR","error_code":"ERROR_X","error_message":"no"})");
  CHECK_FALSE(add_invoice(table.client, kInvoice).ok());

  const auto look = [&](const char* rows) {
    table.script.says(std::string(R"({"status":"SUCCESS","invoices":)") + rows + "}");
    return settle_invoice(table.client, kInvoice, {"150"})->state;
  };
  CHECK(look("[]") == State::NotMade);
  CHECK(look(R"([{"invoice_id":150,"order_id":7,"series_id":15,"type":"normal"}])") ==
        State::NotMade);
  CHECK(look(R"([{"invoice_id":151,"order_id":7,"series_id":15,"type":"correcting"}])") ==
        State::NotMade);
  CHECK(look(R"([{"invoice_id":151,"order_id":7,"series_id":"15","type":"normal"}])") ==
        State::Made);
  CHECK(look(R"([{"invoice_id":151,"order_id":7},{"invoice_id":152,"order_id":7}])") ==
        State::Unknown);
}

TEST_CASE("Base: a file goes to its invoice once, byte for byte, and its number settles it",
          "[base][documents]") {
  BaseTable table;
  std::string pdf = "%PDF-1.4 ";
  for (int i = 0; i < 4'000'000; ++i) pdf += static_cast<char>((i * 31 + i / 251) & 0xFF);
  const DocumentFile file{"153", file_data(pdf), "FV 1/2026"};
  CHECK(file.file.starts_with("data:JVBERi0xLjQg"));
  CHECK(file_data("ab") == "data:YWI=");
  CHECK(file_data("") == "data:");
  table.script.says(R"({"status":"SUCCESS"})");
  CHECK(add_invoice_file(table.client, file)->state == State::Made);
  CHECK(table.script.parameters(0)["file"] == file.file);
  CHECK(file.file.find('+') != std::string::npos);
  CHECK(table.script.asked[0].raw_body.find('+') == std::string::npos);

  table.script.says("{");
  CHECK(add_invoice_file(table.client, file)->state == State::Unknown);
  const auto look = [&](const char* number) {
    table.script.says(std::string(R"({"status":"SUCCESS","invoices":[{"invoice_id":153,)") +
                      R"("external_invoice_number":")" + number + R"("}]})");
    return settle_invoice_file(table.client, file)->state;
  };
  CHECK(look("") == State::NotMade);
  CHECK(look("FV 1/2026") == State::Made);
  table.script.says(R"({"status":"SUCCESS","invoices":[]})");
  CHECK(settle_invoice_file(table.client, file)->state == State::Unknown);
}

TEST_CASE("Base: a receipt is added once and found by its order", "[base][documents]") {
  BaseTable table;
  table.script.says(NoAnswer::Ambiguous);
  CHECK(add_receipt(table.client, {"7", "16"})->state == State::Unknown);
  table.script.says(R"({"status":"ERROR","error_code":"ERROR_X","error_message":"none"})");
  CHECK(settle_receipt(table.client, {"7", "16"})->state == State::NotMade);
  table.script.says(
      R"({"status":"SUCCESS","receipt_id":44,"order_id":7,"exchange_rate":"1.0000","items":[{"name":"But","quantity":1}]})");
  CHECK(settle_receipt(table.client, {"7", "16"})->id == "44");
  table.script.says(R"({"status":"SUCCESS"})");
  CHECK(add_receipt_file(table.client, {"44", "data:YWI=", "P 1"})->id == "44");
}

TEST_CASE(
    "Base: an order is added by one call, and one whose answer was lost is found by its marks",
    "[base][documents]") {
  BaseTable table;
  const NewOrder order = an_order();
  table.script.says(R"({"status":"SUCCESS","order_id":40100771})");
  CHECK(add_order(table.client, order)->id == "40100771");
  const test::Json& sent = table.script.parameters(0);
  CHECK(sent["order_status_id"] == 5);
  CHECK(sent["date_add"] == 1'772'352'000);
  CHECK(sent["products"].at(0)["tax_rate"] == 23);
  CHECK(table.script.asked[0].raw_body.find("%22price_brutto%22%3A19.90") != std::string::npos);

  table.script.says(NoAnswer::Ambiguous);
  CHECK(add_order(table.client, order)->state == State::Unknown);
  CHECK(table.script.answers.empty());

  const auto row = [](int id, const char* field) {
    return R"({"order_id":)" + std::to_string(id) +
           R"(,"date_add":"1772352000","email":"kupujacy@shop.example","extra_field_1":")" + field +
           R"(","products":[{"name":"But"}]})";
  };
  const auto look = [&](const std::string& rows) {
    table.script.says(R"({"status":"SUCCESS","orders":[)" + rows + "]}");
    return *settle_order(table.client, order, {"1"});
  };
  CHECK(look("").state == State::NotMade);
  CHECK(look(row(1, "faktura") + "," + row(2, "paragon")).state == State::NotMade);
  CHECK(look(row(1, "faktura") + "," + row(3, "faktura")).id == "3");
  CHECK(look(row(2, "faktura") + "," + row(3, "faktura")).state == State::Unknown);
  CHECK(table.script.asked.back().parameters ==
        test::Json{{"date_from", 1'772'352'000},
                   {"filter_email", "kupujacy@shop.example"},
                   {"get_unconfirmed_orders", true}});
}

}  // namespace atrapa::core::base
