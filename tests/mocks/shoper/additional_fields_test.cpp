#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "contract_check.hpp"
#include "mocks/kit/contract.hpp"
#include "shop.hpp"

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;

namespace {

std::int64_t make_field(Shop& shop, int type, unsigned locate) {
  return shop.create("additional-fields",
                     {{"type", type},
                      {"locate", locate},
                      {"active", 1},
                      {"translations", {{"pl_PL", {{"name", "Pole"}, {"description", "Opis"}}}}}});
}

Response order_with(Shop& shop, const Json& fields, int user = 1) {
  Json body = least_order();
  body["user_id"] = user;
  body["additional_fields"] = fields;
  return shop.post("/webapi/rest/orders", body);
}

Json fields_of(Shop& shop, std::string_view resource, std::int64_t id) {
  return shop.read(fmt::format("/webapi/rest/{}/{}", resource, id))["additional_fields"];
}

}  // namespace

TEST_CASE("Shoper: a checkbox of an order takes 0 and 1 and nothing else", "[shoper][fields]") {
  Shop shop;
  for (const Json& value : {Json("1"), Json(1), Json(true)}) {
    const Response made = order_with(shop, {{"5", value}});
    REQUIRE(made.status == 200);
    const Json entry = fields_of(shop, "orders", body_of(made))[0];
    CHECK(entry["value"] == "1");
    CHECK(entry["field_value"] == "1");
    CHECK(entry["type"] == "2");
    CHECK(entry["locate"] == "8");
  }
  const Response refused = order_with(shop, {{"5", "tak"}});
  CHECK(refused.status == 400);
  CHECK(bad_fields(refused) == std::vector<std::string>{"additional_fields.5"});
}

TEST_CASE("Shoper: values may be sent as a list of field ids and values", "[shoper][fields]") {
  Shop shop;
  const Response made = order_with(shop, Json::array({{{"field_id", 5}, {"value", "1"}}}));
  REQUIRE(made.status == 200);
  CHECK(fields_of(shop, "orders", body_of(made))[0]["value"] == "1");
}

TEST_CASE("Shoper: values of a planted order know their fields, and unknown ones are kept",
          "[shoper][fields]") {
  Shop shop;
  const auto order =
      shop.plant("orders", {{"user_id", 1}, {"additional_fields", {{"5", "1"}, {"77", "x"}}}});
  const Json entries = fields_of(shop, "orders", order);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0]["type"] == "2");
  CHECK(entries[0]["value"] == "1");
  CHECK(entries[1]["field_id"] == "77");
  CHECK(entries[1]["value"] == "x");

  const auto user = shop.plant("users", {{"additional_fields", {{"77", "x"}}}});
  CHECK(fields_of(shop, "users", user)[0]["value"] == "x");
}

TEST_CASE("Shoper: an unknown additional field is refused by its id", "[shoper][fields]") {
  Shop shop;
  CHECK(bad_fields(order_with(shop, {{"5", "1"}, {"99", "x"}, {"abc", "x"}})) ==
        std::vector<std::string>{"additional_fields.0", "additional_fields.99"});
  CHECK(bad_fields(shop.put("/webapi/rest/users/1", {{"additional_fields", {{"5", "1"}}}})) ==
        std::vector<std::string>{"additional_fields.5"});
}

