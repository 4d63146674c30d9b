#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "mocks/base/call.hpp"
#include "mocks/base/save_row.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kLargestFactor = 1'000'000;

/// Whether prices of `group` would come from the group `id` in the end.
bool group_depends_on(const State& state, PriceGroup group, std::int64_t id) {
  for (std::size_t steps = 0; steps <= state.catalogue.price_groups.size(); ++steps) {
    if (group.type != "dependent_on_price_group") return false;
    if (group.source_price_group_id == id) return true;
    const PriceGroup* source = state.catalogue.price_groups.find(group.source_price_group_id);
    if (source == nullptr) return false;
    group = *source;
  }
  return true;  // A knot of others.
}

std::string price_group_problem(const State& state, const PriceGroup& group) {
  const kit::Decimal most(kLargestFactor);
  for (const kit::Decimal* one : {&group.price_multiplier, &group.price_addition,
                                  &group.bundle_price_multiplier, &group.bundle_price_addition}) {
    if (*one > most || *one < -most) return "a multiplier or addition is out of range";
  }
  if (group.type != "dependent_on_price_group") return {};
  const std::int64_t source = group.source_price_group_id;
  if (!state.catalogue.price_groups.has(source)) {
    return fmt::format("source_price_group_id: price group {} is not there", source);
  }
  const bool knot = group.id != 0 && group_depends_on(state, group, group.id);
  return knot ? "source_price_group_id: the group would depend on itself" : "";
}

/// Creates a price group, or edits the one whose id is given. A dependent one needs its source
/// [client]; that groups may not depend on each other in a circle is [inferred].
Reply add_inventory_price_group(Call& call) {
  Rows<PriceGroup>& groups = call.state.catalogue.price_groups;
  auto group = row_to_save(groups, call.given().integer("price_group_id"));
  if (!group) return call.refuse("the price group is not there");
  set_given(*group, call.given());
  for (kit::Decimal* one : {&group->price_multiplier, &group->price_addition,
                            &group->bundle_price_multiplier, &group->bundle_price_addition}) {
    *one = one->rounded(4);
  }
  if (const std::string problem = price_group_problem(call.state, *group); !problem.empty()) {
    return call.refuse(problem);
  }
  if (groups.size() == 0) group->is_default = true;
  Answer answer = call.answer();
  answer.put("price_group_id", put_row(groups, std::move(*group)));
  return call.done(std::move(answer));
}

/// Why a price group cannot go; "" where it can [inferred].
std::string use_of_group(const State& state, std::int64_t id) {
  std::string use;
  state.catalogue.inventories.each([&](const Inventory& one) {
    if (one.default_price_group == id) use = fmt::format("the default of catalogue {}", one.id);
    return use.empty();
  });
  state.catalogue.price_groups.each([&](const PriceGroup& one) {
    const bool depends = one.type == "dependent_on_price_group" && one.source_price_group_id == id;
    if (depends) use = fmt::format("the source of price group {}", one.id);
    return use.empty();
  });
  return use;
}

/// Removes a price group from the account and from the catalogues that list it; one that is a
/// catalogue's default or another group's source stays [inferred].
Reply delete_inventory_price_group(Call& call) {
  const std::int64_t id = call.given().integer("price_group_id");
  Catalogue& catalogue = call.state.catalogue;
  if (!catalogue.price_groups.has(id)) return call.refuse("the price group is not there");
  if (const std::string use = use_of_group(call.state, id); !use.empty()) {
    return call.refuse(fmt::format("price group {} is {}", id, use));
  }
  catalogue.price_groups.erase(id);
  const Rows<Inventory> inventories = catalogue.inventories;
  inventories.each([&](const Inventory& one) {
    const auto& groups = one.price_groups;
    if (std::find(groups.begin(), groups.end(), id) == groups.end()) return true;
    catalogue.inventories.edit(one.id,
                               [&](Inventory& changed) { std::erase(changed.price_groups, id); });
    return true;
  });
  return call.done();
}

Reply get_inventory_price_groups(Call& call) {
  Answer answer = call.answer();
  {
    const auto groups = answer.open("price_groups");
    call.state.catalogue.price_groups.each([&](const PriceGroup& one) {
      const auto item = answer.item();
      answer.put("price_group_id", one.id);
      answer.put("name", one.name);
      answer.put("description", one.description);
      answer.put("currency", one.currency);
      answer.put("is_default", one.is_default);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kPriceGroupMethods{
    Handled{"addInventoryPriceGroup", add_inventory_price_group},
    Handled{"deleteInventoryPriceGroup", delete_inventory_price_group},
    Handled{"getInventoryPriceGroups", get_inventory_price_groups},
};

}  // namespace

std::span<const Handled> price_group_methods() { return kPriceGroupMethods; }

}  // namespace atrapa::mocks::base
