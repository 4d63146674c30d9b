#include <fmt/format.h>

#include <array>
#include <string_view>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"
#include "scenarios/ebiuro/words.hpp"

// What an order becomes: its document, its buyer, its addresses, its lines.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;

Json content_setup(const char* direction = "to_shop") {
  return setup_of({{"direction", direction}}, kAllEvents, {402});
}

// NEW-01, -02 -------------------------------------------------------------------------------------

Record worded(const DocumentWord& word, bool wants_invoice, const SwitchValues& switches,
              bool reported) {
  RecordDraft draft{.what = fmt::format("extra field 1 holds {}", word.what)};
  if (wants_invoice) draft.what += ", an invoice ticked";
  draft.steps = {order_step(word.word, {{"want_invoice", wants_invoice},
                                        {"invoice_nip", word.nip},
                                        {"invoice_company", word.nip.empty() ? "" : "Młyn s.c."}}),
                 step("mark"), move_step(402)};
  const std::string kind =
      made_by_the_move(switches) ? wanted_kind(word, wants_invoice, switches) : "";
  if (kind == "?") {
    draft.expected["end"]["order"] = {order_with("invoice"), order_with("")};
  } else {
    draft.expected["end"]["order"] = order_with(kind);
    if (kind.empty()) draft.expected["end"]["row"] = "button";
  }
  if (reported) {
    draft.steps.push_back(see("reported"));
    draft.expected["reported"] = {{"logged", "yes"}};
  }
  return record_of(std::move(draft));
}

Story build_words(const std::vector<Gene>& genes, const SwitchValues& switches) {
  Story story{.setup = content_setup(), .records = {}};
  for (const Gene& gene : genes) {
    story.records.push_back(
        worded(pick(document_words(), gene.edge), gene.b == 1, switches, false));
  }
  return story;
}

Story build_unknown_words(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const bool waits = value_of(switches, "ebiuro.doc_word_unknown") == "wait";
  Story story{.setup = content_setup(), .records = {}};
  for (const Gene& gene : genes) {
    story.records.push_back(worded(pick(unknown_words(), gene.edge), gene.b == 1, switches, waits));
  }
  return story;
}

// NEW-03 ------------------------------------------------------------------------------------------

Story build_clients(const std::vector<Gene>& genes, const SwitchValues&) {
  struct Client {
    const char* what;
    Json fields;
  };
  static const std::vector<Client> clients = {
      {"phone and login", {{"phone", "601202303"}, {"user_login", "ewa"}}},
      {"another client",
       {{"phone", "+48 22 555 66 77"}, {"user_login", "Jan.K"}, {"email", "jan@example.com"}}},
      {"no phone", {{"phone", ""}, {"user_login", "ola"}}},
      {"no login", {{"phone", "600700800"}, {"user_login", ""}}},
      {"the login of another client",
       {{"user_login", "ewa"}, {"phone", "602303404"}, {"invoice_fullname", "Ewa Inna"}}},
      {"a long login", {{"user_login", std::string(60, 'x')}}},
  };
  Story story{.setup = content_setup(), .records = {}};
  for (const Gene& gene : genes) {
    const Client& client = pick(clients, gene.edge);
    story.records.push_back(record_of(
        {.what = client.what,
         .steps = {order_step(gene.b == 0 ? "faktura" : "paragon", client.fields), move_step(402)},
         .expected = {{"end", {{"imported", "one order"}, {"client", "as in Base"}}}}}));
  }
  return story;
}

// NEW-04 ------------------------------------------------------------------------------------------

