#include "scenarios/systim/generators.hpp"

#include <stdexcept>

#include "harness/run/make_rule.hpp"
#include "scenarios/systim/catalogue.hpp"
#include "scenarios/systim/sentences.hpp"

namespace atrapa::scenarios::systim {
namespace {

/// Any of the values at any size: an edge set is to be seen from the first case on. Shrinks to
/// every smaller value in turn, the smallest first: an index says nothing about its neighbours, so
/// that halving it would end at whatever edge lies on the way.
rc::Gen<int> below(int values) {
  const auto any = rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, values));
  return [any](const rc::Random& random, int size) {
    return rc::shrinkable::shrinkRecur(any(random, size).value(),
                                       [](int value) { return rc::seq::range(0, value); });
  };
}

rc::Gen<std::vector<Gene>> genes(const Shape& shape) {
  const auto gene = rc::gen::build<Gene>(
      rc::gen::set(&Gene::edge, below(shape.edges)),
      rc::gen::set(&Gene::second, below(shape.seconds)), rc::gen::set(&Gene::a, below(shape.a)),
      rc::gen::set(&Gene::b, below(shape.b)), rc::gen::set(&Gene::c, below(shape.c)),
      rc::gen::set(&Gene::d, below(shape.d)));
  // From one gene at size 0 to `most` at size 100.
  return rc::gen::withSize([gene, most = shape.most](int size) {
    const int longest = 1 + size * (most - 1) / rc::kNominalSize;
    return rc::gen::nonEmpty(rc::gen::resize(longest, rc::gen::container<std::vector<Gene>>(gene)));
  });
}

harness::Citation citation(const Sentence& sentence) {
  return {.document = std::string(kDocument), .section = std::string(sentence.section)};
}

}  // namespace

std::string_view value_of(const harness::SwitchValues& switches, std::string_view name) {
  const auto found = switches.find(name);
  if (found == switches.end()) {
    throw std::logic_error("switch " + std::string(name) + " has no value here");
  }
  return found->second;
}

template <typename T>
harness::Rule make(Draft<T> draft) {
  const Sentence& text = sentence(draft.id);
  return harness::make_rule(harness::RuleSpec<T>{
      .id = std::string(text.id),
      .integration = std::string(kIntegration),
      .level = text.level,
      .provenance = text.provenance,
      .says = std::string(text.says),
      .source = citation(text),
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

harness::Rule not_judged(std::string_view id, std::string reason) {
  const Sentence& text = sentence(id);
  harness::Rule rule;
  rule.id = text.id;
  rule.integration = kIntegration;
  rule.level = text.level;
  rule.provenance = text.provenance;
  rule.statement = text.says;
  rule.source = citation(text);
  rule.not_judged = std::move(reason);
  return rule;
}

}  // namespace atrapa::scenarios::systim
