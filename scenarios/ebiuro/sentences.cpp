#include "scenarios/ebiuro/sentences.hpp"

#include <array>

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::Level;
using harness::Provenance;

constexpr std::array kSentences = std::to_array<Sentence>({
    {"EBIURO-CONF-01", Level::Should, Provenance::Seed,
     "Konfiguracja integracji z Base › pkt 7 Nazwa sklepu",
     "The integration has a free-text shop name that serves as its label in eBiuro."},
    {"EBIURO-CONF-02", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › pkt 7 Twój Base token",
     "The user supplies the API token of the Base account; eBiuro uses it for its calls to "
     "Base."},
    {"EBIURO-CONF-03", Level::Must, Provenance::Seed, "Konfiguracja integracji z Base › pkt 8",
     "On first save the system itself fills two new fields: the integration token (a uuid used "
     "in callback addresses) and a secret code."},
    {"EBIURO-CONF-04", Level::Must, Provenance::Seed, "Konfiguracja integracji z Base › pkt 9",
     "The remaining settings show up only after the connection test succeeds."},
    {"EBIURO-CONF-05", Level::Must, Provenance::Seed, "Konfiguracja integracji z Base › pkt 10",
     "Three settings have to be filled: invoice numbering, receipt numbering and sync "
     "direction."},
    {"EBIURO-CONF-06", Level::Must, Provenance::Inferred, "Konfiguracja integracji z Base › pkt 10",
     "Invoices take numbers from the invoice series and receipts from the receipt series."},
    {"EBIURO-DIR-01", Level::Must, Provenance::Seed, "Konfiguracja integracji z Base › pkt 11",
     "The sync direction takes exactly one of three values: none, eBiuro to shop, shop to "
     "eBiuro."},
    {"EBIURO-DIR-02", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › pkt 11 Brak synchronizacji",
     "With direction \"none\" no product or stock data move either way."},
    {"EBIURO-DIR-03", Level::Must, Provenance::Seed, "Konfiguracja integracji z Base › pkt 12",
     "The additional product and stock options are offered only when one of the two real "
     "directions is chosen."},
    {"EBIURO-PROD-01", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › pkt 12 Pobierz wszystkie produkty",
     "With direction eBiuro to shop and the \"fetch all products\" box ticked, products existing "
     "before are synchronised too."},
    {"EBIURO-PROD-02", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › pkt 12 Pobierz wszystkie produkty",
     "With direction shop to eBiuro and the box ticked, products existing in Base are imported "
     "too."},
    {"EBIURO-PROD-03", Level::Should, Provenance::Inferred,
     "Konfiguracja integracji z Base › pkt 12",
     "With the box not ticked, products existing before are left alone; only later changes "
     "move."},
    {"EBIURO-PROD-04", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › pkt 12 Grupa produktowa",
     "If product groups are selected, the sync covers only those groups, not the whole product "
     "base."},
    {"EBIURO-PROD-05", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › pkt 12 Grupa cenowa",
     "A price group can be selected for the sync."},
    {"EBIURO-PROD-06", Level::Must, Provenance::Inferred, "Konfiguracja integracji z Base › pkt 12",
     "With no group selected the whole product base takes part."},
    {"EBIURO-STOCK-01", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › pkt 12 Zsynchronizuj stany magazynowe",
     "With the stock option ticked, stock levels of the product base are carried from eBiuro "
     "to Base."},
    {"EBIURO-STOCK-02", Level::Must, Provenance::Seed, "Konfiguracja integracji z Base › pkt 12",
     "One warehouse is picked from a list and only its stock is used."},
    {"EBIURO-STOCK-03", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › uwaga pod pkt 12",
     "The stock option is available only when the direction is eBiuro to shop."},
    {"EBIURO-LIFE-01", Level::Should, Provenance::Seed,
     "Konfiguracja integracji z Base › akapit po pkt 13",
     "A saved integration is listed with four options: document list, configuration, "
     "deactivate, delete."},
    {"EBIURO-LIFE-02", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › Konfiguracja",
     "Settings can be edited in place; removing and adding the integration again is not "
     "needed."},
    {"EBIURO-LIFE-03", Level::Must, Provenance::Seed, "Konfiguracja integracji z Base › Dezaktywuj",
     "An integration can be deactivated."},
    {"EBIURO-LIFE-04", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › Usuń integrację", "An integration can be deleted."},
    {"EBIURO-LIFE-05", Level::Must, Provenance::Seed,
     "Konfiguracja integracji z Base › ostatni akapit",
     "Several shops on one platform are served by several integrations of the same platform."},
    {"EBIURO-EVT-01", Level::Must, Provenance::Seed, "Automatyczne akcje dla produktów › zdanie 1",
     "Product automatic actions matter only for direction shop to eBiuro; with other "
     "directions they must not change eBiuro products."},
    {"EBIURO-EVT-02", Level::Must, Provenance::Seed, "Automatyczne akcje dla produktów › zdanie 2",
     "Three actions must be saved in Base: for creation, edit and deletion of a product."},
    {"EBIURO-EVT-03", Level::Must, Provenance::Seed, "Automatyczne akcje dla produktów › pkt 1-8",
     "On product creation Base calls the product/sync address with the integration uuid, "
     "secretKey and productId; the new product then appears in eBiuro."},
    {"EBIURO-EVT-04", Level::Must, Provenance::Seed, "Automatyczne akcje dla produktów › pkt 9",
     "On product edit Base calls the same product/sync address and the eBiuro product is "
     "updated."},
    {"EBIURO-EVT-05", Level::Must, Provenance::Seed, "Automatyczne akcje dla produktów › pkt 10",
     "On product deletion Base calls the product/delete address and the product is removed in "
     "eBiuro."},
    {"EBIURO-EVT-06", Level::Must, Provenance::Seed,
     "Automatyczne akcje dla produktów › pkt 7; Automatyczne akcje dla zamówień › pkt 8",
     "integration_uuid and secret_key in the address are typed in by the user from eBiuro "
     "settings, while the bracketed product or order id is filled in by Base."},
    {"EBIURO-EVT-07", Level::Must, Provenance::Inferred, "Automatyczne akcje dla produktów › pkt 7",
     "A call with a wrong uuid or secret changes nothing."},
    {"EBIURO-EVT-08", Level::Must, Provenance::Inferred, "Automatyczne akcje dla produktów › pkt 7",
     "The call carries only an id, so eBiuro has to read the product or order from Base with "
     "the stored token."},
    {"EBIURO-ORD-01", Level::Must, Provenance::Seed, "Automatyczne akcje dla zamówień › pkt 5-9",
     "Orders travel through an automatic action: event \"status set\", chosen status, action "
     "\"call URL\" with the order/sync address and orderId."},
    {"EBIURO-ORD-02", Level::Must, Provenance::Seed, "Automatyczne akcje dla zamówień › pkt 6",
     "An order is sent when it is given a status equal to the one set in the action."},
    {"EBIURO-ORD-03", Level::Must, Provenance::Seed, "Automatyczne akcje dla zamówień › pkt 6",
     "Only after that can an invoice or receipt be issued in eBiuro."},
    {"EBIURO-ORD-04", Level::Must, Provenance::Seed,
     "Automatyczne akcje dla zamówień › zdanie po pkt 6",
     "One automatic task may name more than one status."},
    {"EBIURO-ORD-05", Level::Must, Provenance::Inferred, "Automatyczne akcje dla zamówień › pkt 6",
     "An order that never gets a configured status is never sent."},
    {"EBIURO-ORD-06", Level::Must, Provenance::Inferred, "Automatyczne akcje dla zamówień",
     "Repeated calls for one order leave a single eBiuro order."},
    {"EBIURO-NEW-01", Level::Must, Provenance::Seed,
     "Tworzenie zamówienia › pkt 6 pole dodatkowe 1",
     "The document kind is decided by extra field 1 of the order: the word for invoice or the "
     "word for receipt."},
    {"EBIURO-NEW-02", Level::Should, Provenance::Inferred, "Tworzenie zamówienia › pkt 6",
     "For an empty or unknown value of extra field 1 the result is undefined and must at least "
     "be reported."},
    {"EBIURO-NEW-03", Level::Should, Provenance::Seed, "Tworzenie zamówienia › pkt 6",
     "A hand-made Base order for this flow carries phone, client login and extra field 1."},
    {"EBIURO-NEW-04", Level::Should, Provenance::Seed, "Tworzenie zamówienia › pkt 8",
     "All delivery address fields are to be filled and saved."},
    {"EBIURO-NEW-05", Level::Should, Provenance::Seed, "Tworzenie zamówienia › pkt 9",
     "All invoice data fields are to be filled and saved."},
    {"EBIURO-NEW-06", Level::Should, Provenance::Seed, "Tworzenie zamówienia › pkt 4-5",
     "Order lines are chosen from the product list, so each line refers to a Base product."},
    {"EBIURO-DOC-01", Level::Must, Provenance::Seed, "Tworzenie zamówienia › ostatni akapit",
     "The sales document for the order comes into being once the proper status is chosen and "
     "the order is moved."},
    {"EBIURO-LIST-01", Level::Must, Provenance::Seed, "Lista zamówień › kolumny",
     "The order list shows order number, document number, status and an issue-document button."},
    {"EBIURO-LIST-02", Level::Must, Provenance::Seed, "Lista zamówień › kolumna Status",
     "The status shown in eBiuro changes when the order status changes in the shop."},
    {"EBIURO-LIST-03", Level::Must, Provenance::Seed, "Lista zamówień › przycisk",
     "An invoice or a receipt can be issued by hand from the list."},
    {"EBIURO-LIST-04", Level::Must, Provenance::Seed, "Lista zamówień › dwa rodzaje",
     "Every listed order is in one of two states: without document (button shown) or with "
     "document (number shown)."},
    {"EBIURO-LIST-05", Level::Must, Provenance::Inferred, "Lista zamówień › dwa rodzaje",
     "An order carries at most one sales document."},
});

}  // namespace

const Page& page() {
  static const Page page{
      .integration = "ebiuro-base", .document = kDocument, .sentences = kSentences};
  return page;
}

}  // namespace atrapa::scenarios::ebiuro
