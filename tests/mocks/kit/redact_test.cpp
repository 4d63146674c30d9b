#include "mocks/kit/redact.hpp"

#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "mocks/kit/json.hpp"
#include "tests/mocks/kit/clerk.hpp"

using namespace atrapa::mocks::kit;
using namespace atrapa::tests;

namespace {

constexpr std::string_view kSecret = "Very-Secret-42";

std::string all_text(const Request& request) {
  std::string text = request.method + request.target + request.body;
  for (const Header& field : request.headers) text += field.name + field.value;
  return text;
}

std::string redacted_body(std::string body) {
  Request request = post("/x", std::move(body));
  redact(request);
  return request.body;
}

}  // namespace

TEST_CASE("No credential of a header reaches the journal, its scheme does", "[redact]") {
  Request request = get("/x");
  for (const char* name : {"X-BLToken", "x-atrapa-token", "COOKIE"}) {
    request.headers.add(name, std::string(kSecret));
  }
  request.headers.add("authorization", fmt::format("Bearer {}", kSecret));
  request.headers.add("Proxy-Authorization", std::string(kSecret));
  request.headers.add("Accept", "application/json");
  redact(request);

  CHECK(all_text(request).find(kSecret) == std::string::npos);
  CHECK(request.headers.get("Authorization") == "Bearer ***");
  CHECK(request.headers.get("X-BLToken") == "***");
  CHECK(request.headers.get("Accept") == "application/json");
  CHECK(request.headers.size() == 6);
}

TEST_CASE("Secret parameters are masked in queries and forms, all other bytes stay", "[redact]") {
  CHECK(redacted_target("/auth?client_id=a%20b&client_secret=x%2By&page=1") ==
        "/auth?client_id=a%20b&client_secret=***&page=1");
  CHECK(redacted_target("/v1/order?secretKey=x&orderId=7") == "/v1/order?secretKey=***&orderId=7");
  CHECK(redacted_body("bl_pass=x&action=OrderList") == "bl_pass=***&action=OrderList");
  CHECK(redacted_target("/auth?PASSWORD=x&&b") == "/auth?PASSWORD=***&&b");
  CHECK(redacted_target("/auth?client%5Fsecret=x") == "/auth?client%5Fsecret=***");
  CHECK(redacted_target("/auth?user[password]=x&u%5Btoken%5D=y") ==
        "/auth?user[password]=***&u%5Btoken%5D=***");
  CHECK(redacted_target("/client_secret=x") == "/client_secret=x");
  CHECK(redacted_target("/x?client_secret=") == "/x?client_secret=");
  CHECK(redacted_body("grant_type=refresh_token&refresh_token=abc") ==
        "grant_type=refresh_token&refresh_token=***");
  CHECK(redacted_body("a=1&password=") == "a=1&password=");
  CHECK(redacted_body("a=1&b=100%&c") == "a=1&b=100%&c");
}

TEST_CASE("Secret members of JSON are masked, at any depth and of any type", "[redact]") {
  CHECK(redacted_body(R"({"a":1,"password" : "x\"y","b":[{"Access_Token":"z"}]})") ==
        R"({"a":1,"password" : "***","b":[{"Access_Token":"***"}]})");
  CHECK(redacted_body(R"([{"token":{"a":["}"]},"b":2},{"secret":12345}])") ==
        R"([{"token":"***","b":2},{"secret":"***"}])");
  CHECK(redacted_body(R"({"password":null,"passwords":"kept","note":"my password: x"})") ==
        R"({"password":null,"passwords":"kept","note":"my password: x"})");
}

