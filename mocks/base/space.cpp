#include "mocks/base/space.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

#include "mocks/base/call.hpp"
#include "mocks/base/hex_color.hpp"
#include "mocks/base/paging.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/save_row.hpp"
#include "mocks/base/world_json.hpp"

// Locations and their types.

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kLocationsPerPage = 100;
constexpr std::int64_t kLastPriority = 99999;

std::string warehouse_key_given(const Given& given) {
  return fmt::format("{}_{}", given.text("warehouse_type"), given.integer("warehouse_id"));
}

std::string warehouse_key_of(const Location& location) {
  return fmt::format("{}_{}", location.warehouse_type, location.warehouse_id);
}

std::int64_t default_location_type(const State& state) {
  std::int64_t id = 0;
  state.space.location_types.each([&](const LocationType& one) {
    if (one.is_default) id = one.id;
    return id == 0;
  });
  return id;
}

/// What is wrong with a location; "" for nothing. [doc] colour, priority; [inferred] that a name
/// exists once in a warehouse, and that what it refers to must be there
std::string location_problem(const State& state, const Location& location) {
  const WarehouseSpace& space = state.space;
  if (location.name.empty()) return "name: a new location needs one";
  for (const Location* same : space.locations.look_up(
           Location::Place, Location::place_key(warehouse_key_of(location), location.name))) {
    if (same->id != location.id) return "name: the warehouse has a location of that name";
  }
  if (!location.color.empty() && !is_hex_color(location.color)) {
    return "color: expected six hexadecimal digits";
  }
  if (location.priority < 1 || location.priority > kLastPriority) {
    return "priority: expected 1 to 99999";
  }
  const auto missing = [](const auto& rows, std::int64_t id) { return id != 0 && !rows.has(id); };
  if (missing(space.location_types, location.location_type_id)) {
    return "location_type_id: the type is not there";
  }
  if (missing(space.zones, location.zone_id)) return "zone_id: the zone is not there";
  if (missing(space.racks, location.rack_id)) return "rack_id: the rack is not there";
  return {};
}

/// Creates a location, or edits the one whose id is given; it stays in its warehouse [inferred].
Reply add_inventory_warehouse_location(Call& call) {
  const Given given = call.given();
  const std::string key = warehouse_key_given(given);
  if (!find_warehouse(call.state, key)) return call.refuse("the warehouse is not there");
  Rows<Location>& locations = call.state.space.locations;
  auto location = row_to_save(locations, given.integer("location_id"));
  const bool is_new = location && location->id == 0;
  if (!location || (!is_new && warehouse_key_of(*location) != key)) {
    return call.refuse("the location is not in the warehouse");
  }
  if (is_new) location->location_type_id = default_location_type(call.state);
  set_given(*location, given);
  const std::string problem = location_problem(call.state, *location);
  if (!problem.empty()) return call.refuse(problem);
  Answer answer = call.answer();
  answer.put("location_id", put_row(locations, std::move(*location)));
  return call.done(std::move(answer));
}

Reply delete_inventory_warehouse_location(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("location_id");
  const Location* location = call.state.space.locations.find(id);
  if (location == nullptr || warehouse_key_of(*location) != warehouse_key_given(given)) {
    return call.refuse("the location is not in the warehouse");
  }
  call.state.space.locations.erase(id);
  return call.done();
}

void put_location(Answer& answer, const Location& one) {
  const auto item = answer.item();
  answer.put("location_id", one.id);
  answer.put("name", one.name);
  answer.put("color", one.color);
  answer.put("is_pickable", one.is_pickable);
  answer.put("priority", one.priority);
  answer.put("location_type_id", one.location_type_id);
  answer.put("zone_id", one.zone_id);
  answer.put("rack_id", one.rack_id);
}

/// By name, 100 a page [doc].
Reply get_inventory_warehouse_locations(Call& call) {
  const std::string key = warehouse_key_given(call.given());
  if (!find_warehouse(call.state, key)) return call.refuse("the warehouse is not there");
  const PageWindow page = page_given(call.given(), kLocationsPerPage);
  Answer answer = call.answer();
  {
    const auto list = answer.open("locations");
    std::int64_t seen = 0;
    call.state.space.locations.each_by(Location::Place, Location::place_key(key, ""),
                                       [&](const Location& one) {
                                         if (warehouse_key_of(one) != key) return false;
                                         if (page.has(seen++)) put_location(answer, one);
                                         return seen < page.end;
                                       });
  }
  return call.done(std::move(answer));
}

/// Creates a type, or edits the one whose id is given.
Reply add_inventory_warehouse_location_type(Call& call) {
  Rows<LocationType>& types = call.state.space.location_types;
  auto type = row_to_save(types, call.given().integer("location_type_id"));
  if (!type) return call.refuse("the type is not there");
  set_given(*type, call.given());
  if (type->name.empty()) return call.refuse("name: a new type needs one");
  if (types.size() == 0) type->is_default = true;
  Answer answer = call.answer();
  answer.put("location_type_id", put_row(types, std::move(*type)));
  return call.done(std::move(answer));
}

/// Its locations get the default type; the default one stays [inferred].
Reply delete_inventory_warehouse_location_type(Call& call) {
  const std::int64_t id = call.given().integer("location_type_id");
  WarehouseSpace& space = call.state.space;
  const LocationType* type = space.location_types.find(id);
  if (type == nullptr) return call.refuse("the type is not there");
  if (type->is_default) return call.refuse("the default type stays");
  const std::int64_t other = default_location_type(call.state);
  for (const Location* one : space.locations.look_up(Location::Type, number_key(id))) {
    space.locations.edit(one->id, [&](Location& changed) { changed.location_type_id = other; });
  }
  space.location_types.erase(id);
  return call.done();
}

Reply get_inventory_warehouse_location_types(Call& call) {
  Answer answer = call.answer();
  {
    const auto types = answer.open("location_types");
    call.state.space.location_types.each([&](const LocationType& one) {
      const auto item = answer.item();
      answer.put("location_type_id", one.id);
      answer.put("name", one.name);
      answer.put("max_quantity", one.max_quantity);
      answer.put("max_weight", one.max_weight);
      answer.put("width", one.width);
      answer.put("height", one.height);
      answer.put("depth", one.depth);
      answer.put("is_transfer_bin", one.is_transfer_bin);
      answer.put("is_default", one.is_default);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kSpaceMethods{
    Handled{"getInventoryWarehouseLocations", get_inventory_warehouse_locations},
    Handled{"addInventoryWarehouseLocation", add_inventory_warehouse_location},
    Handled{"deleteInventoryWarehouseLocation", delete_inventory_warehouse_location},
    Handled{"getInventoryWarehouseLocationTypes", get_inventory_warehouse_location_types},
    Handled{"addInventoryWarehouseLocationType", add_inventory_warehouse_location_type},
    Handled{"deleteInventoryWarehouseLocationType", delete_inventory_warehouse_location_type},
};

}  // namespace

std::span<const Handled> space_methods() { return kSpaceMethods; }

}  // namespace atrapa::mocks::base
