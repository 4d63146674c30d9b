#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Documents issued for orders.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

/// Name, quantity, price and VAT of a line, as texts.
std::string line_text(std::string_view name, std::string_view quantity, std::string_view price,
                      std::string_view vat) {
  return fmt::format("{} x {} at {}, VAT {}", short_decimal(quantity), name, short_decimal(price),
                     vat);
}

template <typename Lines>
std::vector<std::string> line_texts(const Lines& lines) {
  std::vector<std::string> texts;
  for (const auto& line : lines) {
    if (short_decimal(line.quantity) == "0") continue;  // Whether it is kept is not said.
    texts.push_back(line_text(line.name, line.quantity, line.unit_price, line.vat));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::vector<std::string> expected_lines(const Record& record) {
  auto texts = record.expected.at("lines").get<std::vector<std::string>>();
  std::sort(texts.begin(), texts.end());
  return texts;
}

// An order becomes a document ---------------------------------------------------------------------

/// An order of Base and what the ERP has to make of it.
struct Sale {
  const char* what;
  Json order;
  std::vector<Json> lines;
  std::vector<std::string> expected;
  const char* total;
  bool document = true;  ///< False: whether it gets one is not said.
};

Json sold(const char* name, double price, int quantity, double vat) {
  return {{"name", name}, {"price_brutto", price}, {"quantity", quantity}, {"tax_rate", vat}};
}

const std::vector<Sale>& sales() {
  static const std::vector<Sale> sales = {
      {"one line", {}, {sold("Kubek", 12, 1, 23)}, {"1 x Kubek at 12, VAT 23"}, "12.00"},
      {"two lines and shipping",
       {{"delivery_price", 14.99}},
       {sold("Kubek", 19.99, 3, 23), sold("Gazeta", 4.35, 1, 8)},
       {"3 x Kubek at 19.99, VAT 23", "1 x Gazeta at 4.35, VAT 8"},
       "79.31"},
      {"a price that binary fractions miss",
       {},
       {sold("Talerz", 4.35, 1, 23), sold("Miska", 1.15, 3, 5)},
       {"1 x Talerz at 4.35, VAT 23", "3 x Miska at 1.15, VAT 5"},
       "7.80"},
      {"the same product on two lines",
       {},
       {sold("Kubek", 10, 1, 23), sold("Kubek", 8, 2, 23)},
       {"1 x Kubek at 10, VAT 23", "2 x Kubek at 8, VAT 23"},
       "26.00"},
      {"a line of no pieces",
       {},
       {sold("Kubek", 10, 1, 23), sold("Talerz", 30, 0, 23)},
       {"1 x Kubek at 10, VAT 23"},
       "10.00"},
      {"a discount line",
       {},
       {sold("Kubek", 30, 1, 23), sold("Rabat", -5, 1, 23)},
       {"1 x Kubek at 30, VAT 23", "1 x Rabat at -5, VAT 23"},
       "25.00"},
      {"exempt, zero and not subject",
       {},
       {sold("Kurs", 100, 1, -1), sold("Eksport", 50, 1, 0), sold("Usługa", 20, 1, -0.02),
        sold("Złom", 10, 1, -0.03)},
       {"1 x Kurs at 100, VAT zw", "1 x Eksport at 50, VAT 0", "1 x Usługa at 20, VAT np",
        "1 x Złom at 10, VAT oo"},
       "180.00"},
      {"rates of other countries and of former years",
       {},
       {sold("Buch", 19, 1, 19), sold("Boek", 21, 1, 21), sold("Stary", 22, 1, 22)},
       {"1 x Buch at 19, VAT 19", "1 x Boek at 21, VAT 21", "1 x Stary at 22, VAT 22"},
       "62.00"},
      {"a variant, a bundle and a product deleted since",
       {},
       {Json{{"name", "Koszulka L"},
             {"price_brutto", 40},
             {"quantity", 1},
             {"tax_rate", 23},
             {"storage", "db"},
             {"product_id", "8001"},
             {"variant_id", "8002"},
             {"sku", "KOS-L"}},
        Json{{"name", "Zestaw"},
             {"price_brutto", 60},
             {"quantity", 2},
             {"tax_rate", 23},
             {"bundle_id", 8100}},
        Json{{"name", "Wycofany"},
             {"price_brutto", 5},
             {"quantity", 1},
             {"tax_rate", 23},
             {"storage", "db"},
             {"product_id", "8999"}}},
       {"1 x Koszulka L at 40, VAT 23", "2 x Zestaw at 60, VAT 23", "1 x Wycofany at 5, VAT 23"},
       "165.00"},
      {"no lines", {}, {}, {}, "0.00", false},
      {"nothing but a shipping cost", {{"delivery_price", 15}}, {}, {}, "15.00", false},
  };
  return sales;
}

/// Who buys, and what an invoice must say of it.
struct Customer {
  const char* what;
  Json fields;
  const char* name;
  const char* nip;
};

const std::vector<Customer>& customers() {
  static const std::vector<Customer> customers = {
      {"", {{"invoice_fullname", "Anna Nowak"}}, "Anna Nowak", ""},
      {", for a company",
       {{"invoice_fullname", ""},
        {"invoice_company", "Młyn sp. z o.o."},
        {"invoice_nip", "5250000009"}},
       "Młyn sp. z o.o.",
       "5250000009"},
      {", for a company whose NIP has dashes",
       {{"invoice_fullname", ""},
        {"invoice_company", "Tartak Leśny"},
        {"invoice_nip", "777-000-11-11"}},
       "Tartak Leśny",
       "7770001111"},
      {", for a company without a NIP",
       {{"invoice_fullname", ""}, {"invoice_company", "Kino Wrona"}},
       "Kino Wrona",
       ""},
  };
  return customers;
}

/// The digits of a NIP, without the dashes and the country that some write.
std::string nip_digits(std::string text) {
  std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
  return text;
}

/// An invoice is made out to its order's buyer; what a receipt says of one is not said.
void expect_buyer(const Record& record, const harness::ErpDocument& paper, Judgement& judgement) {
  const auto nip = record.expected.at("nip").get<std::string>();
  const std::string shown = nip_digits(paper.nip);
  if (paper.kind != "invoice") {
    judgement.expect(shown.empty() || shown == nip, record.what + ": NIP on the receipt",
                     nip.empty() ? "none" : nip + " or none", shown);
    return;
  }
  const auto buyer = record.expected.at("buyer").get<std::string>();
  judgement.expect(paper.contractor.find(buyer) != std::string::npos,
                   record.what + ": buyer on the invoice", buyer,
                   paper.contractor.empty() ? "nobody" : paper.contractor);
  judgement.expect_equal(record.what + ": NIP on the invoice", nip, shown);
}

/// No two documents of a kind have one number.
void expect_numbers(Bench& bench, Judgement& judgement) {
  std::map<std::string, int> times;
  for (const harness::ErpDocument& paper : bench.erp().papers) {
    if (paper.kind == "invoice" || paper.kind == "receipt") {
      ++times[fmt::format("{} '{}'", paper.kind, paper.number)];
    }
  }
  for (const auto& [paper, count] : times) {
    judgement.expect_equal("documents called " + paper, 1, count);
  }
}

void judge_sales(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  office.connect({{"orders", true}, {"usual_document", story.setup.at("usual")}});
  std::vector<std::int64_t> ids;
  for (const Record& record : story.records) {
    ids.push_back(plant(office.base(), bench, record.given));
  }
  office.tick();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Record& record = story.records[i];
    const auto orders = office.orders(ids[i]);
    judgement.expect_equal(record.what + ": orders in the ERP", std::size_t{1}, orders.size());
    if (orders.size() != 1) continue;
    judgement.expect_equal(record.what + ": lines of the order", expected_lines(record),
                           line_texts(orders.front().lines));
    const auto total = record.expected.at("total").get<std::string>();
    judgement.expect_equal(record.what + ": total of the order", total, orders.front().total_gross);
    if (!record.expected.at("document").get<bool>()) continue;
    judgement.expect_equal(record.what + ": documents after the fetch",
                           record.expected.at("fetched_documents").get<std::size_t>(),
                           office.documents(ids[i]).size());
    office.fulfil(ids[i]);
    const auto papers = office.documents(ids[i]);
    judgement.expect_equal(record.what + ": documents in the end", std::size_t{1}, papers.size());
    if (papers.size() != 1) continue;
    std::vector<std::string> lines = line_texts(papers.front().lines);
    // Shipping has a line of its own; how it is called is not said.
    const auto expected = expected_lines(record);
    std::erase_if(lines, [&](const std::string& line) {
      const bool known = std::find(expected.begin(), expected.end(), line) != expected.end();
      return !known && record.given.at("order").contains("delivery_price");
    });
    judgement.expect_equal(record.what + ": lines of the document", expected, lines);
    judgement.expect_equal(record.what + ": total of the document", total,
                           papers.front().total_gross);
    expect_buyer(record, papers.front(), judgement);
  }
  expect_numbers(bench, judgement);
}

Rule sales_rule() {
  return make_story(
      page(), {.id = "FIRMINO-ORD-01",
               .switches = {"firmino.document_moment"},
               .shape =
                   [](const SwitchValues&) {
                     return Shape{.edges = static_cast<int>(sales().size()),
                                  .seconds = static_cast<int>(customers().size()),
                                  .a = 2,
                                  .most = 6};
                   },
               .build =
                   [](const std::vector<Gene>& genes, const SwitchValues& switches) {
                     Story story{.setup = {{"usual", genes.front().a == 0 ? "invoice" : "receipt"}},
                                 .records = {}};
                     for (const Gene& gene : genes) {
                       const Sale& sale = chosen(sales(), gene.edge);
                       const Customer& customer = chosen(customers(), gene.second);
                       Json order = sale.order.is_null() ? Json::object() : sale.order;
                       order.update(customer.fields);
                       story.records.push_back(
                           {.what = fmt::format("{}{}", sale.what, customer.what),
                            .given = {{"order", std::move(order)}, {"lines", sale.lines}},
                            .expected = {{"lines", sale.expected},
                                         {"total", sale.total},
                                         {"buyer", customer.name},
                                         {"nip", customer.nip},
                                         {"document", sale.document},
                                         {"fetched_documents", on_fetch(switches) ? 1 : 0}}});
                     }
                     return story;
                   },
               .oracle = judge_sales});
}

// Which kind of document --------------------------------------------------------------------------

/// A buyer; whom an automatic choice must give which kind where receipts are usual.
struct Buyer {
  const char* what;
  Json order;
  std::vector<const char*> automatic;  ///< Kinds that fit.
};

const std::vector<Buyer>& buyers() {
  // The page names default kind, country of the warehouse and of the contractor as what an
  // automatic choice looks at; NIP and the buyer's wish it does not name.
  static const std::vector<Buyer> buyers = {
      {"a private person", {}, {"receipt"}},
      {"a company with a NIP",
       {{"invoice_company", "Młyn"}, {"invoice_nip", "5250000009"}},
       {"invoice", "receipt"}},
      {"a person who asks for an invoice", {{"want_invoice", true}}, {"invoice", "receipt"}},
      {"a person abroad",
       {{"invoice_country_code", "DE"}, {"delivery_country_code", "DE"}},
       {"invoice"}},
      {"a company abroad",
       {{"invoice_company", "Mühle GmbH"},
        {"invoice_country_code", "DE"},
        {"delivery_country_code", "DE"}},
       {"invoice"}},
      {"a person at home who has it sent abroad",
       {{"delivery_country_code", "CZ"}},
       {"invoice", "receipt"}},
      {"a company without a NIP", {{"invoice_company", "Młyn"}}, {"invoice", "receipt"}},
      {"a company with a NIP that asks for an invoice",
       {{"invoice_company", "Tartak"}, {"invoice_nip", "7770001111"}, {"want_invoice", true}},
       {"invoice", "receipt"}},
  };
  return buyers;
}

void judge_kinds(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  office.connect({{"orders", true},
                  {"usual_document", story.setup.at("usual")},
                  {"automatic_document", story.setup.at("automatic")}});
  std::vector<std::int64_t> ids;
  for (const Record& record : story.records) {
    ids.push_back(plant(office.base(), bench, record.given));
  }
  office.tick();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Record& record = story.records[i];
    office.fulfil(ids[i]);
    const auto kinds = record.expected.at("kinds").get<std::vector<std::string>>();
    const auto papers = office.documents(ids[i]);
    const std::string kind =
        papers.size() == 1 ? papers.front().kind : fmt::format("{} documents", papers.size());
    judgement.expect(std::find(kinds.begin(), kinds.end(), kind) != kinds.end(),
                     record.what + ": its document", fmt::format("{}", fmt::join(kinds, " or ")),
                     kind);
  }
}

