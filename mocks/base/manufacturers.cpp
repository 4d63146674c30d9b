#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/image_file.hpp"
#include "mocks/base/paging.hpp"
#include "mocks/base/products.hpp"
#include "mocks/base/save_row.hpp"
#include "mocks/base/world_json.hpp"

// Manufacturers and tags: per account, named by products.

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kManufacturersPerPage = 1000;

/// Creates a manufacturer, or edits the one whose id is given. `name` is the old name of
/// manufacturer_name [doc]. A photo that cannot be taken refuses the call, as the answer has no
/// place for warnings [inferred].
Reply add_inventory_manufacturer(Call& call) {
  const Given given = call.given();
  Rows<Manufacturer>& manufacturers = call.state.catalogue.manufacturers;
  auto manufacturer = row_to_save(manufacturers, given.integer("manufacturer_id"));
  if (!manufacturer) return call.refuse("the manufacturer is not there");
  std::string photo = manufacturer->photo;
  set_given(*manufacturer, given);
  if (given.has("manufacturer_photo")) {
    const std::string sent = given.text("manufacturer_photo");
    TakenImage taken = sent.empty() ? TakenImage{} : take_image(sent);
    if (!taken.problem.empty()) return call.refuse(taken.problem);
    photo = std::move(taken.address);
  }
  manufacturer->photo = std::move(photo);
  Answer answer = call.answer();
  answer.put("manufacturer_id", put_row(manufacturers, std::move(*manufacturer)));
  return call.done(std::move(answer));
}

/// Products of the manufacturer have none afterwards [inferred].
Reply delete_inventory_manufacturer(Call& call) {
  const std::int64_t id = call.given().integer("manufacturer_id");
  Catalogue& catalogue = call.state.catalogue;
  if (!catalogue.manufacturers.erase(id)) return call.refuse("the manufacturer is not there");
  for (const Product* one : catalogue.products.look_up(Product::ManufacturerId, number_key(id))) {
    Product changed = *one;
    changed.manufacturer_id = 0;
    save_product(call.state, std::move(changed), call.now());
  }
  return call.done();
}

/// All of them, or a page of 1000 [doc].
Reply get_inventory_manufacturers(Call& call) {
  const Given given = call.given();
  const PageWindow page =
      given.has("page") ? page_given(given, kManufacturersPerPage) : PageWindow{};
  Answer answer = call.answer();
  {
    const auto list = answer.open("manufacturers");
    std::int64_t seen = 0;
    call.state.catalogue.manufacturers.each([&](const Manufacturer& one) {
      if (!page.has(seen++)) return seen < page.end;
      const auto item = answer.item();
      answer.put("manufacturer_id", one.id);
      answer.put("name", one.name);
      answer.put("manufacturer_name", one.name);
      answer.put("manufacturer_photo", one.photo);
      answer.put("manufacturer_url", one.url);
      answer.put("manufacturer_street", one.street);
      answer.put("manufacturer_postcode", one.postcode);
      answer.put("manufacturer_city", one.city);
      answer.put("manufacturer_state", one.state);
      answer.put("manufacturer_country_code", one.country_code);
      answer.put("manufacturer_email", one.email);
      answer.put("manufacturer_phone", one.phone);
      return seen < page.end;
    });
  }
  return call.done(std::move(answer));
}

/// Gives the tag another name ("" for none) on every product that has it [inferred].
void rename_tag(Call& call, const std::string& before, const std::string& after) {
  for (const Product* one : call.state.catalogue.products.look_up(Product::Tag, before)) {
    Product changed = *one;
    const bool has_both =
        std::find(changed.tags.begin(), changed.tags.end(), after) != changed.tags.end();
    if (after.empty() || has_both) {
      std::erase(changed.tags, before);
    } else {
      std::replace(changed.tags.begin(), changed.tags.end(), before, after);
    }
    save_product(call.state, std::move(changed), call.now());
  }
}

/// Creates a tag, or renames the one whose id is given. A name exists once [inferred].
Reply add_inventory_tag(Call& call) {
  Rows<ProductTag>& tags = call.state.catalogue.product_tags;
  auto tag = row_to_save(tags, call.given().integer("tag_id"));
  if (!tag) return call.refuse("the tag is not there");
  const std::string before = tag->name;
  set_given(*tag, call.given());
  if (tag->name.empty()) return call.refuse("a tag needs a name");
  for (const ProductTag* same : tags.look_up(ProductTag::Name, tag->name)) {
    if (same->id != tag->id) return call.refuse("there is a tag of that name");
  }
  if (!before.empty() && before != tag->name) rename_tag(call, before, tag->name);
  Answer answer = call.answer();
  answer.put("tag_id", put_row(tags, std::move(*tag)));
  return call.done(std::move(answer));
}

Reply delete_inventory_tag(Call& call) {
  Rows<ProductTag>& tags = call.state.catalogue.product_tags;
  const std::int64_t id = call.given().integer("tag_id");
  const ProductTag* tag = tags.find(id);
  if (tag == nullptr) return call.refuse("the tag is not there");
  rename_tag(call, tag->name, {});
  tags.erase(id);
  return call.done();
}

Reply get_inventory_tags(Call& call) {
  Answer answer = call.answer();
  {
    const auto tags = answer.open("tags");
    call.state.catalogue.product_tags.each([&](const ProductTag& one) {
      const auto item = answer.item();
      answer.put("name", one.name);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kManufacturerMethods{
    Handled{"addInventoryManufacturer", add_inventory_manufacturer},
    Handled{"deleteInventoryManufacturer", delete_inventory_manufacturer},
    Handled{"getInventoryManufacturers", get_inventory_manufacturers},
    Handled{"addInventoryTag", add_inventory_tag},
    Handled{"deleteInventoryTag", delete_inventory_tag},
    Handled{"getInventoryTags", get_inventory_tags},
};

}  // namespace

std::span<const Handled> manufacturer_methods() { return kManufacturerMethods; }

}  // namespace atrapa::mocks::base
