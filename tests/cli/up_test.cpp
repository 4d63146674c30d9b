#include <httplib.h>
#include <signal.h>

#include <catch2/catch.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "tests/cli/lines.hpp"
#include "tests/cli/process.hpp"
#include "tests/cli/up_process.hpp"

using namespace atrapa::tests;

TEST_CASE("up answers at both places as soon as it says so, and ends when told to", "[cli][up]") {
  for (const int signal : {SIGTERM, SIGINT}) {
    Up up;
    CHECK(keys_of(up.said) == std::vector<std::string>{"gateway", "platforms"});
    auto shoper = up.shoper();
    const auto direct = shoper->Get("/webapi/rest/products?limit=2", up.bearer());
    REQUIRE(direct);
    CHECK(direct->status == 200);
    CHECK(Json::parse(direct->body)["list"].size() == 2);
    const auto prefixed = up.gateway()->Get("/shoper/webapi/rest/products?limit=2", up.bearer());
    REQUIRE(prefixed);
    CHECK(prefixed->body == direct->body);  // One shop behind both.

    // With a connection still open.
    const Ended ended = up.end_by(signal);
    CHECK(ended.code == 0);
    CHECK(ended.err.empty());
  }
}

TEST_CASE("The credentials that up prints let one in, others do not", "[cli][up]") {
  Up up;
  const Json credentials = up.said["platforms"]["shoper"]["credentials"];
  auto shoper = up.shoper();
  shoper->set_basic_auth(credentials["login"].get<std::string>(),
                         credentials["password"].get<std::string>());
  const auto granted = shoper->Post("/webapi/rest/auth");
  REQUIRE(granted);
  CHECK(granted->status == 200);
  CHECK(Json::parse(granted->body).contains("access_token"));
  const auto refused = up.shoper()->Get("/webapi/rest/products");
  REQUIRE(refused);
  CHECK(refused->status == 401);
}

TEST_CASE("Documented limits throttle a burst, --limits off does not", "[cli][up]") {
  const auto statuses = [](const std::string& limits) {
    Up up({"--limits", limits, "--clock", "virtual"});
    auto shoper = up.shoper();
    std::vector<int> seen;
    for (int call = 0; call < 14; ++call) {
      const auto answer = shoper->Get("/webapi/rest/taxes", up.bearer());
      seen.push_back(answer ? answer->status : 0);
    }
    return seen;
  };
  const auto documented = statuses("documented");
  CHECK(documented.front() == 200);
  CHECK(documented.back() == 429);
  CHECK(statuses("off") == std::vector<int>(14, 200));
}

TEST_CASE("A virtual clock stands still until it is told to go on", "[cli][up]") {
  Up up({"--clock", "virtual"});
  auto gateway = up.gateway();
  auto shoper = up.shoper();
  const auto before = gateway->Get("/_atrapa/clock");
  REQUIRE(before);
  CHECK(Json::parse(before->body)["virtual"] == true);
  int status = 200;
  for (int call = 0; call < 14; ++call) {
    status = shoper->Get("/webapi/rest/taxes", up.bearer())->status;
  }
  CHECK(status == 429);
  CHECK(gateway->Get("/_atrapa/clock")->body == before->body);

  const auto after = gateway->Post("/_atrapa/clock", R"({"advance_ms":60000})", "application/json");
  REQUIRE(after);
  CHECK(after->status == 200);
  CHECK(after->body != before->body);
  CHECK(shoper->Get("/webapi/rest/taxes", up.bearer())->status == 200);
  for (const char* wrong : {"", "{}", "[1]", R"({"advance_ms":-1})", R"({"advance_ms":1e30})"}) {
    CHECK(gateway->Post("/_atrapa/clock", wrong, "application/json")->status == 400);
  }
}

