#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "scenarios/systim/orders.hpp"
#include "scenarios/systim/pairs.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

// CONF-03 ---------------------------------------------------------------------------------------

OrderCase build_mixed_orders(const std::vector<Gene>& genes, const SwitchValues&) {
  OrderCase input;
  input.bulk_counts_each = genes.front().b > 0;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    Order order = shop_order(i);
    order.lines.push_back(known_line(i));
    if (genes[i].a == 1) {
      order.planted = "one piece of the last unit";
      order.lines.back().erp.front().stock = "1";
    }
    if (genes[i].edge == 1) {
      order.placed = -600 - static_cast<std::int64_t>(genes.size() - i);
      order.planted = "placed before the configuration";
      order.imported = false;
    }
    settle(order);
    input.orders.push_back(std::move(order));
  }
  return input;
}

void judge_not_started(const OrderCase& planted, Bench& bench, Judgement& judgement) {
  OrderCase input = planted;
  input.automatic = false;
  for (Order& order : input.orders) order.imported = false;
  Counter counter(input, bench);
  counter.set();
  counter.run("tick");
  const FirstCalls calls = first_calls(bench, counter.before_run());
  judgement.expect(calls.orders_read == 0, "reads of orders with the option unticked", "none",
                   fmt::format("exchange {}", calls.orders_read));
  judgement.expect(calls.stock_written == 0, "writes of stock with the option unticked", "none",
                   fmt::format("exchange {}", calls.stock_written));
  counter.check_imported(judgement);
}

// CONF-05 ---------------------------------------------------------------------------------------

constexpr std::array kToggles{"tick", "off", "on", "stock"};

HistoryCase build_toggles(const std::vector<Gene>& genes, const SwitchValues&) {
  HistoryCase input;
  for (const Gene& gene : genes) {
    input.steps.push_back({.command = kToggles[static_cast<std::size_t>(gene.edge)],
                           .new_orders = gene.a,
                           .accident = {}});
  }
  return input;
}

/// One product whose level changes before every step, orders in between, and the option going on
/// and off.
void judge_suspension(const HistoryCase& input, Bench& bench, Judgement& judgement) {
  const bool stock_goes_on = bench.switch_value("systim.suspend_scope") == "orders_only";
  const bool catch_up = bench.switch_value("systim.catch_up_on_resume") == "yes";
  Planter planter(bench);
  Pair pair = eligible(0, Gene{});
  const std::int64_t product = planter.plant(*pair.shop);
  bench.add_product(*pair.erp);
  bench.configure();

  bool on = true;
  int level = 10;
  std::set<std::string> due;       // Must be in the ERP after the next automatic run.
  std::set<std::string> held_off;  // Placed while the option was off.
  for (const Step& step : input.steps) {
    bench.advance(std::chrono::minutes(7));
    for (int i = 0; i < step.new_orders; ++i) {
      const auto id = std::to_string(planter.plant_plain_order(bench.now(), *pair.erp->code, 0));
      (on ? due : held_off).insert(id);
    }
    bench.advance(std::chrono::minutes(1));
    pair.erp->stock = std::to_string(++level);
    bench.edit_product(*pair.erp);
    const std::string before = planter.stock(product);
    const std::size_t orders = bench.erp().orders.size();

    if (step.command == "on" || step.command == "off") {
      on = step.command == "on";
      bench.set_automatic(on);
      if (on && catch_up) due.merge(held_off);
      continue;
    }
    bench.run(step.command);
    const std::string after = planter.stock(product);
    if (step.command == "stock") {  // By hand: works whatever the option says.
      judgement.expect_equal("stock in the shop after a command by hand", pair.erp->stock, after);
      continue;
    }
    if (on) {
      judgement.expect_equal("stock in the shop after an automatic run", pair.erp->stock, after);
      const auto imported = imported_orders(bench.erp());
      for (const std::string& id : due) {
        judgement.expect(std::find(imported.begin(), imported.end(), id) != imported.end(),
                         "order " + id + " after an automatic run", "in the ERP", "not there");
      }
      continue;
    }
    judgement.expect_equal("orders in the ERP while the option is off", std::to_string(orders),
                           std::to_string(bench.erp().orders.size()));
    judgement.expect_equal("stock in the shop while the option is off",
                           stock_goes_on ? pair.erp->stock : before, after);
  }
}

// CMD-02, CMD-04, ORD-09 ------------------------------------------------------------------------

