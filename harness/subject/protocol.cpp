#include "harness/subject/protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "harness/subject/base64.hpp"
#include "harness/subject/instant.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness::protocol {
namespace {

enum class Need { Optional, Required };

std::string found(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= 60 ? text : text.substr(0, 60) + "...";
}

[[noreturn]] void complain(const std::string& at, std::string_view expected, const Json& json) {
  throw ProtocolError(fmt::format("{}: expected {}, found {}", at.empty() ? "the result" : at,
                                  expected, found(json)));
}

/// "-12.50"
bool is_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
      return std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
  };
  if (point == text.npos) return digits(text);
  return digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

// A record's members, told once for both directions
// ------------------------------------------------

/// Takes a record's members out of JSON; finish() complains about what nobody asked for.
class Reader {
 public:
  Reader(const Json& json, std::string at) : json_(json), at_(std::move(at)) {
    if (!json.is_object()) complain(at_, "an object", json);
  }

  void text(const char* name, std::string& into, Need need = Need::Optional) {
    if (const Json* value = member(name, need)) {
      if (!value->is_string()) complain(pointer(name), "a text", *value);
      into = value->get<std::string>();
    }
  }
  void decimal(const char* name, std::string& into, Need need = Need::Optional) {
    text(name, into, need);
    if (json_.contains(name) && !is_decimal(into)) {
      complain(pointer(name), R"(a decimal number as a text, such as "290.00")", json_[name]);
    }
  }
  void flag(const char* name, bool& into, Need need = Need::Optional) {
    if (const Json* value = member(name, need)) {
      if (!value->is_boolean()) complain(pointer(name), "true or false", *value);
      into = value->get<bool>();
    }
  }
  void one_of(const char* name, std::string& into, std::initializer_list<std::string_view> values) {
    text(name, into, Need::Required);
    if (std::find(values.begin(), values.end(), into) == values.end()) {
      complain(pointer(name), fmt::format("one of {}", fmt::join(values, ", ")), json_[name]);
    }
  }
  template <typename Row>
  void rows(const char* name, std::vector<Row>& into, Need need = Need::Optional) {
    const Json* list = member(name, need);
    if (list == nullptr) return;
    if (!list->is_array()) complain(pointer(name), "a list", *list);
    for (const Json& row : *list) {
      const std::string at = fmt::format("{}/{}", pointer(name), into.size());
      read(row, at, into.emplace_back());
    }
  }

  void finish() const {
    for (const auto& [name, value] : json_.items()) {
      if (known_.contains(name)) continue;
      throw ProtocolError(
          fmt::format("{}: no such member; there are: {}", pointer(name), fmt::join(known_, ", ")));
    }
  }

  template <typename Row>
  static void read(const Json& json, const std::string& at, Row& row) {
    Reader reader(json, at);
    members(reader, row);
    reader.finish();
  }
  static void read(const Json& json, const std::string& at, std::string& text) {
    if (!json.is_string()) complain(at, "a text", json);
    text = json.get<std::string>();
  }
  static void read(const Json& json, const std::string& at, ErpProduct& product) {
    try {
      product = json.get<ErpProduct>();
    } catch (const mocks::kit::WorldError& error) {
      throw ProtocolError(at + error.what());
    }
  }

 private:
  const Json* member(const char* name, Need need) {
    known_.insert(name);
    const auto value = json_.find(name);
    if (value != json_.end()) return &*value;
    if (need == Need::Required) throw ProtocolError(fmt::format("{}: missing", pointer(name)));
    return nullptr;
  }
  std::string pointer(std::string_view name) const { return fmt::format("{}/{}", at_, name); }

  const Json& json_;
  std::string at_;
  std::set<std::string, std::less<>> known_;
};

class Writer {
 public:
  void text(const char* name, const std::string& value, Need need = Need::Optional) {
    if (need == Need::Required || !value.empty()) json_[name] = value;
  }
  void decimal(const char* name, const std::string& value, Need need = Need::Optional) {
    text(name, value, need);
  }
  void flag(const char* name, bool value, Need need = Need::Optional) {
    if (need == Need::Required || value) json_[name] = value;
  }
  void one_of(const char* name, const std::string& value, std::initializer_list<std::string_view>) {
    json_[name] = value;
  }
  template <typename Row>
  void rows(const char* name, const std::vector<Row>& values, Need need = Need::Optional) {
    if (need == Need::Optional && values.empty()) return;
    Json& list = json_[name] = Json::array();
    for (const Row& row : values) list.push_back(write(row));
  }

