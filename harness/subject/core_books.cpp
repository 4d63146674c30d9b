#include "harness/subject/core_books.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

#include "core/policy/totals.hpp"

namespace atrapa::harness {
namespace {

/// "http://shop.example:81/webapi/rest/auth?x=1" gives "shop.example:81" and
/// "/webapi/rest/auth?x=1".
std::pair<std::string, std::string> split_url(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) {
    throw std::runtime_error("the core asked for '" + url + "', which is no absolute address");
  }
  const std::size_t authority = scheme + 3;
  const std::size_t path = url.find('/', authority);
  if (path == std::string::npos) return {url.substr(authority), "/"};
  return {url.substr(authority, path - authority), url.substr(path)};
}

using Shelf = std::vector<std::unique_ptr<core::Ledger>>;

Shelf& shelf() {
  thread_local Shelf unused;
  return unused;
}

std::unique_ptr<core::Ledger> take_books() {
  if (shelf().empty()) return core::Ledger::in_memory();
  auto ledger = std::move(shelf().back());
  shelf().pop_back();
  return ledger;
}

std::unique_ptr<core::Ledger> books_in(const std::string& directory) {
  auto opened = core::Ledger::open(directory + "/books.db");
  if (!opened) throw std::runtime_error(opened.error());
  return *std::move(opened);
}

std::string address_of(const core::ShopParty& party) {
  return fmt::format("{}, {} {}, {}", party.street, party.postcode, party.city, party.country);
}

}  // namespace

std::variant<core::HttpResponse, core::NoAnswer> WireTransport::send(
    const core::HttpRequest& request) {
  auto [host, target] = split_url(request.url);
  mocks::kit::Request sent{
      .method = request.method, .target = std::move(target), .headers = {}, .body = request.body};
  sent.headers.add("Host", std::move(host));
  for (const auto& [name, value] : request.headers) sent.headers.add(name, value);

  auto answer = wire_.send(sent);
  if (const auto* none = std::get_if<NoAnswer>(&answer)) {
    return *none == NoAnswer::Refused ? core::NoAnswer::NotSent : core::NoAnswer::Ambiguous;
  }
  auto& got = std::get<mocks::kit::Response>(answer);
  core::HttpResponse response{.status = got.status, .headers = {}, .body = std::move(got.body)};
  response.headers.reserve(got.headers.size());
  for (const auto& [name, value] : got.headers) response.headers.emplace_back(name, value);
  return response;
}

Books::Books(const std::string& directory)
    : ledger_(directory.empty() ? take_books() : books_in(directory)),
      in_memory_(directory.empty()) {}

Books::~Books() {
  if (!in_memory_) return;
  try {
    ledger_->clear();
    shelf().push_back(std::move(ledger_));
  } catch (...) {
    // Books that cannot be cleared are let go.
  }
}

core::ErpProduct to_core(const ErpProduct& product) {
  core::ErpProduct made;
  made.id = product.id;
  made.code = product.code;
  made.name = product.name;
  made.unit = product.unit;
  made.vat = product.vat;
  if (product.gross_price) made.gross_price = core::read_price(*product.gross_price);
  made.categories = product.categories;
  made.stock = core::read_quantity(product.stock);
  if (product.reserved) made.reserved = core::read_quantity(*product.reserved);
  made.ean = product.ean;
  made.description = product.description;
  made.groups = product.groups;
  for (const auto& [group, price] : product.prices) made.prices[group] = core::read_price(price);
  made.images = product.images;
  made.active = product.active;
  return made;
}

ErpProduct from_core(core::ErpProduct product) {
  ErpProduct seen;
  seen.id = std::move(product.id);
  seen.code = std::move(product.code);
  seen.name = std::move(product.name);
  seen.unit = std::move(product.unit);
  seen.vat = std::move(product.vat);
  if (product.gross_price) seen.gross_price = std::move(product.gross_price->text);
  seen.categories = std::move(product.categories);
  if (product.stock) seen.stock = std::move(product.stock->text);
  if (product.reserved) seen.reserved = std::move(product.reserved->text);
  seen.ean = std::move(product.ean);
  seen.description = std::move(product.description);
  seen.groups = std::move(product.groups);
  for (auto& [group, price] : product.prices) seen.prices[group] = std::move(price.text);
  seen.images = std::move(product.images);
  seen.active = product.active;
  return seen;
}

