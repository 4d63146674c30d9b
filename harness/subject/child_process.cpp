#include "harness/subject/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "harness/subject/endings.hpp"

extern char** environ;

namespace atrapa::harness {
namespace {

/// How long what an ended program had written may take to arrive.
constexpr std::chrono::seconds kGrace{1};

void close_end(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

/// This process's environment with some variables added or replaced, as "NAME=value".
std::vector<std::string> environment_with(const ChildProcess::Environment& more) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!more.contains(std::string(text.substr(0, text.find('='))))) all.emplace_back(text);
  }
  for (const auto& [name, value] : more) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

/// posix_spawn's settings: freed whatever happens.
struct SpawnSettings {
  SpawnSettings() {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
  }
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

pid_t spawn(const std::string& command, const ChildProcess::Environment& environment, int in,
            int out, int err) {
  SpawnSettings settings;
  ::posix_spawn_file_actions_adddup2(&settings.actions, in, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&settings.actions, out, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&settings.actions, err, STDERR_FILENO);
  // A connection of a fake's server that stayed open in a child would never look closed.
  ::posix_spawn_file_actions_addclosefrom_np(&settings.actions, STDERR_FILENO + 1);
  sigset_t usual;
  ::sigemptyset(&usual);
  ::posix_spawnattr_setsigmask(&settings.attributes, &usual);
  for (const int number : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&usual, number);
  ::posix_spawnattr_setsigdefault(&settings.attributes, &usual);
  ::posix_spawnattr_setflags(&settings.attributes,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<std::string> words{"sh", "-c", command};
  std::vector<std::string> variables = environment_with(environment);
  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, "/bin/sh", &settings.actions, &settings.attributes,
                                  pointers(words).data(), pointers(variables).data());
  if (error != 0) {
    throw std::runtime_error(
        fmt::format("'{}' cannot be started: {}", command, std::strerror(error)));
  }
  return pid;
}

}  // namespace

std::string ChildProcess::Ended::in_words() const {
  if (signal == 0) return fmt::format("ended with exit code {}", code);
  return fmt::format("was ended by signal {} ({})", signal, ::strsignal(signal));
}

ChildProcess::ChildProcess(const std::string& command, const Environment& environment) {
  std::array<int, 2> in{-1, -1};
  std::array<int, 2> out{-1, -1};
  std::array<int, 2> err{-1, -1};
  const auto close_all = [&] {
    for (int* end : {&in[0], &in[1], &out[0], &out[1], &err[0], &err[1]}) close_end(*end);
  };
  // A socket, for a write to a program that has ended must give an error, not a signal.
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in.data()) != 0 ||
      ::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0) {
    const int error = errno;
    close_all();
    throw std::runtime_error(
        fmt::format("'{}' cannot be started: {}", command, std::strerror(error)));
  }
  const endings::Starting starting;
  try {
    pid_ = spawn(command, environment, in[1], out[1], err[1]);
  } catch (...) {
    close_all();
    throw;
  }
  // It lives in a session of its own and would not hear of a signal that ends Atrapa.
  endings::add_group(pid_);
  // Not pidfd_open(): its header in glibc 2.36 declares it for C alone.
  pidfd_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  for (int* end : {&in[1], &out[1], &err[1]}) close_end(*end);
  in_ = in[0];
  out_ = out[0];
  err_ = err[0];
}

ChildProcess::~ChildProcess() {
  kill();
  if (!ended_) reap();
  close_end(in_);
  close_end(out_);
  close_end(err_);
  close_end(pidfd_);
}

void ChildProcess::kill() noexcept {
  const std::lock_guard lock(mutex_);
  if (pid_ > 0) ::kill(-pid_, SIGKILL);
}

void ChildProcess::reap() {
  const std::lock_guard lock(mutex_);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  // What it started and left behind is in its group.
  ::kill(-pid_, SIGKILL);
  endings::drop_group(pid_);
  pid_ = -1;
  ended_ = true;
  drained_by_ = Steady::now() + kGrace;
  if (WIFEXITED(status)) how_.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) how_.signal = WTERMSIG(status);
}

void ChildProcess::close_input() { close_end(in_); }

bool ChildProcess::pump(Steady::time_point until, bool for_writing) {
  std::array<pollfd, 4> ends{pollfd{out_, POLLIN, 0}, pollfd{err_, POLLIN, 0},
                             pollfd{ended_ ? -1 : pidfd_, POLLIN, 0},
                             pollfd{for_writing ? in_ : -1, POLLOUT, 0}};
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Steady::now());
  const int ready =
      ::poll(ends.data(), ends.size(), static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
  if (ready == 0) return false;
  std::array<char, 65536> buffer{};
  for (int i = 0; i < 2; ++i) {
    pollfd& end = ends[static_cast<std::size_t>(i)];
    if (end.fd < 0 || end.revents == 0) continue;
    const ssize_t count = ::read(end.fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      close_end(i == 0 ? out_ : err_);
    } else if (i == 0) {
      output_.append(buffer.data(), static_cast<std::size_t>(count));
    } else {
      error_text_.append(buffer.data(), static_cast<std::size_t>(count));
      if (error_text_.size() > 2 * kKeptError) {
        error_text_.erase(0, error_text_.size() - kKeptError);
      }
    }
  }
  if (ends[2].revents != 0) reap();
  return true;
}

bool ChildProcess::write(std::string_view bytes, Steady::time_point until) {
  while (!bytes.empty()) {
    if (in_ < 0 || ended_) return false;
    const ssize_t sent = ::send(in_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
      return false;
    } else if (!pump(until, true)) {
      return false;
    }
  }
  return true;
}

ChildProcess::Got ChildProcess::line(std::string& into, Steady::time_point until) {
  for (;;) {
    const std::size_t end = output_.find('\n', std::max(searched_, taken_));
    if (end != std::string::npos) {
      into.assign(output_, taken_, end - taken_);
      if (into.ends_with('\r')) into.pop_back();
      taken_ = searched_ = end + 1;
      if (taken_ == output_.size()) {
        output_.clear();
        taken_ = searched_ = 0;
      }
      return Got::Line;
    }
    searched_ = output_.size();
    if (output_.size() - taken_ > kLongestLine) return Got::TooLong;
    if (out_ < 0) return Got::Closed;
    if (ended_) {
      // What it had written is still in the pipe; whoever else holds that open is not heard.
      if (!pump(drained_by_, false)) return Got::Closed;
    } else if (!pump(until, false)) {
      return Got::TimedOut;
    }
  }
}

std::optional<ChildProcess::Ended> ChildProcess::wait(Steady::time_point until) {
  while (!ended_ || out_ >= 0 || err_ >= 0) {
    if (output_.size() > kLongestLine) output_.erase(0, output_.size() / 2);
    if (pump(ended_ ? drained_by_ : until, false)) continue;
    if (!ended_) return std::nullopt;
    break;
  }
  return how_;
}

}  // namespace atrapa::harness
