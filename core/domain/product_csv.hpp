#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/product.hpp"
#include "core/result.hpp"

namespace atrapa::core {

/// What may be chosen about a file of products.
struct CsvForm {
  bool byte_order_mark = false;  ///< UTF-8's, which some spreadsheets want to see.
};

/// All products as one CSV file (SYSTIM-CSV-01), one a row below a row of names.
///
/// Neither columns nor separator are documented [inferred], and Shoper's import lets its user name
/// the separators of columns and categories in a profile [client: help of a reseller]. Taken:
/// UTF-8;
/// `;` between columns; CRLF after rows; quotes as RFC 4180 has them. Columns: product_code, name,
/// price (gross), vat, unit, category, stock, reserved, id. Amounts are the ERP's own texts, byte
/// for byte. A category is its path from the root with `>` between names, several stand with `|`
/// between them, the main one first; a backslash goes before each of `>`, `|` and itself within a
/// name. What a product does not have is nothing at all, and an empty text is "".
std::string write_products_csv(std::span<const ErpProduct> products, const CsvForm& form = {});

/// Reads such a file back: the very products that were written, byte for byte. Columns may stand in
/// any order, and those but `id` and `name` may be missing; LF after rows and a byte order mark are
/// taken too. The error names the line.
Result<std::vector<ErpProduct>> read_products_csv(std::string_view text);

}  // namespace atrapa::core
