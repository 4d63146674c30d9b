#pragma once

#include <cstdint>
#include <string_view>

#include "mocks/shoper/call.hpp"
#include "mocks/shoper/state.hpp"

// A product's attributes: written flat, {attribute_id: value}; read by group,
// {attribute_group_id: {attribute_id: value}}, a group without values as [] [rec]. A product has
// the groups whose `categories` hold one of its own categories [inferred from the field's name; its
// subcategories are not meant].

namespace atrapa::mocks::shoper {

/// Adds the problems of a product's sent `attributes`: each must exist, belong to a group of the
/// product's `categories` (JSON text, as they will be) and have a value of its type: any text, a
/// flag, or one of the attribute's options [rec: types; inferred: what they take].
void check_attributes(const Call& call, kit::Written& written, std::string_view categories);

/// Writes the sent attributes over those that `before` (as read) holds; null takes one away
/// [inferred]. What is not sent stays: a PUT is partial.
void write_attributes(const State& state, const kit::Written& written, std::string_view before,
                      kit::RecordWriter& product);

/// Sorts the product's attributes anew by the groups that it has now. Groups that the shop does not
/// know (a planted product may hold some) stay as they are.
void regroup_attributes(const State& state, kit::RecordWriter& product);

/// The same for every product, and `attribute_groups` of every category.
void renew_attributes(State& state);
/// `attribute_groups` of one category.
void renew_category_groups(State& state, std::int64_t category_id);

}  // namespace atrapa::mocks::shoper
