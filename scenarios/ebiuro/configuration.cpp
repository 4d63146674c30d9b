#include <fmt/format.h>

#include <set>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"

// The form of an integration.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::Bench;
using harness::Judgement;
using harness::SwitchValues;

Shape form_shape(int edges, int b = 1) { return {.edges = edges, .b = b, .most = 6}; }

Json listed(Office& office, const std::string& id) {
  const auto list = office.perform("list_integrations", Json::object());
  for (const Json& row : list.answer.value("integrations", Json::array())) {
    if (row.value("id", "") == id) return row;
  }
  return nullptr;
}

// CONF-01 -----------------------------------------------------------------------------------------

Story build_labels(const std::vector<Gene>& genes, const SwitchValues&) {
  static const std::vector<std::pair<const char*, std::string>> labels = {
      {"a name", "Sklep"},
      {"the same name as another one's", "Sklep"},
      {"no name", ""},
      {"a name with a picture sign", "🛒 Sklep"},
      {"a name with markup", "<b>Sklep</b> & \"syn\""},
      {"a name between spaces", " Sklep "},
      {"a long name", std::string(120, 'S')},
  };
  Story story;
  for (const Gene& gene : genes) {
    const auto& [what, label] = pick(labels, gene.edge);
    story.records.push_back(
        {.what = what, .given = {{"label", label}}, .expected = {{"label", label}}});
  }
  return story;
}

void judge_labels(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement);
  std::vector<std::string> ids;
  for (const Record& record : story.records) {
    const std::string label = record.given.at("label").get<std::string>();
    const auto added =
        office.perform("add_integration", {{"label", label}, {"token", bench.base_access().token}});
    // Whether a name has to be there is not said.
    judgement.expect(added.done || label.empty(), record.what + ": saved", "yes", added.why);
    ids.push_back(added.done ? added.answer.value("id", "") : "");
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i].empty()) continue;
    const Record& record = story.records[i];
    const std::string wanted = record.expected.at("label").get<std::string>();
    const Json row = listed(office, ids[i]);
    judgement.expect_equal(record.what + ": the name in the list", wanted,
                           row.is_null() ? std::string("not listed") : row.value("label", ""));
    for (const harness::ErpIntegration& one : bench.erp().integrations) {
      if (one.id == ids[i]) judgement.expect_equal(record.what + ": the name", wanted, one.label);
    }
  }
  // A name is no key: what is done to the first one is done to no other.
  if (ids.empty() || ids.front().empty()) return;
  office.must("remove_integration", {{"id", ids.front()}});
  for (std::size_t i = 1; i < ids.size(); ++i) {
    if (ids[i].empty()) continue;
    judgement.expect(!listed(office, ids[i]).is_null(),
                     story.records[i].what + ": listed after another one was deleted", "yes", "no");
  }
}

// CONF-02 -----------------------------------------------------------------------------------------

Story build_tokens(const std::vector<Gene>& genes, const SwitchValues&) {
  static const std::vector<const char*> edges = {
      "as it was copied",    "replaced by another one",  "revoked",
      "with a space behind", "with a line break behind",
  };
  Story story;
  for (const Gene& gene : genes) {
    story.records.push_back({.what = fmt::format("token {}{}", pick(edges, gene.edge),
                                                 gene.b == 1 ? ", other account" : ""),
                             .given = {{"edge", gene.edge}, {"other", gene.b == 1}},
                             .expected = {{"orders", gene.edge == 2 ? 0 : 1}}});
  }
  return story;
}

