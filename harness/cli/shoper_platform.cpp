#include <fmt/format.h>

#include "harness/cli/deeds.hpp"
#include "harness/cli/platforms.hpp"
#include "harness/report/run_facts.hpp"
#include "mocks/shoper/settings.hpp"
#include "mocks/shoper/shoper.hpp"
#include "mocks/shoper/shopfloor.hpp"

namespace atrapa::harness::cli {

namespace {

/// The first of a list in an account's credentials, or null.
Json first_credential(const Json& account, const char* kind) {
  const auto credentials = account.find("credentials");
  if (credentials == account.end()) return nullptr;
  const auto list = credentials->find(kind);
  return list != credentials->end() && !list->empty() ? list->front() : Json();
}

Json shoper_credentials(const Json& account) {
  Json flat = Json::object();
  if (const Json user = first_credential(account, "users"); user.is_object()) {
    flat["login"] = user.value("login", "");
    flat["password"] = user.value("password", "");
  }
  if (const Json token = first_credential(account, "tokens"); token.is_object()) {
    flat["token"] = token.value("token", "");
  }
  return flat;
}

std::vector<std::string> shoper_first_calls(const std::string& url, const Json& account) {
  using report::shell_argument;
  const Json credentials = shoper_credentials(account);
  std::vector<std::string> lines;
  if (credentials.contains("login")) {
    lines.push_back(fmt::format(
        "curl -s -X POST -u {} {}/webapi/rest/auth",
        shell_argument(credentials.value("login", "") + ":" + credentials.value("password", "")),
        url));
  }
  if (credentials.contains("token")) {
    lines.push_back(fmt::format(
        "curl -s -H {} '{}/webapi/rest/products?limit=2'",
        shell_argument("Authorization: Bearer " + credentials.value("token", "")), url));
  }
  return lines;
}

Json shoper_deeds() { return listed(mocks::shoper::floor_operations()); }

Deed shoper_act(mocks::kit::Platform& platform, const std::string& operation, const Json& body,
                mocks::kit::Context& context) {
  return do_deed<mocks::shoper::ShopFloor>(platform, operation, body, context);
}

/// The id of the first row of a resource, or null.
Json first_id(const Json& account, const char* resource, const char* field) {
  const auto resources = account.find("resources");
  if (resources == account.end() || !resources->contains(resource)) return nullptr;
  const Json& rows = resources->at(resource);
  return rows.empty() ? Json() : rows.front().value(field, Json());
}

std::vector<std::string> shoper_first_deeds(const std::string& url, const Json& account) {
  const Json customer = first_id(account, "users", "user_id");
  const Json product = first_id(account, "products", "product_id");
  if (customer.is_null() || product.is_null()) return {};
  const Json order = {{"customer", customer}, {"lines", {{{"product", product}}}}};
  return {fmt::format("curl -s -d {} {}/place-order", report::shell_argument(order.dump()), url)};
}

/// Careful clients pace themselves by the limit that the headers name, so that has to be out of
/// reach.
void lift_shoper_limits(Json& account) {
  constexpr int kOutOfReach = 1'000'000;
  account["settings"]["throttle"] = false;
  account["settings"]["limit"] = kOutOfReach;
  account["settings"]["bandwidth"] = kOutOfReach;
}

}  // namespace

PlatformEntry shoper_platform() {
  return {"shoper",
          mocks::shoper::make_shoper,
          [](const World& world) { return world.shoper; },
          lift_shoper_limits,
          shoper_credentials,
          shoper_first_calls,
          shoper_deeds,
          shoper_first_deeds,
          shoper_act,
          mocks::shoper::describe_settings};
}

}  // namespace atrapa::harness::cli
