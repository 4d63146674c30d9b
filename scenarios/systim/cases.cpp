#include "scenarios/systim/cases.hpp"

#include <stdexcept>

namespace atrapa::scenarios::systim {
namespace {

// nlohmann's macros would make every member required or every member optional; a replay file
// written by hand should need only what differs from the defaults, but a misspelt enumerator must
// not pass.
template <typename T>
void read(const Json& json, const char* key, T& value) {
  if (const auto found = json.find(key); found != json.end()) found->get_to(value);
}

template <typename T>
void read(const Json& json, const char* key, std::optional<T>& value) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) {
    value.reset();
  } else {
    value = found->get<T>();
  }
}

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// A member that is special: only where it is. The smallest case is read by people.
template <typename T>
void write_special(Json& json, const char* key, const T& value, const T& usual) {
  if (value != usual) json[key] = value;
}

std::string to_text(Fate fate) {
  switch (fate) {
    case Fate::Written: return "written";
    case Fate::LeftAlone: return "left_alone";
    case Fate::Tried: return "tried";
    case Fate::UntouchedOrReported: return "untouched_or_reported";
  }
  throw std::logic_error("a fate without a name");
}

Fate fate_of(const std::string& text) {
  for (const Fate fate : {Fate::Written, Fate::LeftAlone, Fate::Tried, Fate::UntouchedOrReported}) {
    if (to_text(fate) == text) return fate;
  }
  throw std::runtime_error("\"fate\" is '" + text +
                           "'; expected written, left_alone, tried or untouched_or_reported");
}

}  // namespace

// The member types are found by their namespace, so these stand outside of the unnamed one.

static void to_json(Json& json, const ShopVariant& variant) {
  json = {{"code", variant.code}, {"stock", variant.stock}};
}

static void from_json(const Json& json, ShopVariant& variant) {
  read(json, "code", variant.code);
  read(json, "stock", variant.stock);
}

void to_json(Json& json, const ShopProduct& product) {
  json = {{"code", product.code},  {"name", product.name},   {"unit", product.unit},
          {"tax", product.tax},    {"price", product.price}, {"categories", product.categories},
          {"stock", product.stock}};
  static const ShopProduct usual;
  write_special(json, "tax_row", product.tax_row, usual.tax_row);
  write_special(json, "foreign_category", product.foreign_category, usual.foreign_category);
  write_special(json, "active", product.active, usual.active);
  write_special(json, "variants", product.variants, usual.variants);
}

void from_json(const Json& json, ShopProduct& product) {
  read(json, "code", product.code);
  read(json, "name", product.name);
  read(json, "unit", product.unit);
  read(json, "tax", product.tax);
  read(json, "tax_row", product.tax_row);
  read(json, "price", product.price);
  read(json, "categories", product.categories);
  read(json, "foreign_category", product.foreign_category);
  read(json, "stock", product.stock);
  read(json, "active", product.active);
  read(json, "variants", product.variants);
}

static void to_json(Json& json, const Pair& pair) {
  json = {{"planted", pair.planted},
          {"erp", or_null(pair.erp)},
          {"shop", or_null(pair.shop)},
          {"fate", to_text(pair.fate)},
          {"expected", pair.expected}};
  static const Pair usual;
  if (pair.first_stock) json["first_stock"] = *pair.first_stock;
  write_special(json, "reported", pair.reported, usual.reported);
  write_special(json, "deleted_in_shop", pair.deleted_in_shop, usual.deleted_in_shop);
  write_special(json, "category_becomes", pair.category_becomes, usual.category_becomes);
  write_special(json, "unit_made_whole", pair.unit_made_whole, usual.unit_made_whole);
  write_special(json, "same_id", pair.same_id, usual.same_id);
}

static void from_json(const Json& json, Pair& pair) {
  read(json, "planted", pair.planted);
  read(json, "erp", pair.erp);
  read(json, "shop", pair.shop);
  read(json, "first_stock", pair.first_stock);
  read(json, "deleted_in_shop", pair.deleted_in_shop);
  read(json, "category_becomes", pair.category_becomes);
  read(json, "unit_made_whole", pair.unit_made_whole);
  read(json, "same_id", pair.same_id);
  pair.fate = fate_of(json.at("fate").get<std::string>());
  read(json, "expected", pair.expected);
  read(json, "reported", pair.reported);
}

static void to_json(Json& json, const Line& line) {
  json = {
      {"planted", line.planted},   {"code", line.code},       {"name", line.name},
      {"quantity", line.quantity}, {"price", line.price},     {"discount", line.discount},
      {"tax", line.tax},           {"unit", line.unit},       {"shop_product", line.shop_product},
      {"erp", line.erp},           {"product", line.product}, {"charged", line.charged}};
}

static void from_json(const Json& json, Line& line) {
  read(json, "planted", line.planted);
  read(json, "code", line.code);
  read(json, "name", line.name);
  read(json, "quantity", line.quantity);
  read(json, "price", line.price);
  read(json, "discount", line.discount);
  read(json, "tax", line.tax);
  read(json, "unit", line.unit);
  read(json, "shop_product", line.shop_product);
  read(json, "erp", line.erp);
  read(json, "product", line.product);
  read(json, "charged", line.charged);
}

static void to_json(Json& json, const Order& order) {
  json = {{"planted", order.planted}, {"origin", order.origin},     {"placed", order.placed},
          {"lines", order.lines},     {"shipping", order.shipping}, {"imported", order.imported},
          {"total", order.total}};
  static const Order usual;
  write_special(json, "date", order.date, usual.date);
  write_special(json, "registered", order.registered, usual.registered);
  write_special(json, "paid", order.paid, usual.paid);
  write_special(json, "nip", order.nip, usual.nip);
  write_special(json, "edited_later", order.edited_later, usual.edited_later);
  write_special(json, "reported", order.reported, usual.reported);
}

