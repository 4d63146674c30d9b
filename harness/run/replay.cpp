#include "harness/run/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <system_error>
#include <tuple>

#include "harness/run/replay_input.hpp"
#include "harness/run/switches.hpp"
#include "harness/world/text_file.hpp"

namespace atrapa::harness {
namespace {

constexpr std::string_view kFormat = "atrapa-replay/1";
constexpr std::string_view kWorld = "empty";
constexpr std::size_t kBodyInLine = 300;
constexpr std::uintmax_t kMaxReplayBytes = std::uintmax_t{256} << 20;

/// Reads members of one object; every complaint names the file and the JSON pointer.
class Reader {
 public:
  Reader(const Json& json, std::string origin, std::string pointer)
      : json_(json), origin_(std::move(origin)), pointer_(std::move(pointer)) {
    if (!json_.is_object()) fail("", "expected an object");
  }

  [[noreturn]] void fail(std::string_view key, std::string_view problem) const {
    const std::string where = key.empty() ? pointer_ : fmt::format("{}/{}", pointer_, key);
    throw ReplayError(fmt::format("{}: {}: {}", origin_, where.empty() ? "/" : where, problem));
  }

  const Json& member(const char* key) const {
    const auto at = json_.find(key);
    if (at == json_.end()) fail(key, "missing");
    return *at;
  }

  std::string text(const char* key) const {
    const Json& value = member(key);
    if (!value.is_string()) fail(key, "expected a text");
    return value.get<std::string>();
  }

  bool flag(const char* key) const {
    const Json& value = member(key);
    if (!value.is_boolean()) fail(key, "expected true or false");
    return value.get<bool>();
  }

  std::uint64_t number(const char* key) const {
    const std::string digits = text(key);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) {
      fail(key, "expected a whole number of up to 64 bits as a text, such as \"42\"");
    }
    return value;
  }

  const Json& list(const char* key) const {
    const Json& value = member(key);
    if (!value.is_array()) fail(key, "expected a list");
    return value;
  }

  std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> values;
    for (const Json& value : list(key)) {
      if (!value.is_string()) fail(fmt::format("{}/{}", key, values.size()), "expected a text");
      values.push_back(value.get<std::string>());
    }
    return values;
  }

  SwitchValues switches(const char* key) const {
    SwitchValues values;
    const Json& json = member(key);
    if (!json.is_object()) fail(key, "expected an object of texts");
    for (const auto& [name, value] : json.items()) {
      if (!value.is_string()) fail(fmt::format("{}/{}", key, name), "expected a text");
      values.emplace(name, value.get<std::string>());
    }
    return values;
  }

  std::vector<Finding> findings(const char* key) const {
    std::vector<Finding> values;
    for (const Json& value : list(key)) {
      const Reader one(value, origin_, fmt::format("{}/{}/{}", pointer_, key, values.size()));
      values.push_back({one.text("what"), one.text("expected"), one.text("observed")});
    }
    return values;
  }

 private:
  const Json& json_;
  std::string origin_;
  std::string pointer_;
};

std::size_t line_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte);
  return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

Json parse(std::string_view text, const std::string& origin) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw ReplayError(
        fmt::format("{}:{}: not JSON; expected a file that `atrapa check --out` wrote", origin,
                    line_of(text, error.byte)));
  }
}

bool same(const std::vector<Finding>& a, const std::vector<Finding>& b) {
  const auto parts = [](const Finding& f) { return std::tie(f.what, f.expected, f.observed); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const Finding& x, const Finding& y) { return parts(x) == parts(y); });
}

const Rule& find_rule(const RuleSet& set, const Replay& replay) {
  const auto rule = std::find_if(set.rules.begin(), set.rules.end(),
                                 [&](const Rule& one) { return one.id == replay.rule; });
  if (rule == set.rules.end()) {
    throw ReplayError(at_place(
        replay.origin, "/rule",
        fmt::format("there is no rule '{}'; `atrapa rules` lists those there are", replay.rule)));
  }
  return *rule;
}

