#include "harness/world/world_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <span>
#include <string_view>

#include "harness/world/names.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::string_view kFormat = "atrapa-world/1";
constexpr std::array<std::string_view, 7> kTop{"format", "name", "about", "now",
                                               "shoper", "base", "erp"};
// The last six are what a shop has done since: snapshots of a running one hold them.
constexpr std::array<std::string_view, 13> kAccount{
    "account",  "license", "host",    "credentials", "settings", "config", "resources",
    "counters", "issued",  "buckets", "lock",        "held",     "changed"};
constexpr std::array<std::string_view, 3> kCredentials{"users", "tokens", "applications"};
constexpr std::array<std::string_view, 1> kErp{"products"};
constexpr std::array<std::string_view, 10> kProduct{
    "id", "code", "name", "unit", "vat", "gross_price", "categories", "stock", "reserved", "note"};
constexpr std::array<std::string_view, 16> kVatCodes{"23", "22", "8",    "7",     "5",    "4",
                                                     "3",  "0",  "0 KR", "0 WDT", "0 EX", "zw",
                                                     "oo", "np", "np I", "np II"};

/// A text of digits with an optional sign and at most that many digits after the point.
bool is_decimal(std::string_view text, std::size_t places) {
  const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (whole.empty() || whole.size() > 12 || !std::all_of(whole.begin(), whole.end(), digit)) {
    return false;
  }
  if (point == std::string_view::npos) return true;
  const std::string_view fraction = text.substr(point + 1);
  return !fraction.empty() && fraction.size() <= places &&
         std::all_of(fraction.begin(), fraction.end(), digit);
}

