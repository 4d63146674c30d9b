#include "harness/incident/left_out.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "harness/world/json_text.hpp"
#include "mocks/shoper/shoper.hpp"

namespace atrapa::harness {
namespace {

constexpr int kMostRounds = 12;

/// "/categories/2" as "categories": the field as people name it, whatever its item.
std::string field_name(std::string_view pointer) {
  std::string name;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view step = pointer.substr(1, end - 1);
    const bool item = step.find_first_not_of("0123456789") == std::string_view::npos;
    if (!item) name += (name.empty() ? "" : ".") + std::string(step);
    pointer.remove_prefix(end);
  }
  return name;
}

/// A place in a row of an account: "/shoper/0/resources/products/3/tax_id".
struct RowPlace {
  std::size_t account = 0;
  std::string resource;
  std::size_t row = 0;
  std::string field;  ///< "/tax_id"; "" for the row itself.
};

std::optional<RowPlace> row_place(const std::string& pointer) {
  std::vector<std::string> steps;
  std::size_t at = 0;
  for (; at < pointer.size() && steps.size() < 5;
       at = std::min(pointer.find('/', at + 1), pointer.size())) {
    const std::size_t end = std::min(pointer.find('/', at + 1), pointer.size());
    steps.push_back(pointer.substr(at + 1, end - at - 1));
  }
  if (steps.size() < 5 || steps[0] != "shoper" || steps[2] != "resources") return std::nullopt;
  const auto number = [](const std::string& text, std::size_t& value) {
    return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{};
  };
  RowPlace place{.resource = steps[3], .field = pointer.substr(at)};
  if (!number(steps[1], place.account) || !number(steps[4], place.row)) return std::nullopt;
  return place;
}

class Sieve {
 public:
  explicit Sieve(World& world) : world_(world) {}

  std::vector<std::string> run() {
    for (Json& account : world_.shoper) sift_account(account);
    for (int round = 0; round < kMostRounds && mend_references(); ++round) {
    }
    std::vector<std::string> notes;
    for (const auto& [place, left] : left_) {
      const auto& [resource, field] = place;
      const std::string often = left.times == 1 ? "once" : fmt::format("{} times", left.times);
      notes.push_back(fmt::format("left out: {} of {} ({}): {}", field.empty() ? "a row" : field,
                                  resource, often, left.why));
    }
    return notes;
  }

 private:
  struct Left {
    std::size_t times = 0;
    std::string why;  ///< Of the first.
  };

  void count(const std::string& resource, const std::string& field, const std::string& why) {
    Left& left = left_[{resource, field}];
    if (left.times++ == 0) left.why = why;
  }

  /// What each row holds by itself.
  void sift_account(Json& account) {
    if (account.contains("config")) sift_row("application-config", account["config"]);
    if (!account.contains("resources")) return;
    for (auto& [resource, rows] : account["resources"].items()) {
      for (Json& row : rows) sift_row(resource, row);
    }
  }

  void sift_row(const std::string& resource, Json& row) {
    const auto problems = mocks::shoper::row_problems(resource, row);
    // Backwards, so that the places of earlier items of a list stay what they are.
    for (auto one = problems.rbegin(); one != problems.rend(); ++one) {
      if (erase_at(row, one->pointer)) count(resource, field_name(one->pointer), one->problem);
    }
  }

  /// One look at what validate() finds; false where it finds nothing that can be left out.
  bool mend_references() {
    const std::vector<WorldProblem> problems = validate(world_);
    std::set<std::pair<std::string, std::size_t>> hopeless;  ///< Rows of an account's list.
    bool mended = false;
    for (auto one = problems.rbegin(); one != problems.rend(); ++one) {
      const auto place = row_place(one->pointer);
      if (!place) continue;
      const std::string list =
          fmt::format("/shoper/{}/resources/{}", place->account, place->resource);
      Json& rows = world_.shoper[place->account]["resources"][place->resource];
      if (place->row >= rows.size()) continue;
      if (!place->field.empty() && tried_.insert(one->pointer).second &&
          erase_at(rows[place->row], place->field)) {
        count(place->resource, field_name(place->field), one->problem);
        mended = true;
      } else if (hopeless.emplace(list, place->row).second) {
        count(place->resource, "", one->problem);
      }
    }
    // From the last on, so that the numbers of the others stay what they are.
    for (auto one = hopeless.rbegin(); one != hopeless.rend(); ++one) {
      const auto place = row_place(fmt::format("{}/{}", one->first, one->second)).value();
      Json& rows = world_.shoper[place.account]["resources"][place.resource];
      rows.erase(place.row);
      tried_.clear();  // Rows have other numbers now.
      mended = true;
    }
    return mended;
  }

  World& world_;
  std::map<std::pair<std::string, std::string>, Left> left_;
  std::set<std::string> tried_;
};

}  // namespace

std::vector<std::string> leave_out_misfits(World& world) { return Sieve(world).run(); }

}  // namespace atrapa::harness
