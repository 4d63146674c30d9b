#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace atrapa::harness {

/// A program of somebody else's, run by `sh -c` in a session of its own, so that kill() also
/// reaches what it started. Its standard input is a socket, its output is read as lines or as a
/// whole, the end of its standard error is kept. Killed with all its children when this goes, and
/// when a signal ends Atrapa.
///
/// Used by one thread, but for kill().
class ChildProcess {
 public:
  using Steady = std::chrono::steady_clock;
  using Environment = std::map<std::string, std::string>;

  static constexpr std::size_t kLongestLine = std::size_t{64} << 20;
  static constexpr std::size_t kKeptError = std::size_t{16} << 10;

  /// How it ended.
  struct Ended {
    int code = -1;   ///< The exit code; -1 where a signal ended it.
    int signal = 0;  ///< That signal, or 0.

    bool well() const { return code == 0; }
    std::string in_words() const;  ///< "ended with exit code 3", "was ended by signal 11 (...)"
  };

  enum class Got { Line, Closed, TimedOut, TooLong };

  /// `environment` is added to this process's own. Throws std::runtime_error where it cannot be
  /// started at all; a command that the shell does not find ends with exit code 127.
  ChildProcess(const std::string& command, const Environment& environment);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// False where it does not take it: it ended, closed its input, or did not read until then.
  bool write(std::string_view bytes, Steady::time_point until);
  void close_input();
  /// The next line of its standard output, without its end. Closed: there is no further one.
  Got line(std::string& into, Steady::time_point until);
  /// Waits until it has ended; nothing where it has not by then. Of what it writes meanwhile to
  /// standard output the end is kept.
  std::optional<Ended> wait(Steady::time_point until);

  /// Ends it and all that it started, at once. Any thread.
  void kill() noexcept;

  /// The end of what it wrote to standard error so far.
  const std::string& error_text() const { return error_text_; }
  /// What it wrote to standard output and nobody took as a line.
  std::string output_left() const { return output_.substr(taken_); }

 private:
  /// Reads what there is, or waits for it. False at the time given.
  bool pump(Steady::time_point until, bool for_writing);
  void reap();

  mutable std::mutex mutex_;  ///< Between kill() and the moment in which the pid becomes free.
  pid_t pid_ = -1;
  int pidfd_ = -1;
  int in_ = -1, out_ = -1, err_ = -1;
  std::string output_;
  std::size_t taken_ = 0;  ///< Bytes of output_ that were taken as lines.
  std::size_t searched_ = 0;
  std::string error_text_;
  bool ended_ = false;
  Steady::time_point drained_by_;
  Ended how_;
};

}  // namespace atrapa::harness
