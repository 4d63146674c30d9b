#include "scenarios/firmino/sentences.hpp"

#include <array>

namespace atrapa::scenarios::firmino {
namespace {

using harness::Level;
using harness::Provenance;

constexpr std::array kSentences = std::to_array<Sentence>({
    {"FIRMINO-CONF-01", Level::Must, Provenance::Seed, "(wstęp)",
     "The steps start only after a BaseLinker API token was entered and full integration was "
     "chosen."},
    {"FIRMINO-CONF-02", Level::Must, Provenance::Seed, "5. Potwierdzenie synchronizacji › zdanie 1",
     "The last step asks whether the chosen modules are to be integrated and data sent at "
     "once."},
    {"FIRMINO-CONF-03", Level::Should, Provenance::Seed,
     "5. Potwierdzenie synchronizacji › zdanie 2",
     "Afterwards a summary of the performed integration is shown."},
    {"FIRMINO-MOD-01", Level::Must, Provenance::Seed, "1. Wybierz moduły, które chcesz zintegrować",
     "Three modules can be integrated: orders, products, warehouses."},
    {"FIRMINO-MOD-02", Level::Must, Provenance::Inferred,
     "1. Wybierz moduły, które chcesz zintegrować",
     "A module that is not chosen causes no traffic of its kind."},
    {"FIRMINO-ORD-01", Level::Must, Provenance::Seed,
     "1. Wybierz moduły, które chcesz zintegrować › Zamówienia",
     "The orders module fetches orders and issues invoices on their basis."},
    {"FIRMINO-ORD-02", Level::Must, Provenance::Seed,
     "2. Skonfiguruj zakres integracji modułu Zamówienia › Datę od kiedy",
     "Only orders from a given date on are fetched."},
    {"FIRMINO-ORD-03", Level::Must, Provenance::Seed,
     "2. Skonfiguruj zakres integracji modułu Zamówienia › Rodzaj domyślnego dokumentu",
     "The default sales document kind (receipt or invoice) is applied when orders are "
     "fulfilled."},
    {"FIRMINO-ORD-04", Level::Must, Provenance::Seed,
     "2. Skonfiguruj zakres integracji modułu Zamówienia › Automatycznego dobierania typu "
     "dokumentu",
     "With automatic choice on, the kind is picked per order."},
    {"FIRMINO-ORD-05", Level::Must, Provenance::Seed,
     "2. Skonfiguruj zakres integracji modułu Zamówienia › Wysyłania faktur; "
     "firmino.pl/pomoc/pelna-integracja-konfiguracja (nowsza wersja)",
     "With \"send invoices\" on, issuing a document stores its printout at the order in "
     "BaseLinker."},
    {"FIRMINO-ORD-06", Level::Must, Provenance::Inferred,
     "2. Skonfiguruj zakres integracji modułu Zamówienia › Wysyłania faktur",
     "With that option off, no document leaves Firmino for BaseLinker."},
    {"FIRMINO-ORD-07", Level::Must, Provenance::Seed,
     "2. Skonfiguruj zakres integracji modułu Zamówienia › Łączenia produktów; "
     "firmino.pl/pomoc/pelna-integracja-konfiguracja (nowsza wersja)",
     "With \"link products\" on, order lines are tied to Firmino products and reduce their "
     "stock."},
    {"FIRMINO-ORD-08", Level::Must, Provenance::Doc,
     "firmino.pl/pomoc/pelna-integracja-konfiguracja (nowsza wersja)",
     "If the product is not known, a new one is added while linking."},
    {"FIRMINO-ORD-09", Level::Should, Provenance::Inferred,
     "2. Skonfiguruj zakres integracji modułu Zamówienia › Łączenia produktów",
     "With the option off, lines are not tied to the product base and stock does not move "
     "through them."},
    {"FIRMINO-ORD-10", Level::Must, Provenance::Seed,
     "2. Skonfiguruj zakres integracji modułu Zamówienia › Łączenie kontrahentów; "
     "firmino.pl/pomoc/pelna-integracja-konfiguracja (nowsza wersja)",
     "With \"link contractors\" on, the buyer is tied to a Firmino contractor; an unknown buyer "
     "is added."},
    {"FIRMINO-ORD-11", Level::Must, Provenance::Seed,
     "2. Skonfiguruj zakres integracji modułu Zamówienia › jaki status mają mieć zamówienia",
     "Only orders with the BaseLinker statuses named in the settings may be fetched."},
    {"FIRMINO-ORD-12", Level::Must, Provenance::Inferred,
     "2. Skonfiguruj zakres integracji modułu Zamówienia",
     "Date and status conditions apply together."},
    {"FIRMINO-ORD-13", Level::Must, Provenance::Inferred,
     "2. Skonfiguruj zakres integracji modułu Zamówienia",
     "An order is fetched and documented once, and an order that reaches an allowed status "
     "late is still fetched."},
    {"FIRMINO-PROD-01", Level::Must, Provenance::Seed,
     "3. Skonfiguruj zakres integracji modułu Produkty",
     "For products exactly one of three types is chosen: automatic with Firmino as source, "
     "automatic with BaseLinker as source, manual."},
    {"FIRMINO-PROD-02", Level::Must, Provenance::Seed,
     "3. Skonfiguruj zakres integracji modułu Produkty › Automatyczna: Streamsoft Firmino",
     "With Firmino as source, product information is sent to BaseLinker automatically."},
    {"FIRMINO-PROD-03", Level::Must, Provenance::Doc,
     "firmino.pl/pomoc/synchronizacja-produktow-automatyczna-zrodlo-streamsoft-firmino › "
     "Aktualizacja danych",
     "Each opening and saving of a product card sends the information."},
    {"FIRMINO-PROD-04", Level::Must, Provenance::Doc,
     "firmino.pl/pomoc/synchronizacja-produktow-automatyczna-zrodlo-streamsoft-firmino › Jak "
     "działa synchronizacja",
     "Each newly added Firmino product is sent and makes a new record in BaseLinker."},
    {"FIRMINO-PROD-05", Level::Must, Provenance::Doc,
     "firmino.pl/pomoc/synchronizacja-produktow-automatyczna-zrodlo-streamsoft-firmino › Jak "
     "działa synchronizacja",
     "Products are found and joined by SKU and name; then the BaseLinker id is stored and "
     "identifies the pair."},
    {"FIRMINO-PROD-06", Level::Must, Provenance::Doc,
     "firmino.pl/pomoc/synchronizacja-produktow-automatyczna-zrodlo-streamsoft-firmino › "
     "Konfiguracja",
     "With \"update product name in BaseLinker\" on, the Base name follows Firmino; off, Base "
     "keeps its own name."},
    {"FIRMINO-PROD-07", Level::Must, Provenance::Doc,
     "firmino.pl/pomoc/synchronizacja-produktow-automatyczna-zrodlo-streamsoft-firmino › "
     "Konfiguracja",
     "With \"overwrite pictures\" on, Firmino pictures replace those in BaseLinker."},
    {"FIRMINO-PROD-08", Level::Must, Provenance::Seed,
     "3. Skonfiguruj zakres integracji modułu Produkty › Automatyczna: BaseLinker",
     "With BaseLinker as source, Firmino always has the newest information."},
    {"FIRMINO-PROD-09", Level::Must, Provenance::Inferred,
     "3. Skonfiguruj zakres integracji modułu Produkty",
     "The side that is not the source never overwrites the source."},
    {"FIRMINO-PROD-10", Level::Must, Provenance::Seed,
     "3. Skonfiguruj zakres integracji modułu Produkty › Ręczny proces",
     "In manual mode nothing moves until the user starts it."},
    {"FIRMINO-PROD-11", Level::Must, Provenance::Seed,
     "3. Skonfiguruj zakres integracji modułu Produkty › akapit \"Chcąc synchronizować\"",
     "For joining, one of two conditions should hold: SKU filled in both systems, or the same "
     "name in both."},
    {"FIRMINO-PROD-12", Level::Must, Provenance::Seed,
     "3. Skonfiguruj zakres integracji modułu Produkty › akapit \"Jeżeli co najmniej jeden\"",
     "A BaseLinker product that does not meet the condition is taken as new and makes a new "
     "card in Firmino."},
    {"FIRMINO-PROD-13", Level::May, Provenance::Seed,
     "3. Skonfiguruj zakres integracji modułu Produkty › akapit \"Jeżeli co najmniej jeden\"",
     "The sentence says a new card is made when at least one of the conditions is not met."},
    {"FIRMINO-PROD-14", Level::Should, Provenance::Inferred,
     "3. Skonfiguruj zakres integracji modułu Produkty",
     "If SKU points to one product and name to another, the choice must be fixed and reported."},
    {"FIRMINO-WH-01", Level::Must, Provenance::Seed,
     "4. Skonfiguruj zakres integracji modułu Magazyny › Połączyć wybrany Magazyn",
     "A BaseLinker warehouse can be joined with a Firmino warehouse."},
    {"FIRMINO-WH-02", Level::Must, Provenance::Seed,
     "4. Skonfiguruj zakres integracji modułu Magazyny › zdanie 1",
     "With joined warehouses, while orders are fetched the warehouse a product comes from is "
     "detected and its stock reduced."},
    {"FIRMINO-WH-03", Level::Should, Provenance::Inferred,
     "4. Skonfiguruj zakres integracji modułu Magazyny",
     "A line from a warehouse that is not joined must not reduce an arbitrary warehouse."},
    {"FIRMINO-WH-04", Level::Must, Provenance::Seed,
     "4. Skonfiguruj zakres integracji modułu Magazyny › Pobranie nowych magazynów",
     "Option: new BaseLinker warehouses are taken over into Firmino."},
    {"FIRMINO-WH-05", Level::Must, Provenance::Seed,
     "4. Skonfiguruj zakres integracji modułu Magazyny › Wysyłaj automatycznie stany",
     "Option: stock levels are sent to BaseLinker automatically."},
    {"FIRMINO-WH-06", Level::Must, Provenance::Seed,
     "4. Skonfiguruj zakres integracji modułu Magazyny › nawias",
     "That option exists only when Firmino is the product source."},
    {"FIRMINO-WH-07", Level::Must, Provenance::Inferred,
     "4. Skonfiguruj zakres integracji modułu Magazyny",
     "A sale must lower stock once: BaseLinker lowers its own figure on the order, Firmino "
     "lowers its own, and the absolute value sent afterwards agrees."},
});

}  // namespace

const Page& page() {
  static const Page page{
      .integration = "firmino-base", .document = kDocument, .sentences = kSentences};
  return page;
}

}  // namespace atrapa::scenarios::firmino
