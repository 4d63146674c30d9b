#pragma once

#include <functional>
#include <string>

#include "harness/cli/machine.hpp"
#include "harness/run/rule.hpp"

namespace atrapa::harness::cli {

/// What a program of the judge's is made of. The rules come as an argument: no arrow runs back up,
/// and anybody can build a judge of rules of their own.
struct Program {
  std::function<const RuleSet&()> rules;  ///< Asked only by commands that need them.
  std::string demo_bug;                   ///< The planted bug that `demo` shows; a name in the set.
  Machine& machine;
};

/// Runs one command. 0: done, and nothing is wrong; 1: a rule is violated or a planted bug not
/// caught; 2: the harness or what it was given is at fault, told on err() as "atrapa: ...". Throws
/// nothing.
int run_cli(int argc, const char* const* argv, const Program& program);

}  // namespace atrapa::harness::cli
