#include "mocks/kit/mounts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace atrapa::mocks::kit {

void Mounts::add(std::string prefix, Host* host, Control control) {
  while (prefix.ends_with('/')) prefix.pop_back();
  if (!prefix.empty() && prefix.front() != '/') {
    throw std::logic_error(fmt::format("mount prefix '{}' must begin with '/'", prefix));
  }
  if (std::ranges::find(mounts_, prefix, &Mount::prefix) != mounts_.end()) {
    throw std::logic_error(fmt::format("'{}/' is mounted twice", prefix));
  }
  mounts_.push_back({std::move(prefix), host, std::move(control)});
  std::ranges::stable_sort(mounts_, std::ranges::greater{},
                           [](const Mount& mount) { return mount.prefix.size(); });
}

const Mounts::Mount* Mounts::find(std::string_view target) const {
  const auto holds = [&](const Mount& mount) {
    if (!target.starts_with(mount.prefix)) return false;
    const std::string_view rest = target.substr(mount.prefix.size());
    return rest.empty() || mount.prefix.empty() || rest.front() == '/' || rest.front() == '?';
  };
  const auto found = std::ranges::find_if(mounts_, holds);
  return found == mounts_.end() ? nullptr : &*found;
}

std::string Mounts::listed() const {
  std::string list;
  for (const Mount& mount : mounts_) {
    if (!list.empty()) list += ", ";
    list += fmt::format("{}/ ({})", mount.prefix,
                        mount.host == nullptr ? "control" : mount.host->platform().name());
  }
  return list.empty() ? "nothing" : list;
}

std::string below(std::string_view prefix, std::string_view target) {
  target.remove_prefix(prefix.size());
  std::string rest;
  if (target.empty() || target.front() == '?') rest.push_back('/');
  return rest.append(target);
}

}  // namespace atrapa::mocks::kit
