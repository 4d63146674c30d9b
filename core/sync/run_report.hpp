#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/log_entry.hpp"

namespace atrapa::core {

/// How far a long work has come.
struct Progress {
  std::string_view stage;  ///< "orders", "products", "new products", "stock"
  std::int64_t done = 0;
  std::optional<std::int64_t> total;
};
using OnProgress = std::function<void(const Progress&)>;

/// What became of the ERP's products where a command sends them.
struct SentProducts {
  std::int64_t added = 0;
  std::int64_t there = 0;       ///< Their code is in the shop.
  std::int64_t left_alone = 0;  ///< Each with an entry.
};

/// What one command did.
struct RunReport {
  bool ok = false;       ///< The run came to its end. Single records may have failed nevertheless.
  std::int64_t run = 0;  ///< In the ledger; 0 where nothing was run.
  std::int64_t orders_read = 0, orders_saved = 0, orders_already_there = 0, orders_left_alone = 0;
  std::int64_t products_paired = 0, stock_written = 0, stock_unchanged = 0, products_left_alone = 0;
  std::optional<SentProducts> products;  ///< Nothing: the command sends none.
  std::int64_t failed = 0;               ///< Records with an error.
  std::vector<LogEntry> entries;
  std::vector<std::string> summary;  ///< Lines for people; no secrets.
};

}  // namespace atrapa::core
