#include "scenarios/all.hpp"

#include "harness/subject/core_subject.hpp"
#include "scenarios/systim/bugs.hpp"
#include "scenarios/systim/flows.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios {
namespace {

void add_bugs(harness::RuleSet& set, const std::vector<systim::Bug>& bugs) {
  for (const systim::Bug& bug : bugs) {
    set.subjects.push_back(systim::subject_of(bug));
    set.bugs.push_back({.name = bug.name, .about = bug.about, .caught_by = bug.caught_by});
  }
}

harness::RuleSet make_all() {
  harness::RuleSet set;
  set.rules = systim::rules();
  set.switches = systim::switches();
  set.flows = systim::flows();
  set.subjects.push_back(harness::core_subject("core"));
  add_bugs(set, systim::stock_bugs());
  add_bugs(set, systim::pairing_bugs());
  add_bugs(set, systim::order_bugs());
  add_bugs(set, systim::paging_bugs());
  add_bugs(set, systim::command_bugs());
  add_bugs(set, systim::product_bugs());
  add_bugs(set, systim::csv_bugs());
  add_bugs(set, systim::life_bugs());
  add_bugs(set, systim::desk_bugs());
  return set;
}

}  // namespace

const harness::RuleSet& all_rules() {
  static const harness::RuleSet set = make_all();
  return set;
}

}  // namespace atrapa::scenarios