void judge_tokens(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement);
  for (const Record& record : story.records) {
    const int edge = record.given.at("edge").get<int>();
    const bool other = record.given.at("other").get<bool>();
    BaseAccount base = office.base(other);
    const auto new_token = [&] { return base.panel("make-token", {{"name", "ERP"}}).at("token"); };
    const std::string token = new_token().get<std::string>();
    const std::string typed = token + (edge == 3 ? " " : edge == 4 ? "\n" : "");
    std::uint64_t from = bench.exchange_count();
    const auto own_calls = [&](const char* when) {
      const std::string& account = bench.base_access(other).account;
      for (const BaseCall& call : base_calls(bench, from)) {
        // A token that Base does not know is nobody's.
        const bool own = call.account == account || (edge != 0 && call.account.empty());
        judgement.expect(
            own, fmt::format("{}: account whose token {} bore {}", record.what, call.method, when),
            account, call.account);
      }
    };
    Office::Integration one{.id = {}, .secret = {}, .other = other};
    const auto added = office.perform("add_integration", {{"label", "Sklep"}, {"token", typed}});
    judgement.expect(added.done || edge >= 3, record.what + ": saved", "yes", added.why);
    if (!added.done) continue;
    one.id = added.answer.value("id", "");
    one.secret = added.answer.value("secret", "");
    const bool tested = office.perform("test_connection", {{"id", one.id}}).done;
    own_calls("in the test");
    // Whether what was copied with the token is taken off is not said.
    judgement.expect(tested || edge >= 3, record.what + ": tested", "yes", "no");
    if (!tested) continue;
    if (!office.configure(one, {{"direction", "to_shop"}}).done) continue;
    if (edge == 1) {
      const std::string next = new_token().get<std::string>();
      office.must("edit_integration", {{"id", one.id}, {"label", "Sklep"}, {"token", next}});
      office.must("test_connection", {{"id", one.id}});
    }
    if (edge == 1 || edge == 2) base.panel("revoke-token", {{"token", token}});
    from = bench.exchange_count();
    const std::int64_t order = base.add_order({{"extra_field_1", "faktura"}});
    bench.call_connector(
        {.method = "GET",
         .target = fmt::format("/v1/order/sync/baselinker/{}?secretKey={}&orderId={}", one.id,
                               one.secret, order),
         .headers = {},
         .body = {}});
    own_calls("for an order");
    judgement.expect_equal(record.what + ": orders by it", record.expected.at("orders").get<int>(),
                           static_cast<int>(office.orders(one, order).size()));
  }
}

// CONF-03 -----------------------------------------------------------------------------------------

Story build_secrets(const std::vector<Gene>& genes, const SwitchValues&) {
  static const std::vector<const char*> edges = {
      "saved once", "saved again", "tested and saved again", "set up and saved again"};
  Story story;
  for (const Gene& gene : genes) {
    story.records.push_back({.what = pick(edges, gene.edge), .given = {{"edge", gene.edge}}});
  }
  return story;
}

void judge_secrets(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement);
  const std::string token = bench.base_access().token;
  std::set<std::string> ids;
  std::set<std::string> secrets;
  std::vector<Office::Integration> all;
  for (const Record& record : story.records) {
    const auto added = office.must("add_integration", {{"label", "Sklep"}, {"token", token}});
    all.push_back({added.answer.value("id", ""), added.answer.value("secret", "")});
    judgement.expect(!all.back().id.empty(), record.what + ": its uuid", "filled in", "empty");
    judgement.expect(!all.back().secret.empty(), record.what + ": its secret", "filled in",
                     "empty");
    judgement.expect(ids.insert(all.back().id).second, record.what + ": its uuid", "its own alone",
                     "another one's too");
    judgement.expect(secrets.insert(all.back().secret).second, record.what + ": its secret",
                     "its own alone", "another one's too");
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Record& record = story.records[i];
    const int edge = record.given.at("edge").get<int>();
    const auto save = [&] {
      office.must("edit_integration", {{"id", all[i].id}, {"label", "Sklep 2"}, {"token", token}});
    };
    if (edge >= 1) save();
    if (edge >= 2) office.must("test_connection", {{"id", all[i].id}});
    if (edge >= 3) office.configure(all[i], {{"direction", "none"}});
    if (edge >= 2) save();
    const Json row = listed(office, all[i].id);
    judgement.expect_equal(record.what + ": its secret in the list", all[i].secret,
                           row.is_null() ? std::string("not listed") : row.value("secret", ""));
  }
}

// CONF-04, -05 ------------------------------------------------------------------------------------

/// As many integrations as records, each at that stage.
Json staged(std::size_t count, const char* stage) {
  const Json row = {{"stage", stage}};
  return {{"integrations", std::vector<Json>(count, row)}};
}

