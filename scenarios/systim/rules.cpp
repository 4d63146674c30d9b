#include "scenarios/systim/rules.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "scenarios/systim/generators.hpp"
#include "scenarios/systim/sentences.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Rule;

/// The sentences that nothing judges yet.
const std::map<std::string_view, std::string_view>& reasons() {
  static const std::map<std::string_view, std::string_view> reasons = {
      {"SYSTIM-PREP-01", "advice to people: there is nothing to judge"},
  };
  return reasons;
}

struct SwitchRow {
  std::string_view name;
  std::vector<std::string> values;
};

const std::vector<SwitchRow>& switch_rows() {
  static const std::vector<SwitchRow> rows = {
      {"systim.suspend_scope", {"orders_and_stock", "orders_only"}},
      {"systim.catch_up_on_resume", {"no", "yes"}},
      {"systim.code_equality", {"codepoint", "nfc", "trim", "casefold"}},
      {"systim.category_match", {"leaf_any", "leaf_main", "path"}},
      {"systim.vat_match", {"canonical_code", "percent_only", "label"}},
      {"systim.price_test", {"as_stored", "after_grosz_rounding"}},
      {"systim.zero_stock", {"never_sent", "sent_after_first", "always"}},
      {"systim.fraction_in_integer_shop", {"skip_and_report", "reject", "truncate"}},
      {"systim.unknown_line", {"omit_line", "refuse_order"}},
      {"systim.all_lines_unknown", {"no_order_and_report", "empty_order"}},
      {"systim.line_price", {"from_order", "from_erp_product"}},
      {"systim.panel_order_test", {"skip_origin_5_6", "origin_is_0", "webhook_only"}},
      {"systim.codeless_again", {"report_only", "add_every_run", "add_once"}},
      {"systim.stock_command_adds_products", {"no", "yes"}},
  };
  return rows;
}

void move_into(std::map<std::string, Rule>& all, std::vector<Rule> rules) {
  for (Rule& rule : rules) {
    const std::string id = rule.id;
    if (!all.emplace(id, std::move(rule)).second) {
      throw std::logic_error("two rules are called " + id);
    }
  }
}

}  // namespace

std::vector<Rule> rules() {
  std::map<std::string, Rule> judged;
  move_into(judged, configuration_rules());
  move_into(judged, life_rules());
  move_into(judged, desk_rules());
  move_into(judged, condition_rules());
  move_into(judged, figure_rules());
  move_into(judged, order_choice_rules());
  move_into(judged, order_content_rules());
  move_into(judged, product_rules());
  move_into(judged, csv_rules());

  std::vector<Rule> all;
  for (const Sentence& text : sentences()) {
    if (const auto found = judged.find(std::string(text.id)); found != judged.end()) {
      all.push_back(std::move(found->second));
    } else if (const auto reason = reasons().find(text.id); reason != reasons().end()) {
      all.push_back(not_judged(text.id, std::string(reason->second)));
    } else {
      throw std::logic_error("nothing judges " + std::string(text.id) + ", and no reason is given");
    }
  }
  return all;
}

std::vector<harness::Switch> switches() {
  const std::vector<Rule> all = rules();
  std::vector<harness::Switch> made;
  for (const SwitchRow& row : switch_rows()) {
    harness::Switch one{.name = std::string(row.name), .values = row.values, .rules = {}};
    for (const Rule& rule : all) {
      const bool reads =
          std::find(rule.switches.begin(), rule.switches.end(), row.name) != rule.switches.end();
      if (reads) one.rules.push_back(rule.id);
    }
    made.push_back(std::move(one));
  }
  return made;
}

}  // namespace atrapa::scenarios::systim
