#include "core/domain/product_csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

namespace atrapa::core {

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr char kSeparator = ';';
constexpr std::string_view kEndOfRow = "\r\n";
constexpr std::array<std::string_view, 9> kColumns{
    "product_code", "name", "price", "vat", "unit", "category", "stock", "reserved", "id"};

/// A path without any name, which is not the same as a path of one empty name.
constexpr std::string_view kEmptyPath = "\\.";

using Cell = std::optional<std::string>;

void append_cell(std::string& file, const Cell& cell) {
  if (!cell) return;
  const bool plain = !cell->empty() && cell->find_first_of(";\"\r\n") == std::string::npos &&
                     cell->front() != ' ' && cell->back() != ' ';
  if (plain) {
    file += *cell;
    return;
  }
  file += '"';
  for (const char c : *cell) {
    if (c == '"') file += '"';
    file += c;
  }
  file += '"';
}

void append_row(std::string& file, std::span<const Cell> row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) file += kSeparator;
    append_cell(file, row[i]);
  }
  file += kEndOfRow;
}

Cell category_cell(const std::vector<CategoryPath>& paths) {
  if (paths.empty()) return std::nullopt;
  std::string text;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (i > 0) text += '|';
    if (paths[i].empty()) text += kEmptyPath;
    for (std::size_t depth = 0; depth < paths[i].size(); ++depth) {
      if (depth > 0) text += '>';
      for (const char c : paths[i][depth]) {
        if (c == '>' || c == '|' || c == '\\') text += '\\';
        text += c;
      }
    }
  }
  return text;
}

Result<std::vector<CategoryPath>> paths_in(const Cell& cell) {
  std::vector<CategoryPath> paths;
  if (!cell) return paths;
  paths.push_back({""});
  for (std::size_t i = 0; i < cell->size(); ++i) {
    const char c = (*cell)[i];
    if (c == '>') {
      paths.back().emplace_back();
    } else if (c == '|') {
      paths.push_back({""});
    } else if (c != '\\') {
      paths.back().back() += c;
    } else if (const char escaped = i + 1 < cell->size() ? (*cell)[++i] : '\0'; escaped == '.') {
      const bool alone =
          paths.back() == CategoryPath{""} && (i + 1 == cell->size() || (*cell)[i + 1] == '|');
      if (!alone) return fail("a path that is empty and holds a name");
      paths.back().clear();
    } else if (escaped == '>' || escaped == '|' || escaped == '\\') {
      paths.back().back() += escaped;
    } else {
      return fail("a backslash before neither '>', '|' nor a backslash");
    }
  }
  return paths;
}

struct Row {
  std::size_t line = 1;
  std::vector<Cell> cells;
};

