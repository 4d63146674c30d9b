#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

/// The form of an integration as profiles keep it: one JSON object, a member for each field.
namespace atrapa::core {

template <typename Settings>
struct FormField {
  std::string_view name;
  std::string expected;  ///< For people: "a text".
  /// False where the value does not fit.
  std::function<bool(Settings&, const nlohmann::json&)> put;
  /// Null for a field that nobody has filled in yet: it is left out.
  std::function<nlohmann::json(const Settings&)> get;
};

template <typename Settings>
using Form = std::vector<FormField<Settings>>;

template <typename Settings>
FormField<Settings> text_field(std::string_view name, std::string Settings::*member) {
  return {name, "a text",
          [member](Settings& settings, const nlohmann::json& value) {
            if (value.is_string()) settings.*member = value.get<std::string>();
            return value.is_string();
          },
          [member](const Settings& settings) { return nlohmann::json(settings.*member); }};
}

template <typename Settings>
FormField<Settings> flag_field(std::string_view name, bool Settings::*member) {
  return {name, "true or false",
          [member](Settings& settings, const nlohmann::json& value) {
            if (value.is_boolean()) settings.*member = value.get<bool>();
            return value.is_boolean();
          },
          [member](const Settings& settings) { return nlohmann::json(settings.*member); }};
}

/// `Ids` is a container of texts.
template <typename Settings, typename Ids>
FormField<Settings> ids_field(std::string_view name, Ids Settings::*member) {
  return {name, "a list of ids",
          [member](Settings& settings, const nlohmann::json& value) {
            const bool fits =
                value.is_array() && std::all_of(value.begin(), value.end(),
                                                [](const auto& id) { return id.is_string(); });
            if (fits) settings.*member = value.get<Ids>();
            return fits;
          },
          [member](const Settings& settings) { return nlohmann::json(settings.*member); }};
}

/// One of `choices`, by the word that to_string() has for it. `Member` may be an optional: a choice
/// that has to be made.
template <typename Settings, typename Member, typename Choice>
FormField<Settings> choice_field(std::string_view name, Member Settings::*member,
                                 std::vector<Choice> choices) {
  std::string expected;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) expected += i + 1 == choices.size() ? " or " : ", ";
    expected += fmt::format("\"{}\"", to_string(choices[i]));
  }
  return {name, std::move(expected),
          [member, choices](Settings& settings, const nlohmann::json& value) {
            const auto found = std::find_if(choices.begin(), choices.end(),
                                            [&](Choice one) { return value == to_string(one); });
            if (found != choices.end()) settings.*member = *found;
            return found != choices.end();
          },
          [member](const Settings& settings) {
            const std::optional<Choice> chosen = settings.*member;
            return chosen ? nlohmann::json(to_string(*chosen)) : nlohmann::json();
          }};
}

/// The error names the member.
template <typename Settings>
Result<Settings> read_form(const Form<Settings>& form, std::string_view json_text) {
  const auto json = nlohmann::json::parse(json_text, nullptr, false);
  if (!json.is_object()) return fail("the settings: expected a JSON object");
  Settings settings;
  for (const auto& [name, value] : json.items()) {
    const auto field =
        std::find_if(form.begin(), form.end(), [&](const auto& one) { return one.name == name; });
    if (field == form.end()) return fail(fmt::format("/{}: there is no such setting", name));
    if (!field->put(settings, value)) {
      return fail(fmt::format("/{}: expected {}", name, field->expected));
    }
  }
  return settings;
}

template <typename Settings>
std::string form_text(const Form<Settings>& form, const Settings& settings) {
  nlohmann::ordered_json json;
  for (const FormField<Settings>& field : form) {
    nlohmann::json value = field.get(settings);
    if (!value.is_null()) json[std::string(field.name)] = std::move(value);
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace atrapa::core
