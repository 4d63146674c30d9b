#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <string>

#include "scenarios/common/story.hpp"
#include "scenarios/fiscal/families.hpp"
#include "scenarios/fiscal/office.hpp"
#include "scenarios/fiscal/sentences.hpp"

// PL-NIP: what a buyer wrote for a NIP, and what stands on the document.

namespace atrapa::scenarios::fiscal {
namespace {

using harness::Bench;
using harness::ErpContractor;
using harness::ErpDocument;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

/// Made up; their check digits are right.
constexpr std::array<std::string_view, 5> kValid{"5250000009", "7770001111", "9112223336",
                                                 "8300000178", "6400000001"};

/// A number under one reading: on the document as `nip`, or refused where that is "".
struct Number {
  std::string what, written;
  std::string nip;    ///< The ten digits that must stand on the document; "" for none.
  bool open = false;  ///< Whether it is taken is open; if so, as these ten digits.
};

/// The number with another digit in place `at`, or with its neighbour for it: wrong by the formula
/// in each case, for 11 is a prime and no two neighbours weigh the same.
std::string misspelt(std::string nip, int at, int by, bool swapped) {
  const auto place = static_cast<std::size_t>(at);
  const std::size_t next = (place + 1) % nip.size();
  if (swapped && place + 1 < nip.size() && nip[place] != nip[next]) {
    std::swap(nip[place], nip[next]);
    return nip;
  }
  nip[place] = static_cast<char>('0' + (nip[place] - '0' + 1 + by % 9) % 10);
  return nip;
}

enum class Check { Full, Digit, None };

Check check_of(const SwitchValues& switches) {
  const auto value = value_of(switches, "pl.nip_policy");
  if (value == "none") return Check::None;
  return value == "checksum" ? Check::Digit : Check::Full;
}

/// One that the formula refuses: fine only where nothing is checked.
Number wrong(std::string what, std::string written, Check check) {
  return {std::move(what), written, check == Check::None ? written : ""};
}
/// One that the formula takes and the schema does not.
Number against_schema(std::string what, std::string written, Check check) {
  return {std::move(what), written, check == Check::Full ? "" : written};
}

Number number_of_gene(const Gene& gene, Check check) {
  const std::string valid(kValid[static_cast<std::size_t>(gene.a) % kValid.size()]);
  switch (gene.edge) {
    case 1: return wrong("one digit changed", misspelt(valid, gene.b, gene.c, false), check);
    case 2: return wrong("two digits swapped", misspelt(valid, gene.b, gene.c, true), check);
    case 3: {
      static constexpr std::array kFirst{"123456789", "640000006", "640000012"};
      return wrong("remainder 10",
                   fmt::format("{}{}", kFirst[static_cast<std::size_t>(gene.a) % 3], gene.b),
                   check);
    }
    case 4: return {"check digit 1", "6400000001", "6400000001"};
    case 5: return against_schema("ten zeros", "0000000000", check);
    case 6: return {"nine digits", valid.substr(0, 9), ""};
    case 7: return {"eleven digits", valid + "9", ""};
    case 8: return {"a letter among the digits", valid.substr(0, 9) + "x", ""};
    case 9:
      return {"remainder 10, its check digit taken for 0", "6400000060",
              check == Check::None ? "6400000060" : ""};
    default: return {"valid", valid, valid};
  }
}

Number form_of_gene(const Gene& gene, Check check) {
  const std::string n(kValid[static_cast<std::size_t>(gene.a) % kValid.size()]);
  const auto cut = [&](std::initializer_list<std::size_t> lengths, std::string_view between) {
    std::string text;
    std::size_t at = 0;
    for (const std::size_t length : lengths) {
      if (at > 0) text += between;
      text += n.substr(at, length);
      at += length;
    }
    return text;
  };
  switch (gene.edge) {
    case 1: return {"prefix PL", "PL" + n, n};
    case 2: return {"prefix pl and a space", "pl " + n, n};
    case 3: return {"dashes 3-3-2-2", cut({3, 3, 2, 2}, "-"), n};
    case 4: return {"dashes 3-2-2-3", cut({3, 2, 2, 3}, "-"), n};
    case 5: return {"spaces", cut({3, 3, 2, 2}, " "), n};
    case 6: return {"no-break spaces", cut({3, 3, 2, 2}, "\u00a0"), n};
    case 7: return {"spaces around", " " + n + " ", n};
    case 8: return {"prefix and dashes", "PL " + cut({3, 2, 2, 3}, "-"), n};
    case 9: {
      std::string wide;
      for (const char digit : n) {
        wide += "\xEF\xBC";
        wide += static_cast<char>(0x90 + (digit - '0'));
      }
      return {"full-width digits", wide, n, true};
    }
    case 10: return against_schema("first digit 0", "0123456789", check);
    case 11: return against_schema("00 in places 2 and 3", "2000000018", check);
    case 12: return against_schema("00 in places 2 and 3 behind a 1", "1001234568", check);
    default: return {"plain", n, n};
  }
}

template <typename Choose>
Story build(const std::vector<Gene>& genes, const SwitchValues& switches, const Choose& choose) {
  Story story;
  for (const Gene& gene : genes) {
    const Number number = choose(gene, check_of(switches));
    const bool receipt = gene.d == 1;
    // Firms of different names, so that nobody need take them for one.
    const std::string firm = fmt::format("Młyn {} sp. z o.o.", story.records.size() + 1);
    story.records.push_back({.what = number.what + (receipt ? ", paragon" : ""),
                             .given = {{"fields",
                                        {{"extra_field_1", receipt ? "paragon" : "faktura"},
                                         {"invoice_company", firm},
                                         {"invoice_nip", number.written}}}},
                             .expected = {{"nip", number.nip}, {"open", number.open}}});
  }
  return story;
}

/// Who bears a number in the ERP's books: those of right numbers theirs, the others none.
void judge_contractors(const Story& story, const std::vector<std::string>& linked, Office& office,
                       Judgement& judgement) {
  const harness::ErpView erp = office.bench().erp();
  if (erp.contractors.is_hidden()) return;  // Their documents have been seen.
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const std::string nip = record.expected.at("nip");
    const std::string written = record.given.at("fields").at("invoice_nip");
    const std::string firm = record.given.at("fields").at("invoice_company");
    const bool open = record.expected.at("open");
    for (const ErpContractor& one : erp.contractors) {
      if (nip.empty()) {
        judgement.expect(one.nip != written, "NIP of the contractor of " + name, "none", one.nip);
      }
      // The firm of a right number may have been filed under the name of an order before.
      if (one.name != firm && (nip.empty() || one.id != linked[i])) continue;
      judgement.expect(one.nip == nip || (open && one.nip.empty()),
                       fmt::format("NIP of the contractor of {}", name), nip.empty() ? "none" : nip,
                       one.nip.empty() ? "none" : one.nip);
    }
  }
}

void judge_nips(const Story& story, Bench& bench, Judgement& judgement) {
  Office office(bench, judgement);
  std::vector<std::string> linked;  // Contractors, by record.
  for (std::size_t i = 0; i < story.records.size(); ++i) {
    const Record& record = story.records[i];
    const std::string name = order_name(i, record.what);
    const std::int64_t order = office.order(record.given);
    const auto paper = office.document(order);
    const std::string nip = record.expected.at("nip");
    const bool open = record.expected.at("open");
    if (!nip.empty() && !open) {
      judgement.expect(paper.has_value(), "the document of " + name, "issued", "none");
    }
    bool right = true;
    std::vector<std::string> observed;
    for (const ErpDocument& one : office.papers(order)) {
      // An invoice without a NIP is a consumer's.
      right = right && (one.nip == nip || (open && one.nip.empty()));
      observed.push_back(one.nip);
    }
    judgement.expect(right, "NIP on the document of " + name, nip.empty() ? "none" : nip,
                     fmt::format("{}", fmt::join(observed, ", ")));
    const auto row = office.in_erp(order);
    linked.push_back(row ? row->contractor_id : "");
  }
  judge_contractors(story, linked, office, judgement);
}

}  // namespace

std::vector<Rule> nip_rules() {
  return {
      make_story(page(), {.id = "PL-NIP-01",
                          .switches = {"pl.nip_policy"},
                          .shape =
                              [](const SwitchValues&) {
                                return Shape{
                                    .edges = 10, .a = 5, .b = 10, .c = 9, .d = 2, .most = 8};
                              },
                          .build =
                              [](const std::vector<Gene>& genes, const SwitchValues& switches) {
                                return build(genes, switches, number_of_gene);
                              },
                          .oracle = judge_nips}),
      make_story(page(), {.id = "PL-NIP-02",
                          .switches = {"pl.nip_policy"},
                          .shape =
                              [](const SwitchValues&) {
                                return Shape{.edges = 13, .a = 5, .d = 2, .most = 8};
                              },
                          .build =
                              [](const std::vector<Gene>& genes, const SwitchValues& switches) {
                                return build(genes, switches, form_of_gene);
                              },
                          .oracle = judge_nips}),
  };
}

}  // namespace atrapa::scenarios::fiscal
