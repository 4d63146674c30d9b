#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "mocks/base/fields.hpp"
#include "mocks/base/rows.hpp"
#include "mocks/kit/decimal.hpp"

namespace atrapa::mocks::base {

struct OrderLine {
  std::int64_t id = 0;         ///< order_product_id: unique in the account.
  std::string storage = "db";  ///< "db" for the catalogue, else "shop" or "warehouse".
  std::int64_t storage_id = 0;
  std::string product_id;  ///< A text, as it may be a shop's. "" or "0": none.
  std::string variant_id;
  std::string name;
  std::string attributes;
  std::string sku;
  std::string ean;
  std::string location;
  std::int64_t warehouse_id = 0;
  std::string auction_id;
  kit::Decimal price_brutto;
  kit::Decimal tax_rate;
  std::int64_t quantity = 0;
  kit::Decimal weight;
  std::int64_t bundle_id = 0;

  /// The catalogue's product or variant that it sells; 0: none.
  std::int64_t catalogue_product() const;

  static constexpr auto fields() {
    return std::tuple{as("order_product_id", &OrderLine::id),
                      as("storage", &OrderLine::storage),
                      as("storage_id", &OrderLine::storage_id),
                      as("product_id", &OrderLine::product_id),
                      as("variant_id", &OrderLine::variant_id),
                      as("name", &OrderLine::name),
                      as("attributes", &OrderLine::attributes),
                      as("sku", &OrderLine::sku),
                      as("ean", &OrderLine::ean),
                      as("location", &OrderLine::location),
                      as("warehouse_id", &OrderLine::warehouse_id),
                      as("auction_id", &OrderLine::auction_id),
                      as("price_brutto", &OrderLine::price_brutto),
                      as("tax_rate", &OrderLine::tax_rate),
                      as("quantity", &OrderLine::quantity),
                      as("weight", &OrderLine::weight),
                      as("bundle_id", &OrderLine::bundle_id)};
  }
  bool operator==(const OrderLine&) const = default;
};

/// One entry of a payment history.
struct Payment {
  kit::Decimal paid_before;
  kit::Decimal paid_after;
  kit::Decimal total_price;
  std::string currency;
  std::string external_payment_id;
  std::int64_t date = 0;
  std::string comment;

  static constexpr auto fields() {
    return std::tuple{as("paid_before", &Payment::paid_before),
                      as("paid_after", &Payment::paid_after),
                      as("total_price", &Payment::total_price),
                      as("currency", &Payment::currency),
                      as("external_payment_id", &Payment::external_payment_id),
                      as("date", &Payment::date),
                      as("comment", &Payment::comment)};
  }
  bool operator==(const Payment&) const = default;
};

struct Commission {
  std::string name;
  std::string type;
  kit::Decimal cost_netto;
  kit::Decimal cost_brutto;
  std::string cost_currency;

  static constexpr auto fields() {
    return std::tuple{
        as("commission_name", &Commission::name), as("commission_type", &Commission::type),
        as("cost_netto", &Commission::cost_netto), as("cost_brutto", &Commission::cost_brutto),
        as("cost_currency", &Commission::cost_currency)};
  }
  bool operator==(const Commission&) const = default;
};

/// Where an order came from in Base Connect; zeros for none.
struct ConnectSale {
  std::int64_t integration_id = 0;
  std::int64_t contractor_id = 0;
  std::int64_t sale_id = 0;

  static constexpr auto fields() {
    return std::tuple{as("connect_integration_id", &ConnectSale::integration_id),
                      as("connect_contractor_id", &ConnectSale::contractor_id),
                      as("connect_sale_id", &ConnectSale::sale_id)};
  }
  bool operator==(const ConnectSale&) const = default;
};

struct Order {
  std::int64_t id = 0;
  std::int64_t shop_order_id = 0;
  std::string external_order_id;
  std::string order_source = "personal";  ///< Or shop, order_return, a marketplace's code.
  std::int64_t order_source_id = 0;       ///< Unique only within its type.
  std::string order_source_info = "-";
  std::int64_t order_status_id = 0;
  std::int64_t date_add = 0;        ///< Unix seconds, as all dates here.
  std::int64_t date_confirmed = 0;  ///< 0: not confirmed yet.
  std::int64_t date_in_status = 0;
  bool payment_method_cod = false;
  kit::Decimal payment_done;
  kit::Decimal delivery_price;  ///< Gross.
  std::int64_t delivery_method_id = 0;
  bool want_invoice = false;
  std::string user_login;
  std::string currency;
  std::string payment_method;
  std::string user_comments;
  std::string admin_comments;
  std::string email;
  std::string phone;
  std::string delivery_method;
  std::string delivery_package_module;
  std::string delivery_package_nr;
  std::string delivery_fullname;
  std::string delivery_company;
  std::string delivery_address;
  std::string delivery_postcode;
  std::string delivery_city;
  std::string delivery_state;
  std::string delivery_country_code;
  std::string delivery_point_id;
  std::string delivery_point_name;
  std::string delivery_point_address;
  std::string delivery_point_postcode;
  std::string delivery_point_city;
  std::string invoice_fullname;
  std::string invoice_company;
  std::string invoice_nip;
  std::string invoice_address;
  std::string invoice_postcode;
  std::string invoice_city;
  std::string invoice_state;
  std::string invoice_country_code;
  std::string extra_field_1;
  std::string extra_field_2;
  std::string order_page;
  std::map<std::int64_t, std::string>
      custom_extra_fields;  ///< By extra field; JSON text for a file.
  std::int64_t pick_state = 0;
  std::int64_t pack_state = 0;
  std::int64_t star = 0;
  std::int64_t crm_client_id = 0;
  std::vector<Commission> commissions;
  ConnectSale connect_data;
  std::vector<OrderLine> products;
  std::vector<Payment> payments;  ///< History, oldest first.
  bool merged = false;            ///< Left over by a technical merge.

