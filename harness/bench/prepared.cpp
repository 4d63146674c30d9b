#include "harness/bench/prepared.hpp"

#include "harness/world/world.hpp"
#include "mocks/base/base.hpp"
#include "mocks/kit/world_error.hpp"
#include "mocks/shoper/shoper.hpp"

namespace atrapa::harness {
namespace {

std::string text_at(const Json& json, const std::string& pointer,
                    const char* platform = "/shoper") {
  const Json::json_pointer at(pointer);
  if (!json.contains(at) || !json.at(at).is_string()) {
    throw mocks::kit::WorldError(platform + pointer,
                                 "a bench needs a text here, in the world \"empty\"");
  }
  return json.at(at).get<std::string>();
}

/// A shop of another owner: as the first, but for what names it and opens it. The application is
/// the same one: its author is.
Json beside(const Json& first) {
  Json shop = first;
  shop["account"] = "other";
  shop["license"] = std::string(40, 'b');
  shop["host"] = "other.shop.example";
  shop["credentials"]["users"] =
      Json::array({{{"login", "other"}, {"password", "other-password"}}});
  shop["credentials"]["tokens"] = Json::array();
  shop["credentials"]["applications"][0]["code"] = "other-auth-code";
  return shop;
}

/// An account of Base of another owner.
Json another(const Json& first) {
  Json account = first;
  account["account"] = "other";
  account["tokens"] = Json::array({{{"token", "made-up-other-token"}, {"name", "ERP"}}});
  return account;
}

BaseAccess base_access(const Json& account) {
  return {.account = text_at(account, "/account", "/base/0"),
          .token = text_at(account, "/tokens/0/token", "/base/0")};
}

ShopIdentity identity_of(const Json& shop) {
  return {.account = text_at(shop, "/account"),
          .license = text_at(shop, "/license"),
          .url = "http://" + text_at(shop, "/host"),
          .application = text_at(shop, "/credentials/applications/0/id"),
          .application_secret = text_at(shop, "/credentials/applications/0/secret")};
}

Prepared prepare() {
  const World world = parse_world(embedded_world("empty"), "world \"empty\"");
  Prepared ready{.now = world.now,
                 .account = text_at(world.shoper, "/0/account"),
                 .access = {.url = "http://" + text_at(world.shoper, "/0/host"),
                            .login = text_at(world.shoper, "/0/credentials/users/0/login"),
                            .password = text_at(world.shoper, "/0/credentials/users/0/password")},
                 .own = {},
                 .other = {},
                 .shoper = mocks::shoper::make_shoper(),
                 .base_own = base_access(world.base.at(0)),
                 .base_other = {},
                 .base = mocks::base::make_base()};
  Json shops = world.shoper;
  shops.push_back(beside(shops.at(0)));
  ready.own = identity_of(shops.at(0));
  ready.other = identity_of(shops.at(1));
  ready.shoper->restore(shops);
  Json accounts = world.base;
  accounts.push_back(another(accounts.at(0)));
  ready.base_other = base_access(accounts.back());
  ready.base->restore(accounts);
  return ready;
}

}  // namespace

const Prepared& prepared() {
  thread_local const Prepared ready = prepare();
  return ready;
}

}  // namespace atrapa::harness
