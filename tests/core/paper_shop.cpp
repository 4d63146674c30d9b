#include "paper_shop.hpp"

#include <algorithm>

namespace atrapa::core::test {

namespace {

const std::map<std::string, std::string> kIdFields{
    {"products", "product_id"},    {"product-stocks", "stock_id"},
    {"orders", "order_id"},        {"order-products", "id"},
    {"taxes", "tax_id"},           {"units", "unit_id"},
    {"categories", "category_id"}, {"languages", "lang_id"}};

HttpResponse answer(int status, const Json& body) {
  return {status, {{"content-type", "application/json"}}, body.dump()};
}

HttpResponse refuse(int status, const std::string& code) {
  return answer(status, {{"error", code}, {"error_description", "in the shop's words"}});
}

std::string text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

bool passes(const Json& row, const std::string& field, const std::string& op, const Json& wanted) {
  const std::string have = row.contains(field) ? text(row[field]) : "";
  if (op == "=") return have == text(wanted);
  if (op == "IN") {
    return std::any_of(wanted.begin(), wanted.end(),
                       [&](const Json& each) { return text(each) == have; });
  }
  if (field == "date") return have >= text(wanted);
  return std::stoll(have) > std::stoll(text(wanted));
}

std::string decoded(const std::string& in) {
  std::string out;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i] == '%') {
      out += static_cast<char>(std::stoi(in.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += in[i];
    }
  }
  return out;
}

}  // namespace

std::string query_parameter(const std::string& url, const std::string& name) {
  std::size_t at = url.find('?');
  while (at != std::string::npos) {
    const std::size_t end = url.find('&', at + 1);
    const std::string pair = url.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    if (pair.starts_with(name + "=")) return decoded(pair.substr(name.size() + 1));
    at = end;
  }
  return "";
}

PaperShop::PaperShop() {
  config = {{"locale_timezone", "Europe/Warsaw"},
            {"default_language_name", "pl_PL"},
            {"warehouses_enabled", false},
            {"product_defaults_unit_id", "1"}};
  tables["languages"][1] = {{"lang_id", "1"}, {"locale", "pl_PL"}, {"active", "1"}};
  tables["languages"][2] = {{"lang_id", "2"}, {"locale", "en_US"}, {"active", "0"}};
  int id = 0;
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"23%", "23"}, {"8%", "8"}, {"5%", "5"}, {"0%", "0"}, {"zw.", "0"}, {"np.", "0"}}) {
    ++id;
    tables["taxes"][id] = {
        {"tax_id", std::to_string(id)}, {"name", name}, {"class", name}, {"value", value}};
  }
  tables["units"][1] = {
      {"unit_id", "1"}, {"floating_point", "0"}, {"translations", {{"pl_PL", {{"name", "szt."}}}}}};
  tables["units"][2] = {
      {"unit_id", "2"}, {"floating_point", "1"}, {"translations", {{"pl_PL", {{"name", "kg"}}}}}};
  tables["categories"][1] = {{"category_id", "1"},
                             {"translations", {{"pl_PL", {{"name", "Buty"}}}}}};
}

void PaperShop::add_product(int id, const std::string& code, const std::string& price,
                            const std::string& stock) {
  tables["products"][id] = {
      {"product_id", std::to_string(id)},
      {"code", code},
      {"tax_id", "1"},
      {"unit_id", "1"},
      {"category_id", "1"},
      {"categories", {1}},
      {"attributes", Json::array()},
      {"main_image", false},
      {"translations", {{"pl_PL", {{"name", "Produkt " + code}, {"description", "<p>Opis</p>"}}}}},
      {"stock",
       {{"stock_id", std::to_string(id + 1000)},
        {"price", price},
        {"stock", stock},
        {"code", code}}}};
}

