#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "shop.hpp"

// Attributes: which products have which, what they take, how they are read.

using namespace atrapa::tests;

namespace {

using Fields = std::vector<std::string>;

/// A group for Buty (2) with an attribute of each type.
struct Workshop : Shop {
  std::int64_t new_group(const Json& categories) {
    return create("attribute-groups",
                  {{"name", "Cechy"}, {"lang_id", 1}, {"categories", categories}});
  }
  std::int64_t new_attribute(std::int64_t of, int type, const Json& options = Json::array()) {
    return create(
        "attributes",
        {{"name", "Cecha"}, {"attribute_group_id", of}, {"type", type}, {"options", options}});
  }
  Response write(const Json& attributes) {
    return put(row_path("products", product), {{"attributes", attributes}});
  }
  Json shown() { return read(row_path("products", product))["attributes"]; }

  std::int64_t group = new_group({2});
  std::int64_t text = new_attribute(group, 0);
  std::int64_t check = new_attribute(group, 1);
  std::int64_t choice = new_attribute(
      group, 2, Json::array({{{"value", "skóra"}}, {{"value", "zamsz"}, {"order", 7}}}));
  std::int64_t product = create("products", least_product("BUT"));
};

Json keyed(std::int64_t id, Json value) { return {{std::to_string(id), std::move(value)}}; }

}  // namespace

TEST_CASE("Shoper: attributes are written flat and read by group, an empty group as a list",
          "[shoper][attributes]") {
  Workshop shop;
  CHECK(shop.shown() == keyed(shop.group, Json::array()));

  CHECK(shop.write({{std::to_string(shop.text), "do biegania"}, {std::to_string(shop.check), true}})
            .body == "1");
  CHECK(shop.shown() == keyed(shop.group, {{std::to_string(shop.text), "do biegania"},
                                           {std::to_string(shop.check), "1"}}));

  CHECK(shop.write(keyed(shop.choice, "zamsz")).body == "1");
  CHECK(shop.write(keyed(shop.text, nullptr)).body == "1");
  CHECK(shop.shown() == keyed(shop.group, {{std::to_string(shop.check), "1"},
                                           {std::to_string(shop.choice), "zamsz"}}));
  CHECK(shop.put(row_path("products", shop.product), {{"ean", "5900000000000"}}).status == 200);
  CHECK(shop.shown()[std::to_string(shop.group)].size() == 2);
}

TEST_CASE("Shoper: an attribute takes values of its type", "[shoper][attributes]") {
  Workshop shop;
  const auto bad = [&](std::int64_t id, Json value) {
    const Response refused = shop.write(keyed(id, std::move(value)));
    return refused.status == 400 && bad_fields(refused) == Fields{fmt::format("attributes.{}", id)};
  };
  CHECK(bad(shop.check, "tak"));
  CHECK(bad(shop.choice, "plastik"));
  CHECK(bad(shop.text, Json::array({"x"})));
  CHECK(bad(987, "x"));
  CHECK(shop.shown() == keyed(shop.group, Json::array()));
}

TEST_CASE("Shoper: categories decide which products have a group of attributes",
          "[shoper][attributes]") {
  Workshop shop;
  const auto tea = shop.new_group({3});
  const auto origin = shop.new_attribute(tea, 0);
  CHECK(shop.shown() == keyed(shop.group, Json::array()));
  CHECK(bad_fields(shop.write(keyed(origin, "Assam"))) ==
        Fields{fmt::format("attributes.{}", origin)});
  CHECK(shop.read(row_path("categories", 2))["translations"]["pl_PL"]["attribute_groups"] ==
        Json::array({shop.group}));

  CHECK(shop.put(row_path("products", shop.product),
                 {{"categories", {2, 3}}, {"attributes", keyed(origin, "Assam")}})
            .status == 200);
  CHECK(shop.shown() == Json{{std::to_string(shop.group), Json::array()},
                             {std::to_string(tea), keyed(origin, "Assam")}});

  CHECK(shop.put(row_path("attribute-groups", tea), {{"categories", Json::array()}}).body == "1");
  CHECK(shop.shown() == keyed(shop.group, Json::array()));
  CHECK(shop.read(row_path("categories", 3))["translations"]["pl_PL"]["attribute_groups"] ==
        Json::array());
}

