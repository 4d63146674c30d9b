#include "mocks/base/shipments.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>
#include <vector>

#include "mocks/base/files.hpp"
#include "tests/mocks/base/office.hpp"

// Couriers, their forms, shipments and what becomes of them.

using namespace atrapa::tests::base;
using namespace atrapa;
using mocks::base::OrderEventType;
using mocks::base::Tracking;

namespace {

Json manual(std::int64_t order, const std::string& number, const std::string& courier = "dpd") {
  return {{"order_id", order},
          {"courier_code", courier},
          {"package_number", number},
          {"pickup_date", 1772438400}};
}

Json booked(std::int64_t order, const Json& fields = Json::array()) {
  Json parameters = {{"order_id", order}, {"courier_code", "dpd"}};
  parameters["fields"] = fields;
  parameters["packages"] = {{{"weight", "1.5"}, {"height", "25"}, {"size_custom", 1}},
                            {{"weight", 0.4}}};
  return parameters;
}

/// What the courier's system does around the API.
bool courier_says(Office& office, std::int64_t package, Tracking status, const char* code = "") {
  mocks::kit::Context context{office.clock.now(), office.random, office.webhooks, {}, {}};
  return mocks::base::track(office.door.change(), context, package, status, code, office.now());
}

}  // namespace

TEST_CASE("A shipment booked outside is on the order, with its tracking number",
          "[base][courier]") {
  Office office;
  const auto order = office.tea_order();
  const Json made = office.good("createPackageManual", manual(order, "0000111122223U"));
  CHECK(made["package_number"] == "0000111122223U");
  const Json found = office.good("getOrderPackages", {{"order_id", order}})["packages"];
  REQUIRE(found.size() == 1);
  CHECK(found[0]["package_id"] == made["package_id"]);
  CHECK(found[0]["courier_package_nr"] == "0000111122223U");
  CHECK(found[0]["tracking_url"] == "https://example.com/sledz?nr=0000111122223U");
  CHECK(found[0]["tracking_status"] == 0);
  CHECK(found[0]["is_return"] == false);
  CHECK(office.state().sales.orders.find(order)->delivery_package_nr == "0000111122223U");
  CHECK(office.state().sales.orders.find(order)->delivery_package_module == "dpd");
  CHECK(office.told(OrderEventType::ShipmentMade, made["package_id"]) == 1);
}

TEST_CASE("A courier that is not on the list may be named as one likes", "[base][courier]") {
  Office office;
  const auto order = office.tea_order();
  office.good("createPackageManual", manual(order, "7", "Sąsiad z busem"));
  CHECK(office.refused("createPackageManual", manual(order, "")) != "");
  CHECK(office.refused("createPackageManual", manual(order + 1, "8")) != "");
}

TEST_CASE("A return shipment is marked as one and leaves the order's number alone",
          "[base][courier]") {
  Office office;
  const auto order = office.tea_order();
  office.good("createPackageManual", manual(order, "TAM"));
  Json back = manual(order, "NAZAD");
  back["return_shipment"] = true;
  office.good("createPackageManual", back);
  const Json found = office.good("getOrderPackages", {{"order_id", order}})["packages"];
  CHECK(found[1]["is_return"] == true);
  CHECK(found[1]["package_type"] == 1);
  CHECK(office.state().sales.orders.find(order)->delivery_package_nr == "TAM");
}

TEST_CASE("createPackage books with the courier: parcels, amounts, a label", "[base][courier]") {
  Office office;
  const auto order = office.tea_order();
  const Json made =
      office.good("createPackage", booked(order, {{{"id", "service"}, {"value", "19"}},
                                                  {{"id", "notices"}, {"value", "sms"}},
                                                  {{"id", "notices"}, {"value", "email"}},
                                                  {{"id", "day"}, {"value", 1772524800}},
                                                  {{"id", "cod"}, {"value", "56.78"}}}));
  CHECK(made["package_number"] != "");
  CHECK(made["courier_inner_number"] != "");
  const Json shown = office.good("getOrderPackages", {{"order_id", order}})["packages"][0];
  CHECK(shown["account_id"] == 5);  // The first one, as none was named.
  CHECK(shown["tracking_status"] == 1);
  const Json details =
      office.good("getPackageDetails", {{"package_id", made["package_id"]}})["package_details"];
  REQUIRE(details.size() == 2);
  CHECK(details[0]["weight"] == 1.5);
  CHECK(details[0]["is_custom"] == true);
  CHECK(details[0]["size_unit"] == "cm");
  CHECK(details[0]["cod_value"] == 56.78);
  CHECK(details[0]["cod_currency"] == "PLN");
  CHECK(details[1]["weight"].dump() == "0.4");
  CHECK(details[1]["cod_value"] == 0);

  const Json label = office.good(
      "getLabel", {{"courier_code", "dpd"}, {"package_number", made["package_number"]}});
  CHECK(label["extension"] == "pdf");
  CHECK(mocks::base::out_of_base64(label["label"].get<std::string>())
            .value()
            .find(made["package_number"].get<std::string>()) != std::string::npos);
}

