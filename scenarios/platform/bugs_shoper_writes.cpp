#include <optional>
#include <set>
#include <vector>

#include "core/policy/retry.hpp"
#include "core/sync/stock_plan.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/shoper_stage.hpp"
#include "scenarios/platform/wires.hpp"

namespace atrapa::scenarios::platform {
namespace {

using harness::CoreParts;

// Writes -----------------------------------------------------------------------------------------

/// Sends its last write once more whenever a run begins.
class RepeatsItself final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    if (last_ && resource_of(request.target) == "application-config") inner().send(*last_);
    if (is_write(request)) last_ = request;
    return inner().send(request);
  }

 private:
  std::optional<Request> last_;
};

using Outcomes = core::ShopResult<std::vector<core::StockWriteOutcome>>;

Outcomes believes_in_silence(core::Shop& shop, std::span<const core::StockWrite> writes) {
  auto written = shop.write_stock(writes);
  if (written) return written;
  using State = core::StockWriteOutcome::State;
  return std::vector<core::StockWriteOutcome>(writes.size(), {State::Done, ""});
}

core::RetryDecision never_again(const core::Attempt&) { return {}; }

Outcomes one_by_one_until_refused(core::Shop& shop, std::span<const core::StockWrite> writes) {
  using State = core::StockWriteOutcome::State;
  std::vector<core::StockWriteOutcome> all(writes.size(), {State::Refused, "broken off"});
  for (std::size_t i = 0; i < writes.size(); ++i) {
    const auto one = shop.write_stock(writes.subspan(i, 1));
    if (!one) return core::fail(one.error());
    all[i] = one->front();
    if (all[i].state != State::Done) break;
  }
  return all;
}

core::StockPlan empties_strangers(const core::StockPlanInput& input, const core::Parts& parts) {
  core::StockPlan plan = core::plan_stock(input, parts);
  std::set<std::string> codes;
  for (const core::ErpProduct& product : input.erp) codes.insert(product.code.value_or(""));
  for (const core::ShopItem& item : input.shop.items) {
    if (codes.contains(item.code.value_or(""))) continue;
    plan.writes.push_back({.write = {.stock_id = item.stock_id, .value = {}},
                           .link = {},
                           .code = item.code.value_or("")});
  }
  return plan;
}

// Accidents --------------------------------------------------------------------------------------

constexpr const char* kEmptyList = R"({"count":"0","pages":0,"page":1,"list":[]})";

/// What cannot be read is an empty list.
class BrokenIsEmpty final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Answer answer = inner().send(request);
    Response* const response = answered(answer);
    if (response != nullptr && response->status == 200 && request.method == "GET" &&
        Json::parse(response->body, nullptr, false).is_discarded()) {
      response->body = kEmptyList;
    }
    return answer;
  }
};

class ErrorIsTheEnd final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Answer answer = inner().send(request);
    Response* const response = answered(answer);
    if (response != nullptr && response->status >= 500 && request.method == "GET") {
      response->status = 200;
      response->body = kEmptyList;
    }
    return answer;
  }
};

}  // namespace

std::vector<Bug> write_bugs_of_shoper() {
  return {
      on_wire<RepeatsItself>("shoper-repeats-itself", "Sends its last write again in every run.",
                             {"PLATFORM-SHOPER-09"}),
      {"shoper-believes-in-silence",
       "Takes a write for done where no answer came.",
       {"PLATFORM-SHOPER-10"},
       [](CoreParts& parts) {
         parts.systim.write_stock = believes_in_silence;
         parts.systim.retry = never_again;
       }},
      on_wire<BrokenIsEmpty>("shoper-broken-is-empty",
                             "Takes an answer that it cannot read for an empty list.",
                             {"PLATFORM-SHOPER-11"}),
      on_wire<ErrorIsTheEnd>("shoper-error-is-the-end",
                             "Takes an error of the shop for the end of a list.",
                             {"PLATFORM-SHOPER-12"}),
      {"shoper-empties-strangers",
       "Writes 0 pieces of what the ERP does not have.",
       {"PLATFORM-SHOPER-14"},
       [](CoreParts& parts) { parts.systim.plan_stock = empties_strangers; }},
      {"shoper-stops-at-a-refusal",
       "Writes nothing behind a product that the shop refused.",
       {"PLATFORM-SHOPER-16"},
       [](CoreParts& parts) { parts.systim.write_stock = one_by_one_until_refused; }},
      around<LogsSecrets>("shoper-logs-passwords", "Writes its password into the log.",
                          {"PLATFORM-SHOPER-18"}),
      around<FilesAgain>("shoper-files-again", "Files an order again when it is read again.",
                         {"PLATFORM-SHOPER-19"}),
  };
}

}  // namespace atrapa::scenarios::platform
