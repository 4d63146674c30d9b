#include <catch2/catch.hpp>

#include "mocks/base/files.hpp"
#include "mocks/base/invoices.hpp"
#include "tests/mocks/base/office.hpp"

// Receipts: the queue of the fiscal printer, and what becomes of them.

using namespace atrapa::tests::base;
using namespace atrapa;
using mocks::base::OrderEventType;

namespace {

void printed(Office& office, std::int64_t id, const char* number, bool failed = false) {
  office.good("setOrderReceipt", {{"receipt_id", id},
                                  {"receipt_nr", number},
                                  {"date", office.now()},
                                  {"printer_error", failed},
                                  {"printer_name", "Kasa 1"}});
}

}  // namespace

TEST_CASE("A receipt waits for its printer, and leaves the queue when it is told of",
          "[base][receipt]") {
  Office office;
  const auto order = office.tea_order();
  const auto id = office.add_receipt(order);
  CHECK(office.told(OrderEventType::ReceiptIssued, id) == 1);
  const Json waiting = office.good("getNewReceipts")["orders"];
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0]["receipt_id"] == id);
  CHECK(waiting[0]["receipt_full_nr"] == "1/3/2026/P");
  CHECK(waiting[0]["nip"] == "5250000009");
  REQUIRE(waiting[0]["products"].size() == 3);
  CHECK(waiting[0]["products"][0]["price_brutto"] == 19.99);
  CHECK(waiting[0]["products"][2]["name"] == "Kurier");
  CHECK(waiting[0]["products"][2]["tax_rate"] == 23);

  printed(office, id, "W0000123");
  CHECK(office.good("getNewReceipts")["orders"].empty());
  CHECK(office.good("getReceipt", {{"order_id", order}})["receipt_full_nr"] == "W0000123");
  CHECK(office.good("getReceipts")["receipts"][0]["receipt_full_nr"] == "W0000123");
}

TEST_CASE("A receipt without a series is the default one's", "[base][receipt]") {
  Office office;
  const Json id = office.good("addReceipt", {{"order_id", office.tea_order()}})["receipt_id"];
  const Json receipt = office.good("getReceipt", {{"receipt_id", id}});
  CHECK(receipt["series_id"] == 18);
  CHECK(receipt["total_price_brutto"].dump() == "56.78");
  CHECK(receipt["exchange_rate"] == "");
  CHECK(receipt["currency"] == "PLN");
  office.door.change().invoicing.series = {};
  CHECK(office.refused("addReceipt", {{"order_id", office.tea_order()}}) != "");
}

TEST_CASE("A printer with a series of its own sees its own receipts", "[base][receipt]") {
  Office office;
  const auto first = office.add_receipt(office.tea_order(), 18);
  const auto second = office.add_receipt(office.tea_order(), 19);
  const auto queue = [&](const Json& filter) {
    std::vector<std::int64_t> ids;
    const Json rows = office.good("getNewReceipts", filter)["orders"];
    for (const Json& one : rows) {
      ids.push_back(one["receipt_id"]);
    }
    return ids;
  };
  CHECK(queue({{"series_id", 19}}) == std::vector{second});
  CHECK(queue({{"id_from", second}}) == std::vector{second});
  CHECK(queue(Json::object()) == std::vector{first, second});
  printed(office, first, "", /*failed=*/true);
  CHECK(queue(Json::object()) == std::vector{second});
  CHECK(office.good("getReceipt", {{"receipt_id", first}})["receipt_full_nr"] == "1/3/2026/P");
}

TEST_CASE("Receipts are listed by id and date; those that wait as the setting says",
          "[base][receipt]") {
  Office office;
  for (int i = 0; i < 105; ++i) {
    office.add_receipt(office.tea_order(), i % 5 == 0 ? 19 : 18);
    office.clock.advance(std::chrono::minutes{1});
  }
  const auto count = [&](const Json& filter) {
    return office.good("getReceipts", filter)["receipts"].size();
  };
  CHECK(count(Json::object()) == 100);
  CHECK(count({{"id_from", 101}}) == 5);
  CHECK(count({{"series_id", 19}}) == 21);
  CHECK(count({{"date_from", 1772438400 + 60 * 100}}) == 5);
  CHECK(count({{"date_to", 1772438400 + 60 * 9}}) == 10);
  office.door.set({{"getReceipts", "printed"}});
  CHECK(count(Json::object()) == 0);
  printed(office, 104, "x");
  CHECK(count(Json::object()) == 1);
}

TEST_CASE("A receipt_id of 0 is none, and the order tells which receipt is meant",
          "[base][receipt]") {
  Office office;
  const auto order = office.tea_order();
  const auto id = office.add_receipt(order);
  const auto found = [&](const Json& by) { return office.good("getReceipt", by)["receipt_id"]; };
  CHECK(found({{"receipt_id", 0}, {"order_id", order}}) == id);
  CHECK(found({{"receipt_id", id}, {"order_id", 0}}) == id);
  CHECK(office.refused("getReceipt", {{"receipt_id", id + 1}, {"order_id", order}}) != "");
  CHECK(office.refused("getReceipt", {{"receipt_id", 0}, {"order_id", 0}}) != "");
}

TEST_CASE("A second receipt, an unknown receipt and an unknown order are refused",
          "[base][receipt]") {
  Office office;
  const auto order = office.tea_order();
  office.add_receipt(order);
  CHECK(office.refused("addReceipt", {{"order_id", order}}) != "");
  CHECK(office.refused("addReceipt", {{"order_id", order + 1}}) != "");
  CHECK(office.refused("addReceipt", {{"order_id", office.tea_order()}, {"series_id", 15}}) != "");
  CHECK(office.refused("getReceipt") != "");
  CHECK(office.refused("getReceipt", {{"order_id", order + 1}}) != "");
  CHECK(office.refused("setOrderReceipt",
                       {{"receipt_id", 9}, {"date", 1}, {"printer_error", false}}) != "");
}

TEST_CASE("A receipt takes a file and a number of an outside system", "[base][receipt]") {
  Office office;
  const auto id = office.add_receipt(office.tea_order());
  const std::string pdf = "data:" + mocks::base::in_base64(mocks::base::small_pdf({"Paragon"}));
  const Json parameters = {{"receipt_id", id}, {"file", pdf}, {"external_receipt_number", "PAR/9"}};
  office.good("addOrderReceiptFile", parameters);
  CHECK(office.good("getReceipt", {{"receipt_id", id}})["external_receipt_number"] == "PAR/9");
  CHECK(office.refused("addOrderReceiptFile", {{"receipt_id", id},
                                               {"file", "data:AAAA"},
                                               {"external_receipt_number", "PAR/9"}}) != "");
}

TEST_CASE("A receipt that the panel deletes is told, and gives its number to the next",
          "[base][receipt]") {
  Office office;
  const auto gone = office.add_receipt(office.tea_order());
  CHECK(mocks::base::delete_receipt(office.door.change(), gone, office.now()));
  CHECK(office.told(OrderEventType::ReceiptDeleted, gone) == 1);
  CHECK(office.good("getNewReceipts")["orders"].empty());
  const auto next = office.add_receipt(office.tea_order());
  CHECK(office.good("getReceipt", {{"receipt_id", next}})["receipt_full_nr"] == "1/3/2026/P");
}
