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

/// How the tax of a document is made from its lines (PL-ROUND-02: all are met in practice).
enum class VatRounding {
  PerRateFromGross,  ///< The tax of a rate out of its gross sum.
  PerRateFromNet,    ///< The tax of a rate on top of its net sum.
  PerLine,           ///< The sum of the taxes of the lines, each out of its gross value.
};

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

/// What one tax code adds up to in a document; net and tax make the gross in every reading.
struct VatSummary {
  std::string vat;
  Money net, tax, gross;

  bool operator==(const VatSummary&) const = default;
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
  std::string currency = "PLN";
  VatRounding rounding = {};
  std::optional<std::int64_t> to_receipt = {};  ///< The receipt that this invoice belongs to.
  /// It is an invoice in law only once KSeF has given it a number (PL-KSEF-01).
  bool ksef_required = false;
  std::string ksef_number = {};  ///< "" while there is none.
  std::string ksef_error = {};   ///< The code of the last refusal: "440"; "" for none.
};

/// A document on its way to the shop.
struct Delivery {
  enum class State {
    Pending,  ///< To be sent.
    Issued,   ///< The shop has its own document for it, without the file.
    Sent,
    Failed,  ///< The shop refused it; not tried again by itself.
  };

  std::int64_t document = 0;
  std::string integration = {};
  State state = State::Pending;
  std::string external_id = {};  ///< Of the shop's document; "" while there is none.
  std::string text = {};         ///< Why it failed.
};

std::string_view to_string(Delivery::State state);  ///< "pending", "issued", "sent", "failed"

/// A parcel that a courier is to fetch, with the data of its order.
struct Shipment {
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  ShopParty recipient;
  std::string email;
  Instant made_at;
};

}  // namespace atrapa::core
