#include "mocks/shoper/stock_checks.hpp"

#include <fmt/format.h>

namespace atrapa::mocks::shoper {

void check_level(const Call& call, kit::Written& written, const std::string& field,
                 std::string_view raw, bool fractions_allowed) {
  const auto level = kit::scalar_number(raw);
  if (!level) return;
  if (*level < kit::Decimal(0) && !call.settings().accept_negative_stock) {
    written.problems.push_back({field, kit::FieldFault::OutOfRange, ">= 0"});
  }
  if (!level->is_whole() && !fractions_allowed && call.settings().stock_write_checks_unit) {
    written.problems.push_back({field, kit::FieldFault::BadValue, "int"});
  }
}

void check_price(const Call& call, kit::Written& written, const std::string& field,
                 std::string_view raw) {
  const auto price = kit::scalar_number(raw);
  if (!price) return;
  const bool zero_allowed = call.state.config_set("shopping_products_allow_zero");
  if (*price < kit::Decimal(0) || (*price == kit::Decimal(0) && !zero_allowed)) {
    written.problems.push_back({field, kit::FieldFault::OutOfRange, zero_allowed ? ">= 0" : "> 0"});
  }
}

void check_warehouses(const Call& call, kit::Written& written, const std::string& field,
                      std::string_view raw, bool fractions_allowed) {
  kit::each_member(raw, [&](std::string_view key, std::string_view quantity) {
    const std::string name = fmt::format("{}.{}", field, key);
    const auto id = kit::scalar_id(key);
    if (!id || !call.state.has(Rows::Warehouses, *id)) {
      written.problems.push_back({name, kit::FieldFault::NotFound, {}});
    } else if (!kit::scalar_number(quantity)) {
      written.problems.push_back({name, kit::FieldFault::BadType, "number"});
    } else {
      check_level(call, written, name, quantity, fractions_allowed);
    }
  });
}

}  // namespace atrapa::mocks::shoper
