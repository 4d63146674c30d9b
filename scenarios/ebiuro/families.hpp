#pragma once

#include <vector>

#include "harness/run/rule.hpp"

// One function for each file of rules.

namespace atrapa::scenarios::ebiuro {

std::vector<harness::Rule> configuration_rules();  ///< CONF
std::vector<harness::Rule> direction_rules();      ///< DIR
std::vector<harness::Rule> product_rules();        ///< PROD but for -05
std::vector<harness::Rule> price_rules();          ///< PROD-05
std::vector<harness::Rule> stock_rules();          ///< STOCK
std::vector<harness::Rule> life_rules();           ///< LIFE
std::vector<harness::Rule> event_rules();          ///< EVT-03 to -05, -08
std::vector<harness::Rule> call_rules();           ///< EVT-01, -02, -06, -07
std::vector<harness::Rule> order_rules();          ///< ORD
std::vector<harness::Rule> content_rules();        ///< NEW
std::vector<harness::Rule> document_rules();       ///< DOC, LIST, EBIURO-CONF-06

}  // namespace atrapa::scenarios::ebiuro
