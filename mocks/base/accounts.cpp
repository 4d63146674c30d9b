#include "mocks/base/accounts.hpp"

#include <fmt/format.h>

#include <set>

#include "mocks/base/world_json.hpp"
#include "mocks/kit/dates.hpp"
#include "mocks/kit/world_error.hpp"

// Accounts as worlds and snapshots hold them:
//   {"account", "settings"?, "limits"?, then what State::fields() names}

namespace atrapa::mocks::base {
namespace {

using kit::Json;

Limiter read_limiter(const Settings& settings, const Json& json, const std::string& pointer) {
  const kit::WindowSettings window{.limit = settings.limit,
                                   .size = std::chrono::seconds{settings.window_seconds},
                                   .block = std::chrono::seconds{settings.block_seconds}};
  Limiter limiter = settings.window_slides ? Limiter(kit::SlidingWindow(window))
                                           : Limiter(kit::FixedWindow(window));
  std::visit([&](auto& one) { one.restore(json, pointer); }, limiter);
  return limiter;
}

State read_account(const Json& json, const std::string& pointer) {
  if (!json.is_object()) throw kit::WorldError(pointer, "expected an object");
  State state;
  Json described = json;
  Settings settings;
  if (json.contains("settings")) {
    read_settings(settings, json["settings"], pointer + "/settings");
    described.erase("settings");
  }
  if (!kit::TimeZone::find(settings.block_zone)) {
    throw kit::WorldError(pointer + "/settings/block_zone", "no such time zone");
  }
  if (!kit::TimeZone::find(settings.number_zone)) {
    throw kit::WorldError(pointer + "/settings/number_zone", "no such time zone");
  }
  if (json.contains("limits")) {
    if (!json["limits"].is_object())
      throw kit::WorldError(pointer + "/limits", "expected an object");
    for (const auto& [token, one] : json["limits"].items()) {
      state.limiters.write().emplace(
          token, read_limiter(settings, one, fmt::format("{}/limits/{}", pointer, token)));
    }
    described.erase("limits");
  }
  state.settings = kit::Cow<Settings>(std::move(settings));
  from_json(state, described, pointer);
  if (state.account.empty()) throw kit::WorldError(pointer + "/account", "expected a name");
  return state;
}

Json write_account(const State& state) {
  Json json = to_json(state);
  if (Json settings = write_settings(*state.settings); !settings.empty()) {
    json["settings"] = std::move(settings);
  }
  Json limits = Json::object();
  for (const auto& [token, limiter] : *state.limiters) {
    limits[token] = std::visit([](const auto& one) { return one.snapshot(); }, limiter);
  }
  if (!limits.empty()) json["limits"] = std::move(limits);
  return json;
}

}  // namespace

Json Accounts::snapshot() const {
  Json accounts = Json::array();
  for (const auto& [name, state] : all_->by_name) accounts.push_back(write_account(*state));
  return accounts;
}

void Accounts::restore(const Json& accounts) {
  if (!accounts.is_array()) throw kit::WorldError("", "expected a list of accounts");
  All all;
  std::size_t index = 0;
  for (const Json& one : accounts) {
    const std::string pointer = fmt::format("/{}", index++);
    State state = read_account(one, pointer);
    const std::string name = state.account;
    for (const Token& token : state.tokens) {
      if (!all.by_token.emplace(token.token, name).second) {
        throw kit::WorldError(pointer + "/tokens", "a token may be given once only");
      }
    }
    if (!all.by_name.emplace(name, kit::Cow<State>(std::move(state))).second) {
      throw kit::WorldError(pointer + "/account", fmt::format("'{}' is taken", name));
    }
  }
  all_ = kit::Cow<All>(std::move(all));
}

}  // namespace atrapa::mocks::base
