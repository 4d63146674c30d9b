#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/profiles.hpp"
#include "core/ledger/stores.hpp"
#include "core/policy/base_switches.hpp"
#include "core/policy/buyer_matching.hpp"
#include "core/policy/document_choice.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"
#include "core/shops/base/client.hpp"
#include "core/shops/base/orders.hpp"
#include "core/shops/base/products.hpp"
#include "core/sync/base_cards.hpp"
#include "core/sync/base_orders.hpp"
#include "core/sync/base_work.hpp"
#include "core/sync/fiscal_parts.hpp"
#include "core/sync/run_report.hpp"

/// Symfonia eBiuro and Base: integrations that Base tells of products and orders by calling an
/// address of theirs, sales documents from orders, and products and stock one way or the other.
namespace atrapa::core::ebiuro_base {

inline constexpr std::string_view kProgram = "ebiuro-base";

enum class Direction { None, ToShop, FromShop };

std::string_view to_string(Direction direction);  ///< "none", "to_shop", "from_shop"

/// What can be set once the connection test has passed.
struct Settings {
  std::string invoice_series, receipt_series;  ///< Ids.
  std::optional<Direction> direction;
  // Only with a direction (EBIURO-DIR-03).
  bool copy_existing = false;               ///< "Fetch all products".
  std::vector<std::string> product_groups;  ///< Ids; empty: all products.
  std::string price_group;                  ///< Id; "" for the price of the card.
  // Only to the shop (EBIURO-STOCK-03).
  bool stock = false;
  std::string warehouse;  ///< Id of the one whose stock is sent.
  /// Where in Base; "" for the default. The page names none of them.
  std::string inventory, base_price_group, base_warehouse;

