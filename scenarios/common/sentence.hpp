#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/run/rule.hpp"

namespace atrapa::scenarios {

/// One sentence of the documentation, in our words. Ids are permanent.
struct Sentence {
  std::string_view id;
  harness::Level level;
  harness::Provenance provenance;
  std::string_view section;  ///< The page's own heading.
  std::string_view says;
};

/// A page of documentation, and what connects the two programs that it is about.
struct Page {
  std::string_view integration;  ///< As `atrapa sync` calls it: "ebiuro-base".
  std::string_view document;     ///< Title or address.
  std::span<const Sentence> sentences;
};

/// The sentence of that id; throws std::logic_error where there is none.
const Sentence& sentence(const Page& page, std::string_view id);

/// A rule that has its sentence and source, and nothing else yet.
harness::Rule rule_of(const Page& page, std::string_view id);

/// A sentence that nothing judges, and why.
harness::Rule not_judged(const Page& page, std::string_view id, std::string reason);

/// The rules in the order of the page; throws std::logic_error where one is missing or there twice.
std::vector<harness::Rule> in_order(const Page& page, std::vector<harness::Rule> rules);

/// The switch of that name with the rules of `rules` that read it; the default value first.
harness::Switch make_switch(std::string name, std::vector<std::string> values,
                            const std::vector<harness::Rule>& rules);

/// The value of a switch; throws std::logic_error for one that is not there.
std::string_view value_of(const harness::SwitchValues& switches, std::string_view name);

}  // namespace atrapa::scenarios
