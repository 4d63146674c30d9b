#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "mocks/base/methods.hpp"
#include "tests/mocks/base/account.hpp"

using namespace atrapa::tests::base;
using atrapa::mocks::base::contract;
using atrapa::mocks::base::Method;

namespace {

std::vector<const Method*> catalogue_methods() {
  std::vector<const Method*> methods;
  for (const Method& one : contract().methods()) {
    if (one.group.starts_with("Product catalog") || one.group == "External storages") {
      methods.push_back(&one);
    }
  }
  return methods;
}

/// An account in which most ids of the pool below name something.
Account stocked_account() {
  Account account;
  account.door.plant("external_storages", {{"id", 2445}, {"name", "Sklep internetowy"}});
  account.door.plant("external_products", {{"storage_id", "shop_2445"}, {"product_id", "1"}});
  account.door.plant("products", {{"product_id", 1}, {"inventory_id", 307}, {"category_id", 11}});
  account.door.plant("products", {{"product_id", 2}, {"inventory_id", 307}, {"parent_id", 1}});
  account.door.plant("products", {{"product_id", 3},
                                  {"inventory_id", 307},
                                  {"is_bundle", true},
                                  {"bundle_products", {{"1", 2}, {"3", 1}}}});
  for (const char* table : {"zones", "racks", "location_types", "maps", "product_tags"}) {
    account.door.plant(table, {{"name", "Pierwszy"}});
  }
  account.door.plant("locations", {{"name", "A"}, {"warehouse_id", 206}});
  return account;
}

const std::vector<Json>& junk_pool() {
  static const std::vector<Json> kPool = [] {
    std::vector<Json> pool{nullptr,
                           true,
                           -1,
                           0,
                           1,
                           2,
                           3,
                           206,
                           105,
                           1e300,
                           0.005,
                           "",
                           "x",
                           "1",
                           "-7",
                           "bl_206",
                           "shop_2445",
                           "pl",
                           "bl",
                           "99999999999999999999",
                           "\xC5\xBC\xC3\xB3\xC5\x82w",
                           std::string(300, 'y'),
                           "data:AAAA",
                           "id DESC"};
    for (const char* text :
         {R"([])", R"({})", R"([1, 2, "x", null])", R"(["pl", "en"])", R"([105])", R"(["bl_206"])",
          R"([["1", "0", 4], ["1"], 7, {"0": "1", "1": 0, "2": 3}])",
          R"({"1": {"bl_206": 5, "105": 2.5}, "2": [], "3": 4, "x": {"bl_206": "a"}})",
          R"({"105": "1e400", "106": -1, "bl_206": 3, "shop_2445": {"product_id": "1"}})",
          R"({"bl_206": 999999999999999999, "0": "url:http://a.test", "name|en": ["x"]})",
          R"({"features": {"a": "b"}, "features|en": [], "name": {"a": 1}, "description": 7})",
          R"([{"ean": "1", "quantity": 0}, {"id": 1, "cost": "x"}])"}) {
      pool.push_back(Json::parse(text));
    }
    return pool;
  }();
  return kPool;
}

/// What a parameter is likely to be for the call to get far; nothing where anything goes.
Json likely_value(const std::string& name) {
  if (name == "inventory_id") return 307;
  if (name == "storage_id") return "shop_2445";
  if (name == "warehouse_id") return 206;
  if (name == "warehouse_type") return "bl";
  if (name.ends_with("name")) return "Nazwa";
  if (name.ends_with("_id")) return 1;
  return nullptr;
}

Json any_parameters(const Method& method) {
  Json parameters = Json::object();
  for (const auto& node : method.parameters.children) {
    const int choice = *rc::gen::inRange(0, 4);
    if (choice == 0 && !node.required) continue;
    const Json likely = likely_value(node.name);
    parameters[node.name] =
        choice == 1 && !likely.is_null() ? likely : *rc::gen::elementOf(junk_pool());
  }
  return parameters;
}

}  // namespace

TEST_CASE("Every method of the catalogue and of connected shops has a behaviour",
          "[base][catalogue]") {
  Account account = stocked_account();
  REQUIRE(catalogue_methods().size() == 53);
  for (const Method* method : catalogue_methods()) {
    INFO(method->name);
    CHECK(account.send(post(method->name, "{}")).status == 200);
  }
}

TEST_CASE("Whatever a catalogue method is sent, it answers or refuses by its contract",
          "[base][catalogue]") {
  for (const char* shape : {"sample", "table"}) {
    CHECK(rc::check(fmt::format("random parameters, as the {} has it", shape), [&] {
      Account account = stocked_account();
      account.door.set({{"shape", shape}, {"php_arrays", *rc::gen::arbitrary<bool>()}});
      const auto methods = catalogue_methods();
      const int calls = *rc::gen::inRange(1, 30);
      for (int call = 0; call < calls; ++call) {
        const Method& method = **rc::gen::elementOf(methods);
        const Json parameters = any_parameters(method);
        RC_LOG() << method.name << ' ' << parameters.dump() << '\n';
        const Json before = account.platform->snapshot();
        const Json answer = account.call(method.name, parameters);  // Throws on a misfit.
        const bool may_write = method.writes && answer["status"] == "SUCCESS";
        if (!may_write) RC_ASSERT(account.platform->snapshot() == before);
      }
      auto again = atrapa::mocks::base::make_base();
      again->restore(account.platform->snapshot());
      RC_ASSERT(again->snapshot().dump() == account.platform->snapshot().dump());
    }));
  }
}
