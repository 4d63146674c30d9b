#include "scenarios/systim/life_cases.hpp"

namespace atrapa::scenarios::systim {
namespace {

template <typename T>
void read_member(const Json& json, const char* key, T& value) {
  if (const auto found = json.find(key); found != json.end()) found->get_to(value);
}

template <typename T>
void write_unusual(Json& json, const char* key, const T& value, const T& usual) {
  if (value != usual) json[key] = value;
}

}  // namespace

static void to_json(Json& json, const LifeStep& step) {
  json = {{"act", step.act}};
  static const LifeStep usual;
  write_unusual(json, "other", step.other, usual.other);
  write_unusual(json, "key", step.key, usual.key);
  write_unusual(json, "address", step.address, usual.address);
  write_unusual(json, "new_orders", step.new_orders, usual.new_orders);
}

static void from_json(const Json& json, LifeStep& step) {
  read_member(json, "act", step.act);
  read_member(json, "other", step.other);
  read_member(json, "key", step.key);
  read_member(json, "address", step.address);
  read_member(json, "new_orders", step.new_orders);
}

static void to_json(Json& json, const DeskStep& step) {
  json = {{"act", step.act}, {"order", step.order}};
  static const DeskStep usual;
  write_unusual(json, "line", step.line, usual.line);
  write_unusual(json, "quantity", step.quantity, usual.quantity);
}

static void from_json(const Json& json, DeskStep& step) {
  read_member(json, "act", step.act);
  read_member(json, "order", step.order);
  read_member(json, "line", step.line);
  read_member(json, "quantity", step.quantity);
}

void to_json(Json& json, const LifeCase& input) {
  json = Json::object();
  write_unusual(json, "token_seconds", input.token_seconds, 0);
  json["steps"] = input.steps;
}
void from_json(const Json& json, LifeCase& input) {
  read_member(json, "token_seconds", input.token_seconds);
  json.at("steps").get_to(input.steps);
}
std::size_t records(const LifeCase& input) {
  std::size_t orders = 0;
  for (const LifeStep& step : input.steps) orders += static_cast<std::size_t>(step.new_orders);
  return orders;
}

void to_json(Json& json, const DeskCase& input) {
  // Orders are written as an OrderCase writes them.
  Json orders;
  to_json(orders, OrderCase{.orders = input.orders});
  json = {{"orders", orders.at("orders")}, {"steps", input.steps}};
}
void from_json(const Json& json, DeskCase& input) {
  OrderCase orders;
  from_json(Json{{"orders", json.at("orders")}}, orders);
  input.orders = std::move(orders.orders);
  json.at("steps").get_to(input.steps);
}
std::size_t records(const DeskCase& input) { return input.orders.size(); }

}  // namespace atrapa::scenarios::systim
