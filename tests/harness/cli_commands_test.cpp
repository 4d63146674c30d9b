#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <pugixml.hpp>

#include "harness/cli/progress.hpp"
#include "tests/harness/cli_machine.hpp"
#include "tests/harness/toy.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::cli;

namespace {

std::vector<Json> lines_of(const std::string& text) {
  std::vector<Json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
  return lines;
}

/// A directory that goes when the test does.
class Directory {
 public:
  Directory()
      : path_(std::filesystem::temp_directory_path() /
              ("atrapa-cli-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string text() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("rules --json gives each rule the shape that other programs read", "[cli]") {
  const Ran ran = run({"rules", "--json"}, toy::rule_set());
  CHECK(ran.code == 0);
  const auto lines = lines_of(ran.out);
  REQUIRE(lines.size() == 5);
  CHECK(lines[0] == Json{{"id", "TOY-MARK"},
                         {"integration", "toy"},
                         {"level", "must"},
                         {"provenance", "seed"},
                         {"statement", "A sentence about the toy."},
                         {"source", {{"document", "The toy's manual"}, {"section", "Sentences"}}},
                         {"switches", Json::array()},
                         {"status", "judged"},
                         {"reason", ""}});
  CHECK(lines[3]["status"] == "not_judged");
  CHECK(lines[3]["reason"] == "nothing of it can be seen from outside");
}

TEST_CASE("explain tells the sentence, its source, its bugs and how to run it", "[cli]") {
  const Ran ran = run({"explain", "TOY-MARK"}, toy::rule_set());
  CHECK(ran.code == 0);
  for (const char* part : {"TOY-MARK", "A sentence about the toy.", "The toy's manual", "Sentences",
                           "must: the text states it", "core:forgets-large",
                           "atrapa check TOY-MARK --subject core:forgets-large"}) {
    INFO(part << " in\n" << ran.out);
    CHECK(ran.out.find(part) != std::string::npos);
  }
  const Ran silent = run({"explain", "TOY-UNDECIDED"}, toy::rule_set());
  CHECK(silent.out.find("nothing of it can be seen from outside") != std::string::npos);
  CHECK(silent.out.find("atrapa check") == std::string::npos);
}

TEST_CASE("check ends with 0 where rules hold, 1 where one is violated, 2 where one is unproven",
          "[cli]") {
  const RuleSet set = toy::rule_set();
  CHECK(run({"check", "TOY-MARK", "--cases", "5"}, set).code == 0);
  CHECK(run({"check", "TOY-MARK", "--subject", "core:forgets-large"}, set).code == 1);
  const Ran silent = run({"check", "TOY-SILENT", "--cases", "5"}, set);
  CHECK(silent.code == 2);
  CHECK(silent.out.find("unproven") != std::string::npos);
  const Ran broken = run({"check", "TOY-BROKEN", "--cases", "5"}, set);
  CHECK(broken.code == 2);
  CHECK(broken.out.find("the table has no legs") != std::string::npos);
  CHECK(run({"check", "TOY-UNDECIDED"}, set).code == 2);
}

TEST_CASE("check --out leaves reports and a file that replays", "[cli]") {
  const RuleSet set = toy::rule_set();
  const Directory directory;
  const Ran ran = run({"check", "TOY-MARK", "TOY-UNDECIDED", "--subject", "core:forgets-large",
                       "--out", directory.text(), "--json"},
                      set);
  CHECK(ran.code == 1);
  const auto lines = lines_of(ran.out);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0]["verdict"] == "violated");
  CHECK(lines[2]["summary"]["violated"] == 1);

  std::ifstream jsonl(directory / "report.jsonl");
  CHECK(std::string(std::istreambuf_iterator<char>(jsonl), {}) == ran.out);
  pugi::xml_document junit;
  REQUIRE(junit.load_file((directory / "junit.xml").c_str()));
  CHECK(junit.child("testsuites").attribute("failures").as_int() == 1);

  const std::string command = lines[0]["replay"];
  REQUIRE(command.find("atrapa replay ") == 0);
  const std::string file = command.substr(std::string("atrapa replay ").size());
  const Ran again = run({"replay", file}, set);
  CHECK(again.code == 1);
  CHECK(again.out.find("The very finding of the file.") != std::string::npos);
  CHECK(again.out.find("VIOLATED TOY-MARK") != std::string::npos);
  CHECK(run({"replay", file, "--json"}, set).code == 1);
}

TEST_CASE("The command that a violation names finds the same again", "[cli]") {
  const RuleSet set = toy::rule_set();
  const Ran first = run({"check", "TOY-MARK", "--subject", "core:forgets-large", "--seed", "12",
                         "--cases", "60", "--json"},
                        set);
  const std::string command = lines_of(first.out)[0]["replay"];
  CHECK(command == "atrapa check TOY-MARK --seed 12 --cases 60 --subject core:forgets-large");
  std::istringstream in(command);
  std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
  words.erase(words.begin());
  words.push_back("--json");
  CHECK(lines_of(run(words, set).out)[0] == lines_of(first.out)[0]);
}

TEST_CASE("bugs measures who catches what, and a rule that cannot tell is no success", "[cli]") {
  const Ran ran = run({"bugs", "--json"}, toy::rule_set());
  CHECK(ran.code == 2);  // TOY-SILENT promises to catch it and never looks.
  const auto lines = lines_of(ran.out);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0]["bug"] == "forgets-large");
  CHECK(lines[0]["caught_by"] == Json{"TOY-MARK"});
  CHECK(lines[0]["cases_to_catch"].get<int>() >= 1);
  CHECK(lines[0]["not_judged_by"].size() == 1);

  RuleSet kept = toy::rule_set();
  kept.bugs[0].caught_by = {"TOY-MARK"};
  CHECK(run({"bugs"}, kept).code == 0);

  RuleSet missed = toy::rule_set();
  missed.bugs[0].caught_by = {"TOY-MARK", toy::levels_arrive().id};
  const Ran no_success = run({"bugs"}, missed);
  CHECK(no_success.code == 1);
  CHECK(no_success.out.find("NOT by " + toy::levels_arrive().id) != std::string::npos);
}

