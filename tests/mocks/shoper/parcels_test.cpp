#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

#include "mocks/kit/decimal.hpp"
#include "shop.hpp"

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;

namespace {

/// A shop whose parcels move orders to "w realizacji" (2) when made and to "wysłane" (3) when sent.
struct ParcelShop : Shop {
  ParcelShop() {
    door.configure(
        {{"shopping_parcel_create_status_id", 2}, {"shopping_parcel_send_status_id", 3}});
    order = create("orders", least_order());
    pieces = line(plant_product("A", "50"), "3");
    kilos = line(plant_product("KG", "50", "10.00", 2), "1.5");
  }

  std::int64_t line(std::int64_t product, std::string_view quantity) {
    return create("order-products",
                  {{"order_id", order}, {"product_id", product}, {"quantity", quantity}});
  }
  Json order_row() { return read(fmt::format("/webapi/rest/orders/{}", order)); }
  std::string status() { return order_row()["status_id"]; }
  Response ship(const Json& products, const Json& more = Json::object()) {
    Json body = {{"order_id", order}, {"shipping_id", 1}};
    if (!products.is_null()) body["products"] = products;
    body.update(more);
    return post("/webapi/rest/parcels", body);
  }
  Json parcel(std::int64_t id) { return read(fmt::format("/webapi/rest/parcels/{}", id)); }
  static std::string path(const Response& made) { return "/webapi/rest/parcels/" + made.body; }

  std::int64_t order = 0;
  std::int64_t pieces = 0;
  std::int64_t kilos = 0;
};

Json portion(std::int64_t line, std::string_view quantity) {
  return {{"order_product_id", line}, {"quantity", quantity}};
}

}  // namespace

TEST_CASE("Shoper: a parcel without products ships all that is left, then nothing is left",
          "[shoper][parcels]") {
  ParcelShop shop;
  REQUIRE(shop.ship(Json::array({portion(shop.pieces, "1")})).status == 200);

  const Response rest = shop.ship(nullptr);

  REQUIRE(rest.status == 200);
  const Json parcel = shop.parcel(body_of(rest));
  REQUIRE(parcel["products"].size() == 2);
  CHECK(parcel["products"][0]["order_product_id"] == shop.pieces);
  CHECK(parcel["products"][0]["quantity"] == "2");
  CHECK(parcel["products"][0]["name"] == "Produkt A");
  CHECK(parcel["products"][1]["quantity"] == "1.5");
  CHECK(parcel["email"] == "anna@example.com");
  CHECK(shop.order_row()["total_parcels"] == 2);
  for (const Json& products : {Json(nullptr), Json::array({portion(shop.pieces, "1")})}) {
    const Response refused = shop.ship(products);
    CHECK(refused.status == 400);
    CHECK(body_of(refused)["error_description"] == "All products has been already sent");
  }
  CHECK(shop.order_row()["total_parcels"] == 2);
}

TEST_CASE("Shoper: a parcel of an order without lines finds nothing left", "[shoper][parcels]") {
  ParcelShop shop;
  const auto empty = shop.create("orders", least_order());
  CHECK(shop.post("/webapi/rest/parcels", {{"order_id", empty}, {"shipping_id", 1}}).status == 400);
}

TEST_CASE("Shoper: making a parcel moves its order, sending it moves it on", "[shoper][parcels]") {
  ParcelShop shop;
  CHECK(shop.status() == "1");
  shop.clock.advance(std::chrono::hours(1));
  const Response made = shop.ship(Json::array({portion(shop.pieces, "1")}));
  CHECK(shop.status() == "2");
  CHECK(shop.order_row()["status_date"] == "2026-03-02 10:00:00");
  CHECK(shop.parcel(body_of(made))["sent"] == "0");
  CHECK(shop.parcel(body_of(made))["send_date"] == "0000-00-00 00:00:00");

  shop.clock.advance(std::chrono::hours(1));
  CHECK(shop.put(ParcelShop::path(made), {{"send", true}}).body == "1");

  const Json parcel = shop.parcel(body_of(made));
  CHECK(parcel["sent"] == "1");
  CHECK(parcel["send_date"] == "2026-03-02 11:00:00");
  CHECK(parcel.find("send") == parcel.end());
  CHECK(shop.status() == "3");
  CHECK(shop.order_row()["status_date"] == "2026-03-02 11:00:00");
}

