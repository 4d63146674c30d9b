#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

namespace atrapa::mocks::kit {

/// One accepted TCP connection of the server, read through one buffer, so that what a client sent
/// ahead is kept for its turn. Closes the descriptor at its end. Used by one thread.
class Connection {
 public:
  /// Gives up on a client that says nothing for `idle`.
  Connection(int descriptor, std::chrono::milliseconds idle);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  enum class HeadRead { Whole, TooLong, Ended };
  /// Waits for the next request's head; take_head() then gives it.
  HeadRead read_head(std::size_t max_bytes);
  /// Valid until the next call of this object.
  std::string_view take_head();

  /// Up to `size` bytes of a body; 0 at the end of what the client sends, -1 when it is gone.
  std::ptrdiff_t read(char* bytes, std::size_t size);

  /// False when the client is gone.
  bool send(std::string_view bytes);

  /// Ends sending, and reads away what the client still sends, up to a bound: closing on unread
  /// bytes would take the answer away from a client that is still writing.
  void end_politely();
  /// The client sees "connection reset" instead of an end.
  void end_by_reset();

 private:
  bool fill();

  int descriptor_;
  std::string buffer_;
  std::size_t begin_ = 0;  ///< Of what is not yet taken.
  std::size_t head_ = 0;   ///< Length of the head that read_head() found.
};

/// The descriptors of live connections, so that stopping can wake the threads that wait on them.
/// Shared between threads.
class OpenConnections {
 public:
  /// False when stopping has begun: close it at once.
  bool enter(int descriptor);
  /// Before the descriptor is closed: another connection may get its number.
  void leave(int descriptor);
  /// Ends all of them, and every later one.
  void shut_down();

 private:
  std::mutex mutex_;
  bool stopping_ = false;
  std::unordered_set<int> descriptors_;
};

}  // namespace atrapa::mocks::kit
