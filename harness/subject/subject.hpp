#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/subject/erp.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::harness {

/// Named choices where the documentation is ambiguous: "systim.zero_stock" -> "never_sent".
using SwitchValues = std::map<std::string, std::string, std::less<>>;

/// Why the subject gets no (whole) answer.
enum class NoAnswer { Refused, Lost };

/// What a bench offers to a subject outside this process. Any thread.
class Outside {
 public:
  virtual ~Outside() = default;
  /// Around whatever the subject is asked for: only in between do its requests pass. end() throws
  /// std::runtime_error for an accident in a fake since begin().
  virtual void begin() = 0;
  virtual void end() = 0;
  virtual std::string clock_url() = 0;  ///< See PROTOCOL.md, "Time".
  virtual mocks::kit::Instant now() = 0;
  /// What ends the subject's process where the case says that it dies, or that it never comes to
  /// an end; replaces what was given before. Called in the middle of an exchange; must not wait.
  virtual void end_process_by(std::function<void()> end) = 0;
  /// Since begin() the case has ended the process, or has had enough of it.
  virtual bool ended_by_case() = 0;
  /// "GET /webapi/rest/orders, answered 200": its last request since begin(); "none".
  virtual std::string last_request() = 0;
};

/// How the subject's own clock runs, for subjects outside this process.
struct OutsideClock {
  bool is_virtual = true;
  double scale = 1;  ///< Of a real one: seconds of the shop's for each that passes.
};

/// How a subject in this process reaches the fakes, and how it waits. Throws ProcessKilled where
/// the case says that the subject dies at this boundary.
class Wire {
 public:
  virtual ~Wire() = default;
  virtual std::variant<mocks::kit::Response, NoAnswer> send(const mocks::kit::Request& request) = 0;
  virtual mocks::kit::Instant now() = 0;
  virtual void wait(mocks::kit::Duration duration) = 0;
  /// A subject whose books lie in this process asks before each commit to them. False: the case has
  /// its process dead by now, nothing may be stored any more.
  virtual bool may_commit() { return true; }
  /// For subjects outside this process, whose requests come by a socket; null for others.
  virtual Outside* outside() { return nullptr; }
};

/// The subject's process ends here: no destructor of its flows may count on running to its end.
struct ProcessKilled {};

/// Where the shop is and how to get in, as the merchant would type it into the connector.
struct ShopAccess {
  std::string url;  ///< "http://127.0.0.1:8080" without a path; the in-process wire takes any host.
  std::string login;     ///< Empty for Base, which has none.
  std::string password;  ///< For "base" the token of the account's API.
};

/// Everything a subject is configured with before its first command.
struct SubjectSetup {
  /// "systim-shoper"; "shoper" and "base" stand for whatever the subject integrates with that
  /// platform.
  std::string integration;
  /// Empty but for the address with integrations that take their token by a form of theirs
  /// ("ebiuro-base", "firmino-base").
  ShopAccess shop;
  std::uint64_t seed = 0;  ///< Of whatever the connector makes up: ids, secrets.
  /// The connector as the appstore knows it.
  std::string application = {}, application_secret = {};
  SwitchValues switches;
  bool automatic = true;  ///< The option that starts automatic operation is ticked and saved.
  std::vector<ErpProduct> products;
  /// A directory for what must outlive the subject's process; "" for a subject in this one.
  std::string state = {};
};

/// How a command ended, as the connector tells its user.
struct CommandResult {
  bool ok = false;
  std::string summary;  ///< One line for reports.
};

/// A command of which the connector said that it did not go well.
struct FailedRun {
  std::string command;
  std::string words;  ///< The connector's; any bytes.
};

/// The configuration form of the connector, opened in a shop from the list of installed
/// applications.
struct ConnectorForm {
  std::string shop;  ///< The licence of the shop in which it is opened.
  std::string erp_login, erp_key;
  bool automatic = true;
  std::string webhook_secret = {};
};

/// A key as the ERP shows it to somebody who asked for it.
struct ShownKey {
  std::string name;
  std::string value;
};

/// The life of a connector that an appstore installs, for subjects that have one.
class LifeCycle {
 public:
  virtual ~LifeCycle() = default;

