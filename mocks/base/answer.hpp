#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mocks/base/methods.hpp"
#include "mocks/kit/decimal.hpp"

namespace atrapa::mocks::base {

/// How answers look where the documentation leaves it open.
struct WireShape {
  bool as_sample = true;   ///< Where the official sample and the field table differ: the sample.
  bool php_arrays = true;  ///< A map without entries is `[]`.
};

/// Writes a method's answer, from `{"status":"SUCCESS"` on. The contract says what each field looks
/// like on the wire (a number or a number in a text, list or map, which name), so that handlers
/// only say what it holds. A field that the contract does not have, one that it has and that is not
/// written, and a value that does not fit throw std::logic_error: our bug.
class Answer {
 public:
  Answer(const Method& method, const WireShape& shape);

  /// What was opened last is closed when this ends.
  class [[nodiscard]] Level {
   public:
    explicit Level(Answer& answer) : answer_(answer) {}
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() noexcept(false);

   private:
    Answer& answer_;
  };

  // Members of the object that was opened last.
  void put(std::string_view name, std::int64_t value);
  void put(std::string_view name, int value) { put(name, static_cast<std::int64_t>(value)); }
  void put(std::string_view name, std::string_view value);
  void put(std::string_view name, const std::string& value) { put(name, std::string_view(value)); }
  void put(std::string_view name, const char* value) { put(name, std::string_view(value)); }
  void put(std::string_view name, const kit::Decimal& value);
  void put(std::string_view name, bool value);
  void put_null(std::string_view name);
  /// JSON text of our own making, for a field of kind Any.
  void put_raw(std::string_view name, std::string_view json);
  /// A list, a map or an object, as the contract says.
  Level open(std::string_view name);

  // Elements of the list or map that was opened last. A list does not show the keys.
  Level item() { return item({}); }
  Level item(std::string_view key);
  Level item(std::int64_t key) { return item(std::to_string(key)); }
  void add(std::int64_t value) { add({}, value); }
  void add(std::string_view value) { add({}, value); }
  void add(std::string_view key, std::int64_t value);
  void add(std::string_view key, int value) { add(key, static_cast<std::int64_t>(value)); }
  void add(std::string_view key, std::string_view value);
  void add(std::string_view key, const std::string& value) { add(key, std::string_view(value)); }
  void add(std::string_view key, const char* value) { add(key, std::string_view(value)); }
  /// With two places.
  void add(std::string_view key, const kit::Decimal& value);
  /// An object or list within the list or map of which the contract names no members: JSON text of
  /// our own making.
  void add_raw(std::string_view key, std::string_view json);

  bool as_sample() const { return shape_.as_sample; }

  /// The whole answer. Everything opened must be closed.
  std::string finish() &&;

 private:
  /// Something that is being written.
  struct Open {
    const Node* node;      ///< Its children are the members of this level, or of its elements.
    bool object;           ///< Named members; else elements.
    bool map;              ///< Written with braces.
    bool wrapped = false;  ///< A map that stands in a list of its own.
    bool empty = true;
    std::size_t next = 0;  ///< The child that is likely to come next.
    std::int64_t counter = 0;
    std::bitset<128> written;
  };

  const Node& member(std::string_view name);
  Kind shown(const Node& node) const;
  void begin_value(Open& level, std::string_view key);
  void write(const Node& node, std::int64_t value);
  void write(const Node& node, std::string_view value);
  void write(const Node& node, const kit::Decimal& value);
  void close();
  [[noreturn]] void broken(std::string_view name, std::string_view problem) const;

  const Method& method_;
  WireShape shape_;
  std::string out_;
  std::vector<Open> open_;
};

}  // namespace atrapa::mocks::base