TEST_CASE("Shoper: a parcel that is sent at once moves its order straight to sent",
          "[shoper][parcels]") {
  for (const char* word : {"send", "sent"}) {
    ParcelShop shop;
    const Response made = shop.ship(nullptr, {{word, true}});
    CAPTURE(word);
    REQUIRE(made.status == 200);
    CHECK(shop.parcel(body_of(made))["sent"] == "1");
    CHECK(shop.status() == "3");
  }
}

TEST_CASE("Shoper: a status that the shop does not have moves no order", "[shoper][parcels]") {
  ParcelShop shop;
  shop.door.configure({{"shopping_parcel_create_status_id", 77}});
  CHECK(shop.ship(nullptr).status == 200);
  CHECK(shop.status() == "1");
}

TEST_CASE("Shoper: a sent parcel cannot be sent or changed, but for its waybill",
          "[shoper][parcels]") {
  ParcelShop shop;
  const Response made = shop.ship(nullptr, {{"send", true}});
  const std::string path = ParcelShop::path(made);
  const auto code = [&](const Json& body) -> std::string {
    const Response response = shop.put(path, body);
    return response.status == 200 ? response.body : body_of(response)["error"].get<std::string>();
  };

  CHECK(code({{"send", true}}) == "parcel_already_sent");
  CHECK(code({{"shipping_id", 2}}) == "parcel_cannot_modify");
  CHECK(code({{"products", {portion(shop.pieces, "1")}}}) == "parcel_cannot_modify");
  CHECK(code({{"shipping_code", "PL123"}}) == "1");
  shop.door.set({{"sent_parcel_takes_code", false}});
  CHECK(code({{"shipping_code", "PL124"}}) == "parcel_cannot_modify");
  CHECK(code({{"send", false}, {"shipping_id", 2}}) == "1");
  const Json parcel = shop.parcel(body_of(made));
  CHECK(parcel["sent"] == "0");
  CHECK(parcel["send_date"] == "0000-00-00 00:00:00");
  CHECK(parcel["shipping_id"] == "2");
  CHECK(parcel["shipping_code"] == "PL123");
  CHECK(shop.status() == "3");
}

TEST_CASE("Shoper: a parcel takes no more of a line than is left, and only lines of its order",
          "[shoper][parcels]") {
  ParcelShop shop;
  const auto other = shop.create("orders", least_order());
  const auto foreign = shop.create(
      "order-products",
      {{"order_id", other}, {"product_id", shop.plant_product("B", "5")}, {"quantity", 1}});
  const auto bad = [&](const Json& products) { return bad_fields(shop.ship(products)); };
  using Fields = std::vector<std::string>;

  CHECK(bad(Json::array({portion(shop.pieces, "4")})) == Fields{"products[0].quantity"});
  CHECK(bad(Json::array({portion(shop.pieces, "2"), portion(shop.pieces, "2")})) ==
        Fields{"products[1].quantity"});
  CHECK(bad(Json::array({portion(shop.pieces, "0")})) == Fields{"products[0].quantity"});
  CHECK(bad(Json::array({portion(shop.pieces, "0.5")})) == Fields{"products[0].quantity"});
  CHECK(bad(Json::array({portion(foreign, "1")})) == Fields{"products[0].order_product_id"});
  CHECK(shop.ship(Json::array({portion(shop.kilos, "0.5")})).status == 200);
  CHECK(shop.order_row()["total_parcels"] == 1);
}

TEST_CASE("Shoper: lines may name the order of a parcel, which must be named somehow",
          "[shoper][parcels]") {
  ParcelShop shop;
  CHECK(shop.post("/webapi/rest/parcels",
                  {{"shipping_id", 1}, {"products", {portion(shop.pieces, "1")}}})
            .status == 200);
  CHECK(shop.order_row()["total_parcels"] == 1);
  CHECK(bad_fields(shop.post("/webapi/rest/parcels", Json::object())) ==
        std::vector<std::string>{"order_id", "shipping_id"});
}

TEST_CASE("Shoper: what a removed parcel held can be shipped again", "[shoper][parcels]") {
  ParcelShop shop;
  const Response made = shop.ship(nullptr);
  CHECK(shop.remove(ParcelShop::path(made)).body == "1");
  CHECK(shop.remove(ParcelShop::path(made)).status == 404);
  CHECK(shop.order_row()["total_parcels"] == 0);
  CHECK(shop.status() == "2");
  CHECK(shop.ship(nullptr).status == 200);
}

