#include <chrono>
#include <cmath>

#include "core/domain/shop_zone.hpp"
#include "core/sync/import_order.hpp"
#include "harness/subject/passing.hpp"
#include "scenarios/systim/bugs.hpp"

namespace atrapa::scenarios::systim {
namespace {

using core::ImportContext;
using core::ImportInput;
using core::ImportOutcome;
using core::Money;
using core::Objection;
using core::OrderFacts;
using core::Result;
using core::ShopOrder;
using core::ShopResult;
using core::SystimSwitches;

// Policies --------------------------------------------------------------------------------------

std::optional<Objection> any_order(const ShopOrder&, const OrderFacts&, const SystimSwitches&) {
  return std::nullopt;
}

std::optional<Objection> only_by_hand(const ShopOrder& order, const OrderFacts& facts,
                                      const SystimSwitches& switches) {
  if (facts.automatic) return Objection{core::Reason::AutomaticOff, "orders are fetched by hand"};
  return core::accept_date(order, facts, switches);
}

/// The order, had it been placed at that other moment.
std::optional<Objection> accept_at(core::Instant placed_at, const ShopOrder& order,
                                   const OrderFacts& facts, const SystimSwitches& switches) {
  OrderFacts other = facts;
  other.placed_at = placed_at;
  return core::accept_date(order, other, switches);
}

/// Winter time all year: a summer's order is taken for an hour younger than it is.
std::optional<Objection> in_winter_time(const ShopOrder& order, const OrderFacts& facts,
                                        const SystimSwitches& switches) {
  const auto utc = core::ShopZone::named("UTC")->to_utc(order.date);
  if (!utc) return core::accept_date(order, facts, switches);
  return accept_at(*utc - std::chrono::hours(1), order, facts, switches);
}

/// Takes a local time that happens twice for its first passing.
std::optional<Objection> first_passing(const ShopOrder& order, const OrderFacts& facts,
                                       const SystimSwitches& switches) {
  const auto zone = core::ShopZone::named("Europe/Warsaw");
  const core::Instant hour_before = facts.placed_at - std::chrono::hours(1);
  if (!zone || zone->to_local(hour_before) != order.date) {
    return core::accept_date(order, facts, switches);
  }
  return accept_at(hour_before, order, facts, switches);
}

/// Calls a time that the clocks skip no date.
std::optional<Objection> dates_that_happen(const ShopOrder& order, const OrderFacts& facts,
                                           const SystimSwitches& switches) {
  const auto zone = core::ShopZone::named("Europe/Warsaw");
  if (zone && zone->to_local(facts.placed_at) != order.date) {
    return Objection{core::Reason::DateUnreadable, "no such time"};
  }
  return core::accept_date(order, facts, switches);
}

Result<const core::ErpProduct*, Objection> by_code_or_name(const core::ShopLine& line,
                                                           const core::ErpIndex& index,
                                                           const core::CodeKey& code_key,
                                                           const SystimSwitches& switches) {
  auto match = core::match_line(line, index, code_key, switches);
  if (match) return match;
  for (const core::ErpProduct& product : index.products()) {
    if (product.name == line.name) return &product;
  }
  return match;
}

Result<core::LineCharge, Objection> erp_price(const core::ShopLine& line,
                                              const core::ErpProduct& product,
                                              const SystimSwitches& switches) {
  SystimSwitches other = switches;
  other.line_price = core::LinePrice::FromErpProduct;
  return core::line_charge(line, product, other);
}

Result<Money> in_doubles(core::Price price, core::Quantity quantity, core::Percent discount) {
  const double unit = static_cast<double>(price.units) / 10'000.0;
  const double pieces = static_cast<double>(quantity.millionths) / 1'000'000.0;
  const double off = static_cast<double>(discount.units) / static_cast<double>(core::kWhole.units);
  const double value = unit * pieces * (1.0 - off);
  return Money{static_cast<std::int64_t>(std::floor(value * 100.0 + 0.5))};
}

Result<Money> at_least_one_piece(core::Price price, core::Quantity quantity,
                                 core::Percent discount) {
  return core::line_value(price, quantity == core::Quantity{} ? core::kOnePiece : quantity,
                          discount);
}

Result<Money> total_of_the_shop(const ShopOrder& order, std::span<const core::ErpOrderLine>,
                                Money) {
  return core::parse_money(order.sum);
}

Result<Money> total_without_shipping(const ShopOrder& order,
                                     std::span<const core::ErpOrderLine> lines, Money) {
  return core::order_total(order, lines, Money{});
}

// Flow steps ------------------------------------------------------------------------------------

/// Saves first and notes the order's key after another look at the shop: whatever ends the process
/// or eats the answer in between has the next run save it again.
ShopResult<ImportOutcome> key_after_the_fact(ImportContext& context, const ImportInput& input) {
  const core::OrderPlan plan = core::plan_order(input, context.products, context.parts,
                                                context.switches, context.integration, context.now);
  if (!plan.order) return core::import_order(context, input);
  const core::SavedOrder saved = context.ledger.save_order(*plan.order, std::nullopt);
  const std::string id = input.order.id;
  const auto seen = context.shop.orders_by_id({&id, 1});
  if (!seen) return core::fail(seen.error());
  context.ledger.set_idempotency_key(saved.id,
                                     core::Ledger::idempotency_key(context.integration, id));
  return ImportOutcome{.state = ImportOutcome::State::Saved, .entries = {}};
}

/// Saves without the key that the check for orders already there looks for.
ShopResult<ImportOutcome> key_never_written(ImportContext& context, const ImportInput& input) {
  const core::OrderPlan plan = core::plan_order(input, context.products, context.parts,
                                                context.switches, context.integration, context.now);
  if (!plan.order) return core::import_order(context, input);
  context.ledger.save_order(*plan.order, std::nullopt);
  return ImportOutcome{.state = ImportOutcome::State::Saved, .entries = {}};
}

/// Notes the order as dealt with, looks at the shop once more and saves it then.
ShopResult<ImportOutcome> noted_before_saved(ImportContext& context, const ImportInput& input) {
  const std::string id = input.order.id;
  context.ledger.decide_order(context.integration,
                              {.shop_order_id = id, .state = core::OrderDecision::State::Left},
                              context.now);
  const auto seen = context.shop.orders_by_id({&id, 1});
  if (!seen) return core::fail(seen.error());
  return core::import_order(context, input);
}

ShopResult<ImportOutcome> adds_missing_products(ImportContext& context, const ImportInput& input) {
  for (const core::ShopLine& line : input.lines) {
    if (core::match_line(line, context.products, core::code_key, context.switches)) continue;
    core::ErpProduct made;
    made.id = "from-order-" + line.id;
    made.code = line.code;
    made.name = line.name;
    context.ledger.put_products({&made, 1});
  }
  return core::import_order(context, input);
}

ShopResult<ImportOutcome> refuses_unknown_lines(ImportContext& context, const ImportInput& input) {
  SystimSwitches switches = context.switches;
  switches.unknown_line = core::UnknownLine::RefuseOrder;
  ImportContext other{.shop = context.shop,
                      .ledger = context.ledger,
                      .products = context.products,
                      .switches = switches,
                      .parts = context.parts,
                      .integration = context.integration,
                      .run = context.run,
                      .now = context.now};
  return core::import_order(other, input);
}

/// Forgets an order that cannot be made, without a word.
ShopResult<ImportOutcome> silent_about_hopeless(ImportContext& context, const ImportInput& input) {
  const core::OrderPlan plan = core::plan_order(input, context.products, context.parts,
                                                context.switches, context.integration, context.now);
  if (plan.order) return core::import_order(context, input);
  return ImportOutcome{.state = ImportOutcome::State::Saved, .entries = {}};
}

ShopResult<ImportOutcome> invoices_at_once(ImportContext& context, const ImportInput& input) {
  auto outcome = core::import_order(context, input);
  if (!outcome || outcome->state != ImportOutcome::State::Saved) return outcome;
  const core::Series series{.id = "FV", .pattern = "FV/{n}/{yyyy}"};
  if (!context.ledger.put_series(series)) return outcome;
  const auto day = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(context.now));
  if (!context.ledger.issue_sales(
          {.order_id = context.ledger.orders().back().id, .series = series.id, .issued_on = day})) {
    return outcome;
  }
  return outcome;
}

/// Takes over what the shop has of each product, which is not the shop's to say.
ShopResult<ImportOutcome> takes_over_stock(ImportContext& context, const ImportInput& input) {
  auto outcome = core::import_order(context, input);
  if (!outcome || outcome->state != ImportOutcome::State::Saved) return outcome;
  std::vector<core::ErpProduct> products = context.ledger.products();
  const auto read = context.shop.items([&](const std::vector<core::ShopItem>& rows, auto) {
    for (const core::ShopItem& row : rows) {
      for (core::ErpProduct& product : products) {
        if (!row.variant && row.code == product.code) product.stock = row.stock;
      }
    }
    return true;
  });
  if (read) context.ledger.put_products(products);
  return outcome;
}

ShopResult<core::Done> writes_status(core::Shop& shop, const ShopOrder& order) {
  return shop.set_order_status(order.id, "2");
}

/// Takes the orders' totals from the shop and lists their lines at the prices of its own products.
class ListsErpPrices final : public harness::PassingSubject {
 public:
  using PassingSubject::PassingSubject;
  harness::ErpView look() override {
    harness::ErpView view = PassingSubject::look();
    for (harness::ErpOrder& order : view.orders) {
      for (harness::ErpOrderLine& line : order.lines) {
        for (const harness::ErpProduct& product : view.products) {
          if (product.id == line.product_id) line.unit_price = product.gross_price.value_or("0.00");
        }
      }
    }
    return view;
  }
};

}  // namespace

