#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace atrapa::mocks::base {

/// What a value is, by the method's field table.
enum class Kind {
  Int,
  Float,  ///< A decimal number.
  Text,
  Bool,
  List,
  Map,  ///< Also an object with named members.
  Any,  ///< The documentation does not say, or names several.
};

/// A parameter, or a field of an answer, with what lies in it.
struct Node {
  std::string name;  ///< "" for the whole of the parameters or of the answer.
  Kind kind = Kind::Any;
  /// How the official sample shows it where that differs from the table: Text, Float (a number),
  /// Map; List for a map that stands in a list of its own.
  std::optional<Kind> sample;
  std::string sample_name;          ///< Its name in the sample where that differs; else "".
  bool sample_empty_text = false;   ///< The sample shows "" where nothing is in it.
  bool optional = false;            ///< Only in answers to those who ask for it.
  bool null = false;                ///< May be null.
  int places = -1;                  ///< Of a Float; -1: as many as it needs.
  bool required = false;            ///< Of a parameter.
  std::size_t longest = 0;          ///< Characters of a Text parameter; 0: no limit known.
  std::vector<std::string> values;  ///< The only ones allowed; empty: any.
  /// Members of an object, or of each object in a list or map where `of_elements` is set.
  std::vector<Node> children;
  bool of_elements = false;

  /// Null where there is no such child.
  const Node* child(std::string_view wanted) const;
};

/// One method, as the contract has it.
struct Method {
  std::string name;
  std::string group;
  enum class Status { Current, Obsolete, Withdrawn } status = Status::Current;
  bool writes = false;
  std::string replaced_by;  ///< Of a withdrawn one, where known.
  std::string mark;         ///< "[doc]"
  Node parameters;
  Node answer;  ///< Without status, error_code and error_message.
};

/// What connector.php offers, as data: `contract.json`.
///
///   {"methods": [{"method", "group", "status": "current|obsolete|withdrawn", "mode": "read|write",
///     "mark", "replaced_by"?,
///     "parameters": [{"name", "type", "required"?, "longest"?, "enum"?, "mark"?}],
///     "answer": [{"path", "type", "places"?, "optional"?, "null"?, "mark"?,
///                 "sample"?, "sample_name"?, "sample_empty"?}]}]}
///
/// Types: int float text bool list map any. In names and paths `[]` is each element of a list,
/// `{key}` each value of a map.
class Contract {
 public:
  /// Throws kit::WorldError naming the JSON pointer of what cannot be read.
  static Contract parse(std::string_view json);

  const std::vector<Method>& methods() const { return methods_; }
  /// Null where no such method is known.
  const Method* find(std::string_view method) const;

 private:
  std::vector<Method> methods_;  ///< By name.
};

/// The contract of Base, parsed once for the whole program.
const Contract& contract();

}  // namespace atrapa::mocks::base
