#include "harness/bench/bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "harness/bench/carrier.hpp"
#include "harness/bench/gate.hpp"
#include "harness/bench/prepared.hpp"

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

std::uint64_t writes_of(const mocks::kit::Request& request) {
  if (!writes(request.method)) return 0;
  const std::string_view what = resource(request.target);
  if (what == "auth" || what == "oauth/token") return 0;
  return what == "bulk" ? bulk_writes(request.body) : 1;
}

}  // namespace

struct Bench::Parts {
  explicit Parts(const BenchOptions& chosen)
      : options(chosen),
        clock(prepared().now),
        host(prepared().shoper->fork(), clock, chosen.seed, kJournalBytes),
        shop(host.platform(), prepared().account),
        other_shop(host.platform(), prepared().other.account),
        carrier(chosen.wire ? socket_carrier(host) : direct_carrier(host, prepared().access.url)),
        gate(*carrier, clock, chosen.exchange_budget) {
    if (options.subject == nullptr) throw std::logic_error("a bench needs a subject");
    subject = options.subject->make(gate);
    setup.integration = "systim-shoper";
    setup.shop = prepared().access;
    setup.shop.url = carrier->url();
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
      stuck = true;
      return false;
    } catch (...) {
      // Whatever a dead process still throws on its way down is nobody's news.
      if (!gate.dead()) throw;
    }
    return !gate.dead();
  }

  BenchOptions options;
  mocks::kit::VirtualClock clock;
  mocks::kit::Host host;
  mocks::shoper::Backdoor shop;
  mocks::shoper::Backdoor other_shop;
  std::unique_ptr<Carrier> carrier;
  Gate gate;
  std::unique_ptr<Subject> subject;
  SubjectSetup setup;
  bool configured = false;
  bool stuck = false;
};

Bench::Bench(const BenchOptions& options) : parts_(std::make_unique<Parts>(options)) {}

Bench::~Bench() = default;

mocks::shoper::Backdoor& Bench::shop() { return parts_->shop; }

void Bench::add_product(ErpProduct product) {
  if (parts_->configured) {
    throw std::logic_error("Bench::add_product after configure(); use edit_product()");
  }
  parts_->setup.products.push_back(std::move(product));
}

void Bench::configure(bool automatic) {
  parts_->setup.automatic = automatic;
  parts_->guarded([this] { parts_->subject->configure(parts_->setup); });
  parts_->configured = true;
}

void Bench::begin() {
  LifeCycle& subject = life();
  parts_->guarded([&] { subject.begin(parts_->setup); });
  parts_->configured = true;
}

LifeCycle& Bench::life() {
  LifeCycle* const life = parts_->subject->life();
  if (life == nullptr) {
    throw std::logic_error("this subject cannot be installed, configured and taken out again");
  }
  parts_->gate.begin_command();
  return *life;
}

Desk& Bench::desk() {
  Desk* const desk = parts_->subject->desk();
  if (desk == nullptr) throw std::logic_error("this subject makes no documents");
  parts_->gate.begin_command();
  return *desk;
}

const ShopIdentity& Bench::identity(bool other) const {
  return other ? prepared().other : prepared().own;
}

mocks::shoper::Backdoor& Bench::other_shop() { return parts_->other_shop; }

CommandResult Bench::run(std::string_view command) {
  if (!parts_->configured) throw std::logic_error("Bench::run before configure()");
  if (parts_->stuck) return {.ok = false, .summary = "not started: an earlier command never ended"};
  if (parts_->gate.dead())
    throw std::logic_error("Bench::run of a killed subject; restart() first");
  CommandResult result;
  if (parts_->guarded([&] { result = parts_->subject->run(command); })) return result;
  return {.ok = false,
          .summary = parts_->stuck ? fmt::format("broken off after {} exchanges or waits",
                                                 parts_->options.exchange_budget)
                                   : "killed"};
}

void Bench::restart() {
  parts_->gate.restart();
  parts_->guarded([this] { parts_->subject->restart(); });
}

void Bench::set_automatic(bool on) {
  parts_->setup.automatic = on;
  parts_->guarded([&] { parts_->subject->set_automatic(on); });
}

void Bench::announce_order(const std::string& shop_order_id) {
  parts_->guarded([&] { parts_->subject->order_announced(shop_order_id); });
}

bool Bench::killed() const { return parts_->gate.dead(); }

bool Bench::stuck() const { return parts_->stuck; }

void Bench::edit_product(const ErpProduct& product) {
  parts_->guarded([&] { parts_->subject->edit_product(product); });
}

mocks::kit::Response Bench::call_shop(std::string method, std::string_view resource,
                                      std::string body) {
  const ShopAccess& access = prepared().access;
  const std::string host = access.url.substr(access.url.find("://") + 3);
  const auto send = [&](mocks::kit::Request request) {
    parts_->clock.advance(std::chrono::seconds(1));
    const std::lock_guard lock(mutex_of(parts_->host));
    return parts_->host.handle(request).response;
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

mocks::kit::Instant Bench::now() const { return parts_->clock.now(); }

void Bench::advance(mocks::kit::Duration by) { parts_->clock.advance(by); }

void Bench::arm(mocks::kit::FaultPlan plan) { parts_->carrier->arm(std::move(plan)); }

void Bench::kill_at(std::uint64_t exchange, KillPoint point) {
  parts_->gate.kill_at(exchange, point);
}

void Bench::kill_at_commit(std::uint64_t commit) { parts_->gate.kill_at_commit(commit); }

ErpView Bench::erp() { return parts_->subject->look(); }

std::uint64_t Bench::exchange_count() const { return parts_->host.journal().exchanges_seen(); }

std::uint64_t Bench::commit_count() const { return parts_->gate.commits(); }

const std::deque<mocks::kit::Exchange>& Bench::exchanges() const {
  return parts_->host.journal().exchanges();
}

std::uint64_t Bench::writes_since(std::uint64_t from) const {
  if (parts_->host.journal().exchanges_dropped() > from) {
    throw std::logic_error("the journal of the bench no longer holds all exchanges asked for");
  }
  std::uint64_t count = 0;
  for (const mocks::kit::Exchange& exchange : exchanges()) {
    if (exchange.number > from) count += writes_of(exchange.request);
  }
  return count;
}

const SwitchValues& Bench::switches() const { return parts_->options.switches; }

std::string_view Bench::switch_value(std::string_view name) const {
  const auto at = parts_->options.switches.find(name);
  if (at == parts_->options.switches.end()) {
    throw std::logic_error(
        fmt::format("switch {} has no value; resolve_switches() gives every switch one", name));
  }
  return at->second;
}

}  // namespace atrapa::harness
