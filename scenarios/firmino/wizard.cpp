#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// The wizard: token, modules, confirmation.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

// The token ---------------------------------------------------------------------------------------

constexpr const char* kWrongToken = "made-up-wrong-token";

/// Tokens are entered one after the other; each record says in whose names the next run may speak
/// once the form took its token: "none" for silence, "nobody" for a token of no account, "own",
/// "other"; and whether a form may refuse it, which leaves things as they were. What a form calls
/// itself, to try the token, says nothing.
void judge_tokens(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  plant(office.base(), bench, Json::object());
  std::set<std::string> allowed{"none"};
  for (const Record& record : story.records) {
    const auto entered = record.given.at("token").get<std::string>();
    const std::string token = entered == "own"     ? bench.base_access().token
                              : entered == "other" ? bench.base_access(true).token
                              : entered == "wrong" ? kWrongToken
                                                   : "";
    bool taken = false;
    if (entered != "none") {
      if (office.id().empty()) {
        taken = office.add_integration(token).done;
        if (taken) office.configure({{"orders", true}});
      } else {
        taken = bench.perform("set_token", {{"id", office.id()}, {"token", token}}).done;
      }
    }
    if (taken || record.expected.value("must_take", false)) {
      auto speaks = record.expected.at("speaks").get<std::set<std::string>>();
      if (record.expected.value("or_former", false)) speaks.merge(allowed);
      allowed = std::move(speaks);
    }
    const std::uint64_t from = bench.exchange_count();
    office.tick();
    std::set<std::string> speakers;
    for (const BaseCall& call : base_calls(bench, from)) {
      const bool own = call.account == bench.base_access().account;
      const bool other = call.account == bench.base_access(true).account;
      speakers.insert(own ? "own" : other ? "other" : "nobody");
    }
    if (speakers.empty()) speakers.insert("none");
    const bool right = speakers.size() == 1 && allowed.contains(*speakers.begin());
    judgement.expect(right, record.what + ": in whose name it calls Base",
                     fmt::format("{}", fmt::join(allowed, " or ")),
                     fmt::format("{}", fmt::join(speakers, " and ")));
  }
}

Rule token_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-CONF-01",
       .shape = [](const SwitchValues&) { return Shape{.edges = 5, .most = 6}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             static constexpr std::array kTokens{"own", "none", "blank", "wrong", "other"};
             Story story;
             for (const Gene& gene : genes) {
               const std::string token = chosen(kTokens, gene.edge);
               Json expected = Json::object();
               if (token == "own" || token == "other") {
                 expected = {{"speaks", {token}}, {"must_take", true}};
               } else if (token == "wrong") {
                 // Who was refused by Base may call no more.
                 expected = {{"speaks", {"nobody", "none"}}};
               } else if (token == "blank") {
                 // Nothing entered may leave the former one in force.
                 expected = {{"speaks", {"none"}}, {"or_former", true}};
               }
               story.records.push_back(
                   {.what = token == "none"    ? "no token entered"
                            : token == "blank" ? "an empty token entered"
                            : token == "wrong" ? "a token of nobody's entered"
                                               : "the token of the " + token + " account entered",
                    .given = {{"token", token}},
                    .expected = std::move(expected)});
             }
             return story;
           },
       .oracle = judge_tokens});
}

// The last question -------------------------------------------------------------------------------

/// Choices of modules, with settings that let each of them do something.
struct Modules {
  const char* what;
  bool orders, products, warehouses;
};
constexpr std::array kModules{
    Modules{"orders", true, false, false},
    Modules{"products", false, true, false},
    Modules{"warehouses", false, false, true},
    Modules{"orders and products", true, true, false},
    Modules{"orders and warehouses", true, false, true},
    Modules{"products and warehouses", false, true, true},
    Modules{"all modules", true, true, true},
    Modules{"no module", false, false, false},
};

Json settings_of(const Modules& modules) {
  return {{"orders", modules.orders},         {"products", modules.products},
          {"warehouses", modules.warehouses}, {"product_source", "firmino"},
          {"fetch_new_warehouses", true},     {"push_stock", true}};
}

