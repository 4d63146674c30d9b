// What a vendor's own test of its connector looks like: the fake shop in process, and a rule judged
// on a connector of the vendor's own. Built against the installed package.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "harness/run/campaign.hpp"
#include "harness/run/switches.hpp"
#include "harness/world/world.hpp"
#include "mocks/kit/host.hpp"
#include "mocks/shoper/shoper.hpp"
#include "scenarios/all.hpp"

namespace {

using namespace atrapa;

/// A connector that claims success and does nothing: the judge must see through it.
class IdleConnector final : public harness::Subject {
 public:
  void configure(const harness::SubjectSetup& setup) override { view_.products = setup.products; }
  harness::CommandResult run(std::string_view) override { return {true, "nothing to do"}; }
  void restart() override {}
  void edit_product(const harness::ErpProduct&) override {}
  harness::ErpView look() override { return view_; }

 private:
  harness::ErpView view_;
};

class IdleKind final : public harness::SubjectKind {
 public:
  std::string_view name() const override { return "idle"; }
  std::unique_ptr<harness::Subject> make(harness::Wire&, std::string_view) const override {
    return std::make_unique<IdleConnector>();
  }
};

void require(bool condition, const char* sentence) {
  std::printf("%s  %s\n", condition ? "ok    " : "FAILED", sentence);
  if (!condition) std::exit(1);
}

void fake_answers_in_process() {
  const auto world = harness::parse_world(harness::embedded_world("demo"), "demo");
  auto shoper = mocks::shoper::make_shoper();
  shoper->restore(world.shoper);
  const mocks::kit::VirtualClock clock(world.now);
  mocks::kit::Host host(std::move(shoper), clock, /*seed=*/1);

  const auto refused = host.handle({"GET", "/webapi/rest/products", {}, ""});
  require(refused.response.status == 401, "the fake refuses a call without a token");

  const auto pair = "client_id=demo&client_secret=demo-password";
  const auto granted = host.handle({"POST", std::string("/webapi/rest/auth?") + pair, {}, ""});
  require(granted.response.status == 200, "the fake grants a token");
}

void judge_sees_through_an_idle_connector() {
  const auto& all = scenarios::all_rules();
  harness::CampaignOptions options;
  options.cases = 20;
  options.switches = harness::resolve_switches(all.switches, {});
  for (const auto& rule : all.rules) {
    if (rule.id != "SYSTIM-CMD-03") continue;
    options.subject = all.subjects.front().get();
    const auto core = harness::run_campaign({&rule}, options);
    require(core.rules.front().verdict == harness::Verdict::Holds,
            "the reference core keeps SYSTIM-CMD-03");

    const IdleKind idle;
    options.subject = &idle;
    const auto broken = harness::run_campaign({&rule}, options);
    require(broken.rules.front().verdict == harness::Verdict::Violated,
            "an idle connector breaks SYSTIM-CMD-03");
    return;
  }
  require(false, "SYSTIM-CMD-03 is among the rules");
}

}  // namespace

int main() {
  fake_answers_in_process();
  judge_sees_through_an_idle_connector();
}
