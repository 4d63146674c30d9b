#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/host.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::tests {

/// A platform for tests of the kit: it counts what it did, and answers
/// - GET /echo..: method, target, headers and body as they reached it, as text;
/// - POST /notes: keeps the body, answers its number; a header X-Hook makes a webhook due there;
/// - GET /notes/{id}: the note; 404 without one;
/// - GET /big?bytes=N: N bytes;
/// - POST /login: a JSON answer with an access token;
/// - GET /accident: throws.
class Clerk final : public mocks::kit::Platform {
 public:
  std::string_view name() const override { return "clerk"; }
  mocks::kit::Response serve(const mocks::kit::Request& request,
                             mocks::kit::Context& context) override;
  std::vector<mocks::kit::Operation> operations() const override;
  mocks::kit::Response too_many_requests(const mocks::kit::Request& request,
                                         mocks::kit::Context& context) override;
  mocks::kit::Response server_error(const mocks::kit::Request& request,
                                    mocks::kit::Context& context) override;
  std::unique_ptr<mocks::kit::Platform> fork() const override;
  mocks::kit::Json snapshot() const override;
  void restore(const mocks::kit::Json& accounts) override;

 private:
  std::vector<std::string> notes_;
};

/// A clerk at work at a standing clock.
struct Desk {
  explicit Desk(std::size_t journal_bytes = mocks::kit::Journal::kDefaultBytes)
      : host(std::make_unique<Clerk>(), clock, 7, journal_bytes) {}

  mocks::kit::VirtualClock clock{mocks::kit::Instant{std::chrono::hours{24 * 20000}}};
  mocks::kit::Host host;

  /// Notes kept so far.
  std::size_t notes() {
    const std::lock_guard lock(mutex_of(host));
    return host.platform().snapshot().size();
  }
};

mocks::kit::Request get(std::string target);
mocks::kit::Request post(std::string target, std::string body, mocks::kit::Headers headers = {});

}  // namespace atrapa::tests
