#pragma once

#include <string>

#include "core/ports/clock.hpp"

namespace atrapa::core {

/// One integration of an ERP account with one account of a platform, as its user set it up. Several
/// of a kind stand side by side and share nothing but the ERP's own records.
struct Profile {
  enum class State {
    Draft,      ///< Saved; its connection test has not passed yet.
    Tested,     ///< It has; the rest of the form can be filled in.
    Active,     ///< Filled in: it works.
    Suspended,  ///< Switched off by its user.
  };

  std::string id = {};       ///< A uuid; also in the callback addresses.
  std::string program = {};  ///< "ebiuro-base", "firmino-base"
  std::string label = {};    ///< What its user calls it; a label and never a key.
  State state = State::Draft;
  std::string token = {};   ///< Of the platform's account. Secret.
  std::string secret = {};  ///< Without which callbacks are not believed; "" where there are none.
  std::string settings = {};  ///< The rest of its form, as JSON of the program's own shape.
  Instant made_at = {};

  bool operator==(const Profile&) const = default;
};

std::string_view to_string(Profile::State state);  ///< "draft", "tested", "active", "suspended"

/// Something that a platform told by a call to the ERP, or that waits to be done for it.
struct InboundEvent {
  enum class State {
    Pending,
    Applied,
    Ignored,  ///< Nothing was to be done.
    Refused,  ///< Not believed, or about nothing that exists.
  };

  std::int64_t id = 0;           ///< Given by the ledger; they are handled in this order.
  std::string integration = {};  ///< Profile::id; "" where it named none that exists.
  std::string kind = {};         ///< "product", "product_deleted", "order"
  std::string external_id = {};  ///< As it was given.
  Instant received_at = {};
  State state = State::Pending;
  std::string text = {};  ///< Why it was ignored or refused, for people.
};

std::string_view to_string(InboundEvent::State state);

}  // namespace atrapa::core
