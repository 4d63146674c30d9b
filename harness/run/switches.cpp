#include "harness/run/switches.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace atrapa::harness {
namespace {

std::string names_of(const std::vector<Switch>& switches) {
  std::vector<std::string_view> names;
  for (const Switch& one : switches) names.push_back(one.name);
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

SwitchValues resolve_switches(const std::vector<Switch>& switches, const SwitchValues& chosen) {
  SwitchValues values;
  for (const Switch& one : switches) {
    if (one.values.empty()) throw std::logic_error("switch " + one.name + " has no values");
    values[one.name] = one.values.front();
  }
  for (const auto& [name, value] : chosen) {
    const auto known = std::find_if(switches.begin(), switches.end(),
                                    [&](const Switch& one) { return one.name == name; });
    if (known == switches.end()) {
      throw SwitchError(
          fmt::format("there is no switch '{}'; there are: {}", name, names_of(switches)));
    }
    if (std::find(known->values.begin(), known->values.end(), value) == known->values.end()) {
      throw SwitchError(fmt::format("switch {} has no value '{}'; it takes {} (default {})", name,
                                    value, fmt::join(known->values, ", "), known->values.front()));
    }
    values[name] = value;
  }
  return values;
}

std::pair<std::string, std::string> parse_switch(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    throw SwitchError(fmt::format(
        "'{}' does not choose a switch; expected SWITCH=VALUE, such as systim.zero_stock=always",
        text));
  }
  return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

}  // namespace atrapa::harness
