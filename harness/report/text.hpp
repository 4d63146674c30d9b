#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace atrapa::harness::report {

/// How the reader's terminal wants its text: colours only where a terminal shows them.
struct Style {
  bool colour = false;
  std::size_t width = 100;  ///< Columns to fill at most.

  std::string bold(std::string_view text) const { return painted(text, "1"); }
  std::string faint(std::string_view text) const { return painted(text, "2"); }
  std::string good(std::string_view text) const { return painted(text, "32"); }
  std::string bad(std::string_view text) const { return painted(text, "1;31"); }
  std::string doubtful(std::string_view text) const { return painted(text, "33"); }

 private:
  std::string painted(std::string_view text, std::string_view code) const;
};

/// Columns a text takes: its code points, combining marks not counted.
std::size_t display_width(std::string_view utf8);

/// Control characters and bytes that are not UTF-8 as `\n`, `\x1b`; everything else as it is.
/// Foreign bytes pass through here before they reach a terminal or an XML file.
std::string printable(std::string_view bytes);

/// At most `width` columns; what does not fit is cut and ends in an ellipsis.
std::string shorten(std::string_view utf8, std::size_t width);

/// The text in lines of at most `width` columns, broken at spaces; a longer word stands alone.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// wrap(), each line behind `indent` spaces and ended by a newline.
std::string paragraph(std::string_view text, std::size_t indent, std::size_t width);

/// The text followed by spaces up to `width` columns.
std::string padded(std::string_view text, std::size_t width);

/// "1 case", "2 cases", "1,234 cases".
std::string counted(std::size_t number, std::string_view singular, std::string_view plural);

/// Rows under a heading, each column as wide as its widest cell, two spaces apart. The last column
/// is shortened so that no line passes the style's width.
class Table {
 public:
  enum class Align { Left, Right };

  explicit Table(std::vector<std::string> heading, std::vector<Align> align = {})
      : heading_(std::move(heading)), align_(std::move(align)) {}

  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }
  std::string render(const Style& style, std::size_t indent = 0) const;

 private:
  std::string line(const std::vector<std::string>& row, const std::vector<std::size_t>& widths,
                   std::size_t indent, std::size_t width) const;

  std::vector<std::string> heading_;
  std::vector<Align> align_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace atrapa::harness::report