/// The shop's stock of the product of that code.
std::string stock_of_code(Planter& planter, const std::string& code) {
  auto& shop = planter.bench().shop();
  for (const std::int64_t id : shop.ids("products")) {
    if (shop.text("products", id, "code") == code) return planter.stock(id);
  }
  return "no such product";
}

/// Orders come in and the stock of their products goes out, all by one command.
std::function<void(const OrderCase&, Bench&, Judgement&)> judge_both(std::string command,
                                                                     bool orders_first) {
  return [command, orders_first](const OrderCase& input, Bench& bench, Judgement& judgement) {
    Counter counter(input, bench);
    counter.set();
    if (input.bulk_counts_each) bench.shop().set({{"bulk_cost", "each"}});
    counter.run(command);
    counter.check_imported(judgement);
    for (const Order& order : input.orders) {
      for (const Line& line : order.lines) {
        judgement.expect_equal("stock of '" + line.code + "' in the shop",
                               plain_decimal(line.erp.front().stock),
                               stock_of_code(counter.planter(), line.code));
      }
    }
    if (!orders_first) return;
    const FirstCalls calls = first_calls(bench, counter.before_run());
    judgement.expect(calls.orders_read != 0 && calls.orders_read < calls.stock_written,
                     "the order of the two parts", "orders are read before stock is written",
                     fmt::format("first read of orders: exchange {}, first write of stock: "
                                 "exchange {} (0: none)",
                                 calls.orders_read, calls.stock_written));
  };
}

Rule both(std::string_view id, std::string command, bool orders_first) {
  return make(Draft<OrderCase>{
      .id = id,
      // The request limit reached half way is an edge of "send products" (SYSTIM-CMD-01).
      .shape =
          [limit = command == "products"](const SwitchValues&) {
            return Shape{.edges = 2, .a = 2, .b = limit ? 3 : 1, .most = 6};
          },
      .build = build_mixed_orders,
      .oracle = judge_both(std::move(command), orders_first),
  });
}

// CMD-03 ----------------------------------------------------------------------------------------

PairCase build_for_command(const std::vector<Gene>& genes, const SwitchValues& switches) {
  PairCase input = build_pairs(genes, every_condition(switches));
  input.automatic = genes.front().d == 0;
  return input;
}

// LIM-01 ----------------------------------------------------------------------------------------

/// The ways in which a shop is not simply Polish.
void set_languages(PairCase& input, int which) {
  input.languages = {"pl_PL", "en_US"};
  if (which == 1) input.languages = {"en_US"};
  if (which == 2) input.default_language = "en_US";
}

PairCase build_languages(const std::vector<Gene>& genes, const SwitchValues&) {
  PairCase input;
  set_languages(input, genes.front().d);
  for (const Gene& gene : genes) {
    Pair pair = eligible(input.pairs.size(), Gene{.a = gene.a, .b = gene.b});
    if (gene.edge > 0) {
      pair.erp->categories = {{"Shoes"}};
      pair.shop->categories = {{gene.edge == 1 ? "Buty" : ""}};
      pair.shop->foreign_category = "Shoes";
      pair.planted = gene.edge == 1 ? "the ERP's category equals the English name only"
                                    : "the shop's category has an English name only";
      settle(pair, Fate::LeftAlone);
    }
    input.pairs.push_back(std::move(pair));
  }
  return input;
}

bool warned_about_run(const harness::ErpView& erp) {
  return std::any_of(erp.log.begin(), erp.log.end(), [](const harness::ErpLogEntry& entry) {
    return entry.kind == "run" && entry.severity != "info";
  });
}

/// What becomes of the others is open ("may break"): refused or warned about, never silent.
void judge_languages(const PairCase& input, Bench& bench, Judgement& judgement) {
  for (const std::int64_t id : bench.shop().ids("languages")) {
    const std::string locale = bench.shop().text("languages", id, "locale");
    const bool on =
        std::find(input.languages.begin(), input.languages.end(), locale) != input.languages.end();
    bench.shop().edit("languages", id, {{"active", on ? "1" : "0"}});
  }
  if (!input.default_language.empty()) {
    bench.shop().configure({{"default_language_name", input.default_language}});
  }
  Table table(input, bench);
  table.set();
  const harness::CommandResult result = bench.run("stock");
  judgement.expect(!result.ok || warned_about_run(bench.erp()),
                   "a run in a shop of several languages", "refused, or a warning in the log",
                   "went well in silence: " + result.summary);
  for (std::size_t i = 0; i < input.pairs.size(); ++i) {
    const Pair& pair = input.pairs[i];
    if (pair.fate != Fate::LeftAlone) continue;
    judgement.expect_equal(
        fmt::format("stock of '{}' in the shop ({})", pair.shop->code, pair.planted), pair.expected,
        table.planter().stock(*table.product(i)));
  }
}

