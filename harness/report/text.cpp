#include "harness/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace atrapa::harness::report {

namespace {

/// One code point at the start of `bytes`, and how many bytes it takes; 0 bytes where it is not
/// UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;
};

CodePoint next_code_point(std::string_view bytes) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 && lead < 0xF5   ? 4
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                                                           : 0;
  if (length == 0 || bytes.size() < length) return {};
  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0u) != 0x80u) return {};
    value = (value << 6) | (byte(at) & 0x3Fu);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[length] || surrogate || value > 0x10FFFF) return {};
  return {value, length};
}

bool combines(char32_t value) {
  return (value >= 0x300 && value <= 0x36F) || (value >= 0x200B && value <= 0x200D) ||
         (value >= 0xFE00 && value <= 0xFE0F);
}

bool controls(char32_t value) {
  return value < 0x20 || (value >= 0x7F && value < 0xA0) || value == 0xFFFE || value == 0xFFFF ||
         (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

}  // namespace

std::string Style::painted(std::string_view text, std::string_view code) const {
  return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  while (!utf8.empty()) {
    const CodePoint point = next_code_point(utf8);
    if (point.bytes == 0 || !combines(point.value)) ++width;
    utf8.remove_prefix(std::max<std::size_t>(point.bytes, 1));
  }
  return width;
}

std::string printable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const CodePoint point = next_code_point(bytes);
    const std::size_t length = std::max<std::size_t>(point.bytes, 1);
    if (point.bytes == 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes[0]));
    } else if (point.value == '\n') {
      out += "\\n";
    } else if (point.value == '\t') {
      out += "\\t";
    } else if (point.value == '\r') {
      out += "\\r";
    } else if (controls(point.value)) {
      out += point.value < 0x100 ? fmt::format("\\x{:02x}", static_cast<unsigned>(point.value))
                                 : fmt::format("\\u{:04x}", static_cast<unsigned>(point.value));
    } else {
      out += bytes.substr(0, length);
    }
    bytes.remove_prefix(length);
  }
  return out;
}

std::string shorten(std::string_view utf8, std::size_t width) {
  if (display_width(utf8) <= width) return std::string(utf8);
  if (width == 0) return {};
  std::string out;
  std::size_t used = 0;
  while (!utf8.empty()) {
    const CodePoint point = next_code_point(utf8);
    const std::size_t length = std::max<std::size_t>(point.bytes, 1);
    const std::size_t columns = point.bytes != 0 && combines(point.value) ? 0 : 1;
    if (used + columns > width - 1) break;
    out += utf8.substr(0, length);
    used += columns;
    utf8.remove_prefix(length);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out + "…";
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t used = 0;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    if (word.empty()) continue;
    const std::size_t columns = display_width(word);
    if (used > 0 && used + 1 + columns > width) {
      lines.push_back(std::move(line));
      line.clear();
      used = 0;
    }
    if (used > 0) {
      line += ' ';
      ++used;
    }
    line += word;
    used += columns;
  }
  if (used > 0 || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string paragraph(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out;
  for (const std::string& line : wrap(text, width > indent + 20 ? width - indent : 20)) {
    out += fmt::format("{}{}\n", std::string(indent, ' '), line);
  }
  return out;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string counted(std::size_t number, std::string_view singular, std::string_view plural) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
  return fmt::format("{} {}", digits, number == 1 ? singular : plural);
}

std::string Table::line(const std::vector<std::string>& row, const std::vector<std::size_t>& widths,
                        std::size_t indent, std::size_t width) const {
  std::string out(indent, ' ');
  std::size_t used = indent;
  for (std::size_t column = 0; column < row.size(); ++column) {
    const bool last = column + 1 == row.size();
    const bool right = column < align_.size() && align_[column] == Align::Right;
    const std::size_t cell_width = display_width(row[column]);
    if (right) {
      out += std::string(widths[column] - cell_width, ' ') + row[column];
    } else if (last) {
      out += shorten(row[column], width > used + 10 ? width - used : 10);
    } else {
      out += padded(row[column], widths[column]);
    }
    used += widths[column] + 2;
    if (!last) out += "  ";
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out + "\n";
}

std::string Table::render(const Style& style, std::size_t indent) const {
  std::vector<std::size_t> widths(heading_.size(), 0);
  for (std::size_t column = 0; column < heading_.size(); ++column) {
    widths[column] = display_width(heading_[column]);
    for (const auto& row : rows_) {
      if (column < row.size())
        widths[column] = std::max(widths[column], display_width(row[column]));
    }
  }
  std::string heading = line(heading_, widths, indent, style.width);
  heading.pop_back();
  std::string out = style.faint(heading) + "\n";
  for (const auto& row : rows_) out += line(row, widths, indent, style.width);
  return out;
}

}  // namespace atrapa::harness::report
