#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <vector>

#include "mocks/base/files.hpp"
#include "tests/mocks/base/office.hpp"

// Stock documents: drafts, items, and the moment at which stock moves.

using namespace atrapa::tests::base;
using namespace atrapa;

namespace {

constexpr int kGoodsReceived = 0;
constexpr int kGoodsIssue = 2;
constexpr int kTransfer = 4;

std::int64_t draft(Office& office, int type, std::int64_t warehouse = 206,
                   std::int64_t target = 0) {
  Json parameters = {{"warehouse_id", warehouse}, {"document_type", type}};
  if (target != 0) parameters["target_warehouse_id"] = target;
  return office.good("addInventoryDocument", parameters).at("document_id");
}

Json with_items(std::int64_t document, const Json& items) {
  Json parameters = {{"document_id", document}};
  parameters["items"] = items;
  return parameters;
}

void add_item(Office& office, std::int64_t document, std::int64_t product, std::int64_t pieces) {
  office.good("addInventoryDocumentItems",
              with_items(document, {{{"product_id", product}, {"quantity", pieces}}}));
}

bool confirmed(Office& office, std::int64_t document) {
  return office.refused("setInventoryDocumentStatusConfirmed", {{"document_id", document}}) == "";
}

}  // namespace

TEST_CASE("A draft moves nothing, its confirmation moves stock, a second one is refused",
          "[base][document]") {
  Office office;
  const auto tea = office.product({{"sku", "HER-1"}, {"ean", "5901234123457"}});
  const Json made =
      office.good("addInventoryDocument",
                  {{"warehouse_id", 206}, {"document_type", kGoodsReceived}, {"notes", "dostawa"}});
  CHECK(made["document_number"] == "GR/1/3/2026");
  const std::int64_t id = made["document_id"];
  const Json items = office.good(
      "addInventoryDocumentItems",
      with_items(id, {{{"product_id", tea}, {"quantity", 5}, {"price", "9.99"}},
                      {{"product_id", tea}, {"quantity", "2"}, {"expiry_date", "2027-01-31"}}}));
  REQUIRE(items["items"].size() == 2);
  CHECK(items["items"][0]["item_id"] != items["items"][1]["item_id"]);
  CHECK(office.stock(tea) == 0);

  CHECK(confirmed(office, id));
  CHECK(office.stock(tea) == 7);
  CHECK_FALSE(confirmed(office, id));
  CHECK(office.stock(tea) == 7);
  CHECK(office.refused("addInventoryDocumentItems",
                       with_items(id, {{{"product_id", tea}, {"quantity", 1}}})) != "");

  const Json shown = office.good("getInventoryDocuments")["documents"][0];
  CHECK(shown["document_status"] == 1);
  CHECK(shown["date_confirmed"] == office.now());
  CHECK(shown["direction"] == 0);
  CHECK(shown["items_count"] == 1);
  CHECK(shown["total_quantity"] == 7);
  CHECK(shown["total_price"] == 49.95);
  CHECK(shown["notes"] == "dostawa");
  const Json rows = office.good("getInventoryDocumentItems", {{"document_id", id}})["items"];
  CHECK(rows[0]["product_name"] == "Herbata");
  CHECK(rows[0]["product_sku"] == "HER-1");
  CHECK(rows[0]["total_price"] == 49.95);
  CHECK(rows[1]["position"] == 2);
  CHECK(rows[1]["expiry_date"] == "2027-01-31");
}

TEST_CASE("A transfer takes from one warehouse what it brings to the other", "[base][document]") {
  Office office;
  const auto tea = office.product({{"stock", {{"bl_206", 10}}}});
  const auto id = draft(office, kTransfer, 206, 207);
  add_item(office, id, tea, 4);
  CHECK(confirmed(office, id));
  CHECK(office.stock(tea, "bl_206") == 6);
  CHECK(office.stock(tea, "bl_207") == 4);
  const Json shown = office.good("getInventoryDocuments")["documents"][0];
  CHECK(shown["warehouse_id2"] == 207);
  CHECK(shown["full_number"] == "IT/1/3/2026");
}

TEST_CASE("What a document moves is in the product's log, as any change of stock is",
          "[base][document]") {
  Office office;
  const auto tea = office.product({{"stock", {{"bl_206", 10}}}});
  const auto entries = [&] {
    Json found = Json::array();
    const Json logs = office.good("getInventoryProductLogs", {{"product_id", tea}})["logs"];
    for (const Json& log : logs) {
      for (const Json& entry : log["entries"]) found.push_back(entry);
    }
    return found;
  };
  const auto id = draft(office, kGoodsReceived);
  add_item(office, id, tea, 3);
  CHECK(entries().empty());
  CHECK(confirmed(office, id));
  REQUIRE(entries().size() == 1);
  CHECK(entries()[0]["type"] == 1);
  CHECK(entries()[0]["info"] == "bl_206");
  CHECK(entries()[0]["from"] == 10);
  CHECK(entries()[0]["to"] == 13);

  const auto moved = draft(office, kTransfer, 206, 207);
  add_item(office, moved, tea, 4);
  CHECK(confirmed(office, moved));
  CHECK(entries().size() == 3);
}

