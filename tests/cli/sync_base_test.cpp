#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <httplib.h>
#include <signal.h>

#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "tests/cli/lines.hpp"
#include "tests/cli/process.hpp"

// The two integrations with Base against `atrapa up base`, each a process of its own.

using namespace atrapa::tests;

namespace {

/// An account of Base that runs, and the files of an integration with it.
class Account {
 public:
  Account(const std::string& integration, const Json& settings, const Json& more = Json::object())
      : integration_(integration),
        process_(atrapa_words({"up", "base", "--json", "--port", "0", "--limits", "off", "--world",
                               write_world(directory / "world.json")})) {
    const Json said = Json::parse(process_.line());
    gateway_ = std::make_unique<httplib::Client>(said["gateway"].get<std::string>());
    base_ = {{"url", said["platforms"]["base"]["url"]},
             {"token", said["platforms"]["base"]["credentials"]["token"]}};
    Json config = {{"integration", integration}, {"base", base_}, {"settings", settings}};
    config.update(more);
    write_text(directory / "config.json", config.dump());
  }

  Json panel(const std::string& operation, const Json& body) {
    const auto answer =
        gateway_->Post("/_atrapa/base/" + operation, body.dump(), "application/json");
    REQUIRE(answer);
    INFO(answer->body);
    REQUIRE(answer->status == 200);
    return Json::parse(answer->body);
  }
  std::int64_t order(const std::string& word) {
    return panel("create-order",
                 {{"fields", {{"extra_field_1", word}, {"invoice_fullname", "Anna Nowak"}}},
                  {"lines",
                   {{{"name", "Kubek"},
                     {"price_brutto", 19.99},
                     {"tax_rate", 23},
                     {"quantity", 3}}}}})["order_id"];
  }

  Json call(const std::string& method, const Json& parameters) {
    httplib::Client base(base_["url"].get<std::string>());
    const httplib::Headers token{{"X-BLToken", base_["token"]}};
    const httplib::Params form{{"method", method}, {"parameters", parameters.dump()}};
    const auto answer = base.Post("/connector.php", token, form);
    REQUIRE(answer);
    return Json::parse(answer->body);
  }

