#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "shop.hpp"

// An order's total after any writes, against sums of whole numbers.

using namespace atrapa::tests;

namespace {

/// Half up, for numbers of at least 0.
std::int64_t half_up(std::int64_t number, std::int64_t by) { return (2 * number + by) / (2 * by); }

std::string grosze_text(std::int64_t grosze) {
  return fmt::format("{}.{:02}", grosze / 100, grosze % 100);
}

/// An order as a bookkeeper has it: whole grosze, thousandths of a unit, hundredths of a percent.
struct Bill {
  struct Item {
    std::int64_t id = 0;
    std::int64_t price = 0;
    std::int64_t quantity = 0;
    std::int64_t discount = 0;
  };
  std::vector<Item> items;
  std::int64_t header_percent = 0;  ///< Counts where the shop says so.
  std::int64_t shipping = 0;
  int carrier = 2;
  int payment = 1;
  bool with_shipping = true;

  /// What the carriers of BillShop ask for the payment: 2 asks nothing.
  std::int64_t surcharge(std::int64_t goods) const {
    if (carrier == 1) return payment == 2 ? 500 : 0;
    if (carrier == 3) return payment == 2 ? half_up(goods * 3, 100) : 200;
    return 0;
  }
  std::int64_t total() const {
    std::int64_t goods = 0;
    for (const Item& item : items) {
      goods += half_up(item.price * item.quantity * (10'000 - item.discount), 10'000'000);
    }
    goods = half_up(goods * (100 - std::min<std::int64_t>(header_percent, 100)), 100);
    return with_shipping ? goods + surcharge(goods) + shipping : goods;
  }
};

/// A shop with a third carrier that asks 2.00 for cash and 3 percent for payment on delivery.
struct BillShop : Shop {
  BillShop() {
    plant("shippings", {{"shipping_id", 3},
                        {"name", "Paczkomat"},
                        {"cost", "9.99"},
                        {"tax_id", 1},
                        {"payments",
                         {{{"payment_id", 1}, {"cost", 2}, {"percent", false}},
                          {{"payment_id", 2}, {"cost", 3}, {"percent", true}}}}});
    goods = plant_product("KG", "1000000", "1.00", 2);
  }
  std::int64_t goods = 0;
};

}  // namespace

TEST_CASE(
    "Shoper: an order's total is its lines, surcharge and shipping to the grosz after every write",
    "[shoper][orders][property]") {
  CHECK(rc::check("lines, prices, discounts, carriers, payments and costs written at random", [] {
    BillShop shop;
    Bill bill;
    const bool counts_header = *rc::gen::arbitrary<bool>();
    bill.with_shipping = *rc::gen::arbitrary<bool>();
    shop.door.set({{"sum_counts_order_discounts", counts_header},
                   {"sum_includes_shipping", bill.with_shipping}});
    const std::int64_t order = shop.create("orders", least_order());
    const std::string path = row_path("orders", order);
    if (counts_header) {
      const std::int64_t client = *rc::gen::inRange(0, 70);
      const std::int64_t group = *rc::gen::inRange(0, 70);
      shop.door.edit("orders", order, {{"discount_client", client}, {"discount_group", group}});
      bill.header_percent = client + group;
    }
    const auto any_item = [&] {
      return Bill::Item{0, *rc::gen::inRange<std::int64_t>(0, 100'000),
                        *rc::gen::inRange<std::int64_t>(1, 20'000),
                        *rc::gen::inRange<std::int64_t>(0, 10'001)};
    };
    const auto written = [&](const Bill::Item& item) {
      return Json{{"price", grosze_text(item.price)},
                  {"quantity", fmt::format("{}.{:03}", item.quantity / 1000, item.quantity % 1000)},
                  {"discount_perc", grosze_text(item.discount)}};
    };
    std::int64_t paid = 0;
    for (int steps = *rc::gen::inRange(1, 15); steps > 0; --steps) {
      const int action = *rc::gen::inRange(0, 7);
      if (action <= 1 || bill.items.empty()) {
        Bill::Item item = any_item();
        Json body = written(item);
        body["order_id"] = order;
        body["product_id"] = shop.goods;
        item.id = shop.create("order-products", body);
        bill.items.push_back(item);
      } else if (action == 2) {
        Bill::Item& item = bill.items[*rc::gen::inRange<std::size_t>(0, bill.items.size())];
        const std::int64_t id = item.id;
        item = any_item();
        item.id = id;
        RC_ASSERT(shop.put(row_path("order-products", id), written(item)).body == "1");
      } else if (action == 3) {
        const auto gone =
            bill.items.begin() +
            *rc::gen::inRange<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(bill.items.size()));
        RC_ASSERT(shop.remove(row_path("order-products", gone->id)).body == "1");
        bill.items.erase(gone);
      } else if (action == 4) {
        bill.carrier = *rc::gen::inRange(1, 4);
        bill.payment = *rc::gen::inRange(1, 3);
        RC_ASSERT(
            shop.put(path, {{"shipping_id", bill.carrier}, {"payment_id", bill.payment}}).body ==
            "1");
      } else if (action == 5) {
        bill.shipping = *rc::gen::inRange<std::int64_t>(0, 5'000);
        RC_ASSERT(shop.put(path, {{"shipping_cost", grosze_text(bill.shipping)}}).body == "1");
      } else {
        paid = *rc::gen::arbitrary<bool>() ? bill.total() : *rc::gen::inRange(0, 10'000);
        RC_ASSERT(shop.put(path, {{"paid", grosze_text(paid)}}).body == "1");
      }
      const Json row = shop.read(path);
      RC_ASSERT(row["sum"] == grosze_text(bill.total()));
      RC_ASSERT(row["total_products"] == bill.items.size());
      RC_ASSERT(row["is_paid"] == (paid >= bill.total()));
      RC_ASSERT(row["is_underpayment"] == (paid < bill.total()));
      RC_ASSERT(row["is_overpayment"] == (paid > bill.total()));
    }
  }));
}
