#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace atrapa::mocks::kit {

/// Runs tasks that may each last long: a thread is added whenever none is idle, up to a bound;
/// beyond it tasks wait their turn. Shared between threads.
class GrowingThreads {
 public:
  explicit GrowingThreads(std::size_t max_threads) : max_threads_(max_threads) {}
  ~GrowingThreads() { shutdown(); }
  GrowingThreads(const GrowingThreads&) = delete;
  GrowingThreads& operator=(const GrowingThreads&) = delete;

  void run(std::function<void()> task);
  /// Runs what still waits, then ends the threads.
  void shutdown();

 private:
  void work();

  const std::size_t max_threads_;
  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  std::size_t idle_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace atrapa::mocks::kit
