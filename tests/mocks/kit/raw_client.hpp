#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace atrapa::tests {

/// A TCP client that sends exactly the bytes it is given and tells how the other side ended. Waits
/// five seconds at most for anything.
class RawClient {
 public:
  explicit RawClient(int port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void send(std::string_view bytes);

  struct Answer {
    int status = 0;  ///< 0: none came.
    std::string head;
    std::string body;
    std::size_t announced = 0;  ///< Content-Length.
    bool ended = false;         ///< The connection ended before the answer was whole.
  };
  /// The next answer on this connection. That to a HEAD request has no body.
  Answer answer(bool to_head = false);

  enum class End { Open, Closed, Reset };
  /// How the connection stands, after reading away what still came.
  End end();

  /// send() and answer().
  Answer ask(std::string_view bytes) {
    send(bytes);
    return answer();
  }

 private:
  bool fill();

  int descriptor_;
  std::string buffer_;
  bool reset_ = false;
};

/// The raw bytes of a GET on a kept-alive connection.
std::string raw_get(std::string_view target, std::string_view more_fields = "");
std::string raw_post(std::string_view target, std::string_view body,
                     std::string_view more_fields = "");

}  // namespace atrapa::tests
