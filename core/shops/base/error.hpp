#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"

namespace atrapa::core::base {

/// Why Base did not do what it was asked, after all tries.
struct Error {
  enum class Kind {
    Unreachable,   ///< No connection: nothing arrived.
    Lost,          ///< The answer never came.
    ServerError,   ///< HTTP 5xx.
    Maintenance,   ///< A web page instead of JSON, with HTTP 200 [client].
    Unreadable,    ///< An answer that was cut, or that is not what the contract says.
    Blocked,       ///< The token is blocked for longer than is worth waiting.
    AccessDenied,  ///< The token is wrong, or the account is blocked.
    Refused,       ///< Any other refusal, with Base's code and words.
    Interrupted,   ///< The program is to end.
  };

  Kind kind = Kind::Unreachable;
  std::string code = {};  ///< error_code as Base wrote it; "" where there was none.
  std::string text = {};  ///< For people; holds no token.
  int status = 0;         ///< Of HTTP; 0 where there was no answer.
  /// A try of this call may have been carried out, whatever became of the last one.
  bool may_have_happened = false;
};

template <typename T>
using BaseResult = Result<T, Error>;

/// What became of a call that makes something new, and of the look-up that settles it later. Base
/// has no idempotency key, so that such a call is never sent twice [inferred].
struct Creation {
  enum class State {
    Made,
    NotMade,  ///< Only a look-up says so: nothing was found that fits.
    Unknown,  ///< The call may have been carried out, or too much fits: look before trying again.
  };

  State state = State::Unknown;
  std::string id = {};                     ///< Of what was made.
  std::vector<std::string> warnings = {};  ///< What did not stop the call, such as a bad image.
  std::string text = {};                   ///< Why it is unknown.
};

}  // namespace atrapa::core::base
