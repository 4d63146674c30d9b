#include "harness/report/json_lines.hpp"

#include <fmt/format.h>

#include "harness/report/tally.hpp"

namespace atrapa::harness::report {

std::string to_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string reason_of(const RuleResult& result) {
  if (!result.violation || result.violation->findings.empty()) return result.reason;
  const Finding& first = result.violation->findings.front();
  return fmt::format("{}: expected {}, observed {}", first.what, first.expected, first.observed);
}

std::string json_lines(const CampaignResult& result, const RunFacts& run,
                       const ReplayFileOf& replay_file, const Policy& policy) {
  std::string out;
  for (const RuleResult& rule : result.rules) {
    const std::string replay =
        rule.violation ? repeat_command(run, rule, replay_file ? replay_file(rule) : "") : "";
    Json line{{"rule", rule.rule->id},
              {"verdict", to_string(rule.verdict)},
              {"cases", rule.cases},
              {"reason", reason_of(rule)},
              {"replay", replay}};
    if (policy.asked() && rule.violation) line["standing"] = to_string(standing_of(rule, policy));
    out += to_line(line);
  }
  const Tally counts = tally(result, policy);
  Json summary{{"rules", result.rules.size()}, {"holds", counts.holds},
               {"violated", counts.violated},  {"not_judged", counts.not_judged},
               {"cases", result.cases},        {"exchanges", result.exchanges},
               {"seconds", result.seconds},    {"seed", run.seed}};
  if (policy.asked()) {
    summary["policy"] = policy_in_words(policy);
    summary["known"] = counts.known;
    summary["below_level"] = counts.below_level;
    summary["fixed"] = fixed_rules(result, policy);
  }
  return out + to_line({{"summary", std::move(summary)}});
}

}  // namespace atrapa::harness::report
