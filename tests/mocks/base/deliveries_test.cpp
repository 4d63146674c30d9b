#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "mocks/kit/host.hpp"
#include "mocks/kit/webhook_sender.hpp"
#include "tests/mocks/base/account.hpp"

// Automatic actions' "call URL" on its way: in order, lost, doubled, late.

using namespace atrapa::tests::base;
using namespace atrapa::mocks;
using kit::DeliveryFault;
using kit::DeliveryFaultKind;

namespace atrapa::mocks::kit {

std::ostream& operator<<(std::ostream& out, const DeliveryFault& fault) {
  return out << fault.delivery << ' ' << to_string(fault.kind) << " behind " << fault.behind;
}

}  // namespace atrapa::mocks::kit

namespace {

using Texts = std::vector<std::string>;

Json rule_calling(const std::string& event, const std::string& target) {
  return {{"event", event},
          {"actions", {{{"kind", "call_url"}, {"url", "http://127.0.0.1:9" + target}}}}};
}

/// A Base whose rules call a program: on new products, and on orders that get the status 2 or 3.
struct Wired {
  explicit Wired(std::function<void(const std::string&)> receive = [](const auto&) {})
      : receive_(std::move(receive)),
        clock(monday()),
        host(base_with_rules(), clock, 1),
        sender([this](const std::string&, const kit::Request& request) {
          arrived.push_back(fmt::format("{} {}", request.method, request.target));
          receive_(request.target);
          return 200;
        }) {}

  Json call(std::string_view method, const Json& parameters) {
    clock.advance(std::chrono::seconds{1});
    return Json::parse(host.handle(post(method, parameters.dump())).response.body);
  }
  void add_product() { call("addInventoryProduct", {{"inventory_id", 307}}); }
  void send() { sender.send_due(host); }
  Texts outcomes() {
    Texts all;
    for (const auto& one : host.journal().deliveries()) {
      all.push_back(fmt::format("{} {}", one.request.target, one.outcome));
    }
    return all;
  }

 private:
  static std::unique_ptr<kit::Platform> base_with_rules() {
    auto platform = base::make_base();
    platform->restore(Json::array({small_account()}));
    base::Backdoor door(*platform);
    door.plant("rules", rule_calling("product_created", "/p?[produkt_id]"));
    Json chosen = rule_calling("status_set", "/o?[numer_zamowienia]");
    chosen["statuses"] = {2, 3};
    door.plant("rules", chosen);
    for (int id = 1; id <= 5; ++id) {
      door.plant("orders", {{"order_id", id}, {"order_status_id", 1}, {"date_confirmed", 1}});
    }
    return platform;
  }

  std::function<void(const std::string&)> receive_;

 public:
  kit::VirtualClock clock;
  kit::Host host;
  kit::WebhookSender sender;
  Texts arrived;
};

int number_below(int bound) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, bound));
}

/// Each delivery with at most one fault; about half of them.
kit::DeliveryFaultPlan any_plan(int deliveries) {
  kit::DeliveryFaultPlan plan;
  for (int at = 0; at < deliveries; ++at) {
    if (number_below(2) == 0) continue;
    plan.push_back({.delivery = static_cast<std::uint64_t>(at),
                    .kind = *rc::gen::element(DeliveryFaultKind::Lost, DeliveryFaultKind::Doubled,
                                              DeliveryFaultKind::Late),
                    .behind = static_cast<std::uint64_t>(1 + number_below(4))});
  }
  return plan;
}

}  // namespace

TEST_CASE("Addresses are called by GET, oldest first, and each call stands in the journal",
          "[base][automation][webhook]") {
  Wired base;
  base.add_product();
  base.call("setOrderStatus", {{"order_id", 4}, {"status_id", 2}});
  base.add_product();
  base.send();
  CHECK(base.arrived == Texts{"GET /p?1", "GET /o?4", "GET /p?2"});
  CHECK(base.outcomes() == Texts{"/p?1 delivered", "/o?4 delivered", "/p?2 delivered"});
  CHECK(base.host.journal().deliveries().front().platform == "base");
  CHECK(base.host.journal().deliveries().front().account == "test");
  CHECK(base.host.journal().deliveries().front().event == "product_created");
}