static void from_json(const Json& json, Order& order) {
  read(json, "planted", order.planted);
  read(json, "origin", order.origin);
  read(json, "placed", order.placed);
  read(json, "date", order.date);
  read(json, "registered", order.registered);
  read(json, "lines", order.lines);
  read(json, "shipping", order.shipping);
  read(json, "paid", order.paid);
  read(json, "nip", order.nip);
  read(json, "edited_later", order.edited_later);
  read(json, "imported", order.imported);
  read(json, "reported", order.reported);
  read(json, "total", order.total);
}

static void to_json(Json& json, const Batch& batch) {
  json = {{"orders", batch.orders},
          {"id_gap", batch.id_gap},
          {"seconds_apart", batch.seconds_apart},
          {"fetched_after", batch.fetched_after}};
  static const Batch usual;
  write_special(json, "last_deleted", batch.last_deleted, usual.last_deleted);
}

static void from_json(const Json& json, Batch& batch) {
  read(json, "orders", batch.orders);
  read(json, "id_gap", batch.id_gap);
  read(json, "seconds_apart", batch.seconds_apart);
  read(json, "last_deleted", batch.last_deleted);
  read(json, "fetched_after", batch.fetched_after);
}

void to_json(Json& json, const Accident& accident) {
  json = {{"kind", accident.kind}, {"exchange", accident.exchange}, {"times", accident.times}};
}

void from_json(const Json& json, Accident& accident) {
  read(json, "kind", accident.kind);
  read(json, "exchange", accident.exchange);
  read(json, "times", accident.times);
}

static void to_json(Json& json, const Step& step) {
  json = {{"command", step.command}, {"new_orders", step.new_orders}, {"accident", step.accident}};
  static const Step usual;
  write_special(json, "announced_twice", step.announced_twice, usual.announced_twice);
  write_special(json, "edited_at_once", step.edited_at_once, usual.edited_at_once);
}

static void from_json(const Json& json, Step& step) {
  read(json, "command", step.command);
  read(json, "new_orders", step.new_orders);
  read(json, "announced_twice", step.announced_twice);
  read(json, "edited_at_once", step.edited_at_once);
  read(json, "accident", step.accident);
}

static void to_json(Json& json, const Change& change) {
  json = {{"pair", change.pair},
          {"erp_stock", change.erp_stock},
          {"shop_stock", change.shop_stock},
          {"run_after", change.run_after},
          {"accident", change.accident}};
}

static void from_json(const Json& json, Change& change) {
  read(json, "pair", change.pair);
  read(json, "erp_stock", change.erp_stock);
  read(json, "shop_stock", change.shop_stock);
  read(json, "run_after", change.run_after);
  read(json, "accident", change.accident);
}

void to_json(Json& json, const PairCase& input) {
  json = {{"automatic", input.automatic}, {"pairs", input.pairs}};
  static const PairCase usual;
  write_special(json, "languages", input.languages, usual.languages);
  write_special(json, "default_language", input.default_language, usual.default_language);
  write_special(json, "warehouses", input.warehouses, usual.warehouses);
}
void from_json(const Json& json, PairCase& input) {
  read(json, "automatic", input.automatic);
  read(json, "languages", input.languages);
  read(json, "default_language", input.default_language);
  read(json, "warehouses", input.warehouses);
  json.at("pairs").get_to(input.pairs);
}
std::size_t records(const PairCase& input) { return input.pairs.size(); }

void to_json(Json& json, const OrderCase& input) {
  json = {
      {"automatic", input.automatic}, {"saved_after", input.saved_after}, {"orders", input.orders}};
  static const OrderCase usual;
  write_special(json, "bulk_counts_each", input.bulk_counts_each, usual.bulk_counts_each);
}
void from_json(const Json& json, OrderCase& input) {
  read(json, "automatic", input.automatic);
  read(json, "saved_after", input.saved_after);
  read(json, "bulk_counts_each", input.bulk_counts_each);
  json.at("orders").get_to(input.orders);
}
std::size_t records(const OrderCase& input) { return input.orders.size(); }

void to_json(Json& json, const ArrivalCase& input) {
  json = Json::object();
  write_special(json, "saved_after", input.saved_after, std::int64_t{0});
  json["batches"] = input.batches;
}
void from_json(const Json& json, ArrivalCase& input) {
  read(json, "saved_after", input.saved_after);
  json.at("batches").get_to(input.batches);
}
std::size_t records(const ArrivalCase& input) {
  std::size_t orders = 0;
  for (const Batch& batch : input.batches) orders += static_cast<std::size_t>(batch.orders);
  return orders;
}

void to_json(Json& json, const HistoryCase& input) { json = {{"steps", input.steps}}; }
void from_json(const Json& json, HistoryCase& input) { json.at("steps").get_to(input.steps); }
std::size_t records(const HistoryCase& input) {
  std::size_t orders = 0;
  for (const Step& step : input.steps) orders += static_cast<std::size_t>(step.new_orders);
  return orders;
}

void to_json(Json& json, const ChangesCase& input) {
  json = {{"pairs", input.pairs}, {"changes", input.changes}};
}
void from_json(const Json& json, ChangesCase& input) {
  json.at("pairs").get_to(input.pairs);
  json.at("changes").get_to(input.changes);
}
std::size_t records(const ChangesCase& input) { return input.pairs.size(); }

}  // namespace atrapa::scenarios::systim
