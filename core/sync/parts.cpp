#include "core/sync/parts.hpp"

#include "core/sync/import_order.hpp"
#include "core/sync/product_plan.hpp"
#include "core/sync/stock_plan.hpp"

namespace atrapa::core {

Parts::Parts()
    : plan_stock(core::plan_stock),
      plan_products(core::plan_products),
      import_order(core::import_order) {}

}  // namespace atrapa::core