  std::vector<std::string> words(const std::vector<std::string>& more) const {
    std::vector<std::string> all{"sync",     integration_, "--config", directory / "config.json",
                                 "--ledger", books(),      "--json"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  Json sync(const std::vector<std::string>& more) const {
    const Ended ended = run_atrapa(words(more));
    INFO(ended.out << ended.err);
    REQUIRE(ended.code == 0);
    return json_lines(ended.out).at(0);
  }
  std::string books() const { return directory / "books.db"; }

  TemporaryDirectory directory;

 private:
  /// An empty account with series of its own for invoices and receipts.
  static std::string write_world(const std::string& file) {
    Json world = Json::parse(run_atrapa({"world", "show", "empty", "--json"}).out);
    world["base"][0]["invoicing"]["series"] = {
        {{"id", 21}, {"name", "Faktury"}, {"is_default", true}},
        {{"id", 23}, {"type", "RECEIPT"}, {"name", "Paragony"}, {"is_default", true}}};
    write_text(file, world.dump());
    return file;
  }

  std::string integration_;
  Process process_;
  std::unique_ptr<httplib::Client> gateway_;
  Json base_;
};

const Json kNoProducts = {
    {"invoice_series", "FV"}, {"receipt_series", "PAR"}, {"direction", "none"}};
constexpr int kToTheErp = 402;

std::vector<std::string> documents_in(const std::string& books) {
  const SQLite::Database ledger(books);
  SQLite::Statement query(ledger, "SELECT number FROM documents ORDER BY id");
  std::vector<std::string> numbers;
  while (query.executeStep()) numbers.push_back(query.getColumn(0).getText());
  return numbers;
}

/// The integration listening on a port of its own, with Base's automatic action for orders.
struct Listening {
  explicit Listening(const Account& account, const std::string& port = "0")
      : process(
            atrapa_words(account.words({"orders", "--listen", port, "--interval", "1", "--show"}))),
        said(Json::parse(process.line())) {}

  std::string port() const {
    const std::string url = said["listening"];
    return url.substr(url.rfind(':') + 1);
  }

  Process process;
  Json said;
};

void add_order_action(Account& account, const Listening& listening) {
  account.panel(
      "add-rule",
      {{"name", "to the ERP"},
       {"event", "status_set"},
       {"statuses", {kToTheErp}},
       {"actions",
        {{{"kind", "call_url"}, {"url", listening.said["addresses"]["order status set"]}}}}});
}

/// Whether it is so within ten seconds.
template <typename Condition>
bool in_time(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::chrono::steady_clock::now() < end) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return condition();
}

}  // namespace

TEST_CASE(
    "eBiuro's addresses are whole where --listen names the place, and else say what is missing",
    "[cli][sync]") {
  const Account account("ebiuro-base", kNoProducts);
  const Json whole = account.sync({"addresses", "--show", "--listen", "9000"});
  CHECK(whole.contains("listening") == false);
  CHECK(whole["addresses"]["order status set"].get<std::string>().find(
            "http://127.0.0.1:9000/v1/order/sync/") == 0);

  auto words = account.words({"addresses"});
  std::erase(words, "--json");
  const Ended paths = run_atrapa(words);
  CHECK(paths.code == 0);
  CHECK(paths.out.find("put before them where `orders --listen` takes calls") != std::string::npos);
}

TEST_CASE("ebiuro-base --listen: an order moved in the panel becomes exactly one document",
          "[cli][sync][base]") {
  Account account("ebiuro-base", kNoProducts);
  Listening listening(account);
  add_order_action(account, listening);
  const std::int64_t order = account.order("faktura");
  CHECK(documents_in(account.books()).empty());
  account.panel("change-status", {{"order", order}, {"status", kToTheErp}});
  CHECK(in_time([&] { return documents_in(account.books()).size() == 1; }));
  account.panel("change-status", {{"order", order}, {"status", 401}});
  account.panel("change-status", {{"order", order}, {"status", kToTheErp}});
  listening.process.send_signal(SIGTERM);
  CHECK(listening.process.wait(std::chrono::seconds(20)).code == 0);
  CHECK(documents_in(account.books()) == std::vector<std::string>{fmt::format("FV/1/{}", 2026)});

  const Json rows = account.sync({"list"})["orders"];
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["number"] == std::to_string(order));
  CHECK(rows[0]["document_number"] == documents_in(account.books())[0]);
}

