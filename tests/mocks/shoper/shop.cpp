#include "shop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <iomanip>
#include <sstream>
#include <stdexcept>

namespace atrapa::tests {

using mocks::kit::Headers;

mocks::kit::Instant monday() {
  return mocks::kit::Instant{std::chrono::milliseconds{1772438400000}};
}

mocks::kit::Instant utc(const std::string& text) {
  std::istringstream in(text);
  std::tm parts{};
  in >> std::get_time(&parts, "%Y-%m-%dT%H:%M:%S");
  return mocks::kit::Instant{std::chrono::seconds{timegm(&parts)}};
}

Json small_account(std::string name) {
  Json account = Json::parse(R"json({
    "host": "test.shop.example",
    "credentials": {"users": [{"login": "erp", "password": "tajne"}]},
    "settings": {"throttle": false},
    "resources": {
      "languages": [{"lang_id": 1, "locale": "pl_PL", "order": 1},
                    {"lang_id": 2, "locale": "en_US", "active": "0", "order": 2}],
      "taxes": [{"tax_id": 1, "value": "23", "name": "23%"}, {"tax_id": 2, "value": "8", "name": "8%"},
                {"tax_id": 3, "value": "0", "name": "0%"}, {"tax_id": 4, "value": "0", "name": "zw."},
                {"tax_id": 5, "value": "0", "name": "np."}, {"tax_id": 6, "value": "5", "name": "5%"}],
      "units": [{"unit_id": 1, "floating_point": "0", "translations": {"pl_PL": {"name": "szt."}}},
                {"unit_id": 2, "floating_point": "1", "translations": {"pl_PL": {"name": "kg"}}},
                {"unit_id": 3, "floating_point": "0", "translations": {"pl_PL": {"name": "zestaw"}}}],
      "categories": [
        {"category_id": 1, "order": 2, "translations": {"pl_PL": {"name": "Obuwie"}}},
        {"category_id": 2, "parent_id": 1, "order": 1, "translations": {"pl_PL": {"name": "Buty"}}},
        {"category_id": 3, "order": 1, "translations": {"pl_PL": {"name": "Herbata"}}}],
      "option-groups": [{"group_id": 1, "translations": {"pl_PL": {"name": "Kolory"}}}],
      "options": [{"option_id": 1, "group_id": 1, "type": "select", "stock": "1",
                   "translations": {"pl_PL": {"name": "Kolor"}}}],
      "option-values": [
        {"ovalue_id": 1, "option_id": 1, "translations": {"pl_PL": {"value": "zielony"}}},
        {"ovalue_id": 2, "option_id": 1, "translations": {"pl_PL": {"value": "czerwony"}}}],
      "payments": [{"payment_id": 1, "name": "cash", "translations": {"pl_PL": {"title": "Gotówka"}}},
                   {"payment_id": 2, "name": "cod", "translations": {"pl_PL": {"title": "Pobranie"}}}],
      "shippings": [{"shipping_id": 1, "name": "Kurier", "cost": "15.00", "tax_id": 1,
                     "payments": [{"payment_id": 1, "cost": 0, "percent": false},
                                  {"payment_id": 2, "cost": 5, "percent": false}]},
                    {"shipping_id": 2, "name": "Odbiór", "cost": "0.00", "tax_id": 1}],
      "statuses": [
        {"status_id": 1, "type": "1", "default": "1", "translations": {"pl_PL": {"name": "złożone"}}},
        {"status_id": 2, "type": "2", "translations": {"pl_PL": {"name": "w realizacji"}}},
        {"status_id": 3, "type": "3", "translations": {"pl_PL": {"name": "wysłane"}}},
        {"status_id": 4, "type": "4", "translations": {"pl_PL": {"name": "anulowane"}}}],
      "users": [{"user_id": 1, "email": "anna@example.com", "firstname": "Anna", "registered": "1"},
                {"user_id": 2, "email": "jan@example.com", "firstname": "Jan", "registered": "0"}],
      "additional-fields": [
        {"field_id": 5, "type": "2", "locate": "8", "active": "1",
         "translations": {"pl_PL": {"name": "Faktura", "description": "Chcę fakturę"}}}]
    }})json");
  account["credentials"]["tokens"] = Json::array({{{"token", "all-rights"}}});
  account["account"] = std::move(name);
  return account;
}

