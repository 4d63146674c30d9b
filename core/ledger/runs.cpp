#include "core/ledger/db.hpp"
#include "core/ledger/ledger.hpp"

namespace atrapa::core {

namespace {

std::vector<LoggedEntry> read_log(Query& query) {
  std::vector<LoggedEntry> log;
  while (query.step()) {
    LoggedEntry logged;
    logged.id = query.integer();
    logged.run = query.integer();
    logged.entry.severity = static_cast<Severity>(query.integer());
    logged.entry.kind = static_cast<RecordKind>(query.integer());
    logged.entry.record = query.text();
    logged.entry.reason = reason_named(query.text()).value_or(Reason::Interrupted);
    logged.entry.text = query.text();
    log.push_back(std::move(logged));
  }
  return log;
}

std::size_t count(Ledger::Db& db, const char* sql) {
  Query query(db, sql);
  query.step();
  return static_cast<std::size_t>(query.integer());
}

}  // namespace

std::string_view to_string(Receipt::Outcome outcome) {
  switch (outcome) {
    case Receipt::Outcome::Done: return "done";
    case Receipt::Outcome::Refused: return "refused";
    case Receipt::Outcome::FoundDone: return "found_done";
    case Receipt::Outcome::FoundNotDone: return "found_not_done";
    case Receipt::Outcome::Unknown: return "unknown";
  }
  return "";
}

std::vector<std::int64_t> Ledger::write_intents(std::int64_t run,
                                                std::span<const IntentDraft> drafts, Instant at) {
  std::vector<std::int64_t> ids;
  Transaction transaction(*this);
  for (const IntentDraft& draft : drafts) {
    Query(*db_, "INSERT INTO intents(run, kind, record, value, written_at) VALUES(?,?,?,?,?)")
        .bind(run, draft.kind, draft.record, draft.value, at)
        .run();
    ids.push_back(db_->db.getLastInsertRowid());
  }
  transaction.commit();
  return ids;
}

void Ledger::write_receipts(std::span<const Receipt> receipts, Instant at) {
  Transaction transaction(*this);
  for (const Receipt& receipt : receipts) {
    Query(*db_, "INSERT OR REPLACE INTO receipts VALUES(?,?,?,?)")
        .bind(receipt.intent, to_string(receipt.outcome), receipt.text, at)
        .run();
    Query(*db_, "UPDATE intents SET settled=1 WHERE id=?").bind(receipt.intent).run();
  }
  transaction.commit();
}

std::vector<Intent> Ledger::open_intents(std::string_view integration) const {
  std::vector<Intent> open;
  Query query(
      *db_,
      "SELECT i.id, i.run, i.kind, i.record, i.value FROM intents i JOIN runs r ON r.id=i.run"
      " WHERE i.settled=0 AND r.integration=?"
      " ORDER BY i.id");
  query.bind(integration);
  while (query.step()) {
    Intent intent;
    intent.id = query.integer();
    intent.run = query.integer();
    intent.kind = query.text();
    intent.record = query.text();
    intent.value = query.text();
    open.push_back(std::move(intent));
  }
  return open;
}

std::unordered_map<std::string, std::string> Ledger::added_products(
    std::string_view integration) const {
  std::unordered_map<std::string, std::string> added;
  Query query(*db_,
              "SELECT i.record, p.text FROM intents i JOIN receipts p ON p.intent=i.id"
              " JOIN runs r ON r.id=i.run WHERE i.kind='product' AND r.integration=?"
              " AND p.outcome IN ('done', 'found_done') ORDER BY i.id");
  query.bind(integration);
  while (query.step()) {
    std::string product = query.text();
    added.insert_or_assign(std::move(product), query.text());
  }
  return added;
}

std::size_t Ledger::intent_count() const { return count(*db_, "SELECT COUNT(*) FROM intents"); }
std::size_t Ledger::receipt_count() const { return count(*db_, "SELECT COUNT(*) FROM receipts"); }

std::int64_t Ledger::begin_run(std::string_view integration, std::string_view trigger, Instant at) {
  Transaction transaction(*this);
  Query(
      *db_,
      "UPDATE runs SET finished=?, outcome='interrupted' WHERE integration=? AND finished IS NULL")
      .bind(at, integration)
      .run();
  Query(*db_, "INSERT INTO runs(integration, trigger, started) VALUES(?,?,?)")
      .bind(integration, trigger, at)
      .run();
  const std::int64_t id = db_->db.getLastInsertRowid();
  transaction.commit();
  return id;
}

void Ledger::add_entries(std::int64_t run, std::span<const LogEntry> entries) {
  if (entries.empty()) return;
  Transaction transaction(*this);
  for (const LogEntry& entry : entries) {
    Query(*db_, "INSERT INTO log(run, severity, kind, record, reason, text) VALUES(?,?,?,?,?,?)")
        .bind(run, static_cast<int>(entry.severity), static_cast<int>(entry.kind), entry.record,
              to_string(entry.reason), entry.text)
        .run();
  }
  transaction.commit();
}

void Ledger::finish_run(std::int64_t run, std::string_view outcome, const RunTotals& totals,
                        Instant at) {
  Transaction transaction(*this);
  Query(*db_,
        "UPDATE runs SET finished=?, outcome=?, read=?, created=?, updated=?, skipped=?, failed=? "
        "WHERE id=?")
      .bind(at, outcome, totals.read, totals.created, totals.updated, totals.skipped, totals.failed,
            run)
      .run();
  transaction.commit();
}

std::vector<RunRecord> Ledger::runs() const {
  std::vector<RunRecord> runs;
  Query query(*db_,
              "SELECT id, integration, trigger, started, finished, outcome, read, created, updated,"
              " skipped, failed FROM runs ORDER BY id");
  while (query.step()) {
    RunRecord run;
    run.id = query.integer();
    run.integration = query.text();
    run.trigger = query.text();
    run.started = query.instant();
    if (const auto finished = query.optional_integer()) run.finished = Instant(Duration(*finished));
    run.outcome = query.text();
    run.totals.read = query.integer();
    run.totals.created = query.integer();
    run.totals.updated = query.integer();
    run.totals.skipped = query.integer();
    run.totals.failed = query.integer();
    runs.push_back(std::move(run));
  }
  return runs;
}

std::vector<LoggedEntry> Ledger::log() const {
  Query query(*db_, "SELECT id, run, severity, kind, record, reason, text FROM log ORDER BY id");
  return read_log(query);
}

std::vector<LoggedEntry> Ledger::log_of(std::int64_t run) const {
  Query query(
      *db_,
      "SELECT id, run, severity, kind, record, reason, text FROM log WHERE run=? ORDER BY id");
  query.bind(run);
  return read_log(query);
}

}  // namespace atrapa::core
