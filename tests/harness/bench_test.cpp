#include "harness/bench/bench.hpp"

#include <catch2/catch.hpp>

#include "tests/harness/toy.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::FaultKind;

struct Table {
  std::shared_ptr<const SubjectKind> kind = toy::subject({});
  Bench bench;

  explicit Table(bool wire = false, std::uint64_t budget = 5000)
      : bench({.subject = kind.get(),
               .switches = {{"toy.colour", "red"}},
               .seed = 1,
               .wire = wire,
               .exchange_budget = budget}) {
    for (int i = 0; i < 3; ++i) bench.shop().plant("orders", Json::object(), bench.now());
    bench.configure();
  }
};

TEST_CASE("a bench starts with an empty shop at the moment of its world") {
  const auto kind = toy::subject({});
  Bench bench({.subject = kind.get()});

  CHECK(bench.shop().ids("products").empty());
  CHECK(bench.shop().ids("orders").empty());
  CHECK_FALSE(bench.shop().ids("taxes").empty());
  CHECK(bench.exchange_count() == 0);
  CHECK(bench.now().time_since_epoch().count() > 0);
}

TEST_CASE("what one bench plants no other bench sees") {
  const auto kind = toy::subject({});
  Bench first({.subject = kind.get()});
  const auto id = first.shop().plant("orders", Json::object(), first.now());
  Bench second({.subject = kind.get()});

  CHECK(first.shop().row("orders", id));
  CHECK(second.shop().ids("orders").empty());
}

TEST_CASE("time moves by waiting and by the case, never by itself") {
  Table table;
  const auto start = table.bench.now();
  table.bench.run("mark");
  CHECK(table.bench.now() == start);
  table.bench.run("orders");  // Two exchanges, a second's wait before each.
  CHECK(table.bench.now() == start + std::chrono::seconds(2));
  table.bench.advance(std::chrono::hours(1));
  CHECK(table.bench.now() == start + std::chrono::hours(1) + std::chrono::seconds(2));
}

TEST_CASE("a bench counts and keeps the exchanges of its subject") {
  Table table;
  CHECK(table.bench.run("orders").ok);
  CHECK(table.bench.exchange_count() == 2);
  REQUIRE(table.bench.exchanges().size() == 2);
  CHECK(table.bench.exchanges()[1].request.target == "/webapi/rest/orders?page=1");
  CHECK(table.bench.erp().orders.size() == 3);
  CHECK(table.bench.commit_count() == 3);
}

TEST_CASE("a fault hits the exchange it was planned for, over the wire too") {
  const bool wire = GENERATE(false, true);
  const FaultKind fault =
      GENERATE(FaultKind::RefusedBeforeSend, FaultKind::LostAfterCommit, FaultKind::TooManyRequests,
               FaultKind::ServerError, FaultKind::TruncatedAnswer);
  CAPTURE(wire, to_string(fault));
  Table table(wire);
  table.bench.arm({{.exchange = 1, .kind = fault}});

  CHECK_FALSE(table.bench.run("orders").ok);
  CHECK(table.bench.erp().orders.empty());
  CHECK(table.bench.exchange_count() == 2);
  CHECK_FALSE(table.bench.exchanges()[0].fault);
  CHECK(table.bench.exchanges()[1].fault == fault);
  CHECK(table.bench.run("orders").ok);
  CHECK(table.bench.erp().orders.size() == 3);
}

TEST_CASE("a subject is killed before or after the planned exchange and goes on after a restart") {
  const bool wire = GENERATE(false, true);
  const KillPoint point = GENERATE(KillPoint::BeforeSend, KillPoint::AfterAnswer);
  Table table(wire);
  table.bench.kill_at(1, point);

  CHECK_FALSE(table.bench.run("orders").ok);
  CHECK(table.bench.killed());
  CHECK(table.bench.exchange_count() == (point == KillPoint::BeforeSend ? 1u : 2u));
  CHECK(table.bench.erp().orders.empty());
  CHECK_THROWS_AS(table.bench.run("orders"), std::logic_error);
  table.bench.restart();
  CHECK_FALSE(table.bench.killed());
  CHECK(table.bench.run("orders").ok);
  CHECK(table.bench.erp().orders.size() == 3);
}

