#include "core/sync/parts.hpp"

#include "core/sync/import_order.hpp"

namespace atrapa::core {

Parts::Parts() : import_order(core::import_order) {}

}  // namespace atrapa::core
