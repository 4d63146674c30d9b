#include "harness/subject/foreign.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/bench/bench.hpp"
#include "harness/run/campaign.hpp"
#include "tests/harness/toy.hpp"

using namespace atrapa::harness;
using Catch::Matchers::Contains;

namespace {

constexpr const char* kHello =
    R"({"jsonrpc":"2.0","id":1,"result":{"protocol":1,"name":"toy","clock":"virtual",)"
    R"("commands":["orders"],"methods":[],"sees":[]}})";

/// A driver in a line of shell: `first` instead of the handshake, then `second`.
std::string shell_driver(const std::string& first, const std::string& second) {
  return fmt::format("read -r line; {}; read -r line; {}", first, second);
}

std::string says(const std::string& line) { return fmt::format("printf '%s\\n' '{}'", line); }

/// What a case that configures it and runs "orders" breaks down with.
std::string failure_of(const std::string& driver, int milliseconds = 20'000) {
  const auto kind =
      driver_subject({.where = driver, .timeout = std::chrono::milliseconds(milliseconds)});
  try {
    Bench bench({.subject = kind.get()});
    bench.configure();
    bench.run("orders");
  } catch (const SubjectFailure& failure) {
    return failure.what();
  }
  return "nothing";
}

/// A file for what a program writes, gone at the end.
class Note {
 public:
  Note() {
    std::string name = (std::filesystem::temp_directory_path() / "atrapa-note-XXXXXX").string();
    ::close(::mkstemp(name.data()));
    path_ = name;
  }
  ~Note() { std::filesystem::remove(path_); }
  Note(const Note&) = delete;
  Note& operator=(const Note&) = delete;

  const std::string& path() const { return path_; }
  std::string text() const {
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    return text.str();
  }

 private:
  std::string path_;
};

ErpProduct boots(const std::string& stock) {
  ErpProduct product;
  product.id = "1";
  product.code = "BUT-42";
  product.name = "Trapery";
  product.stock = stock;
  return product;
}

RuleResult verdict_of(const Rule& rule, const SubjectKind& kind) {
  CampaignOptions options;
  options.subject = &kind;
  options.cases = 4;
  return run_campaign({&rule}, options).rules.front();
}

}  // namespace

TEST_CASE("A driver that prints garbage is told so, with what it printed", "[foreign]") {
  const std::string why = failure_of(shell_driver(says("Hello from my connector"), "cat"));
  CHECK_THAT(why, Contains("no JSON-RPC answer") && Contains("Hello from my connector") &&
                      Contains("'initialize'") && Contains("standard error"));
}

TEST_CASE("A driver that ends in the middle of a call is told how and with its last words",
          "[foreign]") {
  CHECK_THAT(failure_of(shell_driver(says(kHello), "echo 'no such table' >&2; exit 3")),
             Contains("ended with exit code 3") && Contains("'configure'") &&
                 Contains("no such table") && Contains("last request to the shop"));
  CHECK_THAT(failure_of(shell_driver(says(kHello), "kill -SEGV $$")), Contains("signal 11"));
  CHECK_THAT(failure_of("no-such-driver-anywhere"), Contains("exit code 127"));
}

TEST_CASE("An answer to another request, an error and another version are told apart",
          "[foreign]") {
  CHECK_THAT(
      failure_of(shell_driver(says(kHello), says(R"({"jsonrpc":"2.0","id":9,"result":{}})"))),
      Contains("answered request 2 ('configure') with the id 9"));
  CHECK_THAT(failure_of(shell_driver(
                 says(kHello),
                 says(R"({"jsonrpc":"2.0","id":2,"error":{"code":-32603,"message":"boom"}})"))),
             Contains("error -32603: boom"));
  CHECK_THAT(
      failure_of(shell_driver(
          says(R"({"jsonrpc":"2.0","id":1,"result":{"protocol":7,"name":"x","clock":"real"}})"),
          "cat")),
      Contains("it speaks version 7, Atrapa speaks version 1"));
}

