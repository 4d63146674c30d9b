#include <signal.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/cli/up_process.hpp"

using namespace atrapa::tests;

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
