#include "mocks/kit/server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <variant>

#include "mocks/kit/ascii.hpp"
#include "mocks/kit/connection.hpp"
#include "mocks/kit/delivery_thread.hpp"
#include "mocks/kit/dispatch.hpp"
#include "mocks/kit/http_head.hpp"
#include "mocks/kit/mounts.hpp"
#include "mocks/kit/task_queue.hpp"
#include "mocks/kit/url.hpp"

namespace atrapa::mocks::kit {

namespace {

constexpr int kBacklog = 1024;
/// Header fields that describe the connection, not the answer: httplib writes its own.
bool frames_the_answer(std::string_view name) {
  return equal_without_case(name, "Connection") || equal_without_case(name, "Keep-Alive") ||
         equal_without_case(name, "Transfer-Encoding") ||
         equal_without_case(name, "Content-Length");
}

/// Whether a comma separated value such as "TE, close" names the token.
bool has_token(std::string_view value, std::string_view token) {
  while (!value.empty()) {
    const std::size_t comma = std::min(value.find(','), value.size());
    if (equal_without_case(trimmed(value.substr(0, comma)), token)) return true;
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return false;
}

/// One request on its way through httplib, and what becomes of its answer.
struct Exchanged {
  Head head;
  std::optional<Response> refusal;  ///< Answered without asking anybody.
  Host* host = nullptr;             ///< Whose platform was asked.
  Outcome::Kind kind = Outcome::Kind::Answered;
  std::size_t bytes = 0;
  bool last = false;  ///< The connection ends after it.
};

/// The exchange that this thread is in: httplib hands its handlers nothing of ours.
thread_local Exchanged* t_exchange = nullptr;

/// What httplib is shown of a request: enough to read the body and to frame the answer, and no
/// more. It would decode escapes in header values, drop the order of fields, refuse targets above 8
/// KiB or with a second '?', wait for a body after a POST without a length, refuse form bodies
/// above 8 KiB, unpack compressed bodies past every bound, compress answers and cut them to a
/// Range.
std::string framing_of(const Head& head) {
  const bool has_body = head.body != Head::Body::None;
  const std::string_view method = head.request.method == "HEAD" ? "HEAD"
                                  : has_body                    ? "POST"
                                                                : "GET";
  std::string framing = fmt::format("{} / {}\r\n", method, head.version);
  if (head.body == Head::Body::Length)
    framing += fmt::format("Content-Length: {}\r\n", head.length);
  if (head.body == Head::Body::Chunked) framing += "Transfer-Encoding: chunked\r\n";
  const std::string_view connection = head.request.headers.get("Connection");
  if (has_token(connection, "close")) framing += "Connection: close\r\n";
  if (has_token(connection, "keep-alive")) framing += "Connection: Keep-Alive\r\n";
  if (head.expects_continue && has_body) framing += "Expect: 100-continue\r\n";
  return framing += "\r\n";
}

/// httplib's view of a connection: the framing, then the body's bytes; what it writes is collected,
/// so that head and body leave in one piece, or in none. Some members are only virtual in some
/// releases.
class ExchangeStream final : public httplib::Stream {
 public:
  ExchangeStream(Connection& connection, std::string framing)
      : connection_(connection), framing_(std::move(framing)) {}

  ssize_t read(char* bytes, std::size_t size) override {
    if (given_ < framing_.size()) {
      const std::size_t taken = framing_.copy(bytes, size, given_);
      given_ += taken;
      return static_cast<ssize_t>(taken);
    }
    // The client may wait for "100 Continue" before it sends the body.
    if (!written_.empty()) {
      if (!connection_.send(written_)) return -1;
      written_.clear();
    }
    return connection_.read(bytes, size);
  }

  ssize_t write(const char* bytes, std::size_t size) override {
    written_.append(bytes, size);
    return static_cast<ssize_t>(size);
  }

  const std::string& written() const { return written_; }

  virtual bool is_readable() const { return true; }
  virtual bool is_writable() const { return true; }
  virtual bool wait_readable() const { return true; }
  virtual bool wait_writable() const { return true; }
  virtual time_t duration() const { return 0; }

  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip.clear();
    port = 0;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    get_remote_ip_and_port(ip, port);
  }
  /// httplib 0.11 refuses descriptors too large for select(), which nothing here uses.
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  Connection& connection_;
  std::string framing_;
  std::size_t given_ = 0;
  std::string written_;
};

class TaskQueue final : public httplib::TaskQueue {
 public:
  explicit TaskQueue(std::size_t max_threads) : threads_(max_threads) {}

