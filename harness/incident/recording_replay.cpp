#include "harness/incident/recording_replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "harness/incident/recorded_platform.hpp"
#include "harness/world/names.hpp"
#include "mocks/kit/host.hpp"
#include "mocks/kit/json_bounds.hpp"
#include "mocks/kit/redact.hpp"
#include "mocks/kit/time.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::kMasked;

/// A recorded value as it goes into a message.
std::string shown(const Json& json) {
  constexpr std::size_t kLongest = 120;
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kLongest)
    text = fmt::format("{}... ({} bytes)", text.substr(0, kLongest), text.size());
  return text;
}

std::string shown_text(std::string_view text) { return shown(Json(std::string(text))); }

/// Discarded where the body is no JSON, or nested deeper than anything the API answers.
Json parse_body(const std::string& body) {
  if (!mocks::kit::json_depth_ok(body)) return Json(Json::value_t::discarded);
  return Json::parse(body, nullptr, false);
}

std::vector<std::string> split_pointer(std::string_view pointer) {
  std::vector<std::string> steps;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    std::string plain(step);
    replace_all(plain, "~1", "/");
    replace_all(plain, "~0", "~");
    steps.push_back(std::move(plain));
  }
  return steps;
}

/// Compares one answer with its recording and notes every difference.
class Comparison {
 public:
  Comparison(const RecordedPlatform& platform, std::size_t entry, const RecordedExchange& recorded,
             std::vector<ReplayMismatch>& out)
      : platform_(platform), entry_(entry), recorded_(recorded), out_(out) {
    for (const std::string& pointer : recorded.volatile_at) {
      volatile_.push_back(split_pointer(pointer));
    }
  }

  void run(const mocks::kit::Response& observed) {
    if (recorded_.response.status != observed.status) {
      note("/status", std::to_string(recorded_.response.status),
           fmt::format("{} {}", observed.status, shown_text(observed.body)));
      return;
    }
    for (const std::string& name : recorded_.headers) compare_header(name, observed);
    if (recorded_.body_known) compare_body(observed.body);
    for (const std::string& word : recorded_.mentions) {
      if (observed.body.find(word) != std::string::npos) continue;
      note("/body", fmt::format("a mention of '{}'", word), shown_text(observed.body));
    }
  }

 private:
  void note(std::string pointer, std::string expected, std::string observed) {
    out_.push_back({.entry = entry_,
                    .request = platform_.call(recorded_.request),
                    .pointer = std::move(pointer),
                    .expected = std::move(expected),
                    .observed = std::move(observed)});
  }

  std::string body_pointer() const {
    std::string pointer = "/body";
    for (const std::string& step : path_) pointer += pointer_step(step);
    return pointer;
  }

  void compare_header(const std::string& name, const mocks::kit::Response& observed) {
    const std::string* expected = recorded_.response.headers.find(name);
    const std::string* found = observed.headers.find(name);
    const auto text = [](const std::string* value) {
      return value == nullptr ? std::string("no such header") : shown_text(*value);
    };
    if ((expected == nullptr) == (found == nullptr) &&
        (expected == nullptr || *expected == *found)) {
      return;
    }
    note("/headers" + pointer_step(name), text(expected), text(found));
  }

  void compare_body(const std::string& observed) {
    const Json expected = parse_body(recorded_.response.body);
    const Json found = parse_body(observed);
    if (expected.is_discarded() || found.is_discarded()) {
      if (recorded_.response.body != observed) {
        note("/body", shown_text(recorded_.response.body), shown_text(observed));
      }
      return;
    }
    compare(expected, found);
  }

  bool is_volatile() const {
    return std::any_of(volatile_.begin(), volatile_.end(), [&](const auto& steps) {
      return std::equal(
          steps.begin(), steps.end(), path_.begin(), path_.end(),
          [](const std::string& step, const std::string& at) { return step == "*" || step == at; });
    });
  }

  static std::string_view type_of(const Json& json) {
    return json.is_number() ? "number" : json.type_name();
  }

  void compare(const Json& expected, const Json& observed) {
    if (type_of(expected) != type_of(observed)) {
      note(body_pointer(), fmt::format("{} {}", type_of(expected), shown(expected)),
           fmt::format("{} {}", type_of(observed), shown(observed)));
    } else if (expected.is_object()) {
      compare_objects(expected, observed);
    } else if (expected.is_array()) {
      compare_arrays(expected, observed);
    } else if (expected != observed && !is_volatile() && expected != Json(kMasked)) {
      note(body_pointer(), shown(expected), shown(observed));
    }
  }