const SubjectKind& find_subject(const RuleSet& set, const Replay& replay) {
  const std::string& name = replay.subject;
  std::vector<std::string_view> names;
  for (const auto& subject : set.subjects) {
    if (subject->name() == name) return *subject;
    names.push_back(subject->name());
  }
  const bool foreign = name.starts_with("driver ") || name.starts_with("exec ");
  throw ReplayError(at_place(
      replay.origin, "/subject",
      foreign
          ? fmt::format("it was {}, which a file cannot start: name it again by --driver or "
                        "--exec, with the options it had",
                        name)
          : fmt::format("there is no subject '{}'; there are: {}", name, fmt::join(names, ", "))));
}

SwitchValues switches_of(const RuleSet& set, const Replay& replay) {
  try {
    return resolve_switches(set.switches, replay.switches);
  } catch (const SwitchError& error) {
    throw ReplayError(at_place(replay.origin, "/switches", error.what()));
  }
}

/// A member that is not read would be a change that does nothing.
void check_members(const Json& json, const Replay& replay, const std::string& origin) {
  const Json known = to_json(replay);
  for (const Misfit& one : misfits(json, known)) {
    const Json::json_pointer parent = Json::json_pointer(one.pointer).parent_pointer();
    std::vector<std::string> names;
    for (const auto& [name, value] : known.at(parent).items()) names.push_back(name);
    throw ReplayError(
        at_place(origin, one.pointer,
                 one.left_out ? fmt::format("no such member; there are: {}", fmt::join(names, ", "))
                              : one.problem));
  }
}

/// One line of it: line breaks would tear the listing apart.
std::string in_line(const std::string& body) {
  std::string text = body.substr(0, kBodyInLine);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  if (body.size() > kBodyInLine) text += fmt::format("... ({} bytes)", body.size());
  return text;
}

}  // namespace

Replay make_replay(const RuleResult& result, const CampaignOptions& options) {
  const Violation& violation = result.violation.value();
  Replay replay{
      .rule = result.rule->id,
      .statement = result.rule->statement,
      .subject = std::string(options.subject->name()),
      .switches = options.switches,
      .seed = options.seed,
      .bench_seed = bench_seed(case_seed(options.seed, result.rule->id, violation.case_index)),
      .wire = options.wire,
      .input = violation.input,
      .findings = violation.findings,
      .exchanges = {},
      .origin = {}};
  for (const auto& exchange : violation.exchanges) {
    replay.exchanges.push_back(exchange_line(exchange));
  }
  return replay;
}

Json to_json(const Replay& replay) {
  Json switches = Json::object();
  for (const auto& [name, value] : replay.switches) switches[name] = value;
  Json findings = Json::array();
  for (const Finding& finding : replay.findings) {
    findings.push_back(Json{
        {"what", finding.what}, {"expected", finding.expected}, {"observed", finding.observed}});
  }
  return Json{{"format", kFormat},
              {"rule", replay.rule},
              {"statement", replay.statement},
              {"subject", replay.subject},
              {"switches", std::move(switches)},
              {"seed", std::to_string(replay.seed)},
              {"bench_seed", std::to_string(replay.bench_seed)},
              {"wire", replay.wire},
              {"world", replay.world},
              {"input", replay.input},
              {"findings", std::move(findings)},
              {"exchanges", replay.exchanges}};
}

Replay parse_replay(std::string_view text, const std::string& origin) {
  const Json json = parse(text, origin);
  const Reader reader(json, origin, "");
  if (reader.text("format") != kFormat) {
    reader.fail("format",
                fmt::format("expected \"{}\", found \"{}\"", kFormat, reader.text("format")));
  }
  Replay replay{.rule = reader.text("rule"),
                .statement = reader.text("statement"),
                .subject = reader.text("subject"),
                .switches = reader.switches("switches"),
                .seed = reader.number("seed"),
                .bench_seed = reader.number("bench_seed"),
                .wire = reader.flag("wire"),
                .world = reader.text("world"),
                .input = reader.member("input"),
                .findings = reader.findings("findings"),
                .exchanges = reader.texts("exchanges"),
                .origin = origin};
  if (replay.world != kWorld) {
    reader.fail("world", fmt::format("expected \"{}\", found \"{}\"", kWorld, replay.world));
  }
  check_members(json, replay, origin);
  return replay;
}

