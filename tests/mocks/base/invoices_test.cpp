#include "mocks/base/invoices.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>

#include "mocks/base/files.hpp"
#include "tests/mocks/base/office.hpp"

// Invoices, their numbers, files and corrections.

using namespace atrapa::tests::base;
using namespace atrapa;
using mocks::base::OrderEventType;

namespace {

std::string pdf_file() {
  return "data:" + mocks::base::in_base64(mocks::base::small_pdf({"Faktura z ERP"}));
}

/// Grosze of an amount of an answer.
std::int64_t grosze(const Json& amount) { return std::llround(amount.get<double>() * 100); }

/// Times of April 1st, 00:30, and of March 31st, 23:59:59, in Warsaw; told to the account.
void midnight_of_april(Office& office, int seconds) {
  using namespace std::chrono;
  office.clock.set(sys_days{2026y / March / 31} + 22h + std::chrono::seconds{seconds});
}

}  // namespace

TEST_CASE("An invoice has the order's lines, its delivery at the highest rate, and its buyer",
          "[base][invoice]") {
  Office office;
  const auto order = office.tea_order();
  const auto id = office.add_invoice(order);
  const Json invoice = office.invoice(id);

  CHECK(invoice["order_id"] == order);
  CHECK(invoice["type"] == "normal");
  CHECK(invoice["number"] == "1/3/2026");
  CHECK(invoice["month"] == 3);
  CHECK(invoice["year"] == 2026);
  CHECK(invoice["sub_id"] == 1);
  CHECK(grosze(invoice["total_price_brutto"]) == 2 * 1999 + 450 + 1230);
  CHECK(invoice["payment"] == "Karta");
  CHECK(invoice["invoice_nip"] == "5250000009");
  CHECK(invoice["invoice_country"] == "Polska");
  CHECK(invoice["seller"] == "Sklep Przykładowy");
  CHECK(invoice["exchange_rate"] == "");
  CHECK_FALSE(invoice.contains("gov_id"));
  REQUIRE(invoice["items"].size() == 3);
  CHECK(invoice["items"][0]["sku"] == "HER-1");
  CHECK(invoice["items"][0]["is_shipment"] == 0);
  CHECK(invoice["items"][2]["is_shipment"] == 1);
  CHECK(invoice["items"][2]["name"] == "Kurier");
  CHECK(invoice["items"][2]["tax_rate"] == 23);
  CHECK(invoice["items"][2]["order_product_id"] == 0);
  CHECK(office.told(OrderEventType::InvoiceIssued, id) == 1);
}

TEST_CASE("Net prices have four places, as the official sample shows them", "[base][invoice]") {
  Office office;
  const auto order = office.order({{{"price_brutto", "99"}, {"tax_rate", "23"}, {"quantity", 1}},
                                   {{"price_brutto", "77"}, {"tax_rate", "23"}, {"quantity", 2}}});
  const Json invoice = office.invoice(office.add_invoice(order));
  CHECK(invoice["items"][0]["price_netto"].dump() == "80.4878");
  CHECK(invoice["total_price_netto"].dump() == "205.691");
}

TEST_CASE("vat_rate puts every line on one rate, or leaves it to the series or the lines",
          "[base][invoice]") {
  Office office;
  const auto rate_by = [&](const char* word, std::int64_t series = 15) {
    const auto id = office.add_invoice(office.tea_order(), series, word);
    return office.invoice(id)["items"];
  };
  CHECK(rate_by("EXPT")[1]["tax_rate"] == -1);
  CHECK(rate_by("ZW")[1]["tax_rate"] == -1);
  CHECK(rate_by("NP")[0]["tax_rate"].dump() == "-0.02");
  CHECK(rate_by("OO")[2]["tax_rate"].dump() == "-0.03");
  CHECK(rate_by("8")[0]["tax_rate"] == 8);
  CHECK(rate_by("ITEM")[1]["tax_rate"] == 5);
  CHECK(rate_by("DEFAULT")[1]["tax_rate"] == 5);      // Series 15 says: by line.
  CHECK(rate_by("DEFAULT", 16)[1]["tax_rate"] == 8);  // Series 16 says 8.
  const auto order = office.tea_order();
  for (const char* word : {"101", "-5", "VAT", "2x"}) {
    CHECK(office.refused("addInvoice",
                         {{"order_id", order}, {"series_id", 15}, {"vat_rate", word}}) != "");
  }
  CHECK(office.invoice(office.add_invoice(order, 15, "EXPT"))["items"][0]["price_netto"] == 19.99);
}

