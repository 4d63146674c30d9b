#include "core/shops/shoper/client.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <deque>
#include <string>
#include <vector>

#include "core/shops/shoper/shoper_shop.hpp"
#include "paper_shop.hpp"

using namespace atrapa::core;
using namespace atrapa::core::shoper;
using test::TestClock;

namespace {

/// Answers in the order they were written down, and keeps what was asked.
class Script final : public Transport {
 public:
  std::variant<HttpResponse, NoAnswer> send(const HttpRequest& request) override {
    asked.push_back(request);
    if (answers.empty())
      throw std::logic_error("the script has no further answer for " + request.url);
    auto next = std::move(answers.front());
    answers.pop_front();
    return next;
  }
  Script& says(int status, std::string body,
               std::vector<std::pair<std::string, std::string>> headers = {}) {
    answers.emplace_back(HttpResponse{status, std::move(headers), std::move(body)});
    return *this;
  }
  Script& says(NoAnswer why) {
    answers.emplace_back(why);
    return *this;
  }

  std::deque<std::variant<HttpResponse, NoAnswer>> answers;
  std::vector<HttpRequest> asked;
};

constexpr const char* kToken =
    R"({"access_token":"t1","expires_in":2592000,"token_type":"bearer"})";

struct Table {
  Script script;
  TestClock clock;
  Access access{"https://shop.example/", "jan", "zażółć:hasło", ""};

  Client client() { return {access, script, clock, {}}; }
  ShoperShop shop() { return {access, script, clock}; }
};

std::string header(const HttpRequest& request, const std::string& name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return "";
}

std::vector<std::string> read_ids(Client client,
                                  const ListQuery& query = {"orders", "order_id", {}}) {
  std::vector<std::string> ids;
  const Wanted wanted{"list", "count", "pages", "page", "order_id"};
  const auto read =
      client.list(query, wanted, [&](std::vector<Json> rows, std::optional<std::int64_t>) {
        for (const Json& row : rows) ids.push_back(text_or_empty(row, "order_id"));
        return true;
      });
  if (!read) ids.push_back("error: " + read.error().text);
  return ids;
}

}  // namespace

TEST_CASE(
    "A panel user's login is exchanged for a token by Basic, once, and the token is renewed on 401 "
    "once",
    "[shoper][auth]") {
  Table table;
  table.script.says(200, kToken).says(200, "1").says(200, "1");
  Client client = table.client();
  const Wanted nothing;
  REQUIRE(client.call("GET", "x", "", nothing).ok());
  REQUIRE(client.call("GET", "y", "", nothing).ok());
  REQUIRE(table.script.asked.size() == 3);
  CHECK(table.script.asked[0].url == "https://shop.example/webapi/rest/auth");
  CHECK(table.script.asked[0].method == "POST");
  CHECK(header(table.script.asked[0], "Authorization") == "Basic amFuOnphxbzDs8WCxIc6aGFzxYJv");
  CHECK(header(table.script.asked[2], "Authorization") == "Bearer t1");

  table.script.says(401, R"({"error":"unauthorized_client"})")
      .says(200, R"({"access_token":"t2"})")
      .says(200, "1");
  REQUIRE(client.call("GET", "z", "", nothing).ok());
  CHECK(header(table.script.asked.back(), "Authorization") == "Bearer t2");

  table.script.says(401, "{}").says(200, R"({"access_token":"t3"})").says(401, "{}");
  const auto refused = client.call("GET", "z", "", nothing);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ShopError::Kind::AccessDenied);
}

TEST_CASE(
    "A refused login, or a refused panel token, ends the call without a secret in the message",
    "[shoper][auth]") {
  Table table;
  const Wanted nothing;
  table.script.says(401, R"({"error":"unauthorized_client","error_description":"no"})");
  const auto refused = table.client().call("GET", "x", "", nothing);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ShopError::Kind::AccessDenied);
  CHECK(refused.error().text.find("hasło") == std::string::npos);

  table.access = {"https://shop.example/webapi/rest", "", "", "panel-token"};
  table.script.says(401, "{}");
  const auto denied = table.client().call("GET", "x", "", nothing);
  REQUIRE_FALSE(denied.ok());
  CHECK(table.script.asked.back().url == "https://shop.example/webapi/rest/x");
  CHECK(header(table.script.asked.back(), "Authorization") == "Bearer panel-token");
  CHECK(denied.error().text.find("panel-token") == std::string::npos);
}

