#include "harness/subject/protocol.hpp"

#include <catch2/catch.hpp>

using namespace atrapa::harness;
using Catch::Matchers::Contains;

namespace {

const std::vector<std::string> kEverything{"orders",       "products",    "log",
                                           "documents",    "shipments",   "contractors",
                                           "integrations", "connections", "exported"};

ErpView full_view() {
  ErpView view;
  view.orders->push_back({.id = "1",
                          .number = "ZAM 1/2026",
                          .shop_order_id = "17",
                          .contractor = "Przykład sp. z o.o.",
                          .lines = {{.product_id = "2",
                                     .code = "BUT-42",
                                     .name = "Trapery",
                                     .quantity = "2",
                                     .unit_price = "290.00",
                                     .vat = "23",
                                     .warehouse = "M1"}},
                          .shipping_cost = "15.99",
                          .total_gross = "595.99",
                          .omitted_codes = {"KAP-1"}});
  ErpProduct& product = view.products->emplace_back();
  product.id = "2";
  product.code = "BUT-42";
  product.name = "Trapery";
  product.stock = "5";
  view.log->push_back({.severity = "warning",
                       .kind = "product",
                       .record = "BUT-42",
                       .reason = "category_differs",
                       .text = "left alone"});
  ErpDocument& paper = view.papers->emplace_back();
  paper.kind = "invoice";
  paper.number = "FV 1/2026";
  paper.order_id = "1";
  paper.lines = {{.product_id = "2",
                  .name = "Trapery",
                  .quantity = "2",
                  .unit_price = "290.00",
                  .vat = "23",
                  .value = "580.00"}};
  paper.total_gross = "580.00";
  paper.cancelled = true;
  paper.vat_summary = {{"23", "471.54", "108.46", "580.00"}};
  ErpShipment& shipment = view.shipments->emplace_back();
  shipment.order_id = "1";
  shipment.recipient = "Jan Testowy";
  view.contractors->push_back(ErpContractor{"3", "Jan Testowy", "", "jan@example.com", ""});
  view.integrations->push_back(ErpIntegration{"4", "Sklep", "active"});
  view.connections->push_back(ErpConnection{"http://sklep.example", true});
  view.exported = std::optional<std::string>("kod;nazwa\n");
  return view;
}

}  // namespace

TEST_CASE("What an ERP shows is the same behind the driver protocol", "[protocol]") {
  const Json sent = protocol::to_json(full_view());
  const ErpView got = protocol::read_view(sent, kEverything);
  CHECK(protocol::to_json(got) == sent);
  CHECK(got.orders[0].lines.at(0).warehouse == "M1");
  CHECK(got.papers[0].vat_summary.at(0).tax == "108.46");
  CHECK(**got.exported == "kod;nazwa\n");
}

TEST_CASE("What a driver does not show is hidden, and looking at it says so", "[protocol]") {
  const ErpView got =
      protocol::read_view(protocol::to_json(full_view()), {"orders", "contractors"});
  CHECK(got.orders.size() == 1);
  CHECK(got.log.is_hidden());
  CHECK_THROWS_AS(got.log.empty(), Incapable);
  CHECK_THROWS_WITH(got.papers.size(), Contains("does not show the ERP's documents"));
  // What it says to see and leaves out is hidden too.
  CHECK(protocol::read_view(Json::object(), kEverything).orders.is_hidden());
}

TEST_CASE("A view that does not fit is told by its JSON pointer", "[protocol]") {
  const auto broken = [](const char* pointer, Json value) {
    Json sent = protocol::to_json(full_view());
    sent[Json::json_pointer(pointer)] = std::move(value);
    try {
      static_cast<void>(protocol::read_view(sent, kEverything));
    } catch (const protocol::ProtocolError& error) {
      return std::string(error.what());
    }
    return std::string("nothing");
  };
  CHECK_THAT(broken("/orders/0/total_gross", 595.99),
             Contains("/orders/0/total_gross") && Contains("595.99"));
  CHECK_THAT(broken("/orders/0/lines/0/quantity", "zwei"), Contains("/orders/0/lines/0/quantity"));
  CHECK_THAT(broken("/orders/0/sum", "1"), Contains("/orders/0/sum: no such member"));
  CHECK_THAT(broken("/log/0/severity", "fatal"), Contains("one of info, warning, error"));
  CHECK_THAT(broken("/products/0/stock", 5), Contains("/products/0/stock"));
  CHECK_THAT(broken("/orders", Json::object()), Contains("/orders: expected a list"));
  CHECK_THAT(broken("/stocks", 1), Contains("/stocks: no such member"));
}

TEST_CASE("Bodies that are no UTF-8 pass the driver protocol unharmed", "[protocol]") {
  const atrapa::mocks::kit::Request request{.method = "POST",
                                            .target = "/hook?x=1",
                                            .headers = {{"X-A", "b"}},
                                            .body = std::string("\xff\x00z", 3)};
  const auto got = protocol::read_request(protocol::to_json(request));
  CHECK(got.body == request.body);
  CHECK(got.target == request.target);
  CHECK(got.headers.get("X-A") == "b");
  CHECK(protocol::to_json(request).contains("body_base64"));
}

TEST_CASE("The setup of a case passes the driver protocol whole", "[protocol]") {
  SubjectSetup setup;
  setup.integration = "systim-shoper";
  setup.shop = {"http://127.0.0.1:1", "login", "haslo"};
  setup.seed = 0xffffffffffffffffu;
  setup.application = "app";
  setup.application_secret = "secret";
  setup.switches = {{"systim.zero_stock", "never_sent"}};
  setup.automatic = false;
  setup.products.emplace_back().id = "1";
  setup.state = "/tmp/x";
  const SubjectSetup got = protocol::read_setup(protocol::to_json(setup, true));
  CHECK(got.shop.password == "haslo");
  CHECK(got.seed == setup.seed);
  CHECK(got.switches == setup.switches);
  CHECK(got.products == setup.products);
  CHECK_FALSE(got.automatic);
  CHECK(got.state == "/tmp/x");
  CHECK(protocol::read_setup(protocol::to_json(setup, false)).products.empty());
}