// LIM-02 ----------------------------------------------------------------------------------------

PairCase build_warehouses(const std::vector<Gene>& genes, const SwitchValues&) {
  std::vector<Gene> plain = genes;
  for (Gene& gene : plain) gene.second = 0;
  PairCase input = build_pairs(plain, {});
  // One of them closed: the module is on all the same.
  input.warehouses = {"active", genes.front().second == 1 ? "inactive" : "active"};
  const bool later = genes.front().d == 1;
  for (Pair& pair : input.pairs) {
    if (later) pair.first_stock = "55";
    pair.planted = later ? "several warehouses since the last run" : "several warehouses";
    settle(pair, Fate::LeftAlone);
  }
  return input;
}

void judge_warehouses(const PairCase& input, Bench& bench, Judgement& judgement) {
  Table table(input, bench);
  table.set();
  const bool later = input.pairs.front().first_stock.has_value();
  if (later) {
    bench.run("stock");
    bench.advance(std::chrono::minutes(5));
    for (const Pair& pair : input.pairs) bench.edit_product(*pair.erp);
  }
  table.planter().open_warehouses(input.warehouses);
  std::vector<std::string> before;
  for (std::size_t i = 0; i < input.pairs.size(); ++i) {
    before.push_back(table.planter().stock(*table.product(i)));
  }
  const harness::CommandResult result = bench.run("stock");
  const harness::ErpView erp = bench.erp();
  const bool error =
      std::any_of(erp.log.begin(), erp.log.end(),
                  [](const harness::ErpLogEntry& entry) { return entry.severity == "error"; });
  judgement.expect(!result.ok || error, "a run in a shop of several warehouses",
                   "does not succeed, or an error in the log", "success: " + result.summary);
  for (std::size_t i = 0; i < input.pairs.size(); ++i) {
    judgement.expect_equal(fmt::format("stock of '{}' in the shop ({})", input.pairs[i].shop->code,
                                       input.pairs[i].planted),
                           before[i], table.planter().stock(*table.product(i)));
  }
}

}  // namespace

std::vector<Rule> configuration_rules() {
  return {
      make(Draft<OrderCase>{
          .id = "SYSTIM-CONF-03",
          .shape = [](const SwitchValues&) { return Shape{.edges = 2, .most = 6}; },
          .build = build_mixed_orders,
          .oracle = judge_not_started,
      }),
      make(Draft<HistoryCase>{
          .id = "SYSTIM-CONF-05",
          .switches = {"systim.suspend_scope", "systim.catch_up_on_resume"},
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = static_cast<int>(kToggles.size()), .a = 3, .most = 10};
              },
          .build = build_toggles,
          .oracle = judge_suspension,
      }),
      both("SYSTIM-CMD-02", "products", false),
      make(Draft<PairCase>{
          .id = "SYSTIM-CMD-03",
          .switches = condition_switches(),
          .shape =
              [](const SwitchValues& switches) {
                Shape shape = pair_shape(every_condition(switches));
                shape.d = 2;
                return shape;
              },
          .build = build_for_command,
          .oracle = judge_pairs("stock"),
      }),
      both("SYSTIM-CMD-04", "stock", false),
      both("SYSTIM-ORD-09", "orders", true),
      make(Draft<PairCase>{
          .id = "SYSTIM-LIM-01",
          .shape =
              [](const SwitchValues&) {
                return Shape{.edges = 3, .a = 20, .b = 20, .d = 3, .most = 6};
              },
          .build = build_languages,
          .oracle = judge_languages,
      }),
      make(Draft<PairCase>{
          .id = "SYSTIM-LIM-02",
          .shape =
              [](const SwitchValues&) {
                return Shape{.seconds = 2, .a = 20, .b = 20, .d = 2, .most = 6};
              },
          .build = build_warehouses,
          .oracle = judge_warehouses,
      }),
  };
}

}  // namespace atrapa::scenarios::systim
