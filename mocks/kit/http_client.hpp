#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "mocks/kit/message.hpp"

namespace atrapa::mocks::kit {

/// Posts over real sockets: what a WebhookSender gets as its `post`, and cancel() as its `cancel`.
/// Copies share their posts under way; it may be used by several threads.
class HttpPoster {
 public:
  explicit HttpPoster(std::chrono::milliseconds timeout = std::chrono::seconds{5});

  /// The status of the answer, 0 where none came in time. Redirects are answers, not followed. The
  /// name "localhost" means 127.0.0.1, then ::1, without a look-up. The answer's body is thrown
  /// away.
  int operator()(const std::string& url, const Request& request) const;

  /// The answer with its body; nothing where none came whole in time, or one longer than 16 MB.
  std::optional<Response> ask(const std::string& url, const Request& request) const;

  /// Breaks off the posts under way: they give 0.
  void cancel() const;

 private:
  struct UnderWay;
  enum class Body { ThrownAway, Kept };

  std::optional<Response> send(const std::string& url, const Request& request, Body body) const;

  std::chrono::milliseconds timeout_;
  std::shared_ptr<UnderWay> under_way_;
};

}  // namespace atrapa::mocks::kit
