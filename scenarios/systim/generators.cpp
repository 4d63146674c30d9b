#include "scenarios/systim/generators.hpp"

#include "harness/run/make_rule.hpp"
#include "scenarios/common/genes.hpp"
#include "scenarios/systim/catalogue.hpp"
#include "scenarios/systim/sentences.hpp"

namespace atrapa::scenarios::systim {
template <typename T>
harness::Rule make(Draft<T> draft) {
  const harness::Rule text = rule_of(page(), draft.id);
  return harness::make_rule(harness::RuleSpec<T>{
      .id = text.id,
      .integration = text.integration,
      .level = text.level,
      .provenance = text.provenance,
      .says = text.statement,
      .source = text.source,
      .switches = std::move(draft.switches),
      .inputs =
          [shape = std::move(draft.shape),
           build = std::move(draft.build)](const harness::SwitchValues& switches) {
            return rc::gen::map(
                genes(shape(switches)),
                [build, switches](const std::vector<Gene>& list) { return build(list, switches); });
          },
      .oracle = std::move(draft.oracle),
  });
}

template harness::Rule make(Draft<LifeCase>);
template harness::Rule make(Draft<DeskCase>);
template harness::Rule make(Draft<PairCase>);
template harness::Rule make(Draft<OrderCase>);
template harness::Rule make(Draft<ArrivalCase>);
template harness::Rule make(Draft<HistoryCase>);
template harness::Rule make(Draft<ChangesCase>);
template harness::Rule make(Draft<CatalogueCase>);

}  // namespace atrapa::scenarios::systim
