#pragma once

#include <cstdint>
#include <string>

#include "mocks/base/answer.hpp"
#include "mocks/kit/json.hpp"

namespace atrapa::mocks::base {

/// What the documentation leaves open, and what a test may want otherwise. Each member is a setting
/// of its name in a world's `settings`; describe_settings() says what it does.
struct Settings {
  // The request limit.
  bool throttle = true;
  std::int64_t limit = 100;
  std::int64_t window_seconds = 60;
  bool window_slides = false;
  std::int64_t block_seconds = 600;
  std::string block_zone = "Europe/Warsaw";

  // The wire.
  bool as_sample = true;
  bool php_arrays = true;

  // Codes of refusals.
  std::string bad_token_code = "ERROR_BAD_TOKEN";
  std::string unknown_method_code = "ERROR_UNKNOWN_METHOD";
  std::string undocumented_code = "ERROR_UNDOCUMENTED";

  // Behaviour.
  bool journal = true;
  bool journal_inclusive = false;
  bool add_order_confirms = true;
  std::string number_zone = "Europe/Warsaw";
  bool second_invoice = false;
  bool lists_unprinted_receipts = true;
  bool stock_below_zero = false;

  // The catalogue.
  bool common_categories = true;
  bool storage_documents = false;
  bool stock_of_all_warehouses = true;
  bool bulk_writes_are_edits = false;
  std::int64_t storage_page = 1000;

  WireShape shape() const { return {.as_sample = as_sample, .php_arrays = php_arrays}; }
};

/// Overwrites what the object names. Throws kit::WorldError at `pointer` + "/NAME" for a setting
/// that does not exist or a value that it does not take.
void read_settings(Settings& settings, const kit::Json& object, const std::string& pointer);
/// Only what differs from the defaults, in the order of the table.
kit::Json write_settings(const Settings& settings);

}  // namespace atrapa::mocks::base