  void compare_objects(const Json& expected, const Json& observed) {
    for (const auto& [key, value] : expected.items()) {
      path_.push_back(key);
      const auto found = observed.find(key);
      if (found == observed.end()) {
        note(body_pointer(), shown(value), "no such field");
      } else {
        compare(value, *found);
      }
      path_.pop_back();
    }
    for (const auto& [key, value] : observed.items()) {
      if (expected.contains(key)) continue;
      path_.push_back(key);
      note(body_pointer(), "no such field", shown(value));
      path_.pop_back();
    }
  }

  void compare_arrays(const Json& expected, const Json& observed) {
    if (expected.size() != observed.size()) {
      note(body_pointer(), fmt::format("{} items", expected.size()),
           fmt::format("{} items", observed.size()));
    }
    for (std::size_t i = 0; i < std::min(expected.size(), observed.size()); ++i) {
      path_.push_back(std::to_string(i));
      compare(expected[i], observed[i]);
      path_.pop_back();
    }
  }

  const RecordedPlatform& platform_;
  std::size_t entry_;
  const RecordedExchange& recorded_;
  std::vector<ReplayMismatch>& out_;
  std::vector<std::vector<std::string>> volatile_;
  std::vector<std::string> path_;
};

/// What people did before the request, in the world's first account.
void do_deeds(mocks::kit::Host& host, const RecordedPlatform& platform, const World& world,
              const Json& deeds) {
  const Json& accounts = platform.accounts(world);
  const std::string account = accounts.empty() ? "" : accounts[0].value("account", "");
  for (const Json& deed : deeds) {
    host.act([&](mocks::kit::Platform& fake, mocks::kit::Context& context) {
      platform.act(fake, account, deed.at("operation").get<std::string>(),
                   deed.value("body", Json::object()), context);
    });
  }
}

/// The clock stands as far after the world's moment as the entry stands after the first one.
void follow(mocks::kit::VirtualClock& clock, const World& world, const Recording& recording,
            const RecordedExchange& exchange) {
  const auto& first = recording.exchanges.front().at;
  if (!first || !exchange.at || *exchange.at < *first) return;
  clock.set(std::max(clock.now(), world.now + (*exchange.at - *first)));
}

}  // namespace

std::string to_string(const ReplayMismatch& mismatch) {
  return fmt::format("entry {}: {}: {}: expected {}, observed {}", mismatch.entry, mismatch.request,
                     mismatch.pointer, mismatch.expected, mismatch.observed);
}

World world_of(const Recording& recording) {
  if (recording.world.empty()) {
    throw std::runtime_error(
        fmt::format("{}: /log/_world: missing; it names the world the recording was made from: "
                    "'demo', 'empty' or "
                    "a file beside the recording",
                    recording.origin));
  }
  if (recording.world.ends_with(".json")) {
    return read_world(std::filesystem::path(recording.origin).parent_path() / recording.world);
  }
  return parse_world(embedded_world(recording.world), recording.world);
}

ReplayReport replay_recording(const Recording& recording, const World& world) {
  ReplayReport report;
  report.notes = recording.left_out;
  const RecordedPlatform* platform = platform_of(recording);
  if (platform == nullptr) {
    report.notes.push_back(
        fmt::format("{}: no call of a platform that is imitated here", recording.origin));
    return report;
  }
  mocks::kit::VirtualClock clock(world.now);
  mocks::kit::Host host(platform->start(recording, world), clock, 1);
  const auto credentials = platform->credentials(world);
  for (std::size_t i = 0; i < recording.exchanges.size(); ++i) {
    const RecordedExchange& recorded = recording.exchanges[i];
    mocks::kit::Request request = recorded.request;
    const auto root = request.target.find(platform->root);
    if (root == std::string::npos) {
      report.notes.push_back(
          fmt::format("entry {}: {} is no call of {}'s API", i, request.target, platform->name));
      continue;
    }
    request.target.erase(0, root);
    credentials->apply(request);
    follow(clock, world, recording, recorded);
    do_deeds(host, *platform, world, recorded.deeds);
    const mocks::kit::Response response = host.handle(request).response;
    if (!recorded.body_known) {
      report.notes.push_back(fmt::format("entry {}: recorded without the answer's body", i));
    }
    Comparison(*platform, i, recorded, report.mismatches).run(response);
    credentials->learn(parse_body(recorded.response.body), parse_body(response.body));
    ++report.exchanges;
  }
  return report;
}

}  // namespace atrapa::harness
