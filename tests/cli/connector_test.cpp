#include <httplib.h>
#include <signal.h>

#include <catch2/catch.hpp>

#include "tests/cli/lines.hpp"
#include "tests/cli/process.hpp"

using namespace atrapa::tests;

namespace {

/// A shop that runs, a file for its connector, and books with its products.
class Office {
 public:
  Office()
      : process_(atrapa_words(
            {"up", "shoper", "--json", "--port", "0", "--limits", "off", "--world", "demo"})) {
    const Json said = Json::parse(process_.line());
    const Json& shop = said["platforms"]["shoper"];
    gateway_ = std::make_unique<httplib::Client>(said["gateway"].get<std::string>());
    config_ = {{"integration", "systim-shoper"},
               {"shop",
                {{"url", shop["url"]},
                 {"login", shop["credentials"]["login"]},
                 {"password", shop["credentials"]["password"]}}}};
    save_config();
  }

  Json config_;
  void save_config() { write_text(file("config.json"), config_.dump()); }
  std::string file(const std::string& name) { return directory_ / name; }

  std::vector<std::string> words(std::vector<std::string> words, bool with_config = false) {
    words.insert(words.begin(), "connector");
    words.insert(words.end(), {"--ledger", file("books.db")});
    if (with_config) words.insert(words.end(), {"--config", file("config.json")});
    return words;
  }
  Ended connector(const std::vector<std::string>& what, bool with_config = false) {
    return run_atrapa(words(what, with_config));
  }
  /// Installed and configured, with automatic operation.
  void connect() {
    REQUIRE(connector({"install"}, true).code == 0);
    const Ended key = connector({"api-key", "jan", "--json"});
    config_["erp"] = {{"login", "jan"}, {"key", json_lines(key.out).at(0)["key"]}};
    save_config();
    REQUIRE(connector({"configure"}, true).code == 0);
  }
  Json act(const std::string& operation, const Json& body) {
    const auto answer =
        gateway_->Post("/_atrapa/shoper/" + operation, body.dump(), "application/json");
    REQUIRE(answer);
    INFO(answer->body);
    REQUIRE(answer->status == 200);
    return Json::parse(answer->body);
  }
  /// A call of the shop's API with the merchant's login.
  Json shop(const std::string& resource, const Json& body) {
    httplib::Client client(config_["shop"]["url"].get<std::string>());
    client.set_basic_auth(config_["shop"]["login"].get<std::string>(),
                          config_["shop"]["password"].get<std::string>());
    const std::string token = Json::parse(client.Post("/webapi/rest/auth")->body)["access_token"];
    const httplib::Headers bearer{{"Authorization", "Bearer " + token}};
    const auto answer =
        client.Post("/webapi/rest/" + resource, bearer, body.dump(), "application/json");
    REQUIRE(answer);
    INFO(answer->body);
    REQUIRE(answer->status == 200);
    return Json::parse(answer->body);
  }

 private:
  TemporaryDirectory directory_;
  Process process_;
  std::unique_ptr<httplib::Client> gateway_;
};

}  // namespace

TEST_CASE("A connector is installed, configured, tested, suspended and taken out again",
          "[cli][connector]") {
  Office office;
  CHECK(office.connector({"status"}).err.find("books.db: no such file") != std::string::npos);
  CHECK(office.connector({"configure"}, true).code == 2);
  CHECK(office.connector({"run", "orders"}).code == 2);
  CHECK(office.connector({"status"}).out.find("no shop is connected") != std::string::npos);
  REQUIRE(office.connector({"install"}, true).code == 0);

  const Ended key = office.connector({"api-key", "jan", "--json"});
  REQUIRE(key.code == 0);
  const Ended refused = office.connector({"configure"}, true);
  CHECK(refused.code == 2);
  CHECK(refused.err.find("API key") != std::string::npos);
  office.config_["erp"] = {{"login", "jan"}, {"key", json_lines(key.out).at(0)["key"]}};
  office.save_config();
  REQUIRE(office.connector({"configure"}, true).code == 0);

  const Ended tested = office.connector({"test", "--json"});
  INFO(tested.out << tested.err);
  CHECK(tested.code == 0);
  for (const auto& check : json_lines(tested.out).at(0)["checks"]) CHECK(check["good"] == true);
  CHECK(office.connector({"run", "stock", "--json"}).code == 0);

  const std::string password = office.config_["shop"]["password"];
  CHECK(office.connector({"keys"}).out.find(password) == std::string::npos);
  CHECK(office.connector({"keys", "--show"}).out.find(password) != std::string::npos);

  CHECK(office.connector({"suspend"}).code == 0);
  CHECK(office.connector({"status"}).out.find("off") != std::string::npos);
  CHECK(office.connector({"resume"}).code == 0);

  REQUIRE(office.connector({"api-key", "jan"}).code == 0);
  CHECK(office.connector({"run", "orders"}).code == 2);  // The former key has ended.
  CHECK(office.connector({"uninstall"}, true).code == 0);
  CHECK(office.connector({"test"}).code == 2);
}

