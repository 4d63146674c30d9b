#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/kit/decimal.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

struct State;

/// One field of a courier's form.
struct CourierField {
  std::string id;
  std::string name;
  std::string type = "text";  ///< Or select, checkbox, date [doc].
  std::string desc;
  std::map<std::string, std::string> options;                  ///< Label by option.
  std::map<std::string, std::vector<std::string>> show_field;  ///< Fields that an option brings up.
  std::string value;                                           ///< Preset.
  std::string function;  ///< Not empty: its options come from getCourierServices [doc].

  static constexpr auto fields() {
    return std::tuple{
        as("id", &CourierField::id),           as("name", &CourierField::name),
        as("type", &CourierField::type),       as("desc", &CourierField::desc),
        as("options", &CourierField::options), as("show_field", &CourierField::show_field),
        as("value", &CourierField::value),     as("function", &CourierField::function)};
  }
  bool operator==(const CourierField&) const = default;
};

struct CourierAccount {
  std::int64_t id = 0;
  std::string name;

  static constexpr auto fields() {
    return std::tuple{as("id", &CourierAccount::id), as("name", &CourierAccount::name)};
  }
  bool operator==(const CourierAccount&) const = default;
};

/// A courier that the account can book with. The real list is long and its forms are the couriers';
/// a world holds the few that it needs.
struct Courier {
  std::int64_t id = 0;
  std::string code;
  std::string name;
  bool multi_packages = false;
  std::vector<CourierField> fields_of_shipment;
  std::vector<CourierField> fields_of_package;
  std::vector<CourierField> fields_of_pickup;
  std::map<std::string, std::string> services;  ///< Name by id.
  std::vector<CourierAccount> accounts;
  std::string tracking_url;  ///< The shipment's number is put behind it.

  /// Indexes.
  enum By { Code };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("courier_id", &Courier::id),
                      as("code", &Courier::code),
                      as("name", &Courier::name),
                      as("multi_packages", &Courier::multi_packages),
                      as("fields", &Courier::fields_of_shipment),
                      as("package_fields", &Courier::fields_of_package),
                      as("pickup_fields", &Courier::fields_of_pickup),
                      as("services", &Courier::services),
                      as("accounts", &Courier::accounts),
                      as("tracking_url", &Courier::tracking_url)};
  }
  bool operator==(const Courier&) const = default;
};

/// Where a shipment is [doc].
enum class Tracking {
  Unknown = 0,
  LabelMade = 1,
  Shipped = 2,
  NotDelivered = 3,
  OutForDelivery = 4,
  Delivered = 5,
  Returned = 6,
  Aviso = 7,
  WaitingAtPoint = 8,
  Lost = 9,
  Cancelled = 10,
  OnTheWay = 11,
  Exception = 12,
  RedirectedAbroad = 13,
};

struct TrackingEvent {
  std::int64_t date = 0;
  std::string courier_status_code;
  std::int64_t status = 0;

  static constexpr auto fields() {
    return std::tuple{as("tracking_status_date", &TrackingEvent::date),
                      as("courier_status_code", &TrackingEvent::courier_status_code),
                      as("tracking_status", &TrackingEvent::status)};
  }
  bool operator==(const TrackingEvent&) const = default;
};

/// One box of a shipment: kilograms and centimetres.
struct Parcel {
  kit::Decimal weight;
  kit::Decimal length;
  kit::Decimal width;
  kit::Decimal height;
  bool is_custom = false;

  static constexpr auto fields() {
    return std::tuple{as("weight", &Parcel::weight), as("length", &Parcel::length),
                      as("width", &Parcel::width), as("height", &Parcel::height),
                      as("is_custom", &Parcel::is_custom)};
  }
  bool operator==(const Parcel&) const = default;
};