TEST_CASE("A document that takes out more than there is moves nothing at all", "[base][document]") {
  Office office;
  const auto tea = office.product({{"stock", {{"bl_206", 10}}}});
  const auto bread = office.product({{"stock", {{"bl_206", 3}}}});
  const auto id = draft(office, kGoodsIssue);
  add_item(office, id, tea, 5);
  add_item(office, id, bread, 2);
  add_item(office, id, bread, 2);
  CHECK_FALSE(confirmed(office, id));
  CHECK(office.stock(tea) == 10);
  CHECK(office.stock(bread) == 3);
  office.door.set({{"stock_below_zero", "allowed"}});
  CHECK(confirmed(office, id));
  CHECK(office.stock(tea) == 5);
  CHECK(office.stock(bread) == -1);
}

TEST_CASE("Documents are refused in warehouses whose stock cannot be set", "[base][document]") {
  Office office;
  const auto refused = [&](const Json& parameters) {
    return office.refused("addInventoryDocument", parameters) != "";
  };
  CHECK(refused({{"warehouse_id", 2445}, {"document_type", 0}}));  // A shop's mirror.
  CHECK(refused({{"warehouse_id", 1}, {"document_type", 0}}));
  CHECK(refused({{"warehouse_id", 206}, {"document_type", 6}}));
  CHECK(refused({{"warehouse_id", 206}, {"document_type", kTransfer}}));
  CHECK(
      refused({{"warehouse_id", 206}, {"document_type", kTransfer}, {"target_warehouse_id", 206}}));
  CHECK(refused(
      {{"warehouse_id", 206}, {"document_type", kTransfer}, {"target_warehouse_id", 2445}}));
  CHECK(refused({{"warehouse_id", 206}, {"document_type", 0}, {"date_add", -1}}));
  CHECK(refused({{"warehouse_id", 206}, {"document_type", 0}, {"date_add", 999999999999999}}));
  CHECK(office.good("getInventoryDocuments")["documents"].empty());
}

TEST_CASE("Items are taken all or none", "[base][document]") {
  Office office;
  const auto tea = office.product();
  const auto bundle = office.product({{"is_bundle", true}, {"bundle_products", {{"1", 2}}}});
  const auto foreign = office.product({{"inventory_id", 308}});
  office.door.plant("inventories", {{"inventory_id", 308}, {"warehouses", {"bl_207"}}});
  const auto id = draft(office, kGoodsReceived);
  const Json good = {{"product_id", tea}, {"quantity", 1}};
  const auto refused = [&](const Json& item) {
    return office.refused("addInventoryDocumentItems", with_items(id, {good, item})) != "";
  };
  CHECK(refused({{"product_id", 999}, {"quantity", 1}}));
  CHECK(refused({{"product_id", bundle}, {"quantity", 1}}));
  CHECK(refused({{"product_id", foreign}, {"quantity", 1}}));
  CHECK(refused({{"product_id", tea}, {"quantity", 0}}));
  CHECK(refused({{"product_id", tea}, {"quantity", -3}}));
  CHECK(refused({{"product_id", tea}, {"quantity", 1}, {"price", "1.999"}}));
  CHECK(refused({{"product_id", tea}, {"quantity", 1}, {"price", "999999999999"}}));
  CHECK(refused({{"product_id", tea}, {"quantity", 1}, {"expiry_date", "31.01.2027"}}));
  CHECK(office.refused("addInventoryDocumentItems", with_items(id, Json::array())) != "");
  CHECK(office.good("getInventoryDocumentItems", {{"document_id", id}})["items"].empty());
  CHECK_FALSE(confirmed(office, id));  // Nothing is on it.
  add_item(office, id, tea, 1);
  office.door.change().catalogue.products.erase(tea);
  CHECK_FALSE(confirmed(office, id));
}

TEST_CASE("Documents and their items come 100 a page, from 1, by their filters",
          "[base][document]") {
  Office office;
  const auto tea = office.product();
  for (int i = 0; i < 105; ++i) draft(office, i % 3 == 0 ? kGoodsReceived : 1, 206);
  const auto count = [&](const Json& filter) {
    return office.good("getInventoryDocuments", filter)["documents"].size();
  };
  CHECK(count(Json::object()) == 100);
  CHECK(count({{"page", 2}}) == 5);
  CHECK(count({{"page", 3}}) == 0);
  CHECK(count({{"filter_document_type", 0}}) == 35);
  CHECK(count({{"filter_document_status", 1}}) == 0);
  CHECK(count({{"filter_document_id", 7}}) == 1);
  CHECK(count({{"filter_warehouse_id", 207}}) == 0);
  CHECK(count({{"filter_date_from", office.now() + 1}}) == 0);
  CHECK(count({{"filter_source_object_type", 2}, {"filter_source_object_id", 1}}) == 0);
  Json items = Json::array();
  for (int i = 0; i < 101; ++i) items.push_back({{"product_id", tea}, {"quantity", 1}});
  office.good("addInventoryDocumentItems", with_items(1, items));
  const Json last =
      office.good("getInventoryDocumentItems", {{"document_id", 1}, {"page", 2}})["items"];
  REQUIRE(last.size() == 1);
  CHECK(last[0]["position"] == 101);
}

