#include "harness/bench/bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "harness/bench/carrier.hpp"
#include "harness/bench/gate.hpp"
#include "harness/bench/outdoors.hpp"
#include "harness/bench/prepared.hpp"
#include "mocks/base/panel.hpp"

namespace atrapa::harness {
namespace {

/// A case keeps its exchanges: 5,000 answers of full pages stay well below.
constexpr std::size_t kJournalBytes = std::size_t{512} << 20;

constexpr std::array<std::string_view, 4> kWritingMethods{"POST", "PUT", "DELETE", "PATCH"};

bool writes(std::string_view method) {
  return std::find(kWritingMethods.begin(), kWritingMethods.end(), method) != kWritingMethods.end();
}

/// "/webapi/rest/bulk/?x=1" gives "bulk"; "/webapi/rest/oauth/token" gives "oauth/token".
std::string_view resource(std::string_view target) {
  constexpr std::string_view kRoot = "/webapi/rest/";
  std::string_view path = target.substr(0, target.find('?'));
  const std::size_t root = path.find(kRoot);
  if (root != std::string_view::npos) path.remove_prefix(root + kRoot.size());
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

/// The parts of a bulk body that write; a body that cannot be read counts as one.
std::uint64_t bulk_writes(const std::string& body) {
  const Json parts = Json::parse(body, nullptr, false);
  if (!parts.is_array()) return 1;
  return static_cast<std::uint64_t>(std::count_if(parts.begin(), parts.end(), [](const Json& part) {
    const auto method = part.is_object() ? part.find("method") : part.end();
    return method != part.end() && method->is_string() &&
           writes(method->get_ref<const std::string&>());
  }));
}

/// Methods of Base that only read are called get...; what else the form names counts.
std::uint64_t base_writes(std::string_view form) {
  constexpr std::string_view kMethod = "method=";
  const std::size_t at = form.starts_with(kMethod) ? 0 : form.find("&method=");
  if (at == form.npos) return 0;
  form.remove_prefix(form.find('=', at) + 1);
  return form.starts_with("get") ? 0 : 1;
}

std::uint64_t writes_of(const mocks::kit::Request& request) {
  if (!writes(request.method)) return 0;
  const std::string_view what = resource(request.target);
  if (what == "auth" || what == "oauth/token") return 0;
  if (what == "/connector.php") return base_writes(request.body);
  return what == "bulk" ? bulk_writes(request.body) : 1;
}

/// Where cases begin whose subject has a clock of its own: now, to the second.
mocks::kit::Instant present_moment() {
  return std::chrono::time_point_cast<mocks::kit::Duration>(
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

constexpr std::string_view kUsualIntegration = "systim-shoper";
/// Whatever the subject integrates with Base.
constexpr std::string_view kBasePlatform = "base";
constexpr const char* kBaseUrl = "http://base.example";
/// Rules that call the connector, whose calls set off rules: Base's own chains end sooner.
constexpr int kCallRounds = 16;

template <typename Backdoor>
Backdoor& chosen(std::optional<Backdoor>& backdoor, const char* platform) {
  if (backdoor) return *backdoor;
  throw std::logic_error(fmt::format("this bench has no {}; see Bench::seat()", platform));
}

}  // namespace

struct Bench::Parts {
  Parts(const BenchOptions& chosen, std::string_view integration)
      : options(chosen),
        clock(prepared().now),
        of_base(integration == kBasePlatform || integration.ends_with("-base")),
        host((of_base ? prepared().base : prepared().shoper)->fork(), clock, chosen.seed,
             kJournalBytes),
        carrier(chosen.wire ? socket_carrier(host)
                            : direct_carrier(host, of_base ? kBaseUrl : prepared().access.url)),
        gate(*carrier, clock, chosen.exchange_budget),
        calls([this](const std::string&, const mocks::kit::Request& call) {
          return receive(call).status;
        }) {
    if (options.subject == nullptr) throw std::logic_error("a bench needs a subject");
    if (of_base) {
      base.emplace(host.platform(), prepared().base_own.account);
      other_base.emplace(host.platform(), prepared().base_other.account);
    } else {
      shop.emplace(host.platform(), prepared().account);
      other_shop.emplace(host.platform(), prepared().other.account);
    }
    if (const auto outside = options.subject->outside()) {
      if (!outside->is_virtual) clock.set(std::max(clock.now(), present_moment()));
      auto outdoors = std::make_unique<Outdoors>(host, gate, clock, *outside);
      gate.stand_for(outdoors.get());
      carrier = std::move(outdoors);
    }
    subject = options.subject->make(gate, integration);
    setup.integration = integration;
    if (!of_base) setup.shop = prepared().access;
    if (integration == kBasePlatform) setup.shop.password = prepared().base_own.token;
    setup.shop.url = carrier->url();
    setup.seed = options.seed;
    setup.switches = options.switches;
    setup.application = prepared().own.application;
    setup.application_secret = prepared().own.application_secret;
  }

  /// Runs `work`, which calls into the subject. False when the subject's process ended in it.
  template <typename Work>
  bool guarded(const Work& work) {
    gate.begin_command();
    try {
      work();
    } catch (const ProcessKilled&) {
    } catch (const EndlessCommand&) {
      endless = true;
    } catch (...) {
      // Whatever a dead process still throws on its way down is nobody's news.
      if (!gate.dead()) throw;
    }
    return !stuck() && !gate.dead();
  }

  /// Some command passed the exchange budget.
  bool stuck() const { return endless || gate.overrun(); }

  /// Taken already where the case is looking at an answer of a subject outside.
  std::unique_lock<std::mutex> lock_host() {
    std::unique_lock lock(mutex_of(host), std::defer_lock);
    if (!gate.answering()) lock.lock();
    return lock;
  }

  mocks::kit::Response receive(const mocks::kit::Request& call) {
    mocks::kit::Response answer{.status = 0, .headers = {}, .body = {}};
    if (gate.dead() || stuck()) return answer;
    if (!guarded([&] { answer = subject->receive(call); })) answer.status = 0;
    return answer;
  }

  /// Orders that were announced while the subject was at work.
  void announce() {
    for (const std::string& order : std::exchange(announced_meanwhile, {})) {
      if (gate.dead() || stuck()) return;
      guarded([&] { subject->order_announced(order); });
    }
  }

  /// What automatic actions have become due to call. Answers of the connector may give rise to
  /// more.
  void send_calls() {
    if (!of_base) return;
    for (int round = 0; round < kCallRounds && host.has_webhooks(); ++round) calls.send_due(host);
  }

  BenchOptions options;
  mocks::kit::VirtualClock clock;
  bool of_base;
  mocks::kit::Host host;
  std::optional<mocks::shoper::Backdoor> shop, other_shop;
  std::optional<mocks::base::Backdoor> base, other_base;
  std::unique_ptr<Carrier> carrier;
  Gate gate;
  mocks::kit::WebhookSender calls;
  std::unique_ptr<Subject> subject;
  SubjectSetup setup;
  std::vector<std::string> announced_meanwhile;
  std::vector<FailedRun> failed_runs;
  bool configured = false;
  bool endless = false;
};

Bench::Bench(const BenchOptions& options) : options_(options) {
  if (options.subject == nullptr) throw std::logic_error("a bench needs a subject");
}

Bench::~Bench() = default;

void Bench::seat(std::string_view integration) {
  if (!parts_) {
    parts_ = std::make_unique<Parts>(options_, integration);
  } else if (parts_->setup.integration != integration) {
    throw std::logic_error(
        fmt::format("Bench::seat for {} after {}", integration, parts_->setup.integration));
  }
}

Bench::Parts& Bench::parts() const {
  if (!parts_) parts_ = std::make_unique<Parts>(options_, kUsualIntegration);
  return *parts_;
}

mocks::shoper::Backdoor& Bench::shop() { return chosen(parts().shop, "Shoper"); }

mocks::base::Backdoor& Bench::base(bool other) {
  return chosen(other ? parts().other_base : parts().base, "Base");
}

void Bench::add_product(ErpProduct product) {
  if (parts().configured) {
    throw std::logic_error("Bench::add_product after configure(); use edit_product()");
  }
  parts().setup.products.push_back(std::move(product));
}

void Bench::configure(bool automatic) {
  parts().setup.automatic = automatic;
  parts().guarded([this] { parts().subject->configure(parts().setup); });
  parts().configured = true;
}

void Bench::begin() {
  LifeCycle& subject = life();
  parts().guarded([&] { subject.begin(parts().setup); });
  parts().configured = true;
}

LifeCycle& Bench::life() {
  LifeCycle* const life = parts().subject->life();
  if (life == nullptr) {
    throw Incapable("this subject cannot be installed, configured and taken out again");
  }
  parts().gate.begin_command();
  return *life;
}

Desk& Bench::desk() {
  Desk* const desk = parts().subject->desk();
  if (desk == nullptr) throw Incapable("this subject makes no documents");
  parts().gate.begin_command();
  return *desk;
}

const ShopIdentity& Bench::identity(bool other) const {
  return other ? prepared().other : prepared().own;
}

mocks::shoper::Backdoor& Bench::other_shop() { return chosen(parts().other_shop, "Shoper"); }

const BaseAccess& Bench::base_access(bool other) const {
  return other ? prepared().base_other : prepared().base_own;
}

DeedResult Bench::perform(std::string_view deed, const Json& arguments) {
  Parts& own = parts();
  if (own.stuck() || own.gate.dead()) return {.done = false, .why = "the connector does not run"};
  DeedResult result;
  if (!own.guarded([&] { result = own.subject->perform(deed, arguments); })) {
    result = {.done = false, .why = own.stuck() ? "broken off" : "killed"};
  }
  own.configured = true;
  own.send_calls();
  return result;
}

mocks::kit::Response Bench::call_connector(const mocks::kit::Request& call) {
  mocks::kit::Response answer = parts().receive(call);
  parts().send_calls();
  return answer;
}

Json Bench::panel(std::string_view operation, const Json& body, bool other) {
  Parts& own = parts();
  static_cast<void>(base());
  Json answer;
  {
    const auto lock = own.lock_host();
    own.host.act([&](mocks::kit::Platform& platform, mocks::kit::Context& context) {
      mocks::base::Panel panel(platform, base_access(other).account);
      answer = panel.perform(operation, body, context);
    });
  }
  own.send_calls();
  return answer;
}

void Bench::arm_calls(mocks::kit::DeliveryFaultPlan plan) { parts().calls.arm(std::move(plan)); }

void Bench::deliver_late() { parts().calls.send_held_back(parts().host); }

const std::deque<mocks::kit::Delivery>& Bench::calls() const {
  return parts().host.journal().deliveries();
}

CommandResult Bench::run(std::string_view command) {
  if (!parts().configured) throw std::logic_error("Bench::run before configure()");
  if (parts().stuck())
    return {.ok = false, .summary = "not started: an earlier command never ended"};
  if (parts().gate.dead())
    throw std::logic_error("Bench::run of a killed subject; restart() first");
  CommandResult result;
  const std::uint64_t passed = parts().gate.sent();
  const std::uint64_t seen = exchange_count();
  const bool ended = parts().guarded([&] { result = parts().subject->run(command); });
  if (parts().gate.watched() && parts().gate.sent() == passed && exchange_count() > seen) {
    throw std::logic_error(
        "the subject's calls go past the bench's wire: what happens between them cannot be "
        "planted");
  }
  parts().announce();
  parts().send_calls();
  if (ended) {
    if (!result.ok && !result.summary.empty()) {
      parts().failed_runs.push_back({std::string(command), result.summary});
    }
    return result;
  }
  return {.ok = false,
          .summary = parts().stuck() ? fmt::format("broken off after {} exchanges or waits",
                                                   parts().options.exchange_budget)
                                     : "killed"};
}

const std::vector<FailedRun>& Bench::failed_runs() const { return parts().failed_runs; }

void Bench::restart() {
  parts().gate.restart();
  parts().guarded([this] { parts().subject->restart(); });
}

void Bench::set_automatic(bool on) {
  parts().setup.automatic = on;
  parts().guarded([&] { parts().subject->set_automatic(on); });
}

void Bench::announce_order(const std::string& shop_order_id) {
  if (parts().gate.answering()) {
    parts().announced_meanwhile.push_back(shop_order_id);
  } else {
    parts().guarded([&] { parts().subject->order_announced(shop_order_id); });
  }
}

bool Bench::killed() const { return parts().gate.dead(); }

bool Bench::stuck() const { return parts().stuck(); }

void Bench::edit_product(const ErpProduct& product) {
  parts().guarded([&] { parts().subject->edit_product(product); });
}

mocks::kit::Response Bench::call_shop(std::string method, std::string_view resource,
                                      std::string body) {
  const ShopAccess& access = prepared().access;
  const std::string host = access.url.substr(access.url.find("://") + 3);
  const auto send = [&](mocks::kit::Request request) {
    parts().clock.advance(std::chrono::seconds(1));
    const auto lock = parts().lock_host();
    return parts().host.handle_past_guard(request).response;
  };
  const auto answer = send({.method = "POST",
                            .target = fmt::format("/webapi/rest/auth?client_id={}&client_secret={}",
                                                  access.login, access.password),
                            .headers = {{"Host", host}},
                            .body = {}});
  const Json token = Json::parse(answer.body, nullptr, false);
  if (!token.is_object() || !token.contains("access_token")) {
    throw std::runtime_error(fmt::format("the shop gave no token: {}", answer.body));
  }
  return send({.method = std::move(method),
               .target = fmt::format("/webapi/rest/{}", resource),
               .headers = {{"Host", host},
                           {"Authorization", "Bearer " + token["access_token"].get<std::string>()},
                           {"Content-Type", "application/json"}},
               .body = std::move(body)});
}

mocks::kit::Instant Bench::now() const { return parts().clock.now(); }

void Bench::advance(mocks::kit::Duration by) { parts().clock.advance(by); }

void Bench::arm(mocks::kit::FaultPlan plan) { parts().carrier->arm(std::move(plan)); }

void Bench::kill_at(std::uint64_t exchange, KillPoint point) {
  parts().gate.kill_at(exchange, point);
}

void Bench::kill_at_commit(std::uint64_t commit) { parts().gate.kill_at_commit(commit); }

void Bench::on_answer(OnAnswer what) { parts().gate.on_answer(std::move(what)); }

ErpView Bench::erp() { return parts().subject->look(); }

std::uint64_t Bench::exchange_count() const { return parts().host.journal().exchanges_seen(); }

std::uint64_t Bench::commit_count() const { return parts().gate.commits(); }

const std::deque<mocks::kit::Exchange>& Bench::exchanges() const {
  return parts().host.journal().exchanges();
}

std::uint64_t Bench::writes_since(std::uint64_t from) const {
  if (parts().host.journal().exchanges_dropped() > from) {
    throw std::logic_error("the journal of the bench no longer holds all exchanges asked for");
  }
  std::uint64_t count = 0;
  for (const mocks::kit::Exchange& exchange : exchanges()) {
    if (exchange.number > from) count += writes_of(exchange.request);
  }
  return count;
}

const SwitchValues& Bench::switches() const { return parts().options.switches; }

std::string_view Bench::switch_value(std::string_view name) const {
  const auto at = parts().options.switches.find(name);
  if (at == parts().options.switches.end()) {
    throw std::logic_error(
        fmt::format("switch {} has no value; resolve_switches() gives every switch one", name));
  }
  return at->second;
}

}  // namespace atrapa::harness
