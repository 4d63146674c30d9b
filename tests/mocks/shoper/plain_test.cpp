#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "contract_check.hpp"
#include "mocks/kit/contract.hpp"
#include "shop.hpp"

// Resources that are their contract and no more. The bodies are made from the contract, so each
// resource that joins it is tested without a line here.

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;

namespace {

const kit::Contract& plain_contract() {
  static const kit::Contract parsed = kit::Contract::parse(atrapa::mocks::shoper::contract_json());
  return parsed;
}

bool does(const kit::Entry& entry, std::string_view verb) {
  return std::any_of(entry.methods.begin(), entry.methods.end(), [&](const kit::Method& method) {
    return method.verb == verb && method.emulation == kit::Emulation::Contract;
  });
}

/// Entries with a list of their own that can be written by the contract alone.
std::vector<const kit::Entry*> writable() {
  std::vector<const kit::Entry*> found;
  for (const kit::Entry& entry : plain_contract().entries()) {
    const bool nested = entry.path.find('{') != std::string::npos;
    if (!nested && entry.id_field && does(entry, "POST") && does(entry, "GET")) {
      found.push_back(&entry);
    }
  }
  return found;
}

Json object_for(Shop& shop, const kit::Schema& schema, bool all);

/// A value that the contract allows for the field.
Json value_for(Shop& shop, const kit::Field& field);

/// A row of that resource to be named by another.
std::int64_t row_of(Shop& shop, const std::string& resource) {
  const auto known = shop.door.ids(resource);
  if (!known.empty()) return known.front();
  return shop.plant(resource, object_for(shop, plain_contract().at(resource).schema, false));
}

Json value_for(Shop& shop, const kit::Field& field) {
  if (field.nesting == kit::Nesting::ByKey) {
    return {{"pl_PL", object_for(shop, *field.children, true)}};
  }
  if (field.nesting == kit::Nesting::Object) return object_for(shop, *field.children, true);
  if (field.nesting == kit::Nesting::Items) {
    return Json::array({object_for(shop, *field.children, true)});
  }
  const bool list = field.types.front().kind == kit::TypeKind::Array;
  if (!field.refers_to.empty()) {
    const auto id = row_of(shop, field.refers_to);
    return list ? Json::array({id}) : Json(id);
  }
  if (!field.values.empty()) {
    const Json first = field.values.front();
    return list ? Json::array({first}) : first;
  }
  switch (field.types.front().kind) {
    case kit::TypeKind::Array: return Json::array();
    case kit::TypeKind::Object: return Json::object();
    case kit::TypeKind::Bool: return true;
    case kit::TypeKind::Flag: return 1;
    case kit::TypeKind::Datetime: return "2026-03-01 10:00:00";
    case kit::TypeKind::Date: return "2026-03-01";
    case kit::TypeKind::String: return "Zażółć";
    default: return 7;
  }
}

Json object_for(Shop& shop, const kit::Schema& schema, bool all) {
  Json object = Json::object();
  for (const kit::Field& field : schema.fields()) {
    const bool wanted = all || field.required;
    if (!wanted || field.is_virtual || (field.readonly && !field.create_only)) continue;
    object[field.name] = value_for(shop, field);
  }
  return object;
}

}  // namespace

TEST_CASE("Shoper: a plain resource is made, read, listed, changed and removed by its contract",
          "[shoper][plain]") {
  REQUIRE(writable().size() >= 20);
  for (const kit::Entry* entry : writable()) {
    Shop shop;
    const Json body = object_for(shop, entry->schema, true);
    CAPTURE(entry->resource, body.dump());
    const Response made = shop.post(entry->path, body);
    CAPTURE(made.body);
    REQUIRE(made.status == 200);
    const std::string one = fmt::format("{}/{}", entry->path, made.body);

    const Request get{"GET", one, {}, ""};
    const Response read = shop.get(one);
    REQUIRE(read.status == 200);
    CHECK(misfits(plain_contract(), get, read) == std::vector<std::string>{});
    const Json row = body_of(read);
    const Json listed = body_of(shop.get(entry->path + "?limit=50"))["list"];
    CHECK(std::find(listed.begin(), listed.end(), row) != listed.end());

    if (does(*entry, "PUT")) {
      CHECK(shop.put(one, Json::object()).body == "1");
      CHECK(shop.read(one) == row);
      if (entry->id_field) {
        CHECK(shop.put(one, {{*entry->id_field, 999'999}}).status == 200);
        CHECK(shop.read(one)[*entry->id_field] == row[*entry->id_field]);
      }
    }
    if (does(*entry, "DELETE")) {
      CHECK(shop.remove(one).body == "1");
      CHECK(shop.remove(one).status == 404);
      CHECK(shop.get(one).status == 404);
    }
  }
}

TEST_CASE("Shoper: a plain resource names every required field that is missing",
          "[shoper][plain]") {
  for (const kit::Entry* entry : writable()) {
    std::vector<std::string> required;
    for (const kit::Field& field : entry->schema.fields()) {
      if (field.required && !field.readonly) required.push_back(field.name);
    }
    if (required.empty()) continue;
    std::sort(required.begin(), required.end());
    Shop shop;
    CAPTURE(entry->resource);
    const auto before = shop.door.ids(entry->resource);
    const Response refused = shop.post(entry->path, Json::object());
    CHECK(refused.status == 400);
    CHECK(bad_fields(refused) == required);
    CHECK(shop.door.ids(entry->resource) == before);
  }
}

TEST_CASE("Shoper: a plain row names only rows that there are", "[shoper][plain]") {
  int references = 0;
  for (const kit::Entry* entry : writable()) {
    for (const kit::Field& field : entry->schema.fields()) {
      if (field.refers_to.empty() || field.readonly) continue;
      Shop shop;
      Json body = object_for(shop, entry->schema, true);
      const bool list = field.types.front().kind == kit::TypeKind::Array;
      body[field.name] = list ? Json::array({987654}) : Json(987654);
      CAPTURE(entry->resource, field.name);
      const Response refused = shop.post(entry->path, body);
      CHECK(refused.status == 400);
      CHECK(bad_fields(refused) == std::vector<std::string>{field.name});
      ++references;
    }
  }
  CHECK(references >= 15);
}

TEST_CASE("Shoper: a plain row is stamped with the shop's time", "[shoper][plain]") {
  Shop shop;
  const auto id = shop.create("subscribers", {{"email", "a@example.com"}});
  CHECK(shop.door.text("subscribers", id, "dateadd") == "2026-03-02 09:00:00");
  const auto news = shop.create(
      "news", {{"name", "n"}, {"content", "c"}, {"date", "2026-01-01 00:00:00"}, {"lang_id", 1}});
  const Json said = {{"news_id", news}, {"user_name", "A"}, {"content", "c"}, {"lang_id", 1}};
  const auto comment = shop.create("news-comments", said);
  CHECK(shop.door.text("news-comments", comment, "date") == "2026-03-02 09:00:00");
}

TEST_CASE("Shoper: rows of every plain resource survive a snapshot", "[shoper][plain]") {
  Shop shop;
  for (const kit::Entry* entry : writable()) {
    shop.create(entry->resource, object_for(shop, entry->schema, true));
  }
  const Json before = shop.platform->snapshot();
  shop.platform->restore(before);
  CHECK(shop.platform->snapshot().dump() == before.dump());
}
