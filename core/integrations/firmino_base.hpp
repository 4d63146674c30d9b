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
#include "core/shops/base/documents.hpp"
#include "core/shops/base/orders.hpp"
#include "core/shops/base/products.hpp"
#include "core/sync/base_cards.hpp"
#include "core/sync/base_orders.hpp"
#include "core/sync/base_work.hpp"
#include "core/sync/run_report.hpp"

/// Streamsoft Firmino and Base (BaseLinker): orders fetched by date and status, documents sent back
/// to them, products with one side as their source, warehouses joined.
namespace atrapa::core::firmino_base {

inline constexpr std::string_view kProgram = "firmino-base";

/// Who has the say about products (FIRMINO-PROD-01).
enum class ProductSource { Firmino, Base, Manual };

std::string_view to_string(ProductSource source);  ///< "firmino", "base", "manual"

/// What the wizard asks, step by step.
struct Settings {
  // 1. Modules (FIRMINO-MOD-01).
  bool orders = false, products = false, warehouses = false;
  // 2. Orders.
  std::string date_from;           ///< "2026-03-01", from midnight in Warsaw; "" for no bound.
  std::set<std::string> statuses;  ///< Ids in Base; empty: any.
  DocumentKind usual_document = DocumentKind::Receipt;  ///< Or Invoice.
  bool automatic_document = false;
  bool send_documents = false;
  bool link_products = false, link_contractors = false;
  // 3. Products.
  ProductSource product_source = ProductSource::Manual;
  bool update_name = false, overwrite_images = false;  ///< With Firmino as the source.
  // 4. Warehouses.
  bool fetch_new_warehouses = false;
  bool push_stock = false;  ///< Only with Firmino as the source (FIRMINO-WH-06).
  // 5. Confirmation.
  bool confirmed = false;
  // The ERP's own, and where in Base; "" for the default. The page names none of them.
  std::string invoice_series = "FV", receipt_series = "PAR";
  std::string warehouse_country = "PL";
  std::string inventory, base_price_group, base_invoice_series;