/// Takes the text apart, row by row.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with(kMark)) text_.remove_prefix(kMark.size());
  }

  bool at_end() const { return at_ == text_.size(); }

  Result<Row> row() {
    Row row;
    row.line = line_;
    for (;;) {
      auto read = cell();
      if (!read) return fail(read.error());
      row.cells.push_back(*std::move(read));
      if (at_end()) return row;
      if (text_[at_] == kSeparator) {
        ++at_;
        continue;
      }
      if (text_[at_] == '\r') ++at_;
      if (at_end() || text_[at_] != '\n') return broken("a lone carriage return");
      ++at_;
      ++line_;
      return row;
    }
  }

 private:
  Failure<std::string> broken(std::string_view why) const {
    return fail(fmt::format("line {}: {}", line_, why));
  }

  Result<Cell> cell() {
    if (at_end() || text_[at_] != '"') return plain_cell();
    std::string value;
    for (++at_;; ++at_) {
      if (at_end()) return broken("a quote that is never closed");
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') {
        value += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        value += '"';
        ++at_;
      } else {
        break;
      }
    }
    ++at_;
    if (!at_end() && std::string_view(";\r\n").find(text_[at_]) == std::string_view::npos) {
      return broken("text behind a closing quote");
    }
    return Cell(std::move(value));
  }

  Result<Cell> plain_cell() {
    const std::size_t end = std::min(text_.find_first_of(";\r\n\"", at_), text_.size());
    if (end < text_.size() && text_[end] == '"') return broken("a quote within a plain value");
    const std::string_view value = text_.substr(at_, end - at_);
    at_ = end;
    return value.empty() ? Cell() : Cell(std::string(value));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

/// Where each of kColumns stands in the file.
using Places = std::array<std::optional<std::size_t>, kColumns.size()>;

Result<Places> places_of(const Row& names) {
  Places places;
  for (std::size_t i = 0; i < names.cells.size(); ++i) {
    const std::string name = names.cells[i].value_or("");
    const auto known = std::find(kColumns.begin(), kColumns.end(), name);
    if (known == kColumns.end()) {
      return fail(fmt::format("line 1: no column is called '{}'; expected {}", name,
                              fmt::join(kColumns, ", ")));
    }
    auto& place = places[static_cast<std::size_t>(known - kColumns.begin())];
    if (place) return fail(fmt::format("line 1: two columns are called '{}'", name));
    place = i;
  }
  for (const std::string_view needed : {"id", "name"}) {
    const auto column = std::find(kColumns.begin(), kColumns.end(), needed) - kColumns.begin();
    if (!places[static_cast<std::size_t>(column)]) {
      return fail(fmt::format("line 1: the column '{}' is missing", needed));
    }
  }
  return places;
}

Result<ErpProduct> product_of(const Row& row, const Places& places) {
  std::array<Cell, kColumns.size()> cells;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i]) cells[i] = row.cells[*places[i]];
  }
  auto paths = paths_in(cells[5]);
  if (!paths) return fail(fmt::format("line {}: category: {}", row.line, paths.error()));
  ErpProduct product;
  product.code = cells[0];
  product.name = cells[1].value_or("");
  if (cells[2]) product.gross_price = read_price(*cells[2]);
  product.vat = cells[3];
  product.unit = cells[4].value_or("");
  product.categories = *std::move(paths);
  if (cells[6]) product.stock = read_quantity(*cells[6]);
  if (cells[7]) product.reserved = read_quantity(*cells[7]);
  product.id = cells[8].value_or("");
  return product;
}

template <typename T>
Cell text_cell(const std::optional<Reading<T>>& reading) {
  return reading ? Cell(reading->text) : Cell();
}

}  // namespace

std::string write_products_csv(std::span<const ErpProduct> products, const CsvForm& form) {
  std::string file(form.byte_order_mark ? kMark : std::string_view());
  file += fmt::format("{}", fmt::join(kColumns, ";"));
  file += kEndOfRow;
  for (const ErpProduct& product : products) {
    const std::array<Cell, kColumns.size()> row{product.code,
                                                product.name,
                                                text_cell(product.gross_price),
                                                product.vat,
                                                product.unit,
                                                category_cell(product.categories),
                                                text_cell(product.stock),
                                                text_cell(product.reserved),
                                                product.id};
    append_row(file, row);
  }
  return file;
}

Result<std::vector<ErpProduct>> read_products_csv(std::string_view text) {
  CsvReader reader(text);
  std::vector<ErpProduct> products;
  if (reader.at_end()) return fail("line 1: the row of column names is missing");
  const auto names = reader.row();
  if (!names) return fail(names.error());
  const auto places = places_of(*names);
  if (!places) return fail(places.error());
  while (!reader.at_end()) {
    const auto row = reader.row();
    if (!row) return fail(row.error());
    if (row->cells.size() != names->cells.size()) {
      return fail(fmt::format("line {}: {} values, expected {}", row->line, row->cells.size(),
                              names->cells.size()));
    }
    auto product = product_of(*row, *places);
    if (!product) return fail(product.error());
    products.push_back(*std::move(product));
  }
  return products;
}

}  // namespace atrapa::core
