#pragma once

// Heavy: pulls in RapidCheck. Only the files that hold rules include it.
#include <rapidcheck.h>

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/bench/bench.hpp"
#include "harness/run/rule.hpp"

namespace atrapa::harness {

/// How a rule is written down. `T` is the case: a plain struct with `to_json` / `from_json` (over
/// harness::Json) and `std::size_t records(const T&)`, the number of records it plants.
template <typename T>
struct RuleSpec {
  std::string id;
  std::string integration;
  Level level = Level::Must;
  Provenance provenance = Provenance::Seed;
  std::string says;
  Citation source;
  std::vector<std::string> switches = {};
  std::function<rc::Gen<T>(const SwitchValues&)> inputs;
  std::function<void(const T&, Bench&, Judgement&)> oracle;
};

namespace detail {

template <typename T>
class TypedCase final : public Case {
 public:
  using Oracle = std::function<void(const T&, Bench&, Judgement&)>;

  TypedCase(rc::Shrinkable<T> shrinkable, std::shared_ptr<const Oracle> oracle)
      : shrinkable_(std::move(shrinkable)),
        value_(shrinkable_.value()),
        oracle_(std::move(oracle)) {}

  Json to_json() const override { return Json(value_); }
  std::size_t size() const override { return records(value_); }
  void judge(Bench& bench, Judgement& judgement) const override {
    (*oracle_)(value_, bench, judgement);
  }
  std::function<std::unique_ptr<Case>()> shrinks() const override {
    return
        [candidates = shrinkable_.shrinks(), oracle = oracle_]() mutable -> std::unique_ptr<Case> {
          auto next = candidates.next();
          if (!next) return nullptr;
          return std::make_unique<TypedCase>(*std::move(next), oracle);
        };
  }

 private:
  rc::Shrinkable<T> shrinkable_;
  T value_;
  std::shared_ptr<const Oracle> oracle_;
};

}  // namespace detail

template <typename T>
Rule make_rule(RuleSpec<T> spec) {
  auto oracle = std::make_shared<const std::function<void(const T&, Bench&, Judgement&)>>(
      [integration = spec.integration, judge = std::move(spec.oracle)](const T& input, Bench& bench,
                                                                       Judgement& judgement) {
        bench.seat(integration);
        judge(input, bench, judgement);
      });
  Rule rule;
  rule.id = std::move(spec.id);
  rule.integration = spec.integration;
  rule.level = spec.level;
  rule.provenance = spec.provenance;
  rule.statement = std::move(spec.says);
  rule.source = std::move(spec.source);
  rule.switches = std::move(spec.switches);
  rule.generate = [inputs = std::move(spec.inputs), oracle](
                      std::uint64_t seed, int size,
                      const SwitchValues& switches) -> std::unique_ptr<Case> {
    return std::make_unique<detail::TypedCase<T>>(inputs(switches)(rc::Random(seed), size), oracle);
  };
  rule.read_case = [oracle](const Json& json) -> std::unique_ptr<Case> {
    return std::make_unique<detail::TypedCase<T>>(rc::shrinkable::just(json.template get<T>()),
                                                  oracle);
  };
  return rule;
}

}  // namespace atrapa::harness
