#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "mocks/base/call.hpp"
#include "mocks/base/numbering.hpp"
#include "mocks/base/shipments.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kHistoriesPerCall = 100;

std::chrono::sys_days day_of(std::int64_t seconds) {
  const std::chrono::seconds since{std::clamp<std::int64_t>(seconds, 0, kLastSecond)};
  return std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{since});
}

/// Days but Saturdays and Sundays, behind the first up to the last.
std::int64_t working_days(std::chrono::sys_days first, std::chrono::sys_days last) {
  const auto weeks = (last - first) / std::chrono::weeks{1};
  std::int64_t days = weeks * 5;
  for (auto day = first + std::chrono::weeks{weeks}; day < last;) {
    day += std::chrono::days{1};
    const unsigned weekday = std::chrono::weekday{day}.iso_encoding();
    days += weekday <= 5 ? 1 : 0;
  }
  return days;
}

/// From shipped to delivered, weekends left out [doc]; 0 until it is delivered. Days are UTC's.
std::int64_t delivery_days(const Shipment& shipment) {
  const auto first_of = [&](Tracking status) {
    return std::find_if(
        shipment.history.begin(), shipment.history.end(),
        [&](const TrackingEvent& one) { return one.status == static_cast<std::int64_t>(status); });
  };
  const auto shipped = first_of(Tracking::Shipped);
  const auto delivered = first_of(Tracking::Delivered);
  const bool known = shipped != shipment.history.end() && delivered != shipment.history.end();
  if (!known || delivered->date < shipped->date) return 0;
  return working_days(day_of(shipped->date), day_of(delivered->date));
}

Reply get_order_packages(Call& call) {
  const std::int64_t order_id = call.given().integer("order_id");
  if (!call.state.sales.orders.has(order_id)) {
    return call.refuse(fmt::format("order {} is not there", order_id));
  }
  Answer answer = call.answer();
  {
    const auto packages = answer.open("packages");
    for (const Shipment* one :
         call.state.shipping.shipments.look_up(Shipment::OrderId, number_key(order_id))) {
      const auto item = answer.item();
      answer.put("package_id", one->id);
      answer.put("courier_package_nr", one->number);
      answer.put("courier_inner_number", one->inner_number);
      answer.put("courier_code", one->courier_code);
      answer.put("courier_other_name", one->courier_other_name);
      answer.put("account_id", one->account_id);
      answer.put("tracking_status_date", one->tracking_status_date);
      answer.put("tracking_delivery_days", delivery_days(*one));
      answer.put("tracking_status", one->tracking_status);
      answer.put("package_type", one->package_type);
      answer.put("tracking_url", one->tracking_url);
      answer.put("is_return", one->is_return);
    }
  }
  return call.done(std::move(answer));
}

void put_parcel(Answer& answer, const Shipment& shipment, const Parcel& parcel) {
  const bool first = &parcel == &shipment.parcels.front();  // Amounts are the shipment's: once.
  const bool sized = kit::Decimal(0) < parcel.length + parcel.width + parcel.height;
  answer.put("weight", parcel.weight);
  answer.put("weight_unit", kit::Decimal(0) < parcel.weight ? "kg" : "");
  answer.put("length", parcel.length);
  answer.put("width", parcel.width);
  answer.put("height", parcel.height);
  answer.put("size_unit", sized ? "cm" : "");
  answer.put("size_template", "");
  answer.put("is_custom", parcel.is_custom);
  answer.put("cod_value", first ? shipment.cod_value : kit::Decimal());
  answer.put("cod_currency", first ? shipment.cod_currency : "");
  answer.put("insurance_value", first ? shipment.insurance_value : kit::Decimal());
  answer.put("insurance_currency", first ? shipment.insurance_currency : "");
  answer.put("cost_value", first ? shipment.cost_value : kit::Decimal());
  answer.put("cost_currency", first ? shipment.cost_currency : "");
  answer.put("type", "");
  answer.put("pickup_date", shipment.pickup_date);
}

Reply get_package_details(Call& call) {
  const std::int64_t id = call.given().integer("package_id");
  const Shipment* shipment = call.state.shipping.shipments.find(id);
  if (shipment == nullptr) return call.refuse(fmt::format("package {} is not there", id));
  Answer answer = call.answer();
  {
    const auto details = answer.open("package_details");
    for (const Parcel& one : shipment->parcels) {
      const auto item = answer.item();
      put_parcel(answer, *shipment, one);
    }
  }
  return call.done(std::move(answer));
}

/// Up to 100 shipments [doc]; more are refused whole, those that are not there left out [inferred].
Reply get_courier_packages_status_history(Call& call) {
  const kit::Json& ids = call.given().list("package_ids");
  if (ids.size() > kHistoriesPerCall) return call.refuse("package_ids: more than 100 shipments");
  Answer answer = call.answer();
  {
    const auto histories = answer.open("packages_history");
    for (const kit::Json& id : ids) {
      const Shipment* shipment = call.state.shipping.shipments.find(integer_in(id).value_or(0));
      if (shipment == nullptr) continue;
      std::string rows;
      for (const TrackingEvent& one : shipment->history) {
        rows += fmt::format(
            R"({}{{"tracking_status_date":{},"courier_status_code":{},"tracking_status":{}}})",
            rows.empty() ? "" : ",", one.date, kit::Json(one.courier_status_code).dump(),
            one.status);
      }
      answer.add_raw(std::to_string(shipment->id), "[" + rows + "]");
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kShipmentListMethods{
    Handled{"getOrderPackages", get_order_packages},
    Handled{"getPackageDetails", get_package_details},
    Handled{"getCourierPackagesStatusHistory", get_courier_packages_status_history},
};

}  // namespace

std::span<const Handled> shipment_list_methods() { return kShipmentListMethods; }

}  // namespace atrapa::mocks::base
