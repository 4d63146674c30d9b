#include "scenarios/systim/csv_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace atrapa::scenarios::systim {
namespace {

using Cells = std::vector<std::string>;

const std::map<std::string, std::string, std::less<>>& column_names() {
  static const std::map<std::string, std::string, std::less<>> names = {
      {"product_code", "code"},
      {"code", "code"},
      {"kod", "code"},
      {"kod_produktu", "code"},
      {"kod produktu", "code"},
      {"sku", "code"},
      {"name", "name"},
      {"nazwa", "name"},
      {"nazwa_produktu", "name"},
      {"nazwa produktu", "name"},
      {"price", "price"},
      {"gross_price", "price"},
      {"cena", "price"},
      {"cena_brutto", "price"},
      {"cena brutto", "price"},
      {"vat", "vat"},
      {"stawka_vat", "vat"},
      {"stawka vat", "vat"},
      {"tax", "vat"},
      {"unit", "unit"},
      {"jednostka", "unit"},
      {"jm", "unit"},
      {"category", "category"},
      {"kategoria", "category"},
      {"categories", "category"},
      {"kategorie", "category"},
      {"stock", "stock"},
      {"ilosc", "stock"},
      {"ilość", "stock"},
      {"stan", "stock"},
      {"quantity", "stock"},
  };
  return names;
}

/// The bytes that a byte begins as UTF-8; 0 for one that begins nothing.
std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

bool valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(static_cast<unsigned char>(text[at]));
    if (length == 0 || at + length > text.size()) return false;
    for (std::size_t i = 1; i < length; ++i) {
      if ((static_cast<unsigned char>(text[at + i]) & 0xC0) != 0x80) return false;
    }
    at += length;
  }
  return true;
}

/// The Polish letters of the code page that Windows once used; others as '?'.
std::string from_code_page(std::string_view text) {
  static constexpr std::array<std::pair<char, std::string_view>, 18> kLetters{{
      {'\xB9', "ą"},
      {'\xE6', "ć"},
      {'\xEA', "ę"},
      {'\xB3', "ł"},
      {'\xF1', "ń"},
      {'\xF3', "ó"},
      {'\x9C', "ś"},
      {'\x9F', "ź"},
      {'\xBF', "ż"},
      {'\xA5', "Ą"},
      {'\xC6', "Ć"},
      {'\xCA', "Ę"},
      {'\xA3', "Ł"},
      {'\xD1', "Ń"},
      {'\xD3', "Ó"},
      {'\x8C', "Ś"},
      {'\x8F', "Ź"},
      {'\xAF', "Ż"},
  }};
  std::string decoded;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) {
      decoded += c;
      continue;
    }
    const auto letter = std::find_if(kLetters.begin(), kLetters.end(),
                                     [c](const auto& one) { return one.first == c; });
    decoded += letter == kLetters.end() ? "?" : letter->second;
  }
  return decoded;
}

char separator_of(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  char best = ';';
  for (const char each : {';', ',', '\t'}) {
    if (std::count(first.begin(), first.end(), each) >
        std::count(first.begin(), first.end(), best)) {
      best = each;
    }
  }
  return best;
}

/// All rows as they stand, or why they cannot be read.
std::vector<Cells> take_apart(std::string_view text, std::string& broken) {
  const char separator = separator_of(text);
  std::vector<Cells> rows;
  Cells row;
  std::string cell;
  bool quoted = false;  // Inside of quotes.
  bool closed = false;  // Behind them.
  bool begun = false;   // The row has anything.
  const auto end_cell = [&] {
    row.push_back(std::move(cell));
    cell.clear();
    closed = false;
  };
  const auto end_row = [&] {
    end_cell();
    rows.push_back(std::move(row));
    row.clear();
    begun = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += c;
        ++i;
      } else {
        quoted = false;
        closed = true;
      }
    } else if (c == separator) {
      begun = true;
      end_cell();
    } else if (c == '\n') {
      end_row();
    } else if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      continue;
    } else if (closed) {
      broken = fmt::format("row {}: text behind a closing quote", rows.size() + 1);
      return {};
    } else if (c == '"' && cell.empty()) {
      begun = quoted = true;
    } else {
      begun = true;
      cell += c;
    }
  }
  if (quoted) broken = fmt::format("row {}: a quote that is never closed", rows.size() + 1);
  if (begun) end_row();
  return rows;
}

std::string lowered(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

CsvFile read_csv_file(std::string_view text) {
  CsvFile file;
  if (!valid_utf8(text)) return read_csv_file(from_code_page(text));
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  file.rows = take_apart(text, file.broken);
  for (std::size_t i = 1; file.broken.empty() && i < file.rows.size(); ++i) {
    if (file.rows[i].size() == file.rows[0].size()) continue;
    file.broken = fmt::format("row {} has {} values, the first has {}", i + 1, file.rows[i].size(),
                              file.rows[0].size());
  }
  return file;
}

std::string_view csv_meaning(const std::string& head) {
  const auto known = column_names().find(lowered(head));
  return known == column_names().end() ? std::string_view() : known->second;
}

}  // namespace atrapa::scenarios::systim