Story build_deliveries(const std::vector<Gene>& genes, const SwitchValues&) {
  struct Delivery {
    const char* what;
    Json fields;                      ///< Over the usual ones below.
    std::vector<std::string> pieces;  ///< Must be in the delivery address.
  };
  static const std::vector<Delivery> deliveries = {
      {"a whole address", Json::object(), {"Morska 7", "81-323", "Gdynia", "PL"}},
      {"no street", {{"delivery_address", ""}}, {"81-323", "Gdynia", "PL"}},
      {"no postcode", {{"delivery_postcode", ""}}, {"Morska 7", "Gdynia", "PL"}},
      {"no city", {{"delivery_city", ""}}, {"Morska 7", "81-323", "PL"}},
      {"no country", {{"delivery_country_code", ""}}, {"Morska 7", "81-323", "Gdynia"}},
      {"no name", {{"delivery_fullname", ""}}, {"Morska 7", "81-323", "Gdynia", "PL"}},
      {"a pickup point",
       {{"delivery_point_id", "GDY01"},
        {"delivery_point_name", "Automat GDY01"},
        {"delivery_point_address", "Portowa 1"},
        {"delivery_point_city", "Gdynia"}},
       {"81-323", "Gdynia"}},
      {"abroad",
       {{"delivery_address", "Hafenstraße 9"},
        {"delivery_postcode", "20359"},
        {"delivery_city", "Hamburg"},
        {"delivery_country_code", "DE"}},
       {"Hafenstraße 9", "20359", "Hamburg", "DE"}},
  };
  static const Json usual = {
      {"delivery_fullname", "Ewa Odbiorcza"}, {"delivery_address", "Morska 7"},
      {"delivery_postcode", "81-323"},        {"delivery_city", "Gdynia"},
      {"delivery_country_code", "PL"},        {"invoice_address", "Długa 3"},
      {"invoice_postcode", "31-002"},         {"invoice_city", "Kraków"}};
  Story story{.setup = content_setup(), .records = {}};
  for (const Gene& gene : genes) {
    const Delivery& delivery = pick(deliveries, gene.edge);
    Json fields = usual;
    fields.update(delivery.fields);
    Record record = record_of({.what = delivery.what,
                               .steps = {order_step("faktura", fields), move_step(402)},
                               .expected = {{"end", {{"delivery", "as it should be"}}}}});
    record.given["pieces"] = delivery.pieces;
    record.given["not_these"] = {"Długa 3", "31-002", "Kraków"};
    story.records.push_back(std::move(record));
  }
  return story;
}

// NEW-05 ------------------------------------------------------------------------------------------

Story build_buyers(const std::vector<Gene>& genes, const SwitchValues&) {
  struct Buyer {
    const char* what;
    std::string fullname, company, nip;
    std::string name, number;  ///< On the document, the number in digits.
  };
  static const std::vector<Buyer> buyers = {
      {"a person", "Jan Kupny", "", "", "Jan Kupny", ""},
      {"a firm with a NIP", "Jan Kupny", "Młyn sp. z o.o.", "5250000009", "Młyn sp. z o.o.",
       "5250000009"},
      {"a firm of the same name and another NIP", "Adam Inny", "Młyn sp. z o.o.", "7770001111",
       "Młyn sp. z o.o.", "7770001111"},
      {"a NIP with dashes", "", "Tartak s.c.", "640-000-00-01", "Tartak s.c.", "6400000001"},
      {"a NIP with its country", "", "Cegielnia", "PL8300000178", "Cegielnia", "8300000178"},
      {"a firm without a NIP", "Jan Kupny", "Zakład Kupny", "", "Zakład Kupny", ""},
      {"a firm of a known NIP under another name", "", "MŁYN", "5250000009", "MŁYN", "5250000009"},
      {"a person of the same name with another login", "Jan Kupny", "", "", "Jan Kupny", ""},
  };
  Story story{.setup = content_setup(), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Buyer& buyer = pick(buyers, genes[i].edge);
    const bool receipt = genes[i].b == 1;
    const Json fields = {{"delivery_fullname", "Ewa Odbiorcza"},
                         {"delivery_company", "Odbiory S.A."},
                         {"delivery_address", "Morska 7"},
                         {"delivery_postcode", "81-323"},
                         {"delivery_city", "Gdynia"},
                         {"invoice_fullname", buyer.fullname},
                         {"invoice_company", buyer.company},
                         {"invoice_nip", buyer.nip},
                         {"invoice_address", "Długa 3"},
                         {"invoice_postcode", "31-002"},
                         {"invoice_city", "Kraków"},
                         {"user_login", genes[i].edge == 7 ? "jk2" : "jk"}};
    RecordDraft draft{.what = fmt::format("{}, {}", buyer.what, receipt ? "receipt" : "invoice")};
    const char* const word = receipt ? "paragon" : "faktura";
    if (genes[i].edge == 2) {  // The other firm has ordered before.
      Json first = fields;
      first["invoice_nip"] = "5250000009";
      draft.steps = {order_step(word, first), move_step(402)};
    }
    for (const Json& next : {order_step(word, fields), move_step(402),
                             Json{{"do", "issue"}, {"kind", receipt ? "receipt" : "invoice"}}}) {
      draft.steps.push_back(next);
    }
    draft.expected = {{"end",
                       {{"buyer", "as it should be"},
                        {"paper_name", buyer.name},
                        {"paper_nip", buyer.number},
                        {"contractor_nip", buyer.number}}}};
    Record record = record_of(std::move(draft));
    record.given["pieces"] = {"Długa 3", "31-002", "Kraków"};
    record.given["not_these"] = {"Morska 7", "81-323", "Gdynia"};
    story.records.push_back(std::move(record));
  }
  // Whom a receipt without invoice data is made out to is not said: it must come in all the same.
  if (genes.front().c == 1) {
    story.records.push_back(
        record_of({.what = "no invoice data, receipt",
                   .steps = {order_step("paragon", {{"invoice_fullname", ""},
                                                    {"invoice_address", ""},
                                                    {"invoice_postcode", ""},
                                                    {"invoice_city", ""},
                                                    {"invoice_country_code", ""}}),
                             move_step(402),
                             {{"do", "issue"}, {"kind", "receipt"}}},
                   .expected = {{"end", {{"order", "one order, receipt"}}}}}));
  }
  return story;
}

