#include "mocks/base/panel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>
#include <vector>

#include "mocks/base/accounts.hpp"
#include "mocks/base/automation.hpp"
#include "mocks/base/connected_shop.hpp"
#include "mocks/base/inside.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/orders_call.hpp"
#include "mocks/base/world_json.hpp"
#include "mocks/kit/url.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::mocks::base {
namespace {

using kit::Json;
using DeedAnswer = std::variant<Json, kit::DeedRefusal>;

/// One operation under way, on a draft of the account: a refusal changes nothing.
struct Desk {
  State& state;
  kit::Context& context;
  Given body;
  const ShopFile::Send& send;

  std::int64_t now() const {
    return std::chrono::floor<std::chrono::seconds>(context.now).time_since_epoch().count();
  }
};

DeedAnswer done() { return Json{{"done", true}}; }

kit::DeedRefusal refused(std::string what, std::string where, std::string expected,
                         std::string next) {
  return {std::move(what), std::move(where), std::move(expected), std::move(next)};
}

/// What a method answered, without its status; a refusal of it becomes one of ours.
DeedAnswer answered(std::string_view method, Json answer) {
  if (answer["status"] != "SUCCESS") {
    return refused(answer["error_message"].get<std::string>(), "",
                   fmt::format("what {} takes", method), "mend the body and try again");
  }
  answer.erase("status");
  return answer.empty() ? Json{{"done", true}} : answer;
}

DeedAnswer by_method(Desk& desk, std::string_view method, const Json& parameters) {
  return answered(method, call_inside(desk.state, desk.context, method, parameters));
}

kit::DeedRefusal no_order(std::int64_t id) {
  return refused(fmt::format("there is no order {}", id), "/order", "the id of an order",
                 "getOrders lists them");
}

/// The first status of the account, which new orders get where none is named.
std::int64_t first_status(const State& state) {
  std::int64_t id = 0;
  state.sales.order_statuses.each([&](const OrderStatus& status) {
    id = status.id;
    return false;
  });
  return id;
}

/// Who buys and where it goes, for whatever nobody names.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kExampleForm{
    {{"email", "klient@example.com"},
     {"phone", "000000000"},
     {"delivery_fullname", "Jan Przykładowy"},
     {"delivery_address", "Testowa 1"},
     {"delivery_postcode", "00-001"},
     {"delivery_city", "Warszawa"},
     {"delivery_country_code", "PL"}}};

/// An order with the fields that addOrder takes, all optional but the lines. One that is not
/// confirmed lacks what the buyer's form would say [doc: data may be missing].
Json order_parameters(const Desk& desk, bool confirmed) {
  Json order = {{"order_status_id", first_status(desk.state)},
                {"date_add", desk.now()},
                {"currency", "PLN"},
                {"payment_method", "Przelew"},
                {"payment_method_cod", false},
                {"paid", false},
                {"delivery_method", "Kurier"},
                {"delivery_price", 0}};
  for (const auto& [name, value] : kExampleForm) order[name] = confirmed ? value : "";
  for (const auto& [name, value] : desk.body.map("fields").items()) order[name] = value;
  Json lines = Json::array();
  for (const Json& line : desk.body.list("lines")) {
    Json row = line;
    const Given given(line);
    const Product* product = desk.state.catalogue.products.find(given.integer("product_id"));
    if (product != nullptr) {  // What the line leaves out is the catalogue's.
      row["storage"] = "db";
      row["product_id"] = std::to_string(product->id);
      if (!given.has("sku")) row["sku"] = product->sku;
      if (!given.has("ean")) row["ean"] = product->ean;
      const auto name = product->text_fields.find("name");
      if (!given.has("name") && name != product->text_fields.end()) row["name"] = name->second;
      if (!given.has("tax_rate")) row["tax_rate"] = product->tax_rate.text();
      const Inventory* inventory = desk.state.catalogue.inventories.find(product->inventory_id);
      if (!given.has("price_brutto") && inventory != nullptr) {
        const auto price = product->prices.find(inventory->default_price_group);
        if (price != product->prices.end()) row["price_brutto"] = price->second.fixed(2);
      }
    }
    if (!given.has("quantity")) row["quantity"] = 1;
    lines.push_back(std::move(row));
  }
  order["products"] = std::move(lines);
  return order;
}

