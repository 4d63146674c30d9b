#include <fmt/format.h>

#include <array>
#include <chrono>
#include <map>

#include "scenarios/ebiuro/families.hpp"
#include "scenarios/ebiuro/script.hpp"
#include "scenarios/ebiuro/sentences.hpp"
#include "scenarios/ebiuro/words.hpp"

// Documents, their numbers, and the list of orders.

namespace atrapa::scenarios::ebiuro {
namespace {

using harness::SwitchValues;

const std::vector<std::string> kDocumentSwitches = {
    "ebiuro.document_trigger", "ebiuro.doc_word_match", "ebiuro.doc_word_unknown"};

Json document_setup(const std::vector<int>& statuses = {402}) {
  Json setup = setup_of({{"direction", "to_shop"}}, {}, statuses);
  setup["status_names"] = {"Spakowane"};  // 403.
  return setup;
}

Json issue_of(std::string_view kind) { return {{"do", "issue"}, {"kind", kind}}; }

/// "faktura", "paragon", "", in turn.
const DocumentWord& word_of(const Gene& gene) {
  switch (gene.b % 3) {
    case 0: return document_words()[0];
    case 1: return document_words()[1];
    default: return unknown_words()[0];
  }
}

Json ordered(const DocumentWord& word) {
  return order_step(word.word, {{"invoice_nip", word.nip}});
}

std::string made_kind(const DocumentWord& word, const SwitchValues& switches) {
  return made_by_the_move(switches) ? wanted_kind(word, false, switches) : "";
}

// CONF-06 -----------------------------------------------------------------------------------------

/// Numbers as they must come: counted for each kind, anew each year or month.
class Numbers {
 public:
  explicit Numbers(bool monthly) : monthly_(monthly) {}
  void wait(int days) { day_ += std::chrono::days(days); }
  std::string next(std::string_view kind) {
    const std::chrono::year_month_day date{day_};
    const int year = static_cast<int>(date.year());
    const unsigned month = static_cast<unsigned>(date.month());
    const char* const prefix = kind == "invoice" ? "FV" : "PAR";
    const std::string period =
        monthly_ ? fmt::format("{:02}/{}", month, year) : fmt::format("{}", year);
    return fmt::format("{}/{}/{}", prefix, ++last_[prefix + period], period);
  }

