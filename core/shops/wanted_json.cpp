#include "core/shops/wanted_json.hpp"

#include <rapidjson/reader.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "core/domain/text_match.hpp"

namespace atrapa::core {

namespace {

constexpr std::size_t kDeepest = 64;

bool is_number(const std::string& key) {
  return !key.empty() &&
         std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether the text holds half of a surrogate pair. RapidJSON refuses a first half without a
/// second, but writes a second half alone (`\udc00`) as three bytes that are not UTF-8.
bool has_half_pair(std::string_view text) {
  constexpr char kFirstByte = '\xED';
  constexpr unsigned char kFromSecond = 0xA0;
  for (std::size_t at = text.find(kFirstByte); at != text.npos;
       at = text.find(kFirstByte, at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= kFromSecond) {
      return true;
    }
  }
  return false;
}

/// Builds the tree of what is wanted while RapidJSON's parser reads.
class Pruner {
 public:
  Pruner(const Wanted& wanted, const Wanted& whole) : wanted_(wanted), whole_(whole) {}

  Json take() { return std::move(root_); }

  // The parser's events; false ends the reading.
  bool Null() { return value(nullptr); }
  bool Bool(bool flag) { return value(flag); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return value(std::string_view(text, size));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view read(text, size);
    return !has_half_pair(read) && value(read);
  }
  bool StartObject() { return open(Json::object()); }
  bool StartArray() { return open(Json::array()); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    if (has_half_pair({text, size})) return false;
    if (skipped_depth_ > 0) return true;
    key_.assign(text, size);
    if (whole_depth_ > 0) return true;
    keep_next_ = whole_.contains(key_);
    skip_next_ = !keep_next_ && !wanted_.contains(key_) && !is_number(key_);
    return true;
  }
  // Never called: numbers come raw.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

 private:
  bool skipping() const { return skip_next_ || skipped_depth_ > 0; }
  bool skipped() {
    skip_next_ = false;
    return true;
  }

  Json* put(Json&& made) {
    if (stack_.empty()) {
      root_ = std::move(made);
      return &root_;
    }
    Json& parent = *stack_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(made));
      return &parent.back();
    }
    return &(parent[key_] = std::move(made));
  }

  template <typename Value>
  bool value(const Value& made) {
    if (skipping()) return skipped();
    keep_next_ = false;
    put(Json(made));
    return true;
  }

  bool open(Json&& made) {
    if (++depth_ > kDeepest) return false;
    if (skipping()) {
      skip_next_ = false;
      ++skipped_depth_;
      return true;
    }
    if (keep_next_ || whole_depth_ > 0) ++whole_depth_;
    keep_next_ = false;
    stack_.push_back(put(std::move(made)));
    return true;
  }

  bool close() {
    --depth_;
    if (skipped_depth_ > 0) {
      --skipped_depth_;
    } else {
      if (whole_depth_ > 0) --whole_depth_;
      stack_.pop_back();
    }
    return true;
  }

  const Wanted& wanted_;
  const Wanted& whole_;
  Json root_;
  std::vector<Json*> stack_;
  std::string key_;
  bool skip_next_ = false;
  bool keep_next_ = false;
  std::size_t skipped_depth_ = 0;
  std::size_t whole_depth_ = 0;  ///< Objects and arrays open in a member that is kept whole.
  std::size_t depth_ = 0;
};

}  // namespace

std::optional<Json> parse_wanted(const std::string& text, const Wanted& wanted,
                                 const Wanted& whole) {
  using namespace rapidjson;
  // The parser looks at each character by itself where it is to check the encoding, too.
  if (!is_utf8(text)) return std::nullopt;
  // It may recurse: Pruner ends it before it gets deep.
  constexpr unsigned kFlags = kParseNumbersAsStringsFlag;
  Pruner pruner(wanted, whole);
  StringStream stream(text.c_str());
  // A zero byte ends the stream wherever it lies; behind the JSON there must be nothing.
  if (!Reader().Parse<kFlags>(stream, pruner) || stream.Tell() != text.size()) return std::nullopt;
  return pruner.take();
}

std::optional<std::string> text_member(const Json& object, const char* name) {
  if (!object.is_object()) return std::nullopt;
  const auto member = object.find(name);
  if (member == object.end()) return std::nullopt;
  if (member->is_boolean()) return member->get<bool>() ? "1" : "";
  return member->is_string() ? std::optional(member->get_ref<const std::string&>()) : std::nullopt;
}

std::string text_or_empty(const Json& object, const char* name) {
  return text_member(object, name).value_or("");
}

bool flag_member(const Json& object, const char* name) {
  const auto text = text_member(object, name);
  return text == "1" || text == "true";
}

std::optional<std::string> key_member(const Json& object, const char* name) {
  auto text = text_member(object, name);
  if (text && (text->empty() || *text == "0" || *text == "null")) return std::nullopt;
  return text;
}

}  // namespace atrapa::core
