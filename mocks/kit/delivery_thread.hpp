#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "mocks/kit/host.hpp"
#include "mocks/kit/webhook_sender.hpp"

namespace atrapa::mocks::kit {

/// Sends webhooks beside the connections, oldest first: a receiver that is slow, or that calls the
/// fake from within its own handler, holds up nobody. Its thread starts with the first webhook.
class DeliveryThread {
 public:
  explicit DeliveryThread(WebhookSender& sender) : sender_(sender) {}
  ~DeliveryThread();
  DeliveryThread(const DeliveryThread&) = delete;
  DeliveryThread& operator=(const DeliveryThread&) = delete;

  /// Takes over what is due at the host. The host outlives this object.
  void take_from(Host& host);

  /// Breaks off the one under way; the others enter the journal as not sent. Ends the thread.
  void stop();

 private:
  struct Job {
    Host* host;
    Webhook webhook;
    Instant at;
  };

  void run();
  bool next(Job& job);

  WebhookSender& sender_;
  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace atrapa::mocks::kit