std::vector<Bug> order_bugs() {
  return {
      {"imports-panel-orders",
       "Imports orders that were entered in the admin panel.",
       {"SYSTIM-ORD-11"},
       [](core::Parts& parts) { parts.accept_origin = any_order; }},
      {"imports-old-orders",
       "Imports orders that are older than the configuration.",
       {"SYSTIM-ORD-03"},
       [](core::Parts& parts) { parts.accept_date = any_order; }},
      {"assumes-winter-time",
       "Reads the shop's dates at one hour ahead of UTC all year round.",
       {"SYSTIM-ORD-03"},
       [](core::Parts& parts) { parts.accept_date = in_winter_time; }},
      {"takes-repeated-hour-as-first",
       "Reads a time of the hour that autumn repeats as its first passing, and so takes orders of "
       "the second for older than they are.",
       {"SYSTIM-ORD-02", "SYSTIM-ORD-03"},
       [](core::Parts& parts) { parts.accept_date = first_passing; }},
      {"rejects-skipped-hour",
       "Leaves an order alone whose time lies in the hour that spring skips.",
       {"SYSTIM-ORD-03"},
       [](core::Parts& parts) { parts.accept_date = dates_that_happen; }},
      {"fetches-by-hand-only",
       "Leaves orders alone in automatic runs.",
       {"SYSTIM-ORD-10"},
       [](core::Parts& parts) { parts.accept_date = only_by_hand; }},
      {"matches-by-name",
       "Matches an order line by the product's name where its code is unknown.",
       {"SYSTIM-ORD-05", "SYSTIM-ORD-06"},
       [](core::Parts& parts) { parts.match_line = by_code_or_name; }},
      {"charges-erp-price",
       "Charges order lines at the ERP's price and forgets the order's discount.",
       {"SYSTIM-ORD-07"},
       [](core::Parts& parts) { parts.line_charge = erp_price; }},
      {.name = "lists-erp-prices",
       .about = "Adds orders up at the shop's prices and lists their lines at the ERP's.",
       .caught_by = {"SYSTIM-ORD-07"},
       .wrap = [](std::unique_ptr<harness::Subject> core) -> std::unique_ptr<harness::Subject> {
         return std::make_unique<ListsErpPrices>(std::move(core));
       }},
      {"float-money",
       "Multiplies prices in binary floating point.",
       {"SYSTIM-ORD-07"},
       [](core::Parts& parts) { parts.line_value = in_doubles; }},
      {"charges-quantity-0-as-1",
       "Takes a quantity of 0 for none given and charges one piece.",
       {"SYSTIM-ORD-07"},
       [](core::Parts& parts) { parts.line_value = at_least_one_piece; }},
      {"copies-total",
       "Copies the shop's total where a line was left out.",
       {"SYSTIM-ORD-07"},
       [](core::Parts& parts) { parts.order_total = total_of_the_shop; }},
      {"forgets-shipping",
       "Leaves the shipping cost out of the total.",
       {"SYSTIM-ORD-07"},
       [](core::Parts& parts) { parts.order_total = total_without_shipping; }},
      {"retry-creates-second-order",
       "Saves an order before it notes that it did, with a call to the shop in between: after a "
       "time-out or a crash there the next run saves it again.",
       {"SYSTIM-ORD-13"},
       [](core::Parts& parts) { parts.import_order = key_after_the_fact; }},
      {"checks-unwritten-mapping",
       "Looks orders up in a mapping that nothing writes, so that none ever counts as imported.",
       {"SYSTIM-ORD-13"},
       [](core::Parts& parts) { parts.import_order = key_never_written; }},
      {"notes-before-saving",
       "Notes an order as dealt with before it is saved: a crash in between loses it.",
       {"SYSTIM-ORD-01", "SYSTIM-ORD-13"},
       [](core::Parts& parts) { parts.import_order = noted_before_saved; }},
      {"invents-product",
       "Adds a product to the ERP for every order line that it does not know.",
       {"SYSTIM-ORD-06"},
       [](core::Parts& parts) { parts.import_order = adds_missing_products; }},
      {"drops-order-with-unknown-line",
       "Refuses a whole order because one of its lines is unknown.",
       {"SYSTIM-ORD-06"},
       [](core::Parts& parts) { parts.import_order = refuses_unknown_lines; }},
      {"forgets-hopeless-orders",
       "Says nothing about an order of which no line is known.",
       {"SYSTIM-ORD-08"},
       [](core::Parts& parts) { parts.import_order = silent_about_hopeless; }},
      {"invoices-on-import",
       "Issues an invoice for every order it fetches.",
       {"SYSTIM-ORD-14"},
       [](core::Parts& parts) { parts.import_order = invoices_at_once; }},
      {"takes-over-shop-stock",
       "Copies the shop's stock into the ERP when it fetches an order.",
       {"SYSTIM-STOCK-16"},
       [](core::Parts& parts) { parts.import_order = takes_over_stock; }},
      {"writes-order-back",
       "Moves the shop's order to another status once it is imported.",
       {"SYSTIM-ORD-04"},
       [](core::Parts& parts) { parts.after_import = writes_status; }},
  };
}

}  // namespace atrapa::scenarios::systim
