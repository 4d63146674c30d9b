#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mocks/kit/record.hpp"
#include "mocks/shoper/call.hpp"
#include "mocks/shoper/state.hpp"

// What the shop fills in by itself when a row is made, whoever makes it: a call or a world.

namespace atrapa::mocks::shoper {

/// Sets the row's id column.
void set_id(Rows rows, kit::RecordWriter& writer, std::int64_t id);

/// The number that a column of a row in the making holds; 0 where it holds none.
kit::Decimal number_of(const kit::RecordWriter& writer, std::string_view field);

/// Gives each locale of `translations` its row id, the id of the row it belongs to, the language's
/// id and, for products and categories, its permalink; only where they are not set.
void complete_translations(State& state, Rows rows, kit::RecordWriter& writer, std::int64_t id);

/// Adds NotFound for each locale that is no language of the shop [inferred].
void check_locales(const Call& call, kit::Written& written, const kit::Schema& schema);

/// Adds Missing for each required field of a locale that the row does not have yet: a new
/// translation needs what POST asks of it [inferred].
void check_new_locales(kit::Written& written, const kit::Schema& schema, const kit::Record& row);

/// Translations of which the contract knows no fields are one value to the engine. After a write this
/// puts back the locales and members that were not sent: a PUT is partial [doc].
void merge_translations(const kit::Record& before, kit::RecordWriter& writer);

/// "Okulary słoneczne Orange" as "Okulary-sloneczne-Orange", as permalinks have it [rec].
std::string slug(std::string_view text);

/// The name in the shop's default language, else in the first one there is.
std::string name_of(const State& state, Rows rows, const kit::Record& row);

}  // namespace atrapa::mocks::shoper