DeedAnswer put_order(Desk& desk, const Arrival& arrival) {
  return answered("addOrder", call_inside(desk.state, desk.context, "addOrder",
                                          order_parameters(desk, arrival.confirmed),
                                          [&](Call& call) { return add_order(call, arrival); }));
}

/// Typed in by hand: no "order downloaded" [doc].
DeedAnswer create_order(Desk& desk) {
  Arrival arrival;
  arrival.by_hand = true;
  arrival.source_id = Given(desk.body.map("fields")).integer("custom_source_id");
  if (!has_source(desk.state, arrival.source, arrival.source_id)) {
    return refused(fmt::format("there is no personal source {}", arrival.source_id),
                   "/fields/custom_source_id", "the id of a personal source",
                   "getOrderSources lists them");
  }
  return put_order(desk, arrival);
}

/// From a shop or marketplace; it may still lack the buyer's form.
DeedAnswer receive_order(Desk& desk) {
  return put_order(desk, {.source = desk.body.text("source", "allegro"),
                          .source_id = desk.body.integer("source_id", 1),
                          .external_order_id = desk.body.text("external_order_id"),
                          .shop_order_id = desk.body.integer("shop_order_id"),
                          .confirmed = desk.body.flag("confirmed", true)});
}

/// The buyer's data is written and told of by the confirmation alone [inferred]. A form is whole:
/// what neither the fields nor the order says has examples.
DeedAnswer fill_in_form(Desk& desk) {
  const std::int64_t id = desk.body.integer("order");
  const Order* order = desk.state.sales.orders.find(id);
  if (order == nullptr) return no_order(id);
  if (order->confirmed()) {
    return refused(fmt::format("order {} is confirmed already", id), "/order",
                   "an order that is not confirmed", "receive-order makes one");
  }
  Json fields = desk.body.map("fields");
  fields["order_id"] = id;
  const Json known = to_json(*order);
  for (const auto& [name, value] : kExampleForm) {
    if (!fields.contains(name) && !known.contains(name)) fields[name] = value;
  }
  return answered("setOrderFields",
                  call_inside(desk.state, desk.context, "setOrderFields", fields, [&](Call& call) {
                    Order filled = *order;
                    set_order_given(call, filled);
                    check_value(filled.value());
                    call.state.sales.orders.put(std::move(filled));
                    confirm_order(call.state, call.context, id, call.now());
                    return call.done();
                  }));
}

DeedAnswer change_status(Desk& desk) {
  return by_method(
      desk, "setOrderStatus",
      {{"order_id", desk.body.integer("order")}, {"status_id", desk.body.integer("status")}});
}

/// All that is open, or an amount on top of what was paid.
DeedAnswer pay_order(Desk& desk) {
  const std::int64_t id = desk.body.integer("order");
  const Order* order = desk.state.sales.orders.find(id);
  if (order == nullptr) return no_order(id);
  const kit::Decimal paid =
      desk.body.has("amount") ? order->payment_done + desk.body.decimal("amount") : order->value();
  return by_method(desk, "setOrderPayment",
                   {{"order_id", id},
                    {"payment_done", paid.fixed(2)},
                    {"payment_date", desk.now()},
                    {"payment_comment", desk.body.text("comment", "panel")}});
}

DeedAnswer edit_order(Desk& desk) {
  Json fields = desk.body.map("fields");
  fields["order_id"] = desk.body.integer("order");
  return by_method(desk, "setOrderFields", fields);
}

/// Adds the product, or edits the one that its fields name; fields as addInventoryProduct takes
/// them.
DeedAnswer save_product(Desk& desk) {
  return by_method(desk, "addInventoryProduct", desk.body.map("fields"));
}

