#include "scenarios/ebiuro/office.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace atrapa::scenarios::ebiuro {
namespace {

constexpr const char* kConnector = "http://127.0.0.1:9";

Json list_of(const Json& object, const char* name) { return object.value(name, Json::array()); }

Json call_url(const std::string& path, const Office::Integration& one, const char* id) {
  return Json::array(
      {{{"kind", "call_url"},
        {"url", fmt::format("{}{}{}?secretKey={}&{}", kConnector, path, one.id, one.secret, id)}}});
}

}  // namespace

Json usual_settings() {
  return {{"invoice_series", "FV"}, {"receipt_series", "PAR"}, {"direction", "none"}};
}

Office::Office(harness::Bench& bench, harness::Judgement& judgement, const Json& setup)
    : bench_(bench), judgement_(judgement) {
  bench.configure();
  const auto put = [&](const char* deed, const Json& arguments) { must(deed, arguments); };
  put("put_series", {{"id", "FV"}, {"kind", "invoice"}, {"pattern", "FV/{n}/{yyyy}"}});
  put("put_series", {{"id", "PAR"}, {"kind", "receipt"}, {"pattern", "PAR/{n}/{yyyy}"}});
  for (const Json& series : list_of(setup, "series")) put("put_series", series);
  for (const Json& id : list_of(setup, "warehouses")) {
    put("put_warehouse", {{"id", id}, {"name", id}});
  }
  for (const Json& id : list_of(setup, "groups")) {
    put("put_product_group", {{"id", id}, {"name", id}});
  }
  for (const Json& group : list_of(setup, "prices")) put("put_price_group", group);
  for (const Json& card : list_of(setup, "cards")) {
    bench.edit_product(card.get<harness::ErpProduct>());
  }
  std::int64_t status = BaseAccount::kSent;
  for (const Json& name : list_of(setup, "status_names")) {
    ++status;
    if (base().add_status(name) != status || base(true).add_status(name) != status) {
      throw std::logic_error("the world \"empty\" has other statuses than rules think");
    }
  }
  for (int i = 0; i < setup.value("filler", 0); ++i) {
    base().plant_product({{"sku", fmt::format("W-{}", i)}});
  }
  for (const Json& product : list_of(setup, "base_products")) base().plant_product(product);
  for (const Json& row : list_of(setup, "integrations")) integrations_.push_back(connect(row));
}

harness::DeedResult Office::perform(std::string_view deed, const Json& arguments) {
  return bench_.perform(deed, arguments);
}

harness::DeedResult Office::must(std::string_view deed, const Json& arguments) {
  harness::DeedResult result = perform(deed, arguments);
  judgement_.expect(result.done, fmt::format("the form '{}'", deed), "taken", result.why);
  return result;
}

Office::Integration Office::connect(const Json& row) {
  Integration one;
  one.other = row.value("other", false);
  const std::string token = row.value("token_before", "") + bench_.base_access(one.other).token +
                            row.value("token_behind", "");
  const auto added =
      must("add_integration", {{"label", row.value("label", "Sklep")}, {"token", token}});
  one.id = added.answer.value("id", "");
  one.secret = added.answer.value("secret", "");
  const std::string stage = row.value("stage", "");
  if (stage == "saved") return one;
  must("test_connection", {{"id", one.id}});
  if (stage == "tested") return one;
  Json settings = usual_settings();
  settings.update(row.value("settings", Json::object()));
  must("configure", {{"id", one.id}, {"settings", settings}});
  actions(one, row.value("products", std::vector<std::string>{}),
          row.value("statuses", std::vector<int>{}));
  return one;
}

void Office::replace(std::size_t index, const Json& rows) {
  integrations_.at(index) = connect(rows.at(index));
}

harness::DeedResult Office::configure(const Integration& one, const Json& settings) {
  Json all = usual_settings();
  all.update(settings);
  return perform("configure", {{"id", one.id}, {"settings", all}});
}

void Office::actions(const Integration& one, const std::vector<std::string>& products,
                     const std::vector<int>& statuses) {
  for (const std::string& event : products) {
    const char* path =
        event == "deleted" ? "/v1/product/delete/baselinker/" : "/v1/product/sync/baselinker/";
    base(one.other).add_rule({{"name", event},
                              {"event", "product_" + event},
                              {"actions", call_url(path, one, "productId=[produkt_id]")}});
  }
  if (statuses.empty()) return;
  base(one.other).add_rule(
      {{"name", "order"},
       {"event", "status_set"},
       {"statuses", statuses},
       {"actions", call_url("/v1/order/sync/baselinker/", one, "orderId=[numer_zamowienia]")}});
}

const harness::ErpView& Office::erp() {
  if (!held_ || !view_) view_ = bench_.erp();
  return *view_;
}

void Office::hold(bool on) {
  held_ = on;
  view_.reset();
}

std::vector<harness::ErpOrder> Office::orders(const Integration& one, std::int64_t order) {
  std::vector<harness::ErpOrder> own = erp().orders;
  std::erase_if(own, [&](const harness::ErpOrder& found) {
    return found.integration != one.id ||
           (order != 0 && found.shop_order_id != std::to_string(order));
  });
  return own;
}

std::vector<harness::ErpDocument> Office::papers(const std::string& erp_order) {
  std::vector<harness::ErpDocument> own = erp().papers;
  std::erase_if(own, [&](const harness::ErpDocument& paper) {
    return paper.order_id != erp_order || paper.cancelled ||
           (paper.kind != "invoice" && paper.kind != "receipt");
  });
  return own;
}

std::vector<Json> Office::rows(const Integration& one, std::int64_t order) {
  const auto listed = perform("list_orders", {{"id", one.id}});
  const mocks::base::Order* const there = base(one.other).order(order);
  std::vector<std::string> numbers{std::to_string(order)};
  // Which of its numbers is shown is open.
  if (there != nullptr && there->shop_order_id != 0) {
    numbers.push_back(std::to_string(there->shop_order_id));
  }
  std::vector<Json> found;
  for (const Json& row : list_of(listed.answer, "orders")) {
    for (const std::string& number : numbers) {
      if (row.value("number", "") == number) found.push_back(row);
    }
  }
  return found;
}

}  // namespace atrapa::scenarios::ebiuro