  bool operator==(const Settings&) const = default;
};

/// {"invoice_series", "receipt_series", "direction", "copy_existing", "product_groups", ...}, as
/// profiles keep it. The error names the member.
Result<Settings> read_settings(std::string_view json_text);
std::string settings_text(const Settings& settings);

struct Config {
  std::string base_url = "https://api.baselinker.com";
  EbiuroSwitches switches = {};
  FiscalSwitches fiscal = {};
  base::BudgetLimit budget = {};
  /// Unique texts for integrations: an id, and a secret that cannot be guessed.
  std::function<std::string()> new_uuid, new_secret;
};

/// A callback address of this program: "/v1/product/sync/baselinker/{uuid}" and its like.
struct Callback {
  std::string kind;  ///< "product", "product_deleted", "order"
  std::string integration;
  std::vector<std::string> secrets;  ///< Each secretKey of the query, decoded.
  std::string external_id;           ///< productId or orderId, decoded.
};

/// Nothing for an address that is none of the three.
std::optional<Callback> read_callback(std::string_view target);

/// Right: exactly one secretKey, equal byte for byte (EBIURO-EVT-07).
bool secret_fits(const Profile& profile, const Callback& callback);

/// Why the id cannot be one: brackets that Base never filled in, or no number (EBIURO-EVT-06).
std::optional<Objection> id_objection(const std::string& external_id);

/// Whether the card takes part (EBIURO-PROD-04, -06).
bool in_groups(const ErpProduct& card, const Settings& settings);

/// Pieces in the chosen warehouse, 0 where it has none of it (EBIURO-STOCK-02).
Quantity stock_to_send(const Ledger& ledger, const ErpProduct& card, const Settings& settings);

/// Whether product data move that way at present (EBIURO-DIR-02, EVT-01).
bool moves(const Settings& settings, Direction direction);

/// The series of that kind of document.
std::string series_for(DocumentKind kind, const Settings& settings);

/// The policies that the program is put together from, each at the right one by default; replaced
/// by other readings, or by a bug that a rule has to catch.
struct Parts {
  std::function<bool(const Profile&, const Callback&)> secret_fits = ebiuro_base::secret_fits;
  std::function<std::optional<Objection>(const std::string&)> id_objection =
      ebiuro_base::id_objection;
  /// Which integration a callback is for.
  std::function<std::optional<Profile>(const Ledger&, const Callback&)> addressee =
      [](const Ledger& ledger, const Callback& callback) -> std::optional<Profile> {
    return profile(ledger, callback.integration);
  };
  std::function<bool(const Profile&)> may_be_configured = [](const Profile& profile) {
    return profile.state != Profile::State::Draft;
  };
  std::function<bool(const Profile&)> at_work = [](const Profile& profile) {
    return profile.state == Profile::State::Active;
  };
  std::function<bool(const Settings&, Direction)> moves = ebiuro_base::moves;
  std::function<bool(const ErpProduct&, const Settings&)> takes_part = ebiuro_base::in_groups;
  std::function<Result<Money, Objection>(const ErpProduct&, const PriceSource&)> price =
      core::gross_price;
  std::function<Quantity(const Ledger&, const ErpProduct&, const Settings&)> stock =
      ebiuro_base::stock_to_send;
  /// The token that calls of an integration bear.
  std::function<std::string(const Ledger&, const Profile&)> token =
      [](const Ledger&, const Profile& profile) { return profile.token; };
  std::function<std::optional<ErpOrder>(const Ledger&, const Profile&, const std::string& order_id)>
      known_order = [](const Ledger& ledger, const Profile& profile, const std::string& order_id) {
        return ledger.order_of(profile.id, order_id);
      };
  std::function<Result<ErpOrder, Objection>(const base::Order&, std::string_view, Instant)>
      read_order = core::erp_order;
  std::function<BuyerMatch(const Contractor&, std::span<const Contractor>)> match_buyer =
      [](const Contractor& buyer, std::span<const Contractor> known) {
        return core::match_buyer(buyer, known);
      };
  std::function<std::optional<DocumentKind>(const DocumentWish&, const EbiuroSwitches&)> wanted =
      core::wanted_document;
  std::function<std::string(DocumentKind, const Settings&)> series = ebiuro_base::series_for;
  std::function<Result<Document>(Ledger&, const SalesIssue&)> issue =
      [](Ledger& ledger, const SalesIssue& sale) { return ledger.issue_sales(sale); };
  /// The card that a product of Base is, where there is one.
  std::function<std::optional<std::string>(const Ledger&, const Profile&, const CardSource&)>
      known_card = [](const Ledger& ledger, const Profile& profile,
                      const CardSource& source) -> std::optional<std::string> {
    const auto link = link_to(ledger, profile.id, "product", source.external_id);
    return link ? std::optional(link->erp_id) : std::nullopt;
  };
  /// Reads all that a catalogue holds; core::read_cards.
  std::function<bool(BaseWork&, const std::string& inventory_id, const std::string& price_group,
                     const std::function<void(const CardSource&)>& each)>
      read_cards;
  /// Takes the card of a deleted product out of use.
  std::function<void(Ledger&, const Profile&, const std::string& external_id)> take_out;

  FiscalParts fiscal = {};  ///< What Polish law decides.

  Parts();  ///< Every part the right one.
};

/// The answer to a callback. What Base makes of it is not known; the text is for people.
struct CallbackAnswer {
  int status = 200;
  std::string text;
};

/// One row of the list of orders (EBIURO-LIST-01, -04).
struct OrderRow {
  std::int64_t order = 0;       ///< In the books.
  std::string number;           ///< Base's order_id.
  std::string document_number;  ///< "" without a document;
  bool can_issue = false;       ///< then the button is there.
  std::string status_id;

  bool operator==(const OrderRow&) const = default;
};

/// The program's side of all its integrations with Base. Everything but transport and clock lies in
/// the ledger; several may work on the same file. One thread at a time.
class Office {
 public:
  Office(Config config, Ledger& ledger, Transport& transport, Clock& clock, Parts parts = {});

