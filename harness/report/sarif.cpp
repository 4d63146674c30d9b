#include "harness/report/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "harness/report/json_lines.hpp"
#include "harness/report/readable.hpp"
#include "harness/report/tally.hpp"
#include "harness/report/version.hpp"

namespace atrapa::harness::report {

namespace {

constexpr const char* kSarifSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// As RFC 3986 writes it: what is neither reserved nor unreserved is escaped.
std::string uri_escaped(std::string_view text) {
  constexpr std::string_view kKept = "-._~:/?#[]@!$&'()*+,;=%";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = byte < 0x80 && (std::isalnum(byte) != 0 || kKept.find(c) != kKept.npos);
    out += kept ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

/// A path as a relative reference, or as a file: address where it is absolute.
std::string uri_of_path(const std::string& path) {
  std::string uri;
  for (const char c : path) {
    const bool meant = std::string_view("?#[]%:").find(c) == std::string_view::npos;
    uri += meant ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return (path.starts_with('/') ? "file://" : "") + uri_escaped(uri);
}

std::string sarif_level(Level level) {
  switch (level) {
    case Level::Must: return "error";
    case Level::Should: return "warning";
    case Level::May:
    case Level::Info: break;
  }
  return "note";
}

/// FNV-1a: a name for a text, not a seal.
std::string hash_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3u;
  }
  return fmt::format("{:016x}", hash);
}

std::string fingerprint_of(const RuleResult& result) {
  std::set<std::string> forms;
  for (const Finding& finding : result.violation->findings) {
    forms.insert(general_form(finding.what));
  }
  return hash_of(fmt::format("{}\n{}", result.rule->id, fmt::join(forms, "\n")));
}

Json switches_of_rule(const Rule& rule, const RunFacts& run) {
  Json switches = Json::object();
  for (const std::string& name : rule.switches) {
    const auto chosen = run.switches.find(name);
    switches[name] = chosen == run.switches.end() ? "default" : chosen->second;
  }
  return switches;
}

std::string help_of(const Rule& rule) {
  std::string help = fmt::format("{}\n\nSource: {}\nLevel: {}\n", printable(rule.statement),
                                 printable(source_line(rule)), in_words(rule.level));
  if (!rule.switches.empty()) {
    help += fmt::format("Switches that read the sentence otherwise: {}\n",
                        fmt::join(rule.switches, ", "));
  }
  if (rule.not_judged) help += fmt::format("Not judged: {}\n", printable(*rule.not_judged));
  return help + fmt::format("All about it: atrapa explain {}\n", rule.id);
}

Json descriptor_of(const Rule& rule, const RunFacts& run) {
  Json descriptor{
      {"id", rule.id},
      {"shortDescription", {{"text", printable(rule.statement)}}},
      {"fullDescription", {{"text", printable(rule.statement)}}},
      {"help", {{"text", help_of(rule)}}},
      {"defaultConfiguration",
       {{"enabled", !rule.not_judged.has_value()}, {"level", sarif_level(rule.level)}}},
      {"properties",
       {{"tags", {rule.integration, group_of(rule.id), std::string(to_string(rule.level))}},
        {"integration", rule.integration},
        {"level", to_string(rule.level)},
        {"provenance", to_string(rule.provenance)},
        {"source", {{"document", rule.source.document}, {"section", rule.source.section}}},
        {"switches", switches_of_rule(rule, run)}}}};
  const std::string& document = rule.source.document;
  const bool address = document.starts_with("https://") || document.starts_with("http://");
  if (address && document.find(' ') == document.npos) {
    descriptor["helpUri"] = uri_escaped(document);
  }
  return descriptor;
}

Json location_of(const RuleResult& result, const std::string& replay_file) {
  Json artifact{{"uri", replay_file.empty() ? "atrapa/" + uri_of_path(result.rule->id)
                                            : uri_of_path(replay_file)}};
  if (replay_file.empty()) {
    artifact["description"] = {{"text", "No file: `check --out DIR` writes one that replays."}};
  }
  return {{"physicalLocation",
           {{"artifactLocation", std::move(artifact)}, {"region", {{"startLine", 1}}}}},
          {"logicalLocations",
           {{{"name", result.rule->id},
             {"fullyQualifiedName",
              fmt::format("{}/{}", result.rule->integration, result.rule->id)}}}}};
}

/// What a reader of one alert needs, as plain text.
std::string message_of(const RuleResult& result, const std::string& repeat) {
  std::string text;
  for (const Finding& finding : result.violation->findings) {
    text += fmt::format("{}: expected {}, observed {}.\n", printable(finding.what),
                        printable(finding.expected), printable(finding.observed));
  }
  return text + fmt::format("The documented sentence: {}\nRepeat it: {}",
                            printable(result.rule->statement), repeat);
}

Json findings_json(const Violation& violation) {
  Json findings = Json::array();
  for (const Finding& finding : violation.findings) {
    findings.push_back(Json{
        {"what", finding.what}, {"expected", finding.expected}, {"observed", finding.observed}});
  }
  return findings;
}

const char* baseline_state(Standing standing) {
  switch (standing) {
    case Standing::Fails:
    case Standing::BelowLevel: return "new";
    case Standing::FailsAnew: return "updated";
    case Standing::Known: return "unchanged";
  }
  return "new";
}

Json result_of(const RuleResult& result, std::size_t rule_index, const RunFacts& run,
               const std::string& replay_file, const Policy& policy) {
  const Violation& violation = *result.violation;
  const std::string repeat = repeat_command(run, result, replay_file);
  const std::string fingerprint = fingerprint_of(result);
  Json json{{"ruleId", result.rule->id},
            {"ruleIndex", rule_index},
            {"kind", "fail"},
            {"level", sarif_level(result.rule->level)},
            {"message", {{"text", message_of(result, repeat)}}},
            {"locations", {location_of(result, replay_file)}},
            {"partialFingerprints",
             {{"atrapaFinding/v1", fingerprint}, {"primaryLocationLineHash", fingerprint + ":1"}}}};
  const Standing standing = standing_of(result, policy);
  if (policy.has_baseline) json["baselineState"] = baseline_state(standing);
  if (standing == Standing::Known) {
    json["suppressions"] = {{{"kind", "external"},
                             {"status", "accepted"},
                             {"justification", standing_in_words(result, policy)}}};
  }
  json["properties"] = {{"findings", findings_json(violation)},
                        {"smallestCase", violation.input},
                        {"records", violation.records},
                        {"case", violation.case_index + 1},
                        {"exchanges", violation.exchanges.size()},
                        {"standing", to_string(standing)},
                        {"repeat", repeat}};
  return json;
}

/// A kind of thing that an invocation tells beside its results.
struct Told {
  const char* id;
  const char* about;
};
constexpr Told kNotJudged{"not-judged", "A documented sentence that no rule can judge"};
constexpr Told kUnproven{"unproven", "A rule that ran and proved nothing, which is no pass"};
constexpr Told kLeftOut{"left-out", "A rule that holds, with cases that could not be judged"};
constexpr Told kFixed{"fixed", "A known failure that holds now"};

Json notification(const Told& told, const char* level, const RuleResult& result,
                  std::size_t rule_index, const std::string& text) {
  return {{"descriptor", {{"id", told.id}}},
          {"associatedRule", {{"id", result.rule->id}, {"index", rule_index}}},
          {"level", level},
          {"message", {{"text", fmt::format("{}: {}", result.rule->id, printable(text))}}}};
}

Json notifications_of(const CampaignResult& result, const Policy& policy) {
  Json all = Json::array();
  for (std::size_t at = 0; at < result.rules.size(); ++at) {
    const RuleResult& rule = result.rules[at];
    if (rule.declared_reason()) {
      all.push_back(notification(kNotJudged, "note", rule, at, *rule.declared_reason()));
    } else if (rule.verdict == Verdict::NotJudged) {
      all.push_back(notification(kUnproven, "error", rule, at, rule.reason));
    } else if (rule.verdict == Verdict::Holds && !rule.reason.empty()) {
      all.push_back(notification(kLeftOut, "note", rule, at, rule.reason));
    }
    if (is_fixed(rule, policy)) {
      all.push_back(notification(kFixed, "note", rule, at,
                                 fmt::format("take it out of {}", policy.baseline_file)));
    }
  }
  return all;
}

Json driver_of(const CampaignResult& result, const RunFacts& run) {
  Json rules = Json::array();
  for (const RuleResult& rule : result.rules) rules.push_back(descriptor_of(*rule.rule, run));
  Json told = Json::array();
  for (const Told& one : {kNotJudged, kUnproven, kLeftOut, kFixed}) {
    told.push_back(Json{{"id", one.id}, {"shortDescription", {{"text", one.about}}}});
  }
  return {{"name", "Atrapa"},
          {"version", kVersion},
          {"semanticVersion", kVersion},
          {"rules", std::move(rules)},
          {"notifications", std::move(told)}};
}

Json invocation_of(const CampaignResult& result, const Policy& policy) {
  constexpr const char* kMeanings[] = {"no violation fails the run", "a violation fails the run",
                                       "a rule is unproven, or none was judged"};
  const int code = exit_code(result, policy);
  return {{"executionSuccessful", code != 2},
          {"exitCode", code},
          {"exitCodeDescription", kMeanings[code]},
          {"toolExecutionNotifications", notifications_of(result, policy)}};
}

}  // namespace

std::string sarif(const CampaignResult& result, const RunFacts& run,
                  const ReplayFileOf& replay_file, const Policy& policy) {
  Json results = Json::array();
  for (std::size_t at = 0; at < result.rules.size(); ++at) {
    const RuleResult& rule = result.rules[at];
    if (!rule.violation) continue;
    results.push_back(result_of(rule, at, run, replay_file ? replay_file(rule) : "", policy));
  }
  Json switches = Json::object();
  for (const auto& [name, value] : run.switches) switches[name] = value;
  const Json log{
      {"$schema", kSarifSchema},
      {"version", "2.1.0"},
      {"runs",
       {{{"tool", {{"driver", driver_of(result, run)}}},
         {"automationDetails", {{"id", "atrapa-check/" + uri_of_path(run.subject) + "/"}}},
         {"invocations", {invocation_of(result, policy)}},
         {"columnKind", "unicodeCodePoints"},
         {"results", std::move(results)},
         {"properties",
          {{"subject", run.subject},
           {"seed", std::to_string(run.seed)},
           {"cases", run.cases},
           {"wire", run.wire},
           {"switches", std::move(switches)},
           {"policy", policy_in_words(policy)},
           {"exchanges", result.exchanges},
           {"seconds", result.seconds}}}}}}};
  return log.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace atrapa::harness::report
