#include "harness/cli/platforms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/command.hpp"
#include "harness/cli/names.hpp"
#include "harness/report/run_facts.hpp"
#include "mocks/shoper/shoper.hpp"

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
       lift_shoper_limits, shoper_credentials, shoper_first_calls},
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