  /// void in older releases, bool in newer ones.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));
  Enqueued enqueue(std::function<void()> task) override {
    threads_.run(std::move(task));
    return Enqueued(true);
  }
  void shutdown() override { threads_.shutdown(); }

 private:
  GrowingThreads threads_;
};

std::string why_not_bound(const ServerOptions& options, int error) {
  const std::string place = fmt::format("{}:{}", options.address, options.port);
  switch (error) {
    case EADDRINUSE:
      return fmt::format(
          "{} is taken by another program: stop it, choose another port, or port 0 "
          "for any free one",
          place);
    case EACCES:
      return fmt::format(
          "{} may not be used: ports below 1024 need privileges; choose a higher one", place);
    case EADDRNOTAVAIL:
      return fmt::format("{} is not an address of this machine; 127.0.0.1 always is", place);
    default:
      return fmt::format("cannot listen on {}: {}", place,
                         error == 0 ? "is the address right?" : std::strerror(error));
  }
}

}  // namespace

class Server::Impl {
 public:
  explicit Impl(ServerOptions options) : options_(std::move(options)) {}

  Mounts& mounts() {
    if (http_) throw std::logic_error("mount before the server is started");
    return mounts_;
  }
  void send_webhooks_by(WebhookSender& sender) { sender_ = &sender; }
  void hand_on(Host& host) {
    if (deliveries_) deliveries_->take_from(host);
  }
  int port() const { return port_; }

  int start();
  void stop();

 private:
  class Http;

  void read_body_and_answer(httplib::Response& response, const httplib::ContentReader& reader);
  void answer(httplib::Response& response, std::string body);

  ServerOptions options_;
  Mounts mounts_;
  WebhookSender* sender_ = nullptr;
  std::unique_ptr<Http> http_;
  std::unique_ptr<DeliveryThread> deliveries_;
  std::thread listener_;
  std::atomic<bool> ended_ = false;
  int port_ = 0;
};

/// httplib's server with a connection loop of its own: httplib's polls idle connections, keeps no
/// descriptors to shut down, and gives up after a while for the sake of others.
class Server::Impl::Http final : public httplib::Server {
 public:
  explicit Http(Impl& server) : server_(server) {}

  void end_connections() { open_.shut_down(); }

 private:
  using Setup = std::function<void(httplib::Request&)>;

  bool process_and_close_socket(socket_t descriptor) override {
    Connection connection(descriptor, server_.options_.idle);
    if (!open_.enter(descriptor)) return false;
    while (serve_one(connection)) {
    }
    open_.leave(descriptor);
    return true;
  }

  /// Whether the connection goes on.
  bool serve_one(Connection& connection) {
    Exchanged exchange;
    const ServerOptions& options = server_.options_;
    switch (connection.read_head(options.max_head)) {
      case Connection::HeadRead::Ended: return false;
      case Connection::HeadRead::TooLong:
        exchange.refusal =
            refusal(431, fmt::format("the request's head is above {} bytes", options.max_head));
        return exchange_one(connection, exchange);
      case Connection::HeadRead::Whole: break;
    }
    auto head = parse_head(connection.take_head(), options.max_fields);
    if (const auto* bad = std::get_if<Refusal>(&head)) {
      exchange.refusal = refusal(bad->status, bad->text);
    } else {
      exchange.head = std::get<Head>(std::move(head));
      if (exchange.head.length > options.max_body) exchange.refusal = too_large(options);
    }
    return exchange_one(connection, exchange);
  }

