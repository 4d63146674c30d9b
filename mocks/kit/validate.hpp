#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mocks/kit/contract.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/record.hpp"

namespace atrapa::mocks::kit {

/// Why a field of a written object is not accepted.
enum class FieldFault {
  Missing,   ///< Required and not there.
  BadType,   ///< Not a value of the field's type; `detail` names the type.
  BadValue,  ///< Of the right type, but none of the allowed values.
  TooLong,   ///< A text of more characters than allowed; `detail` is the limit.
  ReadOnly,
  Unknown,     ///< The resource has no such field.
  NotFound,    ///< Names a row that does not exist.
  Taken,       ///< Must be unique and is not.
  OutOfRange,  ///< A number that the state does not allow; `detail` says which would do.
};

struct Problem {
  std::string field;  ///< Dotted from the top: "translations.pl_PL.name".
  FieldFault fault = FieldFault::BadType;
  std::string detail;
};

/// One accepted value.
struct WrittenValue {
  std::size_t field = 0;  ///< In its schema.
  std::string raw;        ///< In the platform's spelling; empty where `members` or `keyed` hold it.
  std::vector<WrittenValue> members;  ///< Of a nested object.
  /// Of a map of objects, by key.
  std::vector<std::pair<std::string, std::vector<WrittenValue>>> keyed;
};

struct WriteRules {
  enum class Mode {
    Create,  ///< Required fields must be there.
    Update,  ///< Only what is sent changes.
    Plant,   ///< Rows of a world: read-only ones too, nothing required, any value that can be
             ///< stored.
  };
  Mode mode = Mode::Create;
  bool refuse_readonly = false;  ///< Else read-only fields are passed over, but for `refused` ones.
  bool refuse_unknown = false;   ///< Else unknown fields are passed over.
};

struct Written {
  std::vector<WrittenValue> values;
  std::vector<Problem> problems;     ///< All of them, in the order of the schema.
  std::vector<std::string> ignored;  ///< Fields passed over.

  const WrittenValue* find(const Schema& schema, std::string_view field) const;
  /// The raw text sent for that top-level field, or "".
  std::string_view raw(const Schema& schema, std::string_view field) const;
};

/// Checks an object that a client sent and spells its values as the platform would.
///
/// Numbers are accepted as JSON numbers or numeric strings, texts also as numbers, flags also as
/// booleans; an empty list stands for an empty object (PHP) [client]. A decimal with more places
/// than its field has is rounded half away from zero, as a DECIMAL column does [inferred]. At most
/// 10 digits before the point and 6 behind it are taken, so that sums stay exact [inferred].
Written validate(const Schema& schema, const Json& object, const WriteRules& rules);

/// Writes the values over what `writer` holds. Nested objects and maps are merged, lists replaced.
/// New nested objects start from their schema's initial values.
void write_values(const std::vector<WrittenValue>& values, RecordWriter& writer);

}  // namespace atrapa::mocks::kit
