#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mocks/kit/contract.hpp"
#include "mocks/kit/cow.hpp"
#include "mocks/kit/decimal.hpp"
#include "mocks/kit/limits.hpp"
#include "mocks/kit/table.hpp"
#include "mocks/kit/time.hpp"
#include "mocks/shoper/settings.hpp"

namespace atrapa::mocks::shoper {

/// The resources that have rows, in the order in which a world is read: what is named comes before
/// what names it.
enum class Rows : std::uint8_t {
  Languages,
  Currencies,
  Taxes,
  Units,
  Gauges,
  Deliveries,
  Availabilities,
  GeolocationCountries,
  GeolocationRegions,
  GeolocationSubregions,
  Zones,
  Categories,
  AttributeGroups,
  Attributes,
  OptionGroups,
  Options,
  OptionValues,
  Producers,
  SafetyCertificates,
  SafetyImporters,
  SafetyProducers,
  SafetyResponsibles,
  ProductTags,
  Payments,
  PaymentsChannels,
  Shippings,
  Statuses,
  UserGroups,
  UserTags,
  Users,
  UserAddresses,
  SubscriberGroups,
  Subscribers,
  LoyaltyEvents,
  Warehouses,
  Products,
  ProductStocks,
  ProductImages,
  ProductFiles,
  Collections,
  SpecialOffers,
  PromotionCodes,
  OrderTags,
  Orders,
  OrderProducts,
  OrderTransactions,
  OrderRefunds,
  Parcels,
  AuctionHouses,
  Auctions,
  AuctionOrders,
  AdditionalFields,
  AdditionalFieldOptions,
  Metafields,
  MetafieldValues,
  NewsCategories,
  NewsTags,
  News,
  NewsComments,
  NewsFiles,
  AboutPages,
  Progresses,
  Redirects,
  Webhooks,
  WarehouseLogs,
  WarehouseRelocations,
};
constexpr std::size_t kRowsCount = static_cast<std::size_t>(Rows::WarehouseRelocations) + 1;

/// The contract of webapi/rest, parsed once for the whole program.
const kit::Contract& contract();
/// The contract's entry of these rows.
const kit::Entry& entry_of(Rows rows);
const kit::Schema& schema_of(Rows rows);
/// The column that holds the id.
std::size_t id_field_of(Rows rows);
/// Nothing for a resource without rows of its own.
std::optional<Rows> rows_of(std::string_view resource);

struct PanelUser {
  std::string login;
  std::string password;
};

/// A token made in the panel; without scopes it may do everything that the panel gives away.
struct StaticToken {
  std::string token;
  std::optional<std::vector<std::string>> scopes;
};

/// An AppStore application; `code` is the consent's code until it is used.
struct Application {
  std::string id;
  std::string secret;
  std::optional<std::string> code;
  std::optional<std::vector<std::string>> scopes;
  std::optional<std::string> appstore_secret;  ///< Signs messages and webhooks; else `secret`.
  std::optional<std::string> address;          ///< Where the AppStore's messages go.

  const std::string& signing_secret() const { return appstore_secret ? *appstore_secret : secret; }
};

struct Credentials {
  std::vector<PanelUser> users;
  std::vector<StaticToken> tokens;
  std::vector<Application> applications;
};

/// A token that a call has issued.
struct IssuedToken {
  std::string token;
  std::string owner;  ///< "user:LOGIN" or "app:ID": whose bucket its calls fill.
  kit::Instant expires;
  std::optional<std::string> refresh;  ///< Single use.
  kit::Instant refresh_expires;
  std::optional<std::vector<std::string>> scopes;
};

/// The shop's time when prices were last settled ("": never), and how long they stay so: until the
/// next special offer starts, and through the last second of the first that ends. "": no such end.
struct OfferWindow {
  std::string at;
  std::string next_start;
  std::string first_end;
};

/// A row of the shop by its name.
struct RowKey {
  Rows rows;
  std::int64_t id = 0;

  friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

/// Who moves pieces at present, and for what: what warehouse-logs say of it. 0: none.
struct Movement {
  std::string date;  ///< In the shop's time.
  std::int64_t admin_id = 0, application_id = 0;
  std::int64_t order_id = 0, relocation_id = 0;
};

/// The administrators' panel while an application keeps it closed.
struct PanelLock {
  kit::Instant since;
  std::string message;
  std::int64_t user_id = 0;
};

/// One shop. A value: copying it costs a few dozen pointers; what is written afterwards is the
/// copy's.
struct State {
  State();

  std::string account;
  std::string license;  ///< 40 hex digits.
  std::string host;     ///< "demo.shop.example"
  kit::Cow<Credentials> credentials;
  kit::Cow<Settings> settings;
  kit::RecordPtr config;  ///< application-config.
  std::array<kit::Table, kRowsCount> tables;
  kit::Cow<std::vector<IssuedToken>> issued;
  kit::Cow<std::map<std::string, kit::LeakyBucket>> buckets;  ///< By owner.
  kit::Cow<std::map<std::string, std::int64_t, std::less<>>>
      counters;  ///< Next ids of what is no row.
  /// Places of products in collections that are sorted by hand, by collection and product.
  kit::Cow<std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>> positions;
  OfferWindow offers;
  std::optional<PanelLock> lock;
  kit::Cow<std::set<RowKey>> held;  ///< By administrators; empty while the panel is locked.
  kit::Cow<std::map<RowKey, kit::Instant>> changed;  ///< Products and orders: their last change.
  /// Who made each webhook: "user:LOGIN", "token:TOKEN" or "app:ID"; none: made in the panel.
  kit::Cow<std::map<std::int64_t, std::string>> webhook_makers;
  /// Set for the time of a call or of a deed in the shop. Without one, as while a world is planted,
  /// no movement is logged. No part of snapshots.
  std::optional<Movement> movement;

  kit::Table& table(Rows rows) { return tables[static_cast<std::size_t>(rows)]; }
  const kit::Table& table(Rows rows) const { return tables[static_cast<std::size_t>(rows)]; }
  kit::RecordPtr find(Rows rows, std::int64_t id) const { return table(rows).find(id); }
  bool has(Rows rows, std::int64_t id) const { return find(rows, id) != nullptr; }

  /// The next number of that counter, from 1 on.
  std::int64_t count_up(std::string_view counter);
  /// That number is taken.
  void count_past(std::string_view counter, std::int64_t taken);

  /// A key of application-config as text; "1" and true are set.
  std::string config_text(std::string_view key) const;
  bool config_set(std::string_view key) const;
  std::int64_t config_id(std::string_view key) const;

  /// "2026-03-02 08:00:00" in the shop's zone (locale_timezone).
  std::string local_time(kit::Instant moment) const;
};

/// The value of a field by its name: our own code spells it.
std::string_view raw_of(Rows rows, const kit::Record& row, std::string_view field);
std::string text_of(Rows rows, const kit::Record& row, std::string_view field);
/// 0 where it is null or not an id.
std::int64_t id_of(Rows rows, const kit::Record& row, std::string_view field);
/// 0 where it is not a number.
kit::Decimal number_of(Rows rows, const kit::Record& row, std::string_view field);

}  // namespace atrapa::mocks::shoper
