#include "mocks/shoper/shopfloor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "mocks/kit/world_error.hpp"
#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/floor.hpp"
#include "mocks/shoper/shops.hpp"
#include "mocks/shoper/world.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::Json;

FloorAnswer done() { return Json{{"done", true}}; }

/// Answers the id of the customer made.
FloorAnswer register_customer(Floor& floor, const Json& body) {
  FloorAnswer made = call_on_floor(floor, "POST", "users", body, "");
  if (const Json* id = std::get_if<Json>(&made)) return Json{{"customer", *id}};
  return made;
}

FloorAnswer edit_product(Floor& floor, const Json& body) {
  Asked asked(body, "", {"product", "fields"});
  const std::int64_t id = asked.needed_row("product", Rows::Products, floor.state);
  const Json& fields = asked.needed_object("fields");
  if (asked.refused) return *asked.refused;
  FloorAnswer answer =
      call_on_floor(floor, "PUT", fmt::format("products/{}", id), fields, "/fields");
  return std::holds_alternative<FloorRefusal>(answer) ? std::move(answer) : done();
}

FloorAnswer rename_category(Floor& floor, const Json& body) {
  Asked asked(body, "", {"category", "name", "locale"});
  const std::int64_t id = asked.needed_row("category", Rows::Categories, floor.state);
  const std::string name = asked.needed_text("name");
  const std::string locale = asked.text("locale", floor.state.config_text("default_language_name"));
  if (asked.refused) return *asked.refused;
  const Json fields = {{"translations", {{locale, {{"name", name}}}}}};
  FloorAnswer answer = call_on_floor(floor, "PUT", fmt::format("categories/{}", id), fields, "");
  return std::holds_alternative<FloorRefusal>(answer) ? std::move(answer) : done();
}

/// The stock of `stock` (a variant's or a base one), else the base stock of `product`.
FloorAnswer edit_stock(Floor& floor, const Json& body) {
  Asked asked(body, "", {"product", "stock", "level", "warehouses"});
  std::int64_t id = asked.row("stock", Rows::ProductStocks, floor.state);
  if (id == 0) {
    const std::int64_t product = asked.needed_row("product", Rows::Products, floor.state);
    const kit::RecordPtr base = base_stock(floor.state, product);
    if (base != nullptr) id = base->id();
  }
  if (!asked.refused && id == 0) {
    asked.refuse("product", "the product has no stock", "a product with a stock", "name a stock");
  }
  const char* field = asked.has("warehouses") ? "warehouses" : "level";
  if (!asked.refused && !asked.has(field)) {
    asked.refuse("level", "nothing says how much there is", "a number",
                 "give level, or warehouses in a shop with the module on");
  }
  if (asked.refused) return *asked.refused;
  const Json fields = {{asked.has("warehouses") ? "warehouses" : "stock", asked.json(field)}};
  FloorAnswer answer = call_on_floor(floor, "PUT", fmt::format("product-stocks/{}", id), fields,
                                     fmt::format("/{}", field));
  return std::holds_alternative<FloorRefusal>(answer) ? std::move(answer) : done();
}

/// Settings of the shop (application-config), which the API can only read. No event.
FloorAnswer change_config(Floor& floor, const Json& body) {
  State draft = floor.state;
  try {
    write_config(draft, body, "");
  } catch (const kit::WorldError& wrong) {
    return FloorRefusal{wrong.what(), "", "keys of application-config with values of their types",
                        "GET /webapi/rest/application-config lists them"};
  }
  align_warehouses(draft);
  floor.state = std::move(draft);
  return done();
}

struct Entry {
  FloorOperation operation;
  FloorHandler handler;
};