TEST_CASE("addInvoice is refused without an order, a series of invoices, or anything to invoice",
          "[base][invoice]") {
  Office office;
  const auto order = office.tea_order();
  const auto refused = [&](std::int64_t of, std::int64_t series) {
    return office.refused("addInvoice", {{"order_id", of}, {"series_id", series}}) != "";
  };
  CHECK(refused(order + 1, 15));
  CHECK(refused(order, 99));
  CHECK(refused(order, 18));  // Of receipts.
  CHECK(refused(office.order(Json::array()), 15));
  CHECK(office.good("getInvoices")["invoices"].empty());
  CHECK(office.add_invoice(order) == 1);
}

TEST_CASE("A second invoice of an order is refused, unless the setting says otherwise",
          "[base][invoice]") {
  Office office;
  const auto order = office.tea_order();
  office.add_invoice(order);
  CHECK(office.refused("addInvoice", {{"order_id", order}, {"series_id", 15}}) != "");
  office.door.set({{"second_invoice", "issued"}});
  CHECK(office.invoice(office.add_invoice(order))["number"] == "2/3/2026");
}

TEST_CASE("An invoice's month is that of the account's zone", "[base][invoice]") {
  Office office;
  midnight_of_april(office, -1);
  CHECK(office.invoice(office.add_invoice(office.tea_order()))["number"] == "1/3/2026");
  midnight_of_april(office, 1800);
  CHECK(office.invoice(office.add_invoice(office.tea_order()))["number"] == "1/4/2026");
  office.door.set({{"number_zone", "UTC"}});
  CHECK(office.invoice(office.add_invoice(office.tea_order()))["number"] == "2/3/2026");
}

TEST_CASE("Yearly series have month 0, and what stands behind the number is the postfix",
          "[base][invoice]") {
  Office office;
  const Json yearly = office.invoice(office.add_invoice(office.tea_order(), 16));
  CHECK(yearly["number"] == "FV 1/2026");
  CHECK(yearly["month"] == 0);
  CHECK(yearly["postfix"] == "");
  office.door.plant("series", {{"id", 20}, {"format", "%N/%M/%Y/sklep"}});
  const Json named = office.invoice(office.add_invoice(office.tea_order(), 20));
  CHECK(named["number"] == "1/3/2026/sklep");
  CHECK(named["postfix"] == "sklep");
}

TEST_CASE("Invoices are found by id, order, series, date and on from an id, 100 at a time",
          "[base][invoice]") {
  Office office;
  std::int64_t order = 0;
  for (int day = 0; day < 130; ++day) {
    order = office.tea_order();
    office.add_invoice(order, day % 2 == 0 ? 15 : 16);
    office.clock.advance(std::chrono::hours{1});
  }
  const auto ids = [&](const Json& filter) {
    std::vector<std::int64_t> found;
    const Json rows = office.good("getInvoices", filter)["invoices"];
    for (const Json& one : rows) {
      found.push_back(one["invoice_id"]);
    }
    return found;
  };
  CHECK(ids(Json::object()).size() == 100);
  const auto rest = ids({{"id_from", 101}});
  CHECK(rest.size() == 30);
  CHECK(rest.front() == 101);
  CHECK(ids({{"order_id", order}}) == std::vector<std::int64_t>{130});
  CHECK(ids({{"series_id", 16}, {"id_from", 100}}).front() == 100);
  CHECK(ids({{"series_id", 16}}).size() == 65);
  const std::int64_t start = 1772438400;
  CHECK(ids({{"date_from", start + 3600 * 100}}).front() == 101);
  CHECK(ids({{"date_from", start}}).size() == 100);
  CHECK(ids({{"invoice_id", 131}}).empty());
}