TEST_CASE("createPackage is refused where the form, the parcels or the account do not fit",
          "[base][courier]") {
  Office office;
  const auto order = office.tea_order();
  const auto refused = [&](const Json& parameters) {
    return office.refused("createPackage", parameters) != "";
  };
  const auto with_field = [&](const char* id, const Json& value) {
    return booked(order, Json::array({{{"id", id}, {"value", value}}}));
  };
  const auto with = [&](const char* name, const Json& value) {
    Json parameters = booked(order);
    parameters[name] = value;
    return parameters;
  };
  CHECK(refused(with_field("service", "99")));
  CHECK(refused(with_field("notices", "gołąb")));
  CHECK(refused(with_field("day", "jutro")));
  CHECK(refused(with_field("colour", "red")));
  CHECK(refused(with("account_id", 7)));  // Another courier's.
  CHECK(refused(with("courier_code", "bez_konta")));
  CHECK(refused(with("courier_code", "goniec")));  // Two parcels are too many.
  CHECK(refused(with("courier_code", "wroc")));
  CHECK(refused(with("packages", Json::array())));
  CHECK(refused(with("packages", {{{"weight", 0}}})));
  CHECK(refused(with("packages", {{{"weight", -1}}})));
  CHECK(refused(with("order_id", order + 1)));
  CHECK(office.good("getOrderPackages", {{"order_id", order}})["packages"].empty());
  office.good("createPackage", with("account_id", 6));
}

TEST_CASE("A courier's list, form, services, accounts and pickup form are the world's",
          "[base][courier]") {
  Office office;
  const Json couriers = office.good("getCouriersList")["couriers"];
  REQUIRE(couriers.size() == 3);
  CHECK(couriers[0]["code"] == "dpd");
  const Json form = office.good("getCourierFields", {{"courier_code", "dpd"}});
  CHECK(form["multi_packages"] == true);
  CHECK(form["fields"][1]["options"]["sms"] == "SMS");
  CHECK(form["fields"][1]["show_field"]["sms"] == Json::array({"phone"}));
  CHECK(form["fields"][0]["function"] == "services");
  CHECK(form["package_fields"].size() == 2);
  Json asked = booked(office.tea_order());
  CHECK(office.good("getCourierServices", asked)["services"]["25"] == "Classic 9:30");
  const Json accounts = office.good("getCourierAccounts", {{"courier_code", "dpd"}})["accounts"];
  CHECK(accounts[1]["id"] == 6);
  const Json pickup =
      office.good("getRequestParcelPickupFields", {{"courier_code", "dpd"}})["fields"];
  CHECK(pickup[1]["options"] == Json::array({"12-16", "8-12"}));
  for (const char* method :
       {"getCourierFields", "getCourierAccounts", "getRequestParcelPickupFields"}) {
    CHECK(office.refused(method, {{"courier_code", "wroc"}}) != "");
  }
}

TEST_CASE("What the courier tells is in the history, in the journal, and starts actions",
          "[base][courier]") {
  Office office;
  office.door.plant("rules",
                    {{"event", "courier_status"},
                     {"actions", {{{"url", "http://127.0.0.1/tor?o=[numer_zamowienia]"}}}}});
  const auto order = office.tea_order();
  const Json id = office.good("createPackage", booked(order))["package_id"];
  office.on(2026, 3, 6);  // A Friday.
  REQUIRE(courier_says(office, id, Tracking::Shipped, "SENT"));
  office.on(2026, 3, 10);  // The Tuesday after it.
  REQUIRE(courier_says(office, id, Tracking::Delivered, "DLV"));
  CHECK(office.told(OrderEventType::ShipmentStatusChanged, id) == 2);
  REQUIRE(office.webhooks.size() == 2);
  CHECK(office.webhooks[0].url == "http://127.0.0.1/tor?o=" + std::to_string(order));

  const Json shown = office.good("getOrderPackages", {{"order_id", order}})["packages"][0];
  CHECK(shown["tracking_status"] == 5);
  CHECK(shown["tracking_delivery_days"] == 2);
  const Json history = office.good("getCourierPackagesStatusHistory",
                                   {{"package_ids", {id, 999}}})["packages_history"];
  REQUIRE(history.size() == 1);
  const Json& rows = history[std::to_string(id.get<int>())];
  REQUIRE(rows.size() == 3);
  CHECK(rows[0]["tracking_status"] == 1);
  CHECK(rows[2]["courier_status_code"] == "DLV");
  CHECK(rows[2]["tracking_status_date"] == office.now());
  CHECK_FALSE(courier_says(office, 999, Tracking::Lost));
}

TEST_CASE("A history of more than 100 shipments is refused", "[base][courier]") {
  Office office;
  Json ids = Json::array();
  for (int id = 1; id <= 100; ++id) ids.push_back(std::to_string(id));
  const Json none = office.good("getCourierPackagesStatusHistory", {{"package_ids", ids}});
  CHECK(none["packages_history"] == Json::array());
  ids.push_back(101);
  CHECK(office.refused("getCourierPackagesStatusHistory", {{"package_ids", ids}}) != "");
}

