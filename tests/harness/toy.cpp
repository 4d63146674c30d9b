#include "tests/harness/toy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "harness/bench/bench.hpp"
#include "harness/run/make_rule.hpp"

namespace atrapa::harness::toy {

/// The stocks of some products; product n has the id "n".
struct Stocks {
  std::vector<int> values;
};

void to_json(Json& json, const Stocks& stocks) { json = Json{{"values", stocks.values}}; }
void from_json(const Json& json, Stocks& stocks) { json.at("values").get_to(stocks.values); }
std::size_t records(const Stocks& stocks) { return stocks.values.size(); }

namespace {

using mocks::kit::Request;
using mocks::kit::Response;

/// The run cannot go on; it ends with ok = false.
struct NoGoodAnswer : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ToySubject final : public Subject {
 public:
  ToySubject(Wire& wire, const Habits& habits) : wire_(wire), habits_(habits) {}

  void configure(const SubjectSetup& setup) override {
    setup_ = setup;
    view_.products = setup.products;
  }

  CommandResult run(std::string_view command) override {
    try {
      if (command == "mark") mark();
      if (command == "orders") orders();
      if (command == "levels") levels();
      if (command == "spin") sign_in();
      while (command == "spin") get("/webapi/rest/application-version");
      while (command == "doze") wire_.wait(std::chrono::seconds(1));
    } catch (const NoGoodAnswer& problem) {
      return {.ok = false, .summary = problem.what()};
    }
    return {.ok = true, .summary = "done"};
  }

  void restart() override { token_.clear(); }

  void edit_product(const ErpProduct& product) override {
    for (ErpProduct& one : view_.products) {
      if (one.id == product.id) one = product;
    }
  }

  ErpView look() override { return view_; }

 private:
  void commit() {
    if (!wire_.may_commit()) throw NoGoodAnswer("the books are closed");
  }

  void mark() {
    for (const ErpProduct& product : view_.products) {
      if (habits_.forgets_large && std::stoi(product.stock) >= 100) continue;
      view_.log->push_back({.severity = "info",
                           .kind = "product",
                           .record = product.id,
                           .reason = "marked",
                           .text = product.stock});
    }
  }

  void orders() {
    sign_in();
    int pages = 1;
    for (int page = 1; page <= pages; ++page) {
      const Json answer = get(fmt::format("/webapi/rest/orders?page={}", page));
      pages = answer.at("pages").get<int>();
      for (const Json& order : answer.at("list")) keep(order.at("order_id").get<std::string>());
    }
    if (!view_.orders.empty()) read_through_ = std::stoi(view_.orders.back().shop_order_id);
  }

  void keep(const std::string& shop_order_id) {
    const bool known =
        habits_.keeps_order_blindly
            ? std::stoi(shop_order_id) <= read_through_
            : std::any_of(view_.orders.begin(), view_.orders.end(), [&](const ErpOrder& order) {
                return order.shop_order_id == shop_order_id;
              });
    if (known) return;
    commit();
    ErpOrder order;
    order.shop_order_id = shop_order_id;
    view_.orders.push_back(order);
  }

  void levels() {
    sign_in();
    for (const ErpProduct& product : view_.products) {
      const std::string target = "/webapi/rest/product-stocks/" + product.id;
      if (get(target).at("stock") == product.stock) continue;
      send({.method = "PUT",
            .target = target,
            .headers = {{"Content-Type", "application/json"}},
            .body = Json{{"stock", product.stock}}.dump()});
    }
  }

  void sign_in() {
    const std::string body =
        fmt::format("client_id={}&client_secret={}", setup_.shop.login, setup_.shop.password);
    token_ = send({.method = "POST",
                   .target = "/webapi/rest/auth",
                   .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                   .body = body})
                 .at("access_token")
                 .get<std::string>();
  }

  Json get(const std::string& target) {
    return send({.method = "GET", .target = target, .headers = {}, .body = {}});
  }

  Json send(Request request) {
    if (!token_.empty()) request.headers.set("Authorization", "Bearer " + token_);
    wire_.wait(std::chrono::seconds(1));  // Stays below the shop's limit.
    const auto answer = wire_.send(request);
    const auto* response = std::get_if<Response>(&answer);
    if (response == nullptr) throw NoGoodAnswer("no answer");
    const Json json = Json::parse(response->body, nullptr, false);
    if (response->status != 200 || json.is_discarded()) {
      throw NoGoodAnswer(fmt::format("status {}", response->status));
    }
    return json;
  }

  Wire& wire_;
  Habits habits_;
  SubjectSetup setup_;
  ErpView view_;
  std::string token_;
  int read_through_ = 0;  ///< Where the last finished run came to; part of the books.
};

class ToyKind final : public SubjectKind {
 public:
  explicit ToyKind(Habits habits) : habits_(std::move(habits)) {}
  std::string_view name() const override { return habits_.name; }
  std::unique_ptr<Subject> make(Wire& wire, std::string_view /*integration*/) const override {
    return std::make_unique<ToySubject>(wire, habits_);
  }

