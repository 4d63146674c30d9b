#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <set>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

/// A shop with products P-001, P-002, ... of 1, 2, ... pieces.
Shop shop_of(int products) {
  Shop shop;
  for (int i = 1; i <= products; ++i) {
    shop.plant_product(fmt::format("P-{:03}", i), std::to_string(i), fmt::format("{}.50", i));
  }
  return shop;
}

std::vector<std::string> codes(const Json& list) {
  std::vector<std::string> all;
  for (const Json& row : list) all.push_back(row["code"]);
  return all;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "Shoper: the envelope has count as a text, pages and page as numbers, and says so in headers",
    "[shoper][lists]") {
  Shop shop = shop_of(57);

  const Response response = shop.get("/webapi/rest/products/?page=2");

  CHECK(
      response.body.starts_with(R"({"count":"57","pages":6,"page":2,"list":[{"product_id":"11",)"));
  CHECK(body_of(response)["list"].size() == 10);
  CHECK(response.headers.get("x-shop-result-count") == "57");
  CHECK(response.headers.get("X-Shop-Result-Pages") == "6");
  CHECK(response.headers.get("X-Shop-Result-Page") == "2");
}

TEST_CASE("Shoper: an empty list has no page but is on page 1", "[shoper][lists]") {
  Shop shop;
  CHECK(shop.get("/webapi/rest/products").body == R"({"count":"0","pages":0,"page":1,"list":[]})");
  CHECK(shop.get("/webapi/rest/products?page=4").body ==
        R"({"count":"0","pages":0,"page":1,"list":[]})");
}

TEST_CASE("Shoper: a page past the end is empty and its number is set back, by setting",
          "[shoper][lists]") {
  Shop shop = shop_of(25);
  CHECK(shop.get("/webapi/rest/products?page=4").body ==
        R"({"count":"25","pages":3,"page":3,"list":[]})");

  shop.door.set({{"page_past_end", "first"}});

  CHECK(shop.get("/webapi/rest/products?page=4").body ==
        R"({"count":"25","pages":3,"page":1,"list":[]})");
}

TEST_CASE("Shoper: limit goes up to 50; more is cut down or refused, by setting",
          "[shoper][lists]") {
  Shop shop = shop_of(60);
  CHECK(shop.read("/webapi/rest/products?limit=50")["list"].size() == 50);
  CHECK(shop.read("/webapi/rest/products?limit=100")["list"].size() == 50);
  CHECK(shop.read("/webapi/rest/products?limit=100")["pages"] == 2);

  shop.door.set({{"limit_over_50", "refuse"}});

  CHECK(shop.get("/webapi/rest/products?limit=51").status == 400);
  CHECK(shop.get("/webapi/rest/products?limit=50").status == 200);
}

TEST_CASE("Shoper: limits and pages that are none are refused", "[shoper][lists]") {
  Shop shop;
  for (const char* query :
       {"limit=0", "limit=-1", "limit=x", "page=0", "page=x", "page=9223372036854775807"}) {
    CAPTURE(query);
    CHECK(shop.get(fmt::format("/webapi/rest/products?{}", query)).status == 400);
  }
}

TEST_CASE("Shoper: HEAD on a collection gives the totals in headers; the host takes the body away",
          "[shoper][lists]") {
  Shop shop = shop_of(12);

  const Response response = shop.send("HEAD", "/webapi/rest/product-stocks?limit=5");

  CHECK(response.status == 200);
  CHECK_FALSE(response.body.empty());  // Its length is what the host tells.
  CHECK(response.headers.get("X-Shop-Result-Count") == "12");
  CHECK(response.headers.get("X-Shop-Result-Pages") == "3");
}

TEST_CASE("Shoper: lists come in the order asked for", "[shoper][lists][order]") {
  Shop shop = shop_of(12);
  const auto first = [&](const std::string& query) {
    return codes(shop.read("/webapi/rest/products?limit=2&" + query)["list"]);
  };
  CHECK(first("order=code%20DESC") == Codes{"P-012", "P-011"});
  CHECK(first("order=product_id+desc") == Codes{"P-012", "P-011"});
  CHECK(first("order=stock.price%20desc") == Codes{"P-012", "P-011"});
  CHECK(first("order%5B%5D=tax_id%20ASC&order%5B%5D=stock.stock%20desc") ==
        Codes{"P-012", "P-011"});
  CHECK(first("order=translations.pl_PL.name%20asc") == Codes{"P-001", "P-002"});
  CHECK(first("order=code") == Codes{"P-001", "P-002"});
}

