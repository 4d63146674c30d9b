#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atrapa::scenarios::systim {

/// A file as an importer reads it, or what it stumbles over.
struct CsvFile {
  /// All rows, that of the column names included where there is one; each of as many values.
  std::vector<std::vector<std::string>> rows;
  std::string broken;  ///< "" for a file that can be read.
};

/// Reads anybody's CSV file: UTF-8 with or without a byte order mark, or else the code page 1250 of
/// Polish Windows; columns parted by semicolon, comma or tab, whichever the first row has most of;
/// quotes as RFC 4180 has them; LF or CRLF. The documentation says nothing of any of these, so that
/// nothing usual is held against a connector.
CsvFile read_csv_file(std::string_view text);

/// What a column of that name holds: "code", "name", "price", "vat", "unit", "category", "stock" by
/// its usual Polish and English names; "" for others.
std::string_view csv_meaning(const std::string& head);

}  // namespace atrapa::scenarios::systim
