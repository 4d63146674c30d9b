#include "harness/subject/erp.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "mocks/kit/world_error.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::WorldError;

constexpr std::array<std::string_view, 16> kProductKeys{
    "id",       "code", "name",        "unit",   "vat",    "gross_price", "categories", "stock",
    "reserved", "ean",  "description", "groups", "prices", "stocks",      "images",     "active"};

/// What stands there, short enough for a message.
std::string found(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= 60 ? text : fmt::format("{}... ({})", text.substr(0, 60), json.type_name());
}

const std::string& text_at(const Json& json, const std::string& pointer,
                           std::string_view expected) {
  if (const auto* text = json.get_ptr<const std::string*>()) return *text;
  throw WorldError(pointer, fmt::format("expected {}, found {}", expected, found(json)));
}

std::optional<std::string> optional_text(const Json& json, const char* key,
                                         std::string_view expected) {
  const auto at = json.find(key);
  if (at == json.end() || at->is_null()) return std::nullopt;
  return text_at(*at, std::string("/") + key, expected);
}

std::string required_text(const Json& json, const char* key) {
  const auto at = json.find(key);
  if (at == json.end()) throw WorldError(std::string("/") + key, "missing; expected a text");
  return text_at(*at, std::string("/") + key, "a text");
}

std::vector<std::vector<std::string>> read_categories(const Json& json) {
  constexpr std::string_view kExpected =
      R"(a list of paths from the root, such as [["Obuwie", "Trapery"]])";
  if (!json.is_array()) {
    throw WorldError("/categories", fmt::format("expected {}, found {}", kExpected, found(json)));
  }
  std::vector<std::vector<std::string>> paths;
  for (const Json& path : json) {
    const std::string pointer = fmt::format("/categories/{}", paths.size());
    if (!path.is_array()) {
      throw WorldError(pointer,
                       fmt::format("expected a path, a list of names, found {}", found(path)));
    }
    std::vector<std::string> names;
    for (const Json& name : path) {
      names.push_back(text_at(name, fmt::format("{}/{}", pointer, names.size()), "a name"));
    }
    paths.push_back(std::move(names));
  }
  return paths;
}

std::vector<std::string> texts_at(const Json& json, const std::string& key) {
  std::vector<std::string> texts;
  const auto at = json.find(key);
  if (at == json.end()) return texts;
  if (!at->is_array()) {
    throw WorldError("/" + key, fmt::format("expected a list of texts, found {}", found(*at)));
  }
  for (const Json& text : *at) {
    texts.push_back(text_at(text, fmt::format("/{}/{}", key, texts.size()), "a text"));
  }
  return texts;
}

std::map<std::string, std::string> decimals_at(const Json& json, const std::string& key,
                                               std::string_view expected) {
  std::map<std::string, std::string> texts;
  const auto at = json.find(key);
  if (at == json.end()) return texts;
  if (!at->is_object()) {
    throw WorldError("/" + key, fmt::format("expected an object, found {}", found(*at)));
  }
  for (const auto& [id, text] : at->items()) {
    texts[id] = text_at(text, fmt::format("/{}/{}", key, id), expected);
  }
  return texts;
}

Json line_json(const ErpOrderLine& line) {
  return Json{{"product_id", line.product_id},
              {"code", line.code},
              {"name", line.name},
              {"quantity", line.quantity},
              {"unit_price", line.unit_price},
              {"vat", line.vat}};
}

}  // namespace

ErpView ErpView::hidden() {
  return {.orders = decltype(orders)::hidden("the ERP's orders"),
          .products = decltype(products)::hidden("the ERP's products"),
          .log = decltype(log)::hidden("the connector's log"),
          .papers = decltype(papers)::hidden("the ERP's documents"),
          .shipments = decltype(shipments)::hidden("the ERP's shipments"),
          .contractors = decltype(contractors)::hidden("the ERP's contractors"),
          .integrations = decltype(integrations)::hidden("the ERP's integrations"),
          .connections = decltype(connections)::hidden("the shops that the ERP serves"),
          .exported = decltype(exported)::hidden("the exported file")};
}

