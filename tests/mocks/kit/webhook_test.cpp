#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "mocks/kit/webhook_sender.hpp"
#include "tests/mocks/kit/clerk.hpp"

using namespace atrapa::mocks::kit;
using namespace atrapa::tests;

namespace {

const Instant kNow{std::chrono::hours{24 * 20000}};

/// Takes posts, remembers their bodies, answers as told.
struct Receiver {
  std::vector<std::string> bodies;
  std::vector<int> answers;  ///< One a post; 200 once they are used up.

  WebhookSender sender(WebhookSenderOptions options = {}) {
    return WebhookSender(
        [this](const std::string&, const Request& request) {
          bodies.push_back(request.body);
          return bodies.size() <= answers.size() ? answers[bodies.size() - 1] : 200;
        },
        std::move(options));
  }
};

Webhook webhook(std::string body, std::string url = "http://127.0.0.1:9/hook?a=1") {
  return {.account = "demo",
          .event = "order.create",
          .url = std::move(url),
          .headers = {{"X-Signature", "abc"}},
          .body = std::move(body)};
}

/// Sends the bodies "0", "1", ... and gives the outcomes in the order of the journal.
std::vector<std::string> outcomes_of(WebhookSender& sender, int count) {
  std::vector<std::string> outcomes;
  for (int i = 0; i < count; ++i) {
    for (const Delivery& delivery : sender.send("clerk", webhook(std::to_string(i)), kNow)) {
      outcomes.push_back(delivery.request.body + " " + delivery.outcome);
    }
  }
  return outcomes;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("A webhook is posted with its own headers and body, and entered", "[webhook]") {
  std::string posted_to;
  Request posted;
  WebhookSender sender([&](const std::string& url, const Request& request) {
    posted_to = url;
    posted = request;
    return 204;
  });
  const auto deliveries = sender.send("clerk", webhook("{}"), kNow);

  CHECK(posted_to == "http://127.0.0.1:9/hook?a=1");
  CHECK(posted.method == "POST");
  CHECK(posted.target == "/hook?a=1");
  CHECK(posted.headers.get("X-Signature") == "abc");
  CHECK(posted.body == "{}");
  REQUIRE(deliveries.size() == 1);
  CHECK(deliveries[0].outcome == "delivered");
  CHECK(deliveries[0].status == 204);
  CHECK(deliveries[0].platform == "clerk");
  CHECK(deliveries[0].account == "demo");
  CHECK(deliveries[0].event == "order.create");
  CHECK(deliveries[0].at == kNow);
}

TEST_CASE("Nothing is posted to other machines unless that is allowed", "[webhook]") {
  Receiver receiver;
  WebhookSender careful = receiver.sender();
  for (const char* url :
       {"http://shop.example/hook", "http://127.0.0.1.evil.example/", "http://10.0.0.1/"}) {
    const auto deliveries = careful.send("clerk", webhook("x", url), kNow);
    REQUIRE(deliveries.size() == 1);
    CHECK(deliveries[0].outcome == "refused: not a loopback address");
  }
  CHECK(careful.send("clerk", webhook("x", "mailto:a@b"), kNow)[0].outcome ==
        "refused: not an absolute http address");
  CHECK(receiver.bodies.empty());

  WebhookSender open = receiver.sender({.any_address = true});
  CHECK(open.send("clerk", webhook("x", "http://shop.example/hook"), kNow)[0].outcome ==
        "delivered");
}

TEST_CASE("A webhook that fails is tried as often as the option says", "[webhook]") {
  Receiver receiver;
  receiver.answers = {500, 0, 200};
  WebhookSender once = receiver.sender();
  CHECK(outcomes_of(once, 1) == Texts{"0 answered 500"});

  receiver.bodies.clear();
  WebhookSender stubborn = receiver.sender({.attempts = 4});
  CHECK(outcomes_of(stubborn, 1) == Texts{"0 answered 500", "0 no answer", "0 delivered"});
}

TEST_CASE("Whoever wants to hear of deliveries is told of every attempt", "[webhook]") {
  Receiver receiver;
  receiver.answers = {500, 200};
  Texts told;
  WebhookSender sender = receiver.sender(
      {.attempts = 2, .told = [&](const Delivery& delivery) { told.push_back(delivery.outcome); }});
  outcomes_of(sender, 1);
  sender.send("clerk", webhook("x", "http://shop.example/hook"), kNow);
  CHECK(told == Texts{"answered 500", "delivered", "refused: not a loopback address"});
}

TEST_CASE("Webhooks are lost, doubled and late as planned", "[webhook][fault]") {
  Receiver receiver;
  WebhookSender sender = receiver.sender();
  sender.arm({{.delivery = 0, .kind = DeliveryFaultKind::Late, .behind = 2},
              {.delivery = 1, .kind = DeliveryFaultKind::Lost},
              {.delivery = 3, .kind = DeliveryFaultKind::Doubled}});

  CHECK(outcomes_of(sender, 5) == Texts{"1 lost", "2 delivered", "0 delivered late", "3 delivered",
                                        "3 delivered again", "4 delivered"});
  CHECK(receiver.bodies == Texts{"2", "0", "3", "3", "4"});
}

TEST_CASE("A late webhook with nothing behind it waits until it is let go", "[webhook][fault]") {
  Receiver receiver;
  WebhookSender sender = receiver.sender();
  sender.arm({{.delivery = 0, .kind = DeliveryFaultKind::Late, .behind = 1}});

  CHECK(outcomes_of(sender, 1).empty());
  const auto held = sender.send_held_back(kNow);
  REQUIRE(held.size() == 1);
  CHECK(held[0].outcome == "delivered late");
  CHECK(sender.send_held_back(kNow).empty());
}

TEST_CASE("A plan counts from its arming", "[webhook][fault]") {
  Receiver receiver;
  WebhookSender sender = receiver.sender();
  outcomes_of(sender, 3);
  sender.arm({{.delivery = 0, .kind = DeliveryFaultKind::Lost}});

  CHECK(outcomes_of(sender, 2) == Texts{"0 lost", "1 delivered"});
}

TEST_CASE("What is due at a host is sent oldest first into its journal", "[webhook][host]") {
  Desk desk;
  Receiver receiver;
  WebhookSender sender = receiver.sender();
  for (int i = 0; i < 3; ++i) {
    desk.host.handle(post("/notes", "x", {{"X-Hook", "http://localhost/"}, {"X-Account", "demo"}}));
  }
  sender.send_due(desk.host);
  sender.send_due(desk.host);

  CHECK(receiver.bodies == Texts{"1", "2", "3"});
  REQUIRE(desk.host.journal().deliveries().size() == 3);
  CHECK(desk.host.journal().deliveries()[2].number == 3);
  CHECK(desk.host.journal().deliveries()[2].account == "demo");
}

TEST_CASE("Delivery faults are read by the names they are written with", "[webhook][fault]") {
  for (const DeliveryFaultKind kind :
       {DeliveryFaultKind::Lost, DeliveryFaultKind::Doubled, DeliveryFaultKind::Late}) {
    CHECK(delivery_fault_kind(to_string(kind)) == kind);
  }
  CHECK_FALSE(delivery_fault_kind("eaten"));
}
