#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/integrations/systim_shoper.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"

namespace atrapa::core::systim_shoper {

/// The connector as the appstore knows it.
struct Application {
  std::string id;
  std::string secret;  ///< The appstore secret.
};

struct AccountConfig {
  Application application;  ///< Without an id messages of the appstore are refused.
  SystimSwitches switches;
  StockFormula stock_formula = StockFormula::OnHand;
};

/// The configuration form, opened in the shop from the list of installed applications.
struct Form {
  std::string erp_login;
  std::string erp_key;  ///< The API key of that user. Secret.
  bool automatic = true;
  std::string webhook_secret = {};  ///< Of the shop's order webhooks; "" where there are none.
};

/// The answer to a message of a shop: an HTTP status and a word for people.
struct MessageAnswer {
  int status = 200;
  std::string text;
};

/// One question that a test of the connection asks.
struct ConnectionCheck {
  enum class State { Good, Bad, NotTried };
  std::string name;  ///< "the shop answers"
  State state = State::NotTried;
  std::string text;  ///< In plain words: what works, or what to do. No secret.
};

/// The Systim account with its connector: installed in shops, configured for one of them, run,
/// taken out again. Everything but the transport and the clock lies in the ledger. One thread at a
/// time.
class Account {
 public:
  Account(AccountConfig config, Ledger& ledger, Transport& transport, Clock& clock,
          Parts parts = {});

  /// A message of a shop: of the appstore (install, upgrade, uninstall, billing), or a webhook. One
  /// whose signature is wrong is refused with 403 and changes nothing; a webhook of a shop that the
  /// connector is not in, with 410. May come twice, late and out of order.
  MessageAnswer receive(const HttpRequest& message);
  /// Installs it without the appstore: by a panel user's login, or a token made in the panel.
  void install_by_hand(const std::string& url, const std::string& login,
                       const std::string& password, const std::string& token);
  /// As the appstore's message does.
  void uninstall(const std::string& shop);

  /// Saves the form of that shop: from then on the account serves it and no other. Refused, with
  /// everything as it was: a shop without the connector, a key that does not open the books.
  Result<Done, Objection> save_form(const std::string& shop, const Form& form);
  /// Suspends or resumes automatic operation of the connected shop (SYSTIM-CONF-05).
  Result<Done, Objection> set_automatic(bool on);

  /// "Shop URL address": the shop that the account serves (SYSTIM-CONF-04, -06).
  std::optional<std::string> shop_url() const;
  bool automatic() const;
  /// "Show Shoper access keys" of the connected shop, whole; none where there is none.
  std::vector<ShownKey> keys() const;

  /// Asks the shop, without changing anything in it: does it answer, are the keys accepted, may
  /// everything be read, is it Polish, are its warehouses off; and do the books open.
  std::vector<ConnectionCheck> test_connection();

  /// As Connector::run, for the connected shop. Without one nobody is called: automatic operation
  /// has nothing to do, a command by hand fails.
  RunReport run(Command command, const OnProgress& progress = {});

 private:
  class Keeper;

  MessageAnswer appstore_message(std::string_view body);
  MessageAnswer webhook(const HttpRequest& message);
  MessageAnswer refuse_message(int status, const std::string& text);
  std::string setting(const Installation& shop, const char* name) const;
  Config config_for(const Installation& shop) const;

  AccountConfig config_;
  Ledger& ledger_;
  Transport& transport_;
  Clock& clock_;
  Parts parts_;
};

/// The order in which people read them: one line each, "ok", "NO" or "--" in front.
std::vector<std::string> lines_of(const std::vector<ConnectionCheck>& checks);

}  // namespace atrapa::core::systim_shoper
