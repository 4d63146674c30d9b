#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/domain/log_entry.hpp"
#include "core/domain/order.hpp"
#include "core/domain/product_csv.hpp"
#include "core/ledger/ledger.hpp"
#include "core/policy/command_steps.hpp"
#include "core/policy/eligibility.hpp"
#include "core/policy/line_matching.hpp"
#include "core/policy/new_product.hpp"
#include "core/policy/order_acceptance.hpp"
#include "core/policy/paging.hpp"
#include "core/policy/pairing.hpp"
#include "core/policy/retry.hpp"
#include "core/policy/shop_support.hpp"
#include "core/policy/stock_figure.hpp"
#include "core/policy/totals.hpp"
#include "core/ports/shop.hpp"
#include "core/shops/shoper/messages.hpp"
#include "core/sync/connection.hpp"
#include "core/sync/documents.hpp"

namespace atrapa::core {

struct Parts;
struct ProductPlan;
struct ProductPlanInput;
struct StockPlan;
struct StockPlanInput;

/// What one import step works with.
struct ImportContext {
  Shop& shop;
  Ledger& ledger;
  const ErpIndex& products;
  const SystimSwitches& switches;
  const Parts& parts;
  std::string integration;  ///< Names the connection: the shop's address is in it.
  std::int64_t run = 0;
  Instant now;
};

/// One order that was read and accepted.
struct ImportInput {
  const ShopOrder& order;
  const std::vector<ShopLine>& lines;
  Instant placed_at;
};

struct ImportOutcome {
  enum class State {
    Saved,
    AlreadyThere,
    Waiting,  ///< Not imported for now; later runs look at it again.
  };
  State state = State::Saved;
  std::vector<LogEntry> entries;  ///< They stand in the ledger already.
};

enum class OnProblem { GoOn, Stop };

/// The policies and flow steps that the sync is put together from, each at the right one by
/// default. Any can be replaced: by another reading of the documentation, or by a bug that a rule
/// has to catch.
struct Parts {
  /// What a command does, in which order (CMD-02, CMD-04, ORD-09, PROD-05, PROD-06).
  std::function<std::vector<Step>(std::string_view command, const SystimSwitches&)> steps =
      core::systim_steps;

  // The shop as a whole.
  std::function<std::optional<Objection>(const ShopSettings&)> warehouses_ok =
      core::check_warehouses;
  std::function<std::optional<Objection>(const ShopSettings&)> language_ok = core::check_language;
  std::function<std::vector<Objection>(const ShopSettings&)> language_doubts =
      core::language_doubts;

  // Stock.
  CodeKey code_key = core::code_key;
  /// Who meets whom (STOCK-01, -04, -17).
  std::function<Pairing(std::span<const ErpProduct>, std::span<const ShopItem>, const CodeKey&,
                        const SystimSwitches&)>
      pair_products = core::pair_by_code;
  std::function<std::optional<Objection>(const Pair&, const SystimSwitches&)> price_ok =
      core::check_price;
  std::function<std::optional<Objection>(const Pair&, const SystimSwitches&)> category_equal =
      core::check_category;
  std::function<std::optional<Objection>(const Pair&, const SystimSwitches&)> vat_equal =
      core::check_vat;
  std::function<std::optional<Objection>(const Pair&, Quantity figure, const SystimSwitches&)>
      stock_enough = core::check_stock;
  std::function<Result<Quantity, Objection>(const ErpProduct&, StockFormula)> stock_figure =
      core::stock_figure;
  std::function<FittedFigure(const Pair&, Quantity figure, const SystimSwitches&)> fit_to_unit =
      core::fit_to_unit;
  std::function<Quantity(Quantity figure, std::optional<Quantity> in_shop)> write_value =
      core::write_value;
  /// Whether the plan goes on after a product that was left alone or cannot be read (STOCK-10).
  std::function<OnProblem(const Objection&)> on_product_problem = [](const Objection&) {
    return OnProblem::GoOn;
  };
  /// Plans the whole sync; see plan_stock() in core/sync/stock_plan.hpp, the default.
  std::function<StockPlan(const StockPlanInput&, const Parts&)> plan_stock;
  /// Hands one batch of the plan to the shop; one outcome for each write, in order.
  std::function<ShopResult<std::vector<StockWriteOutcome>>(Shop&, std::span<const StockWrite>)>
      write_stock =
          [](Shop& shop, std::span<const StockWrite> writes) { return shop.write_stock(writes); };

