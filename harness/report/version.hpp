#pragma once

namespace atrapa::harness::report {

/// Of the whole project; the one that CMakeLists.txt names.
inline constexpr const char* kVersion = "0.1.0";

}  // namespace atrapa::harness::report
