#include <fmt/format.h>

#include <algorithm>

#include "mocks/kit/dates.hpp"
#include "mocks/kit/url.hpp"
#include "mocks/shoper/appstore.hpp"
#include "mocks/shoper/floor.hpp"

// Applications come, are paid for and go; keys are made anew.

namespace atrapa::mocks::shoper {
namespace {

using kit::Json;

/// The application that is asked about, to write to; null with a refusal.
Application* asked_application(Asked& asked, State& state) {
  const std::string id = asked.needed_text("application");
  for (Application& one : state.credentials.write().applications) {
    if (one.id == id) return &one;
  }
  asked.refuse("application", fmt::format("the shop knows no application \"{}\"", id),
               "the id of one", "install it first");
  return nullptr;
}

/// Sends the message where the application has an address. Answers what was sent.
Json send_message(Floor& floor, const Application& application, std::string_view action,
                  const Parameters& more) {
  kit::Webhook message =
      appstore_message(floor.state, application, action, more, floor.context.now);
  if (message.url.empty()) return {{"message", nullptr}};
  Json answer = {{"message", {{"url", message.url}, {"body", message.body}}}};
  floor.context.webhooks.push_back(std::move(message));
  return answer;
}

void void_tokens(State& state, const std::string& owner) {
  std::erase_if(state.issued.write(), [&](const IssuedToken& one) { return one.owner == owner; });
}

/// An application's webhooks go with it: nobody could sign them [inferred].
void drop_webhooks(State& state, const std::string& maker) {
  const std::map<std::int64_t, std::string> makers = *state.webhook_makers;
  for (const auto& [id, who] : makers) {
    if (who != maker) continue;
    state.table(Rows::Webhooks).erase(id);
    state.webhook_makers.write().erase(id);
  }
}

FloorAnswer send_plain_message(Floor& floor, const Json& body, std::string_view action) {
  Asked asked(body, "", {"application"});
  const Application* application = asked_application(asked, floor.state);
  if (asked.refused) return *asked.refused;
  return send_message(floor, *application, action, {});
}

std::optional<std::vector<std::string>> asked_scopes(Asked& asked) {
  const Json& list = asked.json("scopes");
  if (list.is_null()) return std::nullopt;
  std::vector<std::string> scopes;
  for (const Json& one : list) {
    if (list.is_array() && one.is_string()) {
      scopes.push_back(one.get<std::string>());
    } else {
      asked.refuse("scopes", "these are no scopes", "a list such as [\"orders_read\"]",
                   "leave them out for all rights");
    }
  }
  return scopes;
}

/// Makes the application known to the shop, or what it knows of it new.
void learn_application(Asked& asked, State& state) {
  const std::string id = asked.needed_text("application");
  const std::string secret = asked.text("secret");
  const std::string appstore_secret = asked.text("appstore_secret");
  const std::string address = asked.text("address");
  const auto scopes = asked_scopes(asked);
  if (!address.empty() && !kit::parse_url(address)) {
    asked.refuse("address", "it is no address", "http://HOST:PORT/PATH", "send such a one");
  }
  if (application_of(state, id) == nullptr && secret.empty()) {
    asked.refuse("secret", fmt::format("the shop knows no application \"{}\"", id),
                 "the secret of a new one", "give it, or the id of a known application");
  }
  if (asked.refused) return;
  auto& all = state.credentials.write().applications;
  auto found =
      std::find_if(all.begin(), all.end(), [&](const Application& one) { return one.id == id; });
  if (found == all.end()) {
    Application made;
    made.id = id;
    found = all.insert(all.end(), std::move(made));
  }
  if (!secret.empty()) found->secret = secret;
  if (!appstore_secret.empty()) found->appstore_secret = appstore_secret;
  if (!address.empty()) found->address = address;
  if (scopes) found->scopes = scopes;
}

}  // namespace

FloorAnswer install_application(Floor& floor, const Json& body) {
  Asked asked(
      body, "",
      {"application", "version", "secret", "appstore_secret", "address", "scopes", "trial"});
  const std::string version = asked.text("version", "1");
  const bool trial = asked.flag("trial");
  if (!asked.refused) learn_application(asked, floor.state);
  if (asked.refused) return *asked.refused;
  Application* application = asked_application(asked, floor.state);
  application->code = drawn_key(floor.context.random);
  Parameters more{{"application_version", version}, {"auth_code", *application->code}};
  if (asked.has("trial")) more.emplace_back("trial", trial ? "1" : "0");
  Json answer = send_message(floor, *application, "install", more);
  answer["auth_code"] = *application->code;
  return answer;
}

FloorAnswer upgrade_application(Floor& floor, const Json& body) {
  Asked asked(body, "", {"application", "version"});
  const Application* application = asked_application(asked, floor.state);
  const std::string version = asked.needed_text("version");
  if (asked.refused) return *asked.refused;
  return send_message(floor, *application, "upgrade", {{"application_version", version}});
}

FloorAnswer uninstall_application(Floor& floor, const Json& body) {
  Asked asked(body, "", {"application"});
  Application* application = asked_application(asked, floor.state);
  if (asked.refused) return *asked.refused;
  application->code.reset();
  const std::string owner = "app:" + application->id;
  void_tokens(floor.state, owner);
  drop_webhooks(floor.state, owner);
  return send_message(floor, *application, "uninstall", {});
}

FloorAnswer bill_installation(Floor& floor, const Json& body) {
  return send_plain_message(floor, body, "billing_install");
}

FloorAnswer bill_subscription(Floor& floor, const Json& body) {
  Asked asked(body, "", {"application", "until"});
  const Application* application = asked_application(asked, floor.state);
  const std::string until = asked.needed_text("until");
  if (!asked.refused && !kit::is_datetime(until)) {
    asked.refuse("until", "it is no moment", "a text such as \"2027-01-01 00:00:00\"", "send one");
  }
  if (asked.refused) return *asked.refused;
  return send_message(floor, *application, "billing_subscription",
                      {{"subscription_end_time", until}});
}

FloorAnswer open_panel(Floor& floor, const Json& body) {
  Asked asked(body, "", {"application", "base", "place", "locale", "admin_id", "admin_name"});
  const Application* application = asked_application(asked, floor.state);
  const std::string base = asked.needed_text("base");
  const PanelVisit visit{.place = asked.text("place", "dashboard"),
                         .locale = asked.text("locale", "pl_PL"),
                         .admin_id = asked.text("admin_id"),
                         .admin_name = asked.text("admin_name")};
  if (asked.refused) return *asked.refused;
  return Json{{"url", panel_url(floor.state, *application, base, visit, floor.context.now)}};
}

FloorAnswer regenerate_keys(Floor& floor, const Json& body) {
  Asked asked(body, "", {"login", "token", "application"});
  Credentials& credentials = floor.state.credentials.write();
  const std::string login = asked.text("login");
  const std::string token = asked.text("token");
  if (asked.refused) return *asked.refused;
  if (asked.has("application")) {
    Application* application = asked_application(asked, floor.state);
    if (asked.refused) return *asked.refused;
    application->secret = drawn_key(floor.context.random);
    application->code.reset();
    void_tokens(floor.state, "app:" + application->id);
    return Json{{"secret", application->secret}};
  }
  for (PanelUser& user : credentials.users) {
    if (login.empty() || user.login != login) continue;
    user.password = drawn_key(floor.context.random);
    void_tokens(floor.state, "user:" + login);
    return Json{{"password", user.password}};
  }
  for (StaticToken& one : credentials.tokens) {
    if (token.empty() || one.token != token) continue;
    one.token = drawn_key(floor.context.random);
    return Json{{"token", one.token}};
  }
  return FloorRefusal{"there is no such login or token", login.empty() ? "/token" : "/login",
                      "a login, a token of the panel or an application of this shop",
                      "name one of them"};
}

}  // namespace atrapa::mocks::shoper
