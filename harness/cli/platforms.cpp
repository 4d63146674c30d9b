#include "harness/cli/platforms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/command.hpp"
#include "harness/cli/names.hpp"
#include "harness/report/run_facts.hpp"
#include "mocks/kit/world_error.hpp"
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

Json shoper_deeds() {
  Json all = Json::array();
  for (const mocks::shoper::FloorOperation& one : mocks::shoper::floor_operations()) {
    all.push_back({{"operation", one.name},
                   {"about", one.about},
                   {"example", Json::parse(one.example, nullptr, /*allow_exceptions=*/false)}});
  }
  return all;
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

Deed not_done(const mocks::shoper::FloorRefusal& refusal) {
  return {false,
          {{"error", refusal.what},
           {"where", refusal.where},
           {"expected", refusal.expected},
           {"next", refusal.next}}};
}

Deed shoper_act(mocks::kit::Platform& platform, const std::string& operation, const Json& body,
                mocks::kit::Context& context) {
  Json asked = body;
  std::string account;
  if (asked.is_object() && asked.contains("account")) {
    if (!asked["account"].is_string()) {
      return not_done({"this names no account", "/account", "a text", "put it in quotes"});
    }
    account = asked["account"].get<std::string>();
    asked.erase("account");
  }
  try {
    mocks::shoper::ShopFloor floor(platform, account);
    auto answer = floor.act(operation, asked, context);
    if (const auto* refusal = std::get_if<mocks::shoper::FloorRefusal>(&answer)) {
      return not_done(*refusal);
    }
    return {true, std::get<Json>(std::move(answer))};
  } catch (const mocks::kit::WorldError& wrong) {
    return not_done(
        {wrong.what(), "/account", "an account of the world", "`atrapa up --json` lists them"});
  }
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

const std::vector<PlatformEntry>& platforms() {
  static const std::vector<PlatformEntry> all{
      {"shoper", mocks::shoper::make_shoper, [](const World& world) { return world.shoper; },
       lift_shoper_limits, shoper_credentials, shoper_first_calls, shoper_deeds, shoper_first_deeds,
       shoper_act},
  };
  return all;
}

std::vector<const PlatformEntry*> select_platforms(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const PlatformEntry& platform : platforms()) known.push_back(platform.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw Failure(fmt::format("there is no platform '{}'.{} There are: {}", name,
                              did_you_mean(name, known), fmt::join(known, ", ")));
  }
  std::vector<const PlatformEntry*> selected;
  for (const PlatformEntry& platform : platforms()) {
    const bool wanted = std::find(names.begin(), names.end(), platform.name) != names.end();
    if (names.empty() || wanted) selected.push_back(&platform);
  }
  return selected;
}

}  // namespace atrapa::harness::cli
