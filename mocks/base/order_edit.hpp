#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "mocks/base/answer.hpp"
#include "mocks/base/given.hpp"
#include "mocks/base/journal.hpp"
#include "mocks/base/orders.hpp"

// What the methods that write orders and returns share. Whatever throws here throws
// kit::WorldError for a value that cannot be taken, which the call answers as a refusal.

namespace atrapa::mocks::base {

/// The ids of a list, each once, in order. Throws for what is no whole number.
std::vector<std::int64_t> read_ids(const kit::Json& list, const std::string& name);

/// An amount to the grosz. Throws for one below 0 or so large that sums would lose digits.
kit::Decimal read_money(const kit::Decimal& amount, const std::string& name);

/// Overwrites what the parameters name of a line; money and weight to two places [inferred].
/// `storage_id` may be a key such as "shop_2445" [doc]. Throws for a rate that is none, and for
/// pieces or money out of bounds.
void set_line(OrderLine& line, const Given& given);

/// Throws where the order's value is so large that sums would lose digits.
void check_value(const kit::Decimal& value);

/// The `object_id` of entries 12-14. [doc] calls it the product's id; by the setting
/// `journal_products` it is the line's for added and removed ones.
std::int64_t journal_object(const State& state, OrderEventType type, const OrderLine& line);
/// The id of the catalogue's product that the line sells; 0 where there is none.
std::int64_t catalogue_product(const State& state, const OrderLine& line);

/// Writes the values sent in `custom_extra_fields`. An empty one clears; a file is {title, file}
/// with `data:` and base64, or {title, url} [doc]. Fields that the account does not have are left
/// out, and `note` says so [inferred]. Throws for a file that cannot be read.
void set_custom_fields(std::map<std::int64_t, std::string>& values, const Rows<ExtraField>& fields,
                       const Given& given, std::string& note);
void write_custom_fields(Answer& answer, const std::map<std::int64_t, std::string>& values,
                         const Rows<ExtraField>& fields);
/// The answer of the methods that list them.
void write_extra_fields(Answer& answer, const Rows<ExtraField>& fields);

/// The parameters without those that a row's members cannot take as they are.
kit::Json without(const kit::Json& parameters, const std::vector<std::string>& names);

/// A number where the text is one, else the text: a variant's id may be a shop's [client].
void put_variant_id(Answer& answer, const std::string& variant_id);

/// The country's English name, as the official sample has it; the code itself for one that is not
/// known here.
std::string_view country_name(std::string_view code);

/// Calls `visit(name)` for each described member in which the rows differ.
template <typename Row, typename Visit>
void each_difference(const Row& before, const Row& after, Visit&& visit) {
  std::apply(
      [&](const auto&... field) {
        ((before.*field.member == after.*field.member ? void() : visit(field.name)), ...);
      },
      Row::fields());
}

}  // namespace atrapa::mocks::base
