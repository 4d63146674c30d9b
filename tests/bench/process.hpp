#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace atrapa::bench {

/// A program at work, whose standard output is read here. The object's end is the program's: by
/// SIGTERM, and by SIGKILL where that does not end it within five seconds.
class Process {
 public:
  /// `command` is the path of the program and its arguments. Throws std::runtime_error.
  explicit Process(const std::vector<std::string>& command);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// The next line it writes, without its end. Throws std::runtime_error when none comes within ten
  /// seconds.
  std::string read_line();

  std::size_t resident_bytes() const;

 private:
  pid_t id_ = 0;
  int output_ = -1;
  std::string read_;
};

}  // namespace atrapa::bench
