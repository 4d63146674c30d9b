#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/domain/reading.hpp"
#include "core/domain/vat_code.hpp"
#include "core/shops/base/error.hpp"
#include "core/shops/wanted_json.hpp"

/// Base's wire as it is: the pages' tables and samples disagree in types and names, clients were
/// written against either, and the server is PHP [doc, client]. Whatever reads it goes through
/// here.
namespace atrapa::core::base {

/// Unix seconds. 0 means "not set" [doc] and is read as nothing.
using UnixTime = std::chrono::sys_seconds;

using StockByWarehouse = std::map<std::string, Reading<Quantity>>;  ///< "bl_206", "shop_5", ...
using PriceByGroup = std::map<std::string, Reading<Price>>;         ///< Gross, by price group id.
using Texts = std::map<std::string, std::string>;

/// The rows of a list, whether it came as a list, as a map by id, or (empty) as "". Nothing for
/// anything else: a list that cannot be read is never an empty one.
std::optional<std::vector<const Json*>> rows_of(const Json& answer, const char* name);

/// The members of a map. PHP writes an empty one as [] and one whose keys are 0..n as a list
/// [client]; samples show "" too [doc]. Nothing there for what is no map.
std::vector<std::pair<std::string, const Json*>> members_of(const Json& object, const char* name);

/// A member under the first of its names that is there: the table's, the sample's.
std::string text_of(const Json& row, std::initializer_list<const char*> names);
std::optional<std::int64_t> whole_of(const Json& row, std::initializer_list<const char*> names);
/// Exactly as its text says; "" and nothing where there is none. Samples show prices as numbers and
/// as texts [doc].
Reading<Price> price_of(const Json& row, const char* name);
Reading<Quantity> quantity_of(const Json& row, const char* name);
std::optional<UnixTime> time_of(const Json& row, const char* name);

StockByWarehouse stock_of(const Json& row, const char* name);
PriceByGroup prices_of(const Json& row, const char* name);
/// The scalars of a map. A file's {title, url} counts as its address.
Texts texts_of(const Json& row, const char* name);

/// The warnings of a bulk call, by the id they are about: "" and [] where there are none. A list or
/// a bare text has the key "" or its place [inferred].
Texts warnings_of(const Json& answer);

/// A tax rate of a product or an order line: 0 to 100, -1 exempt (zw), -0.02 not subject (np),
/// -0.03 reverse charge (oo) [doc].
std::optional<VatCode> vat_of(std::string_view rate);
/// The same way back. Kinds that Base does not tell apart become the one it knows.
std::string vat_rate(const VatCode& code);

/// A whole number of at most 18 digits; nothing for anything else.
std::optional<std::int64_t> whole_number_of(std::string_view text);
std::int64_t seconds_of(UnixTime time);

/// An answer that is not what the contract says.
Error unreadable(std::string_view method, std::string_view what);

}  // namespace atrapa::core::base
