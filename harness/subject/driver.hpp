#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "harness/subject/erp.hpp"

// Private to harness/subject: one running driver, as PROTOCOL.md describes it.
namespace atrapa::harness {

/// What a driver said of itself.
struct Handshake {
  std::string name, version;
  bool virtual_clock = false;
  std::vector<std::string> integrations;  ///< None: whatever is asked for.
  std::vector<std::string> commands;
  std::vector<std::string> methods;
  std::vector<std::string> sees;
  bool commits = false;

  bool has_command(std::string_view command) const;
  bool has_method(std::string_view method) const;
};

/// How requests get to a driver and its answers back.
class DriverChannel {
 public:
  virtual ~DriverChannel() = default;
  /// One request's text, one answer's. Throws SubjectFailure, with what can be told of the driver.
  virtual std::string exchange(const std::string& request, std::string_view method) = 0;
  virtual bool can_be_killed() const = 0;
  /// Any thread, also in the middle of exchange(), which then throws.
  virtual void kill() noexcept = 0;
  /// "The driver 'python3 driver.py'": how messages begin.
  virtual std::string title() const = 0;
  /// What it wrote to standard error, as the end of a message; "" for nothing.
  virtual std::string last_words() = 0;
};

/// By `sh -c COMMAND` over standard input and output, or at an address ("http://...").
std::unique_ptr<DriverChannel> open_driver(const std::string& where,
                                           std::chrono::milliseconds timeout);

/// A driver that has introduced itself. One thread at a time, but for kill().
class Driver {
 public:
  /// Throws SubjectFailure for one that does not start or speaks another version.
  Driver(std::unique_ptr<DriverChannel> channel, const std::string& integration);
  /// Tells it to end, where it lives.
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  const Handshake& handshake() const { return handshake_; }

  /// The result of one call. Throws Incapable where the driver says that it cannot, SubjectFailure
  /// for whatever else is no result; after that the driver is dead.
  Json call(std::string_view method, Json params);
  /// A result that does not fit: throws SubjectFailure with it.
  [[noreturn]] void refuse(std::string_view method, std::string_view why);

  bool can_be_killed() const { return channel_->can_be_killed(); }
  void kill() noexcept { channel_->kill(); }

 private:
  Json read_answer(const std::string& text, std::string_view method);

  std::unique_ptr<DriverChannel> channel_;
  Handshake handshake_;
  std::int64_t last_id_ = 0;
  bool broken_ = false;
};

/// The last lines of a program's output, printable, each indented; "" for none.
std::string last_lines(const std::string& text);

}  // namespace atrapa::harness
