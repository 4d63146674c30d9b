#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mocks/kit/message.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::bench {

inline constexpr std::int64_t kBaseNow = 1'772'438'400;  ///< 2026-03-02 08:00:00 UTC.
inline constexpr std::int64_t kFirstOrder = 40'000'000;
inline constexpr std::int64_t kInventory = 307;
inline constexpr std::int64_t kFirstProduct = 9001;
inline constexpr int kCatalogue = 25;

/// What the account's orders begin with: three to a second, an hour before kBaseNow the last.
std::int64_t first_confirmed(int orders);

/// The Base fake with one account of kCatalogue products and so many confirmed orders, each of four
/// lines and about 2,000 bytes as getOrders writes it; ids ascend from kFirstOrder.
std::unique_ptr<mocks::kit::Platform> base_of(int orders, bool limited);

/// A call of that account's token.
mocks::kit::Request base_request(std::string_view method, std::string_view parameters);

/// The same below "/base", as bytes for a kept-alive connection.
std::string base_bytes(std::string_view method, std::string_view parameters);

}  // namespace atrapa::bench
