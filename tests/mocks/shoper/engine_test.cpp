#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "mocks/kit/dates.hpp"
#include "mocks/kit/decimal.hpp"
#include "mocks/kit/record_text.hpp"
#include "mocks/kit/table.hpp"
#include "mocks/kit/validate.hpp"
#include "shop.hpp"

// The contract engine of the kit by itself: no platform.

using namespace atrapa::mocks::kit;
using atrapa::tests::utc;

namespace {

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

const Contract& contract() {
  static const Contract parsed = Contract::parse(R"json({"marks": {"m": "[inferred]"}, "entries": [
    {"resource": "things", "path": "/things", "id": "id", "mark": "m", "methods": [], "fields": [
      {"name": "id", "type": "id", "is": "readonly"},
      {"name": "code", "type": "string", "is": "required", "longest": 5},
      {"name": "price", "type": "decimal_string"},
      {"name": "level", "type": "int_string", "fraction": true},
      {"name": "rank", "type": "int_string"},
      {"name": "kind", "type": "int_string", "enum": ["1", "5-7"]},
      {"name": "on", "type": "flag"},
      {"name": "live", "type": "bool"},
      {"name": "made", "type": "datetime"},
      {"name": "due", "type": "date|null"},
      {"name": "tags", "type": "array<int>"},
      {"name": "secret", "type": "string", "is": "write-only"},
      {"name": "extra", "type": "string", "is": "optional"},
      {"name": "box", "type": "object"},
      {"name": "box.width", "type": "decimal_string", "scale": 4},
      {"name": "names", "type": "map<locale,object>"},
      {"name": "names.<locale>.name", "type": "string", "is": "required"},
      {"name": "parts", "type": "array<object>"},
      {"name": "parts[].id", "type": "id", "is": "required"}
    ]}]})json");
  return parsed;
}

const Schema& engine_things() { return contract().at("things").schema; }

RecordPtr thing(std::int64_t id, std::string_view code) {
  RecordWriter writer(engine_things());
  writer.set_text("id", std::to_string(id));
  writer.set_text("code", code);
  writer.fill();
  return writer.finish(id);
}

std::vector<std::int64_t> ids(const std::vector<RecordPtr>& rows) {
  std::vector<std::int64_t> all;
  for (const RecordPtr& row : rows) all.push_back(row->id());
  return all;
}

Written check(const Json& object, WriteRules::Mode mode = WriteRules::Mode::Create) {
  return validate(engine_things(), object, {.mode = mode});
}

std::vector<std::string> problems(const Json& object,
                                  WriteRules::Mode mode = WriteRules::Mode::Create) {
  std::vector<std::string> fields;
  for (const Problem& problem : check(object, mode).problems) fields.push_back(problem.field);
  return fields;
}

using Fields = std::vector<std::string>;
using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("A decimal is read exactly or not at all", "[engine][decimal]") {
  CHECK(number("290.00").text() == "290");
  CHECK(number("-0.250").text() == "-0.25");
  CHECK(number("0000").text() == "0");
  CHECK(number("-0").text() == "0");
  CHECK(number("999999999999999999").text() == "999999999999999999");
  for (const char* text : {"", "-", ".", "1.", ".5", "+1", " 1", "1 ", "1,5", "1e3", "0x1", "1.2.3",
                           "--1", "1000000000000000000", "0.0000000000000000001"}) {
    CAPTURE(text);
    CHECK(!Decimal::parse(text));
  }
}

TEST_CASE("Decimals are equal by value, whatever their zeros", "[engine][decimal]") {
  CHECK(number("1.50") == number("1.5"));
  CHECK(number("-0.0") == Decimal(0));
  CHECK(number("0.1") + number("0.2") == number("0.3"));
  CHECK(number("99999999999999999.9") > number("99999999999999999.8"));
  CHECK(number("-1.5") < number("-1.49"));
}

TEST_CASE("A decimal is rounded half away from zero", "[engine][decimal]") {
  CHECK(number("0.005").fixed(2) == "0.01");
  CHECK(number("0.0049999").fixed(2) == "0.00");
  CHECK(number("-0.005").fixed(2) == "-0.01");
  CHECK(number("-0.004").fixed(2) == "0.00");
  CHECK(number("7").fixed(2) == "7.00");
  CHECK(number("1").divided(number("3"), 4).text() == "0.3333");
  CHECK(number("2").divided(number("3"), 4).text() == "0.6667");
  CHECK(number("-1").divided(number("8"), 2).text() == "-0.13");
  CHECK(number("19.99").divided(number("0.01"), 0).text() == "1999");
  CHECK(number("2.000").is_whole());
  CHECK(!number("2.001").is_whole());
}