// NEW-06 ------------------------------------------------------------------------------------------

Story build_lines(const std::vector<Gene>& genes, const SwitchValues&) {
  struct Lines {
    const char* what;
    Json others;         ///< Lines beside the product's own.
    int own = 1;         ///< How often the product's own line is there.
    const char* linked;  ///< "*" for the product's card, "?" for whatever is open, in order.
    bool deleted = false;
  };
  static const Json dearer = {{"quantity", 3}, {"price_brutto", 7.35}, {"tax_rate", 8}};
  static const Json free = {{"name", "Grawer"}, {"sku", ""}, {"price_brutto", 5}};
  static const std::vector<Lines> all = {
      {"a product", Json::array(), 1, "*"},
      {"a product and a free line", {free}, 1, "? *"},
      {"free lines alone", {free, {{"name", "Pakowanie"}, {"price_brutto", 3}}}, 0, "? ?"},
      {"a line of a product that Base no longer has",
       {{{"name", "Dawny"}, {"sku", "DAWNY"}, {"product_id", "999999"}, {"storage", "db"}}},
       1,
       "? *"},
      {"the same product on two lines", Json::array(), 2, "* *"},
      {"no lines, a shipping cost", Json::array(), 0, ""},
      {"a line that costs nothing", {{{"name", "Gratis"}, {"price_brutto", 0}}}, 1, "? *"},
      {"a marketplace's line without a product",
       {{{"name", "Z aukcji"}, {"sku", "AUK-1"}, {"auction_id", "77"}}},
       1,
       "? *"},
      {"a product deleted since", Json::array(), 1, "?", true},
  };
  Story story{.setup = content_setup("from_shop"), .records = {}};
  std::size_t cards = genes.size();
  for (const Gene& gene : genes) {
    if (pick(all, gene.edge).deleted) --cards;
  }
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Lines& lines = pick(all, genes[i].edge);
    const Json order = {{"do", "order"},
                        {"fields", {{"extra_field_1", "faktura"}, {"delivery_price", 10}}},
                        {"lines", lines.others},
                        {"product_lines", lines.own},
                        {"product_line", genes[i].b == 1 ? dearer : Json::object()}};
    RecordDraft draft{.what = lines.what, .code = fmt::format("P-{}", i + 1)};
    draft.steps = {product_step(), order};
    if (lines.deleted) draft.steps.push_back(step("delete"));
    draft.steps.push_back(move_step(402));
    draft.expected = {{"end",
                       {{"imported", "one order"},
                        {"linked", lines.linked},
                        {"lines", "as in Base"},
                        {"cards", std::to_string(cards)}}}};
    if (lines.linked[0] != '\0') {
      draft.steps.push_back({{"do", "issue"}, {"kind", "invoice"}});
      draft.expected["end"]["paper_lines"] = "as in Base";
      // Whether lines of no known product can be invoiced is not said.
      if (std::string_view(lines.linked).find('?') != std::string_view::npos) {
        draft.expected["end"]["paper_lines"] = {"as in Base", "no document"};
      }
    }
    Record record = record_of(std::move(draft));
    record.given["linked"] = lines.linked;
    story.records.push_back(std::move(record));
  }
  return story;
}

StoryDraft content_draft(std::string_view id, int edges, decltype(StoryDraft::build) build,
                         std::vector<std::string> switches = {}) {
  return {
      .id = id,
      .switches = std::move(switches),
      .shape =
          [edges](const SwitchValues&) { return Shape{.edges = edges, .b = 2, .c = 2, .most = 6}; },
      .build = std::move(build),
      .oracle = play};
}

}  // namespace

std::vector<harness::Rule> content_rules() {
  const std::vector<std::string> words = {"ebiuro.document_trigger", "ebiuro.doc_word_match",
                                          "ebiuro.doc_word_unknown"};
  std::vector<StoryDraft> drafts = {
      content_draft("EBIURO-NEW-01", static_cast<int>(document_words().size()), build_words, words),
      content_draft("EBIURO-NEW-02", static_cast<int>(unknown_words().size()), build_unknown_words,
                    words),
      content_draft("EBIURO-NEW-03", 6, build_clients),
      content_draft("EBIURO-NEW-04", 8, build_deliveries),
      content_draft("EBIURO-NEW-05", 8, build_buyers),
      content_draft("EBIURO-NEW-06", 9, build_lines),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& draft : drafts) rules.push_back(make_story(page(), std::move(draft)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
