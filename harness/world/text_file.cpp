#include "harness/world/text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace atrapa::harness {
namespace {

[[noreturn]] void cannot(const std::filesystem::path& file, std::string_view what,
                         std::string_view why) {
  throw std::runtime_error(fmt::format("{}: cannot be {}: {}", file.string(), what, why));
}

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
  std::filesystem::path beside = file;
  beside += ".new";
  std::error_code error;
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    if (!out) cannot(file, "written", std::strerror(errno));
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) {
      const std::string why = std::strerror(errno);
      std::filesystem::remove(beside, error);
      cannot(file, "written", why);
    }
  }
  std::filesystem::rename(beside, file, error);
  if (!error) return;
  const std::string why = error.message();
  std::filesystem::remove(beside, error);
  cannot(file, "written", why);
}

}  // namespace atrapa::harness
