#include "tests/mocks/kit/raw_client.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>

namespace atrapa::tests {

RawClient::RawClient(int port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval five_seconds{.tv_sec = 5, .tv_usec = 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &five_seconds, sizeof five_seconds);
  ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &five_seconds, sizeof five_seconds);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // The sockets interface wants its own cast.
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(descriptor_);
    throw std::runtime_error("cannot connect to the server under test");
  }
}

RawClient::~RawClient() { ::close(descriptor_); }

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool RawClient::fill() {
  std::array<char, 65536> bytes;
  const ssize_t received = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
  if (received < 0 && errno == ECONNRESET) reset_ = true;
  if (received <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(received));
  return true;
}

RawClient::Answer RawClient::answer(bool to_head) {
  Answer answer;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) {
      answer.ended = true;
      return answer;
    }
  }
  answer.head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  answer.status = std::stoi(answer.head.substr(9, 3));
  if (answer.status == 100) return this->answer();

  const std::string length = "\r\nContent-Length: ";
  if (const std::size_t at = answer.head.find(length); at != std::string::npos) {
    answer.announced = std::stoul(answer.head.substr(at + length.size()));
  }
  const std::size_t body = to_head ? 0 : answer.announced;
  while (buffer_.size() < body && !answer.ended) answer.ended = !fill();
  answer.body = buffer_.substr(0, body);
  buffer_.erase(0, answer.body.size());
  return answer;
}

RawClient::End RawClient::end() {
  errno = 0;
  while (fill()) {
  }
  if (reset_) return End::Reset;
  return errno == EAGAIN || errno == EWOULDBLOCK ? End::Open : End::Closed;
}

std::string raw_get(std::string_view target, std::string_view more_fields) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}\r\n", target, more_fields);
}

std::string raw_post(std::string_view target, std::string_view body, std::string_view more_fields) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n{}\r\n{}",
                     target, body.size(), more_fields, body);
}

}  // namespace atrapa::tests
