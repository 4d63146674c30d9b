#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>

#include "scenarios/systim/orders.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

/// Orders of one or two known lines; each gene is one.
OrderCase plain_orders(const std::vector<Gene>& genes) {
  OrderCase input;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    Order order = shop_order(i);
    order.lines.push_back(known_line(2 * i));
    if (genes[i].a == 1) order.lines.push_back(known_line(2 * i + 1));
    settle(order);
    input.orders.push_back(std::move(order));
  }
  return input;
}

ErpProduct plain_product() { return known_line(0).erp.front(); }

// ORD-01, -13: histories ------------------------------------------------------------------------

constexpr std::array kCommands{"orders", "tick", "stock", "all"};

HistoryCase build_history(const std::vector<Gene>& genes, const SwitchValues&) {
  HistoryCase input;
  for (const Gene& gene : genes) {
    input.steps.push_back({.command = kCommands[static_cast<std::size_t>(gene.edge)],
                           .new_orders = gene.a,
                           .announced_twice = gene.d == 1 || gene.d == 3,
                           .edited_at_once = gene.d >= 2,
                           .accident = accident(gene.b, gene.c)});
  }
  return input;
}

Shape history_shape(const SwitchValues&) {
  return {.edges = static_cast<int>(kCommands.size()),
          .a = 4,
          .b = kAccidents,
          .c = 16,
          .d = 4,
          .most = 8};
}

/// Carries a history out and ends it with a run without accidents. Answers the shop's order ids.
std::vector<std::int64_t> carry_out(const HistoryCase& input, Bench& bench) {
  Planter planter(bench);
  const ErpProduct product = plain_product();
  bench.add_product(product);
  bench.configure();
  std::vector<std::int64_t> ids;
  for (const Step& step : input.steps) {
    bench.advance(std::chrono::minutes(7));
    for (int i = 0; i < step.new_orders; ++i) {
      ids.push_back(planter.plant_plain_order(bench.now(), *product.code, 0));
      if (step.announced_twice) bench.announce_order(std::to_string(ids.back()));
      if (step.edited_at_once) planter.change_status(ids.back());
    }
    arm(bench, step.accident);
    run_through(bench, step.command);
    disarm(bench);
  }
  bench.advance(std::chrono::minutes(7));
  run_through(bench, "orders");
  return ids;
}

void judge_shop_first(const HistoryCase& input, Bench& bench, Judgement& judgement) {
  const std::vector<std::int64_t> ids = carry_out(input, bench);
  const std::vector<std::string> imported = imported_orders(bench.erp());
  for (const std::string& id : imported) {
    const bool known = std::any_of(ids.begin(), ids.end(), [&](std::int64_t planted) {
      return std::to_string(planted) == id;
    });
    judgement.expect(known, "the shop's order behind an order of the ERP", "one that was placed",
                     "'" + id + "'");
  }
  for (const std::int64_t id : ids) {
    const std::string text = std::to_string(id);
    judgement.expect_equal("order " + text + " is still in the shop", true,
                           bench.shop().row("orders", id).has_value());
    judgement.expect_equal("order " + text + " reached the ERP", true,
                           std::find(imported.begin(), imported.end(), text) != imported.end());
  }
}

void judge_once(const HistoryCase& input, Bench& bench, Judgement& judgement) {
  carry_out(input, bench);
  std::map<std::string, int> times;
  for (const std::string& id : imported_orders(bench.erp())) ++times[id];
  judgement.expect_equal("orders of the shop that reached the ERP", std::to_string(records(input)),
                         std::to_string(times.size()));
  for (const auto& [id, count] : times) {
    judgement.expect_equal("orders in the ERP made of order " + id, 1, count);
  }
}

// ORD-02 ----------------------------------------------------------------------------------------

// Around the boundaries of pages of 10, 50 and 100 rows.
constexpr std::array kBatches{1, 2, 3, 10, 11, 49, 50, 51, 99, 100, 101};
constexpr std::array kApart{1, 0, 3600, 1200};
// From 2026-03-02 08:00 UTC to the saving: at once; ten minutes before clocks go back in Poland, so
// that orders come in both passes of the repeated hour; ten minutes before they go forward.
constexpr std::array<std::int64_t, 3> kStarts{0, 20451000, 2307000};

