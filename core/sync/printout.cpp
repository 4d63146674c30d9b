#include "core/sync/printout.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

namespace atrapa::core {

namespace {

constexpr std::size_t kLinesPerPage = 50;

/// In ASCII, safe inside a PDF's brackets.
std::string pdf_text(std::string_view text) {
  utf8proc_uint8_t* folded = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &folded,
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_STRIPCC));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(folded, &std::free);
  const std::string plain =
      size < 0 ? std::string()
               : std::string(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const std::string_view rest = std::string_view(plain).substr(i);
    if (rest.starts_with("ł") || rest.starts_with("Ł")) {  // No mark to strip.
      out += rest.starts_with("ł") ? 'l' : 'L';
      ++i;
    } else if (plain[i] == '(' || plain[i] == ')' || plain[i] == '\\') {
      out += '\\';
      out += plain[i];
    } else if ((static_cast<unsigned char>(plain[i]) & 0x80U) == 0) {
      out += plain[i];
    } else if ((static_cast<unsigned char>(plain[i]) & 0x40U) != 0) {
      out += '?';  // The first byte of what has no ASCII form.
    }
  }
  return out;
}

std::string_view title_of(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::Invoice: return "Faktura";
    case DocumentKind::Receipt: return "Paragon";
    case DocumentKind::Correction: return "Korekta";
    case DocumentKind::GoodsIssue: return "WZ";
    case DocumentKind::Order: return "Zamówienie";
  }
  return "";
}

std::vector<std::string> lines_of(const Document& document) {
  std::vector<std::string> lines{fmt::format("{} {}", title_of(document.kind), document.number),
                                 fmt::format("Data wystawienia: {:04}-{:02}-{:02}",
                                             static_cast<int>(document.issued_on.year()),
                                             static_cast<unsigned>(document.issued_on.month()),
                                             static_cast<unsigned>(document.issued_on.day())),
                                 "Nabywca: " + document.contractor};
  if (!document.nip.empty()) lines.push_back("NIP: " + document.nip);
  lines.push_back(
      fmt::format("{} {} {}", document.buyer.street, document.buyer.postcode, document.buyer.city));
  lines.emplace_back();
  for (const ErpOrderLine& line : document.lines) {
    lines.push_back(fmt::format("{}  {} x {}  VAT {}  {}", line.name, to_text(line.quantity),
                                to_text(line.unit_price), line.vat, to_text(line.value)));
  }
  lines.emplace_back();
  for (const VatSummary& each : document.summary) {
    lines.push_back(fmt::format("VAT {}: netto {}  podatek {}  brutto {}", each.vat,
                                to_text(each.net), to_text(each.tax), to_text(each.gross)));
  }
  lines.push_back(fmt::format("Razem: {} {}", to_text(document.total_gross), document.currency));
  return lines;
}

}  // namespace

std::string printout(const Document& document) {
  const std::vector<std::string> lines = lines_of(document);
  const std::size_t pages = (lines.size() + kLinesPerPage - 1) / kLinesPerPage;
  // Objects: catalogue, pages, font, then a page and its content for each.
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>", "",
                                   "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string kids;
  for (std::size_t page = 0; page < pages; ++page) {
    std::string content = "BT /F1 10 Tf 14 TL 50 790 Td\n";
    for (std::size_t i = page * kLinesPerPage; i < lines.size() && i < (page + 1) * kLinesPerPage;
         ++i) {
      content += fmt::format("({}) Tj T*\n", pdf_text(lines[i]));
    }
    content += "ET";
    kids += fmt::format("{} 0 R ", objects.size() + 1);
    objects.push_back(
        fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
                    " /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
                    objects.size() + 2));
    objects.push_back(
        fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content));
  }
  objects[1] = fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages);

  std::string pdf = "%PDF-1.4\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t start = pdf.size();
  pdf += fmt::format("{}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", table,
                     objects.size() + 1, start);
  return pdf;
}

}  // namespace atrapa::core
