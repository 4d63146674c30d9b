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

}  // namespace

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

Result<Document> Ledger::issue_invoice(std::int64_t order_id, const std::string& series,
                                       std::chrono::year_month_day issued_on) {
  if (!issued_on.ok()) return fail("the date of issue does not exist");
  Transaction transaction(*this);
  const auto source = order(order_id);
  if (!source) return fail(fmt::format("there is no order {} in the ledger", order_id));
  Query issued(*db_, "SELECT number FROM documents WHERE sales_of_order=?");
  if (issued.bind(order_id).step()) {
    return fail(fmt::format("the order {} has its sales document already: {}", source->number,
                            issued.text()));
  }
  Query known(*db_, "SELECT 1 FROM series WHERE id=? AND kind=?");
  if (!known.bind(series, static_cast<int>(DocumentKind::Invoice)).step()) {
    return fail(fmt::format("there is no series '{}' of invoices", series));
  }

  Document document;
  document.kind = DocumentKind::Invoice;
  document.series = series;
  document.number = *take_number(*db_, series, issued_on);
  document.order_id = order_id;
  document.contractor = source->contractor;
  document.issued_on = issued_on;
  document.lines = document_lines(*source);
  document.summary = vat_summary(document.lines);
  document.total_gross = source->total_gross;
  Query taken(*db_, "SELECT 1 FROM documents WHERE kind=? AND number=?");
  if (taken.bind(static_cast<int>(document.kind), document.number).step()) {
    return fail(fmt::format("the number {} was given by another series; change the pattern of '{}'",
                            document.number, series));
  }
  Query(
      *db_,
      "INSERT INTO documents(kind, series, number, order_id, sales_of_order, contractor, issued_on,"
      " total_gross) VALUES(?,?,?,?,?,?,?,?)")
      .bind(static_cast<int>(document.kind), series, document.number, order_id, order_id,
            document.contractor, date_text(issued_on), document.total_gross.grosze)
      .run();
  document.id = db_->db.getLastInsertRowid();
  std::int64_t position = 0;
  for (const ErpOrderLine& line : document.lines) {
    Query(*db_, "INSERT INTO document_lines VALUES(?,?,?,?,?,?,?,?,?,?)")
        .bind(document.id, ++position, line.product_id, line.code, line.name,
              line.quantity.millionths, line.unit_price.units, line.discount.units, line.vat,
              line.value.grosze)
        .run();
  }
  transaction.commit();
  return document;
}

std::vector<Document> Ledger::documents() const {
  std::vector<Document> documents;
  {
    Query query(*db_,
                "SELECT id, kind, series, number, order_id, contractor, issued_on, total_gross"
                " FROM documents ORDER BY id");
    while (query.step()) {
      Document document;
      document.id = query.integer();
      document.kind = static_cast<DocumentKind>(query.integer());
      document.series = query.text();
      document.number = query.text();
      document.order_id = query.optional_integer();
      document.contractor = query.text();
      document.issued_on = date_of(query.text());
      document.total_gross.grosze = query.integer();
      documents.push_back(std::move(document));
    }
  }
  for (Document& document : documents) {
    Query lines(*db_,
                "SELECT product_id, code, name, quantity, unit_price, discount, vat, value"
                " FROM document_lines WHERE document=? ORDER BY position");
    lines.bind(document.id);
    while (lines.step()) {
      ErpOrderLine line;
      line.product_id = lines.text();
      line.code = lines.text();
      line.name = lines.text();
      line.quantity.millionths = lines.integer();
      line.unit_price.units = lines.integer();
      line.discount.units = lines.integer();
      line.vat = lines.text();
      line.value.grosze = lines.integer();
      document.lines.push_back(std::move(line));
    }
    document.summary = vat_summary(document.lines);
  }
  return documents;
}

std::size_t Ledger::document_count() const {
  Query query(*db_, "SELECT COUNT(*) FROM documents");
  query.step();
  return static_cast<std::size_t>(query.integer());
}

}  // namespace atrapa::core
