#include "core/sync/stock_plan.hpp"

#include <fmt/format.h>

namespace atrapa::core {

namespace {

std::string shown(const ErpProduct& product) {
  return product.code ? fmt::format("'{}'", *product.code)
                      : fmt::format("{} ({})", product.id, product.name);
}

std::string shown(const ShopItem& item) {
  return item.code && !item.code->empty()
             ? fmt::format("'{}'", *item.code)
             : fmt::format("stock {} of product {}", item.stock_id, item.product_id);
}

template <typename Record>
LogEntry left(Severity severity, const Record& record, Reason reason, std::string_view why) {
  return {severity, RecordKind::Product, record.code.value_or(""), reason,
          fmt::format("{}: left alone: {}", shown(record), why)};
}

/// Missing prices, codes and stocks are everyday; what contradicts itself wants a look.
Severity severity_of(Reason reason) {
  return reason == Reason::StockBelowOne ? Severity::Info : Severity::Warning;
}

class Planner {
 public:
  Planner(const StockPlanInput& input, const Parts& parts) : input_(input), parts_(parts) {}

  StockPlan run() {
    const Pairing pairing =
        parts_.pair_products(input_.erp, input_.shop.items, parts_.code_key, input_.switches);
    report_unpaired(pairing);
    plan_.paired = static_cast<std::int64_t>(pairing.pairs.size());
    for (const auto& [erp, item] : pairing.pairs) {
      const auto objection = plan_pair(input_.erp[erp], input_.shop.items[item]);
      if (!objection) continue;
      leave(left(severity_of(objection->reason), input_.erp[erp], objection->reason,
                 objection->text));
      if (parts_.on_product_problem(*objection) == OnProblem::Stop) break;
    }
    return std::move(plan_);
  }

 private:
  void leave(LogEntry entry) {
    ++plan_.left_alone;
    plan_.entries.push_back(std::move(entry));
  }

  void report_unpaired(const Pairing& pairing) {
    const auto erp = [&](const std::vector<std::size_t>& positions, Severity severity,
                         Reason reason, std::string_view why) {
      for (const std::size_t i : positions) leave(left(severity, input_.erp[i], reason, why));
    };
    const auto shop = [&](const std::vector<std::size_t>& positions, Severity severity,
                          Reason reason, std::string_view why) {
      for (const std::size_t i : positions)
        leave(left(severity, input_.shop.items[i], reason, why));
    };
    erp(pairing.erp_codeless, Severity::Info, Reason::CodeMissing, "no product code in the ERP");
    shop(pairing.shop_codeless, Severity::Info, Reason::CodeMissing, "no product code in the shop");
    erp(pairing.erp_only, Severity::Info, Reason::OnlyInErp,
        "the shop has no product of this code");
    shop(pairing.shop_only, Severity::Info, Reason::OnlyInShop,
         "the ERP has no product of this code");
    erp(pairing.erp_twins, Severity::Warning, Reason::CodeNotUniqueInErp,
        "several products in the ERP have this code");
    shop(pairing.shop_twins, Severity::Warning, Reason::CodeNotUniqueInShop,
         "several products in the shop have this code");
    erp(pairing.erp_partner_of_twins, Severity::Warning, Reason::CodeNotUniqueInShop,
        "several products in the shop have this code");
    shop(pairing.shop_partner_of_twins, Severity::Warning, Reason::CodeNotUniqueInErp,
         "several products in the ERP have this code");
  }

  /// Plans the write of one pair, or says why it is left alone.
  std::optional<Objection> plan_pair(const ErpProduct& product, const ShopItem& item) {
    Link link{product.id, item.stock_id};
    const bool before = input_.found_done.contains(item.stock_id) ||
                        input_.links.contains(Ledger::link_key(product.id, item.stock_id));
    const Pair pair{product, item, input_.shop, before};
    if (auto objection = parts_.price_ok(pair, input_.switches)) return objection;
    if (auto objection = parts_.category_equal(pair, input_.switches)) return objection;
    if (auto objection = parts_.vat_equal(pair, input_.switches)) return objection;
    const auto figure = parts_.stock_figure(product, input_.formula);
    if (!figure) return figure.error();
    if (auto objection = parts_.stock_enough(pair, *figure, input_.switches)) return objection;
    const FittedFigure fitted = parts_.fit_to_unit(pair, *figure, input_.switches);
    if (!fitted.send) return fitted.remark;

    if (fitted.remark) {
      plan_.entries.push_back({Severity::Warning, RecordKind::Product, product.code.value_or(""),
                               fitted.remark->reason,
                               fmt::format("{}: {}", shown(product), fitted.remark->text)});
    }
    const auto in_shop = item.stock ? item.stock->value : std::nullopt;
    if (in_shop == *fitted.send) {
      plan_.in_sync.push_back(std::move(link));
      return std::nullopt;
    }
    plan_.writes.push_back({{item.stock_id, parts_.write_value(*fitted.send, in_shop)},
                            std::move(link),
                            product.code.value_or("")});
    return std::nullopt;
  }

  const StockPlanInput& input_;
  const Parts& parts_;
  StockPlan plan_;
};

}  // namespace

StockPlan plan_stock(const StockPlanInput& input, const Parts& parts) {
  return Planner(input, parts).run();
}

}  // namespace atrapa::core
