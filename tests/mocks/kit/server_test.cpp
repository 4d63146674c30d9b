#include "mocks/kit/server.hpp"

#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/mocks/kit/clerk.hpp"
#include "tests/mocks/kit/raw_client.hpp"

using namespace atrapa::mocks::kit;
using namespace atrapa::tests;

namespace {

/// A clerk behind a server at its root.
struct Office {
  explicit Office(ServerOptions options = {}) : server(std::move(options)) {
    server.mount("/", desk.host);
    port = server.start();
  }

  Desk desk;
  Server server;
  int port = 0;
};

}  // namespace

TEST_CASE("A request reaches the platform as the bytes that were sent", "[server]") {
  Office office;
  RawClient client(office.port);
  const auto answer = client.ask(
      "PATCH /echo/%41?q=a?b+c&q=%zz HTTP/1.1\r\nZ-Last: 1\r\nA-First: %41%zz\r\nz-last: 2\r\n"
      "Content-Type: application/x-www-form-urlencoded\r\nRange: bytes=0-3\r\n"
      "Accept-Encoding: gzip\r\nContent-Length: 7\r\n\r\na=1&b=%");

  CHECK(answer.status == 200);
  CHECK(answer.body ==
        "PATCH /echo/%41?q=a?b+c&q=%zz\nZ-Last: 1\nA-First: %41%zz\nz-last: 2\n"
        "Content-Type: application/x-www-form-urlencoded\nRange: bytes=0-3\n"
        "Accept-Encoding: gzip\nContent-Length: 7\n\na=1&b=%");
  CHECK(answer.head.find("X-Clerk: yes\r\n") != std::string::npos);
  CHECK(answer.head.find("Content-Encoding") == std::string::npos);
}

TEST_CASE("Every method reaches the platform, with or without a body", "[server]") {
  Office office;
  RawClient client(office.port);
  for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "REPORT"}) {
    CAPTURE(method);
    const auto bare = client.ask(fmt::format("{} /echo HTTP/1.1\r\n\r\n", method));
    CHECK(bare.body == fmt::format("{} /echo\n\n", method));
    const auto full =
        client.ask(fmt::format("{} /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", method));
    CHECK(full.body == fmt::format("{} /echo\nContent-Length: 3\n\nabc", method));
  }
}

TEST_CASE("HEAD gets the head of GET and leaves the connection in order", "[server]") {
  Office office;
  RawClient client(office.port);
  client.send("HEAD /big?bytes=1234 HTTP/1.1\r\n\r\n");
  const auto head = client.answer(true);
  CHECK(head.status == 200);
  CHECK(head.announced == 1234);

  CHECK(client.ask(raw_get("/big?bytes=5")).body == "xxxxx");
}

TEST_CASE("A form of 20 KB is accepted, and so is a body in chunks", "[server]") {
  Office office;
  RawClient client(office.port);
  const std::string form = fmt::format("parameters={:p>20000}", "");
  client.ask(raw_post("/notes", form, "Content-Type: application/x-www-form-urlencoded\r\n"));
  CHECK(client.ask(raw_get("/notes/1")).body == form);

  const auto chunked = client.ask(
      "POST /notes HTTP/1.1\r\nTransfer-Encoding: "
      "chunked\r\n\r\n4\r\nab\r\n\r\n3\r\ncde\r\n0\r\n\r\n");
  CHECK(chunked.body == "2");
  CHECK(client.ask(raw_get("/notes/2")).body == "ab\r\ncde");
}

TEST_CASE("A multipart or packed body passes as the bytes it is", "[server]") {
  Office office;
  RawClient client(office.port);
  const std::string body =
      "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--\r\n";
  client.ask(raw_post("/notes", body, "Content-Type: multipart/form-data; boundary=b\r\n"));
  CHECK(client.ask(raw_get("/notes/1")).body == body);
  client.ask(raw_post("/notes", "not really gzip", "Content-Encoding: gzip\r\n"));
  CHECK(client.ask(raw_get("/notes/2")).body == "not really gzip");
}

TEST_CASE("Many calls go over one connection", "[server]") {
  Office office;
  RawClient client(office.port);
  for (int i = 1; i <= 500; ++i) {
    const auto answer = client.ask(raw_post("/notes", "x"));
    REQUIRE(answer.body == std::to_string(i));
  }
}

TEST_CASE("Requests sent ahead on one connection are answered in turn", "[server]") {
  Office office;
  RawClient client(office.port);
  client.send(raw_post("/notes", "first") + raw_get("/notes/1") + raw_get("/big?bytes=3"));
  CHECK(client.answer().body == "1");
  CHECK(client.answer().body == "first");
  CHECK(client.answer().body == "xxx");
}

TEST_CASE("A request that arrives in single bytes is read", "[server]") {
  Office office;
  RawClient client(office.port);
  for (const char byte : raw_post("/notes", "slow")) client.send({&byte, 1});
  CHECK(client.answer().body == "1");
}

