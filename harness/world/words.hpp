#pragma once

#include <array>
#include <span>
#include <string_view>

// Made-up but believable Polish words, for generated worlds and for the pseudonyms of buyers.
namespace atrapa::harness::words {

/// A leaf of the category tree and what is sold there.
struct Shelf {
  std::string_view category;
  std::string_view code;  ///< What its product codes begin with.
  std::string_view vat;   ///< As in the ERP: "23", "zw", ...
  std::string_view unit;
  int lowest_price;  ///< In grosze.
  int highest_price;
  std::span<const std::string_view> goods;
};

struct Department {
  std::string_view category;
  std::span<const Shelf> shelves;
};

std::span<const Department> departments();
std::span<const std::string_view> first_names();
std::span<const std::string_view> last_names();  ///< Of both genders alike.
std::span<const std::string_view> streets();

struct City {
  std::string_view name;
  std::string_view postcode;  ///< The first two digits of its postcodes.
};
std::span<const City> cities();

}  // namespace atrapa::harness::words
