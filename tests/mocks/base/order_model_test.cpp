#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cmath>
#include <map>
#include <ostream>
#include <vector>

#include "mocks/base/state.hpp"
#include "tests/mocks/base/orders.hpp"

// Any sequence of what can be done to orders, against a model of a few numbers: lines in pieces and
// grosze, what is paid, the status, the moment of confirmation, and what the journal must tell.

using namespace atrapa::tests::base;
namespace base = atrapa::mocks::base;
namespace kit = atrapa::mocks::kit;

namespace {

struct ModelLine {
  std::int64_t id = 0;
  std::int64_t pieces = 0;
  std::int64_t grosze = 0;  ///< Of one piece.
  bool operator==(const ModelLine&) const = default;
};

struct ModelOrder {
  std::vector<ModelLine> lines;
  std::int64_t delivery = 1200;
  std::int64_t paid = 0;
  std::vector<std::int64_t> paid_steps;  ///< What each entry of the history added.
  std::int64_t status = 1;
  std::int64_t confirmed = 0;
  int city = 0;
  int comment = 0;

  std::int64_t value() const {
    std::int64_t sum = delivery;
    for (const ModelLine& line : lines) sum += line.pieces * line.grosze;
    return sum;
  }
  void pay(std::int64_t amount) {
    paid_steps.push_back(amount - paid);
    paid = amount;
  }
};

enum class Act {
  Add,
  AddUnconfirmed,
  AddPaid,
  Confirm,
  AddLine,
  EditLine,
  DeleteLine,
  SetStatus,
  Pay,
  EditCity,
  EditComment,
  Duplicate,
  Split,
  TechnicalMerge,
  MergeIntoMain,
  Delete,
  Wait,
};
constexpr int kActs = static_cast<int>(Act::Wait) + 1;

/// Something to do, with numbers that choose what to do it with.
struct Step {
  Act act = Act::Add;
  std::uint32_t which = 0;
  std::uint32_t other = 0;
  std::int64_t amount = 0;
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << static_cast<int>(step.act) << '(' << step.which << ',' << step.other << ','
             << step.amount << ')';
}

rc::Gen<std::vector<Step>> any_steps() {
  const auto act = rc::gen::map(rc::gen::inRange(0, kActs), [](int one) { return Act(one); });
  return rc::gen::container<std::vector<Step>>(
      rc::gen::build<Step>(rc::gen::set(&Step::act, act),
                           rc::gen::set(&Step::which, rc::gen::inRange<std::uint32_t>(0, 1000)),
                           rc::gen::set(&Step::other, rc::gen::inRange<std::uint32_t>(0, 1000)),
                           rc::gen::set(&Step::amount, rc::gen::inRange<std::int64_t>(0, 5000))));
}

std::string zloty(std::int64_t grosze) {
  return fmt::format("{}.{:02}", grosze / 100, grosze % 100);
}
std::int64_t grosze_in(const std::string& text) {
  const std::size_t point = text.find('.');
  return std::stoll(text.substr(0, point)) * 100 + std::stoll(text.substr(point + 1));
}

class Desk {
 public:
  std::map<std::int64_t, ModelOrder> orders;
  std::vector<std::string> told;  ///< What the journal must tell of the last step.
  Account account;

  void act(const Step& step) {
    told.clear();
    switch (step.act) {
      case Act::Add: add(step, true, false); return;
      case Act::AddUnconfirmed: add(step, false, false); return;
      case Act::AddPaid: add(step, true, true); return;
      case Act::Wait: account.clock.advance(std::chrono::seconds{step.amount}); return;
      default: break;
    }
    if (orders.empty()) return;
    const std::int64_t id = nth(step.which);
    ModelOrder& order = orders.at(id);
    switch (step.act) {
      case Act::Confirm: confirm(id, order); return;
      case Act::AddLine: add_line(step, id, order); return;
      case Act::EditLine: edit_line(step, id, order); return;
      case Act::DeleteLine: delete_line(step, id, order); return;
      case Act::SetStatus: set_status(step, id, order); return;
      case Act::Pay: pay(step, id, order); return;
      case Act::EditCity: edit(step, id, order.city, "delivery_city", 11); return;
      case Act::EditComment: edit(step, id, order.comment, "admin_comments", 16); return;
      case Act::Duplicate: duplicate(id, order); return;
      case Act::Split: split(step, id, order); return;
      case Act::TechnicalMerge: merge(step, id, true); return;
      case Act::MergeIntoMain: merge(step, id, false); return;
      case Act::Delete: remove(id); return;
      default: return;
    }
  }

