#include "mocks/kit/limits.hpp"

#include <rapidcheck/catch.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

#include "mocks/kit/world_error.hpp"

using namespace atrapa::mocks::kit;
using namespace std::chrono_literals;

namespace {

const Instant kStart{std::chrono::hours{24 * 20000}};

/// The bucket as one would explain it, millisecond by millisecond.
class NaiveBucket {
 public:
  NaiveBucket(std::int64_t capacity, std::int64_t leak) : capacity_(capacity), leak_(leak) {}

  bool take(Instant now, std::int64_t cost) {
    for (; at_ < now; at_ += 1ms) thousandths_ = std::max<std::int64_t>(0, thousandths_ - leak_);
    if (thousandths_ + cost * 1000 > capacity_ * 1000) return false;
    thousandths_ += cost * 1000;
    return true;
  }
  std::int64_t calls() const { return thousandths_ / 1000 + (thousandths_ % 1000 == 0 ? 0 : 1); }

 private:
  std::int64_t capacity_;
  std::int64_t leak_;
  std::int64_t thousandths_ = 0;
  Instant at_ = kStart;
};

std::vector<std::int64_t> any_steps(int max) {
  return *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, max));
}

template <typename Limit>
void check_that_a_copy_and_a_snapshot_go_on_alike(Limit original) {
  Instant now = kStart;
  for (int i = 0; i < 7; ++i) original.take(now += 100ms);
  Limit copy = original;
  Limit restored = original;
  for (int i = 0; i < 50; ++i) restored.take(now + 1h);
  restored.restore(original.snapshot(), "/limit");

  for (int i = 0; i < 30; ++i) {
    now += 150ms;
    const Admission expected = original.take(now);
    const Admission of_copy = copy.take(now);
    const Admission of_restored = restored.take(now);
    CHECK(of_copy.admitted == expected.admitted);
    CHECK(of_copy.wait_seconds == expected.wait_seconds);
    CHECK(of_restored.admitted == expected.admitted);
    CHECK(of_restored.calls == expected.calls);
    CHECK(of_restored.blocked_until == expected.blocked_until);
  }
  CHECK(original.snapshot() == restored.snapshot());
}

}  // namespace

TEST_CASE("The bucket counts 1, 2, 3 on three quick calls", "[limits]") {
  LeakyBucket bucket(10, 2);

  CHECK(bucket.take(kStart).calls == 1);
  CHECK(bucket.take(kStart + 40ms).calls == 2);
  CHECK(bucket.take(kStart + 80ms).calls == 3);
  CHECK(bucket.calls(kStart + 10s) == 0);
}

TEST_CASE("The eleventh call at once is refused, and let in after the told wait", "[limits]") {
  LeakyBucket bucket(10, 2);
  for (int i = 0; i < 10; ++i) REQUIRE(bucket.take(kStart).admitted);

  const Admission refused = bucket.take(kStart);
  CHECK_FALSE(refused.admitted);
  CHECK(refused.wait_seconds == 1);
  CHECK(refused.calls == 10);
  CHECK(bucket.take(kStart + 1s).admitted);
}

TEST_CASE("A bucket behaves as the one that is emptied millisecond by millisecond", "[limits]") {
  rc::prop("same admissions, same counter", [] {
    const auto capacity = *rc::gen::inRange<std::int64_t>(1, 20);
    const auto leak = *rc::gen::inRange<std::int64_t>(1, 15);
    LeakyBucket bucket(capacity, leak);
    NaiveBucket naive(capacity, leak);
    Instant now = kStart;
    for (const std::int64_t step : any_steps(1200)) {
      now += Duration{step};
      const auto cost = *rc::gen::inRange<std::int64_t>(1, 4);
      const Admission admission = bucket.take(now, cost);
      RC_ASSERT(admission.admitted == naive.take(now, cost));
      RC_ASSERT(admission.calls == naive.calls());
    }
  });
}

TEST_CASE("Who waits as long as the bucket says gets in, and a second less does not do",
          "[limits]") {
  rc::prop("wait_seconds is enough and not a second too long", [] {
    LeakyBucket bucket(*rc::gen::inRange<std::int64_t>(1, 20),
                       *rc::gen::inRange<std::int64_t>(1, 15));
    Instant now = kStart;
    for (const std::int64_t step : any_steps(400)) {
      now += Duration{step};
      const Admission admission = bucket.take(now);
      if (admission.admitted) continue;
      LeakyBucket patient = bucket;
      LeakyBucket hasty = bucket;
      RC_ASSERT(patient.take(now + std::chrono::seconds{admission.wait_seconds}).admitted);
      const auto less = std::chrono::seconds{admission.wait_seconds - 1};
      RC_ASSERT(admission.wait_seconds >= 1);
      RC_ASSERT(!hasty.take(now + less).admitted);
    }
  });
}