  // Products.
  std::function<Result<NewProduct, Objection>(const ErpProduct&, const ShopDirectory&)>
      draft_product = core::draft_product;
  std::function<bool(bool added_before, const SystimSwitches&)> add_codeless = core::add_codeless;
  std::function<bool(const ShopItem&, const SoughtProduct&)> is_sought = core::is_sought;
  /// Plans which products are added; see plan_products() in core/sync/product_plan.hpp, the
  /// default.
  std::function<ProductPlan(const ProductPlanInput&, const Parts&)> plan_products;
  std::function<ShopResult<std::string>(Shop&, const NewProduct&)> add_product =
      [](Shop& shop, const NewProduct& product) { return shop.add_product(product); };
  std::function<std::string(std::span<const ErpProduct>, const CsvForm&)> write_csv =
      core::write_products_csv;

  // Orders.
  std::function<std::optional<Objection>(const ShopOrder&, const OrderFacts&,
                                         const SystimSwitches&)>
      accept_origin = core::accept_origin;
  std::function<std::optional<Objection>(const ShopOrder&, const OrderFacts&,
                                         const SystimSwitches&)>
      accept_date = core::accept_date;
  std::function<Result<const ErpProduct*, Objection>(const ShopLine&, const ErpIndex&,
                                                     const CodeKey&, const SystimSwitches&)>
      match_line = core::match_line;
  std::function<Result<LineCharge, Objection>(const ShopLine&, const ErpProduct&,
                                              const SystimSwitches&)>
      line_charge = core::line_charge;
  std::function<Result<Money>(Price unit_price, Quantity, Percent discount)> line_value =
      core::line_value;
  std::function<Result<Money>(const ShopOrder&, std::span<const ErpOrderLine>, Money shipping_cost)>
      order_total = core::order_total;
  /// Whether a line that was left out is put on record (ORD-06).
  std::function<bool(const ShopOrder&, const ShopLine&, const Objection&)> report_omitted_line =
      [](const ShopOrder&, const ShopLine&, const Objection&) { return true; };
  /// Whether the ledger holds the order already (ORD-13).
  std::function<bool(Ledger&, const std::string& integration, const std::string& shop_order_id)>
      already_imported =
          [](Ledger& ledger, const std::string& integration, const std::string& shop_order_id) {
            return ledger.has_order(integration, shop_order_id);
          };
  /// Plans one order and saves it; see import_order() in core/sync/import_order.hpp, the default.
  /// An error ends the run; the order is read again by the next one.
  std::function<ShopResult<ImportOutcome>(ImportContext&, const ImportInput&)> import_order;
  /// Called once an order was saved; by default nothing happens (ORD-04: the shop's order stays as
  /// it was).
  std::function<ShopResult<Done>(Shop&, const ShopOrder&)> after_import =
      [](Shop&, const ShopOrder&) -> ShopResult<Done> { return Done{}; };

  // The connector's life, and the ERP's papers.
  std::function<std::optional<Objection>(const Ledger&, const ErpKey&)> erp_access =
      core::erp_access;
  std::function<bool(const shoper::AppStoreMessage&, std::string_view secret)> genuine_message =
      shoper::genuine_message;
  std::function<bool(const shoper::WebhookMessage&, const shoper::WebhookSecrets&)>
      genuine_webhook = shoper::genuine_webhook;
  std::function<void(Ledger&, const std::string& shop, Instant)> take_out = core::take_out;
  std::function<void(Ledger&, const std::string& shop, Instant)> connect = core::connect_shop;
  std::function<void(Ledger&, const Installation&, Instant)> put_in = core::put_in;
  std::function<std::string(const Installation&)> integration_name = core::integration_name;
  std::function<std::vector<ShownKey>(Ledger&, const Installation&)> show_keys = core::show_keys;
  std::function<Result<Document>(Desk&, std::int64_t order)> issue_invoice = core::issue_invoice;
  std::function<Result<Document>(Desk&, std::int64_t order, std::span<const GoodsPart>)>
      issue_goods = core::issue_goods;
  std::function<Result<Done>(Desk&, std::int64_t document)> cancel_goods = core::cancel_goods;
  std::function<Result<Shipment>(Desk&, std::int64_t order)> make_shipment = core::make_shipment;

  // Exchanges.
  std::function<std::optional<int>(const PageSeen&)> next_page = core::next_page;
  std::function<RetryDecision(const Attempt&)> retry = core::retry;

  Parts();  ///< Every part the right one.
};

}  // namespace atrapa::core
