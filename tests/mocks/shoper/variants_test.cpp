#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "shop.hpp"

// Option groups, options, values, and the variants that they make.

using namespace atrapa::tests;

namespace {

using Fields = std::vector<std::string>;

Json in_polish(const char* field, std::string_view text) { return {{"pl_PL", {{field, text}}}}; }

Json choices(std::initializer_list<std::pair<std::int64_t, std::int64_t>> pairs) {
  Json list = Json::array();
  for (const auto& [option, value] : pairs) {
    list.push_back({{"option_id", option}, {"value_id", value}});
  }
  return list;
}

/// A group of sizes and materials, both of them options that make variants; a text on top.
struct Dresses : Shop {
  std::int64_t option(const char* name, const char* type, int stock, int required = 0) {
    return create("options", {{"group_id", group},
                              {"type", type},
                              {"stock", stock},
                              {"required", required},
                              {"translations", in_polish("name", name)}});
  }
  std::int64_t value(std::int64_t of, const char* name) {
    return create("option-values", {{"option_id", of}, {"translations", in_polish("value", name)}});
  }
  Response variant(const Json& options) {
    return post("/webapi/rest/product-stocks", {{"product_id", product}, {"options", options}});
  }
  std::string total(std::string_view resource, std::int64_t id, std::string_view what) {
    return read(row_path(resource, id))[fmt::format("total_{}", what)].dump();
  }

  std::int64_t group = create("option-groups", {{"translations", in_polish("name", "Suknie")}});
  std::int64_t size = option("Rozmiar", "select", 1, 1);
  std::int64_t cloth = option("Materiał", "radio", 1);
  std::int64_t note = option("Dedykacja", "text", 0);
  std::int64_t small = value(size, "S");
  std::int64_t large = value(size, "L");
  std::int64_t linen = value(cloth, "len");
  std::int64_t product = create("products", least_product("SUKNIA"));
};

}  // namespace

TEST_CASE("Shoper: a product's group is that of its first variant, and goes with the last",
          "[shoper][variants]") {
  Dresses shop;
  CHECK((*shop.door.row("products", shop.product))["group_id"].is_null());

  const auto first = body_of(shop.variant(choices({{shop.size, shop.small}}))).get<std::int64_t>();
  CHECK(shop.read(row_path("products", shop.product))["group_id"] == std::to_string(shop.group));
  CHECK(shop.read(row_path("product-stocks", first))["extended"] == "1");
  CHECK(shop.total("option-groups", shop.group, "products") == "1");
  CHECK(shop.total("option-values", shop.small, "stocks") == "1");

  shop.remove(row_path("product-stocks", first));
  CHECK(shop.read(row_path("products", shop.product))["group_id"].is_null());
  CHECK(shop.total("option-groups", shop.group, "products") == "0");
  CHECK(shop.total("option-values", shop.small, "products") == "0");
}

TEST_CASE("Shoper: a variant names values of options that make variants, all of one group",
          "[shoper][variants]") {
  Dresses shop;
  CHECK(bad_fields(shop.variant(choices({{shop.size, shop.linen}}))) ==
        Fields{"options[0].value_id"});
  CHECK(bad_fields(shop.variant(choices({{shop.size, 99}}))) == Fields{"options[0].value_id"});
  CHECK(bad_fields(shop.variant(choices({{99, shop.small}}))) == Fields{"options[0].option_id"});
  CHECK(bad_fields(shop.variant(choices({{shop.size, shop.small}, {1, 2}}))) ==
        Fields{"options[1].option_id"});
  CHECK(bad_fields(shop.variant(choices({{shop.size, shop.small}, {shop.note, 1}}))) ==
        Fields{"options[1].option_id"});
  CHECK(bad_fields(shop.variant(choices({{shop.size, shop.small}, {shop.size, shop.large}}))) ==
        Fields{"options[1].option_id"});
  CHECK(bad_fields(shop.variant(choices({{shop.cloth, shop.linen}}))) == Fields{"options"});
  CHECK(shop.read(row_path("products", shop.product))["options"] == Json::array());

  REQUIRE(shop.variant(choices({{shop.size, shop.small}})).status == 200);
  CHECK(bad_fields(shop.variant(choices({{1, 2}}))) == Fields{"options[0].option_id"});
  CHECK(shop.variant(choices({{shop.cloth, shop.linen}, {shop.size, shop.small}})).status == 200);
}