struct Shipment {
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  std::string courier_code;  ///< A courier's, or a name of the caller's own [doc].
  std::string number;
  std::string inner_number;
  std::string courier_other_name;
  std::int64_t account_id = 0;
  bool manual = false;  ///< Booked outside of Base.
  bool is_return = false;
  std::int64_t package_type = 0;  ///< 0 standard, 1 return, 2 and 3 the same sent at a point [doc].
  std::int64_t date_add = 0;
  std::int64_t pickup_date = 0;
  std::int64_t tracking_status = 0;
  std::int64_t tracking_status_date = 0;
  std::string tracking_url;
  std::vector<TrackingEvent> history;
  std::vector<Parcel> parcels;
  kit::Decimal cod_value;
  std::string cod_currency;
  kit::Decimal insurance_value;
  std::string insurance_currency;
  kit::Decimal cost_value;
  std::string cost_currency;

  /// Indexes.
  enum By { OrderId, Number };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("package_id", &Shipment::id),
                      as("order_id", &Shipment::order_id),
                      as("courier_code", &Shipment::courier_code),
                      as("courier_package_nr", &Shipment::number),
                      as("courier_inner_number", &Shipment::inner_number),
                      as("courier_other_name", &Shipment::courier_other_name),
                      as("account_id", &Shipment::account_id),
                      as("manual", &Shipment::manual),
                      as("is_return", &Shipment::is_return),
                      as("package_type", &Shipment::package_type),
                      as("date_add", &Shipment::date_add),
                      as("pickup_date", &Shipment::pickup_date),
                      as("tracking_status", &Shipment::tracking_status),
                      as("tracking_status_date", &Shipment::tracking_status_date),
                      as("tracking_url", &Shipment::tracking_url),
                      as("history", &Shipment::history),
                      as("parcels", &Shipment::parcels),
                      as("cod_value", &Shipment::cod_value),
                      as("cod_currency", &Shipment::cod_currency),
                      as("insurance_value", &Shipment::insurance_value),
                      as("insurance_currency", &Shipment::insurance_currency),
                      as("cost_value", &Shipment::cost_value),
                      as("cost_currency", &Shipment::cost_currency)};
  }
  bool operator==(const Shipment&) const = default;
};

/// A courier asked to come and collect.
struct Pickup {
  std::int64_t id = 0;
  std::string courier_code;
  std::int64_t account_id = 0;
  std::string number;
  std::int64_t date_add = 0;
  std::vector<std::int64_t> package_ids;

  static constexpr auto fields() {
    return std::tuple{
        as("pickup_id", &Pickup::id),          as("courier_code", &Pickup::courier_code),
        as("account_id", &Pickup::account_id), as("number", &Pickup::number),
        as("date_add", &Pickup::date_add),     as("package_ids", &Pickup::package_ids)};
  }
  bool operator==(const Pickup&) const = default;
};

struct Shipping {
  Rows<Courier> couriers;
  Rows<Shipment> shipments;
  Rows<Pickup> pickups;

  static constexpr auto fields() {
    return std::tuple{as("couriers", &Shipping::couriers), as("shipments", &Shipping::shipments),
                      as("pickups", &Shipping::pickups)};
  }
};

/// What the courier's system tells: where the shipment is now. Logged, and automatic actions answer
/// it. False where there is no such shipment.
bool track(State& state, kit::Context& context, std::int64_t package_id, Tracking status,
           std::string courier_status_code, std::int64_t now);

/// The order shows the number of the last shipment that it has [inferred].
void show_on_order(State& state, std::int64_t order_id);

// Within the family.

struct Call;
class Given;

/// Null where the account has no such courier.
const Courier* find_courier(const State& state, const std::string& code);
/// By package_id, else by package_number, of the courier in courier_code. Null where there is none.
const Shipment* find_shipment(const State& state, const Given& given);
/// Those of package_ids, else of package_numbers, all of that courier; empty where one is not there
/// or none was named.
std::vector<const Shipment*> find_shipments(const State& state, const Given& given);
/// The account of account_id, or the courier's first one [doc]; 0 where there is none.
std::int64_t courier_account(const Courier& courier, const Given& given);
/// Why the values of `fields` do not fit the form, or "".
std::string misfit_of_form(const Courier& courier, const std::vector<CourierField>& form,
                           const Given& given);

}  // namespace atrapa::mocks::base
