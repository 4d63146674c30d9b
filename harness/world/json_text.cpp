#include "harness/world/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

namespace atrapa::harness {
namespace {

/// Counts the bytes that the parser has taken, so that an event knows where it is.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** reached) : at_(at), reached_(reached) {}

  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    if (reached_ != nullptr) *reached_ = at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** reached_;
};

/// Looks at every event and builds nothing: what it lets through can be parsed without a surprise.
class Inspector final : public nlohmann::json_sax<Json> {
 public:
  Inspector(const char* begin, const char* const* reached, std::size_t max_depth)
      : begin_(begin), reached_(reached), max_depth_(max_depth) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return enter(); }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t) override { return enter(); }
  bool end_array() override { return leave(); }

  bool key(string_t& name) override {
    if (keys_.back().insert(name).second) return true;
    return fail(fmt::format("the key '{}' stands twice in one object", name));
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    std::string_view what = error.what();
    if (const auto at = what.find(": "); at != std::string_view::npos) what.remove_prefix(at + 2);
    problem = what;
    offset = position == 0 ? 0 : position - 1;
    return false;
  }

  std::string problem;
  std::size_t offset = 0;

 private:
  bool enter() {
    if (keys_.size() >= max_depth_) {
      return fail(fmt::format("nested deeper than {} levels", max_depth_));
    }
    keys_.emplace_back();
    return true;
  }
  bool leave() {
    keys_.pop_back();
    return true;
  }
  bool fail(std::string text) {
    problem = std::move(text);
    const auto read = static_cast<std::size_t>(*reached_ - begin_);
    offset = read == 0 ? 0 : read - 1;
    return false;
  }

  const char* begin_;
  const char* const* reached_;
  std::size_t max_depth_;
  std::vector<std::set<std::string, std::less<>>> keys_;
};

JsonTextError error_at(std::string_view text, std::size_t offset, std::string problem) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto newline = before.rfind('\n');
  return {.line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
          .column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline,
          .problem = std::move(problem)};
}

}  // namespace

std::variant<Json, JsonTextError> read_json_text(std::string_view text, std::size_t max_depth) {
  const char* reached = text.data();
  Inspector inspector(text.data(), &reached, max_depth);
  const CountingIterator begin(text.data(), &reached);
  const CountingIterator end(text.data() + text.size(), nullptr);
  if (!Json::sax_parse(begin, end, &inspector)) {
    return error_at(text, inspector.offset, inspector.problem);
  }
  return Json::parse(text, nullptr, false);
}

bool erase_at(Json& document, const std::string& pointer) {
  const Json::json_pointer place(pointer);
  if (pointer.empty() || !document.contains(place)) return false;
  Json& parent = document[place.parent_pointer()];
  if (parent.is_object()) {
    parent.erase(place.back());
  } else {
    parent.erase(static_cast<std::size_t>(std::stoull(place.back())));
  }
  return true;
}

}  // namespace atrapa::harness
