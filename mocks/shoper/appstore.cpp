#include "mocks/shoper/appstore.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace atrapa::mocks::shoper {
namespace {

/// As a form or a query spells it: letters, digits and -._~ stay, the rest becomes %XX.
std::string form_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string form_text(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", name, form_encoded(value));
  }
  return text;
}

std::string timestamp(const State& state, kit::Instant now) {
  const auto since = now.time_since_epoch();
  return std::to_string(state.settings->appstore_milliseconds
                            ? since.count()
                            : std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

}  // namespace

const Application* application_of(const State& state, std::string_view id) {
  for (const Application& one : state.credentials->applications) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

kit::Webhook appstore_message(const State& state, const Application& application,
                              std::string_view action, const Parameters& more, kit::Instant now) {
  Parameters fields{{"action", std::string(action)},
                    {"application_code", application.id},
                    {"shop", state.license},
                    {"shop_url", "https://" + state.host},
                    {"timestamp", timestamp(state, now)}};
  fields.insert(fields.end(), more.begin(), more.end());
  std::sort(fields.begin(), fields.end());
  fields.emplace_back("hash", appstore_hash(fields, application.signing_secret()));

  kit::Webhook message;
  message.account = state.account;
  message.event = fmt::format("appstore.{}", action);
  message.url = application.address.value_or("");
  message.headers.add("Content-Type", "application/x-www-form-urlencoded");
  message.body = form_text(fields);
  return message;
}

std::string panel_url(const State& state, const Application& application, std::string_view base,
                      const PanelVisit& visit, kit::Instant now) {
  const std::string& secret = application.signing_secret();
  Parameters hashed{
      {"place", visit.place}, {"shop", state.license}, {"timestamp", timestamp(state, now)}};
  Parameters query = hashed;
  query.emplace_back("locale", visit.locale);
  query.emplace_back("translations", visit.locale);
  query.emplace_back("hash", appstore_hash(hashed, secret));
  if (!visit.admin_id.empty()) {
    hashed.emplace_back("admin-id", visit.admin_id);
    hashed.emplace_back("admin-name", visit.admin_name);
    query.emplace_back("admin-id", visit.admin_id);
    query.emplace_back("admin-name", visit.admin_name);
    query.emplace_back("admin-hash", appstore_hash(hashed, secret));
  }
  const bool has_query = base.find('?') != std::string_view::npos;
  return fmt::format("{}{}{}", base, has_query ? "&" : "?", form_text(query));
}

}  // namespace atrapa::mocks::shoper