TEST_CASE("Shoper: two variants of a product do not have the same values, but by setting",
          "[shoper][variants]") {
  Dresses shop;
  const Json both = choices({{shop.size, shop.small}, {shop.cloth, shop.linen}});
  const auto first = body_of(shop.variant(both)).get<std::int64_t>();
  const auto other = body_of(shop.variant(choices({{shop.size, shop.large}}))).get<std::int64_t>();
  const Json swapped = choices({{shop.cloth, shop.linen}, {shop.size, shop.small}});

  CHECK(bad_fields(shop.variant(swapped)) == Fields{"options"});
  CHECK(bad_fields(shop.put(row_path("product-stocks", other), {{"options", swapped}})) ==
        Fields{"options"});
  CHECK(shop.put(row_path("product-stocks", first), {{"options", swapped}}).status == 200);

  shop.door.set({{"duplicate_variants", "accept"}});
  CHECK(shop.variant(both).status == 200);
  CHECK(shop.total("option-values", shop.linen, "stocks") == "2");
}

TEST_CASE("Shoper: a base stock has no options, and a variant never loses them",
          "[shoper][variants]") {
  Dresses shop;
  const auto variant =
      body_of(shop.variant(choices({{shop.size, shop.small}}))).get<std::int64_t>();
  CHECK(bad_fields(shop.put(row_path("product-stocks", shop.stock_of(shop.product)),
                            {{"options", choices({{shop.size, shop.large}})}})) ==
        Fields{"options"});
  CHECK(bad_fields(shop.put(row_path("product-stocks", variant), {{"options", Json::array()}})) ==
        Fields{"options"});
  CHECK(shop.put(row_path("product-stocks", variant),
                 {{"options", choices({{shop.size, shop.large}})}})
            .status == 200);
  CHECK(shop.total("option-values", shop.small, "stocks") == "0");
  CHECK(shop.total("option-values", shop.large, "stocks") == "1");
}

TEST_CASE("Shoper: an option in use keeps its type and whether it is required",
          "[shoper][variants]") {
  Dresses shop;
  const auto error = [](const Response& response) { return body_of(response)["error"]; };
  CHECK(shop.put(row_path("options", shop.size), {{"type", "radio"}, {"required", 1}}).status ==
        200);
  const auto variant =
      body_of(shop.variant(choices({{shop.size, shop.small}}))).get<std::int64_t>();

  CHECK(error(shop.put(row_path("options", shop.size), {{"type", "color"}})) ==
        "option_cannot_modify_type");
  CHECK(error(shop.put(row_path("options", shop.size), {{"required", 0}})) ==
        "option_cannot_modify_require");
  CHECK(bad_fields(shop.put(row_path("options", shop.size), {{"stock", 0}})) == Fields{"stock"});
  CHECK(shop.put(row_path("options", shop.size), {{"type", "radio"}, {"order", 5}}).status == 200);
  CHECK(shop.put(row_path("options", shop.cloth), {{"type", "select"}}).status == 200);

  shop.remove(row_path("product-stocks", variant));
  CHECK(shop.put(row_path("options", shop.size), {{"type", "color"}}).status == 200);
}

TEST_CASE("Shoper: text and file options have no values", "[shoper][variants]") {
  Dresses shop;
  const auto error = [](const Response& response) { return body_of(response)["error"]; };
  CHECK(error(shop.post("/webapi/rest/option-values",
                        {{"option_id", shop.note}, {"translations", in_polish("value", "x")}})) ==
        "option_children_not_supported");
  CHECK(error(shop.put(row_path("option-values", shop.linen), {{"option_id", shop.note}})) ==
        "option_children_not_supported");
  CHECK(error(shop.put(row_path("options", shop.cloth), {{"type", "file"}})) ==
        "option_children_not_supported");
}

TEST_CASE("Shoper: what variants are made of cannot be deleted, or takes them along by setting",
          "[shoper][variants]") {
  Dresses shop;
  const auto small = body_of(shop.variant(choices({{shop.size, shop.small}}))).get<std::int64_t>();
  const auto large = body_of(shop.variant(choices({{shop.size, shop.large}}))).get<std::int64_t>();
  for (const std::string& path :
       {row_path("option-values", shop.small), row_path("options", shop.size),
        row_path("option-groups", shop.group)}) {
    CHECK(body_of(shop.remove(path))["error"] == "cannot_delete_internal_object");
  }
  CHECK(shop.remove(row_path("options", shop.cloth)).body == "1");
  CHECK(shop.get(row_path("option-values", shop.linen)).status == 404);

  shop.door.set({{"option_in_use_delete", "cascade"}});
  CHECK(shop.remove(row_path("option-values", shop.small)).body == "1");
  CHECK(shop.get(row_path("product-stocks", small)).status == 404);
  CHECK(shop.read(row_path("products", shop.product))["options"] == Json::array({large}));
  CHECK(shop.remove(row_path("option-groups", shop.group)).body == "1");
  CHECK(shop.read(row_path("products", shop.product))["options"] == Json::array());
  CHECK(shop.read(row_path("products", shop.product))["group_id"].is_null());
  CHECK(shop.get(row_path("options", shop.size)).status == 404);
  CHECK(shop.get(row_path("option-values", shop.large)).status == 404);
}

