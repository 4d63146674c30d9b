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

/// Where rows are found but by their ids: index, key, id.
using Place = std::tuple<int, std::string, std::int64_t>;

/// The places of all rows of a table, in order. A value, as the table is.
class RowIndex {
 public:
  /// One row's places before and after a change; none where it was not, or is no more, there.
  void change(std::vector<Place> before, std::vector<Place> after);
  /// Visits the ids of that index from the first key that is not less than `from`, equal keys by
  /// id, with their keys, until the visitor answers false.
  template <typename Visit>
  void each_from(int index, const std::string& from, Visit&& visit) const {
    places_.each_from(Place{index, from, INT64_MIN}, [&](const Place& place, const Nothing&) {
      return std::get<0>(place) == index && visit(std::get<1>(place), std::get<2>(place));
    });
  }

 private:
  struct Nothing {};

  kit::CowMap<Place, Nothing> places_;
};

/// Rows by ascending id, each shared until it is changed. A value: copies share all they can.
/// `T` has an `id`; its `keys()` say where else it is found.
template <typename T>
class Rows {
 public:
  std::size_t size() const { return rows_.size(); }
  /// Null where there is no such row. Good until the row is written or removed.
  const T* find(std::int64_t id) const {
    const Pointer* row = rows_.find(id);
    return row != nullptr ? static_cast<const T*>(row->get()) : nullptr;
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
    auto after = std::make_shared<const T>(std::move(row));
    reindex(find(id), after.get());
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
    rows_.each_from(from, [&](std::int64_t, const Pointer& row) {
      return visit(*static_cast<const T*>(row.get()));
    });
  }

  /// Visits rows in the order of an index, equal keys by id, from the first key that is not less
  /// than `from`, until the visitor answers false.
  template <typename Visit>
  void each_by(int index, const std::string& from, Visit&& visit) const requires Indexed<T> {
    index_.each_from(index, from,
                     [&](const std::string&, std::int64_t id) { return visit(*find(id)); });
  }
  /// The rows of a key, by id.
  std::vector<const T*> look_up(int index, const std::string& key) const requires Indexed<T> {
    std::vector<const T*> found;
    index_.each_from(index, key, [&](const std::string& other, std::int64_t id) {
      if (other != key) return false;
      found.push_back(find(id));
      return true;
    });
    return found;
  }

  /// Whether both are still the very same rows.
  bool shares_with(const Rows& other) const { return rows_.shares_with(other.rows_); }

 private:
  // All tables keep their rows in one type of map: one for each type of row would be compiled
  // dozens of times.
  using Pointer = std::shared_ptr<const void>;  ///< Of a T.

  static std::vector<Place> places_of(const T* row) {
    std::vector<Place> places;
    if (row == nullptr) return places;
    Keys keys;
    row->keys(keys);
    for (const auto& [index, key] : keys) places.emplace_back(index, key, row->id);
    return places;
  }
  void reindex(const T* before, const T* after) {
    if constexpr (Indexed<T>) index_.change(places_of(before), places_of(after));
  }

  kit::CowMap<std::int64_t, Pointer> rows_;
  RowIndex index_;
  std::int64_t next_id_ = 1;
};

}  // namespace atrapa::mocks::base
