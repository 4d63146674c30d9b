#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/contract.hpp"
#include "mocks/kit/record_text.hpp"

namespace atrapa::mocks::kit {

/// One row: the very text that GET answers, and where in it each field's value stands. So an answer
/// is a copy of bytes, a list joins texts, and a read of a field costs no parsing. Never changes;
/// shared.
class Record {
 public:
  std::int64_t id() const { return id_; }
  /// The object as answers hold it. Write-only fields are not in it.
  std::string_view wire() const { return std::string_view(text_).substr(0, wire_size_); }
  bool has(std::size_t field) const { return spans_[field].size != 0; }
  /// The JSON text of a field's value, "" where the record has none.
  std::string_view raw(std::size_t field) const {
    return std::string_view(text_).substr(spans_[field].begin, spans_[field].size);
  }
  std::string text(std::size_t field) const { return scalar_text(raw(field)); }

 private:
  friend class RecordWriter;
  struct Span {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };

  std::int64_t id_ = 0;
  std::string text_;
  std::size_t wire_size_ = 0;
  std::vector<Span> spans_;
};

using RecordPtr = std::shared_ptr<const Record>;

/// Writes a new record, or a changed copy of one: only the changed values are written anew.
/// The base record must outlive the writer.
class RecordWriter {
 public:
  explicit RecordWriter(const Schema& schema);
  RecordWriter(const Schema& schema, const Record& base);
  /// An object's own text taken apart; members that the schema does not know are dropped. `text`
  /// must outlive the writer.
  RecordWriter(const Schema& schema, std::string_view text);

  /// `raw` is JSON text in our spelling (record_text.hpp).
  void set(std::size_t field, std::string raw);
  /// The same without a copy: `raw` must outlive the writer.
  void borrow(std::size_t field, std::string_view raw) { values_[field] = raw; }
  void set(std::string_view field, std::string raw) { set(schema_.at(field), std::move(raw)); }
  void set_text(std::string_view field, std::string_view text) { set(field, json_string(text)); }
  void clear(std::size_t field) { values_[field] = {}; }
  bool has(std::size_t field) const { return !values_[field].empty(); }
  bool has(std::string_view field) const { return has(schema_.at(field)); }
  std::string_view raw(std::size_t field) const { return values_[field]; }
  std::string_view raw(std::string_view field) const { return raw(schema_.at(field)); }
  std::string text(std::string_view field) const { return scalar_text(raw(field)); }

  /// Gives every field that a record always has and this one lacks its initial value.
  void fill();

  const Schema& schema() const { return schema_; }
  RecordPtr finish(std::int64_t id) const;
  /// The object's text alone, for an object inside a record. Write-only fields are left out.
  std::string object() const;

 private:
  const Schema& schema_;
  std::vector<std::string_view> values_;
  std::deque<std::string> own_;
};

}  // namespace atrapa::mocks::kit