Shop::Shop(const Json& account)
    : clock(monday()), platform(mocks::shoper::make_shoper()), door(*platform, account["account"]) {
  platform->restore(Json::array({account}));
}

Shop::Shop(std::unique_ptr<mocks::kit::Platform> forked, mocks::kit::Instant now)
    : clock(now), platform(std::move(forked)), door(*platform, "test") {}

Response Shop::send(std::string_view verb, std::string_view path, std::string body,
                    Headers headers) {
  Request request{std::string(verb), std::string(path), std::move(headers), std::move(body)};
  if (request.headers.find("Authorization") == nullptr) {
    request.headers.add("Authorization", "Bearer all-rights");
  }
  mocks::kit::Context context{clock.now(), random, webhooks, {}, {}};
  Response response = platform->serve(request, context);
  note = context.note;
  return response;
}

Json Shop::read(std::string_view path) {
  const Response response = get(path);
  if (response.status != 200) {
    throw std::runtime_error(fmt::format("GET {}: {} {}", path, response.status, response.body));
  }
  return body_of(response);
}

Json Shop::rows(std::string_view resource, const Json& filters) {
  return read(filtered(resource, filters) + "&limit=50")["list"];
}

std::int64_t Shop::create(std::string_view resource, const Json& body) {
  const Response response = post(fmt::format("/webapi/rest/{}", resource), body);
  if (response.status != 200) {
    throw std::runtime_error(
        fmt::format("POST {}: {} {}", resource, response.status, response.body));
  }
  return body_of(response).get<std::int64_t>();
}

std::int64_t Shop::plant_product(std::string_view code, std::string_view stock,
                                 std::string_view price, int unit) {
  return plant("products",
               {{"code", code},
                {"category_id", 2},
                {"unit_id", unit},
                {"translations", {{"pl_PL", {{"name", fmt::format("Produkt {}", code)}}}}},
                {"stock", {{"stock", stock}, {"price", price}}}});
}

std::int64_t Shop::plant_order() {
  return plant("orders", {{"user_id", 1}, {"shipping_id", 2}, {"payment_id", 1}});
}

std::int64_t Shop::stock_of(std::int64_t product) {
  return std::stoll((*door.row("products", product))["stock"]["stock_id"].get<std::string>());
}

Json body_of(const Response& response) { return Json::parse(response.body); }

std::vector<std::string> bad_fields(const Response& response) {
  std::vector<std::string> fields;
  const std::string text = body_of(response)["error_description"];
  for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1)) {
    const std::size_t end = text.find('"', at + 1);
    fields.push_back(text.substr(at + 1, end - at - 1));
    at = end;
  }
  std::sort(fields.begin(), fields.end());
  return fields;
}

std::string row_path(std::string_view resource, std::int64_t id) {
  return fmt::format("/webapi/rest/{}/{}", resource, id);
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

std::string filtered(std::string_view resource, const Json& filters) {
  return fmt::format("/webapi/rest/{}?filters={}", resource, escape(filters.dump()));
}

Json least_order() {
  return {{"email", "anna@example.com"}, {"status_id", 1}, {"payment_id", 1}, {"shipping_id", 2},
          {"shipping_tax_id", 1},        {"user_id", 1}};
}

Json least_product(std::string_view code) {
  return {{"category_id", 2},
          {"code", code},
          {"stock", {{"price", "10.00"}}},
          {"translations", {{"pl_PL", {{"name", "Nowy produkt"}}}}}};
}

}  // namespace atrapa::tests
