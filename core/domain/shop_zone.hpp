#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ports/clock.hpp"
#include "core/result.hpp"

namespace date {
class time_zone;
}

namespace atrapa::core {

/// The zone in which a shop writes its dates, without saying so ("2026-03-02 09:00:00").
class ShopZone {
 public:
  /// "Europe/Warsaw". The error says what is missing: the name in the zone database, or the
  /// database itself.
  static Result<ShopZone> named(const std::string& name);

  /// Nothing for what is no date, "0000-00-00 00:00:00" included. A time that happens twice
  /// (October) is the later one, so that no order is taken for older than it is; one that does not
  /// happen (March) is the moment of the change.
  std::optional<Instant> to_utc(std::string_view local) const;
  /// To the second, cut off.
  std::string to_local(Instant at) const;

 private:
  explicit ShopZone(const date::time_zone* zone) : zone_(zone) {}

  const date::time_zone* zone_;
};

/// The day of "2026-03-02 09:00:00"; nothing for what is no date.
std::optional<std::chrono::year_month_day> local_day(std::string_view local);

}  // namespace atrapa::core
