#include "tests/bench/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace atrapa::bench {

namespace {

constexpr int kLinePatienceMs = 10'000;
constexpr int kLooksForTheEnd = 500;
constexpr std::chrono::milliseconds kBetweenLooks{10};

}  // namespace

Process::Process(const std::vector<std::string>& command) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe to a program");
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  const int error = ::posix_spawn(&id_, words[0], &actions, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  output_ = pipe[0];
  if (error != 0) {
    ::close(output_);
    throw std::runtime_error(fmt::format("cannot start {}", command.front()));
  }
}

Process::~Process() {
  ::close(output_);
  ::kill(id_, SIGTERM);
  for (int look = 0; look < kLooksForTheEnd; ++look) {
    if (::waitpid(id_, nullptr, WNOHANG) == id_) return;
    std::this_thread::sleep_for(kBetweenLooks);
  }
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

std::string Process::read_line() {
  std::size_t end = read_.find('\n');
  while (end == std::string::npos) {
    pollfd waited{.fd = output_, .events = POLLIN, .revents = 0};
    std::array<char, 4096> bytes;
    const ssize_t received =
        ::poll(&waited, 1, kLinePatienceMs) == 1 ? ::read(output_, bytes.data(), bytes.size()) : 0;
    if (received <= 0) throw std::runtime_error("a program that was started says nothing");
    read_.append(bytes.data(), static_cast<std::size_t>(received));
    end = read_.find('\n');
  }
  std::string line = read_.substr(0, end);
  read_.erase(0, end + 1);
  return line;
}

std::size_t Process::resident_bytes() const {
  std::ifstream file(fmt::format("/proc/{}/statm", id_));
  std::size_t all = 0;
  std::size_t resident = 0;
  if (!(file >> all >> resident)) throw std::runtime_error("a program that was started is gone");
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace atrapa::bench
