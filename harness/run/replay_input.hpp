#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/run/rule.hpp"

namespace atrapa::harness {

/// A place of a JSON document that its reader did not take as it stands.
struct Misfit {
  std::string pointer;    ///< From the top of the document: "/pairs/0/erpp".
  std::string problem;    ///< What is wrong, what was expected; "" where `left_out`.
  bool left_out = false;  ///< A member that the reader did not write down again: nobody read it, or
                          ///< it has its usual value.
};

/// What the reader of `given` did not take: how it differs from `back`, which is what was read,
/// written down again. Members that only `back` has are the reader's own and no misfit.
std::vector<Misfit> misfits(const Json& given, const Json& back);

/// The rule's case out of a replay file, read strictly: each member has to be one that the rule
/// reads, each value one that it keeps. What a rule keeps unread for its oracle is taken as it is.
/// Throws ReplayError where it does not fit: the file (`origin`, if any), the JSON pointer from its
/// top ("/input/pairs/0/erpp"), what is wrong and what is known there.
std::unique_ptr<Case> read_input(const Rule& rule, const Json& input, const SwitchValues& switches,
                                 const std::string& origin);

/// "replay.json: /switches: there is no ...", without the file where there is none.
std::string at_place(const std::string& origin, const std::string& pointer,
                     const std::string& problem);

}  // namespace atrapa::harness
