#include "tests/bench/shelf.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include "mocks/kit/router.hpp"

namespace atrapa::bench {

namespace {

namespace kit = mocks::kit;

class Shelf final : public kit::Platform {
 public:
  Shelf(const std::string& token, std::string body)
      : authorization_("Bearer " + token), body_(std::move(body)) {
    routes_.add("GET", "/webapi/rest/products/{id}", 0);
  }

  std::string_view name() const override { return "shelf"; }

  kit::Response serve(const kit::Request& request, kit::Context& context) override {
    context.account = "demo";
    if (request.headers.get("Authorization") != authorization_) return answer(401, {});
    const auto target = kit::parse_target(request.target);
    if (!target) return answer(400, {});
    const auto match = routes_.find(request.method, target->segments);
    return match.route == nullptr ? answer(404, {}) : answer(200, body_);
  }
  std::vector<kit::Operation> operations() const override { return {}; }
  kit::Response too_many_requests(const kit::Request&, kit::Context&) override {
    return answer(429, {});
  }
  kit::Response server_error(const kit::Request&, kit::Context&) override {
    return answer(500, {});
  }
  std::unique_ptr<kit::Platform> fork() const override { return std::make_unique<Shelf>(*this); }
  kit::Json snapshot() const override { return body_; }
  void restore(const kit::Json& body) override { body_ = body.get<std::string>(); }

 private:
  static kit::Response answer(int status, std::string body) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json; charset=utf-8"},
                        {"X-SHOP-API-LIMIT", "10"},
                        {"X-SHOP-API-BANDWIDTH", "2"},
                        {"X-SHOP-API-CALLS", "1"}},
            .body = std::move(body)};
  }

  std::string authorization_;
  std::string body_;
  kit::Router<int> routes_;
};

}  // namespace

std::unique_ptr<mocks::kit::Platform> shelf(std::string token, std::string body) {
  return std::make_unique<Shelf>(token, std::move(body));
}

}  // namespace atrapa::bench
