#include <iterator>
#include <map>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/group.hpp"
#include "scenarios/ebiuro/sentences.hpp"

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::Rule;

/// The sentences that nothing judges.
const std::map<std::string_view, std::string_view>& reasons() {
  static const std::map<std::string_view, std::string_view> reasons = {};
  return reasons;
}

}  // namespace

std::vector<Rule> rules() {
  std::vector<Rule> all;
  for (std::vector<Rule> family :
       {configuration_rules(), product_rules(), stock_rules(), life_rules(), event_rules(),
        order_rules(), content_rules(), document_rules()}) {
    std::move(family.begin(), family.end(), std::back_inserter(all));
  }
  for (const auto& [id, reason] : reasons()) {
    all.push_back(not_judged(page(), id, std::string(reason)));
  }
  for (const Sentence& text : page().sentences) {
    bool there = false;
    for (const Rule& rule : all) there = there || rule.id == text.id;
    if (!there) all.push_back(not_judged(page(), text.id, "not judged yet"));
  }
  return in_order(page(), std::move(all));
}

std::vector<harness::Switch> switches() {
  const std::vector<Rule> all = rules();
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
