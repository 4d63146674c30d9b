#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace atrapa::core::base {

/// A JSON object as it goes out, member by member. An object without members is "{}", never "[]":
/// a map has to travel as an object even when it is empty or its keys are 0..n [client].
class Parameters {
 public:
  /// Bytes that are no UTF-8 are replaced.
  Parameters& text(std::string_view name, std::string_view value);
  Parameters& number(std::string_view name, std::int64_t value);
  /// A number with these very digits: "19.90". They are the caller's own, from to_text().
  Parameters& exact(std::string_view name, std::string_view digits);
  Parameters& flag(std::string_view name, bool value);
  /// A number where the id is one, else a text: ids of outside storages may be either [client].
  Parameters& id(std::string_view name, std::string_view value);
  Parameters& object(std::string_view name, const Parameters& value);
  /// A finished JSON value.
  Parameters& json(std::string_view name, std::string_view value);

  bool empty() const { return members_.empty(); }
  std::string str() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

/// A list of finished JSON values, grown one by one.
class ParameterList {
 public:
  ParameterList& add(std::string_view json);
  ParameterList& add_id(std::string_view value);
  std::string str() const { return "[" + items_ + "]"; }

 private:
  std::string items_;
};

/// "method=...&parameters=..." with every byte escaped that a form could take for something else:
/// a literal + of base64 would arrive as a space [doc].
std::string form_body(std::string_view method, std::string_view parameters);

}  // namespace atrapa::core::base