  template <typename Row>
  static Json write(const Row& row) {
    Writer writer;
    members(writer, row);
    return std::move(writer.json_);
  }
  static Json write(const std::string& text) { return text; }
  static Json write(const ErpProduct& product) { return product; }

 private:
  Json json_ = Json::object();
};

constexpr Need kRequired = Need::Required;

// `Row` is const for a Writer.

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpOrderLine>
void members(Visitor& visit, Row& line) {
  visit.text("product_id", line.product_id);
  visit.text("code", line.code);
  visit.text("name", line.name, kRequired);
  visit.decimal("quantity", line.quantity, kRequired);
  visit.decimal("unit_price", line.unit_price);
  visit.text("vat", line.vat);
  visit.text("warehouse", line.warehouse);
}

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpOrder>
void members(Visitor& visit, Row& order) {
  visit.text("id", order.id, kRequired);
  visit.text("number", order.number);
  visit.text("shop_order_id", order.shop_order_id, kRequired);
  visit.text("contractor", order.contractor);
  visit.rows("lines", order.lines, kRequired);
  visit.decimal("shipping_cost", order.shipping_cost);
  visit.decimal("total_gross", order.total_gross, kRequired);
  visit.rows("omitted_codes", order.omitted_codes);
  visit.text("integration", order.integration);
  visit.text("status", order.status);
  visit.text("contractor_id", order.contractor_id);
  visit.text("email", order.email);
  visit.text("phone", order.phone);
  visit.text("login", order.login);
  visit.text("nip", order.nip);
  visit.text("buyer_address", order.buyer_address);
  visit.text("delivery_address", order.delivery_address);
}

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpLogEntry>
void members(Visitor& visit, Row& entry) {
  visit.one_of("severity", entry.severity, {"info", "warning", "error"});
  visit.one_of("kind", entry.kind,
               {"product", "order", "run", "document", "buyer", "warehouse", "event"});
  visit.text("record", entry.record, kRequired);
  visit.text("reason", entry.reason);
  visit.text("text", entry.text, kRequired);
}

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpDocumentLine>
void members(Visitor& visit, Row& line) {
  visit.text("product_id", line.product_id);
  visit.text("name", line.name, kRequired);
  visit.decimal("quantity", line.quantity, kRequired);
  visit.decimal("unit_price", line.unit_price, kRequired);
  visit.text("vat", line.vat);
  visit.decimal("value", line.value);
  visit.decimal("net_unit_price", line.net_unit_price);
  visit.text("rate_code", line.rate_code);
}

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpTaxRow>
void members(Visitor& visit, Row& row) {
  visit.text("vat", row.vat, kRequired);
  visit.decimal("net", row.net, kRequired);
  visit.decimal("tax", row.tax, kRequired);
  visit.decimal("gross", row.gross, kRequired);
}

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpDocument>
void members(Visitor& visit, Row& document) {
  visit.one_of("kind", document.kind, {"invoice", "receipt", "goods_issue"});
  visit.text("number", document.number, kRequired);
  visit.text("order_id", document.order_id);
  visit.text("contractor", document.contractor);
  visit.text("nip", document.nip);
  visit.rows("lines", document.lines, kRequired);
  visit.decimal("total_gross", document.total_gross);
  visit.flag("cancelled", document.cancelled);
  visit.text("integration", document.integration);
  visit.text("sent", document.sent);
  visit.text("issued_on", document.issued_on);
  visit.text("currency", document.currency);
  visit.rows("vat_summary", document.vat_summary);
  visit.text("to_receipt", document.to_receipt);
  visit.flag("ksef_required", document.ksef_required);
  visit.text("ksef_number", document.ksef_number);
  visit.text("ksef_error", document.ksef_error);
}

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpShipment>
void members(Visitor& visit, Row& shipment) {
  visit.text("order_id", shipment.order_id, kRequired);
  visit.text("recipient", shipment.recipient);
  visit.text("street", shipment.street);
  visit.text("postcode", shipment.postcode);
  visit.text("city", shipment.city);
  visit.text("phone", shipment.phone);
  visit.text("email", shipment.email);
}

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpContractor>
void members(Visitor& visit, Row& contractor) {
  visit.text("id", contractor.id, kRequired);
  visit.text("name", contractor.name);
  visit.text("nip", contractor.nip);
  visit.text("email", contractor.email);
  visit.text("login", contractor.login);
}

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpIntegration>
void members(Visitor& visit, Row& integration) {
  visit.text("id", integration.id, kRequired);
  visit.text("label", integration.label);
  visit.one_of("state", integration.state, {"draft", "tested", "active", "suspended"});
}

