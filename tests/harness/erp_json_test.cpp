#include <catch2/catch.hpp>

#include "harness/subject/erp.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness {
namespace {

std::string pointer_of_refusal(const char* text) {
  try {
    static_cast<void>(Json::parse(text).get<ErpProduct>());
  } catch (const mocks::kit::WorldError& error) {
    return error.pointer();
  }
  return "accepted";
}

TEST_CASE("a product with every field survives the way through JSON") {
  ErpProduct product;
  product.id = "P1";
  product.code = " BUT\u00a042 ";
  product.name = "Trapery \"Świt\"";
  product.unit = "para";
  product.vat = "zw";
  product.gross_price = "290.0000";
  product.categories = {{"Obuwie", "Trapery"}, {"Nowości"}};
  product.stock = "1.5";
  product.reserved = "0.5";

  CHECK(Json(product).get<ErpProduct>() == product);
}

TEST_CASE("what a product leaves unset is absent from its JSON") {
  ErpProduct product;
  product.id = "P1";
  product.name = "Czapka";

  CHECK(Json(product).dump() ==
        R"({"id":"P1","name":"Czapka","unit":"szt.","categories":[],"stock":"0"})");
  CHECK(Json(product).get<ErpProduct>() == product);
}

TEST_CASE("an empty code is not an absent one") {
  const auto product = Json::parse(R"({"id": "1", "name": "x", "code": ""})").get<ErpProduct>();
  CHECK(product.code == "");
  CHECK(Json(product).contains("code"));
}

TEST_CASE("an unreadable product is refused with the pointer to what is wrong") {
  CHECK(pointer_of_refusal(R"({"id": "1", "name": "x", "stok": "1"})") == "/stok");
  CHECK(pointer_of_refusal(R"({"id": "1"})") == "/name");
  CHECK(pointer_of_refusal(R"({"id": 1, "name": "x"})") == "/id");
  CHECK(pointer_of_refusal(R"({"id": "1", "name": "x", "gross_price": 2.5})") == "/gross_price");
  CHECK(pointer_of_refusal(R"({"id": "1", "name": "x", "categories": "Buty"})") == "/categories");
  CHECK(pointer_of_refusal(R"({"id": "1", "name": "x", "categories": [["a"], "b"]})") ==
        "/categories/1");
  CHECK(pointer_of_refusal(R"({"id": "1", "name": "x", "categories": [["a", 2]]})") ==
        "/categories/0/1");
  CHECK(pointer_of_refusal(R"([])").empty());
}

TEST_CASE("a refusal lists the keys there are") {
  CHECK_THROWS_WITH(Json::parse(R"({"id": "1", "name": "x", "price": "1"})").get<ErpProduct>(),
                    Catch::Contains("gross_price") && Catch::Contains("/price"));
}

}  // namespace
}  // namespace atrapa::harness