  bool operator==(const Settings&) const = default;
};

/// As profiles keep them. The error names the member.
Result<Settings> read_settings(std::string_view json_text);
std::string settings_text(const Settings& settings);

struct Config {
  std::string base_url = "https://api.baselinker.com";
  FirminoSwitches switches = {};
  FiscalSwitches fiscal = {};
  base::BudgetLimit budget = {};
  std::function<std::string()> new_uuid = {};  ///< Unique; names the integration in the books.
};

/// The first moment from which orders are taken; nothing without a date (FIRMINO-ORD-02).
std::optional<Instant> first_moment(const Settings& settings);

/// Why an order stays out: its date, or its status (FIRMINO-ORD-02, -11, -12).
std::optional<Objection> order_objection(const ErpOrder& order, const Settings& settings,
                                         const FirminoSwitches& switches);

/// Which card a line is: its name, or its SKU first (FIRMINO-ORD-07). Several: the oldest.
struct LineCard {
  std::optional<std::string> card;  ///< Nothing: a new one (FIRMINO-ORD-08).
  std::size_t candidates = 0;
};
LineCard card_of_line(const Ledger& ledger, const ErpOrderLine& line, LineMatch match);

/// The card that is added for a line of an unknown product: what the line says (FIRMINO-ORD-08).
ErpProduct card_from_line(const ErpOrderLine& line, std::string id);

/// The warehouse of the books that a line leaves: the one joined with its own, the first of the
/// books where the line names none (FIRMINO-WH-02). Nothing for one that is not joined (WH-03).
std::optional<std::string> warehouse_of_line(const Ledger& ledger, const Profile& profile,
                                             const ErpOrderLine& line, const Settings& settings);

/// Which card a product of Base is (FIRMINO-PROD-11 to -14).
struct ProductCard {
  std::optional<std::string> card;
  RecordLink::By by = RecordLink::By::Code;
  bool conflict = false;  ///< SKU and name lead to different cards, or one of them to several.
};
ProductCard card_of_product(const Ledger& ledger, const CardSource& source, ProductMatch match);

/// What is sent of a card that has its product: its name and pictures as the options say
/// (FIRMINO-PROD-06, -07).
base::ProductWrite edit_write(const base::ProductWrite& whole, const Settings& settings);

/// Why the settings cannot be saved: stock to be sent though Firmino is not the source
/// (FIRMINO-WH-06).
std::optional<Objection> settings_objection(const Settings& settings);

/// The warehouse of the books that a new one of Base becomes; nothing for one that is known
/// (FIRMINO-WH-04).
std::optional<ErpWarehouse> new_warehouse(const Ledger& ledger, const Profile& profile,
                                          const base::Warehouse& warehouse);

/// The policies that the program is put together from, each at the right one by default; replaced
/// by other readings, or by a bug that a rule has to catch.
struct Parts {
  std::function<std::string(const Ledger&, const Profile&)> token =
      [](const Ledger&, const Profile& profile) { return profile.token; };
  std::function<bool(const Settings&)> may_run_by_itself = [](const Settings& settings) {
    return settings.confirmed;
  };
  /// What of Base is read: the filter of one pass over the orders.
  std::function<std::vector<base::OrderFilter>(const Settings&)> order_filters;
  /// From which moment on orders are read, however many were read before: one may reach its status
  /// late (FIRMINO-ORD-13). Nothing for all of them.
  std::function<std::optional<Instant>(const Ledger&, const Profile&, const Settings&)> read_from =
      [](const Ledger&, const Profile&, const Settings& settings) {
        return first_moment(settings);
      };
  std::function<std::optional<Objection>(const ErpOrder&, const Settings&, const FirminoSwitches&)>
      order_objection = firmino_base::order_objection;
  std::function<bool(const Ledger&, const Profile&, const std::string& order_id)> already_there =
      [](const Ledger& ledger, const Profile& profile, const std::string& order_id) {
        return ledger.has_order(profile.id, order_id);
      };
  /// By which the books know an order again.
  std::function<std::optional<std::string>(const Profile&, const base::Order&)> order_key =
      [](const Profile& profile, const base::Order& order) {
        return std::optional(Ledger::idempotency_key(profile.id, order.id));
      };
  std::function<Result<ErpOrder, Objection>(const base::Order&, std::string_view, Instant)>
      read_order = core::erp_order;
  std::function<LineCard(const Ledger&, const ErpOrderLine&, LineMatch)> card_of_line =
      firmino_base::card_of_line;
  std::function<bool(const Settings&)> links_lines = [](const Settings& settings) {
    return settings.link_products;
  };
  /// Nothing leaves the line out.
  std::function<std::optional<ErpProduct>(const ErpOrderLine&, std::string)> new_card =
      firmino_base::card_from_line;
  std::function<std::optional<std::string>(const Ledger&, const Profile&, const ErpOrderLine&,
                                           const Settings&)>
      warehouse_of_line = firmino_base::warehouse_of_line;
  std::function<void(Ledger&, const std::string& card, const std::string& warehouse, Quantity)>
      take_off = [](Ledger& ledger, const std::string& card, const std::string& warehouse,
                    Quantity pieces) { move_stock(ledger, card, warehouse, {-pieces.millionths}); };
  std::function<BuyerMatch(const Contractor&, std::span<const Contractor>, ContractorMatch)>
      match_buyer = [](const Contractor& buyer, std::span<const Contractor> known,
                       ContractorMatch match) { return core::match_buyer(buyer, known, match); };
  std::function<DocumentKind(const ChoiceFacts&)> choose_document = core::chosen_document;
  std::function<Result<Document>(Ledger&, const SalesIssue&)> issue =
      [](Ledger& ledger, const SalesIssue& sale) { return ledger.issue_sales(sale); };
  std::function<bool(const Settings&)> sends_documents = [](const Settings& settings) {
    return settings.send_documents;
  };
  /// The order of Base at which a document is put.
  std::function<std::string(const Ledger&, const ErpOrder&)> order_of_document =
      [](const Ledger&, const ErpOrder& order) { return order.shop_order_id; };
  /// Whether Base is asked, before a document or its file is sent again, if it arrived.
  std::function<bool(const Intent&)> looks_first = [](const Intent&) { return true; };
  std::function<ProductCard(const Ledger&, const CardSource&, ProductMatch)> card_of_product =
      firmino_base::card_of_product;
  /// The card that is a product's already.
  std::function<std::optional<RecordLink>(const Ledger&, const Profile&, const CardSource&)>
      link_of_product = [](const Ledger& ledger, const Profile& profile, const CardSource& source) {
        return link_to(ledger, profile.id, "product", source.external_id);
      };
  std::function<bool(ErpProduct&, const CardSource&)> take_over = core::take_over;
  /// Which product of Base a card is; by the id of the catalogue.
  std::function<Recognise(const std::string&, ProductMatch)> recognise = by_sku_and_name;
  std::function<base::ProductWrite(const ErpProduct&, const std::string&, bool)> card_write =
      product_write;
  std::function<base::ProductWrite(const base::ProductWrite&, const Settings&)> edit_write =
      firmino_base::edit_write;
  /// Whether cards go to Base, or come from it, by themselves at present (FIRMINO-PROD-09, -10).
  std::function<bool(const Settings&, ProductSource)> source_is = [](const Settings& settings,
                                                                     ProductSource source) {
    return settings.products && settings.product_source == source;
  };
  std::function<std::optional<Objection>(const Settings&)> settings_objection =
      firmino_base::settings_objection;
  std::function<std::optional<ErpWarehouse>(const Ledger&, const Profile&, const base::Warehouse&)>
      new_warehouse = firmino_base::new_warehouse;
  std::function<bool(const Settings&)> pushes_stock = [](const Settings& settings) {
    return settings.warehouses && settings.push_stock &&
           settings.product_source == ProductSource::Firmino;
  };
  /// Pieces of a card in the joined warehouse.
  std::function<Quantity(const Ledger&, const ErpProduct&, const std::string& warehouse)> stock;