/// Something for each module to do.
void furnish(Office& office, int cards = 1) {
  for (int i = 0; i < cards; ++i) {
    Json card =
        card_json(fmt::format("K{}", i), fmt::format("Kubek {}", i), fmt::format("KUB-{}", i));
    card["stocks"] = {{"M1", "5"}};
    office.put_card(card);
  }
  office.base().add_warehouse("Nowy w Base");
}

std::vector<std::string> data_calls(const BaseAccount& base, std::uint64_t from) {
  std::vector<std::string> methods;
  for (const BaseCall& call : base.calls(from)) {
    if (moves_data(call)) methods.push_back(call.method);
  }
  return methods;
}

void judge_answers(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  furnish(office);
  plant(office.base(), bench, Json::object());
  Json settings = story.setup.at("settings");
  settings["confirmed"] = false;
  office.connect(settings);
  for (const Record& record : story.records) {
    const auto act = record.given.at("act").get<std::string>();
    const std::uint64_t from = bench.exchange_count();
    if (act == "yes" || act == "no") {
      bench.perform("confirm", {{"id", office.id()}, {"yes", act == "yes"}});
    } else {
      office.tick();
    }
    const auto calls = data_calls(office.base(), from);
    const auto moves = record.expected.at("moves").get<std::string>();
    if (moves == "nothing") {
      judgement.expect_equal(record.what + ": calls that move data", std::vector<std::string>{},
                             calls);
    } else if (moves == "something") {
      // What there is to do may be to read alone.
      judgement.expect(!office.base().calls(from).empty(), record.what + ": calls of Base", "some",
                       "none");
    }
  }
}

Rule answer_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-CONF-02",
       .shape =
           [](const SwitchValues&) {
             return Shape{.edges = 3, .a = static_cast<int>(kModules.size()), .most = 5};
           },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             static constexpr std::array kActs{"tick", "no", "yes"};
             const Modules& modules = chosen(kModules, genes.front().a);
             Story story{.setup = {{"settings", settings_of(modules)}}, .records = {}};
             const bool any = modules.orders || modules.products || modules.warehouses;
             bool answered = false, confirmed = false;
             for (const Gene& gene : genes) {
               const std::string act = chosen(kActs, gene.edge);
               std::string moves = "nothing";
               if (act == "yes") {
                 moves = !any ? "nothing" : confirmed ? "not said" : "something";
                 confirmed = answered = true;
               } else if (act == "no") {
                 if (confirmed) moves = "not said";
                 answered = true;
               } else if (answered && any) {
                 // What a no postpones to is not said.
                 moves = "not said";
               }
               story.records.push_back(
                   {.what = fmt::format(
                        "{}, {}", modules.what,
                        act == "tick" ? "time for a run" : fmt::format("the answer is {}", act)),
                    .given = {{"act", act}},
                    .expected = {{"moves", moves}}});
             }
             return story;
           },
       .oracle = judge_answers});
}

// The summary -------------------------------------------------------------------------------------

void expect_figure(Judgement& judgement, const Json& answer, const char* figure,
                   std::size_t observed) {
  // What a summary holds is not described: only what it says is compared.
  if (!answer.contains(figure)) return;
  judgement.expect_equal(fmt::format("the summary's {}", figure), observed,
                         answer.at(figure).get<std::size_t>());
}

void judge_summary(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  for (const Record& record : story.records) {
    if (record.given.contains("card")) office.put_card(record.given.at("card"));
    if (record.given.contains("product")) office.base().plant_product(record.given.at("product"));
    if (record.given.contains("order")) plant(office.base(), bench, record.given);
  }
  Json settings = story.setup.at("settings");
  settings["confirmed"] = false;
  office.connect(settings);
  const std::size_t products = office.base().products().size();
  const harness::DeedResult summary =
      bench.perform("confirm", {{"id", office.id()}, {"yes", true}});
  judgement.expect(!summary.answer.empty(), "a summary of the first run", "one", "none");
  expect_figure(judgement, summary.answer, "orders_saved", bench.erp().orders.size());
  expect_figure(judgement, summary.answer, "products_added",
                office.base().products().size() - products);
}

