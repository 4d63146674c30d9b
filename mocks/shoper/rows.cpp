#include "mocks/shoper/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "mocks/kit/json_bounds.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::Json;

/// "pl_PL" -> "1"; "0" where the shop has no such language.
std::string language_id(const State& state, std::string_view locale) {
  std::string id = "0";
  state.table(Rows::Languages).each([&](const kit::RecordPtr& row) {
    if (text_of(Rows::Languages, *row, "locale") != locale) return true;
    id = text_of(Rows::Languages, *row, "lang_id");
    return false;
  });
  return id;
}

void set_if_zero(kit::RecordWriter& writer, std::string_view field, const std::string& value) {
  if (writer.schema().find(field) && (!writer.has(field) || writer.text(field) == "0")) {
    writer.set_text(field, value);
  }
}

/// Its locale's row id: one counter for the translations of a resource.
void complete_translation_id(State& state, const kit::Entry& entry, kit::RecordWriter& one,
                             std::int64_t id) {
  const std::string_view field = one.schema().find("trans_id") ? "trans_id" : "translation_id";
  if (!one.schema().find(field)) return;
  const std::string counter = entry.resource + ".translations";
  const std::int64_t given = kit::scalar_id(one.raw(field)).value_or(0);
  if (given != 0) return state.count_past(counter, given);
  // The first translations of a shop carry the ids of their rows [rec].
  const auto next = state.counters->find(counter);
  if (next == state.counters->end() || next->second <= id) state.count_past(counter, id - 1);
  one.set_text(field, std::to_string(state.count_up(counter)));
}

