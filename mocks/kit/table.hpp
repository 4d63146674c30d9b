#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mocks/kit/contract.hpp"
#include "mocks/kit/cow.hpp"
#include "mocks/kit/record.hpp"

namespace atrapa::mocks::kit {

/// Rows ordered by id. A value: copying costs a few pointers, and the first write after that copies
/// one page of rows (and one shard of each index), not the table.
class Table {
 public:
  static constexpr std::size_t kPageRows = 64;
  static constexpr std::size_t kMaxIndexes = 4;

  Table() = default;
  /// `schema` must outlive the table. Look-ups by the `indexed` fields (at most kMaxIndexes,
  /// scalars) do not scan.
  Table(const Schema& schema, const std::vector<std::string_view>& indexed);

  std::size_t size() const { return rows_->size; }
  /// Null where there is no such row.
  RecordPtr find(std::int64_t id) const;
  bool has(std::int64_t id) const { return find(id) != nullptr; }
  /// Adds the row, or replaces the one of its id.
  void put(RecordPtr row);
  /// False where there was none.
  bool erase(std::int64_t id);

  /// One above the highest id ever taken or put.
  std::int64_t next_id() const { return rows_->next_id; }
  std::int64_t take_id() { return rows_.write().next_id++; }
  /// Never hands out an id below this one.
  void raise_next_id(std::int64_t id);

  /// Visits rows by ascending id from the first one with an id of at least `from`, until the
  /// visitor answers false.
  template <typename Visit>
  void each(Visit&& visit, std::int64_t from = INT64_MIN) const {
    for (std::size_t page = page_of(from); page < rows_->pages.size(); ++page) {
      for (const RecordPtr& row : *rows_->pages[page]) {
        if (row->id() >= from && !visit(row)) return;
      }
    }
  }
  /// At most `count` rows after the first `skip` ones, by ascending id.
  std::vector<RecordPtr> slice(std::size_t skip, std::size_t count) const;

  bool indexed(std::size_t field) const;
  /// Rows whose value of an indexed field equals `key` (index_key), by ascending id.
  std::vector<RecordPtr> look_up(std::size_t field, const std::string& key) const;
  /// For fields that our own code names.
  std::vector<RecordPtr> look_up(std::string_view field, const std::string& key) const {
    return look_up(schema_->at(field), key);
  }

  const Schema& schema() const { return *schema_; }
  /// Whether both are still the very same rows.
  bool shares_with(const Table& other) const { return rows_.shares_with(other.rows_); }

 private:
  using Page = std::vector<RecordPtr>;
  struct Rows {
    std::vector<Cow<Page>> pages;
    std::vector<std::int64_t> first;    ///< Lowest id of each page.
    std::vector<std::uint32_t> counts;  ///< Rows of each page.
    std::size_t size = 0;
    std::int64_t next_id = 1;
  };
  static constexpr std::size_t kShards = 64;
  using Shard = std::vector<std::pair<std::uint64_t, std::int64_t>>;  ///< Hash and id, sorted.
  using Index = std::array<Cow<Shard>, kShards>;

  std::size_t page_of(std::int64_t id) const;
  /// Moves a row in the indexes from what it was to what it is; null: it was not, or is no more.
  void reindex(const Record* before, const Record* after);

  const Schema* schema_ = nullptr;
  std::array<std::uint16_t, kMaxIndexes> fields_{};
  std::size_t index_count_ = 0;
  Cow<Rows> rows_;
  std::array<Cow<Index>, kMaxIndexes> indexes_;
};

/// How a value is looked up: a number as its shortest decimal text, a text as it is.
std::string index_key(const Field& field, std::string_view raw);

}  // namespace atrapa::mocks::kit