void PaperShop::add_variant(int stock_id, int product_id, const std::string& code,
                            const std::string& price, const std::string& price_type,
                            const std::string& stock) {
  tables["product-stocks"][stock_id] = {{"stock_id", std::to_string(stock_id)},
                                        {"product_id", std::to_string(product_id)},
                                        {"extended", "1"},
                                        {"code", code},
                                        {"price", price},
                                        {"price_type", price_type},
                                        {"stock", stock}};
}

void PaperShop::add_order(int id, const std::string& date, int origin, const std::string& sum,
                          const std::string& shipping_cost) {
  tables["orders"][id] = {
      {"order_id", std::to_string(id)},
      {"date", date},
      {"origin", std::to_string(origin)},
      {"sum", sum},
      {"shipping_cost", shipping_cost},
      {"shipping_tax_name", "23%"},
      {"email", "jan@example.com"},
      {"billing_address", {{"firstname", "Jan"}, {"lastname", "Łoś"}, {"company", ""}}}};
}

void PaperShop::add_line(int id, int order_id, const std::string& code, const std::string& price,
                         const std::string& quantity, const std::string& tax) {
  tables["order-products"][id] = {{"id", std::to_string(id)},
                                  {"order_id", std::to_string(order_id)},
                                  {"code", code},
                                  {"name", "Produkt " + code},
                                  {"price", price},
                                  {"quantity", quantity},
                                  {"discount_perc", "0.0000"},
                                  {"tax", tax},
                                  {"tax_value", tax == "23%" ? "23" : "0"}};
}

Json& PaperShop::row(const std::string& resource, int id) { return tables.at(resource).at(id); }

std::string PaperShop::stock_of(const std::string& code) const {
  for (const auto& [id, product] : tables.at("products")) {
    if (product["code"] == code) return text(product["stock"]["stock"]);
  }
  if (const auto variants = tables.find("product-stocks"); variants != tables.end()) {
    for (const auto& [id, stock] : variants->second) {
      if (stock["code"] == code) return text(stock["stock"]);
    }
  }
  return "no such product";
}

std::variant<HttpResponse, NoAnswer> PaperShop::send(const HttpRequest& request) {
  const int number = exchanges++;
  requests.push_back(request);
  const Fault accident = fault ? fault(number, request) : Fault::None;
  switch (accident) {
    case Fault::Refused: return NoAnswer::NotSent;
    case Fault::KillBefore: throw ProcessKilled{};
    case Fault::TooManyRequests: {
      auto busy = refuse(429, "temporarily_unavailable");
      busy.headers.emplace_back("Retry-After", "3");
      return busy;
    }
    case Fault::ServerError: return refuse(500, "server_error");
    case Fault::None:
    case Fault::Lost:
    case Fault::Truncated:
    case Fault::KillAfter: break;
  }
  HttpResponse response = serve(request);
  if (after_exchange) after_exchange(request);
  if (accident == Fault::KillAfter) throw ProcessKilled{};
  if (accident == Fault::Lost) return NoAnswer::Ambiguous;
  if (accident == Fault::Truncated) response.body.resize(response.body.size() / 2);
  return response;
}

HttpResponse PaperShop::put_stock(int id, const Json& body) {
  ++stock_writes;
  Json* stock = nullptr;
  std::string unit = "1";
  for (auto& [product_id, product] : tables["products"]) {
    if (text(product["stock"]["stock_id"]) != std::to_string(id)) continue;
    stock = &product["stock"];
    unit = text(product["unit_id"]);
  }
  if (const auto found = tables["product-stocks"].find(id);
      found != tables["product-stocks"].end()) {
    stock = &found->second;
  }
  if (stock == nullptr) return refuse(404, "server_error");
  if (!body.contains("stock") || !body["stock"].is_number()) return refuse(400, "invalid_request");
  if (unit == "1" && body["stock"].is_number_float()) return refuse(400, "invalid_request");
  (*stock)["stock"] = body["stock"].dump();
  return answer(200, 1);
}

