#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mocks/base/journal.hpp"
#include "tests/mocks/base/account.hpp"

namespace atrapa::tests::base {

/// The small account with series of documents, an order and couriers:
///   series 15 (INVOICE, %N/%M/%Y), 16 (INVOICE, "FV %N/%Y", 8 %), 17 (CORRECTION, %N/%M/%Y/K),
///   18 (RECEIPT, %N/%M/%Y/P), 19 (RECEIPT, %N/%Y/D)
struct Office : Account {
  Office();

  /// An order of these lines, each {"price_brutto", "tax_rate", "quantity"} or more; its id.
  std::int64_t order(const Json& lines, const Json& more = Json::object());
  /// Tea at 19.99 and 23 %, twice, bread at 4.50 and 5 %, delivery for 12.30; pays by card.
  std::int64_t tea_order();
  Json invoice(std::int64_t id);
  std::int64_t add_invoice(std::int64_t order, std::int64_t series = 15,
                           std::string_view vat_rate = "ITEM");
  std::int64_t add_receipt(std::int64_t order, std::int64_t series = 18);
  /// How often the journal tells this of the object.
  int told(mocks::base::OrderEventType type, std::int64_t object) const;
  /// Noon in UTC of that day.
  void on(int year, unsigned month, unsigned day);

  /// The bytes of a "data:" file of an answer.
  static std::string bytes_of(const Json& file);
};

}  // namespace atrapa::tests::base
