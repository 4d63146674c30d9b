#include "tests/bench/load.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace atrapa::bench {

namespace {

/// One connection with one request under way.
class Caller {
 public:
  Caller(int port, const std::string& request) : descriptor_(connect_to(port)), request_(request) {}
  ~Caller() { ::close(descriptor_); }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  int descriptor() const { return descriptor_; }

  void send() {
    std::string_view rest = request_;
    while (!rest.empty()) {
      const ssize_t sent = ::send(descriptor_, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent <= 0) throw std::runtime_error("the server ended a connection");
      rest.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// Reads what has come. Whether the answer is whole now.
  bool receive() {
    std::array<char, 65536> bytes;
    const ssize_t received = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
    if (received <= 0) throw std::runtime_error("the server ended a connection");
    answer_.append(bytes.data(), static_cast<std::size_t>(received));
    if (whole_ == 0) whole_ = length_of_answer();
    if (whole_ == 0 || answer_.size() < whole_) return false;
    answer_.clear();
    whole_ = 0;
    return true;
  }

 private:
  /// Head and body together, or 0 while the head is not whole.
  std::size_t length_of_answer() const {
    const std::size_t head = answer_.find("\r\n\r\n");
    if (head == std::string::npos) return 0;
    if (answer_.compare(0, 12, "HTTP/1.1 200") != 0) {
      throw std::runtime_error("expected the answer 200, got " + answer_.substr(0, 64));
    }
    constexpr std::string_view kLength = "Content-Length: ";
    const std::size_t at = answer_.find(kLength);
    if (at > head) throw std::runtime_error("the answer has no Content-Length");
    return head + 4 + std::stoul(answer_.substr(at + kLength.size(), 20));
  }

  int descriptor_;
  const std::string& request_;
  std::string answer_;
  std::size_t whole_ = 0;
};

}  // namespace

int connect_to(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
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

void ask(int descriptor, const std::string& request) {
  if (::send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) < 0) {
    throw std::runtime_error("the server ended a connection");
  }
  std::array<char, 65536> bytes;
  const ssize_t received = ::recv(descriptor, bytes.data(), bytes.size(), 0);
  if (received < 12 || std::string_view(bytes.data(), 12) != "HTTP/1.1 200") {
    throw std::runtime_error("expected the answer 200");
  }
}

double requests_per_second(int port, const std::string& request, int connections,
                           std::chrono::milliseconds duration) {
  const int epoll = ::epoll_create1(0);
  std::vector<std::unique_ptr<Caller>> callers;
  for (int i = 0; i < connections; ++i) {
    callers.push_back(std::make_unique<Caller>(port, request));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = callers.back().get();
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, callers.back()->descriptor(), &event);
    callers.back()->send();
  }

  std::array<epoll_event, 64> events;
  std::uint64_t answered = 0;
  const auto start = std::chrono::steady_clock::now();
  while (std::chrono::steady_clock::now() - start < duration) {
    const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 1000);
    for (int i = 0; i < ready; ++i) {
      auto& caller = *static_cast<Caller*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (!caller.receive()) continue;
      ++answered;
      caller.send();
    }
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  ::close(epoll);
  return static_cast<double>(answered) / took.count();
}

}  // namespace atrapa::bench
