#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/chaos/flow.hpp"
#include "harness/subject/erp.hpp"
#include "harness/subject/subject.hpp"

namespace atrapa::harness {

class Bench;

enum class Level { Must, Should, May, Info };
enum class Provenance { Seed, Doc, Client, Inferred };

std::string_view to_string(Level level);
std::string_view to_string(Provenance provenance);

/// Where the documented sentence stands.
struct Citation {
  std::string document;  ///< Title or address of the page.
  std::string section;   ///< Its heading, in the page's language.
};

/// One thing a rule found wrong.
struct Finding {
  std::string what;  ///< "stock of 'BUT-42'"
  std::string expected;
  std::string observed;
};

/// What the oracle of one case says. Expectations add up; without a finding the case holds.
class Judgement {
 public:
  template <typename T>
  void expect_equal(std::string what, const T& expected, const T& observed) {
    ++checks_;
    if (expected == observed) return;
    findings_.push_back({std::move(what), show(expected), show(observed)});
  }
  void expect(bool condition, std::string what, std::string expected, std::string observed) {
    ++checks_;
    if (condition) return;
    findings_.push_back({std::move(what), std::move(expected), std::move(observed)});
  }

  const std::vector<Finding>& findings() const { return findings_; }
  bool violated() const { return !findings_.empty(); }
  /// Expectations looked at. A case with none proves nothing and is counted as such.
  std::size_t checks() const { return checks_; }

 private:
  static std::string show(const std::string& text) { return text; }
  static std::string show(const std::vector<std::string>& texts);
  static std::string show(std::int64_t number) { return std::to_string(number); }
  static std::string show(std::uint64_t number) { return std::to_string(number); }
  static std::string show(int number) { return std::to_string(number); }
  static std::string show(bool value) { return value ? "yes" : "no"; }

  std::vector<Finding> findings_;
  std::size_t checks_ = 0;
};

/// One generated, recorded or shrunk input of a rule, its type erased.
class Case {
 public:
  virtual ~Case() = default;
  /// The whole input; `Rule::read_case` reads it back.
  virtual Json to_json() const = 0;
  /// Records planted: what "smallest" is measured in.
  virtual std::size_t size() const = 0;
  /// Smaller candidates, most promising first, made one at a time; null when there are no more.
  virtual std::function<std::unique_ptr<Case>()> shrinks() const = 0;
  virtual void judge(Bench& bench, Judgement& judgement) const = 0;
};

/// One documented sentence made checkable. A value: copy it, list it, select from it.
struct Rule {
  std::string id;           ///< "SYSTIM-STOCK-04"; permanent.
  std::string integration;  ///< "systim-shoper"
  Level level = Level::Must;
  Provenance provenance = Provenance::Seed;
  std::string statement;  ///< The sentence in our words.
  Citation source;
  std::vector<std::string> switches;  ///< Names of the switches that this rule reads.

  /// Why the rule is not judged; then `generate` and `read_case` are empty.
  std::optional<std::string> not_judged;
  /// The case of that seed. `size` grows over a campaign from 0 to 100.
  std::function<std::unique_ptr<Case>(std::uint64_t seed, int size, const SwitchValues&)> generate;
  /// A case from a replay file. Throws std::runtime_error where the JSON does not fit.
  std::function<std::unique_ptr<Case>(const Json&)> read_case;
};

/// A switch with its values, the default first.
struct Switch {
  std::string name;
  std::vector<std::string> values;
  std::vector<std::string> rules;
};

/// What main hands to the command line.
struct RuleSet {
  std::vector<Rule> rules;
  std::vector<Switch> switches;
  /// "core" first, then the planted bugs "core:NAME".
  std::vector<std::shared_ptr<const SubjectKind>> subjects;
  /// For each planted bug: the rules that must catch it.
  struct PlantedBug {
    std::string name;  ///< Without "core:".
    std::string about;
    std::vector<std::string> caught_by;
  };
  std::vector<PlantedBug> bugs;
  /// The flows that chaos/ drives through every accident.
  std::vector<ChaosFlow> flows;
};

}  // namespace atrapa::harness
