#include "mocks/base/shipments.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/journal.hpp"
#include "mocks/base/numbering.hpp"

namespace atrapa::mocks::base {
namespace {

/// Kilograms or centimetres that a box may have.
const kit::Decimal kLargestBox = kit::Decimal(100'000);

std::int64_t put_shipment(Call& call, Shipment shipment) {
  const std::int64_t order_id = shipment.order_id;
  shipment.date_add = call.now();
  shipment.tracking_status_date = call.now();
  shipment.history.push_back(
      {.date = call.now(), .courier_status_code = {}, .status = shipment.tracking_status});
  const std::int64_t id = call.state.shipping.shipments.add(std::move(shipment));
  show_on_order(call.state, order_id);
  log_event(call.state, OrderEventType::ShipmentMade, order_id, id, call.now());
  happened(call.state, call.context, Happening::ShipmentMade, order_id);
  return id;
}

/// A shipment that was booked outside of Base: the courier is one of the list, or any name [doc].
Reply create_package_manual(Call& call) {
  const Given given = call.given();
  const std::int64_t order_id = given.integer("order_id");
  const std::int64_t pickup = given.integer("pickup_date");
  if (!call.state.sales.orders.has(order_id)) {
    return call.refuse(fmt::format("order {} is not there", order_id));
  }
  if (pickup < 0 || pickup > kLastSecond) return call.refuse("pickup_date: no such time");
  Shipment shipment;
  shipment.order_id = order_id;
  shipment.courier_code = given.text("courier_code");
  shipment.number = given.text("package_number");
  if (shipment.courier_code.empty() || shipment.number.empty()) {
    return call.refuse("courier_code, package_number: may not be empty");
  }
  shipment.manual = true;
  shipment.is_return = given.flag("return_shipment");
  shipment.package_type = shipment.is_return ? 1 : 0;
  shipment.pickup_date = pickup;
  shipment.parcels.emplace_back();
  if (const Courier* courier = find_courier(call.state, shipment.courier_code);
      courier != nullptr && !courier->tracking_url.empty()) {
    shipment.tracking_url = courier->tracking_url + shipment.number;
  }
  Answer answer = call.answer();
  const std::string number = shipment.number;
  answer.put("package_id", put_shipment(call, std::move(shipment)));
  answer.put("package_number", number);
  return call.done(std::move(answer));
}

/// The boxes; a refusal for sizes that none has, or where none has a weight [doc].
std::string read_parcels(const Given& given, std::vector<Parcel>& parcels) {
  bool weighed = false;
  for (const kit::Json& row : given.list("packages")) {
    const Given sent(row);
    Parcel parcel;
    parcel.weight = sent.decimal("weight");
    parcel.length = sent.decimal("length");
    parcel.width = sent.decimal("width");
    parcel.height = sent.decimal("height");
    parcel.is_custom = sent.flag("size_custom");
    for (const kit::Decimal& size : {parcel.weight, parcel.length, parcel.width, parcel.height}) {
      if (size < kit::Decimal(0) || kLargestBox < size) return "packages: no such size or weight";
    }
    weighed = weighed || kit::Decimal(0) < parcel.weight;
    parcels.push_back(std::move(parcel));
  }
  return weighed ? "" : "packages: at least one needs a weight";
}

/// An amount that the form has under that id; 0 for none.
kit::Decimal amount_in_form(const Given& given, std::string_view id) {
  for (const kit::Json& row : given.list("fields")) {
    const Given sent(row);
    if (sent.text("id") == id) return sent.decimal("value");
  }
  return {};
}

Reply create_package(Call& call) {
  const Given given = call.given();
  const Order* order = call.state.sales.orders.find(given.integer("order_id"));
  if (order == nullptr) {
    return call.refuse(fmt::format("order {} is not there", given.integer("order_id")));
  }
  const Courier* courier = find_courier(call.state, given.text("courier_code"));
  if (courier == nullptr) {
    return call.refuse(fmt::format("courier_code '{}' is not there", given.text("courier_code")));
  }
  Shipment shipment;
  shipment.account_id = courier_account(*courier, given);
  if (shipment.account_id == 0) return call.refuse("account_id: no such account");
  std::string problem = misfit_of_form(*courier, courier->fields_of_shipment, given);
  if (problem.empty()) problem = read_parcels(given, shipment.parcels);
  if (!problem.empty()) return call.refuse(problem);
  if (shipment.parcels.size() > 1 && !courier->multi_packages) {
    return call.refuse("packages: this courier takes one parcel at a time");
  }
  const std::int64_t next = call.state.shipping.shipments.next_id();
  shipment.order_id = order->id;
  shipment.courier_code = courier->code;
  shipment.number = fmt::format("90{:012}", next);
  shipment.inner_number = fmt::format("{}-{}", shipment.account_id, next);
  shipment.tracking_status = static_cast<std::int64_t>(Tracking::LabelMade);
  if (!courier->tracking_url.empty()) {
    shipment.tracking_url = courier->tracking_url + shipment.number;
  }
  shipment.cod_value = amount_in_form(given, "cod");
  shipment.insurance_value = amount_in_form(given, "insurance");
  if (kit::Decimal(0) < shipment.cod_value) shipment.cod_currency = order->currency;
  if (kit::Decimal(0) < shipment.insurance_value) shipment.insurance_currency = order->currency;

  Answer answer = call.answer();
  const std::string number = shipment.number;
  const std::string inner = shipment.inner_number;
  answer.put("package_id", put_shipment(call, std::move(shipment)));
  answer.put("package_number", number);
  answer.put("courier_inner_number", inner);
  return call.done(std::move(answer));
}

/// The courier refuses to cancel what it has taken [inferred]; force_delete drops it all the same
/// [doc]. One that was booked elsewhere is dropped without asking.
Reply delete_courier_package(Call& call) {
  const Given given = call.given();
  const Shipment* shipment = find_shipment(call.state, given);
  if (shipment == nullptr) {
    return call.refuse("package_id, package_number: this courier has no such shipment");
  }
  const auto status = static_cast<Tracking>(shipment->tracking_status);
  const bool taken =
      !shipment->manual && status > Tracking::LabelMade && status != Tracking::Cancelled;
  if (taken && !given.flag("force_delete")) {
    return call.refuse("the courier has the shipment already; force_delete drops it");
  }
  const std::int64_t id = shipment->id;
  const std::int64_t order_id = shipment->order_id;
  call.state.shipping.shipments.erase(id);
  show_on_order(call.state, order_id);
  log_event(call.state, OrderEventType::ShipmentRemoved, order_id, id, call.now());
  return call.done();
}

constexpr std::array kShipmentMethods{
    Handled{"createPackageManual", create_package_manual},
    Handled{"createPackage", create_package},
    Handled{"deleteCourierPackage", delete_courier_package},
};

const Shipment* of_courier(const Shipment* shipment, const std::string& code) {
  return shipment != nullptr && shipment->courier_code == code ? shipment : nullptr;
}

const Shipment* by_number(const State& state, const std::string& number, const std::string& code) {
  const Shipment* found = nullptr;
  for (const Shipment* one : state.shipping.shipments.look_up(Shipment::Number, number)) {
    if (one->courier_code == code) found = one;
  }
  return found;
}

}  // namespace

void show_on_order(State& state, std::int64_t order_id) {
  std::string module;
  std::string number;
  for (const Shipment* one :
       state.shipping.shipments.look_up(Shipment::OrderId, number_key(order_id))) {
    if (one->is_return) continue;
    module = one->courier_code;
    number = one->number;
  }
  state.sales.orders.edit(order_id, [&](Order& order) {
    order.delivery_package_module = std::move(module);
    order.delivery_package_nr = std::move(number);
  });
}

const Shipment* find_shipment(const State& state, const Given& given) {
  const std::string code = given.text("courier_code");
  if (given.has("package_id")) {
    return of_courier(state.shipping.shipments.find(given.integer("package_id")), code);
  }
  return by_number(state, given.text("package_number"), code);
}

std::vector<const Shipment*> find_shipments(const State& state, const Given& given) {
  const std::string code = given.text("courier_code");
  const bool by_id = !given.list("package_ids").empty();
  std::vector<const Shipment*> found;
  for (const kit::Json& one : given.list(by_id ? "package_ids" : "package_numbers")) {
    const Shipment* shipment =
        by_id ? of_courier(state.shipping.shipments.find(integer_in(one).value_or(0)), code)
              : by_number(state, text_in(one).value_or(""), code);
    if (shipment == nullptr) return {};
    found.push_back(shipment);
  }
  return found;
}

bool track(State& state, kit::Context& context, std::int64_t package_id, Tracking status,
           std::string courier_status_code, std::int64_t now) {
  std::int64_t order_id = 0;
  const bool found = state.shipping.shipments.edit(package_id, [&](Shipment& shipment) {
    order_id = shipment.order_id;
    shipment.tracking_status = static_cast<std::int64_t>(status);
    shipment.tracking_status_date = now;
    shipment.history.push_back({.date = now,
                                .courier_status_code = std::move(courier_status_code),
                                .status = static_cast<std::int64_t>(status)});
  });
  if (!found) return false;
  log_event(state, OrderEventType::ShipmentStatusChanged, order_id, package_id, now);
  happened(state, context, Happening::CourierStatus, order_id);
  return true;
}

std::span<const Handled> shipment_methods() { return kShipmentMethods; }

}  // namespace atrapa::mocks::base
