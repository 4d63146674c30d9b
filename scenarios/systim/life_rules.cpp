#include <array>

#include "scenarios/systim/generators.hpp"
#include "scenarios/systim/life.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

using Acts = std::vector<LifeStep>;

LifeStep act(const char* name) { return {.act = name}; }
LifeStep save_with(const char* key) { return {.act = "save", .key = key}; }

/// A case of `first` and of one act for each gene, chosen by its edge; `a` orders come before it,
/// `b` picks the address, `c` the shop.
std::function<LifeCase(const std::vector<Gene>&, const SwitchValues&)> build_life(Acts first,
                                                                                  Acts acts,
                                                                                  Acts last = {}) {
  return [first, acts, last](const std::vector<Gene>& genes, const SwitchValues&) {
    static constexpr std::array kAddresses{"", "slash", "www", "https", "own"};
    static constexpr std::array kTokenSeconds{0, 0, 60, 2};
    LifeCase input;
    input.token_seconds = kTokenSeconds[static_cast<std::size_t>(genes.front().d)];
    input.steps = first;
    for (const Gene& gene : genes) {
      LifeStep step = acts[static_cast<std::size_t>(gene.edge)];
      step.new_orders = gene.a;
      step.other = gene.c == 1;
      if (step.act == "install" || step.act == "move" || step.act == "reinstall") {
        step.address = kAddresses[static_cast<std::size_t>(gene.b)];
      }
      input.steps.push_back(std::move(step));
    }
    input.steps.insert(input.steps.end(), last.begin(), last.end());
    return input;
  };
}

std::function<void(const LifeCase&, Bench&, Judgement&)> watch_life(LifeLook look) {
  return [look](const LifeCase& input, Bench& bench, Judgement& judgement) {
    Life(input, look, bench, judgement).play();
  };
}

std::function<Shape(const SwitchValues&)> life_shape(const Acts& acts, Shape shape) {
  shape.edges = static_cast<int>(acts.size());
  return [shape](const SwitchValues&) { return shape; };
}

Rule life_rule(std::string_view id, LifeLook look, Shape shape, Acts first, Acts acts,
               Acts last = {}) {
  return make(
      Draft<LifeCase>{.id = id,
                      .shape = life_shape(acts, shape),
                      .build = build_life(std::move(first), std::move(acts), std::move(last)),
                      .oracle = watch_life(look)});
}

LifeStep elsewhere(LifeStep step) {
  step.other = true;
  return step;
}

LifeStep one_order(LifeStep step) {
  step.new_orders = 1;
  return step;
}

}  // namespace

std::vector<Rule> life_rules() {
  const Acts installed{act("install")};
  const Acts saved{act("install"), act("save")};
  return {
      life_rule("SYSTIM-CONF-01", {.calls = true}, {.a = 2, .d = 4, .most = 12}, {},
                {act("orders"), act("install"), act("save"), act("reinstall"), act("tick"),
                 act("uninstall"), act("forged_install"), act("forged_uninstall"), act("declined"),
                 act("stock"), act("again"), act("reinstall"), act("orders")},
                {act("forged_uninstall"), one_order(act("orders"))}),
      life_rule("SYSTIM-CONF-02", {.access = true}, {.a = 2, .most = 12}, installed,
                {act("orders"), act("save"), act("new_key"), save_with("none"), save_with("old"),
                 save_with("foreign"), save_with("unknown user"), act("delete_user"), act("tick"),
                 act("save"), act("orders"), act("save")}),
      life_rule("SYSTIM-CONF-04", {.address = true}, {.a = 2, .b = 5, .most = 8}, {},
                {act("reinstall"), act("install"), act("save"), save_with("foreign"), act("move"),
                 act("orders"), act("install")},
                {act("save")}),
      // Both shops number their orders from 1 on.
      life_rule("SYSTIM-CONF-06", {.one_shop = true}, {.a = 2, .b = 5, .c = 2, .most = 12},
                {act("install"), act("save"), one_order(act("orders")), elsewhere(act("install"))},
                {act("orders"), act("install"), act("save"), act("tick"), act("move"),
                 act("uninstall"), act("stock"), act("save")},
                {elsewhere(act("save")), elsewhere(one_order(act("orders")))}),
      life_rule("SYSTIM-CONF-07", {.shown = true}, {.a = 2, .most = 8}, {},
                {act("show"), act("reinstall"), act("orders"), act("uninstall"), act("reinstall")},
                {act("show"), act("orders"), act("show")}),
      life_rule("SYSTIM-ORD-12", {.calls = true, .access = true}, {.a = 2, .most = 8}, saved,
                {act("orders"), act("revoke"), act("new_key"), act("reinstall"), act("tick")},
                {act("reinstall"), one_order(act("orders")), act("orders")}),
  };
}

}  // namespace atrapa::scenarios::systim
