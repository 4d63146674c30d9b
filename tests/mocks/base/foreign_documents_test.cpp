#include <fmt/format.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "mocks/base/methods.hpp"
#include "mocks/base/state.hpp"
#include "tests/mocks/base/odd_calls.hpp"
#include "tests/mocks/base/office.hpp"

// Whatever is sent: an answer of the contract's form, or a refusal that changes nothing.

using namespace atrapa::tests::base;
namespace base = atrapa::mocks::base;

namespace {

const std::vector<const base::Method*>& document_side_methods() {
  static const auto all =
      methods_of_groups({"Invoices and receipts", "Courier shipments", "Inventory documents",
                         "Purchase orders", "Suppliers and payers", "Fulfillment deliveries"});
  return all;
}

/// An office in which small ids mean something.
struct BusyOffice : Office {
  BusyOffice() {
    for (int id = 1; id <= 2; ++id) {
      product({{"product_id", id}, {"stock", {{"bl_206", 50}, {"bl_207", 5}}}});
      tea_order();
      door.plant("suppliers", {{"supplier_id", id}, {"name", "Hurt"}});
      door.plant("payers", {{"payer_id", id}, {"name", "Spółka"}});
      add_invoice(id);
      add_receipt(id);
      good("createPackageManual", {{"order_id", id},
                                   {"courier_code", "dpd"},
                                   {"package_number", fmt::format("N{}", id)},
                                   {"pickup_date", 1'772'524'800}});
      good("addInventoryDocument",
           {{"warehouse_id", 206}, {"inventory_id", 307}, {"document_type", id}});
      good("addInventoryPurchaseOrder",
           {{"warehouse_id", 206}, {"supplier_id", 3}, {"payer_id", 4}, {"currency", "PLN"}});
      good("addInventoryFulfillmentDelivery",
           {{"warehouse_id", 206}, {"fulfillment_warehouse_id", 900}, {"name", "x"}});
    }
  }
};

/// What the office's own ids are, where the generator would hardly meet them.
void steer(Json& parameters) {
  const auto replace = [&](const char* name, const Json& by) {
    if (parameters.contains(name) && below(3) > 0) parameters[name] = by;
  };
  replace("warehouse_id", 206 + below(2));
  replace("target_warehouse_id", 206 + below(2));
  replace("fulfillment_warehouse_id", 900);
  replace("inventory_id", 307);
  replace("series_id", 15 + below(5));
  replace("vat_rate",
          Json::array({"DEFAULT", "ITEM", "NP", "23"})[static_cast<std::size_t>(below(4))]);
  replace("courier_code", below(2) == 0 ? "dpd" : "goniec");
  replace("account_id", 5 + below(3));
  replace("file", "data:JVBERi0xLjQK");
}

}  // namespace

TEST_CASE("Every method for documents and parcels answers by the contract, whatever is sent",
          "[base][document]") {
  for (const char* shape : {"sample", "table"}) {
    CHECK(rc::check(fmt::format("as the {} has it; a refusal changes nothing", shape), [&] {
      BusyOffice office;
      office.door.set({{"shape", shape}, {"php_arrays", *rc::gen::arbitrary<bool>()}});
      for (int calls = below(20); calls > 0; --calls) {
        const auto& methods = document_side_methods();
        const auto index = static_cast<std::size_t>(below(static_cast<int>(methods.size())));
        const base::Method& method = *methods[index];
        Json parameters = odd_parameters(method);
        steer(parameters);
        RC_LOG() << method.name << ' ' << parameters.dump() << '\n';
        const Json before = office.platform->snapshot();
        const Json answer = office.call(method.name, parameters);  // Throws on a misfit.
        const bool may_write = method.writes && answer["status"] == "SUCCESS";
        if (!may_write) RC_ASSERT(office.platform->snapshot() == before);
      }
      const Json snapshot = office.platform->snapshot();
      Account copy;
      copy.platform->restore(snapshot);
      RC_ASSERT(copy.platform->snapshot() == snapshot);
    }));
  }
}
