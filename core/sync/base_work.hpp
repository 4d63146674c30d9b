#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/domain/profile.hpp"
#include "core/ledger/stores.hpp"
#include "core/policy/base_switches.hpp"
#include "core/policy/reason.hpp"
#include "core/ports/clock.hpp"
#include "core/shops/base/bulk.hpp"
#include "core/shops/base/client.hpp"
#include "core/shops/base/products.hpp"
#include "core/sync/base_cards.hpp"
#include "core/sync/run_report.hpp"

/// What integrations with Base share of sending and settling product cards and stock.
namespace atrapa::core {

/// One piece of work for one integration, and what it has come to so far.
struct BaseWork {
  BaseWork(Profile chosen, base::Client made, Ledger& books, Clock& time)
      : profile(std::move(chosen)), client(std::move(made)), ledger(books), clock(time) {
    report.ok = true;
  }

  void note(Severity severity, RecordKind kind, std::string record, const Objection& objection);
  /// The work cannot go on: Base cannot be read at present, or not any more.
  void stop(const Objection& objection);
  void stop(const base::Error& error);

  Profile profile;
  base::Client client;
  Ledger& ledger;
  Clock& clock;
  RunReport report;
  bool stopped = false;
};

/// The catalogue of that id, the default one for "". Nothing after work.stop().
std::optional<base::Inventory> find_inventory(BaseWork& work, const std::string& id);

/// Everything that the catalogue holds, product by product with its variants, each once. False
/// after work.stop(): then not all of it was seen.
bool read_cards(BaseWork& work, const std::string& inventory_id, const std::string& price_group,
                const std::function<void(const CardSource&)>& each);

/// An id that no card has.
std::string free_card_id(const Ledger& ledger);

/// Looks whether products whose adding was never answered came into being, and links them.
void settle_added_cards(BaseWork& work, const std::string& inventory_id);

/// Which products of Base a card without a link may be: their ids, the best first.
struct Recognised {
  std::vector<std::string> ids;
  RecordLink::By by = RecordLink::By::Code;
  bool conflict = false;  ///< SKU and name lead to different products.
};
using Recognise = std::function<base::BaseResult<Recognised>(base::Client&, const ErpProduct&)>;

/// By SKU where there is one.
Recognise by_sku(const std::string& inventory_id);
/// By SKU and by name, as the switch says (FIRMINO-PROD-05, -11, -13); where both lead somewhere
/// else the SKU counts (FIRMINO-PROD-14 [inferred]).
Recognise by_sku_and_name(const std::string& inventory_id, ProductMatch match);

/// How a card is sent.
struct CardSending {
  base::ProductWrite write;  ///< Of a new product.
  base::ProductWrite edit;   ///< Of one that is there.
  bool always = false;       ///< Also where nothing has changed since.
  Recognise recognise;
};

/// Adds the card's product or edits the one that is linked to it; counted in report.products. An
/// intent goes before each adding, the link and a receipt come with its answer.
void send_card(BaseWork& work, const ErpProduct& card, const CardSending& sending);

/// Writes figures of stock; counted in report.stock_written. Each product that Base refused, or of
/// which nobody knows whether Base took it, gets an entry under its name of `about` (one for each
/// change, in order).
void send_figures(BaseWork& work, const std::string& inventory_id,
                  const std::vector<base::StockChange>& changes,
                  const std::vector<std::string>& about);

}  // namespace atrapa::core