constexpr std::array kEntries{
    Entry{{"place-order",
           "A customer orders in the shop (origin 0), or an administrator does: in the panel "
           "(origin 5) or in the shop (6). Stock is checked and taken, prices, discounts, VAT, "
           "shipping and payment are the shop's. Answers {\"order\", \"sum\"}.",
           R"({"by": "customer", "customer": {"email": "ola@example.com", "firstname": "Ola"},
 "lines": [{"product": 1, "quantity": 2}, {"stock": 7, "quantity": 1}, {"code": "A-1"}],
 "shipping": 1, "payment": 1, "promotion_code": "WIOSNA", "notes": "",
 "billing_address": {"city": "Kraków"}, "delivery_address": {"city": "Kraków"},
 "additional_fields": {"1": "1"}})"},
          place_order},
    Entry{{"pay-order", "Money for an order arrives: all that is open, or an amount.",
           R"({"order": 1, "amount": "10.00"})"},
          pay_order},
    Entry{{"change-status", "An administrator gives an order another status.",
           R"({"order": 1, "status": 2})"},
          change_status},
    Entry{{"register-customer",
           "Somebody opens an account in the shop; fields as POST users takes them.",
           R"({"email": "ola@example.com", "firstname": "Ola"})"},
          register_customer},
    Entry{{"edit-product", "An administrator edits a product; fields as PUT products takes them.",
           R"({"product": 1, "fields": {"code": "B-2", "stock": {"price": "12.00"}}})"},
          edit_product},
    Entry{{"rename-category", "An administrator renames a category, in the shop's main language.",
           R"({"category": 1, "name": "Buty", "locale": "pl_PL"})"},
          rename_category},
    Entry{
        {"edit-stock", "An administrator counts: the level of a product's stock or of a variant's.",
         R"({"product": 1, "level": 5})"},
        edit_stock},
    Entry{{"configure", "An administrator changes settings of the shop (application-config).",
           R"({"shopping_allow_overselling": "1"})"},
          change_config},
    Entry{
        {"install-application",
         "The shop's owner installs an application: it gets a code for oauth/token in the message "
         "install. One that the shop does not know yet needs its secret.",
         R"({"application": "app-1", "version": "1", "secret": "s", "appstore_secret": "t",
 "address": "http://127.0.0.1:9000/billing", "scopes": ["orders_read"], "trial": false})"},
        install_application},
    Entry{{"upgrade-application", "The owner takes a newer version: message upgrade.",
           R"({"application": "app-1", "version": "2"})"},
          upgrade_application},
    Entry{{"uninstall-application",
           "The owner removes it: its code, tokens and webhooks are void; message uninstall.",
           R"({"application": "app-1"})"},
          uninstall_application},
    Entry{{"bill-installation", "The owner pays for the installation: message billing_install.",
           R"({"application": "app-1"})"},
          bill_installation},
    Entry{{"bill-subscription", "The owner pays until a day: message billing_subscription.",
           R"({"application": "app-1", "until": "2027-01-01 00:00:00"})"},
          bill_subscription},
    Entry{{"open-panel", "The address that the panel opens in its iframe. Answers {\"url\"}.",
           R"({"application": "app-1", "base": "http://127.0.0.1:9000/", "place": "orders",
 "locale": "pl_PL", "admin_id": "1", "admin_name": "Anna"})"},
          open_panel},
    Entry{{"regenerate-keys",
           "Keys are made anew: a login's password, a token of the panel or an application's "
           "secret. What was issued for the old ones is void. Answers the new key.",
           R"({"login": "erp"})"},
          regenerate_keys},
};

const auto& operations_only() {
  static const auto all = [] {
    std::array<FloorOperation, kEntries.size()> names;
    std::transform(kEntries.begin(), kEntries.end(), names.begin(),
                   [](const Entry& entry) { return entry.operation; });
    return names;
  }();
  return all;
}

std::string operation_names() {
  std::string text;
  for (const Entry& entry : kEntries) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", entry.operation.name);
  }
  return text;
}

}  // namespace

std::span<const FloorOperation> floor_operations() { return operations_only(); }

ShopFloor::ShopFloor(kit::Platform& shoper, std::string_view account)
    : shoper_(shoper), account_(account) {
  auto* shops = dynamic_cast<Shops*>(&shoper);
  if (shops == nullptr) throw std::logic_error("shop floor: not a platform of make_shoper()");
  if (account_.empty()) account_ = shops->only_account();
  if (shops->find(account_) == nullptr) {
    throw kit::WorldError("/account", account.empty()
                                          ? "there are several Shoper accounts, or none: name one"
                                          : fmt::format("no Shoper account \"{}\"", account));
  }
}

FloorAnswer ShopFloor::act(std::string_view operation, const Json& body, kit::Context& context) {
  const auto* entry = std::find_if(kEntries.begin(), kEntries.end(), [&](const Entry& one) {
    return one.operation.name == operation;
  });
  if (entry == kEntries.end()) {
    return FloorRefusal{fmt::format("nobody does \"{}\" in a shop", operation), "",
                        operation_names(), "take one of these"};
  }
  if (!body.is_object()) {
    return FloorRefusal{"the body is no JSON object", "", std::string(entry->operation.example),
                        "send such an object"};
  }
  auto& shops = static_cast<Shops&>(shoper_);
  State& state = *shops.find_to_write(account_);
  context.account = account_;
  Floor floor{state, context};
  FloorAnswer answer = entry->handler(floor, body);
  shops.index_tokens(state);
  return answer;
}

Json ShopFloor::perform(std::string_view operation, const Json& body, kit::Context& context) {
  FloorAnswer answer = act(operation, body, context);
  if (const auto* refused = std::get_if<FloorRefusal>(&answer)) {
    throw std::invalid_argument(fmt::format("{}: {}", operation, refused->text()));
  }
  return std::get<Json>(std::move(answer));
}

}  // namespace atrapa::mocks::shoper