DeedAnswer delete_product(Desk& desk) {
  return by_method(desk, "deleteInventoryProduct", {{"product_id", desk.body.integer("product")}});
}

/// A file of products: each as save-product; the first that is refused refuses the file.
DeedAnswer import_products(Desk& desk) {
  Json ids = Json::array();
  for (const Json& product : desk.body.list("products")) {
    DeedAnswer made = by_method(desk, "addInventoryProduct", product);
    const Json* answer = std::get_if<Json>(&made);
    if (answer == nullptr) return made;
    ids.push_back((*answer)["product_id"]);
  }
  return Json{{"products", ids}};
}

/// Base asks the shop's integration file for all that it has. To this machine's addresses only: a
/// fake that asks where a world says would be a tool against others.
DeedAnswer fetch_from_shop(Desk& desk) {
  const std::string key = desk.body.text("storage");
  const ExternalStorage* storage = desk.state.storages.find_storage(key);
  if (storage == nullptr) {
    return refused(fmt::format("there is no storage '{}'", key), "/storage",
                   "a shop such as shop_2445", "getExternalStoragesList lists them");
  }
  const auto url = kit::parse_url(storage->url);
  if (!url || !kit::is_loopback(url->host)) {
    return refused(fmt::format("'{}' is no address of this machine", storage->url), "/storage",
                   "a shop with a url on 127.0.0.1", "give the world's external storage one");
  }
  if (!desk.send) {
    return refused("nothing can be sent to shops from here", "", "a panel with a way to them",
                   "atrapa up has one");
  }
  ShopFile file(storage->url, storage->password, desk.send);
  const auto fetched = fetch_shop(desk.state, key, file);
  if (const auto* error = std::get_if<ShopFileError>(&fetched)) {
    return refused(fmt::format("the shop answers '{}': {}", error->code, error->text), "/storage",
                   "the protocol of shop integration files", "mend the file and try again");
  }
  const Fetched& brought = std::get<Fetched>(fetched);
  return Json{{"categories", brought.categories}, {"products", brought.products}};
}

/// What happened while it is off never enters it.
DeedAnswer switch_journal(Desk& desk) {
  desk.state.settings.write().journal = desk.body.flag("on", true);
  return done();
}

DeedAnswer make_token(Desk& desk) {
  std::string token;
  for (int part = 0; part < 3; ++part) token += fmt::format("{:016x}", desk.context.random.next());
  desk.state.tokens.push_back({.token = token, .name = desk.body.text("name", "API")});
  return Json{{"token", token}};
}

DeedAnswer revoke_token(Desk& desk) {
  const std::string token = desk.body.text("token");
  const auto erased =
      std::erase_if(desk.state.tokens, [&](const Token& one) { return one.token == token; });
  if (erased == 0) {
    return refused("there is no such token", "/token", "a token of the account",
                   "make-token makes one");
  }
  desk.state.limiters.write().erase(token);
  return done();
}

DeedAnswer block_account(Desk& desk) {
  desk.state.blocked = desk.body.flag("blocked", true);
  return done();
}

DeedAnswer add_rule(Desk& desk) {
  Rule rule;
  from_json(rule, desk.body.object(), "");
  if (!is_event(rule.event)) {
    return refused(fmt::format("there is no event '{}'", rule.event), "/event",
                   "one of " + event_names(), "name one of them");
  }
  for (std::size_t i = 0; i < rule.actions.size(); ++i) {
    const RuleAction& action = rule.actions[i];
    if (action.kind != "call_url" || kit::parse_url(action.url)) continue;
    return refused(fmt::format("'{}' is no address that can be called", action.url),
                   fmt::format("/actions/{}/url", i),
                   "an absolute address, such as http://127.0.0.1:9000/order",
                   "put http:// and the place where your program listens before it");
  }
  rule.id = 0;
  return Json{{"rule_id", desk.state.automation.rules.add(std::move(rule))}};
}

