#include "core/sync/product_plan.hpp"

#include <fmt/format.h>

namespace atrapa::core {

namespace {

class AdditionPlanner {
 public:
  AdditionPlanner(const ProductPlanInput& input, const Parts& parts)
      : input_(input), parts_(parts), directory_(input.shop, input.switches) {}

  ProductPlan run() {
    const Pairing pairing =
        parts_.pair_products(input_.erp, input_.shop.items, parts_.code_key, input_.switches);
    plan_.there =
        static_cast<std::int64_t>(pairing.pairs.size() + pairing.erp_partner_of_twins.size());
    for (const std::size_t i : pairing.erp_only) add(input_.erp[i]);
    for (const std::size_t i : pairing.erp_codeless) consider_codeless(input_.erp[i]);
    for (const std::size_t i : pairing.erp_twins) {
      leave(input_.erp[i],
            {Reason::CodeNotUniqueInErp, "several products in the ERP have its code"},
            Severity::Warning);
    }
    return std::move(plan_);
  }

 private:
  static std::string record_of(const ErpProduct& product) {
    return product.code && !product.code->empty() ? *product.code : product.id;
  }

  void note(const ErpProduct& product, Severity severity, Reason reason, std::string_view text) {
    plan_.entries.push_back({severity, RecordKind::Product, record_of(product), reason,
                             fmt::format("'{}' ({}): {}", record_of(product), product.name, text)});
  }

  void leave(const ErpProduct& product, const Objection& objection, Severity severity) {
    ++plan_.left_alone;
    note(product, severity, objection.reason,
         fmt::format("not added to the shop: {}", objection.text));
  }

  void consider_codeless(const ErpProduct& product) {
    const auto before = input_.added_before.find(product.id);
    const bool added = before != input_.added_before.end();
    if (parts_.add_codeless(added, input_.switches)) {
      add(product);
    } else {
      leave(product,
            {Reason::AddedBefore,
             fmt::format("it has no code and was added before, as product {}; give both sides a "
                         "code to have it synchronised",
                         added ? before->second : "")},
            input_.switches.codeless_again == CodelessAgain::ReportOnly ? Severity::Warning
                                                                        : Severity::Info);
    }
  }

  void add(const ErpProduct& product) {
    auto draft = parts_.draft_product(product, directory_);
    if (!draft) return leave(product, draft.error(), Severity::Warning);
    draft->stock = first_stock(product, *draft);
    if (directory_.category_is_a_guess(product)) {
      note(product, Severity::Warning, Reason::CategoryAmbiguous,
           fmt::format("several categories of the shop bear the name of its own; the first of "
                       "them, {}, is taken",
                       draft->category_id));
    }
    plan_.additions.push_back({*std::move(draft), product.id, record_of(product)});
  }

  /// The figure that the stock sync would send, else 0: what it holds back for a reason must not
  /// come in by the back door.
  Quantity first_stock(const ErpProduct& product, const NewProduct& draft) {
    const auto figure = parts_.stock_figure(product, input_.formula);
    if (!figure) {
      note(product, Severity::Warning, figure.error().reason,
           fmt::format("added with a stock of 0: {}", figure.error().text));
      return {};
    }
    ShopItem item;
    item.code = draft.code;
    item.unit_id = draft.unit_id;
    const Pair pair{product, item, input_.shop, false};
    if (const auto objection = parts_.stock_enough(pair, *figure, input_.switches)) {
      if (*figure != Quantity{}) {
        note(product, Severity::Warning, objection->reason,
             fmt::format("added with a stock of 0: {}", objection->text));
      }
      return {};
    }
    const FittedFigure fitted = parts_.fit_to_unit(pair, *figure, input_.switches);
    if (fitted.remark) {
      note(product, Severity::Warning, fitted.remark->reason,
           fmt::format("added with a stock of {}: {}", to_text(fitted.send.value_or(Quantity{})),
                       fitted.remark->text));
    }
    return fitted.send ? parts_.write_value(*fitted.send, std::nullopt) : Quantity{};
  }

  const ProductPlanInput& input_;
  const Parts& parts_;
  ShopDirectory directory_;
  ProductPlan plan_;
};

}  // namespace

ProductPlan plan_products(const ProductPlanInput& input, const Parts& parts) {
  return AdditionPlanner(input, parts).run();
}

}  // namespace atrapa::core
