#include "scenarios/fiscal/moments.hpp"

#include <array>
#include <chrono>

#include "scenarios/common/base_account.hpp"

namespace atrapa::scenarios::fiscal {

std::span<const Moment> moments() {
  static constexpr std::array kMoments{
      Moment{"on 2 March 2026", "2026-03-02T08:00:00Z", "03/2026", "2026", "2026-03-02"},
      Moment{"in the last second of March", "2026-03-31T21:59:59Z", "03/2026", "2026",
             "2026-03-31"},
      Moment{"in the first second of April", "2026-03-31T22:00:00Z", "04/2026", "2026",
             "2026-04-01"},
      Moment{"in the last second of 2026", "2026-12-31T22:59:59Z", "12/2026", "2026", "2026-12-31"},
      Moment{"in the first second of 2027", "2026-12-31T23:00:00Z", "01/2027", "2027",
             "2027-01-01"},
      Moment{"in the last second of January", "2027-01-31T22:59:59Z", "01/2027", "2027",
             "2027-01-31"},
      Moment{"in the first second of February", "2027-01-31T23:00:00Z", "02/2027", "2027",
             "2027-02-01"},
  };
  return kMoments;
}

void go_to(harness::Bench& bench, std::string_view utc) {
  const auto left = std::chrono::seconds(unix_of(utc)) -
                    std::chrono::floor<std::chrono::seconds>(bench.now()).time_since_epoch();
  if (left > std::chrono::seconds(0)) bench.advance(left);
}

}  // namespace atrapa::scenarios::fiscal
