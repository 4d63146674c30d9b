#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/incident/har.hpp"
#include "harness/world/world.hpp"
#include "mocks/kit/deeds.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness {

/// Where Shoper's interface begins in a recorded target; what stands before it is the account's.
inline constexpr std::string_view kShoperRoot = "/webapi/rest";

/// Turns recorded credentials into ones that the replayed world knows.
class RecordedCredentials {
 public:
  virtual ~RecordedCredentials() = default;
  /// Puts the world's own in the place of masked ones, and of those that learn() has seen.
  virtual void apply(mocks::kit::Request& request) const = 0;
  /// Remembers what the fake gave in the place of what is recorded.
  virtual void learn(const Json& recorded, const Json& answered) = 0;
};

/// What a platform brings to the replay of its recordings.
struct RecordedPlatform {
  std::string name;  ///< As people write it: "Shoper".
  std::string root;  ///< Where its interface begins in a recorded target.
  /// A fake that holds what the world does, under the recording's settings. Throws
  /// mocks::kit::WorldError.
  std::unique_ptr<mocks::kit::Platform> (*start)(const Recording&, const World&);
  std::unique_ptr<RecordedCredentials> (*credentials)(const World&);
  /// Does in the account what people do there. Throws mocks::kit::WorldError where it cannot be
  /// done.
  void (*act)(mocks::kit::Platform&, const std::string& account, const std::string& operation,
              const Json& body, mocks::kit::Context&);
  /// Its accounts in a world.
  const Json& (*accounts)(const World&);
  /// A call in messages: "GET /webapi/rest/taxes", "getOrders".
  std::string (*call)(const mocks::kit::Request&);
};

// One file each.
RecordedPlatform recorded_shoper();
RecordedPlatform recorded_base();

const std::vector<RecordedPlatform>& recorded_platforms();

/// Whose calls the recording holds, by its first call of any; null where there is none.
const RecordedPlatform* platform_of(const Recording& recording);

/// act() of a platform whose people work through `Place`: a ShopFloor, a Panel, ...
template <typename Place>
void act_at(mocks::kit::Platform& platform, const std::string& account,
            const std::string& operation, const Json& body, mocks::kit::Context& context) {
  const auto answer = Place(platform, account).act(operation, body, context);
  if (const auto* refusal = std::get_if<mocks::kit::DeedRefusal>(&answer)) {
    throw mocks::kit::WorldError(refusal->where, operation + ": " + refusal->text());
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to);

}  // namespace atrapa::harness
