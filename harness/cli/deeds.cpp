#include "harness/cli/deeds.hpp"

namespace atrapa::harness::cli {

Json listed(std::span<const mocks::kit::DeedOperation> operations) {
  Json all = Json::array();
  for (const mocks::kit::DeedOperation& one : operations) {
    all.push_back({{"operation", one.name},
                   {"about", one.about},
                   {"example", Json::parse(one.example, nullptr, /*allow_exceptions=*/false)}});
  }
  return all;
}

Deed not_done(const mocks::kit::DeedRefusal& refusal) {
  return {false,
          {{"error", refusal.what},
           {"where", refusal.where},
           {"expected", refusal.expected},
           {"next", refusal.next}}};
}

std::variant<std::string, mocks::kit::DeedRefusal> take_account(Json& body) {
  if (!body.is_object() || !body.contains("account")) return std::string();
  if (!body["account"].is_string()) {
    return mocks::kit::DeedRefusal{"this names no account", "/account", "a text",
                                   "put it in quotes"};
  }
  std::string account = body["account"].get<std::string>();
  body.erase("account");
  return account;
}

}  // namespace atrapa::harness::cli