TEST_CASE("Shoper: the shorthand of the legacy client is no order on the wire",
          "[shoper][lists][order]") {
  Shop shop;
  for (const char* order :
       {"-code", "%2Bcode", "code%20up", "nothing%20asc", "stock%20asc", "co-de%20asc"}) {
    CAPTURE(order);
    CHECK(shop.get(fmt::format("/webapi/rest/products?order={}", order)).status == 400);
  }
}

TEST_CASE("Shoper: a filter on stock joins the stocks and repeats the product for each",
          "[shoper][lists][filters]") {
  Shop shop = shop_of(3);
  for (const int stock : {10, 20}) {
    shop.plant("product-stocks", {{"product_id", 2}, {"stock", stock}, {"code", "V"}});
  }

  const Json all = shop.read(filtered("products", {{"stock.stock", {{">", 1}}}}));
  CHECK(all["count"] == "4");
  CHECK(codes(all["list"]) == Codes{"P-002", "P-002", "P-002", "P-003"});
  const Json second =
      shop.read(filtered("products", {{"stock.stock", {{">", 1}}}}) + "&limit=2&page=2");
  CHECK(codes(second["list"]) == Codes{"P-002", "P-003"});
  CHECK(codes(shop.rows("products", {{"stock.code", "V"}, {"code", "P-002"}})) ==
        Codes{"P-002", "P-002"});
  CHECK(shop.rows("products", {{"stock.code", "V"}, {"code", "P-001"}}).empty());
}

TEST_CASE("Shoper: translations are filtered with and without a locale, in the singular too",
          "[shoper][lists][filters]") {
  Shop shop = shop_of(12);
  const auto found = [&](const char* key) {
    return codes(shop.rows("products", {{key, {{"~", "%t P-01%"}}}}));
  };
  CHECK(found("translations.pl_PL.name") == Codes{"P-010", "P-011", "P-012"});
  CHECK(found("translations.name") == Codes{"P-010", "P-011", "P-012"});
  CHECK(found("translation.pl_PL.name") == Codes{"P-010", "P-011", "P-012"});
  CHECK(found("translations.en_US.name").empty());
}

TEST_CASE("Shoper: translations of which the contract names no members are filtered and sorted too",
          "[shoper][lists][filters][order]") {
  Shop shop;
  for (const char* name : {"Rozmiar", "Kolor", "Waga"}) {
    shop.create("option-groups", {{"translations", {{"pl_PL", {{"name", name}}}}}});
  }
  const auto names = [](const Json& list) {
    Codes all;
    for (const Json& one : list) {
      const Json& texts = one["translations"];
      if (texts.contains("pl_PL")) all.push_back(texts["pl_PL"]["name"]);
    }
    return all;
  };
  const auto found = [&](const char* key, const Json& filter) {
    return names(shop.rows("option-groups", {{key, filter}}));
  };
  CHECK(found("translations.name", "Rozmiar") == Codes{"Rozmiar"});
  CHECK(found("translations.pl_PL.name", {{"~", "%o%"}}) == Codes{"Kolory", "Rozmiar", "Kolor"});
  CHECK(found("translations.name", {{"IN", {"Waga", "Kolor"}}}) == Codes{"Kolor", "Waga"});
  CHECK(found("translations.en_US.name", "Rozmiar").empty());
  CHECK(names(shop.read("/webapi/rest/option-groups?order=translations.pl_PL.name%20desc")["list"])
            .front() == "Waga");
  for (const char* key : {"translations", "translations.pl_PL", "translations.pl_PL.a.b"}) {
    CAPTURE(key);
    CHECK(shop.get(filtered("option-groups", {{key, "x"}})).status == 400);
  }
}

TEST_CASE("Shoper: category_tree_id finds the products anywhere below a category",
          "[shoper][lists][filters]") {
  Shop shop = shop_of(2);
  shop.plant("products", {{"code", "TEA"}, {"category_id", 3}});

  CHECK(codes(shop.rows("products", {{"category_tree_id", 1}})) == Codes{"P-001", "P-002"});
  CHECK(codes(shop.rows("products", {{"category_tree_id", {{"IN", {3, 1}}}}})).size() == 3);
  CHECK(codes(shop.rows("products", {{"categories", 3}})) == Codes{"TEA"});
  CHECK(shop.get(filtered("products", {{"category_tree_id", {{">", 1}}}})).status == 400);
}