ArrivalCase build_arrivals(const std::vector<Gene>& genes, const SwitchValues&) {
  ArrivalCase input;
  input.saved_after = kStarts[static_cast<std::size_t>(genes.front().d)];
  for (const Gene& gene : genes) {
    input.batches.push_back({.orders = kBatches[static_cast<std::size_t>(gene.edge)],
                             .id_gap = gene.a * gene.a,
                             .seconds_apart = kApart[static_cast<std::size_t>(gene.b)],
                             .last_deleted = gene.second == 1,
                             .fetched_after = gene.c == 0});
  }
  return input;
}

void judge_complete(const ArrivalCase& input, Bench& bench, Judgement& judgement) {
  Planter planter(bench);
  const ErpProduct product = plain_product();
  bench.add_product(product);
  bench.advance(std::chrono::seconds(input.saved_after));
  bench.configure();
  bench.advance(std::chrono::minutes(1));

  std::int64_t last = 0;
  std::vector<std::string> expected;
  for (const Batch& batch : input.batches) {
    for (int i = 0; i < batch.orders; ++i) {
      const std::int64_t next = batch.id_gap == 0 || last == 0 ? 0 : last + 1 + batch.id_gap;
      last = planter.plant_plain_order(bench.now(), *product.code, next);
      if (batch.last_deleted && i + 1 == batch.orders) {
        bench.shop().remove("orders", last);
      } else {
        expected.push_back(std::to_string(last));
      }
      bench.advance(std::chrono::seconds(batch.seconds_apart));
    }
    if (batch.fetched_after) bench.run("orders");
  }
  // The next batch may carry the very second in which the last run ended.
  bench.run("orders");

  std::vector<std::string> observed = imported_orders(bench.erp());
  judgement.expect_equal("orders in the ERP", std::to_string(expected.size()),
                         std::to_string(observed.size()));
  std::sort(observed.begin(), observed.end());
  std::vector<std::string> missing;
  for (const std::string& id : expected) {
    if (!std::binary_search(observed.begin(), observed.end(), id)) missing.push_back(id);
  }
  judgement.expect_equal("orders of the shop that are missing in the ERP", {}, missing);
}

// ORD-03 ----------------------------------------------------------------------------------------

/// When an order was placed, seen from the saving of the configuration.
struct Placement {
  std::int64_t seconds = 0;
  const char* date = "";  ///< The shop's own text where no moment has it.
};

/// A moment of saving, and when orders may have been placed around it so that everybody knows what
/// becomes of them: what was placed afterwards comes in, what was placed before does not. The very
/// second of the saving is left out, for the shop's dates have no finer unit; so are local times
/// that name two moments, one on each side of the saving, where the order is older.
struct Boundary {
  std::int64_t saved;  ///< Seconds from 2026-03-02 08:00 UTC.
  std::vector<Placement> placed;
};

std::vector<Placement> placed_at(std::initializer_list<std::int64_t> seconds) {
  std::vector<Placement> placed;
  for (const std::int64_t one : seconds) placed.push_back({.seconds = one});
  return placed;
}

const std::vector<Boundary>& boundaries() {
  static const auto any = placed_at({60, 2, 1, -1, -2, -60, -3600, -7200, -86400, -400000});
  static const std::vector<Boundary> all{
      {518400, any},    // Six days in.
      {2307500, any},   // Just before the clocks go forward in Poland, 2026-03-29 01:00 UTC,
      {2309000, any},   // and just after.
      {8640000, any},   // A day in summer time.
      {572400, any},    // Midnight in Warsaw.
      {10335600, any},  // The same in summer.
      // 02:50 in the first pass of the hour that 2026-10-25 repeats from 01:00 UTC on. Ten and
      // twenty minutes later it is 02:00 and 02:10 again.
      {20451000, placed_at({60, 1, 600, 1200, 4200, -3600, -7200, -86400})},
      // 02:40 in its second pass; 4200 s before it is 02:30 in the first.
      {20454000, placed_at({60, 1, 1200, -1, -60, -600, -4200, -7200, -86400})},
      // Noon UTC of the day before and of the day after: 02:30 in the first and the second pass.
      {20404800, placed_at({45000, 48600, 60, -60})},
      {20577600, placed_at({-127800, -124200, 60, -60})},
      // The same around the night that has no half past two: a shop that writes such a time all the
      // same means some moment of that night.
      {2260800, {{46800, "2026-03-29 02:30:00"}, {60}, {-60}}},
      {2433600, {{-126000, "2026-03-29 02:30:00"}, {60}, {-60}}},
  };
  return all;
}

