#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "harness/subject/erp.hpp"

namespace atrapa::harness {

/// Puts made-up buyers in the place of real ones. Within one Pseudonyms equal texts become equal
/// texts and different ones different; what is empty stays empty. Nothing of the original can be
/// computed back: pseudonyms are numbered in the order of appearance.
class Pseudonyms {
 public:
  /// A row of "orders": addresses, mail, notes, network address, links that pay or confirm.
  void hide_order(Json& row);
  /// A row of "users".
  void hide_user(Json& row);
  /// A row of any other resource, or an address, that tells of people: names, mail, streets,
  /// numbers and free words, by the names of its members.
  void hide_person(Json& object);
  /// A row of "webhooks": where it is sent, and its secret.
  static void hide_webhook(Json& row);
  /// The shop's own contact data in application-config.
  static void hide_shop(Json& config);

  /// A number that is valid where the original was (weights of the Polish NIP), its dashes and
  /// prefix kept.
  std::string nip(const std::string& original);

 private:
  std::size_t number(std::string_view kind, const std::string& original);
  std::string mail(const std::string& original);
  std::string login(const std::string& original);
  std::string first_name(const std::string& original);
  std::string last_name(const std::string& original);
  std::string company(const std::string& original);
  std::string street(const std::string& original);
  std::string city(const std::string& original);
  std::string digits(const std::string& original);
  void hide_additional_fields(Json& row);

  std::map<std::string, std::map<std::string, std::size_t>, std::less<>> seen_;
};

}  // namespace atrapa::harness
