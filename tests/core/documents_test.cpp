#include "core/sync/documents.hpp"

#include <catch2/catch.hpp>

#include "core/policy/nip.hpp"

using namespace atrapa::core;

namespace {

constexpr Instant kNoon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} +
                        std::chrono::hours{12}};

ErpOrderLine line_of(const std::string& product, std::int64_t pieces) {
  ErpOrderLine line;
  line.product_id = product;
  line.name = "Towar " + product;
  line.quantity = {pieces * 1'000'000};
  line.unit_price = {100'000};
  line.vat = "23";
  line.value = {pieces * 1000};
  return line;
}

/// Books with 10 pieces of A and of B, and one order of 2 and 3 of them.
struct Books {
  std::unique_ptr<Ledger> ledger = Ledger::in_memory();
  Desk desk = desk_at(*ledger, kNoon);
  std::int64_t order = 0;

  Books() {
    for (const char* id : {"A", "B"}) {
      ErpProduct product;
      product.id = id;
      product.name = id;
      product.stock = read_quantity("10");
      ledger->put_products({&product, 1});
    }
    order = save("17");
  }

  std::int64_t save(const std::string& id, const std::string& nip = "") {
    ErpOrder made;
    made.integration = "test";
    made.shop_order_id = id;
    made.contractor = "Jan Testowy";
    made.nip = nip;
    made.email = "jan@example.com";
    made.placed_on = desk.today;
    made.lines = {line_of("A", 2), line_of("B", 3)};
    made.total_gross = {5000};
    made.recipient.first_name = "Ewa";
    made.recipient.last_name = "Odbiorcza";
    made.recipient.street = "Leśna 1";
    made.recipient.city = "Testowo";
    return ledger->save_order(made, std::nullopt).id;
  }
  std::string stock(std::size_t product) const {
    return ledger->products().at(product).stock->text;
  }
};

}  // namespace

TEST_CASE("An invoice is issued once, and what is refused uses up no number", "[documents]") {
  Books books;
  CHECK_FALSE(issue_invoice(books.desk, 99).ok());
  const auto wrong = books.save("18", "1234567890");
  CHECK_FALSE(issue_invoice(books.desk, wrong).ok());
  CHECK(issue_invoice(books.desk, books.order)->number == "FV/1/2026");
  CHECK_FALSE(issue_invoice(books.desk, books.order).ok());
  const auto company = books.save("19", "525-000-00-09");
  const auto invoice = issue_invoice(books.desk, company);
  CHECK(invoice->number == "FV/2/2026");
  CHECK(invoice->nip == "5250000009");
  CHECK(books.ledger->documents().size() == 2);
  CHECK(books.stock(0) == "10");
}

TEST_CASE("An order with a line without VAT rate is not invoiced", "[documents]") {
  Books books;
  ErpOrder order = *books.ledger->order(books.order);
  order.lines[0].vat.clear();
  const auto id = books.ledger->save_order(order, std::nullopt).id;
  CHECK_FALSE(issue_invoice(books.desk, id).ok());
}

TEST_CASE("Goods issue notes lower the stock by parts, never by more than is left", "[documents]") {
  Books books;
  const std::array part{GoodsPart{1, {2'000'000}}};
  CHECK(issue_goods(books.desk, books.order, part)->number == "WZ/1/2026");
  CHECK(books.stock(0) == "10");
  CHECK(books.stock(1) == "8");
  CHECK_FALSE(issue_goods(books.desk, books.order, part).ok());
  CHECK(books.stock(1) == "8");

  const auto rest = issue_goods(books.desk, books.order, {});
  REQUIRE(rest.ok());
  CHECK(rest->number == "WZ/2/2026");
  CHECK(rest->lines.size() == 2);
  CHECK(books.stock(0) == "8");
  CHECK(books.stock(1) == "7");
  CHECK_FALSE(issue_goods(books.desk, books.order, {}).ok());

  CHECK(cancel_goods(books.desk, rest->id).ok());
  CHECK_FALSE(cancel_goods(books.desk, rest->id).ok());
  CHECK(books.stock(0) == "10");
  CHECK(books.stock(1) == "8");
  CHECK(issue_goods(books.desk, books.order, {})->number == "WZ/3/2026");
}

TEST_CASE("A note of more than is in stock, or of a product that is gone, is refused whole",
          "[documents]") {
  Books books;
  ErpProduct scarce = books.ledger->products().at(1);
  scarce.stock = read_quantity("1");
  books.ledger->put_products({&scarce, 1});
  CHECK_FALSE(issue_goods(books.desk, books.order, {}).ok());
  CHECK(books.stock(0) == "10");
  CHECK(books.ledger->document_count() == 0);
  CHECK(issue_goods(books.desk, books.save("18"), std::array{GoodsPart{0, {1'000'000}}})->number ==
        "WZ/1/2026");
}

TEST_CASE("A death between a note and its stock leaves neither", "[documents]") {
  Books books;
  books.ledger->on_commit([](CommitPoint point) {
    if (point == CommitPoint::Before) throw std::runtime_error("dead");
  });
  CHECK_THROWS(issue_goods(books.desk, books.order, {}));
  books.ledger->on_commit({});
  CHECK(books.ledger->document_count() == 0);
  CHECK(books.stock(0) == "10");
  CHECK(issue_goods(books.desk, books.order, {})->number == "WZ/1/2026");
}

TEST_CASE("A shipment goes to the recipient with an address", "[documents]") {
  Books books;
  const auto made = make_shipment(books.desk, books.order);
  REQUIRE(made.ok());
  CHECK(made->recipient.last_name == "Odbiorcza");
  CHECK(made->email == "jan@example.com");
  REQUIRE(books.ledger->shipments().size() == 1);
  CHECK(books.ledger->shipments()[0].recipient == made->recipient);
  CHECK_FALSE(make_shipment(books.desk, 99).ok());
}

TEST_CASE("A NIP is told from what only looks like one", "[documents][nip]") {
  for (const char* good : {"5250000009", "PL5250000009", "525-000-00-09", "525 00 00 009",
                           "7770001111", "9112223336", "8300000178", "6400000001"}) {
    INFO(good);
    CHECK(normal_nip(good).has_value());
  }
  for (const char* bad : {"5250000008", "6400000060", "0000000000", "1001234567", "525000000",
                          "52500000091", "525000000x", "DE5250000009", ""}) {
    INFO(bad);
    CHECK_FALSE(normal_nip(bad).has_value());
  }
  CHECK(*document_nip("DE 123 456") == "DE123456");
  CHECK(document_nip("  ")->empty());
  CHECK_FALSE(document_nip("PL1234567890").ok());
}
