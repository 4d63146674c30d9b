#include <signal.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/cli/up_process.hpp"

using namespace atrapa::tests;

namespace {

/// The webhooks that the fake sent, once there are that many; waits ten seconds at most.
Json deliveries(const Up& up, const std::string& platform, std::size_t count) {
  Json list = Json::array();
  for (int look = 0; look < 500 && list.size() < count; ++look) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto answer = up.gateway()->Get("/_atrapa/" + platform + "/deliveries");
    REQUIRE(answer);
    REQUIRE(answer->status == 200);
    list = Json::parse(answer->body);
  }
  return list;
}

void subscribe(const Up& up, const std::string& url) {
  const Json hook = {{"url", url}, {"format", 0}, {"events", {"order.create"}}};
  const auto made =
      up.shoper()->Post("/webapi/rest/webhooks", up.bearer(), hook.dump(), "application/json");
  REQUIRE(made);
  INFO(made->body);
  REQUIRE(made->status == 200);
}

int post(const Up& up, const std::string& target, const Json& body) {
  const auto answer = up.gateway()->Post(target, body.dump(), "application/json");
  REQUIRE(answer);
  INFO(answer->body);
  return answer->status;
}

}  // namespace

TEST_CASE("HEAD is answered with the length that GET has", "[cli][up]") {
  Up up;
  for (const char* target : {"/webapi/rest/application-version", "/webapi/rest/products?limit=3"}) {
    const auto whole = up.shoper()->Get(target, up.bearer());
    const auto head = up.shoper()->Head(target, up.bearer());
    REQUIRE(whole);
    REQUIRE(head);
    INFO(target);
    CHECK(whole->body.size() > 10);
    CHECK(head->get_header_value("Content-Length") == std::to_string(whole->body.size()));
    CHECK(head->body.empty());
  }
}

TEST_CASE("A webhook that is not delivered is told once for each target, and all can be listed",
          "[cli][up]") {
  Up up;
  subscribe(up, "http://shop.example/hook?secret=1");
  subscribe(up, "http://127.0.0.1:9/dead");
  const Json order = {{"customer", 1}, {"lines", {{{"product", 101}}}}};
  CHECK(post(up, "/_atrapa/shoper/place-order", order) == 200);
  CHECK(post(up, "/_atrapa/shoper/place-order", order) == 200);

  const Json sent = deliveries(up, "shoper", 4);
  REQUIRE(sent.size() == 4);
  CHECK(keys_of(sent[0]) ==
        std::vector<std::string>{"number", "at", "account", "event", "url", "status", "outcome"});
  CHECK(sent[0]["event"] == "order.create");
  CHECK(sent[0]["outcome"] == "refused: not a loopback address");
  CHECK(sent[1]["outcome"] == "no answer");

  const Ended ended = up.end_by(SIGTERM);
  INFO(ended.err);
  CHECK(ended.code == 0);
  CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 2);
  CHECK_THAT(ended.err, Catch::Contains("atrapa: order.create of shoper was not delivered to "
                                        "'http://shop.example/hook': refused: not a loopback "
                                        "address."));
  CHECK_THAT(ended.err, Catch::Contains("'http://127.0.0.1:9/dead': no answer"));
}

TEST_CASE("An automatic action that calls what is no address is refused", "[cli][up]") {
  Up up({}, "base");
  const auto add = [&](const std::string& url) {
    return up.gateway()->Post(
        "/_atrapa/base/add-rule",
        Json{{"event", "status_set"}, {"actions", {{{"kind", "call_url"}, {"url", url}}}}}.dump(),
        "application/json");
  };
  for (const char* url :
       {"/v1/order/sync/baselinker/1?orderId=[numer_zamowienia]", "nonsense not url", ""}) {
    const auto answer = add(url);
    REQUIRE(answer);
    INFO(url << answer->body);
    CHECK(answer->status == 400);
    CHECK(Json::parse(answer->body)["where"] == "/actions/0/url");
  }
  CHECK(add("http://127.0.0.1:9000/order?orderId=[numer_zamowienia]")->status == 200);
}
