#include "scenarios/systim/planting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <stdexcept>

namespace atrapa::scenarios::systim {
namespace {

using mocks::kit::Exchange;
using mocks::kit::Instant;

/// An exchange that no case reaches.
constexpr std::uint64_t kNever = std::uint64_t{1} << 40;

constexpr std::string_view kCancelled = "4";  ///< Type of a status [doc].
/// The customer with an account in the world "empty".
constexpr std::int64_t kCustomer = 1;

constexpr std::string_view kProductStocks = "product-stocks";
constexpr std::string_view kProducts = "products";

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// One call, taken out of its bulk where it came in one.
struct Call {
  std::string method;
  std::string resource;
  std::optional<std::int64_t> id;
  Json body;
};

std::optional<Call> read_call(const std::string& method, const std::string& path, Json body) {
  const auto target = mocks::kit::parse_target(path);
  if (!target || target->segments.size() < 3) return std::nullopt;
  Call call{.method = method, .resource = target->segments[2], .id = {}, .body = std::move(body)};
  if (target->segments.size() > 3) call.id = number(target->segments[3]);
  return call;
}

std::vector<Call> calls_of(const Exchange& exchange) {
  std::vector<Call> calls;
  Json body = Json::parse(exchange.request.body, nullptr, false);
  const auto whole = read_call(exchange.request.method, exchange.request.target, body);
  if (!whole) return calls;
  if (whole->resource != "bulk" || !body.is_array()) return {*whole};
  for (const Json& part : body) {
    if (!part.is_object()) continue;
    auto call = read_call(part.value("method", ""), part.value("path", ""),
                          part.value("body", Json::object()));
    if (call) calls.push_back(*std::move(call));
  }
  return calls;
}

bool writes_stock(const Call& call) {
  if (call.method != "PUT" && call.method != "POST") return false;
  if (!call.body.is_object()) return false;
  return (call.resource == kProductStocks &&
          (call.body.contains("stock") || call.body.contains("warehouses"))) ||
         (call.resource == kProducts && call.body.contains("stock"));
}

void each_call(harness::Bench& bench, std::uint64_t from,
               const std::function<void(const Exchange&, const Call&)>& visit) {
  for (const Exchange& exchange : bench.exchanges()) {
    if (exchange.number <= from) continue;
    for (const Call& call : calls_of(exchange)) visit(exchange, call);
  }
}

Json address(const Order& order) {
  Json row = {{"firstname", "Jan"},    {"lastname", "Testowy"}, {"street1", "Polna 1"},
              {"city", "Przykładowo"}, {"postcode", "00-001"},  {"country", "Polska"},
              {"country_code", "PL"},  {"phone", "500000000"}};
  if (!order.nip.empty()) {
    row["company"] = "Przykład sp. z o.o.";
    row["tax_identification_number"] = order.nip;
  }
  return row;
}

}  // namespace

Planter::Planter(harness::Bench& bench) : bench_(bench) {
  auto& shop = bench.shop();
  for (const std::int64_t id : shop.ids("taxes")) {
    taxes_[shop.text("taxes", id, "name")].push_back(id);
  }
  for (const std::int64_t id : shop.ids("units")) {
    units_[shop.text("units", id, "translations.pl_PL.name")] = id;
  }
}

std::int64_t Planter::tax(const std::string& name, int row) {
  std::vector<std::int64_t>& ids = taxes_[name];
  while (ids.size() < static_cast<std::size_t>(row)) {
    // "22%" is worth 22; names without a number are the rates of 0.
    const std::string value = name.ends_with('%') ? name.substr(0, name.size() - 1) : "0";
    ids.push_back(bench_.shop().plant("taxes", {{"name", name}, {"value", value}, {"class", name}},
                                      bench_.now()));
  }
  return ids[static_cast<std::size_t>(row) - 1];
}

std::int64_t Planter::unit(const std::string& name) {
  const auto found = units_.find(name);
  if (found == units_.end()) throw std::logic_error("the shop has no unit called " + name);
  return found->second;
}

std::int64_t Planter::category(const std::vector<std::string>& path, const std::string& foreign) {
  std::int64_t id = 0;
  std::vector<std::string> key;
  for (std::size_t depth = 0; depth < path.size(); ++depth) {
    const bool leaf = depth + 1 == path.size();
    key.push_back(path[depth]);
    if (leaf && !foreign.empty()) key.push_back("en_US:" + foreign);
    const auto [known, missing] = categories_.try_emplace(key, 0);
    if (missing) {
      Json translations = Json::object();
      if (!path[depth].empty()) translations["pl_PL"] = {{"name", path[depth]}, {"active", "1"}};
      if (leaf && !foreign.empty()) {
        translations["en_US"] = {{"name", foreign}, {"active", "1"}};
      }
      known->second = bench_.shop().plant(
          "categories", {{"parent_id", id}, {"translations", translations}}, bench_.now());
    }
    id = known->second;
  }
  return id;
}

std::int64_t Planter::plant(const ShopProduct& product) {
  Json ids = Json::array();
  for (const auto& path : product.categories) {
    ids.push_back(category(path, ids.empty() ? product.foreign_category : ""));
  }
  Json row = {
      {"code", product.code},
      {"unit_id", unit(product.unit)},
      {"tax_id", product.tax.empty() ? Json(nullptr) : Json(tax(product.tax, product.tax_row))},
      {"category_id", ids.empty() ? Json(nullptr) : ids.front()},
      {"categories", ids},
      {"stock", {{"price", product.price}, {"stock", product.stock}}},
      {"translations",
       {{"pl_PL", {{"name", product.name}, {"active", product.active ? "1" : "0"}}}}}};
  if (!product.active) row["stock"]["active"] = "0";
  const std::int64_t id = bench_.shop().plant("products", row, bench_.now());
  for (const ShopVariant& variant : product.variants) plant_variant(id, variant);
  return id;
}

std::int64_t Planter::plant_variant(std::int64_t product_id, const ShopVariant& variant) {
  return bench_.shop().plant("product-stocks",
                             {{"product_id", product_id},
                              {"extended", "1"},
                              {"code", variant.code},
                              {"stock", variant.stock}},
                             bench_.now());
}

Json Planter::line_row(const Line& line) {
  const ShopProduct sold{.code = line.code,
                         .name = line.name,
                         .unit = line.unit,
                         .tax = line.tax,
                         .price = line.price,
                         .categories = {{"Buty"}},
                         .stock = "100"};
  if (line.shop_product == "bundle") return bundle_row(line, sold);
  std::int64_t product = 0;
  std::int64_t variant = 0;
  if (line.shop_product == "variant") {
    ShopProduct parent = sold;
    parent.code += "-PARENT";
    product = plant(parent);
    variant = plant_variant(product, {.code = line.code, .stock = "100"});
  } else if (line.shop_product != "free") {
    product = plant(sold);
  }
  Json row = line_fields(line, product);
  if (variant != 0) row["stock_id"] = variant;
  if (line.shop_product == "deleted") bench_.shop().remove("products", product);
  return row;
}

/// A line of the type "bundle" that names what is in it.
Json Planter::bundle_row(const Line& line, const ShopProduct& sold) {
  ShopProduct member = sold;
  member.code += "-MEMBER";
  member.name += " (część)";
  const std::int64_t part = plant(member);
  const std::int64_t bundle = plant(sold);
  bench_.shop().edit("products", bundle, {{"type", "1"}});
  Json row = line_fields(line, bundle);
  row["type"] = "1";
  row["children"] = Json::array(
      {{{"product_id", part}, {"code", member.code}, {"name", member.name}, {"quantity", "2"}}});
  return row;
}

Json Planter::line_fields(const Line& line, std::int64_t product) {
  Json row = {{"product_id", product},
              {"code", line.code},
              {"name", line.name},
              {"quantity", line.quantity},
              {"price", line.price},
              {"discount_perc", line.discount},
              {"tax", line.tax},
              {"unit", line.unit},
              {"unit_fp", line.unit == "szt." ? "0" : "1"}};
  row["tax_value"] = line.tax.ends_with('%') ? line.tax.substr(0, line.tax.size() - 1) : "0";
  return row;
}

std::int64_t Planter::plant(const Order& order, Instant saved) {
  Json lines = Json::array();
  for (const Line& line : order.lines) lines.push_back(line_row(line));
  Json row = {{"origin", order.origin},
              {"email", "jan.testowy@example.com"},
              {"shipping_cost", order.shipping},
              {"paid", order.paid ? "10.00" : "0.00"},
              {"billing_address", address(order)},
              {"delivery_address", address(order)},
              {"products", lines}};
  if (!order.date.empty()) row["date"] = order.date;
  if (order.registered) row["user_id"] = kCustomer;
  return bench_.shop().plant("orders", row, saved + std::chrono::seconds(order.placed));
}

std::int64_t Planter::plant_plain_order(Instant placed, const std::string& code, std::int64_t id) {
  Json row = {{"origin", 0},
              {"email", "jan.testowy@example.com"},
              {"billing_address", address({})},
              {"products", Json::array({{{"product_id", 0},
                                         {"code", code},
                                         {"name", "Towar"},
                                         {"quantity", "1"},
                                         {"price", "10.00"},
                                         {"tax", "23%"},
                                         {"tax_value", "23"}}})}};
  if (id != 0) row["order_id"] = id;
  const std::int64_t planted = bench_.shop().plant("orders", row, placed);
  bench_.announce_order(std::to_string(planted));
  return planted;
}

void Planter::change_status(std::int64_t order_id) {
  auto& shop = bench_.shop();
  const std::string now = shop.text("orders", order_id, "status_id");
  for (const std::int64_t status : shop.ids("statuses")) {
    if (std::to_string(status) == now) continue;
    shop.edit("orders", order_id, {{"status_id", status}});
    return;
  }
}

void Planter::cancel(std::int64_t order_id) {
  auto& shop = bench_.shop();
  for (const std::int64_t status : shop.ids("statuses")) {
    if (shop.text("statuses", status, "type") != kCancelled) continue;
    shop.edit("orders", order_id, {{"status_id", status}});
    return;
  }
  throw std::logic_error("the shop has no status for cancelled orders");
}

std::vector<std::string> Planter::variant_stocks(std::int64_t product_id) const {
  auto& shop = bench_.shop();
  std::vector<std::string> stocks;
  const auto row = shop.row(kProducts, product_id);
  if (!row) return stocks;
  for (const Json& id : row->at("options")) {
    stocks.push_back(plain_decimal(shop.text(
        kProductStocks,
        id.is_string() ? number(id.get<std::string>()).value() : id.get<std::int64_t>(), "stock")));
  }
  return stocks;
}

void Planter::rename_category(std::int64_t product_id, const std::string& name) {
  auto& shop = bench_.shop();
  const auto id = number(shop.text(kProducts, product_id, "category_id")).value();
  shop.edit("categories", id, {{"translations", {{"pl_PL", {{"name", name}, {"active", "1"}}}}}});
}

void Planter::make_unit_whole(std::int64_t product_id) {
  auto& shop = bench_.shop();
  const auto id = number(shop.text(kProducts, product_id, "unit_id")).value();
  shop.edit("units", id, {{"floating_point", "0"}});
}

void Planter::open_warehouses(const std::vector<std::string>& states) {
  for (std::size_t i = 0; i < states.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    bench_.shop().plant("warehouses",
                        {{"name", "Magazyn " + number},
                         {"short_name", "M" + number},
                         {"active", states[i] == "active"},
                         {"default", i == 0}},
                        bench_.now());
  }
  bench_.shop().configure({{"warehouses_enabled", true}});
}

std::string Planter::stock(std::int64_t product_id) const {
  const auto& shop = bench_.shop();
  if (!shop.has(kProducts, product_id)) return "no such product";
  return plain_decimal(shop.text(kProducts, product_id, "stock.stock"));
}

void Planter::set_stock(std::int64_t product_id, const std::string& stock) {
  auto& shop = bench_.shop();
  const auto id = number(shop.text(kProducts, product_id, "stock.stock_id")).value();
  shop.edit(kProductStocks, id, {{"stock", stock}});
}

std::string plain_decimal(const std::string& text) {
  std::string_view digits = text;
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  if (digits.empty() || digits.find_first_not_of("0123456789.") != digits.npos) return text;
  if (std::count(digits.begin(), digits.end(), '.') > 1) return text;
  if (digits.find('.') != digits.npos) {
    digits = digits.substr(0, digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.')) digits.remove_suffix(1);
  }
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return "0";
  return fmt::format("{}{}{}", negative ? "-" : "", digits.front() == '.' ? "0" : "", digits);
}

std::set<std::int64_t> stock_writes(harness::Bench& bench, std::uint64_t from) {
  std::set<std::int64_t> products;
  each_call(bench, from, [&](const Exchange&, const Call& call) {
    if (!writes_stock(call) || !call.id) return;
    if (call.resource == kProducts) {
      products.insert(*call.id);
    } else if (bench.shop().has(kProductStocks, *call.id)) {
      products.insert(
          number(bench.shop().text(kProductStocks, *call.id, "product_id")).value_or(0));
    }
  });
  return products;
}

FirstCalls first_calls(harness::Bench& bench, std::uint64_t from) {
  FirstCalls first;
  each_call(bench, from, [&](const Exchange& exchange, const Call& call) {
    if (first.orders_read == 0 && call.method == "GET" && call.resource == "orders") {
      first.orders_read = exchange.number;
    }
    if (first.stock_written == 0 && writes_stock(call)) first.stock_written = exchange.number;
  });
  return first;
}

std::vector<std::string> imported_orders(const harness::ErpView& erp) {
  std::vector<std::string> ids;
  for (const harness::ErpOrder& order : erp.orders) ids.push_back(order.shop_order_id);
  return ids;
}

bool reported(const harness::ErpView& erp, std::string_view kind, std::string_view record) {
  return std::any_of(erp.log.begin(), erp.log.end(), [&](const harness::ErpLogEntry& entry) {
    return entry.severity != "info" && entry.kind == kind && entry.record == record;
  });
}

Accident accident(int which, int exchange) {
  constexpr std::uint64_t kLong = 12;
  static const std::array<Accident, kAccidents> all{{
      {.kind = "", .times = 1},
      {.kind = "refused_before_send", .times = 1},
      {.kind = "lost_after_commit", .times = 1},
      {.kind = "too_many_requests", .times = 1},
      {.kind = "server_error", .times = 1},
      {.kind = "truncated_answer", .times = 1},
      {.kind = "killed_before_send", .times = 1},
      {.kind = "killed_after_answer", .times = 1},
      {.kind = "killed_before_commit", .times = 1},
      {.kind = "refused_before_send", .times = kLong},
      {.kind = "lost_after_commit", .times = kLong},
      {.kind = "server_error", .times = kLong},
      {.kind = "truncated_answer", .times = kLong},
  }};
  Accident chosen = all[static_cast<std::size_t>(which)];
  chosen.exchange = static_cast<std::uint64_t>(exchange);
  return chosen;
}

void arm(harness::Bench& bench, const Accident& accident) {
  if (accident.kind.empty()) return;
  if (accident.kind == "killed_before_send") {
    bench.kill_at(accident.exchange, harness::KillPoint::BeforeSend);
  } else if (accident.kind == "killed_after_answer") {
    bench.kill_at(accident.exchange, harness::KillPoint::AfterAnswer);
  } else if (accident.kind == "killed_before_commit") {
    bench.kill_at_commit(accident.exchange);
  } else if (const auto kind = mocks::kit::fault_kind(accident.kind)) {
    mocks::kit::FaultPlan plan;
    for (std::uint64_t i = 0; i < accident.times; ++i) {
      plan.push_back({.exchange = accident.exchange + i, .kind = *kind});
    }
    bench.arm(std::move(plan));
  } else {
    throw std::runtime_error(
        fmt::format("accident '{}' does not exist; expected a fault such as lost_after_commit, "
                    "killed_before_send, killed_after_answer or killed_before_commit",
                    accident.kind));
  }
}

void disarm(harness::Bench& bench) {
  bench.arm({});
  bench.kill_at(kNever, harness::KillPoint::BeforeSend);
  bench.kill_at_commit(kNever);
}

bool run_through(harness::Bench& bench, std::string_view command) {
  const harness::CommandResult result = bench.run(command);
  if (!bench.killed()) return result.ok;
  bench.restart();
  return false;
}

}  // namespace atrapa::scenarios::systim