DeedAnswer delete_rule(Desk& desk) {
  const std::int64_t id = desk.body.integer("rule");
  if (desk.state.automation.rules.erase(id)) return done();
  return refused(fmt::format("there is no rule {}", id), "/rule", "the id of a rule",
                 "add-rule answers it");
}

struct PanelEntry {
  kit::DeedOperation operation;
  DeedAnswer (*handler)(Desk&);
};

constexpr std::array kPanel{
    PanelEntry{
        {"receive-order",
         "An order arrives from a shop or marketplace: event order_downloaded. Where asked for, "
         "unconfirmed until its form is there, with no more of address and contact than fields "
         "say. Answers {\"order_id\"}.",
         R"({"source": "allegro", "source_id": 1, "external_order_id": "A-1", "shop_order_id": 0,
 "confirmed": true, "lines": [{"product_id": 9001, "quantity": 2}],
 "fields": {"email": "ola@example.com", "want_invoice": true, "invoice_nip": "5250000009"}})"},
        receive_order},
    PanelEntry{
        {"create-order",
         "The merchant types an order in. Lines and fields as addOrder takes them; the rest "
         "has examples for values.",
         R"({"lines": [{"product_id": 9001, "quantity": 1}], "fields": {"currency": "PLN"}})"},
        create_order},
    PanelEntry{{"fill-in-form",
                "The buyer fills in the delivery form of an unconfirmed order, which is confirmed "
                "by it: event form_received. Fields as setOrderFields takes them; what the buyer "
                "leaves out has examples for values.",
                R"({"order": 1, "fields": {"delivery_fullname": "Ola Nowak"}})"},
               fill_in_form},
    PanelEntry{{"change-status", "The merchant gives an order another status.",
                R"({"order": 1, "status": 2})"},
               change_status},
    PanelEntry{{"pay-order", "Money for an order arrives: all that is open, or an amount.",
                R"({"order": 1, "amount": "10.00", "comment": "bank"})"},
               pay_order},
    PanelEntry{{"edit-order", "The merchant edits an order; fields as setOrderFields takes them.",
                R"({"order": 1, "fields": {"admin_comments": "call first"}})"},
               edit_order},
    PanelEntry{
        {"save-product",
         "The merchant adds a product, or edits the one whose product_id the fields name; "
         "fields as addInventoryProduct takes them.",
         R"({"fields": {"inventory_id": 307, "sku": "A-1", "text_fields": {"name": "Kubek"}}})"},
        save_product},
    PanelEntry{{"delete-product", "The merchant deletes a product.", R"({"product": 9001})"},
               delete_product},
    PanelEntry{{"import-products", "A file of products comes in; each as save-product takes it.",
                R"({"products": [{"inventory_id": 307, "sku": "A-2"}]})"},
               import_products},
    PanelEntry{{"fetch-shop",
                "Base reads a connected shop through its integration file. Answers "
                "{\"categories\", \"products\"}.",
                R"({"storage": "shop_2445"})"},
               fetch_from_shop},
    PanelEntry{
        {"switch-journal", "The journal of orders is switched on or off.", R"({"on": true})"},
        switch_journal},
    PanelEntry{{"make-token", "A further API token. Answers {\"token\"}.", R"({"name": "ERP"})"},
               make_token},
    PanelEntry{{"revoke-token", "A token ends.", R"({"token": "..."})"}, revoke_token},
    PanelEntry{
        {"block-account", "The whole account is blocked, or free again.", R"({"blocked": true})"},
        block_account},
    PanelEntry{{"add-rule",
                "An automatic action: event, conditions, actions (call_url, set_status, "
                "add_invoice, add_receipt). Answers {\"rule_id\"}.",
                R"({"name": "to the ERP", "event": "status_set", "statuses": [2], "sources": [],
 "inventory_id": 0, "trigger_id": 0, "active": true,
 "actions": [{"kind": "call_url", "url": "http://127.0.0.1:9000/order?orderId=[numer_zamowienia]"}]})"},
               add_rule},
    PanelEntry{{"delete-rule", "An automatic action is removed.", R"({"rule": 1})"}, delete_rule},
};

