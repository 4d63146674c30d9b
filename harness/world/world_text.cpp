#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "harness/world/embedded.hpp"
#include "harness/world/json_text.hpp"
#include "harness/world/names.hpp"
#include "harness/world/text_file.hpp"
#include "harness/world/world.hpp"
#include "harness/world/world_form.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness {
namespace {

Json read_json(std::string_view text, const std::string& origin) {
  auto read = read_json_text(text);
  if (const auto* error = std::get_if<JsonTextError>(&read)) {
    throw std::runtime_error(
        fmt::format("{}:{}:{}: not JSON: {}", origin, error->line, error->column, error->problem));
  }
  return std::get<Json>(std::move(read));
}

/// A value on one line, with a space after each colon and comma.
void write_inline(std::string& out, const Json& json) {
  if (json.is_object()) {
    out += '{';
    bool first = true;
    for (const auto& [key, value] : json.items()) {
      if (!first) out += ", ";
      first = false;
      out += Json(key).dump();
      out += ": ";
      write_inline(out, value);
    }
    out += '}';
  } else if (json.is_array()) {
    out += '[';
    bool first = true;
    for (const Json& value : json) {
      if (!first) out += ", ";
      first = false;
      write_inline(out, value);
    }
    out += ']';
  } else {
    out += json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

/// Opens `depth` levels of objects and lists, one member a line; what lies deeper stands on one
/// line.
void write_open(std::string& out, const Json& json, int depth, std::size_t indent) {
  if (depth == 0 || !json.is_structured() || json.empty()) {
    write_inline(out, json);
    return;
  }
  const bool object = json.is_object();
  out += object ? "{\n" : "[\n";
  bool first = true;
  for (const auto& [key, value] : json.items()) {
    if (!first) out += ",\n";
    first = false;
    out.append(indent + 2, ' ');
    if (object) {
      out += Json(key).dump();
      out += ": ";
    }
    // Fields of the fake's settings and configuration are short: they stay on one line.
    const bool flat = object && (key == "settings" || key == "config");
    write_open(out, value, flat ? 0 : depth - 1, indent + 2);
  }
  out += '\n';
  out.append(indent, ' ');
  out += object ? '}' : ']';
}

}  // namespace

World parse_world(std::string_view text, const std::string& origin) {
  std::vector<WorldProblem> problems;
  World world = read_form(read_json(text, origin), problems);
  if (problems.empty()) return world;
  std::string problem = problems.front().problem;
  if (problems.size() > 1) problem += fmt::format(" (and {} more problems)", problems.size() - 1);
  throw mocks::kit::WorldError(problems.front().pointer, fmt::format("{} [{}]", problem, origin));
}

World read_world(const std::filesystem::path& file) {
  return parse_world(read_text_file(file, kMaxInputBytes), file.string());
}

std::vector<WorldProblem> problems_of(std::string_view text, const std::string& origin) {
  std::vector<WorldProblem> problems;
  const World world = read_form(read_json(text, origin), problems);
  return problems.empty() ? validate(world) : problems;
}

Json to_json(const World& world) {
  Json products = Json::array();
  for (const ErpProduct& product : world.products) {
    Json row = product;
    if (const auto note = world.notes.find(product.id); note != world.notes.end()) {
      row["note"] = note->second;
    }
    products.push_back(std::move(row));
  }
  Json json = Json::object();
  json["format"] = "atrapa-world/1";
  json["name"] = world.name;
  json["about"] = world.about;
  json["now"] = instant_text(world.now);
  json["shoper"] = world.shoper;
  if (!world.base.empty()) json["base"] = world.base;
  json["erp"]["products"] = std::move(products);
  return json;
}

std::string world_text(const World& world) {
  const Json json = to_json(world);
  std::string out = "{\n";
  for (const auto& [key, value] : json.items()) {
    if (out.size() > 2) out += ",\n";
    out += fmt::format("  \"{}\": ", key);
    // An account opens down to its rows: accounts, account, resources, one resource;
    // in Base accounts, account, family, table.
    const bool accounts = key == "shoper" || key == "base";
    write_open(out, value, accounts ? 4 : key == "erp" ? 2 : 0, 2);
  }
  out += "\n}\n";
  return out;
}

void write_world(const World& world, const std::filesystem::path& file) {
  write_text_file(file, world_text(world));
}

std::string_view embedded_world(std::string_view name) {
  if (name == "empty") return embedded::world_empty();
  if (name == "demo") return embedded::world_demo();
  constexpr std::array<std::string_view, 2> kNames{"empty", "demo"};
  const std::string_view meant = nearest(name, kNames);
  throw std::runtime_error(fmt::format(
      "no world '{}' in the program: there are 'empty' and 'demo'{}; a world of your own "
      "is named by its file",
      name, meant.empty() ? "" : fmt::format(" (did you mean '{}'?)", meant)));
}

}  // namespace atrapa::harness