TEST_CASE("A call is lost, doubled or late as the plan has it", "[base][automation][webhook]") {
  Wired base;
  base.sender.arm({{.delivery = 0, .kind = DeliveryFaultKind::Late, .behind = 2},
                   {.delivery = 1, .kind = DeliveryFaultKind::Lost},
                   {.delivery = 3, .kind = DeliveryFaultKind::Doubled}});
  for (int i = 0; i < 4; ++i) base.add_product();
  base.send();
  CHECK(base.outcomes() == Texts{"/p?2 lost", "/p?3 delivered", "/p?1 delivered late",
                                 "/p?4 delivered", "/p?4 delivered again"});
  CHECK(base.arrived == Texts{"GET /p?3", "GET /p?1", "GET /p?4", "GET /p?4"});
}

TEST_CASE("A fault plan changes what arrives of the calls and nothing else",
          "[base][automation][webhook][property]") {
  CHECK(rc::check("any number of calls, any plan", [] {
    const int count = 1 + number_below(12);
    const kit::DeliveryFaultPlan plan = any_plan(count);
    RC_LOG() << rc::toString(plan) << '\n';
    Wired quiet;
    Wired base;
    base.sender.arm(plan);
    for (int i = 0; i < count; ++i) {
      base.add_product();
      quiet.add_product();
      if (number_below(3) == 0) base.send();  // At any moments.
    }
    base.send();
    base.sender.send_held_back(base.host);
    RC_ASSERT(base.host.platform().snapshot() == quiet.host.platform().snapshot());

    std::map<int, std::vector<std::size_t>> places;  // Of the call about each product.
    for (std::size_t at = 0; at < base.arrived.size(); ++at) {
      places[std::stoi(base.arrived[at].substr(7)) - 1].push_back(at);
    }
    std::map<int, DeliveryFault> faults;
    for (const DeliveryFault& fault : plan) faults[static_cast<int>(fault.delivery)] = fault;
    const auto late = [&](int call) {
      return faults.contains(call) && faults[call].kind == DeliveryFaultKind::Late;
    };
    for (int call = 0; call < count; ++call) {
      const bool lost = faults.contains(call) && faults[call].kind == DeliveryFaultKind::Lost;
      const bool doubled = faults.contains(call) && faults[call].kind == DeliveryFaultKind::Doubled;
      RC_ASSERT(places[call].size() == (lost ? 0u : doubled ? 2u : 1u));
      for (int later = call + 1; later < count; ++later) {
        if (lost || places[later].empty() || late(later)) continue;
        const bool goes_first = late(call) && later <= call + static_cast<int>(faults[call].behind);
        RC_ASSERT((places[later].back() < places[call].front()) == goes_first);
      }
    }
  }));
}

TEST_CASE("Who reads what a call names, and the journal at last, has every order as Base has it",
          "[base][automation][webhook][property]") {
  CHECK(rc::check("whatever becomes of the calls", [] {
    std::map<int, int> known;
    std::function<void(int)> look;
    Wired base([&](const std::string& target) { look(std::stoi(target.substr(3))); });
    look = [&](int id) {
      known[id] = base.call("getOrders", {{"order_id", id}})["orders"][0]["order_status_id"];
    };
    const int changes = 1 + number_below(12);
    base.sender.arm(any_plan(changes));
    for (int i = 0; i < changes; ++i) {
      base.call("setOrderStatus",
                {{"order_id", 1 + number_below(5)}, {"status_id", 2 + number_below(2)}});
      if (number_below(2) == 0) base.send();
    }
    base.send();
    const Json logs =
        base.call("getJournalList", {{"last_log_id", 0}, {"logs_types", {18}}})["logs"];
    std::set<int> touched;
    for (const Json& one : logs) touched.insert(one["order_id"].get<int>());
    for (const int id : touched) look(id);

    for (const auto& [id, status] : known) RC_ASSERT(touched.contains(id));
    const Json orders = base.call("getOrders", Json::object())["orders"];
    RC_ASSERT(orders.size() == 5);
    for (const Json& one : orders) {
      const auto found = known.find(one["order_id"].get<int>());
      RC_ASSERT((found == known.end() ? 1 : found->second) == one["order_status_id"]);
    }
  }));
}
