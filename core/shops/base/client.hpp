#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "core/policy/retry.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/transport.hpp"
#include "core/shops/base/budget.hpp"
#include "core/shops/base/error.hpp"
#include "core/shops/base/parameters.hpp"
#include "core/shops/wanted_json.hpp"

namespace atrapa::core::base {

/// Where Base is and how to get in. The token never leaves this struct but in a header.
struct Access {
  std::string url = "https://api.baselinker.com";  ///< With or without /connector.php.
  std::string token = {};  ///< As pasted: spaces and line ends around it are taken off.
};

/// The policies that a client asks.
struct ClientPolicies {
  std::function<RetryDecision(const Attempt&)> retry = core::retry;
  BlockLimits block = {};
};

/// Whether a call may be sent again when nobody knows what became of it.
enum class Repeat {
  Allowed,  ///< It reads, or it sets what a second time would set alike.
  Never,    ///< It makes something new.
};

/// The members of an answer that its caller looks at; see parse_wanted().
struct Shape {
  Wanted names;
  Wanted whole = {};
};

/// connector.php: one URL, a form with `method` and `parameters`, the token in X-BLToken [doc].
/// One exchange after the other.
///
/// Calls keep to the budget, which outlives the client. A block of the token arrives as HTTP 200
/// with ERROR_BLOCKED_TOKEN [client]; the call was not carried out then, so that it waits and goes
/// again, whatever it is. Refusals are HTTP 200 as well [client]. What becomes of accidents (no
/// answer, 5xx, a web page, JSON cut off) is the retry policy's to say; all waiting goes through
/// the clock. What a Transport throws passes through.
class Client {
 public:
  Client(Access access, Transport& transport, Clock& clock, Budget& budget,
         ClientPolicies policies = {});

  /// Any method of Base; its answer, whose `status` is SUCCESS.
  BaseResult<nlohmann::json> call(std::string_view method, const Parameters& parameters,
                                  const Shape& shape, Repeat repeat = Repeat::Allowed);
  /// A call whose answer is the envelope alone.
  BaseResult<Done> command(std::string_view method, const Parameters& parameters,
                           Repeat repeat = Repeat::Allowed);

  Clock& clock() { return clock_; }
  /// Waits, or says that the program is to end.
  BaseResult<Done> pause(Duration duration);

 private:
  using Answer = std::variant<HttpResponse, NoAnswer>;

  BaseResult<Done> wait_for_budget();
  Answer exchange(const std::string& body);
  /// Without the token, should Base have quoted it, and not longer than fits a report.
  std::string quoted(std::string_view text) const;

  Access access_;
  Transport& transport_;
  Clock& clock_;
  Budget& budget_;
  ClientPolicies policies_;
};

}  // namespace atrapa::core::base
