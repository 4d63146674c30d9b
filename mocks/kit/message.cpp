#include "mocks/kit/message.hpp"

#include <algorithm>

#include "mocks/kit/ascii.hpp"

namespace atrapa::mocks::kit {

namespace {

constexpr std::size_t kMaxTargetBytes = 64u << 10;
constexpr std::size_t kMaxParameters = 1000;
constexpr std::size_t kMaxSegments = 64;

enum class Plus { Stays, IsSpace };

std::optional<std::string> decode(std::string_view text, Plus plus) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '+' && plus == Plus::IsSpace) {
      decoded.push_back(' ');
    } else if (c != '%') {
      decoded.push_back(c);
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  return decoded;
}

/// The text up to the separator; `text` keeps what comes after it.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
  return head;
}

}  // namespace

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
    std::optional<std::string> segment = decode(raw, Plus::Stays);
    if (!segment || parsed.segments.size() == kMaxSegments) return std::nullopt;
    parsed.segments.push_back(*std::move(segment));
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
    std::optional<std::string> name = decode(raw_name, Plus::IsSpace);
    std::optional<std::string> value = decode(raw_value, Plus::IsSpace);
    if (!name || !value || parameters.size() == kMaxParameters) return std::nullopt;
    parameters.emplace_back(*std::move(name), *std::move(value));
  }
  return parameters;
}

}  // namespace atrapa::mocks::kit
