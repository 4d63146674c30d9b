#include <fmt/format.h>

#include "core/integrations/firmino_base.hpp"
#include "scenarios/firmino/bugs.hpp"
#include "scenarios/firmino/meddler.hpp"

namespace atrapa::scenarios::firmino {
namespace {

namespace fb = core::firmino_base;
using core::ErpProduct;
using core::Ledger;
using core::Profile;
using core::Quantity;
using harness::CommandResult;
using harness::CoreParts;
using harness::DeedResult;
using harness::Json;

/// Joins without a word, whatever came of it.
class MuteJoiner final : public Meddler {
 public:
  using Meddler::Meddler;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    DeedResult result = inner().perform(deed, arguments);
    if (deed != "join_warehouse") return result;
    return {.done = true, .answer = {{"warning", ""}}};
  }
};

/// A new one at every run.
std::optional<core::ErpWarehouse> always_new(const Ledger& ledger, const Profile&,
                                             const core::base::Warehouse& warehouse) {
  return core::ErpWarehouse{fmt::format("W{}", core::warehouses(ledger).size()), warehouse.name};
}

/// Known, but called anew.
std::optional<core::ErpWarehouse> renames(const Ledger& ledger, const Profile& profile,
                                          const core::base::Warehouse& warehouse) {
  const auto link = core::link_to(ledger, profile.id, "warehouse", warehouse.key());
  if (!link) return fb::new_warehouse(ledger, profile, warehouse);
  return core::ErpWarehouse{link->erp_id, warehouse.name};
}

Quantity whole_pieces(const Ledger& ledger, const ErpProduct& card, const std::string& warehouse) {
  const core::Stocks stocks = core::stocks_of(ledger, card.id);
  const auto found = stocks.find(warehouse);
  const std::int64_t pieces = found == stocks.end() ? 0 : found->second.millionths;
  return {pieces - pieces % core::kOnePiece.millionths};
}

Quantity pieces_of_all(const Ledger& ledger, const ErpProduct& card, const std::string&) {
  Quantity sum;
  for (const auto& [warehouse, pieces] : core::stocks_of(ledger, card.id)) {
    sum.millionths += pieces.millionths;
  }
  return sum;
}

bool pushes_under_any_source(const fb::Settings& settings) {
  return settings.warehouses && settings.push_stock;
}

bool pushes_without_module(const fb::Settings& settings) {
  return settings.push_stock && settings.product_source == fb::ProductSource::Firmino;
}

/// Sends stock before it asks what was sold.
class HastyStock final : public Meddler {
 public:
  using Meddler::Meddler;
  CommandResult run(std::string_view command) override {
    if (command != "tick") return inner().run(command);
    for (const char* part : {"products", "stock"}) inner().run(part);
    return inner().run("orders");
  }
};

/// Takes the first token for good.
class OldToken final : public Meddler {
 public:
  using Meddler::Meddler;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    if (deed == "set_token") return {.done = true};
    return inner().perform(deed, arguments);
  }
};

/// Counts as done what it has only looked at.
class Boaster final : public Meddler {
 public:
  using Meddler::Meddler;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    DeedResult result = inner().perform(deed, arguments);
    if (deed != "confirm") return result;
    Json& answer = result.answer;
    answer["orders_saved"] = answer.value("orders_read", 0);
    answer["products_added"] =
        answer.value("products_added", 0) + answer.value("products_there", 0);
    return result;
  }
};

/// Takes a no for a yes.
class DeafWizard final : public Meddler {
 public:
  using Meddler::Meddler;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    DeedResult result = inner().perform(deed, arguments);
    if (deed == "confirm") {
      inner().perform("run", {{"id", arguments.at("id")}, {"command", "all"}});
    }
    return result;
  }
};

/// Orders a parcel whenever it reads anything.
class OrdersParcels final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  std::variant<mocks::kit::Response, harness::NoAnswer> send(
      const mocks::kit::Request& request) override {
    if (request.body.find("method=get") != std::string::npos) {
      mocks::kit::Request parcel = request;
      parcel.body = "method=createPackageManual&parameters=%7B%7D";
      inner().send(parcel);
    }
    return inner().send(request);
  }
};

