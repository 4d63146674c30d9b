#include "scenarios/systim/flows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/systim/catalogue.hpp"
#include "scenarios/systim/orders.hpp"
#include "scenarios/systim/pairs.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;

/// Orders of two hours: plain ones, one with a line that the ERP does not know, one from the panel.
OrderCase orders_of_an_evening() {
  OrderCase input;
  for (std::size_t i = 0; i < 5; ++i) {
    Order order = shop_order(i);
    order.placed += static_cast<std::int64_t>(i) * 1800;
    order.shipping = "15.99";
    order.lines.push_back(known_line(2 * i));
    if (i == 1) {
      Line unknown = known_line(2 * i + 1);
      unknown.erp.clear();
      unknown.product.clear();
      order.lines.push_back(std::move(unknown));
    }
    if (i == 2) {
      order.origin = 5;
      order.imported = false;
    }
    settle(order);
    input.orders.push_back(std::move(order));
  }
  return input;
}

/// More products than one bulk call takes; every seventh must be left alone.
PairCase catalogue() {
  PairCase input;
  for (int i = 0; i < 32; ++i) {
    Pair pair = eligible(static_cast<std::size_t>(i), Gene{.a = i + 3, .b = i / 2});
    if (i % 7 == 3) {
      pair.shop->code += ' ';
      settle(pair, Fate::LeftAlone);
    }
    input.pairs.push_back(std::move(pair));
  }
  return input;
}

/// The shop numbers what is planted in its order, so positions are enough to find it again.
void expect_orders(Bench& bench, Judgement& judgement) {
  const OrderCase input = orders_of_an_evening();
  const std::vector<std::int64_t> ids = bench.shop().ids("orders");
  std::vector<std::string> expected;
  for (std::size_t i = 0; i < input.orders.size(); ++i) {
    const Order& order = input.orders[i];
    if (!order.imported) continue;
    expected.push_back(fmt::format("order {}: {}", ids[i], plain_decimal(order.total)));
  }
  std::vector<std::string> observed;
  for (const harness::ErpOrder& order : bench.erp().orders) {
    observed.push_back(
        fmt::format("order {}: {}", order.shop_order_id, plain_decimal(order.total_gross)));
  }
  std::sort(expected.begin(), expected.end());
  std::sort(observed.begin(), observed.end());
  judgement.expect_equal("the ERP's orders with their totals", expected, observed);
}

void expect_stock(Bench& bench, Judgement& judgement) {
  const PairCase input = catalogue();
  const Planter planter(bench);
  const std::vector<std::int64_t> ids = bench.shop().ids("products");
  for (std::size_t i = 0; i < input.pairs.size(); ++i) {
    const Pair& pair = input.pairs[i];
    judgement.expect_equal(fmt::format("stock of '{}' in the shop", pair.shop->code), pair.expected,
                           planter.stock(ids[i]));
  }
}

/// Products of every kind on their way into the shop: with and without a code, two of one name,
/// one that is there.
CatalogueCase delivery() {
  CatalogueCase input;
  for (std::size_t i = 0; i < 5; ++i) {
    Addition product = newcomer(i);
    if (i == 1 || i == 3) {
      product.erp.code.reset();
      product.erp.name = "Towar bez kodu";
    }
    if (i == 2) {
      product.planted = "in the shop";
      product.arrival = Arrival::There;
      product.shop = ShopProduct{.code = *product.erp.code,
                                 .name = product.erp.name,
                                 .categories = {{"Obuwie", "Buty"}},
                                 .stock = "77"};
    }
    input.products.push_back(std::move(product));
  }
  input.categories = {{"Obuwie", "Buty"}};
  return input;
}

/// Each product once, the one that was there included, and none of them lost.
void expect_delivery(Bench& bench, Judgement& judgement) {
  const CatalogueCase input = delivery();
  std::vector<std::string> expected;
  for (const Addition& product : input.products) {
    expected.push_back(fmt::format("'{}' {}: {}", product.erp.code.value_or(""), product.erp.name,
                                   product.erp.stock));
  }
  const Planter planter(bench);
  auto& shop = bench.shop();
  std::vector<std::string> observed;
  for (const std::int64_t id : shop.ids("products")) {
    observed.push_back(fmt::format("'{}' {}: {}", shop.text("products", id, "code"),
                                   shop.text("products", id, "translations.pl_PL.name"),
                                   planter.stock(id)));
  }
  std::sort(expected.begin(), expected.end());
  std::sort(observed.begin(), observed.end());
  judgement.expect_equal("the shop's products with their stock", expected, observed);
}

}  // namespace

std::vector<harness::ChaosFlow> flows() {
  return {
      {.name = "systim-shoper orders",
       .command = "orders",
       .plant =
           [](Bench& bench) {
             const OrderCase input = orders_of_an_evening();
             Counter(input, bench).set();
           },
       .end_state = expect_orders},
      {.name = "systim-shoper stock",
       .command = "stock",
       .plant =
           [](Bench& bench) {
             const PairCase input = catalogue();
             Table(input, bench).set();
           },
       .end_state = expect_stock},
      {.name = "systim-shoper products",
       .command = "products",
       .plant =
           [](Bench& bench) {
             const CatalogueCase input = delivery();
             Shelves(input, bench).set();
           },
       .end_state = expect_delivery},
  };
}

}  // namespace atrapa::scenarios::systim
