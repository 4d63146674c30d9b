#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>
#include <vector>

#include "mocks/base/files.hpp"
#include "tests/mocks/base/office.hpp"

// Purchase orders and deliveries to fulfilment warehouses.

using namespace atrapa::tests::base;
using namespace atrapa;

namespace {

Json purchase(const Json& more = Json::object()) {
  Json parameters = {
      {"warehouse_id", 206}, {"supplier_id", 3}, {"payer_id", 4}, {"currency", "PLN"}};
  parameters.update(more);
  return parameters;
}

/// A purchase order of so many pieces of each product; its id.
std::int64_t ordered(Office& office, const std::map<std::int64_t, std::int64_t>& pieces) {
  const std::int64_t id = office.good("addInventoryPurchaseOrder", purchase()).at("order_id");
  Json parameters = {{"order_id", id}};
  for (const auto& [product, quantity] : pieces) {
    parameters["items"].push_back(
        {{"product_id", product}, {"quantity", quantity}, {"item_cost", "2.50"}});
  }
  office.good("addInventoryPurchaseOrderItems", parameters);
  return id;
}

Json purchase_items(Office& office, std::int64_t id) {
  return office.good("getInventoryPurchaseOrderItems", {{"order_id", id}})["items"];
}

Json status(std::int64_t id, int to, const Json& received = nullptr) {
  Json parameters = {{"order_id", id}, {"status", to}};
  if (!received.is_null()) parameters["completed_items"] = received;
  return parameters;
}

Json shown_purchase(Office& office, std::int64_t id) {
  const Json all = office.good("getInventoryPurchaseOrders")["purchase_orders"];
  for (const Json& one : all) {
    if (one["id"] == id) return one;
  }
  return nullptr;
}

Json purchase_documents(Office& office, std::int64_t id) {
  return office.good("getInventoryDocuments", {{"filter_source_object_type", 2},
                                               {"filter_source_object_id", id}})["documents"];
}

}  // namespace

TEST_CASE("A purchase order received raises stock through a goods-received document, once",
          "[base][purchase]") {
  Office office;
  const auto tea = office.product({{"sku", "HER-1"}});
  const auto id = ordered(office, {{tea, 12}});
  office.good("setInventoryPurchaseOrderStatus", status(id, 1));
  CHECK(office.stock(tea) == 0);
  office.clock.advance(std::chrono::hours{24});
  office.good("setInventoryPurchaseOrderStatus", status(id, 2));
  CHECK(office.stock(tea) == 12);
  office.good("setInventoryPurchaseOrderStatus", status(id, 2));
  office.good("setInventoryPurchaseOrderStatus", status(id, 3));
  office.good("setInventoryPurchaseOrderStatus", status(id, 3));
  CHECK(office.stock(tea) == 12);
  CHECK(office.good("getInventoryProductLogs", {{"product_id", tea}})["logs"].size() == 1);

  const Json documents = purchase_documents(office, id);
  REQUIRE(documents.size() == 1);
  CHECK(documents[0]["document_type"] == 0);
  CHECK(documents[0]["document_status"] == 1);
  CHECK(documents[0]["total_quantity"] == 12);
  const Json order = shown_purchase(office, id);
  CHECK(order["document_number"] == "PO/1/3/2026");
  CHECK(order["status"] == 3);
  CHECK(order["date_received"].get<std::int64_t>() ==
        order["date_sent"].get<std::int64_t>() + 86400);
  CHECK(order["total_cost"] == 30);
  CHECK(order["completed_total_cost"] == 30);
  CHECK(order["completed_total_quantity"] == 12);
}

TEST_CASE("What has come in of a purchase order is told item by item", "[base][purchase]") {
  Office office;
  const auto tea = office.product();
  const auto bread = office.product();
  const auto id = ordered(office, {{tea, 10}, {bread, 4}});
  const Json items = purchase_items(office, id);
  const auto received = [&](std::int64_t pieces) {
    return Json::array({{{"item_id", items[0]["item_id"]}, {"completed_quantity", pieces}}});
  };
  office.good("setInventoryPurchaseOrderStatus", status(id, 4, received(3)));
  CHECK(office.stock(tea) == 3);
  CHECK(office.stock(bread) == 0);
  office.good("setInventoryPurchaseOrderStatus", status(id, 4, received(3)));
  CHECK(office.stock(tea) == 3);
  CHECK(shown_purchase(office, id)["completed_items_count"] == 1);
  CHECK(office.refused("setInventoryPurchaseOrderStatus", status(id, 4, received(2))) != "");
  CHECK(office.refused("setInventoryPurchaseOrderStatus", status(id, 5)) != "");
  CHECK(office.refused("setInventoryPurchaseOrderStatus", status(id, 0)) != "");
  office.good("setInventoryPurchaseOrderStatus", status(id, 3));
  CHECK(office.stock(tea) == 10);
  CHECK(office.stock(bread) == 4);
  CHECK(purchase_items(office, id)[0]["completed_quantity"] == 10);
  CHECK(purchase_documents(office, id).size() == 2);
}

