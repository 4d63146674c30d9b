#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "mocks/kit/cow_map.hpp"

namespace atrapa::mocks::base {

/// Collects the keys by which a row can be found, for its table's indexes.
class Keys {
 public:
  /// The row is found under that key of that index. Numbers go through number_key().
  void add(int index, std::string key) { keys_.emplace_back(index, std::move(key)); }
  auto begin() const { return keys_.begin(); }
  auto end() const { return keys_.end(); }

 private:
  std::vector<std::pair<int, std::string>> keys_;
};

/// A number of at least 0 as a key: keys compare as the numbers do.
std::string number_key(std::int64_t number);

/// A row type says by which keys it is found in `void keys(Keys&) const`, or has no indexes.
template <typename T>
concept Indexed = requires(const T& row, Keys& keys) {
  row.keys(keys);
};

/// Rows by ascending id, each shared until it is changed. A value: copies share all they can.
/// `T` has an `id`; its `keys()` say where else it is found.
template <typename T>
class Rows {
 public:
  using Pointer = std::shared_ptr<const T>;

  std::size_t size() const { return rows_.size(); }
  /// Null where there is no such row. Good until the row is written or removed.
  const T* find(std::int64_t id) const {
    const Pointer* row = rows_.find(id);
    return row != nullptr ? row->get() : nullptr;
  }
  bool has(std::int64_t id) const { return rows_.find(id) != nullptr; }

  /// Gives the row the next id.
  std::int64_t add(T row) {
    row.id = next_id_;
    put(std::move(row));
    return next_id_ - 1;
  }
  /// Adds the row, or replaces the one of its id.
  void put(T row) {
    const std::int64_t id = row.id;
    const Pointer* before = rows_.find(id);
    auto after = std::make_shared<const T>(std::move(row));
    reindex(before != nullptr ? before->get() : nullptr, after.get());
    rows_.put(id, std::move(after));
    next_id_ = std::max(next_id_, id + 1);
  }
  /// Changes a copy of the row and puts it in its place. False where there is no such row.
  template <typename Change>
  bool edit(std::int64_t id, Change&& change) {
    const T* row = find(id);
    if (row == nullptr) return false;
    T changed = *row;
    change(changed);
    put(std::move(changed));
    return true;
  }
  /// False where there was none.
  bool erase(std::int64_t id) {
    const T* row = find(id);
    if (row == nullptr) return false;
    reindex(row, nullptr);
    return rows_.erase(id);
  }

  /// One above the highest id ever given.
  std::int64_t next_id() const { return next_id_; }
  std::int64_t take_id() { return next_id_++; }
  /// Never gives an id below this one.
  void raise_next_id(std::int64_t id) { next_id_ = std::max(next_id_, id); }

  /// Visits rows by ascending id from the first one with an id of at least `from`, until the
  /// visitor answers false.
  template <typename Visit>
  void each(Visit&& visit, std::int64_t from = INT64_MIN) const {
    rows_.each_from(from, [&](std::int64_t, const Pointer& row) { return visit(*row); });
  }

  /// Visits rows in the order of an index, equal keys by id, from the first key that is not less
  /// than `from`, until the visitor answers false.
  template <typename Visit>
  void each_by(int index, const std::string& from, Visit&& visit) const requires Indexed<T> {
    index_.each_from(Place{index, from, INT64_MIN}, [&](const Place& place, const Nothing&) {
      return std::get<0>(place) == index && visit(*find(std::get<2>(place)));
    });
  }
  /// The rows of a key, by id.
  std::vector<const T*> look_up(int index, const std::string& key) const requires Indexed<T> {
    std::vector<const T*> found;
    index_.each_from(Place{index, key, INT64_MIN}, [&](const Place& place, const Nothing&) {
      if (std::get<0>(place) != index || std::get<1>(place) != key) return false;
      found.push_back(find(std::get<2>(place)));
      return true;
    });
    return found;
  }

  /// Whether both are still the very same rows.
  bool shares_with(const Rows& other) const { return rows_.shares_with(other.rows_); }

 private:
  struct Nothing {};
  using Place = std::tuple<int, std::string, std::int64_t>;  ///< Index, key, id.

  static std::vector<Place> places_of(const T* row) {
    std::vector<Place> places;
    if constexpr (Indexed<T>) {
      if (row == nullptr) return places;
      Keys keys;
      row->keys(keys);
      for (const auto& [index, key] : keys) places.emplace_back(index, key, row->id);
      std::sort(places.begin(), places.end());
    }
    return places;
  }
  void reindex(const T* before, const T* after) {
    if constexpr (Indexed<T>) {
      const std::vector<Place> old = places_of(before);
      const std::vector<Place> now = places_of(after);
      for (const Place& place : old) {
        if (!std::binary_search(now.begin(), now.end(), place)) index_.erase(place);
      }
      for (const Place& place : now) {
        if (!std::binary_search(old.begin(), old.end(), place)) index_.put(place, {});
      }
    }
  }

  kit::CowMap<std::int64_t, Pointer> rows_;
  kit::CowMap<Place, Nothing> index_;
  std::int64_t next_id_ = 1;
};

}  // namespace atrapa::mocks::base