  bool exchange_one(Connection& connection, Exchanged& exchange) {
    if (exchange.refusal) {
      // Its body is not read, so httplib must not look for one.
      exchange.head = Head{};
      exchange.head.request.headers.set("Connection", "close");
      exchange.last = true;
    }
    ExchangeStream stream(connection, framing_of(exchange.head));
    bool closed = false;
    t_exchange = &exchange;
    const bool answered = process(&Http::process_request, stream, closed);
    t_exchange = nullptr;

    const bool sent = show(connection, exchange, stream.written());
    if (exchange.host != nullptr && server_.deliveries_) deliver(*exchange.host);
    return answered && sent && !closed && !exchange.last;
  }

  /// Whether the whole answer was sent.
  static bool show(Connection& connection, const Exchanged& exchange, std::string_view answer) {
    switch (exchange.kind) {
      case Outcome::Kind::Answered: {
        const bool sent = connection.send(answer);
        if (exchange.last) connection.end_politely();
        return sent;
      }
      case Outcome::Kind::Truncated: {
        const std::size_t head = answer.find("\r\n\r\n") + 4;
        connection.send(answer.substr(0, head + exchange.bytes));
        return false;
      }
      case Outcome::Kind::Refused: connection.end_by_reset(); return false;
      case Outcome::Kind::Lost: return false;
    }
    return false;
  }

  void deliver(Host& host) {
    {
      const std::lock_guard lock(mutex_of(host));
      if (!host.has_webhooks()) return;
    }
    server_.deliveries_->take_from(host);
  }

  // httplib's releases differ in how a request is processed; the compiler picks.

  using OldProcess = bool (httplib::Server::*)(httplib::Stream&, bool, bool&, const Setup&);
  bool process(OldProcess process_it, httplib::Stream& stream, bool& closed) {
    return (this->*process_it)(stream, false, closed, nullptr);
  }
  using NewProcess = bool (httplib::Server::*)(httplib::Stream&, const std::string&, int,
                                               const std::string&, int, bool, bool&, const Setup&);
  bool process(NewProcess process_it, httplib::Stream& stream, bool& closed) {
    return (this->*process_it)(stream, {}, 0, {}, 0, false, closed, nullptr);
  }
  using NewestProcess = bool (httplib::Server::*)(httplib::Stream&, const std::string&, int,
                                                  const std::string&, int, bool, bool&,
                                                  const Setup&, bool*);
  bool process(NewestProcess process_it, httplib::Stream& stream, bool& closed) {
    return (this->*process_it)(stream, {}, 0, {}, 0, false, closed, nullptr, nullptr);
  }

  static Response too_large(const ServerOptions& options) {
    return refusal(413, fmt::format("the request's body is above {} bytes", options.max_body));
  }

  friend class Impl;

