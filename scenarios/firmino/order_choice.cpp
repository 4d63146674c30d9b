#include <fmt/format.h>

#include <array>
#include <map>
#include <set>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Which orders are fetched: by date, by status, by both, and each of them once.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

constexpr const char* kLater = "2027-01-15T12:00:00Z";

/// A date from which orders are fetched, and its midnight in Warsaw, written down by hand.
struct FromDate {
  const char* date;
  const char* midnight;
};
constexpr std::array kFromDates{
    FromDate{"2026-03-02", "2026-03-01T23:00:00Z"},
    FromDate{"2026-03-29", "2026-03-28T23:00:00Z"},  // Clocks are put on in the night after it.
    FromDate{"2026-03-30", "2026-03-29T22:00:00Z"},
    FromDate{"2026-10-25", "2026-10-24T22:00:00Z"},  // Clocks are put back on it.
    FromDate{"2026-10-26", "2026-10-25T23:00:00Z"},
    FromDate{"2026-07-01", "2026-06-30T22:00:00Z"},
};

/// An order beside a boundary, and whether it is to be fetched by either date.
struct DateEdge {
  const char* what;
  std::int64_t placed, confirmed;  ///< Seconds after midnight in Warsaw.
  bool by_confirmed, by_placed;
};
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::array kDateEdges{
    DateEdge{"some days after", 3 * kDay, 3 * kDay, true, true},
    DateEdge{"exactly at the boundary", 0, 0, true, true},
    DateEdge{"one second before", -1, -1, false, false},
    DateEdge{"one second after", 1, 1, true, true},
    DateEdge{"after midnight in Warsaw, before midnight in UTC", kHour / 2, kHour / 2, true, true},
    DateEdge{"half an hour before midnight in Warsaw", -kHour / 2, -kHour / 2, false, false},
    DateEdge{"at midnight in UTC in winter", kHour, kHour, true, true},
    DateEdge{"confirmed after the boundary, placed before it", -2 * kDay, kHour, true, false},
    DateEdge{"confirmed at the boundary, placed one second before", -1, 0, true, false},
    DateEdge{"placed at the boundary, confirmed the day after", 0, kDay, true, true},
    DateEdge{"weeks before", -30 * kDay, -30 * kDay, false, false},
};

bool by_placed(const SwitchValues& switches) {
  return value_of(switches, "firmino.date_field") == "placed_inclusive";
}

Record dated(const DateEdge& edge, std::int64_t midnight, bool placed) {
  return {.what = edge.what,
          .given = {{"placed", midnight + edge.placed}, {"confirmed", midnight + edge.confirmed}},
          .expected = {{"orders", (placed ? edge.by_placed : edge.by_confirmed) ? 1 : 0}}};
}

/// Statuses of the account by names that cases use; those beyond the world's two are added.
std::map<std::string, std::int64_t> add_statuses(BaseAccount& base) {
  return {{"new", BaseAccount::kNew},
          {"sent", BaseAccount::kSent},
          {"packed", base.add_status("Spakowane")},
          {"returned", base.add_status("Zwrot")},
          {"parked", base.add_status("Odłożone")}};
}

/// Orders on their way through statuses while the connector fetches again and again.
class Rounds {
 public:
  Rounds(const Story& story, Bench& bench, Judgement& judgement)
      : story_(story), bench_(bench), judgement_(judgement), office_(bench) {}

  void play() {
    advance_to(bench_, story_.setup.value("now", kLater));
    statuses_ = add_statuses(office_.base());
    Json allowed = Json::array();
    for (const Json& name : story_.setup.at("statuses")) {
      allowed.push_back(std::to_string(statuses_.at(name.get<std::string>())));
    }
    office_.connect({{"orders", true},
                     {"date_from", story_.setup.value("date_from", "")},
                     {"statuses", std::move(allowed)}});
    for (const Record& record : story_.records) place(record);
    const int rounds = story_.setup.value("rounds", 1);
    for (int round = 0; round < rounds; ++round) {
      if (round == 1) change_statuses();
      for (std::size_t i = 0; i < story_.records.size(); ++i) move(i, round);
      office_.tick();
      if (story_.setup.value("fulfil", false)) fulfil_all();
    }
    for (std::size_t i = 0; i < story_.records.size(); ++i) compare(i);
  }

