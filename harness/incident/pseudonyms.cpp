#include "harness/incident/pseudonyms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <optional>

#include "harness/world/words.hpp"

namespace atrapa::harness {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// Replaces a text field by what `change` makes of it; empty and missing ones stay.
void change(Json& row, const char* key,
            const std::function<std::string(const std::string&)>& pseudonym) {
  const auto at = row.find(key);
  if (at == row.end()) return;
  const auto* text = at->get_ptr<const std::string*>();
  if (text == nullptr || text->empty()) return;
  *at = pseudonym(*text);
}

void replace(Json& row, const char* key, const std::string& by) {
  change(row, key, [&](const std::string&) { return by; });
}

/// The check digit of nine digits; nothing where the remainder is 10 and no NIP begins so.
std::optional<int> check_digit(std::string_view nine) {
  constexpr std::array<int, 9> kWeights{6, 5, 7, 2, 3, 4, 5, 6, 7};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (nine[i] - '0');
  if (sum % 11 == 10) return std::nullopt;
  return sum % 11;
}

bool is_valid_nip(std::string_view ten) {
  const auto check = check_digit(ten.substr(0, 9));
  return check && *check == ten[9] - '0';
}

/// The n-th made-up number with a check digit; offices 111 to 998 begin so.
std::string made_up_nip(std::size_t n, bool valid) {
  std::size_t base = 111'000'000 + n * 7;
  std::optional<int> check = check_digit(std::to_string(base));
  while (!check) check = check_digit(std::to_string(++base));
  return std::to_string(base) + std::to_string(valid ? *check : (*check + 1) % 10);
}

/// The original with its digits replaced in order, its other characters kept.
std::string with_digits(const std::string& original, const std::string& digits) {
  std::string result = original;
  std::size_t next = 0;
  for (char& c : result) {
    if (is_digit(c) && next < digits.size()) c = digits[next++];
  }
  return result;
}

/// The n-th entry of a list; a number follows once the list has been used up.
std::string numbered(std::span<const std::string_view> list, std::size_t n) {
  const std::string_view word = list[n % list.size()];
  return n < list.size() ? std::string(word) : fmt::format("{} {}", word, n / list.size() + 1);
}

}  // namespace

std::size_t Pseudonyms::number(std::string_view kind, const std::string& original) {
  auto& seen = seen_[std::string(kind)];
  return seen.emplace(original, seen.size()).first->second;
}

std::string Pseudonyms::mail(const std::string& original) {
  return fmt::format("klient{}@example.com", number("mail", original) + 1);
}
std::string Pseudonyms::login(const std::string& original) {
  return fmt::format("klient{}", number("login", original) + 1);
}
std::string Pseudonyms::first_name(const std::string& original) {
  return numbered(words::first_names(), number("first name", original));
}
std::string Pseudonyms::last_name(const std::string& original) {
  return numbered(words::last_names(), number("last name", original));
}
std::string Pseudonyms::company(const std::string& original) {
  return fmt::format("Firma {} sp. z o.o.", number("company", original) + 1);
}
std::string Pseudonyms::street(const std::string& original) {
  return fmt::format("Zmyślona {}", number("street", original) + 1);
}

std::string Pseudonyms::city(const std::string& original) {
  const auto cities = words::cities();
  return std::string(cities[number("city", original) % cities.size()].name);
}

std::string Pseudonyms::digits(const std::string& original) {
  const auto count =
      static_cast<std::size_t>(std::count_if(original.begin(), original.end(), is_digit));
  return with_digits(original, fmt::format("{:0{}}", number("digits", original) + 1, count));
}

std::string Pseudonyms::nip(const std::string& original) {
  std::string plain;
  std::copy_if(original.begin(), original.end(), std::back_inserter(plain), is_digit);
  if (plain.size() != 10) return digits(original);
  return with_digits(original, made_up_nip(number("nip", plain), is_valid_nip(plain)));
}