TEST_CASE("ebiuro-base --listen killed at 30 random moments makes each document exactly once",
          "[cli][sync][base]") {
  Account account("ebiuro-base", kNoProducts);
  auto listening = std::make_unique<Listening>(account);
  const std::string port = listening->port();
  add_order_action(account, *listening);
  std::mt19937 random(20260302);
  int killed = 0;
  std::vector<std::int64_t> orders;
  for (; killed < 30; ++killed) {
    orders.push_back(account.order(killed % 2 == 0 ? "faktura" : "paragon"));
    std::thread death([&, after = std::chrono::microseconds(random() % 30'000)] {
      std::this_thread::sleep_for(after);
      listening->process.send_signal(SIGKILL);
    });
    account.panel("change-status", {{"order", orders.back()}, {"status", kToTheErp}});
    death.join();
    listening->process.wait();
    listening = std::make_unique<Listening>(account, port);
  }
  // A call that reached nobody is lost with Base's side of it; the merchant moves the order again.
  for (const std::int64_t order : orders) {
    account.panel("change-status", {{"order", order}, {"status", 401}});
    account.panel("change-status", {{"order", order}, {"status", kToTheErp}});
  }
  CHECK(in_time([&] { return documents_in(account.books()).size() == orders.size(); }));
  listening->process.send_signal(SIGTERM);
  CHECK(listening->process.wait(std::chrono::seconds(20)).code == 0);

  const SQLite::Database ledger(account.books());
  const auto count = [&](const char* what) {
    SQLite::Statement query(ledger, std::string("SELECT ") + what);
    query.executeStep();
    return query.getColumn(0).getInt();
  };
  CHECK(count("count(*) FROM orders") == 30);
  CHECK(count("count(DISTINCT shop_order_id) FROM orders") == 30);
  CHECK(count("count(*) FROM documents") == 30);
  CHECK(count("count(DISTINCT order_id) FROM documents") == 30);
  CHECK(count("count(DISTINCT number) FROM documents") == 30);
}

TEST_CASE("ebiuro-base: the secret is shown only where it is asked for, and survives restarts",
          "[cli][sync][base]") {
  const Account account("ebiuro-base", kNoProducts);
  const Json covered = account.sync({"addresses"});
  const Json shown = account.sync({"addresses", "--show"});
  const std::string address = shown["addresses"]["order status set"];
  const auto secret_of = [](const std::string& text) {
    const std::size_t from = text.find("secretKey=") + 10;
    return text.substr(from, text.find('&', from) - from);
  };
  CHECK(secret_of(covered["addresses"]["order status set"]) == "...");
  CHECK(secret_of(address).size() == 36);
  CHECK(account.sync({"addresses", "--show"})["addresses"]["order status set"] == address);
  CHECK(account.sync({"deactivate"})["ok"] == true);
  CHECK(run_atrapa(account.words({"orders"})).code == 2);
  CHECK(account.sync({"activate"})["ok"] == true);
  CHECK(account.sync({"orders"})["ok"] == true);
}

TEST_CASE("firmino-base fetches orders, issues documents and sends them back to Base",
          "[cli][sync][base]") {
  Account account("firmino-base", {{"orders", true},
                                   {"statuses", {"402"}},
                                   {"usual_document", "invoice"},
                                   {"send_documents", true},
                                   {"link_contractors", true}});
  const std::int64_t order = account.order("");
  account.order("");
  account.panel("change-status", {{"order", order}, {"status", kToTheErp}});
  CHECK(account.sync({"orders"})["orders"]["saved"] == 1);
  CHECK(account.sync({"orders"})["orders"]["saved"] == 0);
  const Json rows = account.sync({"list"})["orders"];
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["document_number"] == "");
  const Json made = account.sync({"fulfil", rows[0]["order"]});
  CHECK(made["kind"] == "invoice");
  CHECK(made["total"] == "59.97");
  CHECK(run_atrapa(account.words({"fulfil", rows[0]["order"]})).code == 2);
  CHECK(account.sync({"tick"})["ok"] == true);
  const Json invoices = account.call("getInvoices", {{"order_id", order}})["invoices"];
  REQUIRE(invoices.size() == 1);
  CHECK(invoices[0]["external_invoice_number"] == made["number"]);
}

TEST_CASE("A config of an integration with Base says what is wrong, and where",
          "[cli][sync][base]") {
  const Account account("ebiuro-base", kNoProducts);
  const std::string config = account.directory / "config.json";
  const auto told = [&](const Json& json) {
    write_text(config, json.dump());
    const Ended ended = run_atrapa(account.words({"orders"}));
    CHECK(ended.code == 2);
    return ended.err;
  };
  Json good = Json::parse(read_text(config));
  Json wrong = good;
  wrong["base"].erase("token");
  CHECK_THAT(told(wrong), Catch::Contains("/base/token"));
  wrong = good;
  wrong["base"]["token"] = "not-the-token";
  CHECK_THAT(told(wrong), Catch::Contains("connection test"));
  wrong = good;
  wrong["settings"]["direction"] = "both";
  CHECK_THAT(told(wrong), Catch::Contains("/direction"));
  wrong = good;
  wrong["shop"] = 1;
  CHECK_THAT(told(wrong), Catch::Contains("/shop"));
  wrong = good;
  wrong["switches"] = {{"ebiuro.nothing", "x"}};
  CHECK_THAT(told(wrong), Catch::Contains("ebiuro.nothing"));
}
