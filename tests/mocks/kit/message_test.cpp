#include "mocks/kit/message.hpp"

#include <fmt/format.h>
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace atrapa::mocks::kit;

namespace {

std::string escape_all(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += fmt::format("%{:02x}", static_cast<unsigned char>(c));
  return escaped;
}

}  // namespace

TEST_CASE("Header names compare without case and keep their spelling and order", "[message]") {
  Headers headers{{"X-Shop-Api-Limit", "10"}, {"Accept", "a"}, {"accept", "b"}};

  CHECK(headers.get("x-shop-api-limit") == "10");
  CHECK(headers.get("ACCEPT") == "a");
  CHECK(headers.find("Missing") == nullptr);
  CHECK(headers.get("Missing").empty());
  CHECK(headers.begin()->name == "X-Shop-Api-Limit");

  headers.set("ACCEPT", "c");
  CHECK(headers.size() == 2);
  CHECK(headers.get("accept") == "c");
}

TEST_CASE("A target's path gives its segments, whatever slashes stand around them", "[message]") {
  const auto target = parse_target("/webapi//rest/taxes/?page=2&page=3&x=a+b%2Bc&flag");

  REQUIRE(target);
  CHECK(target->segments == std::vector<std::string>{"webapi", "rest", "taxes"});
  CHECK(target->parameter("page") == "3");
  CHECK(target->parameter("x") == "a b+c");
  CHECK(target->parameter("flag") == "");
  CHECK_FALSE(target->parameter("nothing"));
}

TEST_CASE("A plus is a space in the query and a plus in the path", "[message]") {
  const auto target = parse_target("/a+b%20c/d%2Fe?q=a+b#fragment");

  REQUIRE(target);
  CHECK(target->segments == std::vector<std::string>{"a+b c", "d/e"});
  CHECK(target->parameter("q") == "a b");
}

TEST_CASE("A second question mark belongs to the query", "[message]") {
  const auto target = parse_target("/x?q=why?&r=1");

  REQUIRE(target);
  CHECK(target->parameter("q") == "why?");
}

TEST_CASE("A target with a broken escape is refused", "[message]") {
  const std::string target = GENERATE("/%", "/a%2", "/a%zz", "/a?b=%4", "/a?%-1=b", "/a?b=%+1");
  CAPTURE(target);
  CHECK_FALSE(parse_target(target));
}

TEST_CASE("Targets are bounded in bytes, segments and parameters", "[message]") {
  const auto repeated = [](std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  };

  CHECK(parse_target(fmt::format("/{:a>65535}", "")));
  CHECK_FALSE(parse_target(fmt::format("/{:a>65536}", "")));
  CHECK(parse_target(repeated("/a", 64)));
  CHECK_FALSE(parse_target(repeated("/a", 65)));
  CHECK(parse_target(fmt::format("/?{}", repeated("a=1&", 1000))));
  CHECK_FALSE(parse_target(fmt::format("/?{}", repeated("a=1&", 1001))));
  CHECK_FALSE(parse_form(repeated("a=1&", 1001)));
}

TEST_CASE("A form gives back what was escaped into it", "[message]") {
  rc::prop("any pairs of bytes", [](const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string text;
    for (const auto& [name, value] : pairs) {
      text += escape_all("n" + name) + "=" + escape_all(value) + "&";
    }
    auto expected = pairs;
    for (auto& [name, value] : expected) name = fmt::format("n{}", name);
    const auto parsed = parse_form(text);
    RC_ASSERT(parsed.has_value());
    RC_ASSERT(*parsed == expected);
  });
}

TEST_CASE("Foreign bytes never throw out of a target or a form", "[message]") {
  rc::prop("any text", [](const std::string& text) {
    parse_target(text);
    parse_target("/" + text);
    parse_form(text);
  });
}
