#include "core/shops/http_transport.hpp"

#include <httplib.h>

#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

using namespace atrapa::core;

namespace {

/// A server of a few answers on a free port of this machine.
class Server {
 public:
  Server() {
    server_.set_keep_alive_max_count(1000);
    server_.Get("/echo", [this](const httplib::Request& request, httplib::Response& response) {
      ports_.push_back(request.remote_port);
      response.set_header("X-Answer", request.get_header_value("X-Ask"));
      response.set_content(request.target, "text/plain");
    });
    server_.Put("/put", [](const httplib::Request& request, httplib::Response& response) {
      response.status = 418;
      response.set_content(request.body, "text/plain");
    });
    server_.Get("/moved", [](const httplib::Request&, httplib::Response& response) {
      response.set_redirect("/echo");
    });
    server_.Get("/cut", [](const httplib::Request&, httplib::Response& response) {
      response.set_content_provider(1000, "text/plain",
                                    [](std::size_t, std::size_t, httplib::DataSink& sink) {
                                      sink.write("half", 4);
                                      return false;
                                    });
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Server() {
    server_.stop();
    thread_.join();
  }
  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

  std::vector<int> ports_;

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace

TEST_CASE(
    "A request arrives as it was written and its answer comes back whole, over one connection",
    "[http]") {
  Server server;
  {
    HttpTransport transport;
    for (int i = 0; i < 3; ++i) {
      const auto answer = transport.send(
          {"GET", server.url("/echo?filters=%7B%22a%22%3A1%7D"), {{"X-Ask", "ż"}}, ""});
      REQUIRE(std::holds_alternative<HttpResponse>(answer));
      const auto& response = std::get<HttpResponse>(answer);
      CHECK(response.status == 200);
      CHECK(response.body == "/echo?filters=%7B%22a%22%3A1%7D");
      CHECK(response.header("x-answer") == "ż");
    }
    CHECK(server.ports_.size() == 3);
    CHECK(server.ports_[0] == server.ports_[2]);
    const auto put = std::get<HttpResponse>(
        transport.send({"PUT", server.url("/put"), {{"Content-Type", "application/json"}}, "{}"}));
    CHECK(put.status == 418);
    CHECK(put.body == "{}");
    CHECK(std::get<HttpResponse>(transport.send({"GET", server.url("/moved"), {}, ""})).status ==
          302);
  }
}

TEST_CASE(
    "Without a connection nothing was sent, a cut answer is ambiguous, and an address that is none "
    "is no accident",
    "[http]") {
  Server server;
  HttpTransport transport;
  CHECK(std::get<NoAnswer>(transport.send({"GET", "http://127.0.0.1:1/x", {}, ""})) ==
        NoAnswer::NotSent);
  CHECK(std::get<NoAnswer>(transport.send({"GET", server.url("/cut"), {}, ""})) ==
        NoAnswer::Ambiguous);
  CHECK(std::get<NoAnswer>(transport.send({"GET", "shop.example/x", {}, ""})) == NoAnswer::NotSent);
  CHECK(std::get<NoAnswer>(transport.send({"GET", "http://", {}, ""})) == NoAnswer::NotSent);
}
