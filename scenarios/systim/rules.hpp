#pragma once

#include <vector>

#include "harness/run/rule.hpp"

namespace atrapa::scenarios::systim {

// The judged rules, by the part of the page they stand in.
std::vector<harness::Rule> configuration_rules();  ///< CONF, CMD, LIM
std::vector<harness::Rule> life_rules();           ///< CONF-01, -02, -04, -06, -07, ORD-12
std::vector<harness::Rule> desk_rules();           ///< DOC
std::vector<harness::Rule> condition_rules();      ///< STOCK-01 to -10
std::vector<harness::Rule> figure_rules();         ///< STOCK-11 to -14, -17
std::vector<harness::Rule> change_rules();         ///< STOCK-15, -16
std::vector<harness::Rule>
order_choice_rules();  ///< Which orders come in: ORD-01 to -04, -10 to -14
std::vector<harness::Rule> order_content_rules();  ///< What an order becomes: ORD-05 to -09

std::vector<harness::Rule> product_rules();  ///< CMD-01, PROD
std::vector<harness::Rule> csv_rules();      ///< CSV

/// All 55 sentences in the order of the page; those that nothing judges yet with their reason.
std::vector<harness::Rule> rules();

/// The systim.* switches with their values, the default first, and the rules that read them.
std::vector<harness::Switch> switches();

}  // namespace atrapa::scenarios::systim