TEST_CASE("A closed purchase order stays closed, and a bad item changes nothing",
          "[base][purchase]") {
  Office office;
  const auto tea = office.product();
  const auto id = ordered(office, {{tea, 10}});
  const Json item = purchase_items(office, id)[0]["item_id"];
  const Json two = {{{"item_id", item}, {"completed_quantity", 1}},
                    {{"item_id", 99}, {"completed_quantity", 1}}};
  CHECK(office.refused("setInventoryPurchaseOrderStatus", status(id, 4, two)) != "");
  CHECK(office.refused("setInventoryPurchaseOrderStatus", status(id, 1, Json::array({two[0]}))) !=
        "");
  CHECK(office.stock(tea) == 0);
  CHECK(shown_purchase(office, id)["status"] == 0);
  office.good("setInventoryPurchaseOrderStatus", status(id, 5));
  CHECK(office.refused("setInventoryPurchaseOrderStatus", status(id, 2)) != "");
  Json more = {{"order_id", id}};
  more["items"].push_back({{"product_id", tea}, {"quantity", 1}, {"item_cost", 1}});
  CHECK(office.refused("addInventoryPurchaseOrderItems", more) != "");
  CHECK(office.refused("setInventoryPurchaseOrderStatus", status(id + 1, 1)) != "");
  CHECK(office.refused("setInventoryPurchaseOrderStatus", status(id, 6)) != "");
}

TEST_CASE("A purchase order needs a warehouse, a supplier and a payer of the account",
          "[base][purchase]") {
  Office office;
  const auto refused = [&](const Json& more) {
    return office.refused("addInventoryPurchaseOrder", purchase(more)) != "";
  };
  CHECK(refused({{"warehouse_id", 2445}}));
  CHECK(refused({{"supplier_id", 9}}));
  CHECK(refused({{"payer_id", 9}}));
  CHECK(refused({{"series_id", 77}}));
  CHECK(refused({{"date_delivery_expected", -5}}));
  office.good("addInventoryPurchaseOrder",
              purchase({{"name", "Marzec"}, {"date_delivery_expected", 1772524800}}));
  const Json order = shown_purchase(office, 1);
  CHECK(order["name"] == "Marzec");
  CHECK(order["date_expected_delivery"] == 1772524800);
  const Json series = office.good("getInventoryPurchaseOrderSeries")["series"];
  REQUIRE(series.size() == 1);
  CHECK(series[0]["warehouse_id"] == 206);
  CHECK(office.good("getInventoryPurchaseOrderSeries", {{"warehouse_id", 207}})["series"].empty());
}

TEST_CASE("Purchase orders come 100 a page, by their filters", "[base][purchase]") {
  Office office;
  const auto tea = office.product();
  for (int i = 0; i < 101; ++i) office.good("addInventoryPurchaseOrder", purchase());
  const auto with_tea = ordered(office, {{tea, 1}});
  const auto count = [&](const Json& filter) {
    return office.good("getInventoryPurchaseOrders", filter)["purchase_orders"].size();
  };
  CHECK(count(Json::object()) == 100);
  CHECK(count({{"page", 2}}) == 2);
  CHECK(count({{"filter_product_id", tea}}) == 1);
  CHECK(count({{"filter_document_number", "PO/100"}}) == 1);
  CHECK(count({{"filter_document_number", "/100"}}) == 1);
  CHECK(count({{"supplier_id", 5}}) == 0);
  CHECK(count({{"date_to", office.now() - 1}}) == 0);
  CHECK(with_tea == 102);
}

TEST_CASE("A product's incoming pieces are those that sent purchase orders still wait for",
          "[base][purchase]") {
  Office office;
  const auto tea = office.product();
  const auto bread = office.product({{"incoming", {{"bl_207", 2}}}});
  const auto incoming = [&](std::int64_t product) {
    const Json data =
        office.good("getInventoryProductsData", {{"inventory_id", 307}, {"products", {product}}});
    const Json shown = data["products"][std::to_string(product)]["incoming"];
    return shown.empty() ? Json::object() : shown;
  };
  const auto id = ordered(office, {{tea, 5}, {bread, 7}});
  CHECK(incoming(tea) == Json::object());  // A draft.
  office.good("setInventoryPurchaseOrderStatus", status(id, 1));
  CHECK(incoming(tea) == Json{{"bl_206", 5}});
  CHECK(incoming(bread) == Json{{"bl_206", 7}, {"bl_207", 2}});

  const Json items = purchase_items(office, id);
  office.good("setInventoryPurchaseOrderStatus",
              status(id, 4, {{{"item_id", items[0]["item_id"]}, {"completed_quantity", 3}}}));
  CHECK(incoming(tea) == Json{{"bl_206", 2}});
  CHECK(incoming(bread) == Json{{"bl_206", 7}, {"bl_207", 2}});
  office.good("setInventoryPurchaseOrderStatus", status(id, 3));
  CHECK(incoming(tea) == Json::object());
  CHECK(incoming(bread) == Json{{"bl_207", 2}});

  const auto cancelled = ordered(office, {{tea, 5}});
  office.good("setInventoryPurchaseOrderStatus", status(cancelled, 1));
  office.good("setInventoryPurchaseOrderStatus", status(cancelled, 5));
  CHECK(incoming(tea) == Json::object());
}

