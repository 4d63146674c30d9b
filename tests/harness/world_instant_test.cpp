#include <catch2/catch.hpp>

#include "harness/world/names.hpp"
#include "harness/world/world_form.hpp"

using atrapa::harness::instant_text;
using atrapa::harness::read_instant;

TEST_CASE("Moments are read with their zone and written in UTC", "[world]") {
  const auto written = [](std::string_view text) {
    const auto instant = read_instant(text);
    return instant ? instant_text(*instant) : "nothing";
  };
  CHECK(written("2026-03-02T08:00:00Z") == "2026-03-02T08:00:00Z");
  CHECK(written("2026-03-02T09:00:00+01:00") == "2026-03-02T08:00:00Z");
  CHECK(written("2026-03-01T23:30:00.1234567-0130") == "2026-03-02T01:00:00.123Z");
  CHECK(written("2024-02-29T00:00:00Z") == "2024-02-29T00:00:00Z");
  for (const char* broken :
       {"", "2026-03-02", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-02T25:00:00Z",
        "2026-03-02T08:00:00", "2026-03-02T08:00:00Zx", "-026-03-02T08:00:00Z"}) {
    INFO(broken);
    CHECK(written(broken) == "nothing");
  }
}

TEST_CASE("A misspelt name finds the one that was meant", "[world]") {
  constexpr std::string_view kKnown[] = {"taxes", "units", "order-products", "orders"};
  CHECK(atrapa::harness::nearest("taxs", kKnown) == "taxes");
  CHECK(atrapa::harness::nearest("Order_Products", kKnown) == "order-products");
  CHECK(atrapa::harness::nearest("weather", kKnown).empty());
  CHECK(atrapa::harness::unknown_key("weather", kKnown).find("known are taxes") !=
        std::string::npos);
}
