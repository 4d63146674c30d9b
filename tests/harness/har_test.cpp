#include "harness/incident/har.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "harness/subject/base64.hpp"
#include "mocks/kit/world_error.hpp"

namespace {

using atrapa::harness::Json;
using atrapa::harness::parse_har;
using atrapa::harness::RecordedExchange;
using atrapa::harness::Recording;

/// A HAR of one entry, with parts of it overwritten.
std::string har(const Json& patch = Json::object()) {
  Json json = Json::parse(R"({"log": {"version": "1.2", "creator": {"name": "t", "version": "1"},
    "entries": [{"startedDateTime": "2026-03-02T09:00:00.250+01:00", "time": 1,
      "request": {"method": "GET", "url": "https://Shop.example/webapi/rest/taxes?page=1#top",
                  "headers": [{"name": "authorization", "value": "Bearer abc"}]},
      "response": {"status": 200, "headers": [{"name": "content-type", "value": "application/json"}],
                   "content": {"size": 2, "mimeType": "application/json", "text": "{}"}}}]}})");
  json.merge_patch(patch);
  return json.dump();
}

/// The entry with parts of its request and response overwritten.
Recording entry(const Json& request, const Json& response) {
  Json json = Json::parse(har());
  json["log"]["entries"][0]["request"].merge_patch(request);
  json["log"]["entries"][0]["response"].merge_patch(response);
  return parse_har(json.dump(), "t.har");
}

}  // namespace

TEST_CASE("A HAR entry becomes a request and its answer", "[har]") {
  const Recording recording = parse_har(har(), "t.har");
  REQUIRE(recording.exchanges.size() == 1);
  const RecordedExchange& exchange = recording.exchanges[0];
  CHECK(exchange.origin == "https://shop.example");
  CHECK(exchange.request.target == "/webapi/rest/taxes?page=1");
  CHECK(exchange.request.headers.get("Authorization") == "Bearer abc");
  CHECK(exchange.response.status == 200);
  CHECK(exchange.response.body == "{}");
  REQUIRE(exchange.at);
  CHECK(exchange.at->time_since_epoch().count() == 1772438400250);
}

