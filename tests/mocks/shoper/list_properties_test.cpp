#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "shop.hpp"

// Lists over the API against a reference that looks at every row: filters of all operators, orders,
// pages.

using namespace atrapa::tests;

namespace {

constexpr int kShelfRows = 17;

/// Texts that differ by case, blanks and what LIKE makes of them.
const std::vector<std::string>& shelf_codes() {
  static const std::vector<std::string> all{"A",  "a",   "A ", "A-1", "A-10", "A_1",
                                            "10", "100", "9",  "ą",   "A%",   "B-1"};
  return all;
}

/// A shop of stocks with few codes, levels and prices, so that rows share them.
struct ShelfShop : Shop {
  ShelfShop() {
    for (int i = 0; i < kShelfRows; ++i) {
      const std::size_t count = shelf_codes().size();
      plant_product(shelf_codes()[static_cast<std::size_t>(i * 5) % count],
                    std::vector<std::string>{"0", "1", "2.5", "10", "9"}[i * 3 % 5],
                    std::vector<std::string>{"9.00", "10.00", "10.50", "0.99"}[i * 7 % 4], 2);
    }
    all = read("/webapi/rest/product-stocks?limit=50")["list"];
  }
  Json all;
};

/// "-12.5" as thousandths.
std::int64_t thousandths_of(const std::string& text) {
  const std::size_t point = text.find('.');
  std::string digits = text.substr(0, point);
  std::string rest = point == std::string::npos ? "" : text.substr(point + 1);
  rest.resize(3, '0');
  return std::stoll(digits + rest);
}

/// LIKE by trying everything; the texts here are bytes but for one letter, which no pattern has.
bool like_by_trying(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '%') {
    return like_by_trying(text, pattern.substr(1)) ||
           (!text.empty() && like_by_trying(text.substr(1), pattern));
  }
  if (text.empty()) return false;
  const std::size_t letter = text.starts_with("ą") ? 2 : 1;
  return (pattern.front() == '_' || pattern.front() == text.front()) &&
         like_by_trying(text.substr(pattern.front() == '_' ? letter : 1), pattern.substr(1));
}

/// A condition as it is sent, and as somebody reads it who looks at each row.
struct AskedFilter {
  std::string field;
  std::string word;
  Json operand;
  std::function<bool(const Json& row)> holds;
};

template <typename T>
bool compared(const std::string& word, const T& left, const T& right) {
  if (word == "=") return left == right;
  if (word == "!=") return left != right;
  if (word == ">") return left > right;
  if (word == ">=") return left >= right;
  return word == "<" ? left < right : left <= right;
}

AskedFilter any_comparison() {
  const std::string word = *rc::gen::element<std::string>("=", "!=", ">", ">=", "<", "<=");
  if (*rc::gen::arbitrary<bool>()) {
    const std::string code = *rc::gen::elementOf(shelf_codes());
    return {"code", word, code, [word, code](const Json& row) {
              return compared(word, row["code"].get<std::string>(), code);
            }};
  }
  const std::string field = *rc::gen::element<std::string>("stock", "price");
  const std::string number =
      *rc::gen::element<std::string>("0", "1", "1.0", "2.5", "2.500", "9", "10", "10.5", "100");
  return {field, word, number, [field, word, number](const Json& row) {
            return compared(word, thousandths_of(row[field].get<std::string>()),
                            thousandths_of(number));
          }};
}

AskedFilter any_list_condition() {
  const bool in = *rc::gen::arbitrary<bool>();
  const std::string word =
      in ? *rc::gen::element<std::string>("IN", "in") : *rc::gen::element<std::string>("NOT IN");
  if (*rc::gen::arbitrary<bool>()) {
    const auto codes = *rc::gen::nonEmpty(
        rc::gen::container<std::set<std::string>>(rc::gen::elementOf(shelf_codes())));
    return {"code", word, codes,
            [in, codes](const Json& row) { return codes.contains(row["code"]) == in; }};
  }
  const auto levels =
      *rc::gen::nonEmpty(rc::gen::container<std::set<int>>(rc::gen::inRange(0, 12)));
  return {"stock", word, levels, [in, levels](const Json& row) {
            const bool listed = std::any_of(levels.begin(), levels.end(), [&](int level) {
              return thousandths_of(row["stock"]) == level * 1000;
            });
            return listed == in;
          }};
}

AskedFilter any_pattern() {
  const bool like = *rc::gen::arbitrary<bool>();
  const std::string pattern =
      *rc::gen::container<std::string>(rc::gen::element('A', 'a', '-', '1', '0', '%', '_', ' '));
  const std::string cut = pattern.substr(0, 6);
  return {"code", like ? "~" : "!~", cut, [like, cut](const Json& row) {
            return like_by_trying(row["code"].get<std::string>(), cut) == like;
          }};
}

AskedFilter any_condition() {
  switch (*rc::gen::inRange(0, 3)) {
    case 0: return any_comparison();
    case 1: return any_list_condition();
    default: return any_pattern();
  }
}

/// The conditions as one JSON object; of two that ask the same of a field the last one is sent, so
/// only that one is kept.
Json sent_filters(std::vector<AskedFilter>& asked) {
  Json filters = Json::object();
  std::vector<AskedFilter> kept;
  for (auto one = asked.rbegin(); one != asked.rend(); ++one) {
    Json& field = filters[one->field];
    if (!field.is_null() && field.contains(one->word)) continue;
    field[one->word] = one->operand;
    kept.push_back(*one);
  }
  asked = std::move(kept);
  return filters;
}

