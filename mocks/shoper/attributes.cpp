#include "mocks/shoper/attributes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "mocks/shoper/rows.hpp"

// attribute-groups and attributes.

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr Rows kAttributeGroups = Rows::AttributeGroups;
constexpr Rows kAttributes = Rows::Attributes;

/// Attribute to value, as JSON text.
using AttributeValues = std::map<std::int64_t, std::string>;

std::set<std::int64_t> id_set(std::string_view list) {
  std::set<std::int64_t> ids;
  for (const std::string_view one : kit::elements(list))
    ids.insert(kit::scalar_id(one).value_or(0));
  return ids;
}

/// The groups of products in these categories, by id.
std::vector<RecordPtr> groups_for(const State& state, const std::set<std::int64_t>& categories) {
  std::vector<RecordPtr> groups;
  state.table(kAttributeGroups).each([&](const RecordPtr& group) {
    const auto own = id_set(raw_of(kAttributeGroups, *group, "categories"));
    const bool shared = std::any_of(own.begin(), own.end(),
                                    [&](std::int64_t id) { return categories.contains(id); });
    if (shared) groups.push_back(group);
    return true;
  });
  return groups;
}

/// `{"1":{"7":"x"},"2":[]}` taken apart: values, and the text of groups that the shop lacks.
struct HeldAttributes {
  AttributeValues values;
  std::string unknown;  ///< `"9":{...},"10":[]`
};

HeldAttributes read_held(const State& state, std::string_view attributes) {
  HeldAttributes held;
  if (!attributes.starts_with('{')) return held;
  kit::each_member(attributes, [&](std::string_view group, std::string_view raw) {
    if (!state.has(kAttributeGroups, kit::scalar_id(group).value_or(0))) {
      held.unknown += fmt::format("{}\"{}\":{}", held.unknown.empty() ? "" : ",", group, raw);
      return;
    }
    if (!raw.starts_with('{')) return;
    kit::each_member(raw, [&](std::string_view attribute, std::string_view value) {
      held.values[kit::scalar_id(attribute).value_or(0)] = std::string(value);
    });
  });
  return held;
}

std::string write_held(const State& state, const HeldAttributes& held,
                       std::string_view categories) {
  std::string text = held.unknown;
  for (const RecordPtr& group : groups_for(state, id_set(categories))) {
    std::string values;
    for (const auto& [attribute, value] : held.values) {
      const RecordPtr row = state.find(kAttributes, attribute);
      if (!row || id_of(kAttributes, *row, "attribute_group_id") != group->id()) continue;
      values += fmt::format("{}\"{}\":{}", values.empty() ? "{" : ",", attribute, value);
    }
    text += fmt::format("{}\"{}\":{}", text.empty() ? "" : ",", group->id(),
                        values.empty() ? "[]" : values + "}");
  }
  return text.empty() ? "[]" : "{" + text + "}";
}

/// The value as answers write it, or nothing where the attribute's type does not take it.
std::optional<std::string> spelled_attribute(const kit::Record& attribute, std::string_view raw) {
  const bool scalar = !raw.starts_with('{') && !raw.starts_with('[');
  if (!scalar) return std::nullopt;
  std::string text = kit::scalar_text(raw);
  const std::string type = text_of(kAttributes, attribute, "type");
  if (type == "1") {
    if (raw == "true") text = "1";
    if (raw == "false") text = "0";
    if (text != "0" && text != "1") return std::nullopt;
  } else if (type == "2" && !text.empty()) {
    const auto options = kit::elements(raw_of(kAttributes, attribute, "options"));
    const bool known = std::any_of(options.begin(), options.end(), [&](std::string_view one) {
      return kit::scalar_text(kit::member(one, "value")) == text;
    });
    if (!known) return std::nullopt;
  }
  return kit::json_string(text);
}

void check_attribute(const State& state, kit::Written& written, std::string_view key,
                     std::string_view value, const std::set<std::int64_t>& categories) {
  const auto add = [&](FieldFault fault) {
    written.problems.push_back({fmt::format("attributes.{}", key), fault, {}});
  };
  const RecordPtr attribute = state.find(kAttributes, kit::scalar_id(key).value_or(0));
  if (attribute == nullptr) return add(FieldFault::NotFound);
  const std::int64_t group = id_of(kAttributes, *attribute, "attribute_group_id");
  const auto groups = groups_for(state, categories);
  const bool reachable = std::any_of(groups.begin(), groups.end(),
                                     [&](const RecordPtr& one) { return one->id() == group; });
  if (!reachable || (value != "null" && !spelled_attribute(*attribute, value)))
    add(FieldFault::BadValue);
}