TEST_CASE("What browsers and proxies write is understood", "[har]") {
  // http2 pseudo headers, a body in base64, a Content-Encoding that has been undone, a byte order
  // mark.
  const auto exchange =
      entry(
          Json::parse(
              R"({"headers": [{"name": ":method", "value": "GET"}, {"name": "accept", "value": "*/*"}]})"),
          Json::parse(R"({"headers": [{"name": "content-encoding", "value": "gzip"}],
                            "content": {"text": "eyJhIjoxfQ", "encoding": "base64"}})"))
          .exchanges.at(0);
  CHECK(exchange.request.headers.size() == 1);
  CHECK(exchange.response.headers.size() == 0);
  CHECK(exchange.response.body == R"({"a":1})");
  CHECK(parse_har("\xEF\xBB\xBF" + har(), "t.har").exchanges.size() == 1);

  // A form without its text; an address with what should have been escaped.
  const auto form = entry(Json::parse(R"({"method": "POST", "url": "http://shop.example/x?a={ b",
      "postData": {"mimeType": "application/x-www-form-urlencoded",
                   "params": [{"name": "a b", "value": "ż&"}, {"name": "c", "value": ""}]}})"),
                          Json::object())
                        .exchanges.at(0);
  CHECK(form.request.body == "a%20b=%C5%BC%26&c=");
  CHECK(form.request.target == "/x?a={%20b");
}

TEST_CASE("Entries without an answer are left out and told", "[har]") {
  const Recording recording = entry(Json::object(), Json::parse(R"({"status": 0})"));
  CHECK(recording.exchanges.empty());
  REQUIRE(recording.left_out.size() == 1);
  CHECK(recording.left_out[0].find("entry 0") == 0);
}

TEST_CASE("An answer without its body is marked", "[har]") {
  const auto exchange =
      entry(Json::object(), Json::parse(R"({"content": {"text": null, "size": 99}})"))
          .exchanges.at(0);
  CHECK_FALSE(exchange.body_known);
}

TEST_CASE("What is no HAR is refused where it is not", "[har]") {
  CHECK_THROWS_WITH(parse_har("{\n\"log\": }", "t.har"), Catch::StartsWith("t.har:2:"));
  CHECK_THROWS_WITH(parse_har("{}", "t.har"), Catch::StartsWith("/log: missing"));
  CHECK_THROWS_WITH(parse_har(R"({"log": {"version": "2.0", "entries": []}})", "t.har"),
                    Catch::StartsWith("/log/version: '2.0'"));
  CHECK_THROWS_WITH(parse_har(R"({"log": {"entries": {}}})", "t.har"),
                    Catch::StartsWith("/log/entries: expected a list"));
  CHECK_THROWS_WITH(
      parse_har(R"({"log": {"entries": [{"request": {}, "response": {}}]}})", "t.har"),
      Catch::StartsWith("/log/entries/0/request/method"));
  CHECK_THROWS_WITH(entry(Json::parse(R"({"url": "/webapi"})"), Json::object()),
                    Catch::StartsWith("/log/entries/0/request/url"));
  CHECK_THROWS_WITH(entry(Json::object(), Json::parse(R"({"status": "ok"})")),
                    Catch::StartsWith("/log/entries/0/response/status"));
  CHECK_THROWS_WITH(
      entry(Json::object(), Json::parse(R"({"content": {"text": "?", "encoding": "base64"}})")),
      Catch::StartsWith("/log/entries/0/response/content/text"));
  CHECK_THROWS_WITH(
      entry(Json::object(),
            Json::parse(R"({"content": {"text": "H4sIAAAA", "encoding": "base64"}})")),
      Catch::Contains("gzip"));
}

TEST_CASE("A recording reads back as it was written", "[har]") {
  Recording recording;
  recording.world = "demo";
  recording.comment = "Zażółć";
  recording.settings["limit"] = 3;
  RecordedExchange exchange;
  exchange.origin = "http://127.0.0.1:8080";
  exchange.request = {.method = "PUT",
                      .target = "/webapi/rest/taxes/1?a=%20",
                      .headers = {{"A", "b"}},
                      .body = "{\"stock\":1}"};
  exchange.response = {
      .status = 400, .headers = {{"Retry-After", "1"}}, .body = std::string("\xFF\x00gone", 6)};
  exchange.provenance = "[rec] x";
  exchange.volatile_at = {"/a/*"};
  exchange.headers = {"Retry-After"};
  exchange.mentions = {"stock"};
  recording.exchanges = {exchange};
  const Recording again = parse_har(har_text(recording), "again.har");
  CHECK(har_text(again) == har_text(recording));
  REQUIRE(again.exchanges.size() == 1);
  CHECK(again.world == "demo");
  CHECK(again.settings == recording.settings);
  CHECK(again.exchanges[0].request.body == exchange.request.body);
  CHECK(again.exchanges[0].response.body == exchange.response.body);
  CHECK(again.exchanges[0].response.headers == exchange.response.headers);
  CHECK(again.exchanges[0].volatile_at == exchange.volatile_at);
  CHECK(again.exchanges[0].mentions == exchange.mentions);
}

TEST_CASE("Redaction leaves no credential in a recording", "[har]") {
  Recording recording = parse_har(har(), "t.har");
  RecordedExchange login = recording.exchanges[0];
  login.request = {
      .method = "POST",
      .target = "/webapi/rest/auth?client_id=owner@shop.example&client_secret=geheim",
      .headers = {{"Authorization", "Basic b3duZXI6Z2VoZWlt"}, {"Cookie", "session=geheim"}},
      .body = {}};
  login.response.body = R"({"access_token":"geheim","expires_in":2592000,"token_type":"bearer"})";
  RecordedExchange code = recording.exchanges[0];
  code.request = {.method = "POST",
                  .target = "/webapi/rest/oauth/token",
                  .headers = {},
                  .body = "grant_type=authorization_code&code=geheim"};
  code.response.body = R"({"access_token":"geheim","refresh_token":"geheim"})";
  recording.exchanges.push_back(login);
  recording.exchanges.push_back(code);
  atrapa::harness::redact(recording);
  const std::string text = har_text(recording);
  for (const char* secret : {"geheim", "Bearer abc", "b3duZXI6Z2VoZWlt", "owner@shop.example"}) {
    INFO(secret);
    CHECK(text.find(secret) == std::string::npos);
  }
  CHECK(text.find("2592000") != std::string::npos);
}

TEST_CASE("Base64 of any bytes reads back", "[har]") {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    CHECK(atrapa::harness::decode_base64(atrapa::harness::encode_base64(bytes)) == bytes);
    bytes += static_cast<char>(i);
  }
  CHECK(atrapa::harness::decode_base64("YQ") == "a");
  CHECK(atrapa::harness::decode_base64("Y Q\n==") == "a");
  CHECK_FALSE(atrapa::harness::decode_base64("a"));
  CHECK_FALSE(atrapa::harness::decode_base64("%%%%"));
}
