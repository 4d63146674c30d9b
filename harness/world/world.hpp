#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/subject/erp.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::harness {

/// What all accounts and the ERP hold at the start: one JSON file.
///
/// {"format": "atrapa-world/1", "name": "demo", "about": "...", "now": "2026-03-02T08:00:00Z",
///  "shoper": [account...], "base": [account...],
///  "erp": {"products": [ErpProduct..., each with an optional "note"]}}
///
/// A Shoper account (only what differs from the defaults need be said):
/// {"account": "demo", "license": "<40 hex>", "host": "demo.shop.example",
///  "credentials": {"users": [{"login", "password"}],
///                  "tokens": [{"token", "scopes": ["orders_read"]}],
///                  "applications": [{"id", "secret", "code"}]},
///  "settings": {of the fake itself: "limit", "bandwidth", ...},
///  "config": {keys of application-config},
///  "resources": {"units": [row...], "products": [rows with "stock"...],
///                "product-stocks": [variants...], "orders": [...], "order-products": [...], ...}}
/// A token without scopes may do all but what Shoper keeps for selected applications; ["*"] may do
/// that too.
/// A Base account: {"account", "tokens": [{"token", "name"}], "settings", then the families of rows
/// that mocks/base/state.hpp names: "catalogue": {"products": [row...], ...}, "sales": {...}, ...}
///
/// Rows of Shoper are in wire shape; what a row leaves out gets the shop's default. A snapshot of a
/// shop that has been at work also has "counters", "issued" and "buckets", and as needed "lock",
/// "held" and "changed".
struct World {
  std::string name;
  std::string about;
  mocks::kit::Instant now;
  Json shoper = Json::array();  ///< Accounts, as kit::Platform::restore takes them.
  Json base = Json::array();    ///< Likewise.
  std::vector<ErpProduct> products;
  std::map<std::string, std::string> notes;  ///< By id of an ERP product: why it is as it is.
};

/// One thing wrong with a world.
struct WorldProblem {
  std::string pointer;  ///< JSON pointer from the top of the world file: "/erp/products/3/vat".
  std::string problem;  ///< What is wrong, what was expected.

  bool operator==(const WorldProblem&) const = default;
};

/// Form only: known keys, types, decimal texts, unique ids of ERP products. `origin` names the text
/// in errors. Throws mocks::kit::WorldError (JSON pointer, problem; the first of all) or
/// std::runtime_error (file, line).
World read_world(const std::filesystem::path& file);
World parse_world(std::string_view text, const std::string& origin);

/// What parse_world() does not see: rows that point nowhere, ids that occur twice, keys that no row
/// of the resource has, and whatever the platform itself refuses. Empty where all is well.
std::vector<WorldProblem> validate(const World& world);

/// Everything wrong with the text: its form first; with a sound form, also what validate() finds.
/// Throws std::runtime_error only where the text is not JSON at all (file, line).
std::vector<WorldProblem> problems_of(std::string_view text, const std::string& origin);

Json to_json(const World& world);
/// The text of a world file, one row a line, so that people can read and compare it.
std::string world_text(const World& world);
/// Writes beside the target and renames: a reader sees the old file or the whole new one.
void write_world(const World& world, const std::filesystem::path& file);

/// The worlds compiled into the program: "empty", "demo". Throws std::runtime_error for another
/// name.
std::string_view embedded_world(std::string_view name);

/// A seeded world of any size: `products` products in shop and ERP, `orders` orders of all origins
/// in the thirty days before its `now`. The same arguments give the same bytes. Throws
/// std::invalid_argument for a negative number or above kMaxGenerated.
inline constexpr int kMaxGenerated = 1'000'000;
World generate_world(std::uint64_t seed, int products, int orders);

}  // namespace atrapa::harness
