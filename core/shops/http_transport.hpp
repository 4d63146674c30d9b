#pragma once

#include <memory>
#include <string>

#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"

namespace atrapa::core {

struct HttpTimeouts {
  Duration connect{10'000};
  Duration read{60'000};
  Duration write{30'000};
};

/// The real network: HTTP and HTTPS, connections kept alive, no redirect followed. Never throws for
/// what happens on the line: a connection that could not be made is NotSent, everything after it
/// Ambiguous. One thread at a time.
class HttpTransport final : public Transport {
 public:
  explicit HttpTransport(HttpTimeouts timeouts = {});
  ~HttpTransport() override;

  std::variant<HttpResponse, NoAnswer> send(const HttpRequest& request) override;

 private:
  struct Connections;
  std::unique_ptr<Connections> connections_;
};

}  // namespace atrapa::core
