#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/host.hpp"
#include "mocks/kit/router.hpp"
#include "mocks/kit/server.hpp"
#include "tests/bench/bench.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/reference.hpp"

namespace atrapa::bench {

namespace {

namespace kit = mocks::kit;

constexpr int kConnections = 16;
constexpr std::size_t kBodyBytes = 2048;
constexpr int kObjects = 1000;

/// What a fake does for one object and no more: reads the target, checks the token, finds the route
/// and the object, answers its text. So the figure is the kit's, not a platform's.
class Shelf final : public kit::Platform {
 public:
  Shelf() {
    routes_.add("GET", "/webapi/rest/products/{id}", 0);
    for (int i = 0; i < kObjects; ++i) {
      std::string object = fmt::format(R"({{"product_id":"{}","text":")", i);
      object.append(kBodyBytes - object.size() - 2, 'x').append("\"}");
      objects_.push_back(std::move(object));
    }
  }

  std::string_view name() const override { return "shelf"; }

  kit::Response serve(const kit::Request& request, kit::Context& context) override {
    context.account = "demo";
    if (request.headers.get("Authorization") != "Bearer 0123456789abcdef") return answer(401, {});
    const auto target = kit::parse_target(request.target);
    if (!target) return answer(400, {});
    const auto match = routes_.find(request.method, target->segments);
    if (match.route == nullptr) return answer(404, {});
    return answer(200, objects_.at(std::stoul(std::string(match.captures.get("id")))));
  }
  std::vector<kit::Operation> operations() const override { return {}; }
  kit::Response too_many_requests(const kit::Request&, kit::Context&) override {
    return answer(429, {});
  }
  kit::Response server_error(const kit::Request&, kit::Context&) override {
    return answer(500, {});
  }
  std::unique_ptr<kit::Platform> fork() const override { return std::make_unique<Shelf>(*this); }
  kit::Json snapshot() const override { return objects_; }
  void restore(const kit::Json& accounts) override {
    objects_ = accounts.get<std::vector<std::string>>();
  }

  const std::string& object(std::size_t number) const { return objects_.at(number); }

 private:
  static kit::Response answer(int status, std::string body) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json; charset=utf-8"},
                        {"X-SHOP-API-LIMIT", "10"},
                        {"X-SHOP-API-BANDWIDTH", "2"},
                        {"X-SHOP-API-CALLS", "1"}},
            .body = std::move(body)};
  }

  kit::Router<int> routes_;
  std::vector<std::string> objects_;
};

/// The shelf behind a server.
struct Shop {
  Shop() : host(std::make_unique<Shelf>(), clock, 1) {
    server.mount("/shoper", host);
    port = server.start();
  }

  kit::VirtualClock clock{kit::Instant{}};
  kit::Host host;
  kit::Server server;
  int port = 0;
};

const std::string& request() {
  static const std::string bytes =
      "GET /shoper/webapi/rest/products/421 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
      "Authorization: Bearer 0123456789abcdef\r\nAccept: application/json\r\n"
      "User-Agent: bench\r\n\r\n";
  return bytes;
}

std::vector<Row> get_one(const Effort& effort) {
  const auto against = references(Shelf().object(421));
  Shop shop;
  std::vector<std::vector<double>> ratios(against.size());
  const auto measure = [&](int port) {
    return requests_per_second(port, request(), kConnections, effort.round);
  };
  for (int round = 0; round < effort.rounds; ++round) {
    const double subject_before = measure(shop.port);
    std::vector<double> of_references;
    for (const auto& reference : against) of_references.push_back(measure(reference->port()));
    const double subject = (subject_before + measure(shop.port)) / 2;
    for (std::size_t i = 0; i < against.size(); ++i) {
      ratios[i].push_back(subject / of_references[i]);
    }
  }

  std::vector<Row> rows;
  for (std::size_t i = 0; i < against.size(); ++i) {
    rows.push_back({"GET of one object, 16 connections", median_with_range(ratios[i]),
                    "of " + against[i]->name()});
  }
  return rows;
}

/// Parts of a goal in milliseconds that a piece of work takes.
class Watch {
 public:
  explicit Watch(double goal_ms) : goal_ms_(goal_ms) {}

  void start() { start_ = std::chrono::steady_clock::now(); }
  void stop() {
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - start_;
    parts_.push_back(took.count() / goal_ms_);
  }
  Row row(std::string what) const {
    return {std::move(what), median_with_range(parts_), fmt::format("of the goal {} ms", goal_ms_)};
  }

 private:
  double goal_ms_;
  std::chrono::steady_clock::time_point start_;
  std::vector<double> parts_;
};

std::vector<Row> up_and_down(const Effort& effort) {
  Watch up(10);
  Watch down(100);
  for (int i = 0; i < effort.rounds * 5; ++i) {
    up.start();
    auto shop = std::make_unique<Shop>();
    const int client = connect_to(shop->port);
    ask(client, request());
    up.stop();

    down.start();
    shop->server.stop();
    down.stop();
    ::close(client);
  }
  return {up.row("construct, bind, first 200"), down.row("stop with an idle client")};
}

}  // namespace

std::vector<Bench> server_benches() {
  return {{"server.get_one", get_one}, {"server.up_and_down", up_and_down}};
}

}  // namespace atrapa::bench
