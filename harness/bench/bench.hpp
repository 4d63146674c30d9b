#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/bench/base_access.hpp"
#include "harness/bench/shop_messages.hpp"
#include "harness/subject/subject.hpp"
#include "mocks/base/backdoor.hpp"
#include "mocks/kit/fault.hpp"
#include "mocks/kit/host.hpp"
#include "mocks/kit/webhook_sender.hpp"
#include "mocks/shoper/backdoor.hpp"

namespace atrapa::harness {

/// Where in an exchange the subject's process dies.
enum class KillPoint { BeforeSend, AfterAnswer };

/// What happens between two exchanges of the subject; see Bench::on_answer().
using OnAnswer = std::function<void(const mocks::kit::Request&, mocks::kit::Response&)>;

/// How a bench is made; the same for all cases of a campaign but for the seed.
struct BenchOptions {
  const SubjectKind* subject = nullptr;
  SwitchValues switches = {};
  std::uint64_t seed = 0;
  bool wire = false;  ///< Real sockets between subject and fakes.
  /// More exchanges than this in one command mean that the subject does not end by itself.
  std::uint64_t exchange_budget = 5000;
};

/// One case's table: the fakes, the subject, the clock, the seed. Time is virtual and moves only
/// when the subject waits or the case says so. A fresh bench starts from the world "empty": a shop
/// with its taxes, units, statuses, payments, shippings and languages, no product, no order; for
/// integrations with Base an account with one catalogue.
class Bench {
 public:
  explicit Bench(const BenchOptions& options);
  ~Bench();
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  /// Says whom the case is about; "systim-shoper" where nobody does. Before anything else: rules
  /// and chaos do it. The fake is Base's for "base" and names that end with "-base", else Shoper's;
  /// using the other's members throws std::logic_error.
  void seat(std::string_view integration);

  // Before the connector starts.
  mocks::shoper::Backdoor& shop();
  mocks::base::Backdoor& base(bool other = false);
  void add_product(ErpProduct product);  ///< Into the ERP's books; before configure().

  // The connector.
  void configure(bool automatic = true);
  /// Runs a command. A subject that dies by a planned kill ends it with ok = false; start it again
  /// by restart(). A subject that passes the exchange budget is Stuck: see stuck().
  CommandResult run(std::string_view command);
  void restart();
  /// Ticks or unticks the option of automatic operation and saves; the books stay.
  void set_automatic(bool on);
  /// The shop's webhook about a new order reaches the connector; where it is at work, after that.
  void announce_order(const std::string& shop_order_id);
  bool killed() const;  ///< The last command ended by a planned kill.
  bool stuck() const;   ///< Some command passed the exchange budget.
  void edit_product(const ErpProduct& product);

  /// A person fills in one of the connector's forms, or the ERP's; see Subject::perform(). A
  /// planned kill ends it with done = false.
  DeedResult perform(std::string_view deed, const Json& arguments = Json::object());
  /// A call reaches the connector's own address; status 0 where its process is dead.
  mocks::kit::Response call_connector(const mocks::kit::Request& call);

  // What people do in Base, and what its automatic actions make of it: their calls reach the
  // connector at once, those that its own commands give rise to when these have ended.
  /// Throws std::invalid_argument where the panel refuses it.
  Json panel(std::string_view operation, const Json& body, bool other = false);
  const BaseAccess& base_access(bool other = false) const;
  /// Calls of automatic actions that go wrong on their way; 0 is the next one.
  void arm_calls(mocks::kit::DeliveryFaultPlan plan);
  /// What is still held back as late arrives.
  void deliver_late();
  /// The calls so far, with what became of them.
  const std::deque<mocks::kit::Delivery>& calls() const;

  /// A call of somebody else's at the shop's API, with the merchant's own login: what an import
  /// does. Past the subject's wire and its accidents; the journal has it. Time moves on by a second
  /// first, so that the shop's request limit plays no part.
  mocks::kit::Response call_shop(std::string method, std::string_view resource, std::string body);

  // A connector that the appstore installs, and the ERP's desk. A subject without one throws
  // std::logic_error, and the rule is not judged.
  /// Instead of configure(): empty books, the connector in no shop. Commands may be run.
  void begin();
  LifeCycle& life();
  Desk& desk();
  /// The shop of shop(), and another one beside it in the same world.
  const ShopIdentity& identity(bool other = false) const;
  mocks::shoper::Backdoor& other_shop();

  // Time and accidents.
  mocks::kit::Instant now() const;
  void advance(mocks::kit::Duration by);
  void arm(mocks::kit::FaultPlan plan);  ///< Exchange 0 is the next one.
  /// Ends the subject's process at an exchange; exchange 0 is the next one. Once; a later plan
  /// replaces it.
  void kill_at(std::uint64_t exchange, KillPoint point);
  /// Ends the subject's process before it stores a commit; 0 is the next one. For subjects that
  /// keep their books in this process.
  void kill_at_commit(std::uint64_t commit);
  /// Called after each whole answer to the subject, before the subject sees it: something happens
  /// in the shop at that moment, or the answer changes on its way (the journal has it as the shop
  /// sent it); with status 0 it is lost. Secrets are not masked. Replaces the former one; an empty
  /// one ends it. Only for what passes the subject's wire.
  void on_answer(OnAnswer what);

  // Looking.
  ErpView erp();
  const std::vector<FailedRun>& failed_runs() const;
  std::uint64_t exchange_count() const;  ///< Since the bench was made.
  std::uint64_t commit_count() const;    ///< Commits of the subject's books, where it tells them.
  /// The exchanges kept by the journal, oldest first.
  const std::deque<mocks::kit::Exchange>& exchanges() const;
  /// How many of the exchanges since `from` (a former exchange_count()) changed or tried to change
  /// something in the shop: PUT, POST or DELETE other than authentication, bulk counted by its
  /// parts.
  std::uint64_t writes_since(std::uint64_t from) const;
  const SwitchValues& switches() const;
  std::string_view switch_value(std::string_view name) const;

 private:
  struct Parts;

  Parts& parts() const;

  BenchOptions options_;
  mutable std::unique_ptr<Parts> parts_;  ///< Made by seat(), or by the first use.
};

}  // namespace atrapa::harness
