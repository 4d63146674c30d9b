#include <catch2/catch.hpp>

#include "harness/cli/choice.hpp"
#include "harness/cli/names.hpp"
#include "tests/harness/cli_machine.hpp"
#include "tests/harness/toy.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::cli;

namespace {

Rule rule_of(const std::string& id) {
  Rule rule;
  rule.id = id;
  return rule;
}

std::vector<std::string> selected(const std::vector<std::string>& selectors) {
  RuleSet set;
  for (const char* id :
       {"SYSTIM-STOCK-1", "SYSTIM-STOCK-10", "SYSTIM-ORD-02", "PL-VAT-01", "PLATFORM-1"}) {
    set.rules.push_back(rule_of(id));
  }
  std::vector<std::string> ids;
  for (const Rule* rule : select_rules(set, selectors)) ids.push_back(rule->id);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("A selector is an id or how ids begin", "[cli]") {
  CHECK(selected({}).size() == 5);
  CHECK(selected({"SYSTIM"}) == Ids{"SYSTIM-STOCK-1", "SYSTIM-STOCK-10", "SYSTIM-ORD-02"});
  CHECK(selected({"SYSTIM-STOCK"}) == Ids{"SYSTIM-STOCK-1", "SYSTIM-STOCK-10"});
  // A whole id does not stand for the longer ones that begin with it.
  CHECK(selected({"SYSTIM-STOCK-1"}) == Ids{"SYSTIM-STOCK-1"});
  // Nor does a whole group; a part of its name does.
  CHECK(selected({"PL"}) == Ids{"PL-VAT-01"});
  CHECK(selected({"PLA"}) == Ids{"PLATFORM-1"});
  // Named twice is still once, in the order of the set.
  CHECK(selected({"PL", "SYSTIM-ORD", "PL-VAT-01"}) == Ids{"SYSTIM-ORD-02", "PL-VAT-01"});
}

TEST_CASE("A selector that selects nothing is refused with the nearest names", "[cli]") {
  CHECK_THROWS_WITH(selected({"SISTIM-STOCK"}),
                    Catch::Contains("Did you mean") && Catch::Contains("SYSTIM-STOCK"));
  CHECK_THROWS_WITH(selected({""}), Catch::Contains("atrapa rules"));
}

TEST_CASE("The nearest names come first and far ones not at all", "[cli]") {
  const Ids known{"check", "chaos", "rules", "replay"};
  CHECK(nearest_names("chek", known) == Ids{"check"});
  CHECK(nearest_names("CHAOS", known) == Ids{"chaos"});
  CHECK(nearest_names("quite-something-else", known).empty());
  CHECK(nearest_names("zero_stock", {"systim.zero_stock"}) == Ids{"systim.zero_stock"});
  CHECK(did_you_mean("xyzzy", known).empty());
}

TEST_CASE("What cannot be meant ends with 2 and says what to do", "[cli]") {
  const RuleSet set = toy::rule_set();
  const struct {
    std::vector<std::string> words;
    std::string complaint;
  } cases[] = {
      {{"chek"}, "there is no command 'chek'. Did you mean check?"},
      {{"check", "--subject", "core:forgets-lage"}, "Did you mean core:forgets-large"},
      {{"check", "--set", "toy.color=red"}, "Did you mean toy.colour?"},
      {{"check", "--set", "toy.colour=bleu"}, "it takes red, blue"},
      {{"check", "--set", "nonsense"}, "SWITCH=VALUE"},
      {{"check", "--cases", "0"}, "--cases"},
      {{"check", "--cases", "many"}, "--cases"},
      {{"check", "TOYS"}, "Did you mean TOY"},
      {{"check", "--driver", "true", "--exec", "true"}, "--driver and --exec name two subjects"},
      {{"check", "--driver", "true", "--subject", "core:forgets-large"}, "name two subjects"},
      {{"check", "--driver", "true", "--erp-dump", "true"}, "--erp-dump goes with --exec"},
      {{"check", "--exec", "true", "--env-map", "nonsense"}, "NAME=ATRAPA_SHOP_URL"},
      {{"check", "--exec", "true", "--env-map", "ATRAPA_X=1"}, "ATRAPA_ are Atrapa's own"},
      {{"check", "--driver", "exit 3"}, "ended with exit code 3"},
      {{"check", "--driver", ""}, "--driver: expected CMD, found ''"},
      {{"check", "--exec", ""}, "--exec: expected CMD, found ''"},
      {{"check", "--out", ""}, "--out: expected DIR, found ''"},
      {{"check", "--driver", "http://who:pass77@127.0.0.1:1/"}, "without user and password"},
      {{"doctor", "--url", "http://who:pass77@127.0.0.1:1"}, "without user and password"},
      {{"check", "--seed", "-1"}, "expected a whole number from 0 to"},
      {{"check", "--seed", "99999999999999999999"}, "expected a whole number from 0 to"},
      {{"check", "--exec", "true", "--timeout", "nan"}, "expected a number from 0.1 to 86400"},
      {{"check", "--exec", "true", "--time-scale", "nan"}, "expected a number from 1 to 10000"},
      {{"check", "--sed", "4"}, "Did you mean --seed"},
      {{"explain"}, "atrapa explain --help"},
      {{"explain", "TOY-MARKS"}, "Did you mean TOY-MARK?"},
      {{"replay", "/nowhere/file.json"}, "/nowhere/file.json"},
      {{"bugs", "forgets-lage"}, "Did you mean forgets-large?"},
      {{"chaos", "toys"}, "toy orders"},
      {{"up", "shopr"}, "Did you mean shoper?"},
      {{"up", "--world", "/nowhere/world.json"}, "no such file"},
      {{"up", "--listen", "0.0.0.0"}, "--token"},
      {{"up", "--clock", "sundial"}, "--clock"},
      {{"operations", "magneto"}, "There are: shoper"},
      {{"world"}, "atrapa world --help"},
      {{"world", "show", "dmo"}, "built in are demo and empty"},
      {{"world", "validate", "/nowhere/world.json"}, "/nowhere/world.json"},
      {{"world", "validate", "/tmp"}, "/tmp: cannot be read: it is a directory"},
      {{"world", "generate", "--seed", "-1"}, "expected a whole number from 0 to"},
      {{"world", "generate", "--products", "-1"}, "--products"},
  };
  for (const auto& one : cases) {
    const Ran ran = run(one.words, set);
    INFO(one.words.front() << " " << one.words.back() << "\n" << ran.err);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.find("atrapa: ") == 0);
    CHECK(ran.err.find(one.complaint) != std::string::npos);
    CHECK(ran.err.find("pass77") == std::string::npos);
  }
}

TEST_CASE("Help names every command and ends well", "[cli]") {
  const Ran ran = run({"--help"}, {});
  CHECK(ran.code == 0);
  for (const char* command : {"rules", "explain", "check", "replay", "bugs", "operations", "up",
                              "demo", "world", "sync", "chaos", "driver", "ci", "doctor"}) {
    CHECK(ran.out.find(std::string("\n  ") + command) != std::string::npos);
  }
  CHECK(run({"check", "--help"}, {}).out.find("--seed") != std::string::npos);
}

TEST_CASE("No rules are built for a command that needs none", "[cli]") {
  PaperMachine machine;
  const Program program{.rules = []() -> const RuleSet& { throw std::runtime_error("asked"); },
                        .demo_bug = "",
                        .machine = machine};
  const char* operations[] = {"atrapa", "operations", "--json"};
  CHECK(run_cli(3, operations, program) == 0);
  const char* rules[] = {"atrapa", "rules"};
  CHECK(run_cli(2, rules, program) == 2);
  CHECK(machine.complained() == "atrapa: asked\n");
}
