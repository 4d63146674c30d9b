#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "shop.hpp"

using namespace atrapa::tests;

namespace {

std::int64_t make_metafield(Shop& shop, std::string_view object, int type,
                            std::string_view key = "k") {
  return shop.create(fmt::format("metafields/{}", object),
                     {{"namespace", "erp"}, {"key", key}, {"type", type}});
}

Response set_value(Shop& shop, std::int64_t field, std::int64_t object, const Json& value) {
  return shop.post("/webapi/rest/metafield-values",
                   {{"metafield_id", field}, {"object_id", object}, {"value", value}});
}

std::string value_of(Shop& shop, const Response& made) {
  return shop.read("/webapi/rest/metafield-values/" + made.body)["value"];
}

}  // namespace

TEST_CASE("Shoper: metafields live below their object", "[shoper][metafields]") {
  Shop shop;
  const auto system = make_metafield(shop, "system", 1);
  const auto product = make_metafield(shop, "product", 3);

  const Json list = shop.read("/webapi/rest/metafields/product");
  CHECK(list["count"] == "1");
  CHECK(list["list"][0]["metafield_id"] == std::to_string(product));
  CHECK(list["list"][0]["object"] == "product");
  CHECK(shop.read(fmt::format("/webapi/rest/metafields/system/{}", system))["type"] == 1);
  for (const char* verb : {"GET", "PUT", "DELETE"}) {
    const std::string wrong = fmt::format("/webapi/rest/metafields/product/{}", system);
    CHECK(shop.send(verb, wrong, "{}").status == 404);
  }
  CHECK(shop.read("/webapi/rest/metafields/product?filters[namespace]=erp")["count"] == "1");
  CHECK(shop.read("/webapi/rest/metafields/product?filters[key]=x")["count"] == "0");
  CHECK(shop.get("/webapi/rest/metafields/Nie%20to").status == 404);
  CHECK(bad_fields(shop.post("/webapi/rest/metafields/order", Json::object())) ==
        std::vector<std::string>{"key", "namespace", "type"});
  CHECK(bad_fields(shop.post("/webapi/rest/metafields/order",
                             {{"namespace", "a"}, {"key", "b"}, {"type", 5}})) ==
        std::vector<std::string>{"type"});
}

TEST_CASE("Shoper: a value is of its metafield's type", "[shoper][metafields]") {
  Shop shop;
  const auto integer = make_metafield(shop, "system", 1);
  const auto number = make_metafield(shop, "system", 2);
  const auto text = make_metafield(shop, "system", 3);

  for (const Json& good : {Json(7), Json("-7"), Json("007")}) {
    CHECK(set_value(shop, integer, 0, good).status == 200);
  }
  for (const Json& bad : {Json("1.5"), Json("a"), Json(""), Json("-"), Json("1 ")}) {
    CHECK(bad_fields(set_value(shop, integer, 0, bad)) == std::vector<std::string>{"value"});
  }
  for (const Json& good : {Json(7), Json("1.50"), Json("-0.1")}) {
    CHECK(set_value(shop, number, 0, good).status == 200);
  }
  for (const Json& bad : {Json("1."), Json(".5"), Json("1,5"), Json("1.5.5")}) {
    CHECK(set_value(shop, number, 0, bad).status == 400);
  }
  CHECK(value_of(shop, set_value(shop, text, 0, "a \"b\"\n")) == "a \"b\"\n");
}

TEST_CASE("Shoper: a value's object exists; system values hang on object 0",
          "[shoper][metafields]") {
  Shop shop;
  const auto system = make_metafield(shop, "system", 3);
  const auto product = make_metafield(shop, "product", 3);
  const auto id = shop.plant_product("A", "1");

  CHECK(set_value(shop, system, 0, "x").status == 200);
  CHECK(bad_fields(set_value(shop, system, 1, "x")) == std::vector<std::string>{"object_id"});
  CHECK(set_value(shop, product, id, "x").status == 200);
  CHECK(bad_fields(set_value(shop, product, 99, "x")) == std::vector<std::string>{"object_id"});
  CHECK(bad_fields(set_value(shop, 99, 0, "x")) == std::vector<std::string>{"metafield_id"});
  CHECK(shop.rows("metafield-values", {{"object_id", id}}).size() == 1);
}

