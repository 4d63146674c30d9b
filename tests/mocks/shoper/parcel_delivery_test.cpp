#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <mutex>

#include "mocks/kit/host.hpp"
#include "mocks/kit/http_client.hpp"
#include "mocks/kit/server.hpp"
#include "mocks/kit/webhook_sender.hpp"
#include "reference_hash.hpp"
#include "shop.hpp"

// A parcel's webhooks from the call of the API to the receiver's socket.

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;

namespace {

const std::string kParcelLicense = "fedcba9876543210fedcba9876543210fedcba98";

/// A receiver on a port of its own, which keeps what it is sent.
class ParcelReceiver {
 public:
  ParcelReceiver() {
    server_.mount_control("/in", [this](const Request& request) {
      const std::lock_guard lock(mutex_);
      heard_.push_back(request);
      return Response{};
    });
    port_ = server_.start();
  }
  std::string url() const { return fmt::format("http://127.0.0.1:{}/in/parcels", port_); }
  /// What came since the last call.
  std::vector<Request> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(heard_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Request> heard_;
  kit::Server server_;
  int port_ = 0;
};

/// A shop that delivers what became due before it answers the next call.
class DeliveringShop {
 public:
  DeliveringShop() : host_(started(), clock_, 1) {}

  Response call(std::string_view verb, const std::string& path, const Json& body = nullptr) {
    Request request{std::string(verb), "/webapi/rest/" + path,
                    kit::Headers{{"Authorization", "Bearer all-rights"}},
                    body.is_null() ? "" : body.dump()};
    Response response = host_.handle(request).response;
    sender_.send_due(host_);
    return response;
  }
  std::int64_t made(const std::string& resource, const Json& body) {
    const Response response = call("POST", resource, body);
    INFO(resource << ": " << response.body);
    REQUIRE(response.status == 200);
    return body_of(response);
  }

 private:
  static std::unique_ptr<kit::Platform> started() {
    Json account = small_account();
    account["license"] = kParcelLicense;
    account["host"] = "paczki.shop.example";
    account["config"]["shopping_parcel_send_status_id"] = 3;
    auto platform = atrapa::mocks::shoper::make_shoper();
    platform->restore(Json::array({account}));
    return platform;
  }

  kit::VirtualClock clock_{monday()};
  kit::Host host_;
  kit::WebhookSender sender_{kit::HttpPoster{}};
};

}  // namespace

TEST_CASE(
    "Shoper: the write that sends a parcel posts parcel.send to its receiver, signed and once",
    "[shoper][webhooks][parcels]") {
  ParcelReceiver receiver;
  DeliveringShop shop;
  const auto order = shop.made("orders", least_order());
  Json goods = least_product("K-1");
  goods["stock"]["stock"] = 5;
  const auto product = shop.made("products", goods);
  const Json line = {{"order_id", order}, {"product_id", product}, {"quantity", 1}};
  shop.made("order-products", line);
  const auto hook = shop.made("webhooks", {{"url", receiver.url()},
                                           {"format", 0},
                                           {"active", 1},
                                           {"events", {"parcel.send", "order.status"}},
                                           {"secret", "klucz"}});
  const auto parcel = shop.made("parcels", {{"order_id", order}, {"shipping_id", 1}});
  const std::string path = fmt::format("parcels/{}", parcel);
  receiver.take();  // What the making moved.

  REQUIRE(shop.call("PUT", path, {{"send", true}}).body == "1");

  const std::vector<Request> heard = receiver.take();
  REQUIRE(heard.size() == 2);
  const Request& sent = heard.front();
  CHECK(sent.method == "POST");
  CHECK(sent.headers.get("X-Webhook-Name") == "parcel.send");
  CHECK(sent.headers.get("X-Webhook-Id") == std::to_string(hook));
  CHECK(sent.headers.get("Content-Type") == "application/json; charset=utf-8");
  CHECK(sent.headers.get("User-Agent") == "Shop Webhook Sender 1.0");
  CHECK(sent.headers.get("X-Shop-License") == kParcelLicense);
  CHECK(sent.headers.get("X-Shop-Domain") == "paczki.shop.example");
  CHECK(sent.headers.get("X-Shop-Version") == "5.26.35");
  CHECK(sent.headers.get("X-Webhook-SHA1") ==
        reference_sha1(fmt::format("{}:klucz:{}", hook, sent.body)));
  CHECK(sent.body == shop.call("GET", path).body);
  CHECK(Json::parse(sent.body)["sent"] == "1");
  CHECK(heard.back().headers.get("X-Webhook-Name") == "order.status");
  CHECK(Json::parse(heard.back().body)["status_id"] == "3");

  // Refused, harmless, empty, read: none of them sends it again.
  CHECK(body_of(shop.call("PUT", path, {{"send", true}}))["error"] == "parcel_already_sent");
  CHECK(shop.call("PUT", path, {{"shipping_code", "6200123"}}).body == "1");
  CHECK(shop.call("PUT", path, Json::object()).body == "1");
  CHECK(shop.call("GET", path).status == 200);
  CHECK(receiver.take().empty());

  // Taken back it is no event; sent anew it is one again, and the order has its status already.
  CHECK(shop.call("PUT", path, {{"send", false}}).body == "1");
  CHECK(receiver.take().empty());
  CHECK(shop.call("PUT", path, {{"send", true}}).body == "1");
  const std::vector<Request> again = receiver.take();
  REQUIRE(again.size() == 1);
  CHECK(again.front().headers.get("X-Webhook-Name") == "parcel.send");
}

TEST_CASE("Shoper: a parcel that is made and sent in one write is told as both, sending last",
          "[shoper][webhooks][parcels]") {
  ParcelReceiver receiver;
  DeliveringShop shop;
  const auto order = shop.made("orders", least_order());
  Json goods = least_product("K-1");
  goods["stock"]["stock"] = 5;
  const auto product = shop.made("products", goods);
  const Json line = {{"order_id", order}, {"product_id", product}, {"quantity", 1}};
  shop.made("order-products", line);
  shop.made("webhooks", {{"url", receiver.url()},
                         {"format", 0},
                         {"active", 1},
                         {"events", {"parcel.create", "parcel.send"}}});

  shop.made("parcels", {{"order_id", order}, {"shipping_id", 1}, {"send", true}});

  std::vector<std::string> names;
  for (const Request& one : receiver.take()) {
    names.emplace_back(one.headers.get("X-Webhook-Name"));
  }
  CHECK(names == std::vector<std::string>{"parcel.create", "parcel.send"});
}
