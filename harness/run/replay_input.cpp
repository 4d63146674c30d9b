#include "harness/run/replay_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

#include "harness/run/replay.hpp"
#include "harness/world/json_text.hpp"
#include "harness/world/names.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness {
namespace {

constexpr std::string_view kInput = "/input";
/// Cases that are generated to learn which members a rule's cases have.
constexpr std::uint64_t kSamples = 40;
constexpr int kSampleSize = 50;
/// Places that are tried in the search for what cannot be read.
constexpr std::size_t kMostPlaces = 2'000;

std::string_view kind_of(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return "true or false";
  if (value.is_number()) return "a number";
  if (value.is_string()) return "a text";
  return value.is_array() ? "a list" : "an object";
}

/// One value of each kind.
const std::vector<Json>& stand_ins() {
  static const std::vector<Json> all{"7", 7, true, Json::array(), Json::object(), nullptr};
  return all;
}

void compare(const Json& given, const Json& back, const std::string& pointer,
             std::vector<Misfit>& found) {
  if (given.is_object() && back.is_object()) {
    for (const auto& [key, value] : given.items()) {
      const std::string below = pointer + pointer_step(key);
      if (const auto at = back.find(key); at != back.end()) {
        compare(value, *at, below, found);
      } else {
        found.push_back({.pointer = below, .problem = "", .left_out = true});
      }
    }
  } else if (given.is_array() && back.is_array()) {
    const std::size_t both = std::min(given.size(), back.size());
    for (std::size_t i = 0; i < both; ++i) {
      compare(given[i], back[i], fmt::format("{}/{}", pointer, i), found);
    }
    if (given.size() != back.size()) {
      found.push_back(
          {pointer, fmt::format("{} items, of which {} are read", given.size(), back.size())});
    }
  } else if (kind_of(given) != kind_of(back)) {
    found.push_back({pointer, fmt::format("expected {}, found {}", kind_of(back), kind_of(given))});
  } else if (given != back) {
    found.push_back({pointer, fmt::format("{} would be read as {}", given.dump(), back.dump())});
  }
}

/// The pointer with its numbers taken away: what all items of a list have in common.
std::string any_item(std::string_view pointer) {
  std::string general;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view step = pointer.substr(0, end);
    const bool number = step.find_first_not_of("0123456789", 1) == std::string_view::npos;
    general += number ? "/*" : step;
    pointer.remove_prefix(end);
  }
  return general;
}

/// The members of all objects at such a place.
void collect_keys(const Json& value, const std::string& pointer, const std::string& wanted,
                  std::vector<std::string>& keys) {
  if (!wanted.starts_with(any_item(pointer))) return;
  const bool here = any_item(pointer) == wanted;
  for (const auto& [key, member] : value.items()) {
    if (!here) {
      if (value.is_structured()) collect_keys(member, pointer + pointer_step(key), wanted, keys);
    } else if (value.is_object() && std::find(keys.begin(), keys.end(), key) == keys.end()) {
      keys.push_back(key);
    }
  }
}

/// What an object at that place may have: as the case has it, and as generated cases have it.
std::string known_at(const std::string& parent, const Json& back, const Rule& rule,
                     const SwitchValues& switches) {
  std::vector<std::string> keys;
  const std::string wanted = any_item(parent);
  collect_keys(back, "", wanted, keys);
  for (std::uint64_t seed = 0; rule.generate && seed < kSamples; ++seed) {
    const auto sample = rule.generate(seed, kSampleSize, switches);
    if (sample) collect_keys(sample->to_json(), "", wanted, keys);
  }
  return fmt::format("{}", fmt::join(keys, ", "));
}

/// Whether the rule's case depends on the member: one that nobody reads may hold anything.
bool is_read(const Rule& rule, const Json& input, const std::string& pointer, const Json& back) {
  for (const Json& other : stand_ins()) {
    Json changed = input;
    changed[Json::json_pointer(pointer)] = other;
    try {
      if (rule.read_case(changed)->to_json() != back) return true;
    } catch (const std::exception&) {
      return true;
    }
  }
  return false;
}

