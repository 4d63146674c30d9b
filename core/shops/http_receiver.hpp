#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/ports/transport.hpp"

namespace atrapa::core {

/// The real network the other way round: calls of a platform to an address of ours. Bodies up to
/// 64 KiB, addresses up to what the library bounds; whatever does not fit is refused before the
/// handler sees it. Ends with the object.
class HttpReceiver {
 public:
  /// Called from threads of the receiver, one call at a time. `url` is the target as it was sent:
  /// "/v1/order?x=1". The answer's headers are not looked at.
  using Handler = std::function<HttpResponse(const HttpRequest&)>;

  /// Listens on that address; port 0: any free one. Throws std::runtime_error where it cannot.
  HttpReceiver(const std::string& address, int port, Handler handler);
  ~HttpReceiver();
  HttpReceiver(const HttpReceiver&) = delete;
  HttpReceiver& operator=(const HttpReceiver&) = delete;

  const std::string& url() const { return url_; }  ///< "http://127.0.0.1:9000"

 private:
  struct Server;
  std::unique_ptr<Server> server_;
  std::string url_;
};

}  // namespace atrapa::core
