#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "mocks/base/shop_file.hpp"
#include "mocks/kit/deeds.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/platform.hpp"

namespace atrapa::mocks::base {

/// All that the panel does, in the order in which it is listed.
std::span<const kit::DeedOperation> panel_operations();

/// What a merchant does by hand in Base, and what arrives by itself: orders from a marketplace or
/// typed in, forms filled in, statuses, products, the journal, tokens, automatic actions. Journal
/// and automatic actions see it as they see the API; tokens and the request limit play no part.
/// Scenarios and the control interface of `atrapa up` use it alike; what each operation takes and
/// answers stands in panel_operations().
class Panel {
 public:
  /// A handle to one account of a platform made by make_base(), which must outlive it. "" means the
  /// only account. Throws kit::WorldError where there is no such account.
  /// `send` takes what Base asks connected shops to their integration files.
  Panel(kit::Platform& base, std::string_view account, ShopFile::Send send = {});

  /// Carries the operation out. URLs to be called are appended to context.webhooks.
  std::variant<kit::Json, kit::DeedRefusal> act(std::string_view operation, const kit::Json& body,
                                                kit::Context& context);

  /// The same for who knows that it can be done; a refusal throws std::invalid_argument.
  kit::Json perform(std::string_view operation, const kit::Json& body, kit::Context& context);

 private:
  kit::Platform& base_;
  std::string account_;
  ShopFile::Send send_;
};

}  // namespace atrapa::mocks::base