TEST_CASE("Shoper: a line keeps what its parcels hold, and an order takes its parcels along",
          "[shoper][parcels]") {
  ParcelShop shop;
  const auto parcel =
      body_of(shop.ship(Json::array({portion(shop.pieces, "2")}))).get<std::int64_t>();
  const std::string line = fmt::format("/webapi/rest/order-products/{}", shop.pieces);

  CHECK(bad_fields(shop.put(line, {{"quantity", 1}})) == std::vector<std::string>{"quantity"});
  CHECK(shop.put(line, {{"quantity", 2}}).status == 200);
  CHECK(body_of(shop.remove(line))["error"] == "parcel_cannot_modify");
  CHECK(shop.remove(fmt::format("/webapi/rest/orders/{}", shop.order)).status == 200);
  CHECK(shop.get(fmt::format("/webapi/rest/parcels/{}", parcel)).status == 404);
}

TEST_CASE("Shoper: planted parcels count in their order and survive a snapshot",
          "[shoper][parcels]") {
  ParcelShop shop;
  const auto planted = shop.plant("parcels", {{"order_id", shop.order}, {"shipping_id", 1}});
  CHECK(shop.order_row()["total_parcels"] == 1);
  const Json before = shop.platform->snapshot();
  shop.platform->restore(before);
  CHECK(shop.platform->snapshot().dump() == before.dump());
  shop.door.remove("parcels", planted);
  CHECK(shop.order_row()["total_parcels"] == 0);
}

namespace {

/// What a shop should hold, kept by the test alone. Quantities in thousandths.
struct ParcelModel {
  struct Parcel {
    std::size_t order;
    std::map<std::size_t, std::int64_t> content;  ///< By line.
    bool sent;
  };
  std::vector<std::int64_t> orders;
  std::vector<int> status;
  std::map<std::size_t, std::pair<std::size_t, std::int64_t>> lines;  ///< To order and quantity.
  std::map<std::size_t, std::int64_t> line_ids;
  std::map<std::int64_t, Parcel> parcels;

  std::int64_t shipped(std::size_t line) const {
    std::int64_t sum = 0;
    for (const auto& [id, parcel] : parcels) {
      const auto found = parcel.content.find(line);
      if (found != parcel.content.end()) sum += found->second;
    }
    return sum;
  }
};

std::string thousandths_text(std::int64_t value) {
  return fmt::format("{}.{:03}", value / 1000, value % 1000);
}

std::int64_t as_thousandths(const Json& text) {
  const auto number = kit::Decimal::parse(text.get<std::string>()).value();
  return std::stoll((number * kit::Decimal(1000)).text());
}

void check_parcel_model(ParcelShop& shop, const ParcelModel& model) {
  std::map<std::int64_t, std::int64_t> held;
  for (const auto id : shop.door.ids("parcels")) {
    const Json parcel = shop.parcel(id);
    for (const Json& one : parcel["products"]) {
      held[one["order_product_id"].get<std::int64_t>()] += as_thousandths(one["quantity"]);
    }
  }
  RC_ASSERT(shop.door.ids("parcels").size() == model.parcels.size());
  for (const auto& [line, order_and_quantity] : model.lines) {
    const std::int64_t id = model.line_ids.at(line);
    RC_ASSERT(as_thousandths(shop.door.text("order-products", id, "quantity")) ==
              order_and_quantity.second);
    RC_ASSERT(held[id] == model.shipped(line));
    RC_ASSERT(held[id] <= order_and_quantity.second);
  }
  for (std::size_t i = 0; i < model.orders.size(); ++i) {
    int count = 0;
    for (const auto& [id, parcel] : model.parcels) count += parcel.order == i ? 1 : 0;
    RC_ASSERT(shop.door.text("orders", model.orders[i], "status_id") ==
              std::to_string(model.status[i]));
    RC_ASSERT(shop.door.text("orders", model.orders[i], "total_parcels") == std::to_string(count));
  }
}

}  // namespace

