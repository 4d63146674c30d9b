#include "core/shops/base/budget.hpp"

#include <algorithm>

#include "core/domain/shop_zone.hpp"

namespace atrapa::core::base {

namespace {

constexpr std::size_t kMomentLength = 19;  ///< "2026-03-02 09:00:00"

/// The first moment that a text names, read in a zone.
std::optional<Instant> named_moment(std::string_view text, const ShopZone& zone) {
  for (std::size_t at = 0; at + kMomentLength <= text.size(); ++at) {
    if (const auto moment = zone.to_utc(text.substr(at, kMomentLength))) return moment;
  }
  return std::nullopt;
}

}  // namespace

Budget::Budget(BudgetLimit limit) : limit_(limit) { limit_.calls = std::max(limit_.calls, 1); }

Duration Budget::wait(Instant now) const {
  Duration needed{0};
  if (calls_.size() >= static_cast<std::size_t>(limit_.calls)) {
    const Duration whole = limit_.window + limit_.margin;
    // A clock that was set back does not make the wait longer than a window.
    needed = std::clamp(calls_.front() + whole - now, Duration{0}, whole);
  }
  if (blocked_until_) needed = std::max(needed, Duration(*blocked_until_ - now));
  return needed;
}

void Budget::left(Instant now) {
  calls_.push_back(now);
  if (calls_.size() > static_cast<std::size_t>(limit_.calls)) calls_.pop_front();
  blocked_until_.reset();
}

void Budget::arrived(Instant now) {
  if (!calls_.empty()) calls_.back() = std::max(calls_.back(), now);
}

void Budget::blocked(Instant until) { blocked_until_ = until; }

Duration block_wait(std::string_view message, Instant now, const BlockLimits& limits) {
  std::optional<Duration> within;  // The latest that is near enough to be meant.
  bool far_off = false;
  bool past = false;
  for (const char* name : {"UTC", "Europe/Warsaw"}) {
    const auto zone = ShopZone::named(name);
    if (!zone) continue;
    const auto release = named_moment(message, *zone);
    if (!release) continue;
    const Duration ahead = *release - now;
    if (ahead <= Duration{0}) {
      past = true;
    } else if (ahead > limits.longest) {
      far_off = true;
    } else {
      within = std::max(within.value_or(ahead), ahead);
    }
  }
  if (within) return *within + limits.margin;
  return far_off && !past ? limits.longest : limits.unnamed;
}

}  // namespace atrapa::core::base
