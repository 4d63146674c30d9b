#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "harness/cli/cli.hpp"
#include "harness/cli/machine.hpp"

namespace atrapa::harness::cli {

/// A machine without a terminal, whose clock ticks a second with each look and whose user asks for
/// the end at once.
class PaperMachine final : public Machine {
 public:
  std::ostream& out() override { return out_; }
  std::ostream& err() override { return err_; }
  report::Style style() const override { return {.colour = false, .width = 100}; }
  bool err_is_terminal() const override { return terminal; }
  std::size_t err_width() const override { return 80; }
  mocks::kit::Instant now() const override { return mocks::kit::Instant{}; }
  double seconds() const override { return seconds_ += 1; }
  int cores() const override { return 2; }
  void catch_end_signals() override {}
  bool end_requested() const override { return true; }
  bool wait(std::optional<mocks::kit::Duration>) override { return true; }

  std::string printed() const { return out_.str(); }
  std::string complained() const { return err_.str(); }

  bool terminal = false;

 private:
  std::ostringstream out_;
  std::ostringstream err_;
  mutable double seconds_ = 0;
};

/// What a command line came to.
struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

/// Runs the words behind "atrapa" with these rules.
inline Ran run(const std::vector<std::string>& words, const RuleSet& set,
               const std::string& demo_bug = "keeps-order-blindly") {
  std::vector<const char*> argv{"atrapa"};
  for (const std::string& word : words) argv.push_back(word.c_str());
  PaperMachine machine;
  const Program program{
      .rules = [&]() -> const RuleSet& { return set; }, .demo_bug = demo_bug, .machine = machine};
  const int code = run_cli(static_cast<int>(argv.size()), argv.data(), program);
  return {code, machine.printed(), machine.complained()};
}

}  // namespace atrapa::harness::cli