ErpOrder from_core(const core::ErpOrder& order) {
  ErpOrder seen{.id = std::to_string(order.id),
                .number = order.number,
                .shop_order_id = order.shop_order_id,
                .contractor = order.contractor,
                .lines = {},
                .shipping_cost = core::to_text(order.shipping_cost),
                .total_gross = core::to_text(order.total_gross),
                .omitted_codes = {}};
  for (const core::ErpOrderLine& line : order.lines) {
    seen.lines.push_back({.product_id = line.product_id,
                          .code = line.code,
                          .name = line.name,
                          .quantity = core::to_text(line.quantity),
                          .unit_price = core::to_text(line.unit_price),
                          .vat = line.vat,
                          .warehouse = line.warehouse});
  }
  for (const core::OmittedLine& line : order.omitted) seen.omitted_codes.push_back(line.code);
  seen.integration = order.integration;
  seen.status = order.status_id;
  if (order.contractor_id) seen.contractor_id = std::to_string(*order.contractor_id);
  seen.email = order.email;
  seen.phone = order.phone;
  seen.login = order.login;
  seen.nip = order.nip;
  seen.buyer_address = address_of(order.buyer);
  seen.delivery_address = address_of(order.recipient);
  return seen;
}

ErpLogEntry from_core(const core::LogEntry& entry) {
  return {.severity = std::string(core::to_string(entry.severity)),
          .kind = std::string(core::to_string(entry.kind)),
          .record = entry.record,
          .reason = std::string(core::to_string(entry.reason)),
          .text = entry.text};
}

ErpDocument from_core(const core::Document& document) {
  ErpDocument seen{.kind = std::string(core::to_string(document.kind)),
                   .number = document.number,
                   .order_id = document.order_id ? std::to_string(*document.order_id) : "",
                   .contractor = document.contractor,
                   .nip = document.nip,
                   .lines = {},
                   .total_gross = core::to_text(document.total_gross),
                   .cancelled = document.cancelled};
  seen.issued_on = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(document.issued_on.year()),
                               static_cast<unsigned>(document.issued_on.month()),
                               static_cast<unsigned>(document.issued_on.day()));
  for (const core::ErpOrderLine& line : document.lines) {
    seen.lines.push_back({.product_id = line.product_id,
                          .name = line.name,
                          .quantity = core::to_text(line.quantity),
                          .unit_price = core::to_text(line.unit_price),
                          .vat = line.vat,
                          .value = core::to_text(line.value),
                          .net_unit_price = core::to_text(core::net_unit_price(line)),
                          .rate_code = line.rate_code});
  }
  seen.currency = document.currency;
  for (const core::VatSummary& row : document.summary) {
    seen.vat_summary.push_back({.vat = row.vat,
                                .net = core::to_text(row.net),
                                .tax = core::to_text(row.tax),
                                .gross = core::to_text(row.gross)});
  }
  seen.ksef_required = document.ksef_required;
  seen.ksef_number = document.ksef_number;
  seen.ksef_error = document.ksef_error;
  return seen;
}

core::HttpRequest to_core(const mocks::kit::Request& request) {
  core::HttpRequest made{
      .method = request.method, .url = request.target, .headers = {}, .body = request.body};
  for (const auto& [name, value] : request.headers) made.headers.emplace_back(name, value);
  return made;
}

std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

ErpView view_of(const core::Ledger& ledger) {
  ErpView view;
  for (const core::ErpOrder& order : ledger.orders()) view.orders.push_back(from_core(order));
  for (core::ErpProduct& product : ledger.products()) {
    view.products.push_back(from_core(std::move(product)));
  }
  for (const core::LoggedEntry& logged : ledger.log()) view.log.push_back(from_core(logged.entry));
  for (const core::Document& document : ledger.documents()) {
    view.papers.push_back(from_core(document));
  }
  return view;
}

}  // namespace atrapa::harness