  Parts();  ///< Every part the right one.
};

/// One row of the list of orders.
struct OrderRow {
  std::int64_t order = 0;       ///< In the books.
  std::string number;           ///< Base's order_id.
  std::string document_number;  ///< "" without a document.
  std::string status_id;
};

/// The program's side of its integrations with Base. Everything but transport and clock lies in the
/// ledger; several may work on the same file. One thread at a time.
class Office {
 public:
  Office(Config config, Ledger& ledger, Transport& transport, Clock& clock, Parts parts = {});

  /// Stores the token; calls nobody (FIRMINO-CONF-01). Refused: a blank one.
  Result<Profile, Objection> add(const std::string& label, const std::string& token);
  Result<Done, Objection> set_token(const std::string& id, const std::string& token);
  /// Saves what the wizard asked. Refused: a date that is none, series that do not exist, stock to
  /// be sent though Firmino is not the source.
  Result<Done, Objection> configure(const std::string& id, const Settings& settings);
  /// Joins a warehouse of Base ("bl_206") with one of the books. Refused: one that is joined
  /// already. The text is a warning where two of Base share one of the books.
  Result<std::string, Objection> join_warehouse(const std::string& id, const std::string& key,
                                                const std::string& warehouse);
  /// The last step: with a yes the first run follows at once and its report is the summary; with a
  /// no nothing moves until somebody starts it (FIRMINO-CONF-02, -03).
  RunReport confirm(const std::string& id, bool yes);
  Result<Done, Objection> remove(const std::string& id);
  std::vector<Profile> list() const;

  /// Started by hand: "orders", "products", "stock", "all"; "tick" is what happens by itself when
  /// its time comes. Orders come before stock, so that what was sold is taken off before a figure
  /// is sent (FIRMINO-WH-07). Throws std::logic_error for another command.
  RunReport run(const std::string& id, std::string_view command);
  /// A person opened and saved a card: it is sent at once where Firmino is the source
  /// (FIRMINO-PROD-03, -04); what cannot be sent goes with the next run.
  RunReport card_saved(const std::string& product_id);

  std::vector<OrderRow> orders(const std::string& id) const;
  /// Fulfils an order: issues its document, of the kind given or the one the settings choose, and
  /// puts it on its way to Base.
  Result<Document, Objection> fulfil(std::int64_t order_id, std::optional<DocumentKind> kind = {});

 private:
  struct Task;

  Result<Profile, Objection> profile_of(const std::string& id) const;
  Result<Settings, Objection> settings_of(const Profile& profile) const;
  base::Client client_of(const Profile& profile);
  void work_off(Task& task, bool orders, bool products, bool stock);

  void fetch_orders(Task& task);
  void take_order(Task& task, const base::Order& row);
  void link_lines(Task& task, ErpOrder& order);
  void take_off_stock(Task& task, ErpOrder& order);
  Result<Document, Objection> issue_for(const ErpOrder& order, const Settings& settings,
                                        std::optional<DocumentKind> kind);
  void send_documents(Task& task);
  void settle_documents(Task& task, const std::string& series);
  void send_document(Task& task, const Document& document, const std::string& series);

  void send_cards(Task& task, bool all);
  void take_cards(Task& task);
  void take_card(Task& task, const CardSource& source);
  void fetch_warehouses(Task& task);
  void send_stock(Task& task);

  Config config_;
  Ledger& ledger_;
  Transport& transport_;
  Clock& clock_;
  Parts parts_;
  std::map<std::string, base::Budget> budgets_;  ///< By token.
};

}  // namespace atrapa::core::firmino_base
