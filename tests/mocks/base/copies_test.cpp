#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;

namespace {

/// One call of a program at work; `number` decides on what.
struct Step {
  int kind;
  int number;
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << "step " << step.kind << " with " << step.number;
}

rc::Gen<std::vector<Step>> steps() {
  const auto step = rc::gen::construct<Step>(rc::gen::inRange(0, 7), rc::gen::inRange(0, 30));
  return rc::gen::resize(30, rc::gen::container<std::vector<Step>>(step));
}

Json new_order(int number) {
  return {
      {"order_status_id", 1 + number % 3},
      {"date_add", 1'772'000'000 + number},
      {"currency", "PLN"},
      {"payment_method", "Przelew"},
      {"payment_method_cod", number % 2 == 0},
      {"paid", number % 3 == 0},
      {"email", "klient@example.com"},
      {"phone", "000000000"},
      {"delivery_method", "Kurier"},
      {"delivery_price", 9.99},
      {"delivery_fullname", "Jan Testowy"},
      {"delivery_address", "Polna 1"},
      {"delivery_postcode", "00-001"},
      {"delivery_city", "Warszawa"},
      {"delivery_country_code", "PL"},
      {"products", {{{"name", "Kubek"}, {"price_brutto", 19.99}, {"quantity", 1 + number % 4}}}}};
}

/// Refusals are fine: an order that is not there is one of the things that happen.
void take(Account& account, const Step& step) {
  const auto& orders = account.state().sales.orders;
  const std::int64_t order = 1 + step.number % std::max<std::int64_t>(1, orders.next_id());
  switch (step.kind) {
    case 0: account.call("addOrder", new_order(step.number)); break;
    case 1:
      account.call("setOrderStatus", {{"order_id", order}, {"status_id", 1 + step.number % 3}});
      break;
    case 2: account.call("deleteOrders", {{"order_ids", {order}}}); break;
    case 3:
      account.call("addInventoryProduct", {{"inventory_id", 307},
                                           {"sku", "A-" + std::to_string(step.number)},
                                           {"text_fields", {{"name", "Kubek"}}},
                                           {"prices", {{"105", 10 + step.number}}},
                                           {"stock", {{"bl_206", step.number}}}});
      break;
    case 4: {
      const std::int64_t product = 1 + step.number % 5;
      account.call("updateInventoryProductsStock",
                   {{"inventory_id", 307},
                    {"products", {{std::to_string(product), {{"bl_206", step.number}}}}}});
      break;
    }
    case 5:
      account.call("addInventoryPayer", {{"name", "Spółka " + std::to_string(step.number)}});
      break;
    default: account.call("deleteInventoryPayer", {{"payer_id", 1 + step.number % 4}}); break;
  }
  account.clock.advance(std::chrono::seconds{step.number});
}

std::string bytes(const Account& account) { return account.platform->snapshot().dump(); }

}  // namespace

TEST_CASE("A snapshot restored gives equal bytes, and goes on as the account would have",
          "[base][property]") {
  CHECK(rc::check("any work before, any work after", [] {
    Account account;
    for (const Step& step : *steps()) take(account, step);
    auto platform = atrapa::mocks::base::make_base();
    platform->restore(Json::parse(bytes(account)));
    Account again(std::move(platform), account.clock.now());
    RC_ASSERT(bytes(again) == bytes(account));
    for (const Step& step : *steps()) {
      take(account, step);
      take(again, step);
    }
    RC_ASSERT(bytes(again) == bytes(account));
  }));
}

TEST_CASE("Forks never see each other", "[base][property]") {
  CHECK(rc::check("each fork is like an account that worked alone", [] {
    const std::vector<Step> before = *steps();
    const std::vector<Step> left = *steps();
    const std::vector<Step> right = *steps();
    Account account;
    for (const Step& step : before) take(account, step);
    const std::string shared = bytes(account);
    Account one(account.platform->fork(), account.clock.now());
    Account other(account.platform->fork(), account.clock.now());
    // In turns, so that every page that the two share is written by both.
    for (std::size_t at = 0; at < std::max(left.size(), right.size()); ++at) {
      if (at < left.size()) take(one, left[at]);
      if (at < right.size()) take(other, right[at]);
    }
    RC_ASSERT(bytes(account) == shared);

    Account alone;
    for (const Step& step : before) take(alone, step);
    for (const Step& step : left) take(alone, step);
    RC_ASSERT(bytes(alone) == bytes(one));
    Account lonely;
    for (const Step& step : before) take(lonely, step);
    for (const Step& step : right) take(lonely, step);
    RC_ASSERT(bytes(lonely) == bytes(other));
  }));
}
