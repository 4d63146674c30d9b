#include <fmt/format.h>
#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/mocks/base/orders.hpp"

// The journal as a list that every operation adds to, against commands of RapidCheck's state
// testing: whatever is done, a reader that keeps the last id has read all of it, once, in order.

using namespace atrapa::tests::base;

namespace {

struct JournalModel {
  std::map<std::int64_t, std::int64_t> status_by_order;
  std::int64_t next_order = 1;
  std::vector<std::string> entries;  ///< "type order object"
  std::size_t read = 0;              ///< Entries that the reader has seen.

  void add(int type, std::int64_t order, std::int64_t object = 0) {
    entries.push_back(fmt::format("{} {} {}", type, order, object));
  }
  bool has(std::int64_t order) const { return status_by_order.contains(order); }
};

struct ReadingOffice {
  Account account;
  std::int64_t last_log_id = 0;
};

using JournalCommand = rc::state::Command<JournalModel, ReadingOffice>;

struct AddOrder final : JournalCommand {
  void apply(JournalModel& model) const override {
    const std::int64_t id = model.next_order++;
    model.status_by_order[id] = 1;
    model.add(1, id);
    model.add(2, id);
  }
  void run(const JournalModel& model, ReadingOffice& office) const override {
    const Json order = order_of({order_line("Herbata", "10.00", 1)});
    RC_ASSERT(add_order(office.account, order) == model.next_order);
  }
  void show(std::ostream& out) const override { out << "add an order"; }
};

/// A command about one order, which must be there.
struct OfOrder : JournalCommand {
  explicit OfOrder(const JournalModel& model)
      : order(model.status_by_order.empty() ? 0
                                            : (*rc::gen::elementOf(model.status_by_order)).first) {}

  void checkPreconditions(const JournalModel& model) const override { RC_PRE(model.has(order)); }

  std::int64_t order;
};

struct SetStatus final : OfOrder {
  explicit SetStatus(const JournalModel& model)
      : OfOrder(model), status(*rc::gen::inRange<std::int64_t>(1, 4)) {}
  void apply(JournalModel& model) const override {
    if (model.status_by_order[order] != status) model.add(18, order, status);
    model.status_by_order[order] = status;
  }
  void run(const JournalModel&, ReadingOffice& office) const override {
    office.account.good("setOrderStatus", {{"order_id", order}, {"status_id", status}});
  }
  void show(std::ostream& out) const override { out << "status " << status << " of " << order; }

  std::int64_t status;
};

struct PayOrder final : OfOrder {
  using OfOrder::OfOrder;
  void apply(JournalModel& model) const override { model.add(3, order); }
  void run(const JournalModel&, ReadingOffice& office) const override {
    office.account.good("setOrderPayment", {{"order_id", order},
                                            {"payment_done", "5.00"},
                                            {"payment_date", office.account.now()},
                                            {"payment_comment", ""}});
  }
  void show(std::ostream& out) const override { out << "pay " << order; }
};

struct DeleteOrder final : OfOrder {
  using OfOrder::OfOrder;
  void apply(JournalModel& model) const override {
    model.status_by_order.erase(order);
    model.add(4, order);
  }
  void run(const JournalModel&, ReadingOffice& office) const override {
    office.account.good("deleteOrders", {{"order_ids", {order}}});
  }
  void show(std::ostream& out) const override { out << "delete " << order; }
};

/// What is refused tells nothing.
struct Refused final : JournalCommand {
  void run(const JournalModel& model, ReadingOffice& office) const override {
    RC_ASSERT(office.account.refused("setOrderStatus",
                                     {{"order_id", model.next_order}, {"status_id", 2}}) != "");
  }
  void show(std::ostream& out) const override { out << "be refused"; }
};

/// The reader asks for what comes after the last entry that it knows.
struct ReadOn final : JournalCommand {
  void apply(JournalModel& model) const override { model.read = model.entries.size(); }
  void run(const JournalModel& model, ReadingOffice& office) const override {
    const Json logs =
        office.account.good("getJournalList", {{"last_log_id", office.last_log_id}})["logs"];
    std::vector<std::string> told;
    for (const Json& one : logs) {
      RC_ASSERT(one["log_id"].get<std::int64_t>() > office.last_log_id);
      office.last_log_id = one["log_id"];
      told.push_back(fmt::format("{} {} {}", one["log_type"].get<int>(),
                                 one["order_id"].get<std::int64_t>(),
                                 one["object_id"].get<std::int64_t>()));
    }
    const auto first = model.entries.begin() + static_cast<std::ptrdiff_t>(model.read);
    RC_ASSERT(told == std::vector<std::string>(first, model.entries.end()));
    office.account.clock.advance(std::chrono::seconds{10});
  }
  void show(std::ostream& out) const override { out << "read on"; }
};

}  // namespace

TEST_CASE("A reader that keeps the last id reads every entry of the journal once, in order",
          "[base][orders][journal]") {
  CHECK(rc::check("any commands, read at any moments", [] {
    ReadingOffice office;
    rc::state::check(JournalModel{}, office, [](const JournalModel& model) {
      if (model.status_by_order.empty()) {
        return rc::state::gen::execOneOfWithArgs<AddOrder, Refused, ReadOn>()(model);
      }
      return rc::state::gen::execOneOfWithArgs<AddOrder, SetStatus, PayOrder, DeleteOrder, Refused,
                                               ReadOn>()(model);
    });
  }));
}
