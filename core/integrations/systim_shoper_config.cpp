#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>

#include "core/integrations/systim_shoper.hpp"

namespace atrapa::core::systim_shoper {

namespace {

using Json = nlohmann::json;

/// A value and where it stands. Errors name the place; values of secrets are never quoted.
struct Place {
  const Json* json;
  std::string pointer;

  Place member(const std::string& name) const {
    const auto found = json->find(name);
    return {found == json->end() ? nullptr : &*found, pointer + "/" + name};
  }
};

Failure<std::string> refuse(const Place& place, std::string_view problem) {
  return fail(fmt::format("{}: {}", place.pointer.empty() ? "/" : place.pointer, problem));
}

Result<std::string> read_text(const Place& place) {
  if (place.json == nullptr) return refuse(place, "missing; expected a text");
  if (!place.json->is_string()) {
    return refuse(place, fmt::format("expected a text, found {}", place.json->type_name()));
  }
  return place.json->get<std::string>();
}

/// Absent or null is nothing.
Result<std::optional<std::string>> read_optional_text(const Place& place) {
  if (place.json == nullptr || place.json->is_null()) return std::optional<std::string>();
  auto text = read_text(place);
  if (!text) return fail(text.error());
  return std::optional(*std::move(text));
}

/// A text, or a whole number as its digits.
Result<std::optional<std::string>> read_amount(const Place& place) {
  if (place.json != nullptr && place.json->is_number_integer()) {
    return std::optional(place.json->dump());
  }
  if (place.json != nullptr && place.json->is_number_float()) {
    return refuse(
        place, "expected an amount as a text such as \"290.00\", found a number with a fraction");
  }
  return read_optional_text(place);
}

Result<Json> parse(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const auto end = std::min<std::size_t>(error.byte, text.size());
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    return fail(fmt::format("line {}: the text is no JSON", line));
  }
}

Result<Done> only_members(const Place& place, std::span<const std::string_view> known) {
  for (const auto& [name, value] : place.json->items()) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return refuse({&value, place.pointer + "/" + name},
                    fmt::format("is not known here; expected {}", fmt::join(known, ", ")));
    }
  }
  return Done{};
}

Result<Done> read_shop(const Place& shop, Config& config) {
  static constexpr std::array<std::string_view, 4> kKnown{"url", "login", "password", "token"};
  if (shop.json == nullptr || !shop.json->is_object()) {
    return refuse(shop,
                  "expected an object with \"url\" and \"login\" and \"password\", or \"token\"");
  }
  if (auto known = only_members(shop, kKnown); !known) return known;
  auto url = read_text(shop.member("url"));
  if (!url) return fail(url.error());
  if (!is_callable(*url)) {
    return refuse(
        shop.member("url"),
        "expected an address such as \"https://shop.example\", without user and password");
  }
  config.shop_url = *std::move(url);
  for (const auto& [name, into] :
       {std::pair{"login", &config.login}, std::pair{"password", &config.password},
        std::pair{"token", &config.token}}) {
    auto text = read_optional_text(shop.member(name));
    if (!text) return fail(text.error());
    *into = text->value_or("");
  }
  if (config.token.empty() && (config.login.empty() || config.password.empty())) {
    return refuse(shop, "expected \"login\" and \"password\" of a panel user, or a \"token\"");
  }
  if (!config.token.empty() && !config.login.empty()) {
    return refuse(shop, "expected either \"login\" and \"password\" or a \"token\", found both");
  }
  return Done{};
}

/// The access data of the Systim account; books without API keys need none.
Result<Done> read_erp_key(const Place& erp, ErpKey& into) {
  static constexpr std::array<std::string_view, 2> kKnown{"login", "key"};
  if (erp.json == nullptr) return Done{};
  if (!erp.json->is_object()) {
    return refuse(erp, "expected an object with \"login\" and \"key\", an API key of that user");
  }
  if (auto known = only_members(erp, kKnown); !known) return known;
  for (const auto& [name, text] : {std::pair{"login", &into.login}, std::pair{"key", &into.key}}) {
    auto value = read_text(erp.member(name));
    if (!value) return fail(value.error());
    *text = *std::move(value);
  }
  return Done{};
}

Result<Done> read_switches(const Place& switches, SystimSwitches& into) {
  if (switches.json == nullptr) return Done{};
  if (!switches.json->is_object()) {
    return refuse(switches, "expected an object such as {\"systim.zero_stock\": \"never_sent\"}");
  }
  for (const auto& [name, value] : switches.json->items()) {
    const Place place{&value, switches.pointer + "/" + name};
    auto text = read_text(place);
    if (!text) return fail(text.error());
    if (auto set = set_switch(into, name, *text); !set) return refuse(place, set.error());
  }
  return Done{};
}

