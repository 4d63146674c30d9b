#pragma once

#include <map>
#include <memory>
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
};

/// The subject's process ends here: no destructor of its flows may count on running to its end.
struct ProcessKilled {};

/// Where the shop is and how to get in, as the merchant would type it into the connector.
struct ShopAccess {
  std::string url;  ///< "http://127.0.0.1:8080" without a path; the in-process wire takes any host.
  std::string login;
  std::string password;
};

/// Everything a subject is configured with before its first command.
struct SubjectSetup {
  std::string integration;  ///< "systim-shoper"
  ShopAccess shop;
  SwitchValues switches;
  bool automatic = true;  ///< The option that starts automatic operation is ticked and saved.
  std::vector<ErpProduct> products;
};

/// How a command ended, as the connector tells its user.
struct CommandResult {
  bool ok = false;
  std::string summary;  ///< One line for reports.
};

/// The connector under test. One case talks to one subject; it is used by one thread.
class Subject {
 public:
  virtual ~Subject() = default;

  /// Installs it on empty books and saves its configuration at the present moment.
  virtual void configure(const SubjectSetup& setup) = 0;
  /// Runs one command of the integration to its end: "stock", "orders", "all", "products" (send
  /// products), "csv" (export all products to a file: ErpView::exported), or "tick" for what
  /// automatic operation does when its time comes. Throws std::logic_error for a command it does
  /// not have; the rule is then not judged.
  virtual CommandResult run(std::string_view command) = 0;
  /// Starts it again after ProcessKilled: memory is gone, the books are as they were.
  virtual void restart() = 0;
  /// A person ticks or unticks the option of automatic operation and saves; the books stay. A
  /// subject that cannot be told throws, and the rule is not judged.
  virtual void set_automatic(bool /*on*/) {
    throw std::logic_error("this subject's automatic option cannot be changed after configure()");
  }
  /// A webhook of the shop told of a new order. A subject need not listen.
  virtual void order_announced(const std::string& /*shop_order_id*/) {}
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
  virtual std::unique_ptr<Subject> make(Wire& wire) const = 0;
};

}  // namespace atrapa::harness
