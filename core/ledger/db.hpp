#pragma once

// Private to core/ledger.

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "core/ledger/ledger.hpp"

namespace atrapa::core {

/// The open database with its prepared statements.
struct Ledger::Db {
  explicit Db(const std::string& file, int flags) : db(file, flags) {}

  /// Prepared once in the life of the connection. `sql` must be a literal: its address is the key.
  SQLite::Statement& prepared(const char* sql) {
    auto& statement = statements[sql];
    if (!statement) statement = std::make_unique<SQLite::Statement>(db, sql);
    return *statement;
  }

  SQLite::Database db;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements;
  std::function<void(CommitPoint)> hook;
  int depth = 0;
};

/// One use of a prepared statement; leaves it reset. Columns are read in the order they are named.
class Query {
 public:
  Query(Ledger::Db& db, const char* sql);
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  template <typename... Values>
  Query& bind(const Values&... values) {
    (bind_one(values), ...);
    return *this;
  }
  bool step() {
    column_ = 0;
    return statement_.executeStep();
  }
  void run() { statement_.exec(); }

  std::string text() { return next().getString(); }
  std::int64_t integer() { return next().getInt64(); }
  std::optional<std::string> optional_text() {
    const auto column = next();
    return column.isNull() ? std::nullopt : std::optional(column.getString());
  }
  std::optional<std::int64_t> optional_integer() {
    const auto column = next();
    return column.isNull() ? std::nullopt : std::optional(column.getInt64());
  }
  Instant instant() { return Instant(Duration(integer())); }

 private:
  SQLite::Column next() { return statement_.getColumn(column_++); }
  void bind_one(std::string_view text);
  void bind_one(const char* text) { bind_one(std::string_view(text)); }
  void bind_one(const std::string& text) { bind_one(std::string_view(text)); }
  void bind_one(std::int64_t number) { statement_.bind(++parameter_, number); }
  void bind_one(int number) { statement_.bind(++parameter_, number); }
  void bind_one(Instant at) { bind_one(std::int64_t{at.time_since_epoch().count()}); }
  template <typename T>
  void bind_one(const std::optional<T>& value) {
    if (value) {
      bind_one(*value);
    } else {
      statement_.bind(++parameter_);
    }
  }

  SQLite::Statement& statement_;
  int parameter_ = 0;
  int column_ = 0;
};

/// The row of an order's or a document's line: product_id, code, name, quantity, unit_price,
/// discount, vat, value, in this order.
ErpOrderLine read_kept_line(Query& lines);

std::string date_text(std::chrono::year_month_day date);  ///< "2026-03-02"
std::chrono::year_month_day date_of(std::string_view text);

/// The party of an order ("buyer", "recipient"), of a document or of a shipment.
void put_party(Ledger::Db& db, std::string_view owner, std::int64_t id, const ShopParty& party);
ShopParty read_party(Ledger::Db& db, std::string_view owner, std::int64_t id);

/// The next number of a series in the period of the date, taken inside the caller's transaction:
/// rolled back with it, so there is neither gap nor double. Nothing for an unknown series.
std::optional<std::string> take_number(Ledger::Db& db, const std::string& series,
                                       std::chrono::year_month_day date);

}  // namespace atrapa::core
