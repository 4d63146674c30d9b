#include "harness/subject/endings.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <mutex>

namespace atrapa::harness::endings {
namespace {

constexpr std::size_t kMostGroups = 1024;
constexpr std::size_t kMostDirectories = 64;
// A signal handler reads them.
std::array<std::atomic<pid_t>, kMostGroups> groups{};                  // NOLINT
std::array<std::atomic<const char*>, kMostDirectories> directories{};  // NOLINT

std::atomic<int> starting{0};        // NOLINT
std::atomic<int> pending{0};         // NOLINT: the signal that waits for `starting`
std::atomic<bool> is_ending{false};  // NOLINT

/// Of what a handler may do, running a program is the one that removes a tree. Other threads may
/// still put something into it.
void remove_tree(const char* path) {
  constexpr int kTries = 5;
  for (int i = 0; i < kTries && ::access(path, F_OK) == 0; ++i) {
    const pid_t child = ::_Fork();
    if (child == 0) {
      ::execl("/bin/rm", "rm", "-rf", "--", path, static_cast<char*>(nullptr));
      ::_exit(1);
    }
    if (child > 0) ::waitpid(child, nullptr, 0);
  }
}

[[noreturn]] void clean_up_and_end(int signal) {
  for (const std::atomic<pid_t>& group : groups) {
    if (const pid_t leader = group.load(); leader > 0) ::kill(-leader, SIGKILL);
  }
  for (const std::atomic<const char*>& directory : directories) {
    if (const char* const path = directory.load(); path != nullptr) remove_tree(path);
  }
  ::signal(signal, SIG_DFL);
  sigset_t blocked_in_its_handler;
  ::sigemptyset(&blocked_in_its_handler);
  ::sigaddset(&blocked_in_its_handler, signal);
  ::pthread_sigmask(SIG_UNBLOCK, &blocked_in_its_handler, nullptr);
  for (;;) ::raise(signal);
}

void on_signal(int signal) {
  pending = signal;
  is_ending = true;
  // Else whoever is starting something does it, once that is known here.
  if (starting == 0) clean_up_and_end(signal);
}

void catch_ends_once() {
  static std::once_flag once;
  std::call_once(once, [] {
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
      struct sigaction present {};
      ::sigaction(number, nullptr, &present);
      if (present.sa_handler != SIG_DFL) continue;  // Somebody else looks after it.
      struct sigaction wanted {};
      wanted.sa_handler = on_signal;
      ::sigaction(number, &wanted, nullptr);
    }
  });
}

/// Puts `wanted` where `present` stands first; what finds no room is not looked after.
template <typename Places, typename Value>
void put(Places& places, Value present, Value wanted) {
  for (auto& place : places) {
    Value expected = present;
    if (place.compare_exchange_strong(expected, wanted)) return;
  }
}

}  // namespace

Starting::Starting() {
  catch_ends_once();
  ++starting;
  if (!is_ending) return;
  // Nothing is begun any more.
  if (--starting == 0) clean_up_and_end(pending);
  for (;;) ::pause();
}

Starting::~Starting() {
  if (--starting == 0 && is_ending) clean_up_and_end(pending);
}

void add_group(pid_t leader) { put(groups, pid_t{0}, leader); }

void drop_group(pid_t leader) { put(groups, leader, pid_t{0}); }

void add_directory(const char* path) {
  put<decltype(directories), const char*>(directories, nullptr, path);
}

void drop_directory(const char* path) {
  put<decltype(directories), const char*>(directories, path, nullptr);
}

}  // namespace atrapa::harness::endings
