#pragma once

#include <string>
#include <string_view>

namespace atrapa::scenarios {

/// What a label of a VAT rate means, however it is written: "23%", "23.00" and "23" are "23"; "zw."
/// and "ZW" are "zw"; "0_KR" is "0 KR".
std::string rate_name(std::string_view label);

}  // namespace atrapa::scenarios