TEST_CASE("Each warehouse and type has a series of its own", "[base][document]") {
  Office office;
  office.door.plant(
      "document_series",
      {{"document_series_id", 40}, {"name", "PZ"}, {"warehouse_id", 207}, {"format", "PZ/%N/%Y"}});
  draft(office, kGoodsReceived, 206);
  draft(office, kGoodsReceived, 207);
  draft(office, kGoodsReceived, 207);
  const Json documents = office.good("getInventoryDocuments")["documents"];
  CHECK(documents[0]["full_number"] == "GR/1/3/2026");
  CHECK(documents[1]["full_number"] == "PZ/1/2026");
  CHECK(documents[2]["full_number"] == "PZ/2/2026");
  CHECK(documents[2]["document_series_id"] == 40);
  const Json series = office.good("getInventoryDocumentSeries")["document_series"];
  REQUIRE(series.size() == 2);
  CHECK(series[0]["type"] == 0);  // The sample's name of document_type.
  CHECK(series[0]["format"] == "PZ/%N/%Y");
}

TEST_CASE("A document has a printout, and takes a file of the outside system", "[base][document]") {
  Office office;
  const auto id = draft(office, kGoodsReceived);
  const Json ours = office.good("getInventoryDocumentFile", {{"document_id", id}});
  CHECK(mocks::base::is_pdf(Office::bytes_of(ours["file"])));
  CHECK(ours["document_number"] == "GR/1/3/2026");
  office.good("addInventoryDocumentFile", {{"document_id", id},
                                           {"file", "data:" + mocks::base::in_base64("WZ z ERP")},
                                           {"external_document_number", "PZ 5/ERP"}});
  const Json theirs =
      office.good("getInventoryDocumentFile", {{"document_id", id}, {"get_external", true}});
  CHECK(Office::bytes_of(theirs["file"]) == "WZ z ERP");
  CHECK(theirs["document_number"] == "PZ 5/ERP");
  CHECK(office.good("getInventoryDocumentFile", {{"document_id", id}}) == ours);
  CHECK(office.refused("getInventoryDocumentFile", {{"document_id", 99}}) != "");
}

TEST_CASE("Stock is always what confirmed documents brought in less what they took out",
          "[base][document][property]") {
  CHECK(rc::check("documents of all types, confirmed now and then", [] {
    Office office;
    const std::vector<std::int64_t> products{office.product(), office.product()};
    struct Draft {
      int type;
      std::int64_t here;
      std::int64_t there;
      std::vector<std::pair<std::int64_t, std::int64_t>> items;
    };
    std::map<std::int64_t, Draft> drafts;
    std::set<std::int64_t> done;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> pieces;  // Product, warehouse.
    std::int64_t came = 0;
    std::int64_t went = 0;
    const int steps = *rc::gen::inRange(1, 25);
    for (int step = 0; step < steps; ++step) {
      const int what = *rc::gen::inRange(0, 3);
      if (what == 0 || drafts.empty()) {
        const int type = *rc::gen::inRange(0, 6);
        const std::int64_t here = *rc::gen::element(206, 207);
        const std::int64_t there = type == kTransfer ? 413 - here : 0;
        drafts[draft(office, type, here, there)] = {type, here, there, {}};
      } else if (what == 1) {
        const auto id = (*rc::gen::elementOf(drafts)).first;
        const auto product = *rc::gen::elementOf(products);
        const auto quantity = *rc::gen::inRange<std::int64_t>(1, 6);
        if (done.contains(id)) continue;
        add_item(office, id, product, quantity);
        drafts[id].items.emplace_back(product, quantity);
      } else {
        const auto [id, document] = *rc::gen::elementOf(drafts);
        auto after = pieces;
        std::int64_t in = 0;
        std::int64_t out = 0;
        for (const auto& [product, quantity] : document.items) {
          const bool adds = document.type == 0 || document.type == 1 || document.type == 5;
          after[{product, document.here}] += adds ? quantity : -quantity;
          if (document.there != 0) after[{product, document.there}] += quantity;
          if (adds) in += quantity;
          if (document.type == 2 || document.type == 3) out += quantity;
        }
        bool enough = true;
        for (const auto& [place, count] : after) enough = enough && count >= 0;
        const bool moves = enough && !document.items.empty() && !done.contains(id);
        RC_ASSERT(confirmed(office, id) == moves);
        if (moves) {
          done.insert(id);
          pieces = after;
          came += in;
          went += out;
        }
      }
      std::int64_t total = 0;
      for (const auto product : products) {
        for (const std::int64_t warehouse : {206, 207}) {
          const auto held = office.stock(product, "bl_" + std::to_string(warehouse));
          RC_ASSERT(held == (pieces[{product, warehouse}]));
          total += held;
        }
      }
      RC_ASSERT(total == came - went);
    }
  }));
}