  // The life of an integration (CONF, LIFE).
  /// Saves a new one: its id and its secret are made here. Refused: a blank token.
  Result<Profile, Objection> add(const std::string& label, const std::string& token);
  /// Changes name and token in place; id and secret stay. Another token has to be tested anew.
  Result<Done, Objection> edit(const std::string& id, const std::string& label,
                               const std::string& token);
  /// Asks Base for its catalogues with the token.
  Result<Done, Objection> test(const std::string& id);
  /// Refused, with everything as it was: no passed test, a series or a direction missing, anything
  /// named that does not exist or does not fit the direction. Options that the direction does not
  /// offer are dropped.
  Result<Done, Objection> configure(const std::string& id, const Settings& settings);
  Result<Done, Objection> set_active(const std::string& id, bool active);
  /// Its documents and orders stay.
  Result<Done, Objection> remove(const std::string& id);
  std::vector<Profile> list() const;

  /// A call of Base's, GET or POST: filed, and carried out at once where Base can be read. What
  /// cannot waits for the next run.
  CallbackAnswer receive(const HttpRequest& request);
  /// "orders": what waits, and statuses where the switch says so. "products": what is to move in
  /// the integration's direction. "stock". "all". Throws std::logic_error for another command.
  RunReport run(const std::string& id, std::string_view command);
  /// A person saved a card of the books.
  void card_saved(const std::string& product_id);

  // The list of orders (LIST, DOC).
  std::vector<OrderRow> orders(const std::string& id) const;
  /// By hand; of the kind that extra field 1 asks for where none is chosen.
  Result<Document, Objection> issue(std::int64_t order_id, std::optional<DocumentKind> kind);
  /// The invoice to the receipt of an order, by hand: an act of its own beside the one sales
  /// document that an order has (PL-DOC-01, -02). It is made out as the receipt was; `nip` is what
  /// a person types in, where that differs. Refused as invoice_to_receipt_objection() says.
  Result<Document, Objection> issue_to_receipt(std::int64_t order_id,
                                               const std::optional<std::string>& nip);
  /// What came of sending an invoice to KSeF: its number there (PL-KSEF-02, -03), or the code of a
  /// refusal. Another try keeps the invoice and its number.
  Result<Done, Objection> accept_ksef(const std::string& number, const std::string& ksef_number);
  Result<Done, Objection> refuse_ksef(const std::string& number, const std::string& code);

 private:
  struct Task;

  Result<Profile, Objection> profile_of(const std::string& id) const;
  base::Client client_of(const Profile& profile);
  base::Budget& budget_of(const std::string& token);
  std::optional<Objection> form_objection(const Settings& settings) const;

  /// Carries a filed event out; false where Base could not be read and it has to wait.
  bool settle(Task& task, const InboundEvent& event);
  std::optional<Objection> settle_order(Task& task, const InboundEvent& event);
  std::optional<Objection> settle_product(Task& task, const InboundEvent& event);
  void file_order(Task& task, ErpOrder order);
  void issue_by_wish(Task& task, const ErpOrder& order);
  Result<Document, Objection> issue_for(const ErpOrder& order, const Settings& settings,
                                        DocumentKind kind);
  void refresh_statuses(Task& task);

  void take_card(Task& task, const CardSource& source);
  void import_products(Task& task);
  /// Cards whose products a whole reading of the catalogue did not show, and that are gone indeed:
  /// the call about their deletion never came (EBIURO-EVT-05).
  void take_out_vanished(Task& task, const std::string& inventory,
                         const std::set<std::string>& seen);
  void export_products(Task& task);
  void export_card(Task& task, const base::Inventory& inventory, const ErpProduct& card);
  void export_stock(Task& task);

  Config config_;
  Ledger& ledger_;
  Transport& transport_;
  Clock& clock_;
  Parts parts_;
  std::map<std::string, base::Budget> budgets_;  ///< By token.
};

}  // namespace atrapa::core::ebiuro_base
