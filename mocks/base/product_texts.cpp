#include "mocks/base/product_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace atrapa::mocks::base {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kTextFields{
    {{"name", "Name"},
     {"description", "Description"},
     {"features", "Features"},
     {"description_extra1", "Additional description 1"},
     {"description_extra2", "Additional description 2"},
     {"description_extra3", "Additional description 3"},
     {"description_extra4", "Additional description 4"}}};
constexpr std::string_view kExtraField = "extra_field_";
constexpr std::size_t kLongestShortField = 200;

struct TextField {
  std::string name;
  std::string label;
  bool overridden;  ///< Whether languages and integrations may have texts of their own.
};

const ProductExtraField* extra_field(const State& state, std::string_view name) {
  if (!name.starts_with(kExtraField)) return nullptr;
  name.remove_prefix(kExtraField.size());
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (error != std::errc() || end != name.data() + name.size()) return nullptr;
  return state.catalogue.product_extra_fields.find(id);
}

std::vector<TextField> text_fields_of(const State& state) {
  std::vector<TextField> fields;
  for (const auto& [name, label] : kTextFields) {
    fields.push_back({std::string(name), std::string(label), true});
  }
  state.catalogue.product_extra_fields.each([&](const ProductExtraField& one) {
    fields.push_back({fmt::format("{}{}", kExtraField, one.id), one.name, one.kind == 1});
    return true;
  });
  return fields;
}

template <typename Visit>
void each_integration(const State& state, const Inventory& inventory, Visit&& visit) {
  state.catalogue.product_integrations.each([&](const ProductIntegration& one) {
    if (one.inventory_id == 0 || one.inventory_id == inventory.id) visit(one);
    return true;
  });
}

bool has_language(const std::vector<std::string>& languages, std::string_view wanted) {
  return std::find(languages.begin(), languages.end(), wanted) != languages.end();
}

/// "ebay_301"
bool is_source(const ProductIntegration& integration, std::string_view source) {
  if (!source.starts_with(integration.code + "_")) return false;
  source.remove_prefix(integration.code.size() + 1);
  if (source == "0") return true;
  return std::any_of(integration.accounts.begin(), integration.accounts.end(),
                     [&](const auto& one) { return std::to_string(one.first) == source; });
}

std::vector<std::string_view> key_parts(std::string_view key) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t bar = key.find('|');
    parts.push_back(key.substr(0, bar));
    if (bar == std::string_view::npos) return parts;
    key.remove_prefix(bar + 1);
  }
}

/// Whether there is such a field, and whether its texts may be overridden.
std::optional<bool> is_overridden(const State& state, std::string_view field) {
  for (const auto& [name, label] : kTextFields) {
    if (name == field) return true;
  }
  const ProductExtraField* extra = extra_field(state, field);
  return extra != nullptr ? std::optional(extra->kind == 1) : std::nullopt;
}

}  // namespace

std::map<std::string, std::string> text_field_keys(const State& state, const Inventory& inventory) {
  std::map<std::string, std::string> keys;
  for (const TextField& field : text_fields_of(state)) {
    keys[field.name] = field.label;
    if (!field.overridden) continue;
    for (const std::string& language : inventory.languages) {
      if (language == inventory.default_language) continue;
      keys[field.name + '|' + language] = fmt::format("{} ({})", field.label, language);
    }
    each_integration(state, inventory, [&](const ProductIntegration& one) {
      for (const std::string& language : one.langs) {
        const std::string key = fmt::format("{}|{}|{}_", field.name, language, one.code);
        const std::string label = fmt::format("{} ({}, {}", field.label, language, one.code);
        keys[key + '0'] = label + ')';
        for (const auto& [account, name] : one.accounts) {
          keys[key + std::to_string(account)] = fmt::format("{}: {})", label, name);
        }
      }
    });
  }
  return keys;
}

std::optional<std::string> text_field_key(const State& state, const Inventory& inventory,
                                          std::string_view key) {
  const std::vector<std::string_view> parts = key_parts(key);
  const auto overridden = is_overridden(state, parts[0]);
  if (!overridden || parts.size() > 3) return std::nullopt;
  if (parts.size() == 1) return std::string(key);
  if (parts.size() == 2 && parts[1] == inventory.default_language) return std::string(parts[0]);
  if (!*overridden) return std::nullopt;
  if (parts.size() == 2) {
    return has_language(inventory.languages, parts[1]) ? std::optional(std::string(key))
                                                       : std::nullopt;
  }
  bool known = false;
  each_integration(state, inventory, [&](const ProductIntegration& one) {
    known = known || (has_language(one.langs, parts[1]) && is_source(one, parts[2]));
  });
  return known ? std::optional(std::string(key)) : std::nullopt;
}

std::string first_characters(const std::string& text, std::size_t count) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0u) != 0x80u;
    if (begins && seen++ == count) return text.substr(0, at);
  }
  return text;
}

std::size_t longest_text(const State& state, std::string_view key) {
  const ProductExtraField* extra = extra_field(state, key_parts(key)[0]);
  return extra != nullptr && extra->kind == 0 ? kLongestShortField : 0;
}

}  // namespace atrapa::mocks::base