TEST_CASE("Text is written as PHP writes it and read back byte for byte", "[engine][text]") {
  CHECK(json_string("a/ż\"\n") == R"("a\/\u017c\"\n")");
  CHECK(json_string("😀") == R"("\ud83d\ude00")");
  CHECK(json_string("\x01") == R"("\u0001")");
  CHECK(json_string("\xff\xc3") == R"("\ufffd\ufffd")");
  for (const std::string text : {"", "a\\b", "zażółć gęślą jaźń", "😀", "\t\r\n\b\f", "{[,:]}"}) {
    CAPTURE(text);
    CHECK(unquoted(json_string(text)) == text);
    CHECK(Json::parse(json_string(text)) == text);
  }
}

TEST_CASE("Members and elements are found in text without parsing it", "[engine][text]") {
  const std::string text = json_text(
      Json::parse(R"({"a":{"b":[1,"],}",{"c":null}]},"d":"\"}","e":-1.5,"f":[],"g":true})"));
  CHECK(member(text, "d") == R"("\"}")");
  CHECK(member(text, "e") == "-1.5");
  CHECK(member(text, "f") == "[]");
  CHECK(member(text, "g") == "true");
  CHECK(member(text, "h").empty());
  CHECK(member("[]", "h").empty());
  const auto parts = elements(member(member(text, "a"), "b"));
  REQUIRE(parts.size() == 3);
  CHECK(parts[1] == R"("],}")");
  CHECK(member(parts[2], "c") == "null");
  CHECK(elements("[]").empty());
}

TEST_CASE("A record is its own answer, and a changed copy changes only what was set",
          "[engine][record]") {
  const RecordPtr row = thing(7, "A");
  const Json before = Json::parse(row->wire());
  CHECK(before["id"] == "7");
  CHECK(before["price"] == "0.00");
  CHECK(before["due"].is_null());
  CHECK(before["box"]["width"] == "0.0000");
  CHECK(!before.contains("secret"));
  CHECK(!before.contains("extra"));

  RecordWriter writer(engine_things(), *row);
  writer.set_text("secret", "hidden");
  writer.set_text("code", "B");
  const RecordPtr changed = writer.finish(7);

  CHECK(changed->wire().find("hidden") == std::string_view::npos);
  CHECK(changed->text(engine_things().at("secret")) == "hidden");
  Json after = Json::parse(changed->wire());
  CHECK(after["code"] == "B");
  after["code"] = "A";
  CHECK(after == before);
  CHECK(row->text(engine_things().at("code")) == "A");
}

TEST_CASE("A table keeps rows by id in pages, wherever they are put", "[engine][table]") {
  Table table(engine_things(), {"code"});
  for (std::int64_t id = 1000; id > 0; --id)
    table.put(thing(id * 7 % 1009, fmt::format("{}", id % 3)));
  CHECK(table.size() == 1000);
  Ids seen;
  table.each([&](const RecordPtr& row) {
    seen.push_back(row->id());
    return true;
  });
  CHECK(std::is_sorted(seen.begin(), seen.end()));
  CHECK(ids(table.slice(0, 1000)) == seen);
  CHECK(ids(table.slice(500, 3)) == Ids(seen.begin() + 500, seen.begin() + 503));
  CHECK(table.slice(1000, 5).empty());
  CHECK(table.look_up("code", "1").size() == 334);
  CHECK(table.next_id() == seen.back() + 1);
}

TEST_CASE("An index follows changed and deleted rows", "[engine][table]") {
  Table table(engine_things(), {"code", "level"});
  table.put(thing(1, "A"));
  table.put(thing(2, "A"));
  table.put(thing(1, "B"));
  CHECK(ids(table.look_up("code", "A")) == Ids{2});
  CHECK(ids(table.look_up("code", "B")) == Ids{1});
  CHECK(ids(table.look_up("level", "0")) == Ids{1, 2});
  CHECK(table.erase(2));
  CHECK(!table.erase(2));
  CHECK(table.look_up("code", "A").empty());
  CHECK(table.find(2) == nullptr);
  CHECK(table.next_id() == 3);
  CHECK_THROWS_AS(table.look_up("price", "0"), std::logic_error);
}

TEST_CASE("A copied table shares all rows until one of the two writes", "[engine][table]") {
  Table table(engine_things(), {"code"});
  for (std::int64_t id = 1; id <= 200; ++id) table.put(thing(id, "A"));
  const Table copy = table;
  CHECK(copy.shares_with(table));

  table.put(thing(5, "B"));
  table.erase(6);

  CHECK(!copy.shares_with(table));
  CHECK(copy.find(5)->text(engine_things().at("code")) == "A");
  CHECK(copy.has(6));
  CHECK(copy.look_up("code", "A").size() == 200);
  CHECK(table.look_up("code", "A").size() == 198);
  CHECK(copy.find(7) == table.find(7));
}

