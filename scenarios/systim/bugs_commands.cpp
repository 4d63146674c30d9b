#include "scenarios/systim/bugs.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::CommandResult;
using harness::Subject;

/// The core behind a dispatcher of its commands.
class Dispatched : public Subject {
 public:
  explicit Dispatched(std::unique_ptr<Subject> core) : core_(std::move(core)) {}

  void configure(const harness::SubjectSetup& setup) override { core_->configure(setup); }
  CommandResult run(std::string_view command) override { return core_->run(command); }
  void restart() override { core_->restart(); }
  void set_automatic(bool on) override { core_->set_automatic(on); }
  void order_announced(const std::string& id) override { core_->order_announced(id); }
  void edit_product(const harness::ErpProduct& product) override { core_->edit_product(product); }
  harness::LifeCycle* life() override { return core_->life(); }
  harness::Desk* desk() override { return core_->desk(); }
  harness::ErpView look() override { return core_->look(); }

 private:
  std::unique_ptr<Subject> core_;
};

class AlwaysTicking final : public Dispatched {
 public:
  using Dispatched::Dispatched;
  CommandResult run(std::string_view command) override {
    return Dispatched::run(command == "tick" ? "all" : command);
  }
};

class NeverTicking final : public Dispatched {
 public:
  using Dispatched::Dispatched;
  CommandResult run(std::string_view command) override {
    if (command == "tick") return {.ok = true, .summary = "nothing to do"};
    return Dispatched::run(command);
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
