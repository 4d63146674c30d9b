#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <pugixml.hpp>
#include <set>

#include "tests/cli/lines.hpp"
#include "tests/cli/process.hpp"

using namespace atrapa::tests;

namespace {

using Keys = std::vector<std::string>;

/// A planted bug with the first rule that must catch it.
struct Planted {
  std::string subject;
  std::string rule;
};

Planted any_planted_bug() {
  const Ended bugs = run_atrapa({"bugs", "trims-codes", "--json"});
  INFO(bugs.out << bugs.err);
  REQUIRE(bugs.code == 0);
  return {"core:trims-codes", json_lines(bugs.out).at(0)["caught_by"][0]};
}

}  // namespace

TEST_CASE("rules --json lists the Systim rules in their documented shape", "[cli]") {
  const Ended ended = run_atrapa({"rules", "SYSTIM", "--json"});
  REQUIRE(ended.code == 0);
  const auto rules = json_lines(ended.out);
  CHECK(rules.size() >= 24);
  for (const Json& rule : rules) {
    CHECK(keys_of(rule) == Keys{"id", "integration", "level", "provenance", "statement", "source",
                                "switches", "status", "reason"});
    CHECK(keys_of(rule["source"]) == Keys{"document", "section"});
    const bool judged = rule["status"] == "judged";
    CHECK((judged || rule["status"] == "not_judged"));
    CHECK(rule["reason"].get<std::string>().empty() == judged);
    CHECK_FALSE(rule["statement"].get<std::string>().empty());
  }
}

TEST_CASE("bugs --by-rule names for each judged rule the bugs that it catches", "[cli]") {
  const Ended ended = run_atrapa({"bugs", "trims-codes", "pairs-by-name", "--by-rule", "--json"});
  INFO(ended.out << ended.err);
  REQUIRE(ended.code == 0);
  std::map<std::string, Json> catches;
  for (const Json& line : json_lines(ended.out)) catches[line["rule"]] = line["catches"];
  CHECK(catches.at("SYSTIM-STOCK-04") == Json{"trims-codes", "pairs-by-name"});
  CHECK(catches.at("SYSTIM-STOCK-01") == Json::array({"pairs-by-name"}));
  CHECK(catches.at("SYSTIM-ORD-01") == Json::array());
  CHECK(catches.count("SYSTIM-PREP-01") == 0);  // Nobody judges it.
}

TEST_CASE("Every rule can be explained", "[cli]") {
  for (const Json& rule : json_lines(run_atrapa({"rules", "--json"}).out)) {
    const std::string id = rule["id"];
    const Ended ended = run_atrapa({"explain", id});
    INFO(id << ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.out.find(id) == 0);
  }
}

TEST_CASE("check --json prints a line per rule and a summary last", "[cli]") {
  const Ended ended = run_atrapa({"check", "SYSTIM-STOCK-04", "--cases", "20", "--json"});
  INFO(ended.out << ended.err);
  REQUIRE(ended.code == 0);
  const auto lines = json_lines(ended.out);
  REQUIRE(lines.size() == 2);
  CHECK(keys_of(lines[0]) == Keys{"rule", "verdict", "cases", "reason", "replay"});
  CHECK(lines[0]["rule"] == "SYSTIM-STOCK-04");
  CHECK(lines[0]["verdict"] == "holds");
  CHECK(lines[0]["cases"] == 20);
  CHECK(keys_of(lines[1]["summary"]) ==
        Keys{"rules", "holds", "violated", "not_judged", "cases", "exchanges", "seconds", "seed"});
  CHECK(lines[1]["summary"]["seconds"].get<double>() > 0);
}

TEST_CASE("The same seed gives the same output but for the seconds", "[cli]") {
  const auto run = [](const std::string& jobs) {
    auto lines = json_lines(run_atrapa({"check", "SYSTIM-STOCK", "--cases", "10", "--seed", "4",
                                        "--jobs", jobs, "--json"})
                                .out);
    lines.back()["summary"].erase("seconds");
    return lines;
  };
  const auto first = run("1");
  CHECK(first.size() > 5);
  CHECK(first == run("1"));
  CHECK(first == run("3"));
}

TEST_CASE("A violation ends with 1, reads in full, and its file replays", "[cli]") {
  const Planted planted = any_planted_bug();
  const TemporaryDirectory directory;
  const std::string out = directory / "findings";
  const Ended ended =
      run_atrapa({"check", planted.rule, "--subject", planted.subject, "--out", out});
  INFO(ended.out << ended.err);
  REQUIRE(ended.code == 1);
  for (const char* part : {"VIOLATED", "Source: ", "expected", "observed", "Smallest case",
                           "curl -s", "Repeat it:", "atrapa replay "}) {
    CHECK(ended.out.find(part) != std::string::npos);
  }

  pugi::xml_document junit;
  REQUIRE(junit.load_file((out + "/junit.xml").c_str()));
  CHECK(junit.select_nodes("testsuites/testsuite/testcase/failure").size() == 1);

  const auto lines = json_lines(read_text(out + "/report.jsonl"));
  const std::string replay = lines.at(0)["replay"];
  const std::string file = replay.substr(std::string("atrapa replay ").size());
  const Ended again = run_atrapa({"replay", file, "--json"});
  CHECK(again.code == 1);
  CHECK(json_lines(again.out).at(0)["same"] == true);

  // The file of a bug that was mended: the core without it.
  Json mended = Json::parse(read_text(file));
  mended["subject"] = "core";
  write_text(directory / "mended.json", mended.dump());
  CHECK(run_atrapa({"replay", directory / "mended.json"}).code == 0);
}

