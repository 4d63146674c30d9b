#pragma once

#include <string>

namespace atrapa::harness {

/// One account of Base, and the token that opens it.
struct BaseAccess {
  std::string account, token;
};

}  // namespace atrapa::harness
