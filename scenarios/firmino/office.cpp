#include "scenarios/firmino/office.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

namespace atrapa::scenarios::firmino {
namespace {

constexpr std::chrono::minutes kBetweenRuns{10};
constexpr std::int64_t kPriceGroup = 105;
constexpr std::int64_t kFirstOrder = 7'104'001;

harness::DeedResult needed(harness::DeedResult result, std::string_view what) {
  if (result.done) return result;
  throw std::runtime_error(fmt::format("{}: the connector refuses it: {}", what, result.why));
}

template <typename T>
bool among(const T& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// Calls that read what a module is about, as the page's rules name them: orders and documents, and
/// stock. Reading lists and the catalogue is nobody's: any module may need it.
constexpr std::array<std::string_view, 10> kOrderReads{
    "getOrders",      "getJournalList",         "getOrdersByEmail", "getOrdersByPhone",
    "getInvoices",    "getInvoiceFile",         "getReceipt",       "getReceipts",
    "getNewReceipts", "getOrderTransactionData"};
constexpr std::string_view kStockRead = "getInventoryProductsStock";

/// Makes or changes something; methods of a name that says neither count as reads.
bool changes_something(std::string_view method) {
  static constexpr std::array<std::string_view, 6> kVerbs{"add",    "set",    "update",
                                                          "delete", "create", "run"};
  return std::any_of(kVerbs.begin(), kVerbs.end(),
                     [&](std::string_view verb) { return method.starts_with(verb); });
}

bool has(std::string_view method, std::string_view word) {
  return method.find(word) != method.npos;
}

}  // namespace

Json Office::usual_settings() {
  return {{"orders", false},
          {"products", false},
          {"warehouses", false},
          {"confirmed", true},
          {"statuses", {"401"}}};
}

Office::Office(Bench& bench) : bench_(bench), base_(bench) {
  bench_.configure();
  // An account whose documents may be numbered.
  bench_.base().plant("series", {{"type", "INVOICE"}, {"name", "Faktury"}, {"is_default", true}});
  bench_.base().plant("series", {{"type", "RECEIPT"}, {"name", "Paragony"}, {"is_default", true}});
  needed(bench_.perform("put_warehouse", {{"id", "M1"}, {"name", "Główny"}}), "a warehouse");
  needed(bench_.perform("put_warehouse", {{"id", "M2"}, {"name", "Zapas"}}), "a warehouse");
}

void Office::put_card(const Json& card) { bench_.edit_product(card.get<harness::ErpProduct>()); }

harness::DeedResult Office::add_integration(const std::string& token) {
  harness::DeedResult made =
      bench_.perform("add_integration", {{"label", "Sklep"}, {"token", token}});
  if (made.done) id_ = made.answer.value("id", "");
  return made;
}

void Office::connect(const Json& settings) {
  needed(add_integration(bench_.base_access().token), "the integration");
  if (!configure(settings)) throw std::runtime_error("the connector refuses its settings");
}

bool Office::configure(const Json& changes) {
  Json next = settings_;
  next.update(changes);
  const bool saved = bench_.perform("configure", {{"id", id_}, {"settings", next}}).done;
  if (saved) settings_ = std::move(next);
  return saved;
}

harness::DeedResult Office::join(const std::string& key, const std::string& warehouse) {
  return bench_.perform("join_warehouse", {{"id", id_}, {"key", key}, {"warehouse", warehouse}});
}

harness::CommandResult Office::tick() {
  harness::CommandResult result = bench_.run("tick");
  bench_.advance(kBetweenRuns);
  return result;
}

harness::DeedResult Office::fulfil(std::int64_t order, std::string_view kind) {
  harness::DeedResult result;
  for (const harness::ErpOrder& one : orders(order)) {
    Json arguments = {{"order", one.id}};
    if (!kind.empty()) arguments["kind"] = kind;
    result = bench_.perform("fulfil", arguments);
  }
  return result;
}

std::vector<harness::ErpOrder> Office::orders(std::int64_t order) const {
  std::vector<harness::ErpOrder> found = bench_.erp().orders;
  std::erase_if(found, [number = std::to_string(order)](const harness::ErpOrder& one) {
    return one.shop_order_id != number;
  });
  return found;
}

std::vector<harness::ErpDocument> Office::documents(std::int64_t order) const {
  std::vector<harness::ErpDocument> found;
  const std::vector<harness::ErpOrder> own = orders(order);
  for (harness::ErpDocument& paper : bench_.erp().papers) {
    const bool sales = paper.kind == "invoice" || paper.kind == "receipt";
    const bool is_own = std::any_of(own.begin(), own.end(), [&](const harness::ErpOrder& one) {
      return one.id == paper.order_id;
    });
    if (sales && is_own && !paper.cancelled) found.push_back(std::move(paper));
  }
  return found;
}

std::vector<harness::ErpProduct> Office::cards_called(std::string_view name) const {
  std::vector<harness::ErpProduct> found = bench_.erp().products;
  std::erase_if(found, [&](const harness::ErpProduct& card) { return card.name != name; });
  return found;
}

std::string Office::pieces(std::string_view card, const std::string& warehouse) const {
  for (const harness::ErpProduct& one : bench_.erp().products) {
    if (one.id != card) continue;
    const auto found = one.stocks.find(warehouse);
    return found == one.stocks.end() ? "0" : short_decimal(found->second);
  }
  return "no card";
}

bool Office::log_names(const std::vector<std::string>& record) const {
  const std::vector<harness::ErpLogEntry> log = bench_.erp().log;
  return std::any_of(log.begin(), log.end(), [&](const harness::ErpLogEntry& entry) {
    return std::any_of(record.begin(), record.end(), [&](const std::string& name) {
      return !name.empty() && (entry.record == name || entry.text.find(name) != std::string::npos);
    });
  });
}

std::int64_t unix_now(const Bench& bench) {
  return std::chrono::floor<std::chrono::seconds>(bench.now()).time_since_epoch().count();
}

std::int64_t plant(BaseAccount& base, const Bench& bench, const Json& given) {
  Json row = given.value("order", Json::object());
  // Numbers that no other text of a log holds by chance.
  row["order_id"] = kFirstOrder + static_cast<std::int64_t>(base.look().sales.orders.size());
  row["date_add"] = given.value("placed", unix_now(bench));
  row["date_confirmed"] = given.value("confirmed", row["date_add"].get<std::int64_t>());
  std::vector<Json> lines{Json::object()};
  if (given.contains("lines")) lines = given.at("lines").get<std::vector<Json>>();
  return base.plant_order(row, lines);
}

void advance_to(Bench& bench, std::string_view utc) {
  bench.advance(std::chrono::seconds(unix_of(utc) - unix_now(bench)));
}

std::string short_decimal(std::string_view text) {
  if (text.find('.') == text.npos) return std::string(text);
  while (text.ends_with('0')) text.remove_suffix(1);
  if (text.ends_with('.')) text.remove_suffix(1);
  return std::string(text);
}

Json view_of(const mocks::base::Product& product) {
  Json view = {{"sku", product.sku}, {"ean", product.ean}, {"vat", product.tax_rate.text()}};
  if (view["vat"] == "-1") view["vat"] = "zw";
  if (view["vat"] == "-0.02") view["vat"] = "np";
  if (view["vat"] == "-0.03") view["vat"] = "oo";
  for (const char* field : {"name", "description"}) {
    const auto found = product.text_fields.find(field);
    view[field] = found == product.text_fields.end() ? "" : found->second;
  }
  const auto price = product.prices.find(kPriceGroup);
  view["price"] = price == product.prices.end() ? "" : short_decimal(price->second.fixed(2));
  Json images = Json::array();
  for (const auto& [place, address] : product.images) {
    if (!address.empty()) images.push_back(address);
  }
  view["images"] = std::move(images);
  return view;
}

Json view_of(const harness::ErpProduct& card) {
  return {{"sku", card.code.value_or("")},
          {"ean", card.ean.value_or("")},
          {"vat", card.vat.value_or("")},
          {"name", card.name},
          {"description", card.description},
          {"price", short_decimal(card.gross_price.value_or(""))},
          {"images", card.images}};
}

void expect_view(Judgement& judgement, const std::string& what, const Json& expected,
                 const Json& observed) {
  for (const auto& [name, value] : expected.items()) {
    judgement.expect_equal(what + ": " + name, value.dump(), observed.value(name, Json()).dump());
  }
}

Json card_json(const std::string& id, const std::string& name, const std::string& code,
               const std::string& price) {
  Json card = {{"id", id}, {"name", name}, {"vat", "23"}, {"gross_price", price}};
  if (!code.empty()) card["code"] = code;
  return card;
}

Json product_json(const std::string& name, const std::string& sku, const std::string& price) {
  return {{"sku", sku}, {"text_fields", {{"name", name}}}, {"prices", {{"105", price}}}};
}

Json stocked(const std::string& id, std::size_t i, const Json& stocks) {
  Json card = card_json(id, fmt::format("Kubek {}", i), fmt::format("KUB-{}", i));
  card["stocks"] = stocks;
  return card;
}

Json over_card(Json card, const Json& changes) {
  card.update(changes);
  return card;
}

Json source_settings(const Json& more) {
  Json settings = {{"products", true}, {"product_source", "firmino"}};
  settings.update(more);
  return settings;
}

Json typed(const char* type) { return {{"products", true}, {"product_source", type}}; }

bool on_fetch(const harness::SwitchValues& switches) {
  return value_of(switches, "firmino.document_moment") == "on_fetch";
}

std::int64_t millionths(std::string_view decimal) {
  const bool negative = decimal.starts_with('-');
  if (negative) decimal.remove_prefix(1);
  const std::size_t point = std::min(decimal.find('.'), decimal.size());
  std::string digits(decimal.substr(0, point));
  std::string rest(point < decimal.size() ? decimal.substr(point + 1) : std::string_view());
  rest.resize(6, '0');
  const std::int64_t value = std::stoll(digits + rest);
  return negative ? -value : value;
}

std::int64_t all_pieces(const harness::ErpProduct& card) {
  if (card.stocks.empty()) return millionths(card.stock);
  std::int64_t sum = 0;
  for (const auto& [warehouse, pieces] : card.stocks) sum += millionths(pieces);
  return sum;
}

bool moves_data(const BaseCall& call) { return !module_of(call).empty(); }

std::string_view module_of(const BaseCall& call) {
  const std::string_view method = call.method;
  if (among(kOrderReads, method)) return "orders";
  if (method == kStockRead) return "warehouses";
  if (!changes_something(method)) return "";
  if (has(method, "Inventory") || has(method, "ExternalStorage")) {
    const bool stock = has(method, "Stock") || has(method, "Quantity") || has(method, "Warehouse");
    return stock ? "warehouses" : "products";
  }
  if (has(method, "Invoice") || has(method, "Receipt") || method.starts_with("setOrder")) {
    return "orders";
  }
  return "other";
}

}  // namespace atrapa::scenarios::firmino