void complete_permalink(const State& state, Rows rows, kit::RecordWriter& one,
                        std::string_view locale, std::int64_t id) {
  if ((rows != Rows::Products && rows != Rows::Categories) || !one.text("permalink").empty())
    return;
  const std::string language(locale.substr(0, locale.find('_')));
  one.set_text("permalink",
               fmt::format("https://{}/{}/{}/{}/{}", state.host, language,
                           rows == Rows::Products ? "p" : "c", slug(one.text("name")), id));
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kPolish{{
    {"ą", "a"},
    {"ć", "c"},
    {"ę", "e"},
    {"ł", "l"},
    {"ń", "n"},
    {"ó", "o"},
    {"ś", "s"},
    {"ź", "z"},
    {"ż", "z"},
    {"Ą", "A"},
    {"Ć", "C"},
    {"Ę", "E"},
    {"Ł", "L"},
    {"Ń", "N"},
    {"Ó", "O"},
    {"Ś", "S"},
    {"Ź", "Z"},
    {"Ż", "Z"},
}};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

void set_id(Rows rows, kit::RecordWriter& writer, std::int64_t id) {
  const std::size_t field = id_field_of(rows);
  const std::string text = std::to_string(id);
  const bool number = schema_of(rows)[field].types.front().kind == kit::TypeKind::Int;
  writer.set(field, number ? text : kit::json_string(text));
}

void complete_translations(State& state, Rows rows, kit::RecordWriter& writer, std::int64_t id) {
  const kit::Entry& entry = entry_of(rows);
  const auto field = entry.schema.find("translations");
  if (!field || entry.schema[*field].children == nullptr) return;
  const std::string before(writer.raw(*field));
  if (!before.starts_with('{')) return;
  std::string text = "{";
  kit::each_member(before, [&](std::string_view locale, std::string_view raw) {
    kit::RecordWriter one(*entry.schema[*field].children, raw);
    one.fill();
    complete_translation_id(state, entry, one, id);
    set_if_zero(one, entry.id_field.value(), std::to_string(id));
    set_if_zero(one, "lang_id", language_id(state, locale));
    complete_permalink(state, rows, one, locale, id);
    if (text.size() > 1) text.push_back(',');
    text += fmt::format("\"{}\":{}", locale, one.object());
  });
  writer.set(*field, text + "}");
}

void check_locales(const Call& call, kit::Written& written, const kit::Schema& schema) {
  const kit::WrittenValue* translations = written.find(schema, "translations");
  if (translations == nullptr) return;
  for (const auto& [locale, members] : translations->keyed) {
    if (language_id(call.state, locale) == "0") {
      written.problems.push_back({"translations." + locale, kit::FieldFault::NotFound, {}});
    }
  }
}

void check_new_locales(kit::Written& written, const kit::Schema& schema, const kit::Record& row) {
  const kit::WrittenValue* translations = written.find(schema, "translations");
  if (translations == nullptr) return;
  const std::size_t field = schema.at("translations");
  for (const auto& [locale, members] : translations->keyed) {
    if (!kit::member(row.raw(field), locale).empty()) continue;
    const kit::Schema& inner = *schema[field].children;
    for (std::size_t i = 0; i < inner.size(); ++i) {
      const bool sent = std::any_of(members.begin(), members.end(),
                                    [&](const kit::WrittenValue& one) { return one.field == i; });
      if (!inner[i].required || sent) continue;
      const std::string name = fmt::format("translations.{}.{}", locale, inner[i].name);
      const bool told =
          std::any_of(written.problems.begin(), written.problems.end(),
                      [&](const kit::Problem& problem) { return problem.field == name; });
      if (!told) written.problems.push_back({name, kit::FieldFault::Missing, {}});
    }
  }
}

void merge_translations(const kit::Record& before, kit::RecordWriter& writer) {
  const auto field = writer.schema().find("translations");
  if (!field || writer.schema()[*field].children != nullptr) return;
  const std::string_view former = before.raw(*field);
  if (writer.raw(*field) == former || !former.starts_with('{')) return;
  Json merged = Json::parse(former, nullptr, false);
  const Json sent = Json::parse(writer.raw(*field), nullptr, false);
  for (const auto& [locale, members] : sent.items()) {
    if (members.is_object() && merged[locale].is_object()) {
      merged[locale].update(members);
    } else {
      merged[locale] = members;
    }
  }
  writer.set(*field, kit::json_text(merged));
}

std::string slug(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto polish = std::find_if(kPolish.begin(), kPolish.end(), [&](const auto& pair) {
      return text.substr(i).starts_with(pair.first);
    });
    if (polish != kPolish.end()) {
      out += polish->second;
      i += polish->first.size();
      continue;
    }
    if (is_word(text[i])) {
      out.push_back(text[i]);
    } else if (!out.empty() && out.back() != '-') {
      out.push_back('-');
    }
    ++i;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

std::string name_of(const State& state, Rows rows, const kit::Record& row) {
  const std::string_view translations = raw_of(rows, row, "translations");
  std::string_view found = kit::member(translations, state.config_text("default_language_name"));
  if (found.empty()) {
    kit::each_member(translations, [&](std::string_view, std::string_view raw) {
      if (found.empty()) found = raw;
    });
  }
  return kit::scalar_text(kit::member(found, "name"));
}

std::variant<kit::Written, Reply> read_body(Call& call, const kit::Schema& schema,
                                            kit::WriteRules::Mode mode) {
  if (!kit::json_depth_ok(call.body)) return invalid_request(call.language, "JSON: nesting");
  const Json json = Json::parse(call.body, nullptr, false);
  const bool empty_list = json.is_array() && json.empty();
  if (!json.is_object() && !empty_list) {
    return invalid_request(call.language, "JSON: expected an object");
  }
  kit::Written written = kit::validate(schema, json,
                                       {.mode = mode,
                                        .refuse_readonly = call.settings().refuse_readonly,
                                        .refuse_unknown = call.settings().refuse_unknown});
  if (!written.ignored.empty()) {
    call.context.note = fmt::format("passed over: {}", fmt::join(written.ignored, ", "));
  }
  return written;
}

kit::Decimal number_of(const kit::RecordWriter& writer, std::string_view field) {
  return kit::scalar_number(writer.raw(field)).value_or(kit::Decimal{});
}

void check_references(const Call& call, kit::Written& written, const kit::Schema& schema) {
  for (std::size_t i = 0; i < schema.size(); ++i) {
    const std::string& target = schema[i].refers_to;
    if (target.empty()) continue;
    const kit::Table& table = call.state.table(rows_of(target).value());
    const auto is_lost = [&](std::string_view raw) {
      const auto id = kit::scalar_id(raw);
      return raw != "null" && id != 0 && (!id || !table.has(*id));
    };
    const std::string_view raw = written.raw(schema, schema[i].name);
    if (raw.empty()) continue;
    const auto named = raw.starts_with('[') ? kit::elements(raw) : std::vector{raw};
    if (std::any_of(named.begin(), named.end(), is_lost)) {
      written.problems.push_back({schema[i].name, kit::FieldFault::NotFound, {}});
    }
  }
}

void check_reference(const Call& call, kit::Written& written, const kit::Schema& schema,
                     std::string_view field, Rows target) {
  const std::string_view raw = written.raw(schema, field);
  if (raw.empty() || raw == "null") return;
  const auto id = kit::scalar_id(raw);
  if (!id || !call.state.has(target, *id)) {
    written.problems.push_back({std::string(field), kit::FieldFault::NotFound, {}});
  }
}

}  // namespace atrapa::mocks::shoper
