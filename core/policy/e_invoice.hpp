#pragma once

#include <string>

#include "core/domain/order.hpp"
#include "core/domain/vat_code.hpp"

namespace atrapa::core {

/// What the kind of a 0 % rate depends on.
struct SaleFacts {
  std::string destination;   ///< ISO 2 of where the goods go; "" where nobody said.
  std::string buyer_number;  ///< As document_nip() gives it.
};

/// What a line of an FA(3) invoice calls the rate (PL-VAT-01 [doc]): "23", "22", "8", "7", "5",
/// "4", "3", "0 KR", "0 WDT", "0 EX", "zw", "oo", "np I", "np II". Shops know a plain 0 and a plain
/// np, which no e-invoice may say; their kind is mapped by country (PL-VAT-02 [inferred]): 0 at
/// home is "0 KR", to a buyer with another member state's VAT number "0 WDT", outside the Union "0
/// EX"; np of goods is "np I". "" where it cannot be told, as for 0 % to a consumer in the Union,
/// and for another country's rate, which stands in a field of its own.
std::string e_invoice_rate(const VatCode& code, const SaleFacts& sale);

/// Of an order's line, by where the order's goods go.
SaleFacts sale_of(const ErpOrder& order, const std::string& buyer_number);

}  // namespace atrapa::core
