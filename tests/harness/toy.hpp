#pragma once

#include <memory>
#include <string>
#include <vector>

#include "harness/chaos/flow.hpp"
#include "harness/run/rule.hpp"

namespace atrapa::harness::toy {

/// A connector of a few dozen lines, good and bad in known ways, so that the engine can be judged
/// without the core. Commands:
///   "mark"    one log entry for each product: its id and its stock
///   "orders"  signs in, reads all pages of orders and keeps each order
///   "levels"  signs in and writes the stock of each product to the shop's stock row of that id
///   "spin"    never ends, asking the shop; "doze" never ends, only waiting
struct Habits {
  std::string name = "core";
  bool forgets_large = false;  ///< "mark" leaves out products with a stock of 100 and more.
  bool keeps_order_blindly =
      false;  ///< "orders" skips only what an earlier, finished run has read.
};

std::shared_ptr<const SubjectKind> subject(Habits habits);

/// Every product planted is marked, with its stock. Shrinks to one record where a habit breaks it.
Rule marks_all();
/// Looks at nothing.
Rule looks_at_nothing();
/// Its oracle throws.
Rule throws_always();
/// Not judged by declaration.
Rule declared_not_judged();
/// Runs a command and then checks that the ERP has no order, which is so.
Rule runs(std::string command);
/// Runs a command and throws where it did not end well.
Rule runs_and_stumbles(std::string command);
/// Stock levels written to the shop arrive there.
Rule levels_arrive();

/// "orders" over as many orders as two pages need.
ChaosFlow order_flow();
/// All of the above, with subjects "core", "core:forgets-large", "core:keeps-order-blindly".
RuleSet rule_set();

}  // namespace atrapa::harness::toy