 private:
  std::int64_t nth(std::uint32_t which) const {
    return std::next(orders.begin(), static_cast<std::ptrdiff_t>(which % orders.size()))->first;
  }
  void tell(int type, std::int64_t order_id, std::int64_t object_id = 0) {
    told.push_back(fmt::format("{} {} {}", type, order_id, object_id));
  }

  void add(const Step& step, bool confirmed, bool paid) {
    account.door.set({{"add_order", confirmed ? "confirmed" : "unconfirmed"}});
    ModelOrder made;
    Json lines = Json::array();
    for (std::uint32_t line = 0; line < step.other % 3; ++line) {
      const std::int64_t price = step.amount + line;
      made.lines.push_back({next_line_++, 1 + line, price});
      lines.push_back(order_line("Herbata", zloty(price), static_cast<int>(1 + line)));
    }
    Json sent = order_of();
    sent["products"] = lines;
    sent["paid"] = paid ? 1 : 0;
    const std::int64_t id = add_order(account, sent);
    RC_ASSERT((orders.empty() || id > orders.rbegin()->first));
    tell(1, id);
    if (confirmed) {
      made.confirmed = account.now();
      tell(2, id);
    }
    if (paid) {
      made.pay(made.value());
      tell(3, id);
    }
    orders[id] = made;
  }

  void confirm(std::int64_t id, ModelOrder& order) {
    kit::Context context{account.clock.now(), account.random, account.webhooks, {}, {}};
    base::confirm_order(account.door.change(), context, id, account.now());
    if (order.confirmed != 0) return;
    order.confirmed = account.now();
    tell(2, id);
  }

  void add_line(const Step& step, std::int64_t id, ModelOrder& order) {
    Json line = order_line("Kubek", zloty(step.amount), 2);
    line["order_id"] = id;
    const std::int64_t line_id = account.good("addOrderProduct", line)["order_product_id"];
    RC_ASSERT(line_id == next_line_);
    order.lines.push_back({next_line_++, 2, step.amount});
    tell(12, id, line_id);
  }

  void edit_line(const Step& step, std::int64_t id, ModelOrder& order) {
    if (order.lines.empty()) return;
    ModelLine& line = order.lines[step.other % order.lines.size()];
    const std::int64_t pieces = step.amount % 4;
    account.good("setOrderProductFields",
                 {{"order_id", id}, {"order_product_id", line.id}, {"quantity", pieces}});
    if (line.pieces != pieces) tell(13, id);
    line.pieces = pieces;
  }

  void delete_line(const Step& step, std::int64_t id, ModelOrder& order) {
    if (order.lines.empty()) return;
    const auto place = order.lines.begin() + (step.other % order.lines.size());
    account.good("deleteOrderProduct", {{"order_id", id}, {"order_product_id", place->id}});
    tell(14, id, place->id);
    order.lines.erase(place);
  }

  void set_status(const Step& step, std::int64_t id, ModelOrder& order) {
    const std::int64_t status = 1 + step.other % 3;
    account.good("setOrderStatus", {{"order_id", id}, {"status_id", status}});
    if (order.status != status) tell(18, id, status);
    order.status = status;
  }

  void pay(const Step& step, std::int64_t id, ModelOrder& order) {
    account.good("setOrderPayment", {{"order_id", id},
                                     {"payment_done", zloty(step.amount)},
                                     {"payment_date", account.now()},
                                     {"payment_comment", ""}});
    order.pay(step.amount);
    tell(3, id);
  }

  void edit(const Step& step, std::int64_t id, int& value, const char* name, int type) {
    const int wanted = 1 + static_cast<int>(step.other % 2);
    account.good("setOrderFields", {{"order_id", id}, {name, fmt::format("Wartość {}", wanted)}});
    if (value != wanted) tell(type, id);
    value = wanted;
  }

