#include "core/policy/command_steps.hpp"

namespace atrapa::core {

std::vector<Step> systim_steps(std::string_view command, const SystimSwitches& switches) {
  const bool stock_adds =
      command == "stock" && switches.stock_command_adds_products == StockCommandAddsProducts::Yes;
  if (command == "products" || stock_adds) return {Step::Orders, Step::Products, Step::Stock};
  return {Step::Orders, Step::Stock};
}

}  // namespace atrapa::core
