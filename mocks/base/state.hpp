#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "mocks/base/automation.hpp"
#include "mocks/base/catalogue.hpp"
#include "mocks/base/connect.hpp"
#include "mocks/base/crm.hpp"
#include "mocks/base/external.hpp"
#include "mocks/base/fields.hpp"
#include "mocks/base/invoices.hpp"
#include "mocks/base/orders.hpp"
#include "mocks/base/partners.hpp"
#include "mocks/base/pick_pack.hpp"
#include "mocks/base/returns.hpp"
#include "mocks/base/settings.hpp"
#include "mocks/kit/cow.hpp"
#include "mocks/kit/limits.hpp"

namespace atrapa::mocks::base {

/// A token that the panel made.
struct Token {
  std::string token;
  std::string name;

  static constexpr auto fields() {
    return std::tuple{as("token", &Token::token), as("name", &Token::name)};
  }
  bool operator==(const Token&) const = default;
};

/// How many calls a token has made, by the setting `window`.
using Limiter = std::variant<kit::FixedWindow, kit::SlidingWindow>;

/// One account. A value: copying it costs a few dozen pointers; what is written afterwards is the
/// copy's. Each family of methods has a part of its own, described in its header.
struct State {
  std::string account;
  std::vector<Token> tokens;
  bool blocked = false;  ///< The whole account, such as for an unpaid subscription.
  kit::Cow<Settings> settings;
  kit::Cow<std::map<std::string, Limiter>> limiters;  ///< By token.

  Catalogue catalogue;
  ExternalStorages storages;
  Sales sales;
  Partners partners;
  Invoicing invoicing;
  Automation automation;
  PickPack pick_pack;
  Returns returns;
  Crm crm;
  Connect connect;

  /// What a world holds, settings and limits aside.
  static constexpr auto fields() {
    return std::tuple{as("account", &State::account),       as("tokens", &State::tokens),
                      as("blocked", &State::blocked),       as("catalogue", &State::catalogue),
                      as("sales", &State::sales),           as("partners", &State::partners),
                      as("automation", &State::automation), as("pick_pack", &State::pick_pack),
                      as("returns", &State::returns),       as("crm", &State::crm),
                      as("connect", &State::connect),       as("storages", &State::storages),
                      as("invoicing", &State::invoicing)};
  }
};

}  // namespace atrapa::mocks::base