  /// The same order once more, made now and not paid.
  ModelOrder copy_of(const ModelOrder& order) const {
    ModelOrder copy = order;
    copy.paid = 0;
    copy.paid_steps.clear();
    copy.confirmed = order.confirmed == 0 ? 0 : account.now();
    return copy;
  }

  void duplicate(std::int64_t id, const ModelOrder& order) {
    ModelOrder copy = copy_of(order);
    for (ModelLine& line : copy.lines) line.id = next_line_++;
    const std::int64_t copy_id = account.good("addOrderDuplicate", {{"order_id", id}})["order_id"];
    tell(1, copy_id);
    tell(17, id, copy_id);
    orders[copy_id] = copy;
  }

  void split(const Step& step, std::int64_t id, ModelOrder& order) {
    if (order.lines.empty()) return;
    const std::size_t index = step.other % order.lines.size();
    ModelLine& line = order.lines[index];
    if (line.pieces == 0) return;
    const std::int64_t moved = 1 + step.amount % line.pieces;
    const std::int64_t delivery = step.amount % (order.delivery + 1);
    Json call = {{"order_id", id},
                 {"items_to_split", {{{"order_product_id", line.id}, {"quantity", moved}}}},
                 {"delivery_cost_to_split", zloty(delivery)}};
    const std::int64_t before = order.value();
    ModelOrder part = copy_of(order);
    part.lines = {{next_line_++, moved, line.grosze}};
    part.delivery = delivery;
    const std::int64_t new_id = account.good("addOrderBySplit", call)["new_order_id"];
    order.delivery -= delivery;
    line.pieces -= moved;
    if (line.pieces == 0) {
      order.lines.erase(order.lines.begin() + static_cast<std::ptrdiff_t>(index));
    }
    RC_ASSERT(order.value() + part.value() == before);
    tell(1, new_id);
    tell(6, id, new_id);
    orders[new_id] = part;
  }

  void merge(const Step& step, std::int64_t id, bool technical) {
    const std::int64_t other_id = nth(step.other);
    const bool sum = step.amount % 2 == 0;
    const Json call = {{"main_order_id", id},
                       {"order_ids_to_merge", {other_id}},
                       {"merge_mode", technical ? "technical_merge" : "into_main_order"},
                       {"sum_delivery_costs", sum}};
    if (other_id == id) {
      RC_ASSERT(account.refused("setOrdersMerge", call) != "");
      return;
    }
    const ModelOrder& main = orders.at(id);
    const ModelOrder other = orders.at(other_id);
    ModelOrder merged = main;
    if (technical) {
      merged.confirmed = main.confirmed == 0 ? 0 : account.now();
    }
    merged.lines.insert(merged.lines.end(), other.lines.begin(), other.lines.end());
    merged.paid += other.paid;
    merged.paid_steps.insert(merged.paid_steps.end(), other.paid_steps.begin(),
                             other.paid_steps.end());
    if (sum) merged.delivery += other.delivery;
    const std::int64_t result = account.good("setOrdersMerge", call)["merged_order_id"];
    if (technical) {
      for (ModelLine& line : merged.lines) line.id = next_line_++;
      tell(1, result);
      tell(5, id, result);
    } else {
      RC_ASSERT(result == id);
      orders.erase(other_id);
    }
    tell(5, other_id, result);
    orders[result] = merged;
  }

  void remove(std::int64_t id) {
    const Json answer = account.good("deleteOrders", {{"order_ids", {id, 999999}}});
    RC_ASSERT(answer["deleted_order_ids"] == Json::array({id}));
    orders.erase(id);
    tell(4, id);
  }

