#include "mocks/kit/journal.hpp"

#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <string>

using namespace atrapa::mocks::kit;

namespace {

Exchange exchange_of(std::size_t bytes) {
  Exchange exchange;
  exchange.request.method = "GET";
  exchange.response.body.assign(bytes, 'x');
  return exchange;
}

Delivery delivery_of(std::size_t bytes) {
  Delivery delivery;
  delivery.request.body.assign(bytes, 'x');
  return delivery;
}

}  // namespace

TEST_CASE("What falls out of a journal is the oldest, and is counted", "[journal]") {
  Journal journal(20'000);
  for (int i = 0; i < 100; ++i) journal.add(exchange_of(1000));

  CHECK(journal.exchanges_seen() == 100);
  CHECK(journal.exchanges().size() > 5);
  CHECK(journal.exchanges_dropped() == 100 - journal.exchanges().size());
  CHECK(journal.exchanges().back().number == 100);
  CHECK(journal.exchanges().front().number == journal.exchanges_dropped() + 1);
  CHECK(journal.bytes() <= 20'000);
}

TEST_CASE("Exchanges and deliveries share one budget, the oldest of both go first", "[journal]") {
  Journal journal(20'000);
  journal.add(delivery_of(10));
  for (int i = 0; i < 5; ++i) journal.add(exchange_of(1000));
  CHECK(journal.deliveries().size() == 1);
  for (int i = 0; i < 50; ++i) journal.add(exchange_of(1000));

  CHECK(journal.deliveries().empty());
  CHECK(journal.deliveries_seen() == 1);
  CHECK(journal.deliveries_dropped() == 1);
  CHECK_FALSE(journal.exchanges().empty());
}

TEST_CASE("A journal never holds more than its budget and loses count of nothing", "[journal]") {
  rc::prop("whatever is added", [] {
    const auto budget = *rc::gen::inRange<std::size_t>(0, 30'000);
    const auto sizes =
        *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 4000));
    Journal journal(budget);
    std::uint64_t exchanges = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      if (i % 3 == 0) {
        journal.add(delivery_of(sizes[i]));
      } else {
        journal.add(exchange_of(sizes[i]));
        ++exchanges;
      }
      RC_ASSERT(journal.bytes() <= budget);
      std::size_t held = 0;
      for (const Exchange& kept : journal.exchanges()) held += kept.response.body.size();
      for (const Delivery& kept : journal.deliveries()) held += kept.request.body.size();
      RC_ASSERT(held <= journal.bytes());
    }
    RC_ASSERT(journal.exchanges_seen() == exchanges);
    RC_ASSERT(journal.exchanges_dropped() + journal.exchanges().size() == exchanges);
    RC_ASSERT(journal.deliveries_seen() == sizes.size() - exchanges);
  });
}

TEST_CASE("One exchange larger than the budget does not push out the others", "[journal]") {
  Journal journal(20'000);
  journal.add(exchange_of(100));
  journal.add(exchange_of(30'000));
  journal.add(exchange_of(100));

  REQUIRE(journal.exchanges().size() == 2);
  CHECK(journal.exchanges().back().number == 3);
  CHECK(journal.exchanges_dropped() == 1);
}

TEST_CASE("A journal of no bytes only counts", "[journal]") {
  Journal journal(0);
  journal.add(exchange_of(1));
  journal.add(delivery_of(1));

  CHECK(journal.exchanges_seen() == 1);
  CHECK(journal.exchanges_dropped() == 1);
  CHECK(journal.deliveries_dropped() == 1);
}

TEST_CASE("Numbers go on after a journal is cleared", "[journal]") {
  Journal journal;
  journal.add(exchange_of(1));
  journal.clear();
  journal.add(exchange_of(1));

  CHECK(journal.exchanges().front().number == 2);
  CHECK(journal.exchanges_dropped() == 1);
}
