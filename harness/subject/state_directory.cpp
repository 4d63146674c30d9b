#include "harness/subject/state_directory.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include "harness/subject/endings.hpp"

namespace atrapa::harness {

TemporaryDirectory::TemporaryDirectory() {
  const endings::Starting starting;
  std::error_code error;
  const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
  std::string name = (parent / "atrapa-XXXXXX").string();
  if (error || ::mkdtemp(name.data()) == nullptr) {
    throw std::runtime_error(fmt::format(
        "no temporary directory can be made ({}): set TMPDIR to a place that can be written to",
        error ? error.message() : std::strerror(errno)));
  }
  path_ = name;
  endings::add_directory(path_.c_str());
}

TemporaryDirectory::~TemporaryDirectory() {
  endings::drop_directory(path_.c_str());
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::filesystem::path TemporaryDirectory::fresh() {
  const std::filesystem::path made = path_ / fmt::format("case-{}", ++made_);
  std::filesystem::create_directory(made);
  return made;
}

StateDirectory::~StateDirectory() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

}  // namespace atrapa::harness