TEST_CASE("A client that waits for 100 Continue is told to go on", "[server]") {
  Office office;
  RawClient client(office.port);
  client.send("POST /notes HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  // RawClient reads over the interim answer; the body is sent before it, as a hasty client would.
  client.send("body");
  CHECK(client.answer().body == "1");
  CHECK(client.ask(raw_get("/notes/1")).body == "body");
}

TEST_CASE("Clients that keep their connection do not keep others waiting", "[server]") {
  Office office;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 40; ++i) {
    clients.push_back(std::make_unique<RawClient>(office.port));
    REQUIRE(clients.back()->ask(raw_get("/big?bytes=2")).status == 200);
  }
  for (const auto& client : clients) CHECK(client->ask(raw_get("/big?bytes=3")).body == "xxx");
}

TEST_CASE("Beyond the bound of connections a client waits until one ends", "[server]") {
  Office office({.max_connections = 2});
  auto first = std::make_unique<RawClient>(office.port);
  RawClient second(office.port);
  REQUIRE(first->ask(raw_get("/big?bytes=1")).status == 200);
  REQUIRE(second.ask(raw_get("/big?bytes=1")).status == 200);

  RawClient third(office.port);
  third.send(raw_get("/big?bytes=1"));
  first.reset();
  CHECK(third.answer().status == 200);
}

TEST_CASE("Stopping does not wait for clients that keep their connection", "[server]") {
  Office office({.idle = std::chrono::hours{1}});
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < 10; ++i) {
    clients.push_back(std::make_unique<RawClient>(office.port));
    clients.back()->ask(raw_get("/big?bytes=1"));
  }
  clients.push_back(std::make_unique<RawClient>(office.port));
  clients.back()->send("GET /half-a-he");

  const auto before = std::chrono::steady_clock::now();
  office.server.stop();
  // Seconds lie between a stop that waits for nobody and one that waits out a keep-alive.
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds{2});
  for (const auto& client : clients) CHECK(client->end() != RawClient::End::Open);
}

TEST_CASE("A stopped server starts again, also after no request at all", "[server]") {
  Desk desk;
  Server server;
  server.mount("", desk.host);
  for (int i = 0; i < 20; ++i) {
    const int port = server.start();
    CHECK(server.port() == port);
    if (i % 2 == 0) CHECK(RawClient(port).ask(raw_get("/big?bytes=1")).status == 200);
    server.stop();
    CHECK(server.port() == 0);
  }
  server.stop();
}

TEST_CASE("A silent client is let go when it has been idle long enough", "[server]") {
  Office office({.idle = std::chrono::milliseconds{50}});
  RawClient client(office.port);
  CHECK(client.end() == RawClient::End::Closed);
}

TEST_CASE("A client that wants the connection closed gets it closed", "[server]") {
  Office office;
  RawClient client(office.port);
  const auto answer = client.ask(raw_get("/big?bytes=1", "Connection: close\r\n"));
  CHECK(answer.head.find("Connection: close\r\n") != std::string::npos);
  CHECK(client.end() == RawClient::End::Closed);

  RawClient perl(office.port);
  CHECK(perl.ask(raw_get("/big?bytes=1", "Connection: TE, close\r\n")).status == 200);
  CHECK(perl.end() == RawClient::End::Closed);

  RawClient old(office.port);
  CHECK(old.ask("GET /big?bytes=1 HTTP/1.0\r\n\r\n").status == 200);
  CHECK(old.end() == RawClient::End::Closed);
}

TEST_CASE("Each prefix leads to its host, which does not see it", "[server]") {
  Desk shop;
  Desk other;
  Server server;
  server.mount("/shop", shop.host);
  server.mount("/shop/other/", other.host);
  RawClient client(server.start());

  client.ask(raw_post("/shop/notes", "a"));
  client.ask(raw_post("/shop/other/notes", "b"));
  client.ask(raw_post("/shop/other/notes", "c"));
  CHECK(shop.notes() == 1);
  CHECK(other.notes() == 2);
  CHECK(client.ask(raw_get("/shop/echo?x=/shop")).body.starts_with("GET /echo?x=/shop\n"));
  CHECK(shop.host.journal().exchanges().back().request.target == "/echo?x=/shop");
  client.ask(raw_get("/shop?x"));
  CHECK(shop.host.journal().exchanges().back().request.target == "/?x");
}

TEST_CASE("A path that is nobody's is told what there is", "[server]") {
  Desk desk;
  Server server;
  server.mount("/shop", desk.host);
  server.mount_control("/_atrapa", [](const Request&) { return Response{}; });
  RawClient client(server.start());

  for (const char* target : {"/", "/shopping", "/Shop/x", "*"}) {
    CAPTURE(target);
    const auto answer = client.ask(raw_get(target));
    CHECK(answer.status == 404);
    CHECK(answer.head.find("X-Atrapa-Refused: server\r\n") != std::string::npos);
    CHECK(answer.body.find("/shop/ (clerk)") != std::string::npos);
    CHECK(answer.body.find("/_atrapa/ (control)") != std::string::npos);
  }
  CHECK(desk.host.journal().exchanges_seen() == 0);
}

