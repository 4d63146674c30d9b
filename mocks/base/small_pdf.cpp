#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <utility>

#include "mocks/base/files.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kLinesPerPage = 60;

/// Polish letters that WinAnsi lacks: code point, and the glyph that a PDF calls it by. They get
/// the codes from kFirstPolish on.
constexpr unsigned kFirstPolish = 128;
constexpr std::array<std::pair<std::uint32_t, std::string_view>, 18> kPolish{{
    {0x104, "Aogonek"},
    {0x105, "aogonek"},
    {0x106, "Cacute"},
    {0x107, "cacute"},
    {0x118, "Eogonek"},
    {0x119, "eogonek"},
    {0x141, "Lslash"},
    {0x142, "lslash"},
    {0x143, "Nacute"},
    {0x144, "nacute"},
    {0x15A, "Sacute"},
    {0x15B, "sacute"},
    {0x179, "Zacute"},
    {0x17A, "zacute"},
    {0x17B, "Zdotaccent"},
    {0x17C, "zdotaccent"},
    {0xD3, "Oacute"},
    {0xF3, "oacute"},
}};

/// The code point at `at`, which moves behind it; 0xFFFD for what is no UTF-8.
std::uint32_t code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t index) {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0u;
  };
  const std::uint32_t first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
  std::uint32_t point = more == 3 ? first & 0x07u : more == 2 ? first & 0x0Fu : first & 0x1Fu;
  for (int i = 0; i < more; ++i) {
    if ((byte(at) & 0xC0u) != 0x80u) return 0xFFFD;
    point = point << 6u | (byte(at++) & 0x3Fu);
  }
  return more == 0 ? 0xFFFD : point;
}

/// A line as the text operators want it.
std::string pdf_text(std::string_view line) {
  std::string out = "(";
  for (std::size_t at = 0; at < line.size();) {
    const std::uint32_t point = code_point(line, at);
    unsigned code = point >= 0x20 && point < 0x7F ? point : '?';
    if (point >= 0xA0 && point <= 0xFF) code = point;
    for (std::size_t index = 0; index < kPolish.size(); ++index) {
      if (kPolish[index].first == point) code = kFirstPolish + static_cast<unsigned>(index);
    }
    if (code == '(' || code == ')' || code == '\\') out += '\\';
    if (code < 0x80) {
      out += static_cast<char>(code);
    } else {
      out += fmt::format("\\{:03o}", code);
    }
  }
  return out + ")";
}

std::string page_content(const std::vector<std::string>& lines, std::size_t from) {
  std::string content = "BT /F1 10 Tf 12 TL 50 792 Td";
  for (std::size_t at = from; at < lines.size() && at < from + kLinesPerPage; ++at) {
    content += fmt::format("\n{} Tj T*", pdf_text(lines[at]));
  }
  return content + "\nET";
}

}  // namespace

std::string small_pdf(const std::vector<std::string>& lines) {
  const std::size_t pages =
      std::max<std::size_t>(1, (lines.size() + kLinesPerPage - 1) / kLinesPerPage);
  std::string differences;
  for (const auto& [point, glyph] : kPolish) differences += fmt::format(" /{}", glyph);
  std::string kids;
  for (std::size_t page = 0; page < pages; ++page) kids += fmt::format("{} 0 R ", 4 + 2 * page);

  std::vector<std::string> objects;
  objects.emplace_back("<< /Type /Catalog /Pages 2 0 R >>");
  objects.push_back(fmt::format("<< /Type /Pages /Kids [ {}] /Count {} >>", kids, pages));
  objects.push_back(
      fmt::format("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type "
                  "/Encoding /BaseEncoding /WinAnsiEncoding /Differences [ {}{} ] >> >>",
                  kFirstPolish, differences));
  for (std::size_t page = 0; page < pages; ++page) {
    const std::string content = page_content(lines, page * kLinesPerPage);
    objects.push_back(
        fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Resources << /Font << "
                    "/F1 3 0 R >> >> /Contents {} 0 R >>",
                    5 + 2 * page));
    objects.push_back(
        fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content));
  }

  std::string pdf = "%PDF-1.4\n";
  std::string places = "0000000000 65535 f \n";
  for (std::size_t index = 0; index < objects.size(); ++index) {
    places += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", index + 1, objects[index]);
  }
  const std::size_t table = pdf.size();
  pdf += fmt::format("xref\n0 {}\n{}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n",
                     objects.size() + 1, places, objects.size() + 1, table);
  return pdf;
}

}  // namespace atrapa::mocks::base