 private:
  void place(const Record& record) {
    std::vector<std::int64_t> ids;
    for (int i = 0; i < record.given.value("count", 1); ++i) {
      Json given = record.given;
      given["order"]["order_status_id"] = statuses_.at(record.given.value("status", "new"));
      if (given.value("spread", false)) {
        given["placed"] = given["confirmed"] = record.given.at("confirmed").get<int>() + i;
      }
      ids.push_back(plant(office_.base(), bench_, given));
    }
    ids_.push_back(std::move(ids));
  }

  void move(std::size_t record, int round) {
    const Json moves = story_.records[record].given.value("moves", Json::array());
    if (static_cast<std::size_t>(round) >= moves.size()) return;
    for (const Json& status : moves[static_cast<std::size_t>(round)]) {
      for (const std::int64_t id : ids_[record]) {
        office_.base().move(id, statuses_.at(status.get<std::string>()));
      }
    }
  }

  void change_statuses() {
    auto& rows = bench_.base().change().sales.order_statuses;
    if (story_.setup.value("rename", false)) {
      auto status = *rows.find(BaseAccount::kSent);
      status.name = "Wyjechało";
      rows.put(std::move(status));
    }
    if (story_.setup.value("drop_parked", false)) rows.erase(statuses_.at("parked"));
  }

  void fulfil_all() {
    for (const auto& ids : ids_) {
      for (const std::int64_t id : ids) office_.fulfil(id);
    }
  }

  void compare(std::size_t record) {
    const Record& one = story_.records[record];
    std::set<std::string> own;
    for (const std::int64_t id : ids_[record]) own.insert(std::to_string(id));
    std::set<std::string> fetched, books;
    int orders = 0, documents = 0;
    const harness::ErpView erp = bench_.erp();
    for (const harness::ErpOrder& order : erp.orders) {
      if (!own.contains(order.shop_order_id)) continue;
      ++orders;
      fetched.insert(order.shop_order_id);
      books.insert(order.id);
    }
    for (const harness::ErpDocument& paper : erp.papers)
      documents += books.contains(paper.order_id);
    const int expected = one.expected.at("orders").get<int>();
    judgement_.expect_equal(one.what + ": orders of Base that the ERP has", expected,
                            static_cast<int>(fetched.size()));
    judgement_.expect_equal(one.what + ": orders in the ERP", expected, orders);
    if (one.expected.contains("documents")) {
      judgement_.expect_equal(one.what + ": documents in the ERP",
                              one.expected.at("documents").get<int>(), documents);
    }
  }

  const Story& story_;
  Bench& bench_;
  Judgement& judgement_;
  Office office_;
  std::map<std::string, std::int64_t> statuses_;
  std::vector<std::vector<std::int64_t>> ids_;  ///< By record.
};

void play_rounds(const Story& story, Bench& bench, Judgement& judgement) {
  Rounds(story, bench, judgement).play();
}

Rule date_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-ORD-02",
       .switches = {"firmino.date_field"},
       .shape =
           [](const SwitchValues&) {
             return Shape{.edges = static_cast<int>(kDateEdges.size()),
                          .a = static_cast<int>(kFromDates.size()) + 2,
                          .most = 8};
           },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues& switches) {
             const bool placed = by_placed(switches);
             const int date = genes.front().a;
             const int dates = static_cast<int>(kFromDates.size());
             const FromDate from = chosen(kFromDates, date < dates ? date : 0);
             Story story{.setup = {{"date_from", from.date}, {"statuses", {"new"}}}, .records = {}};
             for (const Gene& gene : genes) {
               Record record = dated(chosen(kDateEdges, gene.edge), unix_of(from.midnight), placed);
               // Without a date every order comes, with one that is still to come none of them.
               if (date == dates) record.expected["orders"] = 1;
               if (date > dates) record.expected["orders"] = 0;
               story.records.push_back(std::move(record));
             }
             if (date == dates) story.setup["date_from"] = "";
             if (date > dates) story.setup["date_from"] = "2027-06-01";
             return story;
           },
       .oracle = play_rounds});
}

