#include "scenarios/firmino/rules.hpp"

#include <iterator>

#include "scenarios/firmino/bugs.hpp"
#include "scenarios/firmino/group.hpp"
#include "scenarios/firmino/sentences.hpp"

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;

template <typename T>
std::vector<T> joined(std::vector<std::vector<T>> families) {
  std::vector<T> all;
  for (std::vector<T>& family : families) {
    std::move(family.begin(), family.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace

std::vector<Rule> rules() {
  std::vector<Rule> all = joined<Rule>(
      {wizard_rules(), order_choice_rules(), document_rules(), delivery_rules(), line_rules(),
       line_warehouse_rules(), buyer_rules(), source_rules(), product_rules(),
       product_option_rules(), card_rules(), matching_rules(), warehouse_rules(), stock_rules()});
  return in_order(page(), std::move(all));
}

std::vector<harness::Switch> switches() {
  const std::vector<Rule> all = rules();
  return {
      make_switch("firmino.product_match", {"sku_or_name", "sku_and_name"}, all),
      make_switch("firmino.line_match", {"name", "sku_then_name"}, all),
      make_switch("firmino.contractor_match", {"name", "nip_then_name"}, all),
      make_switch("firmino.date_field", {"confirmed_inclusive", "placed_inclusive"}, all),
      make_switch("firmino.document_moment", {"on_fulfilment", "on_fetch"}, all),
  };
}

std::vector<Bug> bugs() {
  return joined<Bug>({order_choice_bugs(), document_bugs(), line_bugs(), product_bugs(),
                      warehouse_bugs(), wizard_bugs()});
}

}  // namespace atrapa::scenarios::firmino
