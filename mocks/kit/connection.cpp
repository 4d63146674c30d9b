#include "mocks/kit/connection.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "mocks/kit/http_head.hpp"

namespace atrapa::mocks::kit {

namespace {

/// Enough for nearly every head; bodies are read past the buffer.
constexpr std::size_t kReadBytes = 4u << 10;
/// A client that ignores a refusal is read away no further than this, and no longer.
constexpr std::size_t kMaxReadAway = 64u << 20;
constexpr std::chrono::milliseconds kReadAwayIdle{500};

void set_receive_timeout(int descriptor, std::chrono::milliseconds timeout) {
  timeval value{};
  value.tv_sec = static_cast<decltype(value.tv_sec)>(timeout.count() / 1000);
  value.tv_usec = static_cast<decltype(value.tv_usec)>(timeout.count() % 1000 * 1000);
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value);
}

std::ptrdiff_t receive(int descriptor, char* bytes, std::size_t size) {
  std::ptrdiff_t received = 0;
  do {
    received = ::recv(descriptor, bytes, size, 0);
  } while (received < 0 && errno == EINTR);
  return received;
}

}  // namespace

Connection::Connection(int descriptor, std::chrono::milliseconds idle) : descriptor_(descriptor) {
  // A connector that is started as a program must not hold the fake's connections open.
  ::fcntl(descriptor_, F_SETFD, FD_CLOEXEC);
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  set_receive_timeout(descriptor_, idle);
}

Connection::~Connection() { ::close(descriptor_); }

bool Connection::fill() {
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  const std::size_t had = buffer_.size();
  buffer_.resize(had + kReadBytes);
  const std::ptrdiff_t received = receive(descriptor_, buffer_.data() + had, kReadBytes);
  buffer_.resize(had + static_cast<std::size_t>(std::max<std::ptrdiff_t>(received, 0)));
  return received > 0;
}

Connection::HeadRead Connection::read_head(std::size_t max_bytes) {
  std::size_t searched = 0;
  while (true) {
    std::string_view waiting = std::string_view(buffer_).substr(begin_);
    // Some clients put an empty line behind a body.
    while (searched == 0 && (waiting.starts_with('\r') || waiting.starts_with('\n'))) {
      ++begin_;
      waiting.remove_prefix(1);
    }
    head_ = head_length(waiting, searched);
    if (std::min(head_, waiting.size()) > max_bytes) return HeadRead::TooLong;
    if (head_ != std::string_view::npos) return HeadRead::Whole;
    searched = waiting.size();
    if (!fill()) return HeadRead::Ended;
  }
}

std::string_view Connection::take_head() {
  const std::string_view head = std::string_view(buffer_).substr(begin_, head_);
  begin_ += head.size();
  head_ = 0;
  return head;
}

std::ptrdiff_t Connection::read(char* bytes, std::size_t size) {
  const std::size_t waiting = buffer_.size() - begin_;
  if (waiting == 0) return receive(descriptor_, bytes, size);
  const std::size_t taken = std::min(size, waiting);
  buffer_.copy(bytes, taken, begin_);
  begin_ += taken;
  return static_cast<std::ptrdiff_t>(taken);
}

bool Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::ptrdiff_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Connection::end_politely() {
  ::shutdown(descriptor_, SHUT_WR);
  set_receive_timeout(descriptor_, kReadAwayIdle);
  std::array<char, kReadBytes> thrown_away;
  for (std::size_t total = 0; total < kMaxReadAway;) {
    const std::ptrdiff_t received = receive(descriptor_, thrown_away.data(), thrown_away.size());
    if (received <= 0) return;
    total += static_cast<std::size_t>(received);
  }
}

void Connection::end_by_reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

bool OpenConnections::enter(int descriptor) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return false;
  descriptors_.insert(descriptor);
  return true;
}

void OpenConnections::leave(int descriptor) {
  const std::lock_guard lock(mutex_);
  descriptors_.erase(descriptor);
}

void OpenConnections::shut_down() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  for (const int descriptor : descriptors_) ::shutdown(descriptor, SHUT_RDWR);
}

}  // namespace atrapa::mocks::kit