TEST_CASE("An ERP hands its own invoice back: file and number, told in the journal",
          "[base][invoice]") {
  Office office;
  const auto id = office.add_invoice(office.tea_order());
  const std::string file = pdf_file();
  office.good("addOrderInvoiceFile",
              {{"invoice_id", id}, {"file", file}, {"external_invoice_number", "FV 7/ERP"}});
  CHECK(office.told(OrderEventType::InvoiceEdited, id) == 1);
  CHECK(office.invoice(id)["external_invoice_number"] == "FV 7/ERP");
  CHECK(office.invoice(id)["number"] == "1/3/2026");
  CHECK(office.good("getInvoices", {{"get_external_invoices", false}})["invoices"].empty());

  const Json theirs = office.good("getInvoiceFile", {{"invoice_id", id}, {"get_external", true}});
  CHECK(theirs["invoice"] == file);
  CHECK(theirs["invoice_number"] == "FV 7/ERP");
  const Json ours = office.good("getInvoiceFile", {{"invoice_id", id}});
  CHECK(ours["invoice"] != file);
  CHECK(ours["invoice_number"] == "1/3/2026");
  CHECK(Office::bytes_of(ours["invoice"]).starts_with("%PDF-1.4"));
}

TEST_CASE("A file must be the base64 of a PDF or of XML", "[base][invoice]") {
  Office office;
  const auto id = office.add_invoice(office.tea_order());
  const auto taken = [&](const std::string& file) {
    const Json parameters = {{"invoice_id", id}, {"file", file}, {"external_invoice_number", "1"}};
    return office.call("addOrderInvoiceFile", parameters)["status"] == "SUCCESS";
  };
  CHECK(taken(pdf_file()));
  CHECK(
      taken("data:application/xml;base64," + mocks::base::in_base64("<?xml version='1.0'?><F/>")));
  CHECK_FALSE(taken(pdf_file().substr(5)));  // No data:
  CHECK_FALSE(taken("data:" + mocks::base::in_base64("JPEG")));
  CHECK_FALSE(taken("data:JVBERi0xLjQ"));    // Its length is no base64's.
  CHECK_FALSE(taken("data:JVBE Ri0xLjQ="));  // A lost plus.
  CHECK_FALSE(taken("data:===="));
  CHECK_FALSE(taken("data:"));
}

TEST_CASE("A correction's totals are what it changes, and later ones go on from it",
          "[base][invoice]") {
  Office office;
  const auto order = office.tea_order();
  const auto original = office.add_invoice(order);
  const Json before = office.invoice(original);
  const Json tea = before["items"][0]["order_product_id"];
  const Json first = office.good("addInvoiceCorrection",
                                 {{"original_invoice_id", original},
                                  {"correcting_reason", 5},
                                  {"items", {{{"order_product_id", tea}, {"item_quantity", 1}}}}});
  const Json one = office.invoice(first["invoice_id"]);
  CHECK(one["type"] == "correcting");
  CHECK(one["number"] == "1/3/2026/K");
  CHECK(one["correcting_to_invoice_id"] == original);
  CHECK(one["correcting_items"] == true);
  CHECK(one["correcting_data"] == false);
  CHECK(one["correcting_reason"] != "");
  CHECK(grosze(one["total_price_brutto"]) == -1999);
  CHECK(one["total_price_netto"].dump() == "-16.252");  // 19.99 at 23 %
  CHECK(office.told(OrderEventType::InvoiceIssued, first["invoice_id"]) == 1);

  const Json second =
      office.good("addInvoiceCorrection",
                  {{"original_invoice_id", original},
                   {"items", {{{"order_product_id", tea}, {"item_price_brutto", "10.00"}}}}});
  CHECK(grosze(office.invoice(second["invoice_id"])["total_price_brutto"]) == -999);
  CHECK(office.invoice(original) == before);
}

TEST_CASE("A correction of the buyer changes no amount", "[base][invoice]") {
  Office office;
  const auto original = office.add_invoice(office.tea_order());
  const Json id = office.good("addInvoiceCorrection", {{"original_invoice_id", original},
                                                       {"series_id", 17},
                                                       {"correcting_reason", 7},
                                                       {"invoice_nip", "7770001111"},
                                                       {"fv_person", "Biuro"}})["invoice_id"];
  const Json correction = office.invoice(id);
  CHECK(correction["correcting_data"] == true);
  CHECK(correction["correcting_items"] == false);
  CHECK(correction["invoice_nip"] == "7770001111");
  CHECK(correction["invoice_company"] == "Nasza Spółka");
  CHECK(correction["issuer"] == "Biuro");
  CHECK(correction["total_price_brutto"] == 0);
}

