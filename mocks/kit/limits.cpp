#include "mocks/kit/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "mocks/kit/world_error.hpp"

namespace atrapa::mocks::kit {

namespace {

constexpr std::int64_t kMilli = 1000;

std::int64_t divide_up(std::int64_t amount, std::int64_t by) { return (amount + by - 1) / by; }

std::int64_t whole_seconds(Duration duration) {
  return std::max<std::int64_t>(1, divide_up(duration.count(), kMilli));
}

void check(const WindowSettings& settings) {
  if (settings.limit > 0 && settings.size > Duration::zero() &&
      settings.block >= Duration::zero()) {
    return;
  }
  throw std::logic_error(
      fmt::format("request window of {} calls in {} ms, blocked for {} ms: "
                  "limit and size must be above 0, the block not below",
                  settings.limit, settings.size.count(), settings.block.count()));
}

Admission refused_until(Instant until, Instant now, std::int64_t calls) {
  return {.admitted = false,
          .wait_seconds = whole_seconds(until - now),
          .calls = calls,
          .blocked_until = {}};
}

/// The refusal of a window that is closed, or nothing; opens it when its time has come.
std::optional<Admission> refusal_of_block(std::optional<Instant>& blocked_until, Instant now,
                                          std::int64_t calls) {
  if (!blocked_until) return std::nullopt;
  if (now >= *blocked_until) {
    blocked_until.reset();
    return std::nullopt;
  }
  Admission refusal = refused_until(*blocked_until, now, calls);
  refusal.blocked_until = blocked_until;
  return refusal;
}

Json moment(Instant at) { return at.time_since_epoch().count(); }

Json moment(const std::optional<Instant>& at) { return at ? moment(*at) : Json(nullptr); }

std::int64_t read_integer(const Json& state, std::string_view pointer, const char* name) {
  if (!state.is_object()) {
    throw WorldError(std::string(pointer), "expected the state of a request limit, an object");
  }
  const auto found = state.find(name);
  if (found == state.end() || !found->is_number_integer()) {
    throw WorldError(fmt::format("{}/{}", pointer, name), "expected a whole number");
  }
  return found->get<std::int64_t>();
}

Instant read_moment(const Json& state, std::string_view pointer, const char* name) {
  return Instant{Duration{read_integer(state, pointer, name)}};
}

std::optional<Instant> read_optional_moment(const Json& state, std::string_view pointer,
                                            const char* name) {
  if (state.is_object()) {
    const auto found = state.find(name);
    if (found == state.end() || found->is_null()) return std::nullopt;
  }
  return read_moment(state, pointer, name);
}

}  // namespace

LeakyBucket::LeakyBucket(std::int64_t capacity, std::int64_t leak_per_second)
    : capacity_(capacity), leak_per_second_(leak_per_second) {
  if (capacity_ > 0 && leak_per_second_ > 0) return;
  throw std::logic_error(
      fmt::format("request bucket of {} calls leaking {} a second: both must be "
                  "above 0",
                  capacity, leak_per_second));
}

std::int64_t LeakyBucket::level_at(Instant now) const {
  if (now <= seen_) return millicalls_;
  // What would leak is compared in time, not in calls, so that an age of decades cannot overflow.
  const std::int64_t empty_after = divide_up(millicalls_, leak_per_second_);
  const std::int64_t elapsed = (now - seen_).count();
  return elapsed >= empty_after ? 0 : millicalls_ - elapsed * leak_per_second_;
}

std::int64_t LeakyBucket::calls(Instant now) const { return divide_up(level_at(now), kMilli); }

Admission LeakyBucket::take(Instant now, std::int64_t cost) {
  millicalls_ = level_at(now);
  seen_ = std::max(seen_, now);

  const std::int64_t too_much = millicalls_ + cost * kMilli - capacity_ * kMilli;
  if (too_much <= 0) {
    millicalls_ += cost * kMilli;
    return {.admitted = true,
            .wait_seconds = 0,
            .calls = divide_up(millicalls_, kMilli),
            .blocked_until = {}};
  }
  const std::int64_t must_leak = std::min(too_much, millicalls_);
  const Duration wait{divide_up(must_leak, leak_per_second_)};
  return {.admitted = false,
          .wait_seconds = whole_seconds(wait),
          .calls = divide_up(millicalls_, kMilli),
          .blocked_until = {}};
}

LeakyBucket LeakyBucket::resized(std::int64_t capacity, std::int64_t leak_per_second) const {
  LeakyBucket bucket(capacity, leak_per_second);
  bucket.millicalls_ = std::min(millicalls_, capacity * kMilli);
  bucket.seen_ = seen_;
  return bucket;
}

Json LeakyBucket::snapshot() const {
  return {{"millicalls", millicalls_}, {"seen", moment(seen_)}};
}

void LeakyBucket::restore(const Json& state, std::string_view pointer) {
  const std::int64_t millicalls = read_integer(state, pointer, "millicalls");
  if (millicalls < 0 || millicalls > capacity_ * kMilli) {
    throw WorldError(fmt::format("{}/millicalls", pointer),
                     fmt::format("expected 0 to {}, the bucket's capacity in thousandths of a call",
                                 capacity_ * kMilli));
  }
  const Instant seen = read_moment(state, pointer, "seen");
  millicalls_ = millicalls;
  seen_ = seen;
}

FixedWindow::FixedWindow(const WindowSettings& settings) : settings_(settings) { check(settings); }

Admission FixedWindow::take(Instant now) {
  now = seen_ = std::max(seen_, now);
  if (const auto refusal = refusal_of_block(blocked_until_, now, calls_)) return *refusal;

  if (!opened_ || now - *opened_ >= settings_.size) {
    opened_ = now;
    calls_ = 0;
  }
  if (calls_ < settings_.limit) {
    ++calls_;
    return {.admitted = true, .wait_seconds = 0, .calls = calls_, .blocked_until = {}};
  }
  if (settings_.block == Duration::zero()) {
    return refused_until(*opened_ + settings_.size, now, calls_);
  }
  blocked_until_ = now + settings_.block;
  opened_.reset();
  const std::int64_t calls = std::exchange(calls_, 0);
  return *refusal_of_block(blocked_until_, now, calls);
}

Json FixedWindow::snapshot() const {
  return {{"calls", calls_},
          {"opened", moment(opened_)},
          {"blocked_until", moment(blocked_until_)},
          {"seen", moment(seen_)}};
}

void FixedWindow::restore(const Json& state, std::string_view pointer) {
  FixedWindow read(settings_);
  read.calls_ = read_integer(state, pointer, "calls");
  if (read.calls_ < 0 || read.calls_ > settings_.limit) {
    throw WorldError(fmt::format("{}/calls", pointer),
                     fmt::format("expected 0 to {}, the window's limit", settings_.limit));
  }
  read.opened_ = read_optional_moment(state, pointer, "opened");
  read.blocked_until_ = read_optional_moment(state, pointer, "blocked_until");
  read.seen_ = read_moment(state, pointer, "seen");
  *this = read;
}

SlidingWindow::SlidingWindow(const WindowSettings& settings) : settings_(settings) {
  check(settings);
}

Admission SlidingWindow::take(Instant now) {
  now = seen_ = std::max(seen_, now);
  const auto count = [this] { return static_cast<std::int64_t>(admitted_.size()); };
  if (const auto refusal = refusal_of_block(blocked_until_, now, count())) return *refusal;

  while (!admitted_.empty() && now - admitted_.front() >= settings_.size) admitted_.pop_front();
  if (count() < settings_.limit) {
    admitted_.push_back(now);
    return {.admitted = true, .wait_seconds = 0, .calls = count(), .blocked_until = {}};
  }
  if (settings_.block == Duration::zero()) {
    return refused_until(admitted_.front() + settings_.size, now, count());
  }
  blocked_until_ = now + settings_.block;
  const std::int64_t calls = count();
  admitted_.clear();
  return *refusal_of_block(blocked_until_, now, calls);
}

Json SlidingWindow::snapshot() const {
  Json admitted = Json::array();
  for (const Instant at : admitted_) admitted.push_back(moment(at));
  return {{"admitted", std::move(admitted)},
          {"blocked_until", moment(blocked_until_)},
          {"seen", moment(seen_)}};
}

void SlidingWindow::restore(const Json& state, std::string_view pointer) {
  SlidingWindow read(settings_);
  read.seen_ = read_moment(state, pointer, "seen");
  read.blocked_until_ = read_optional_moment(state, pointer, "blocked_until");
  const auto admitted = state.find("admitted");
  if (admitted == state.end() || !admitted->is_array()) {
    throw WorldError(fmt::format("{}/admitted", pointer), "expected an array of moments");
  }
  for (std::size_t i = 0; i < admitted->size(); ++i) {
    const Json& at = (*admitted)[i];
    const Instant before = read.admitted_.empty() ? Instant::min() : read.admitted_.back();
    if (!at.is_number_integer() || Instant{Duration{at.get<std::int64_t>()}} < before) {
      throw WorldError(fmt::format("{}/admitted/{}", pointer, i),
                       "expected a moment in milliseconds, not before the one ahead of it");
    }
    read.admitted_.push_back(Instant{Duration{at.get<std::int64_t>()}});
  }
  *this = read;
}

}  // namespace atrapa::mocks::kit