// --- Calls ---------------------------------------------------------------------------------------

/// The sent `options` of an attribute as answers have them: with option_id, attribute_id and order.
/// Ids and orders that are sent stay [inferred: no write was seen].
std::string complete_attribute_options(State& state, std::string_view raw,
                                       std::int64_t attribute_id) {
  constexpr std::string_view kCounter = "attributes.options";
  std::string list;
  int place = 0;
  for (const std::string_view one : kit::elements(raw)) {
    ++place;
    const std::string order = kit::scalar_text(kit::member(one, "order"));
    std::int64_t id = kit::scalar_id(kit::member(one, "option_id")).value_or(0);
    if (id == 0) {
      id = state.count_up(kCounter);
    } else {
      state.count_past(kCounter, id);
    }
    list +=
        fmt::format("{}{{\"option_id\":\"{}\",\"attribute_id\":\"{}\",\"value\":{},\"order\":{}}}",
                    list.empty() ? "[" : ",", id, attribute_id,
                    kit::json_string(kit::scalar_text(kit::member(one, "value"))),
                    kit::json_string(order.empty() ? std::to_string(place) : order));
  }
  return list.empty() ? "[]" : list + "]";
}

/// Each option has a `value`, a text or a number.
void check_attribute_options(kit::Written& written) {
  const auto options = kit::elements(written.raw(schema_of(kAttributes), "options"));
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string_view value = kit::member(options[i], "value");
    if (value.empty() || value.starts_with('{') || value.starts_with('[')) {
      written.problems.push_back({fmt::format("options[{}]", i), FieldFault::BadType, "value"});
    }
  }
}

