#include "core/shops/base/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace atrapa::core::base {

namespace {

constexpr std::size_t kMostDigits = 18;
constexpr std::int64_t kLatestSecond = 99'999'999'999;  ///< In the year 5138.
constexpr Percent kExemptRate{-10'000};
constexpr Percent kNotSubjectRate{-200};
constexpr Percent kReverseChargeRate{-300};

const Json* member_of(const Json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto member = object.find(name);
  return member == object.end() ? nullptr : &*member;
}

bool is_empty_text(const Json& value) {
  return value.is_string() && value.get_ref<const std::string&>().empty();
}

std::optional<std::string> scalar_text(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "1" : "";
  return value.is_string() ? std::optional(value.get_ref<const std::string&>()) : std::nullopt;
}

}  // namespace

std::optional<std::vector<const Json*>> rows_of(const Json& answer, const char* name) {
  const Json* list = member_of(answer, name);
  if (list == nullptr) return std::nullopt;
  std::vector<const Json*> rows;
  if (is_empty_text(*list)) return rows;
  if (!list->is_structured()) return std::nullopt;
  rows.reserve(list->size());
  for (const Json& row : *list) rows.push_back(&row);
  return rows;
}

std::vector<std::pair<std::string, const Json*>> members_of(const Json& object, const char* name) {
  std::vector<std::pair<std::string, const Json*>> members;
  const Json* map = member_of(object, name);
  if (map == nullptr) return members;
  if (map->is_object()) {
    for (const auto& [key, value] : map->items()) members.emplace_back(key, &value);
  } else if (map->is_array()) {
    for (std::size_t i = 0; i < map->size(); ++i) {
      members.emplace_back(std::to_string(i), &(*map)[i]);
    }
  }
  return members;
}

std::string text_of(const Json& row, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (auto text = text_member(row, name)) return *std::move(text);
  }
  return "";
}

std::optional<std::int64_t> whole_number_of(std::string_view text) {
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> whole_of(const Json& row, std::initializer_list<const char*> names) {
  return whole_number_of(text_of(row, names));
}

Reading<Price> price_of(const Json& row, const char* name) {
  return read_price(text_or_empty(row, name));
}

Reading<Quantity> quantity_of(const Json& row, const char* name) {
  return read_quantity(text_or_empty(row, name));
}

std::optional<UnixTime> time_of(const Json& row, const char* name) {
  const auto seconds = whole_of(row, {name});
  if (!seconds || *seconds <= 0 || *seconds > kLatestSecond) return std::nullopt;
  return UnixTime{std::chrono::seconds{*seconds}};
}

StockByWarehouse stock_of(const Json& row, const char* name) {
  StockByWarehouse stock;
  for (const auto& [key, value] : members_of(row, name)) {
    stock.insert_or_assign(key, read_quantity(scalar_text(*value).value_or("")));
  }
  return stock;
}

PriceByGroup prices_of(const Json& row, const char* name) {
  PriceByGroup prices;
  for (const auto& [key, value] : members_of(row, name)) {
    prices.insert_or_assign(key, read_price(scalar_text(*value).value_or("")));
  }
  return prices;
}

Texts texts_of(const Json& row, const char* name) {
  Texts texts;
  for (const auto& [key, value] : members_of(row, name)) {
    if (const auto text = scalar_text(*value)) {
      texts.insert_or_assign(key, *text);
    } else if (const auto url = text_member(*value, "url")) {
      texts.insert_or_assign(key, *url);
    }
  }
  return texts;
}

Texts warnings_of(const Json& answer) {
  const auto bare = text_member(answer, "warnings");
  if (bare) return bare->empty() ? Texts{} : Texts{{"", *bare}};
  return texts_of(answer, "warnings");
}

std::optional<VatCode> vat_of(std::string_view rate) {
  const auto percent = parse_percent(rate);
  if (!percent) return std::nullopt;
  if (*percent == kExemptRate) return VatCode{.kind = VatCode::Kind::Exempt};
  if (*percent == kNotSubjectRate) return VatCode{.kind = VatCode::Kind::OutOfScope};
  if (*percent == kReverseChargeRate) return VatCode{.kind = VatCode::Kind::ReverseCharge};
  return parse_vat(rate);
}

std::string vat_rate(const VatCode& code) {
  switch (comparable(code).kind) {
    case VatCode::Kind::Exempt: return "-1";
    case VatCode::Kind::OutOfScope:
    case VatCode::Kind::OutOfScopeI:
    case VatCode::Kind::OutOfScopeII: return "-0.02";
    case VatCode::Kind::ReverseCharge: return "-0.03";
    case VatCode::Kind::Rate23:
    case VatCode::Kind::Rate22:
    case VatCode::Kind::Rate8:
    case VatCode::Kind::Rate7:
    case VatCode::Kind::Rate5:
    case VatCode::Kind::Rate4:
    case VatCode::Kind::Rate3:
    case VatCode::Kind::Zero:
    case VatCode::Kind::ZeroDomestic:
    case VatCode::Kind::ZeroIntraEu:
    case VatCode::Kind::ZeroExport:
    case VatCode::Kind::Foreign: break;
  }
  return to_text(rate_of(code));
}

std::int64_t seconds_of(UnixTime time) { return time.time_since_epoch().count(); }

Error unreadable(std::string_view method, std::string_view what) {
  return {
      .kind = Error::Kind::Unreadable, .text = fmt::format("{}: {}", method, what), .status = 200};
}

}  // namespace atrapa::core::base
