#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/kit/decimal.hpp"

// Base Connect: trade between accounts of Base.

namespace atrapa::mocks::base {

struct ConnectIntegration {
  std::int64_t id = 0;
  std::string name;
  bool own = true;  ///< Else one of another account that this one has joined.

  static constexpr auto fields() {
    return std::tuple{as("connect_integration_id", &ConnectIntegration::id),
                      as("name", &ConnectIntegration::name), as("own", &ConnectIntegration::own)};
  }
  bool operator==(const ConnectIntegration&) const = default;
};

/// Who buys through an integration, and on which credit.
struct ConnectContractor {
  std::int64_t id = 0;
  std::int64_t integration_id = 0;
  std::string name;
  std::string currency = "PLN";
  kit::Decimal credit_limit;

  /// Indexes. Numbers by number_key().
  enum By { IntegrationId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("connect_contractor_id", &ConnectContractor::id),
                      as("connect_integration_id", &ConnectContractor::integration_id),
                      as("name", &ConnectContractor::name),
                      as("currency", &ConnectContractor::currency),
                      as("credit_limit", &ConnectContractor::credit_limit)};
  }
  bool operator==(const ConnectContractor&) const = default;
};

/// A charge of a contractor's credit, or a repayment.
struct CreditEntry {
  std::int64_t id = 0;
  std::int64_t contractor_id = 0;
  std::int64_t date_add = 0;
  std::string description;
  std::string currency;
  std::string type = "charge";  ///< Or payment [doc].
  kit::Decimal amount;          ///< Above 0.
  bool is_accepted = true;      ///< Else it waits, and does not count yet.
  std::int64_t order_id = 0;

  /// Indexes. Numbers by number_key().
  enum By { ContractorId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("credit_entry_id", &CreditEntry::id),
                      as("connect_contractor_id", &CreditEntry::contractor_id),
                      as("date_add", &CreditEntry::date_add),
                      as("description", &CreditEntry::description),
                      as("currency", &CreditEntry::currency),
                      as("type", &CreditEntry::type),
                      as("amount", &CreditEntry::amount),
                      as("is_accepted", &CreditEntry::is_accepted),
                      as("order_id", &CreditEntry::order_id)};
  }
  bool operator==(const CreditEntry&) const = default;
};

struct Connect {
  Rows<ConnectIntegration> connect_integrations;
  Rows<ConnectContractor> connect_contractors;
  Rows<CreditEntry> credit_entries;

  static constexpr auto fields() {
    return std::tuple{as("connect_integrations", &Connect::connect_integrations),
                      as("connect_contractors", &Connect::connect_contractors),
                      as("credit_entries", &Connect::credit_entries)};
  }
};

}  // namespace atrapa::mocks::base