Result<std::vector<CategoryPath>> read_categories(const Place& place) {
  std::vector<CategoryPath> paths;
  if (place.json == nullptr || place.json->is_null()) return paths;
  constexpr std::string_view kExpected =
      "expected a list of paths such as [[\"Shoes\", \"Boots\"]]";
  if (!place.json->is_array()) return refuse(place, kExpected);
  for (const Json& path : *place.json) {
    const bool texts =
        path.is_array() &&
        std::all_of(path.begin(), path.end(), [](const Json& name) { return name.is_string(); });
    if (!texts) return refuse(place, kExpected);
    paths.push_back(path.get<CategoryPath>());
  }
  return paths;
}

Result<ErpProduct> read_product(const Place& place) {
  if (!place.json->is_object()) return refuse(place, "expected a product as an object");
  ErpProduct product;
  auto id = read_text(place.member("id"));
  if (!id) return fail(id.error());
  product.id = *std::move(id);
  auto name = read_text(place.member("name"));
  if (!name) return fail(name.error());
  product.name = *std::move(name);
  auto code = read_optional_text(place.member("code"));
  if (!code) return fail(code.error());
  product.code = *std::move(code);
  auto unit = read_optional_text(place.member("unit"));
  if (!unit) return fail(unit.error());
  product.unit = unit->value_or("szt.");
  auto vat = read_optional_text(place.member("vat"));
  if (!vat) return fail(vat.error());
  product.vat = *std::move(vat);
  auto price = read_amount(place.member("gross_price"));
  if (!price) return fail(price.error());
  if (*price) product.gross_price = read_price(**price);
  auto stock = read_amount(place.member("stock"));
  if (!stock) return fail(stock.error());
  product.stock = read_quantity(stock->value_or("0"));
  auto reserved = read_amount(place.member("reserved"));
  if (!reserved) return fail(reserved.error());
  if (*reserved) product.reserved = read_quantity(**reserved);
  auto categories = read_categories(place.member("categories"));
  if (!categories) return fail(categories.error());
  product.categories = *std::move(categories);
  return product;
}

}  // namespace

Result<Config> read_config(std::string_view json_text) {
  static constexpr std::array<std::string_view, 7> kKnown{
      "integration", "shop", "erp", "automatic", "webhook_secret", "stock_formula", "switches"};
  auto json = parse(json_text);
  if (!json) return fail(json.error());
  const Place root{&*json, ""};
  if (!json->is_object()) return refuse(root, "expected an object");
  if (auto known = only_members(root, kKnown); !known) return fail(known.error());

  Config config;
  auto integration = read_text(root.member("integration"));
  if (!integration) return fail(integration.error());
  if (*integration != "systim-shoper") {
    return refuse(root.member("integration"),
                  fmt::format("is '{}'; expected \"systim-shoper\"", *integration));
  }
  if (auto shop = read_shop(root.member("shop"), config); !shop) return fail(shop.error());
  if (const Place automatic = root.member("automatic"); automatic.json != nullptr) {
    if (!automatic.json->is_boolean()) return refuse(automatic, "expected true or false");
    config.automatic = automatic.json->get<bool>();
  }
  if (const Place formula = root.member("stock_formula"); formula.json != nullptr) {
    auto text = read_text(formula);
    if (!text) return fail(text.error());
    if (*text != "on_hand" && *text != "on_hand_minus_reserved") {
      return refuse(
          formula,
          fmt::format("is '{}'; expected \"on_hand\" or \"on_hand_minus_reserved\"", *text));
    }
    config.stock_formula =
        *text == "on_hand" ? StockFormula::OnHand : StockFormula::OnHandMinusReserved;
  }
  if (auto erp = read_erp_key(root.member("erp"), config.erp); !erp) return fail(erp.error());
  auto webhook = read_optional_text(root.member("webhook_secret"));
  if (!webhook) return fail(webhook.error());
  config.webhook_secret = webhook->value_or("");
  if (auto switches = read_switches(root.member("switches"), config.switches); !switches) {
    return fail(switches.error());
  }
  return config;
}

Result<std::vector<ErpProduct>> read_erp_products(std::string_view json_text) {
  auto json = parse(json_text);
  if (!json) return fail(json.error());
  if (!json->is_array()) return refuse({&*json, ""}, "expected a list of products");
  std::vector<ErpProduct> products;
  products.reserve(json->size());
  for (std::size_t i = 0; i < json->size(); ++i) {
    auto product = read_product({&(*json)[i], fmt::format("/{}", i)});
    if (!product) return fail(product.error());
    products.push_back(*std::move(product));
  }
  return products;
}

}  // namespace atrapa::core::systim_shoper
