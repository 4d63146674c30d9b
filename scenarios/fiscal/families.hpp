#pragma once

#include <vector>

#include "harness/run/rule.hpp"
#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::fiscal {

std::vector<harness::Rule> nip_rules();
std::vector<harness::Rule> rate_rules();
std::vector<harness::Rule> rounding_rules();
std::vector<harness::Rule> receipt_rules();
std::vector<harness::Rule> number_rules();
std::vector<harness::Rule> ksef_rules();

std::vector<Bug> content_bugs();
std::vector<Bug> document_bugs();

}  // namespace atrapa::scenarios::fiscal