Rule kind_rule(std::string_view id, bool automatic) {
  return make_story(
      page(),
      {.id = id,
       .shape =
           [](const SwitchValues&) {
             return Shape{.edges = static_cast<int>(buyers().size()), .a = 2, .most = 6};
           },
       .build =
           [automatic](const std::vector<Gene>& genes, const SwitchValues&) {
             const char* const usual = genes.front().a == 0 ? "receipt" : "invoice";
             Story story{.setup = {{"usual", usual}, {"automatic", automatic}}, .records = {}};
             for (const Gene& gene : genes) {
               const Buyer& buyer = chosen(buyers(), gene.edge);
               Json kinds = Json::array();
               for (const char* kind : buyer.automatic) kinds.push_back(kind);
               if (!automatic) {
                 kinds = Json::array({usual});
               } else if (genes.front().a != 0 && kinds.size() == 1) {
                 // Where invoices are usual nothing is said that would lead to a receipt.
                 kinds = Json::array({"invoice"});
               }
               Json order = buyer.order.is_null() ? Json::object() : buyer.order;
               story.records.push_back({.what = buyer.what,
                                        .given = {{"order", std::move(order)}},
                                        .expected = {{"kinds", std::move(kinds)}}});
             }
             return story;
           },
       .oracle = judge_kinds});
}

}  // namespace

std::vector<Rule> document_rules() {
  return {sales_rule(), kind_rule("FIRMINO-ORD-03", false), kind_rule("FIRMINO-ORD-04", true)};
}

}  // namespace atrapa::scenarios::firmino