namespace {

enum class Kind {
  Mail,
  Login,
  FirstName,
  LastName,
  Company,
  Street,
  Flat,
  City,
  Digits,
  Nip,
  Words
};

/// What tells of a person, by the names that Shoper's resources give it.
constexpr std::array kPersonal{
    std::pair{"email", Kind::Mail},
    std::pair{"buyer_login", Kind::Login},
    std::pair{"user_name", Kind::Login},
    std::pair{"login", Kind::Login},
    std::pair{"firstname", Kind::FirstName},
    std::pair{"lastname", Kind::LastName},
    std::pair{"company", Kind::Company},
    std::pair{"company_name", Kind::Company},
    std::pair{"street1", Kind::Street},
    std::pair{"street_1", Kind::Street},
    std::pair{"street2", Kind::Flat},
    std::pair{"street_2", Kind::Flat},
    std::pair{"city", Kind::City},
    std::pair{"postcode", Kind::Digits},
    std::pair{"zip_code", Kind::Digits},
    std::pair{"pesel", Kind::Digits},
    std::pair{"phone", Kind::Digits},
    std::pair{"shipping_code", Kind::Digits},
    std::pair{"tax_identification_number", Kind::Nip},
    std::pair{"tax_id", Kind::Nip},
    std::pair{"address_name", Kind::Words},
    std::pair{"sortkey", Kind::Words},
    std::pair{"comment", Kind::Words},
    std::pair{"content", Kind::Words},
    std::pair{"note", Kind::Words},
    std::pair{"notes", Kind::Words},
};

}  // namespace

void Pseudonyms::hide_person(Json& object) {
  if (!object.is_object()) return;
  for (const auto& [key, kind] : kPersonal) {
    change(object, key, [this, kind = kind](const std::string& text) -> std::string {
      switch (kind) {
        case Kind::Mail: return mail(text);
        case Kind::Login: return login(text);
        case Kind::FirstName: return first_name(text);
        case Kind::LastName: return last_name(text);
        case Kind::Company: return company(text);
        case Kind::Street: return street(text);
        case Kind::Flat: return "lok. 1";
        case Kind::City: return city(text);
        case Kind::Digits: return digits(text);
        case Kind::Nip: return nip(text);
        case Kind::Words: return "(left out)";
      }
      return "(left out)";
    });
  }
  for (const char* key : {"billing_address", "delivery_address"}) {
    if (const auto address = object.find(key); address != object.end()) hide_person(*address);
  }
}

void Pseudonyms::hide_webhook(Json& row) {
  replace(row, "url", "https://example.com/webhook");
  row.erase("secret");
}

/// Ticked boxes (type 2) say something about the order, texts about the buyer.
void Pseudonyms::hide_additional_fields(Json& row) {
  const auto fields = row.find("additional_fields");
  if (fields == row.end() || !fields->is_array()) return;
  for (Json& field : *fields) {
    if (!field.is_object() || field.value("type", Json("")) == Json("2")) continue;
    replace(field, "value", "(left out)");
    replace(field, "field_value", "(left out)");
  }
}

void Pseudonyms::hide_order(Json& row) {
  hide_person(row);
  change(row, "delivery_email", [this](const std::string& text) { return mail(text); });
  replace(row, "ip_address", "192.0.2.1");
  for (const char* note : {"notes_priv", "notes_pub"}) replace(row, note, "(left out)");
  change(row, "code", [this](const std::string& text) {
    return fmt::format("{:032x}", number("code", text) + 1);
  });
  change(row, "delivery_code", [this](const std::string& text) { return digits(text); });
  replace(row, "payment_url", "");
  hide_additional_fields(row);
  for (const char* key : {"utms", "properties"}) {
    if (const auto map = row.find(key); map != row.end() && map->is_object()) *map = Json::array();
  }
  for (const char* key : {"auction", "pickup_point", "pickup_point_data",
                          "payment_additional_fields", "shipping_additional_fields"}) {
    row.erase(key);
  }
}

void Pseudonyms::hide_user(Json& row) {
  hide_person(row);
  hide_additional_fields(row);
  row.erase("info");
  row.erase("password");
}

void Pseudonyms::hide_shop(Json& config) {
  replace(config, "shop_email", "sklep@example.com");
  replace(config, "shop_name", "Sklep");
  replace(config, "license_id", "1");
  for (const char* key : {"shop_company_name", "shop_phone", "shop_tax_id", "shop_address_1",
                          "shop_address_2", "shop_city", "shop_zip_code", "shop_province",
                          "shop_trade", "shop_regon", "shop_full_address"}) {
    replace(config, key, "");
  }
}

}  // namespace atrapa::harness
