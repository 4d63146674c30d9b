#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/json.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::mocks::shoper {

/// One shop's state reached around the API: what tests plant before a case and look at after it.
///
/// Nothing is refused here that a real shop could hold (a price of 0.00, a product without a
/// category, an order of a deleted product): only what cannot be stored at all throws
/// kit::WorldError. A handle to one account of a platform made by make_shoper(); both must outlive
/// it.
class Backdoor {
 public:
  Backdoor(kit::Platform& shoper, std::string account);

  /// Adds a row of "products", "orders", "order-products", "categories", "units", ... in wire
  /// shape. What the row leaves out gets the shop's default; without an id it gets the next one. A
  /// product may carry its base stock as `stock`; an order its lines as `products`. No stock is
  /// deducted.
  std::int64_t plant(std::string_view resource, const kit::Json& row, kit::Instant now);
  /// Overwrites the named fields, read-only ones included.
  void edit(std::string_view resource, std::int64_t id, const kit::Json& fields);
  void remove(std::string_view resource, std::int64_t id);

  bool has(std::string_view resource, std::int64_t id) const;
  /// The row as GET answers it; nothing when there is none.
  std::optional<kit::Json> row(std::string_view resource, std::int64_t id) const;
  /// Ascending.
  std::vector<std::int64_t> ids(std::string_view resource) const;
  /// The value of a scalar field as text ("2", "290.00", "" for null); throws where there is no
  /// such row.
  std::string text(std::string_view resource, std::int64_t id, std::string_view field) const;

  /// An administrator opens the row in the panel: until release() PUT and DELETE of it answer 409.
  /// Throws kit::WorldError where there is no such row, and while an application has locked the
  /// panel (application-lock), as nobody can work in it then.
  void hold(std::string_view resource, std::int64_t id);
  /// The administrator is done; nothing happens where nobody holds the row.
  void release(std::string_view resource, std::int64_t id);

  /// Overwrites keys of application-config ("warehouses_enabled", "shopping_update_stock_on_buy").
  void configure(const kit::Json& config);
  /// Overwrites settings of the fake itself ("limit", "bandwidth", "bulk_cost"); a world's
  /// `settings`.
  void set(const kit::Json& settings);

  /// The consent of the shop's owner: that application may fetch its tokens by this code, once.
  void offer_code(std::string_view application, const std::string& code);
  /// The shop takes its keys back: code and tokens of that application end.
  void revoke(std::string_view application);
  /// The access tokens of that application that the shop has not taken back, oldest first.
  std::vector<std::string> tokens_of(std::string_view application) const;

 private:
  kit::Platform& shoper_;
  std::string account_;
};

}  // namespace atrapa::mocks::shoper
