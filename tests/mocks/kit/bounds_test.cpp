#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <string>

#include "mocks/kit/http_head.hpp"
#include "mocks/kit/json_bounds.hpp"
#include "mocks/kit/url.hpp"

using namespace atrapa::mocks::kit;

namespace {

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

int refused_with(std::string_view head) {
  const auto parsed = parse_head(head, 100);
  const auto* refusal = std::get_if<Refusal>(&parsed);
  return refusal == nullptr ? 0 : refusal->status;
}

Head accepted(std::string_view head) { return std::get<Head>(parse_head(head, 100)); }

}  // namespace

TEST_CASE("JSON may be nested as deep as the bound and no deeper", "[json]") {
  CHECK(json_depth_ok(nested(64)));
  CHECK_FALSE(json_depth_ok(nested(65)));
  CHECK_FALSE(json_depth_ok(std::string(10'000'000, '[')));
  CHECK(json_depth_ok(R"({"a":[1,{"b":2}]})", 3));
  CHECK_FALSE(json_depth_ok(R"({"a":[1,{"b":2}]})", 2));
}

TEST_CASE("Brackets inside of JSON strings do not nest, those after them do", "[json]") {
  CHECK(json_depth_ok(R"(["[[[[\"[[[[", "\\"])", 1));
  CHECK_FALSE(json_depth_ok(R"(["\\",["a"]])", 1));
  CHECK(json_depth_ok("]]]]}}}}[1]", 1));
  CHECK(json_depth_ok("\"\\", 1));
}

TEST_CASE("A head gives the bytes of its fields in their order", "[head]") {
  const Head head = accepted(
      "POST /a?b=%31&c=d?e HTTP/1.1\r\nX-Z: %41 \t\r\na:\r\nX-Z:  two words\r\n"
      "content-length: 12\r\nExpect: 100-Continue\r\n\r\n");

  CHECK(head.request.method == "POST");
  CHECK(head.request.target == "/a?b=%31&c=d?e");
  CHECK(head.request.headers == Headers{{"X-Z", "%41"},
                                        {"a", ""},
                                        {"X-Z", "two words"},
                                        {"content-length", "12"},
                                        {"Expect", "100-Continue"}});
  CHECK(head.body == Head::Body::Length);
  CHECK(head.length == 12);
  CHECK(head.expects_continue);
}

TEST_CASE("A body is framed by its length or in chunks, else there is none", "[head]") {
  CHECK(accepted("POST / HTTP/1.1\r\n\r\n").body == Head::Body::None);
  CHECK(accepted("POST / HTTP/1.1\nContent-Length: 0\n\n").body == Head::Body::None);
  CHECK(accepted("PUT / HTTP/1.0\r\nTransfer-Encoding: Chunked\r\n\r\n").body ==
        Head::Body::Chunked);
  CHECK(accepted("GET / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n").length == 3);
}

TEST_CASE("A head that can be read in two ways is refused", "[head]") {
  CHECK(refused_with("GET /\r\n\r\n") == 400);
  CHECK(refused_with("GET  HTTP/1.1\r\n\r\n") == 400);
  CHECK(refused_with("GET /a b HTTP/1.1\r\n\r\n") == 400);
  CHECK(refused_with("GET http://elsewhere/ HTTP/1.1\r\n\r\n") == 400);
  CHECK(refused_with("G(T / HTTP/1.1\r\n\r\n") == 400);
  CHECK(refused_with("GET / HTTP/2.0\r\n\r\n") == 505);
  CHECK(refused_with("GET / HTTP/1.1\r\nA : b\r\n\r\n") == 400);
  CHECK(refused_with("GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n") == 400);
  CHECK(refused_with("GET / HTTP/1.1\r\nno colon\r\n\r\n") == 400);
  CHECK(refused_with("GET / HTTP/1.1\r\nA: b\x01\r\n\r\n") == 400);
  CHECK(refused_with("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") == 400);
  CHECK(refused_with("POST / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\n") == 400);
  CHECK(refused_with("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n") == 400);
  CHECK(refused_with("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n") == 400);
  CHECK(refused_with(
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n") == 400);
  CHECK(refused_with("POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n") == 501);
  CHECK(refused_with("HEAD / HTTP/1.1\r\nContent-Length: 5\r\n\r\n") == 400);
}

TEST_CASE("The end of a head is found however its bytes arrive", "[head]") {
  rc::prop("in any two parts", [] {
    const std::string head = *rc::gen::element<std::string>(
        "GET / HTTP/1.1\r\nA: b\r\n\r\n", "GET / HTTP/1.1\nA: b\n\n", "GET / HTTP/1.1\n\r\n");
    const std::string bytes = head + "body\r\n\r\n";
    const auto part = *rc::gen::inRange<std::size_t>(0, head.size());
    RC_ASSERT(head_length(bytes.substr(0, part)) == std::string::npos);
    RC_ASSERT(head_length(bytes, part) == head.size());
  });
}

TEST_CASE("Foreign bytes never throw out of a head or an address", "[head][url]") {
  rc::prop("any text", [](const std::string& text) {
    parse_head(text, 100);
    parse_head("GET / HTTP/1.1\r\n" + text + "\r\n\r\n", 100);
    parse_url(text);
    parse_url("http://" + text);
    is_loopback(text);
    json_depth_ok(text);
  });
}

TEST_CASE("An address is taken apart", "[url]") {
  const auto url = parse_url("HTTP://localhost:8080/hook?a=b#c");
  REQUIRE(url);
  CHECK(url->scheme == "http");
  CHECK(url->host == "localhost");
  CHECK(url->port == 8080);
  CHECK(url->target == "/hook?a=b");
  CHECK(parse_url("https://shop.example")->origin() == "https://shop.example:443");
  CHECK(parse_url("http://[::1]:81")->origin() == "http://[::1]:81");
  CHECK(parse_url("http://h?x")->target == "/?x");
}

TEST_CASE("An address that could mean another host is no address", "[url]") {
  for (const char* text :
       {"", "127.0.0.1", "ftp://127.0.0.1/", "http://", "http:///x",
        "http://127.0.0.1@evil.example/", "http://a:b@127.0.0.1/", "http://127.0.0.1:0/",
        "http://127.0.0.1:65536/", "http://127.0.0.1:8x/", "http://127.0.0.1 /",
        "http://a\r\nHost: b/", "http://[::1/", "http://127.0.0.1\\@evil.example/"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_url(text));
  }
}

TEST_CASE("Only loopback literals and localhost are loopback", "[url]") {
  for (const char* host : {"127.0.0.1", "127.255.0.9", "::1", "localhost", "LocalHost"}) {
    CAPTURE(host);
    CHECK(is_loopback(host));
  }
  for (const char* host : {"", "127.0.0.1.evil.example", "127.1", "127.0.0.1.1", "127.0.0.256",
                           "127.0.0.01", "0x7f.0.0.1", "2130706433", "localhost.evil.example",
                           "0.0.0.0", "::", "10.0.0.1", "127.0.0.", "127.0..1"}) {
    CAPTURE(host);
    CHECK_FALSE(is_loopback(host));
  }
}
