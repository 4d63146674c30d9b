#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scenarios/firmino/office.hpp"
#include "scenarios/firmino/rules.hpp"
#include "scenarios/firmino/sentences.hpp"

// Buyers of orders and the contractors that they are.

namespace atrapa::scenarios::firmino {
namespace {

using harness::Rule;
using harness::SwitchValues;

Json person(const std::string& name) { return {{"invoice_fullname", name}}; }

Json company(const std::string& name, const std::string& nip) {
  return {{"invoice_fullname", ""}, {"invoice_company", name}, {"invoice_nip", nip}};
}

Json with(Json buyer, const char* field, const std::string& value) {
  buyer[field] = value;
  return buyer;
}

/// Orders of buyers who are one contractor or several under each reading; 0: not said.
struct Buyers {
  const char* what;
  std::vector<Json> orders;
  int by_name;
  int by_nip;
  bool long_name = false;  ///< Longer than a field may be.
};

/// What orders call their buyer, and the digits of its NIP.
std::string name_of(const Json& order) {
  const std::string firm = order.value("invoice_company", "");
  return firm.empty() ? order.value("invoice_fullname", "") : firm;
}

std::string nip_of(const Json& order) {
  std::string nip = order.value("invoice_nip", "");
  std::erase(nip, '-');
  return nip;
}

/// The names that a record's contractors may bear: those of its orders and, where the NIP decides,
/// of all of the case's orders that bear one of its NIPs. None where a name may be too long: how
/// much of it a field holds is not said.
Json names_for(const Buyers& buyers, const std::vector<Buyers>& all, bool by_nip) {
  std::set<std::string> names;
  for (const Json& order : buyers.orders) {
    for (const Buyers& others : all) {
      for (const Json& other : others.orders) {
        const bool own = name_of(other) == name_of(order);
        const bool one_nip = by_nip && !nip_of(order).empty() && nip_of(other) == nip_of(order);
        if (!own && !one_nip) continue;
        if (others.long_name) return Json::array();
        names.insert(name_of(other));
      }
    }
  }
  return names;
}

/// The buyers of a record, whose names no other record has.
Buyers buyers_of(int edge, std::size_t i) {
  const std::string anna = fmt::format("Anna Nowak {}", i), mill = fmt::format("Młyn {}", i);
  const std::string jan = fmt::format("Jan Wrona {}", i);
  const char* const nip = "5250000009";
  const char* const other_nip = "7770001111";
  const auto mail = [](Json buyer, const char* address) { return with(buyer, "email", address); };
  switch (edge) {
    case 1: return {"two different persons", {person(anna), person(jan)}, 2, 2};
    case 2:
      return {"two firms of one name, different NIPs",
              {company(mill, nip), company(mill, other_nip)},
              1,
              2};
    case 3:
      return {"one NIP, the name spelt in two ways",
              {company(mill, nip), company(mill + " sp. z o.o.", nip)},
              2,
              1};
    case 4:
      return {"two persons of one name",
              {with(person(anna), "invoice_city", "Kraków"),
               mail(with(person(anna), "invoice_city", "Gdynia"), "anna2@example.com")},
              1,
              1};
    case 5: {
      return {"a name of which one letter's case differs",
              {person(anna), person(fmt::format("ANNA NOWAK {}", i))},
              0,
              0};
    }
    case 6:
      return {"a name with a no-break space",
              {person(anna), person(fmt::format("Anna\u00a0Nowak {}", i))},
              0,
              0};
    case 7: {
      const std::string name = fmt::format("Przedsiębiorstwo {} {}", std::string(60, 'x'), i);
      return {"a very long name", {company(name, nip), company(name, nip)}, 1, 1, true};
    }
    case 8: return {"a company without a NIP", {company(mill, ""), company(mill, "")}, 1, 1};
    case 9:
      return {"one buyer, the e-mail's case differs",
              {mail(person(anna), "anna@example.com"), mail(person(anna), "Anna@Example.COM")},
              1,
              1};
    case 10:
      return {"one buyer, a plus in one e-mail",
              {mail(person(anna), "anna@example.com"), mail(person(anna), "anna+b@example.com")},
              1,
              1};
    case 11:
      return {"one buyer, once without an e-mail",
              {mail(person(anna), "anna@example.com"), mail(person(anna), "")},
              1,
              1};
    case 12:
      return {"a person and a company of one e-mail",
              {mail(person(anna), "biuro@example.com"),
               mail(company(mill, other_nip), "biuro@example.com")},
              2,
              2};
    case 13:
      return {
          "two persons of one masked e-mail",
          {mail(person(anna), "x1@market.example.com"), mail(person(jan), "x1@market.example.com")},
          2,
          2};
    case 14:
      return {"one firm, the NIP written with dashes once",
              {company(mill, nip), company(mill, "525-000-00-09")},
              1,
              1};
    default: return {"one person in two orders", {person(anna), person(anna)}, 1, 1};
  }
}
constexpr int kBuyerEdges = 15;

void judge_buyers(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench);
  office.connect({{"orders", true}, {"link_contractors", true}});
  std::vector<std::vector<std::int64_t>> ids(story.records.size());
  // The first order of each buyer is fetched before the second is placed, or with it.
  const bool apart = story.setup.at("apart").get<bool>();
  for (const std::size_t place : {std::size_t{0}, std::size_t{1}}) {
    for (std::size_t i = 0; i < story.records.size(); ++i) {
      ids[i].push_back(
          plant(office.base(), bench, {{"order", story.records[i].given.at("orders").at(place)}}));
    }
    if (apart || place == 1) office.tick();
  }
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    std::set<std::string> contractors;
    bool linked = true;
    for (const std::int64_t id : ids[i]) {
      const auto orders = office.orders(id);
      linked = linked && orders.size() == 1 && !orders.front().contractor_id.empty();
      for (const harness::ErpOrder& order : orders) contractors.insert(order.contractor_id);
    }
    judgement.expect_equal(record.what + ": its orders have a contractor", true, linked);
    std::size_t known = 0;
    const auto names = record.expected.at("names").get<std::vector<std::string>>();
    for (const harness::ErpContractor& one : bench.erp().contractors) {
      if (!contractors.contains(one.id)) continue;
      ++known;
      judgement.expect(
          names.empty() || std::find(names.begin(), names.end(), one.name) != names.end(),
          record.what + ": name of its contractor", fmt::format("{}", fmt::join(names, " or ")),
          one.name);
    }
    judgement.expect_equal(record.what + ": its contractors are in the books", contractors.size(),
                           known);
    if (!record.expected.contains("contractors")) continue;
    judgement.expect_equal(record.what + ": contractors of its orders",
                           record.expected.at("contractors").get<std::size_t>(),
                           contractors.size());
  }
}

}  // namespace

std::vector<Rule> buyer_rules() {
  return {make_story(
      page(),
      {.id = "FIRMINO-ORD-10",
       .switches = {"firmino.contractor_match"},
       .shape = [](const SwitchValues&) { return Shape{.edges = kBuyerEdges, .a = 2, .most = 6}; },
       .build =
           [](const std::vector<Gene>& genes, const SwitchValues& switches) {
             const bool by_nip = value_of(switches, "firmino.contractor_match") == "nip_then_name";
             Story story{.setup = {{"apart", genes.front().a == 1}}, .records = {}};
             std::vector<Buyers> all;
             for (std::size_t i = 0; i < genes.size(); ++i) {
               all.push_back(buyers_of(genes[i].edge, i));
             }
             for (const Buyers& buyers : all) {
               const int expected = by_nip ? buyers.by_nip : buyers.by_name;
               Record record{.what = buyers.what, .given = {{"orders", buyers.orders}}};
               record.expected["names"] = names_for(buyers, all, by_nip);
               if (expected > 0) record.expected["contractors"] = expected;
               story.records.push_back(std::move(record));
             }
             return story;
           },
       .oracle = judge_buyers})};
}

}  // namespace atrapa::scenarios::firmino