TEST_CASE("Shoper: values go with their metafield, and bind it to a type they fit",
          "[shoper][metafields]") {
  Shop shop;
  const auto field = make_metafield(shop, "system", 3);
  const Response value = set_value(shop, field, 0, "abc");
  const std::string path = fmt::format("/webapi/rest/metafields/system/{}", field);

  CHECK(bad_fields(shop.put(path, {{"type", 1}})) == std::vector<std::string>{"type"});
  CHECK(shop.put("/webapi/rest/metafield-values/" + value.body, {{"value", "12"}}).status == 200);
  CHECK(shop.put(path, {{"type", 1}}).status == 200);
  CHECK(shop.put("/webapi/rest/metafield-values/" + value.body, {{"value", "x"}}).status == 400);
  CHECK(shop.remove(path).status == 200);
  CHECK(shop.get("/webapi/rest/metafield-values/" + value.body).status == 404);
}

TEST_CASE("Shoper: a blob can neither be filtered nor sorted by", "[shoper][metafields]") {
  Shop shop;
  const auto text = make_metafield(shop, "system", 3);
  const auto blob = make_metafield(shop, "system", 4, "b");
  set_value(shop, text, 0, "same");
  set_value(shop, blob, 0, "same");

  const Json found = shop.rows("metafield-values", {{"value", "same"}});
  REQUIRE(found.size() == 1);
  CHECK(found[0]["metafield_id"] == std::to_string(text));
  CHECK(shop.rows("metafield-values", {{"metafield_id", blob}}).size() == 1);
  CHECK(shop.get("/webapi/rest/metafield-values?order=value%20asc").status == 400);
  CHECK(shop.get(filtered("metafield-values", {{"metafield_id", text}}) + "&order=value%20asc")
            .status == 200);
}

TEST_CASE("Shoper: metafield-bind needs its feature and sets one value for each object",
          "[shoper][metafields]") {
  Shop shop;
  const auto field = make_metafield(shop, "product", 1);
  const auto product = shop.plant_product("A", "1");
  const auto bind = [&](const Json& value, std::string_view type = "product") {
    return shop.post("/webapi/rest/metafield-bind", {{"type", type},
                                                     {"item_id", std::to_string(product)},
                                                     {"metafield_id", field},
                                                     {"value", value}});
  };
  CHECK(bind("5").status == 403);
  CHECK(body_of(bind("5"))["error"] == "access_denied");
  shop.door.set({{"metafields_bind", true}});

  const Response first = bind("5");
  CHECK(value_of(shop, first) == "5");
  CHECK(bind("6").body == first.body);
  CHECK(value_of(shop, first) == "6");
  CHECK(bad_fields(bind("x")) == std::vector<std::string>{"value"});
  CHECK(bad_fields(bind("5", "order")) == std::vector<std::string>{"type"});
}

TEST_CASE("Shoper: metafield values survive byte for byte, through a snapshot too",
          "[shoper][metafields][property]") {
  CHECK(rc::check("values by type", [] {
    Shop shop;
    const int type = *rc::gen::inRange(1, 5);
    const auto digits = rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::inRange<char>('0', static_cast<char>('9' + 1))));
    std::string text;
    if (type <= 2) {
      text = (*digits).substr(0, 18);
      if (type == 2 && *rc::gen::arbitrary<bool>()) text += "." + (*digits).substr(0, 9);
      if (*rc::gen::arbitrary<bool>()) text.insert(0, "-");
    } else {
      for (const auto point : *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 0xD7FF))) {
        text += Json::parse(fmt::format("\"\\u{:04x}\"", point)).get<std::string>();
      }
    }
    const auto field = make_metafield(shop, "system", type);
    const Response made = set_value(shop, field, 0, text);
    RC_ASSERT(made.status == 200);
    RC_ASSERT(value_of(shop, made) == text);
    shop.platform->restore(shop.platform->snapshot());
    RC_ASSERT(value_of(shop, made) == text);
  }));
}
