#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atrapa::mocks::kit {

struct Header {
  std::string name;
  std::string value;

  bool operator==(const Header&) const = default;
};

/// Header fields in the order they arrived. Names compare without case, as HTTP says.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> fields) : fields_(fields) {}

  /// The first field of that name, or null.
  const std::string* find(std::string_view name) const;
  /// The value of the first field of that name, or "".
  std::string_view get(std::string_view name) const;
  /// Replaces every field of that name by this one.
  void set(std::string_view name, std::string value);
  void add(std::string name, std::string value) {
    fields_.push_back({std::move(name), std::move(value)});
  }

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  std::size_t size() const { return fields_.size(); }
  bool operator==(const Headers&) const = default;

 private:
  std::vector<Header> fields_;
};

/// One HTTP request, bytes as they arrived. `target` is the raw path with its query.
struct Request {
  std::string method;
  std::string target;
  Headers headers;
  std::string body;
};

/// One HTTP answer, bytes as they leave.
struct Response {
  int status = 200;
  Headers headers;
  std::string body;
};

/// A request target taken apart. Percent escapes are decoded; `+` is a space in the query only.
struct Target {
  std::vector<std::string> segments;  ///< "/webapi/rest/taxes/" gives {"webapi", "rest", "taxes"}
  std::vector<std::pair<std::string, std::string>> query;

  /// The last value sent under that name, as PHP reads a query, or nothing.
  std::optional<std::string_view> parameter(std::string_view name) const;
};

/// `%41` as A, and + as a blank where asked. What is no such escape stays as it is, and `whole` is
/// false then.
struct Decoded {
  std::string text;
  bool whole = true;
};
Decoded percent_decoded(std::string_view text, bool plus_is_blank);

/// Nothing when an escape is broken, or when segments or parameters exceed the kit's bounds.
std::optional<Target> parse_target(std::string_view target);

/// `a=1&b=2` as pairs, decoded. Nothing when an escape is broken or there are too many.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view text);

}  // namespace atrapa::mocks::kit
