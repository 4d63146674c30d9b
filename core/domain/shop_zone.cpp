#include "core/domain/shop_zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace atrapa::core {

namespace {

/// "YYYY-MM-DD HH:MM:SS" as its six numbers.
std::optional<std::array<int, 6>> fields_of(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd dd:dd:dd";
  if (text.size() != kShape.size()) return std::nullopt;
  std::array<int, 6> fields{};
  std::size_t field = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kShape[i] != 'd') {
      if (text[i] != kShape[i]) return std::nullopt;
      ++field;
    } else if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    } else {
      fields.at(field) = fields.at(field) * 10 + (text[i] - '0');
    }
  }
  return fields;
}

}  // namespace

std::optional<std::chrono::year_month_day> local_day(std::string_view local) {
  const auto fields = fields_of(local);
  if (!fields) return std::nullopt;
  const auto& [year, month, day_of_month, hour, minute, second] = *fields;
  const std::chrono::year_month_day day{std::chrono::year{year},
                                        std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day_of_month)}};
  return day.ok() && day.year() > std::chrono::year(0) ? std::optional(day) : std::nullopt;
}

Result<ShopZone> ShopZone::named(const std::string& name) {
  try {
    return ShopZone(date::locate_zone(name));
  } catch (const std::runtime_error& problem) {
    return fail(fmt::format(
        "the shop's time zone '{}' is not in this machine's zone database ({}); install tzdata",
        name, problem.what()));
  }
}

std::optional<Instant> ShopZone::to_utc(std::string_view local) const {
  const auto day = local_day(local);
  if (!day) return std::nullopt;
  const auto [year, month, date_of_month, hour, minute, second] = *fields_of(local);
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const date::local_seconds moment =
      date::local_days(std::chrono::sys_days(*day).time_since_epoch()) + std::chrono::hours(hour) +
      std::chrono::minutes(minute) + std::chrono::seconds(second);
  return zone_->to_sys(moment, date::choose::latest);
}

std::string ShopZone::to_local(Instant at) const {
  const auto local = zone_->to_local(std::chrono::floor<std::chrono::seconds>(at));
  return date::format("%Y-%m-%d %H:%M:%S", local);
}

}  // namespace atrapa::core