constexpr auto kPanelOperations = [] {
  std::array<kit::DeedOperation, kPanel.size()> operations{};
  for (std::size_t at = 0; at < kPanel.size(); ++at) operations[at] = kPanel[at].operation;
  return operations;
}();

/// The first member of the body that the operation's example does not have.
std::optional<std::string> unknown_member(const kit::DeedOperation& operation, const Json& body) {
  const Json example = Json::parse(operation.example);
  for (const auto& [name, value] : body.items()) {
    if (!example.contains(name)) return name;
  }
  return std::nullopt;
}

std::string members_of(const kit::DeedOperation& operation) {
  std::string names;
  const Json example = Json::parse(operation.example);
  for (const auto& [name, value] : example.items()) {
    names += names.empty() ? name : ", " + name;
  }
  return names;
}

Accounts& accounts_behind(kit::Platform& platform) {
  auto* accounts = dynamic_cast<Accounts*>(&platform);
  if (accounts == nullptr) throw std::logic_error("panel: this platform is not Base");
  return *accounts;
}

}  // namespace

std::span<const kit::DeedOperation> panel_operations() { return kPanelOperations; }

Panel::Panel(kit::Platform& base, std::string_view account, ShopFile::Send send)
    : base_(base), account_(account), send_(std::move(send)) {
  const Accounts& accounts = accounts_behind(base_);
  if (account_.empty()) account_ = accounts.only_account();
  if (accounts.find(account_) == nullptr) {
    throw kit::WorldError("/account", fmt::format("there is no account '{}'", account_));
  }
}

DeedAnswer Panel::act(std::string_view operation, const Json& body, kit::Context& context) {
  const auto found = std::find_if(kPanel.begin(), kPanel.end(), [&](const PanelEntry& one) {
    return one.operation.name == operation;
  });
  if (found == kPanel.end()) {
    std::vector<std::string_view> names;
    for (const PanelEntry& one : kPanel) names.push_back(one.operation.name);
    return refused(fmt::format("nobody does '{}' in the panel", operation), "",
                   fmt::format("one of {}", fmt::join(names, ", ")), "name one of them");
  }
  if (!body.is_object()) {
    return refused("the body is no object", "", "a JSON object",
                   fmt::format("such as {}", found->operation.example));
  }
  if (const auto name = unknown_member(found->operation, body)) {
    return refused(fmt::format("'{}' is not known here", *name), "/" + *name,
                   "one of " + members_of(found->operation), "leave it out or mend its name");
  }
  Accounts& accounts = accounts_behind(base_);
  State draft = *accounts.find(account_);
  const std::size_t due = context.webhooks.size();
  Desk desk{draft, context, Given(body), send_};
  DeedAnswer answer = [&]() -> DeedAnswer {
    try {
      return found->handler(desk);
    } catch (const kit::WorldError& wrong) {
      return refused(wrong.what(), wrong.pointer(), "what the example has",
                     fmt::format("compare with {}", found->operation.example));
    }
  }();
  context.account = account_;
  if (std::holds_alternative<Json>(answer)) {
    State& state = *accounts.find_to_write(account_);
    state = std::move(draft);
    accounts.index_tokens(state);
  } else {
    context.webhooks.resize(due);
  }
  return answer;
}

Json Panel::perform(std::string_view operation, const Json& body, kit::Context& context) {
  DeedAnswer answer = act(operation, body, context);
  if (const auto* refusal = std::get_if<kit::DeedRefusal>(&answer)) {
    throw std::invalid_argument(fmt::format("{}: {}", operation, refusal->text()));
  }
  return std::get<Json>(std::move(answer));
}

}  // namespace atrapa::mocks::base
