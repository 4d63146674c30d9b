#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/money.hpp"
#include "core/domain/order.hpp"

namespace atrapa::core {

enum class DocumentKind { Order, Invoice, Receipt, Correction, GoodsIssue };
enum class SeriesReset { Never, Year, Month };

std::string_view to_string(DocumentKind kind);
std::string_view to_string(SeriesReset reset);

/// A numbering series. `pattern` holds "{n}" or "{n:5}" (padded with zeros) once, and "{yyyy}" and
/// "{mm}".
struct Series {
  std::string id;  ///< "FV"
  DocumentKind kind = DocumentKind::Invoice;
  std::string pattern;  ///< "FV/{n}/{mm}/{yyyy}"
  SeriesReset reset = SeriesReset::Year;
};

/// What one tax code adds up to in a document.
struct VatSummary {
  std::string vat;
  Money net, tax, gross;
};

struct Document {
  std::int64_t id = 0;
  DocumentKind kind = DocumentKind::Invoice;
  std::string series;
  std::string number;
  std::optional<std::int64_t> order_id;
  std::string contractor;
  std::chrono::year_month_day issued_on;
  std::vector<ErpOrderLine> lines;
  std::vector<VatSummary> summary;
  Money total_gross;
  std::string nip = {};  ///< Ten digits, another country's VAT number, or "".
  ShopParty buyer = {};  ///< As the order had it at the time of issue.
  bool cancelled = false;
};

/// A parcel that a courier is to fetch, with the data of its order.
struct Shipment {
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  ShopParty recipient;
  std::string email;
  Instant made_at;
};

}  // namespace atrapa::core