Rule summary_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-CONF-03",
       .shape = [](const SwitchValues&) { return Shape{.edges = 6, .a = 4, .most = 6}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             static constexpr std::array kChosen{6, 0, 1, 7};
             const Modules& modules = chosen(kModules, chosen(kChosen, genes.front().a));
             Story story{.setup = {{"settings", settings_of(modules)}}, .records = {}};
             for (std::size_t i = 0; i < genes.size(); ++i) {
               const std::string name = fmt::format("Kubek {}", i), code = fmt::format("KUB-{}", i);
               const Json card = card_json(fmt::format("K{}", i), name, code);
               switch (genes[i].edge) {
                 case 1:
                   story.records.push_back({.what = "a new card", .given = {{"card", card}}});
                   break;
                 case 2:
                   story.records.push_back(
                       {.what = "a card and its product",
                        .given = {{"card", card}, {"product", product_json(name, code)}}});
                   break;
                 case 3:
                   // Whether it is taken over or not, the summary has to say so.
                   story.records.push_back(
                       {.what = "an order with a rate that is none",
                        .given = {{"order", Json::object()},
                                  {"lines", {{{"name", name}, {"tax_rate", 12.5}}}}}});
                   break;
                 case 4:
                   story.records.push_back({.what = "nothing to do", .given = Json::object()});
                   break;
                 case 5:
                   story.records.push_back(
                       {.what = "an order in another status",
                        .given = {{"order", {{"order_status_id", BaseAccount::kSent}}}}});
                   break;
                 default:
                   story.records.push_back(
                       {.what = "an order", .given = {{"order", Json::object()}}});
               }
             }
             return story;
           },
       .oracle = judge_summary});
}

// Modules -----------------------------------------------------------------------------------------

/// One choice of modules after the other, with something new for each module each time.
void judge_modules(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  furnish(office);
  office.connect(Json::object());
  int turn = 0;
  for (const Record& record : story.records) {
    ++turn;
    if (!office.configure(record.given.at("settings"))) {
      throw std::runtime_error("the connector refuses its settings");
    }
    const std::uint64_t from = bench.exchange_count();
    const std::size_t orders = bench.erp().orders.size();
    plant(office.base(), bench, Json::object());
    Json card = card_json(fmt::format("N{}", turn), fmt::format("Nowość {}", turn),
                          fmt::format("NOW-{}", turn));
    card["stocks"] = {{"M1", "5"}};
    office.put_card(card);
    office.tick();
    std::set<std::string> used;
    std::vector<std::string> others;
    for (const BaseCall& call : office.base().calls(from)) {
      const std::string module(module_of(call));
      if (module == "other") others.push_back(call.method);
      // The list of warehouses is what the option of the warehouses reads.
      if (call.method == "getInventoryWarehouses") used.insert("warehouses");
      if (!module.empty()) used.insert(module);
    }
    judgement.expect_equal(record.what + ": calls of a fourth kind", std::vector<std::string>{},
                           others);
    const Json& expected = record.expected.at("modules");
    for (const auto& [module, on] : expected.items()) {
      judgement.expect_equal(fmt::format("{}: calls about {}", record.what, module), on.get<bool>(),
                             used.contains(module));
    }
    if (expected.value("orders", true)) continue;
    judgement.expect_equal(record.what + ": orders in the books", orders,
                           bench.erp().orders.size());
  }
}

Rule module_rule(std::string_view id, bool on) {
  return make_story(
      page(), {.id = id,
               .shape =
                   [](const SwitchValues&) {
                     return Shape{.edges = static_cast<int>(kModules.size()), .most = 5};
                   },
               .build =
                   [on](const std::vector<Gene>& genes, const SwitchValues&) {
                     Story story;
                     for (const Gene& gene : genes) {
                       const Modules& modules = chosen(kModules, gene.edge);
                       Json expected = Json::object();
                       if (modules.orders == on) expected["orders"] = on;
                       if (modules.products == on) expected["products"] = on;
                       if (modules.warehouses == on) expected["warehouses"] = on;
                       story.records.push_back({.what = modules.what,
                                                .given = {{"settings", settings_of(modules)}},
                                                .expected = {{"modules", std::move(expected)}}});
                     }
                     return story;
                   },
               .oracle = judge_modules});
}

}  // namespace

std::vector<Rule> wizard_rules() {
  return {token_rule(), answer_rule(), summary_rule(), module_rule("FIRMINO-MOD-01", true),
          module_rule("FIRMINO-MOD-02", false)};
}

}  // namespace atrapa::scenarios::firmino