TEST_CASE("An expired token is fetched anew before it is refused", "[shoper][auth]") {
  Table table;
  const Wanted nothing;
  table.script.says(200, R"({"access_token":"t1","expires_in":60})").says(200, "1");
  Client client = table.client();
  REQUIRE(client.call("GET", "x", "", nothing).ok());
  table.clock.advance(std::chrono::seconds(60));
  table.script.says(200, R"({"access_token":"t2","expires_in":60})").says(200, "1");
  REQUIRE(client.call("GET", "x", "", nothing).ok());
  CHECK(header(table.script.asked.back(), "Authorization") == "Bearer t2");
}

TEST_CASE("A full bucket is waited for before the next call", "[shoper][pace]") {
  Table table;
  const Wanted nothing;
  const auto bucket = [](const char* calls) {
    return std::vector<std::pair<std::string, std::string>>{
        {"x-shop-api-limit", "10"}, {"X-Shop-Api-Calls", calls}, {"X-SHOP-API-BANDWIDTH", "2"}};
  };
  table.script.says(200, kToken)
      .says(200, "1", bucket("9"))
      .says(200, "1", bucket("10"))
      .says(200, "1", bucket("9"));
  Client client = table.client();
  for (int i = 0; i < 2; ++i) REQUIRE(client.call("GET", "x", "", nothing).ok());
  CHECK(table.clock.waited.empty());
  REQUIRE(client.call("GET", "x", "", nothing).ok());
  CHECK(table.clock.waited == std::vector{Duration{1000}});
}

TEST_CASE(
    "429 waits as long as Retry-After says, 500 and lost answers wait longer each time, and it "
    "ends",
    "[shoper][retry]") {
  Table table;
  const Wanted nothing;
  table.script.says(200, kToken)
      .says(429, "{}", {{"Retry-After", "7"}})
      .says(500, "{}")
      .says(NoAnswer::NotSent);
  table.script.says(NoAnswer::Ambiguous).says(200, "{\"cut\":").says(200, "1");
  Client client = table.client();
  REQUIRE(client.call("GET", "x", "", nothing).ok());
  CHECK(table.clock.waited == std::vector{Duration{7000}, Duration{2000}, Duration{4000},
                                          Duration{8000}, Duration{16000}});

  for (int i = 0; i < kMaxTries; ++i)
    table.script.says(503, R"({"error":"temporarily_unavailable"})");
  const auto gave_up = client.call("GET", "x", "", nothing);
  REQUIRE_FALSE(gave_up.ok());
  CHECK(gave_up.error().kind == ShopError::Kind::Unreachable);
  CHECK(table.script.answers.empty());
}

TEST_CASE("A wait that is broken off ends the call as interrupted", "[shoper][retry]") {
  Table table;
  const Wanted nothing;
  table.clock.waits_left = 0;
  table.script.says(200, kToken).says(500, "{}");
  const auto result = table.client().call("GET", "x", "", nothing);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().kind == ShopError::Kind::Interrupted);
}

TEST_CASE("A refusal is told in the shop's own words and not tried again", "[shoper][retry]") {
  Table table;
  const Wanted nothing;
  table.script.says(200, kToken)
      .says(400, R"({"error":"invalid_request","error_description":"\"stock\" is wrong"})");
  const auto result = table.client().call("PUT", "product-stocks/5?x=1", "{}", nothing);
  REQUIRE_FALSE(result.ok());
  CHECK(result.error().kind == ShopError::Kind::Refused);
  CHECK(result.error().status == 400);
  CHECK(result.error().text ==
        "PUT product-stocks/5 answered 400 invalid_request: \"stock\" is wrong");
}

