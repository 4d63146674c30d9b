#include "harness/subject/driver_server.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <functional>
#include <istream>
#include <map>
#include <ostream>
#include <stdexcept>

#include "core/shops/http_transport.hpp"
#include "harness/subject/protocol.hpp"

namespace atrapa::harness {
namespace {

/// A wire over real sockets, with the bench's clock at an address.
class RemoteWire final : public Wire {
 public:
  void aim_at(std::string shop, std::string clock) {
    shop_ = std::move(shop);
    clock_ = std::move(clock);
  }
  void set(mocks::kit::Instant now) { now_ = now; }

  std::variant<mocks::kit::Response, NoAnswer> send(const mocks::kit::Request& request) override {
    core::HttpRequest sent{.method = request.method,
                           .url = shop_ + request.target,
                           .headers = {},
                           .body = request.body};
    for (const auto& [name, value] : request.headers) {
      if (name != "Host") sent.headers.emplace_back(name, value);
    }
    auto answer = transport_.send(sent);
    if (const auto* none = std::get_if<core::NoAnswer>(&answer)) {
      return *none == core::NoAnswer::NotSent ? NoAnswer::Refused : NoAnswer::Lost;
    }
    auto& got = std::get<core::HttpResponse>(answer);
    mocks::kit::Response response{.status = got.status, .headers = {}, .body = std::move(got.body)};
    for (auto& [name, value] : got.headers) response.headers.add(name, value);
    return response;
  }

  mocks::kit::Instant now() override { return now_; }

  void wait(mocks::kit::Duration duration) override {
    const auto answer = tell({{"wait", static_cast<double>(duration.count()) / 1000}});
    if (!answer) throw std::runtime_error("the bench's clock does not answer");
    now_ = protocol::read_moment(answer->value("now", Json()));
  }

  bool may_commit() override { return tell({{"commit", true}}).has_value(); }

 private:
  std::optional<Json> tell(const Json& what) {
    auto answer = transport_.send({.method = "POST",
                                   .url = clock_,
                                   .headers = {{"Content-Type", "application/json"}},
                                   .body = what.dump()});
    const auto* got = std::get_if<core::HttpResponse>(&answer);
    if (got == nullptr || got->status != 200) return std::nullopt;
    return Json::parse(got->body);
  }

  core::HttpTransport transport_;
  std::string shop_, clock_;
  mocks::kit::Instant now_;
};

class DriverServer {
 public:
  explicit DriverServer(const SubjectKind& kind) : kind_(kind) {}

  /// The answer to one request.
  Json answer(const Json& request) {
    Json answer = {{"jsonrpc", "2.0"}, {"id", request.value("id", Json())}};
    try {
      const std::string method = request.value("method", "");
      const auto known = methods_.find(method);
      if (known == methods_.end()) throw Incapable("no method '" + method + "'");
      const Json params = request.value("params", Json::object());
      if (params.contains("now")) wire_.set(protocol::read_moment(params["now"]));
      answer["result"] = known->second(params);
    } catch (const Incapable& reason) {
      answer["error"] = {{"code", protocol::kIncapable}, {"message", reason.what()}};
    } catch (const std::exception& error) {
      answer["error"] = {{"code", -32000}, {"message", error.what()}};
    }
    return answer;
  }

  bool ended() const { return ended_; }

 private:
  using Method = std::function<Json(const Json&)>;

  Json introduce() const {
    Json methods = Json::array();
    for (const auto& [name, method] : methods_) {
      if (name != "initialize" && name != "configure" && name != "run" && name != "shutdown") {
        methods.push_back(name);
      }
    }
    return {{"protocol", protocol::kVersion},
            {"name", std::string(kind_.name())},
            {"clock", "virtual"},
            {"commands", {"stock", "orders", "all", "products", "csv", "tick"}},
            {"methods", std::move(methods)},
            {"sees",
             {"orders", "products", "log", "documents", "shipments", "contractors", "integrations",
              "connections", "exported"}},
            {"commits", true}};
  }

  SubjectSetup fresh(const Json& params) {
    SubjectSetup setup = protocol::read_setup(params);
    wire_.aim_at(setup.shop.url, params.value("clock", ""));
    subject_.reset();
    subject_ = kind_.make(wire_, setup.integration);
    return setup;
  }

  Subject& subject() {
    if (!subject_) throw std::logic_error("configure comes first");
    return *subject_;
  }