TEST_CASE("A signal that ends it leaves no program running and no directory behind", "[cli]") {
  const TemporaryDirectory directory;
  const TemporaryDirectory temporary;
  const std::string pipe = directory / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  for (const int signal : {SIGINT, SIGTERM}) {
    INFO(signal);
    // The program says its number through the pipe and stays.
    Process judge(atrapa_words({"check", "SYSTIM-STOCK-04", "--exec",
                                "echo $$ > '" + pipe + "'; exec sleep 600"}),
                  {}, {{"TMPDIR", temporary.path().string()}});
    const pid_t program = std::stoi(read_text(pipe));
    CHECK_FALSE(std::filesystem::is_empty(temporary.path()));
    judge.send_signal(signal);
    CHECK(judge.wait().signal == signal);
    CHECK(std::filesystem::is_empty(temporary.path()));
    // No such process any more, or one whose end comes.
    const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, program, 0));
    if (descriptor < 0) continue;
    pollfd end{descriptor, POLLIN, 0};
    CHECK(::poll(&end, 1, 10'000) == 1);
    ::close(descriptor);
  }
}

TEST_CASE("Nonsense ends with 2 and one line on standard error", "[cli]") {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"check", "SYSTIM-SOCK-04"},
        {"check", "SYSTIM-STOCK-04", "--subject", "core:trims-cods"},
        {"check", "SYSTIM-STOCK-04", "--set", "systim.zero_stock=sometimes"},
        {"check", "SYSTIM-STOCK-04", "--cases", "-3"},
        {"replay", "/nowhere.json"},
        {"frobnicate"},
        {}}) {
    const Ended ended = run_atrapa(words);
    INFO(ended.out << ended.err);
    CHECK(ended.code == 2);
    if (words.empty()) continue;
    CHECK(ended.err.find("atrapa: ") == 0);
    CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') == 1);
  }
}

TEST_CASE("A finding survives a file that is cut, wrong or empty", "[cli]") {
  const TemporaryDirectory directory;
  for (const char* text : {"", "{", "[]", "{\"format\":\"atrapa-replay/1\"}", "\xFF\xFE"}) {
    write_text(directory / "broken.json", text);
    const Ended ended = run_atrapa({"replay", directory / "broken.json"});
    INFO(text << ended.err);
    CHECK(ended.code == 2);
    CHECK(ended.err.find("broken.json") != std::string::npos);
  }
}

TEST_CASE("doctor gets into the fakes that it starts, on this very machine", "[cli]") {
  const Ended ended = run_atrapa({"doctor", "--json"});
  INFO(ended.out << ended.err);
  CHECK(ended.code == 0);
  std::set<std::string> well;
  for (const Json& line : json_lines(ended.out)) {
    CHECK(keys_of(line) == Keys{"check", "health", "what", "mend"});
    CHECK((line["health"] == "ok") == line["mend"].get<std::string>().empty());
    if (line["health"] == "ok") well.insert(line["check"]);
  }
  for (const char* check : {"reached", "token", "clock", "time zone", "temporary"}) {
    CHECK(well.contains(check));
  }
}

TEST_CASE("doctor tells which process holds a port", "[cli]") {
  Process up(atrapa_words({"up", "shoper", "--port", "0", "--json"}));
  const std::string gateway = Json::parse(up.line())["gateway"];
  const std::string port = gateway.substr(gateway.rfind(':') + 1);
  const Ended ended = run_atrapa({"doctor", "--port", port, "--json"});
  INFO(ended.out);
  CHECK(ended.code == 2);
  const Json ports = json_lines(ended.out).at(0);
  CHECK(ports["health"] == "problem");
  CHECK(ports["what"].get<std::string>().find(port + " (atrapa, pid ") != std::string::npos);
}

TEST_CASE("demo finds its doubled order", "[cli]") {
  const Ended ended = run_atrapa({"demo"});
  INFO(ended.out << ended.err);
  CHECK(ended.code == 0);
  CHECK(ended.out.find("VIOLATED") != std::string::npos);
  CHECK(ended.out.find("Next") != std::string::npos);
}

TEST_CASE("Nothing but the documented shapes goes to standard output with --json", "[cli]") {
  const Ended operations = run_atrapa({"operations", "--json"});
  REQUIRE(operations.code == 0);
  std::set<std::string> resources;
  for (const Json& operation : json_lines(operations.out)) {
    CHECK(keys_of(operation) ==
          Keys{"platform", "resource", "operation", "emulation", "provenance"});
    if (operation["platform"] == "shoper") resources.insert(operation["resource"]);
  }
  CHECK(resources.size() == 80);
  CHECK(resources.contains("product-reviews"));
}

TEST_CASE("operations names every resource, those too that are known by name only", "[cli]") {
  const Ended ended = run_atrapa({"operations", "shoper"});
  REQUIRE(ended.code == 0);
  CHECK(ended.out.find("323 operations of 80 resources") != std::string::npos);
  CHECK(ended.out.find("ANY /webapi/rest/xml-feeds") != std::string::npos);
  CHECK(ended.out.find("ANY product-reviews") != std::string::npos);
  CHECK(ended.out.find("2  name only") != std::string::npos);
}

TEST_CASE("A reader that goes away does not hang the program", "[cli]") {
  const Ended ended =
      Process({"sh", "-c", std::string(ATRAPA_PROGRAM) + " world generate | head -c 100"}).wait();
  CHECK(ended.out.size() == 100);
}
