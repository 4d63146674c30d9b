#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/harness/cli_machine.hpp"
#include "tests/harness/toy.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::cli;

namespace {

/// A directory that goes when the test does.
class ReportsDirectory {
 public:
  ReportsDirectory()
      : path_(std::filesystem::temp_directory_path() /
              ("atrapa-reports-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~ReportsDirectory() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string text_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A check of TOY-MARK on a subject that violates it, with further words.
Ran check_broken(const std::vector<std::string>& more, const RuleSet& set) {
  std::vector<std::string> words{"check", "TOY-MARK", "--subject", "core:forgets-large"};
  words.insert(words.end(), more.begin(), more.end());
  return run(words, set);
}

}  // namespace

TEST_CASE("check --write-baseline makes the file with which check --baseline is content", "[cli]") {
  const RuleSet set = toy::rule_set();
  const ReportsDirectory directory;
  const std::string file = directory / "known.json";
  const Ran written = check_broken({"--write-baseline", file}, set);
  CHECK(written.code == 1);
  CHECK_THAT(written.out, Catch::Contains("1 known failure\n"));

  const Ran known = check_broken({"--baseline", file}, set);
  INFO(known.out << known.err);
  CHECK(known.code == 0);
  CHECK_THAT(known.out, Catch::Contains("1 violated (1 known)"));
  // Another seed finds it in another case, and it is still known.
  CHECK(check_broken({"--baseline", file, "--seed", "99"}, set).code == 0);

  const Ran fixed = run({"check", "TOY-MARK", "--baseline", file}, set);
  CHECK(fixed.code == 0);
  CHECK_THAT(fixed.out,
             Catch::Contains("Fixed, to be taken out of") && Catch::Contains("TOY-MARK"));
  CHECK(run({"check", "TOY-MARK", "--write-baseline", file}, set).code == 0);
  CHECK(check_broken({"--baseline", file}, set).code == 1);
}

TEST_CASE("A baseline keeps its notes, and what this run did not judge", "[cli]") {
  const RuleSet set = toy::rule_set();
  const ReportsDirectory directory;
  const std::string file = directory / "known.json";
  std::ofstream(file) << R"({"format":"atrapa-baseline/1","known":[
    {"rule":"TOY-MARK","fails_by":["x"],"note":"TICKET-1"},{"rule":"TOY-SILENT"}]})";
  const Ran anew = check_broken({"--baseline", file}, set);
  CHECK(anew.code == 1);
  CHECK_THAT(anew.out, Catch::Contains("it fails by"));
  check_broken({"--write-baseline", file}, set);
  CHECK_THAT(text_of(file), Catch::Contains("TICKET-1") && Catch::Contains("TOY-SILENT"));
  CHECK(check_broken({"--baseline", file}, set).code == 0);
}

TEST_CASE("A baseline that names no rule of ours stops the run before it begins", "[cli]") {
  const RuleSet set = toy::rule_set();
  const ReportsDirectory directory;
  const std::string file = directory / "known.json";
  std::ofstream(file) << R"({"format":"atrapa-baseline/1","known":[{"rule":"TOY-MARKS"}]})";
  for (const char* option : {"--baseline", "--write-baseline"}) {
    const Ran ran = check_broken({option, file}, set);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Contains("known.json: no rule is called 'TOY-MARKS'. Did you mean "
                                        "TOY-MARK?"));
  }
  CHECK(check_broken({"--baseline", directory / "missing.json"}, set).code == 2);
}

TEST_CASE("check --fail-on lets lesser violations pass, and shows them", "[cli]") {
  RuleSet set = toy::rule_set();
  for (Rule& rule : set.rules) rule.level = Level::Should;
  CHECK(check_broken({}, set).code == 1);
  CHECK(check_broken({"--fail-on", "may"}, set).code == 1);
  CHECK(check_broken({"--fail-on", "should"}, set).code == 1);
  const Ran passed = check_broken({"--fail-on", "must"}, set);
  CHECK(passed.code == 0);
  CHECK_THAT(passed.out, Catch::Contains("level should, below --fail-on must"));
  CHECK(check_broken({"--fail-on", "mist"}, set).code == 2);
}

