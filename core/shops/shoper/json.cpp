#include "core/shops/shoper/json.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace atrapa::core::shoper {

namespace {

constexpr std::size_t kDeepest = 64;

bool is_number(const std::string& key) {
  return !key.empty() &&
         std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Builds the tree of what is wanted while nlohmann's parser reads.
class Pruner final : public nlohmann::json_sax<Json> {
 public:
  explicit Pruner(const Wanted& wanted) : wanted_(wanted) {}

  Json take() { return std::move(root_); }

  bool null() override { return value(Json()); }
  bool boolean(bool flag) override { return value(Json(flag)); }
  bool number_integer(number_integer_t number) override {
    return value(Json(std::to_string(number)));
  }
  bool number_unsigned(number_unsigned_t number) override {
    return value(Json(std::to_string(number)));
  }
  bool number_float(number_float_t, const string_t& text) override { return value(Json(text)); }
  bool string(string_t& text) override {
    if (skipping()) return skipped();
    return value(Json(std::move(text)));
  }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (skipped_depth_ > 0) return true;
    if (wanted_.contains(name) || is_number(name)) {
      key_ = std::move(name);
    } else {
      skip_next_ = true;
    }
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }

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

  bool value(Json&& made) {
    if (skipping()) return skipped();
    put(std::move(made));
    return true;
  }

  bool open(Json&& made) {
    if (++depth_ > kDeepest) return false;
    if (skipping()) {
      skip_next_ = false;
      ++skipped_depth_;
      return true;
    }
    stack_.push_back(put(std::move(made)));
    return true;
  }

  bool close() {
    --depth_;
    if (skipped_depth_ > 0) {
      --skipped_depth_;
    } else {
      stack_.pop_back();
    }
    return true;
  }

  const Wanted& wanted_;
  Json root_;
  std::vector<Json*> stack_;
  std::string key_;
  bool skip_next_ = false;
  std::size_t skipped_depth_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

std::optional<Json> parse_wanted(std::string_view text, const Wanted& wanted) {
  Pruner pruner(wanted);
  if (!Json::sax_parse(text.begin(), text.end(), &pruner)) return std::nullopt;
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

std::optional<std::string> polish_name(const Json& object) {
  if (!object.is_object()) return std::nullopt;
  const auto translations = object.find("translations");
  if (translations == object.end() || !translations->is_object()) return std::nullopt;
  const auto polish = translations->find("pl_PL");
  return polish == translations->end() ? std::nullopt : text_member(*polish, "name");
}

}  // namespace atrapa::core::shoper
