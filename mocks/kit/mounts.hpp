#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/host.hpp"
#include "mocks/kit/message.hpp"

namespace atrapa::mocks::kit {

/// What a server holds under which prefix.
class Mounts {
 public:
  using Control = std::function<Response(const Request&)>;

  struct Mount {
    std::string prefix;  ///< "" at the root, else "/shoper".
    Host* host = nullptr;
    Control control;  ///< Where `host` is null.
  };

  /// Throws std::logic_error for a prefix that does not begin with '/', or that is taken.
  void add(std::string prefix, Host* host, Control control);

  /// The mount with the longest prefix that the target's path begins with, whole segments only;
  /// null when there is none.
  const Mount* find(std::string_view target) const;

  /// "/shoper (shoper), /_atrapa (control)", for people.
  std::string listed() const;

 private:
  std::vector<Mount> mounts_;  ///< Longest prefix first.
};

/// What is left of the target below the prefix, always beginning with '/'.
std::string below(std::string_view prefix, std::string_view target);

}  // namespace atrapa::mocks::kit