TEST_CASE("Shoper: tag_id is a key for filters and no field", "[shoper][lists][filters]") {
  Shop shop = shop_of(1);
  shop.plant("products", {{"code", "TAGGED"}, {"tags", {7}}});

  CHECK(codes(shop.rows("products", {{"tag_id", "7"}})) == Codes{"TAGGED"});
  CHECK(!shop.read("/webapi/rest/products/1").contains("tag_id"));
}

TEST_CASE("Shoper: the bracket form and the list form filter too", "[shoper][lists][filters]") {
  Shop shop = shop_of(5);
  CHECK(codes(shop.read("/webapi/rest/product-stocks?filters[product_id]=3")["list"]) ==
        Codes{"P-003"});
  CHECK(codes(shop.read("/webapi/rest/product-stocks?filters%5Bstock%5D%5B%3E%5D=3")["list"]) ==
        Codes{"P-004", "P-005"});
  CHECK(codes(shop.rows("products", {{"code", {"=", "P-002"}}})) == Codes{"P-002"});
}

TEST_CASE("Shoper: filters that cannot be read are refused", "[shoper][lists][filters]") {
  Shop shop = shop_of(1);
  for (const char* filters : {"{", "[1]", "\"x\"", R"({"nothing":1})", R"({"code":{"like":"%"}})",
                              R"({"code":{"=":[1]}})", R"({"code":{"IN":1}})", R"({"code":{}})",
                              R"({"stock":1})", R"({"translations":1})", R"({"stock.nothing":1})",
                              R"({"code":["x"]})", R"({"tag_id.x":1})"}) {
    CAPTURE(filters);
    const Response response =
        shop.get(fmt::format("/webapi/rest/products?filters={}", escape(filters)));
    CHECK(response.status == 400);
    CHECK(body_of(response)["error"] == "invalid_request");
  }
  CHECK(shop.get("/webapi/rest/products?filters[code=1").status == 400);
  CHECK(shop.get("/webapi/rest/products?filters=%5B%5D").status == 200);
  CHECK(shop.get("/webapi/rest/products?filters=").status == 200);
}

TEST_CASE("Shoper: LIKE is an operator only by setting", "[shoper][lists][filters]") {
  Shop shop = shop_of(2);
  CHECK(shop.get(filtered("products", {{"code", {{"LIKE", "P%"}}}})).status == 400);

  shop.door.set({{"like_operator", true}});

  CHECK(shop.rows("products", {{"code", {{"LIKE", "P%"}}}}).size() == 2);
}

TEST_CASE("Shoper: codes are compared byte for byte, numbers as numbers",
          "[shoper][lists][filters]") {
  Shop shop;
  shop.plant_product("abc", "1", "1.00");
  shop.plant_product("ABC", "2", "10.00");
  shop.plant_product("abc ", "10", "9.00");

  CHECK(shop.rows("product-stocks", {{"code", "abc"}}).size() == 1);
  CHECK(codes(shop.rows("product-stocks", {{"price", {{">", "9"}}}})) == Codes{"ABC"});
  CHECK(codes(shop.rows("product-stocks", {{"stock", "2.0"}})) == Codes{"ABC"});
  CHECK(codes(shop.rows("product-stocks", {{"stock", {{"NOT IN", {1, "2"}}}}})) == Codes{"abc "});
}

TEST_CASE("Shoper: null is found as null and by nothing else", "[shoper][lists][filters]") {
  Shop shop = shop_of(1);
  const auto grouped = shop.plant("products", {{"code", "G"}, {"currency_id", 2}});

  CHECK(codes(shop.rows("products", {{"currency_id", nullptr}})) == Codes{"P-001"});
  CHECK(codes(shop.rows("products", {{"currency_id", {{"!=", nullptr}}}})) == Codes{"G"});
  CHECK(shop.rows("products", {{"currency_id", {{"!=", 5}}}}).size() == 1);
  CHECK(shop.door.text("products", grouped, "currency_id") == "2");
}

TEST_CASE("Shoper: a single object is found by its id and nothing else", "[shoper]") {
  Shop shop = shop_of(1);
  for (const char* id : {"2", "0", "-1", "x", "1x", "99999999999999999999"}) {
    CAPTURE(id);
    const Response response = shop.get(fmt::format("/webapi/rest/products/{}", id));
    CHECK(response.status == 404);
    CHECK(body_of(response)["error"] == "invalid_request");
  }
}