  Impl& server_;
  OpenConnections open_;
};

int Server::Impl::start() {
  if (http_) throw std::logic_error("the server is started already");
  if (options_.port < 0 || options_.port > 65535) {
    throw std::runtime_error(fmt::format(
        "port {} does not exist: use 1 to 65535, or 0 for any free one", options_.port));
  }
  if (!is_loopback(options_.address) && options_.token.empty()) {
    throw std::runtime_error(
        fmt::format("{} can be reached from other machines: give a token, which every request then "
                    "needs in the header X-Atrapa-Token, or use 127.0.0.1",
                    options_.address));
  }

  auto http = std::make_unique<Http>(*this);
  int listening = -1;
  http->set_socket_options([&listening](socket_t descriptor) {
    // Not httplib's default: SO_REUSEPORT would let two programs share the port unawares.
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    listening = descriptor;
  });
  http->set_tcp_nodelay(true);
  http->set_keep_alive_max_count(1'000'000'000);
  http->set_keep_alive_timeout(
      std::chrono::duration_cast<std::chrono::seconds>(options_.idle).count());
  http->set_payload_max_length(options_.max_body);
  http->new_task_queue = [max = options_.max_connections] { return new TaskQueue(max); };
  http->set_pre_routing_handler(
      [this](const httplib::Request& request, httplib::Response& response) {
        if (request.method == "POST") return httplib::Server::HandlerResponse::Unhandled;
        answer(response, {});
        return httplib::Server::HandlerResponse::Handled;
      });
  http->Post("/", [this](const httplib::Request&, httplib::Response& response,
                         const httplib::ContentReader& reader) {
    read_body_and_answer(response, reader);
  });

  errno = 0;
  int port = options_.port;
  if (port == 0) {
    port = http->bind_to_any_port(options_.address);
  } else if (!http->bind_to_port(options_.address, port)) {
    port = -1;
  }
  if (port <= 0) throw std::runtime_error(why_not_bound(options_, errno));
  ::listen(listening, kBacklog);

  if (sender_ != nullptr) deliveries_ = std::make_unique<DeliveryThread>(*sender_);
  http_ = std::move(http);
  port_ = port;
  ended_ = false;
  listener_ = std::thread([this] {
    http_->listen_after_bind();
    ended_ = true;
  });
  // httplib forgets a stop() that comes before its loop runs.
  while (!http_->is_running() && !ended_) std::this_thread::yield();
  return port_;
}

void Server::Impl::stop() {
  if (!http_) return;
  http_->end_connections();
  http_->stop();
  listener_.join();
  if (deliveries_) deliveries_->stop();
  deliveries_.reset();
  http_.reset();
  port_ = 0;
}

void Server::Impl::read_body_and_answer(httplib::Response& response,
                                        const httplib::ContentReader& reader) {
  Exchanged& exchange = *t_exchange;
  std::string body;
  bool fits = true;
  body.reserve(static_cast<std::size_t>(exchange.head.length));
  const bool whole = reader([&](const char* bytes, std::size_t size) {
    fits = body.size() + size <= options_.max_body;
    if (fits) body.append(bytes, size);
    return fits;
  });
  if (!whole) {
    exchange.last = true;
    exchange.refusal = fits ? refusal(400, "the request's body ended early or is badly chunked")
                            : Http::too_large(options_);
  }
  answer(response, std::move(body));
}

void Server::Impl::answer(httplib::Response& response, std::string body) {
  Exchanged& exchange = *t_exchange;
  exchange.head.request.body = std::move(body);
  Outcome outcome;
  if (exchange.refusal) {
    outcome.response = *std::move(exchange.refusal);
  } else {
    Dispatched dispatched = dispatch(mounts_, options_.token, exchange.head.request);
    outcome = std::move(dispatched.outcome);
    exchange.host = dispatched.host;
  }
  exchange.kind = outcome.kind;
  exchange.bytes = outcome.bytes;

  response.status = outcome.response.status;
  const bool is_head = exchange.head.request.method == "HEAD";
  for (const Header& field : outcome.response.headers) {
    if (frames_the_answer(field.name) &&
        !(is_head && equal_without_case(field.name, "Content-Length"))) {
      continue;
    }
    response.set_header(field.name, field.value);
  }
  response.body = std::move(outcome.response.body);
}

Server::Server(ServerOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Server::~Server() { stop(); }

void Server::mount(std::string prefix, Host& host) {
  impl_->mounts().add(std::move(prefix), &host, {});
}

void Server::mount_control(std::string prefix, std::function<Response(const Request&)> handler) {
  impl_->mounts().add(std::move(prefix), nullptr, std::move(handler));
}

void Server::send_webhooks_by(WebhookSender& sender) { impl_->send_webhooks_by(sender); }

void Server::hand_on_webhooks(Host& host) { impl_->hand_on(host); }

int Server::start() { return impl_->start(); }

void Server::stop() { impl_->stop(); }

int Server::port() const { return impl_->port(); }

}  // namespace atrapa::mocks::kit