/// Makes or changes a row of either resource; products and categories follow.
Reply write_attribute_row(Call& call, const kit::Record* row) {
  const Rows rows = *call.rows;
  const kit::Schema& schema = schema_of(rows);
  auto body =
      read_body(call, schema, row ? kit::WriteRules::Mode::Update : kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_references(call, written, schema);
  if (rows == kAttributes) check_attribute_options(written);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  kit::Table& table = call.state.table(rows);
  const std::int64_t id = row ? row->id() : table.take_id();
  RecordWriter writer = row ? RecordWriter(schema, *row) : RecordWriter(schema);
  kit::write_values(written.values, writer);
  writer.fill();
  set_id(rows, writer, id);
  if (rows == kAttributes && !written.raw(schema, "options").empty()) {
    writer.set("options",
               complete_attribute_options(call.state, std::string(writer.raw("options")), id));
  }
  table.put(writer.finish(id));
  renew_attributes(call.state);
  return bare(row ? 1 : id);
}

Reply create_attribute_row(Call& call) { return write_attribute_row(call, nullptr); }

Reply update_attribute_row(Call& call) {
  const RecordPtr row = call.state.find(*call.rows, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  return write_attribute_row(call, row.get());
}

/// Removes an attribute from the shop and its products [inferred].
Reply remove_attribute(Call& call) {
  State& state = call.state;
  if (!state.table(kAttributes).erase(call.id().value_or(0))) {
    return not_found(call.language, call.settings());
  }
  renew_attributes(state);
  return bare(1);
}

/// Removes a group with its attributes [inferred]; refused while it has some by setting
/// `delete_in_use`.
Reply remove_attribute_group(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  if (!state.has(kAttributeGroups, id)) return not_found(call.language, call.settings());
  const auto own = state.table(kAttributes).look_up("attribute_group_id", std::to_string(id));
  if (!own.empty() && call.settings().refuse_delete_in_use) {
    return forbidden_change(call.language, "cannot_delete_internal_object");
  }
  for (const RecordPtr& attribute : own) state.table(kAttributes).erase(attribute->id());
  // While the group is there, its products still know it as theirs and let it go.
  RecordWriter writer(schema_of(kAttributeGroups), *state.find(kAttributeGroups, id));
  writer.set("categories", "[]");
  state.table(kAttributeGroups).put(writer.finish(id));
  renew_attributes(state);
  state.table(kAttributeGroups).erase(id);
  return bare(1);
}

constexpr std::array kAttributeCalls{
    Handled{"POST /webapi/rest/attribute-groups", create_attribute_row},
    Handled{"PUT /webapi/rest/attribute-groups/{id}", update_attribute_row},
    Handled{"DELETE /webapi/rest/attribute-groups/{id}", remove_attribute_group},
    Handled{"POST /webapi/rest/attributes", create_attribute_row},
    Handled{"PUT /webapi/rest/attributes/{id}", update_attribute_row},
    Handled{"DELETE /webapi/rest/attributes/{id}", remove_attribute},
};

}  // namespace

void check_attributes(const Call& call, kit::Written& written, std::string_view categories) {
  const std::string sent(written.raw(schema_of(Rows::Products), "attributes"));
  if (sent.empty() || sent == "[]") return;
  if (!sent.starts_with('{')) {
    written.problems.push_back({"attributes", FieldFault::BadType, "object"});
    return;
  }
  const std::set<std::int64_t> ids = id_set(categories);
  kit::each_member(sent, [&](std::string_view key, std::string_view value) {
    check_attribute(call.state, written, key, value, ids);
  });
}

void write_attributes(const State& state, const kit::Written& written, std::string_view before,
                      RecordWriter& product) {
  HeldAttributes held = read_held(state, before);
  const std::string sent(written.raw(schema_of(Rows::Products), "attributes"));
  if (sent.starts_with('{')) {
    kit::each_member(sent, [&](std::string_view key, std::string_view value) {
      const std::int64_t id = kit::scalar_id(key).value_or(0);
      const RecordPtr attribute = state.find(kAttributes, id);
      if (value == "null" || attribute == nullptr) {
        held.values.erase(id);
      } else if (const auto text = spelled_attribute(*attribute, value)) {
        held.values[id] = *text;
      }
    });
  }
  product.set("attributes", write_held(state, held, product.raw("categories")));
}

void regroup_attributes(const State& state, RecordWriter& product) {
  const HeldAttributes held = read_held(state, product.raw("attributes"));
  product.set("attributes", write_held(state, held, product.raw("categories")));
}

void renew_attributes(State& state) {
  kit::Table& table = state.table(Rows::Products);
  std::vector<RecordPtr> changed;
  table.each([&](const RecordPtr& product) {
    RecordWriter writer(table.schema(), *product);
    regroup_attributes(state, writer);
    if (writer.raw("attributes") != raw_of(Rows::Products, *product, "attributes")) {
      changed.push_back(writer.finish(product->id()));
    }
    return true;
  });
  for (RecordPtr& product : changed) table.put(std::move(product));
  std::vector<std::int64_t> categories;
  state.table(Rows::Categories).each([&](const RecordPtr& category) {
    categories.push_back(category->id());
    return true;
  });
  for (const std::int64_t id : categories) renew_category_groups(state, id);
}

void renew_category_groups(State& state, std::int64_t category_id) {
  kit::Table& table = state.table(Rows::Categories);
  const RecordPtr category = table.find(category_id);
  if (category == nullptr) return;
  std::string groups;
  for (const RecordPtr& group : groups_for(state, {category_id})) {
    groups += fmt::format("{}{}", groups.empty() ? "[" : ",", group->id());
  }
  groups = groups.empty() ? "[]" : groups + "]";
  const std::size_t field = table.schema().at("translations");
  std::string text;
  kit::each_member(category->raw(field), [&](std::string_view locale, std::string_view raw) {
    RecordWriter one(*table.schema()[field].children, raw);
    one.set("attribute_groups", groups);
    text += fmt::format("{}\"{}\":{}", text.empty() ? "{" : ",", locale, one.object());
  });
  if (text.empty() || text + "}" == category->raw(field)) return;
  RecordWriter writer(table.schema(), *category);
  writer.set(field, text + "}");
  table.put(writer.finish(category_id));
}

std::span<const Handled> attribute_calls() { return kAttributeCalls; }

}  // namespace atrapa::mocks::shoper
