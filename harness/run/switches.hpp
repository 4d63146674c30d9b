#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/run/rule.hpp"

namespace atrapa::harness {

/// A switch or value that does not exist; the text lists what does.
class SwitchError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Every switch with its value: the chosen one, else the default (the first of its values).
/// Throws SwitchError for a name or value that `switches` does not have.
SwitchValues resolve_switches(const std::vector<Switch>& switches, const SwitchValues& chosen);

/// "systim.zero_stock=always" taken apart. Throws SwitchError where there is no `=` or no name.
std::pair<std::string, std::string> parse_switch(std::string_view text);

}  // namespace atrapa::harness
