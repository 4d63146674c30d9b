#include "mocks/base/shop_file.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

using namespace atrapa::mocks;
using base::ShopFile;
using base::ShopFileError;
using kit::Json;

namespace {

/// A small shop that answers the protocol, pages of two.
class FileInShop {
 public:
  std::map<int, int> stock{{0, 5}, {1, 1}, {2, 9}, {3, 0}, {4, 7}};
  std::map<int, std::map<std::string, std::string>> orders;
  std::vector<std::string> asked;
  int status_of_errors = 200;

  ShopFile client(std::string password = "hasło&=") {
    return ShopFile(
        "http://127.0.0.1:9/baselinker.php?x=1", std::move(password),
        [this](const std::string&, const kit::Request& request) { return answer(request); });
  }

 private:
  std::optional<kit::Response> answer(const kit::Request& request) {
    std::map<std::string, std::string> form;
    const auto fields = kit::parse_form(request.body).value();
    for (const auto& [name, value] : fields) form[name] = value;
    asked.push_back(form["action"]);
    if (form["bl_pass"] != "hasło&=") return error("incorrect_password");
    if (form["action"] == "SupportedMethods") {
      return ok(Json{"ProductsQuantity", "ProductsQuantityUpdate", "OrderAdd", "OrdersGet"});
    }
    if (form["action"] == "ProductsQuantity") return ok(quantities(std::stoi(form["page"])));
    if (form["action"] == "ProductsQuantityUpdate")
      return ok(update(Json::parse(form["products"])));
    if (form["action"] == "OrderAdd") return ok(add_order(form));
    if (form["action"] == "OrdersGet") return ok(list_orders(std::stoll(form["time_from"])));
    return error("unsupported_action");
  }

  Json quantities(int page) {
    Json rows = Json::object();
    int index = 0;
    for (const auto& [id, pieces] : stock) {
      // PHP: a map that holds the key 0 only is a list.
      if (index++ / 2 == page - 1) rows[std::to_string(id)] = Json::array({pieces});
    }
    rows["pages"] = (stock.size() + 1) / 2;
    return rows;
  }
  Json update(const Json& rows) {
    for (const Json& row : rows) {
      int& pieces = stock[std::stoi(row["product_id"].get<std::string>())];
      const int quantity = row["quantity"];
      pieces = row["operation"] == "set" ? quantity : pieces + quantity;
    }
    return {{"counter", rows.size()}};
  }
  Json add_order(const std::map<std::string, std::string>& form) {
    const auto previous = form.find("previous_order_id");
    const bool replaces = previous != form.end() && !previous->second.empty();
    const int id = replaces ? std::stoi(previous->second) : static_cast<int>(orders.size()) + 1;
    orders[id] = form;
    return {{"order_id", id}};
  }
  Json list_orders(long long) {
    Json rows = Json::object();
    for (const auto& [id, form] : orders) rows[std::to_string(id)] = {{"email", form.at("email")}};
    return rows;
  }

  static kit::Response ok(const Json& body) {
    return {.status = 200, .headers = {}, .body = body.dump()};
  }
  kit::Response error(const std::string& code) const {
    return {.status = status_of_errors,
            .headers = {},
            .body = Json{{"error", true}, {"error_code", code}, {"error_text", code}}.dump()};
  }
};

template <typename T>
const T& value_of(const base::FromShop<T>& answer) {
  if (const auto* error = std::get_if<ShopFileError>(&answer))
    FAIL(error->code << ": " << error->text);
  return std::get<T>(answer);
}

}  // namespace

TEST_CASE("A shop file's stock is read over all its pages, lists for maps included", "[base]") {
  FileInShop shop;
  ShopFile file = shop.client();
  const auto quantities = file.quantities();
  std::map<int, int> read;
  for (const auto& [id, variants] : value_of(quantities)) {
    REQUIRE(variants.size() == 1);
    read[std::stoi(id)] = std::stoi(variants.at("0"));
  }
  CHECK(read == shop.stock);
}

TEST_CASE("set writes a quantity, change adds to it", "[base]") {
  FileInShop shop;
  ShopFile file = shop.client();
  CHECK(value_of(file.update_quantities({{.product_id = "1", .quantity = 4},
                                         {.product_id = "2", .change = true, .quantity = -3}})) ==
        2);
  CHECK(shop.stock[1] == 4);
  CHECK(shop.stock[2] == 6);
}

TEST_CASE("More than 1,000 rows of stock go in several calls", "[base]") {
  FileInShop shop;
  ShopFile file = shop.client();
  std::vector<ShopFile::Quantity> rows;
  for (int id = 0; id < 2001; ++id)
    rows.push_back({.product_id = std::to_string(id), .quantity = id});
  CHECK(value_of(file.update_quantities(rows)) == 2001);
  CHECK(shop.asked.size() == 3);
  CHECK(shop.stock[2000] == 2000);
}

TEST_CASE("An order goes into the shop, and one that names a former order replaces it", "[base]") {
  FileInShop shop;
  ShopFile file = shop.client();
  const Json lines = {{{"id", "2"}, {"quantity", 1}}};
  const std::string id = value_of(file.add_order({{"email", "ola+1@example.com"}}, lines));
  CHECK(value_of(file.add_order({{"email", "jan@example.com"}, {"previous_order_id", id}},
                                lines)) == id);
  const auto orders = file.orders(0);
  REQUIRE(value_of(orders).size() == 1);
  CHECK(value_of(orders).at(id)["email"] == "jan@example.com");
}

TEST_CASE("What the shop refuses is told with its code, by 200 or by 401", "[base]") {
  for (const int status : {200, 401}) {
    FileInShop shop;
    shop.status_of_errors = status;
    ShopFile file = shop.client("wrong");
    const auto answer = file.call("FileVersion");
    CHECK(std::get<ShopFileError>(answer).code == "incorrect_password");
  }
}

TEST_CASE("An action that the shop does not have is not called", "[base]") {
  FileInShop shop;
  ShopFile file = shop.client();
  CHECK(std::get<ShopFileError>(file.products()).code == "unsupported_action");
  CHECK(shop.asked == std::vector<std::string>{"SupportedMethods"});
}

TEST_CASE("No answer and an answer that is no JSON are told as that", "[base]") {
  ShopFile silent("http://127.0.0.1:9/", "p",
                  [](const std::string&, const kit::Request&) { return std::nullopt; });
  CHECK(std::get<ShopFileError>(silent.call("FileVersion")).text == "no answer from the shop");
  ShopFile broken("http://127.0.0.1:9/", "p", [](const std::string&, const kit::Request&) {
    return kit::Response{.status = 200, .headers = {}, .body = "<html>"};
  });
  CHECK(std::get<ShopFileError>(broken.call("FileVersion")).code.empty());
}
