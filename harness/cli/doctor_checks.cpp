#include "harness/cli/doctor_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

#include "harness/cli/platforms.hpp"
#include "harness/subject/base64.hpp"

namespace atrapa::harness::cli {

namespace {

using core::HttpRequest;
using core::HttpResponse;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return text;
}

/// "http://user:word@proxy:3128" without what is nobody's business.
std::string without_credentials(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
  const std::size_t at = url.find('@', begin);
  return at == std::string::npos ? url : url.substr(0, begin) + "***" + url.substr(at);
}

/// Whether a list such as "127.0.0.1,.example.com" names the host as every client reads it.
bool list_names(const std::string& list, const std::string& host) {
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string entry = lower(list.substr(begin, end - begin));
    entry.erase(0, std::min(entry.find_first_not_of(' '), entry.size()));
    entry.erase(entry.find_last_not_of(' ') + 1);
    if (entry == "*" || entry == host) return true;
    begin = end + 1;
  }
  return false;
}

std::optional<HttpResponse> answer_to(core::Transport& transport, const HttpRequest& request) {
  const auto answer = transport.send(request);
  const HttpResponse* response = std::get_if<HttpResponse>(&answer);
  return response == nullptr ? std::nullopt : std::optional(*response);
}

/// The answer as JSON, or null.
Json json_of(const std::optional<HttpResponse>& answer) {
  if (!answer) return nullptr;
  Json json = Json::parse(answer->body, nullptr, false);
  return json.is_discarded() ? Json() : json;
}

Checkup let_in(const std::string& what) { return {"token", Health::Ok, what, ""}; }

Checkup kept_out(const std::string& what) {
  return {"token", Health::Problem, what,
          "`atrapa up` prints the credentials of the accounts it serves; `atrapa world show` lists "
          "those of a world"};
}

Checkup sign_in(const std::string& url, const Credentials& credentials,
                core::Transport& transport) {
  const auto answer = answer_to(
      transport, {"POST",
                  url + "/webapi/rest/auth",
                  {{"Authorization",
                    "Basic " + encode_base64(credentials.login + ":" + credentials.password)}},
                  ""});
  if (!answer) return kept_out(fmt::format("nothing answers at {}", url));
  if (json_of(answer).contains("access_token")) {
    return let_in(fmt::format("{} lets '{}' in", url, credentials.login));
  }
  return kept_out(fmt::format("{} does not let '{}' in: it answers {} to /webapi/rest/auth", url,
                              credentials.login, answer->status));
}

Checkup show_token(const std::string& url, const std::string& token, core::Transport& transport) {
  const auto base = answer_to(
      transport, {"POST",
                  url + "/connector.php",
                  {{"X-BLToken", token}, {"Content-Type", "application/x-www-form-urlencoded"}},
                  "method=getInventories&parameters=%7B%7D"});
  if (!base) return kept_out(fmt::format("nothing answers at {}", url));
  const Json said = json_of(base);
  if (said.is_object() && said.contains("status")) {
    if (said["status"] == "SUCCESS") return let_in(fmt::format("{} takes the token", url));
    return kept_out(fmt::format("{} does not take the token: {}", url,
                                said.value("error_code", Json("no code")).dump()));
  }
  const auto shop = answer_to(
      transport,
      {"GET", url + "/webapi/rest/application-config", {{"Authorization", "Bearer " + token}}, ""});
  if (shop && shop->status == 200) return let_in(fmt::format("{} takes the token", url));
  return kept_out(
      fmt::format("{} does not take the token: it answers {} to /webapi/rest/application-config",
                  url, shop ? std::to_string(shop->status) : "nothing"));
}

}  // namespace

std::string_view to_string(Health health) {
  switch (health) {
    case Health::Ok: return "ok";
    case Health::Warning: return "warning";
    case Health::Problem: return "problem";
  }
  return "unknown";
}

Checkup check_ports(const Surroundings& around, int first, bool named) {
  const int count = 1 + static_cast<int>(platforms().size());
  std::string taken;
  for (int port = first; port < first + count; ++port) {
    if (around.port_is_free(port)) continue;
    const std::string who = around.listener_on(port);
    taken += fmt::format("{}{} ({})", taken.empty() ? "" : ", ", port,
                         who.empty() ? "by whom cannot be told" : who);
  }
  if (taken.empty()) {
    return {"ports", Health::Ok,
            fmt::format("{} to {} are free for `atrapa up`", first, first + count - 1), ""};
  }
  return {"ports", named ? Health::Problem : Health::Warning, fmt::format("taken: {}", taken),
          "end what listens there, or take other ports: atrapa up --port N; --port 0 takes any "
          "free ones"};
}

Checkup check_proxy(const Surroundings& around) {
  constexpr std::array kNames{"http_proxy",  "HTTP_PROXY", "https_proxy",
                              "HTTPS_PROXY", "all_proxy",  "ALL_PROXY"};
  std::string set;
  for (const char* name : kNames) {
    const std::string value = around.variable(name);
    if (value.empty()) continue;
    set += fmt::format("{}{}={}", set.empty() ? "" : ", ", name, without_credentials(value));
  }
  if (set.empty()) return {"proxy", Health::Ok, "no proxy is set", ""};
  const std::string small = around.variable("no_proxy");
  const std::string excluded = small.empty() ? around.variable("NO_PROXY") : small;
  if (list_names(excluded, "127.0.0.1") && list_names(excluded, "localhost")) {
    return {"proxy", Health::Ok, fmt::format("{}; no_proxy leaves the loopback out", set), ""};
  }
  return {"proxy", Health::Warning,
          fmt::format("{}, and no_proxy does not name 127.0.0.1 and localhost: a connector would "
                      "send its calls to the proxy",
                      set),
          "export no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost"};
}