 private:
  bool monthly_;
  std::chrono::sys_days day_ = std::chrono::year{2026} / 3 / 2;
  std::map<std::string, int> last_;
};

Story build_numbers(const std::vector<Gene>& genes, const SwitchValues&) {
  static constexpr std::array kPauses{0, 0, 31, 306};
  const bool monthly = genes.front().c == 1;
  Json setup = document_setup();
  if (monthly) {
    setup["series"] = {
        {{"id", "FV"}, {"kind", "invoice"}, {"pattern", "FV/{n}/{mm}/{yyyy}"}, {"reset", "month"}},
        {{"id", "PAR"},
         {"kind", "receipt"},
         {"pattern", "PAR/{n}/{mm}/{yyyy}"},
         {"reset", "month"}}};
  }
  // A second integration with the same series.
  Json second = setup["integrations"][0];
  second["other"] = true;
  setup["integrations"].push_back(second);

  Story story{.setup = std::move(setup), .records = {}};
  Numbers numbers(monthly);
  for (const Gene& gene : genes) {
    const std::string kind = gene.b % 2 == 0 ? "invoice" : "receipt";
    const int days = pick(kPauses, gene.d);
    numbers.wait(days);
    RecordDraft draft{.what = fmt::format("{} after {} days", kind, days), .by = gene.second};
    if (days > 0) draft.steps.push_back({{"do", "pause"}, {"seconds", days * 86'400}});
    draft.steps.push_back(order_step(kind == "invoice" ? "faktura" : "paragon"));
    if (gene.edge == 1) draft.steps.push_back(call_fault("doubled"));
    draft.steps.push_back(move_step(402));
    draft.steps.push_back(issue_of(kind));
    if (gene.edge == 2) {
      draft.what += ", another one tried";
      draft.steps.push_back(issue_of(kind));
      draft.steps.push_back(issue_of(kind == "invoice" ? "receipt" : "invoice"));
    }
    draft.expected = {{"end", {{"number", numbers.next(kind)}}}};
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

// DOC-01 ------------------------------------------------------------------------------------------

Story build_moves(const std::vector<Gene>& genes, const SwitchValues& switches) {
  constexpr int kBulk = 100;
  Story story{.setup = document_setup(), .records = {}};
  for (const Gene& gene : genes) {
    const DocumentWord& word = word_of(gene);
    const std::string kind = made_kind(word, switches);
    RecordDraft draft{.what = fmt::format("extra field 1 holds {}", word.what)};
    draft.steps = {ordered(word), see("before")};
    draft.expected = {{"before", {{"order", "no order"}}}, {"end", {{"order", order_with(kind)}}}};
    if (kind.empty()) draft.expected["end"]["row"] = "button";
    const auto add = [&](const Json& next) { draft.steps.push_back(next); };
    switch (gene.edge) {
      case 0: add(move_step(402)); break;
      case 1:
        draft.what += ", moved to the same status again";
        for (int i = 0; i < 2; ++i) add(move_step(402));
        break;
      case 2:
        draft.what += ", moved to another status first";
        add(move_step(403));
        add(see("before"));
        add(move_step(402));
        break;
      case 3:
        draft.what += ", its call made twice";
        add(call_fault("doubled"));
        add(move_step(402));
        break;
      default: {
        const int count = gene.c == 19 ? kBulk : 3;
        draft.what =
            fmt::format("{} orders with {} in extra field 1, moved together", count, word.what);
        draft.steps = {{{"do", "bulk"},
                        {"count", count},
                        {"fields", {{"extra_field_1", word.word}}},
                        {"status", 402}}};
        draft.expected = {
            {"end",
             {{"bulk", fmt::format("{} orders, {} documents", count, kind.empty() ? 0 : count)}}}};
      }
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

// LIST --------------------------------------------------------------------------------------------

Story build_columns(const std::vector<Gene>& genes, const SwitchValues&) {
  Json setup = document_setup();
  Json second = setup["integrations"][0];
  second["other"] = true;  // Its orders bear the same numbers as the first one's.
  setup["integrations"].push_back(second);
  Story story{.setup = std::move(setup), .records = {}};
  for (const Gene& gene : genes) {
    const DocumentWord& word = word_of(gene);
    RecordDraft draft{.what = fmt::format("extra field 1 holds {}", word.what), .by = gene.second};
    if (gene.edge == 1) {
      draft.what += ", with a long number of the shop's";
      draft.steps = {{{"do", "receive"},
                      {"body",
                       {{"source", "shop"},
                        {"shop_order_id", 900'719'925'474'099},
                        {"external_order_id", "PL-2026-000000000000000000000000000001"},
                        {"lines", Json::array({BaseAccount::usual_line()})},
                        {"fields", {{"extra_field_1", word.word}}}}}}};
    } else {
      draft.steps = {ordered(word)};
    }
    draft.steps.push_back(move_step(402));
    if (gene.edge == 2) {
      draft.what += ", a receipt issued by hand";
      draft.steps.push_back(issue_of("receipt"));
    }
    draft.expected = {{"end", {{"columns", "as the order and its document"}}}};
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

Story build_statuses(const std::vector<Gene>& genes, const SwitchValues& switches) {
  const bool polling = value_of(switches, "ebiuro.status_refresh") == "polling";
  Story story{.setup = document_setup({402, 403}), .records = {}};
  for (const Gene& gene : genes) {
    RecordDraft draft{.what = "moved through the statuses of the action"};
    draft.steps = {ordered(word_of(gene)), move_step(402), see("first")};
    draft.expected = {{"first", {{"status", "402"}}}};
    const auto add = [&](const Json& next) { draft.steps.push_back(next); };
    std::string last = "403";
    switch (gene.edge) {
      case 0: add(move_step(403)); break;
      case 1:
        draft.what += ", and back";
        add(move_step(403));
        add(move_step(402));
        last = "402";
        break;
      case 2:
        draft.what += ", with a document";
        add(issue_of("invoice"));
        add(move_step(403));
        break;
      case 3:
        draft.what += ", the first one told of behind the second";
        draft.steps = {ordered(word_of(gene)), call_fault("late"), move_step(402), move_step(403),
                       step("late calls")};
        draft.expected = Json::object();
        break;
      case 4:
        draft.what += ", one of them renamed";
        add({{"do", "rename status"}, {"status", 403}, {"name", "Gotowe"}});
        add(move_step(403));
        break;
      default:
        // Of what is not in the action a connector hears by asking alone.
        draft.what = "moved to a status that is not in the action";
        add(move_step(401));
        add(run_step("orders"));
        last = polling ? "401" : "";
    }
    if (!last.empty()) draft.expected["end"] = {{"status", last}};
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

/// Documents by hand, where the move has not made one.
Story build_by_hand(const std::vector<Gene>& genes, const SwitchValues& switches) {
  Story story{.setup = document_setup(), .records = {}};
  for (const Gene& gene : genes) {
    const DocumentWord& word = word_of(gene);
    const std::string made = made_kind(word, switches);
    const std::string chosen = gene.c % 2 == 0 ? "invoice" : "receipt";
    RecordDraft draft{.what = fmt::format("extra field 1 holds {}, {} chosen", word.what, chosen)};
    draft.steps = {ordered(word), move_step(402), issue_of(chosen), see("clicked")};
    draft.expected = {{"end", {{"order", order_with(made.empty() ? chosen : made)}}}};
    // What a click answers where the document is there already is not said.
    if (made.empty()) draft.expected["clicked"] = {{"done", "yes"}};
    if (gene.edge == 1) {
      draft.what += ", clicked twice";
      draft.steps.push_back(issue_of(chosen));
    } else if (gene.edge == 2) {
      draft.what += ", then the other one";
      draft.steps.push_back(issue_of(chosen == "invoice" ? "receipt" : "invoice"));
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

Story build_two_states(const std::vector<Gene>& genes, const SwitchValues& switches) {
  Story story{.setup = document_setup(), .records = {}};
  for (const Gene& gene : genes) {
    const DocumentWord& word = word_of(gene);
    const std::string made = made_kind(word, switches);
    RecordDraft draft{.what = fmt::format("extra field 1 holds {}", word.what)};
    draft.steps = {ordered(word), move_step(402), see("listed")};
    const char* const issued = "number";
    draft.expected = {{"listed", {{"list_state", made.empty() ? "button" : issued}}}};
    if (gene.edge == 0) {
      draft.expected["end"] = draft.expected["listed"];
    } else {
      draft.what += gene.edge == 1 ? ", issued by hand" : ", issued by hand and told of again";
      draft.steps.push_back(issue_of("receipt"));
      if (gene.edge == 2) draft.steps.push_back(call_step(kOrderCall));
      draft.expected["end"] = {{"list_state", issued}};
    }
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

Story build_at_most_one(const std::vector<Gene>& genes, const SwitchValues&) {
  const Json again = call_step(kOrderCall);
  const Json move = move_step(402);
  const Json back = move_step(401);
  struct Way {
    const char* what;
    std::vector<Json> steps;
  };
  const std::vector<Way> ways = {
      {"moved and told of again", {move, again, again}},
      {"moved, away and there again", {move, back, move, back, move}},
      {"told of twice", {call_fault("doubled"), move}},
      {"moved, issued by hand, told of again", {move, issue_of("receipt"), again}},
      {"issued by hand in both kinds", {move, issue_of("invoice"), issue_of("receipt")}},
      {"issued by hand, the status set again", {move, issue_of("invoice"), back, move}},
      {"told of late, after it was issued by hand",
       {move, back, call_fault("late"), move, issue_of("receipt"), step("late calls")}},
      {"edited to ask for the other kind",
       {move,
        issue_of("invoice"),
        {{"do", "edit_order"}, {"fields", {{"extra_field_1", "paragon"}}}},
        again}},
  };
  Story story{.setup = document_setup(), .records = {}};
  for (const Gene& gene : genes) {
    const Way& way = pick(ways, gene.edge);
    RecordDraft draft{.what = way.what, .steps = {ordered(word_of(gene))}};
    draft.steps.insert(draft.steps.end(), way.steps.begin(), way.steps.end());
    draft.expected = {{"end",
                       {{"order", Json::array({"one order, no document", "one order, invoice",
                                               "one order, receipt"})},
                        {"imported", "one order"}}}};
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

StoryDraft document_draft(std::string_view id, Shape shape, decltype(StoryDraft::build) build,
                          std::vector<std::string> switches = {}) {
  shape.most = 6;
  return {.id = id,
          .switches = std::move(switches),
          .shape = [shape](const SwitchValues&) { return shape; },
          .build = std::move(build),
          .oracle = play};
}

}  // namespace

std::vector<harness::Rule> document_rules() {
  std::vector<StoryDraft> drafts = {
      document_draft("EBIURO-CONF-06", {.edges = 3, .seconds = 2, .b = 2, .c = 2, .d = 4},
                     build_numbers),
      document_draft("EBIURO-DOC-01", {.edges = 5, .b = 3, .c = 20}, build_moves,
                     kDocumentSwitches),
      document_draft("EBIURO-LIST-01", {.edges = 3, .seconds = 2, .b = 3}, build_columns),
      document_draft("EBIURO-LIST-02", {.edges = 6, .b = 3}, build_statuses,
                     {"ebiuro.status_refresh"}),
      document_draft("EBIURO-LIST-03", {.edges = 3, .b = 3, .c = 2}, build_by_hand,
                     kDocumentSwitches),
      document_draft("EBIURO-LIST-04", {.edges = 3, .b = 3}, build_two_states, kDocumentSwitches),
      document_draft("EBIURO-LIST-05", {.edges = 8, .b = 3}, build_at_most_one),
  };
  std::vector<harness::Rule> rules;
  for (StoryDraft& draft : drafts) rules.push_back(make_story(page(), std::move(draft)));
  return rules;
}

}  // namespace atrapa::scenarios::ebiuro