TEST_CASE("Shoper: a product names its variants and has one base stock, whatever was done to them",
          "[shoper][variants][property]") {
  CHECK(rc::check("random variants", [] {
    Dresses shop;
    const auto other = shop.create("products", least_product("B"));
    const std::vector<std::int64_t> products{shop.product, other};
    const std::vector<Json> offered{choices({{shop.size, shop.small}}),
                                    choices({{shop.size, shop.large}}),
                                    choices({{shop.size, shop.small}, {shop.cloth, shop.linen}}),
                                    choices({{1, 1}}),
                                    choices({{1, 2}}),
                                    choices({{shop.size, shop.linen}})};
    // By product: its variants, and which of the offered choices each has.
    std::map<std::int64_t, std::map<std::int64_t, std::size_t>> model{{shop.product, {}},
                                                                      {other, {}}};
    const auto group_of = [](std::size_t choice) { return choice == 3 || choice == 4 ? 1 : 2; };
    const int steps = *rc::gen::inRange(1, 16);
    for (int step = 0; step < steps; ++step) {
      const auto product = *rc::gen::elementOf(products);
      auto& variants = model.at(product);
      const auto choice = *rc::gen::inRange<std::size_t>(0, offered.size());
      const int action = variants.empty() ? 0 : *rc::gen::inRange(0, 3);
      const auto taken_by = [&](std::size_t wanted) {
        for (const auto& [id, one] : variants) {
          if (one == wanted) return id;
        }
        return std::int64_t{0};
      };
      if (action == 0) {
        const Response made = shop.post("/webapi/rest/product-stocks",
                                        {{"product_id", product}, {"options", offered[choice]}});
        const bool fits =
            choice != 5 && taken_by(choice) == 0 &&
            (variants.empty() || group_of(variants.begin()->second) == group_of(choice));
        RC_ASSERT((made.status == 200) == fits);
        if (fits) variants[body_of(made).get<std::int64_t>()] = choice;
      } else {
        const auto chosen = std::next(
            variants.begin(),
            static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, variants.size())));
        const std::string path = row_path("product-stocks", chosen->first);
        if (action == 1) {
          const bool same_group = group_of(chosen->second) == group_of(choice);
          const auto holder = taken_by(choice);
          const bool fits = choice != 5 && (holder == 0 || holder == chosen->first) &&
                            (same_group || variants.size() == 1);
          RC_ASSERT((shop.put(path, {{"options", offered[choice]}}).status == 200) == fits);
          if (fits) chosen->second = choice;
        } else {
          RC_ASSERT(shop.remove(path).status == 200);
          variants.erase(chosen);
        }
      }
      std::map<std::int64_t, int> stocks_of_group;
      std::map<std::int64_t, int> products_of_group;
      for (const auto& [id, held] : model) {
        Json expected = Json::array();
        for (const auto& [variant, one] : held) expected.push_back(variant);
        const Json shown = shop.read(row_path("products", id));
        RC_ASSERT(shown["options"] == expected);
        const Json rows = shop.rows("product-stocks", {{"product_id", id}});
        std::size_t bases = 0;
        for (const Json& row : rows) bases += row["extended"] == "0" ? 1 : 0;
        RC_ASSERT(bases == 1u);
        RC_ASSERT(rows.size() == held.size() + 1);
        const Json group = held.empty()                          ? Json(nullptr)
                           : group_of(held.begin()->second) == 1 ? Json("1")
                                                                 : Json(std::to_string(shop.group));
        RC_ASSERT(shown["group_id"] == group);
        if (held.empty()) continue;
        const auto number = group == "1" ? std::int64_t{1} : shop.group;
        ++products_of_group[number];
        stocks_of_group[number] += static_cast<int>(held.size());
      }
      for (const auto number : {std::int64_t{1}, shop.group}) {
        RC_ASSERT(shop.total("option-groups", number, "products") ==
                  std::to_string(products_of_group[number]));
        RC_ASSERT(shop.total("option-groups", number, "stocks") ==
                  std::to_string(stocks_of_group[number]));
      }
    }
  }));
}