TEST_CASE("A clock that goes back neither fills nor empties a bucket", "[limits]") {
  LeakyBucket bucket(2, 1);
  bucket.take(kStart + 10s);
  bucket.take(kStart + 10s);

  CHECK_FALSE(bucket.take(kStart).admitted);
  CHECK_FALSE(bucket.take(kStart + 10s).admitted);
  CHECK(bucket.take(kStart + 11s).admitted);
}

TEST_CASE("A fixed window lets its limit through, then blocks until the told moment", "[limits]") {
  FixedWindow window({.limit = 100, .size = 1min, .block = 10min});
  for (int i = 0; i < 100; ++i) REQUIRE(window.take(kStart + Duration{i}).calls == i + 1);

  const Admission refused = window.take(kStart + 30s);
  CHECK_FALSE(refused.admitted);
  CHECK(refused.blocked_until == kStart + 30s + 10min);
  CHECK(refused.wait_seconds == 600);
  CHECK_FALSE(window.take(kStart + 5min).admitted);
  CHECK(window.take(kStart + 5min).blocked_until == kStart + 30s + 10min);
  CHECK(window.take(kStart + 30s + 10min).calls == 1);
}

TEST_CASE("A fixed window without a block opens again with the next window", "[limits]") {
  FixedWindow window({.limit = 2, .size = 1min});
  window.take(kStart);
  window.take(kStart + 59s);

  CHECK(window.take(kStart + 59s).wait_seconds == 1);
  CHECK_FALSE(window.take(kStart + 59s).blocked_until);
  CHECK(window.take(kStart + 60s).calls == 1);
}

TEST_CASE("A sliding window admits a call exactly when fewer than its limit lie behind it",
          "[limits]") {
  rc::prop("against the list of all admitted calls", [] {
    const auto limit = *rc::gen::inRange<std::int64_t>(1, 8);
    const Duration size{*rc::gen::inRange<std::int64_t>(1, 500)};
    SlidingWindow window({.limit = limit, .size = size});
    std::vector<Instant> admitted;
    Instant now = kStart;
    for (const std::int64_t step : any_steps(200)) {
      now += Duration{step};
      const auto behind =
          std::ranges::count_if(admitted, [&](Instant at) { return now - at < size; });
      const Admission admission = window.take(now);
      RC_ASSERT(admission.admitted == (behind < limit));
      if (admission.admitted) admitted.push_back(now);
      RC_ASSERT(admission.calls == behind + (admission.admitted ? 1 : 0));
    }
  });
}

TEST_CASE("A sliding window with a block refuses everything until its end", "[limits]") {
  SlidingWindow window({.limit = 1, .size = 1s, .block = 5s});
  window.take(kStart);

  CHECK(window.take(kStart + 500ms).blocked_until == kStart + 5500ms);
  CHECK_FALSE(window.take(kStart + 5s).admitted);
  CHECK(window.take(kStart + 5500ms).admitted);
}

TEST_CASE("A copy of a limit and one restored from its snapshot go on as the original",
          "[limits]") {
  check_that_a_copy_and_a_snapshot_go_on_alike(LeakyBucket(4, 3));
  check_that_a_copy_and_a_snapshot_go_on_alike(FixedWindow({.limit = 4, .size = 1s}));
  check_that_a_copy_and_a_snapshot_go_on_alike(
      FixedWindow({.limit = 4, .size = 1s, .block = 700ms}));
  check_that_a_copy_and_a_snapshot_go_on_alike(
      SlidingWindow({.limit = 4, .size = 1s, .block = 700ms}));
}

TEST_CASE("A snapshot that no limit can have is refused with its place", "[limits]") {
  LeakyBucket bucket(10, 2);
  try {
    bucket.restore(Json::parse(R"({"millicalls": 10001, "seen": 0})"), "/accounts/0/limit");
    FAIL("restored");
  } catch (const WorldError& error) {
    CHECK(error.pointer() == "/accounts/0/limit/millicalls");
  }
  FixedWindow fixed({});
  CHECK_THROWS_AS(fixed.restore(Json::array(), "/x"), WorldError);
  CHECK_THROWS_AS(fixed.restore(Json::parse(R"({"calls":101,"seen":0})"), "/x"), WorldError);
  SlidingWindow sliding({});
  CHECK_THROWS_AS(sliding.restore(Json::parse(R"({"admitted":[2,1],"seen":3})"), "/x"), WorldError);
  CHECK_THROWS_AS(sliding.restore(Json::parse(R"({"admitted":["a"],"seen":3})"), "/x"), WorldError);
}

TEST_CASE("Limits that let nothing through are a bug of ours", "[limits]") {
  CHECK_THROWS_AS(LeakyBucket(0, 2), std::logic_error);
  CHECK_THROWS_AS(LeakyBucket(10, 0), std::logic_error);
  CHECK_THROWS_AS(FixedWindow({.limit = 0}), std::logic_error);
  CHECK_THROWS_AS(SlidingWindow({.limit = 1, .size = 0ms}), std::logic_error);
}
