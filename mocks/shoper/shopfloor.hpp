#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "mocks/kit/deeds.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::shoper {

/// Why something cannot be done in the shop; nothing was changed.
using FloorRefusal = kit::DeedRefusal;
/// One thing that people do in a shop.
using FloorOperation = kit::DeedOperation;

/// All of them, in the order in which they are listed.
std::span<const FloorOperation> floor_operations();

/// What people do in one shop, around the API: customers order and pay, administrators edit,
/// applications are installed. Whatever is an event is told to the shop's webhooks, as if it had
/// come through the API; tokens, scopes and the request limit play no part. Scenarios and the
/// control interface of `atrapa up` use it alike; what each operation takes and answers stands in
/// floor_operations() and in mocks/shoper/README.md.
class ShopFloor {
 public:
  /// A handle to one account of a platform made by make_shoper(), which must outlive it. "" means
  /// the only account. Throws kit::WorldError where there is no such account.
  ShopFloor(kit::Platform& shoper, std::string_view account);

  /// Carries the operation out. What became due (webhooks, messages of the AppStore) is appended to
  /// context.webhooks.
  std::variant<kit::Json, FloorRefusal> act(std::string_view operation, const kit::Json& body,
                                            kit::Context& context);

  /// The same for who knows that it can be done; a refusal throws std::invalid_argument.
  kit::Json perform(std::string_view operation, const kit::Json& body, kit::Context& context);

  const std::string& account() const { return account_; }

 private:
  kit::Platform& shoper_;
  std::string account_;
};

}  // namespace atrapa::mocks::shoper