Story build_tests(const std::vector<Gene>& genes, const SwitchValues&) {
  const Json test = form_step("test_connection");
  const Json wrong = form_step("edit_integration", {{"label", "Sklep"}, {"token", "not-"}});
  const Json right = form_step("edit_integration", {{"label", "Sklep"}, {"token", ""}});
  const Json configure = configure_step({{"direction", "to_shop"}});
  const auto blocked = [](bool on) {
    return Json{{"do", "panel"}, {"operation", "block-account"}, {"body", {{"blocked", on}}}};
  };
  struct Way {
    const char* what;
    std::vector<Json> steps;
    const char* taken;
  };
  const std::vector<Way> ways = {
      {"never tested", {}, "no"},
      {"tested", {test}, "yes"},
      {"tested with a wrong token", {wrong, test}, "no"},
      {"tested with a wrong token, then with the right one", {wrong, test, right, test}, "yes"},
      {"tested, then with a wrong token", {test, wrong, test}, "no"},
      {"tested while the account is blocked", {blocked(true), test, blocked(false)}, "no"},
      {"tested while the account is blocked, and again",
       {blocked(true), test, blocked(false), test},
       "yes"},
  };
  Story story{.setup = staged(genes.size(), "saved"), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Way& way = pick(ways, genes[i].edge);
    RecordDraft draft{.what = way.what, .steps = way.steps, .by = static_cast<int>(i)};
    for (const Json& then : {configure, see("configured")}) draft.steps.push_back(then);
    draft.expected = {{"configured", {{"done", way.taken}}}};
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

Story build_settings(const std::vector<Gene>& genes, const SwitchValues&) {
  const Json all = {{"invoice_series", "FV"}, {"receipt_series", "PAR"}, {"direction", "to_shop"}};
  const auto without = [&](const std::vector<std::string>& names) {
    Json some = all;
    for (const std::string& name : names) some.erase(name);
    return form_step("configure", {{"settings", some}});
  };
  const Json whole = without({});
  Json same = all;
  same["receipt_series"] = "FV";
  struct Form {
    const char* what;
    std::vector<Json> steps;
    Json imported;
  };
  const std::vector<Form> forms = {
      {"all three", {whole}, "one order"},
      {"no numbering of invoices", {without({"invoice_series"})}, "no order"},
      {"no numbering of receipts", {without({"receipt_series"})}, "no order"},
      {"no direction", {without({"direction"})}, "no order"},
      {"none of the three",
       {without({"invoice_series", "receipt_series", "direction"})},
       "no order"},
      {"no direction at first", {without({"direction"}), whole}, "one order"},
      // Whether one series may serve both kinds is not said.
      {"one series for both kinds",
       {form_step("configure", {{"settings", same}})},
       Json::array({"no order", "one order"})},
  };
  Story story{.setup = staged(genes.size(), "tested"), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Form& form = pick(forms, genes[i].edge);
    RecordDraft draft{.what = form.what, .by = static_cast<int>(i)};
    draft.steps = {order_step(genes[i].b == 0 ? "faktura" : "paragon"), move_step(402)};
    draft.steps.insert(draft.steps.end(), form.steps.begin(), form.steps.end());
    draft.steps.push_back(call_step(kOrderCall));
    draft.expected = {{"end", {{"imported", form.imported}}}};
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

}  // namespace

std::vector<harness::Rule> configuration_rules() {
  const auto draft = [](std::string_view id, Shape shape, decltype(StoryDraft::build) build,
                        decltype(StoryDraft::oracle) oracle) -> StoryDraft {
    return {.id = id,
            .shape = [shape](const SwitchValues&) { return shape; },
            .build = std::move(build),
            .oracle = std::move(oracle)};
  };
  std::vector<StoryDraft> drafts = {
      draft("EBIURO-CONF-01", form_shape(7), build_labels, judge_labels),
      draft("EBIURO-CONF-02", form_shape(5, 2), build_tokens, judge_tokens),
      draft("EBIURO-CONF-03", form_shape(4), build_secrets, judge_secrets),
      draft("EBIURO-CONF-04", form_shape(7), build_tests, play),
      draft("EBIURO-CONF-05", form_shape(7, 2), build_settings, play),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& one : drafts) rules.push_back(make_story(page(), std::move(one)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
