#include "mocks/shoper/shop_time.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

#include "mocks/kit/dates.hpp"

namespace atrapa::mocks::shoper {
namespace {

int digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  std::from_chars(text.data() + from, text.data() + from + count, value);
  return value;
}

std::chrono::sys_days day_of(std::string_view text) {
  return std::chrono::year{digits(text, 0, 4)} /
         std::chrono::month{static_cast<unsigned>(digits(text, 5, 2))} /
         std::chrono::day{static_cast<unsigned>(digits(text, 8, 2))};
}

/// The text read as if it were UTC; it must be a datetime.
kit::Instant as_utc(std::string_view text) {
  return kit::Instant{day_of(text)} + std::chrono::hours{digits(text, 11, 2)} +
         std::chrono::minutes{digits(text, 14, 2)} + std::chrono::seconds{digits(text, 17, 2)};
}

}  // namespace

std::optional<kit::Instant> instant_of(const State& state, std::string_view local) {
  if (!kit::is_datetime(local) || local.starts_with("0000")) return std::nullopt;
  const kit::Instant shown = as_utc(local);
  kit::Instant moment = shown;
  // The offset at the first guess may be that of the other side of a change of clocks.
  for (int round = 0; round < 2; ++round) {
    moment += shown - as_utc(state.local_time(moment));
  }
  return moment;
}

std::string local_day(const State& state, kit::Instant moment, int days_before) {
  const std::chrono::year_month_day date{day_of(state.local_time(moment)) -
                                         std::chrono::days{days_before}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::int64_t unix_seconds(kit::Instant moment) {
  return std::chrono::floor<std::chrono::seconds>(moment).time_since_epoch().count();
}

}  // namespace atrapa::mocks::shoper
