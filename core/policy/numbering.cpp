#include "core/policy/numbering.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace atrapa::core {

namespace {

constexpr int kWidestNumber = 12;

/// A piece of a pattern: text as it is, or what stands between braces.
struct Piece {
  bool brace = false;
  std::string_view text;
};

/// The next piece, cut off the front. A brace that is not closed is text with its "{".
Piece cut(std::string_view& rest) {
  if (rest.front() == '{') {
    const std::size_t end = rest.find('}');
    if (end == rest.npos) {
      const Piece piece{false, rest};
      rest = {};
      return piece;
    }
    const Piece piece{true, rest.substr(1, end - 1)};
    rest.remove_prefix(end + 1);
    return piece;
  }
  const Piece piece{false, rest.substr(0, rest.find('{'))};
  rest.remove_prefix(piece.text.size());
  return piece;
}

/// The width of "n" (1) or "n:5" (5); 0 for anything else.
int number_width(std::string_view text) {
  if (text == "n") return 1;
  if (!text.starts_with("n:") || text.size() > 4 || text.size() < 3) return 0;
  int width = 0;
  for (const char c : text.substr(2)) {
    if (c < '0' || c > '9') return 0;
    width = width * 10 + (c - '0');
  }
  return width <= kWidestNumber ? width : 0;
}

}  // namespace

Result<Done> check_pattern(std::string_view pattern, SeriesReset reset) {
  int numbers = 0;
  bool year = false;
  bool month = false;
  for (std::string_view rest = pattern; !rest.empty();) {
    const Piece piece = cut(rest);
    if (!piece.brace) {
      if (piece.text.find_first_of("{}") != piece.text.npos) {
        return fail(fmt::format("the pattern '{}' has a brace without its partner", pattern));
      }
    } else if (number_width(piece.text) > 0) {
      ++numbers;
    } else if (piece.text == "yyyy") {
      year = true;
    } else if (piece.text == "mm") {
      month = true;
    } else {
      return fail(
          fmt::format("the pattern '{}' has '{{{}}}'; expected {{n}}, {{n:5}}, {{yyyy}} or {{mm}}",
                      pattern, piece.text));
    }
  }
  if (numbers != 1) {
    return fail(
        fmt::format("the pattern '{}' has {} numbers {{n}}; expected one", pattern, numbers));
  }
  if (reset != SeriesReset::Never && !year) {
    return fail(fmt::format(
        "the pattern '{}' starts anew and does not show {{yyyy}}: its numbers would repeat",
        pattern));
  }
  if (reset == SeriesReset::Month && !month) {
    return fail(
        fmt::format("the pattern '{}' starts anew each month and does not show {{mm}}: its numbers "
                    "would repeat",
                    pattern));
  }
  return Done{};
}

std::string numbering_period(SeriesReset reset, std::chrono::year_month_day date) {
  switch (reset) {
    case SeriesReset::Never: return "";
    case SeriesReset::Year: return fmt::format("{:04}", static_cast<int>(date.year()));
    case SeriesReset::Month:
      return fmt::format("{:04}-{:02}", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()));
  }
  return "";
}

std::string document_number(std::string_view pattern, std::int64_t n,
                            std::chrono::year_month_day date) {
  std::string number;
  for (std::string_view rest = pattern; !rest.empty();) {
    const Piece piece = cut(rest);
    if (!piece.brace) {
      number += piece.text;
    } else if (piece.text == "yyyy") {
      number += fmt::format("{:04}", static_cast<int>(date.year()));
    } else if (piece.text == "mm") {
      number += fmt::format("{:02}", static_cast<unsigned>(date.month()));
    } else if (const int width = number_width(piece.text); width > 0) {
      number += fmt::format("{:0{}}", n, width);
    } else {
      throw std::logic_error("document_number: the pattern was not checked");
    }
  }
  return number;
}

}  // namespace atrapa::core
