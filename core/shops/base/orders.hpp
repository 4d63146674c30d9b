#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/shops/base/client.hpp"
#include "core/shops/base/reading.hpp"

/// Orders of Base: reading them without losing one, their statuses and sources, and the journal.
namespace atrapa::core::base {

/// Ids are texts as Base wrote them, whether it wrote numbers or texts; "" and "0" are kept.
struct OrderLine {
  std::string order_product_id;
  std::string storage, storage_id;  ///< "db", "shop", "warehouse"; of which the product is.
  std::string product_id, variant_id;
  std::string warehouse_id;
  std::string name, attributes, sku, ean, location, auction_id;
  Reading<Price> price_gross;
  std::string tax_rate;  ///< As received; see vat_of().
  Reading<Quantity> quantity;
  std::string weight;
  std::string bundle_id;
};

struct Address {
  std::string fullname, company, address, postcode, city, state, country, country_code;
};

struct DeliveryPoint {
  std::string id, name, address, postcode, city;
};

struct Order {
  std::string id;
  std::string shop_order_id, external_order_id;
  std::string source, source_id, source_info;  ///< "shop", "personal", ...; ids are of that source.
  std::string status_id;
  std::optional<UnixTime> added, confirmed_at, in_status_since;
  bool confirmed = false;  ///< Unconfirmed ones may lack all that the buyer has to fill in [doc].
  std::string user_login, email, phone;
  std::string currency;
  std::string payment_method;
  bool cash_on_delivery = false;
  Reading<Price> paid;
  std::string user_comments, admin_comments;
  std::string delivery_method_id, delivery_method;
  Reading<Price> delivery_price;
  std::string package_module, package_number;
  Address delivery;
  DeliveryPoint delivery_point;
  Address invoice;
  std::string invoice_nip;
  bool wants_invoice = false;
  std::string extra_field_1, extra_field_2;
  Texts extra_fields;  ///< By id; filled when asked for.
  std::string page;
  std::string pick_state, pack_state, star;
  std::vector<OrderLine> lines;
};

Order read_order(const nlohmann::json& row);

/// What narrows a reading of orders down; "" for no bound.
struct OrderFilter {
  std::string status_id = {};
  std::string email = {};
  std::string source = {}, source_id = {};
  bool with_extra_fields = false;
};

/// A page of orders that none before it held.
struct OrderPage {
  std::vector<Order> orders;
  /// Every order confirmed before it has been given: where a reading may begin again after the
  /// process died. Nothing in readings by id.
  std::optional<UnixTime> complete_before;
};
/// False breaks the reading off.
using OrderSink = std::function<bool(OrderPage page)>;

/// Confirmed orders from that moment on, each once. An order is confirmed at the present moment and
/// never at one already past [doc], so that going by the moment of confirmation misses none.
///
/// A page ends within a second, so that the next begins with that second again; more than 100
/// orders of one second cannot be told apart by the moment, so that there the reading goes on by
/// ids, to the end of the list, and then returns to the next second. Rows that are not in the order
/// of their moments (and within a full second, of their ids) are read by ids from the beginning
/// [inferred].
BaseResult<Done> read_confirmed_orders(Client& client, UnixTime from, const OrderFilter& filter,
                                       const OrderSink& sink);

enum class Unconfirmed { LeftOut, Included };

/// Orders whose id is `from_id` or higher, in the order of ids. With those that are not confirmed
/// yet; they have no moment to go by, and are hidden unless asked for [doc].
BaseResult<Done> read_orders_by_id(Client& client, std::int64_t from_id, Unconfirmed unconfirmed,
                                   const OrderFilter& filter, const OrderSink& sink);

/// One order, confirmed or not; nothing when Base no longer has it.
BaseResult<std::optional<Order>> read_order_by_id(Client& client, const std::string& order_id);

struct OrderStatus {
  std::string id, name, name_for_customer;
};
BaseResult<std::vector<OrderStatus>> read_order_statuses(Client& client);

/// Where orders come from: names by type and id, which is unique in its type only [doc].
using OrderSources = std::map<std::string, Texts>;
BaseResult<OrderSources> read_order_sources(Client& client);

/// Sets the status; sent again when its answer is lost, which sets the same.
BaseResult<Done> set_order_status(Client& client, const std::string& order_id,
                                  const std::string& status_id);

struct OrderEvent {
  std::int64_t log_id = 0;
  std::string order_id;
  std::int64_t type = 0;  ///< 1 created, 2 confirmed, ..., 18 status changed [doc].
  std::string object_id;  ///< Of the status, the document, the other order; by type.
  std::optional<UnixTime> at;
};
using EventSink = std::function<bool(std::vector<OrderEvent> events)>;

/// How far back the journal reaches: who reads it less often has to read the orders again [doc].
inline constexpr Duration kJournalReach = std::chrono::hours{72};

/// Events later than the one with that id, in order, each once; all that are left with 0. Whether
/// `last_log_id` itself comes again is not documented, nor how many rows a call gives: the reading
/// ends with the call that brings nothing new. An account whose journal is not switched on has no
/// events [doc], and looks like one where nothing happened.
BaseResult<Done> read_journal(Client& client, std::int64_t last_log_id,
                              const std::vector<int>& types, const EventSink& sink);

/// A new order by hand or from elsewhere.
struct NewOrderLine {
  std::string storage = "db", storage_id = "0";
  std::string product_id = {}, variant_id = "0";
  std::string name = {}, sku = {}, ean = {};
  Money price_gross = {};
  VatCode vat = {};
  std::int64_t quantity = 1;
};

struct NewOrder {
  std::string status_id, custom_source_id;
  UnixTime added;
  std::string currency = "PLN";
  std::string payment_method;
  bool cash_on_delivery = false, paid = false;
  std::string email, phone, user_login;
  std::string user_comments, admin_comments;
  std::string delivery_method;
  Money delivery_price;
  Address delivery, invoice;
  std::string invoice_nip;
  bool wants_invoice = false;
  std::string extra_field_1, extra_field_2;
  std::vector<NewOrderLine> lines;
};

/// Sent once: twice would make two orders [inferred].
BaseResult<Creation> add_order(Client& client, const NewOrder& order);

/// Looks whether an order came into being whose answer was lost: by its buyer's e-mail, the moment
/// it says it was added, its extra fields, comments and number of lines. A call that is still on
/// its way shows only later. Orders in `known` are not it.
BaseResult<Creation> settle_order(Client& client, const NewOrder& order,
                                  const std::vector<std::string>& known = {});

}  // namespace atrapa::core::base
