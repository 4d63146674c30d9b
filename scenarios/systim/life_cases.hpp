#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scenarios/systim/cases.hpp"

namespace atrapa::scenarios::systim {

/// One thing that happens in a connector's life.
struct LifeStep {
  /// A command ("tick", "orders", "stock", "all"), or "install", "forged_install", "declined" (the
  /// owner does not accept the terms), "uninstall", "forged_uninstall", "save" (the form),
  /// "new_key" and "delete_user" (in the ERP), "revoke" (the shop takes its keys back without a
  /// word), "move" (the shop gets another address), "reinstall" (all that the recovery takes),
  /// "show" (the keys), "again" (the last message of the appstore a second time).
  std::string act;
  bool other = false;    ///< In the second shop of the world.
  std::string key = {};  ///< Of "save": "" the right one, "none", "old", "foreign", "unknown user".
  std::string address =
      {};              ///< Of "install" and "move": "" as usual, "slash", "www", "https", "own".
  int new_orders = 0;  ///< Placed in the shop before it.
};

struct LifeCase {
  int token_seconds = 0;  ///< The life of the shop's access tokens; 0 as installed.
  std::vector<LifeStep> steps;
};

/// What a person does at the ERP's desk.
struct DeskStep {
  std::string act;        ///< "invoice", "goods", "part", "cancel", "shipment", "stock", "orders"
  std::size_t order = 0;  ///< Which of the case; one more than there are names none.
  std::size_t line = 0;   ///< Of "part".
  std::string quantity = {};
};

struct DeskCase {
  std::vector<Order> orders;
  std::vector<DeskStep> steps;
};

void to_json(Json& json, const LifeCase& input);
void from_json(const Json& json, LifeCase& input);
std::size_t records(const LifeCase& input);

void to_json(Json& json, const DeskCase& input);
void from_json(const Json& json, DeskCase& input);
std::size_t records(const DeskCase& input);

}  // namespace atrapa::scenarios::systim