/// A named rate, or a whole percentage of another country.
bool is_vat_code(std::string_view text) {
  if (std::find(kVatCodes.begin(), kVatCodes.end(), text) != kVatCodes.end()) return true;
  return !text.empty() && text.size() <= 2 && text.front() != '0' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

class FormReader {
 public:
  explicit FormReader(std::vector<WorldProblem>& problems) : problems_(problems) {}

  World read(const Json& json) {
    World world;
    if (!json.is_object()) {
      bad("", fmt::format("expected a world, an object, found {}", json.type_name()));
      return world;
    }
    known_keys("", json, kTop);
    read_format(json);
    world.name = text("", json, "name", true);
    world.about = text("", json, "about", false);
    read_now(json, world);
    world.shoper = read_accounts(json, "shoper");
    world.base = read_accounts(json, "base");
    read_erp(json, world);
    return world;
  }

 private:
  void bad(std::string pointer, std::string problem) {
    problems_.push_back({std::move(pointer), std::move(problem)});
  }

  void known_keys(const std::string& pointer, const Json& object, Names known) {
    for (const auto& [key, value] : object.items()) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      bad(pointer + pointer_step(key), unknown_key(key, known));
    }
  }

  std::string text(const std::string& pointer, const Json& object, const char* key, bool needed) {
    const auto at = object.find(key);
    if (at == object.end()) {
      if (needed) bad(pointer + pointer_step(key), "missing; expected a text");
      return {};
    }
    const auto* found = at->get_ptr<const std::string*>();
    if (found == nullptr) {
      bad(pointer + pointer_step(key), fmt::format("expected a text, found {}", at->type_name()));
      return {};
    }
    if (needed && found->empty()) bad(pointer + pointer_step(key), "empty; expected a text");
    return *found;
  }

  /// The member where it is of that kind; null, with a problem noted, where it is not.
  const Json* member(const std::string& pointer, const Json& object, const char* key,
                     Json::value_t kind, bool needed) {
    const std::string_view expected = kind == Json::value_t::array ? "a list" : "an object";
    const auto at = object.find(key);
    if (at == object.end()) {
      if (needed) bad(pointer + pointer_step(key), fmt::format("missing; expected {}", expected));
      return nullptr;
    }
    if (at->type() == kind) return &*at;
    bad(pointer + pointer_step(key),
        fmt::format("expected {}, found {}", expected, at->type_name()));
    return nullptr;
  }

  void read_format(const Json& json) {
    const std::string format = text("", json, "format", true);
    if (format.empty() || format == kFormat) return;
    bad("/format",
        fmt::format("'{}' is not a format this program reads; expected '{}'", format, kFormat));
  }

  void read_now(const Json& json, World& world) {
    const std::string now = text("", json, "now", true);
    if (now.empty()) return;
    if (const auto instant = read_instant(now)) {
      world.now = *instant;
    } else {
      bad("/now",
          fmt::format("'{}' is no moment; expected one such as '2026-03-02T08:00:00Z'", now));
    }
  }

  /// The accounts of a platform, an empty list where there are none. What lies in an account of
  /// Base is left to the platform, which names each place itself.
  Json read_accounts(const Json& json, const std::string& platform) {
    const Json* accounts = member("", json, platform.c_str(), Json::value_t::array, false);
    if (accounts == nullptr) return Json::array();
    std::set<std::string> names;
    for (std::size_t i = 0; i < accounts->size(); ++i) {
      const std::string pointer = fmt::format("/{}/{}", platform, i);
      const Json& account = (*accounts)[i];
      if (!account.is_object()) {
        bad(pointer, fmt::format("expected an account, an object, found {}", account.type_name()));
        continue;
      }
      if (platform == "shoper") read_shoper_account(pointer, account);
      const std::string name = text(pointer, account, "account", true);
      if (!name.empty() && !names.insert(name).second) {
        bad(pointer + "/account", fmt::format("a second account '{}'; names are unique", name));
      }
    }
    return *accounts;
  }

  void read_shoper_account(const std::string& pointer, const Json& account) {
    known_keys(pointer, account, kAccount);
    const std::string license = text(pointer, account, "license", false);
    const bool hex = std::all_of(license.begin(), license.end(), [](char c) {
      return std::isdigit(static_cast<unsigned char>(c)) != 0 || (c >= 'a' && c <= 'f');
    });
    if (account.contains("license") && (license.size() != 40 || !hex)) {
      bad(pointer + "/license", "expected 40 digits of lower-case hex");
    }
    text(pointer, account, "host", false);
    member(pointer, account, "settings", Json::value_t::object, false);
    member(pointer, account, "config", Json::value_t::object, false);
    const Json* credentials = member(pointer, account, "credentials", Json::value_t::object, true);
    if (credentials != nullptr) {
      known_keys(pointer + "/credentials", *credentials, kCredentials);
      for (const std::string_view kind : kCredentials) {
        member(pointer + "/credentials", *credentials, std::string(kind).c_str(),
               Json::value_t::array, false);
      }
    }
    const Json* resources = member(pointer, account, "resources", Json::value_t::object, true);
    if (resources != nullptr) read_resources(pointer + "/resources", *resources);
  }

  void read_resources(const std::string& pointer, const Json& resources) {
    for (const auto& [name, rows] : resources.items()) {
      const std::string at = pointer + pointer_step(name);
      if (!rows.is_array()) {
        bad(at, fmt::format("expected a list of rows, found {}", rows.type_name()));
        continue;
      }
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].is_object()) continue;
        bad(fmt::format("{}/{}", at, i),
            fmt::format("expected a row, an object, found {}", rows[i].type_name()));
      }
    }
  }

  void read_erp(const Json& json, World& world) {
    const Json* erp = member("", json, "erp", Json::value_t::object, false);
    if (erp == nullptr) return;
    known_keys("/erp", *erp, kErp);
    const Json* products = member("/erp", *erp, "products", Json::value_t::array, true);
    if (products == nullptr) return;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < products->size(); ++i) {
      read_product(fmt::format("/erp/products/{}", i), (*products)[i], ids, world);
    }
  }

  void read_product(const std::string& pointer, const Json& json, std::set<std::string>& ids,
                    World& world) {
    if (!json.is_object()) {
      bad(pointer, fmt::format("expected a product, an object, found {}", json.type_name()));
      return;
    }
    const std::size_t before = problems_.size();
    known_keys(pointer, json, kProduct);
    const std::string note = text(pointer, json, "note", false);
    if (problems_.size() != before) return;

    Json plain = json;
    plain.erase("note");
    ErpProduct product;
    try {
      product = plain.get<ErpProduct>();
    } catch (const mocks::kit::WorldError& error) {
      bad(pointer + error.pointer(), std::string(error.what()).substr(error.pointer().size() + 2));
      return;
    }
    check_values(pointer, product);
    if (!ids.insert(product.id).second) {
      bad(pointer + "/id", fmt::format("a second product '{}'; ids are unique", product.id));
    }
    if (!note.empty()) world.notes[product.id] = note;
    world.products.push_back(std::move(product));
  }

  void check_values(const std::string& pointer, const ErpProduct& product) {
    if (product.id.empty()) bad(pointer + "/id", "empty; expected a text");
    if (product.vat && !is_vat_code(*product.vat)) {
      bad(pointer + "/vat",
          fmt::format("'{}' is no VAT code; expected one such as '23', '0', 'zw' or "
                      "'np', without a percent sign",
                      *product.vat));
    }
    if (product.gross_price && !is_decimal(*product.gross_price, 4)) {
      bad(pointer + "/gross_price",
          fmt::format("'{}' is no price; expected a decimal text such as '290.00', at most four "
                      "digits after the point",
                      *product.gross_price));
    }
    const auto quantity = [&](const char* key, const std::string& value) {
      if (is_decimal(value, 6)) return;
      bad(pointer + pointer_step(key),
          fmt::format("'{}' is no quantity; expected a decimal text such as '12.5', at most six "
                      "digits after the point",
                      value));
    };
    quantity("stock", product.stock);
    if (product.reserved) quantity("reserved", *product.reserved);
    for (std::size_t i = 0; i < product.categories.size(); ++i) {
      if (!product.categories[i].empty()) continue;
      bad(fmt::format("{}/categories/{}", pointer, i),
          "empty; expected a path of at least one name");
    }
  }

  std::vector<WorldProblem>& problems_;
};

}  // namespace

World read_form(const Json& json, std::vector<WorldProblem>& problems) {
  return FormReader(problems).read(json);
}

}  // namespace atrapa::harness
