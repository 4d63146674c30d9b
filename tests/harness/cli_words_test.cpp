#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "harness/cli/names.hpp"
#include "tests/harness/cli_machine.hpp"
#include "tests/harness/toy.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::cli;

namespace {

namespace fs = std::filesystem;

/// An empty directory of one test's own, gone afterwards.
class Desktop {
 public:
  explicit Desktop(const std::string& name)
      : path_(fs::temp_directory_path() / ("atrapa_words_" + name)) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Desktop() { fs::remove_all(path_); }
  Desktop(const Desktop&) = delete;
  Desktop& operator=(const Desktop&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
  }
  std::size_t count() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

/// The demo world with something changed, as a file.
std::string changed_demo(const Desktop& desktop, const std::function<void(Json&)>& change) {
  Json world = Json::parse(run({"world", "show", "demo", "--json"}, {}).out);
  change(world);
  return desktop.file("shop.json", world.dump());
}

Json har_entry(const std::string& target, const Json& answer) {
  return {
      {"startedDateTime", "2026-03-02T08:00:00Z"},
      {"request", {{"method", "GET"}, {"url", "https://my-shop.example/webapi/rest/" + target}}},
      {"response", {{"status", 200}, {"content", {{"text", answer.dump()}}}}}};
}

Json har_of(const Json& entries) {
  return {{"log", {{"version", "1.2"}, {"creator", {{"name", "x"}}}, {"entries", entries}}}};
}

}  // namespace

TEST_CASE("A word that is no part of a command is named, with what there is", "[cli]") {
  const struct {
    std::vector<std::string> words;
    std::string complaint;
  } cases[] = {
      {{"world", "nope"},
       "atrapa world has no 'nope'. There are: show, validate, from-har, generate"},
      {{"world", "vlidate"}, "atrapa world has no 'vlidate'. Did you mean validate?"},
      {{"world"}, "atrapa world: say what to do. There are: show, validate, from-har, generate"},
      {{"sync", "nope"}, "atrapa sync has no 'nope'. There are: systim-shoper, ebiuro-base"},
      {{"connector", "nope"}, "atrapa connector has no 'nope'. There are: install, configure"},
  };
  for (const auto& one : cases) {
    const Ran ran = run(one.words, {});
    INFO(ran.err);
    CHECK(ran.code == 2);
    CHECK_THAT(ran.err, Catch::StartsWith("atrapa: " + one.complaint));
  }
}

TEST_CASE("A name that differs only by its case is the first that may have been meant", "[cli]") {
  const std::vector<std::string> ids{"SYSTIM-STOCK-01", "SYSTIM-STOCK-02", "SYSTIM-STOCK-03",
                                     "SYSTIM-STOCK-04"};
  CHECK(nearest_names("systim-stock-04", ids).front() == "SYSTIM-STOCK-04");
  CHECK(nearest_names("systim-stock-04x", {"systim-stock-04xyz", "SYSTIM-STOCK-04X"}).front() ==
        "SYSTIM-STOCK-04X");
}

TEST_CASE("bugs --list --json is a JSON object a line", "[cli]") {
  const RuleSet set = toy::rule_set();
  const Ran ran = run({"bugs", "--list", "--json"}, set);
  INFO(ran.out);
  CHECK(ran.code == 0);
  std::istringstream lines(ran.out);
  std::string line;
  for (const RuleSet::PlantedBug& bug : set.bugs) {
    REQUIRE(std::getline(lines, line));
    CHECK(Json::parse(line) ==
          Json{{"bug", bug.name}, {"about", bug.about}, {"to_be_caught_by", bug.caught_by}});
  }
  CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("up and world validate refuse the same world by the same place", "[cli][world]") {
  const Desktop desktop("refused_worlds");
  const std::vector<std::pair<std::string, std::function<void(Json&)>>> faults{
      {"/shoper/0/resources/products/0/brand_new_field: ",
       [](Json& world) { world["shoper"][0]["resources"]["products"][0]["brand_new_field"] = 1; }},
      {"/shoper/0/resources/products/0/tax_id: there is no row 999 in 'taxes'",
       [](Json& world) { world["shoper"][0]["resources"]["products"][0]["tax_id"] = 999; }},
      {"/nme: ", [](Json& world) { world["nme"] = "y"; }}};
  for (const auto& [place, spoil] : faults) {
    const std::string file = changed_demo(desktop, spoil);
    const Ran validated = run({"world", "validate", file}, {});
    const Ran up = run({"up", "shoper", "--port", "0", "--world", file}, {});
    INFO(validated.out << up.err);
    CHECK(validated.code == 2);
    CHECK(up.code == 2);
    CHECK_THAT(validated.out, Catch::StartsWith(file + ": " + place));
    CHECK_THAT(up.err, Catch::StartsWith("atrapa: " + file + ": " + place));
  }
  CHECK(run({"up", "shoper", "--port", "0", "--world", changed_demo(desktop, [](Json&) {})}, {})
            .code == 0);
}

TEST_CASE("A world made of a recording is one that up takes, and what was left out is told",
          "[cli][world]") {
  const Desktop desktop("from_har");
  Json products = Json::array();
  for (int id = 1; id <= 3; ++id) {
    products.push_back({{"product_id", std::to_string(id)},
                        {"code", "A" + std::to_string(id)},
                        {"brand_new_field", "x"},
                        {"tax_id", "77"},
                        {"stock", {{"stock", "5"}, {"price", "10.00"}, {"shelf", "B"}}},
                        {"translations", {{"pl_PL", {{"name", "Kubek"}, {"mood", "blue"}}}}}});
  }
  products[2]["date.of.change"] = "today";
  const std::string har = desktop.file(
      "shop.har",
      har_of(
          {har_entry("products", {{"count", "3"}, {"pages", 1}, {"page", 1}, {"list", products}}),
           har_entry("application-config", {{"shop_name", "A"}, {"new_key", 1}})})
          .dump());
  const std::string file = desktop.file("world.json");
  const Ran made = run({"world", "from-har", har, "--out", file}, {});
  INFO(made.out << made.err);
  REQUIRE(made.code == 0);
  for (const char* note :
       {"left out: brand_new_field of products (3 times): products have no such field",
        "left out: stock.shelf of products (3 times): ",
        "left out: translations.pl_PL.mood of products (3 times): ",
        "left out: date.of.change of products (once): ",
        "left out: new_key of application-config (once): ",
        "left out: tax_id of products (3 times): there is no row 77 in 'taxes'"}) {
    CHECK_THAT(made.err, Catch::Contains(note));
  }
  CHECK(run({"world", "validate", file}, {}).out == file + ": sound\n");
  const Ran up = run({"up", "shoper", "--port", "0", "--world", file}, {});
  INFO(up.err);
  CHECK(up.code == 0);
  CHECK_THAT(up.out, Catch::Contains("3 products"));
}

TEST_CASE("What is wrong in a recording is told with its file", "[cli][world]") {
  const Desktop desktop("broken_har");
  Json entry = har_entry("products", {{"list", Json::array()}});
  entry["response"].erase("status");
  const std::string har = desktop.file("shop.har", har_of(Json::array({entry})).dump());
  const Ran ran = run({"world", "from-har", har}, {});
  CHECK(ran.code == 2);
  CHECK_THAT(ran.err, Catch::StartsWith("atrapa: " + har + ": /log/entries/0/response/status: "));
}

TEST_CASE("world generate --out - prints the world and makes no file", "[cli][world]") {
  const Desktop desktop("printed");
  const fs::path before = fs::current_path();
  fs::current_path(desktop.file(""));
  const Ran ran = run({"world", "generate", "--products", "2", "--orders", "1", "--out", "-"}, {});
  fs::current_path(before);
  CHECK(ran.code == 0);
  CHECK(Json::parse(ran.out)["format"] == "atrapa-world/1");
  CHECK(desktop.count() == 0);
}

TEST_CASE("A command that only looks into the books does not make them", "[cli]") {
  const Desktop desktop("typo");
  const std::string books = desktop.file("typo.db");
  const std::string config = desktop.file(
      "firmino.json",
      R"({"integration": "firmino-base", "base": {"url": "http://127.0.0.1:9", "token": "t"},)"
      R"( "settings": {"orders": true}})");
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"connector", "status", "--ledger", books},
        {"connector", "keys", "--ledger", books},
        {"connector", "invoice", "1", "--ledger", books},
        {"sync", "firmino-base", "list", "--config", config, "--ledger", books},
        {"sync", "systim-shoper", "csv", "--out", desktop.file("all.csv"), "--config", config,
         "--ledger", books}}) {
    const Ran ran = run(words, {});
    INFO(words[1] << ran.out << ran.err);
    CHECK(ran.code == 2);
    CHECK_THAT(ran.err, Catch::StartsWith("atrapa: --ledger " + books + ": no such file"));
    CHECK_FALSE(fs::exists(books));
  }
}

TEST_CASE("New books are their owner's alone, as they hold tokens", "[cli]") {
  const Desktop desktop("private");
  const std::string books = desktop.file("books.db");
  REQUIRE(run({"connector", "api-key", "jan", "--ledger", books}, {}).code == 0);
  CHECK(fs::status(books).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  const Ran wrong = run({"connector", "run", "foo", "--ledger", books}, {});
  CHECK(wrong.code == 2);
  CHECK_THAT(wrong.err, Catch::Contains("expected stock, orders, all or tick"));
  CHECK_THAT(run({"connector", "status", "--ledger", books}, {}).out,
             Catch::Contains("no shop is connected"));
}
