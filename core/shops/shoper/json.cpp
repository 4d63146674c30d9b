#include "core/shops/shoper/json.hpp"

namespace atrapa::core::shoper {

std::optional<std::string> polish_name(const Json& object) {
  if (!object.is_object()) return std::nullopt;
  const auto translations = object.find("translations");
  if (translations == object.end() || !translations->is_object()) return std::nullopt;
  const auto polish = translations->find("pl_PL");
  return polish == translations->end() ? std::nullopt : text_member(*polish, "name");
}

}  // namespace atrapa::core::shoper
