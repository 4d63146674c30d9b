#include <array>
#include <string>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/hex_color.hpp"
#include "mocks/base/save_row.hpp"
#include "mocks/base/world_json.hpp"

// Zones, racks and maps.

namespace atrapa::mocks::base {
namespace {

/// Creates a zone, or edits the one whose id is given.
Reply add_inventory_warehouse_zone(Call& call) {
  Rows<Zone>& zones = call.state.space.zones;
  auto zone = row_to_save(zones, call.given().integer("zone_id"));
  if (!zone) return call.refuse("the zone is not there");
  set_given(*zone, call.given());
  if (!is_hex_color(zone->color)) return call.refuse("color: expected six hexadecimal digits");
  Answer answer = call.answer();
  answer.put("zone_id", put_row(zones, std::move(*zone)));
  return call.done(std::move(answer));
}

/// Takes a rack out; its locations lie in none afterwards [inferred].
void remove_rack(WarehouseSpace& space, std::int64_t id) {
  for (const Location* one : space.locations.look_up(Location::Rack, number_key(id))) {
    space.locations.edit(one->id, [](Location& changed) { changed.rack_id = 0; });
  }
  space.racks.erase(id);
}

/// Removes a zone together with its racks; its locations become unassigned [doc].
Reply delete_inventory_warehouse_zone(Call& call) {
  const std::int64_t id = call.given().integer("zone_id");
  WarehouseSpace& space = call.state.space;
  if (!space.zones.erase(id)) return call.refuse("the zone is not there");
  for (const Rack* rack : space.racks.look_up(Rack::ZoneId, number_key(id))) {
    remove_rack(space, rack->id);
  }
  for (const Location* one : space.locations.look_up(Location::Zone, number_key(id))) {
    space.locations.edit(one->id, [](Location& changed) {
      changed.zone_id = 0;
      changed.rack_id = 0;
    });
  }
  return call.done();
}

Reply get_inventory_warehouse_zones(Call& call) {
  Answer answer = call.answer();
  {
    const auto zones = answer.open("zones");
    call.state.space.zones.each([&](const Zone& one) {
      const auto item = answer.item();
      answer.put("zone_id", one.id);
      answer.put("name", one.name);
      answer.put("color", one.color);
      answer.put("location_prefix", one.location_prefix);
      return true;
    });
  }
  return call.done(std::move(answer));
}

/// Creates a rack, or edits the one whose id is given.
Reply add_inventory_warehouse_rack(Call& call) {
  WarehouseSpace& space = call.state.space;
  auto rack = row_to_save(space.racks, call.given().integer("rack_id"));
  if (!rack) return call.refuse("the rack is not there");
  set_given(*rack, call.given());
  if (rack->zone_id != 0 && !space.zones.has(rack->zone_id)) {
    return call.refuse("zone_id: the zone is not there");
  }
  Answer answer = call.answer();
  answer.put("rack_id", put_row(space.racks, std::move(*rack)));
  return call.done(std::move(answer));
}

Reply delete_inventory_warehouse_rack(Call& call) {
  const std::int64_t id = call.given().integer("rack_id");
  if (!call.state.space.racks.has(id)) return call.refuse("the rack is not there");
  remove_rack(call.state.space, id);
  return call.done();
}

Reply get_inventory_warehouse_racks(Call& call) {
  Answer answer = call.answer();
  {
    const auto racks = answer.open("racks");
    call.state.space.racks.each([&](const Rack& one) {
      const auto item = answer.item();
      answer.put("rack_id", one.id);
      answer.put("name", one.name);
      answer.put("zone_id", one.zone_id);
      answer.put("layout", one.layout);
      answer.put("location_prefix", one.location_prefix);
      return true;
    });
  }
  return call.done(std::move(answer));
}

void put_address(Answer& answer, const WarehouseMap& map) {
  answer.put("address_street", map.address_street);
  answer.put("address_city", map.address_city);
  answer.put("address_postcode", map.address_postcode);
  answer.put("address_country", map.address_country);
  const auto warehouses = answer.open("warehouses");
  for (const MappedWarehouse& one : map.warehouses) {
    const auto item = answer.item();
    answer.put("warehouse_id", one.warehouse_id);
    answer.put("warehouse_type", one.warehouse_type);
  }
}

/// is_default stands only on an older page [doc]; it is answered.
Reply get_inventory_maps(Call& call) {
  Answer answer = call.answer();
  {
    const auto maps = answer.open("maps");
    call.state.space.maps.each([&](const WarehouseMap& one) {
      const auto item = answer.item();
      answer.put("map_id", one.id);
      answer.put("name", one.name);
      answer.put("is_default", one.is_default);
      put_address(answer, one);
      return true;
    });
  }
  return call.done(std::move(answer));
}

/// The documented fields; how the drawing itself is answered is not known.
Reply get_inventory_map_details(Call& call) {
  const WarehouseMap* map = call.state.space.maps.find(call.given().integer("map_id"));
  if (map == nullptr) return call.refuse("the map is not there");
  Answer answer = call.answer();
  answer.put("map_id", map->id);
  answer.put("name", map->name);
  put_address(answer, *map);
  return call.done(std::move(answer));
}

constexpr std::array kSpaceGroupMethods{
    Handled{"getInventoryWarehouseZones", get_inventory_warehouse_zones},
    Handled{"addInventoryWarehouseZone", add_inventory_warehouse_zone},
    Handled{"deleteInventoryWarehouseZone", delete_inventory_warehouse_zone},
    Handled{"getInventoryWarehouseRacks", get_inventory_warehouse_racks},
    Handled{"addInventoryWarehouseRack", add_inventory_warehouse_rack},
    Handled{"deleteInventoryWarehouseRack", delete_inventory_warehouse_rack},
    Handled{"getInventoryMaps", get_inventory_maps},
    Handled{"getInventoryMapDetails", get_inventory_map_details},
};

}  // namespace

std::span<const Handled> space_group_methods() { return kSpaceGroupMethods; }

}  // namespace atrapa::mocks::base
