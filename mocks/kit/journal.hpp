#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "mocks/kit/fault.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::mocks::kit {

/// One request and its answer, raw bytes kept.
struct Exchange {
  std::uint64_t number = 0;  ///< 1 for the first exchange of the journal's life; never reused.
  Instant at;
  std::string platform;
  std::string account;  ///< Empty where the credential named none.
  Request request;
  Response response;
  std::optional<FaultKind> fault;  ///< What the fault plan did to it.
  std::string note;                ///< A diagnosis for the reader, such as a lost `+`.
};

/// One webhook that was due, and what became of it.
struct Delivery {
  std::uint64_t number = 0;
  Instant at;
  std::string platform;
  std::string account;
  std::string event;
  std::string url;
  Request request;
  int status = 0;       ///< The receiver's answer; 0 where none came.
  std::string outcome;  ///< "delivered", "refused: not a loopback address", "lost", ...
};

/// The last exchanges and deliveries, bounded in bytes by one budget for both. What falls out is
/// counted, never silently gone. Credentials are masked before anything is kept (redact.hpp).
class Journal {
 public:
  static constexpr std::size_t kDefaultBytes = 8u << 20;

  explicit Journal(std::size_t max_bytes = kDefaultBytes) : max_bytes_(max_bytes) {}

  /// Numbers and keeps it; the oldest, be they exchanges or deliveries, make room. One that is
  /// larger than the whole budget is counted and not kept. With a budget of 0 the journal only
  /// counts.
  void add(Exchange exchange);
  void add(Delivery delivery);

  const std::deque<Exchange>& exchanges() const { return exchanges_; }
  const std::deque<Delivery>& deliveries() const { return deliveries_; }

  std::uint64_t exchanges_seen() const { return exchanges_seen_; }
  std::uint64_t exchanges_dropped() const { return exchanges_seen_ - exchanges_.size(); }
  std::uint64_t deliveries_seen() const { return deliveries_seen_; }
  std::uint64_t deliveries_dropped() const { return deliveries_seen_ - deliveries_.size(); }
  std::size_t bytes() const { return bytes_; }
  std::size_t max_bytes() const { return max_bytes_; }

  /// Forgets what it keeps, which from then on counts as dropped; numbers go on.
  void clear();

 private:
  enum class Kind { Exchange, Delivery };
  struct Kept {
    Kind kind;
    std::size_t bytes;
  };

  bool make_room(std::size_t bytes);

  std::size_t max_bytes_;
  std::size_t bytes_ = 0;
  std::uint64_t exchanges_seen_ = 0;
  std::uint64_t deliveries_seen_ = 0;
  std::deque<Exchange> exchanges_;
  std::deque<Delivery> deliveries_;
  std::deque<Kept> kept_;  ///< Of both, oldest first.
};

}  // namespace atrapa::mocks::kit