  /// Empty books with the setup's products; the connector is in no shop. Instead of configure().
  virtual void begin(const SubjectSetup& setup) = 0;
  /// A message of a shop reaches the connector's own address: the appstore's, or a webhook.
  virtual mocks::kit::Response receive(const mocks::kit::Request& message) = 0;
  /// A person fills the form in and saves it; ok = false where the connector does not take it.
  virtual CommandResult save_form(const ConnectorForm& form) = 0;
  /// A person generates the API key of a user of the ERP, who is made where there is none yet. A
  /// former key of that user ends.
  virtual std::string new_api_key(const std::string& login) = 0;
  virtual void delete_user(const std::string& login) = 0;
  /// A person has the ERP show the shop's access keys, whole.
  virtual std::vector<ShownKey> show_keys() = 0;
};

/// One line of an order that leaves the warehouse, or a part of it.
struct IssuePart {
  std::size_t line = 0;  ///< Counted from 0.
  std::string quantity;
};

/// The ERP's desk, where a person makes documents from orders; `order_id` is ErpOrder::id. Refusals
/// come back as ok = false.
class Desk {
 public:
  virtual ~Desk() = default;

  virtual CommandResult invoice(const std::string& order_id) = 0;
  /// A goods issue note for these parts, or for all that is left where there are none.
  virtual CommandResult goods_issue(const std::string& order_id,
                                    const std::vector<IssuePart>& parts) = 0;
  virtual CommandResult cancel_goods_issue(const std::string& number) = 0;
  virtual CommandResult shipment(const std::string& order_id) = 0;
};

/// What came of something that a person did with the connector's own forms, or of a call to it.
struct DeedResult {
  bool done = false;
  Json answer = Json::object();  ///< What the form showed afterwards.
  std::string why = {};          ///< Of a refusal, for reports.
};

/// The connector under test. One case talks to one subject; it is used by one thread.
class Subject {
 public:
  virtual ~Subject() = default;

  /// Installs it on empty books and saves its configuration at the present moment.
  virtual void configure(const SubjectSetup& setup) = 0;
  /// Runs one command of the integration to its end: "stock", "orders", "all", "products" (send
  /// products), "csv" (export all products to a file: ErpView::exported), or "tick" for what
  /// automatic operation does when its time comes. Throws Incapable for a command it does
  /// not have; the case is then left out.
  virtual CommandResult run(std::string_view command) = 0;
  /// Starts it again after ProcessKilled: memory is gone, the books are as they were.
  virtual void restart() = 0;
  /// In a process of its own that begins where another one of the same `setup.state` ended.
  virtual void resume(const SubjectSetup& /*setup*/) {
    throw Incapable("this subject cannot go on from the books of another process");
  }
  /// A person ticks or unticks the option of automatic operation and saves; the books stay. A
  /// subject that cannot be told throws, and the rule is not judged.
  virtual void set_automatic(bool /*on*/) {
    throw Incapable("this subject's automatic option cannot be changed after configure()");
  }
  /// A webhook of the shop told of a new order. A subject need not listen.
  virtual void order_announced(const std::string& /*shop_order_id*/) {}
  /// Null for a subject whose life or documents cannot be driven: rules about them are not judged.
  virtual LifeCycle* life() { return nullptr; }
  virtual Desk* desk() { return nullptr; }
  /// A person fills in one of the connector's forms, or one of the ERP's; which there are, and what
  /// they take and answer, is listed with the integration: harness/subject/README.md. Throws
  /// std::logic_error for one it does not have; the rule is then not judged.
  virtual DeedResult perform(std::string_view deed, const Json& /*arguments*/) {
    throw Incapable("this subject has no form '" + std::string(deed) + "'");
  }
  /// A call of the platform's reaches the connector's own address.
  virtual mocks::kit::Response receive(const mocks::kit::Request& call) {
    if (LifeCycle* const lives = life()) return lives->receive(call);
    throw Incapable("this subject takes no calls");
  }
  /// A person edits a product in the ERP; `id` names it.
  virtual void edit_product(const ErpProduct& product) = 0;
  /// What a person finds in the ERP.
  virtual ErpView look() = 0;
};

/// A kind of subject: the core, the core with a named bug, somebody's program.
class SubjectKind {
 public:
  virtual ~SubjectKind() = default;
  virtual std::string_view name() const = 0;  ///< "core", "core:trims-codes"
  /// Set for subjects outside this process, which find the fakes by their address.
  virtual std::optional<OutsideClock> outside() const { return std::nullopt; }
  /// A fresh one for an integration such as "systim-shoper". Throws std::runtime_error for one that
  /// it does not have.
  virtual std::unique_ptr<Subject> make(Wire& wire, std::string_view integration) const = 0;
};

}  // namespace atrapa::harness
