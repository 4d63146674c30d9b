#pragma once

#include <stdexcept>
#include <string>

namespace atrapa::mocks::kit {

/// A world or contract that cannot be read: where (JSON pointer), what was wrong, what was expected.
class WorldError : public std::runtime_error {
 public:
  WorldError(std::string pointer, const std::string& problem)
      : std::runtime_error(pointer + ": " + problem), pointer_(std::move(pointer)) {}

  const std::string& pointer() const { return pointer_; }

 private:
  std::string pointer_;
};

}  // namespace atrapa::mocks::kit
