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
  int run(httplib::Client& client, const Request& request) {
    int status = 0;
    std::size_t received = 0;
    httplib::Request out;
    out.method = request.method;
    out.path = request.target;
    for (const Header& field : request.headers) out.set_header(field.name, field.value);
    out.body = request.body;
    out.response_handler = [&](const httplib::Response& answer) {
      status = answer.status;
      return true;
    };
    out.content_receiver = [&](const char*, std::size_t bytes, auto, auto) {
      received += bytes;
      return received <= kMaxAnswerBytes;
    };

    enter(client);
    client.send(out);
    leave(client);
    return status;
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
  std::optional<Url> address = parse_url(url);
  if (!address) return 0;

  std::vector<std::string> hosts{address->host};
  if (equal_without_case(address->host, "localhost")) hosts = {"127.0.0.1", "::1"};
  for (const std::string& host : hosts) {
    address->host = host;
    httplib::Client client(address->origin());
    if (!client.is_valid()) return 0;
    client.set_tcp_nodelay(true);
    client.set_keep_alive(false);
    send_target_as_is(client);
    client.set_connection_timeout(timeout_);
    client.set_read_timeout(timeout_);
    client.set_write_timeout(timeout_);
    if (const int status = under_way_->run(client, request); status != 0) return status;
  }
  return 0;
}

void HttpPoster::cancel() const {
  const std::lock_guard lock(under_way_->mutex);
  for (httplib::Client* client : under_way_->clients) client->stop();
}

}  // namespace atrapa::mocks::kit