TEST_CASE(
    "Shoper: parcels never hold more of a line than was ordered, and orders follow the last "
    "making or sending",
    "[shoper][parcels][property]") {
  CHECK(rc::check("random orders, lines, parcels and removals", [] {
    ParcelShop shop;
    shop.remove(fmt::format("/webapi/rest/orders/{}", shop.order));
    const auto product = shop.plant_product("M", "100000", "1.00", 2);
    ParcelModel model;
    for (int i = 0; i < 2; ++i) {
      model.orders.push_back(shop.create("orders", least_order()));
      model.status.push_back(1);
    }
    std::size_t next_line = 0;
    const auto any_line = [&]() -> std::size_t {
      auto found = model.lines.begin();
      std::advance(found, *rc::gen::inRange<std::ptrdiff_t>(
                              0, static_cast<std::ptrdiff_t>(model.lines.size())));
      return found->first;
    };
    const auto any_parcel = [&]() -> std::int64_t {
      auto found = model.parcels.begin();
      std::advance(found, *rc::gen::inRange<std::ptrdiff_t>(
                              0, static_cast<std::ptrdiff_t>(model.parcels.size())));
      return found->first;
    };
    const int steps = *rc::gen::inRange(1, 25);
    for (int step = 0; step < steps; ++step) {
      const int action = *rc::gen::inRange(0, 7);
      const std::size_t order = *rc::gen::inRange<std::size_t>(0, 2);
      if (action == 0) {  // A line.
        const std::int64_t quantity = *rc::gen::inRange(1, 4000);
        const auto id = shop.create("order-products", {{"order_id", model.orders[order]},
                                                       {"product_id", product},
                                                       {"quantity", thousandths_text(quantity)}});
        model.line_ids[next_line] = id;
        model.lines[next_line++] = {order, quantity};
      } else if (action == 1 && !model.lines.empty()) {  // Another quantity.
        const std::size_t line = any_line();
        const std::int64_t quantity = *rc::gen::inRange(1, 4000);
        const Response response =
            shop.put(fmt::format("/webapi/rest/order-products/{}", model.line_ids[line]),
                     {{"quantity", thousandths_text(quantity)}});
        RC_ASSERT((response.status == 200) == (quantity >= model.shipped(line)));
        if (response.status == 200) model.lines[line].second = quantity;
      } else if (action == 2 && !model.lines.empty()) {  // A line goes.
        const std::size_t line = any_line();
        const Response response =
            shop.remove(fmt::format("/webapi/rest/order-products/{}", model.line_ids[line]));
        RC_ASSERT((response.status == 200) == (model.shipped(line) == 0));
        if (response.status == 200) model.lines.erase(line);
      } else if (action == 3) {  // All that is left.
        std::map<std::size_t, std::int64_t> left;
        for (const auto& [line, held] : model.lines) {
          const std::int64_t rest = held.second - model.shipped(line);
          if (held.first == order && rest > 0) left[line] = rest;
        }
        const bool send = *rc::gen::arbitrary<bool>();
        const Response response =
            shop.post("/webapi/rest/parcels",
                      {{"order_id", model.orders[order]}, {"shipping_id", 1}, {"send", send}});
        RC_ASSERT((response.status == 200) == !left.empty());
        if (response.status != 200) continue;
        model.parcels[body_of(response)] = {order, left, send};
        model.status[order] = send ? 3 : 2;
      } else if (action == 4 && !model.lines.empty()) {  // A part of one line.
        const std::size_t line = any_line();
        const std::size_t owner = model.lines[line].first;
        const std::int64_t quantity = *rc::gen::inRange(1, 4000);
        const Response response =
            shop.post("/webapi/rest/parcels",
                      {{"order_id", model.orders[owner]},
                       {"shipping_id", 1},
                       {"products", {portion(model.line_ids[line], thousandths_text(quantity))}}});
        const bool fits = quantity <= model.lines[line].second - model.shipped(line);
        RC_ASSERT((response.status == 200) == fits);
        if (!fits) continue;
        model.parcels[body_of(response)] = {owner, {{line, quantity}}, false};
        model.status[owner] = 2;
      } else if (action == 5 && !model.parcels.empty()) {  // A sending, or its undoing.
        const std::int64_t id = any_parcel();
        ParcelModel::Parcel& parcel = model.parcels[id];
        const bool send = *rc::gen::arbitrary<bool>();
        const Response response =
            shop.put(fmt::format("/webapi/rest/parcels/{}", id), {{"send", send}});
        RC_ASSERT((response.status == 400) == (send && parcel.sent));
        if (send && !parcel.sent) model.status[parcel.order] = 3;
        parcel.sent = send;
      } else if (action == 6 && !model.parcels.empty()) {
        const std::int64_t id = any_parcel();
        RC_ASSERT(shop.remove(fmt::format("/webapi/rest/parcels/{}", id)).status == 200);
        model.parcels.erase(id);
      }
      check_parcel_model(shop, model);
    }
  }));
}