template <typename Visitor, typename Row>
requires std::is_same_v<std::remove_const_t<Row>, ErpConnection>
void members(Visitor& visit, Row& connection) {
  visit.text("shop_url", connection.shop_url, kRequired);
  visit.flag("automatic", connection.automatic, kRequired);
}

/// Shows a part of the view that the result has and `sees` names.
class Viewer {
 public:
  Viewer(const Json& result, const std::vector<std::string>& sees) : result_(result), sees_(sees) {
    if (!result.is_object()) complain("", "an object", result);
  }

  template <typename Row>
  void show(const char* name, Seen<std::vector<Row>>& into) {
    known_.insert(name);
    const auto list = result_.find(name);
    if (list == result_.end() || !seen(name)) return;
    if (!list->is_array()) complain(fmt::format("/{}", name), "a list", *list);
    std::vector<Row> rows;
    rows.reserve(list->size());
    for (const Json& row : *list) {
      const std::string at = fmt::format("/{}/{}", name, rows.size());
      Reader::read(row, at, rows.emplace_back());
    }
    into = std::move(rows);
  }
  void show(const char* name, Seen<std::optional<std::string>>& into) {
    known_.insert(name);
    const auto text = result_.find(name);
    if (text == result_.end() || !seen(name)) return;
    if (text->is_null()) {
      into = std::optional<std::string>();
    } else if (text->is_string()) {
      into = std::optional(text->get<std::string>());
    } else {
      complain(fmt::format("/{}", name), "a text or null", *text);
    }
  }
  void finish() const {
    for (const auto& [name, value] : result_.items()) {
      if (known_.contains(name)) continue;
      throw ProtocolError(
          fmt::format("/{}: no such member; there are: {}", name, fmt::join(known_, ", ")));
    }
  }

 private:
  bool seen(std::string_view name) const {
    return std::find(sees_.begin(), sees_.end(), name) != sees_.end();
  }

  const Json& result_;
  const std::vector<std::string>& sees_;
  std::set<std::string, std::less<>> known_;
};

template <typename Row>
void add(Json& json, const char* name, const Seen<std::vector<Row>>& rows) {
  if (rows.is_hidden()) return;
  Json& list = json[name] = Json::array();
  for (const Row& row : rows) list.push_back(Writer::write(row));
}

void add_body(Json& json, const std::string& body) {
  if (is_utf8(body)) {
    json["body"] = body;
  } else {
    json["body_base64"] = encode_base64(body);
  }
}

std::string read_body(const Json& json) {
  std::string body;
  if (const auto text = json.find("body"); text != json.end()) Reader::read(*text, "/body", body);
  if (const auto bytes = json.find("body_base64"); bytes != json.end()) {
    Reader::read(*bytes, "/body_base64", body);
    const auto decoded = decode_base64(body);
    if (!decoded) complain("/body_base64", "base64", *bytes);
    body = *decoded;
  }
  return body;
}

Json write_headers(const mocks::kit::Headers& headers) {
  Json list = Json::array();
  for (const auto& [name, value] : headers) list.push_back({name, value});
  return list;
}

mocks::kit::Headers read_headers(const Json& json) {
  mocks::kit::Headers headers;
  const auto list = json.find("headers");
  if (list == json.end()) return headers;
  if (!list->is_array()) complain("/headers", "a list of pairs", *list);
  for (const Json& pair : *list) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) {
      complain("/headers", "pairs of name and value", pair);
    }
    headers.add(pair[0].get<std::string>(), pair[1].get<std::string>());
  }
  return headers;
}

}  // namespace

Json to_json(const SubjectSetup& setup, bool with_products) {
  Json json = {
      {"integration", setup.integration},
      {"shop",
       {{"url", setup.shop.url}, {"login", setup.shop.login}, {"password", setup.shop.password}}},
      {"automatic", setup.automatic},
      {"switches", setup.switches},
      {"seed", setup.seed},
      {"state", setup.state}};
  if (!setup.application.empty()) {
    json["application"] = setup.application;
    json["application_secret"] = setup.application_secret;
  }
  if (with_products) json["products"] = setup.products;
  return json;
}

