#include "core/policy/shop_support.hpp"

#include <fmt/format.h>

#include <string_view>

namespace atrapa::core {

namespace {

constexpr std::string_view kPolish = "pl_PL";

}  // namespace

std::optional<Objection> check_warehouses(const ShopSettings& settings) {
  if (!settings.warehouses) return std::nullopt;
  return Objection{
      Reason::WarehousesOn,
      "the shop keeps several warehouses, which this integration does not support: nothing was "
      "written; switch the module off in the shop"};
}

std::optional<Objection> check_language(const ShopSettings& settings) {
  if (settings.default_language.empty() || settings.default_language == kPolish) {
    return std::nullopt;
  }
  return Objection{
      Reason::LanguageNotPolish,
      fmt::format("the shop's default language is {}, only {} is supported: nothing was written",
                  settings.default_language, kPolish)};
}

std::vector<Objection> language_doubts(const ShopSettings& settings) {
  std::vector<Objection> doubts;
  for (const std::string& locale : settings.active_languages) {
    if (locale == kPolish) continue;
    doubts.push_back(
        {Reason::SeveralLanguages,
         fmt::format("the language {} is active in the shop; only {} is supported, and names are "
                     "taken from it alone",
                     locale, kPolish)});
  }
  return doubts;
}

}  // namespace atrapa::core
