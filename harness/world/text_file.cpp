#include "harness/world/text_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace atrapa::harness {
namespace {

[[noreturn]] void cannot(const std::filesystem::path& file, std::string_view what,
                         std::string_view why) {
  throw std::runtime_error(fmt::format("{}: cannot be {}: {}", file.string(), what, why));
}

constexpr int kMostLinks = 40;  // As many as Linux follows.
constexpr int kMostNames = 100;
constexpr mode_t kModeOfNewFiles = 0666;  // Less the umask.

void put(std::ofstream& out, const std::filesystem::path& file, std::string_view text) {
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) cannot(file, "written", std::strerror(errno));
}

/// A device or a pipe: there is nothing to be replaced. Throws for a directory.
bool is_no_file(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) cannot(file, "written", "it is a directory");
  return std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error);
}

/// Behind a link the file that it leads to is replaced, not the link.
std::filesystem::path behind_links(std::filesystem::path file) {
  std::error_code error;
  for (int links = 0; links < kMostLinks && std::filesystem::is_symlink(file, error); ++links) {
    file = file.parent_path() / std::filesystem::read_symlink(file, error);
  }
  return file;
}

/// A new file in the directory of another, which no other program has; gone with its owner unless
/// it took that one's place.
class Beside {
 public:
  /// `named`: what the user calls it.
  Beside(std::filesystem::path target, std::filesystem::path named)
      : target_(std::move(target)), named_(std::move(named)) {
    int descriptor = -1;
    for (int i = 0; i < kMostNames; ++i) {
      path_ = fmt::format("{}.{}-{}.new", target_.string(), ::getpid(), i);
      descriptor = ::open(path_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, kModeOfNewFiles);
      if (descriptor >= 0 || errno != EEXIST) break;
    }
    if (descriptor < 0) cannot(named_, "written", std::strerror(errno));
    struct stat there {};
    if (::stat(target_.c_str(), &there) == 0) ::fchmod(descriptor, there.st_mode & 07777);
    ::close(descriptor);
  }
  ~Beside() {
    std::error_code error;
    if (!placed_) std::filesystem::remove(path_, error);
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  const std::string& path() const { return path_; }

  void take_its_place() {
    std::error_code error;
    std::filesystem::rename(path_, target_, error);
    if (error) cannot(named_, "written", error.message());
    placed_ = true;
  }

 private:
  std::filesystem::path target_, named_;
  std::string path_;
  bool placed_ = false;
};

}  // namespace

std::string read_text_file(const std::filesystem::path& file, std::uintmax_t max_bytes) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) cannot(file, "read", "it is a directory");
  std::ifstream in(file, std::ios::binary);
  if (!in) cannot(file, "read", std::strerror(errno));
  const std::uintmax_t bytes = std::filesystem::file_size(file, error);
  if (!error && bytes > max_bytes) {
    cannot(file, "read", fmt::format("it has {} bytes, at most {} are taken", bytes, max_bytes));
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_text_file(const std::filesystem::path& file, std::string_view text) {
  if (is_no_file(file)) {
    std::ofstream out(file, std::ios::binary);
    if (!out) cannot(file, "written", std::strerror(errno));
    put(out, file, text);
    return;
  }
  Beside beside(behind_links(file), file);
  std::ofstream out(beside.path(), std::ios::binary | std::ios::trunc);
  if (!out) cannot(file, "written", std::strerror(errno));
  put(out, file, text);
  beside.take_its_place();
}

void check_text_file(const std::filesystem::path& file) {
  if (!is_no_file(file)) Beside(behind_links(file), file);
}

}  // namespace atrapa::harness
