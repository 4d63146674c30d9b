#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace atrapa::mocks::kit {

/// What stood in the places of a route's placeholders, in the pattern's order. Views into the
/// segments that were looked up and into the router's own patterns; both must outlive it.
class Captures {
 public:
  static constexpr std::size_t kMax = 8;

  /// The segment in the place of `{name}`, or "" when the pattern has no such placeholder.
  std::string_view get(std::string_view name) const;
  std::string_view operator[](std::size_t place) const { return values_[place]; }
  std::size_t size() const { return size_; }

 private:
  friend class RouteTable;

  std::array<std::string_view, kMax> values_;
  const std::vector<std::string>* names_ = nullptr;
  std::size_t size_ = 0;
};

/// Paths and methods against route numbers: a trie with one hash look-up a segment, so that the
/// cost of finding a route does not grow with their number. A literal segment is preferred to a
/// placeholder.
class RouteTable {
 public:
  struct Match {
    /// The route's number; nothing when the path is unknown or knows no such method.
    std::optional<std::size_t> route;
    Captures captures;
    /// Methods of the path when it exists but not for this one (405); empty for an unknown path
    /// (404).
    std::vector<std::string_view> allowed;
  };

  RouteTable() : nodes_(1) {}

  /// `pattern` like "/webapi/rest/products/{id}". Returns the route's number: 0, 1, 2, ...
  /// Throws std::logic_error where the same method and path exist already, for a segment that is
  /// only partly a placeholder, and above Captures::kMax placeholders.
  std::size_t add(std::string_view method, std::string_view pattern);

  /// HEAD falls back to the path's GET where it has no route of its own.
  Match find(std::string_view method, const std::vector<std::string>& segments) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  struct Node {
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> literals;
    std::uint32_t placeholder = 0;  ///< 0: none, as the root is nobody's child.
    std::vector<std::pair<std::string, std::size_t>> methods;
  };
  using Path = std::array<std::string_view, Captures::kMax>;

  std::uint32_t child_of(std::uint32_t node, std::string_view segment, bool placeholder);
  std::uint32_t walk(std::uint32_t node, const std::vector<std::string>& segments,
                     std::size_t depth, Path& path, std::size_t captured) const;

  std::vector<Node> nodes_;
  std::vector<std::vector<std::string>> names_;  ///< Placeholder names by route.
};

/// A RouteTable whose routes carry something: a handler, a row of a table.
template <typename T>
class Router {
 public:
  struct Match {
    const T* route = nullptr;  ///< Null: 405 when `allowed` names methods, else 404.
    Captures captures;
    std::vector<std::string_view> allowed;
  };

  void add(std::string_view method, std::string_view pattern, T route) {
    table_.add(method, pattern);
    routes_.push_back(std::move(route));
  }

  Match find(std::string_view method, const std::vector<std::string>& segments) const {
    RouteTable::Match match = table_.find(method, segments);
    return {match.route ? &routes_[*match.route] : nullptr, match.captures,
            std::move(match.allowed)};
  }

  std::size_t size() const { return routes_.size(); }

 private:
  RouteTable table_;
  std::vector<T> routes_;
};

}  // namespace atrapa::mocks::kit
