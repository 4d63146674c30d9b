#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace atrapa::scenarios::systim {

/// A row of an export: values by what they are ("code", "name", "price", "vat", "unit", "category",
/// "stock"), whatever the file calls them.
using CsvRow = std::map<std::string, std::string>;

/// A file of products as an importer reads it, or what it stumbles over.
struct CsvFile {
  std::vector<CsvRow> rows;
  std::string broken;  ///< "" for a file that can be read.
};

/// Reads anybody's CSV file of products: UTF-8 with or without a byte order mark; columns parted by
/// semicolon, comma or tab, whichever the first row has most of; quotes as RFC 4180 has them; LF or
/// CRLF; columns by their usual Polish and English names, others passed over. The documentation
/// says nothing of any of these, so that nothing usual is held against a connector.
CsvFile read_csv_file(std::string_view text);

}  // namespace atrapa::scenarios::systim