HttpResponse PaperShop::post_product(const Json& body) {
  for (const char* needed : {"category_id", "code", "stock", "translations"}) {
    if (!body.contains(needed)) return refuse(400, "invalid_request");
  }
  const auto known = [&](const char* resource, const char* field) {
    return tables[resource].contains(std::stoi(text(body.at(field))));
  };
  if (!known("categories", "category_id") || !known("taxes", "tax_id") ||
      !known("units", "unit_id") || refused_codes.contains(text(body["code"]))) {
    return refuse(400, "invalid_request");
  }
  auto& products = tables["products"];
  const int id = std::max(last_product_id, products.empty() ? 0 : products.rbegin()->first) + 1;
  last_product_id = id;
  Json row = body;
  row["product_id"] = std::to_string(id);
  row["stock"]["stock_id"] = std::to_string(id + 1000);
  row["stock"]["code"] = body["code"];
  products[id] = row;
  ++products_added;
  return answer(200, id);
}

HttpResponse PaperShop::serve(const HttpRequest& request) {
  const std::string marker = "/webapi/rest/";
  const std::string target = request.url.substr(request.url.find(marker) + marker.size());
  const std::string path = target.substr(0, target.find('?'));
  if (path == "auth") {
    ++auths;
    return answer(200, {{"access_token", std::string(40, 'a')},
                        {"expires_in", 2592000},
                        {"token_type", "bearer"}});
  }
  if (request.method == "GET") {
    if (path == "application-config") return answer(200, config);
    if (path == "categories-tree") return answer(200, tree);
    return list(path, request.url);
  }
  if (request.method == "PUT" && path.starts_with("product-stocks/")) {
    return put_stock(std::stoi(path.substr(15)), Json::parse(request.body));
  }
  if (request.method == "POST" && path == "products") {
    return post_product(Json::parse(request.body));
  }
  if (request.method == "POST" && path == "bulk") {
    const Json parts = Json::parse(request.body);
    Json items = Json::array();
    bool errors = false;
    for (const Json& part : parts) {
      const std::string inner = part["path"].get<std::string>();
      const auto done = put_stock(std::stoi(inner.substr(inner.rfind('/') + 1)), part["body"]);
      errors = errors || done.status != 200;
      items.push_back(
          {{"id", part["id"]}, {"code", done.status}, {"body", Json::parse(done.body)}});
    }
    return parts.size() > 25 ? refuse(400, "invalid_request")
                             : answer(200, {{"errors", errors}, {"items", items}});
  }
  ++other_writes;
  return answer(200, 1);
}

HttpResponse PaperShop::list(const std::string& resource, const std::string& url) {
  const std::string filters_text = query_parameter(url, "filters");
  const Json filters = filters_text.empty() ? Json::object() : Json::parse(filters_text);
  std::vector<Json> rows;
  for (const auto& [id, row] : tables[resource]) {
    bool keep = true;
    for (const auto& [field, condition] : filters.items()) {
      if (!condition.is_object()) {
        keep = keep && passes(row, field, "=", condition);
        continue;
      }
      for (const auto& [op, value] : condition.items()) {
        if (op == "IN" && !in_operator) return refuse(400, "invalid_request");
        keep = keep && passes(row, field, op, value);
      }
    }
    if (keep) rows.push_back(row);
  }
  const auto limit = std::min<std::size_t>(50, std::stoul(query_parameter(url, "limit")));
  const std::size_t page = std::stoul(query_parameter(url, "page"));
  const std::size_t pages = (rows.size() + limit - 1) / limit;
  Json page_rows = Json::array();
  for (std::size_t i = (page - 1) * limit; i < std::min(rows.size(), page * limit); ++i) {
    page_rows.push_back(rows[i]);
  }
  return answer(200, {{"count", std::to_string(rows.size())},
                      {"pages", pages},
                      {"page", std::max<std::size_t>(1, std::min(page, pages))},
                      {"list", page_rows}});
}

}  // namespace atrapa::core::test
