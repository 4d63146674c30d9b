#pragma once

#include <span>
#include <string>
#include <variant>

#include "harness/cli/platforms.hpp"
#include "mocks/kit/deeds.hpp"
#include "mocks/kit/world_error.hpp"

// What the control interface makes of what people do on a platform.

namespace atrapa::harness::cli {

/// [{"operation","about","example"}]
Json listed(std::span<const mocks::kit::DeedOperation> operations);

Deed not_done(const mocks::kit::DeedRefusal& refusal);

/// The body's "account", "" where it names none, taken out of it; a refusal where it is no text.
std::variant<std::string, mocks::kit::DeedRefusal> take_account(Json& body);

/// Does it in the account that the body names; `Place` is the platform's ShopFloor, Panel, ...
template <typename Place>
Deed do_deed(mocks::kit::Platform& platform, const std::string& operation, const Json& body,
             mocks::kit::Context& context) {
  Json asked = body;
  const auto account = take_account(asked);
  if (const auto* refusal = std::get_if<mocks::kit::DeedRefusal>(&account)) {
    return not_done(*refusal);
  }
  try {
    Place place(platform, std::get<std::string>(account));
    auto answer = place.act(operation, asked, context);
    if (const auto* refusal = std::get_if<mocks::kit::DeedRefusal>(&answer)) {
      return not_done(*refusal);
    }
    return {true, std::get<Json>(std::move(answer))};
  } catch (const mocks::kit::WorldError& wrong) {
    return not_done(
        {wrong.what(), "/account", "an account of the world", "`atrapa up --json` lists them"});
  }
}

}  // namespace atrapa::harness::cli
