#include "tests/bench/load.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace atrapa::bench {

namespace {

constexpr int kPatienceMs = 10'000;

/// A connected TCP socket to 127.0.0.1.
int connect_to(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const timeval patience{.tv_sec = kPatienceMs / 1000, .tv_usec = 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor);
    throw std::runtime_error("cannot connect to the server to be measured");
  }
  return descriptor;
}

}  // namespace

Caller::Caller(int port) : descriptor_(connect_to(port)) {}
Caller::~Caller() { ::close(descriptor_); }

void Caller::send(const std::string& request) {
  answer_.clear();
  whole_ = 0;
  std::string_view rest = request;
  while (!rest.empty()) {
    const ssize_t sent = ::send(descriptor_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the server ended a connection");
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Caller::receive() {
  std::array<char, 65536> bytes;
  const ssize_t received = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
  if (received <= 0) throw std::runtime_error("the server ended a connection or does not answer");
  answer_.append(bytes.data(), static_cast<std::size_t>(received));
  if (whole_ == 0) whole_ = length_of_answer();
  return whole_ != 0 && answer_.size() >= whole_;
}

std::string Caller::ask(const std::string& request) {
  send(request);
  while (!receive()) {
  }
  return answer_.substr(length_of_head());
}

/// With the empty line; 0 while it is not whole.
std::size_t Caller::length_of_head() const {
  const std::size_t end = answer_.find("\r\n\r\n");
  return end == std::string::npos ? 0 : end + 4;
}

std::size_t Caller::length_of_answer() const {
  const std::size_t head = length_of_head();
  if (head == 0) return 0;
  if (!answer_.starts_with("HTTP/1.1 200")) {
    throw std::runtime_error("expected the answer 200, got " + answer_.substr(0, 64));
  }
  constexpr std::string_view kLength = "Content-Length: ";
  const std::size_t at = answer_.find(kLength);
  if (at > head) throw std::runtime_error("the answer has no Content-Length");
  return head + std::stoul(answer_.substr(at + kLength.size(), 20));
}

struct Load::Connections {
  explicit Connections(int port) : epoll(::epoll_create1(EPOLL_CLOEXEC)) {
    for (int i = 0; i < kConnections; ++i) {
      callers.push_back(std::make_unique<Caller>(port));
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = callers.back().get();
      ::epoll_ctl(epoll, EPOLL_CTL_ADD, callers.back()->descriptor(), &event);
    }
  }
  ~Connections() { ::close(epoll); }

  int epoll;
  std::vector<std::unique_ptr<Caller>> callers;
};

Load::Load(int port, std::string request)
    : request_(std::move(request)), connections_(std::make_unique<Connections>(port)) {
  for (const auto& caller : connections_->callers) caller->send(request_);
}

Load::~Load() = default;

/// Waits for answers and replaces each by a new request. How many came.
std::uint64_t Load::answers() {
  std::array<epoll_event, 64> events;
  const int ready = ::epoll_wait(connections_->epoll, events.data(),
                                 static_cast<int>(events.size()), kPatienceMs);
  if (ready == 0) throw std::runtime_error("the server does not answer");
  std::uint64_t whole = 0;
  for (int i = 0; i < ready; ++i) {
    auto& caller = *static_cast<Caller*>(events[static_cast<std::size_t>(i)].data.ptr);
    if (!caller.receive()) continue;
    ++whole;
    caller.send(request_);
  }
  return whole;
}

std::uint64_t Load::answers_for(std::chrono::nanoseconds duration) {
  std::uint64_t answered = 0;
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) answered += answers();
  return answered;
}

double Load::per_second(std::chrono::milliseconds duration) {
  answers_for(duration / 10);
  const auto start = std::chrono::steady_clock::now();
  const std::uint64_t answered = answers_for(duration);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return static_cast<double>(answered) / took.count();
}

void Load::calls(std::uint64_t count) {
  for (std::uint64_t answered = 0; answered < count;) answered += answers();
}

}  // namespace atrapa::bench