TEST_CASE("An order becomes an invoice, a goods issue note and a shipment, each by hand",
          "[cli][connector]") {
  Office office;
  write_text(office.file("world.json"), run_atrapa({"world", "show", "demo", "--json"}).out);
  const Ended synced = run_atrapa({"sync", "systim-shoper", "--config", office.file("config.json"),
                                   "--ledger", office.file("books.db"), "--products",
                                   office.file("world.json"), "orders", "--since", "2026-01-01"});
  INFO(synced.out << synced.err);
  REQUIRE(synced.code == 0);

  const Ended invoice = office.connector({"invoice", "1"});
  INFO(invoice.out << invoice.err);
  REQUIRE(invoice.code == 0);
  CHECK(invoice.out.find("FV/1/") != std::string::npos);
  CHECK(office.connector({"invoice", "1"}).code == 2);
  CHECK(office.connector({"invoice", "no such order"}).code == 2);

  const Ended part = office.connector({"goods-issue", "1", "--part", "1:1"});
  INFO(part.out << part.err);
  CHECK(part.code == 0);
  CHECK(office.connector({"goods-issue", "1", "--part", "first"}).code == 2);
  const std::string number =
      part.out.substr(part.out.find("WZ/"), part.out.find(',') - part.out.find("WZ/"));
  CHECK(office.connector({"cancel-goods-issue", number}).code == 0);
  CHECK(office.connector({"cancel-goods-issue", number}).code == 2);
  const Ended shipment = office.connector({"shipment", "1"});
  INFO(shipment.out << shipment.err);
  CHECK(shipment.code == 0);
}

TEST_CASE("A shop of several warehouses, or not Polish, is refused in plain words",
          "[cli][connector]") {
  const TemporaryDirectory directory;
  for (const auto& [key, value, words] : std::vector<std::tuple<std::string, Json, std::string>>{
           {"warehouses_enabled", true, "several warehouses"},
           {"default_language_name", "en_US", "default language is en_US"}}) {
    INFO(key);
    Json world = Json::parse(run_atrapa({"world", "show", "demo", "--json"}).out);
    world["shoper"][0]["config"][key] = value;
    const std::string file = directory / (key + ".json");
    write_text(file, world.dump());
    Process shop(atrapa_words(
        {"up", "shoper", "--json", "--port", "0", "--limits", "off", "--world", file}));
    const Json up = Json::parse(shop.line())["platforms"]["shoper"];
    const std::string config = directory / (key + "-config.json");
    write_text(config, Json{{"integration", "systim-shoper"},
                            {"shop",
                             {{"url", up["url"]},
                              {"login", up["credentials"]["login"]},
                              {"password", up["credentials"]["password"]}}}}
                           .dump());
    const Ended ended = run_atrapa({"sync", "systim-shoper", "--config", config, "--ledger",
                                    directory / (key + ".db"), "stock"});
    INFO(ended.out << ended.err);
    CHECK(ended.code == 2);
    CHECK(ended.out.find(words) != std::string::npos);
  }
}

TEST_CASE("connector listen: a signed webhook brings the order in at once, a false one nothing",
          "[cli][connector]") {
  Office office;
  office.config_["webhook_secret"] = "made-up-secret";
  office.connect();
  Process listening(
      atrapa_words(office.words({"listen", "0", "--interval", "86400", "--json"}, true)));
  const std::string said = Json::parse(listening.line())["text"];
  const std::string url = said.substr(said.find("http://"));
  CHECK(Json::parse(listening.line())["ok"] == true);  // What was there when it began.
  office.shop("webhooks", {{"url", url + "/webhook"},
                           {"format", 0},
                           {"events", {"order.create"}},
                           {"secret", "made-up-secret"}});
  httplib::Client liar(url);
  const auto refused =
      liar.Post("/webhook", {{"X-Webhook-Name", "order.create"}}, "{}", "application/json");
  REQUIRE(refused);
  CHECK(refused->status >= 400);

  office.act("place-order", {{"customer", 1}, {"lines", {{{"product", 101}, {"quantity", 1}}}}});
  // The books are bare, so that it is left alone; but it was read.
  CHECK(Json::parse(listening.line())["orders"]["read"] == 1);
  listening.send_signal(SIGTERM);
  CHECK(listening.wait(std::chrono::seconds(20)).code == 0);
}