/// Forgets the third of the modules.
class TwoModules final : public Meddler {
 public:
  using Meddler::Meddler;
  DeedResult perform(std::string_view deed, const Json& arguments) override {
    Json changed = arguments;
    if (deed == "configure") changed["settings"]["warehouses"] = false;
    return inner().perform(deed, changed);
  }
};

}  // namespace

std::vector<Bug> warehouse_bugs() {
  return {
      {.name = "firmino-joins-in-silence",
       .about = "Says nothing when a warehouse gets a second partner.",
       .caught_by = {"FIRMINO-WH-01"},
       .wrap = meddled<MuteJoiner>},
      {"firmino-warehouse-each-run",
       "Makes the warehouses of Base anew at each run.",
       {"FIRMINO-WH-04"},
       [](CoreParts& parts) { parts.firmino.new_warehouse = always_new; }},
      {"firmino-renames-warehouses",
       "Gives warehouses of the books the names that Base has for them.",
       {"FIRMINO-WH-04"},
       [](CoreParts& parts) { parts.firmino.new_warehouse = renames; }},
      {"firmino-cuts-fractions-off",
       "Sends whole pieces where there are fractions, and says nothing.",
       {"FIRMINO-WH-05"},
       [](CoreParts& parts) { parts.firmino.stock = whole_pieces; }},
      {"firmino-sends-all-warehouses",
       "Sends the pieces of all warehouses together to each of Base's.",
       {"FIRMINO-WH-05"},
       [](CoreParts& parts) { parts.firmino.stock = pieces_of_all; }},
      {"firmino-pushes-under-any-source",
       "Sends stock although Firmino is not the source of products.",
       {"FIRMINO-WH-06"},
       [](CoreParts& parts) {
         parts.firmino.settings_objection = [](const fb::Settings&) {
           return std::optional<core::Objection>();
         };
         parts.firmino.pushes_stock = pushes_under_any_source;
       }},
      {.name = "firmino-pushes-before-fetching",
       .about = "Sends stock before orders are fetched, and gives back what was sold.",
       .caught_by = {"FIRMINO-WH-07"},
       .wrap = meddled<HastyStock>},
  };
}

std::vector<Bug> wizard_bugs() {
  return {
      {.name = "firmino-keeps-old-token",
       .about = "Goes on with the token that was entered first.",
       .caught_by = {"FIRMINO-CONF-01"},
       .wrap = meddled<OldToken>},
      {"firmino-moves-before-the-yes",
       "Fetches and sends before anybody has confirmed the first run.",
       {"FIRMINO-CONF-02"},
       [](CoreParts& parts) {
         parts.firmino.may_run_by_itself = [](const fb::Settings&) { return true; };
       }},
      {.name = "firmino-takes-no-for-yes",
       .about = "Sends and fetches although the answer to the last question is no.",
       .caught_by = {"FIRMINO-CONF-02"},
       .wrap = meddled<DeafWizard>},
      {.name = "firmino-boasts",
       .about = "Counts in its summary what it has read for what it has saved and sent.",
       .caught_by = {"FIRMINO-CONF-03"},
       .wrap = meddled<Boaster>},
      {.name = "firmino-forgets-a-module",
       .about = "Leaves the module of warehouses out, though it was chosen.",
       .caught_by = {"FIRMINO-MOD-01"},
       .wrap = meddled<TwoModules>},
      {.name = "firmino-orders-parcels",
       .about = "Has Base order parcels, which is no module's business.",
       .caught_by = {"FIRMINO-MOD-01"},
       .rewire = [](harness::Wire& wire) -> std::unique_ptr<harness::Wire> {
         return std::make_unique<OrdersParcels>(wire);
       }},
      {"firmino-pushes-without-module",
       "Sends stock though the module of warehouses is off.",
       {"FIRMINO-MOD-02"},
       [](CoreParts& parts) { parts.firmino.pushes_stock = pushes_without_module; }},
      {"firmino-products-without-module",
       "Sends cards though the module of products is off.",
       {"FIRMINO-MOD-02"},
       [](CoreParts& parts) {
         parts.firmino.source_is = [](const fb::Settings& settings, fb::ProductSource source) {
           return settings.product_source == source;
         };
       }},
  };
}

}  // namespace atrapa::scenarios::firmino
