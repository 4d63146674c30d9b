#pragma once

#include <string>
#include <string_view>

namespace atrapa::mocks::kit {

// What people do on a platform, around its API: in a shop, in a panel.

/// One thing that people do.
struct DeedOperation {
  std::string_view name;     ///< "place-order"
  std::string_view about;    ///< A sentence.
  std::string_view example;  ///< A body that says all that it takes, as JSON.
};

/// Why something cannot be done; nothing was changed.
struct DeedRefusal {
  std::string what;      ///< "there is no product 77"
  std::string where;     ///< JSON pointer into the body: "/lines/0/product"
  std::string expected;  ///< "the id of a product"
  std::string next;      ///< What to do about it.

  /// All of it in one line.
  std::string text() const;
};

}  // namespace atrapa::mocks::kit