TEST_CASE("A driver that hangs is ended with all that it started", "[foreign]") {
  const Note note;
  // A process of its own that would live on, and one that answers nothing.
  const std::string why = failure_of(
      fmt::format("sleep 600 & echo $! > {}; read -r line; sleep 600", note.path()), 300);
  CHECK_THAT(why, Contains("has not answered 'initialize' within 0.3 s") && Contains("--timeout"));
  const pid_t left = std::stoi(note.text());
  // No such process any more, or one whose end comes.
  const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, left, 0));
  if (descriptor < 0) return;
  pollfd end{descriptor, POLLIN, 0};
  CHECK(::poll(&end, 1, 10'000) == 1);
  ::close(descriptor);
}

TEST_CASE("What a driver does not have leaves the cases out, with that reason", "[foreign]") {
  const auto kind = driver_subject(
      {.where = shell_driver(says(kHello),
                             says(R"({"jsonrpc":"2.0","id":2,"result":{}})") +
                                 "; while read -r line; do id=${line#*\\\"id\\\":}; "
                                 "printf '{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{}}\\n' "
                                 "\"${id%%,*}\"; done")});
  const Rule rule = toy::runs("mark");
  const RuleResult no_command = verdict_of(rule, *kind);
  CHECK(no_command.verdict == Verdict::NotJudged);
  CHECK(no_command.declared_reason() == "toy has no command 'mark'");
  CHECK(no_command.left_out == no_command.cases);
}

TEST_CASE("A driver that breaks down breaks the campaign off", "[foreign]") {
  const auto kind = driver_subject({.where = shell_driver(says(kHello), "exit 5")});
  CHECK_THROWS_AS(verdict_of(toy::marks_all(), *kind), SubjectFailure);
}

TEST_CASE("A program without an adapter finds the case in its environment", "[foreign][exec]") {
  const Note note;
  const auto kind = exec_subject(
      {.command = fmt::format("echo \"$MINE $WHOLE $ATRAPA_COMMAND $ATRAPA_AUTOMATIC\" > {}; cat "
                              "\"$ATRAPA_PRODUCTS\" >> {}; echo done; exit ${{ENDS:-0}}",
                              note.path(), note.path()),
       .environment = {{"MINE", "at {ATRAPA_SHOP_URL}/webapi as {ATRAPA_SHOP_LOGIN}"},
                       {"WHOLE", "ATRAPA_INTEGRATION"}}});
  Bench bench({.subject = kind.get()});
  bench.add_product(boots("5"));
  bench.configure();
  CHECK(bench.run("stock").ok);
  CHECK_THAT(note.text(), Contains("at http://127.0.0.1:") && Contains("/webapi as ") &&
                              Contains("systim-shoper stock 1") && Contains("\"BUT-42\""));

  bench.edit_product(boots("777"));
  bench.set_automatic(false);
  bench.run("all");
  CHECK_THAT(note.text(), Contains("systim-shoper all 0") && Contains("\"777\""));
  CHECK_THROWS_AS(bench.run("csv"), Incapable);
  CHECK_THROWS_AS(bench.erp().orders.size(), Incapable);
}

TEST_CASE("A program that ends with an error, cannot be run or does not end is told apart",
          "[foreign][exec]") {
  const auto run = [](const std::string& command) {
    const auto kind = exec_subject({.command = command, .timeout = std::chrono::milliseconds(300)});
    Bench bench({.subject = kind.get()});
    bench.configure();
    return bench.run("stock");
  };
  const CommandResult failed = run("echo 'the shop said 401' >&2; exit 4");
  CHECK_FALSE(failed.ok);
  CHECK_THAT(failed.summary, Contains("exit code 4") && Contains("the shop said 401"));
  CHECK_THROWS_WITH(run("no-such-program-anywhere"), Contains("the shell cannot run"));
  CHECK_THROWS_WITH(run("sleep 600"), Contains("has not ended within 0.3 s"));
}

TEST_CASE("What a run that failed said stands in the violation", "[foreign][exec]") {
  const Rule rule = toy::levels_arrive();
  const auto kind =
      exec_subject({.command = "echo 'the shop said 401' >&2; exit 4", .commands = {"levels"}});
  CampaignOptions options;
  options.subject = kind.get();
  options.cases = 1;
  options.max_shrinks = 1;
  const CampaignResult result = run_campaign({&rule}, options);
  REQUIRE(result.rules.front().violation);
  const auto& failed = result.rules.front().violation->failed_runs;
  REQUIRE_FALSE(failed.empty());
  CHECK_THAT(failed.front().words, Contains("exit code 4") && Contains("the shop said 401"));
}

TEST_CASE("What --erp-dump prints is the ERP, or told by its pointer", "[foreign][exec]") {
  const auto look = [](const std::string& dump) {
    const auto kind = exec_subject({.command = "true", .erp_dump = dump});
    Bench bench({.subject = kind.get()});
    bench.configure();
    return bench.erp();
  };
  const ErpView view =
      look(R"(echo '{"orders":[{"id":"1","shop_order_id":"7","lines":[],"total_gross":"0.00"}]}')");
  CHECK(view.orders[0].shop_order_id == "7");
  CHECK(view.products.is_hidden());
  CHECK_THROWS_WITH(look("echo '{\"orders\":[{}]}'"), Contains("/orders/0/id: missing"));
  CHECK_THROWS_WITH(look("exit 1"), Contains("--erp-dump 'exit 1' ended with exit code 1"));
}