TEST_CASE("Shoper: a field is taken exactly where its bit mask asks for it",
          "[shoper][fields][property]") {
  CHECK(rc::check("every mask, for customers, orders of registered ones and of guests", [] {
    Shop shop;
    const unsigned locate = *rc::gen::inRange(1u, 256u);
    const auto field = make_field(shop, 1, locate);
    const Json value = {{std::to_string(field), "x"}};
    const bool user = (locate & 0b0000'0111u) != 0;
    const bool registered = (locate & 0b0101'1000u) != 0;
    const bool guest = (locate & 0b0010'1000u) != 0;

    RC_ASSERT((shop.put("/webapi/rest/users/1", {{"additional_fields", value}}).status == 200) ==
              user);
    RC_ASSERT((order_with(shop, value, 1).status == 200) == registered);
    RC_ASSERT((order_with(shop, value, 2).status == 200) == guest);
  }));
}

TEST_CASE("Shoper: a mask of no bits, or of more than there are, is refused", "[shoper][fields]") {
  Shop shop;
  for (const int locate : {0, 256}) {
    CHECK(bad_fields(
              shop.post("/webapi/rest/additional-fields",
                        {{"type", 1},
                         {"locate", locate},
                         {"translations", {{"pl_PL", {{"name", "a"}, {"description", "b"}}}}}})) ==
          std::vector<std::string>{"locate"});
  }
}

TEST_CASE("Shoper: a select takes its own options, by id or text", "[shoper][fields]") {
  Shop shop;
  const auto field = make_field(shop, 3, 1);
  const auto other = make_field(shop, 3, 1);
  const auto option =
      shop.create("additional-field-options",
                  {{"field_id", field}, {"translations", {{"pl_PL", {{"value", "Rano"}}}}}});
  const auto set = [&](std::int64_t id, const Json& value) {
    return shop.put("/webapi/rest/users/1", {{"additional_fields", {{std::to_string(id), value}}}})
        .status;
  };

  CHECK(set(field, "Rano") == 200);
  CHECK(set(field, option) == 200);
  CHECK(set(field, "Wieczorem") == 400);
  CHECK(set(other, option) == 400);
  const Json entry = fields_of(shop, "users", 1)[0];
  CHECK(entry["field_value"] == std::to_string(option));
  CHECK(entry["value"] == "Rano");
  CHECK(shop.post("/webapi/rest/additional-field-options", {{"field_id", 5}}).status == 400);
}

TEST_CASE("Shoper: a select stores the option that was meant, whatever digits its text has",
          "[shoper][fields][property]") {
  CHECK(rc::check("options of digits, chosen by id and by text", [] {
    Shop shop;
    const unsigned locate = *rc::gen::inRange(1u, 8u);
    const auto field = make_field(shop, 3, locate);
    const auto neighbour = make_field(shop, 3, locate);
    std::vector<std::pair<std::string, std::string>> options;  // Id and text.
    const auto any_text = rc::gen::element<std::string>("1", "2", "3", "4", "5", "6", "Rano");
    for (int count = *rc::gen::element(0, 1, 3, 6); count > 0; --count) {
      const std::string text = *any_text;
      const bool own = *rc::gen::weightedElement<bool>({{3, true}, {1, false}});
      const auto id = shop.create("additional-field-options",
                                  {{"field_id", own ? field : neighbour},
                                   {"translations", {{"pl_PL", {{"value", text}}}}}});
      if (own) options.emplace_back(std::to_string(id), text);
    }
    const std::string sent = *any_text;
    const std::pair<std::string, std::string>* meant = nullptr;
    for (auto one = options.rbegin(); one != options.rend(); ++one) {
      if (one->second == sent) meant = &*one;
    }
    for (const auto& one : options) {
      if (one.first == sent) meant = &one;
    }
    const Response response =
        shop.put("/webapi/rest/users/1", {{"additional_fields", {{std::to_string(field), sent}}}});
    RC_ASSERT((response.status == 200) == (meant != nullptr));
    if (meant == nullptr) return;
    const Json entry = fields_of(shop, "users", 1)[0];
    RC_ASSERT(entry["field_value"] == meant->first);
    RC_ASSERT(entry["value"] == meant->second);
    RC_ASSERT(entry["type"] == "3");
    RC_ASSERT(entry["locate"] == std::to_string(locate));
  }));
}

TEST_CASE("Shoper: an option is a field's, in translations, and a chosen one shows its new text",
          "[shoper][fields]") {
  Shop shop;
  const auto field = make_field(shop, 3, 1 | 64);
  const auto make = [&](const char* text) {
    return shop.create("additional-field-options",
                       {{"field_id", field}, {"translations", {{"pl_PL", {{"value", text}}}}}});
  };
  const auto morning = make("Rano");
  const auto evening = make("Wieczorem");
  const std::string path = fmt::format("/webapi/rest/additional-field-options/{}", morning);
  CHECK(shop.read(path) == Json{{"option_id", std::to_string(morning)},
                                {"field_id", std::to_string(field)},
                                {"translations", {{"pl_PL", {{"value", "Rano"}}}}}});
  CHECK(shop.rows("additional-field-options", {{"field_id", field}}).size() == 2);
  shop.put("/webapi/rest/users/1", {{"additional_fields", {{std::to_string(field), morning}}}});
  shop.put("/webapi/rest/users/2", {{"additional_fields", {{std::to_string(field), evening}}}});

  CHECK(shop.put(path, {{"translations", {{"pl_PL", {{"value", "Przed 12"}}}}}}).body == "1");

  CHECK(fields_of(shop, "users", 1)[0]["value"] == "Przed 12");
  CHECK(fields_of(shop, "users", 2)[0]["value"] == "Wieczorem");
  CHECK(shop.remove(path).body == "1");
  CHECK(fields_of(shop, "users", 1)[0]["value"] == "Przed 12");
  CHECK(
      shop.put("/webapi/rest/users/2", {{"additional_fields", {{std::to_string(field), morning}}}})
          .status == 400);
  CHECK(fields_of(shop, "users", 2)[0]["value"] == "Wieczorem");
  CHECK(shop.read(fmt::format("/webapi/rest/additional-fields/{}", field))["locate"] == "65");
}

TEST_CASE("Shoper: without its module additional-field-options answer 400", "[shoper][fields]") {
  Shop shop;
  shop.door.set({{"field_options_module", false}});
  const Response response = shop.get("/webapi/rest/additional-field-options");
  CHECK(response.status == 400);
  CHECK(body_of(response)["error_description"].get<std::string>().starts_with("Missing MODULE"));
}

TEST_CASE("Shoper: an update keeps the values of other fields", "[shoper][fields]") {
  Shop shop;
  const auto text = make_field(shop, 1, 8);
  const auto order =
      body_of(order_with(shop, {{"5", "1"}, {std::to_string(text), "a"}})).get<std::int64_t>();
  const std::string path = fmt::format("/webapi/rest/orders/{}", order);

  CHECK(shop.put(path, {{"additional_fields", {{std::to_string(text), "b"}}}}).status == 200);
  CHECK(shop.put(path, {{"notes", "x"}}).status == 200);

  const Json entries = fields_of(shop, "orders", order);
  REQUIRE(entries.size() == 2);
  CHECK(entries[0]["field_id"] == "5");
  CHECK(entries[0]["value"] == "1");
  CHECK(entries[1]["value"] == "b");
}

TEST_CASE("Shoper: orders follow the settings of their fields, and lose values with them",
          "[shoper][fields]") {
  Shop shop;
  const auto order = body_of(order_with(shop, {{"5", "1"}})).get<std::int64_t>();

  CHECK(shop.put("/webapi/rest/additional-fields/5", {{"req", 1}}).status == 200);
  CHECK(fields_of(shop, "orders", order)[0]["req"] == "1");
  CHECK(shop.remove("/webapi/rest/additional-fields/5").status == 200);
  CHECK(fields_of(shop, "orders", order) == Json::array());
}

TEST_CASE("Shoper: orders and customers are found by their additional fields, in both forms",
          "[shoper][fields][filters]") {
  Shop shop;
  const auto field = make_field(shop, 1, 1 | 8);
  const std::string id = std::to_string(field);
  const auto user =
      shop.create("users", {{"email", "x@example.com"}, {"additional_fields", {{id, "x"}}}});
  shop.create("users", {{"email", "y@example.com"}, {"additional_fields", {{id, "y"}}}});
  const auto order = body_of(order_with(shop, {{id, "x"}})).get<std::int64_t>();
  order_with(shop, {{id, "y"}});

  for (const auto& [resource, column, found] :
       {std::tuple{"users", "user_id", user}, std::tuple{"orders", "order_id", order}}) {
    const Json json = shop.rows(resource, {{"additional_fields", {{"=", {{id, "x"}}}}}});
    REQUIRE(json.size() == 1);
    CHECK(json[0][column] == std::to_string(found));
    const Json brackets = shop.read(fmt::format(
        "/webapi/rest/{}?filters%5Badditional_fields%5D%5B%3D%5D%5B{}%5D=x", resource, id));
    CHECK(brackets["list"] == json);
    CHECK(shop.rows(resource, {{"additional_fields", {{"~", {{id, "%"}}}}}}).size() == 2);
  }
}

TEST_CASE("Shoper: indexed lists still work in the bracket form", "[shoper][filters]") {
  Shop shop;
  for (const char* form : {"filters[user_id][IN][0]=1&filters[user_id][IN][1]=2",
                           "filters[user_id][IN][]=1&filters[user_id][IN][]=2"}) {
    CHECK(shop.read(fmt::format("/webapi/rest/users?{}", form))["count"] == "2");
  }
}

TEST_CASE("Shoper: customers asked for with info=true come without it, and loudly so",
          "[shoper][users]") {
  Shop shop;
  const Response asked = shop.get("/webapi/rest/users?info=true");
  CHECK(asked.status == 200);
  CHECK(asked.headers.get("X-Atrapa-Not-Emulated") == "users.info");
  CHECK(shop.note.find("info") != std::string::npos);
  CHECK(shop.get("/webapi/rest/users").headers.find("X-Atrapa-Not-Emulated") == nullptr);
}

TEST_CASE("Shoper: what orders, customers and fields answer fits the contract",
          "[shoper][fields][contract]") {
  Shop shop;
  const auto parsed = kit::Contract::parse(atrapa::mocks::shoper::contract_json());
  const auto field = make_field(shop, 3, 255);
  shop.create("additional-field-options",
              {{"field_id", field}, {"translations", {{"pl_PL", {{"value", "Rano"}}}}}});
  const Json value = {{std::to_string(field), "Rano"}, {"5", true}};
  REQUIRE(order_with(shop, value).status == 200);
  shop.create("users", {{"email", "x@example.com"},
                        {"additional_fields", {{std::to_string(field), "Rano"}}}});
  for (const char* resource :
       {"orders", "users", "additional-fields", "additional-field-options"}) {
    const Request get{"GET", fmt::format("/webapi/rest/{}", resource), {}, ""};
    CHECK(misfits(parsed, get, shop.get(get.target)) == std::vector<std::string>{});
  }
}
