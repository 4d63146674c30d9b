#include "mocks/shoper/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "mocks/shoper/rows.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

/// One `{option_id, value_id}` of a variant.
struct Choice {
  std::int64_t option = 0;
  std::int64_t value = 0;
  auto operator<=>(const Choice&) const = default;
};

std::vector<Choice> read_choices(std::string_view options) {
  std::vector<Choice> all;
  for (const std::string_view one : kit::elements(options)) {
    all.push_back({kit::scalar_id(kit::member(one, "option_id")).value_or(0),
                   kit::scalar_id(kit::member(one, "value_id")).value_or(0)});
  }
  return all;
}

std::vector<RecordPtr> own_variants(const State& state, std::int64_t product_id) {
  auto rows = state.table(Rows::ProductStocks).look_up("product_id", std::to_string(product_id));
  std::erase_if(rows, [](const RecordPtr& row) {
    return text_of(Rows::ProductStocks, *row, "extended") != "1";
  });
  return rows;
}

/// The group that the first known option of the list belongs to; 0 for none.
std::int64_t group_of_choices(const State& state, const std::vector<Choice>& choices) {
  for (const Choice& choice : choices) {
    if (const RecordPtr option = state.find(Rows::Options, choice.option)) {
      return id_of(Rows::Options, *option, "group_id");
    }
  }
  return 0;
}

void add_variant_problem(kit::Written& written, std::string field, FieldFault fault) {
  written.problems.push_back({std::move(field), fault, {}});
}

void check_choice(const State& state, kit::Written& written, const Choice& choice,
                  std::int64_t group, std::size_t place) {
  const std::string at = fmt::format("options[{}]", place);
  const RecordPtr option = state.find(Rows::Options, choice.option);
  if (option == nullptr)
    return add_variant_problem(written, at + ".option_id", FieldFault::NotFound);
  const bool makes_variants = text_of(Rows::Options, *option, "stock") == "1";
  if (!makes_variants || id_of(Rows::Options, *option, "group_id") != group) {
    return add_variant_problem(written, at + ".option_id", FieldFault::BadValue);
  }
  const RecordPtr value = state.find(Rows::OptionValues, choice.value);
  if (value == nullptr) return add_variant_problem(written, at + ".value_id", FieldFault::NotFound);
  if (id_of(Rows::OptionValues, *value, "option_id") != choice.option) {
    add_variant_problem(written, at + ".value_id", FieldFault::BadValue);
  }
}

/// Whether each option of the group that makes variants and is required is among the choices.
bool is_complete_variant(const State& state, const std::vector<Choice>& choices,
                         std::int64_t group) {
  const auto options = state.table(Rows::Options).look_up("group_id", std::to_string(group));
  return std::all_of(options.begin(), options.end(), [&](const RecordPtr& option) {
    const bool needed = text_of(Rows::Options, *option, "stock") == "1" &&
                        text_of(Rows::Options, *option, "required") == "1";
    return !needed || std::any_of(choices.begin(), choices.end(), [&](const Choice& choice) {
      return choice.option == option->id();
    });
  });
}

bool is_variant_taken(const State& state, std::int64_t product_id, std::vector<Choice> choices,
                      std::int64_t own) {
  std::sort(choices.begin(), choices.end());
  for (const RecordPtr& variant : own_variants(state, product_id)) {
    if (variant->id() == own) continue;
    auto others = read_choices(raw_of(Rows::ProductStocks, *variant, "options"));
    std::sort(others.begin(), others.end());
    if (others == choices) return true;
  }
  return false;
}

/// Adds to both figures of a row of option-groups or option-values.
void add_to_totals(State& state, Rows rows, std::int64_t id, int products, int stocks) {
  const RecordPtr row = state.find(rows, id);
  if (row == nullptr) return;
  RecordWriter writer(schema_of(rows), *row);
  const auto add = [&](std::string_view field, int by) {
    writer.set(field,
               std::max(kit::Decimal(0), number_of(writer, field) + kit::Decimal(by)).text());
  };
  add("total_products", products);
  add("total_stocks", stocks);
  state.table(rows).put(writer.finish(id));
}

