#include "scenarios/systim/rules.hpp"

#include <algorithm>
#include <iterator>
#include <map>

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

}  // namespace

std::vector<Rule> rules() {
  std::vector<Rule> all;
  for (std::vector<Rule> group :
       {configuration_rules(), life_rules(), desk_rules(), condition_rules(), figure_rules(),
        change_rules(), order_choice_rules(), order_content_rules(), product_rules(),
        csv_rules()}) {
    std::move(group.begin(), group.end(), std::back_inserter(all));
  }
  for (const auto& [id, reason] : reasons()) {
    all.push_back(not_judged(page(), id, std::string(reason)));
  }
  return in_order(page(), std::move(all));
}

std::vector<harness::Switch> switches() {
  const std::vector<Rule> all = rules();
  std::vector<harness::Switch> made;
  for (const SwitchRow& row : switch_rows()) {
    made.push_back(make_switch(std::string(row.name), row.values, all));
  }
  return made;
}

}  // namespace atrapa::scenarios::systim
