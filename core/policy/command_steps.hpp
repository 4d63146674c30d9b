#pragma once

#include <string_view>
#include <vector>

#include "core/policy/switches.hpp"

namespace atrapa::core {

/// One part of a command's work.
enum class Step { Orders, Products, Stock };

/// What a command does, in this order: "stock" and "orders" each do both (SYSTIM-CMD-04, ORD-09),
/// as do "all" and "tick"; "products" adds products too (CMD-02, PROD-05). Whether "stock" adds
/// products is said in two ways: `stock_command_adds_products` (PROD-06). Orders come first, so
/// that they are saved before stock is sent (ORD-09); products before stock, so that the stock of
/// those just added is right after the same run.
std::vector<Step> systim_steps(std::string_view command, const SystimSwitches& switches);

}  // namespace atrapa::core