TEST_CASE("A shipment is deleted by id or number, unless the courier has it already",
          "[base][courier]") {
  Office office;
  const auto order = office.tea_order();
  const Json first = office.good("createPackage", booked(order));
  const Json second = office.good("createPackage", booked(order));
  const Json by_number = {{"courier_code", "dpd"}, {"package_number", second["package_number"]}};
  CHECK(office.refused("deleteCourierPackage",
                       {{"courier_code", "goniec"}, {"package_id", first["package_id"]}}) != "");
  office.good("deleteCourierPackage", by_number);
  CHECK(office.told(OrderEventType::ShipmentRemoved, second["package_id"]) == 1);
  CHECK(office.refused("deleteCourierPackage", by_number) != "");
  CHECK(office.state().sales.orders.find(order)->delivery_package_nr == first["package_number"]);

  REQUIRE(courier_says(office, first["package_id"], Tracking::Shipped));
  Json by_id = {{"courier_code", "dpd"}, {"package_id", first["package_id"]}};
  CHECK(office.refused("deleteCourierPackage", by_id) != "");
  by_id["force_delete"] = true;
  office.good("deleteCourierPackage", by_id);
  CHECK(office.good("getOrderPackages", {{"order_id", order}})["packages"].empty());
  CHECK(office.state().sales.orders.find(order)->delivery_package_nr == "");
}

TEST_CASE("Protocols and documents list shipments of one courier that were booked here",
          "[base][courier]") {
  Office office;
  const auto order = office.tea_order();
  const Json one = office.good("createPackage", booked(order));
  const Json other = office.good("createPackageManual", manual(order, "OBCA"));
  const auto asked = [&](const Json& ids) {
    return Json{{"courier_code", "dpd"}, {"account_id", 5}, {"package_ids", ids}};
  };
  const Json protocol = office.good("getProtocol", asked(Json::array({one["package_id"]})));
  CHECK(mocks::base::is_pdf(
      mocks::base::out_of_base64(protocol["protocol"].get<std::string>()).value()));
  CHECK(office.refused("getProtocol", asked({one["package_id"], other["package_id"]})) != "");
  CHECK(office.refused("getProtocol", asked(Json::array())) != "");
  CHECK(office.refused("getProtocol", asked(Json::array({999}))) != "");
  Json document = asked(Json::array({one["package_id"]}));
  document["document_type"] = "protocol";
  CHECK(office.good("getCourierDocument", document)["extension"] == "pdf");
  document["document_type"] = "0";
  CHECK(office.refused("getCourierDocument", document) != "");
  CHECK(office.refused("getLabel",
                       {{"courier_code", "dpd"}, {"package_id", other["package_id"]}}) != "");
}

TEST_CASE("A courier comes for shipments of its own, by its form", "[base][courier]") {
  Office office;
  const Json made = office.good("createPackage", booked(office.tea_order()));
  Json asked = {{"courier_code", "dpd"}, {"package_numbers", {made["package_number"]}}};
  asked["fields"] = Json::array({{{"id", "hours"}, {"value", "8-12"}}});
  const Json first = office.good("runRequestParcelPickup", asked)["pickup_number"];
  CHECK(first != "");
  CHECK(office.good("runRequestParcelPickup", asked)["pickup_number"] != first);
  asked["fields"][0]["value"] = "noc";
  CHECK(office.refused("runRequestParcelPickup", asked) != "");
  asked["fields"] = Json::array();
  asked["package_numbers"] = {"nie ma"};
  CHECK(office.refused("runRequestParcelPickup", asked) != "");
}

TEST_CASE("An order's shipments are those made and not deleted, and it shows the latest's number",
          "[base][courier][property]") {
  CHECK(rc::check("made and deleted in any order", [] {
    Office office;
    const auto order = office.tea_order();
    std::map<std::int64_t, std::string> there;
    const int steps = *rc::gen::inRange(1, 15);
    for (int step = 0; step < steps; ++step) {
      if (there.empty() || *rc::gen::inRange(0, 3) != 0) {
        const bool by_hand = *rc::gen::arbitrary<bool>();
        const Json made =
            by_hand ? office.good("createPackageManual", manual(order, "M" + std::to_string(step)))
                    : office.good("createPackage", booked(order));
        there[made["package_id"]] = made["package_number"];
      } else {
        const auto gone = *rc::gen::elementOf(there);
        office.good("deleteCourierPackage", {{"courier_code", "dpd"}, {"package_id", gone.first}});
        there.erase(gone.first);
      }
      std::map<std::int64_t, std::string> seen;
      const Json rows = office.good("getOrderPackages", {{"order_id", order}})["packages"];
      for (const Json& one : rows) {
        seen[one["package_id"].get<std::int64_t>()] = one["courier_package_nr"];
      }
      RC_ASSERT(seen == there);
      const std::string shown = office.state().sales.orders.find(order)->delivery_package_nr;
      RC_ASSERT(shown == (there.empty() ? std::string() : there.rbegin()->second));
    }
  }));
}
