#include <catch2/catch.hpp>

#include "mocks/base/state.hpp"
#include "tests/mocks/base/office.hpp"
#include "tests/mocks/base/orders.hpp"

using namespace atrapa::tests::base;
using Strings = std::vector<std::string>;

namespace {

void pay_for(Account& account, std::int64_t id, const char* amount, const char* external) {
  account.good("setOrderPayment", {{"order_id", id},
                                   {"payment_done", amount},
                                   {"payment_date", 1772438400},
                                   {"payment_comment", ""},
                                   {"external_payment_id", external}});
}

}  // namespace

TEST_CASE("A technical merge adds an order and leaves the originals as they are",
          "[base][orders]") {
  Account account;
  const std::int64_t main = add_order(account, order_of({order_line("Herbata", "10.00", 2)}));
  Json far = order_of({order_line("Kubek", "35.50", 1)});
  far["delivery_city"] = "Gdańsk";
  const std::int64_t other = add_order(account, far);
  const Json main_before = read_order(account, main);
  const Json other_before = read_order(account, other);
  const std::int64_t merged =
      account.good("setOrdersMerge", {{"main_order_id", main},
                                      {"order_ids_to_merge", {other}},
                                      {"merge_mode", "technical_merge"},
                                      {"sum_delivery_costs", true}})["merged_order_id"];
  CHECK(read_order(account, main) == main_before);
  CHECK(read_order(account, other) == other_before);
  const Json read = read_order(account, merged);
  CHECK(read["products"].size() == 2);
  CHECK(read["delivery_price"] == 24.0);
  CHECK(read["delivery_city"] == "Warszawa");
  CHECK(read["order_page"] != main_before["order_page"]);
}

TEST_CASE("A merge into the main order takes the others off all lists", "[base][orders]") {
  Account account;
  const std::int64_t main = add_order(account, order_of({order_line("Herbata", "10.00", 2)}));
  const std::int64_t other = add_order(account, order_of({order_line("Kubek", "35.50", 1)}));
  pay_for(account, main, "10.00", "P-1");
  pay_for(account, other, "47.50", "P-2");
  account.good("addPickPackCart", Json::object());
  account.good("addPickPackOrdersToCart", {{"cart_id", 1}, {"order_ids", {main, other}}});
  const Json lines = read_order(account, other)["products"];
  account.good("setOrdersMerge", {{"main_order_id", main},
                                  {"order_ids_to_merge", {other, other}},
                                  {"merge_mode", "into_main_order"}});
  CHECK(account.good("getOrders", {{"id_from", 0}})["orders"].size() == 1);
  CHECK(account.good("getOrdersByEmail", {{"email", "jan@example.com"}})["orders"].size() == 1);
  CHECK(account.good("getPickPackCartOrders", {{"cart_id", 1}})["orders"] == Json::array({main}));
  const Json read = read_order(account, main);
  CHECK(read["products"][1] == lines[0]);
  CHECK(read["delivery_price"] == 12.0);  // The main order's alone.
  CHECK(read["payment_done"] == "57.50");
  const Json history = account.good("getOrderPaymentsHistory", {{"order_id", main}})["payments"];
  REQUIRE(history.size() == 2);
  CHECK(history[1]["external_payment_id"] == "P-2");
  CHECK(history[1]["paid_before"] == "10.00");
  CHECK(history[1]["paid_after"] == "57.50");
}

TEST_CASE("Parcels, documents and returns go along into the main order", "[base][orders]") {
  Office office;
  office.door.plant("return_statuses", {{"id", 1}, {"name", "Przyjęty"}});
  const auto main = office.tea_order();
  const auto other = office.tea_order();
  const auto parcel = [&](std::int64_t order, const char* number) {
    office.good("createPackageManual", {{"order_id", order},
                                        {"courier_code", "inny"},
                                        {"package_number", number},
                                        {"pickup_date", 1}});
  };
  parcel(main, "N1");
  parcel(other, "N2");
  const auto invoice = office.add_invoice(other);
  const Json correction = office.good("addInvoiceCorrection",
                                      {{"original_invoice_id", invoice}, {"invoice_city", "Hel"}});
  const auto receipt = office.add_receipt(other);
  const Json back = office.good("addOrderReturn", {{"order_id", other},
                                                   {"status_id", 1},
                                                   {"date_add", 1},
                                                   {"currency", "PLN"},
                                                   {"refunded", 0}})["return_id"];
  const auto merge = [&](const char* mode) {
    office.good("setOrdersMerge",
                {{"main_order_id", main}, {"order_ids_to_merge", {other}}, {"merge_mode", mode}});
  };
  merge("technical_merge");  // The originals keep all of it.
  CHECK(office.good("getOrderPackages", {{"order_id", other}})["packages"].size() == 1);
  CHECK(office.invoice(invoice)["order_id"] == other);

  merge("into_main_order");
  const Json parcels = office.good("getOrderPackages", {{"order_id", main}})["packages"];
  REQUIRE(parcels.size() == 2);
  CHECK(parcels[1]["courier_package_nr"] == "N2");
  CHECK(read_order(office, main)["delivery_package_nr"] == "N2");
  CHECK(office.invoice(invoice)["order_id"] == main);
  CHECK(office.invoice(correction["invoice_id"])["order_id"] == main);
  CHECK(office.refused("addInvoice", {{"order_id", main}, {"series_id", 15}}) != "");
  CHECK(office.good("getNewReceipts")["orders"][0]["order_id"] == main);
  CHECK(office.good("getReceipt", {{"order_id", main}})["receipt_id"] == receipt);
  const Json returns = office.good("getOrderReturns", {{"order_id", main}})["returns"];
  REQUIRE(returns.size() == 1);
  CHECK(returns[0]["return_id"] == back);
}

