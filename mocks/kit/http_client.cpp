#include "mocks/kit/http_client.hpp"

#include <httplib.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include "mocks/kit/ascii.hpp"
#include "mocks/kit/url.hpp"

namespace atrapa::mocks::kit {

namespace {

/// More of an answer's body is not waited for.
constexpr std::size_t kMaxAnswerBytes = 64u << 10;
constexpr std::size_t kMaxKeptBytes = 16u << 20;

/// The target leaves as it was written. The setter has two names over httplib's releases.
template <typename Client>
void send_target_as_is(Client& client) {
  if constexpr (requires { client.set_path_encode(false); }) {
    client.set_path_encode(false);
  } else {
    client.set_url_encode(false);
  }
}

}  // namespace

struct HttpPoster::UnderWay {
  std::mutex mutex;
  std::vector<httplib::Client*> clients;

  /// Posts through `client`, which cancel() can break off meanwhile.
  std::optional<Response> run(httplib::Client& client, const Request& request, Body body) {
    Response response{.status = 0, .headers = {}, .body = {}};
    std::size_t received = 0;
    httplib::Request out;
    out.method = request.method;
    out.path = request.target;
    for (const Header& field : request.headers) out.set_header(field.name, field.value);
    out.body = request.body;
    out.response_handler = [&](const httplib::Response& answer) {
      response.status = answer.status;
      return true;
    };
    out.content_receiver = [&](const char* data, std::size_t bytes, auto, auto) {
      received += bytes;
      if (body == Body::Kept) response.body.append(data, bytes);
      return received <= (body == Body::Kept ? kMaxKeptBytes : kMaxAnswerBytes);
    };

    enter(client);
    const bool whole = client.send(out).error() == httplib::Error::Success;
    leave(client);
    if (response.status == 0 || (body == Body::Kept && !whole)) return std::nullopt;
    return response;
  }

  void enter(httplib::Client& client) {
    const std::lock_guard lock(mutex);
    clients.push_back(&client);
  }

  void leave(httplib::Client& client) {
    const std::lock_guard lock(mutex);
    std::erase(clients, &client);
  }
};

HttpPoster::HttpPoster(std::chrono::milliseconds timeout)
    : timeout_(timeout), under_way_(std::make_shared<UnderWay>()) {}

int HttpPoster::operator()(const std::string& url, const Request& request) const {
  const std::optional<Response> response = send(url, request, Body::ThrownAway);
  return response ? response->status : 0;
}

std::optional<Response> HttpPoster::ask(const std::string& url, const Request& request) const {
  return send(url, request, Body::Kept);
}

std::optional<Response> HttpPoster::send(const std::string& url, const Request& request,
                                         Body body) const {
  std::optional<Url> address = parse_url(url);
  if (!address) return std::nullopt;

  std::vector<std::string> hosts{address->host};
  if (equal_without_case(address->host, "localhost")) hosts = {"127.0.0.1", "::1"};
  for (const std::string& host : hosts) {
    address->host = host;
    httplib::Client client(address->origin());
    if (!client.is_valid()) return std::nullopt;
    client.set_tcp_nodelay(true);
    client.set_keep_alive(false);
    send_target_as_is(client);
    client.set_connection_timeout(timeout_);
    client.set_read_timeout(timeout_);
    client.set_write_timeout(timeout_);
    if (auto response = under_way_->run(client, request, body)) return response;
  }
  return std::nullopt;
}

void HttpPoster::cancel() const {
  const std::lock_guard lock(under_way_->mutex);
  for (httplib::Client* client : under_way_->clients) client->stop();
}

}  // namespace atrapa::mocks::kit
