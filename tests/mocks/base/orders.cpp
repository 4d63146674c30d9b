#include "tests/mocks/base/orders.hpp"

#include <fmt/format.h>

namespace atrapa::tests::base {

Json order_line(const std::string& name, const std::string& price, int quantity) {
  return {{"storage", "db"}, {"storage_id", 307},     {"product_id", ""}, {"name", name},
          {"sku", "SKU-1"},  {"price_brutto", price}, {"tax_rate", 23},   {"quantity", quantity}};
}

Json order_of(std::initializer_list<Json> lines) {
  return {{"order_status_id", 1},
          {"date_add", 1772430000},
          {"currency", "PLN"},
          {"payment_method", "Przelew"},
          {"payment_method_cod", 0},
          {"paid", 0},
          {"email", "jan@example.com"},
          {"phone", "600100200"},
          {"delivery_method", "Kurier"},
          {"delivery_price", "12.00"},
          {"delivery_fullname", "Jan Kowalski"},
          {"delivery_address", "Długa 1"},
          {"delivery_postcode", "00-001"},
          {"delivery_city", "Warszawa"},
          {"delivery_country_code", "PL"},
          {"products", Json::array_t(lines)}};
}

std::int64_t add_order(Account& account, const Json& order) {
  return account.good("addOrder", order)["order_id"].get<std::int64_t>();
}

Json read_order(Account& account, std::int64_t order_id, Json parameters) {
  parameters["order_id"] = order_id;
  parameters["get_unconfirmed_orders"] = true;
  const Json orders = account.good("getOrders", parameters)["orders"];
  return orders.empty() ? Json::object() : orders[0];
}

std::vector<std::string> journal_after(Account& account, std::int64_t last_log_id) {
  std::vector<std::string> entries;
  const Json logs = account.good("getJournalList", {{"last_log_id", last_log_id}})["logs"];
  for (const Json& log : logs) {
    entries.push_back(fmt::format("{} {} {}", log["log_type"].get<int>(),
                                  log["order_id"].get<int>(), log["object_id"].get<int>()));
  }
  return entries;
}

}  // namespace atrapa::tests::base
