#pragma once

#include <vector>

#include "scenarios/common/bug.hpp"

// Families of wrong cores.
namespace atrapa::scenarios::firmino {

std::vector<Bug> order_choice_bugs();
std::vector<Bug> document_bugs();
std::vector<Bug> line_bugs();
std::vector<Bug> product_bugs();
std::vector<Bug> warehouse_bugs();
std::vector<Bug> wizard_bugs();

}  // namespace atrapa::scenarios::firmino