Checkup check_tls(const std::string& url) {
  if (lower(url).starts_with("https://")) {
    return {"tls", Health::Problem, fmt::format("{} is https, and the fakes speak plain HTTP", url),
            "give the connector an address that begins with http://; where it takes https only, "
            "put a proxy that ends TLS before the fake"};
  }
  return {"tls", Health::Ok, "plain HTTP, as the fakes speak it", ""};
}

Checkup check_localhost(const Surroundings& around) {
  const std::vector<std::string> addresses = around.addresses_of_localhost();
  const char* mend =
      "write 127.0.0.1 where the connector wants an address, or: atrapa up "
      "--listen ::1";
  if (addresses.empty()) {
    return {"localhost", Health::Warning, "the name localhost leads nowhere", mend};
  }
  if (addresses.front().find(':') == std::string::npos) {
    return {"localhost", Health::Ok, fmt::format("localhost is {}", addresses.front()), ""};
  }
  return {"localhost", Health::Warning,
          fmt::format("localhost is {} first, and the fakes listen on 127.0.0.1: a client that "
                      "tries one address only does not find them",
                      addresses.front()),
          mend};
}

Checkup check_reached(const std::string& url, core::Transport& transport) {
  if (const auto answer = answer_to(transport, {"GET", url + "/", {}, ""})) {
    return {"reached", Health::Ok, fmt::format("{} answers HTTP", url), ""};
  }
  return {"reached", Health::Problem, fmt::format("nothing answers HTTP at {}", url),
          "start a fake there: atrapa up --port N. Where one runs, look for a firewall or for "
          "another network namespace (a container has a loopback of its own)"};
}

Checkup check_credentials(const std::string& url, const Credentials& credentials,
                          core::Transport& transport) {
  return !credentials.login.empty() ? sign_in(url, credentials, transport)
                                    : show_token(url, credentials.token, transport);
}

Checkup check_clock(const Machine& machine, const std::string& url, core::Transport& transport) {
  using namespace std::chrono;
  const mocks::kit::Instant now = machine.now();
  const auto year = static_cast<int>(year_month_day(floor<days>(now)).year());
  if (year < 2024 || year > 2100) {
    return {"clock", Health::Problem, fmt::format("the machine's clock says the year {}", year),
            "set it: tokens would be over before they begin"};
  }
  const Json clock = json_of(answer_to(transport, {"GET", url + "/_atrapa/clock", {}, ""}));
  if (!clock.is_object() || !clock.contains("now")) {
    return {"clock", Health::Ok, fmt::format("the machine's clock says the year {}", year), ""};
  }
  const std::string text = clock["now"].get<std::string>();
  if (clock.value("virtual", false)) {
    return {"clock", Health::Warning,
            fmt::format("the fakes' clock is virtual and stands at {}: a connector that asks for "
                        "what changed since now finds nothing",
                        text),
            fmt::format("advance it: curl -d '{{\"advance_ms\":60000}}' {}/_atrapa/clock; or: "
                        "atrapa up --clock real",
                        url)};
  }
  return {"clock", Health::Ok, fmt::format("the fakes' clock is the machine's: {}", text), ""};
}

Checkup check_time_zone(const Surroundings& around) {
  constexpr const char* kShopZone = "Europe/Warsaw";
  if (around.has_time_zone(kShopZone)) {
    return {"time zone", Health::Ok, fmt::format("{} is known", kShopZone), ""};
  }
  return {"time zone", Health::Problem,
          fmt::format("{} is not known: the shops' dates cannot be told", kShopZone),
          "install time zone data (Debian: tzdata), or point TZDIR at it"};
}

Checkup check_temporary(const Surroundings& around) {
  constexpr std::uintmax_t kLittle = 100u << 20;
  const std::string directory = around.temporary_directory();
  const std::string trouble = around.trouble_with_writing(directory);
  if (!trouble.empty()) {
    return {"temporary", Health::Problem,
            fmt::format("{} cannot be written to: {}", directory, trouble),
            "free space there, mend its rights, or point TMPDIR elsewhere"};
  }
  const std::uintmax_t bytes = around.free_bytes(directory);
  if (bytes < kLittle) {
    return {"temporary", Health::Warning, fmt::format("{} has {} MB left", directory, bytes >> 20),
            "free space there, or point TMPDIR elsewhere"};
  }
  return {"temporary", Health::Ok, fmt::format("{} can be written to", directory), ""};
}

Checkup check_locale(const Surroundings& around) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = around.variable(name);
    if (value.empty()) continue;
    const std::string folded = lower(value);
    if (folded.find("utf-8") != std::string::npos || folded.find("utf8") != std::string::npos) {
      return {"locale", Health::Ok, fmt::format("{}={}", name, value), ""};
    }
    return {
        "locale", Health::Warning,
        fmt::format("{}={} is not UTF-8: Polish letters may be spoilt on their way", name, value),
        "export LC_ALL=C.UTF-8"};
  }
  return {"locale", Health::Warning,
          "no locale is set: programs may take Polish letters for something else",
          "export LC_ALL=C.UTF-8"};
}

}  // namespace atrapa::harness::cli
