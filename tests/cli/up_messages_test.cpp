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
