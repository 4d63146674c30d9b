#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "mocks/base/settings.hpp"

namespace atrapa::mocks::base {

/// The last running number of each period, as a series keeps it.
using LastNumbers = std::map<std::string, std::int64_t>;

/// A document's place in its series.
struct SeriesNumber {
  std::int64_t sub_id = 0;  ///< Running number within the period.
  std::int64_t month = 0;   ///< 0: the series is not numbered by month.
  std::int64_t year = 0;
  std::string period;   ///< "2026-3", "2026", "3" (a format without %Y) or "always".
  std::string text;     ///< The full number.
  std::string postfix;  ///< What the format has behind the last placeholder.
};

/// Whether a document of the series has that running number in that period.
using Taken = std::function<bool(const std::string& period, std::int64_t sub_id)>;

/// Seconds that a document's date may have: years 1970 to 9999.
constexpr std::int64_t kLastSecond = 253'402'300'799;

/// The next number that nobody has. Numbers begin afresh with each month where the format shows the
/// month, with each year where it shows the year: as often as they can without a number's coming
/// twice. `when` in unix seconds, 0 to kLastSecond; month and year are those of the account's zone.
///   [doc] %N number, %M month, %Y year; month 0 is yearly numbering
///   [doc sample, client recording] a month has no leading zero; "1/3/2016/shop" has the postfix
///   "shop"
///   [inferred] the zone; what happens to formats without month and year
SeriesNumber next_number(std::string_view format, LastNumbers& last, std::int64_t when,
                         const Settings& settings, const Taken& taken);

/// After a document was removed: if it was the last of its period, the next one gets its number.
void give_back(LastNumbers& last, const std::string& period, const Taken& taken);

/// The key by which a document is found by its place. A planted one may lack the period.
std::string place_key(std::int64_t series_id, const std::string& period, std::int64_t year,
                      std::int64_t month, std::int64_t sub_id);

}  // namespace atrapa::mocks::base