TEST_CASE("chaos tells safe from unsafe, boundary by boundary", "[cli]") {
  const RuleSet set = toy::rule_set();
  const Ran safe = run({"chaos", "--json"}, set);
  INFO(safe.out << safe.err);
  CHECK(safe.code == 0);
  const auto lines = lines_of(safe.out);
  REQUIRE(lines.size() > 2);
  CHECK(lines[0]["flow"] == "toy orders");
  CHECK(lines[0]["safety"] == "safe");
  CHECK(lines.back()["summary"]["unsafe"] == 0);

  const Ran unsafe = run({"chaos", "--subject", "core:keeps-order-blindly"}, set);
  CHECK(unsafe.code == 1);
  CHECK(unsafe.out.find("UNSAFE") != std::string::npos);
  CHECK(unsafe.out.find("3 of 15 boundaries safe") != std::string::npos);
  // The history of the first unsafe one: the accident, the restart.
  const std::size_t history = unsafe.out.find("How it went");
  REQUIRE(history != std::string::npos);
  CHECK(unsafe.out.find("-- it is started again", history) != std::string::npos);
  CHECK(unsafe.out.find("-- a further quiet run", history) != std::string::npos);
}

TEST_CASE("demo shows the finding as check does and says what to do next", "[cli]") {
  const Ran ran = run({"demo"}, toy::rule_set(), "forgets-large");
  INFO(ran.out << ran.err);
  CHECK(ran.code == 0);
  CHECK(ran.out.find("VIOLATED TOY-MARK") != std::string::npos);
  CHECK(ran.out.find("Repeat it:") != std::string::npos);
  CHECK(ran.out.find("atrapa up") != std::string::npos);
  CHECK(run({"demo"}, toy::rule_set(), "no-such-bug").code == 2);
}

TEST_CASE("A generated world is sound, and the same seed gives the same bytes", "[cli]") {
  const Ran first = run({"world", "generate", "--products", "7", "--orders", "3"}, {});
  CHECK(first.code == 0);
  CHECK(run({"world", "generate", "--products", "7", "--orders", "3"}, {}).out == first.out);
  CHECK(run({"world", "generate", "--products", "7", "--orders", "3", "--seed", "2"}, {}).out !=
        first.out);

  const Directory directory;
  std::filesystem::create_directories(directory.text());
  const std::string file = directory / "world.json";
  CHECK(run({"world", "generate", "--products", "7", "-o", file}, {}).code == 0);
  CHECK(run({"world", "validate", file}, {}).out == file + ": sound\n");
  std::ofstream(file) << R"({"format":"atrapa-world/1","name":"x","nme":"y"})";
  const Ran broken = run({"world", "validate", file}, {});
  CHECK(broken.code == 2);
  CHECK(broken.out.find("/nme") != std::string::npos);
}

TEST_CASE("The built-in worlds can be shown and taken as a template", "[cli]") {
  const Ran shown = run({"world", "show"}, {});
  CHECK(shown.code == 0);
  CHECK(shown.out.find("World demo") == 0);
  CHECK(shown.out.find("orders") != std::string::npos);
  CHECK(Json::parse(run({"world", "show", "empty", "--json"}, {}).out)["name"] == "empty");
}

TEST_CASE("Progress is written over on a terminal and taken away in the end", "[cli]") {
  PaperMachine machine;
  machine.terminal = true;
  {
    Progress progress(machine);
    progress.show("1 of 2\x1b");
    progress.show("2 of 2");
  }
  CHECK(machine.complained() == "\r\x1b[K1 of 2\\x1b\r\x1b[K2 of 2\r\x1b[K");

  PaperMachine log;
  {
    Progress silent(log);
    silent.show("1 of 2");
    Progress lines(log, 2);  // This machine's clock goes on by a second with each look.
    for (int step = 1; step <= 6; ++step) lines.show(std::to_string(step));
  }
  CHECK(log.complained() == "3\n5\n");
}