TEST_CASE("a subject killed before a commit stores nothing any more") {
  Table table;
  table.bench.kill_at_commit(1);

  CHECK_FALSE(table.bench.run("orders").ok);
  CHECK(table.bench.killed());
  CHECK(table.bench.erp().orders.size() == 1);
  table.bench.restart();
  CHECK(table.bench.run("orders").ok);
  CHECK(table.bench.erp().orders.size() == 3);
}

TEST_CASE("a command that goes beyond its budget is broken off and the subject is stuck") {
  const bool wire = GENERATE(false, true);
  const std::string command = GENERATE("spin", "doze");
  Table table(wire, 20);

  const CommandResult result = table.bench.run(command);
  CHECK_FALSE(result.ok);
  CHECK_THAT(result.summary, Catch::Contains("20"));
  CHECK(table.bench.stuck());
  CHECK_FALSE(table.bench.killed());
  CHECK(table.bench.exchange_count() <= 20);
  CHECK_FALSE(table.bench.run("orders").ok);
}

TEST_CASE("the budget is counted for each command anew") {
  Table table(false, 4);
  for (int i = 0; i < 5; ++i) CHECK(table.bench.run("orders").ok);
  CHECK_FALSE(table.bench.stuck());
}

TEST_CASE("writes are counted without authentication and reading, bulk by its parts") {
  const auto send = [](const char* method, const char* target, const char* body) {
    return mocks::kit::Request{.method = method, .target = target, .headers = {}, .body = body};
  };
  /// Sends what it is given and nothing else.
  class Sender final : public SubjectKind, public Subject {
   public:
    explicit Sender(std::vector<mocks::kit::Request> requests) : requests_(std::move(requests)) {}
    std::string_view name() const override { return "sender"; }
    std::unique_ptr<Subject> make(Wire& wire, std::string_view /*integration*/) const override {
      auto made = std::make_unique<Sender>(requests_);
      made->wire_ = &wire;
      return made;
    }
    void configure(const SubjectSetup&) override {}
    CommandResult run(std::string_view) override {
      for (const auto& request : requests_) static_cast<void>(wire_->send(request));
      return {.ok = true, .summary = {}};
    }
    void restart() override {}
    void edit_product(const ErpProduct&) override {}
    ErpView look() override { return {}; }

   private:
    std::vector<mocks::kit::Request> requests_;
    Wire* wire_ = nullptr;
  };
  const Sender sender({
      send("POST", "/webapi/rest/auth?client_id=a", ""),
      send("POST", "/webapi/rest/oauth/token/", ""),
      send("GET", "/webapi/rest/products?page=1", ""),
      send("PUT", "/webapi/rest/product-stocks/5", "{}"),
      send("DELETE", "/webapi/rest/products/7", ""),
      send("POST", "/webapi/rest/bulk/",
           R"([{"method": "PUT"}, {"method": "GET"}, {"method": "POST"}])"),
      send("POST", "/webapi/rest/bulk", "broken"),
  });
  Bench bench({.subject = &sender});
  bench.configure();
  bench.run("all");

  CHECK(bench.exchange_count() == 7);
  CHECK(bench.writes_since(0) == 1 + 1 + 2 + 1);
  CHECK(bench.writes_since(4) == 1 + 2 + 1);
  CHECK(bench.writes_since(7) == 0);
}

TEST_CASE("a bench knows its switches and refuses to guess one") {
  Table table;
  CHECK(table.bench.switch_value("toy.colour") == "red");
  CHECK_THROWS_AS(table.bench.switch_value("toy.size"), std::logic_error);
}

TEST_CASE("products are planted before the connector is configured and edited afterwards") {
  const auto kind = toy::subject({});
  Bench bench({.subject = kind.get()});
  ErpProduct product;
  product.id = "1";
  product.name = "Czapka";
  product.stock = "5";
  CHECK_THROWS_AS(bench.run("mark"), std::logic_error);
  bench.add_product(product);
  bench.configure();
  CHECK_THROWS_AS(bench.add_product(product), std::logic_error);
  product.stock = "6";
  bench.edit_product(product);
  bench.run("mark");
  CHECK(bench.erp().log.at(0).text == "6");
}

}  // namespace
}  // namespace atrapa::harness
