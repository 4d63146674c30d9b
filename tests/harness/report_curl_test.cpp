#include <catch2/catch.hpp>

#include "harness/report/curl.hpp"

using namespace atrapa::harness::report;
using atrapa::mocks::kit::Exchange;

namespace {

Exchange exchange(std::string method, std::string target, std::string body = "",
                  atrapa::mocks::kit::Headers headers = {}) {
  Exchange made;
  made.request = {std::move(method), std::move(target), std::move(headers), std::move(body)};
  made.response.status = 200;
  return made;
}

}  // namespace

TEST_CASE("A request becomes a line that a shell can run", "[report][curl]") {
  CHECK(curl_line(exchange("GET", "/webapi/rest/products?page=1&limit=50")) ==
        "curl -s \"$SHOP/webapi/rest/products?page=1&limit=50\"");
  CHECK(curl_line(exchange("PUT", "/webapi/rest/product-stocks/5", R"({"stock":3})",
                           {{"Content-Type", "application/json"}, {"Accept", "*/*"}})) ==
        "curl -s \"$SHOP/webapi/rest/product-stocks/5\" -X PUT -H 'Content-Type: application/json' "
        "--data-binary '{\"stock\":3}'");
  CHECK(curl_line(exchange("POST", "/webapi/rest/orders", "{}")) ==
        "curl -s \"$SHOP/webapi/rest/orders\" --data-binary '{}'");
  CHECK(curl_line(exchange("POST", "/webapi/rest/auth")) ==
        "curl -s \"$SHOP/webapi/rest/auth\" -X POST");
}

TEST_CASE("A filter is readable where curl makes the same bytes of it", "[report][curl]") {
  CHECK(curl_line(exchange("GET", "/o?filters=%7B%22id%22%3A%221%22%7D&page=2")) ==
        "curl -s \"$SHOP/o?page=2\" -G --data-urlencode 'filters={\"id\":\"1\"}'");
  // Lower-case escapes and a plus would come out as other bytes: they stay.
  CHECK(curl_line(exchange("GET", "/o?filters=%7b%22id%22%7d&order=id+asc")) ==
        "curl -s \"$SHOP/o?filters=%7b%22id%22%7d&order=id+asc\"");
  // With a POST, -G would change the method.
  CHECK(curl_line(exchange("POST", "/o?a=%20", "x")) ==
        "curl -s \"$SHOP/o?a=%20\" --data-binary 'x'");
}

TEST_CASE("What a shell would take for its own is quoted", "[report][curl]") {
  CHECK(curl_line(exchange("GET", "/a$(reboot)`x`")) == "curl -s \"$SHOP\"'/a$(reboot)`x`'");
}

TEST_CASE("No secret is left in a line", "[report][curl]") {
  const auto bearer = curl_line(
      exchange("GET", "/webapi/rest/taxes", "", {{"authorization", "Bearer 0123456789abcdef"}}));
  CHECK(bearer == "curl -s \"$SHOP/webapi/rest/taxes\" -H \"Authorization: Bearer $TOKEN\"");

  const auto basic = curl_line(
      exchange("POST", "/webapi/rest/auth", "", {{"Authorization", "Basic ZGVtbzpzZWNyZXQ="}}));
  CHECK(basic == "curl -s \"$SHOP/webapi/rest/auth\" -X POST -u \"$LOGIN:$PASSWORD\"");

  const auto query =
      curl_line(exchange("POST", "/webapi/rest/auth?client_id=demo&client_secret=hush&x=1"));
  CHECK(query ==
        "curl -s \"$SHOP/webapi/rest/auth?client_id=$LOGIN&client_secret=$PASSWORD&x=1\" -X POST");

  const auto form = curl_line(
      exchange("POST", "/webapi/rest/oauth/token", "grant_type=authorization_code&code=hush"));
  CHECK(form.find("hush") == std::string::npos);
  CHECK(form.find("code='\"$SECRET\"") != std::string::npos);
}

TEST_CASE("A product's code is data, not a secret", "[report][curl]") {
  const auto line = curl_line(exchange("GET", "/webapi/rest/product-stocks?code=KUB-1"));
  CHECK(line.find("code=KUB-1") != std::string::npos);
}

TEST_CASE("Quotes and control bytes survive the shell", "[report][curl]") {
  const auto quote = curl_line(exchange("POST", "/x", "O'Hara"));
  CHECK(quote.find("'O'\\''Hara'") != std::string::npos);
  const auto bytes = curl_line(exchange("POST", "/x", "a\x1b[2J'b\\"));
  CHECK(bytes.find("$'a\\x1b[2J\\'b\\\\'") != std::string::npos);
}

TEST_CASE("A large body is named, not shown", "[report][curl]") {
  const auto line = curl_line(exchange("POST", "/bulk", std::string(5000, 'x')), 100);
  CHECK(line.find("5000 bytes") != std::string::npos);
  CHECK(line.size() < 250);
}

TEST_CASE("Tokens in an answer are masked, even in half of it", "[report][curl]") {
  Exchange made = exchange("POST", "/webapi/rest/auth");
  made.response.body = R"({"access_token":"0123456789","expires_in":2592000})";
  CHECK(answer_line(made, 200) == R"(200 {"access_token":"$TOKEN","expires_in":2592000})");
  CHECK(without_tokens(R"({"access_token": "01234)") == R"({"access_token": "$TOKEN)");
  CHECK(without_tokens(R"({"token":7,"secret":"a"})") == R"({"token":7,"secret":"$SECRET"})");
}

TEST_CASE("An answer's line says what an accident did to it", "[report][curl]") {
  Exchange made = exchange("PUT", "/webapi/rest/product-stocks/5", "{}");
  made.response.body = "1";
  made.fault = atrapa::mocks::kit::FaultKind::LostAfterCommit;
  const auto line = answer_line(made, 80);
  CHECK(line.find("fault: ") != std::string::npos);
  CHECK(line.find("200 1") != std::string::npos);
}
