#include "mocks/base/order_edit.hpp"

#include <algorithm>
#include <charconv>

#include "mocks/base/state.hpp"
#include "mocks/base/world_json.hpp"
#include "mocks/kit/countries.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::mocks::base {
namespace {

// Bounds of Atrapa's own, so that no sum leaves what a decimal holds. DECIMAL(10,2) and more.
constexpr std::int64_t kMostMoney = 99'999'999;
constexpr std::int64_t kMostPiecesOrdered = 1'000'000;
constexpr std::int64_t kMostValue = 1'000'000'000'000'000;

/// 0-100; -1 exempt, -0.02 not subject, -0.03 reverse charge [doc].
bool is_tax_rate(const kit::Decimal& rate) {
  if (rate >= 0) return rate <= 100;
  const std::string text = rate.text();
  return text == "-1" || text == "-0.02" || text == "-0.03";
}

/// A number however it is written, else the text that a shop has for the variant.
std::string variant_text(const kit::Json& given) {
  if (const auto number = integer_in(given)) return std::to_string(*number);
  return text_in(given).value_or("");
}

/// "2445" and "shop_2445" alike.
std::int64_t storage_number(const kit::Json& given) {
  if (const auto number = integer_in(given)) return *number;
  const std::string text = base::text_in(given).value_or("");
  const std::string digits = text.substr(text.rfind('_') + 1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = error == std::errc() && end == digits.data() + digits.size();
  if (!text.empty() && !whole) {
    throw kit::WorldError("storage_id", "expected a number, or a key such as shop_2445");
  }
  return number;
}

}  // namespace

std::vector<std::int64_t> read_ids(const kit::Json& list, const std::string& name) {
  std::vector<std::int64_t> ids;
  for (const kit::Json& one : list) {
    std::int64_t id = 0;
    from_json(id, one, name);
    ids.push_back(id);
  }
  std::vector<std::int64_t> seen;
  std::vector<std::int64_t> once;
  for (const std::int64_t id : ids) {
    const auto place = std::lower_bound(seen.begin(), seen.end(), id);
    if (place != seen.end() && *place == id) continue;
    seen.insert(place, id);
    once.push_back(id);
  }
  return once;
}

kit::Decimal read_money(const kit::Decimal& amount, const std::string& name) {
  const kit::Decimal rounded = amount.rounded(2);
  if (rounded < 0) throw kit::WorldError(name, "expected an amount of at least 0");
  if (rounded > kMostValue) throw kit::WorldError(name, "the amount is too large");
  return rounded;
}

void set_line(OrderLine& line, const Given& given) {
  kit::Json plain = given.object();
  if (given.has("variant_id")) plain["variant_id"] = variant_text(plain["variant_id"]);
  if (given.has("storage_id")) plain["storage_id"] = storage_number(plain["storage_id"]);
  set_given(line, Given(plain));
  line.price_brutto = read_money(line.price_brutto, "price_brutto");
  line.weight = read_money(line.weight, "weight");
  line.tax_rate = line.tax_rate.rounded(2);
  if (line.price_brutto > kMostMoney) {
    throw kit::WorldError("price_brutto", "the amount is too large");
  }
  if (line.weight > kMostMoney) throw kit::WorldError("weight", "the weight is too large");
  if (!is_tax_rate(line.tax_rate)) {
    throw kit::WorldError("tax_rate", "expected 0 to 100, -1, -0.02 or -0.03");
  }
  if (line.quantity < 0 || line.quantity > kMostPiecesOrdered) {
    throw kit::WorldError("quantity", "expected 0 to 1000000 pieces");
  }
}

void check_value(const kit::Decimal& value) {
  if (value > kMostValue) throw kit::WorldError("products", "the order's value is too large");
}

std::int64_t catalogue_product(const State& state, const OrderLine& line) {
  std::int64_t id = 0;
  const std::string& text = line.product_id;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return line.storage == "db" && whole && state.catalogue.products.has(id) ? id : 0;
}

std::int64_t journal_object(const State& state, OrderEventType type, const OrderLine& line) {
  const bool of_line =
      state.settings->journal_products_by_line &&
      (type == OrderEventType::ProductAdded || type == OrderEventType::ProductRemoved);
  return of_line ? line.id : catalogue_product(state, line);
}

kit::Json without(const kit::Json& parameters, const std::vector<std::string>& names) {
  kit::Json rest = parameters;
  for (const std::string& name : names) rest.erase(name);
  return rest;
}

void put_variant_id(Answer& answer, const std::string& variant_id) {
  std::int64_t number = 0;
  const char* last = variant_id.data() + variant_id.size();
  const auto [end, error] = std::from_chars(variant_id.data(), last, number);
  if (variant_id.empty() || (error == std::errc() && end == last)) {
    answer.put("variant_id", number);
  } else {
    answer.put("variant_id", variant_id);
  }
}

std::string_view country_name(std::string_view code) {
  const kit::Country* country = kit::country_of(code);
  return country != nullptr ? country->english : code;
}

}  // namespace atrapa::mocks::base