TEST_CASE("A merge that brings no parcel leaves the number that the main order shows",
          "[base][orders]") {
  Office office;
  const auto main = office.order(Json::array(), {{"delivery_package_nr", "PL-1"}});
  office.good("setOrdersMerge", {{"main_order_id", main},
                                 {"order_ids_to_merge", {office.tea_order()}},
                                 {"merge_mode", "into_main_order"}});
  CHECK(read_order(office, main)["delivery_package_nr"] == "PL-1");
}

TEST_CASE("Orders that cannot be merged stay as they are", "[base][orders]") {
  Account account;
  const std::int64_t main = add_order(account, order_of({order_line("Herbata", "10.00", 2)}));
  Json euro = order_of();
  euro["currency"] = "EUR";
  const std::int64_t other = add_order(account, euro);
  const auto refused = [&](const Json& ids, const char* mode) {
    return account.refused("setOrdersMerge", {{"main_order_id", main},
                                              {"order_ids_to_merge", ids},
                                              {"merge_mode", mode}}) == "ERROR_UNDOCUMENTED";
  };
  const Json before = account.platform->snapshot();
  CHECK(refused({other}, "into_main_order"));
  CHECK(refused({main}, "into_main_order"));
  CHECK(refused({99}, "technical_merge"));
  CHECK(refused(Json::array(), "technical_merge"));
  CHECK(refused({"x"}, "technical_merge"));
  CHECK(refused({other}, "merge"));
  CHECK(account.platform->snapshot() == before);
}

TEST_CASE("A split moves what it names and refuses what is not there", "[base][orders]") {
  Account account;
  const std::int64_t id = add_order(
      account, order_of({order_line("Herbata", "10.00", 5), order_line("Kubek", "35.50", 1)}));
  const auto split = [&](const Json& items, const char* delivery) {
    return Json{{"order_id", id}, {"items_to_split", items}, {"delivery_cost_to_split", delivery}};
  };
  const auto item = [](int line, int pieces) {
    return Json{{"order_product_id", line}, {"quantity", pieces}};
  };
  const Json before = account.platform->snapshot();
  CHECK(account.refused("addOrderBySplit", split({item(1, 6)}, "0")) != "");
  CHECK(account.refused("addOrderBySplit", split({item(1, 3), item(1, 3)}, "0")) != "");
  CHECK(account.refused("addOrderBySplit", split({item(1, 0)}, "0")) != "");
  CHECK(account.refused("addOrderBySplit", split({item(9, 1)}, "0")) != "");
  CHECK(account.refused("addOrderBySplit", split({item(1, 1)}, "12.01")) != "");
  CHECK(account.refused("addOrderBySplit", split(Json::array(), "0")) != "");
  CHECK(account.platform->snapshot() == before);

  const std::int64_t part = account.good(
      "addOrderBySplit", split({item(1, 2), item(2, 1), item(1, 1)}, "5.00"))["new_order_id"];
  const Json rest = read_order(account, id);
  REQUIRE(rest["products"].size() == 1);
  CHECK(rest["products"][0]["quantity"] == 2);
  CHECK(rest["delivery_price"] == 7.0);
  const Json moved = read_order(account, part);
  REQUIRE(moved["products"].size() == 2);
  CHECK(moved["products"][0]["quantity"] == 3);
  CHECK(moved["products"][1]["quantity"] == 1);
  CHECK(moved["delivery_price"] == 5.0);
  CHECK(moved["email"] == "jan@example.com");
}

TEST_CASE("A copy is an order of its own, not paid and with no parcel", "[base][orders]") {
  Account account;
  const std::int64_t id = account.door.plant(
      "orders", {{"date_confirmed", 5},
                 {"payment_done", "7.00"},
                 {"delivery_package_nr", "PL-1"},
                 {"pick_state", 1},
                 {"products", {{{"order_product_id", 1}, {"name", "Herbata"}, {"quantity", 1}}}}});
  account.door.change().sales.next_line_id = 2;
  const std::int64_t copy = account.good("addOrderDuplicate", {{"order_id", id}})["order_id"];
  const Json read = read_order(account, copy);
  CHECK(read["payment_done"] == "0.00");
  CHECK(read["delivery_package_nr"] == "");
  CHECK(read["pick_status"] == 0);
  CHECK(read["date_confirmed"] == account.now());
  CHECK(read["products"][0]["order_product_id"] == 2);
  CHECK(account.refused("addOrderDuplicate", {{"order_id", 99}}) != "");
}

TEST_CASE("Up to 1000 orders are deleted in a call, and what was deleted is answered",
          "[base][orders]") {
  Account account;
  const std::int64_t first = add_order(account, order_of());
  const std::int64_t second = add_order(account, order_of());
  Json many = Json::array();
  for (int id = 1; id <= 1001; ++id) many.push_back(id);
  CHECK(account.refused("deleteOrders", {{"order_ids", many}}) == "ERROR_UNDOCUMENTED");
  CHECK(account.state().sales.orders.size() == 2);
  CHECK(account.refused("deleteOrders", {{"order_ids", {first, "x"}}}) != "");
  CHECK(account.state().sales.orders.size() == 2);
  CHECK(account.good("deleteOrders", {{"order_ids", {second, 99, second}}})["deleted_order_ids"] ==
        Json::array({second}));
  CHECK(journal_after(account, 4) == Strings{"4 2 0"});
  many.erase(1000);
  CHECK(account.good("deleteOrders", {{"order_ids", many}})["deleted_order_ids"] ==
        Json::array({first}));
  CHECK(add_order(account, order_of()) > second);  // Ids are never given twice.
}