  std::int64_t next_line_ = 1;
};

/// What getOrders and the history tell of an order, as a model of it.
void compare_order(Account& account, std::int64_t id, const ModelOrder& expected) {
  const Json order = read_order(account, id);
  std::vector<ModelLine> lines;
  for (const Json& line : order["products"]) {
    lines.push_back({line["order_product_id"], line["quantity"],
                     std::llround(line["price_brutto"].get<double>() * 100)});
  }
  RC_ASSERT(lines == expected.lines);
  RC_ASSERT(std::llround(order["delivery_price"].get<double>() * 100) == expected.delivery);
  RC_ASSERT(grosze_in(order["payment_done"]) == expected.paid);
  RC_ASSERT(order["order_status_id"] == expected.status);
  RC_ASSERT(order["date_confirmed"] == expected.confirmed);
  RC_ASSERT(order["confirmed"] == (expected.confirmed != 0));

  std::int64_t paid = 0;
  std::vector<std::int64_t> steps;
  const Json call = {{"order_id", id}, {"show_full_history", true}};
  const Json history = account.good("getOrderPaymentsHistory", call)["payments"];
  for (const Json& entry : history) {
    RC_ASSERT(grosze_in(entry["paid_before"]) == paid);
    const std::int64_t after = grosze_in(entry["paid_after"]);
    steps.push_back(after - paid);
    paid = after;
  }
  RC_ASSERT(paid == expected.paid);
  RC_ASSERT(steps == expected.paid_steps);
}

}  // namespace

TEST_CASE("Orders are what was done to them, and the journal tells all of it in order",
          "[base][orders][journal]") {
  CHECK(rc::check("for any sequence of operations", [] {
    Desk desk;
    std::int64_t last_log_id = 0;
    for (const Step& step : *any_steps()) {
      const std::int64_t started = desk.account.now();
      desk.act(step);
      const Json logs = desk.account.good("getJournalList", {{"last_log_id", last_log_id}})["logs"];
      std::vector<std::string> told;
      for (const Json& log : logs) {
        told.push_back(fmt::format("{} {} {}", log["log_type"].get<int>(),
                                   log["order_id"].get<std::int64_t>(),
                                   log["object_id"].get<std::int64_t>()));
        RC_ASSERT(log["log_id"] > last_log_id);
        RC_ASSERT(log["date"] == started);
        last_log_id = log["log_id"];
      }
      RC_ASSERT(told == desk.told);
    }
    const Json all =
        desk.account.good("getOrders", {{"id_from", 0}, {"get_unconfirmed_orders", true}});
    RC_ASSERT(all["orders"].size() == std::min<std::size_t>(desk.orders.size(), 100));
    for (const auto& [id, order] : desk.orders) compare_order(desk.account, id, order);
  }));
}

TEST_CASE("The journal reaches back three days, and no further", "[base][orders][journal]") {
  using namespace std::chrono_literals;
  Account account;
  add_order(account, order_of());
  account.clock.advance(24h);
  add_order(account, order_of());
  account.clock.advance(48h);
  CHECK(journal_after(account).size() == 4);
  account.clock.advance(1s);
  CHECK(journal_after(account) == std::vector<std::string>{"1 2 0", "2 2 0"});
  CHECK(account.good("getJournalList", {{"order_id", 1}})["logs"].empty());
}

TEST_CASE("The journal is read by type, by order and from an entry on", "[base][orders][journal]") {
  Account account;
  const std::int64_t first = add_order(account, order_of());
  const std::int64_t second = add_order(account, order_of());
  account.good("setOrderStatus", {{"order_id", first}, {"status_id", 2}});
  const auto count = [&](const Json& parameters) {
    return account.good("getJournalList", parameters)["logs"].size();
  };
  CHECK(count({{"logs_types", {1, 18}}}) == 3);
  CHECK(count({{"logs_types", {"18"}}}) == 1);
  CHECK(count({{"logs_types", {99}}}) == 0);
  CHECK(count({{"order_id", second}}) == 2);
  CHECK(count({{"order_id", second}, {"logs_types", {2}}}) == 1);
  CHECK(count({{"last_log_id", 3}}) == 2);
  account.door.set({{"last_log_id", "inclusive"}});
  CHECK(count({{"last_log_id", 3}}) == 3);
  account.door.set({{"shape", "table"}});
  CHECK(account.good("getJournalList")["logs"][0].contains("id"));
}

TEST_CASE("A journal that is switched off is empty and notes nothing", "[base][orders][journal]") {
  Account account;
  add_order(account, order_of());
  account.door.set({{"journal", false}});
  add_order(account, order_of());
  CHECK(journal_after(account).empty());
  account.door.set({{"journal", true}});
  CHECK(journal_after(account) == std::vector<std::string>{"1 1 0", "2 1 0"});
}
