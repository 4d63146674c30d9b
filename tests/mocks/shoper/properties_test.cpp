#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

#include "mocks/kit/decimal.hpp"
#include "mocks/kit/filter.hpp"
#include "mocks/kit/record_text.hpp"
#include "mocks/kit/table.hpp"
#include "shop.hpp"

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;

namespace {

/// Runs a property and hands a failure on to Catch.
template <typename Property>
void prop(const std::string& says, Property&& property) {
  CHECK(rc::check(says, std::forward<Property>(property)));
}

/// Hundredths as "-12.34".
std::string hundredths(std::int64_t value) {
  return fmt::format("{}{}.{:02}", value < 0 ? "-" : "", std::abs(value) / 100,
                     std::abs(value) % 100);
}

const kit::Contract& small_contract() {
  static const kit::Contract parsed = kit::Contract::parse(R"json({"entries": [
    {"resource": "things", "path": "/things", "id": "id", "fields": [
      {"name": "id", "type": "id"}, {"name": "text", "type": "string|null"},
      {"name": "price", "type": "decimal_string"}]}]})json");
  return parsed;
}
const kit::Schema& things() { return small_contract().at("things").schema; }

kit::RecordPtr thing(std::int64_t id, const std::string& text, const std::string& price) {
  kit::RecordWriter writer(things());
  writer.set_text("id", std::to_string(id));
  writer.set_text("text", text);
  writer.set_text("price", price);
  return writer.finish(id);
}

bool holds(const kit::RecordPtr& row, const char* field, const char* word, const Json& operand) {
  const Json filters = {{field, {{word, operand}}}};
  const auto conditions = kit::read_filters({{"filters", filters.dump()}}, {});
  const auto test =
      kit::record_test(things(), std::get<std::vector<kit::Condition>>(conditions).front());
  return std::get<kit::RecordTest>(test)(*row);
}

/// LIKE by trying everything, as its definition says.
bool naive_like(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '%') {
    for (std::size_t skip = 0; skip <= text.size(); ++skip) {
      if (naive_like(text.substr(skip), pattern.substr(1))) return true;
    }
    return false;
  }
  if (text.empty()) return false;
  return (pattern.front() == '_' || pattern.front() == text.front()) &&
         naive_like(text.substr(1), pattern.substr(1));
}

/// Few letters, so that equal and similar texts are common.
rc::Gen<std::string> short_text(const char* letters) {
  return rc::gen::container<std::string>(rc::gen::elementOf(std::string(letters)));
}

template <typename T>
std::map<std::string, bool> comparisons(const T& left, const T& right) {
  return {{"=", left == right},  {"!=", left != right}, {">", left > right},
          {">=", left >= right}, {"<", left < right},   {"<=", left <= right}};
}

}  // namespace

TEST_CASE("Decimals calculate as integers of hundredths do", "[engine][property]") {
  prop("sum, difference, product, order", [] {
    const auto range = rc::gen::inRange<std::int64_t>(-1000000, 1000000);
    const std::int64_t a = *range;
    const std::int64_t b = *range;
    const auto x = kit::Decimal::parse(hundredths(a)).value();
    const auto y = kit::Decimal::parse(hundredths(b)).value();
    RC_ASSERT((x + y).fixed(2) == hundredths(a + b));
    RC_ASSERT((x - y).fixed(2) == hundredths(a - b));
    RC_ASSERT((x * y * kit::Decimal(100)).fixed(2) == hundredths(a * b));
    RC_ASSERT((x < y) == (a < b));
    RC_ASSERT((x == y) == (a == b));
  });
}

TEST_CASE("Any text survives its spelling", "[engine][property]") {
  prop("written and read back, by us and by a parser", [](const std::vector<std::uint32_t>& raw) {
    std::string bytes;
    for (const std::uint32_t one : raw) {
      const std::uint32_t point = one % 0x110000;
      if (point >= 0xD800 && point < 0xE000) continue;
      // A parser turns the escapes into UTF-8, which is then the reference.
      std::string escaped = point < 0x10000 ? fmt::format("\"\\u{:04x}\"", point)
                                            : fmt::format("\"\\u{:04x}\\u{:04x}\"",
                                                          0xD800 + ((point - 0x10000) >> 10),
                                                          0xDC00 + ((point - 0x10000) & 0x3FF));
      bytes += Json::parse(escaped).get<std::string>();
    }
    RC_ASSERT(kit::unquoted(kit::json_string(bytes)) == bytes);
    RC_ASSERT(Json::parse(kit::json_string(bytes)) == bytes);
  });
}