TEST_CASE("check --out writes every report, and single ones go where they are wanted", "[cli]") {
  const RuleSet set = toy::rule_set();
  const ReportsDirectory directory;
  const Ran ran = check_broken(
      {"--out", directory / "all", "--html", directory / "a.html", "--sarif", directory / "a.sarif",
       "--junit", directory / "a.xml", "--markdown", directory / "a.md"},
      set);
  INFO(ran.out << ran.err);
  CHECK(ran.code == 1);
  CHECK_THAT(ran.out, Catch::Contains("Written to"));
  CHECK(text_of(directory / "all/report.html") == text_of(directory / "a.html"));
  CHECK(text_of(directory / "all/report.sarif") == text_of(directory / "a.sarif"));
  CHECK(text_of(directory / "all/junit.xml") == text_of(directory / "a.xml"));
  CHECK(text_of(directory / "all/summary.md") == text_of(directory / "a.md"));
  for (const char* name : {"report.html", "report.sarif", "junit.xml", "summary.md"}) {
    INFO(name);
    CHECK_THAT(text_of(directory / (std::string("all/") + name)),
               Catch::Contains("atrapa replay") && Catch::Contains("TOY-MARK"));
  }
}

TEST_CASE("A place that cannot be written to is told before anything runs", "[cli]") {
  const RuleSet set = toy::rule_set();
  const ReportsDirectory directory;
  std::ofstream(directory / "file") << "mine";
  const struct {
    std::vector<std::string> words;
    std::string complaint;
  } cases[] = {
      {{"--html", directory / "none/a.html"}, "none/a.html: cannot be written"},
      {{"--write-baseline", directory / "none/b.json"}, "none/b.json: cannot be written"},
      {{"--junit", directory / ""}, "cannot be written: it is a directory"},
      {{"--out", directory / "file"}, "--out"},
      {{"--html", directory / "x", "--junit", directory / "x"}, "--html and --junit name one file"},
  };
  for (const auto& one : cases) {
    const Ran ran = check_broken(one.words, set);
    INFO(ran.out << ran.err);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Contains(one.complaint));
  }
  CHECK(text_of(directory / "file") == "mine");
  // What shows only while it is written: what was found is told nevertheless.
  const Ran full = check_broken({"--html", "/dev/full"}, set);
  CHECK(full.code == 2);
  CHECK_THAT(full.err, Catch::Contains("/dev/full: cannot be written"));
  CHECK_THAT(full.out, Catch::Contains("VIOLATED TOY-MARK"));
}

TEST_CASE("ci init writes a job with the connector in it, and leaves a file that is there",
          "[cli]") {
  const ReportsDirectory directory;
  const std::string file = directory / "deep/er/job.yml";
  const std::vector<std::string> words{"ci",    "init", "github", "--exec", "./my connector's run",
                                       "--out", file};
  const Ran ran = run(words, {});
  INFO(ran.out << ran.err);
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, Catch::Contains("ATRAPA_REPOSITORY"));
  const std::string job = text_of(file);
  CHECK_THAT(job, Catch::Contains("check \"$@\" --exec './my connector'\\''s run' --out") &&
                      Catch::Contains("ATRAPA_REF") && !Catch::Contains("reference sync"));

  std::ofstream(file) << "mine";
  const Ran again = run(words, {});
  CHECK(again.code == 2);
  CHECK_THAT(again.err, Catch::Contains("--force"));
  CHECK(text_of(file) == "mine");
  std::vector<std::string> forced = words;
  forced.push_back("--force");
  CHECK(run(forced, {}).code == 0);
  CHECK(text_of(file) == job);
}

TEST_CASE("ci init without a connector says whom the job judges", "[cli]") {
  for (const char* service : {"github", "gitlab"}) {
    const Ran ran = run({"ci", "init", service, "--out", "-"}, {});
    CHECK(ran.code == 0);
    CHECK_THAT(ran.out, Catch::Contains("the reference sync is judged") &&
                            Catch::Contains("check \"$@\" --out atrapa-report"));
  }
  CHECK_THAT(run({"ci", "init", "gitlab", "--driver", "d", "--out", "-"}, {}).out,
             Catch::Contains("--driver d "));
}

TEST_CASE("ci init hands further words on to check", "[cli]") {
  const Ran ran = run({"ci", "init", "gitlab", "--exec", "./sync", "--out", "-", "--", "SYSTIM",
                       "--cases", "20", "--erp-dump", "cat it.json"},
                      {});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, Catch::Contains("check \"$@\" --exec ./sync SYSTIM --cases 20 --erp-dump "
                                      "'cat it.json' --out atrapa-report"));
}

TEST_CASE("ci init refuses what would not be a job", "[cli]") {
  const struct {
    std::vector<std::string> words;
    const char* complaint;
  } cases[] = {{{"ci", "init", "githab"}, "Did you mean github"},
               {{"ci", "init", "github", "--exec", "a", "--driver", "b"}, "--exec"},
               {{"ci", "init", "github", "--exec", "a\nb"}, "several lines"},
               {{"ci"}, "atrapa ci --help"}};
  for (const auto& one : cases) {
    const Ran ran = run(one.words, {});
    INFO(ran.err);
    CHECK(ran.code == 2);
    CHECK_THAT(ran.err, Catch::Contains(one.complaint));
  }
}
