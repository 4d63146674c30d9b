#include "mocks/kit/router.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "mocks/kit/message.hpp"

using namespace atrapa::mocks::kit;

namespace {

std::vector<std::string> segments(std::string_view target) {
  return parse_target(target)->segments;
}

Router<std::string> shop() {
  Router<std::string> router;
  router.add("GET", "/webapi/rest/products", "list");
  router.add("POST", "/webapi/rest/products", "create");
  router.add("GET", "/webapi/rest/products/{id}", "read");
  router.add("GET", "/webapi/rest/products/count", "count");
  router.add("HEAD", "/webapi/rest/products/count", "head of count");
  router.add("GET", "/webapi/rest/{resource}/{id}/images/{image}", "image");
  return router;
}

}  // namespace

TEST_CASE("A route is found by its segments and tells what its placeholders held", "[router]") {
  const Router<std::string> router = shop();
  const auto path = segments("/webapi/rest/orders/42/images/a%20b");
  const auto match = router.find("GET", path);

  REQUIRE(match.route);
  CHECK(*match.route == "image");
  REQUIRE(match.captures.size() == 3);
  CHECK(match.captures.get("resource") == "orders");
  CHECK(match.captures.get("image") == "a b");
  CHECK(match.captures[1] == "42");
  CHECK(match.captures.get("nothing").empty());
}

TEST_CASE("A literal segment wins over a placeholder, and leads back where it leads nowhere",
          "[router]") {
  const Router<std::string> router = shop();

  CHECK(*router.find("GET", segments("/webapi/rest/products/count")).route == "count");
  CHECK(*router.find("GET", segments("/webapi/rest/products/7")).route == "read");
  CHECK(*router.find("GET", segments("/webapi/rest/products/7/images/1")).route == "image");
}

TEST_CASE("An unknown path is told from a path without that method", "[router]") {
  const Router<std::string> router = shop();

  const auto unknown = router.find("GET", segments("/webapi/rest/nothing"));
  CHECK(unknown.route == nullptr);
  CHECK(unknown.allowed.empty());

  const auto inner = router.find("GET", segments("/webapi/rest"));
  CHECK(inner.route == nullptr);
  CHECK(inner.allowed.empty());

  const auto other = router.find("DELETE", segments("/webapi/rest/products"));
  CHECK(other.route == nullptr);
  CHECK(other.allowed == std::vector<std::string_view>{"GET", "POST"});
}

TEST_CASE("HEAD takes the path's GET unless it has a route of its own", "[router]") {
  const Router<std::string> router = shop();

  CHECK(*router.find("HEAD", segments("/webapi/rest/products/1")).route == "read");
  CHECK(*router.find("HEAD", segments("/webapi/rest/products/count")).route == "head of count");
}

TEST_CASE("Among thousands of routes each finds its own", "[router]") {
  Router<int> router;
  for (int i = 0; i < 2000; ++i) router.add("GET", fmt::format("/r{}/{{id}}/x{}", i, i), i);

  for (int i = 0; i < 2000; ++i) {
    const auto path = segments(fmt::format("/r{}/7/x{}", i, i));
    const auto match = router.find("GET", path);
    REQUIRE(match.route);
    REQUIRE(*match.route == i);
  }
  CHECK(router.find("GET", segments("/r1/7/x2")).route == nullptr);
}

TEST_CASE("A route that cannot be meant is refused when it is added", "[router]") {
  Router<int> router;
  router.add("GET", "/a/{id}", 1);

  CHECK_THROWS_AS(router.add("GET", "/a/{other}", 2), std::logic_error);
  CHECK_THROWS_AS(router.add("GET", "/a/x{id}", 2), std::logic_error);
  CHECK_THROWS_AS(router.add("GET", "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}", 2), std::logic_error);
  CHECK(*router.find("GET", segments("/a/1")).route == 1);
}
