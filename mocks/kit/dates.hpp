#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mocks/kit/time.hpp"

namespace date {
class time_zone;
}

namespace atrapa::mocks::kit {

/// A named time zone ("Europe/Warsaw"). Copies are cheap. The first look-up of a
/// program reads the machine's time zone database (some milliseconds); later ones do not.
class TimeZone {
 public:
  /// Nothing where the machine's time zone database has no such zone.
  static std::optional<TimeZone> find(std::string_view name);
  /// UTC; needs no database.
  TimeZone() = default;

  /// "2026-03-02 08:00:00" in that zone.
  std::string local(Instant moment) const;

 private:
  const date::time_zone* zone_ = nullptr;
};

constexpr std::string_view kNever = "0000-00-00 00:00:00";

/// Whether the text is a moment as shops write it ("2026-03-02 08:00:00", a real day) or kNever.
bool is_datetime(std::string_view text);
/// Likewise "2026-03-02", or "0000-00-00".
bool is_date(std::string_view text);

}  // namespace atrapa::mocks::kit
