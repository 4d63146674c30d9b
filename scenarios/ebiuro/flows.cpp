#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/ebiuro/group.hpp"
#include "scenarios/ebiuro/office.hpp"
#include "scenarios/ebiuro/words.hpp"

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::Bench;
using harness::Judgement;
using mocks::kit::DeliveryFaultKind;

constexpr std::array kWords{"faktura", "paragon", "faktura", "paragon",
                            "faktura", "paragon", "pilne"};

/// More than a connector asks again by itself.
constexpr std::uint64_t kOutage = 12;

/// Orders of a morning: told of once, twice, late, and while Base cannot be read, so that the
/// command finds something to do.
void plant_orders(Bench& bench) {
  Judgement set_up;
  Office office(bench, set_up,
                {{"integrations",
                  Json::array({{{"settings", {{"direction", "to_shop"}}}, {"statuses", {402}}}})}});
  BaseAccount base(bench);
  std::vector<std::int64_t> orders;
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    orders.push_back(base.add_order({{"extra_field_1", kWords[i]}, {"delivery_price", i}}));
  }
  base.move(orders[0], BaseAccount::kSent);
  bench.arm_calls({{.delivery = 0, .kind = DeliveryFaultKind::Doubled}});
  base.move(orders[1], BaseAccount::kSent);
  bench.arm_calls({{.delivery = 0, .kind = DeliveryFaultKind::Late, .behind = 2}});
  base.move(orders[2], BaseAccount::kSent);
  for (std::size_t i = 3; i < orders.size(); ++i) {
    mocks::kit::FaultPlan outage;
    for (std::uint64_t at = 0; at < kOutage; ++at) {
      outage.push_back({.exchange = at, .kind = mocks::kit::FaultKind::ServerError});
    }
    bench.arm(std::move(outage));
    if (i == 4) bench.arm_calls({{.delivery = 0, .kind = DeliveryFaultKind::Doubled}});
    base.move(orders[i], BaseAccount::kSent);
    bench.arm({});
    bench.advance(std::chrono::minutes(15));
  }
  bench.deliver_late();
}

/// Each once, each with the one document that it asks for.
void expect_orders(Bench& bench, Judgement& judgement) {
  const auto automatic = made_by_the_move(bench.switches());
  const harness::ErpView erp = bench.erp();
  std::vector<std::string> expected;
  std::size_t at = 0;
  bench.base().look().sales.orders.each([&](const mocks::base::Order& order) {
    const std::string_view word = kWords.at(at);
    const DocumentWord wanted{word, std::string(word), "",
                              word == "faktura" ? "invoice" : "receipt",
                              word == "faktura" ? "invoice" : "receipt"};
    const std::string kind = word == "pilne"
                                 ? wanted_kind(unknown_words().back(), false, bench.switches())
                                 : wanted_kind(wanted, false, bench.switches());
    expected.push_back(
        fmt::format("order {}: {}.99, {}", order.id, 19 + at, automatic ? kind : ""));
    ++at;
    return true;
  });
  std::vector<std::string> observed;
  for (const harness::ErpOrder& order : erp.orders) {
    std::string kinds;
    for (const harness::ErpDocument& paper : erp.papers) {
      if (paper.order_id == order.id) kinds += paper.kind;
    }
    observed.push_back(
        fmt::format("order {}: {}, {}", order.shop_order_id, order.total_gross, kinds));
  }
  std::sort(expected.begin(), expected.end());
  std::sort(observed.begin(), observed.end());
  judgement.expect_equal("the ERP's orders with their documents", expected, observed);
}

// Calls -------------------------------------------------------------------------------------------

constexpr std::size_t kToldOrders = 4;

void plant_calls(Bench& bench) {
  Judgement set_up;
  const Office office(bench, set_up, {{"integrations", Json::array({{{"statuses", {402}}}})}});
  BaseAccount base(bench);
  for (std::size_t i = 0; i < kToldOrders; ++i) {
    base.add_order({{"extra_field_1", kWords[i]}, {"delivery_price", i}});
  }
}

std::vector<std::int64_t> orders_in_base(Bench& bench) {
  std::vector<std::int64_t> ids;
  bench.base().look().sales.orders.each([&](const mocks::base::Order& order) {
    ids.push_back(order.id);
    return true;
  });
  return ids;
}

void move_all(Bench& bench) {
  for (const std::int64_t order : orders_in_base(bench)) {
    BaseAccount(bench).move(order, BaseAccount::kSent);
  }
}

void move_all_again(Bench& bench) {
  for (const std::int64_t order : orders_in_base(bench)) {
    BaseAccount(bench).move(order, BaseAccount::kNew);
    BaseAccount(bench).move(order, BaseAccount::kSent);
  }
}

void plant_mirror(Bench& bench) {
  Judgement set_up;
  const Office office(
      bench, set_up,
      {{"integrations",
        Json::array({{{"settings", {{"direction", "from_shop"}, {"copy_existing", true}}},
                      {"products", {"created", "edited", "deleted"}}}})}});
}