  LifeCycle& life() {
    LifeCycle* const life = subject().life();
    if (life == nullptr) throw Incapable("this integration is not installed by an appstore");
    return *life;
  }

  Desk& desk() {
    Desk* const desk = subject().desk();
    if (desk == nullptr) throw Incapable("this integration makes no documents by hand");
    return *desk;
  }

  static std::string text(const Json& params, const char* name) {
    return params.at(name).get<std::string>();
  }

  static Json nothing() { return Json::object(); }

  const SubjectKind& kind_;
  RemoteWire wire_;
  std::unique_ptr<Subject> subject_;
  bool ended_ = false;

  const std::map<std::string, Method, std::less<>> methods_{
      {"initialize", [this](const Json&) { return introduce(); }},
      {"configure",
       [this](const Json& params) {
         const SubjectSetup setup = fresh(params);
         subject().configure(setup);
         return nothing();
       }},
      {"begin",
       [this](const Json& params) {
         const SubjectSetup setup = fresh(params);
         life().begin(setup);
         return nothing();
       }},
      {"resume",
       [this](const Json& params) {
         const SubjectSetup setup = fresh(params);
         subject().resume(setup);
         return nothing();
       }},
      {"run",
       [this](const Json& params) {
         return protocol::to_json(subject().run(text(params, "command")));
       }},
      {"look", [this](const Json&) { return protocol::to_json(subject().look()); }},
      {"edit_product",
       [this](const Json& params) {
         subject().edit_product(params.at("product").get<ErpProduct>());
         return nothing();
       }},
      {"set_automatic",
       [this](const Json& params) {
         subject().set_automatic(params.at("on").get<bool>());
         return nothing();
       }},
      {"order_announced",
       [this](const Json& params) {
         subject().order_announced(text(params, "shop_order_id"));
         return nothing();
       }},
      {"receive",
       [this](const Json& params) {
         return protocol::to_json(subject().receive(protocol::read_request(params.at("request"))));
       }},
      {"perform",
       [this](const Json& params) {
         return protocol::to_json(
             subject().perform(text(params, "deed"), params.value("arguments", Json::object())));
       }},
      {"save_form",
       [this](const Json& params) {
         return protocol::to_json(
             life().save_form({.shop = text(params, "shop"),
                               .erp_login = text(params, "erp_login"),
                               .erp_key = text(params, "erp_key"),
                               .automatic = params.at("automatic").get<bool>(),
                               .webhook_secret = params.value("webhook_secret", "")}));
       }},
      {"new_api_key",
       [this](const Json& params) {
         return Json{{"key", life().new_api_key(text(params, "login"))}};
       }},
      {"delete_user",
       [this](const Json& params) {
         life().delete_user(text(params, "login"));
         return nothing();
       }},
      {"show_keys",
       [this](const Json&) {
         Json keys = Json::array();
         for (const ShownKey& key : life().show_keys()) {
           keys.push_back({{"name", key.name}, {"value", key.value}});
         }
         return Json{{"keys", std::move(keys)}};
       }},
      {"invoice",
       [this](const Json& params) {
         return protocol::to_json(desk().invoice(text(params, "order_id")));
       }},
      {"goods_issue",
       [this](const Json& params) {
         std::vector<IssuePart> parts;
         for (const Json& part : params.at("parts")) {
           parts.push_back({part.at("line").get<std::size_t>(), text(part, "quantity")});
         }
         return protocol::to_json(desk().goods_issue(text(params, "order_id"), parts));
       }},
      {"cancel_goods_issue",
       [this](const Json& params) {
         return protocol::to_json(desk().cancel_goods_issue(text(params, "number")));
       }},
      {"shipment",
       [this](const Json& params) {
         return protocol::to_json(desk().shipment(text(params, "order_id")));
       }},
      {"shutdown",
       [this](const Json&) {
         ended_ = true;
         return nothing();
       }},
  };
};

}  // namespace

void serve_driver(const SubjectKind& kind, std::istream& in, std::ostream& out) {
  DriverServer server(kind);
  std::string line;
  while (!server.ended() && std::getline(in, line)) {
    const Json request = Json::parse(line, nullptr, false);
    Json answer;
    if (request.is_object()) {
      answer = server.answer(request);
    } else {
      answer = {
          {"jsonrpc", "2.0"},
          {"id", nullptr},
          {"error", {{"code", -32700}, {"message", "expected a JSON-RPC request, an object"}}}};
    }
    out << answer.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
  }
}

}  // namespace atrapa::harness