bool can_be_read(const Rule& rule, const Json& input) {
  try {
    rule.read_case(input);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

/// All places, what lies deeper first; the top is not among them.
void list_places(const Json& value, const std::string& pointer, std::vector<std::string>& places) {
  if (!value.is_structured()) return;
  for (const auto& [key, member] : value.items()) {
    const std::string below = pointer + pointer_step(key);
    list_places(member, below, places);
    places.push_back(below);
  }
}

/// Where a document that cannot be read is at fault.
struct Fault {
  std::string pointer;
  std::string problem;  ///< "" where only the place is known.
};

/// The deepest place which, when another value stands there or nothing does, lets the rest be read.
std::optional<Fault> find_fault(const Rule& rule, const Json& input) {
  std::vector<std::string> places;
  list_places(input, "", places);
  if (places.size() > kMostPlaces) return std::nullopt;
  for (const std::string& place : places) {
    const Json::json_pointer at(place);
    const std::string_view found = kind_of(input[at]);
    for (const Json& other : stand_ins()) {
      Json changed = input;
      changed[at] = other;
      if (!can_be_read(rule, changed)) continue;
      if (kind_of(other) == found) return Fault{place, ""};
      return Fault{place, fmt::format("expected {}, found {}", kind_of(other), found)};
    }
    Json rest = input;
    if (erase_at(rest, place) && can_be_read(rule, rest)) return Fault{place, ""};
  }
  return std::nullopt;
}

/// What the JSON library found wrong, in our words.
std::string in_words(const Json::exception& error) {
  constexpr int kWrongKind = 302;
  constexpr int kNoSuchKey = 403;
  const std::string_view text = error.what();
  if (error.id == kNoSuchKey) {
    const std::size_t begin = text.find('\'');
    const std::size_t end = text.rfind('\'');
    if (begin < end) return fmt::format("'{}' is missing", text.substr(begin + 1, end - begin - 1));
  }
  return error.id == kWrongKind ? "a value is of another kind than the rule reads"
                                : "it is built in another way than the rule reads";
}

/// What reading it says.
std::string complaint_about(const Rule& rule, const Json& input) {
  try {
    rule.read_case(input);
  } catch (const Json::exception& error) {
    return in_words(error);
  } catch (const mocks::kit::WorldError& error) {
    return std::string(error.what()).substr(error.pointer().size() + 2);
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

}  // namespace

std::vector<Misfit> misfits(const Json& given, const Json& back) {
  std::vector<Misfit> found;
  compare(given, back, "", found);
  return found;
}

std::unique_ptr<Case> read_input(const Rule& rule, const Json& input, const SwitchValues& switches,
                                 const std::string& origin) {
  const auto fail = [&](const std::string& pointer, const std::string& problem) {
    throw ReplayError(at_place(origin, std::string(kInput) + pointer,
                               fmt::format("does not fit rule {}: {}", rule.id, problem)));
  };
  std::unique_ptr<Case> read;
  try {
    read = rule.read_case(input);
  } catch (const std::exception&) {
    const Fault fault = find_fault(rule, input).value_or(Fault{});
    fail(fault.pointer, fault.problem.empty() ? complaint_about(rule, input) : fault.problem);
  }
  const Json back = read->to_json();
  for (const Misfit& one : misfits(input, back)) {
    if (!one.left_out) fail(one.pointer, one.problem);
    if (is_read(rule, input, one.pointer, back)) continue;
    const std::string parent = one.pointer.substr(0, one.pointer.rfind('/'));
    fail(one.pointer, fmt::format("it reads no such member; there are: {}",
                                  known_at(parent, back, rule, switches)));
  }
  return read;
}

std::string at_place(const std::string& origin, const std::string& pointer,
                     const std::string& problem) {
  return origin.empty() ? fmt::format("{}: {}", pointer, problem)
                        : fmt::format("{}: {}: {}", origin, pointer, problem);
}

}  // namespace atrapa::harness
