#include "mocks/base/numbering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "mocks/kit/dates.hpp"

namespace atrapa::mocks::base {
namespace {

struct LocalMonth {
  std::int64_t year = 0;
  std::int64_t month = 0;
};

std::int64_t whole(std::string_view digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

LocalMonth month_of(std::int64_t when, const Settings& settings) {
  const kit::Instant moment{std::chrono::seconds{std::clamp<std::int64_t>(when, 0, kLastSecond)}};
  const kit::TimeZone zone = kit::TimeZone::find(settings.number_zone).value_or(kit::TimeZone());
  const std::string text = zone.local(moment);  // "2026-03-02 09:00:00"
  const std::size_t dash = text.find('-');
  return {whole(std::string_view(text).substr(0, dash)),
          whole(std::string_view(text).substr(dash + 1, 2))};
}

std::string period_of(std::int64_t year, std::int64_t month) {
  return month != 0 ? fmt::format("{}-{}", year, month) : std::to_string(year);
}

bool shows(std::string_view format, std::string_view what) {
  return format.find(what) != std::string_view::npos;
}

/// The format with its placeholders filled in; without %N the number stands at the end.
std::string filled(std::string_view format, const SeriesNumber& number, std::int64_t month) {
  std::string text;
  for (std::size_t at = 0; at < format.size(); ++at) {
    const char next = format[at] == '%' && at + 1 < format.size() ? format[at + 1] : '\0';
    switch (next) {
      case 'N': text += std::to_string(number.sub_id); break;
      case 'M': text += std::to_string(month); break;
      case 'Y': text += std::to_string(number.year); break;
      default: text += format[at]; continue;
    }
    ++at;
  }
  return shows(format, "%N") ? text : fmt::format("{}{}", text, number.sub_id);
}

std::string postfix_of(std::string_view format) {
  std::size_t behind = 0;
  for (const std::string_view placeholder : {"%N", "%M", "%Y"}) {
    const std::size_t at = format.rfind(placeholder);
    if (at != std::string_view::npos) behind = std::max(behind, at + placeholder.size());
  }
  std::string_view rest = format.substr(behind);
  if (rest.starts_with('/')) rest.remove_prefix(1);
  return behind == 0 ? std::string() : std::string(rest);
}

}  // namespace

SeriesNumber next_number(std::string_view format, LastNumbers& last, std::int64_t when,
                         const Settings& settings, const Taken& taken) {
  const LocalMonth local = month_of(when, settings);
  const bool yearly = shows(format, "%Y");
  const bool monthly = shows(format, "%M");
  SeriesNumber number;
  number.year = local.year;
  number.month = monthly ? local.month : 0;
  number.period = yearly    ? period_of(local.year, number.month)
                  : monthly ? std::to_string(local.month)
                            : "always";
  number.postfix = postfix_of(format);
  number.sub_id = last[number.period];
  do {
    ++number.sub_id;
  } while (taken(number.period, number.sub_id));
  last[number.period] = number.sub_id;
  number.text = filled(format, number, local.month);
  return number;
}

void give_back(LastNumbers& last, const std::string& period, const Taken& taken) {
  const auto counter = last.find(period);
  if (counter == last.end()) return;
  while (counter->second > 0 && !taken(period, counter->second)) --counter->second;
}

std::string place_key(std::int64_t series_id, const std::string& period, std::int64_t year,
                      std::int64_t month, std::int64_t sub_id) {
  return fmt::format("{} {} {}", series_id, period.empty() ? period_of(year, month) : period,
                     sub_id);
}

}  // namespace atrapa::mocks::base
