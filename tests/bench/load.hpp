#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace atrapa::bench {

/// As the goals have it.
inline constexpr int kConnections = 16;

/// One kept-alive connection to a server on this machine, with at most one request under way.
/// Everything throws std::runtime_error when an answer is not 200 or the connection ends.
class Caller {
 public:
  explicit Caller(int port);
  ~Caller();
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  int descriptor() const { return descriptor_; }

  void send(const std::string& request);
  /// Reads what has come, waiting for at least a byte. Whether the answer is whole now.
  bool receive();
  /// Sends the request, waits for the whole answer and gives its body.
  std::string ask(const std::string& request);

 private:
  std::size_t length_of_head() const;
  std::size_t length_of_answer() const;

  int descriptor_;
  std::string answer_;
  std::size_t whole_ = 0;  ///< Bytes of head and body together; 0 while unknown.
};

/// The same request over and over on kConnections kept-alive connections, from one thread.
/// Throws as Caller does, and when no answer comes for ten seconds.
class Load {
 public:
  Load(int port, std::string request);
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  /// Requests a second, counted after a tenth of that time to warm up.
  double per_second(std::chrono::milliseconds duration);
  /// At least so many answers.
  void calls(std::uint64_t count);

 private:
  struct Connections;

  std::uint64_t answers();
  std::uint64_t answers_for(std::chrono::nanoseconds duration);

  std::string request_;
  std::unique_ptr<Connections> connections_;
};

}  // namespace atrapa::bench
