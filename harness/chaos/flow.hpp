#pragma once

#include <functional>
#include <string>

namespace atrapa::harness {

class Bench;
class Judgement;

/// One flow of an integration as chaos drives it. The scenarios say what it is; chaos/ hits every
/// one of its exchanges by every accident and asks for the same end state each time.
struct ChaosFlow {
  std::string name;     ///< "systim-shoper orders"
  std::string command;  ///< What Bench::run takes: "orders", "stock", ...
  std::string integration = "systim-shoper";
  /// Plants shop and books and configures the connector. Runs no command; the same each time.
  std::function<void(Bench&)> plant;
  /// What then happens on the platform, of which its calls tell the connector; before the command.
  /// Empty where a flow has none. Each call is a boundary of its own: lost, doubled, overtaken.
  std::function<void(Bench&)> events = {};
  /// What a merchant does once a call did not arrive, or its connector was not there: the same
  /// again, so that there is another call.
  std::function<void(Bench&)> again = {};
  /// What must be true once a run has ended well, whatever happened before: no order lost, none
  /// twice, stock as planned. At least one expectation.
  std::function<void(Bench&, Judgement&)> end_state;
};

}  // namespace atrapa::harness
