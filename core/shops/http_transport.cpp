#include "core/shops/http_transport.hpp"

#include <httplib.h>

#include <map>
#include <utility>

namespace atrapa::core {

namespace {

/// "https://host:port" and the path with its query; the path is "/" where there is none.
std::pair<std::string, std::string> split_url(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t path = scheme == url.npos ? url.npos : url.find('/', scheme + 3);
  if (path == url.npos) return {url, "/"};
  return {url.substr(0, path), url.substr(path)};
}

/// Errors of a connection that never stood: no byte of the request can have left.
bool never_connected(httplib::Error error) {
  return error == httplib::Error::Connection || error == httplib::Error::BindIPAddress ||
         error == httplib::Error::SSLConnection || error == httplib::Error::SSLLoadingCerts ||
         error == httplib::Error::SSLServerVerification;
}

}  // namespace

struct HttpTransport::Connections {
  explicit Connections(HttpTimeouts limits) : timeouts(limits) {}

  /// The client of that address, made on first use; null where the address is none.
  httplib::Client* client(const std::string& base) {
    auto& made = clients[base];
    if (!made) {
      made = std::make_unique<httplib::Client>(base);
      made->set_tcp_nodelay(true);  // Else a kept-alive POST takes 44 ms (PERFORMANCE.md).
      made->set_keep_alive(true);
      made->set_follow_location(false);
      made->set_connection_timeout(timeouts.connect);
      made->set_read_timeout(timeouts.read);
      made->set_write_timeout(timeouts.write);
    }
    return made->is_valid() ? made.get() : nullptr;
  }

  HttpTimeouts timeouts;
  std::map<std::string, std::unique_ptr<httplib::Client>> clients;
};

HttpTransport::HttpTransport(HttpTimeouts timeouts)
    : connections_(std::make_unique<Connections>(timeouts)) {}
HttpTransport::~HttpTransport() = default;

std::variant<HttpResponse, NoAnswer> HttpTransport::send(const HttpRequest& request) {
  auto [base, path] = split_url(request.url);
  if (!base.starts_with("http://") && !base.starts_with("https://")) return NoAnswer::NotSent;
  httplib::Client* client = connections_->client(base);
  if (client == nullptr) return NoAnswer::NotSent;

  httplib::Request outgoing;
  outgoing.method = request.method;
  outgoing.path = std::move(path);
  for (const auto& [name, value] : request.headers) outgoing.headers.emplace(name, value);
  outgoing.body = request.body;
  const httplib::Result result = client->send(outgoing);
  if (!result) {
    return never_connected(result.error()) ? NoAnswer::NotSent : NoAnswer::Ambiguous;
  }
  HttpResponse response;
  response.status = result->status;
  response.headers.assign(result->headers.begin(), result->headers.end());
  response.body = result->body;
  return response;
}

}  // namespace atrapa::core
