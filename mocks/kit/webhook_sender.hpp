#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/host.hpp"
#include "mocks/kit/journal.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::mocks::kit {

/// How one webhook goes wrong on its way.
enum class DeliveryFaultKind {
  Lost,     ///< It never arrives.
  Doubled,  ///< It arrives twice.
  Late,     ///< It arrives behind later ones.
};

std::string_view to_string(DeliveryFaultKind kind);  ///< "lost", "doubled", "late"
std::optional<DeliveryFaultKind> delivery_fault_kind(std::string_view name);

/// One webhook, counted from the moment the plan is armed (0 = the next one).
struct DeliveryFault {
  std::uint64_t delivery = 0;
  DeliveryFaultKind kind = DeliveryFaultKind::Lost;
  std::uint64_t behind = 1;  ///< Late: how many later webhooks go first.

  bool operator==(const DeliveryFault&) const = default;
};

using DeliveryFaultPlan = std::vector<DeliveryFault>;

struct WebhookSenderOptions {
  /// Also to addresses that are not this machine's. Off, as a fake that posts where a world file
  /// says would be a tool against others.
  bool any_address = false;
  /// How often one webhook is posted until an answer of 2xx comes. Without a pause: what the
  /// platforms do is not known. [inferred]
  int attempts = 1;
  /// Breaks off a post under way, so that a server that is told to stop need not wait for a
  /// receiver.
  std::function<void()> cancel = [] {};
  /// Told of every attempt once it is over, by the thread that made it.
  std::function<void(const Delivery&)> told = [](const Delivery&) {};
};

/// Takes webhooks to their receivers. May be shared between threads; `post` is then called by
/// several.
class WebhookSender {
 public:
  /// Posts to an absolute address and gives the status of the answer, 0 where none came.
  using Post = std::function<int(const std::string& url, const Request& request)>;

  explicit WebhookSender(Post post, WebhookSenderOptions options = {});

  /// Replaces the plan; webhook 0 of it is the next one. What is held back stays so.
  void arm(DeliveryFaultPlan plan);

  /// Sends it, and what it lets go ahead of: every attempt, in order, for the journal. Outcomes:
  /// "delivered", "delivered again", "delivered late", "no answer", "answered 500", "lost",
  /// "refused: ..." with the reason.
  std::vector<Delivery> send(std::string_view platform, const Webhook& webhook, Instant now);
  /// Sends what is still held back as late.
  std::vector<Delivery> send_held_back(Instant now);

  /// Sends all that is due at the host and enters it in its journal: for use in one thread.
  void send_due(Host& host);
  /// send_held_back() into the host's journal.
  void send_held_back(Host& host);

  void cancel() const { options_.cancel(); }

 private:
  struct Late {
    std::string platform;
    Webhook webhook;
    std::uint64_t ahead = 0;  ///< Webhooks that still go first.
  };

  std::optional<DeliveryFault> next_fault();
  std::vector<Late> take_ripe();
  void tell(const std::vector<Delivery>& deliveries) const;
  void post(std::string_view platform, const Webhook& webhook, Instant now,
            std::string_view delivered, std::vector<Delivery>& deliveries) const;

  Post post_;
  WebhookSenderOptions options_;
  std::mutex mutex_;  ///< Guards what follows.
  DeliveryFaultPlan plan_;
  std::uint64_t since_armed_ = 0;
  std::deque<Late> late_;
};

}  // namespace atrapa::mocks::kit