void clear_totals(State& state, Rows rows) {
  std::vector<RecordPtr> counted;
  state.table(rows).each([&](const RecordPtr& row) {
    const bool zero =
        raw_of(rows, *row, "total_products") == "0" && raw_of(rows, *row, "total_stocks") == "0";
    if (!zero) counted.push_back(row);
    return true;
  });
  for (const RecordPtr& row : counted) {
    RecordWriter writer(schema_of(rows), *row);
    writer.set("total_products", "0");
    writer.set("total_stocks", "0");
    state.table(rows).put(writer.finish(row->id()));
  }
}

}  // namespace

void check_variant(const Call& call, kit::Written& written, const kit::Record* product,
                   std::int64_t own) {
  const State& state = call.state;
  const std::string_view raw = written.raw(schema_of(Rows::ProductStocks), "options");
  const std::vector<Choice> choices = read_choices(raw);
  if (choices.empty()) return;
  const std::size_t problems = written.problems.size();
  std::int64_t group = product ? id_of(Rows::Products, *product, "group_id") : 0;
  // The only variant may move to another group and take its product along.
  const auto present = product ? own_variants(state, product->id()) : std::vector<RecordPtr>{};
  const bool alone = present.size() == 1 && present.front()->id() == own;
  if (group == 0 || alone || !state.has(Rows::OptionGroups, group)) {
    group = group_of_choices(state, choices);
  }
  for (std::size_t i = 0; i < choices.size(); ++i) {
    check_choice(state, written, choices[i], group, i);
    const bool twice =
        std::any_of(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const Choice& one) { return one.option == choices[i].option; });
    if (twice)
      add_variant_problem(written, fmt::format("options[{}].option_id", i), FieldFault::Taken);
  }
  if (written.problems.size() != problems) return;
  if (!is_complete_variant(state, choices, group))
    add_variant_problem(written, "options", FieldFault::Missing);
  if (product && !call.settings().accept_duplicate_variants &&
      is_variant_taken(state, product->id(), choices, own)) {
    add_variant_problem(written, "options", FieldFault::Taken);
  }
}

void assign_group(State& state, std::int64_t product_id) {
  const RecordPtr product = state.find(Rows::Products, product_id);
  if (product == nullptr) return;
  const auto variants = own_variants(state, product_id);
  std::string group = "null";
  if (!variants.empty()) {
    const std::int64_t id = group_of_choices(
        state, read_choices(raw_of(Rows::ProductStocks, *variants.front(), "options")));
    if (id == 0) return;
    group = kit::json_string(std::to_string(id));
  }
  if (raw_of(Rows::Products, *product, "group_id") == group) return;
  RecordWriter writer(schema_of(Rows::Products), *product);
  writer.set("group_id", group);
  state.table(Rows::Products).put(writer.finish(product_id));
}

void count_variants(State& state, std::int64_t product_id, int by) {
  const RecordPtr product = state.find(Rows::Products, product_id);
  const std::int64_t group = product ? id_of(Rows::Products, *product, "group_id") : 0;
  if (group == 0) return;
  const auto variants = own_variants(state, product_id);
  std::map<std::int64_t, int> values;
  for (const RecordPtr& variant : variants) {
    for (const Choice& one : read_choices(raw_of(Rows::ProductStocks, *variant, "options"))) {
      ++values[one.value];
    }
  }
  add_to_totals(state, Rows::OptionGroups, group, by, by * static_cast<int>(variants.size()));
  for (const auto& [value, count] : values) {
    add_to_totals(state, Rows::OptionValues, value, by, by * count);
  }
}

void recount_variants(State& state) {
  clear_totals(state, Rows::OptionGroups);
  clear_totals(state, Rows::OptionValues);
  state.table(Rows::Products).each([&](const RecordPtr& product) {
    count_variants(state, product->id(), 1);
    return true;
  });
}

bool names_option(const kit::Record& stock, std::int64_t option_id, std::int64_t value_id) {
  const auto choices = read_choices(raw_of(Rows::ProductStocks, stock, "options"));
  return std::any_of(choices.begin(), choices.end(), [&](const Choice& one) {
    return one.option == option_id && (value_id == 0 || one.value == value_id);
  });
}

}  // namespace atrapa::mocks::shoper
