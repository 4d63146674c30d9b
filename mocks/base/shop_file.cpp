#include "mocks/base/shop_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mocks/base/given.hpp"
#include "mocks/kit/json_bounds.hpp"
#include "mocks/kit/url.hpp"

namespace atrapa::mocks::base {
namespace {

using kit::Json;

constexpr std::size_t kDataPiece = 100;     ///< Ids in one ProductsData [doc].
constexpr std::size_t kUpdatePiece = 1000;  ///< Rows in one ProductsQuantityUpdate [doc].
constexpr std::int64_t kMostPages = 10'000;

std::string form_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// PHP turns a map that holds the key 0 only into a list of one.
Json map_of(const Json& value) {
  if (!value.is_array()) return value;
  Json map = Json::object();
  for (std::size_t index = 0; index < value.size(); ++index) {
    map[std::to_string(index)] = value[index];
  }
  return map;
}

std::int64_t counter_of(const Json& answer) {
  const auto counter = answer.is_object() ? answer.find("counter") : answer.end();
  return counter != answer.end() ? integer_in(*counter).value_or(0) : 0;
}

}  // namespace

ShopFile::ShopFile(std::string url, std::string password, Send send)
    : url_(std::move(url)), password_(std::move(password)), send_(std::move(send)) {}

kit::Request shop_file_request(const std::string& url, std::string_view password,
                               std::string_view action,
                               const std::vector<std::pair<std::string, std::string>>& fields) {
  kit::Request request;
  request.method = "POST";
  if (const auto address = kit::parse_url(url)) request.target = address->target;
  request.headers.set("Content-Type", "application/x-www-form-urlencoded");
  request.body = fmt::format("bl_pass={}&action={}", form_escaped(password), form_escaped(action));
  for (const auto& [name, value] : fields) {
    request.body += fmt::format("&{}={}", form_escaped(name), form_escaped(value));
  }
  return request;
}

FromShop<Json> ShopFile::call(std::string_view action, const Fields& fields) {
  if (!kit::parse_url(url_)) return ShopFileError{"", fmt::format("'{}' is no address", url_)};
  const auto response = send_(url_, shop_file_request(url_, password_, action, fields));
  if (!response) return ShopFileError{"", "no answer from the shop"};
  if (!kit::json_depth_ok(response->body)) {
    return ShopFileError{"", "the answer is nested too deeply"};
  }
  Json answer = Json::parse(response->body, nullptr, /*allow_exceptions=*/false);
  if (answer.is_discarded()) {
    return ShopFileError{"", fmt::format("the answer ({}) is no JSON", response->status)};
  }
  const bool error = answer.is_object() && answer.contains("error") && answer["error"] == true;
  if (error || response->status >= 400) {
    const Given given(answer);
    return ShopFileError{given.text("error_code", std::to_string(response->status)),
                         given.text("error_text")};
  }
  return answer;
}

FromShop<std::vector<std::string>> ShopFile::supported() {
  if (supported_) return *supported_;
  auto answer = call("SupportedMethods");
  if (const auto* error = std::get_if<ShopFileError>(&answer)) return *error;
  std::vector<std::string> names;
  for (const Json& name : std::get<Json>(answer)) {
    if (name.is_string()) names.push_back(name.get<std::string>());
  }
  supported_ = names;
  return names;
}

FromShop<std::map<std::string, Json>> ShopFile::all_pages(std::string_view action, Fields fields) {
  auto known = supported();
  if (const auto* error = std::get_if<ShopFileError>(&known)) return *error;
  const auto& names = std::get<std::vector<std::string>>(known);
  if (std::find(names.begin(), names.end(), action) == names.end()) {
    return ShopFileError{"unsupported_action", fmt::format("the shop has no {}", action)};
  }
  std::map<std::string, Json> rows;
  fields.emplace_back("page", "");
  for (std::int64_t page = 1; page <= kMostPages; ++page) {
    fields.back().second = std::to_string(page);
    auto answer = call(action, fields);
    if (const auto* error = std::get_if<ShopFileError>(&answer)) return *error;
    const Json map = map_of(std::get<Json>(answer));
    if (!map.is_object()) return ShopFileError{"", fmt::format("{} answers no map", action)};
    std::int64_t pages = 1;
    for (const auto& [id, row] : map.items()) {
      if (id == "pages") {
        pages = integer_in(row).value_or(1);
      } else {
        rows[id] = row;
      }
    }
    if (page >= pages) return rows;
  }
  return ShopFileError{"", fmt::format("{} has no end of pages", action)};
}

FromShop<std::map<std::string, std::string>> ShopFile::categories() {
  auto answer = call("ProductsCategories");
  if (const auto* error = std::get_if<ShopFileError>(&answer)) return *error;
  std::map<std::string, std::string> found;
  const Json map = map_of(std::get<Json>(answer));
  for (const auto& [id, name] : map.items()) found[id] = text_in(name).value_or("");
  return found;
}

FromShop<std::map<std::string, Json>> ShopFile::products(const Fields& filters) {
  return all_pages("ProductsList", filters);
}

FromShop<std::map<std::string, Json>> ShopFile::products_data(const std::vector<std::string>& ids) {
  std::map<std::string, Json> found;
  for (std::size_t from = 0; from < ids.size(); from += kDataPiece) {
    const std::size_t to = std::min(ids.size(), from + kDataPiece);
    const std::vector<std::string> piece(ids.begin() + static_cast<std::ptrdiff_t>(from),
                                         ids.begin() + static_cast<std::ptrdiff_t>(to));
    auto answer = call("ProductsData", {{"products_id", fmt::format("{}", fmt::join(piece, ","))}});
    if (const auto* error = std::get_if<ShopFileError>(&answer)) return *error;
    const Json map = map_of(std::get<Json>(answer));
    for (const auto& [id, row] : map.items()) found[id] = row;
  }
  return found;
}

FromShop<std::map<std::string, std::map<std::string, std::string>>> ShopFile::by_variant(
    std::string_view action) {
  auto pages = all_pages(action, {});
  if (const auto* error = std::get_if<ShopFileError>(&pages)) return *error;
  std::map<std::string, std::map<std::string, std::string>> found;
  for (const auto& [id, row] : std::get<0>(pages)) {
    const Json variants = row.is_structured() ? map_of(row) : Json{{"0", row}};
    for (const auto& [variant, value] : variants.items()) {
      found[id][variant] = text_in(value).value_or("");
    }
  }
  return found;
}

FromShop<std::map<std::string, std::map<std::string, std::string>>> ShopFile::quantities() {
  return by_variant("ProductsQuantity");
}
FromShop<std::map<std::string, std::map<std::string, std::string>>> ShopFile::prices() {
  return by_variant("ProductsPrices");
}

Json ShopFile::quantity_rows(Quantities::const_iterator from, Quantities::const_iterator to) {
  Json rows = Json::array();
  for (auto row = from; row != to; ++row) {
    rows.push_back({{"product_id", row->product_id},
                    {"variant_id", row->variant_id},
                    {"operation", row->change ? "change" : "set"},
                    {"quantity", row->quantity}});
  }
  return rows;
}

FromShop<std::int64_t> ShopFile::update_quantities(const Quantities& rows) {
  std::int64_t counted = 0;
  for (std::size_t from = 0; from < rows.size(); from += kUpdatePiece) {
    const std::size_t to = std::min(rows.size(), from + kUpdatePiece);
    const Json products = quantity_rows(rows.begin() + static_cast<std::ptrdiff_t>(from),
                                        rows.begin() + static_cast<std::ptrdiff_t>(to));
    auto answer = call("ProductsQuantityUpdate", {{"products", products.dump()}});
    if (const auto* error = std::get_if<ShopFileError>(&answer)) return *error;
    counted += counter_of(std::get<Json>(answer));
  }
  return counted;
}

FromShop<std::string> ShopFile::add_order(const Fields& fields, const Json& products) {
  Fields all = fields;
  all.emplace_back("products", products.dump());
  auto answer = call("OrderAdd", all);
  if (const auto* error = std::get_if<ShopFileError>(&answer)) return *error;
  const std::string id = Given(std::get<Json>(answer)).text("order_id");
  if (id.empty()) return ShopFileError{"", "OrderAdd answers no order_id"};
  return id;
}

FromShop<std::int64_t> ShopFile::update_orders(const std::vector<std::string>& ids,
                                               std::string_view update_type,
                                               std::string_view value) {
  auto answer = call("OrderUpdate", {{"orders_ids", fmt::format("{}", fmt::join(ids, ","))},
                                     {"update_type", std::string(update_type)},
                                     {"update_value", std::string(value)}});
  if (const auto* error = std::get_if<ShopFileError>(&answer)) return *error;
  return counter_of(std::get<Json>(answer));
}

FromShop<std::map<std::string, Json>> ShopFile::orders(std::int64_t time_from,
                                                       std::string_view id_from) {
  Fields fields{{"time_from", std::to_string(time_from)}};
  if (!id_from.empty()) fields.emplace_back("id_from", id_from);
  return all_pages("OrdersGet", std::move(fields));
}

}  // namespace atrapa::mocks::base