TEST_CASE("Stock is what purchase orders tell to have come in, however often they tell it",
          "[base][purchase][property]") {
  CHECK(rc::check("any statuses and quantities", [] {
    Office office;
    const auto tea = office.product();
    const auto bread = office.product();
    const auto id = ordered(office, {{tea, 5}, {bread, 7}});
    const Json items = purchase_items(office, id);
    const int steps = *rc::gen::inRange(1, 12);
    for (int step = 0; step < steps; ++step) {
      const int to = *rc::gen::inRange(0, 6);
      Json received = nullptr;
      if (*rc::gen::arbitrary<bool>()) {
        received = Json::array();
        received.push_back({{"item_id", items[*rc::gen::inRange<std::size_t>(0, 2)]["item_id"]},
                            {"completed_quantity", *rc::gen::inRange(0, 9)}});
      }
      const auto before = office.stock(tea) + office.stock(bread);
      const bool taken =
          office.refused("setInventoryPurchaseOrderStatus", status(id, to, received)) == "";
      const auto after = office.stock(tea) + office.stock(bread);
      RC_ASSERT(after >= before);
      if (!taken) RC_ASSERT(after == before);
      const Json now = purchase_items(office, id);
      RC_ASSERT(now[0]["completed_quantity"] == office.stock(tea));
      RC_ASSERT(now[1]["completed_quantity"] == office.stock(bread));
      std::int64_t documented = 0;
      const Json documents = purchase_documents(office, id);
      for (const Json& one : documents) {
        RC_ASSERT(one["document_status"] == 1);
        documented += one["total_quantity"].get<std::int64_t>();
      }
      RC_ASSERT(documented == after);
    }
  }));
}

TEST_CASE("A fulfilment delivery is opened, filled while a draft, and labelled",
          "[base][fulfilment]") {
  Office office;
  const auto tea = office.product({{"sku", "HER-1"}});
  Json parameters = {
      {"warehouse_id", 206}, {"fulfillment_warehouse_id", 900}, {"name", "Do obcych"}};
  const Json made = office.good("addInventoryFulfillmentDelivery", parameters);
  CHECK(made["document_number"] == "FD/1/3/2026");
  const std::int64_t id = made["delivery_id"];
  Json filled = {{"delivery_id", id}};
  filled["items"].push_back({{"product_id", tea}, {"quantity", 6}});
  const Json items = office.good("addInventoryFulfillmentDeliveryItems", filled)["items"];
  CHECK(items[0]["product_sku"] == "HER-1");
  const Json shown = office.good("getInventoryFulfillmentDeliveries")["deliveries"][0];
  CHECK(shown["items_count"] == 1);
  CHECK(shown["received_items"].is_null());
  const Json rows =
      office.good("getInventoryFulfillmentDeliveryItems", {{"delivery_id", id}})["items"];
  CHECK(rows[0]["received_quantity"].is_null());
  CHECK(rows[0]["position"] == 1);
  for (const char* type : {"delivery", "box", "item"}) {
    const Json labels = office.good("getInventoryFulfillmentDeliveryLabels",
                                    {{"delivery_id", id}, {"type", type}})["labels"];
    REQUIRE(labels.size() == 1);
    CHECK(labels[0]["type"] == type);
    CHECK(mocks::base::is_pdf(
        mocks::base::out_of_base64(labels[0]["label"].get<std::string>()).value()));
  }
  CHECK(office.refused("getInventoryFulfillmentDeliveryLabels",
                       {{"delivery_id", id}, {"type", "pallet"}}) != "");

  auto& deliveries = office.door.change().fulfilment.deliveries;
  deliveries.edit(id, [](auto& delivery) {
    delivery.status = 5;
    delivery.items[0].received_quantity = 0;
  });
  CHECK(office.refused("addInventoryFulfillmentDeliveryItems", filled) != "");
  const Json last = office.good("getInventoryFulfillmentDeliveries")["deliveries"][0];
  CHECK(last["received_items"] == 0);
  parameters["fulfillment_warehouse_id"] = 207;
  CHECK(office.refused("addInventoryFulfillmentDelivery", parameters) != "");
}

TEST_CASE("Fulfilment deliveries come 100 a page, from 0", "[base][fulfilment]") {
  Office office;
  for (int i = 0; i < 103; ++i) {
    office.good("addInventoryFulfillmentDelivery",
                {{"warehouse_id", 206}, {"fulfillment_warehouse_id", 900}, {"name", "x"}});
  }
  const auto count = [&](const Json& filter) {
    return office.good("getInventoryFulfillmentDeliveries", filter)["deliveries"].size();
  };
  CHECK(count(Json::object()) == 100);
  CHECK(count({{"page", 0}}) == 100);
  CHECK(count({{"page", 1}}) == 3);
  CHECK(count({{"filter_document_number", "FD/103/"}}) == 1);
  CHECK(count({{"status", 1}}) == 0);
  CHECK(count({{"warehouse_id", 207}}) == 0);
}
