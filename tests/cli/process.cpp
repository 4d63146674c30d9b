#include "tests/cli/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace atrapa::tests {

namespace {

using Steady = std::chrono::steady_clock;

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// In the child, after fork: nothing here may allocate or throw.
[[noreturn]] void become(const char* directory, char* const* argv, int out, int err) {
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, STDIN_FILENO);
  if (*directory != '\0' && ::chdir(directory) != 0) ::_exit(126);
  ::execvp(argv[0], argv);
  ::_exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& words, const std::filesystem::path& directory,
                 const Environment& environment) {
  int out[2];
  int err[2];
  if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0) throw_errno("pipe");
  std::vector<std::string> storage{words};
  // `env` sets the variables: between fork and exec nothing may be allocated.
  if (!environment.empty()) {
    std::vector<std::string> with{"env"};
    for (const auto& [name, value] : environment) with.push_back(name + "=" + value);
    storage.insert(storage.begin(), with.begin(), with.end());
  }
  std::vector<char*> argv;
  for (std::string& word : storage) argv.push_back(word.data());
  argv.push_back(nullptr);
  const std::string where = directory.string();
  child_ = ::fork();
  if (child_ < 0) throw_errno("fork");
  if (child_ == 0) become(where.c_str(), argv.data(), out[1], err[1]);
  ::close(out[1]);
  ::close(err[1]);
  out_ = out[0];
  err_ = err[0];
}

Process::~Process() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  if (out_ >= 0) ::close(out_);
  if (err_ >= 0) ::close(err_);
}

bool Process::read_more(Steady::time_point until) {
  std::array<pollfd, 2> ends{pollfd{out_, POLLIN, 0}, pollfd{err_, POLLIN, 0}};
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Steady::now());
  if (left.count() <= 0) throw std::runtime_error("the program neither spoke nor ended in time");
  const int ready = ::poll(ends.data(), ends.size(), static_cast<int>(left.count()));
  if (ready < 0 && errno != EINTR) throw_errno("poll");
  std::array<char, 65536> buffer{};
  for (pollfd& end : ends) {
    if (end.fd < 0 || end.revents == 0) continue;
    const ssize_t count = ::read(end.fd, buffer.data(), buffer.size());
    std::string& text = end.fd == out_ ? out_text_ : err_text_;
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else {
      int& closed = end.fd == out_ ? out_ : err_;
      ::close(closed);
      closed = -1;
    }
  }
  return out_ >= 0 || err_ >= 0;
}

std::string Process::line() {
  const auto until = Steady::now() + std::chrono::minutes(1);
  for (;;) {
    const std::size_t end = out_text_.find('\n', line_start_);
    if (end != std::string::npos) {
      const std::string line = out_text_.substr(line_start_, end - line_start_);
      line_start_ = end + 1;
      return line;
    }
    if (out_ < 0) return "";
    read_more(until);
  }
}

void Process::send_signal(int signal) {
  if (child_ > 0) ::kill(child_, signal);
}

Ended Process::wait(std::chrono::seconds limit) {
  const auto until = Steady::now() + limit;
  while (read_more(until)) {
  }
  int status = 0;
  if (::waitpid(child_, &status, 0) < 0) throw_errno("waitpid");
  child_ = -1;
  Ended ended;
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  ended.out = out_text_;
  ended.err = err_text_;
  return ended;
}

std::vector<std::string> atrapa_words(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{ATRAPA_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

Ended run_atrapa(const std::vector<std::string>& arguments,
                 const std::filesystem::path& directory) {
  return Process(atrapa_words(arguments), directory).wait();
}

TemporaryDirectory::TemporaryDirectory() {
  std::string name = (std::filesystem::temp_directory_path() / "atrapa-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw_errno("mkdtemp");
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace atrapa::tests
