#include "scenarios/all.hpp"

#include <iterator>

#include "harness/subject/core_subject.hpp"
#include "scenarios/ebiuro/group.hpp"
#include "scenarios/firmino/group.hpp"
#include "scenarios/fiscal/group.hpp"
#include "scenarios/platform/group.hpp"
#include "scenarios/systim/bugs.hpp"
#include "scenarios/systim/flows.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios {
namespace {

template <typename Bug>
void add_bugs(harness::RuleSet& set, const std::vector<Bug>& bugs) {
  for (const Bug& bug : bugs) {
    set.subjects.push_back(subject_of(bug));
    set.bugs.push_back({.name = bug.name, .about = bug.about, .caught_by = bug.caught_by});
  }
}

template <typename T>
void append(std::vector<T>& all, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

harness::RuleSet make_all() {
  harness::RuleSet set;
  set.rules = systim::rules();
  append(set.rules, ebiuro::rules());
  append(set.rules, firmino::rules());
  append(set.rules, fiscal::rules());
  append(set.rules, platform::rules());
  set.switches = systim::switches();
  append(set.switches, ebiuro::switches());
  append(set.switches, firmino::switches());
  append(set.switches, fiscal::switches());
  set.flows = systim::flows();
  append(set.flows, ebiuro::flows());
  append(set.flows, firmino::flows());
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
  add_bugs(set, ebiuro::bugs());
  add_bugs(set, firmino::bugs());
  add_bugs(set, fiscal::bugs());
  add_bugs(set, platform::bugs());
  return set;
}

}  // namespace

const harness::RuleSet& all_rules() {
  static const harness::RuleSet set = make_all();
  return set;
}

}  // namespace atrapa::scenarios