TEST_CASE("All that is wrong with a sent object is found at once", "[engine][validate]") {
  CHECK(problems({{"code", "toolong"},
                  {"price", "x"},
                  {"rank", 1.5},
                  {"kind", 8},
                  {"on", "yes"},
                  {"made", "2026-02-30 00:00:00"},
                  {"due", "tomorrow"},
                  {"tags", {1, "x"}},
                  {"box", {{"width", "x"}}},
                  {"names", {{"pl_PL", Json::object()}, {"en_US", 5}}},
                  {"parts", {{{"id", 1}}, Json::object(), 5}}}) ==
        Fields{"code", "price", "rank", "kind", "on", "made", "due", "tags", "box.width",
               "names.pl_PL.name", "names.en_US", "parts[1].id", "parts[2]"});
  CHECK(problems(Json::object()) == Fields{"code"});
  CHECK(problems(Json::object(), WriteRules::Mode::Update).empty());
}

TEST_CASE("Values are spelled as the platform would", "[engine][validate]") {
  const Written written = check({{"code", 5},
                                 {"price", 2},
                                 {"level", "1.500"},
                                 {"rank", "3.0"},
                                 {"kind", "6"},
                                 {"on", true},
                                 {"live", "1"},
                                 {"due", nullptr},
                                 {"tags", {"1", 2}},
                                 {"box", Json::array()}});
  const auto raw = [&](const char* field) {
    return std::string(written.raw(engine_things(), field));
  };
  CHECK(written.problems.empty());
  CHECK(raw("code") == "\"5\"");
  CHECK(raw("price") == "\"2.00\"");
  CHECK(raw("level") == "\"1.5\"");
  CHECK(raw("rank") == "\"3\"");
  CHECK(raw("kind") == "\"6\"");
  CHECK(raw("on") == "\"1\"");
  CHECK(raw("live") == "true");
  CHECK(raw("due") == "null");
  CHECK(raw("tags") == "[1,2]");
}

TEST_CASE("Numbers beyond what sums can hold are refused", "[engine][validate]") {
  for (const Json& price :
       std::vector<Json>{"10000000000", 1e10, "0.0000001", 1e300, "9999999999999999999999"}) {
    CAPTURE(price.dump());
    CHECK(problems({{"code", "A"}, {"price", price}}) == Fields{"price"});
  }
  CHECK(problems({{"code", "A"}, {"price", "9999999999.999999"}}).empty());
}

TEST_CASE("A partial write merges objects and maps, and replaces lists", "[engine][validate]") {
  RecordWriter writer(engine_things());
  write_values(check({{"code", "A"},
                      {"names", {{"pl_PL", {{"name", "a"}}}}},
                      {"parts", {{{"id", 1}}, {{"id", 2}}}}})
                   .values,
               writer);
  write_values(check({{"names", {{"en_US", {{"name", "b"}}}}}, {"parts", {{{"id", 3}}}}},
                     WriteRules::Mode::Update)
                   .values,
               writer);
  CHECK(Json::parse(writer.raw("names")) ==
        Json::parse(R"({"pl_PL":{"name":"a"},"en_US":{"name":"b"}})"));
  CHECK(writer.raw("parts") == R"([{"id":"3"}])");
  CHECK(writer.text("code") == "A");
}

TEST_CASE("A world may plant what a client may not send", "[engine][validate]") {
  const Json row = {{"id", 5}, {"kind", 99}, {"code", "longer than five"}};
  CHECK(problems(row, WriteRules::Mode::Plant).empty());
  CHECK(problems({{"nothing", 1}}, WriteRules::Mode::Plant) == Fields{"nothing"});
  CHECK(check(row, WriteRules::Mode::Update).ignored == Fields{"id"});
}

TEST_CASE("Dates are those of the zone, and real ones", "[engine][dates]") {
  const TimeZone warsaw = TimeZone::find("Europe/Warsaw").value();
  CHECK(warsaw.local(utc("2026-01-01T00:00:00")) == "2026-01-01 01:00:00");
  CHECK(warsaw.local(utc("2026-03-29T00:59:59")) == "2026-03-29 01:59:59");
  CHECK(warsaw.local(utc("2026-03-29T01:00:00")) == "2026-03-29 03:00:00");
  CHECK(TimeZone{}.local(utc("2026-03-29T01:00:00")) == "2026-03-29 01:00:00");
  CHECK(!TimeZone::find("Europe/Atlantis"));
  CHECK(is_datetime("2024-02-29 23:59:59"));
  CHECK(is_datetime("0000-00-00 00:00:00"));
  for (const char* text :
       {"2026-02-29 00:00:00", "2026-01-01 24:00:00", "2026-01-01T00:00:00", "2026-01-01",
        "0000-00-00 00:00:01", "2026-13-01 00:00:00", "2026-1-01 00:00:000"}) {
    CAPTURE(text);
    CHECK(!is_datetime(text));
  }
  CHECK(is_date("2026-12-31"));
  CHECK(!is_date("2026-12-32"));
}
