#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <thread>

#include "mocks/kit/http_client.hpp"
#include "mocks/kit/server.hpp"
#include "tests/mocks/kit/clerk.hpp"
#include "tests/mocks/kit/raw_client.hpp"

using namespace atrapa::mocks::kit;
using namespace atrapa::tests;

namespace {

struct Office {
  explicit Office(ServerOptions options = {}, WebhookSender* sender = nullptr)
      : server(std::move(options)) {
    server.mount("/", desk.host);
    if (sender != nullptr) server.send_webhooks_by(*sender);
    port = server.start();
  }

  void arm(FaultKind kind) {
    const std::lock_guard lock(mutex_of(desk.host));
    desk.host.arm({{.exchange = 0, .kind = kind}});
  }
  std::size_t deliveries() {
    const std::lock_guard lock(mutex_of(desk.host));
    return desk.host.journal().deliveries_seen();
  }
  /// Waits, ten seconds at most, until so many deliveries are in the journal.
  bool wait_for_deliveries(std::size_t count) {
    for (int i = 0; i < 1000 && deliveries() < count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return deliveries() >= count;
  }

  Desk desk;
  Server server;
  int port = 0;
};

}  // namespace

TEST_CASE("Over a socket a refused request ends in a reset, and nothing has happened",
          "[server][fault]") {
  Office office;
  office.arm(FaultKind::RefusedBeforeSend);
  RawClient client(office.port);

  CHECK(client.ask(raw_post("/notes", "x")).status == 0);
  CHECK(client.end() == RawClient::End::Reset);
  CHECK(office.desk.notes() == 0);
}

TEST_CASE("Over a socket a lost answer is a connection closed without a byte", "[server][fault]") {
  Office office;
  office.arm(FaultKind::LostAfterCommit);
  RawClient client(office.port);

  const auto answer = client.ask(raw_post("/notes", "x"));
  CHECK(answer.status == 0);
  CHECK(answer.head.empty());
  CHECK(client.end() == RawClient::End::Closed);
  CHECK(office.desk.notes() == 1);
}

TEST_CASE("Over a socket a truncated answer announces its whole body and ends in its middle",
          "[server][fault]") {
  Office office;
  office.arm(FaultKind::TruncatedAnswer);
  RawClient client(office.port);

  const auto answer = client.ask(raw_get("/big?bytes=100000"));
  CHECK(answer.status == 200);
  CHECK(answer.announced == 100'000);
  CHECK(answer.ended);
  CHECK(answer.body.size() == 50'000);
}

TEST_CASE("Over a socket the platform's own refusals arrive, and the connection goes on",
          "[server][fault]") {
  Office office;
  RawClient client(office.port);
  office.arm(FaultKind::TooManyRequests);
  CHECK(client.ask(raw_get("/big?bytes=1")).status == 429);
  office.arm(FaultKind::ServerError);
  CHECK(client.ask(raw_get("/big?bytes=1")).body == "the clerk is ill");
  CHECK(client.ask(raw_get("/big?bytes=1")).status == 200);
}

TEST_CASE("A body above the bound answers 413, whichever way it is framed", "[server][bounds]") {
  Office office({.max_body = 100'000});
  CHECK(RawClient(office.port).ask(raw_post("/notes", std::string(100'000, 'x'))).status == 200);

  const std::string large(100'001, 'x');
  const auto by_length = RawClient(office.port).ask(raw_post("/notes", large));
  CHECK(by_length.status == 413);
  CHECK(by_length.body.find("above 100000 bytes") != std::string::npos);

  const auto chunked =
      RawClient(office.port)
          .ask(fmt::format("POST /notes HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "{:x}\r\n{}\r\n0\r\n\r\n",
                           large.size(), large));
  CHECK(chunked.status == 413);

  RawClient asking(office.port);
  CHECK(asking
            .ask("POST /notes HTTP/1.1\r\nContent-Length: 999999999999\r\n"
                 "Expect: 100-continue\r\n\r\n")
            .status == 413);
  CHECK(asking.end() == RawClient::End::Closed);
  CHECK(office.desk.notes() == 1);
}

TEST_CASE("The default bound lets 16 MiB through", "[server][bounds]") {
  Office office;
  const std::string body(16u << 20, 'x');
  CHECK(RawClient(office.port).ask(raw_post("/notes", body)).status == 200);
  CHECK(RawClient(office.port).ask(raw_post("/notes", body + "x")).status == 413);
}

TEST_CASE("Heads above the bounds answer 431", "[server][bounds]") {
  Office office;
  std::string fields;
  for (int i = 0; i < 99; ++i) fields += fmt::format("A{}: b\r\n", i);
  CHECK(RawClient(office.port).ask(raw_get("/big?bytes=1", fields)).status == 200);
  CHECK(RawClient(office.port).ask(raw_get("/big?bytes=1", fields + "B: c\r\n")).status == 431);

  const std::string kilobytes(200u << 10, 'x');
  CHECK(RawClient(office.port).ask(raw_get("/" + kilobytes)).status == 431);
  CHECK(RawClient(office.port).ask(raw_get("/", "A: " + kilobytes + "\r\n")).status == 431);
  // Without an end in sight it is not read any further either.
  CHECK(RawClient(office.port).ask("GET /" + kilobytes).status == 431);
  CHECK(office.desk.host.journal().exchanges_seen() == 1);
}

TEST_CASE("A target of 60 KB reaches the platform", "[server][bounds]") {
  Office office;
  const std::string target = fmt::format("/echo?ids={:7>60000}", "");
  CHECK(RawClient(office.port).ask(raw_get(target)).body.starts_with("GET " + target + "\n"));
}

TEST_CASE("What is no HTTP is refused in words, and the connection ends", "[server][bounds]") {
  Office office;
  for (const char* bytes :
       {"hello\r\n\r\n", "GET / HTTP/3.0\r\n\r\n", "GET /a b HTTP/1.1\r\n\r\n",
        "POST /notes HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
    CAPTURE(bytes);
    RawClient client(office.port);
    const auto answer = client.ask(bytes);
    CHECK(answer.status >= 400);
    CHECK(answer.body.starts_with("Atrapa: "));
    CHECK(client.end() == RawClient::End::Closed);
  }
  RawClient chunks(office.port);
  CHECK(chunks.ask("POST /notes HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n").status ==
        400);
  CHECK(office.desk.notes() == 0);
}

TEST_CASE("A webhook arrives over a socket after its exchange, also when the answer was lost",
          "[server][webhook]") {
  Office receiver;
  const HttpPoster poster;
  WebhookSender sender(poster, {.cancel = [poster] { poster.cancel(); }});
  Office office({}, &sender);
  const std::string hook =
      fmt::format("X-Hook: http://localhost:{}/notes?a=1+2\r\n", receiver.port);

  CHECK(RawClient(office.port).ask(raw_post("/notes", "x", hook)).status == 200);
  REQUIRE(office.wait_for_deliveries(1));
  office.arm(FaultKind::LostAfterCommit);
  CHECK(RawClient(office.port).ask(raw_post("/notes", "x", hook)).status == 0);
  REQUIRE(office.wait_for_deliveries(2));

  CHECK(receiver.desk.notes() == 2);
  CHECK(receiver.desk.host.journal().exchanges().back().request.target == "/notes?a=1+2");
  CHECK(receiver.desk.host.journal().exchanges().back().request.headers.get("Content-Type") ==
        "application/json");
  CHECK(office.desk.host.journal().deliveries().back().status == 200);
}

TEST_CASE("A receiver may call the fake from within its own handler", "[server][webhook]") {
  int port = 0;
  int status_inside = 0;
  WebhookSender sender([&](const std::string&, const Request&) {
    status_inside = RawClient(port).ask(raw_get("/notes/1")).status;
    return 200;
  });
  Office office({}, &sender);
  port = office.port;

  RawClient client(office.port);
  client.ask(raw_post("/notes", "x", "X-Hook: http://127.0.0.1:1/\r\n"));
  REQUIRE(office.wait_for_deliveries(1));
  CHECK(status_inside == 200);
}

TEST_CASE("Stopping breaks off a webhook whose receiver is silent", "[server][webhook]") {
  // A receiver that accepts and never answers: its own desk is locked.
  Office receiver;
  std::unique_lock silence(mutex_of(receiver.desk.host));
  const HttpPoster poster{std::chrono::hours{1}};
  WebhookSender sender(poster, {.cancel = [poster] { poster.cancel(); }});
  Office office({}, &sender);
  const std::string hook = fmt::format("X-Hook: http://127.0.0.1:{}/notes\r\n", receiver.port);
  for (int i = 0; i < 3; ++i) RawClient(office.port).ask(raw_post("/notes", "x", hook));

  office.server.stop();
  silence.unlock();
  CHECK(office.deliveries() == 3);
  CHECK(office.desk.host.journal().deliveries().back().outcome == "not sent: the server stopped");
}

TEST_CASE("A post to nobody has no answer", "[webhook]") {
  int free_port = 0;
  {
    Office gone;
    free_port = gone.port;
  }
  const HttpPoster poster;
  CHECK(poster(fmt::format("http://127.0.0.1:{}/x", free_port), post("/x", "y")) == 0);
  CHECK(poster("no address", post("/x", "y")) == 0);
}
