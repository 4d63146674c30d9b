#include "core/policy/switches.hpp"

#include "core/policy/switch_table.hpp"

namespace atrapa::core {

namespace {

template <auto Member>
SwitchEntry<SystimSwitches> systim(std::string_view name, std::vector<std::string_view> values) {
  return switch_entry<SystimSwitches, Member>(name, std::move(values));
}

const std::vector<SwitchEntry<SystimSwitches>>& systim_entries() {
  using S = SystimSwitches;
  static const std::vector<SwitchEntry<S>> all{
      systim<&S::suspend_scope>("systim.suspend_scope", {"orders_and_stock", "orders_only"}),
      systim<&S::catch_up_on_resume>("systim.catch_up_on_resume", {"no", "yes"}),
      systim<&S::code_equality>("systim.code_equality", {"codepoint", "nfc", "trim", "casefold"}),
      systim<&S::category_match>("systim.category_match", {"leaf_any", "leaf_main", "path"}),
      systim<&S::vat_match>("systim.vat_match", {"canonical_code", "percent_only", "label"}),
      systim<&S::price_test>("systim.price_test", {"as_stored", "after_grosz_rounding"}),
      systim<&S::zero_stock>("systim.zero_stock", {"never_sent", "sent_after_first", "always"}),
      systim<&S::fraction_in_integer_shop>("systim.fraction_in_integer_shop",
                                           {"skip_and_report", "reject", "truncate"}),
      systim<&S::unknown_line>("systim.unknown_line", {"omit_line", "refuse_order"}),
      systim<&S::all_lines_unknown>("systim.all_lines_unknown",
                                    {"no_order_and_report", "empty_order"}),
      systim<&S::line_price>("systim.line_price", {"from_order", "from_erp_product"}),
      systim<&S::panel_order_test>("systim.panel_order_test",
                                   {"skip_origin_5_6", "origin_is_0", "webhook_only"}),
      systim<&S::codeless_again>("systim.codeless_again",
                                 {"report_only", "add_every_run", "add_once"}),
      systim<&S::stock_command_adds_products>("systim.stock_command_adds_products", {"no", "yes"}),
  };
  return all;
}

}  // namespace

const std::vector<SwitchName>& systim_switch_names() {
  static const std::vector<SwitchName> names = names_in(systim_entries());
  return names;
}

Result<Done> set_switch(SystimSwitches& switches, std::string_view name, std::string_view value) {
  return set_in(systim_entries(), switches, name, value);
}

std::string_view switch_value(const SystimSwitches& switches, std::string_view name) {
  return value_in(systim_entries(), switches, name);
}

}  // namespace atrapa::core