Json rows_by_hand(const Json& all, const std::vector<AskedFilter>& asked) {
  Json rows = Json::array();
  for (const Json& row : all) {
    if (std::all_of(asked.begin(), asked.end(),
                    [&](const AskedFilter& one) { return one.holds(row); })) {
      rows.push_back(row);
    }
  }
  return rows;
}

/// A key of an order: field, and whether it goes down.
using SortBy = std::pair<std::string, bool>;

void sort_by_hand(Json& rows, const std::vector<SortBy>& keys) {
  std::stable_sort(rows.begin(), rows.end(), [&](const Json& left, const Json& right) {
    for (const auto& [field, down] : keys) {
      const auto less = [&, name = field](const Json& a, const Json& b) {
        if (name == "code") return a[name].get<std::string>() < b[name].get<std::string>();
        return thousandths_of(a[name]) < thousandths_of(b[name]);
      };
      if (less(left, right)) return !down;
      if (less(right, left)) return down;
    }
    return false;
  });
}

std::vector<std::string> ids_of(const Json& rows) {
  std::vector<std::string> ids;
  for (const Json& row : rows) ids.push_back(row["stock_id"]);
  return ids;
}

}  // namespace

TEST_CASE("Shoper: every filter finds the rows that looking at each one finds",
          "[shoper][lists][filters][property]") {
  ShelfShop shop;
  REQUIRE(shop.all.size() == kShelfRows);
  CHECK(rc::check("one to three conditions of any operators", [&] {
    std::vector<AskedFilter> asked;
    for (int count = *rc::gen::inRange(1, 4); count > 0; --count) asked.push_back(any_condition());
    const Json filters = sent_filters(asked);
    RC_LOG() << filters.dump() << "\n";
    const Json answer = shop.read(filtered("product-stocks", filters) + "&limit=50");
    const Json expected = rows_by_hand(shop.all, asked);
    RC_TAG(expected.empty() ? "no rows" : "some rows");
    RC_ASSERT(answer["list"] == expected);
    RC_ASSERT(answer["count"] == std::to_string(expected.size()));
  }));
}

TEST_CASE("Shoper: pages in a row are the whole list in its order, each row once",
          "[shoper][lists][order][property]") {
  ShelfShop shop;
  CHECK(rc::check("any limit, filter and order; equal rows by their ids", [&] {
    std::vector<AskedFilter> asked{any_comparison()};
    const Json filters = sent_filters(asked);
    std::vector<SortBy> keys;
    for (int count = *rc::gen::inRange(0, 3); count > 0; --count) {
      keys.emplace_back(*rc::gen::element<std::string>("code", "stock", "price"),
                        *rc::gen::arbitrary<bool>());
    }
    const int limit = *rc::gen::inRange(1, 20);
    std::string list = filtered("product-stocks", filters) + fmt::format("&limit={}", limit);
    for (const auto& [field, down] : keys) {
      list += fmt::format("&order[]={}%20{}", field, down ? "DESC" : "asc");
    }
    Json expected = rows_by_hand(shop.all, asked);
    sort_by_hand(expected, keys);

    Json seen = Json::array();
    const std::size_t pages =
        (expected.size() + static_cast<std::size_t>(limit) - 1) / static_cast<std::size_t>(limit);
    for (std::size_t page = 1; page <= pages; ++page) {
      const Json answer = shop.read(fmt::format("{}&page={}", list, page));
      RC_ASSERT(answer["pages"] == pages);
      RC_ASSERT(answer["page"] == page);
      for (const Json& row : answer["list"]) seen.push_back(row);
    }
    RC_LOG() << list << "\n";
    RC_ASSERT(ids_of(seen) == ids_of(expected));
    RC_ASSERT(seen == expected);
  }));
}

TEST_CASE("Shoper: rows that are added while somebody turns pages are met once, at the end",
          "[shoper][lists][property]") {
  CHECK(rc::check("by id, as lists come by default", [] {
    Shop shop;
    const int rows = *rc::gen::inRange(1, 15);
    std::set<std::string> before;
    for (int i = 0; i < rows; ++i) {
      before.insert(std::to_string(shop.plant("producers", {{"name", fmt::format("P{}", i)}})));
    }
    const int limit = *rc::gen::inRange(1, 6);
    const auto page_of = [&](int page) {
      return shop.read(fmt::format("/webapi/rest/producers?limit={}&page={}", limit, page));
    };
    std::set<std::string> seen;
    for (int page = 1; page <= page_of(1)["pages"].get<int>(); ++page) {
      const Json answer = page_of(page);
      for (const Json& row : answer["list"]) {
        // The default order is by id: what is added later comes later, and nothing moves.
        RC_ASSERT(seen.insert(row["producer_id"]).second);
      }
      if (*rc::gen::weightedElement<bool>({{1, true}, {2, false}}) && seen.size() < 40) {
        shop.create("producers", {{"name", "later"}});
      }
    }
    RC_ASSERT(std::includes(seen.begin(), seen.end(), before.begin(), before.end()));
  }));
}
