#include <fmt/format.h>

#include <array>

#include "mocks/base/call.hpp"
#include "mocks/base/order_edit.hpp"

namespace atrapa::mocks::base {
namespace {

/// The credit in use: charges less repayments. What waits to be accepted does not count [inferred].
kit::Decimal blocked_credit(const State& state, std::int64_t contractor_id) {
  kit::Decimal blocked;
  const auto& entries = state.connect.credit_entries;
  for (const CreditEntry* entry :
       entries.look_up(CreditEntry::ContractorId, number_key(contractor_id))) {
    if (!entry->is_accepted) continue;
    blocked = entry->type == "payment" ? blocked - entry->amount : blocked + entry->amount;
  }
  return blocked;
}

Reply no_contractor(const Call& call, std::int64_t contractor_id) {
  return call.refuse(fmt::format("contractor {} is not there", contractor_id));
}

/// The options of an integration are not documented; the sample shows none.
void write_integrations(Answer& answer, const State& state, std::string_view name, bool own) {
  const auto list = answer.open(name);
  state.connect.connect_integrations.each([&](const ConnectIntegration& integration) {
    if (integration.own != own) return true;
    const auto item = answer.item();
    answer.put("connect_integration_id", integration.id);
    answer.put("name", integration.name);
    const auto settings = answer.open("settings");
    return true;
  });
}

Reply get_connect_integrations(Call& call) {
  Answer answer = call.answer();
  {
    const auto integrations = answer.open("integrations");
    write_integrations(answer, call.state, "own_integrations", true);
    write_integrations(answer, call.state, "connected_integrations", false);
  }
  return call.done(std::move(answer));
}

/// Of `credit_data` only `credit_to_pay`, the credit in use, has a documented name; it is there for
/// contractors who have a credit [inferred]. Options as those of an integration.
Reply get_connect_integration_contractors(Call& call) {
  const State& state = call.state;
  const std::int64_t id = call.given().integer("connect_integration_id");
  if (!state.connect.connect_integrations.has(id)) {
    return call.refuse(fmt::format("integration {} is not there", id));
  }
  Answer answer = call.answer();
  {
    const auto list = answer.open("contractors");
    for (const ConnectContractor* contractor : state.connect.connect_contractors.look_up(
             ConnectContractor::IntegrationId, number_key(id))) {
      const auto item = answer.item(contractor->id);
      answer.put("connect_contractor_id", contractor->id);
      answer.put("name", contractor->name);
      {
        const auto credit = answer.open("credit_data");
        const kit::Decimal blocked = blocked_credit(state, contractor->id);
        if (blocked != 0 || contractor->credit_limit != 0) answer.add("credit_to_pay", blocked);
      }
      const auto settings = answer.open("settings");
    }
  }
  return call.done(std::move(answer));
}

/// Oldest first [inferred].
Reply get_connect_contractor_credit_history(Call& call) {
  const State& state = call.state;
  const std::int64_t id = call.given().integer("connect_contractor_id");
  if (!state.connect.connect_contractors.has(id)) return no_contractor(call, id);
  Answer answer = call.answer();
  {
    const auto list = answer.open("credit_data");
    for (const CreditEntry* entry :
         state.connect.credit_entries.look_up(CreditEntry::ContractorId, number_key(id))) {
      const auto item = answer.item();
      answer.put("credit_entry_id", entry->id);
      answer.put("date_add", entry->date_add);
      answer.put("description", entry->description);
      answer.put("currency", entry->currency);
      answer.put("type", entry->type);
      answer.put("amount", entry->amount);
      answer.put("is_accepted", entry->is_accepted);
    }
  }
  return call.done(std::move(answer));
}

/// Records a repayment: above 0, and at most the credit in use [doc].
Reply add_connect_contractor_credit_settlement(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  const std::int64_t id = given.integer("connect_contractor_id");
  const ConnectContractor* contractor = state.connect.connect_contractors.find(id);
  if (contractor == nullptr) return no_contractor(call, id);
  const std::int64_t order_id = given.integer("order_id");
  if (order_id != 0 && find_order(state, order_id) == nullptr) {
    return call.refuse(fmt::format("order {} is not there", order_id));
  }
  const kit::Decimal amount = read_money(given.decimal("amount"), "amount");
  const kit::Decimal blocked = blocked_credit(state, id);
  if (amount <= 0) return call.refuse("amount must be above 0");
  if (amount > blocked) {
    return call.refuse(fmt::format("amount is above the credit in use, {}", blocked.fixed(2)));
  }
  const std::int64_t entry_id =
      state.connect.credit_entries.add({.contractor_id = id,
                                        .date_add = call.now(),
                                        .description = given.text("message"),
                                        .currency = contractor->currency,
                                        .type = "payment",
                                        .amount = amount,
                                        .order_id = order_id});
  Answer answer = call.answer();
  answer.put("credit_entry_id", entry_id);
  answer.put("new_blocked_credit", blocked - amount);
  answer.put("new_available_credit", contractor->credit_limit - (blocked - amount));
  return call.done(std::move(answer));
}

/// The limit may be below the credit in use: nothing more is available then [inferred]. Where the
/// message goes is not documented; it is not kept.
Reply set_connect_contractor_credit_limit(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("connect_contractor_id");
  const kit::Decimal limit = read_money(given.decimal("new_limit"), "new_limit");
  const bool found = call.state.connect.connect_contractors.edit(
      id, [&](ConnectContractor& contractor) { contractor.credit_limit = limit; });
  if (!found) return no_contractor(call, id);
  Answer answer = call.answer();
  answer.put("new_limit_set", limit.fixed(2));
  return call.done(std::move(answer));
}

constexpr std::array kConnectMethods{
    Handled{"getConnectIntegrations", get_connect_integrations},
    Handled{"getConnectIntegrationContractors", get_connect_integration_contractors},
    Handled{"getConnectContractorCreditHistory", get_connect_contractor_credit_history},
    Handled{"addConnectContractorCreditSettlement", add_connect_contractor_credit_settlement},
    Handled{"setConnectContractorCreditLimit", set_connect_contractor_credit_limit},
};

}  // namespace

std::span<const Handled> connect_methods() { return kConnectMethods; }

}  // namespace atrapa::mocks::base
