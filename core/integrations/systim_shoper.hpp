#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/product.hpp"
#include "core/ledger/ledger.hpp"
#include "core/policy/stock_figure.hpp"
#include "core/policy/switches.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"
#include "core/result.hpp"
#include "core/shops/shoper/client.hpp"
#include "core/sync/parts.hpp"
#include "core/sync/run_report.hpp"

namespace atrapa::core::systim_shoper {

/// What the merchant types into the connector.
struct Config {
  std::string shop_url;         ///< "https://shop.example"; a path to webapi/rest may follow.
  std::string login, password;  ///< Of a panel user with API access;
  std::string token;            ///< or a token made in the panel, used as it is.
  bool automatic = true;        ///< The option that starts automatic operation.
  SystimSwitches switches;
  StockFormula stock_formula = StockFormula::OnHand;
  ErpKey erp = {};                  ///< For books that have API keys.
  std::string webhook_secret = {};  ///< Of the shop's order webhooks; see Account.
  // Of a connector that the appstore installed; see Account.
  std::string integration = {};  ///< Its name in the books; "" where it follows from the address.
  std::string application = {}, application_secret = {};
  shoper::TokenKeeper* keeper = nullptr;
};

/// Reads {"integration": "systim-shoper", "shop": {"url", "login", "password" | "token"},
/// "erp": {"login", "key"}, "webhook_secret": "...", "automatic": true, "stock_formula": "on_hand"
/// | "on_hand_minus_reserved", "switches":
/// {"systim.zero_stock": "never_sent"}}. The error names the JSON pointer, what stood there and
/// what was expected; never a secret.
Result<Config> read_config(std::string_view json_text);

/// Reads the ERP's products from a JSON array in the shape of a world's erp.products: {"id",
/// "code", "name", "unit", "vat", "gross_price", "categories": [["Root", "Leaf"]], "stock",
/// "reserved"}; amounts are texts (whole numbers are accepted for stock). An amount that is a text
/// but no decimal is kept and reported when it is needed.
Result<std::vector<ErpProduct>> read_erp_products(std::string_view json_text);

enum class Command {
  Stock,     ///< "send stock levels": stock, and orders first (SYSTIM-CMD-03, -04).
  Orders,    ///< Orders, and stock after them (SYSTIM-ORD-09).
  Products,  ///< "send products": orders, the products that the shop lacks, and stock (CMD-01,
             ///< -02).
  All,       ///< Orders and stock.
  Tick,      ///< What automatic operation does when its time comes; nothing while the option is off
             ///< (CONF-03, -05).
};

std::optional<Command> command(
    std::string_view name);  ///< "stock", "orders", "products", "all", "tick"
std::string_view to_string(Command command);

/// The connector. Holds no state of its own that is not in the ledger but the access token: after a
/// crash another one on the same ledger goes on. Ledger, transport and clock must outlive it. One
/// thread at a time.
class Connector {
 public:
  Connector(Config config, Ledger& ledger, Transport& transport, Clock& clock, Parts parts = {});
  ~Connector();
  Connector(Connector&&) noexcept;
  Connector& operator=(Connector&&) noexcept;

  /// Saves the form: remembers the shop's address, the moment of the first saving and the automatic
  /// option with the times it was off. Saving the same again changes nothing; another shop's
  /// address starts anew. Calls nobody.
  void save_configuration();
  /// Ticks or unticks the automatic option and saves (CONF-05).
  void set_automatic(bool on);
  /// A webhook told of an order (order.create); matters to `panel_order_test` = webhook_only.
  void order_announced(const std::string& shop_order_id);

  /// Runs a command to its end, resuming what an earlier one left open. What the transport or the
  /// ledger throws passes through and leaves the ledger as after a crash.
  RunReport run(Command command, const OnProgress& progress = {});

  /// All products of the books as one file (SYSTIM-CSV-01). Calls nobody and writes nothing.
  std::string export_products(const CsvForm& form = {}) const;

  /// The connection's name in the ledger: "systim-shoper@shop.example".
  const std::string& integration() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace atrapa::core::systim_shoper
