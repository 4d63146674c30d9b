#include <fmt/format.h>

#include <map>

#include "harness/subject/base64.hpp"
#include "harness/incident/recorded_platform.hpp"
#include "mocks/kit/redact.hpp"
#include "mocks/shoper/backdoor.hpp"
#include "mocks/shoper/shoper.hpp"
#include "mocks/shoper/shopfloor.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::kMasked;

class ShoperCredentials final : public RecordedCredentials {
 public:
  explicit ShoperCredentials(const World& world) {
    if (world.shoper.empty()) return;
    const Json credentials = world.shoper[0].value("credentials", Json::object());
    const auto first = [&](const char* kind) {
      const Json list = credentials.value(kind, Json::array());
      return list.empty() ? Json::object() : list[0];
    };
    user_ = first("users");
    application_ = first("applications");
    token_ = first("tokens").value("token", "");
  }

  void apply(mocks::kit::Request& request) const override {
    const bool oauth = request.target.find("/oauth/") != std::string::npos;
    const std::string id = oauth ? application_.value("id", "") : user_.value("login", "");
    const std::string secret =
        oauth ? application_.value("secret", "") : user_.value("password", "");

    if (const std::string* field = request.headers.find("Authorization")) {
      std::string value = *field;
      if (value == fmt::format("Basic {}", kMasked)) {
        value = "Basic " + encode_base64(fmt::format("{}:{}", id, secret));
      } else if (value == fmt::format("Bearer {}", kMasked)) {
        value = "Bearer " + (access_.empty() ? token_ : access_);
      }
      for (const auto& [recorded, given] : given_) replace_all(value, recorded, given);
      request.headers.set("Authorization", value);
    }
    for (std::string* text : {&request.target, &request.body}) {
      for (const auto& [recorded, given] : given_) replace_all(*text, recorded, given);
      replace_all(*text, fmt::format("client_id={}", kMasked), "client_id=" + id);
      replace_all(*text, fmt::format("client_secret={}", kMasked), "client_secret=" + secret);
      replace_all(*text, fmt::format("refresh_token={}", kMasked), "refresh_token=" + refresh_);
      replace_all(*text, fmt::format("code={}", kMasked), "code=" + application_.value("code", ""));
    }
  }

  void learn(const Json& recorded, const Json& answered) override {
    if (!recorded.is_object() || !answered.is_object()) return;
    learn("access_token", recorded, answered, access_);
    learn("refresh_token", recorded, answered, refresh_);
  }

 private:
  void learn(const char* name, const Json& recorded, const Json& answered, std::string& last) {
    const auto given = answered.find(name);
    if (given == answered.end() || !given->is_string()) return;
    last = given->get<std::string>();
    const auto was = recorded.find(name);
    if (was == recorded.end() || !was->is_string()) return;
    const auto text = was->get<std::string>();
    if (!text.empty() && text != kMasked) given_[text] = last;
  }

  Json user_ = Json::object();
  Json application_ = Json::object();
  std::string token_;
  std::string access_;
  std::string refresh_;
  std::map<std::string, std::string> given_;
};

std::unique_ptr<mocks::kit::Platform> start_shoper(const Recording& recording, const World& world) {
  auto shop = mocks::shoper::make_shoper();
  shop->restore(world.shoper);
  if (world.shoper.empty() || (recording.settings.empty() && recording.config.empty())) return shop;
  mocks::shoper::Backdoor door(*shop, world.shoper[0].value("account", ""));
  if (!recording.settings.empty()) door.set(recording.settings);
  if (!recording.config.empty()) door.configure(recording.config);
  return shop;
}

std::string shoper_call(const mocks::kit::Request& request) {
  const auto root = request.target.find(kShoperRoot);
  return fmt::format("{} {}", request.method,
                     root == std::string::npos ? request.target : request.target.substr(root));
}

}  // namespace

RecordedPlatform recorded_shoper() {
  return {"Shoper",
          std::string(kShoperRoot),
          start_shoper,
          [](const World& world) -> std::unique_ptr<RecordedCredentials> {
            return std::make_unique<ShoperCredentials>(world);
          },
          act_at<mocks::shoper::ShopFloor>,
          [](const World& world) -> const Json& { return world.shoper; },
          shoper_call};
}

}  // namespace atrapa::harness