/// An order's way through statuses: where it begins, and where it goes before each fetch.
struct StatusEdge {
  const char* what;
  const char* start;
  std::vector<std::vector<const char*>> moves;
  bool fetched;
};

/// "sent", "packed" and "parked" are the allowed ones.
const std::vector<StatusEdge>& status_edges() {
  static const std::vector<StatusEdge> edges = {
      {"directly in the status", "sent", {}, true},
      {"never reaches the status", "new", {}, false},
      {"reaches the status later", "new", {{}, {"sent"}}, true},
      {"reaches, leaves and reaches the status", "new", {{"sent"}, {"new"}, {"sent"}}, true},
      {"passes two allowed statuses", "new", {{"sent"}, {"packed"}, {}}, true},
      {"in a second allowed status", "packed", {}, true},
      {"only in foreign statuses", "returned", {{}, {"new"}}, false},
      {"passes the status between two fetches", "new", {{}, {"sent", "new"}}, false},
      {"leaves the status before the first fetch", "sent", {{"returned"}}, false},
      {"in an allowed status that is deleted later", "parked", {{}, {"sent"}}, true},
  };
  return edges;
}

Json moves_json(const std::vector<std::vector<const char*>>& moves) {
  Json rounds = Json::array();
  for (const auto& round : moves) {
    Json names = Json::array();
    for (const char* name : round) names.push_back(name);
    rounds.push_back(std::move(names));
  }
  return rounds;
}

std::int64_t some_time(int minutes) { return unix_of("2026-12-01T10:00:00Z") + 60 * minutes; }

Rule status_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-ORD-11",
       .shape =
           [](const SwitchValues&) {
             return Shape{
                 .edges = static_cast<int>(status_edges().size()), .a = 3, .b = 6, .most = 8};
           },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             const Gene& first = genes.front();
             Story story{.setup = {{"statuses", {"sent", "packed", "parked"}}, {"rounds", 3}},
                         .records = {}};
             if (first.a == 1) story.setup["rename"] = true;
             if (first.a == 2) story.setup["drop_parked"] = true;
             // More than a page of foreign ones before the others, and as many behind them.
             if (first.b == 5) {
               story.records.push_back({.what = "110 orders in foreign statuses",
                                        .given = {{"status", "returned"},
                                                  {"confirmed", some_time(-90)},
                                                  {"spread", true},
                                                  {"count", 110}},
                                        .expected = {{"orders", 0}}});
             }
             int minutes = 0;
             for (const Gene& gene : genes) {
               const StatusEdge& edge = chosen(status_edges(), gene.edge);
               story.records.push_back({.what = edge.what,
                                        .given = {{"status", edge.start},
                                                  {"confirmed", some_time(++minutes)},
                                                  {"moves", moves_json(edge.moves)}},
                                        .expected = {{"orders", edge.fetched ? 1 : 0}}});
             }
             return story;
           },
       .oracle = play_rounds});
}

/// Date and status together: the boundary is midnight of 2 November.
struct BothEdge {
  const char* what;
  std::int64_t days;  ///< After the boundary; placed and confirmed.
  const char* start;
  std::vector<std::vector<const char*>> moves;
  bool fetched;
};

