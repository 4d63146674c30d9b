#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/base/statuses.hpp"

namespace atrapa::mocks::base {

struct CrmClient {
  std::int64_t id = 0;
  std::int64_t status_id = 0;
  std::int64_t star = 0;
  std::int64_t contractor_id = 0;  ///< In Base Connect; 0: none.
  std::string login;
  std::string phone;
  std::string email;
  std::string notes;
  std::string invoice_company;
  std::string invoice_fullname;
  std::string invoice_address;
  std::string invoice_postcode;
  std::string invoice_city;
  std::string invoice_state;
  std::string invoice_country_code;
  std::string invoice_tax_id;  ///< Without spaces and dashes.
  std::string delivery_company;
  std::string delivery_fullname;
  std::string delivery_address;
  std::string delivery_postcode;
  std::string delivery_city;
  std::string delivery_state;
  std::string delivery_country_code;
  std::map<std::int64_t, std::string> custom_extra_fields;  ///< As an order's.

  /// Indexes. Numbers by number_key().
  enum By { Status };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("crm_client_id", &CrmClient::id),
                      as("status_id", &CrmClient::status_id),
                      as("star", &CrmClient::star),
                      as("contractor_id", &CrmClient::contractor_id),
                      as("login", &CrmClient::login),
                      as("phone", &CrmClient::phone),
                      as("email", &CrmClient::email),
                      as("notes", &CrmClient::notes),
                      as("invoice_company", &CrmClient::invoice_company),
                      as("invoice_fullname", &CrmClient::invoice_fullname),
                      as("invoice_address", &CrmClient::invoice_address),
                      as("invoice_postcode", &CrmClient::invoice_postcode),
                      as("invoice_city", &CrmClient::invoice_city),
                      as("invoice_state", &CrmClient::invoice_state),
                      as("invoice_country_code", &CrmClient::invoice_country_code),
                      as("invoice_tax_id", &CrmClient::invoice_tax_id),
                      as("delivery_company", &CrmClient::delivery_company),
                      as("delivery_fullname", &CrmClient::delivery_fullname),
                      as("delivery_address", &CrmClient::delivery_address),
                      as("delivery_postcode", &CrmClient::delivery_postcode),
                      as("delivery_city", &CrmClient::delivery_city),
                      as("delivery_state", &CrmClient::delivery_state),
                      as("delivery_country_code", &CrmClient::delivery_country_code),
                      as("custom_extra_fields", &CrmClient::custom_extra_fields)};
  }
  bool operator==(const CrmClient&) const = default;
};

/// The account's clients.
struct Crm {
  Rows<CrmClient> crm_clients;
  Rows<OrderStatus> crm_statuses;
  Rows<StatusGroup> crm_status_groups;
  Rows<ExtraField> crm_extra_fields;

  static constexpr auto fields() {
    return std::tuple{as("crm_clients", &Crm::crm_clients), as("crm_statuses", &Crm::crm_statuses),
                      as("crm_status_groups", &Crm::crm_status_groups),
                      as("crm_extra_fields", &Crm::crm_extra_fields)};
  }
};

}  // namespace atrapa::mocks::base
