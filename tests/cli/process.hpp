#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace atrapa::tests {

/// How a program ended, and what it said.
struct Ended {
  int code = -1;   ///< The exit code; -1 where a signal ended it.
  int signal = 0;  ///< The signal that ended it, or 0.
  std::string out;
  std::string err;
};

/// A program that runs. Killed when this goes, unless it has ended by then.
class Process {
 public:
  using Environment = std::map<std::string, std::string>;

  /// `words` begins with the program. Without a directory: the present one.
  explicit Process(const std::vector<std::string>& words,
                   const std::filesystem::path& directory = {},
                   const Environment& environment = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// The next line of its standard output, "" at the end of it. Throws when none comes for a
  /// minute.
  std::string line();
  void send_signal(int signal);
  /// Reads to the end. Throws, and kills it, when it does not end within that time.
  Ended wait(std::chrono::seconds limit = std::chrono::seconds(120));

 private:
  bool read_more(std::chrono::steady_clock::time_point until);

  pid_t child_ = -1;
  int out_ = -1;
  int err_ = -1;
  std::string out_text_;
  std::string err_text_;
  std::size_t line_start_ = 0;
};

/// Runs the program under test with these arguments to its end.
Ended run_atrapa(const std::vector<std::string>& arguments,
                 const std::filesystem::path& directory = {});
/// The program under test with these arguments as words for Process.
std::vector<std::string> atrapa_words(const std::vector<std::string>& arguments);

/// An empty directory that goes when this does.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string read_text(const std::filesystem::path& file);
void write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace atrapa::tests
