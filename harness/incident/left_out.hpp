#pragma once

#include <string>
#include <vector>

#include "harness/world/world.hpp"

namespace atrapa::harness {

/// Takes out of the Shoper accounts of a world what their fake does not take: fields that it has no
/// column for, values that it cannot store, references to rows that are not there, and rows that
/// are none without those. Gives a line for each field, with how often and why: "left out:
/// brand_new_field of products (3 times): products have no such field". What cannot be left out
/// stays; validate() names it.
std::vector<std::string> leave_out_misfits(World& world);

}  // namespace atrapa::harness