void write_replay(const Replay& replay, const std::filesystem::path& file) {
  std::error_code error;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
  if (error) {
    throw ReplayError(fmt::format("{}: cannot make the directory: {}", file.parent_path().string(),
                                  error.message()));
  }
  write_text_file(file, to_json(replay).dump(2, ' ', false, Json::error_handler_t::replace) + '\n');
}

Replay read_replay(const std::filesystem::path& file) {
  std::string text;
  try {
    text = read_text_file(file, kMaxReplayBytes);
  } catch (const std::runtime_error& error) {
    throw ReplayError(
        fmt::format("{}; expected a file that `atrapa check --out` wrote", error.what()));
  }
  return parse_replay(text, file.string());
}

std::string replay_file_name(const Replay& replay) {
  constexpr std::size_t kLongest = 80;  // Of a subject's name, which may be a whole command.
  std::string name = fmt::format("{}.{}.json", replay.rule, replay.subject.substr(0, kLongest));
  std::replace_if(
      name.begin(), name.end(),
      [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '_';
      },
      '-');
  return name;
}

ReplayOutcome run_replay(const Replay& replay, const RuleSet& set, const SubjectKind* subject) {
  const Rule& rule = find_rule(set, replay);
  ReplayOutcome outcome;
  outcome.rule = &rule;
  if (rule.not_judged) {
    outcome.reason = *rule.not_judged;
    return outcome;
  }
  const CampaignOptions options{.subject = subject ? subject : &find_subject(set, replay),
                                .switches = switches_of(set, replay),
                                .seed = replay.seed,
                                .wire = replay.wire};
  const std::unique_ptr<Case> input =
      read_input(rule, replay.input, options.switches, replay.origin);
  try {
    CaseOutcome again = judge_case(rule, *input, options, replay.bench_seed);
    outcome.findings = again.judgement.findings();
    outcome.exchanges = std::move(again.exchanges);
    outcome.calls = std::move(again.calls);
    outcome.failed_runs = std::move(again.failed_runs);
    outcome.exchange_count = again.exchange_count;
    if (again.left_out && outcome.findings.empty()) {
      outcome.reason = *again.left_out;
    } else if (again.judgement.checks() == 0) {
      outcome.reason = "unproven";
    } else {
      outcome.verdict = outcome.findings.empty() ? Verdict::Holds : Verdict::Violated;
      outcome.same = same(outcome.findings, replay.findings);
    }
  } catch (const SubjectFailure&) {
    throw;
  } catch (const std::exception& error) {
    outcome.reason = fmt::format("accident: {}", error.what());
  }
  return outcome;
}

std::string exchange_line(const mocks::kit::Exchange& exchange) {
  const auto day = std::chrono::floor<std::chrono::days>(exchange.at);
  const std::chrono::hh_mm_ss time(exchange.at - day);
  std::string line =
      fmt::format("{} {:02}:{:02}:{:02}.{:03} {} {}", exchange.number, time.hours().count(),
                  time.minutes().count(), time.seconds().count(), time.subseconds().count(),
                  exchange.request.method, exchange.request.target);
  if (!exchange.request.body.empty()) line += " " + in_line(exchange.request.body);
  line += fmt::format(" -> {} {}", exchange.response.status, in_line(exchange.response.body));
  if (exchange.fault) line += fmt::format(" [{}]", mocks::kit::to_string(*exchange.fault));
  return line;
}

}  // namespace atrapa::harness