OrderCase build_boundary(const std::vector<Gene>& genes, const SwitchValues&) {
  OrderCase input = plain_orders(genes);
  const Boundary& boundary = boundaries()[static_cast<std::size_t>(genes.front().b)];
  input.saved_after = boundary.saved;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    Order& order = input.orders[i];
    const Placement& placement =
        boundary.placed[static_cast<std::size_t>(genes[i].edge) % boundary.placed.size()];
    order.placed = placement.seconds;
    order.date = placement.date;
    order.planted = fmt::format("placed {} s {} the configuration", std::abs(order.placed),
                                order.placed < 0 ? "before" : "after");
    if (!order.date.empty()) order.planted += ", at a time that the clocks skip";
    order.imported = order.placed > 0;
    order.edited_later = genes[i].c == 1;
    if (order.edited_later) order.planted += ", its status changed afterwards";
  }
  // The shop numbers its orders as they come.
  std::stable_sort(input.orders.begin(), input.orders.end(),
                   [](const Order& a, const Order& b) { return a.placed < b.placed; });
  return input;
}

std::function<void(const OrderCase&, Bench&, Judgement&)> judge_imported(std::string command) {
  return [command](const OrderCase& input, Bench& bench, Judgement& judgement) {
    Counter counter(input, bench);
    counter.set();
    counter.run(command);
    counter.check_imported(judgement);
  };
}

// ORD-04 ----------------------------------------------------------------------------------------

/// Every order and line of the shop as text.
std::vector<std::string> order_rows(Bench& bench) {
  std::vector<std::string> rows;
  for (const std::string_view resource : {"orders", "order-products"}) {
    for (const std::int64_t id : bench.shop().ids(resource)) {
      rows.push_back(
          fmt::format("{} {}: {}", resource, id, bench.shop().row(resource, id)->dump()));
    }
  }
  return rows;
}

OrderCase build_untouched(const std::vector<Gene>& genes, const SwitchValues&) {
  OrderCase input = plain_orders(genes);
  for (std::size_t i = 0; i < genes.size(); ++i) {
    if (genes[i].edge == 1) {
      input.orders[i].lines.front().erp.clear();
      input.orders[i].planted = "its first line is unknown in the ERP";
    } else if (genes[i].edge == 2) {
      input.orders[i].origin = 5;
      input.orders[i].planted = "entered in the panel";
    } else if (genes[i].edge == 3) {
      input.orders[i].paid = true;
      input.orders[i].planted = "paid";
    }
  }
  return input;
}

void judge_untouched(const OrderCase& input, Bench& bench, Judgement& judgement) {
  Counter counter(input, bench);
  counter.set();
  const std::vector<std::string> before = order_rows(bench);
  counter.run("orders");
  bench.run("all");
  const std::vector<std::string> after = order_rows(bench);
  judgement.expect_equal("orders and lines in the shop", std::to_string(before.size()),
                         std::to_string(after.size()));
  for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
    judgement.expect_equal("a row of the shop after the run", before[i], after[i]);
  }
}

// ORD-10 ----------------------------------------------------------------------------------------

OrderCase build_automatic(const std::vector<Gene>& genes, const SwitchValues&) {
  OrderCase input = plain_orders(genes);
  input.automatic = genes.front().edge == 0;
  for (Order& order : input.orders) {
    order.imported = input.automatic;
    if (!input.automatic) order.planted = "automatic operation is off";
  }
  return input;
}

// ORD-11 ----------------------------------------------------------------------------------------

struct Origin {
  int number;
  std::string_view name;
  bool skip_origin_5_6, origin_is_0;
};

// Every origin the shop's documentation names. Which of 1 to 4 and 8 and above are "placed through
// the shop" the page does not say; the reading decides.
constexpr std::array kOrigins{
    Origin{0, "shop front", true, true},
    Origin{5, "admin panel", false, false},
    Origin{6, "administrator in the shop", false, false},
    Origin{1, "facebook", true, false},
    Origin{2, "mobile", true, false},
    Origin{3, "allegro", true, false},
    Origin{4, "webapi", true, false},
    Origin{8, "Google", true, false},
    Origin{100, "Apilo", true, false},
    Origin{111, "Apilo", true, false},
};