const std::vector<BothEdge>& both_edges() {
  static const std::vector<BothEdge> edges = {
      {"young, in the status", 1, "sent", {}, true},
      {"old, gets the status today", -3, "new", {{}, {"sent"}}, false},
      {"old, in the status", -3, "sent", {}, false},
      {"young, in another status", 1, "returned", {}, false},
      {"young, gets the status later", 1, "new", {{}, {"sent"}}, true},
      {"at the boundary, gets the status later", 0, "new", {{}, {"sent"}}, true},
      {"old, in another status", -3, "new", {}, false},
  };
  return edges;
}

Rule both_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-ORD-12",
       .shape =
           [](const SwitchValues&) {
             return Shape{.edges = static_cast<int>(both_edges().size()), .most = 8};
           },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             Story story{
                 .setup = {{"date_from", "2026-11-02"}, {"statuses", {"sent"}}, {"rounds", 2}},
                 .records = {}};
             for (const Gene& gene : genes) {
               const BothEdge& edge = chosen(both_edges(), gene.edge);
               const std::int64_t at = unix_of("2026-11-01T23:00:00Z") + edge.days * kDay;
               story.records.push_back({.what = edge.what,
                                        .given = {{"status", edge.start},
                                                  {"placed", at},
                                                  {"confirmed", at},
                                                  {"moves", moves_json(edge.moves)}},
                                        .expected = {{"orders", edge.fetched ? 1 : 0}}});
             }
             return story;
           },
       .oracle = play_rounds});
}

/// What polling again and again may do to an order.
struct OnceEdge {
  const char* what;
  const char* start;
  std::vector<std::vector<const char*>> moves;
  int minutes;  ///< Confirmed so long after the usual moment.
};

const std::vector<OnceEdge>& once_edges() {
  static const std::vector<OnceEdge> edges = {
      {"there from the first fetch on", "sent", {}, 0},
      {"older than those fetched before, reaches the status late", "new", {{}, {"sent"}}, -60},
      {"reaches the status after three fetches", "new", {{}, {}, {}, {"sent"}}, -120},
      {"goes from one allowed status to the other", "sent", {{}, {"packed"}, {"sent"}}, 10},
      {"leaves the status and comes back", "sent", {{}, {"new"}, {"sent"}}, 20},
      {"youngest of all, there from the first fetch on", "packed", {}, 240},
  };
  return edges;
}

Rule once_rule() {
  return make_story(
      page(),
      {.id = "FIRMINO-ORD-13",
       .shape =
           [](const SwitchValues&) {
             return Shape{
                 .edges = static_cast<int>(once_edges().size()), .a = 8, .b = 4, .most = 8};
           },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues&) {
             const Gene& first = genes.front();
             Story story{.setup = {{"statuses", {"sent", "packed"}}, {"rounds", 4}}, .records = {}};
             const bool documents = first.a < 4;
             if (documents) story.setup["fulfil"] = true;
             for (const Gene& gene : genes) {
               const OnceEdge& edge = chosen(once_edges(), gene.edge);
               story.records.push_back({.what = edge.what,
                                        .given = {{"status", edge.start},
                                                  {"confirmed", some_time(edge.minutes)},
                                                  {"moves", moves_json(edge.moves)}},
                                        .expected = {{"orders", 1}}});
               if (documents) story.records.back().expected["documents"] = 1;
             }
             // More orders than Base gives in one answer.
             if (first.a == 7) {
               const bool one_second = first.b % 2 == 0;
               Json given = {{"status", "sent"}, {"confirmed", some_time(-30)}, {"count", 105}};
               if (!one_second) given["spread"] = true;
               story.records.push_back(
                   {.what = one_second ? "105 orders of one second" : "105 orders, one a second",
                    .given = std::move(given),
                    .expected = {{"orders", 105}}});
             }
             return story;
           },
       .oracle = play_rounds});
}

}  // namespace

std::vector<Rule> order_choice_rules() {
  return {date_rule(), status_rule(), both_rule(), once_rule()};
}

}  // namespace atrapa::scenarios::firmino
