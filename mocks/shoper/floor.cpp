#include "mocks/shoper/floor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mocks/shoper/inside.hpp"

namespace atrapa::mocks::shoper {
namespace {

const kit::Json& nothing_asked() {
  static const kit::Json none;
  return none;
}

}  // namespace

Asked::Asked(const kit::Json& json, std::string pointer,
             std::initializer_list<std::string_view> known)
    : object_(&json), pointer_(std::move(pointer)) {
  if (!json.is_object()) {
    static const kit::Json empty = kit::Json::object();
    refuse("", "this is no object", fmt::format("an object of {}", fmt::join(known, ", ")),
           "send an object");
    object_ = &empty;
    return;
  }
  for (const auto& [name, value] : json.items()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    refuse(name, "nothing has this name", fmt::format("{}", fmt::join(known, ", ")),
           "leave it out");
  }
}

const kit::Json& Asked::json(const char* name) const {
  const auto found = object_->find(name);
  return found == object_->end() ? nothing_asked() : *found;
}

void Asked::refuse(std::string_view name, std::string what, std::string expected,
                   std::string next) {
  if (refused) return;
  const std::string where = name.empty() ? pointer_ : fmt::format("{}/{}", pointer_, name);
  refused = FloorRefusal{std::move(what), where, std::move(expected), std::move(next)};
}

void Asked::missing(std::string_view name, std::string expected) {
  refuse(name, "it is missing", std::move(expected), fmt::format("give \"{}\"", name));
}

std::string Asked::text(const char* name, std::string otherwise) {
  const kit::Json& value = json(name);
  if (value.is_null()) return otherwise;
  if (value.is_string()) return value.get<std::string>();
  refuse(name, fmt::format("{} is no text", value.dump()), "a text", "put it in quotes");
  return {};
}

std::string Asked::needed_text(const char* name) {
  std::string given = text(name);
  if (given.empty()) missing(name, "a text");
  return given;
}

bool Asked::flag(const char* name) {
  const kit::Json& value = json(name);
  if (!value.is_null() && !value.is_boolean()) {
    refuse(name, fmt::format("{} is neither", value.dump()), "true or false", "send one of them");
  }
  return value.is_boolean() && value.get<bool>();
}

std::optional<kit::Decimal> Asked::number(const char* name) {
  const kit::Json& value = json(name);
  if (value.is_null()) return std::nullopt;
  const std::string spelled = value.is_string() ? value.get<std::string>() : value.dump();
  auto read = kit::Decimal::parse(spelled);
  if (!read) {
    refuse(name, fmt::format("{} is no number", value.dump()), "a number such as 2 or \"1.50\"",
           "send one");
  }
  return read;
}

std::int64_t Asked::id(const char* name) {
  const kit::Json& value = json(name);
  if (value.is_null()) return 0;
  const auto read = kit::scalar_id(value.dump());
  if (!read) refuse(name, fmt::format("{} is no id", value.dump()), "an id such as 5", "send one");
  return read.value_or(0);
}

std::int64_t Asked::row(const char* name, Rows rows, const State& state) {
  const std::int64_t given = id(name);
  if (given == 0 || state.has(rows, given)) return given;
  const std::string& resource = entry_of(rows).resource;
  refuse(name, fmt::format("there is no {} among the {}", given, resource),
         fmt::format("an id of the {}", resource),
         fmt::format("GET {} lists them", entry_of(rows).path));
  return 0;
}

std::int64_t Asked::needed_row(const char* name, Rows rows, const State& state) {
  const std::int64_t given = row(name, rows, state);
  if (given == 0) missing(name, fmt::format("an id of the {}", entry_of(rows).resource));
  return given;
}

const kit::Json& Asked::needed_object(const char* name) {
  const kit::Json& value = json(name);
  if (!value.is_object()) missing(name, "an object");
  return value;
}

FloorAnswer call_on_floor(Floor& floor, std::string_view verb, const std::string& path,
                          const kit::Json& body, const std::string& where) {
  const std::string whole = "/webapi/rest/" + path;
  const Reply reply = call_inside(floor.state, verb, whole, body.dump(), floor.context);
  if (reply.ok()) return kit::Json::parse(reply.body, nullptr, false);
  const kit::Json said = kit::Json::parse(reply.body, nullptr, false);
  const std::string why =
      said.is_object() ? said.value("error_description", reply.body) : reply.body;
  return FloorRefusal{fmt::format("the shop refuses it: {}", why), where,
                      fmt::format("what {} {} takes", verb, whole),
                      "`atrapa operations shoper` describes the call"};
}

std::string drawn_key(kit::Random& random) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "0123456789abcdef"[random.below(16)];
  return text;
}

}  // namespace atrapa::mocks::shoper
