#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mocks/base/methods.hpp"
#include "mocks/kit/decimal.hpp"
#include "mocks/kit/json.hpp"

namespace atrapa::mocks::base {

/// A parameter that cannot be taken.
struct BadParameter {
  std::string name;     ///< "products[2].price_brutto"
  std::string problem;  ///< "expected a number"
};

/// Parameters as the handlers see them: each of the contract's kind. Numbers in texts have become
/// numbers, Floats their exact text, lists and maps what they are meant to be.
struct Parameters {
  kit::Json values = kit::Json::object();
  std::vector<std::string> cut;      ///< Texts that were longer than the contract allows.
  std::vector<std::string> unknown;  ///< Parameters that the contract does not have; left out.
};

/// Reads the field `parameters`: an object; `[]`, an empty text (bare or as JSON) or nothing for
/// none. A left-out, null or (for numbers and flags) empty parameter counts as not given.
///   [doc samples, client] numbers as texts, `[]` for none; [inferred] a text that is too long is
///   cut
std::variant<Parameters, BadParameter> read_parameters(const Method& method, std::string_view text);

/// An object of parameters, of which each is there or not.
class Given {
 public:
  explicit Given(const kit::Json& object) : object_(object) {}

  bool has(std::string_view name) const { return find(name) != nullptr; }
  std::int64_t integer(std::string_view name, std::int64_t otherwise = 0) const;
  std::string text(std::string_view name, std::string otherwise = {}) const;
  bool flag(std::string_view name, bool otherwise = false) const;
  kit::Decimal decimal(std::string_view name, const kit::Decimal& otherwise = {}) const;
  /// An empty list where it is not given.
  const kit::Json& list(std::string_view name) const;
  /// An empty map where it is not given.
  const kit::Json& map(std::string_view name) const;
  const kit::Json& object() const { return object_; }

 private:
  const kit::Json* find(std::string_view name) const;

  const kit::Json& object_;
};

/// A number as JSON or as text ("14", 14, "2.50", true); nothing for what is none.
std::optional<kit::Decimal> number_in(const kit::Json& value);
/// A whole number likewise.
std::optional<std::int64_t> integer_in(const kit::Json& value);
/// A text; a number as it is written; "1" or "" for a flag; nothing for a list or map.
std::optional<std::string> text_in(const kit::Json& value);

}  // namespace atrapa::mocks::base