TEST_CASE("Pages are read to the end whatever the envelope looks like", "[shoper][paging]") {
  Table table;
  table.script.says(200, kToken);
  SECTION("count and pages as texts, rows keyed by number") {
    table.script.says(200, R"({"count":"2","pages":"2","page":"1","list":{"1":{"order_id":"7"}}})");
    table.script.says(200, R"({"count":"2","pages":"2","page":2,"list":{"1":{"order_id":8}}})");
    CHECK(read_ids(table.client()) == std::vector<std::string>{"7", "8"});
  }
  SECTION("nothing there") {
    table.script.says(200, R"({"count":"0","pages":0,"page":1,"list":[]})");
    CHECK(read_ids(table.client()).empty());
  }
  SECTION("the page set back past the end is not believed") {
    table.script.says(200, R"({"count":"3","pages":2,"page":1,"list":[{"order_id":"7"}]})");
    table.script.says(200, R"({"count":"3","pages":2,"page":1,"list":[]})");
    CHECK(read_ids(table.client()) == std::vector<std::string>{"7"});
  }
  SECTION("a row that moved to the next page counts once") {
    table.script.says(
        200, R"({"count":"3","pages":2,"page":1,"list":[{"order_id":"7"},{"order_id":"8"}]})");
    table.script.says(
        200, R"({"count":"3","pages":2,"page":2,"list":[{"order_id":"8"},{"order_id":"9"}]})");
    CHECK(read_ids(table.client()) == std::vector<std::string>{"7", "8", "9"});
  }
  SECTION("a deleted row moves the others forward: the list is read again") {
    table.script.says(
        200, R"({"count":"4","pages":2,"page":1,"list":[{"order_id":"1"},{"order_id":"2"}]})");
    table.script.says(200, R"({"count":"3","pages":2,"page":2,"list":[{"order_id":"4"}]})");
    table.script.says(
        200, R"({"count":"3","pages":2,"page":1,"list":[{"order_id":"2"},{"order_id":"3"}]})");
    table.script.says(200, R"({"count":"3","pages":2,"page":2,"list":[{"order_id":"4"}]})");
    CHECK(read_ids(table.client()) == std::vector<std::string>{"1", "2", "4", "3"});
  }
  SECTION("a page that grew in between is read too") {
    table.script.says(200, R"({"count":"1","pages":1,"page":1,"list":[{"order_id":"1"}]})");
    CHECK(read_ids(table.client()) == std::vector<std::string>{"1"});
  }
  SECTION("no envelope is an unreadable answer, never an empty list") {
    table.script.says(200, R"([{"order_id":"1"}])");
    CHECK(read_ids(table.client()).at(0).starts_with("error: GET orders"));
  }
  SECTION("a row without its id is an unreadable answer") {
    table.script.says(200, R"({"count":"1","pages":1,"page":1,"list":[{"id":"1"}]})");
    CHECK(read_ids(table.client()).at(0).starts_with("error: GET orders"));
  }
  CHECK(table.script.answers.empty());
}

TEST_CASE("Lists ask for 50 rows in the order of their ids", "[shoper][paging]") {
  Table table;
  table.script.says(200, kToken).says(200, R"({"count":"0","pages":0,"page":1,"list":[]})");
  read_ids(table.client(), {"orders", "order_id", Json{{"order_id", {{">", 7}}}}});
  const std::string url = table.script.asked.back().url;
  CHECK(test::query_parameter(url, "limit") == "50");
  CHECK(test::query_parameter(url, "page") == "1");
  CHECK(test::query_parameter(url, "order") == "order_id asc");
  CHECK(test::query_parameter(url, "filters") == R"({"order_id":{">":7}})");
}