TEST_CASE("Each operator on numbers agrees with plain comparison", "[engine][property][filters]") {
  prop("exact decimals", [] {
    const auto few = rc::gen::inRange<std::int64_t>(-300, 300);
    const std::int64_t value = *few;
    const std::int64_t operand = *few;
    const auto row = thing(1, "x", hundredths(value));
    for (const auto& [word, expected] : comparisons(value, operand)) {
      RC_ASSERT(holds(row, "price", word.c_str(), hundredths(operand)) == expected);
    }
    const Json list = {hundredths(operand), hundredths(operand + 1)};
    const bool in = value == operand || value == operand + 1;
    RC_ASSERT(holds(row, "price", "IN", list) == in);
    RC_ASSERT(holds(row, "price", "not in", list) != in);
  });
}

TEST_CASE("Each operator on texts agrees with comparison byte for byte",
          "[engine][property][filters]") {
  prop("texts", [] {
    const std::string value = *short_text("abA ");
    const std::string operand = *short_text("abA ");
    const auto row = thing(1, value, "0.00");
    for (const auto& [word, expected] : comparisons(value, operand)) {
      RC_ASSERT(holds(row, "text", word.c_str(), operand) == expected);
    }
    RC_ASSERT(holds(row, "text", "IN", {"", operand}) == (value.empty() || value == operand));
  });
}

TEST_CASE("LIKE agrees with its definition", "[engine][property][filters]") {
  prop("patterns of few letters", [] {
    // The naive reference takes exponential time.
    const std::string value = (*short_text("ab%_")).substr(0, 10);
    const std::string pattern = (*short_text("ab%_")).substr(0, 8);
    const auto row = thing(1, value, "0.00");
    RC_ASSERT(holds(row, "text", "~", pattern) == naive_like(value, pattern));
    RC_ASSERT(holds(row, "text", "!~", pattern) != naive_like(value, pattern));
  });
}

TEST_CASE("A table is a map, and its copies are maps of their own", "[engine][property]") {
  prop("puts, erasures and copies",
       [](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& steps) {
         kit::Table table(things(), {"text"});
         std::map<std::int64_t, std::string> model;
         kit::Table kept = table;
         std::map<std::int64_t, std::string> kept_model;
         const auto agrees = [](const kit::Table& real,
                                const std::map<std::int64_t, std::string>& expected) {
           std::map<std::int64_t, std::string> held;
           std::map<std::string, std::size_t> by_text;
           real.each([&](const kit::RecordPtr& row) {
             held[row->id()] = row->text(things().at("text"));
             return true;
           });
           for (const auto& [id, text] : held) ++by_text[text];
           bool fits = held == expected && real.size() == expected.size();
           for (const auto& [text, count] : by_text) {
             fits = fits && real.look_up("text", text).size() == count;
           }
           return fits;
         };
         for (const auto& [id, action] : steps) {
           if (action % 8 == 0) {
             kept = table;
             kept_model = model;
           } else if (action % 8 < 3) {
             RC_ASSERT(table.erase(id) == (model.erase(id) == 1));
           } else {
             model[id] = std::string(1, static_cast<char>('a' + action % 5));
             table.put(thing(id, model[id], "0.00"));
           }
         }
         RC_ASSERT(agrees(table, model));
         RC_ASSERT(agrees(kept, kept_model));
       });
}

TEST_CASE("Shoper: paging through a list yields each row once", "[shoper][property]") {
  Shop shop;
  for (int i = 0; i < 23; ++i) shop.plant_product(fmt::format("P{}", i % 4), std::to_string(i % 3));
  prop("any limit, filter and order", [&] {
    const int limit = *rc::gen::inRange(1, 51);
    const int floor = *rc::gen::inRange(0, 3);
    const auto order = *rc::gen::element<std::string>(
        "", "&order=code%20desc", "&order=stock.stock", "&order[]=code&order[]=product_id%20desc");
    const std::string list = filtered("products", {{"stock.stock", {{">=", floor}}}}) +
                             fmt::format("&limit={}{}", limit, order);
    std::map<std::string, int> seen;
    int pages = 1;
    for (int page = 1; page <= pages; ++page) {
      const Json answer = shop.read(fmt::format("{}&page={}", list, page));
      pages = answer["pages"];
      RC_ASSERT(answer["page"] == page);
      RC_ASSERT(answer["list"].size() <= static_cast<std::size_t>(limit));
      for (const Json& row : answer["list"]) ++seen[row["product_id"]];
    }
    int expected = 0;
    for (int i = 0; i < 23; ++i) expected += i % 3 >= floor ? 1 : 0;
    RC_ASSERT(seen.size() == static_cast<std::size_t>(expected));
    for (const auto& [id, times] : seen) RC_ASSERT(times == 1);
  });
}