SubjectSetup read_setup(const Json& params) {
  SubjectSetup setup;
  Reader reader(params, "");
  reader.text("integration", setup.integration, Need::Required);
  reader.flag("automatic", setup.automatic);
  reader.text("application", setup.application);
  reader.text("application_secret", setup.application_secret);
  reader.text("state", setup.state);
  reader.rows("products", setup.products);
  if (const auto shop = params.find("shop"); shop != params.end()) {
    Reader access(*shop, "/shop");
    access.text("url", setup.shop.url, Need::Required);
    access.text("login", setup.shop.login);
    access.text("password", setup.shop.password);
    access.finish();
  }
  if (const auto seed = params.find("seed"); seed != params.end()) {
    if (!seed->is_number_integer()) complain("/seed", "a whole number", *seed);
    setup.seed = seed->get<std::uint64_t>();
  }
  if (const auto switches = params.find("switches"); switches != params.end()) {
    if (!switches->is_object()) complain("/switches", "an object of texts", *switches);
    for (const auto& [name, value] : switches->items()) {
      Reader::read(value, "/switches/" + name, setup.switches[name]);
    }
  }
  return setup;
}

Json to_json(const ErpView& view) {
  Json json = Json::object();
  add(json, "orders", view.orders);
  add(json, "products", view.products);
  add(json, "log", view.log);
  add(json, "documents", view.papers);
  add(json, "shipments", view.shipments);
  add(json, "contractors", view.contractors);
  add(json, "integrations", view.integrations);
  add(json, "connections", view.connections);
  if (!view.exported.is_hidden()) {
    json["exported"] = *view.exported ? Json(**view.exported) : Json();
  }
  return json;
}

ErpView read_view(const Json& result, const std::vector<std::string>& sees) {
  ErpView view = ErpView::hidden();
  Viewer viewer(result, sees);
  viewer.show("orders", view.orders);
  viewer.show("products", view.products);
  viewer.show("log", view.log);
  viewer.show("documents", view.papers);
  viewer.show("shipments", view.shipments);
  viewer.show("contractors", view.contractors);
  viewer.show("integrations", view.integrations);
  viewer.show("connections", view.connections);
  viewer.show("exported", view.exported);
  viewer.finish();
  return view;
}

Json to_json(const mocks::kit::Request& request) {
  Json json = {{"method", request.method},
               {"target", request.target},
               {"headers", write_headers(request.headers)}};
  add_body(json, request.body);
  return json;
}

mocks::kit::Request read_request(const Json& json) {
  mocks::kit::Request request;
  if (!json.is_object()) complain("/request", "an object", json);
  Reader::read(json.value("method", Json()), "/request/method", request.method);
  Reader::read(json.value("target", Json()), "/request/target", request.target);
  request.headers = read_headers(json);
  request.body = read_body(json);
  return request;
}

Json to_json(const mocks::kit::Response& response) {
  Json json = {{"status", response.status}, {"headers", write_headers(response.headers)}};
  add_body(json, response.body);
  return json;
}

mocks::kit::Response read_response(const Json& json) {
  if (!json.is_object()) complain("", "an object", json);
  const Json status = json.value("status", Json());
  if (!status.is_number_integer()) complain("/status", "an HTTP status, a whole number", status);
  return {.status = status.get<int>(), .headers = read_headers(json), .body = read_body(json)};
}

Json to_json(const CommandResult& result) {
  return {{"ok", result.ok}, {"summary", result.summary}};
}

CommandResult read_outcome(const Json& json) {
  CommandResult result;
  Reader reader(json, "");
  reader.flag("ok", result.ok, Need::Required);
  reader.text("summary", result.summary);
  reader.finish();
  return result;
}

Json to_json(const DeedResult& result) {
  return {{"done", result.done}, {"answer", result.answer}, {"why", result.why}};
}

DeedResult read_deed(const Json& json) {
  DeedResult result;
  Reader reader(json, "");
  reader.flag("done", result.done, Need::Required);
  reader.text("why", result.why);
  if (const auto answer = json.find("answer"); answer != json.end()) {
    if (!answer->is_object()) complain("/answer", "an object", *answer);
    result.answer = *answer;
  }
  return result;
}

mocks::kit::Instant read_moment(const Json& json) {
  const auto* text = json.get_ptr<const std::string*>();
  const auto instant = text == nullptr ? std::nullopt : read_instant(*text);
  if (!instant) complain("/now", R"(a moment such as "2026-03-02T09:00:00Z")", json);
  return *instant;
}

}  // namespace atrapa::harness::protocol
