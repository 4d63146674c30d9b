#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "core/shops/http_transport.hpp"
#include "harness/cli/doctor_checks.hpp"
#include "harness/cli/serving.hpp"
#include "harness/cli/worlds.hpp"
#include "tests/harness/cli_machine.hpp"

using namespace atrapa::harness;
using namespace atrapa::harness::cli;

namespace {

/// A machine's surroundings as a test wants them; all is well by itself.
class PlantedSurroundings final : public Surroundings {
 public:
  std::map<std::string, std::string> variables{{"LANG", "pl_PL.UTF-8"}};
  std::set<int> taken;
  std::string listener = "nginx, pid 812";
  std::vector<std::string> localhost{"127.0.0.1", "::1"};
  std::string write_trouble;
  std::uintmax_t space = 1u << 30;
  bool zone = true;

  std::string variable(const std::string& name) const override {
    const auto found = variables.find(name);
    return found == variables.end() ? "" : found->second;
  }
  bool port_is_free(int port) const override { return !taken.contains(port); }
  std::string listener_on(int) const override { return listener; }
  std::vector<std::string> addresses_of_localhost() const override { return localhost; }
  std::string temporary_directory() const override { return "/made/up"; }
  std::string trouble_with_writing(const std::string&) const override { return write_trouble; }
  std::uintmax_t free_bytes(const std::string&) const override { return space; }
  bool has_time_zone(const std::string&) const override { return zone; }
};

/// A machine of paper in March 2026.
class DatedMachine final : public Machine {
 public:
  std::ostream& out() override { return paper_.out(); }
  std::ostream& err() override { return paper_.err(); }
  report::Style style() const override { return paper_.style(); }
  bool err_is_terminal() const override { return false; }
  std::size_t err_width() const override { return 80; }
  atrapa::mocks::kit::Instant now() const override {
    return atrapa::mocks::kit::Instant{std::chrono::hours{24 * 20'517}};
  }
  double seconds() const override { return paper_.seconds(); }
  int cores() const override { return 2; }
  void catch_end_signals() override {}
  bool end_requested() const override { return true; }
  bool wait(std::optional<atrapa::mocks::kit::Duration>) override { return true; }

 private:
  PaperMachine paper_;
};

/// Demo fakes over HTTP on free ports.
struct ServedDemo {
  DatedMachine machine;
  World world = load_world("demo");
  Serving serving;

  explicit ServedDemo(bool virtual_clock = false)
      : serving(world,
                {.platforms = select_platforms({}),
                 .port = 0,
                 .token = {},
                 .virtual_clock = virtual_clock},
                machine) {}
  std::string url(const std::string& platform) const {
    for (const Serving::Place& place : serving.places()) {
      if (place.platform->name == platform) return place.url;
    }
    return {};
  }
};

std::map<std::string, Json> checks_of(const Ran& ran) {
  std::map<std::string, Json> checks;
  std::istringstream in(ran.out);
  for (std::string line; std::getline(in, line);) {
    const Json json = Json::parse(line);
    checks[json["check"]] = json;
  }
  return checks;
}

}  // namespace

TEST_CASE("doctor finds no fault with a machine that is well", "[cli][doctor]") {
  const PlantedSurroundings around;
  for (const Checkup& checkup :
       {check_ports(around, 8080, true), check_proxy(around), check_tls("http://127.0.0.1:8080"),
        check_tls(""), check_localhost(around), check_time_zone(around), check_temporary(around),
        check_locale(around)}) {
    INFO(checkup.name << ": " << checkup.what);
    CHECK(checkup.health == Health::Ok);
    CHECK(checkup.mend.empty());
  }
}

TEST_CASE("doctor names who holds a port; only a port that was asked for is a problem",
          "[cli][doctor]") {
  PlantedSurroundings around;
  around.taken = {8081};
  const Checkup asked = check_ports(around, 8080, true);
  CHECK(asked.health == Health::Problem);
  CHECK_THAT(asked.what, Catch::Contains("8081 (nginx, pid 812)"));
  CHECK_THAT(asked.mend, Catch::Contains("--port"));
  CHECK(check_ports(around, 8080, false).health == Health::Warning);
  CHECK(check_ports(around, 8082, true).health == Health::Ok);
}

TEST_CASE("doctor sees a proxy that would get the connector's calls", "[cli][doctor]") {
  PlantedSurroundings around;
  around.variables["http_proxy"] = "http://anna:hush@proxy.example:3128";
  const auto check = [&](const std::string& excluded) {
    around.variables["no_proxy"] = excluded;
    return check_proxy(around);
  };
  for (const char* excluded : {"", "example.com", "127.0.0.1", "localhost", "127.0.0.0/8,localhost",
                               "x127.0.0.1,localhost"}) {
    INFO(excluded);
    CHECK(check(excluded).health == Health::Warning);
  }
  CHECK_THAT(check("").mend, Catch::Contains("no_proxy=127.0.0.1,localhost"));
  CHECK_THAT(check("").what, Catch::Contains("***@proxy.example") && !Catch::Contains("hush"));
  for (const char* excluded : {"*", "127.0.0.1,localhost", "a.example, LOCALHOST , 127.0.0.1"}) {
    INFO(excluded);
    CHECK(check(excluded).health == Health::Ok);
  }
  around.variables.erase("http_proxy");
  CHECK(check("").health == Health::Ok);
}

TEST_CASE("doctor sees what else is wrong around a run", "[cli][doctor]") {
  PlantedSurroundings around;
  CHECK(check_tls("HTTPS://127.0.0.1:8081").health == Health::Problem);
  around.localhost = {"::1", "127.0.0.1"};
  CHECK(check_localhost(around).health == Health::Warning);
  around.localhost = {};
  CHECK(check_localhost(around).health == Health::Warning);
  around.zone = false;
  CHECK_THAT(check_time_zone(around).mend, Catch::Contains("tzdata"));
  CHECK(check_time_zone(around).health == Health::Problem);
  around.space = 5u << 20;
  CHECK_THAT(check_temporary(around).what, Catch::Contains("5 MB"));
  CHECK(check_temporary(around).health == Health::Warning);
  around.write_trouble = "Read-only file system";
  CHECK(check_temporary(around).health == Health::Problem);
  around.variables["LC_ALL"] = "C";  // Stronger than LANG.
  CHECK(check_locale(around).health == Health::Warning);
  around.variables = {};
  CHECK(check_locale(around).health == Health::Warning);
}

TEST_CASE("doctor tells credentials that are taken from those that are not", "[cli][doctor]") {
  const ServedDemo demo;
  atrapa::core::HttpTransport transport;
  const auto health = [&](const std::string& url, const Credentials& credentials) {
    const Checkup checkup = check_credentials(url, credentials, transport);
    INFO(checkup.what);
    CHECK(checkup.mend.empty() == (checkup.health == Health::Ok));
    return checkup.health;
  };
  const std::string shop = demo.url("shoper");
  CHECK(health(shop, {"demo", "demo-password", ""}) == Health::Ok);
  CHECK(health(shop, {"demo", "other", ""}) == Health::Problem);
  CHECK(health(shop, {"", "", "no-token"}) == Health::Problem);
  CHECK(health(demo.url("base"), {"", "", "made-up-base-token"}) == Health::Ok);
  CHECK(health(demo.url("base"), {"", "", "other"}) == Health::Problem);
  CHECK(health(demo.url("base"), {"demo", "demo-password", ""}) == Health::Problem);
  CHECK(check_reached(shop, transport).health == Health::Ok);
  // The port is let go with its server.
  const std::string gone = [] { return ServedDemo().serving.gateway(); }();
  CHECK(check_reached(gone, transport).health == Health::Problem);
  CHECK(health(gone, {"demo", "demo-password", ""}) == Health::Problem);
}

TEST_CASE("doctor looks at both clocks", "[cli][doctor]") {
  atrapa::core::HttpTransport transport;
  const ServedDemo demo;
  const std::string& gateway = demo.serving.gateway();
  CHECK(check_clock(demo.machine, gateway, transport).health == Health::Ok);
  CHECK_THAT(check_clock(demo.machine, gateway, transport).what, Catch::Contains("2026-03-05"));
  CHECK(check_clock(demo.machine, demo.url("shoper"), transport).health == Health::Ok);
  const PaperMachine long_ago;
  CHECK(check_clock(long_ago, gateway, transport).health == Health::Problem);
  CHECK_THAT(check_clock(long_ago, gateway, transport).what, Catch::Contains("1970"));

  const ServedDemo still(true);
  const Checkup checkup = check_clock(still.machine, still.serving.gateway(), transport);
  CHECK(checkup.health == Health::Warning);
  CHECK_THAT(checkup.mend, Catch::Contains("advance_ms"));
}

TEST_CASE("doctor starts a fake of its own and gets in", "[cli][doctor]") {
  const Ran ran = run({"doctor", "--json"}, {});
  INFO(ran.out << ran.err);
  CHECK(ran.code == 2);  // A machine of paper lives in 1970.
  const auto checks = checks_of(ran);
  CHECK(checks.at("clock")["health"] == "problem");
  CHECK(checks.at("reached")["health"] == "ok");
  CHECK(checks.at("token")["health"] == "ok");
  CHECK(checks.at("temporary")["health"] == "ok");
}

TEST_CASE("doctor looks at the fake that it is pointed at", "[cli][doctor]") {
  const ServedDemo demo;
  const std::string url = demo.url("shoper") + "/";
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"doctor", "--json", "--url", url};
    words.insert(words.end(), more.begin(), more.end());
    return checks_of(run(words, {}));
  };
  CHECK(with({"--login", "demo", "--password", "demo-password"}).at("token")["health"] == "ok");
  CHECK(with({"--login", "demo", "--password", "wrong"}).at("token")["health"] == "problem");
  CHECK(with({}).at("token")["health"] == "warning");
  const auto https = checks_of(run({"doctor", "--json", "--url", "https://127.0.0.1:1"}, {}));
  CHECK(https.at("tls")["health"] == "problem");
  CHECK_FALSE(https.contains("reached"));
  CHECK(run({"doctor", "--login", "demo"}, {}).code == 2);
  CHECK(run({"doctor", "--login", "demo"}, {}).out.empty());
}
