#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "harness/world/names.hpp"
#include "harness/world/row_shapes.hpp"
#include "harness/world/world.hpp"
#include "mocks/base/base.hpp"
#include "mocks/kit/world_error.hpp"
#include "mocks/shoper/shoper.hpp"

namespace atrapa::harness {
namespace {

/// One foreign key of the wire. `zero` and null mean "none" there.
struct Reference {
  std::string_view resource;
  std::string_view field;
  std::string_view target;
};

constexpr std::array kReferences{
    Reference{"users", "lang_id", "languages"},
    Reference{"shippings", "tax_id", "taxes"},
    Reference{"categories", "parent_id", "categories"},
    Reference{"products", "tax_id", "taxes"},
    Reference{"products", "unit_id", "units"},
    Reference{"products", "category_id", "categories"},
    Reference{"product-stocks", "product_id", "products"},
    Reference{"options", "group_id", "option-groups"},
    Reference{"option-values", "option_id", "options"},
    Reference{"attributes", "attribute_group_id", "attribute-groups"},
    Reference{"product-images", "product_id", "products"},
    Reference{"specialoffers", "product_id", "products"},
    Reference{"orders", "user_id", "users"},
    Reference{"orders", "status_id", "statuses"},
    Reference{"orders", "payment_id", "payments"},
    Reference{"orders", "shipping_id", "shippings"},
    Reference{"orders", "shipping_tax_id", "taxes"},
    Reference{"orders", "lang_id", "languages"},
    Reference{"order-products", "order_id", "orders"},
};

/// An id as text, however it was written; nothing for null, "", 0 and what is no id.
std::optional<std::string> id_text(const Json& value) {
  std::string text;
  if (const auto* string = value.get_ptr<const std::string*>()) {
    text = *string;
  } else if (value.is_number_integer()) {
    text = value.dump();
  }
  if (text.empty() || text == "0") return std::nullopt;
  return text;
}

std::optional<std::string> id_of(const Json& row, std::string_view field) {
  const auto at = row.find(field);
  return at == row.end() ? std::nullopt : id_text(*at);
}

class AccountCheck {
 public:
  AccountCheck(std::string pointer, const Json& account, std::vector<WorldProblem>& problems)
      : pointer_(std::move(pointer)), problems_(problems) {
    const auto resources = account.find("resources");
    if (resources != account.end()) resources_ = &*resources;
  }

  void run() {
    if (resources_ == nullptr) return;
    for (const auto& [name, rows] : resources_->items()) check_rows(name, rows);
    for (const Reference& reference : kReferences) check_reference(reference);
    check_product_categories();
    check_shipping_payments();
    check_order_lines();
    check_category_roots();
  }

 private:
  void bad(std::string pointer, std::string problem) {
    problems_.push_back({std::move(pointer), std::move(problem)});
  }

  std::string at(std::string_view resource, std::size_t row, std::string_view field = {}) const {
    return fmt::format("{}/resources/{}/{}{}", pointer_, resource, row,
                       field.empty() ? "" : fmt::format("/{}", field));
  }

  const Json& rows(std::string_view resource) const {
    static const Json kNone = Json::array();
    const auto found = resources_->find(resource);
    return found == resources_->end() ? kNone : *found;
  }

  bool has(std::string_view resource, const std::string& id) const {
    const auto ids = ids_.find(resource);
    return ids != ids_.end() && ids->second.contains(id);
  }

  void check_rows(const std::string& name, const Json& list) {
    const auto shape = row_shapes().find(name);
    if (shape == row_shapes().end()) {
      std::vector<std::string_view> known;
      for (const auto& [resource, ignored] : row_shapes()) known.push_back(resource);
      bad(fmt::format("{}/resources{}", pointer_, pointer_step(name)), unknown_key(name, known));
      return;
    }
    const std::vector<std::string_view> fields(shape->second.fields.begin(),
                                               shape->second.fields.end());
    auto& ids = ids_[name];
    for (std::size_t i = 0; i < list.size(); ++i) {
      for (const auto& [key, value] : list[i].items()) {
        if (std::find(fields.begin(), fields.end(), key) != fields.end()) continue;
        bad(at(name, i) + pointer_step(key), unknown_key(key, fields));
      }
      const auto id = id_of(list[i], shape->second.id);
      if (id && !ids.insert(*id).second) {
        bad(at(name, i, shape->second.id), fmt::format("a second row {}; ids are unique", *id));
      }
      if (name == "products") check_stock_id(i, list[i]);
      if (name == "product-stocks" && id) claim_stock(at(name, i, "stock_id"), *id);
    }
  }

