#include "tests/bench/base_account.hpp"

#include <fmt/format.h>

#include <cctype>
#include <utility>

#include "mocks/base/backdoor.hpp"
#include "mocks/base/base.hpp"

namespace atrapa::bench {

namespace {

namespace base = mocks::base;
using mocks::kit::Json;

constexpr int kOrderStatuses = 4;
constexpr int kLines = 4;
constexpr std::string_view kBaseToken = "made-up";

base::Order order_of_bench(int index, std::int64_t confirmed) {
  base::Order order;
  order.id = kFirstOrder + index;
  order.order_status_id = 1 + index % kOrderStatuses;
  order.date_add = confirmed - 60;
  order.date_confirmed = order.date_in_status = confirmed;
  order.order_source = "allegro";
  order.order_source_id = 1;
  order.currency = "PLN";
  order.payment_method = "Przelew";
  order.email = fmt::format("klient{}@example.com", index);
  order.phone = fmt::format("{:09}", index);
  order.delivery_method = "Kurier";
  order.delivery_price = 15;
  order.delivery_fullname = order.invoice_fullname = "Jan Przykładowy";
  order.delivery_address = order.invoice_address = "Testowa 1";
  order.delivery_postcode = order.invoice_postcode = "00-001";
  order.delivery_city = order.invoice_city = "Warszawa";
  order.delivery_country_code = order.invoice_country_code = "PL";
  for (int at = 0; at < kLines; ++at) {
    base::OrderLine line;
    line.id = std::int64_t{index} * kLines + at + 1;
    line.product_id = std::to_string(kFirstProduct + (index + at) % kCatalogue);
    line.name = "Kubek emaliowany biały 350 ml";
    line.sku = fmt::format("KUB-{:03}", (index + at) % kCatalogue);
    line.price_brutto = 20;
    line.tax_rate = 23;
    line.quantity = 1;
    order.products.push_back(std::move(line));
  }
  return order;
}

Json account_of_bench(bool limited) {
  Json account = Json::parse(R"({
    "account": "demo", "tokens": [{"token": "made-up"}],
    "catalogue": {
      "inventories": [{"inventory_id": 307, "name": "Sklep", "languages": ["pl"],
        "default_language": "pl", "price_groups": [105], "default_price_group": 105,
        "warehouses": ["bl_206"], "default_warehouse": "bl_206", "is_default": true}],
      "price_groups": [
        {"price_group_id": 105, "name": "Detal", "currency": "PLN", "is_default": true}],
      "warehouses": [{"warehouse_id": 206, "name": "Magazyn", "is_default": true}]}})");
  for (int i = 0; i < kCatalogue; ++i) {
    account["catalogue"]["products"].push_back({{"product_id", kFirstProduct + i},
                                                {"inventory_id", kInventory},
                                                {"sku", fmt::format("KUB-{:03}", i)},
                                                {"prices", {{"105", "20.00"}}},
                                                {"stock", {{"bl_206", i}}}});
  }
  for (int id = 1; id <= kOrderStatuses; ++id) {
    account["sales"]["order_statuses"].push_back({{"id", id}, {"name", fmt::format("S{}", id)}});
  }
  account["settings"]["throttle"] = limited;
  return account;
}

std::string form_text(std::string_view text) {
  std::string form;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    form += std::isalnum(byte) != 0 ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return form;
}

}  // namespace

std::int64_t first_confirmed(int orders) { return kBaseNow - 3600 - orders / 3; }

std::unique_ptr<mocks::kit::Platform> base_of(int orders, bool limited) {
  auto platform = base::make_base();
  platform->restore(Json::array({account_of_bench(limited)}));
  base::State& state = base::Backdoor(*platform).change();
  state.sales.next_line_id = std::int64_t{orders} * kLines + 1;
  for (int index = 0; index < orders; ++index) {
    state.sales.orders.put(order_of_bench(index, first_confirmed(orders) + index / 3));
  }
  return platform;
}

mocks::kit::Request base_request(std::string_view method, std::string_view parameters) {
  return {.method = "POST",
          .target = "/connector.php",
          .headers = {{"X-BLToken", std::string(kBaseToken)},
                      {"Content-Type", "application/x-www-form-urlencoded"}},
          .body = fmt::format("method={}&parameters={}", method, form_text(parameters))};
}

std::string base_bytes(std::string_view method, std::string_view parameters) {
  const mocks::kit::Request request = base_request(method, parameters);
  std::string bytes = fmt::format("POST /base{} HTTP/1.1\r\nHost: 127.0.0.1\r\n", request.target);
  for (const auto& header : request.headers) {
    bytes += fmt::format("{}: {}\r\n", header.name, header.value);
  }
  return fmt::format("{}User-Agent: bench\r\nContent-Length: {}\r\n\r\n{}", bytes,
                     request.body.size(), request.body);
}

}  // namespace atrapa::bench
