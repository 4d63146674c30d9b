#include <catch2/catch.hpp>
#include <string>
#include <variant>

#include "core/shops/http_transport.hpp"
#include "harness/bench/bench.hpp"
#include "tests/harness/toy.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::Request;
using mocks::kit::Response;

struct WatchedTable {
  std::shared_ptr<const SubjectKind> kind = toy::subject({});
  Bench bench;

  explicit WatchedTable(bool wire)
      : bench(
            {.subject = kind.get(), .switches = {{"toy.colour", "red"}}, .seed = 1, .wire = wire}) {
    for (int i = 0; i < 3; ++i) bench.shop().plant("orders", Json::object(), bench.now());
    bench.configure();
  }
};

/// A connector that calls the shop by a socket of its own.
class Outsider final : public Subject {
 public:
  void configure(const SubjectSetup& setup) override { url_ = setup.shop.url; }
  CommandResult run(std::string_view) override {
    core::HttpTransport transport;
    const auto answer = transport.send(
        {.method = "GET", .url = url_ + "/webapi/rest/orders", .headers = {}, .body = {}});
    return {.ok = std::holds_alternative<core::HttpResponse>(answer), .summary = {}};
  }
  void restart() override {}
  void edit_product(const ErpProduct&) override {}
  ErpView look() override { return {}; }

 private:
  std::string url_;
};

class OutsiderKind final : public SubjectKind {
 public:
  std::string_view name() const override { return "outsider"; }
  std::unique_ptr<Subject> make(Wire&, std::string_view) const override {
    return std::make_unique<Outsider>();
  }
};

TEST_CASE("what happens between two exchanges sees them unmasked, and the subject what it made") {
  const bool wire = GENERATE(false, true);
  WatchedTable table(wire);
  std::vector<std::string> targets;
  bool masked = false;
  table.bench.on_answer([&](const Request& request, Response& answer) {
    targets.push_back(request.target);
    masked = masked || request.target.find("***") != std::string::npos ||
             answer.body.find("\"***\"") != std::string::npos;
    if (targets.size() == 2) answer.body = R"({"count":"0","pages":0,"page":1,"list":[]})";
  });

  CHECK(table.bench.run("orders").ok);
  REQUIRE(targets.size() == 2);
  CHECK_FALSE(masked);
  CHECK(table.bench.erp().orders.empty());
  // The journal has what the shop said.
  CHECK(table.bench.exchanges()[1].response.body.find("\"count\":\"3\"") != std::string::npos);

  table.bench.on_answer({});
  CHECK(table.bench.run("orders").ok);
  CHECK(table.bench.erp().orders.size() == 3);
}

TEST_CASE("an answer with status 0 is lost, and its request carried out") {
  WatchedTable table(false);
  int calls = 0;
  table.bench.on_answer([&](const Request&, Response& answer) {
    if (++calls == 2) answer.status = 0;
  });

  CHECK_FALSE(table.bench.run("orders").ok);
  CHECK(table.bench.exchange_count() == 2);
  CHECK(table.bench.erp().orders.empty());
}

TEST_CASE("a subject that calls past its wire cannot be watched") {
  const OutsiderKind kind;
  Bench bench({.subject = &kind, .wire = true});
  bench.configure();
  CHECK(bench.run("orders").ok);

  bench.on_answer([](const Request&, Response&) {});
  CHECK_THROWS_WITH(bench.run("orders"), Catch::Contains("past the bench's wire"));
}

}  // namespace
}  // namespace atrapa::harness
