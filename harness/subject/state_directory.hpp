#pragma once

#include <atomic>
#include <filesystem>
#include <string>

namespace atrapa::harness {

/// A directory under the system's temporary one, gone with all that is in it when this goes.
class TemporaryDirectory {
 public:
  /// Throws std::runtime_error where none can be made.
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  /// A fresh empty directory in it. Any thread.
  std::filesystem::path fresh();

 private:
  std::filesystem::path path_;
  std::atomic<std::uint64_t> made_{0};
};

/// The state of one case; empty at first, removed when this goes.
class StateDirectory {
 public:
  explicit StateDirectory(TemporaryDirectory& parent) : path_(parent.fresh()) {}
  ~StateDirectory();
  StateDirectory(const StateDirectory&) = delete;
  StateDirectory& operator=(const StateDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace atrapa::harness