/// A product that stays, one that becomes dearer, one that goes.
void change_products(Bench& bench) {
  BaseAccount base(bench);
  base.add_product({{"sku", "A"}, {"text_fields", {{"name", "Kubek A"}}}});
  const auto dearer = base.add_product({{"sku", "B"}, {"text_fields", {{"name", "Kubek B"}}}});
  base.edit_product(dearer, {{"prices", {{"105", 29.99}}}});
  base.delete_product(base.add_product({{"sku", "C"}, {"text_fields", {{"name", "Kubek C"}}}}));
}

/// The card of a product that went stays for the documents that name it, out of use.
void expect_mirror(Bench& bench, Judgement& judgement) {
  std::vector<std::string> observed;
  for (const harness::ErpProduct& card : bench.erp().products) {
    if (!card.active) continue;
    observed.push_back(fmt::format("{} at {}", card.name, card.gross_price.value_or("")));
  }
  std::sort(observed.begin(), observed.end());
  judgement.expect_equal("the ERP's cards in use",
                         std::vector<std::string>{"Kubek A at 19.99", "Kubek B at 29.99"},
                         observed);
}

// Products and stock ------------------------------------------------------------------------------

constexpr int kCards = 5;

/// One of them without a SKU; Base has one of the third one's SKU already.
Json shelf() {
  Json cards = Json::array();
  for (int i = 1; i <= kCards; ++i) {
    const std::string code = fmt::format("K-{}", i);
    Json card = {{"id", code},
                 {"code", code},
                 {"name", "Kubek " + code},
                 {"vat", "23"},
                 {"gross_price", fmt::format("{}.50", 10 + i)},
                 {"stocks", {{"M1", fmt::format("{}", 3 * i)}, {"M2", "100"}}}};
    if (i == 2) card.erase("code");
    cards.push_back(std::move(card));
  }
  return cards;
}

Json shop_setup(bool stock) {
  Json settings = {{"direction", "to_shop"}, {"copy_existing", true}};
  if (stock) settings.update(Json{{"stock", true}, {"warehouse", "M1"}});
  return {{"warehouses", {"M1", "M2"}},
          {"cards", shelf()},
          {"base_products", {{{"sku", "K-3"}, {"text_fields", {{"name", "Stary kubek"}}}}}},
          {"integrations", Json::array({{{"settings", settings}}})}};
}

void plant_products(Bench& bench) {
  Judgement set_up;
  const Office office(bench, set_up, shop_setup(false));
}

/// Products are in Base already, so that the command has levels alone to write.
void plant_stock(Bench& bench) {
  Judgement set_up;
  Office office(bench, set_up, shop_setup(true));
  office.must("run", {{"id", office.integrations().front().id}, {"command", "products"}});
}

std::vector<std::string> told_products(Bench& bench, bool stock) {
  std::vector<std::string> observed;
  for (const mocks::base::Product& product : BaseAccount(bench).products()) {
    const auto name = product.text_fields.find("name");
    const auto price = product.prices.find(105);
    const auto pieces = product.stock.find("bl_206");
    observed.push_back(
        fmt::format("{}: {}", name == product.text_fields.end() ? "" : name->second,
                    stock ? std::to_string(pieces == product.stock.end() ? 0 : pieces->second)
                          : (price == product.prices.end() ? "" : price->second.fixed(2))));
  }
  std::sort(observed.begin(), observed.end());
  return observed;
}

void expect_products(Bench& bench, Judgement& judgement) {
  std::vector<std::string> expected;
  for (int i = 1; i <= kCards; ++i) expected.push_back(fmt::format("Kubek K-{}: {}.50", i, 10 + i));
  judgement.expect_equal("Base's products", expected, told_products(bench, false));
}

void expect_stock(Bench& bench, Judgement& judgement) {
  std::vector<std::string> expected;
  for (int i = 1; i <= kCards; ++i) expected.push_back(fmt::format("Kubek K-{}: {}", i, 3 * i));
  judgement.expect_equal("stock in Base", expected, told_products(bench, true));
}

}  // namespace

std::vector<harness::ChaosFlow> flows() {
  return {{.name = "ebiuro-base orders",
           .command = "orders",
           .integration = "ebiuro-base",
           .plant = plant_orders,
           .end_state = expect_orders},
          {.name = "ebiuro-base calls",
           .command = "orders",
           .integration = "ebiuro-base",
           .plant = plant_calls,
           .events = move_all,
           .again = move_all_again,
           .end_state = expect_orders},
          {.name = "ebiuro-base mirror",
           .command = "products",
           .integration = "ebiuro-base",
           .plant = plant_mirror,
           .events = change_products,
           .end_state = expect_mirror},
          {.name = "ebiuro-base products",
           .command = "products",
           .integration = "ebiuro-base",
           .plant = plant_products,
           .end_state = expect_products},
          {.name = "ebiuro-base stock",
           .command = "stock",
           .integration = "ebiuro-base",
           .plant = plant_stock,
           .end_state = expect_stock}};
}

}  // namespace atrapa::scenarios::ebiuro
