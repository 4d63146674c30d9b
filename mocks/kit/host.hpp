#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "mocks/kit/fault.hpp"
#include "mocks/kit/journal.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/kit/random.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::mocks::kit {

/// What a client gets to see of one exchange.
struct Outcome {
  enum class Kind {
    Answered,   ///< `response` arrives whole.
    Refused,    ///< No connection: the request never arrived.
    Lost,       ///< The request was carried out; no byte of the answer arrives.
    Truncated,  ///< The head arrives whole, the body is cut at `bytes`.
  };

  Kind kind = Kind::Answered;
  Response response;
  std::size_t bytes = 0;
};

/// One fake at work: applies the fault plan, serves, journals, collects webhooks. The HTTP server
/// and the harness's in-process transport both call it, so that both see the same world.
///
/// A fault counts an exchange whether or not it arrives. What was carried out is done: the webhooks
/// of a lost or truncated answer are still due. An answer to HEAD has no body; its Content-Length
/// tells how long that of GET would be. An exception from the platform leaves a note in the journal
/// and passes on. Not shared between threads without mutex_of() held around every use.
class Host {
 public:
  Host(std::unique_ptr<Platform> platform, const Clock& clock, std::uint64_t seed,
       std::size_t journal_bytes = Journal::kDefaultBytes);

  Outcome handle(const Request& request);

  /// Who may stop an exchange: `enter` before anything is done with it (false: refused, not even
  /// counted), `leave` when it has been carried out and journaled: what it makes of the outcome the
  /// client sees. Called as handle() is, under the same lock.
  struct Guard {
    std::function<bool(const Request&)> enter;
    std::function<void(const Request&, Outcome&)> leave;
  };
  void guard_by(Guard guard) { guard_ = std::move(guard); }
  /// As handle(), past the guard: for requests of whoever set it.
  Outcome handle_past_guard(const Request& request);

  /// Something that happens in the platform without an exchange, such as what people do in a shop.
  /// What becomes due by it is due like an exchange's; nothing enters the journal.
  void act(const std::function<void(Platform&, Context&)>& action);

  /// Replaces the plan; exchange 0 of it is the next one.
  void arm(FaultPlan plan);
  /// Exchanges handled since the plan was armed.
  std::uint64_t exchanges_since_armed() const { return since_armed_; }

  /// The webhooks due since the last call, oldest first.
  std::vector<Webhook> take_webhooks();
  bool has_webhooks() const { return !webhooks_.empty(); }

  Instant now() const { return clock_.now(); }

  Platform& platform() { return *platform_; }
  const Platform& platform() const { return *platform_; }
  Journal& journal() { return journal_; }
  const Journal& journal() const { return journal_; }

  /// Whoever lets several threads use this host holds it meanwhile, as the HTTP server does around
  /// each exchange: two servers that mount the same host share it.
  friend std::mutex& mutex_of(Host& host) { return host.mutex_; }

 private:
  std::optional<FaultKind> next_fault();
  Response carry_out(const Request& request, Context& context, std::optional<FaultKind> fault);
  void record(const Request& request, const Response& response, const Context& context,
              std::optional<FaultKind> fault);

  std::mutex mutex_;
  std::unique_ptr<Platform> platform_;
  const Clock& clock_;
  Random random_;
  Journal journal_;
  Guard guard_;
  FaultPlan plan_;
  std::uint64_t since_armed_ = 0;
  std::vector<Webhook> webhooks_;
};

}  // namespace atrapa::mocks::kit
