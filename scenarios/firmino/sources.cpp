#include <fmt/format.h>

#include <array>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Which side has the say about products.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

/// One linked pair, edited on either side turn by turn, while one type or another is chosen. What a
/// turn leaves: "erp" and "base" say whose price each side must have afterwards; "calls": none
/// about products may be made, "writes": none that changes Base.
class Turns {
 public:
  Turns(const Story& story, Bench& bench, Judgement& judgement)
      : story_(story), bench_(bench), judgement_(judgement), office_(bench) {}

  void play() {
    card_ = card_json("K", "Kubek", "KUB-1", "10.00");
    office_.put_card(card_);
    product_ = office_.base().plant_product(product_json("Kubek", "KUB-1", "10.00"));
    // Linked by a first run under one of the automatic types.
    office_.connect(typed(story_.setup.at("linked_under").get<std::string>().c_str()));
    office_.tick();
    for (const Record& record : story_.records) turn(record);
    judgement_.expect_equal("products in Base", std::size_t{1}, office_.base().products().size());
    judgement_.expect_equal("cards in the books", std::size_t{1}, bench_.erp().products.size());
  }

 private:
  std::string erp_price() {
    const auto products = bench_.erp().products;
    return products.empty() ? "none" : view_of(products.front()).at("price").get<std::string>();
  }
  std::string base_price() {
    const mocks::base::Product* product = office_.base().product(product_);
    return product == nullptr ? "none" : view_of(*product).at("price").get<std::string>();
  }

  void turn(const Record& record) {
    office_.configure(typed(record.given.at("type").get<std::string>().c_str()));
    if (record.given.contains("base")) {
      office_.base().edit_product(product_, {{"prices", {{"105", record.given.at("base")}}}});
    }
    const std::string base_before = base_price();
    const std::uint64_t from = bench_.exchange_count();
    std::string erp_before = erp_price();
    if (record.given.contains("erp")) {
      card_["gross_price"] = record.given.at("erp");
      office_.put_card(card_);
      erp_before = short_decimal(record.given.at("erp").get<std::string>());
    }
    office_.tick();
    office_.tick();
    const std::string erp = record.expected.value("erp", "");
    const std::string base = record.expected.value("base", "");
    if (!erp.empty()) {
      judgement_.expect_equal(record.what + ": price in the books",
                              erp == "erp" ? erp_before : base_before, erp_price());
    }
    if (!base.empty()) {
      judgement_.expect_equal(record.what + ": price in Base",
                              base == "erp" ? erp_before : base_before, base_price());
    }
    std::vector<std::string> calls;
    for (const BaseCall& call : office_.base().calls(from)) {
      const bool writes = module_of(call) == "products" || module_of(call) == "warehouses";
      const bool about = call.method.find("InventoryProduct") != std::string::npos;
      if ((writes && !call.method.starts_with("get")) ||
          (about && !record.expected.value("calls", true))) {
        calls.push_back(call.method);
      }
    }
    if (!record.expected.value("writes", true)) {
      judgement_.expect_equal(record.what + ": calls that it must not make",
                              std::vector<std::string>{}, calls);
    }
  }

  const Story& story_;
  Bench& bench_;
  Judgement& judgement_;
  Office office_;
  Json card_;
  std::int64_t product_ = 0;
};

/// What is edited in a turn: nothing, the ERP's side, Base's, both.
Record turn_record(const char* type, int edits, int number) {
  static constexpr std::array kEdits{"edited in the ERP", "edited in Base", "edited on both sides",
                                     "not edited"};
  const bool erp = edits == 0 || edits == 2, base = edits == 1 || edits == 2;
  const std::string_view name = type;
  Record record{.what = fmt::format("{}, {}",
                                    name == "firmino" ? "with Firmino as the source"
                                    : name == "base"  ? "with BaseLinker as the source"
                                                      : "by hand",
                                    chosen(kEdits, edits)),
                .given = {{"type", type}}};
  if (erp) record.given["erp"] = fmt::format("{}.50", 20 + number);
  if (base) record.given["base"] = fmt::format("{}.25", 60 + number);
  if (name == "firmino") {
    record.expected["erp"] = "erp";
    if (erp) record.expected["base"] = "erp";
  } else if (name == "base") {
    record.expected = {{"erp", "base"}, {"base", "base"}, {"writes", false}};
  } else {
    record.expected = {{"erp", "erp"}, {"base", "base"}, {"writes", false}, {"calls", false}};
  }
  return record;
}

Rule turn_rule(std::string_view id, std::vector<const char*> types) {
  const int count = static_cast<int>(types.size());
  return make_story(
      page(),
      {.id = id,
       .shape =
           [count](const SwitchValues&) {
             return Shape{.edges = 4, .a = count, .b = 2, .most = 5};
           },
       .build =
           [types](const std::vector<Gene>& genes, const SwitchValues&) {
             Story story{.setup = {{"linked_under", genes.front().b == 0 ? "firmino" : "base"}},
                         .records = {}};
             int number = 0;
             for (const Gene& gene : genes) {
               story.records.push_back(turn_record(chosen(types, gene.a), gene.edge, ++number));
             }
             return story;
           },
       .oracle = [](const Story& story, Bench& bench,
                    Judgement& judgement) { Turns(story, bench, judgement).play(); }});
}

}  // namespace

std::vector<Rule> source_rules() {
  return {turn_rule("FIRMINO-PROD-01", {"firmino", "base", "manual"}),
          turn_rule("FIRMINO-PROD-09", {"firmino", "base"}),
          turn_rule("FIRMINO-PROD-10", {"manual"})};
}

}  // namespace atrapa::scenarios::firmino
