#include <fmt/format.h>

#include "harness/cli/deeds.hpp"
#include "harness/cli/platforms.hpp"
#include "harness/report/run_facts.hpp"
#include "mocks/base/base.hpp"
#include "mocks/base/panel.hpp"
#include "mocks/kit/http_client.hpp"

namespace atrapa::harness::cli {

namespace {

std::string first_token(const Json& account) {
  const auto tokens = account.find("tokens");
  if (tokens == account.end() || tokens->empty()) return {};
  return tokens->front().value("token", "");
}

Json base_credentials(const Json& account) {
  Json flat = Json::object();
  if (const std::string token = first_token(account); !token.empty()) flat["token"] = token;
  return flat;
}

std::vector<std::string> base_first_calls(const std::string& url, const Json& account) {
  using report::shell_argument;
  const std::string token = first_token(account);
  if (token.empty()) return {};
  return {fmt::format("curl -s -H {} -d method=getOrders -d {} {}/connector.php",
                      shell_argument("X-BLToken: " + token),
                      shell_argument(R"(parameters={"date_confirmed_from":0})"), url)};
}

Json base_deeds() { return listed(mocks::base::panel_operations()); }

/// The first row of a table of the account, or null.
Json first_base_row(const Json& account, const char* family, const char* table) {
  const auto part = account.find(family);
  if (part == account.end() || !part->contains(table)) return nullptr;
  const Json& rows = part->at(table).is_object() ? part->at(table)["rows"] : part->at(table);
  return rows.empty() ? Json() : rows.front();
}

std::vector<std::string> base_first_deeds(const std::string& url, const Json& account) {
  const Json product = first_base_row(account, "catalogue", "products");
  if (product.is_null()) return {};
  const Json order = {{"source", "allegro"},
                      {"lines", {{{"product_id", product["product_id"]}, {"quantity", 1}}}}};
  return {fmt::format("curl -s -d {} {}/receive-order", report::shell_argument(order.dump()), url)};
}

/// The panel of a Base that reaches connected shops over HTTP.
struct ConnectedPanel : mocks::base::Panel {
  ConnectedPanel(mocks::kit::Platform& platform, std::string_view account)
      : Panel(platform, account,
              [poster = mocks::kit::HttpPoster()](const std::string& url, const auto& request) {
                return poster.ask(url, request);
              }) {}
};

Deed base_act(mocks::kit::Platform& platform, const std::string& operation, const Json& body,
              mocks::kit::Context& context) {
  return do_deed<ConnectedPanel>(platform, operation, body, context);
}

void lift_base_limits(Json& account) { account["settings"]["throttle"] = false; }

}  // namespace

PlatformEntry base_platform() {
  return {"base",
          mocks::base::make_base,
          [](const World& world) { return world.base; },
          lift_base_limits,
          base_credentials,
          base_first_calls,
          base_deeds,
          base_first_deeds,
          base_act,
          mocks::base::describe_settings};
}

}  // namespace atrapa::harness::cli
