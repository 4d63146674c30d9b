#include "harness/run/switches.hpp"

#include <catch2/catch.hpp>

namespace atrapa::harness {
namespace {

const std::vector<Switch> kSwitches{
    {.name = "toy.colour", .values = {"red", "blue"}, .rules = {}},
    {.name = "toy.size", .values = {"small", "large"}, .rules = {}},
};

TEST_CASE("a switch that nobody chose has the first of its values") {
  CHECK(resolve_switches(kSwitches, {}) ==
        SwitchValues{{"toy.colour", "red"}, {"toy.size", "small"}});
}

TEST_CASE("a chosen value replaces the default of that switch alone") {
  CHECK(resolve_switches(kSwitches, {{"toy.size", "large"}}) ==
        SwitchValues{{"toy.colour", "red"}, {"toy.size", "large"}});
}

TEST_CASE("an unknown switch is refused with the names there are") {
  CHECK_THROWS_WITH(resolve_switches(kSwitches, {{"toy.color", "red"}}),
                    Catch::Contains("'toy.color'") && Catch::Contains("toy.colour, toy.size"));
}

TEST_CASE("an unknown value is refused with the values there are") {
  CHECK_THROWS_WITH(resolve_switches(kSwitches, {{"toy.colour", "green"}}),
                    Catch::Contains("'green'") && Catch::Contains("red, blue"));
}

TEST_CASE("a choice is written SWITCH=VALUE") {
  CHECK(parse_switch("toy.colour=blue") ==
        std::pair<std::string, std::string>("toy.colour", "blue"));
  CHECK(parse_switch("a=b=c") == std::pair<std::string, std::string>("a", "b=c"));
  CHECK_THROWS_AS(parse_switch("toy.colour"), SwitchError);
  CHECK_THROWS_AS(parse_switch("=blue"), SwitchError);
}

}  // namespace
}  // namespace atrapa::harness
