#include "scenarios/common/rates.hpp"

#include <algorithm>
#include <cctype>

namespace atrapa::scenarios {

std::string rate_name(std::string_view label) {
  std::string name;
  for (const char c : label) {
    if (c == '%' || (c == '.' && name.find_first_of("0123456789") == name.npos)) continue;
    name += c == '_' ? ' ' : c;
  }
  const bool number = !name.empty() && name.find_first_not_of("0123456789.") == name.npos;
  if (number && name.find('.') != name.npos) {
    name.erase(name.find_last_not_of('0') + 1);
    if (name.back() == '.') name.pop_back();
  }
  static constexpr std::string_view kWords[] = {"zw",    "oo",   "np",    "np I",
                                                "np II", "0 KR", "0 WDT", "0 EX"};
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  for (const std::string_view word : kWords) {
    if (std::equal(name.begin(), name.end(), word.begin(), word.end(), same)) {
      return std::string(word);
    }
  }
  return name;
}

}  // namespace atrapa::scenarios
