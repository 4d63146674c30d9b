#include "tests/mocks/base/account.hpp"

#include <fmt/format.h>

#include <chrono>
#include <stdexcept>

#include "tests/mocks/base/contract_check.hpp"

namespace atrapa::tests::base {

using mocks::kit::Instant;

Instant monday() {
  using namespace std::chrono;
  return Instant{sys_days{2026y / March / 2} + 8h};
}

Json small_account(std::string name) {
  Json account = Json::parse(R"({
    "tokens": [{"token": "test-token", "name": "ERP"}],
    "settings": {"throttle": false},
    "catalogue": {
      "inventories": [{"inventory_id": 307, "name": "Sklep", "languages": ["pl", "en"], "default_language": "pl",
                       "price_groups": [105, 106], "default_price_group": 105,
                       "warehouses": ["bl_206", "bl_207", "shop_2445"], "default_warehouse": "bl_206", "is_default": true}],
      "price_groups": [{"price_group_id": 105, "name": "Detal", "currency": "PLN", "is_default": true},
                       {"price_group_id": 106, "name": "Euro", "currency": "EUR"}],
      "warehouses": [{"warehouse_id": 206, "name": "Główny", "is_default": true}, {"warehouse_id": 207, "name": "Zapas"},
                     {"warehouse_id": 2445, "warehouse_type": "shop", "name": "Sklep internetowy"}],
      "categories": [{"category_id": 11, "inventory_id": 307, "name": "Herbata"}]
    },
    "sales": {"order_statuses": [{"id": 1, "name": "Nowe", "name_for_customer": "Nowe", "color": "#cccccc", "is_primary": true},
                                 {"id": 2, "name": "Gotowe", "name_for_customer": "Gotowe", "color": "#00cc00"},
                                 {"id": 3, "name": "Anulowane", "name_for_customer": "Anulowane", "color": "#cc0000"}]}
  })");
  account["account"] = std::move(name);
  return account;
}

namespace {

std::unique_ptr<mocks::kit::Platform> base_of(const Json& account) {
  auto platform = mocks::base::make_base();
  platform->restore(Json::array({account}));
  return platform;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

std::string form(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    body += fmt::format("{}{}={}", body.empty() ? "" : "&", escaped(name), escaped(value));
  }
  return body;
}

mocks::kit::Request post(std::string_view method, std::string_view parameters,
                         std::string_view token) {
  return {.method = "POST",
          .target = "/connector.php",
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                      {"X-BLToken", std::string(token)}},
          .body = form({{"method", std::string(method)}, {"parameters", std::string(parameters)}})};
}

Account::Account(const Json& account) : Account(base_of(account), monday()) {}

Account::Account(std::unique_ptr<mocks::kit::Platform> given, Instant now)
    : clock(now), platform(std::move(given)), door(*platform) {}

mocks::kit::Response Account::send(mocks::kit::Request request) {
  mocks::kit::Context context{clock.now(), random, webhooks, {}, {}};
  mocks::kit::Response response = platform->serve(request, context);
  note = context.note;
  return response;
}

Json Account::call(std::string_view method, const Json& parameters, std::string_view token) {
  const mocks::kit::Response response = send(post(method, parameters.dump(), token));
  Json answer = Json::parse(response.body);
  const std::string problem = misfit(method, answer, state().settings->shape());
  if (!problem.empty()) throw std::runtime_error(fmt::format("{}: {}", method, problem));
  return answer;
}

Json Account::good(std::string_view method, const Json& parameters) {
  Json answer = call(method, parameters);
  if (answer["status"] != "SUCCESS") {
    throw std::runtime_error(fmt::format("{} {}: {}", method, parameters.dump(), answer.dump()));
  }
  return answer;
}

std::string Account::refused(std::string_view method, const Json& parameters) {
  const Json answer = call(method, parameters);
  return answer["status"] == "ERROR" ? answer["error_code"].get<std::string>() : std::string();
}

std::int64_t Account::now() const {
  return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
}

}  // namespace atrapa::tests::base
