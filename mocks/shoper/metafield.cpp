#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mocks/shoper/row_calls.hpp"
#include "mocks/shoper/rows.hpp"

// metafields below their object, metafield-values and metafield-bind: what applications keep in a
// shop.

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr std::string_view kSystem = "system";
constexpr std::int64_t kInteger = 1;
constexpr std::int64_t kFloat = 2;
constexpr std::int64_t kBlob = 4;
/// More digits than a 64-bit number has are no integer.
constexpr std::size_t kMostDigits = 18;

const kit::Schema& metafields() { return schema_of(Rows::Metafields); }
const kit::Schema& metafield_values() { return schema_of(Rows::MetafieldValues); }

/// "system", or an object's name: a lower-case word [doc by example; the spelling inferred].
bool is_object_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_' || c == '-';
  });
}

/// The rows of an object whose ids can be looked up [inferred for the ones that no source names].
std::optional<Rows> rows_of_object(std::string_view object) {
  if (object == "product") return Rows::Products;
  if (object == "category") return Rows::Categories;
  if (object == "order") return Rows::Orders;
  return std::nullopt;
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Strings and blobs take any text [doc]; how the numbers may be spelled is [inferred].
bool fits_type(std::int64_t type, std::string_view text) {
  if (type != kInteger && type != kFloat) return true;
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = type == kFloat ? text.find('.') : std::string_view::npos;
  const std::string_view whole = text.substr(0, point);
  if (!is_digits(whole) || whole.size() > kMostDigits) return false;
  return point == std::string_view::npos || is_digits(text.substr(point + 1));
}

std::int64_t type_of(const State& state, std::int64_t metafield_id) {
  const RecordPtr field = state.find(Rows::Metafields, metafield_id);
  return field ? id_of(Rows::Metafields, *field, "type") : 0;
}

std::vector<RecordPtr> rows_of_metafield(const State& state, std::int64_t metafield_id) {
  return state.table(Rows::MetafieldValues).look_up("metafield_id", std::to_string(metafield_id));
}

// --- metafields/{object}

/// The row of the path, where it belongs to the path's object; else null.
RecordPtr own_metafield(const Call& call) {
  const RecordPtr row = call.state.find(Rows::Metafields, call.id().value_or(0));
  const bool own = row && text_of(Rows::Metafields, *row, "object") == call.captures.get("object");
  return own ? row : nullptr;
}

Reply list_metafields(Call& call) {
  const std::string object(call.captures.get("object"));
  if (!is_object_name(object)) return not_found(call.language, call.settings());
  return list_page(call, [&](kit::Selection selection, std::size_t skip, std::size_t limit) {
    selection.conditions.push_back({{"object"}, kit::Compare::Equal, object});
    return kit::select_page(call.state.table(Rows::Metafields), id_field_of(Rows::Metafields),
                            selection, skip, limit);
  });
}

Reply get_metafield(Call& call) {
  const RecordPtr row = own_metafield(call);
  if (row == nullptr) return not_found(call.language, call.settings());
  return success(std::string(row->wire()));
}

/// A type cannot change to one that a kept value is none of [inferred].
void check_metafield(Call& call, kit::Written& written, const kit::Record* before) {
  const std::string_view type = written.raw(metafields(), "type");
  if (before == nullptr || type.empty()) return;
  const std::int64_t wanted = kit::scalar_id(type).value_or(0);
  for (const RecordPtr& value : rows_of_metafield(call.state, before->id())) {
    const std::string text = text_of(Rows::MetafieldValues, *value, "value");
    if (text.empty() || fits_type(wanted, text)) continue;
    written.problems.push_back({"type", FieldFault::BadValue, {}});
    return;
  }
}

void complete_metafield(Call& call, const kit::Written&, RecordWriter& writer,
                        const kit::Record* before) {
  if (before == nullptr) writer.set_text("object", call.captures.get("object"));
}

/// Values go with their metafield [inferred].
void settle_metafield(Call& call, const kit::Record* before, const kit::Record* after) {
  if (after != nullptr) return;
  for (const RecordPtr& value : rows_of_metafield(call.state, before->id())) {
    call.state.table(Rows::MetafieldValues).erase(value->id());
  }
}

constexpr RowRules kMetafieldRules{
    .check = check_metafield, .complete = complete_metafield, .settle = settle_metafield};

Reply create_metafield(Call& call) {
  if (!is_object_name(call.captures.get("object"))) {
    return not_found(call.language, call.settings());
  }
  return create_row(call, kMetafieldRules);
}

Reply update_metafield(Call& call) {
  if (own_metafield(call) == nullptr) return not_found(call.language, call.settings());
  return update_row(call, kMetafieldRules);
}

Reply remove_metafield(Call& call) {
  if (own_metafield(call) == nullptr) return not_found(call.language, call.settings());
  return delete_row(call, kMetafieldRules);
}

// --- metafield-values

/// The object that the metafield hangs on must exist; `system` hangs on none, id 0 [doc].
void check_owner(const State& state, kit::Written& written, std::string_view field,
                 const kit::Record& metafield, std::int64_t owner) {
  const std::string object = text_of(Rows::Metafields, metafield, "object");
  const auto rows = rows_of_object(object);
  const bool lost = object == kSystem ? owner != 0 : rows ? !state.has(*rows, owner) : owner == 0;
  if (lost) written.problems.push_back({std::string(field), FieldFault::NotFound, {}});
}

void check_value(const State& state, kit::Written& written, const RecordPtr& metafield,
                 std::int64_t owner, std::string_view value) {
  if (metafield == nullptr) return;
  const std::string_view named = written.raw(metafield_values(), "object_id");
  const bool system = text_of(Rows::Metafields, *metafield, "object") == kSystem;
  if (!system && named.empty() && owner == 0) {
    written.problems.push_back({"object_id", FieldFault::Missing, {}});
  } else {
    check_owner(state, written, "object_id", *metafield, owner);
  }
  // Only the metafield is required: a value that was never sent is none of a wrong type.
  if (value.empty() && written.raw(metafield_values(), "value").empty()) return;
  if (!fits_type(id_of(Rows::Metafields, *metafield, "type"), value)) {
    written.problems.push_back({"value", FieldFault::BadType, {}});
  }
}

/// A value is of its metafield's type, and its object exists.
void check_metafield_value(Call& call, kit::Written& written, const kit::Record* before) {
  const auto text = [&](std::string_view field) {
    const std::string_view sent = written.raw(metafield_values(), field);
    if (!sent.empty()) return kit::scalar_text(sent);
    return before ? text_of(Rows::MetafieldValues, *before, field) : std::string();
  };
  const auto id = [&](std::string_view field) {
    return kit::scalar_id(fmt::format("\"{}\"", text(field))).value_or(0);
  };
  check_value(call.state, written, call.state.find(Rows::Metafields, id("metafield_id")),
              id("object_id"), text("value"));
}

constexpr RowRules kValueRules{.check = check_metafield_value};

/// Lists values. A blob can neither be filtered nor sorted by [doc]: it satisfies no condition on
/// `value`, and an order by `value` that meets one answers 400 [how: inferred].
Reply list_metafield_values(Call& call) {
  const State& state = call.state;
  const auto is_blob = [&state](const kit::Record& row) {
    return type_of(state, id_of(Rows::MetafieldValues, row, "metafield_id")) == kBlob;
  };
  const kit::OwnTest own = [&](const kit::Condition& condition)
      -> std::optional<std::variant<kit::RecordTest, kit::QueryError>> {
    if (condition.path != std::vector<std::string>{"value"}) return std::nullopt;
    auto test = kit::record_test(metafield_values(), condition);
    if (std::holds_alternative<kit::QueryError>(test)) return test;
    return kit::RecordTest([is_blob, inner = std::get<kit::RecordTest>(std::move(test))](
                               const kit::Record& row) { return !is_blob(row) && inner(row); });
  };
  return list_page(
      call,
      [&](const kit::Selection& selection, std::size_t skip,
          std::size_t limit) -> std::variant<kit::Page, kit::QueryError> {
        const kit::Table& table = state.table(Rows::MetafieldValues);
        const std::size_t id_field = id_field_of(Rows::MetafieldValues);
        const bool by_value = std::any_of(
            selection.order.begin(), selection.order.end(),
            [](const kit::SortKey& key) { return key.path == std::vector<std::string>{"value"}; });
        if (by_value) {
          const auto rows = kit::select(table, id_field, {selection.conditions, {}}, own);
          if (const auto* error = std::get_if<kit::QueryError>(&rows)) return *error;
          for (const RecordPtr& row : std::get<std::vector<RecordPtr>>(rows)) {
            if (is_blob(*row)) return kit::QueryError{"order: \"value\" of a blob"};
          }
        }
        return kit::select_page(table, id_field, selection, skip, limit, own);
      });
}

Reply create_metafield_value(Call& call) { return create_row(call, kValueRules); }
Reply update_metafield_value(Call& call) { return update_row(call, kValueRules); }
Reply remove_metafield_value(Call& call) { return delete_row(call); }

/// Sets the value that an object has of a metafield; answers the value's id. Without the feature
/// `metafields_bind` (a setting, off): 403 [doc]. That a value which is there is overwritten is
/// [inferred].
Reply bind_metafield(Call& call) {
  if (!call.settings().metafields_bind) return access_denied(call.language, "metafields_bind");
  const kit::Schema& schema = call.entry->schema;
  auto body = read_body(call, schema, kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  State& state = call.state;
  check_reference(call, written, schema, "metafield_id", Rows::Metafields);
  const std::int64_t owner = kit::scalar_id(written.raw(schema, "item_id")).value_or(0);
  const std::int64_t field_id = kit::scalar_id(written.raw(schema, "metafield_id")).value_or(0);
  const std::string value = kit::scalar_text(written.raw(schema, "value"));
  if (const RecordPtr field = state.find(Rows::Metafields, field_id)) {
    if (kit::scalar_text(written.raw(schema, "type")) !=
        text_of(Rows::Metafields, *field, "object")) {
      written.problems.push_back({"type", FieldFault::BadValue, {}});
    } else {
      check_owner(state, written, "item_id", *field, owner);
    }
    if (!fits_type(id_of(Rows::Metafields, *field, "type"), value)) {
      written.problems.push_back({"value", FieldFault::BadType, {}});
    }
  }
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  kit::Table& table = state.table(Rows::MetafieldValues);
  RecordPtr held;
  for (const RecordPtr& one : rows_of_metafield(state, field_id)) {
    if (id_of(Rows::MetafieldValues, *one, "object_id") == owner) held = one;
  }
  const std::int64_t id = held ? held->id() : table.take_id();
  RecordWriter writer(metafield_values());
  writer.set_text("object_id", std::to_string(owner));
  writer.set_text("metafield_id", std::to_string(field_id));
  writer.set_text("value", value);
  writer.fill();
  set_id(Rows::MetafieldValues, writer, id);
  table.put(writer.finish(id));
  return bare(id);
}

constexpr std::array kMetafieldCalls{
    Handled{"GET /webapi/rest/metafields/{object}", list_metafields},
    Handled{"GET /webapi/rest/metafields/{object}/{id}", get_metafield},
    Handled{"POST /webapi/rest/metafields/{object}", create_metafield},
    Handled{"PUT /webapi/rest/metafields/{object}/{id}", update_metafield},
    Handled{"DELETE /webapi/rest/metafields/{object}/{id}", remove_metafield},
    Handled{"GET /webapi/rest/metafield-values", list_metafield_values},
    Handled{"GET /webapi/rest/metafield-values/{id}", get_row},
    Handled{"POST /webapi/rest/metafield-values", create_metafield_value},
    Handled{"PUT /webapi/rest/metafield-values/{id}", update_metafield_value},
    Handled{"DELETE /webapi/rest/metafield-values/{id}", remove_metafield_value},
    Handled{"POST /webapi/rest/metafield-bind", bind_metafield},
};

}  // namespace

std::span<const Handled> metafield_calls() { return kMetafieldCalls; }

}  // namespace atrapa::mocks::shoper
