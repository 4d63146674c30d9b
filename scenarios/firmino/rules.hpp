#pragma once

#include <vector>

#include "harness/run/rule.hpp"

// Families of rules.
namespace atrapa::scenarios::firmino {

std::vector<harness::Rule> order_choice_rules();  ///< ORD-02, -11 to -13.

std::vector<harness::Rule> document_rules();  ///< ORD-01, -03 to -06.

}  // namespace atrapa::scenarios::firmino