TEST_CASE("A control prefix is served beside the hosts, also below the root", "[server]") {
  Desk desk;
  Server server;
  server.mount("/", desk.host);
  server.mount_control("/_atrapa", [&](const Request& request) {
    return Response{.status = 202,
                    .headers = {{"Content-Type", "application/json"}},
                    .body = request.target + fmt::format(" {}", desk.notes()) + request.body};
  });
  RawClient client(server.start());

  client.ask(raw_post("/notes", "a"));
  const auto answer = client.ask(raw_post("/_atrapa/state?x", "!"));
  CHECK(answer.status == 202);
  CHECK(answer.body == "/state?x 1!");
  CHECK(desk.host.journal().exchanges_seen() == 1);
}

TEST_CASE("Two servers may serve one host at a time", "[server]") {
  Desk desk;
  Server gateway;
  gateway.mount("/shop", desk.host);
  Server own;
  own.mount("/", desk.host);
  const std::vector<std::pair<int, std::string>> ways{{gateway.start(), "/shop/notes"},
                                                      {own.start(), "/notes"}};
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&, way = ways[static_cast<std::size_t>(i % 2)]] {
      RawClient client(way.first);
      for (int call = 0; call < 50; ++call) client.ask(raw_post(way.second, "x"));
    });
  }
  for (std::thread& client : clients) client.join();
  CHECK(desk.notes() == 400);
}

TEST_CASE("With a token every request needs it", "[server]") {
  Office office({.token = "open sesame"});
  RawClient client(office.port);

  CHECK(client.ask(raw_get("/big?bytes=1")).status == 401);
  CHECK(client.ask(raw_get("/big?bytes=1", "X-Atrapa-Token: open\r\n")).status == 401);
  CHECK(client.ask(raw_get("/big?bytes=1", "X-Atrapa-Token: open sesame!\r\n")).status == 401);
  CHECK(office.desk.host.journal().exchanges_seen() == 0);
  CHECK(client.ask(raw_get("/big?bytes=1", "x-atrapa-token: open sesame\r\n")).status == 200);
}

TEST_CASE("An address that others can reach needs a token", "[server]") {
  Desk desk;
  Server open({.address = "0.0.0.0"});
  open.mount("/", desk.host);
  CHECK_THROWS_AS(open.start(), std::runtime_error);
  CHECK(open.port() == 0);

  Server guarded({.address = "0.0.0.0", .token = "t"});
  guarded.mount("/", desk.host);
  CHECK(RawClient(guarded.start()).ask(raw_get("/", "X-Atrapa-Token: t\r\n")).status == 404);
}

TEST_CASE("A port that is taken is told in words that help", "[server]") {
  Office office;
  Server second({.port = office.port});
  CHECK_THROWS_WITH(second.start(), Catch::Contains("taken by another program") &&
                                        Catch::Contains(std::to_string(office.port)));
  CHECK_THROWS_AS(Server({.port = 70'000}).start(), std::runtime_error);
  CHECK_THROWS_AS(Server({.address = "127.0.0.1x", .token = "t"}).start(), std::runtime_error);
}

TEST_CASE("Mounts that cannot be meant are refused", "[server]") {
  Desk desk;
  Server server;
  server.mount("/a", desk.host);
  CHECK_THROWS_AS(server.mount("/a/", desk.host), std::logic_error);
  CHECK_THROWS_AS(server.mount("b", desk.host), std::logic_error);
  server.start();
  CHECK_THROWS_AS(server.mount("/c", desk.host), std::logic_error);
}

TEST_CASE("An accident in the fake is told as one, and the server serves on", "[server]") {
  Office office;
  RawClient client(office.port);
  const auto answer = client.ask(raw_get("/accident"));

  CHECK(answer.status == 500);
  CHECK(answer.body.find("the clerk fell off the chair") != std::string::npos);
  CHECK(answer.head.find("X-Atrapa-Refused: server\r\n") != std::string::npos);
  CHECK(client.ask(raw_get("/big?bytes=1")).status == 200);
}

TEST_CASE("Parallel clients are served one after another by one host", "[server]") {
  Office office;
  std::atomic<int> good = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 16; ++i) {
    clients.emplace_back([&] {
      RawClient client(office.port);
      for (int call = 0; call < 40; ++call) {
        if (client.ask(raw_post("/notes", "x")).status == 200) ++good;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  CHECK(good == 16 * 40);
  CHECK(office.desk.notes() == 16 * 40);
}
