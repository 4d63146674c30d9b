#include "harness/subject/passing.hpp"
#include "scenarios/systim/bugs.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::CommandResult;
using harness::PassingSubject;
using harness::Subject;

class AlwaysTicking final : public PassingSubject {
 public:
  using PassingSubject::PassingSubject;
  CommandResult run(std::string_view command) override {
    return PassingSubject::run(command == "tick" ? "all" : command);
  }
};

class NeverTicking final : public PassingSubject {
 public:
  using PassingSubject::PassingSubject;
  CommandResult run(std::string_view command) override {
    if (command == "tick") return {.ok = true, .summary = "nothing to do"};
    return PassingSubject::run(command);
  }
};

template <typename T>
std::unique_ptr<Subject> in(std::unique_ptr<Subject> core) {
  return std::make_unique<T>(std::move(core));
}

}  // namespace

std::vector<Bug> command_bugs() {
  return {
      {.name = "runs-while-unticked",
       .about = "Runs automatically whether or not the option is ticked.",
       .caught_by = {"SYSTIM-CONF-03", "SYSTIM-CONF-05", "SYSTIM-STOCK-12", "SYSTIM-ORD-10"},
       .wrap = in<AlwaysTicking>},
      {.name = "never-runs-by-itself",
       .about = "Leaves everything to the commands by hand.",
       .caught_by = {"SYSTIM-STOCK-12", "SYSTIM-STOCK-15", "SYSTIM-ORD-10", "SYSTIM-CONF-05"},
       .wrap = in<NeverTicking>},
  };
}

}  // namespace atrapa::scenarios::systim