  void check_stock_id(std::size_t row, const Json& product) {
    const auto stock = product.find("stock");
    if (stock == product.end() || !stock->is_object()) return;
    if (const auto id = id_of(*stock, "stock_id"))
      claim_stock(at("products", row, "stock/stock_id"), *id);
  }

  void claim_stock(std::string pointer, const std::string& id) {
    if (stocks_.insert(id).second) return;
    bad(std::move(pointer), fmt::format("stock {} belongs to two rows; base stocks and variants "
                                        "share one series of ids",
                                        id));
  }

  void check_reference(const Reference& reference) {
    const Json& list = rows(reference.resource);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto id = id_of(list[i], reference.field);
      if (!id || has(reference.target, *id)) continue;
      bad(at(reference.resource, i, reference.field), missing(reference.target, *id));
    }
  }

  static std::string missing(std::string_view target, const std::string& id) {
    return fmt::format("there is no row {} in '{}'", id, target);
  }

  void check_product_categories() {
    const Json& list = rows("products");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto categories = list[i].find("categories");
      if (categories == list[i].end() || !categories->is_array()) continue;
      for (std::size_t k = 0; k < categories->size(); ++k) {
        const auto id = id_text((*categories)[k]);
        if (!id || has("categories", *id)) continue;
        bad(at("products", i, fmt::format("categories/{}", k)), missing("categories", *id));
      }
    }
  }

  void check_shipping_payments() {
    const Json& list = rows("shippings");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto payments = list[i].find("payments");
      if (payments == list[i].end() || !payments->is_array()) continue;
      for (std::size_t k = 0; k < payments->size(); ++k) {
        if (!(*payments)[k].is_object()) continue;
        const auto id = id_of((*payments)[k], "payment_id");
        if (!id || has("payments", *id)) continue;
        bad(at("shippings", i, fmt::format("payments/{}/payment_id", k)), missing("payments", *id));
      }
    }
  }

  /// A line may point at a product that is gone: it then has to carry what was copied into it when
  /// it was sold. Without that it is a slip of whoever wrote the world.
  void check_order_lines() {
    constexpr std::array<std::string_view, 3> kCopied{"name", "code", "price"};
    const Json& list = rows("order-products");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto product = id_of(list[i], "product_id");
      if (!product || has("products", *product)) continue;
      if (std::all_of(kCopied.begin(), kCopied.end(),
                      [&](std::string_view field) { return list[i].contains(field); })) {
        continue;
      }
      bad(at("order-products", i, "product_id"),
          fmt::format("{}; the line of a deleted product carries its own name, code and price",
                      missing("products", *product)));
    }
  }

  /// Following `parent_id` upwards has to end.
  void check_category_roots() {
    const Json& list = rows("categories");
    std::map<std::string, std::string> parents;
    for (const Json& row : list) {
      const auto id = id_of(row, "category_id");
      const auto parent = id_of(row, "parent_id");
      if (id && parent) parents[*id] = *parent;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      const auto id = id_of(list[i], "category_id");
      if (!id) continue;
      std::size_t steps = 0;
      for (auto up = parents.find(*id); up != parents.end() && steps <= parents.size(); ++steps) {
        up = parents.find(up->second);
      }
      if (steps > parents.size()) {
        bad(at("categories", i, "parent_id"), "the category lies below itself");
      }
    }
  }

  std::string pointer_;
  const Json* resources_ = nullptr;
  std::map<std::string, std::set<std::string>, std::less<>> ids_;
  std::set<std::string> stocks_;
  std::vector<WorldProblem>& problems_;
};

/// What the platform itself has against its accounts, unless it is known already.
void note_refusal(const std::string& name, mocks::kit::Platform& platform, const Json& accounts,
                  std::vector<WorldProblem>& problems) {
  try {
    platform.restore(accounts);
  } catch (const mocks::kit::WorldError& error) {
    WorldProblem refused{.pointer = fmt::format("/{}{}", name, error.pointer()),
                         .problem = std::string(error.what()).substr(error.pointer().size() + 2)};
    const bool known = std::any_of(
        problems.begin(), problems.end(),
        [&](const WorldProblem& problem) { return problem.pointer == refused.pointer; });
    if (!known) problems.push_back(std::move(refused));
  }
}

}  // namespace

std::vector<WorldProblem> validate(const World& world) {
  std::vector<WorldProblem> problems;
  for (std::size_t i = 0; i < world.shoper.size(); ++i) {
    AccountCheck(fmt::format("/shoper/{}", i), world.shoper[i], problems).run();
  }
  note_refusal("shoper", *mocks::shoper::make_shoper(), world.shoper, problems);
  note_refusal("base", *mocks::base::make_base(), world.base, problems);
  return problems;
}

}  // namespace atrapa::harness