 private:
  Habits habits_;
};

ErpProduct product(const std::string& id, int stock) {
  ErpProduct made;
  made.id = id;
  made.name = "Product " + id;
  made.stock = std::to_string(stock);
  return made;
}

rc::Gen<Stocks> any_stocks() {
  return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000)),
                      [](std::vector<int> values) { return Stocks{std::move(values)}; });
}

Rule rule(std::string id, std::function<void(const Stocks&, Bench&, Judgement&)> oracle) {
  return make_rule(RuleSpec<Stocks>{
      .id = std::move(id),
      .integration = "toy",
      .says = "A sentence about the toy.",
      .source = {.document = "The toy's manual", .section = "Sentences"},
      .inputs = [](const SwitchValues&) { return any_stocks(); },
      .oracle = std::move(oracle),
  });
}

void plant(const Stocks& stocks, Bench& bench) {
  for (std::size_t i = 0; i < stocks.values.size(); ++i) {
    bench.add_product(product(std::to_string(i), stocks.values[i]));
  }
  bench.configure();
}

}  // namespace

std::shared_ptr<const SubjectKind> subject(Habits habits) {
  return std::make_shared<ToyKind>(std::move(habits));
}

Rule marks_all() {
  return rule("TOY-MARK", [](const Stocks& stocks, Bench& bench, Judgement& judgement) {
    plant(stocks, bench);
    bench.run("mark");
    std::vector<std::string> expected;
    for (const int value : stocks.values) expected.push_back(std::to_string(value));
    std::vector<std::string> observed;
    for (const ErpLogEntry& entry : bench.erp().log) observed.push_back(entry.text);
    judgement.expect_equal("marks", expected, observed);
  });
}

Rule looks_at_nothing() {
  return rule("TOY-SILENT", [](const Stocks& stocks, Bench& bench, Judgement&) {
    plant(stocks, bench);
    bench.run("mark");
  });
}

Rule throws_always() {
  return rule("TOY-BROKEN", [](const Stocks&, Bench&, Judgement&) {
    throw std::runtime_error("the table has no legs");
  });
}

Rule declared_not_judged() {
  Rule undecided = looks_at_nothing();
  undecided.id = "TOY-UNDECIDED";
  undecided.not_judged = "nothing of it can be seen from outside";
  undecided.generate = {};
  undecided.read_case = {};
  return undecided;
}

Rule runs(std::string command) {
  const std::string id = "TOY-RUNS-" + command;
  return rule(id, [command](const Stocks& stocks, Bench& bench, Judgement& judgement) {
    plant(stocks, bench);
    bench.run(command);
    judgement.expect_equal("orders in the ERP", 0, static_cast<int>(bench.erp().orders.size()));
  });
}

Rule runs_and_stumbles(std::string command) {
  return rule("TOY-STUMBLES", [command](const Stocks& stocks, Bench& bench, Judgement&) {
    plant(stocks, bench);
    if (!bench.run(command).ok) throw std::logic_error("nothing to look at");
  });
}

Rule levels_arrive() {
  return rule("TOY-LEVELS", [](const Stocks& stocks, Bench& bench, Judgement& judgement) {
    std::vector<std::string> ids;
    for (const int value : stocks.values) {
      const auto id = bench.shop().plant("products", {{"stock", {{"stock", "0"}}}}, bench.now());
      ids.push_back(bench.shop().row("products", id)->at("stock").at("stock_id"));
      bench.add_product(product(ids.back(), value));
    }
    bench.configure();
    judgement.expect_equal("the command ends well", true, bench.run("levels").ok);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      judgement.expect_equal("stock of row " + ids[i], std::to_string(stocks.values[i]),
                             bench.shop().text("product-stocks", std::stoi(ids[i]), "stock"));
    }
  });
}

ChaosFlow order_flow() {
  constexpr int kOrders = 12;  // A page holds 10.
  return {.name = "toy orders",
          .command = "orders",
          .plant =
              [](Bench& bench) {
                for (int i = 0; i < kOrders; ++i) {
                  bench.shop().plant("orders", Json::object(), bench.now());
                }
                bench.configure();
              },
          .end_state =
              [](Bench& bench, Judgement& judgement) {
                std::vector<std::string> expected;
                for (const auto id : bench.shop().ids("orders")) {
                  expected.push_back(std::to_string(id));
                }
                std::vector<std::string> observed;
                for (const ErpOrder& order : bench.erp().orders) {
                  observed.push_back(order.shop_order_id);
                }
                judgement.expect_equal("orders in the ERP", expected, observed);
              }};
}

RuleSet rule_set() {
  RuleSet set;
  set.rules = {marks_all(), looks_at_nothing(), throws_always(), declared_not_judged(),
               levels_arrive()};
  set.switches = {{.name = "toy.colour", .values = {"red", "blue"}, .rules = {"TOY-MARK"}}};
  set.subjects = {subject({}), subject({.name = "core:forgets-large", .forgets_large = true}),
                  subject({.name = "core:keeps-order-blindly", .keeps_order_blindly = true})};
  set.bugs = {{.name = "forgets-large",
               .about = "A stock of 100 and more is not marked.",
               .caught_by = {"TOY-MARK", "TOY-SILENT"}}};
  set.flows = {order_flow()};
  return set;
}

}  // namespace atrapa::harness::toy