OrderCase build_origins(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const std::string_view reading = value_of(switches, "systim.panel_order_test");
  OrderCase input = plain_orders(genes);
  for (std::size_t i = 0; i < genes.size(); ++i) {
    Order& order = input.orders[i];
    const Origin& origin = kOrigins[static_cast<std::size_t>(genes[i].edge)];
    order.origin = origin.number;
    order.planted = fmt::format("origin {}: {}", origin.number, origin.name);
    // Under webhook_only the shop's announcement decides; it announces all but the panel's.
    order.imported = reading == "origin_is_0" ? origin.origin_is_0 : origin.skip_origin_5_6;
    order.paid = genes[i].b == 1;
    order.edited_later = genes[i].c == 1;
    if (order.edited_later) order.planted += ", edited later";
    order.registered = genes[i].d == 1;
    if (order.registered) order.planted += ", of a registered customer";
  }
  return input;
}

// ORD-14 ----------------------------------------------------------------------------------------

OrderCase build_for_documents(const std::vector<Gene>& genes, const SwitchValues&) {
  OrderCase input = plain_orders(genes);
  for (std::size_t i = 0; i < genes.size(); ++i) {
    Order& order = input.orders[i];
    order.paid = genes[i].edge % 2 == 1;
    if (genes[i].edge >= 2) order.nip = "5250000009";  // Made up; its check digit is right.
    order.planted = fmt::format("{}, {}", order.paid ? "paid" : "not paid",
                                order.nip.empty() ? "no NIP" : "with a NIP");
  }
  return input;
}

void judge_no_documents(const OrderCase& input, Bench& bench, Judgement& judgement) {
  Counter counter(input, bench);
  counter.set();
  const std::size_t before = bench.erp().papers.size();
  counter.run("orders");
  counter.check_imported(judgement);
  judgement.expect_equal("documents in the ERP", before, bench.erp().papers.size());
}

}  // namespace

std::vector<Rule> order_choice_rules() {
  const auto shape = [](Shape bounds) { return [bounds](const SwitchValues&) { return bounds; }; };
  return {
      make(Draft<HistoryCase>{.id = "SYSTIM-ORD-01",
                              .shape = history_shape,
                              .build = build_history,
                              .oracle = judge_shop_first}),
      make(Draft<ArrivalCase>{.id = "SYSTIM-ORD-02",
                              .shape = shape({.edges = static_cast<int>(kBatches.size()),
                                              .seconds = 2,
                                              .a = 4,
                                              .b = static_cast<int>(kApart.size()),
                                              .c = 2,
                                              .d = static_cast<int>(kStarts.size()),
                                              .most = 3}),
                              .build = build_arrivals,
                              .oracle = judge_complete}),
      make(Draft<OrderCase>{
          .id = "SYSTIM-ORD-03",
          .shape =
              shape({.edges = 10, .b = static_cast<int>(boundaries().size()), .c = 2, .most = 8}),
          .build = build_boundary,
          .oracle = judge_imported("orders")}),
      make(Draft<OrderCase>{.id = "SYSTIM-ORD-04",
                            .shape = shape({.edges = 4, .a = 2, .most = 6}),
                            .build = build_untouched,
                            .oracle = judge_untouched}),
      make(Draft<OrderCase>{.id = "SYSTIM-ORD-10",
                            .shape = shape({.edges = 2, .a = 2, .most = 6}),
                            .build = build_automatic,
                            .oracle = judge_imported("tick")}),
      make(Draft<OrderCase>{.id = "SYSTIM-ORD-11",
                            .switches = {"systim.panel_order_test"},
                            .shape = shape({.edges = static_cast<int>(kOrigins.size()),
                                            .a = 2,
                                            .b = 2,
                                            .c = 2,
                                            .d = 2,
                                            .most = 10}),
                            .build = build_origins,
                            .oracle = judge_imported("orders")}),
      make(Draft<HistoryCase>{.id = "SYSTIM-ORD-13",
                              .shape = history_shape,
                              .build = build_history,
                              .oracle = judge_once}),
      make(Draft<OrderCase>{.id = "SYSTIM-ORD-14",
                            .shape = shape({.edges = 4, .a = 2, .most = 6}),
                            .build = build_for_documents,
                            .oracle = judge_no_documents}),
  };
}

}  // namespace atrapa::scenarios::systim
