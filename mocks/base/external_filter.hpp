#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mocks/base/external.hpp"
#include "mocks/base/given.hpp"

namespace atrapa::mocks::base {

/// The products of a storage that the filters want, in the order of `filter_sort`, else as the
/// world has them. Filters are exact but for the name, which matches a part [doc]; filter_available
/// 1 is in stock, 0 out of stock, empty both [doc]; the EAN and SKU of variants count too
/// [inferred]. Nothing where filter_sort is no "<column> ASC|DESC" of the list's fields.
std::optional<std::vector<const ExternalProduct*>> external_matches(
    const ExternalStorages& storages, const std::string& storage_id, const Given& given);

}  // namespace atrapa::mocks::base
