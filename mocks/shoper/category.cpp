#include <fmt/format.h>

#include <algorithm>

#include "mocks/shoper/attributes.hpp"
#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/product_links.hpp"
#include "mocks/shoper/rows.hpp"

// categories and their tree. `parent_id` is written but never read: the tree is categories-tree
// [doc].

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;
using kit::RecordWriter;

constexpr Rows kCategories = Rows::Categories;

const kit::Schema& categories() { return schema_of(kCategories); }

/// The categories right below, by `order` and id. `parent` 0 gives the roots.
std::vector<RecordPtr> children_of(const State& state, std::int64_t parent) {
  std::vector<RecordPtr> rows =
      state.table(kCategories).look_up("parent_id", std::to_string(parent));
  std::stable_sort(rows.begin(), rows.end(), [](const RecordPtr& a, const RecordPtr& b) {
    return number_of(kCategories, *a, "order") < number_of(kCategories, *b, "order");
  });
  return rows;
}

/// A node and what is below it: {"id":21,"children":[...]}, ids as JSON numbers [rec].
void append_node(const State& state, std::int64_t id, std::string& text) {
  text += fmt::format("{{\"id\":{},\"children\":[", id);
  bool first = true;
  for (const RecordPtr& child : children_of(state, id)) {
    if (!std::exchange(first, false)) text.push_back(',');
    append_node(state, child->id(), text);
  }
  text += "]}";
}

/// Whether `id` is `ancestor` or lies below it.
bool lies_below(const State& state, std::int64_t id, std::int64_t ancestor) {
  // A planted world may hold a ring: no chain is longer than there are categories.
  for (std::size_t steps = 0; id != 0 && steps <= state.table(kCategories).size(); ++steps) {
    if (id == ancestor) return true;
    const RecordPtr row = state.find(kCategories, id);
    if (row == nullptr) return false;
    id = id_of(kCategories, *row, "parent_id");
  }
  return false;
}

Reply list_categories(Call& call) { return list_rows(call); }

/// Adds the problems of a sent parent: it must exist (0 makes a root category), and for the
/// category `own` it must not lie below it.
void check_parent(const Call& call, kit::Written& written, std::int64_t own) {
  const std::string_view raw = written.raw(categories(), "parent_id");
  if (raw.empty()) return;
  const std::int64_t parent = kit::scalar_id(raw).value_or(-1);
  if (parent != 0 && !call.state.has(kCategories, parent)) {
    written.problems.push_back({"parent_id", kit::FieldFault::NotFound, {}});
  } else if (own != 0 && lies_below(call.state, parent, own)) {
    written.problems.push_back({"parent_id", kit::FieldFault::BadValue, {}});
  }
}

void set_root(RecordWriter& writer) {
  const bool root = kit::scalar_id(writer.raw("parent_id")).value_or(0) == 0;
  writer.set_text("root", root ? "1" : "0");
}

/// Makes a category below `parent_id`. Answers the bare id.
Reply create_category(Call& call) {
  auto body = read_body(call, categories(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_parent(call, written, 0);
  check_locales(call, written, categories());
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  const std::int64_t id = call.state.table(kCategories).take_id();
  RecordWriter writer(categories());
  kit::write_values(written.values, writer);
  set_root(writer);
  writer.fill();
  set_id(kCategories, writer, id);
  complete_translations(call.state, kCategories, writer, id);
  call.state.table(kCategories).put(writer.finish(id));
  return bare(id);
}

/// Changes the sent fields; a parent that lies below the category itself is refused [inferred].
Reply update_category(Call& call) {
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr row = call.state.find(kCategories, id);
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, categories(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_parent(call, written, id);
  check_locales(call, written, categories());
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  RecordWriter writer(categories(), *row);
  kit::write_values(written.values, writer);
  if (!written.raw(categories(), "parent_id").empty()) set_root(writer);
  complete_translations(call.state, kCategories, writer, id);
  call.state.table(kCategories).put(writer.finish(id));
  renew_category_groups(call.state, id);
  return bare(1);
}

/// The category and all below it.
std::vector<std::int64_t> branch_of(const State& state, std::int64_t id) {
  std::vector<std::int64_t> branch{id};
  for (std::size_t i = 0; i < branch.size(); ++i) {
    for (const RecordPtr& child : children_of(state, branch[i])) {
      const bool known = std::find(branch.begin(), branch.end(), child->id()) != branch.end();
      if (!known) branch.push_back(child->id());
    }
  }
  return branch;
}

/// Removes a category with all below it. Products whose main category is among them have none from
/// then on, or keep it from being deleted, by setting `delete_in_use`.
Reply remove_category_call(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.id().value_or(0);
  if (!state.has(kCategories, id)) return not_found(call.language, call.settings());
  const auto branch = branch_of(state, id);
  if (call.settings().refuse_delete_in_use &&
      std::any_of(branch.begin(), branch.end(),
                  [&](std::int64_t one) { return is_named(state, kCategories, one); })) {
    return forbidden_change(call.language, "cannot_delete_internal_object");
  }
  remove_category(state, id);
  for (const std::int64_t one : branch) detach(state, kCategories, one);
  renew_attributes(state);
  return bare(1);
}

/// A bare array of the root nodes, without an envelope; page and limit are accepted and passed over
/// [rec, inferred].
Reply read_tree(Call& call) {
  std::string text = "[";
  for (const RecordPtr& root : children_of(call.state, 0)) {
    if (text.size() > 1) text.push_back(',');
    append_node(call.state, root->id(), text);
  }
  return success(text + "]");
}

/// The node of one category [doc; its shape inferred from the whole tree's].
Reply read_subtree(Call& call) {
  const std::int64_t id = call.id().value_or(0);
  if (!call.state.has(kCategories, id)) return not_found(call.language, call.settings());
  std::string text;
  append_node(call.state, id, text);
  return success(std::move(text));
}

constexpr std::array kCategoryCalls{
    Handled{"GET /webapi/rest/categories", list_categories},
    Handled{"GET /webapi/rest/categories/{id}", get_row},
    Handled{"POST /webapi/rest/categories", create_category},
    Handled{"PUT /webapi/rest/categories/{id}", update_category},
    Handled{"DELETE /webapi/rest/categories/{id}", remove_category_call},
    Handled{"GET /webapi/rest/categories-tree", read_tree},
    Handled{"GET /webapi/rest/categories-tree/{id}", read_subtree},
};

}  // namespace

void remove_category(State& state, std::int64_t id) {
  if (!state.table(kCategories).erase(id)) return;
  for (const RecordPtr& child : children_of(state, id)) remove_category(state, child->id());
  std::vector<RecordPtr> members;
  state.table(Rows::Products).each([&](const RecordPtr& product) {
    for (const std::string_view element :
         kit::elements(raw_of(Rows::Products, *product, "categories"))) {
      if (kit::scalar_id(element) == id) members.push_back(product);
    }
    return true;
  });
  for (const RecordPtr& product : members) {
    RecordWriter writer(schema_of(Rows::Products), *product);
    writer.set("categories", with_main_category(writer.raw("categories"), 0, id));
    state.table(Rows::Products).put(writer.finish(product->id()));
  }
}

std::span<const Handled> category_calls() { return kCategoryCalls; }

}  // namespace atrapa::mocks::shoper
