#include "scenarios/systim/sentences.hpp"

#include <array>

namespace atrapa::scenarios::systim {
namespace {

using harness::Level;
using harness::Provenance;

constexpr std::array kSentences = std::to_array<Sentence>({
    {"SYSTIM-CONF-01", Level::Must, Provenance::Seed, "Jak zintegrować Shoper z Systim.pl?",
     "The connector exists in a shop only after the app is installed from the appstore and its "
     "terms are accepted; configuration is opened from the list of installed apps."},
    {"SYSTIM-CONF-02", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie? › przypis *",
     "The configuration form needs access data of a Systim account, including an API key generated "
     "for one Systim user (Settings > Users > Options > generate key)."},
    {"SYSTIM-CONF-03", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie?",
     "Automatic operation starts only once the automatic order transfer option is ticked and the "
     "form is saved; from then on the app counts as configured."},
    {"SYSTIM-CONF-04", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie?",
     "After configuration the Systim side (Settings > Options > Integrations > Shoper) holds the "
     "address of the connected shop."},
    {"SYSTIM-CONF-05", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie?",
     "Unticking the automatic option and saving suspends synchronisation until it is ticked and "
     "saved again."},
    {"SYSTIM-CONF-06", Level::Should, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie? › lista opcji, pkt 1",
     "The option \"shop URL address\" shows which shop this Systim account is connected to at "
     "present, i.e. one shop per Systim account."},
    {"SYSTIM-CONF-07", Level::Should, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie? › lista opcji, pkt 2",
     "The option \"show Shoper access keys\" displays the keys the shop sent, only for checking "
     "the integration; it changes nothing."},
    {"SYSTIM-CSV-01", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie? › lista opcji, pkt 3",
     "The CSV export writes all products of Systim to one file."},
    {"SYSTIM-CSV-02", Level::Should, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie? › lista opcji, pkt 3",
     "The exported file can afterwards be loaded into Shoper."},
    {"SYSTIM-CMD-01", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie? › lista opcji, pkt 4",
     "\"Send products\" pushes products to Shoper."},
    {"SYSTIM-CMD-02", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie? › lista opcji, pkt 4",
     "\"Send products\" also runs the stock sync to Shoper and the order sync from Shoper in the "
     "same go."},
    {"SYSTIM-CMD-03", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie? › lista opcji, pkt 5",
     "\"Send stock levels\" pushes stock levels to Shoper."},
    {"SYSTIM-CMD-04", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie? › lista opcji, pkt 5",
     "\"Send stock levels\" also runs the order sync from Shoper."},
    {"SYSTIM-PREP-01", Level::Info, Provenance::Seed, "Jak przygotować produkty do synchronizacji?",
     "The makers ask that the sync be tried first on a test or not yet public instance of both "
     "systems and with untypical situations."},
    {"SYSTIM-STOCK-01", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › zdanie 1",
     "Stock is synchronised only for products that exist in both systems."},
    {"SYSTIM-STOCK-02", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › pkt 1",
     "A product takes part only if its gross price on the product card is greater than 0 in Systim "
     "and in Shoper."},
    {"SYSTIM-STOCK-03", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › pkt 2",
     "A product takes part only if a product code is set in both systems."},
    {"SYSTIM-STOCK-04", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › pkt 2",
     "Pairing requires the code to be identical in both systems; spaces and special characters "
     "count."},
    {"SYSTIM-STOCK-05", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › pkt 3",
     "A product takes part only if a category is assigned in both systems."},
    {"SYSTIM-STOCK-06", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › pkt 3",
     "The category must bear the identical name in both systems."},
    {"SYSTIM-STOCK-07", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › pkt 4",
     "A product takes part only if a VAT rate is set in both systems."},
    {"SYSTIM-STOCK-08", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › pkt 4",
     "The VAT rate must be identical in both systems."},
    {"SYSTIM-STOCK-09", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › pkt 5",
     "A product takes part only if Systim has at least 1 piece of it in stock."},
    {"SYSTIM-STOCK-10", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › lista warunków",
     "All conditions hold together: a product failing any one of them is left alone, the others "
     "are still synchronised."},
    {"SYSTIM-STOCK-11", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › akapit po liście",
     "The value written to Shoper is the stock exactly as set in Systim (absolute value, ERP "
     "wins)."},
    {"SYSTIM-STOCK-12", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › akapit po liście",
     "Stock sync runs automatically once the option \"automatically update orders\" is ticked."},
    {"SYSTIM-STOCK-13", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › akapit po liście",
     "Stock sync can be started by hand with \"send stock levels\"."},
    {"SYSTIM-STOCK-14", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › ostatni akapit",
     "If the shop is set to whole-number stock, the Systim quantity must be a whole number too; "
     "otherwise stock transfer goes wrong."},
    {"SYSTIM-STOCK-15", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie?",
     "After configuration the shop stock is kept up to date continuously on the basis of Systim "
     "stock."},
    {"SYSTIM-STOCK-16", Level::Must, Provenance::Inferred,
     "Jak dokładnie działa synchronizacja stanów magazynowych?",
     "Shop stock is never written back to Systim; a sale reaches Systim stock only through orders "
     "and documents."},
    {"SYSTIM-STOCK-17", Level::Should, Provenance::Inferred,
     "Jak dokładnie działa synchronizacja stanów magazynowych? › pkt 2",
     "When a code is not unique on either side, pairing is undefined; the core must not update an "
     "arbitrary product silently."},
    {"SYSTIM-ORD-01", Level::Must, Provenance::Seed,
     "Systim Connector – wtyczka dla sklepu Shoper.pl",
     "When a customer creates an order it is saved in Shoper first and then sent to Systim and "
     "saved there."},
    {"SYSTIM-ORD-02", Level::Must, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie?",
     "From configuration on every order placed in the shop reaches Systim."},
    {"SYSTIM-ORD-03", Level::Should, Provenance::Seed,
     "Jak skonfigurować aplikację Systim.pl Connector w sklepie?",
     "Orders older than the configuration moment are not part of the automatic transfer."},
    {"SYSTIM-ORD-04", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › zdanie 1",
     "Orders are copied: the shop order stays as it was."},
    {"SYSTIM-ORD-05", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › zdanie 2",
     "Order lines are matched to Systim products by identical product code."},
    {"SYSTIM-ORD-06", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › zdanie 3",
     "If an ordered product is missing in Systim, the Systim order may be created without that "
     "line."},
    {"SYSTIM-ORD-07", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › zdanie 3",
     "Leaving a line out changes the total: the Systim order value is the sum of the lines that "
     "were kept."},
    {"SYSTIM-ORD-08", Level::Should, Provenance::Inferred,
     "Jak dokładnie działa synchronizacja zamówień? › zdanie 3",
     "An order none of whose lines can be matched is a grey case that must be reported."},
    {"SYSTIM-ORD-09", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › akapit 2",
     "The order sync also causes a stock sync."},
    {"SYSTIM-ORD-10", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › akapit 3",
     "The order sync runs automatically once the option is ticked."},
    {"SYSTIM-ORD-11", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › UWAGA",
     "Only orders placed through the shop are imported; orders entered in the admin panel are "
     "not."},
    {"SYSTIM-ORD-12", Level::Should, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › akapit po UWAGA",
     "If orders are not fetched although the data are right, reinstalling the app and generating "
     "new keys is the recovery."},
    {"SYSTIM-ORD-13", Level::Must, Provenance::Inferred,
     "Jak dokładnie działa synchronizacja zamówień?",
     "One shop order never yields more than one Systim order, whatever mix of automatic and manual "
     "runs happens."},
    {"SYSTIM-ORD-14", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › UWAGA; Systim Connector – wtyczka dla sklepu "
     "Shoper.pl",
     "Fetched orders land in the Orders tab as orders; no invoice is created by the transfer "
     "itself."},
    {"SYSTIM-DOC-01", Level::Must, Provenance::Seed,
     "Systim Connector – wtyczka dla sklepu Shoper.pl",
     "An invoice for a fetched order can be issued from within Systim."},
    {"SYSTIM-DOC-02", Level::Must, Provenance::Seed,
     "Systim Connector – wtyczka dla sklepu Shoper.pl",
     "A goods-issue note (WZ) and a courier shipment can be made from the data of the order."},
    {"SYSTIM-LIM-01", Level::Should, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › akapit o wersji językowej",
     "Only a shop in the Polish language version is supported; switching on further languages may "
     "break the sync."},
    {"SYSTIM-LIM-02", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja zamówień? › akapit o magazynach",
     "Several warehouses on the Shoper side are not supported; with such a setting the sync does "
     "not succeed."},
    {"SYSTIM-PROD-01", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja produktów? › zdanie 1",
     "Product sync adds to Shoper the Systim products that have no product code."},
    {"SYSTIM-PROD-02", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja produktów? › zdanie 1",
     "Product sync adds to Shoper the Systim products whose code has no counterpart there."},
    {"SYSTIM-PROD-03", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja produktów? › zdanie 1",
     "A Systim product whose code exists in Shoper is not added again."},
    {"SYSTIM-PROD-04", Level::Should, Provenance::Inferred,
     "Jak dokładnie działa synchronizacja produktów?",
     "Repeating product sync without changes should not multiply products."},
    {"SYSTIM-PROD-05", Level::Must, Provenance::Seed,
     "Jak dokładnie działa synchronizacja produktów? › zdanie 2",
     "Product sync performs a stock sync at the same time."},
    {"SYSTIM-PROD-06", Level::May, Provenance::Seed,
     "Jak dokładnie działa synchronizacja produktów? › ostatnie zdanie",
     "The text says product sync can be started with \"send stock levels\"."},
});

}  // namespace

const Page& page() {
  static const Page page{
      .integration = kIntegration, .document = kDocument, .sentences = kSentences};
  return page;
}

}  // namespace atrapa::scenarios::systim
