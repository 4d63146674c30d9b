#include "core/sync/import_order.hpp"

#include <fmt/format.h>

#include "core/domain/shop_zone.hpp"
#include "core/domain/vat_code.hpp"

namespace atrapa::core {

namespace {

std::string joined_name(const ShopParty& party) {
  if (!party.company.empty()) return party.company;
  if (party.first_name.empty() || party.last_name.empty())
    return party.first_name + party.last_name;
  return party.first_name + " " + party.last_name;
}

std::string contractor_of(const ShopOrder& order) {
  std::string name = joined_name(order.billing);
  if (name.empty()) name = joined_name(order.delivery);
  return name.empty() ? order.email : name;
}

std::string vat_of(const ShopLine& line, const ErpProduct& product) {
  auto code = shop_vat(line.tax, "", line.tax_value);
  if (!code && product.vat) code = parse_vat(*product.vat);
  return code ? to_text(*code) : std::string();
}

LogEntry entry(Severity severity, const ShopOrder& order, Reason reason, std::string_view text) {
  return {severity, RecordKind::Order, order.id, reason,
          fmt::format("order {}: {}", order.id, text)};
}

/// A line that was matched, priced and added up, or why it cannot be kept.
Result<ErpOrderLine, Objection> keep_line(const ShopLine& line, const ErpIndex& products,
                                          const Parts& parts, const SystimSwitches& switches) {
  const auto product = parts.match_line(line, products, parts.code_key, switches);
  if (!product) return fail(product.error());
  const auto charge = parts.line_charge(line, **product, switches);
  if (!charge) return fail(charge.error());
  if (!line.quantity.value) {
    return fail(Objection{Reason::LineUnreadable,
                          fmt::format("the quantity of the line '{}' cannot be read: '{}'",
                                      line.code, line.quantity.text)});
  }
  const auto value = parts.line_value(charge->unit_price, *line.quantity.value, charge->discount);
  if (!value) {
    return fail(Objection{Reason::LineUnreadable,
                          fmt::format("the line '{}' has {}", line.code, value.error())});
  }
  ErpOrderLine kept;
  kept.product_id = (*product)->id;
  kept.code = line.code;
  kept.name = line.name;
  kept.quantity = *line.quantity.value;
  kept.unit_price = charge->unit_price;
  kept.discount = charge->discount;
  kept.vat = vat_of(line, **product);
  kept.value = *value;
  return kept;
}

/// A word to the user when the shop's own total is not what its lines and shipping add up to: a
/// surcharge or a discount of the whole order that no line shows.
std::optional<LogEntry> compare_with_shop(const ImportInput& input, Money shipping) {
  const auto shop_total = parse_money(input.order.sum);
  if (!shop_total) return std::nullopt;
  std::vector<Money> amounts{shipping};
  for (const ShopLine& line : input.lines) {
    const auto discount = line.discount_percent.empty() ? Result<Percent>(Percent{})
                                                        : parse_percent(line.discount_percent);
    if (!line.unit_price.value || !line.quantity.value || !discount) return std::nullopt;
    const auto value = line_value(*line.unit_price.value, *line.quantity.value, *discount);
    if (!value) return std::nullopt;
    amounts.push_back(*value);
  }
  const auto own = sum(amounts);
  if (!own || *own == *shop_total) return std::nullopt;
  return entry(Severity::Warning, input.order, Reason::ShopTotalDiffers,
               fmt::format("the shop's total is {}, its lines and shipping make {}",
                           input.order.sum, to_text(*own)));
}

OrderPlan wait(OrderPlan plan, const ShopOrder& order, Severity severity, Reason reason,
               std::string_view text) {
  plan.order.reset();
  plan.waits_for = reason;
  plan.entries.push_back(entry(severity, order, reason, text));
  return plan;
}

}  // namespace

OrderPlan plan_order(const ImportInput& input, const ErpIndex& products, const Parts& parts,
                     const SystimSwitches& switches, const std::string& integration, Instant now) {
  OrderPlan plan;
  const ShopOrder& shop = input.order;
  ErpOrder order;
  for (const ShopLine& line : input.lines) {
    auto kept = keep_line(line, products, parts, switches);
    if (kept) {
      order.lines.push_back(*std::move(kept));
    } else if (parts.report_omitted_line(shop, line, kept.error())) {
      const Objection& objection = kept.error();
      order.omitted.push_back({line.code, line.name, line.quantity.text, line.unit_price.text,
                               std::string(to_string(objection.reason))});
      plan.entries.push_back(
          entry(Severity::Warning, shop, objection.reason,
                fmt::format("the line '{}' is left out: {}", line.name, objection.text)));
    }
  }
  if (order.lines.size() < input.lines.size() &&
      switches.unknown_line == UnknownLine::RefuseOrder) {
    return wait(std::move(plan), shop, Severity::Warning, Reason::OrderRefused,
                "not imported, because one of its lines cannot be");
  }
  if (order.lines.empty()) {
    const Reason reason = input.lines.empty() ? Reason::OrderHasNoLines : Reason::NoLineKnown;
    const std::string_view text =
        input.lines.empty() ? "it has no lines" : "the ERP knows none of its products";
    if (switches.all_lines_unknown == AllLinesUnknown::NoOrderAndReport) {
      return wait(std::move(plan), shop, Severity::Warning, reason,
                  fmt::format("not imported: {}", text));
    }
    plan.entries.push_back(
        entry(Severity::Warning, shop, reason, fmt::format("imported without lines: {}", text)));
  }
  const auto shipping =
      shop.shipping_cost.empty() ? Result<Money>(Money{}) : parse_money(shop.shipping_cost);
  if (!shipping) {
    return wait(std::move(plan), shop, Severity::Error, Reason::AmountUnreadable,
                "not imported, its shipping cost: " + shipping.error());
  }
  const auto total = parts.order_total(shop, order.lines, *shipping);
  if (!total) {
    return wait(std::move(plan), shop, Severity::Error, Reason::AmountUnreadable,
                "not imported, its total: " + total.error());
  }
  if (auto differs = compare_with_shop(input, *shipping))
    plan.entries.push_back(*std::move(differs));

  order.shop_order_id = shop.id;
  order.integration = integration;
  order.contractor = contractor_of(shop);
  order.nip = shop.billing.nip;
  order.email = shop.email;
  order.buyer = shop.billing;
  order.recipient = shop.delivery;
  order.notes = shop.notes;
  order.origin = shop.origin;
  order.placed_at = input.placed_at;
  order.placed_on = local_day(shop.date).value_or(
      std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(input.placed_at)));
  order.fetched_at = now;
  order.shipping_cost = *shipping;
  const auto shipping_vat = parse_vat(shop.shipping_tax);
  order.shipping_vat = shipping_vat ? to_text(*shipping_vat) : std::string();
  order.total_gross = *total;
  order.shop_total = shop.sum;
  plan.order = std::move(order);
  return plan;
}

ShopResult<ImportOutcome> import_order(ImportContext& context, const ImportInput& input) {
  OrderPlan plan = plan_order(input, context.products, context.parts, context.switches,
                              context.integration, context.now);
  ImportOutcome outcome;
  Ledger::Transaction transaction(context.ledger);
  if (plan.order) {
    const SavedOrder saved = context.ledger.save_order(
        *plan.order, Ledger::idempotency_key(context.integration, input.order.id));
    if (saved.already_there) return ImportOutcome{ImportOutcome::State::AlreadyThere, {}};
    context.ledger.forget_decision(context.integration, input.order.id);
  } else {
    context.ledger.decide_order(context.integration,
                                {input.order.id, OrderDecision::State::Waiting,
                                 plan.waits_for.value_or(Reason::OrderRefused)},
                                context.now);
    outcome.state = ImportOutcome::State::Waiting;
  }
  context.ledger.add_entries(context.run, plan.entries);
  transaction.commit();
  outcome.entries = std::move(plan.entries);
  return outcome;
}

}  // namespace atrapa::core