TEST_CASE("Shoper: pieces are only ever moved between stock and lines, and sums follow the lines",
          "[shoper][property]") {
  prop("random sales", [] {
    struct Line {
      std::int64_t id;
      std::size_t product;
      std::int64_t quantity;  // Thousandths.
      std::int64_t price;     // Grosze.
      std::int64_t percent;
    };
    Shop shop;
    const std::vector<std::int64_t> products{shop.plant_product("A", "5", "19.99"),
                                             shop.plant_product("KG", "2.5", "7.35", 2)};
    const std::vector<std::int64_t> start{5000, 2500};
    const auto order = shop.create("orders", least_order());
    std::vector<Line> lines;
    const auto thousandths = [](std::int64_t value) {
      return fmt::format("{}.{:03}", value / 1000, value % 1000);
    };
    const auto any_quantity = [&](std::size_t product) -> std::int64_t {
      return product == 0 ? *rc::gen::inRange(1, 4) * 1000 : *rc::gen::inRange(1, 1500);
    };
    const int steps = *rc::gen::inRange(1, 15);
    for (int step = 0; step < steps; ++step) {
      const int action = lines.empty() ? 0 : *rc::gen::inRange(0, 3);
      if (action == 0) {
        const std::size_t product = *rc::gen::inRange<std::size_t>(0, 2);
        Line line{0, product, any_quantity(product), *rc::gen::inRange(0, 5000),
                  *rc::gen::inRange(0, 101)};
        const Response response =
            shop.post("/webapi/rest/order-products", {{"order_id", order},
                                                      {"product_id", products[product]},
                                                      {"quantity", thousandths(line.quantity)},
                                                      {"price", hundredths(line.price)},
                                                      {"discount_perc", line.percent}});
        if (response.status != 200) continue;
        line.id = body_of(response);
        lines.push_back(line);
      } else {
        const std::size_t chosen = *rc::gen::inRange<std::size_t>(0, lines.size());
        const std::string path = fmt::format("/webapi/rest/order-products/{}", lines[chosen].id);
        if (action == 1) {
          const std::int64_t quantity = any_quantity(lines[chosen].product);
          if (shop.put(path, {{"quantity", thousandths(quantity)}}).status == 200) {
            lines[chosen].quantity = quantity;
          }
        } else {
          RC_ASSERT(shop.remove(path).status == 200);
          lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(chosen));
        }
      }
      std::vector<std::int64_t> sold(2, 0);
      std::int64_t sum = 0;
      for (const Line& line : lines) {
        sold[line.product] += line.quantity;
        // price x quantity x (100 - percent) in 1/10,000,000 PLN; half a grosz rounds up.
        sum += (line.price * line.quantity * (100 - line.percent) + 50000) / 100000;
      }
      for (std::size_t i = 0; i < 2; ++i) {
        const auto level = kit::Decimal::parse(shop.level(shop.stock_of(products[i]))).value();
        RC_ASSERT(level >= kit::Decimal(0));
        RC_ASSERT((level * kit::Decimal(1000)).text() == std::to_string(start[i] - sold[i]));
      }
      RC_ASSERT(shop.door.text("orders", order, "sum") == hundredths(sum));
      RC_ASSERT(shop.door.text("orders", order, "total_products") == std::to_string(lines.size()));
    }
  });
}

TEST_CASE("Shoper: any text in a code is found by equality with itself only",
          "[shoper][property]") {
  Shop shop;
  prop("codes of awkward letters", [&] {
    const std::string code = *rc::gen::nonEmpty(short_text("aA %_\\/\"'+&=[]"));
    const auto id = shop.plant_product(code, "1");
    for (const Json& row : shop.rows("product-stocks", {{"code", code}}))
      RC_ASSERT(row["code"] == code);
    RC_ASSERT(!shop.rows("product-stocks", {{"code", code}, {"product_id", id}}).empty());
    shop.door.remove("products", id);
  });
}
