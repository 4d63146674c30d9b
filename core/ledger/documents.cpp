#include <fmt/format.h>

#include "core/domain/vat_code.hpp"
#include "core/ledger/db.hpp"
#include "core/ledger/ledger.hpp"
#include "core/policy/numbering.hpp"
#include "core/policy/totals.hpp"

namespace atrapa::core {

namespace {

/// The order's lines, and its shipping as a line of its own without a product.
std::vector<ErpOrderLine> document_lines(const ErpOrder& order) {
  std::vector<ErpOrderLine> lines = order.lines;
  if (order.shipping_cost == Money{}) return lines;
  ErpOrderLine shipping;
  shipping.name = "Dostawa";
  shipping.quantity = kOnePiece;
  shipping.unit_price = {order.shipping_cost.grosze * 100};
  shipping.vat = order.shipping_vat;
  shipping.value = order.shipping_cost;
  lines.push_back(std::move(shipping));
  return lines;
}

void put_rate_codes(Document& draft, const std::function<std::string(const ErpOrderLine&)>& code) {
  for (ErpOrderLine& line : draft.lines) line.rate_code = code ? code(line) : "";
}

Document read_document(Query& query) {
  Document document;
  document.id = query.integer();
  document.kind = static_cast<DocumentKind>(query.integer());
  document.series = query.text();
  document.number = query.text();
  document.order_id = query.optional_integer();
  document.contractor = query.text();
  document.issued_on = date_of(query.text());
  document.total_gross.grosze = query.integer();
  document.nip = query.text();
  document.cancelled = query.optional_integer().has_value();
  document.currency = query.text();
  document.rounding = static_cast<VatRounding>(query.integer());
  document.to_receipt = query.optional_integer();
  document.ksef_required = query.integer() != 0;
  document.ksef_number = query.text();
  document.ksef_error = query.text();
  return document;
}

/// What stands in tables of its own.
void complete(Ledger::Db& db, Document& document) {
  Query lines(db,
              "SELECT product_id, code, name, quantity, unit_price, discount, vat, value, rate_code"
              " FROM document_lines WHERE document=? ORDER BY position");
  lines.bind(document.id);
  while (lines.step()) {
    document.lines.push_back(read_kept_line(lines));
    document.lines.back().rate_code = lines.text();
  }
  Query taxes(db,
              "SELECT vat, net, tax, gross FROM document_taxes WHERE document=? ORDER BY position");
  taxes.bind(document.id);
  while (taxes.step()) {
    VatSummary& row = document.summary.emplace_back();
    row.vat = taxes.text();
    row.net.grosze = taxes.integer();
    row.tax.grosze = taxes.integer();
    row.gross.grosze = taxes.integer();
  }
  // Books from before taxes were stored.
  if (document.summary.empty()) document.summary = vat_summary(document.lines, document.rounding);
  document.buyer = read_party(db, "document", document.id);
}

}  // namespace

void put_party(Ledger::Db& db, std::string_view owner, std::int64_t id, const ShopParty& party) {
  Query(db, "INSERT INTO parties VALUES(?,?,?,?,?,?,?,?,?,?,?)")
      .bind(owner, id, party.first_name, party.last_name, party.company, party.nip, party.street,
            party.postcode, party.city, party.country, party.phone)
      .run();
}

ShopParty read_party(Ledger::Db& db, std::string_view owner, std::int64_t id) {
  ShopParty party;
  Query query(db,
              "SELECT first_name, last_name, company, nip, street, postcode, city, country, phone"
              " FROM parties WHERE owner=? AND id=?");
  if (!query.bind(owner, id).step()) return party;
  party.first_name = query.text();
  party.last_name = query.text();
  party.company = query.text();
  party.nip = query.text();
  party.street = query.text();
  party.postcode = query.text();
  party.city = query.text();
  party.country = query.text();
  party.phone = query.text();
  return party;
}

std::optional<std::string> take_number(Ledger::Db& db, const std::string& series,
                                       std::chrono::year_month_day date) {
  Query found(db, "SELECT pattern, reset FROM series WHERE id=?");
  if (!found.bind(series).step()) return std::nullopt;
  const std::string pattern = found.text();
  const auto reset = static_cast<SeriesReset>(found.integer());
  Query next(db,
             "INSERT INTO series_counters VALUES(?,?,1)"
             " ON CONFLICT(series, period) DO UPDATE SET last=last+1 RETURNING last");
  next.bind(series, numbering_period(reset, date)).step();
  return document_number(pattern, next.integer(), date);
}

Result<Done> Ledger::put_series(const Series& series) {
  if (auto checked = check_pattern(series.pattern, series.reset); !checked) return checked;
  Transaction transaction(*this);
  Query twin(*db_, "SELECT id FROM series WHERE kind=? AND pattern=? AND id<>?");
  if (twin.bind(static_cast<int>(series.kind), series.pattern, series.id).step()) {
    return fail(
        fmt::format("the series '{}' has the pattern '{}' already: two series would give the "
                    "same numbers",
                    twin.text(), series.pattern));
  }
  Query(*db_, "INSERT OR REPLACE INTO series VALUES(?,?,?,?)")
      .bind(series.id, static_cast<int>(series.kind), series.pattern,
            static_cast<int>(series.reset))
      .run();
  transaction.commit();
  return Done{};
}

std::optional<Series> Ledger::series(std::string_view id) const {
  Query query(*db_, "SELECT id, kind, pattern, reset FROM series WHERE id=?");
  if (!query.bind(id).step()) return std::nullopt;
  Series series;
  series.id = query.text();
  series.kind = static_cast<DocumentKind>(query.integer());
  series.pattern = query.text();
  series.reset = static_cast<SeriesReset>(query.integer());
  return series;
}

Result<Document> Ledger::add_document(Document draft) {
  if (!draft.issued_on.ok()) return fail("the date of issue does not exist");
  Transaction transaction(*this);
  Query known(*db_, "SELECT 1 FROM series WHERE id=? AND kind=?");
  if (!known.bind(draft.series, static_cast<int>(draft.kind)).step()) {
    return fail(fmt::format("there is no series '{}' for a document of the kind {}", draft.series,
                            to_string(draft.kind)));
  }
  draft.number = *take_number(*db_, draft.series, draft.issued_on);
  Query taken(*db_, "SELECT 1 FROM documents WHERE kind=? AND number=?");
  if (taken.bind(static_cast<int>(draft.kind), draft.number).step()) {
    return fail(fmt::format("the number {} was given by another series; change the pattern of '{}'",
                            draft.number, draft.series));
  }
  Query(*db_,
        "INSERT INTO documents(kind, series, number, order_id, contractor, issued_on, total_gross,"
        " nip, currency, rounding, to_receipt, ksef_required) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)")
      .bind(static_cast<int>(draft.kind), draft.series, draft.number, draft.order_id,
            draft.contractor, date_text(draft.issued_on), draft.total_gross.grosze, draft.nip,
            draft.currency, static_cast<int>(draft.rounding), draft.to_receipt,
            draft.ksef_required ? 1 : 0)
      .run();
  draft.id = db_->db.getLastInsertRowid();
  put_party(*db_, "document", draft.id, draft.buyer);
  std::int64_t position = 0;
  for (const ErpOrderLine& line : draft.lines) {
    Query(*db_, "INSERT INTO document_lines VALUES(?,?,?,?,?,?,?,?,?,?,?)")
        .bind(draft.id, ++position, line.product_id, line.code, line.name, line.quantity.millionths,
              line.unit_price.units, line.discount.units, line.vat, line.value.grosze,
              line.rate_code)
        .run();
  }
  if (draft.summary.empty()) draft.summary = vat_summary(draft.lines, draft.rounding);
  position = 0;
  for (const VatSummary& row : draft.summary) {
    Query(*db_, "INSERT INTO document_taxes VALUES(?,?,?,?,?,?)")
        .bind(draft.id, ++position, row.vat, row.net.grosze, row.tax.grosze, row.gross.grosze)
        .run();
  }
  transaction.commit();
  return draft;
}

Result<Document> Ledger::issue_sales(const SalesIssue& issue) {
  Transaction transaction(*this);
  const auto source = order(issue.order_id);
  if (!source) return fail(fmt::format("there is no order {} in the ledger", issue.order_id));
  Query issued(*db_, "SELECT number FROM documents WHERE sales_of_order=?");
  if (issued.bind(issue.order_id).step()) {
    return fail(fmt::format("the order {} has its sales document already: {}", source->number,
                            issued.text()));
  }

  Document draft;
  draft.kind = issue.kind;
  draft.series = issue.series;
  draft.order_id = issue.order_id;
  draft.contractor = source->contractor;
  draft.nip = issue.nip;
  draft.buyer = source->buyer;
  draft.issued_on = issue.issued_on;
  draft.lines = document_lines(*source);
  draft.total_gross = source->total_gross;
  draft.currency = source->currency;
  draft.rounding = issue.rounding;
  draft.ksef_required = issue.ksef_required;
  draft.summary = issue.taxes(draft.lines, draft.rounding);
  put_rate_codes(draft, issue.rate_code);
  auto document = add_document(std::move(draft));
  if (!document) return document;
  Query(*db_, "UPDATE documents SET sales_of_order=? WHERE id=?")
      .bind(issue.order_id, document->id)
      .run();
  transaction.commit();
  return document;
}

Result<Document> Ledger::issue_to_receipt(const ReceiptInvoice& issue) {
  Transaction transaction(*this);
  const auto receipt = document(issue.receipt);
  if (!receipt || receipt->kind != DocumentKind::Receipt) {
    return fail(fmt::format("there is no receipt {} in the ledger", issue.receipt));
  }
  if (const auto taken = invoice_to(issue.receipt)) {
    return fail(
        fmt::format("the receipt {} has its invoice already: {}", receipt->number, taken->number));
  }
  Document draft = *receipt;
  draft.kind = DocumentKind::Invoice;
  draft.series = issue.series;
  draft.issued_on = issue.issued_on;
  draft.nip = issue.nip;
  draft.cancelled = false;
  draft.to_receipt = issue.receipt;
  draft.ksef_required = issue.ksef_required;
  put_rate_codes(draft, issue.rate_code);
  auto made = add_document(std::move(draft));
  if (made) transaction.commit();
  return made;
}

std::optional<Document> Ledger::invoice_to(std::int64_t receipt) const {
  Query query(*db_, "SELECT id FROM documents WHERE to_receipt=?");
  return query.bind(receipt).step() ? document(query.integer()) : std::nullopt;
}

std::optional<Document> Ledger::document_named(DocumentKind kind, std::string_view number) const {
  Query query(*db_, "SELECT id FROM documents WHERE kind=? AND number=?");
  return query.bind(static_cast<int>(kind), number).step() ? document(query.integer())
                                                           : std::nullopt;
}

Result<Done> Ledger::set_ksef(std::int64_t id, std::string_view number, std::string_view error) {
  Transaction transaction(*this);
  const auto found = document(id);
  if (!found) return fail(fmt::format("there is no document {} in the ledger", id));
  if (!found->ksef_number.empty() && found->ksef_number != number) {
    return fail(fmt::format("the document {} has the KSeF number {} already", found->number,
                            found->ksef_number));
  }
  Query twin(*db_,
             "SELECT number FROM documents WHERE ksef_number<>'' AND ksef_number=? AND id<>?");
  if (twin.bind(number, id).step()) {
    return fail(fmt::format("the document {} has the KSeF number {}", twin.text(), number));
  }
  Query(*db_, "UPDATE documents SET ksef_number=?, ksef_error=? WHERE id=?")
      .bind(number, error, id)
      .run();
  transaction.commit();
  return Done{};
}

std::optional<Document> Ledger::sales_document(std::int64_t order_id) const {
  Query query(*db_,
              "SELECT id, kind, series, number, order_id, contractor, issued_on, total_gross,"
              " nip, cancelled_at, currency, rounding, to_receipt, ksef_required, ksef_number,"
              " ksef_error FROM documents WHERE sales_of_order=?");
  if (!query.bind(order_id).step()) return std::nullopt;
  Document document = read_document(query);
  complete(*db_, document);
  return document;
}

bool Ledger::cancel_document(std::int64_t id, Instant at) {
  Transaction transaction(*this);
  Query open(*db_, "SELECT 1 FROM documents WHERE id=? AND cancelled_at IS NULL");
  if (!open.bind(id).step()) return false;
  Query(*db_, "UPDATE documents SET cancelled_at=? WHERE id=?").bind(at, id).run();
  transaction.commit();
  return true;
}

std::vector<Document> Ledger::documents() const {
  std::vector<Document> documents;
  {
    Query query(*db_,
                "SELECT id, kind, series, number, order_id, contractor, issued_on, total_gross,"
                " nip, cancelled_at, currency, rounding, to_receipt, ksef_required, ksef_number,"
                " ksef_error FROM documents ORDER BY id");
    while (query.step()) documents.push_back(read_document(query));
  }
  for (Document& document : documents) complete(*db_, document);
  return documents;
}

std::optional<Document> Ledger::document(std::int64_t id) const {
  Query query(*db_,
              "SELECT id, kind, series, number, order_id, contractor, issued_on, total_gross,"
              " nip, cancelled_at, currency, rounding, to_receipt, ksef_required, ksef_number,"
              " ksef_error FROM documents WHERE id=?");
  if (!query.bind(id).step()) return std::nullopt;
  Document found = read_document(query);
  complete(*db_, found);
  return found;
}

std::vector<Document> Ledger::documents_of(std::int64_t order_id) const {
  std::vector<Document> documents;
  {
    Query query(*db_,
                "SELECT id, kind, series, number, order_id, contractor, issued_on, total_gross,"
                " nip, cancelled_at, currency, rounding, to_receipt, ksef_required, ksef_number,"
                " ksef_error FROM documents WHERE order_id=? ORDER BY id");
    query.bind(order_id);
    while (query.step()) documents.push_back(read_document(query));
  }
  for (Document& document : documents) complete(*db_, document);
  return documents;
}

std::size_t Ledger::document_count() const {
  Query query(*db_, "SELECT COUNT(*) FROM documents");
  query.step();
  return static_cast<std::size_t>(query.integer());
}

Shipment Ledger::add_shipment(const Shipment& draft) {
  Shipment made = draft;
  Transaction transaction(*this);
  Query(*db_, "INSERT INTO shipments(order_id, email, made_at) VALUES(?,?,?)")
      .bind(made.order_id, made.email, made.made_at)
      .run();
  made.id = db_->db.getLastInsertRowid();
  put_party(*db_, "shipment", made.id, made.recipient);
  transaction.commit();
  return made;
}

std::vector<Shipment> Ledger::shipments() const {
  std::vector<Shipment> all;
  {
    Query query(*db_, "SELECT id, order_id, email, made_at FROM shipments ORDER BY id");
    while (query.step()) {
      Shipment shipment;
      shipment.id = query.integer();
      shipment.order_id = query.integer();
      shipment.email = query.text();
      shipment.made_at = query.instant();
      all.push_back(std::move(shipment));
    }
  }
  for (Shipment& shipment : all) shipment.recipient = read_party(*db_, "shipment", shipment.id);
  return all;
}

}  // namespace atrapa::core