void to_json(Json& json, const ErpProduct& product) {
  json = Json::object();
  json["id"] = product.id;
  if (product.code) json["code"] = *product.code;
  json["name"] = product.name;
  json["unit"] = product.unit;
  if (product.vat) json["vat"] = *product.vat;
  if (product.gross_price) json["gross_price"] = *product.gross_price;
  json["categories"] = product.categories;
  json["stock"] = product.stock;
  if (product.reserved) json["reserved"] = *product.reserved;
  if (product.ean) json["ean"] = *product.ean;
  if (!product.description.empty()) json["description"] = product.description;
  if (!product.groups.empty()) json["groups"] = product.groups;
  if (!product.prices.empty()) json["prices"] = product.prices;
  if (!product.stocks.empty()) json["stocks"] = product.stocks;
  if (!product.images.empty()) json["images"] = product.images;
  if (!product.active) json["active"] = false;
}

void from_json(const Json& json, ErpProduct& product) {
  if (!json.is_object()) {
    throw WorldError("", fmt::format("expected a product, an object, found {}", found(json)));
  }
  for (const auto& [key, value] : json.items()) {
    if (std::find(kProductKeys.begin(), kProductKeys.end(), key) == kProductKeys.end()) {
      throw WorldError("/" + key, fmt::format("no such key; a product of the ERP has {}",
                                              fmt::join(kProductKeys, ", ")));
    }
  }
  constexpr std::string_view kDecimal = R"(a decimal text such as "12.50")";
  ErpProduct read;
  read.id = required_text(json, "id");
  read.code = optional_text(json, "code", "a text");
  read.name = required_text(json, "name");
  read.unit = optional_text(json, "unit", "a text").value_or(read.unit);
  read.vat = optional_text(json, "vat", R"(a VAT code as a text, such as "23" or "zw")");
  read.gross_price = optional_text(json, "gross_price", kDecimal);
  if (const auto at = json.find("categories"); at != json.end()) {
    read.categories = read_categories(*at);
  }
  read.stock = optional_text(json, "stock", kDecimal).value_or(read.stock);
  read.reserved = optional_text(json, "reserved", kDecimal);
  read.ean = optional_text(json, "ean", "a text");
  read.description = optional_text(json, "description", "a text").value_or("");
  read.groups = texts_at(json, "groups");
  read.prices = decimals_at(json, "prices", kDecimal);
  read.stocks = decimals_at(json, "stocks", kDecimal);
  read.images = texts_at(json, "images");
  if (const auto at = json.find("active"); at != json.end()) {
    if (!at->is_boolean()) {
      throw WorldError("/active", fmt::format("expected true or false, found {}", found(*at)));
    }
    read.active = at->get<bool>();
  }
  product = std::move(read);
}

void to_json(Json& json, const ErpOrder& order) {
  Json lines = Json::array();
  for (const ErpOrderLine& line : order.lines) lines.push_back(line_json(line));
  json = Json{{"id", order.id},
              {"number", order.number},
              {"shop_order_id", order.shop_order_id},
              {"contractor", order.contractor},
              {"lines", std::move(lines)},
              {"shipping_cost", order.shipping_cost},
              {"total_gross", order.total_gross},
              {"omitted_codes", order.omitted_codes}};
}

void to_json(Json& json, const ErpDocument& document) {
  Json lines = Json::array();
  for (const ErpDocumentLine& line : document.lines) {
    lines.push_back(Json{{"product_id", line.product_id},
                         {"name", line.name},
                         {"quantity", line.quantity},
                         {"unit_price", line.unit_price},
                         {"vat", line.vat},
                         {"value", line.value}});
  }
  json = Json{{"kind", document.kind},
              {"number", document.number},
              {"order_id", document.order_id},
              {"contractor", document.contractor},
              {"nip", document.nip},
              {"lines", std::move(lines)},
              {"total_gross", document.total_gross},
              {"cancelled", document.cancelled}};
}

void to_json(Json& json, const ErpConnection& connection) {
  json = Json{{"shop_url", connection.shop_url}, {"automatic", connection.automatic}};
}

void to_json(Json& json, const ErpLogEntry& entry) {
  json = Json{{"severity", entry.severity},
              {"kind", entry.kind},
              {"record", entry.record},
              {"reason", entry.reason},
              {"text", entry.text}};
}

}  // namespace atrapa::harness
