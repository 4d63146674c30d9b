#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/json.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/random.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::mocks::kit {

/// A webhook that a call gave rise to; the sender delivers it after the answer has left.
struct Webhook {
  std::string account;
  std::string event;
  std::string url;
  Headers headers;  ///< Signed already: the platform knows its own formula.
  std::string body;
  std::string verb = "POST";
};

/// What a call may use of the world outside of its own state.
struct Context {
  Instant now;
  Random& random;
  std::vector<Webhook>& webhooks;  ///< Append what became due.
  std::string account;             ///< The platform fills in whose call it was, for the journal.
  std::string note;                ///< The platform may leave a diagnosis for the journal.
};

/// How far an operation is imitated.
enum class Emulation {
  Behaviour,  ///< Handlers of its own: arithmetic, life cycle, signatures.
  Contract,   ///< Served from the contract's data alone: typed fields, filters, refusals.
  None,       ///< Answers the loud refusal (`X-Atrapa-Not-Emulated`).
  NameOnly,   ///< Known by name alone, calls and fields found nowhere: refused likewise.
};

std::string_view to_string(Emulation emulation);

/// One call a platform offers.
struct Operation {
  std::string platform;
  std::string resource;  ///< Whose call it is, as the contract names it: "product-stocks".
  /// Such as "PUT /webapi/rest/product-stocks/{id}"; "ANY" for all that is known by name only.
  std::string operation;
  Emulation emulation = Emulation::None;
  std::string
      provenance;  ///< The mark of the contract's entry, such as "[client, recorded response]".
};

/// A fake: a function from request and state to answer. No socket, no thread, no clock of its own.
/// Not shared between threads: whoever serves it over sockets holds one mutex around each call.
class Platform {
 public:
  virtual ~Platform() = default;

  /// Lower case, as on the command line and in paths: "shoper".
  virtual std::string_view name() const = 0;
  virtual Response serve(const Request& request, Context& context) = 0;
  virtual std::vector<Operation> operations() const = 0;

  /// The platform's own words for "too many requests" and "internal error", for fault plans.
  virtual Response too_many_requests(const Request& request, Context& context) = 0;
  virtual Response server_error(const Request& request, Context& context) = 0;

  /// A copy that shares all it can and sees no later change of this one, nor this one of it.
  virtual std::unique_ptr<Platform> fork() const = 0;

  /// All accounts as a world file holds them under this platform's name. Restoring it gives equal
  /// bytes.
  virtual Json snapshot() const = 0;
  /// Replaces all accounts. Throws WorldError (mocks/kit/world_error.hpp) naming the JSON pointer.
  virtual void restore(const Json& accounts) = 0;
};

}  // namespace atrapa::mocks::kit
