#include "mocks/kit/router.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace atrapa::mocks::kit {

namespace {

constexpr std::uint32_t kNoNode = 0xFFFFFFFFu;

std::vector<std::string_view> split_pattern(std::string_view pattern) {
  std::vector<std::string_view> segments;
  while (!pattern.empty()) {
    const std::size_t slash = pattern.find('/');
    const std::string_view segment = pattern.substr(0, slash);
    if (!segment.empty()) segments.push_back(segment);
    if (slash == std::string_view::npos) break;
    pattern.remove_prefix(slash + 1);
  }
  return segments;
}

bool is_placeholder(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

std::string_view Captures::get(std::string_view name) const {
  for (std::size_t place = 0; place < size_; ++place) {
    if ((*names_)[place] == name) return values_[place];
  }
  return {};
}

std::uint32_t RouteTable::child_of(std::uint32_t node, std::string_view segment, bool placeholder) {
  const auto next = static_cast<std::uint32_t>(nodes_.size());
  if (placeholder) {
    if (nodes_[node].placeholder != 0) return nodes_[node].placeholder;
    nodes_[node].placeholder = next;
  } else {
    const auto [found, added] = nodes_[node].literals.try_emplace(std::string(segment), next);
    if (!added) return found->second;
  }
  nodes_.emplace_back();
  return next;
}

std::size_t RouteTable::add(std::string_view method, std::string_view pattern) {
  std::uint32_t node = 0;
  std::vector<std::string> names;
  for (const std::string_view segment : split_pattern(pattern)) {
    const bool placeholder = is_placeholder(segment);
    if (placeholder) {
      names.emplace_back(segment.substr(1, segment.size() - 2));
    } else if (segment.find_first_of("{}") != std::string_view::npos) {
      throw std::logic_error(
          fmt::format("route {} {}: segment '{}' is only partly a placeholder; write '{{name}}'",
                      method, pattern, segment));
    }
    node = child_of(node, segment, placeholder);
  }
  if (names.size() > Captures::kMax) {
    throw std::logic_error(fmt::format("route {} {}: {} placeholders, at most {} are kept", method,
                                       pattern, names.size(), Captures::kMax));
  }

  auto& methods = nodes_[node].methods;
  if (std::ranges::any_of(methods, [&](const auto& known) { return known.first == method; })) {
    throw std::logic_error(fmt::format("route {} {} is there twice", method, pattern));
  }
  methods.emplace_back(method, names_.size());
  names_.push_back(std::move(names));
  return names_.size() - 1;
}

std::uint32_t RouteTable::walk(std::uint32_t node, const std::vector<std::string>& segments,
                               std::size_t depth, Path& path, std::size_t captured) const {
  const Node& here = nodes_[node];
  if (depth == segments.size()) return here.methods.empty() ? kNoNode : node;

  if (const auto literal = here.literals.find(segments[depth]); literal != here.literals.end()) {
    const std::uint32_t end = walk(literal->second, segments, depth + 1, path, captured);
    if (end != kNoNode) return end;
  }
  if (here.placeholder == 0 || captured == path.size()) return kNoNode;
  path[captured] = segments[depth];
  return walk(here.placeholder, segments, depth + 1, path, captured + 1);
}

RouteTable::Match RouteTable::find(std::string_view method,
                                   const std::vector<std::string>& segments) const {
  Match match;
  const std::uint32_t end = walk(0, segments, 0, match.captures.values_, 0);
  if (end == kNoNode) return match;

  const auto& methods = nodes_[end].methods;
  const auto of = [&](std::string_view name) {
    return std::ranges::find_if(methods, [&](const auto& known) { return known.first == name; });
  };
  auto found = of(method);
  if (found == methods.end() && method == "HEAD") found = of("GET");
  if (found == methods.end()) {
    for (const auto& [name, route] : methods) match.allowed.emplace_back(name);
    return match;
  }
  match.route = found->second;
  match.captures.names_ = &names_[found->second];
  match.captures.size_ = names_[found->second].size();
  return match;
}

}  // namespace atrapa::mocks::kit
