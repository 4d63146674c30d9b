#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "mocks/base/automation.hpp"
#include "mocks/base/catalogue.hpp"
#include "mocks/base/external.hpp"
#include "mocks/base/fields.hpp"
#include "mocks/base/fulfilment.hpp"
#include "mocks/base/invoices.hpp"
#include "mocks/base/orders.hpp"
#include "mocks/base/partners.hpp"
#include "mocks/base/purchases.hpp"
#include "mocks/base/settings.hpp"
#include "mocks/base/shipments.hpp"
#include "mocks/base/stock_documents.hpp"
#include "mocks/base/space.hpp"
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
  WarehouseSpace space;
  Sales sales;
  Partners partners;
  Invoicing invoicing;
  Shipping shipping;
  StockKeeping stock_keeping;
  Purchasing purchasing;
  Fulfilment fulfilment;
  Automation automation;

  /// What a world holds, settings and limits aside.
  static constexpr auto fields() {
    return std::tuple{as("account", &State::account), as("tokens", &State::tokens), as("blocked", &State::blocked), as("catalogue", &State::catalogue), as("sales", &State::sales), as("partners", &State::partners), as("invoicing", &State::invoicing), as("shipping", &State::shipping), as("stock_keeping", &State::stock_keeping), as("purchasing", &State::purchasing), as("fulfilment", &State::fulfilment), as("storages", &State::storages), as("space", &State::space), as("automation", &State::automation)};
  }
};

}  // namespace atrapa::mocks::base
