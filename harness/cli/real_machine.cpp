#include "harness/cli/real_machine.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <iostream>
#include <system_error>
#include <thread>

namespace atrapa::harness::cli {

namespace {

constexpr std::size_t kWidthWithoutTerminal = 100;

// What a signal handler may touch: the write end of a pipe whose read end wait() polls. The byte is
// never read, so that the pipe stays readable for every waiting thread.
std::atomic<int> end_pipe_write{-1};
std::atomic<int> end_pipe_read{-1};
static_assert(std::atomic<int>::is_always_lock_free, "the signal handler reads it");

extern "C" void on_end_signal(int) {
  const int saved = errno;
  const char byte = 1;
  [[maybe_unused]] const ssize_t written = ::write(end_pipe_write.load(), &byte, 1);
  errno = saved;
}

/// Columns of the terminal behind the descriptor, or those of a log.
std::size_t width_of(int descriptor) {
  winsize size{};
  if (::isatty(descriptor) == 1 && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return std::clamp<std::size_t>(size.ws_col, 40, 160);
  }
  return kWidthWithoutTerminal;
}

}  // namespace

std::ostream& RealMachine::out() { return std::cout; }
std::ostream& RealMachine::err() { return std::cerr; }

report::Style RealMachine::style() const {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool wanted = (no_colour == nullptr || *no_colour == '\0') &&
                      (terminal == nullptr || std::string_view(terminal) != "dumb");
  return {.colour = wanted && ::isatty(STDOUT_FILENO) == 1, .width = width_of(STDOUT_FILENO)};
}

bool RealMachine::err_is_terminal() const { return ::isatty(STDERR_FILENO) == 1; }
std::size_t RealMachine::err_width() const { return width_of(STDERR_FILENO); }

mocks::kit::Instant RealMachine::now() const {
  return std::chrono::floor<mocks::kit::Duration>(std::chrono::system_clock::now());
}

double RealMachine::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int RealMachine::cores() const {
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 64u));
}

void RealMachine::catch_end_signals() {
  if (end_pipe_write.load() >= 0) return;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
    throw std::system_error(errno, std::generic_category(), "no pipe for SIGINT and SIGTERM");
  }
  end_pipe_read = ends[0];
  end_pipe_write = ends[1];
  struct sigaction action {};
  action.sa_handler = on_end_signal;
  sigemptyset(&action.sa_mask);
  // The second signal finds the default again and ends the process at once.
  action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool RealMachine::end_requested() const {
  pollfd waiting{.fd = end_pipe_read.load(), .events = POLLIN, .revents = 0};
  return waiting.fd >= 0 && ::poll(&waiting, 1, 0) == 1;
}

bool RealMachine::wait(std::optional<mocks::kit::Duration> limit) {
  using Steady = std::chrono::steady_clock;
  const Steady::time_point start = Steady::now();
  for (;;) {
    int timeout = -1;
    if (limit) {
      const auto passed = std::chrono::floor<mocks::kit::Duration>(Steady::now() - start);
      if (passed >= *limit) return end_requested();
      timeout =
          static_cast<int>(std::min<mocks::kit::Duration::rep>((*limit - passed).count(), INT_MAX));
    }
    // Without catch_end_signals() the descriptor is -1, which poll() takes for "only the time-out".
    pollfd waiting{.fd = end_pipe_read.load(), .events = POLLIN, .revents = 0};
    const int ready = ::poll(&waiting, 1, timeout);
    if (ready == 1) return true;
    if (ready < 0 && errno != EINTR) {
      throw std::system_error(errno, std::generic_category(), "waiting for SIGINT or SIGTERM");
    }
  }
}

}  // namespace atrapa::harness::cli
