#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

struct State;

/// What an automatic action can answer, by the names that worlds use.
///   product_created product_edited product_deleted        [doc seed]
///   order_downloaded order_paid form_received status_set
///   invoice_issued receipt_issued shipment_made courier_status
///   order_trigger return_trigger product_trigger          own events, by trigger id [doc]
enum class Happening {
  ProductCreated,
  ProductEdited,
  ProductDeleted,
  OrderDownloaded,
  OrderPaid,
  FormReceived,
  StatusSet,
  InvoiceIssued,
  ReceiptIssued,
  ShipmentMade,
  CourierStatus,
  OrderTrigger,
  ReturnTrigger,
  ProductTrigger,
};

/// One thing that a rule does.
struct RuleAction {
  std::string kind = "call_url";  ///< Or set_status, add_invoice, add_receipt.
  std::string url;                ///< With placeholders: [produkt_id], [numer_zamowienia].
  std::int64_t status_id = 0;
  std::int64_t series_id = 0;

  static constexpr auto fields() {
    return std::tuple{as("kind", &RuleAction::kind), as("url", &RuleAction::url),
                      as("status_id", &RuleAction::status_id),
                      as("series_id", &RuleAction::series_id)};
  }
  bool operator==(const RuleAction&) const = default;
};

/// An automatic action as the panel keeps it: event, conditions, actions.
struct Rule {
  std::int64_t id = 0;
  std::string name;
  std::string event;
  bool active = true;
  std::vector<std::int64_t> statuses;  ///< Of status_set: one or more; of the others a condition.
  std::vector<std::string> sources;    ///< Only orders of these sources; empty: of any.
  std::int64_t inventory_id = 0;       ///< Only products of this catalogue; 0: of any.
  std::int64_t trigger_id = 0;         ///< Of own events.
  std::vector<RuleAction> actions;

  static constexpr auto fields() {
    return std::tuple{as("rule_id", &Rule::id),
                      as("name", &Rule::name),
                      as("event", &Rule::event),
                      as("active", &Rule::active),
                      as("statuses", &Rule::statuses),
                      as("sources", &Rule::sources),
                      as("inventory_id", &Rule::inventory_id),
                      as("trigger_id", &Rule::trigger_id),
                      as("actions", &Rule::actions)};
  }
  bool operator==(const Rule&) const = default;
};

struct Automation {
  Rows<Rule> rules;
  int depth = 0;  ///< Rules at work at the moment, each begun by an action of the one before.

  static constexpr auto fields() { return std::tuple{as("rules", &Automation::rules)}; }
};

/// Whether worlds and panels may name it; and all names, for people.
bool is_event(std::string_view name);
std::string event_names();

/// Runs the rules that answer this. `object_id` is the product's, the order's or the return's;
/// `detail` the trigger's id of an own event, the catalogue of a product that was deleted, else not
/// looked at. Call it when the state is as the
/// happening left it: a deleted product is gone by then. Rules that set each other off end at the
/// eighth: nobody says how the real service ends them [inferred].
void happened(State& state, kit::Context& context, Happening what, std::int64_t object_id,
              std::int64_t detail = 0);

}  // namespace atrapa::mocks::base