  bool confirmed() const { return date_confirmed != 0; }
  /// Lines and delivery, gross [inferred].
  kit::Decimal value() const;

  /// Indexes. Dates by number_key().
  enum By { DateConfirmed, DateAdd, Email, Phone, Status, ProductId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("order_id", &Order::id),
                      as("shop_order_id", &Order::shop_order_id),
                      as("external_order_id", &Order::external_order_id),
                      as("order_source", &Order::order_source),
                      as("order_source_id", &Order::order_source_id),
                      as("order_source_info", &Order::order_source_info),
                      as("order_status_id", &Order::order_status_id),
                      as("date_add", &Order::date_add),
                      as("date_confirmed", &Order::date_confirmed),
                      as("date_in_status", &Order::date_in_status),
                      as("payment_method_cod", &Order::payment_method_cod),
                      as("payment_done", &Order::payment_done),
                      as("delivery_price", &Order::delivery_price),
                      as("delivery_method_id", &Order::delivery_method_id),
                      as("want_invoice", &Order::want_invoice),
                      as("user_login", &Order::user_login),
                      as("currency", &Order::currency),
                      as("payment_method", &Order::payment_method),
                      as("user_comments", &Order::user_comments),
                      as("admin_comments", &Order::admin_comments),
                      as("email", &Order::email),
                      as("phone", &Order::phone),
                      as("delivery_method", &Order::delivery_method),
                      as("delivery_package_module", &Order::delivery_package_module),
                      as("delivery_package_nr", &Order::delivery_package_nr),
                      as("delivery_fullname", &Order::delivery_fullname),
                      as("delivery_company", &Order::delivery_company),
                      as("delivery_address", &Order::delivery_address),
                      as("delivery_postcode", &Order::delivery_postcode),
                      as("delivery_city", &Order::delivery_city),
                      as("delivery_state", &Order::delivery_state),
                      as("delivery_country_code", &Order::delivery_country_code),
                      as("delivery_point_id", &Order::delivery_point_id),
                      as("delivery_point_name", &Order::delivery_point_name),
                      as("delivery_point_address", &Order::delivery_point_address),
                      as("delivery_point_postcode", &Order::delivery_point_postcode),
                      as("delivery_point_city", &Order::delivery_point_city),
                      as("invoice_fullname", &Order::invoice_fullname),
                      as("invoice_company", &Order::invoice_company),
                      as("invoice_nip", &Order::invoice_nip),
                      as("invoice_address", &Order::invoice_address),
                      as("invoice_postcode", &Order::invoice_postcode),
                      as("invoice_city", &Order::invoice_city),
                      as("invoice_state", &Order::invoice_state),
                      as("invoice_country_code", &Order::invoice_country_code),
                      as("extra_field_1", &Order::extra_field_1),
                      as("extra_field_2", &Order::extra_field_2),
                      as("order_page", &Order::order_page),
                      as("custom_extra_fields", &Order::custom_extra_fields),
                      as("pick_state", &Order::pick_state),
                      as("pack_state", &Order::pack_state),
                      as("star", &Order::star),
                      as("crm_client_id", &Order::crm_client_id),
                      as("commissions", &Order::commissions),
                      as("connect_data", &Order::connect_data),
                      as("products", &Order::products),
                      as("payments", &Order::payments),
                      as("merged", &Order::merged)};
  }
  bool operator==(const Order&) const = default;
};

/// A status that the account has made; there are no fixed ids.
struct OrderStatus {
  std::int64_t id = 0;
  std::string name;
  std::string name_for_customer;
  std::string color;
  std::int64_t group_id = 0;
  bool is_primary = false;

  static constexpr auto fields() {
    return std::tuple{as("id", &OrderStatus::id),
                      as("name", &OrderStatus::name),
                      as("name_for_customer", &OrderStatus::name_for_customer),
                      as("color", &OrderStatus::color),
                      as("group_id", &OrderStatus::group_id),
                      as("is_primary", &OrderStatus::is_primary)};
  }
  bool operator==(const OrderStatus&) const = default;
};

/// One entry of the journal that getJournalList reads.
struct OrderEvent {
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  std::int64_t log_type = 0;
  std::int64_t object_id = 0;
  std::int64_t date = 0;

  /// Indexes.
  enum By { OrderId };
  void keys(Keys& keys) const;

  static constexpr auto fields() {
    return std::tuple{as("log_id", &OrderEvent::id), as("order_id", &OrderEvent::order_id),
                      as("log_type", &OrderEvent::log_type),
                      as("object_id", &OrderEvent::object_id), as("date", &OrderEvent::date)};
  }
  bool operator==(const OrderEvent&) const = default;
};

/// Orders and what they are made of.
struct Sales {
  Rows<Order> orders;
  Rows<OrderStatus> order_statuses;
  Rows<OrderEvent> journal;
  std::int64_t next_line_id = 1;

  static constexpr auto fields() {
    return std::tuple{as("orders", &Sales::orders), as("order_statuses", &Sales::order_statuses),
                      as("journal", &Sales::journal), as("next_line_id", &Sales::next_line_id)};
  }
};

}  // namespace atrapa::mocks::base
