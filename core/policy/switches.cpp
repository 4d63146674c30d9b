#include "core/policy/switches.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <stdexcept>

namespace atrapa::core {

namespace {

/// A switch and the way to its member. The position of a value is its enumerator.
struct Entry {
  SwitchName name;
  void (*set)(SystimSwitches&, std::size_t);
  std::size_t (*get)(const SystimSwitches&);
};

template <auto Member>
Entry entry(std::string_view name, std::vector<std::string_view> values) {
  using Value = std::remove_reference_t<decltype(std::declval<SystimSwitches&>().*Member)>;
  return {{name, std::move(values)},
          [](SystimSwitches& s, std::size_t i) { s.*Member = static_cast<Value>(i); },
          [](const SystimSwitches& s) { return static_cast<std::size_t>(s.*Member); }};
}

const std::vector<Entry>& entries() {
  using S = SystimSwitches;
  static const std::vector<Entry> all{
      entry<&S::suspend_scope>("systim.suspend_scope", {"orders_and_stock", "orders_only"}),
      entry<&S::catch_up_on_resume>("systim.catch_up_on_resume", {"no", "yes"}),
      entry<&S::code_equality>("systim.code_equality", {"codepoint", "nfc", "trim", "casefold"}),
      entry<&S::category_match>("systim.category_match", {"leaf_any", "leaf_main", "path"}),
      entry<&S::vat_match>("systim.vat_match", {"canonical_code", "percent_only", "label"}),
      entry<&S::price_test>("systim.price_test", {"as_stored", "after_grosz_rounding"}),
      entry<&S::zero_stock>("systim.zero_stock", {"never_sent", "sent_after_first", "always"}),
      entry<&S::fraction_in_integer_shop>("systim.fraction_in_integer_shop",
                                          {"skip_and_report", "reject", "truncate"}),
      entry<&S::unknown_line>("systim.unknown_line", {"omit_line", "refuse_order"}),
      entry<&S::all_lines_unknown>("systim.all_lines_unknown",
                                   {"no_order_and_report", "empty_order"}),
      entry<&S::line_price>("systim.line_price", {"from_order", "from_erp_product"}),
      entry<&S::panel_order_test>("systim.panel_order_test",
                                  {"skip_origin_5_6", "origin_is_0", "webhook_only"}),
      entry<&S::codeless_again>("systim.codeless_again",
                                {"report_only", "add_every_run", "add_once"}),
      entry<&S::stock_command_adds_products>("systim.stock_command_adds_products", {"no", "yes"}),
  };
  return all;
}

const Entry* find(std::string_view name) {
  for (const Entry& entry : entries()) {
    if (entry.name.name == name) return &entry;
  }
  return nullptr;
}

}  // namespace

const std::vector<SwitchName>& systim_switch_names() {
  static const std::vector<SwitchName> names = [] {
    std::vector<SwitchName> out;
    for (const Entry& entry : entries()) out.push_back(entry.name);
    return out;
  }();
  return names;
}

Result<Done> set_switch(SystimSwitches& switches, std::string_view name, std::string_view value) {
  const Entry* entry = find(name);
  if (entry == nullptr) {
    std::vector<std::string_view> known;
    for (const Entry& each : entries()) known.push_back(each.name.name);
    return fail(fmt::format("there is no switch '{}'; there are {}", name, fmt::join(known, ", ")));
  }
  const auto& values = entry->name.values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != value) continue;
    entry->set(switches, i);
    return Done{};
  }
  return fail(fmt::format("{} cannot be '{}'; expected {}", name, value, fmt::join(values, ", ")));
}

std::string_view switch_value(const SystimSwitches& switches, std::string_view name) {
  const Entry* entry = find(name);
  if (entry == nullptr) throw std::logic_error(fmt::format("there is no switch '{}'", name));
  return entry->name.values.at(entry->get(switches));
}

}  // namespace atrapa::core
