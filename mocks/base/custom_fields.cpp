#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mocks/base/order_edit.hpp"
#include "mocks/base/product_texts.hpp"
#include "mocks/base/world_json.hpp"
#include "mocks/kit/record_text.hpp"
#include "mocks/kit/world_error.hpp"

// Fields of the account's own on orders, returns and clients.

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kLongestTitle = 40;

bool whole_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return false;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                        (c >= '0' && c <= '9') || c == '+' || c == '/';
    if (!letter) return false;
  }
  return true;
}

/// What lies behind "data:" or "data:text/plain;base64,"; nothing where it is no such file.
std::optional<std::string_view> file_content(std::string_view file) {
  if (!file.starts_with("data:")) return std::nullopt;
  file.remove_prefix(5);
  if (const std::size_t head = file.find("base64,"); head != std::string_view::npos) {
    file.remove_prefix(head + 7);
  }
  if (!whole_base64(file)) return std::nullopt;
  return file;
}

/// A name that the same bytes always get (FNV-1a).
std::string content_name(std::string_view content) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : content) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  }
  return fmt::format("{:016x}", hash);
}

/// {"title", "url"} as JSON text. Where the file can be fetched is not documented; the address is
/// of a name kept for examples, which never resolves [inferred].
std::string stored_file(const kit::Json& sent, const std::string& name) {
  const Given given(sent);
  const std::string title = given.text("title");
  std::string url = given.text("url");
  if (url.empty()) {
    const std::string file = given.text("file");
    const auto content = file_content(file);
    if (!content) throw kit::WorldError(name, "expected a file as data: and base64, or a url");
    url = "https://files.base.example/extra-field/" + content_name(*content);
  }
  if (first_characters(title, kLongestTitle) != title) {
    throw kit::WorldError(name, "a title has 40 characters");
  }
  std::string text = R"({"title":)";
  kit::append_quoted(text, title);
  text += R"(,"url":)";
  kit::append_quoted(text, url);
  return text + '}';
}

bool is_file_field(const Rows<ExtraField>& fields, std::int64_t id) {
  const ExtraField* field = fields.find(id);
  return field != nullptr && field->editor_type == "file";
}

}  // namespace

void set_custom_fields(std::map<std::int64_t, std::string>& values, const Rows<ExtraField>& fields,
                       const Given& given, std::string& note) {
  for (const auto& [key, value] : given.map("custom_extra_fields").items()) {
    const std::string name = "custom_extra_fields." + key;
    std::int64_t id = 0;
    if (!read_key(id, key) || !fields.has(id)) {
      note += fmt::format("the account has no extra field {}: left out. ", key);
      continue;
    }
    const bool empty = value.is_null() || value == "" || (value.is_structured() && value.empty());
    if (empty) {
      values.erase(id);
    } else if (is_file_field(fields, id)) {
      values[id] = stored_file(value, name);
    } else if (auto text = text_in(value)) {
      values[id] = std::move(*text);
    } else {
      throw kit::WorldError(name, "expected a text");
    }
  }
}

void write_custom_fields(Answer& answer, const std::map<std::int64_t, std::string>& values,
                         const Rows<ExtraField>& fields) {
  const auto map = answer.open("custom_extra_fields");
  for (const auto& [id, value] : values) {
    if (is_file_field(fields, id) && value.starts_with('{')) {
      answer.add_raw(std::to_string(id), value);
    } else {
      answer.add(std::to_string(id), value);
    }
  }
}

void write_extra_fields(Answer& answer, const Rows<ExtraField>& fields) {
  const auto list = answer.open("extra_fields");
  fields.each([&](const ExtraField& field) {
    const auto item = answer.item();
    answer.put("extra_field_id", field.id);
    answer.put("name", field.name);
    answer.put("editor_type", field.editor_type);
    const auto options = answer.open("options");
    for (const std::string& option : field.options) answer.add(std::string_view(option));
    return true;
  });
}

}  // namespace atrapa::mocks::base
