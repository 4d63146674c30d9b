#include <fmt/format.h>

#include "harness/incident/recorded_platform.hpp"
#include "mocks/base/backdoor.hpp"
#include "mocks/base/base.hpp"
#include "mocks/base/panel.hpp"
#include "mocks/base/request.hpp"
#include "mocks/kit/random.hpp"
#include "mocks/kit/redact.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness {
namespace {

constexpr std::string_view kBaseRoot = "/connector.php";

/// A masked token, in the header or in a field of either kind of form, becomes the first of the
/// world's first account.
class BaseCredentials final : public RecordedCredentials {
 public:
  explicit BaseCredentials(const World& world) {
    if (world.base.empty()) return;
    const Json tokens = world.base[0].value("tokens", Json::array());
    if (!tokens.empty()) token_ = tokens[0].value("token", "");
  }

  void apply(mocks::kit::Request& request) const override {
    if (request.headers.get("X-BLToken") == mocks::kit::kMasked) {
      request.headers.set("X-BLToken", token_);
    }
    std::string& body = request.body;
    replace_all(body, fmt::format("&token={}", mocks::kit::kMasked), "&token=" + token_);
    if (body.starts_with(fmt::format("token={}", mocks::kit::kMasked))) {
      body.replace(6, mocks::kit::kMasked.size(), token_);
    }
    replace_all(body, fmt::format("name=\"token\"\r\n\r\n{}\r\n", mocks::kit::kMasked),
                fmt::format("name=\"token\"\r\n\r\n{}\r\n", token_));
  }

  /// No answer of Base holds a token.
  void learn(const Json& recorded, const Json& answered) override {
    static_cast<void>(recorded);
    static_cast<void>(answered);
  }

 private:
  std::string token_;
};

std::unique_ptr<mocks::kit::Platform> start_base(const Recording& recording, const World& world) {
  if (!recording.config.empty()) {
    throw mocks::kit::WorldError("/log/_config", "Base has none; its settings are '_settings'");
  }
  auto base = mocks::base::make_base();
  base->restore(world.base);
  if (recording.settings.empty()) return base;
  for (const Json& account : world.base) {
    mocks::base::Backdoor(*base, account.value("account", "")).set(recording.settings);
  }
  return base;
}

/// Every call goes to one address; its form names the method.
std::string base_call(const mocks::kit::Request& request) {
  mocks::kit::Request plain = request;
  plain.target = kBaseRoot;
  mocks::kit::Random random(0);
  std::vector<mocks::kit::Webhook> webhooks;
  mocks::kit::Context context{
      .now = {}, .random = random, .webhooks = webhooks, .account = {}, .note = {}};
  const auto sent = mocks::base::read_request(plain, context);
  if (!sent || sent->method.empty()) return fmt::format("{} {}", request.method, kBaseRoot);
  return sent->method;
}

}  // namespace

RecordedPlatform recorded_base() {
  return {"Base",
          std::string(kBaseRoot),
          start_base,
          [](const World& world) -> std::unique_ptr<RecordedCredentials> {
            return std::make_unique<BaseCredentials>(world);
          },
          act_at<mocks::base::Panel>,
          [](const World& world) -> const Json& { return world.base; },
          base_call};
}

}  // namespace atrapa::harness
