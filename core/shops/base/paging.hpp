#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/shops/base/client.hpp"

/// Base gives no total and no mark of a next page. A list ends with a page that is shorter than its
/// size, or empty [inferred].
namespace atrapa::core::base {

/// Called with the rows of a page that no earlier page had. False breaks the reading off.
using RowSink = std::function<bool(std::vector<nlohmann::json> rows)>;

/// A list that is walked by `id_from`: orders, invoices, returns, receipts.
struct IdList {
  std::string method;           ///< "getInvoices"
  std::string list, id;         ///< "invoices", "invoice_id"
  std::size_t page_size = 100;  ///< [doc]
};

/// Every row whose id is `from` or higher, once, in the order of ids. Nothing that stays in the
/// list is lost however others come and go, since the walk goes by id and not by place. A full page
/// whose rows are not in the order of ids fails as Unreadable: going on from it would lose rows.
BaseResult<Done> walk_ids(Client& client, const IdList& list, const Parameters& fixed,
                          std::int64_t from, const Shape& shape, const RowSink& sink);

/// A list that is walked by `page`, whose rows are members of a map by id: products, stocks,
/// prices.
struct PageList {
  std::string method;  ///< "getInventoryProductsList"
  std::string list = "products";
  std::size_t page_size = 1000;  ///< [doc]
};

/// A row and the id it stands under.
struct KeyedRow {
  std::string id;
  const nlohmann::json* row = nullptr;
};
using KeyedSink = std::function<bool(const std::vector<KeyedRow>& rows)>;

/// Every row once. A row that leaves an earlier page pulls the rows behind it forward, past a walk
/// that counts upwards; so the last page is searched for and the pages are read from there down,
/// where such a row is only met twice (and told apart by its id). New rows have the highest ids and
/// stand at the end [inferred]; those that appear in between may wait for the next walk. Should a
/// page not keep to that order, the pages are read upwards as well. A list of one page is one call.
BaseResult<Done> walk_pages(Client& client, const PageList& list, const Parameters& fixed,
                            const Shape& shape, const KeyedSink& sink);

}  // namespace atrapa::core::base
