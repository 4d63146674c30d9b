#pragma once

#include <vector>

#include "harness/run/rule.hpp"

// Families of rules.
namespace atrapa::scenarios::firmino {

std::vector<harness::Rule> order_choice_rules();  ///< ORD-02, -11 to -13.

std::vector<harness::Rule> document_rules();        ///< ORD-01, -03, -04.
std::vector<harness::Rule> line_rules();            ///< ORD-07 to -09.
std::vector<harness::Rule> buyer_rules();           ///< ORD-10.
std::vector<harness::Rule> product_rules();         ///< PROD-02 to -04.
std::vector<harness::Rule> card_rules();            ///< PROD-05, -08.
std::vector<harness::Rule> matching_rules();        ///< PROD-11 to -14.
std::vector<harness::Rule> warehouse_rules();       ///< WH-01, -04.
std::vector<harness::Rule> wizard_rules();          ///< CONF-01 to -03, MOD-01, -02.
std::vector<harness::Rule> delivery_rules();        ///< ORD-05, -06.
std::vector<harness::Rule> product_option_rules();  ///< PROD-06, -07.
std::vector<harness::Rule> source_rules();          ///< PROD-01, -09, -10.
std::vector<harness::Rule> stock_rules();           ///< WH-05 to -07.
std::vector<harness::Rule> line_warehouse_rules();  ///< WH-02, -03.

}  // namespace atrapa::scenarios::firmino
