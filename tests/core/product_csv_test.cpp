#include "core/domain/product_csv.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace atrapa::core;

namespace {

/// Texts made of what a CSV file stumbles over.
rc::Gen<std::string> awkward_text() {
  const auto piece = rc::gen::element<std::string>(
      "a", ";", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "\t", ">", "|", "\\", "\\.", ".", "ż",
      "Ł", "o\u0301", "\xEF\xBB\xBF", "'", "=1+1", "0,01", "\u00a0");
  return rc::gen::map(rc::gen::scale(0.1, rc::gen::container<std::vector<std::string>>(piece)),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const std::string& each : pieces) text += each;
                        return text;
                      });
}

rc::Gen<std::optional<std::string>> maybe_text() {
  return rc::gen::oneOf(rc::gen::just(std::optional<std::string>()),
                        rc::gen::map(awkward_text(), [](std::string text) {
                          return std::optional(std::move(text));
                        }));
}

rc::Gen<ErpProduct> any_csv_product() {
  const auto path = rc::gen::scale(0.05, rc::gen::container<CategoryPath>(awkward_text()));
  const auto price = rc::gen::map(maybe_text(), [](const std::optional<std::string>& text) {
    return text ? std::optional(read_price(*text)) : std::nullopt;
  });
  const auto quantity = rc::gen::map(maybe_text(), [](const std::optional<std::string>& text) {
    return text ? std::optional(read_quantity(*text)) : std::nullopt;
  });
  return rc::gen::build<ErpProduct>(
      rc::gen::set(&ErpProduct::id, awkward_text()), rc::gen::set(&ErpProduct::code, maybe_text()),
      rc::gen::set(&ErpProduct::name, awkward_text()),
      rc::gen::set(&ErpProduct::unit, awkward_text()), rc::gen::set(&ErpProduct::vat, maybe_text()),
      rc::gen::set(&ErpProduct::gross_price, price),
      rc::gen::set(&ErpProduct::categories,
                   rc::gen::scale(0.05, rc::gen::container<std::vector<CategoryPath>>(path))),
      rc::gen::set(&ErpProduct::stock, quantity), rc::gen::set(&ErpProduct::reserved, quantity));
}

}  // namespace

TEST_CASE("Products come back from their file byte for byte, with and without a mark", "[csv]") {
  CHECK(rc::check("read(write(products)) == products", [] {
    const auto products =
        *rc::gen::scale(0.1, rc::gen::container<std::vector<ErpProduct>>(any_csv_product()));
    const CsvForm form{.byte_order_mark = *rc::gen::arbitrary<bool>()};
    const auto read = read_products_csv(write_products_csv(products, form));
    RC_ASSERT(read.ok());
    RC_ASSERT(*read == products);
  }));
}

TEST_CASE("No products are a file of column names alone", "[csv]") {
  const std::string file = write_products_csv({});
  CHECK(file == "product_code;name;price;vat;unit;category;stock;reserved;id\r\n");
  CHECK(read_products_csv(file)->empty());
  CHECK(write_products_csv({}, {.byte_order_mark = true}) == "\xEF\xBB\xBF" + file);
}

TEST_CASE("A row is written as people expect it, quoted only where it must be", "[csv]") {
  ErpProduct boots;
  boots.id = "E1";
  boots.code = "BUT-42";
  boots.name = "Trapery \"Giewont\"; żółte";
  boots.unit = "szt.";
  boots.vat = "23";
  boots.gross_price = read_price("290.00");
  boots.categories = {{"Obuwie", "Trapery"}, {"Nowości"}};
  boots.stock = read_quantity("5");
  ErpProduct bare;
  bare.id = "E2";
  bare.code = "";
  bare.name = "Bez kodu";
  const std::vector<ErpProduct> products{boots, bare};
  CHECK(write_products_csv(products) ==
        "product_code;name;price;vat;unit;category;stock;reserved;id\r\n"
        "BUT-42;\"Trapery \"\"Giewont\"\"; żółte\";290.00;23;szt.;Obuwie>Trapery|Nowości;5;;E1\r\n"
        "\"\";Bez kodu;;;\"\";;;;E2\r\n");
}

TEST_CASE("Columns in another order, fewer of them and plain line ends are read", "[csv]") {
  const auto read = read_products_csv("name;id;product_code\nBut;E1;K1\nCzapka;E2;");
  REQUIRE(read.ok());
  REQUIRE(read->size() == 2);
  CHECK(read->at(0).code == "K1");
  CHECK(read->at(1).name == "Czapka");
  CHECK_FALSE(read->at(1).code.has_value());
}

TEST_CASE("A broken file is refused with its line", "[csv]") {
  const auto error_of = [](const std::string& rows) {
    const auto read = read_products_csv("id;name;category\n" + rows);
    return read ? std::string("none") : read.error();
  };
  CHECK(error_of("E1;\"But") == "line 2: a quote that is never closed");
  CHECK(error_of("E1;\"a\nb\";\nE2;Czapka") == "line 4: 2 values, expected 3");
  CHECK(error_of("E1;Bu\"t;") == "line 2: a quote within a plain value");
  CHECK(error_of("E1;\"But\"y;") == "line 2: text behind a closing quote");
  CHECK(error_of("E1;But;a\\b").find("line 2: category") == 0);
  CHECK(error_of("E1;But;a\\.").find("line 2: category") == 0);
  CHECK(error_of("E1;a\rb;").find("carriage return") != std::string::npos);
  CHECK_FALSE(read_products_csv("").ok());
  CHECK(read_products_csv("id;name;cena\n").error().find("'cena'") != std::string::npos);
  CHECK(read_products_csv("id;id;name\n").error().find("two columns") != std::string::npos);
  CHECK(read_products_csv("id;product_code\n").error().find("'name'") != std::string::npos);
}
