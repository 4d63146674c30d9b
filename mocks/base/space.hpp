#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/kit/decimal.hpp"

namespace atrapa::mocks::base {

/// A place in a warehouse (bin).
struct Location {
  std::int64_t id = 0;
  std::int64_t warehouse_id = 0;
  std::string warehouse_type = "bl";
  std::string name;
  std::string color;  ///< Six hexadecimal digits, or "".
  bool is_pickable = true;
  std::int64_t priority = 1;  ///< 1 to 99999; the lowest is picked from first [doc].
  std::int64_t location_type_id = 0;
  std::int64_t zone_id = 0;  ///< 0: in none.
  std::int64_t rack_id = 0;  ///< Likewise.

  /// Indexes. Place by place_key(): a warehouse's locations lie together, by name.
  enum By { Place, Type, Zone, Rack };
  void keys(Keys& keys) const;
  static std::string place_key(const std::string& warehouse_key, const std::string& name) {
    return warehouse_key + '\n' + name;
  }

  static constexpr auto fields() {
    return std::tuple{as("location_id", &Location::id),
                      as("warehouse_id", &Location::warehouse_id),
                      as("warehouse_type", &Location::warehouse_type),
                      as("name", &Location::name),
                      as("color", &Location::color),
                      as("is_pickable", &Location::is_pickable),
                      as("priority", &Location::priority),
                      as("location_type_id", &Location::location_type_id),
                      as("zone_id", &Location::zone_id),
                      as("rack_id", &Location::rack_id)};
  }
  bool operator==(const Location&) const = default;
};

struct LocationType {
  std::int64_t id = 0;
  std::string name;
  std::int64_t max_quantity = 0;  ///< 0: no limit.
  kit::Decimal max_weight;        ///< Kilograms; 0: no limit.
  kit::Decimal width;             ///< Centimetres, as the next two.
  kit::Decimal height;
  kit::Decimal depth;
  bool is_transfer_bin = false;
  bool is_default = false;

  static constexpr auto fields() {
    return std::tuple{as("location_type_id", &LocationType::id),
                      as("name", &LocationType::name),
                      as("max_quantity", &LocationType::max_quantity),
                      as("max_weight", &LocationType::max_weight),
                      as("width", &LocationType::width),
                      as("height", &LocationType::height),
                      as("depth", &LocationType::depth),
                      as("is_transfer_bin", &LocationType::is_transfer_bin),
                      as("is_default", &LocationType::is_default)};
  }
  bool operator==(const LocationType&) const = default;
};

struct Zone {
  std::int64_t id = 0;
  std::string name;
  std::string color;
  std::string location_prefix;

  static constexpr auto fields() {
    return std::tuple{as("zone_id", &Zone::id), as("name", &Zone::name), as("color", &Zone::color),
                      as("location_prefix", &Zone::location_prefix)};
  }
  bool operator==(const Zone&) const = default;
};

struct Rack {
  std::int64_t id = 0;
  std::string name;
  std::int64_t zone_id = 0;  ///< 0: in none.
  std::int64_t layout = 0;   ///< 0 top, 1 right, 2 bottom, 3 left.
  std::string location_prefix;

  /// Indexes.
  enum By { ZoneId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("rack_id", &Rack::id), as("name", &Rack::name),
                      as("zone_id", &Rack::zone_id), as("layout", &Rack::layout),
                      as("location_prefix", &Rack::location_prefix)};
  }
  bool operator==(const Rack&) const = default;
};

struct MappedWarehouse {
  std::int64_t warehouse_id = 0;
  std::string warehouse_type = "bl";

  static constexpr auto fields() {
    return std::tuple{as("warehouse_id", &MappedWarehouse::warehouse_id),
                      as("warehouse_type", &MappedWarehouse::warehouse_type)};
  }
  bool operator==(const MappedWarehouse&) const = default;
};

/// A drawing of warehouses that stand at one address; the panel makes them.
struct WarehouseMap {
  std::int64_t id = 0;
  std::string name;
  bool is_default = false;
  std::string address_street;
  std::string address_city;
  std::string address_postcode;
  std::string address_country;
  std::vector<MappedWarehouse> warehouses;

  static constexpr auto fields() {
    return std::tuple{as("map_id", &WarehouseMap::id),
                      as("name", &WarehouseMap::name),
                      as("is_default", &WarehouseMap::is_default),
                      as("address_street", &WarehouseMap::address_street),
                      as("address_city", &WarehouseMap::address_city),
                      as("address_postcode", &WarehouseMap::address_postcode),
                      as("address_country", &WarehouseMap::address_country),
                      as("warehouses", &WarehouseMap::warehouses)};
  }
  bool operator==(const WarehouseMap&) const = default;
};

/// How warehouses look inside.
struct WarehouseSpace {
  Rows<Location> locations;
  Rows<LocationType> location_types;
  Rows<Zone> zones;
  Rows<Rack> racks;
  Rows<WarehouseMap> maps;

  static constexpr auto fields() {
    return std::tuple{as("locations", &WarehouseSpace::locations),
                      as("location_types", &WarehouseSpace::location_types),
                      as("zones", &WarehouseSpace::zones), as("racks", &WarehouseSpace::racks),
                      as("maps", &WarehouseSpace::maps)};
  }
};

}  // namespace atrapa::mocks::base
