#include "scenarios/fiscal/office.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace atrapa::scenarios::fiscal {
namespace {

using harness::DeedResult;
using harness::ErpDocument;
using harness::ErpOrder;

}  // namespace

Office::Office(harness::Bench& bench, harness::Judgement& judgement, const Json& setup)
    : bench_(bench), judgement_(judgement) {
  bench.configure();
  must("put_series", {{"id", "FV"}, {"kind", "invoice"}, {"pattern", "FV/{n}/{yyyy}"}});
  must("put_series", {{"id", "PAR"}, {"kind", "receipt"}, {"pattern", "PAR/{n}/{yyyy}"}});
  for (const Json& series : setup.value("series", Json::array())) must("put_series", series);
  if (setup.contains("seller")) must("set_seller", setup["seller"]);
  const DeedResult added =
      perform("add_integration", {{"label", "Sklep"}, {"token", bench.base_access().token}});
  integration_ = added.answer.value("id", "");
  must("test_connection", {{"id", integration_}});
  number_invoices_by("FV");
  base().add_rule(
      {{"name", "order"},
       {"event", "status_set"},
       {"statuses", {BaseAccount::kSent}},
       {"actions",
        {{{"kind", "call_url"},
          {"url",
           fmt::format("http://127.0.0.1:9/v1/order/sync/baselinker/{}?secretKey={}&orderId=[numer_"
                       "zamowienia]",
                       integration_, added.answer.value("secret", ""))}}}}});
}

DeedResult Office::perform(std::string_view deed, const Json& arguments) {
  return bench_.perform(deed, arguments);
}

void Office::must(std::string_view deed, const Json& arguments) {
  const DeedResult result = perform(deed, arguments);
  judgement_.expect(result.done, fmt::format("the form '{}'", deed), "taken", result.why);
}

void Office::number_invoices_by(const std::string& series) {
  must("configure",
       {{"id", integration_},
        {"settings",
         {{"invoice_series", series}, {"receipt_series", "PAR"}, {"direction", "to_shop"}}}});
}

std::int64_t Office::order(const Json& given) {
  std::vector<Json> lines;
  for (const Json& line : given.value("lines", Json::array())) lines.push_back(line);
  if (lines.empty()) lines.push_back(Json::object());
  const std::int64_t id = base().add_order(given.value("fields", Json::object()), lines);
  base().move(id, BaseAccount::kSent);
  return id;
}

std::optional<ErpOrder> Office::in_erp(std::int64_t order) {
  for (ErpOrder& one : bench_.erp().orders) {
    if (one.shop_order_id == std::to_string(order)) return std::move(one);
  }
  return std::nullopt;
}

DeedResult Office::issue(std::int64_t order, const std::string& kind) {
  const auto row = in_erp(order);
  if (!row) return {.done = false, .why = "the order is not in the ERP"};
  Json arguments = {{"order", row->id}};
  if (!kind.empty()) arguments["kind"] = kind;
  return perform("issue", arguments);
}

DeedResult Office::issue_to_receipt(std::int64_t order, const std::optional<std::string>& nip) {
  const auto row = in_erp(order);
  if (!row) return {.done = false, .why = "the order is not in the ERP"};
  Json arguments = {{"order", row->id}};
  if (nip) arguments["nip"] = *nip;
  return perform("issue_to_receipt", arguments);
}

std::vector<ErpDocument> Office::papers(std::int64_t order) {
  const harness::ErpView erp = bench_.erp();
  std::vector<ErpDocument> own;
  for (const ErpOrder& row : erp.orders) {
    if (row.shop_order_id != std::to_string(order)) continue;
    for (const ErpDocument& paper : erp.papers) {
      const bool sales = paper.kind == "invoice" || paper.kind == "receipt";
      if (sales && paper.order_id == row.id && !paper.cancelled) own.push_back(paper);
    }
  }
  return own;
}

std::optional<ErpDocument> Office::document(std::int64_t order) {
  auto own = papers(order);
  if (own.empty() && issue(order).done) own = papers(order);
  if (own.empty()) return std::nullopt;
  return std::move(own.front());
}

std::string order_name(std::size_t place, const std::string& what) {
  return fmt::format("order {} ({})", place + 1, what);
}

std::string rate_family(std::string_view label) {
  const std::string name = rate_name(label);
  if (name.starts_with("0 ")) return "0";
  if (name.starts_with("np")) return "np";
  return name;
}

std::int64_t grosze_in(std::string_view amount) {
  const std::size_t point = std::min(amount.find('.'), amount.size());
  std::string digits(amount.substr(0, point));
  std::string part(amount.substr(std::min(point + 1, amount.size())));
  while (part.size() > 2 && part.back() == '0') part.pop_back();
  part.resize(std::max<std::size_t>(part.size(), 2), '0');
  digits += part;
  const bool whole = part.size() == 2 && point > 0 && digits.size() <= 17 &&
                     digits.find_first_not_of("0123456789") == digits.npos;
  return whole ? std::stoll(digits) : -1;
}

int decimals_of(std::string_view amount) {
  const std::size_t point = amount.find('.');
  return point == amount.npos ? 0 : static_cast<int>(amount.size() - point - 1);
}

}  // namespace atrapa::scenarios::fiscal
