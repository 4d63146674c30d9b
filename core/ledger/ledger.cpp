#include "core/ledger/ledger.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <new>
#include <stdexcept>

#include "core/ledger/db.hpp"
#include "core/ledger/schema.hpp"

namespace atrapa::core {

namespace {

const int kFlags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX;
constexpr int kBusyTimeoutMs = 10'000;

/// Books hold tokens and buyers, so that a new file is its owner's alone; SQLite gives the files
/// beside it the same mode. Books that are there keep theirs.
void make_private(const std::filesystem::path& file) {
  constexpr mode_t kOwnerOnly = 0600;
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (descriptor >= 0) ::close(descriptor);
}

}  // namespace

Query::Query(Ledger::Db& db, const char* sql) : statement_(db.prepared(sql)) {
  statement_.tryReset();
}

void Query::bind_one(std::string_view text) { statement_.bind(++parameter_, std::string(text)); }

std::string date_text(std::chrono::year_month_day date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::chrono::year_month_day date_of(std::string_view text) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(std::string(text).c_str(), "%d-%u-%u", &year, &month, &day) != 3) return {};
  return std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month),
                                     std::chrono::day(day));
}

Ledger::Ledger(std::unique_ptr<Db> db) : db_(std::move(db)) {}
Ledger::~Ledger() = default;

std::unique_ptr<Ledger> Ledger::in_memory() {
  const std::string& image = empty_books();
  auto db = std::make_unique<Db>(":memory:", kFlags);
  const auto size = static_cast<sqlite3_int64>(image.size());
  auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
  if (bytes == nullptr) throw std::bad_alloc();
  std::memcpy(bytes, image.data(), image.size());
  // SQLite owns the bytes from here on, also when it refuses them.
  const int code =
      sqlite3_deserialize(db->db.getHandle(), "main", bytes, size, size,
                          SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  if (code != SQLITE_OK) throw SQLite::Exception(db->db.getHandle(), code);
  return std::unique_ptr<Ledger>(new Ledger(std::move(db)));
}

Result<std::unique_ptr<Ledger>> Ledger::open(const std::filesystem::path& file) {
  if (file != ":memory:") make_private(file);
  try {
    auto db = std::make_unique<Db>(file.string(), kFlags);
    db->db.setBusyTimeout(kBusyTimeoutMs);
    db->db.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
    const int version = db->db.execAndGet("PRAGMA user_version").getInt();
    if (version > newest_schema_version()) {
      return fail(fmt::format(
          "{}: the ledger has version {}, this program knows up to {}; use the newer program",
          file.string(), version, newest_schema_version()));
    }
    migrate(db->db);
    return std::unique_ptr<Ledger>(new Ledger(std::move(db)));
  } catch (const SQLite::Exception& problem) {
    return fail(
        fmt::format("{}: cannot be used as a ledger ({}); expected a writable SQLite file or a "
                    "path where one can be made",
                    file.string(), problem.what()));
  }
}

Ledger::Transaction::Transaction(Ledger& ledger)
    : ledger_(ledger), outermost_(ledger.db_->depth == 0) {
  if (outermost_) Query(*ledger_.db_, "BEGIN IMMEDIATE").run();
  ++ledger_.db_->depth;
}

Ledger::Transaction::~Transaction() {
  if (!open_) return;
  --ledger_.db_->depth;
  if (!outermost_) return;
  // Rolled back. A connection that can no longer do even that has lost the transaction with it.
  sqlite3_exec(ledger_.db_->db.getHandle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Ledger::Transaction::commit() {
  if (!open_) throw std::logic_error("Ledger: a transaction is committed twice");
  if (outermost_) {
    if (ledger_.db_->hook) ledger_.db_->hook(CommitPoint::Before);
    Query(*ledger_.db_, "COMMIT").run();
  }
  open_ = false;
  --ledger_.db_->depth;
  if (outermost_ && ledger_.db_->hook) ledger_.db_->hook(CommitPoint::After);
}

void Ledger::on_commit(std::function<void(CommitPoint)> hook) { db_->hook = std::move(hook); }

void Ledger::clear() {
  db_->hook = {};
  Transaction transaction(*this);
  for (const char* sql : clearing_statements()) Query(*db_, sql).run();
  transaction.commit();
}

int Ledger::schema_version() const { return db_->db.execAndGet("PRAGMA user_version").getInt(); }

std::optional<std::string> Ledger::setting(std::string_view integration,
                                           std::string_view key) const {
  Query query(*db_, "SELECT value FROM settings WHERE integration=? AND key=?");
  query.bind(integration, key);
  return query.step() ? std::optional(query.text()) : std::nullopt;
}

void Ledger::set_setting(std::string_view integration, std::string_view key,
                         std::string_view value) {
  Transaction transaction(*this);
  Query(*db_, "INSERT OR REPLACE INTO settings VALUES(?,?,?)").bind(integration, key, value).run();
  transaction.commit();
}

void Ledger::note_automatic(std::string_view integration, bool on, Instant at) {
  Transaction transaction(*this);
  if (on) {
    Query(*db_, "UPDATE suspensions SET to_at=? WHERE integration=? AND to_at IS NULL")
        .bind(at, integration)
        .run();
  } else if (Query open(*db_, "SELECT 1 FROM suspensions WHERE integration=? AND to_at IS NULL");
             !open.bind(integration).step()) {
    Query(*db_, "INSERT OR REPLACE INTO suspensions VALUES(?,?,NULL)").bind(integration, at).run();
  }
  transaction.commit();
}

std::vector<Suspension> Ledger::suspensions(std::string_view integration) const {
  std::vector<Suspension> all;
  Query query(*db_, "SELECT from_at, to_at FROM suspensions WHERE integration=? ORDER BY from_at");
  query.bind(integration);
  while (query.step()) {
    const Instant from = query.instant();
    const auto to = query.optional_integer();
    all.push_back({from, to ? std::optional(Instant(Duration(*to))) : std::nullopt});
  }
  return all;
}

}  // namespace atrapa::core
