#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace atrapa::harness {

/// What worlds, configurations and lists of products may have at most.
inline constexpr std::uintmax_t kMaxInputBytes = std::uintmax_t{1} << 30;

/// The whole file. Throws std::runtime_error naming it where it cannot be read or is larger than
/// `max_bytes`.
std::string read_text_file(const std::filesystem::path& file, std::uintmax_t max_bytes);

/// Writes beside the file and renames: a reader sees the old file or the whole new one. A link is
/// followed; what is no file ("/dev/stdout", a pipe) is written to as it is. Throws
/// std::runtime_error naming it where that does not succeed; the old file is then untouched.
void write_text_file(const std::filesystem::path& file, std::string_view text);

/// Throws as write_text_file() would where the file cannot be written as things are: for what is
/// written only after a long work.
void check_text_file(const std::filesystem::path& file);

}  // namespace atrapa::harness
