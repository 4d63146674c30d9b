#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/domain/document.hpp"
#include "core/domain/installation.hpp"
#include "core/domain/log_entry.hpp"
#include "core/domain/order.hpp"
#include "core/domain/product.hpp"
#include "core/policy/order_acceptance.hpp"
#include "core/policy/totals.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// An effect on the outside that is about to be tried.
struct IntentDraft {
  std::string kind;    ///< "stock", "product"
  std::string record;  ///< Id in the shop; of a product to be added, in the ERP.
  std::string value;   ///< What it is to become.
};

struct Intent {
  std::int64_t id = 0;
  std::int64_t run = 0;
  std::string kind, record, value;
};

/// What became of an intent.
struct Receipt {
  enum class Outcome {
    Done,
    Refused,
    FoundDone,     ///< The process died in between; looking showed that it had been carried out.
    FoundNotDone,  ///< Looking showed another value; the plan that follows decides anew.
    Unknown,       ///< The answer never came.
  };
  std::int64_t intent = 0;
  Outcome outcome = Outcome::Done;
  std::string text;  ///< Of a product that was added: its id in the shop.
};

std::string_view to_string(Receipt::Outcome outcome);

struct Link {
  std::string product_id;   ///< In the ERP.
  std::string external_id;  ///< stock_id in the shop.
};

/// How a finished run is remembered.
struct RunTotals {
  std::int64_t read = 0, created = 0, updated = 0, skipped = 0, failed = 0;
};

struct RunRecord {
  std::int64_t id = 0;
  std::string integration, trigger;
  Instant started;
  std::optional<Instant> finished;
  std::string outcome;  ///< "ok", "failed", "interrupted"; "" while it runs.
  RunTotals totals;
};

struct LoggedEntry {
  std::int64_t id = 0;
  std::int64_t run = 0;
  LogEntry entry;
};

/// An order of the shop that was decided on and not imported.
struct OrderDecision {
  enum class State {
    Left,     ///< For good.
    Waiting,  ///< Looked at again by later runs.
  };
  std::string shop_order_id;
  State state = State::Left;
  Reason reason = Reason::OrderRefused;
};

struct SavedOrder {
  std::int64_t id = 0;
  std::string number;
  bool already_there = false;  ///< The idempotency key was taken: nothing was written.
};

/// How the sales document of an order is issued.
struct SalesIssue {
  std::int64_t order_id = 0;
  DocumentKind kind = DocumentKind::Invoice;  ///< Or Receipt.
  std::string series;
  std::chrono::year_month_day issued_on;
  std::string nip = {};  ///< As document_nip() gives it.
  VatRounding rounding = {};
  bool ksef_required = false;
  /// What its lines add up to; stored with the document, which never changes.
  std::function<std::vector<VatSummary>(std::span<const ErpOrderLine>, VatRounding)> taxes =
      vat_summary;
  /// What an e-invoice calls the rate of a line; nothing is said where it is not set.
  std::function<std::string(const ErpOrderLine&)> rate_code = {};
};

/// How the invoice to an order's receipt is issued.
struct ReceiptInvoice {
  std::int64_t receipt = 0;  ///< Id of the document.
  std::string series;
  std::chrono::year_month_day issued_on;
  std::string nip = {};
  bool ksef_required = false;
  std::function<std::string(const ErpOrderLine&)> rate_code = {};
};

/// The moments at which a test may let the process die: the hook is called and may throw.
enum class CommitPoint { Before, After };