TEST_CASE("People order, pay and edit in the shop that is up, and its webhooks are sent",
          "[cli][up]") {
  httplib::Server receiver;
  std::mutex mutex;
  std::condition_variable came;
  std::vector<std::pair<std::string, Json>> heard;
  receiver.Post("/in", [&](const httplib::Request& request, httplib::Response&) {
    const std::lock_guard lock(mutex);
    heard.emplace_back(request.get_header_value("X-Webhook-Name"), Json::parse(request.body));
    came.notify_all();
  });
  const int port = receiver.bind_to_any_port("127.0.0.1");
  std::thread listening([&] { receiver.listen_after_bind(); });
  {
    Up up({"--clock", "virtual"});
    auto gateway = up.gateway();
    const auto act = [&](const std::string& operation, const Json& body) {
      const auto answer =
          gateway->Post("/_atrapa/shoper/" + operation, body.dump(), "application/json");
      REQUIRE(answer);
      return std::pair(answer->status, Json::parse(answer->body));
    };
    const Json hook = {{"url", "http://127.0.0.1:" + std::to_string(port) + "/in"},
                       {"format", 0},
                       {"events", {"order.create", "order.paid", "category.edit"}}};
    auto shoper = up.shoper();
    const Json credentials = up.said["platforms"]["shoper"]["credentials"];
    shoper->set_basic_auth(credentials["login"].get<std::string>(),
                           credentials["password"].get<std::string>());
    const std::string token = Json::parse(shoper->Post("/webapi/rest/auth")->body)["access_token"];
    const httplib::Headers bearer{{"Authorization", "Bearer " + token}};
    const auto made =
        up.shoper()->Post("/webapi/rest/webhooks", bearer, hook.dump(), "application/json");
    REQUIRE(made);
    REQUIRE(made->status == 200);
    const auto products =
        up.shoper()->Get("/webapi/rest/products?limit=1&filters=" +
                             httplib::detail::encode_query_param(R"({"stock.stock":{">":1}})"),
                         bearer);
    const Json product = Json::parse(products->body)["list"][0]["product_id"];

    const auto listed = gateway->Get("/_atrapa/shoper");
    REQUIRE(listed);
    CHECK(Json::parse(listed->body).size() >= 14);
    CHECK(keys_of(Json::parse(listed->body)[0]) ==
          std::vector<std::string>{"operation", "about", "example"});
    const auto [placed, order] = act(
        "place-order", {{"account", "demo"}, {"customer", 1}, {"lines", {{{"product", product}}}}});
    INFO(order.dump());
    REQUIRE(placed == 200);
    CHECK(act("pay-order", {{"order", order["order"]}}).first == 200);
    CHECK(act("rename-category", {{"category", 1}, {"name", "Inaczej"}}).first == 200);

    const auto [status, refused] =
        act("place-order", {{"customer", 1}, {"lines", {{{"product", 987654}}}}});
    CHECK(status == 400);
    CHECK(keys_of(refused) == std::vector<std::string>{"error", "where", "expected", "next"});
    CHECK(refused["where"] == "/lines/0/product");
    CHECK(act("dance", Json::object()).first == 400);
    CHECK(act("place-order", {{"account", "nobody"}}).second["where"] == "/account");
    for (const char* wrong : {"", "[1]", "{", "null"}) {
      CHECK(gateway->Post("/_atrapa/shoper/pay-order", wrong, "application/json")->status == 400);
    }
    CHECK(gateway->Get("/_atrapa/shoper/pay-order")->status == 405);
    CHECK(gateway->Get("/_atrapa/nowhere")->status == 404);
    CHECK(gateway->Get("/_atrapa/nowhere")->body.find("/_atrapa/shoper") != std::string::npos);

    std::unique_lock lock(mutex);
    CHECK(came.wait_for(lock, std::chrono::seconds(20), [&] { return heard.size() >= 3; }));
    REQUIRE(heard.size() == 3);
    CHECK(heard[0].first == "order.create");
    CHECK(heard[0].second["order_id"] == std::to_string(order["order"].get<int>()));
    CHECK(heard[1].first == "order.paid");
    CHECK(heard[1].second["is_paid"] == true);
    CHECK(heard[2].first == "category.edit");
  }
  receiver.stop();
  listening.join();
}

TEST_CASE("The machine's clock cannot be moved", "[cli][up]") {
  Up up;
  const auto answer =
      up.gateway()->Post("/_atrapa/clock", R"({"advance_ms":1})", "application/json");
  REQUIRE(answer);
  CHECK(answer->status == 409);
}

TEST_CASE("With --token every request needs it", "[cli][up]") {
  Up up({"--token", "made-up"});
  auto shoper = up.shoper();
  CHECK(shoper->Get("/webapi/rest/taxes", up.bearer())->status == 401);
  auto headers = up.bearer();
  headers.emplace("X-Atrapa-Token", "made-up");
  CHECK(shoper->Get("/webapi/rest/taxes", headers)->status == 200);
}

TEST_CASE("A port that is taken is told in one line, with what to do", "[cli][up]") {
  Up up;
  const std::string gateway = up.said["gateway"];
  const Ended ended = run_atrapa({"up", "--port", gateway.substr(gateway.rfind(':') + 1)});
  CHECK(ended.code == 2);
  INFO(ended.err);
  CHECK(ended.err.find("atrapa: ") == 0);
  CHECK(ended.err.find(gateway.substr(gateway.rfind(':') + 1)) != std::string::npos);
}

TEST_CASE("up serves a world of one's own", "[cli][up]") {
  const TemporaryDirectory directory;
  const std::string file = directory / "large.json";
  REQUIRE(run_atrapa({"world", "generate", "--products", "70", "--orders", "5", "-o", file}).code ==
          0);
  Up up({"--world", file});
  auto shoper = up.shoper();
  const Json credentials = up.said["platforms"]["shoper"]["credentials"];
  shoper->set_basic_auth(credentials["login"].get<std::string>(),
                         credentials["password"].get<std::string>());
  const auto granted = shoper->Post("/webapi/rest/auth");
  REQUIRE(granted);
  const std::string token = Json::parse(granted->body)["access_token"];
  const auto answer = up.shoper()->Get("/webapi/rest/products",
                                       httplib::Headers{{"Authorization", "Bearer " + token}});
  REQUIRE(answer);
  CHECK(Json::parse(answer->body)["count"] == "70");
}
