#include <catch2/catch.hpp>

#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;
using atrapa::mocks::kit::Request;

namespace {

Json sent(Account& account, Request request) {
  return Json::parse(account.send(std::move(request)).body);
}

}  // namespace

TEST_CASE("Methods without parameters take [], {}, an empty text and a missing field", "[base]") {
  Account account;
  for (const char* parameters : {"[]", "{}", "", "  ", "null", "\"\""}) {
    INFO(parameters);
    CHECK(sent(account, post("getInventorySuppliers", parameters))["status"] == "SUCCESS");
  }
  Request bare = post("getInventorySuppliers", "");
  bare.body = form({{"method", "getInventorySuppliers"}});
  CHECK(sent(account, bare)["status"] == "SUCCESS");
}

TEST_CASE("The deprecated field token works; the header goes before it", "[base]") {
  Account account;
  Request request = post("getInventorySuppliers", "[]");
  request.headers = {};
  CHECK(sent(account, request)["error_code"] == "ERROR_BAD_TOKEN");
  request.body = form({{"method", "getInventorySuppliers"}, {"token", "test-token"}});
  CHECK(sent(account, request)["status"] == "SUCCESS");
  request.headers.set("X-BLToken", "");  // Hardly a token that came.
  CHECK(sent(account, request)["status"] == "SUCCESS");
  request.headers.set("x-bltoken", "wrong");
  CHECK(sent(account, request)["error_code"] == "ERROR_BAD_TOKEN");
}

TEST_CASE("Refusals come with HTTP 200", "[base]") {
  Account account;
  const auto unknown = account.send(post("getOrderz", "[]"));
  CHECK(unknown.status == 200);
  CHECK(Json::parse(unknown.body)["error_code"] == "ERROR_UNKNOWN_METHOD");
  CHECK(account.send(post("getOrders", "[]", "nobody")).status == 200);
  account.door.change().blocked = true;
  CHECK(account.call("getInventorySuppliers")["error_code"] == "ERROR_USER_ACCOUNT_BLOCKED");
}

TEST_CASE("An obsolete method is refused loudly", "[base]") {
  Account account;
  const auto response = account.send(post("getStoragesList", "[]"));
  CHECK(response.status == 501);
  CHECK(response.headers.get("X-Atrapa-Not-Emulated") == "getStoragesList");
}

TEST_CASE("Numbers come as texts too, and what is missing or wrong is named", "[base]") {
  Account account;
  const Json supplier = {
      {"name", "Hurt"}, {"take_product_cost_from", "cost"}, {"take_product_code_from", "sku"}};
  const Json id = account.good("addInventorySupplier", supplier)["supplier_id"];
  const Json found = account.good("getInventorySuppliers", {{"filter_id", id.dump()}});
  CHECK(found["suppliers"].size() == 1);

  const Json missing = account.call("addInventorySupplier", {{"name", "Hurt"}});
  CHECK(missing["error_message"].get<std::string>().find("take_product_cost_from") !=
        std::string::npos);
  const Json wrong = account.call("getInventorySuppliers", {{"filter_id", "seven"}});
  CHECK(wrong["error_message"].get<std::string>().find("filter_id") != std::string::npos);
  CHECK(account.refused("getInventorySuppliers", Json::array({1, 2})) == "");
  CHECK(sent(account, post("getInventorySuppliers", "{\"filter_id\":"))["status"] == "ERROR");
}

TEST_CASE("A literal plus in base64 is a space, and the journal says so", "[base]") {
  Account account;
  Request request = post("addInvoice", "");
  request.body = "method=getInventorySuppliers&parameters={\"file\":\"data:ab+cd/ef==\"}";
  account.send(request);
  CHECK(account.note.find("%2B") != std::string::npos);
  request.body = "method=getInventorySuppliers&parameters={\"file\":\"data:ab%2Bcd/ef==\"}";
  account.send(request);
  CHECK(account.note.find("%2B") == std::string::npos);
}

TEST_CASE("A form of several megabytes is read", "[base]") {
  Account account;
  const std::string file(5u << 20, 'A');
  const Json answer =
      sent(account, post("getInventorySuppliers", Json{{"filter_name", file}}.dump()));
  CHECK(answer["status"] == "SUCCESS");
}

TEST_CASE("A form in parts is read like any other, a plus in it stays one", "[base]") {
  Account account;
  Request request = post("", "");
  request.headers = {{"Content-Type", "multipart/form-data; boundary=--x7"}};
  const auto part = [](const std::string& name, const std::string& value) {
    return "----x7\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value +
           "\r\n";
  };
  request.body = part("token", "test-token") + part("method", "addInventoryPayer") +
                 part("parameters", R"({"name": "A+B"})") + "----x7--\r\n";
  CHECK(sent(account, request)["status"] == "SUCCESS");
  CHECK(account.good("getInventoryPayers")["payers"][0]["name"] == "A+B");
  request.body.resize(request.body.size() / 2);
  CHECK(sent(account, request)["status"] == "ERROR");
}

TEST_CASE("There is nothing beside connector.php", "[base]") {
  Account account;
  Request request = post("getInventorySuppliers", "[]");
  request.target = "/other.php";
  CHECK(account.send(request).status == 404);
}
