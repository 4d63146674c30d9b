#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"

namespace atrapa::mocks::base {

struct Supplier {
  std::int64_t id = 0;
  std::string name;
  std::string take_product_cost_from;  ///< "cost", or a price group's id.
  std::string take_product_code_from;  ///< "sku", "ean", "code" or "extra_field_<id>".
  std::string address;
  std::string postcode;
  std::string city;
  std::string phone;
  std::string email;
  std::string email_copy_to;
  std::string currency;
  std::string tax_no;

  static constexpr auto fields() {
    return std::tuple{as("supplier_id", &Supplier::id),
                      as("name", &Supplier::name),
                      as("take_product_cost_from", &Supplier::take_product_cost_from),
                      as("take_product_code_from", &Supplier::take_product_code_from),
                      as("address", &Supplier::address),
                      as("postcode", &Supplier::postcode),
                      as("city", &Supplier::city),
                      as("phone", &Supplier::phone),
                      as("email", &Supplier::email),
                      as("email_copy_to", &Supplier::email_copy_to),
                      as("currency", &Supplier::currency),
                      as("tax_no", &Supplier::tax_no)};
  }
  bool operator==(const Supplier&) const = default;
};

/// Who pays for what is bought: a company of the account's owner.
struct Payer {
  std::int64_t id = 0;
  std::string name;
  std::string address;
  std::string postcode;
  std::string city;
  std::string tax_no;

  static constexpr auto fields() {
    return std::tuple{as("payer_id", &Payer::id),     as("name", &Payer::name),
                      as("address", &Payer::address), as("postcode", &Payer::postcode),
                      as("city", &Payer::city),       as("tax_no", &Payer::tax_no)};
  }
  bool operator==(const Payer&) const = default;
};

/// Whom an account buys from, and in whose name.
struct Partners {
  Rows<Supplier> suppliers;
  Rows<Payer> payers;

  static constexpr auto fields() {
    return std::tuple{as("suppliers", &Partners::suppliers), as("payers", &Partners::payers)};
  }
};

}  // namespace atrapa::mocks::base
