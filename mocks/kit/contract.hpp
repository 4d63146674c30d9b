#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mocks/kit/json.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/kit/router.hpp"

namespace atrapa::mocks::kit {

/// What a value looks like on the wire.
enum class TypeKind {
  Id,             ///< "36": digits in a string.
  IntString,      ///< "2": a number in a string, whole unless the field says `fraction`.
  DecimalString,  ///< "290.00": a number in a string with the field's `scale` of places.
  Flag,           ///< "0" or "1".
  Bool,
  Int,
  Number,
  String,
  Datetime,  ///< "2026-03-02 08:00:00"; "0000-00-00 00:00:00" for never.
  Date,      ///< "2026-03-02"; "0000-00-00" for never.
  Array,
  Object,  ///< A map too. Empty ones may be written as [] (PHP).
  Null,
  False,  ///< The literal false alone.
};

struct Type {
  TypeKind kind = TypeKind::String;
  std::optional<TypeKind> element;  ///< Of an Array of scalars.

  bool operator==(const Type&) const = default;
};

/// How the fields below a field lie in it: `stock.price`, `translations.<locale>.name`,
/// `options[].id`.
enum class Nesting { None, Object, ByKey, Items };

class Schema;

struct Field {
  std::string name;
  std::vector<Type> types;  ///< Alternatives, the one we write first.
  std::string type_text;    ///< As the contract spells it.
  bool readonly = false;
  bool refused = false;             ///< Read-only, and sending it is an error rather than ignored.
  bool required = false;            ///< On create.
  bool create_only = false;         ///< Written on create, read-only afterwards.
  bool write_only = false;          ///< Never in an answer.
  bool optional = false;            ///< In an answer only when it was set.
  bool made = false;                ///< The moment of creation, where it was not sent.
  bool is_virtual = false;          ///< A filter key only; no record holds it.
  bool by_locale = false;           ///< Objects keyed by locale; see `children` for their members.
  bool fraction = false;            ///< An IntString that may have decimals.
  int scale = 2;                    ///< Places of a DecimalString; -1: as many as it needs.
  std::size_t longest = 0;          ///< Characters of a String; 0: no limit known.
  std::vector<std::string> values;  ///< The only ones allowed; "100-111" is a range. Empty: any.
  std::string refers_to;            ///< The resource whose row the value must name; "" for none.
  std::string initial;              ///< JSON text of what a new record holds.
  Nesting nesting = Nesting::None;
  std::shared_ptr<const Schema> children;

  bool allows(TypeKind kind) const;
  /// Compared as an exact decimal rather than byte for byte.
  bool numeric() const;
};

/// The fields of one resource, or of an object inside it, in the order in which answers write them.
class Schema {
 public:
  explicit Schema(std::vector<Field> fields);

  const std::vector<Field>& fields() const { return fields_; }
  const Field& operator[](std::size_t index) const { return fields_[index]; }
  std::size_t size() const { return fields_.size(); }
  std::optional<std::size_t> find(std::string_view name) const;
  /// For names that our own code spells. Throws std::logic_error where there is no such field.
  std::size_t at(std::string_view name) const;

 private:
  std::vector<Field> fields_;
  std::vector<std::uint16_t> by_name_;  ///< Hash table: places of fields plus one; 0 is free.
};

/// One call of a resource, as the contract has it.
struct Method {
  std::string verb;
  std::string path;  ///< "/webapi/rest/products/{id}"
  Emulation emulation = Emulation::None;
  std::string mark;  ///< "[client, recorded response]"
};

struct Entry {
  std::string resource;
  std::string path;
  std::optional<std::string> id_field;
  std::string mark;
  std::vector<Method> methods;
  Schema schema{{}};

  /// Whether no source shows a call of it.
  bool name_only() const { return methods.empty(); }
};

/// What a platform offers, as data: entries with their methods, fields, types and marks.
///
///   {"marks": {"rec": "[client, recorded response]"},
///    "entries": [{"resource", "path", "mark", "id"?, "note"?,
///      "methods": [{"do": "GET /path/{id}", "emulation": "behaviour|contract|none", "mark"?,
///      "note"?}], "fields": [{"name", "type", "is"?, "enum"?, "default"?, "scale"?, "fraction"?,
///      "shortest"?,
///                  "longest"?, "note"?, "mark"}]}]}
///
/// `is` is a list of words: readonly refused required create-only write-only optional virtual.
/// Types: id int_string decimal_string flag bool int number string datetime date array array<T>
/// object map null false; alternatives joined by `|`. Names of nested fields: `a.b`, `a.<key>.b`,
/// `a[].b`.
class Contract {
 public:
  /// Throws WorldError naming the JSON pointer of what cannot be read.
  static Contract parse(std::string_view json);
  // Routes point into the entries: a contract moves but is never copied.
  Contract(Contract&&) = default;
  Contract& operator=(Contract&&) = default;

  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(std::string_view resource) const;
  /// For resources that our own code names. Throws std::logic_error where there is none.
  const Entry& at(std::string_view resource) const;
  /// All methods, for Platform::operations(), and one "ANY" for each entry known by name only.
  std::vector<Operation> operations(std::string_view platform) const;

  struct Route {
    const Entry* entry = nullptr;
    const Method* method = nullptr;
  };
  using Match = Router<Route>::Match;
  /// HEAD falls back to GET.
  Match route(std::string_view verb, const std::vector<std::string>& segments) const {
    return router_.find(verb, segments);
  }

 private:
  Contract() = default;

  std::vector<Entry> entries_;
  std::unordered_map<std::string_view, std::size_t> by_name_;
  Router<Route> router_;
};

}  // namespace atrapa::mocks::kit