TEST_CASE("A cut-off or broken body is masked to its end", "[redact]") {
  CHECK(redacted_body(R"({"password":"Very-Sec)") == R"({"password":"***")");
  CHECK(redacted_body(R"({"password":{"a":"Very)") == R"({"password":"***")");
  CHECK(redacted_body(R"({"password":)") == R"({"password":)");
  CHECK(redacted_body(R"({"password)") == R"({"password)");
}

TEST_CASE("JSON that travels as a parameter is masked inside", "[redact]") {
  const std::string form =
      redacted_body("method=login&parameters=%7B%22password%22%3A%22abc%22%7D");

  CHECK(form.find("abc") == std::string::npos);
  CHECK(parse_form(form)->at(1).second == R"({"password":"***"})");
  CHECK(redacted_body("parameters=%7B%22a%22%3A%22b+c%22%7D") ==
        "parameters=%7B%22a%22%3A%22b+c%22%7D");
}

TEST_CASE("Secret parts of a form in parts are masked, and secrets in the JSON of others",
          "[redact]") {
  const auto body = [](const std::string& token, const std::string& password) {
    return "--x7\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + token +
           "\r\n--x7\r\nContent-Disposition: form-data; filename=\"token\"; name=\"a\"\r\n\r\n" +
           R"({"password":")" + password + "\"}\r\n--x7--\r\n";
  };
  CHECK(redacted_body(body("Very-Secret-42", "Very")) == body("***", "***"));
  const std::string whole = body("Very-Secret-42", "Very");
  CHECK(redacted_body(whole.substr(0, whole.find("Very") + 8)).find("Very") == std::string::npos);
  CHECK(redacted_body("--a=1&token=x") == "--a=1&token=***");
}

TEST_CASE("Wherever a secret is planted among other members, none is left and the rest is",
          "[redact]") {
  rc::prop("JSON", [](const std::vector<std::string>& texts) {
    Json body = {{"first", {{"password", kSecret}}}};
    Json expected = {{"first", {{"password", kMasked}}}};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      // Only keys that are no secret's name; values may be anything.
      const std::string key = fmt::format("k{}{}", i, texts[i].size());
      body[key] = expected[key] = Json::array({texts[i], texts[i] + "\"password\":", 17});
      body["x" + key] = {{"client_secret", texts[i]}};
      expected["x" + key] = {{"client_secret", kMasked}};
    }
    const auto dump = [](const Json& json) {
      return json.dump(-1, ' ', false, Json::error_handler_t::replace);
    };
    const std::string redacted = redacted_body(dump(body));
    RC_ASSERT(redacted.find(kSecret) == std::string::npos);
    // A text that looks like a member inside of a string may be masked too, but must stay JSON.
    const Json read = Json::parse(redacted, nullptr, false);
    RC_ASSERT(!read.is_discarded());
    RC_ASSERT(read["first"] == expected["first"]);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string key = fmt::format("k{}{}", i, texts[i].size());
      RC_ASSERT(read["x" + key] == expected["x" + key]);
    }
  });
}

TEST_CASE("Any bytes pass the mask without harm, and none grows but by a mask", "[redact]") {
  rc::prop("requests and answers", [] {
    const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "{", "}", "[", "]", "\"", "\\", ":", ",", "&", "=", "%", "%22", "%7B", "+", " ", "1",
        "null", "password", "\"token\"", "x"));
    std::string text;
    for (const std::string& part : parts) text += part;
    for (const char* start : {"", "{", "[{", "a=", "parameters=%7B"}) {
      const std::string body = start + text;
      RC_ASSERT(redacted_body(body).size() <= 4 * body.size() + 8);
      redacted_target("/x?" + body);
    }
  });
}

TEST_CASE("The client sees the true bytes of what the journal masks", "[redact][host]") {
  Desk desk;
  const Outcome outcome =
      desk.host.handle(post("/login?client_secret=s3cret-query", R"({"password":"s3cret-body"})",
                            {{"Authorization", "Basic s3cret-header"}}));

  CHECK(outcome.response.body.find("s3cret-answer") != std::string::npos);
  const Exchange& kept = desk.host.journal().exchanges().back();
  CHECK(all_text(kept.request).find("s3cret") == std::string::npos);
  CHECK(kept.response.body == R"({"access_token":"***","expires_in":2592000})");
}

TEST_CASE("Webhook addresses are masked in the journal", "[redact]") {
  Journal journal;
  Delivery delivery;
  delivery.url = "http://127.0.0.1:1/hook?token=s3cret";
  delivery.request = post("/hook?token=s3cret", "{}");
  journal.add(delivery);

  CHECK(journal.deliveries().back().url == "http://127.0.0.1:1/hook?token=***");
  CHECK(journal.deliveries().back().request.target == "/hook?token=***");
}