TEST_CASE("A correction is refused that corrects nothing, or what cannot be corrected",
          "[base][invoice]") {
  Office office;
  const auto original = office.add_invoice(office.tea_order());
  const auto refused = [&](Json parameters) {
    return office.refused("addInvoiceCorrection", parameters) != "";
  };
  const auto with = [&](const Json& item) {
    return Json{{"original_invoice_id", original}, {"items", Json::array({item})}};
  };
  CHECK(refused({{"original_invoice_id", original}}));
  CHECK(refused({{"original_invoice_id", original}, {"correcting_items", true}}));
  CHECK(refused({{"original_invoice_id", original + 5}, {"invoice_city", "Gdynia"}}));
  CHECK(refused({{"invoice_city", "Gdynia"}}));
  CHECK(refused({{"original_invoice_id", original}, {"series_id", 15}, {"invoice_city", "Hel"}}));
  CHECK(refused({{"original_invoice_id", original}, {"correcting_reason", 10}}));
  CHECK(refused(with({{"item_name", "Herbata"}, {"item_quantity", "1.5"}})));
  CHECK(refused(with({{"item_name", "Herbata"}, {"item_price_brutto", "1.999"}})));
  CHECK(refused(with({{"item_name", "Herbata"}, {"item_price_brutto", "999999999999999999"}})));
  CHECK(refused(with({{"item_name", "Herbata"}, {"item_tax_rate", 101}})));
  CHECK(refused(with({{"item_quantity", 1}})));
  const Json added =
      office.good("addInvoiceCorrection",
                  with({{"item_name", "Torba"}, {"item_price_brutto", 2}, {"item_quantity", 3}}));
  CHECK(grosze(office.invoice(added["invoice_id"])["total_price_brutto"]) == 600);
  CHECK(refused({{"original_invoice_id", added["invoice_id"]}, {"invoice_city", "Hel"}}));
}

TEST_CASE("An invoice that the panel deletes is told, and gives its number to the next",
          "[base][invoice]") {
  Office office;
  const auto kept = office.add_invoice(office.tea_order());
  const auto gone = office.add_invoice(office.tea_order());
  CHECK(mocks::base::delete_invoice(office.door.change(), gone, office.now()));
  CHECK(office.told(OrderEventType::InvoiceDeleted, gone) == 1);
  CHECK_FALSE(mocks::base::delete_invoice(office.door.change(), gone, office.now()));
  const auto next = office.add_invoice(office.tea_order());
  CHECK(next != gone);
  CHECK(office.invoice(next)["number"] == "2/3/2026");
  office.good("addInvoiceCorrection", {{"original_invoice_id", kept}, {"invoice_city", "Hel"}});
  CHECK_FALSE(mocks::base::delete_invoice(office.door.change(), kept, office.now()));
}

TEST_CASE("Government data and an exchange rate come with an invoice that has them",
          "[base][invoice]") {
  Office office;
  office.door.plant("invoices", {{"invoice_id", 7},
                                 {"series_id", 15},
                                 {"exchange_currency", "PLN"},
                                 {"exchange_rate", "4.5789"},
                                 {"gov_id", "5250000009-20260302-ABC"}});
  const Json found =
      office.good("getInvoices", {{"invoice_id", 7}, {"get_government_data", true}})["invoices"][0];
  CHECK(found["gov_id"] == "5250000009-20260302-ABC");
  CHECK(found["exchange_rate"].dump() == "4.5789");
}

TEST_CASE("getSeries names each series with its type and format", "[base][invoice]") {
  Office office;
  const Json series = office.good("getSeries")["series"];
  REQUIRE(series.size() == 5);
  CHECK(series[0]["id"] == "15");
  CHECK(series[2]["type"] == "CORRECTION");
  CHECK(series[3]["format"] == "%N/%M/%Y/P");
}