TEST_CASE("Numbers keep the bytes they came as and what is not wanted is not built",
          "[shoper][json]") {
  const Wanted wanted{"price", "list", "deep"};
  const auto json = parse_wanted(
      R"({"price":19.990,"other":{"price":1},"list":[{"price":"x"},7,-3,true,null],"deep":{"0":{"price":1e2}}})",
      wanted);
  REQUIRE(json.has_value());
  CHECK(
      json->dump() ==
      R"({"deep":{"0":{"price":"1e2"}},"list":[{"price":"x"},"7","-3",true,null],"price":"19.990"})");
  const auto whole = parse_wanted(R"({"price":1,"deep":{"any":{"x":[2]},"list":{"y":3}},"x":4})",
                                  {"price"}, {"deep"});
  REQUIRE(whole.has_value());
  CHECK(whole->dump() == R"({"deep":{"any":{"x":["2"]},"list":{"y":"3"}},"price":"1"})");
  for (const char* text : {"", "{", R"({"price":)", "[1,2", "nul", "{\"price\":\"\xFF\"}", "1 2"}) {
    INFO(text);
    CHECK_FALSE(parse_wanted(text, wanted).has_value());
  }
  CHECK_FALSE(parse_wanted(std::string(100'000, '['), wanted).has_value());
  for (const char* half :
       {R"({"price":"a\ud83d"})", R"({"price":"\udc00b"})", R"({"x":["\ude00"]})",
        R"({"\udc00":1})", R"({"price":"\ude00\ud83d"})"}) {
    INFO(half);
    CHECK_FALSE(parse_wanted(half, wanted).has_value());
  }
  const auto whole_pair = parse_wanted(R"({"price":"\ud83d\ude00 \ud7ff"})", wanted);
  REQUIRE(whole_pair.has_value());
  CHECK(whole_pair->at("price") == "\xF0\x9F\x98\x80 \xED\x9F\xBF");
  for (const std::string name : {"x", "price"}) {
    const std::string deep =
        "{\"" + name + "\":" + std::string(100, '[') + std::string(100, ']') + "}";
    CHECK_FALSE(parse_wanted(deep, wanted).has_value());
  }
}

TEST_CASE("A product row becomes an item with its texts byte for byte", "[shoper][rows]") {
  Table table;
  table.script.says(200, kToken).says(200, R"({"count":"0","pages":0,"page":1,"list":[]})");
  table.script.says(
      200,
      R"({"count":"1","pages":1,"page":1,"list":[{"product_id":"36","code":" BUT\u00a042 ","tax_id":"1",
    "unit_id":"0","category_id":"19","categories":[19,20],"attributes":[],"main_image":false,"options":[],
    "stock":{"stock_id":"40","price":"290.00","stock":"100","code":"z","comp_price":"1.00"},
    "translations":{"en_US":{"name":"Shoe"},"pl_PL":{"name":"But","description":"<p>"}}}]})");
  std::vector<ShopItem> items;
  REQUIRE(table.shop()
              .items([&](std::vector<ShopItem> rows, std::optional<std::int64_t>) {
                items = std::move(rows);
                return true;
              })
              .ok());
  REQUIRE(items.size() == 1);
  CHECK(items[0].code ==
        " BUT\xC2\xA0"
        "42 ");
  CHECK(items[0].name == "But");
  CHECK(items[0].stock_id == "40");
  CHECK(items[0].gross_price->value == Price{2'900'000});
  CHECK(items[0].stock->value == Quantity{100'000'000});
  CHECK(items[0].category_ids == std::vector<std::string>{"19", "20"});
  CHECK_FALSE(items[0].unit_id.has_value());
}

TEST_CASE("A variant's gross price follows its price type", "[shoper][rows]") {
  const auto price = [](const char* type) {
    Table table;
    table.script.says(200, kToken);
    table.script.says(
        200,
        std::string(
            R"({"count":"1","pages":1,"page":1,"list":[{"stock_id":"41","product_id":"36","code":"V","price":"10.00","stock":"3","price_type":")") +
            type + "\"}]}");
    table.script.says(
        200,
        R"({"count":"1","pages":1,"page":1,"list":[{"product_id":"36","code":"P","stock":{"stock_id":"40","price":"290.00","stock":"1"}}]})");
    std::string text;
    const auto read =
        table.shop().items([&](std::vector<ShopItem> rows, std::optional<std::int64_t>) {
          text = rows.at(1).gross_price->text;
          return true;
        });
    REQUIRE(read.ok());
    return text;
  };
  CHECK(price("0") == "290.00");
  CHECK(price("1") == "10.00");
  CHECK(price("2") == "300.00");
  CHECK(price("3") == "280.00");
}

TEST_CASE("Several figures go as one bulk with exact numbers, and each has its own outcome",
          "[shoper][bulk]") {
  Table table;
  table.script.says(200, kToken);
  table.script.says(
      200,
      R"({"errors":true,"items":[{"id":"0","code":200,"body":1},{"id":"1","code":400,"body":{"error":"invalid_request","error_description":"no"}},{"id":"2","code":429,"body":{}}]})");
  table.script.says(200, R"({"errors":false,"items":[{"id":"2","code":200,"body":0}]})");
  const std::vector<StockWrite> writes{
      {"5", Quantity{7'000'000}}, {"6", Quantity{1'500'000}}, {"8", Quantity{0}}};
  const auto outcomes = table.shop().write_stock(writes);
  REQUIRE(outcomes.ok());
  using State = StockWriteOutcome::State;
  CHECK((*outcomes)[0].state == State::Done);
  CHECK((*outcomes)[1].state == State::Refused);
  CHECK((*outcomes)[1].text == "400 invalid_request: no");
  CHECK((*outcomes)[2].state == State::Done);
  CHECK(
      table.script.asked[1].body ==
      R"([{"id":"0","path":"/webapi/rest/product-stocks/5","method":"PUT","params":{},"body":{"stock":7}},)"
      R"({"id":"1","path":"/webapi/rest/product-stocks/6","method":"PUT","params":{},"body":{"stock":1.5}},)"
      R"({"id":"2","path":"/webapi/rest/product-stocks/8","method":"PUT","params":{},"body":{"stock":0}}])");
  CHECK(table.script.asked[2].body.find("product-stocks/8") != std::string::npos);
  CHECK(table.script.asked[2].body.find("product-stocks/5") == std::string::npos);
}

TEST_CASE("A figure that the bulk's answer leaves out is asked for again and never taken as done",
          "[shoper][bulk]") {
  Table table;
  table.script.says(200, kToken);
  for (int i = 0; i < kMaxTries; ++i)
    table.script.says(200, R"({"errors":false,"items":[{"id":"0","code":200,"body":1}]})");
  const std::vector<StockWrite> writes{{"5", Quantity{1'000'000}}, {"6", Quantity{1'000'000}}};
  const auto outcomes = table.shop().write_stock(writes);
  REQUIRE(outcomes.ok());
  CHECK((*outcomes)[0].state == StockWriteOutcome::State::Done);
  CHECK((*outcomes)[1].state == StockWriteOutcome::State::Unknown);
  CHECK(table.script.answers.empty());
}

TEST_CASE("A figure of one warehouse goes into that warehouse alone", "[shoper][bulk]") {
  Table table;
  table.script.says(200, kToken).says(200, "1");
  const std::vector<StockWrite> writes{
      {.stock_id = "5", .value = Quantity{7'500'000}, .warehouse = "2"}};
  REQUIRE(table.shop().write_stock(writes).ok());
  CHECK(table.script.asked.back().body == R"({"warehouses":{"2":"7.5"}})");
}

TEST_CASE("A single figure is put, and sent again when its answer is lost", "[shoper][bulk]") {
  Table table;
  table.script.says(200, kToken).says(NoAnswer::Ambiguous).says(200, "").says(200, "1");
  const std::vector<StockWrite> writes{{"5", Quantity{7'000'000}}};
  const auto outcomes = table.shop().write_stock(writes);
  REQUIRE(outcomes.ok());
  CHECK((*outcomes)[0].state == StockWriteOutcome::State::Done);
  CHECK(table.script.asked.back().method == "PUT");
  CHECK(table.script.asked.back().url == "https://shop.example/webapi/rest/product-stocks/5");
  CHECK(table.script.asked.back().body == R"({"stock":7})");
  CHECK(table.script.asked.size() == 4);
}

TEST_CASE("Lines are read for many orders at once, and one by one where the shop refuses that",
          "[shoper][orders]") {
  Table table;
  const std::vector<std::string> ids{"7", "8"};
  const auto line = [](const char* id, const char* order) {
    return std::string(R"({"count":"1","pages":1,"page":1,"list":[{"id":")") + id +
           R"(","order_id":")" + order +
           R"(","code":5908,"price":"1.00","quantity":"2","tax":"zw."}]})";
  };
  table.script.says(200, kToken)
      .says(400, "{}")
      .says(200, line("1", "7"))
      .says(200, line("2", "8"));
  const auto lines = table.shop().lines(ids);
  REQUIRE(lines.ok());
  CHECK(lines->at("7").at(0).code == "5908");
  CHECK(lines->at("8").at(0).tax == "zw.");
  CHECK(test::query_parameter(table.script.asked[1].url, "filters") ==
        R"({"order_id":{"IN":["7","8"]}})");
  CHECK(test::query_parameter(table.script.asked[3].url, "filters") == R"({"order_id":"8"})");
}