/// The ERP's books in SQLite. Every method is one transaction unless a Transaction of the caller is
/// open. A database that cannot be used any more (full disk, damaged file) throws
/// SQLite::Exception. One thread at a time.
class Ledger {
 public:
  /// Empty books in memory; microseconds, because the schema is copied, not made anew.
  static std::unique_ptr<Ledger> in_memory();
  /// Opens or makes a file (WAL) and migrates it. The error names the file and what to do.
  static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& file);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  /// Several calls as one: rolled back unless commit() was called. Inner ones join the outermost.
  class Transaction {
   public:
    explicit Transaction(Ledger& ledger);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

   private:
    Ledger& ledger_;
    bool outermost_;
    bool open_ = true;
  };

  /// Makes the books empty, as in_memory() gives them, and forgets the hook. Some times faster than
  /// new books, because the prepared statements stay: campaigns keep one Ledger a thread.
  void clear();

  /// Called before and after every outermost commit. For tests.
  void on_commit(std::function<void(CommitPoint)> hook);
  int schema_version() const;

  // Products.
  void put_products(std::span<const ErpProduct> products);  ///< Adds or replaces by id.
  std::vector<ErpProduct> products() const;  ///< In the order in which they were first put.
  std::optional<ErpProduct> product(std::string_view id) const;
  /// Those whose code or name is that, byte for byte; in the order in which they were first put.
  std::vector<ErpProduct> products_of_code(std::string_view code) const;
  std::vector<ErpProduct> products_of_name(std::string_view name) const;
  std::size_t product_count() const;

  // Orders.
  /// Saves the order with lines and omitted lines and gives it the next number of the series of
  /// orders, in the year in which it was placed. With a key that is taken nothing is written.
  /// Without a key nothing protects it.
  SavedOrder save_order(const ErpOrder& order, const std::optional<std::string>& idempotency_key);
  /// Puts a key on an order saved without one. False when it is taken.
  bool set_idempotency_key(std::int64_t order_id, const std::string& key);
  /// "integration:shop_order_id"
  static std::string idempotency_key(std::string_view integration, std::string_view shop_order_id);
  bool has_order(std::string_view integration, std::string_view shop_order_id) const;
  std::vector<ErpOrder> orders() const;  ///< Ascending by id, lines included.
  std::optional<ErpOrder> order(std::int64_t id) const;
  /// By its idempotency key.
  std::optional<ErpOrder> order_of(std::string_view integration,
                                   std::string_view shop_order_id) const;
  std::vector<ErpOrder> orders_of(std::string_view integration) const;
  /// Replaces what is known of the order of that id but number, key and integration. Refused: an
  /// unknown order, one that has its sales document.
  Result<Done> update_order(const ErpOrder& order);
  /// Of the shop; false for an unknown order.
  bool set_order_status(std::int64_t id, std::string_view status_id);
  std::size_t order_count() const;

  // Orders that were not imported.
  void decide_order(std::string_view integration, const OrderDecision& decision, Instant at);
  void forget_decision(std::string_view integration, std::string_view shop_order_id);
  std::optional<OrderDecision> decision(std::string_view integration,
                                        std::string_view shop_order_id) const;
  std::vector<OrderDecision> waiting_orders(std::string_view integration) const;
  void announce_order(std::string_view integration, std::string_view shop_order_id, Instant at);
  bool announced(std::string_view integration, std::string_view shop_order_id) const;

  // Effects outside.
  std::vector<std::int64_t> write_intents(std::int64_t run, std::span<const IntentDraft> drafts,
                                          Instant at);
  void write_receipts(std::span<const Receipt> receipts, Instant at);
  /// Without a receipt: the process died, or the answer never came.
  std::vector<Intent> open_intents(std::string_view integration) const;
  /// What product sync added: ids in the shop by ids in the ERP, the newest where there are
  /// several.
  std::unordered_map<std::string, std::string> added_products(std::string_view integration) const;
  std::size_t intent_count() const;
  std::size_t receipt_count() const;

  // Runs and their log.
  /// Runs of this integration that never finished are closed as interrupted.
  std::int64_t begin_run(std::string_view integration, std::string_view trigger, Instant at);
  void add_entries(std::int64_t run, std::span<const LogEntry> entries);
  void finish_run(std::int64_t run, std::string_view outcome, const RunTotals& totals, Instant at);
  std::vector<RunRecord> runs() const;
  std::vector<LoggedEntry> log() const;
  std::vector<LoggedEntry> log_of(std::int64_t run) const;

  // Links between products and what carries their stock in the shop.
  void link(std::string_view integration, std::span<const Link> links, Instant at);
  /// The ERP products that were paired and synchronised before: "product_id\nexternal_id".
  std::unordered_set<std::string> links(std::string_view integration) const;
  static std::string link_key(std::string_view product_id, std::string_view external_id);

  // Settings of an integration.
  std::optional<std::string> setting(std::string_view integration, std::string_view key) const;
  void set_setting(std::string_view integration, std::string_view key, std::string_view value);
  void note_automatic(std::string_view integration, bool on, Instant at);
  std::vector<Suspension> suspensions(std::string_view integration) const;

  // Documents.
  /// Adds or replaces a series. Refused: a bad pattern (check_pattern).
  Result<Done> put_series(const Series& series);
  std::optional<Series> series(std::string_view id) const;
  /// Issues the sales document of an order with the order's lines and shipping, under the next
  /// number of the series, counted per period of the date. Refused: an unknown order or series, an
  /// order that has its sales document already.
  Result<Document> issue_sales(const SalesIssue& issue);
  /// Issues the invoice to a receipt: with its lines, its buyer and its tax, under a number of its
  /// own. It is no second sales document of the order. Refused: no such receipt, one that has its
  /// invoice already, an unknown series.
  Result<Document> issue_to_receipt(const ReceiptInvoice& issue);
  std::optional<Document> invoice_to(std::int64_t receipt) const;
  /// What KSeF said of a document: its number, or the code of a refusal. Refused: a number that
  /// another document has, a document that has another number.
  Result<Done> set_ksef(std::int64_t document, std::string_view number, std::string_view error);
  /// Of that kind and number.
  std::optional<Document> document_named(DocumentKind kind, std::string_view number) const;
  /// The invoice or receipt of an order.
  std::optional<Document> sales_document(std::int64_t order_id) const;
  /// Files a document with its lines under the next number of its series and answers it with
  /// number and summary. Refused: an unknown series, a number that another series gave.
  Result<Document> add_document(Document draft);
  /// Marks it; number and lines stay. False where there is none or it is cancelled already.
  bool cancel_document(std::int64_t id, Instant at);
  std::vector<Document> documents() const;
  std::optional<Document> document(std::int64_t id) const;
  std::vector<Document> documents_of(std::int64_t order_id) const;
  std::size_t document_count() const;
  Shipment add_shipment(const Shipment& draft);
  std::vector<Shipment> shipments() const;

  // The shops that the connector is installed in, and who may use these books.
  void put_installation(const Installation& installation, Instant at);
  std::optional<Installation> installation(std::string_view shop) const;
  std::vector<Installation> installations() const;
  void put_api_key(std::string_view login, std::string_view digest, Instant at);
  void drop_api_key(std::string_view login);
  std::optional<std::string> api_key_digest(std::string_view login) const;
  bool has_api_keys() const;

  /// The open database; defined in db.hpp, for this folder alone.
  struct Db;
  Db& db() const { return *db_; }

 private:
  explicit Ledger(std::unique_ptr<Db> db);

  std::unique_ptr<Db> db_;
};

}  // namespace atrapa::core
