#include "mocks/kit/message.hpp"

#include <algorithm>

#include "mocks/kit/ascii.hpp"

namespace atrapa::mocks::kit {

namespace {

constexpr std::size_t kMaxTargetBytes = 64u << 10;
constexpr std::size_t kMaxParameters = 1000;
constexpr std::size_t kMaxSegments = 64;

/// The text up to the separator; `text` keeps what comes after it.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  return head;
}

}  // namespace

Decoded percent_decoded(std::string_view text, bool plus_is_blank) {
  Decoded decoded{std::string(text.size(), '\0')};
  std::size_t written = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
      const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
      if (low < 0) {
        decoded.whole = false;
      } else {
        c = static_cast<char>(high * 16 + low);
        at += 2;
      }
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    decoded.text[written++] = c;
  }
  decoded.text.resize(written);
  return decoded;
}

const std::string* Headers::find(std::string_view name) const {
  const auto found = std::ranges::find_if(
      fields_, [&](const Header& field) { return equal_without_case(field.name, name); });
  return found == fields_.end() ? nullptr : &found->value;
}

std::string_view Headers::get(std::string_view name) const {
  const std::string* value = find(name);
  return value == nullptr ? std::string_view{} : std::string_view{*value};
}

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(fields_, [&](const Header& f) { return equal_without_case(f.name, name); });
  fields_.push_back({std::string(name), std::move(value)});
}

std::optional<std::string_view> Target::parameter(std::string_view name) const {
  const auto found =
      std::find_if(query.rbegin(), query.rend(), [&](const auto& p) { return p.first == name; });
  if (found == query.rend()) return std::nullopt;
  return found->second;
}

std::optional<Target> parse_target(std::string_view target) {
  if (target.size() > kMaxTargetBytes) return std::nullopt;
  target = target.substr(0, target.find('#'));
  std::string_view query = target;
  std::string_view path = take_until(query, '?');

  Target parsed;
  while (!path.empty()) {
    const std::string_view raw = take_until(path, '/');
    if (raw.empty()) continue;
    Decoded segment = percent_decoded(raw, /*plus_is_blank=*/false);
    if (!segment.whole || parsed.segments.size() == kMaxSegments) return std::nullopt;
    parsed.segments.push_back(std::move(segment.text));
  }
  auto parameters = parse_form(query);
  if (!parameters) return std::nullopt;
  parsed.query = *std::move(parameters);
  return parsed;
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> parameters;
  while (!text.empty()) {
    std::string_view raw_value = take_until(text, '&');
    if (raw_value.empty()) continue;
    const std::string_view raw_name = take_until(raw_value, '=');
    Decoded name = percent_decoded(raw_name, /*plus_is_blank=*/true);
    Decoded value = percent_decoded(raw_value, /*plus_is_blank=*/true);
    const bool whole = name.whole && value.whole;
    if (!whole || parameters.size() == kMaxParameters) return std::nullopt;
    parameters.emplace_back(std::move(name.text), std::move(value.text));
  }
  return parameters;
}

}  // namespace atrapa::mocks::kit
