#include <algorithm>

#include "core/sync/documents.hpp"
#include "scenarios/systim/bugs.hpp"

namespace atrapa::scenarios::systim {
namespace {

using core::Desk;
using core::Document;
using core::DocumentKind;
using core::ErpKey;
using core::Installation;
using core::Instant;
using core::Ledger;
using core::Objection;
using core::Result;
using core::ShownKey;

// The connector's life ---------------------------------------------------------------------------

bool any_message(const core::shoper::AppStoreMessage&, std::string_view) { return true; }

/// Notes that it was taken out and keeps all that it needs to go on.
void keeps_going(Ledger&, const std::string&, Instant) {}

/// Forgets the connection, not the shop: its address stays in the settings.
void takes_out_the_other(Ledger& ledger, const std::string& shop, Instant now) {
  const auto served = core::connected_shop(ledger);
  core::take_out(ledger, served ? served->shop : shop, now);
  if (served && served->shop != shop) core::take_out(ledger, shop, now);
}

std::optional<Objection> any_key_of_a_user(const Ledger& ledger, const ErpKey& key) {
  if (ledger.api_key_digest(key.login)) return std::nullopt;
  return core::erp_access(ledger, key);
}

std::optional<Objection> any_key_in_force(const Ledger& ledger, const ErpKey& key) {
  for (const char* login : {"jan", "ewa"}) {
    if (!core::erp_access(ledger, {login, key.key})) return std::nullopt;
  }
  return core::erp_access(ledger, key);
}

std::optional<Objection> empty_key_too(const Ledger& ledger, const ErpKey& key) {
  if (key.key.empty()) return std::nullopt;
  return core::erp_access(ledger, key);
}

/// A new installation keeps the tokens of the former one, as long as there are some.
void keeps_old_tokens(Ledger& ledger, const Installation& installation, Instant now) {
  Installation mixed = installation;
  if (const auto known = ledger.installation(installation.shop)) {
    mixed.keys.access_token = known->keys.access_token;
    mixed.keys.refresh_token = known->keys.refresh_token;
    mixed.keys.access_ends = known->keys.access_ends;
  }
  core::put_in(ledger, mixed, now);
}

/// Taken out, it remembers the keys for another time.
void keeps_keys_when_out(Ledger& ledger, const std::string& shop, Instant now) {
  const auto known = ledger.installation(shop);
  core::take_out(ledger, shop, now);
  if (!known) return;
  Installation kept = *known;
  kept.state = Installation::State::Uninstalled;
  ledger.put_installation(kept, now);
}

/// The address is that of the first installation for good.
void keeps_first_address(Ledger& ledger, const Installation& installation, Instant now) {
  Installation mixed = installation;
  if (const auto known = ledger.installation(installation.shop)) mixed.url = known->url;
  core::put_in(ledger, mixed, now);
}

/// The address without what it takes for ornament.
void trims_address(Ledger& ledger, const Installation& installation, Instant now) {
  Installation mixed = installation;
  for (const std::string_view ornament : {"www.", "sklep-"}) {
    const std::size_t at = mixed.url.find(ornament);
    if (at != std::string::npos) mixed.url.erase(at, ornament.size());
  }
  core::put_in(ledger, mixed, now);
}

/// The first shop stays for good, whichever form is saved afterwards.
void first_shop_stays(Ledger& ledger, const std::string& shop, Instant now) {
  if (!core::connected_shop(ledger)) core::connect_shop(ledger, shop, now);
}

std::string one_name_for_all(const Installation&) { return "systim-shoper@shop"; }

/// A shop that it was once taken out of does not come back.
void stays_out(Ledger& ledger, const Installation& installation, Instant now) {
  if (!ledger.installation(installation.shop)) core::put_in(ledger, installation, now);
}

std::vector<ShownKey> notes_keys(Ledger& ledger, const Installation& installation) {
  auto shown = core::show_keys(ledger, installation);
  std::vector<core::LogEntry> entries;
  for (const ShownKey& key : shown) {
    entries.push_back({core::Severity::Info, core::RecordKind::Run, "", core::Reason::NotConfigured,
                       key.name + ": " + key.value});
  }
  ledger.add_entries(0, entries);
  return shown;
}

std::vector<ShownKey> shows_code_alone(Ledger& ledger, const Installation& installation) {
  auto shown = core::show_keys(ledger, installation);
  std::erase_if(shown, [](const ShownKey& key) { return key.name == "access_token"; });
  return shown;
}

// Documents --------------------------------------------------------------------------------------

Document invoice_of(const Desk& desk, const core::ErpOrder& order) {
  Document draft;
  draft.kind = DocumentKind::Invoice;
  draft.series = "FV";
  draft.order_id = order.id;
  draft.contractor = order.contractor;
  draft.nip = order.nip;
  draft.issued_on = desk.today;
  draft.lines = order.lines;
  if (order.shipping_cost != core::Money{}) {
    core::ErpOrderLine shipping;
    shipping.name = "Dostawa";
    shipping.quantity = core::kOnePiece;
    shipping.vat = order.shipping_vat;
    shipping.value = order.shipping_cost;
    draft.lines.push_back(std::move(shipping));
  }
  draft.total_gross = order.total_gross;
  return draft;
}

/// As core::issue_invoice, once for an order, but with a draft that was tampered with.
template <typename Tamper>
std::function<Result<Document>(Desk&, std::int64_t)> tampered(Tamper tamper) {
  return [tamper](Desk& desk, std::int64_t id) -> Result<Document> {
    const auto order = desk.ledger.order(id);
    if (!order || !desk.ledger.documents_of(id).empty()) return core::issue_invoice(desk, id);
    Document draft = invoice_of(desk, *order);
    tamper(draft, *order);
    return desk.ledger.add_document(std::move(draft));
  };
}

Result<Document> invoices_again(Desk& desk, std::int64_t id) {
  const auto order = desk.ledger.order(id);
  if (!order) return core::issue_invoice(desk, id);
  return desk.ledger.add_document(invoice_of(desk, *order));
}

/// Notes say what leaves, and nothing leaves.
Result<Document> stock_stays(Desk& desk, std::int64_t order,
                             std::span<const core::GoodsPart> parts) {
  const auto before = desk.ledger.products();
  auto made = core::issue_goods(desk, order, parts);
  if (made) desk.ledger.put_products(before);
  return made;
}

/// The document takes the pieces off, and so does what follows it.
Result<Document> stock_falls_twice(Desk& desk, std::int64_t order,
                                   std::span<const core::GoodsPart> parts) {
  const auto before = desk.ledger.products();
  auto made = core::issue_goods(desk, order, parts);
  if (!made) return made;
  auto products = desk.ledger.products();
  for (std::size_t i = 0; i < products.size(); ++i) {
    if (products[i].stock == before[i].stock) continue;
    const std::int64_t fell =
        before[i].stock->value->millionths - products[i].stock->value->millionths;
    products[i].stock = core::read_quantity(
        core::to_text(core::Quantity{products[i].stock->value->millionths - fell}));
  }
  desk.ledger.put_products(products);
  return made;
}

/// Always the whole order, whatever was asked for.
Result<Document> whole_orders_only(Desk& desk, std::int64_t order,
                                   std::span<const core::GoodsPart>) {
  return core::issue_goods(desk, order, {});
}

/// The invoice takes the pieces off as well.
Result<Document> invoice_moves_stock(Desk& desk, std::int64_t id) {
  auto made = core::issue_invoice(desk, id);
  if (!made) return made;
  auto products = desk.ledger.products();
  for (const core::ErpOrderLine& line : made->lines) {
    for (core::ErpProduct& product : products) {
      if (product.id != line.product_id || !product.stock || !product.stock->value) continue;
      const core::Quantity left{product.stock->value->millionths - line.quantity.millionths};
      product.stock = core::read_quantity(core::to_text(left));
    }
  }
  desk.ledger.put_products(products);
  return made;
}

Result<core::Done> cancels_on_paper(Desk& desk, std::int64_t document) {
  if (desk.ledger.cancel_document(document, desk.now)) return core::Done{};
  return core::cancel_goods(desk, document);
}

Result<core::Shipment> ships_to_buyer(Desk& desk, std::int64_t id) {
  const auto order = desk.ledger.order(id);
  if (!order) return core::make_shipment(desk, id);
  return desk.ledger.add_shipment({.id = 0,
                                   .order_id = id,
                                   .recipient = order->buyer,
                                   .email = order->email,
                                   .made_at = desk.now});
}

}  // namespace

std::vector<Bug> life_bugs() {
  return {
      {"believes-any-message",
       "Installs and takes out the connector on messages whose hash it does not check.",
       {"SYSTIM-CONF-01"},
       [](core::Parts& parts) { parts.genuine_message = any_message; }},
      {"syncs-after-uninstall",
       "Takes no notice of being uninstalled and goes on calling the shop.",
       {"SYSTIM-CONF-01", "SYSTIM-CONF-06"},
       [](core::Parts& parts) { parts.take_out = keeps_going; }},
      {"takes-out-the-wrong-shop",
       "Ends the connection in force when the connector is taken out of any shop.",
       {"SYSTIM-CONF-06"},
       [](core::Parts& parts) { parts.take_out = takes_out_the_other; }},
      {"takes-any-key",
       "Looks for the user of an API key alone: an old key goes on opening the books.",
       {"SYSTIM-CONF-02", "SYSTIM-ORD-12"},
       [](core::Parts& parts) { parts.erp_access = any_key_of_a_user; }},
      {"takes-a-colleagues-key",
       "Takes the API key of another user for that of the user named.",
       {"SYSTIM-CONF-02"},
       [](core::Parts& parts) { parts.erp_access = any_key_in_force; }},
      {"takes-an-empty-key",
       "Saves the form without an API key and reads and writes the books.",
       {"SYSTIM-CONF-02"},
       [](core::Parts& parts) { parts.erp_access = empty_key_too; }},
      {"keeps-old-keys",
       "Uses the keys of a former installation after the connector was installed again.",
       {"SYSTIM-CONF-01", "SYSTIM-CONF-07", "SYSTIM-ORD-12"},
       [](core::Parts& parts) {
         parts.put_in = keeps_old_tokens;
         parts.take_out = keeps_keys_when_out;
       }},
      {"keeps-first-address",
       "Keeps the address of the first installation when the shop comes with another one.",
       {"SYSTIM-CONF-04", "SYSTIM-CONF-06"},
       [](core::Parts& parts) { parts.put_in = keeps_first_address; }},
      {"trims-addresses",
       "Shows another address than the shop's own domain.",
       {"SYSTIM-CONF-04"},
       [](core::Parts& parts) { parts.put_in = trims_address; }},
      {"first-shop-stays",
       "Goes on serving the first shop once the form was saved in a second one.",
       {"SYSTIM-CONF-06"},
       [](core::Parts& parts) { parts.connect = first_shop_stays; }},
      {"mixes-shops",
       "Keeps the orders of all shops under one name, so that one shop's order 1 is taken for the "
       "other's.",
       {"SYSTIM-CONF-06"},
       [](core::Parts& parts) { parts.integration_name = one_name_for_all; }},
      {"stays-out",
       "Takes no notice of being installed again in a shop that it was in.",
       {"SYSTIM-CONF-01", "SYSTIM-ORD-12"},
       [](core::Parts& parts) { parts.put_in = stays_out; }},
      {"logs-keys",
       "Writes the shop's keys into its log when they are shown.",
       {"SYSTIM-CONF-07"},
       [](core::Parts& parts) { parts.show_keys = notes_keys; }},
      {"shows-no-token",
       "Does not show the token that the shop sent last.",
       {"SYSTIM-CONF-07"},
       [](core::Parts& parts) { parts.show_keys = shows_code_alone; }},
  };
}

std::vector<Bug> desk_bugs() {
  return {
      {"invoices-again",
       "Issues a second invoice for an order that has one.",
       {"SYSTIM-DOC-01"},
       [](core::Parts& parts) { parts.issue_invoice = invoices_again; }},
      {"invoices-without-shipping",
       "Leaves the shipping cost off the invoice.",
       {"SYSTIM-DOC-01"},
       [](core::Parts& parts) {
         parts.issue_invoice = tampered([](Document& draft, const core::ErpOrder& order) {
           draft.lines = order.lines;
           draft.total_gross = draft.total_gross - order.shipping_cost;
         });
       }},
      {"invoices-the-shops-total",
       "Writes the shop's total on the invoice of an order with a line left out.",
       {"SYSTIM-DOC-01"},
       [](core::Parts& parts) {
         parts.issue_invoice = tampered([](Document& draft, const core::ErpOrder& order) {
           if (const auto total = core::parse_money(order.shop_total)) draft.total_gross = *total;
         });
       }},
      {"invoices-exempt-as-0",
       "Writes 0 % where a line is exempt from VAT.",
       {"SYSTIM-DOC-01"},
       [](core::Parts& parts) {
         parts.issue_invoice = tampered([](Document& draft, const core::ErpOrder&) {
           for (core::ErpOrderLine& line : draft.lines) {
             if (line.vat == "zw") line.vat = "0";
           }
         });
       }},
      {"invoices-without-nip",
       "Leaves the buyer's NIP off the invoice.",
       {"SYSTIM-DOC-01"},
       [](core::Parts& parts) {
         parts.issue_invoice =
             tampered([](Document& draft, const core::ErpOrder&) { draft.nip.clear(); });
       }},
      {"notes-move-nothing",
       "Makes a goods issue note that leaves the stock as it is.",
       {"SYSTIM-DOC-02"},
       [](core::Parts& parts) { parts.issue_goods = stock_stays; }},
      {"notes-move-twice",
       "Takes the pieces of a goods issue note off the stock twice.",
       {"SYSTIM-DOC-02"},
       [](core::Parts& parts) { parts.issue_goods = stock_falls_twice; }},
      {"notes-whole-orders",
       "Issues all of an order where a part was asked for.",
       {"SYSTIM-DOC-02"},
       [](core::Parts& parts) { parts.issue_goods = whole_orders_only; }},
      {"invoice-moves-stock",
       "Takes the pieces off the stock by the invoice and again by the goods issue note.",
       {"SYSTIM-DOC-02"},
       [](core::Parts& parts) { parts.issue_invoice = invoice_moves_stock; }},
      {"cancels-on-paper",
       "Cancels a goods issue note and does not give its pieces back.",
       {"SYSTIM-DOC-02"},
       [](core::Parts& parts) { parts.cancel_goods = cancels_on_paper; }},
      {"ships-to-buyer",
       "Sends the parcel to the address of the bill.",
       {"SYSTIM-DOC-02"},
       [](core::Parts& parts) { parts.make_shipment = ships_to_buyer; }},
  };
}

}  // namespace atrapa::scenarios::systim
