#include "core/integrations/firmino_base.hpp"
#include "scenarios/firmino/bugs.hpp"

namespace atrapa::scenarios::firmino {
namespace {

namespace fb = core::firmino_base;
using core::ErpOrderLine;
using core::Ledger;
using core::LineMatch;
using core::Profile;
using core::Quantity;
using harness::CoreParts;

fb::LineCard sku_first_of_all(const Ledger& ledger, const ErpOrderLine& line, LineMatch) {
  return fb::card_of_line(ledger, line, LineMatch::SkuThenName);
}

fb::LineCard sku_alone(const Ledger& ledger, const ErpOrderLine& line, LineMatch) {
  const auto coded = ledger.products_of_code(line.code);
  if (line.code.empty() || coded.empty()) return {};
  return {coded.front().id, 1};
}

/// Knows only cards that were there before any order came.
fb::LineCard forgets_new_cards(const Ledger& ledger, const ErpOrderLine& line, LineMatch match) {
  const fb::LineCard found = fb::card_of_line(ledger, line, match);
  const auto card = found.card ? ledger.product(*found.card) : std::nullopt;
  return card && card->stock ? found : fb::LineCard{};
}

std::optional<core::ErpProduct> no_card(const ErpOrderLine&, const std::string&) {
  return std::nullopt;
}

std::optional<std::string> main_warehouse(const Ledger& ledger, const Profile&, const ErpOrderLine&,
                                          const fb::Settings&) {
  return core::warehouses(ledger).front().id;
}

/// Any joined one for a line whose own is not.
std::optional<std::string> some_joined(const Ledger& ledger, const Profile& profile,
                                       const ErpOrderLine& line, const fb::Settings& settings) {
  auto own = fb::warehouse_of_line(ledger, profile, line, settings);
  const auto links = core::links_of(ledger, profile.id, "warehouse");
  if (!own && !links.empty()) own = links.front().erp_id;
  return own;
}

void takes_off_twice(Ledger& ledger, const std::string& card, const std::string& warehouse,
                     Quantity pieces) {
  core::move_stock(ledger, card, warehouse, {-2 * pieces.millionths});
}

void takes_off_one(Ledger& ledger, const std::string& card, const std::string& warehouse,
                   Quantity) {
  core::move_stock(ledger, card, warehouse, {-core::kOnePiece.millionths});
}

core::BuyerMatch nobody_known(const core::Contractor&, std::span<const core::Contractor>,
                              core::ContractorMatch) {
  return {};
}

core::BuyerMatch nip_before_name(const core::Contractor& buyer,
                                 std::span<const core::Contractor> known, core::ContractorMatch) {
  return core::match_buyer(buyer, known, core::ContractorMatch::NipThenName);
}

}  // namespace

std::vector<Bug> line_bugs() {
  return {
      {"firmino-links-by-sku",
       "Ties order lines by SKU before the name.",
       {"FIRMINO-ORD-07"},
       [](CoreParts& parts) { parts.firmino.card_of_line = sku_first_of_all; }},
      {"firmino-knows-no-names",
       "Ties order lines by SKU alone and takes every other for unknown.",
       {"FIRMINO-ORD-07", "FIRMINO-ORD-08"},
       [](CoreParts& parts) { parts.firmino.card_of_line = sku_alone; }},
      {"firmino-second-card",
       "Adds a second card for an unknown product that it has added before.",
       {"FIRMINO-ORD-08"},
       [](CoreParts& parts) { parts.firmino.card_of_line = forgets_new_cards; }},
      {"firmino-drops-unknown-lines",
       "Leaves out the lines of products that the books do not know.",
       {"FIRMINO-ORD-08"},
       [](CoreParts& parts) { parts.firmino.new_card = no_card; }},
      {"firmino-links-unasked",
       "Ties lines and takes off stock though the option is off.",
       {"FIRMINO-ORD-09"},
       [](CoreParts& parts) {
         parts.firmino.links_lines = [](const fb::Settings&) { return true; };
       }},
      {"firmino-main-warehouse",
       "Takes every line off the main warehouse of the books.",
       {"FIRMINO-WH-02", "FIRMINO-WH-03"},
       [](CoreParts& parts) { parts.firmino.warehouse_of_line = main_warehouse; }},
      {"firmino-some-joined-warehouse",
       "Takes a line of a warehouse that is not joined off another one, and says nothing.",
       {"FIRMINO-WH-03"},
       [](CoreParts& parts) { parts.firmino.warehouse_of_line = some_joined; }},
      {"firmino-stock-falls-twice",
       "Takes the pieces of a line off twice.",
       {"FIRMINO-ORD-07", "FIRMINO-WH-02"},
       [](CoreParts& parts) { parts.firmino.take_off = takes_off_twice; }},
      {"firmino-takes-off-one-piece",
       "Takes one piece off, whatever the quantity.",
       {"FIRMINO-ORD-07"},
       [](CoreParts& parts) { parts.firmino.take_off = takes_off_one; }},
      {"firmino-contractor-per-order",
       "Adds a contractor for every order.",
       {"FIRMINO-ORD-10"},
       [](CoreParts& parts) { parts.firmino.match_buyer = nobody_known; }},
      {"firmino-contractor-by-nip",
       "Knows contractors by NIP where the name alone counts.",
       {"FIRMINO-ORD-10"},
       [](CoreParts& parts) { parts.firmino.match_buyer = nip_before_name; }},
  };
}

}  // namespace atrapa::scenarios::firmino
