#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "harness/bench/bench.hpp"
#include "harness/bench/carrier.hpp"
#include "mocks/kit/host.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::harness {

/// Thrown through a subject that passed its budget; not a std::exception, so that no flow mistakes
/// it for an error of its own.
struct EndlessCommand {};

/// The wire a bench gives its subject: counts what passes, moves the clock when the subject waits,
/// ends the subject's process where the case says so and a command that does not end by itself.
class Gate final : public Wire {
 public:
  Gate(Carrier& carrier, mocks::kit::VirtualClock& clock, std::uint64_t budget)
      : carrier_(carrier), clock_(clock), budget_(budget) {}

  std::variant<mocks::kit::Response, NoAnswer> send(const mocks::kit::Request& request) override;
  mocks::kit::Instant now() override { return clock_.now(); }
  void wait(mocks::kit::Duration duration) override;
  bool may_commit() override;

  // For a subject outside: what its server asks, under the host's lock. Nothing passes but while
  // the subject has been asked for something.

  /// Whether the request may reach the platform, and whether its answer may go back, as the case
  /// has changed it. False where the process dies here, is dead, or has had its budget.
  bool enter();
  bool leave(const mocks::kit::Request& request, mocks::kit::Outcome& outcome);
  /// The case is looking at an answer; of a subject outside under the host's lock.
  bool answering() const { return answering_; }
  /// A wait of the subject's; false as above.
  bool pass_time(mocks::kit::Duration duration);
  void open(bool is_open) { open_ = is_open; }
  bool is_open() const { return open_; }
  /// The last command passed the budget.
  bool overrun() const { return overrun_; }

  void stand_for(Outside* outside) { outside_ = outside; }
  Outside* outside() override { return outside_; }

  void begin_command() { sent_in_command_ = waits_in_command_ = 0; }
  void kill_at(std::uint64_t exchange, KillPoint point) { kill_ = {sent_ + exchange, point}; }
  void kill_at_commit(std::uint64_t commit) { kill_commit_ = commits_ + commit; }
  void restart() { dead_ = false; }
  std::uint64_t sent() const { return sent_; }
  bool watched() const { return static_cast<bool>(on_answer_); }
  void on_answer(OnAnswer what) { on_answer_ = std::move(what); }

  bool dead() const { return dead_; }
  std::uint64_t commits() const { return commits_; }

 private:
  struct Kill {
    std::uint64_t exchange;
    KillPoint point;
  };

  void look_at(const mocks::kit::Request& request, mocks::kit::Response& response);
  [[noreturn]] void die();
  void stay_alive() const;

  Carrier& carrier_;
  mocks::kit::VirtualClock& clock_;
  std::uint64_t budget_;
  std::uint64_t sent_ = 0;  ///< Exchanges begun, refused ones included.
  std::uint64_t sent_in_command_ = 0;
  std::uint64_t waits_in_command_ = 0;
  std::uint64_t commits_ = 0;
  std::optional<Kill> kill_;
  std::optional<std::uint64_t> kill_commit_;
  OnAnswer on_answer_;
  bool dead_ = false;
  bool open_ = false;
  bool overrun_ = false;
  bool answering_ = false;
  bool dies_after_answer_ = false;  ///< Of the exchange that is under way.
  Outside* outside_ = nullptr;
};

}  // namespace atrapa::harness
