#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/shipments.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

Reply no_courier(Call& call) {
  return call.refuse(
      fmt::format("courier_code '{}' is not there", call.given().text("courier_code")));
}

void put_map(Answer& answer, std::string_view name,
             const std::map<std::string, std::string>& labels) {
  const auto map = answer.open(name);
  for (const auto& [option, label] : labels) answer.add(option, label);
}

void put_shipment_field(Answer& answer, const CourierField& field) {
  answer.put("id", field.id);
  answer.put("name", field.name);
  answer.put("type", field.type);
  answer.put("desc", field.desc);
  put_map(answer, "options", field.options);
  {
    const auto shown = answer.open("show_field");
    for (const auto& [option, fields] : field.show_field) {
      answer.add_raw(option, to_json(fields).dump());
    }
  }
  answer.put("value", field.value);
  answer.put("function", field.function);
}

Reply get_couriers_list(Call& call) {
  Answer answer = call.answer();
  {
    const auto couriers = answer.open("couriers");
    call.state.shipping.couriers.each([&](const Courier& one) {
      const auto item = answer.item();
      answer.put("code", one.code);
      answer.put("name", one.name);
      return true;
    });
  }
  return call.done(std::move(answer));
}

Reply get_courier_fields(Call& call) {
  const Courier* courier = find_courier(call.state, call.given().text("courier_code"));
  if (courier == nullptr) return no_courier(call);
  Answer answer = call.answer();
  answer.put("multi_packages", courier->multi_packages);
  {
    const auto fields = answer.open("fields");
    for (const CourierField& one : courier->fields_of_shipment) {
      const auto item = answer.item();
      put_shipment_field(answer, one);
    }
  }
  {
    const auto fields = answer.open("package_fields");
    for (const CourierField& one : courier->fields_of_package) {
      const auto item = answer.item();
      answer.put("id", one.id);
      answer.put("name", one.name);
      answer.put("type", one.type);
      put_map(answer, "options", one.options);
      answer.put("default", one.value);
    }
  }
  return call.done(std::move(answer));
}

/// Services of the courier, whatever the form says: prices and routes are not imitated.
Reply get_courier_services(Call& call) {
  const Given given = call.given();
  const Courier* courier = find_courier(call.state, given.text("courier_code"));
  if (courier == nullptr) return no_courier(call);
  if (!call.state.sales.orders.has(given.integer("order_id"))) {
    return call.refuse(fmt::format("order {} is not there", given.integer("order_id")));
  }
  if (courier_account(*courier, given) == 0) return call.refuse("account_id: no such account");
  Answer answer = call.answer();
  put_map(answer, "services", courier->services);
  return call.done(std::move(answer));
}

Reply get_courier_accounts(Call& call) {
  const Courier* courier = find_courier(call.state, call.given().text("courier_code"));
  if (courier == nullptr) return no_courier(call);
  Answer answer = call.answer();
  {
    const auto accounts = answer.open("accounts");
    for (const CourierAccount& one : courier->accounts) {
      const auto item = answer.item();
      answer.put("id", one.id);
      answer.put("name", one.name);
    }
  }
  return call.done(std::move(answer));
}

Reply get_request_parcel_pickup_fields(Call& call) {
  const Courier* courier = find_courier(call.state, call.given().text("courier_code"));
  if (courier == nullptr) return no_courier(call);
  Answer answer = call.answer();
  {
    const auto fields = answer.open("fields");
    for (const CourierField& one : courier->fields_of_pickup) {
      const auto item = answer.item();
      answer.put("id", one.id);
      answer.put("name", one.name);
      answer.put("type", one.type);
      answer.put("desc", one.desc);
      {
        const auto options = answer.open("options");
        for (const auto& [option, label] : one.options) answer.add(option);
      }
      answer.put("value", one.value);
    }
  }
  return call.done(std::move(answer));
}

Reply run_request_parcel_pickup(Call& call) {
  const Given given = call.given();
  const Courier* courier = find_courier(call.state, given.text("courier_code"));
  if (courier == nullptr) return no_courier(call);
  const std::int64_t account_id = courier_account(*courier, given);
  if (account_id == 0) return call.refuse("account_id: no such account");
  const auto shipments = find_shipments(call.state, given);
  if (shipments.empty()) {
    return call.refuse("package_ids, package_numbers: expected shipments of this courier");
  }
  if (auto problem = misfit_of_form(*courier, courier->fields_of_pickup, given); !problem.empty()) {
    return call.refuse(problem);
  }
  Pickup pickup;
  pickup.courier_code = courier->code;
  pickup.account_id = account_id;
  pickup.date_add = call.now();
  pickup.number = fmt::format("P{:08}", call.state.shipping.pickups.next_id());
  for (const Shipment* one : shipments) pickup.package_ids.push_back(one->id);
  Answer answer = call.answer();
  answer.put("pickup_number", pickup.number);
  call.state.shipping.pickups.add(std::move(pickup));
  return call.done(std::move(answer));
}

/// Why the value is none of the field's, or "".
std::string misfit_of_value(const Courier& courier, const CourierField& field,
                            const std::string& value) {
  const auto& options = field.function.empty() ? field.options : courier.services;
  const bool chosen = field.type == "select" || (field.type == "checkbox" && !options.empty());
  if (chosen && !options.contains(value)) {
    return fmt::format("field {}: '{}' is none of its options", field.id, value);
  }
  if (field.type == "date" && !integer_in(value)) {
    return fmt::format("field {}: expected unix seconds", field.id);
  }
  return {};
}

constexpr std::array kCourierMethods{
    Handled{"getCouriersList", get_couriers_list},
    Handled{"getCourierFields", get_courier_fields},
    Handled{"getCourierServices", get_courier_services},
    Handled{"getCourierAccounts", get_courier_accounts},
    Handled{"getRequestParcelPickupFields", get_request_parcel_pickup_fields},
    Handled{"runRequestParcelPickup", run_request_parcel_pickup},
};

}  // namespace

const Courier* find_courier(const State& state, const std::string& code) {
  const auto found = state.shipping.couriers.look_up(Courier::Code, code);
  return found.empty() ? nullptr : found.front();
}

std::int64_t courier_account(const Courier& courier, const Given& given) {
  for (const CourierAccount& one : courier.accounts) {
    if (given.integer("account_id", one.id) == one.id) return one.id;
  }
  return 0;
}

/// A checkbox with several options comes as several values of one field [doc].
std::string misfit_of_form(const Courier& courier, const std::vector<CourierField>& form,
                           const Given& given) {
  for (const kit::Json& row : given.list("fields")) {
    const Given sent(row);
    const std::string id = sent.text("id");
    const auto field = std::find_if(form.begin(), form.end(),
                                    [&](const CourierField& one) { return one.id == id; });
    if (field == form.end()) return fmt::format("field '{}' is not in the courier's form", id);
    std::string problem = misfit_of_value(courier, *field, sent.text("value"));
    if (!problem.empty()) return problem;
  }
  return {};
}

std::span<const Handled> courier_methods() { return kCourierMethods; }

}  // namespace atrapa::mocks::base
