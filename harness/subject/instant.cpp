#include "harness/subject/instant.hpp"

#include <fmt/format.h>

#include <cctype>
#include <charconv>

namespace atrapa::harness {
namespace {

using namespace std::chrono;

/// Takes numbers and fixed characters off the front of a text.
class Taker {
 public:
  explicit Taker(std::string_view text) : text_(text) {}

  bool take(char expected) {
    if (text_.empty() || text_.front() != expected) return false;
    text_.remove_prefix(1);
    return true;
  }
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + count, value);
    if (error != std::errc{} || end != text_.data() + count || value < 0) return std::nullopt;
    text_.remove_prefix(count);
    return value;
  }
  /// ".5" or ".123456": what is finer than a millisecond is cut off.
  milliseconds fraction() {
    if (!take('.')) return milliseconds{0};
    int value = 0;
    int scale = 100;
    while (!text_.empty() && std::isdigit(static_cast<unsigned char>(text_.front())) != 0) {
      value += (text_.front() - '0') * scale;
      scale /= 10;
      text_.remove_prefix(1);
    }
    return milliseconds{value};
  }
  bool empty() const { return text_.empty(); }

 private:
  std::string_view text_;
};

std::optional<minutes> zone(Taker& taker) {
  if (taker.take('Z')) return minutes{0};
  const bool east = taker.take('+');
  if (!east && !taker.take('-')) return std::nullopt;
  const auto hour = taker.digits(2);
  taker.take(':');
  const auto minute = taker.digits(2);
  if (!hour || !minute || *hour > 14 || *minute > 59) return std::nullopt;
  const minutes offset = hours{*hour} + minutes{*minute};
  return east ? offset : -offset;
}

}  // namespace

std::string instant_text(mocks::kit::Instant instant) {
  const auto day = floor<days>(instant);
  const year_month_day date{day};
  const hh_mm_ss time{instant - day};
  const std::string millis =
      time.subseconds().count() == 0 ? "" : fmt::format(".{:03}", time.subseconds().count());
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(), millis);
}

std::optional<mocks::kit::Instant> read_instant(std::string_view text) {
  Taker taker(text);
  const auto y = taker.digits(4);
  if (!y || !taker.take('-')) return std::nullopt;
  const auto m = taker.digits(2);
  if (!m || !taker.take('-')) return std::nullopt;
  const auto d = taker.digits(2);
  if (!d || !taker.take('T')) return std::nullopt;
  const auto hour = taker.digits(2);
  if (!hour || !taker.take(':')) return std::nullopt;
  const auto minute = taker.digits(2);
  if (!minute || !taker.take(':')) return std::nullopt;
  const auto second = taker.digits(2);
  if (!second) return std::nullopt;
  const milliseconds fraction = taker.fraction();
  const auto offset = zone(taker);
  if (!offset || !taker.empty()) return std::nullopt;

  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)},
                            day{static_cast<unsigned>(*d)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return mocks::kit::Instant{sys_days{date}} + hours{*hour} + minutes{*minute} + seconds{*second} +
         fraction - *offset;
}

}  // namespace atrapa::harness
