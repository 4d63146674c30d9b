#include "core/policy/base_switches.hpp"

#include "core/policy/switch_table.hpp"

namespace atrapa::core {

namespace {

const std::vector<SwitchEntry<EbiuroSwitches>>& ebiuro_entries() {
  using S = EbiuroSwitches;
  static const std::vector<SwitchEntry<S>> all{
      switch_entry<S, &S::document_trigger>("ebiuro.document_trigger",
                                            {"automatic_on_status", "button_only"}),
      switch_entry<S, &S::doc_word_match>("ebiuro.doc_word_match", {"trim_casefold", "exact"}),
      switch_entry<S, &S::doc_word_unknown>("ebiuro.doc_word_unknown",
                                            {"wait", "receipt", "by_want_invoice"}),
      switch_entry<S, &S::status_refresh>("ebiuro.status_refresh",
                                          {"configured_statuses", "polling"}),
      switch_entry<S, &S::price_group_role>("ebiuro.price_group_role", {"price_source", "filter"}),
      switch_entry<S, &S::event_while_inactive>("ebiuro.event_while_inactive", {"drop", "queue"}),
      switch_entry<S, &S::orders_with_direction_none>("ebiuro.orders_with_direction_none",
                                                      {"yes", "no"}),
  };
  return all;
}

const std::vector<SwitchEntry<FirminoSwitches>>& firmino_entries() {
  using S = FirminoSwitches;
  static const std::vector<SwitchEntry<S>> all{
      switch_entry<S, &S::product_match>("firmino.product_match", {"sku_or_name", "sku_and_name"}),
      switch_entry<S, &S::line_match>("firmino.line_match", {"name", "sku_then_name"}),
      switch_entry<S, &S::contractor_match>("firmino.contractor_match", {"name", "nip_then_name"}),
      switch_entry<S, &S::date_field>("firmino.date_field",
                                      {"confirmed_inclusive", "placed_inclusive"}),
      switch_entry<S, &S::document_moment>("firmino.document_moment",
                                           {"on_fulfilment", "on_fetch"}),
  };
  return all;
}

const std::vector<SwitchEntry<FiscalSwitches>>& fiscal_entries() {
  using S = FiscalSwitches;
  static const std::vector<SwitchEntry<S>> all{
      switch_entry<S, &S::nip_policy>("pl.nip_policy", {"checksum_and_prefix", "checksum", "none"}),
      switch_entry<S, &S::vat_rounding>("pl.vat_rounding",
                                        {"per_rate_from_gross", "per_rate_from_net", "per_line"}),
  };
  return all;
}

}  // namespace

const std::vector<SwitchName>& ebiuro_switch_names() {
  static const std::vector<SwitchName> names = names_in(ebiuro_entries());
  return names;
}
const std::vector<SwitchName>& firmino_switch_names() {
  static const std::vector<SwitchName> names = names_in(firmino_entries());
  return names;
}
const std::vector<SwitchName>& fiscal_switch_names() {
  static const std::vector<SwitchName> names = names_in(fiscal_entries());
  return names;
}

Result<Done> set_switch(EbiuroSwitches& switches, std::string_view name, std::string_view value) {
  return set_in(ebiuro_entries(), switches, name, value);
}
Result<Done> set_switch(FirminoSwitches& switches, std::string_view name, std::string_view value) {
  return set_in(firmino_entries(), switches, name, value);
}
Result<Done> set_switch(FiscalSwitches& switches, std::string_view name, std::string_view value) {
  return set_in(fiscal_entries(), switches, name, value);
}

std::string_view switch_value(const EbiuroSwitches& switches, std::string_view name) {
  return value_in(ebiuro_entries(), switches, name);
}
std::string_view switch_value(const FirminoSwitches& switches, std::string_view name) {
  return value_in(firmino_entries(), switches, name);
}
std::string_view switch_value(const FiscalSwitches& switches, std::string_view name) {
  return value_in(fiscal_entries(), switches, name);
}

}  // namespace atrapa::core
