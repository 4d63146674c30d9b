#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mocks/kit/json.hpp"

namespace atrapa::mocks::shoper {

/// What is not known of the real shop, or differs between shops: a world's `settings`. Names, words
/// and marks of all of them are in settings.cpp.
struct Settings {
  std::int64_t limit = 10;
  std::int64_t bandwidth = 2;
  bool throttle = true;
  bool bulk_counts_each = false;
  bool bulk_short_paths = false;
  bool past_end_is_last = true;
  bool refuse_over_50 = false;
  bool like_operator = false;
  bool documented_not_found = false;
  bool stock_write_checks_unit = true;
  bool accept_negative_stock = false;
  bool sum_includes_shipping = true;
  bool sum_counts_order_discounts = false;
  std::int64_t default_origin = 4;
  bool order_needs_user = true;
  bool order_delete_returns_stock = true;
  bool accept_duplicate_variants = false;
  bool cascade_options = false;
  bool refuse_delete_in_use = false;
  bool accept_overlapping_offers = false;
  std::int64_t collection_manual_sort = 0;
  bool refuse_readonly = false;
  bool refuse_unknown = false;
  bool internal_scope = true;
  bool field_options_module = true;
  bool metafields_bind = false;
  bool mtime_without_id_is_500 = false;
  bool relocations_change = false;
  bool sent_parcel_takes_code = true;
  bool transactions_move_paid = true;
  bool income_counts_cancelled = false;
  bool activities_name_users = false;
  bool auth_counts = true;
  bool auth_cancels_former = false;
  std::int64_t token_seconds = 2592000;
  std::int64_t oauth_access_seconds = 7776000;
  std::int64_t oauth_refresh_seconds = 15552000;
  std::string application_version = "5.26.35";
  bool webhooks_own_only = false;
  bool webhook_delete_whole = false;
  std::string webhook_sender_version = "1.0";
  std::string webhook_xml_root;
  std::string webhook_xml_item = "item";
  bool stock_write_is_event = true;
  bool dispatch_is_send = false;
  std::int64_t storefront_order_edits = 1;
  std::int64_t percent_code_type = 3;
  bool appstore_milliseconds = false;
};

/// Overwrites what the object names. Throws kit::WorldError at `pointer` + "/NAME" for a setting
/// that does not exist or a value that it does not take.
void read_settings(Settings& settings, const kit::Json& object, const std::string& pointer);
/// Only what differs from the defaults, in the order of the table.
kit::Json write_settings(const Settings& settings);

/// One line for each setting: name, values with the default first, meaning, mark.
std::string describe_settings();

}  // namespace atrapa::mocks::shoper
