#include <iterator>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/group.hpp"
#include "scenarios/ebiuro/sentences.hpp"

namespace atrapa::scenarios::ebiuro {

std::vector<harness::Rule> rules() {
  std::vector<harness::Rule> all;
  for (std::vector<harness::Rule> family :
       {configuration_rules(), direction_rules(), call_rules(), product_rules(), price_rules(),
        stock_rules(), life_rules(), event_rules(), order_rules(), content_rules(),
        document_rules()}) {
    std::move(family.begin(), family.end(), std::back_inserter(all));
  }
  return in_order(page(), std::move(all));
}

std::vector<harness::Switch> switches() {
  const std::vector<harness::Rule> all = rules();
  return {
      make_switch("ebiuro.document_trigger", {"automatic_on_status", "button_only"}, all),
      make_switch("ebiuro.doc_word_match", {"trim_casefold", "exact"}, all),
      make_switch("ebiuro.doc_word_unknown", {"wait", "receipt", "by_want_invoice"}, all),
      make_switch("ebiuro.status_refresh", {"configured_statuses", "polling"}, all),
      make_switch("ebiuro.price_group_role", {"price_source", "filter"}, all),
      make_switch("ebiuro.event_while_inactive", {"drop", "queue"}, all),
      make_switch("ebiuro.orders_with_direction_none", {"yes", "no"}, all),
  };
}

}  // namespace atrapa::scenarios::ebiuro