TEST_CASE("Shoper: the options of an attribute get ids, and a PUT leaves what it does not say",
          "[shoper][attributes]") {
  Workshop shop;
  const Json options = shop.read(row_path("attributes", shop.choice))["options"];
  REQUIRE(options.size() == 2);
  CHECK(options[0]["value"] == "skóra");
  CHECK(options[0]["attribute_id"] == std::to_string(shop.choice));
  CHECK(options[1]["order"] == "7");
  CHECK(options[0]["option_id"] != options[1]["option_id"]);

  CHECK(shop.put(row_path("attributes", shop.choice), {{"name", "Wierzch"}}).body == "1");
  CHECK(shop.read(row_path("attributes", shop.choice))["options"] == options);
  CHECK(bad_fields(shop.put(row_path("attributes", shop.choice),
                            {{"options", {{{"order", 1}}}}})) == Fields{"options[0]"});
}

TEST_CASE("Shoper: a deleted attribute leaves its products, and so does a group with its own",
          "[shoper][attributes]") {
  Workshop shop;
  shop.write({{std::to_string(shop.text), "x"}, {std::to_string(shop.check), 1}});
  CHECK(shop.remove(row_path("attributes", shop.text)).body == "1");
  CHECK(shop.shown() == keyed(shop.group, keyed(shop.check, "1")));

  shop.door.set({{"delete_in_use", "refuse"}});
  CHECK(shop.remove(row_path("attribute-groups", shop.group)).status == 400);
  shop.door.set({{"delete_in_use", "detach"}});
  CHECK(shop.remove(row_path("attribute-groups", shop.group)).body == "1");
  CHECK(shop.shown() == Json::array());
  CHECK(shop.get(row_path("attributes", shop.check)).status == 404);
}

TEST_CASE("Shoper: attributes of a world stay as the world has them", "[shoper][attributes]") {
  Shop shop;
  const Json recorded = {{"9", {{"4", "x"}}}, {"10", Json::array()}};
  const auto product = shop.plant("products", {{"code", "R"}, {"attributes", recorded}});
  CHECK(shop.read(row_path("products", product))["attributes"] == recorded);
  CHECK(shop.put(row_path("products", product), {{"pkwiu", "1"}}).status == 200);
  CHECK(shop.read(row_path("products", product))["attributes"] == recorded);
}

TEST_CASE("Shoper: a product holds the last value of each attribute that its categories give it",
          "[shoper][attributes][property]") {
  CHECK(rc::check("random writes and moves", [] {
    Workshop shop;
    const auto tea = shop.new_group({3});
    const auto origin = shop.new_attribute(tea, 0);
    const std::map<std::int64_t, std::int64_t> group_of{{shop.text, shop.group}, {origin, tea}};
    std::set<int> categories{2};
    std::map<std::int64_t, std::string> values;
    const auto has = [&](std::int64_t group) { return categories.contains(group == tea ? 3 : 2); };
    const int steps = *rc::gen::inRange(1, 12);
    for (int step = 0; step < steps; ++step) {
      if (*rc::gen::arbitrary<bool>()) {
        const auto attribute = *rc::gen::element(shop.text, origin);
        const std::string value = std::to_string(*rc::gen::inRange(0, 5));
        const bool fits = has(group_of.at(attribute));
        RC_ASSERT((shop.write(keyed(attribute, value)).status == 200) == fits);
        if (fits) values[attribute] = value;
      } else {
        // Buty is the main category and stays; Herbata comes and goes.
        categories = *rc::gen::arbitrary<bool>() ? std::set<int>{2} : std::set<int>{2, 3};
        RC_ASSERT(
            shop.put(row_path("products", shop.product), {{"categories", categories}}).status ==
            200);
        if (!has(tea)) values.erase(origin);
      }
      Json expected = Json::object();
      for (const auto group : {shop.group, tea}) {
        if (!has(group)) continue;
        Json own = Json::object();
        for (const auto& [attribute, value] : values) {
          if (group_of.at(attribute) == group) own[std::to_string(attribute)] = value;
        }
        expected[std::to_string(group)] = own.empty() ? Json::array() : own;
      }
      RC_ASSERT(shop.shown() == expected);
    }
  }));
}
