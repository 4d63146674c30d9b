#include "mocks/kit/dates.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <stdexcept>

namespace atrapa::mocks::kit {
namespace {

/// Digits of `text` from `at` on; -1 where something else stands there.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

std::optional<TimeZone> TimeZone::find(std::string_view name) {
  TimeZone zone;
  if (name == "UTC") return zone;
  try {
    zone.zone_ = date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
  return zone;
}

std::string TimeZone::local(Instant moment) const {
  const auto utc = std::chrono::floor<std::chrono::seconds>(moment);
  auto shifted = utc.time_since_epoch();
  if (zone_ != nullptr) {
    shifted += zone_->get_info(utc).offset;
  }
  const date::sys_seconds local{shifted};
  const auto day = date::floor<date::days>(local);
  const date::year_month_day civil{day};
  const date::hh_mm_ss<std::chrono::seconds> clock{local - day};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

bool is_date(std::string_view text) {
  if (text == kNever.substr(0, 10)) return true;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < 0 || month < 0 || day < 0) return false;
  return date::year_month_day{date::year{year}, date::month{static_cast<unsigned>(month)},
                              date::day{static_cast<unsigned>(day)}}
      .ok();
}

bool is_datetime(std::string_view text) {
  if (text == kNever) return true;
  if (text.size() != 19 || text[10] != ' ' || text[13] != ':' || text[16] != ':') return false;
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  return is_date(text.substr(0, 10)) && text.substr(0, 10) != kNever.substr(0, 10) && hour >= 0 &&
         hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

}  // namespace atrapa::mocks::kit
