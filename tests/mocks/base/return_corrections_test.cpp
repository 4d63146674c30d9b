#include <catch2/catch.hpp>

#include "mocks/base/invoices.hpp"
#include "tests/mocks/base/office.hpp"

// Corrections that are made of what came back.

using namespace atrapa::tests::base;
using atrapa::mocks::base::OrderEventType;

namespace {

/// An office that takes returns; the tea order is invoiced.
struct Counter : Office {
  Counter() {
    door.plant("return_statuses", {{"id", 1}, {"name", "Przyjęty"}});
    invoice_id = add_invoice(order_id);
    items = invoice(invoice_id)["items"];
  }

  /// A line of the order comes back.
  Json line(std::size_t index, int quantity) const {
    return {{"order_product_id", items[index]["order_product_id"]},
            {"storage", "db"},
            {"storage_id", 0},
            {"name", items[index]["name"]},
            {"price_brutto", items[index]["price_brutto"]},
            {"tax_rate", items[index]["tax_rate"]},
            {"quantity", quantity}};
  }
  std::int64_t take_back(std::initializer_list<Json> lines, std::int64_t of_order) {
    return good("addOrderReturn", {{"order_id", of_order},
                                   {"status_id", 1},
                                   {"date_add", now()},
                                   {"currency", "PLN"},
                                   {"refunded", 0},
                                   {"products", Json::array_t(lines)}})["return_id"];
  }
  /// The correction's row; `more` beside return_order_id.
  Json correct(std::int64_t return_id, Json more = Json::object()) {
    more["return_order_id"] = return_id;
    return invoice(good("addInvoiceCorrection", more)["invoice_id"]);
  }
  /// Why no correction is made of it.
  std::string why_not(std::int64_t return_id) {
    const Json answer = call("addInvoiceCorrection", {{"return_order_id", return_id}});
    return answer.value("error_message", "");
  }

  std::int64_t order_id = tea_order();
  std::int64_t invoice_id = 0;
  Json items;
};

}  // namespace

TEST_CASE("A return makes a correction: the invoice's lines less what came back",
          "[base][invoice][returns]") {
  Counter office;
  const auto id = office.take_back({office.line(0, 1)}, office.order_id);
  const Json made = office.correct(id);
  CHECK(made["type"] == "correcting");
  CHECK(made["number"] == "1/3/2026/K");
  CHECK(made["order_id"] == office.order_id);
  CHECK(made["correcting_to_invoice_id"] == office.invoice_id);
  CHECK(made["correcting_reason"] == "Zwrot towarów");
  CHECK(made["correcting_items"] == true);
  CHECK(made["correcting_data"] == false);
  CHECK(made["total_price_brutto"] == -19.99);
  REQUIRE(made["items"].size() == 3);
  CHECK(made["items"][0]["quantity"] == 1);
  CHECK(made["items"][1] == office.items[1]);
  CHECK(made["items"][2] == office.items[2]);  // Nobody said that the delivery is given back.
  CHECK(office.told(OrderEventType::InvoiceIssued, made["invoice_id"]) == 1);
}

TEST_CASE("With return_order_id all else but the series is left aside",
          "[base][invoice][returns]") {
  Counter office;
  office.door.plant("series", {{"id", 30}, {"type", "CORRECTION"}, {"format", "Z/%N"}});
  const auto id = office.take_back({office.line(1, 1)}, office.order_id);
  const Json made =
      office.correct(id, {{"series_id", 30},
                          {"original_invoice_id", 999},
                          {"correcting_reason", 9},
                          {"invoice_city", "Hel"},
                          {"fv_person", "Biuro"},
                          {"items", {{{"item_name", "Herbata"}, {"item_quantity", 0}}}}});
  CHECK(made["series_id"] == 30);
  CHECK(made["correcting_reason"] == "Zwrot towarów");
  CHECK(made["invoice_city"] == "Łódź");
  CHECK(made["issuer"] == "");
  CHECK(made["total_price_brutto"] == -4.5);
  CHECK(office.refused("addInvoiceCorrection", {{"return_order_id", id}, {"series_id", 15}}) != "");
}

TEST_CASE("Corrections of returns go on from how the invoice stands, never below no pieces",
          "[base][invoice][returns]") {
  Counter office;
  const auto first = office.take_back({office.line(0, 1)}, office.order_id);
  Json nameless = office.line(0, 5);  // Of no line of the order: its name tells.
  nameless["order_product_id"] = 0;
  const auto second =
      office.take_back({nameless, office.line(0, 1), office.line(1, 1)}, office.order_id);
  CHECK(office.correct(first)["total_price_brutto"] == -19.99);
  const Json made = office.correct(second);
  CHECK(made["total_price_brutto"] == -24.49);
  CHECK(made["items"][0]["quantity"] == 0);
  CHECK(made["items"][1]["quantity"] == 0);
}

TEST_CASE("A return that cannot be corrected is refused, and why is said",
          "[base][invoice][returns]") {
  Counter office;
  const auto refused_with = [&](std::int64_t id, const char* reason) {
    const Json before = office.platform->snapshot();
    CHECK_THAT(office.why_not(id), Catch::Contains(reason));
    CHECK(office.platform->snapshot() == before);
  };
  refused_with(99, "return 99 is not there");
  refused_with(office.take_back({office.line(0, 1)}, 0), "is of no order");
  const auto other = office.tea_order();
  Json bread = office.line(1, 1);
  bread["order_product_id"] = 0;
  const auto early = office.take_back({bread}, other);
  refused_with(early, "has no invoice");
  office.add_invoice(other);
  CHECK(office.correct(early)["total_price_brutto"] == -4.5);
  refused_with(early, "is corrected already");
  bread["name"] = "Cukier";
  refused_with(office.take_back({bread}, other), "nothing of it is on the invoice");
  refused_with(office.take_back({}, other), "nothing of it is on the invoice");
}

TEST_CASE("A return whose correction was deleted is corrected anew", "[base][invoice][returns]") {
  Counter office;
  const auto id = office.take_back({office.line(0, 1)}, office.order_id);
  const std::int64_t made = office.correct(id)["invoice_id"];
  const Json kept = office.platform->snapshot();
  office.platform->restore(kept);
  CHECK_THAT(office.why_not(id), Catch::Contains("is corrected already"));
  REQUIRE(atrapa::mocks::base::delete_invoice(office.door.change(), made, office.now()));
  CHECK(office.correct(id)["number"] == "1/3/2026/K");
}
