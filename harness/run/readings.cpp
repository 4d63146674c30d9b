#include "harness/run/readings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/run/switches.hpp"
#include "harness/subject/passing.hpp"

namespace atrapa::harness {
namespace {

/// Told another value of one switch than the case is made by.
class Mistold final : public PassingSubject {
 public:
  Mistold(std::unique_ptr<Subject> inner, std::string name, std::string value)
      : PassingSubject(std::move(inner)), name_(std::move(name)), value_(std::move(value)) {}

  void configure(const SubjectSetup& setup) override { PassingSubject::configure(turned(setup)); }
  LifeCycle* life() override {
    LifeCycle* const inner = PassingSubject::life();
    if (inner == nullptr) return nullptr;
    life_.emplace(*this, *inner);
    return &*life_;
  }

 private:
  class Life final : public LifeCycle {
   public:
    Life(const Mistold& whole, LifeCycle& inner) : whole_(whole), inner_(inner) {}
    void begin(const SubjectSetup& setup) override { inner_.begin(whole_.turned(setup)); }
    mocks::kit::Response receive(const mocks::kit::Request& message) override {
      return inner_.receive(message);
    }
    CommandResult save_form(const ConnectorForm& form) override { return inner_.save_form(form); }
    std::string new_api_key(const std::string& login) override { return inner_.new_api_key(login); }
    void delete_user(const std::string& login) override { inner_.delete_user(login); }
    std::vector<ShownKey> show_keys() override { return inner_.show_keys(); }

   private:
    const Mistold& whole_;
    LifeCycle& inner_;
  };

  SubjectSetup turned(SubjectSetup setup) const {
    setup.switches[name_] = value_;
    return setup;
  }

  std::string name_, value_;
  std::optional<Life> life_;
};

class MistoldKind final : public SubjectKind {
 public:
  MistoldKind(const SubjectKind& inner, std::string name, std::string value)
      : inner_(inner), name_(std::move(name)), value_(std::move(value)) {}

  std::string_view name() const override { return inner_.name(); }
  std::unique_ptr<Subject> make(Wire& wire, std::string_view integration) const override {
    return std::make_unique<Mistold>(inner_.make(wire, integration), name_, value_);
  }

 private:
  const SubjectKind& inner_;
  std::string name_, value_;
};

std::vector<const Rule*> rules_of(const RuleSet& set, const Switch& one) {
  std::vector<const Rule*> rules;
  for (const Rule& rule : set.rules) {
    const bool reads = std::find(one.rules.begin(), one.rules.end(), rule.id) != one.rules.end();
    if (reads && !rule.not_judged) rules.push_back(&rule);
  }
  return rules;
}

ReadingResult measure(const RuleSet& set, const Switch& one, const std::string& judged,
                      const std::string& kept, CampaignOptions options) {
  const MistoldKind mistold(*options.subject, one.name, kept);
  options.subject = &mistold;
  options.switches[one.name] = judged;
  options.stop_at_first = false;
  ReadingResult result{
      .of = &one, .judged = judged, .kept = kept, .told_by = {}, .not_judged_by = {}};
  for (const RuleResult& rule : run_campaign(rules_of(set, one), options).rules) {
    if (rule.verdict == Verdict::Violated) result.told_by.push_back(rule.rule->id);
    if (rule.verdict == Verdict::NotJudged) {
      result.not_judged_by.push_back(fmt::format("{}: {}", rule.rule->id, rule.reason));
    }
  }
  return result;
}

}  // namespace

std::vector<ReadingResult> measure_readings(
    const RuleSet& set, const CampaignOptions& options, const std::vector<std::string>& only,
    const std::function<void(const ReadingResult&)>& progress) {
  for (const std::string& name : only) {
    if (std::none_of(set.switches.begin(), set.switches.end(),
                     [&](const Switch& one) { return one.name.starts_with(name); })) {
      throw SwitchError(fmt::format("there is no switch '{}'", name));
    }
  }
  std::vector<ReadingResult> results;
  for (const Switch& one : set.switches) {
    const bool wanted =
        only.empty() || std::any_of(only.begin(), only.end(), [&](const std::string& name) {
          return one.name.starts_with(name);
        });
    if (!wanted) continue;
    for (const std::string& judged : one.values) {
      for (const std::string& kept : one.values) {
        if (judged == kept) continue;
        results.push_back(measure(set, one, judged, kept, options));
        if (progress) progress(results.back());
      }
    }
  }
  return results;
}

}  // namespace atrapa::harness
