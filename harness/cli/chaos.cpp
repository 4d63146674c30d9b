#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>

#include "harness/chaos/chaos_table.hpp"
#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/names.hpp"
#include "harness/cli/progress.hpp"
#include "harness/report/curl.hpp"
#include "harness/report/json_lines.hpp"

namespace atrapa::harness::cli {

namespace {

constexpr std::size_t kShownUnsafe = 5;

struct ChaosArguments {
  std::vector<std::string> flows;
  CampaignArguments campaign;
  bool json = false;
};

/// The flows whose name is or holds one of the words; all without a word.
std::vector<const ChaosFlow*> select_flows(const RuleSet& set,
                                           const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const ChaosFlow& flow : set.flows) names.push_back(flow.name);
  for (const std::string& word : words) {
    const bool found = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return name.find(word) != std::string::npos;
    });
    if (!found) {
      throw Failure(fmt::format("no flow is called '{}'.{} There are: {}", word,
                                did_you_mean(word, names), fmt::join(names, ", ")));
    }
  }
  std::vector<const ChaosFlow*> flows;
  for (const ChaosFlow& flow : set.flows) {
    const bool wanted = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
      return flow.name.find(word) != std::string::npos;
    });
    if (words.empty() || wanted) flows.push_back(&flow);
  }
  return flows;
}

std::string in_words(const std::vector<Finding>& findings) {
  if (findings.empty()) return "";
  const Finding& first = findings.front();
  return fmt::format("{}: expected {}, observed {}", first.what, first.expected, first.observed);
}

Json as_json(const ChaosRow& row) {
  return {{"flow", row.flow},
          {"boundary", row.boundary},
          {"exchange", row.exchange},
          {"accident", to_string(row.accident)},
          {"safety", to_string(row.safety)},
          {"runs", row.runs},
          {"reason", row.safety == Safety::Unsafe ? in_words(row.findings) : row.reason}};
}

/// A line per boundary, a column per accident.
std::string matrix_of(const ChaosTable& table, const report::Style& style) {
  std::vector<Accident> accidents;
  std::map<std::pair<std::string, std::uint64_t>, std::size_t> at;  // boundary -> line
  struct Line {
    const ChaosRow* first;
    std::map<Accident, const ChaosRow*> cells;
  };
  std::vector<Line> lines;
  for (const ChaosRow& row : table.rows) {
    if (std::find(accidents.begin(), accidents.end(), row.accident) == accidents.end()) {
      accidents.push_back(row.accident);
    }
    const auto [line, is_new] = at.try_emplace({row.exchange, row.boundary}, lines.size());
    if (is_new) lines.push_back({&row, {}});
    lines[line->second].cells[row.accident] = &row;
  }
  std::sort(accidents.begin(), accidents.end());

  // Every cell is short and alike, so the accidents are numbered and told below the table.
  std::vector<std::string> heading{"#"};
  std::vector<report::Table::Align> align{report::Table::Align::Right};
  for (std::size_t number = 1; number <= accidents.size(); ++number) {
    heading.push_back(std::to_string(number));
    align.push_back(report::Table::Align::Left);
  }
  heading.emplace_back("where");
  report::Table matrix(heading, align);
  for (const Line& line : lines) {
    const bool at_exchange = line.first->accident < Accident::KilledBeforeCommit;
    std::vector<std::string> row{at_exchange ? std::to_string(line.first->boundary) : ""};
    for (const Accident accident : accidents) {
      const auto cell = line.cells.find(accident);
      row.emplace_back(cell == line.cells.end()                 ? ""
                       : cell->second->safety == Safety::Safe   ? "ok"
                       : cell->second->safety == Safety::Unsafe ? "UNSAFE"
                                                                : "?");
    }
    row.push_back(report::printable(line.first->exchange));
    matrix.add(std::move(row));
  }
  std::string out = matrix.render(style, 2);
  for (std::size_t number = 0; number < accidents.size(); ++number) {
    out += fmt::format("  {}{} {}", number % 4 == 0 ? "" : " ", number + 1,
                       to_string(accidents[number]));
    if (number % 4 == 3 || number + 1 == accidents.size()) out += "\n";
  }
  return out;
}

/// What an accident did to an exchange, for people; "" where nothing.
std::string what_happened(const mocks::kit::Exchange& exchange) {
  if (!exchange.fault) return "";
  using mocks::kit::FaultKind;
  switch (*exchange.fault) {
    case FaultKind::RefusedBeforeSend: return "the connection was refused, nothing arrived";
    case FaultKind::LostAfterCommit: return "carried out, but its answer got lost";
    case FaultKind::TooManyRequests: return "refused: too many requests";
    case FaultKind::ServerError: return "the platform failed, nothing was done";
    case FaultKind::TruncatedAnswer: return "carried out, but its answer arrived cut off";
  }
  return "";
}

/// Run by run what the connector asked, and where the accident struck.
std::string history(const ChaosCell& cell, const report::Style& style) {
  std::string out = fmt::format("    {}\n", style.bold("How it went"));
  std::size_t run = 0;
  const auto begin_run = [&] {
    const bool first = run == 0;
    const bool last = run + 1 == cell.runs.size() && cell.runs[run].ended.empty();
    if (!first) {
      out += fmt::format("      it {}\n", report::printable(cell.runs[run - 1].ended));
    }
    out += fmt::format("      {}\n", style.faint(first  ? "-- it is started"
                                                 : last ? "-- a further quiet run"
                                                        : "-- it is started again"));
    ++run;
  };
  for (const mocks::kit::Exchange& exchange : cell.exchanges) {
    while (run < cell.runs.size() && exchange.number >= cell.runs[run].first_exchange) begin_run();
    const std::string fault = what_happened(exchange);
    out += fmt::format("      {:>3}  {}\n", exchange.number, report::curl_line(exchange, 200));
    out += fmt::format("           {}\n",
                       fault.empty()
                           ? style.faint("# " + report::answer_line(exchange, style.width - 13))
                           : style.bad("# " + fault));
    const bool killed = cell.row.accident == Accident::KilledAfterAnswer && run == 1 &&
                        exchange.number == cell.runs[0].first_exchange + cell.row.boundary;
    if (killed) out += fmt::format("           {}\n", style.bad("# here its process was killed"));
  }
  while (run < cell.runs.size()) begin_run();
  return out;
}

std::string unsafe_rows(const ChaosTable& table, const ChaosFlow& flow, const ChaosOptions& options,
                        const report::Style& style) {
  std::string out;
  std::size_t shown = 0;
  for (const ChaosRow& row : table.rows) {
    if (row.safety == Safety::Safe) continue;
    if (++shown > kShownUnsafe) continue;
    out += fmt::format(
        "\n  {} {} at {} ({})\n",
        row.safety == Safety::Unsafe ? style.bad("UNSAFE") : style.doubtful("not judged"),
        style.bold(to_string(row.accident)), row.boundary, report::printable(row.exchange));
    if (row.safety == Safety::NotJudged)
      out += fmt::format("    {}\n", report::printable(row.reason));
    for (const Finding& finding : row.findings) {
      out += fmt::format("    {}\n      expected  {}\n      observed  {}\n",
                         report::printable(finding.what), report::printable(finding.expected),
                         report::printable(finding.observed));
    }
    if (row.safety != Safety::Unsafe || shown > 1) continue;
    // The history of the first one shows how it happens; the others are alike.
    out += history(chaos_cell(flow, options, row.boundary, row.accident), style);
  }
  if (shown > kShownUnsafe) out += fmt::format("\n  and {} more\n", shown - kShownUnsafe);
  return out;
}

struct Count {
  std::size_t safe = 0;
  std::size_t unsafe = 0;
  std::size_t not_judged = 0;
};

Count count(const ChaosTable& table) {
  Count counts;
  for (const ChaosRow& row : table.rows) {
    switch (row.safety) {
      case Safety::Safe: ++counts.safe; break;
      case Safety::Unsafe: ++counts.unsafe; break;
      case Safety::NotJudged: ++counts.not_judged; break;
    }
  }
  return counts;
}

void print(const ChaosTable& table, const ChaosFlow& flow, const ChaosOptions& options,
           Machine& machine) {
  const report::Style style = machine.style();
  const Count counts = count(table);
  if (table.cannot) {
    machine.out() << fmt::format("{} on {}: {}, {}\n\n", style.bold(table.flow),
                                 options.subject->name(), style.faint("not judged"),
                                 report::printable(*table.cannot));
    return;
  }
  machine.out() << fmt::format(
      "{} on {}: {} and {}{}, every accident at each: {} safe, {} unsafe{}\n\n",
      style.bold(table.flow), options.subject->name(),
      report::counted(table.boundaries, "exchange", "exchanges"),
      report::counted(table.commits, "commit", "commits"),
      table.calls > 0 ? " and " + report::counted(table.calls, "call", "calls") : "", counts.safe,
      counts.unsafe,
      counts.not_judged > 0 ? fmt::format(", {} not judged", counts.not_judged) : "");
  const ChaosTable::Count boundaries = table.safe_boundaries();
  if (boundaries.all > 0) {
    const std::string sum =
        fmt::format("{} of {} boundaries safe", boundaries.safe, boundaries.all);
    machine.out() << fmt::format(
        "  {}\n\n", boundaries.safe == boundaries.all ? style.good(sum) : style.bad(sum));
  }
  if (!table.quiet.empty()) {
    machine.out() << "  Wrong without any accident, so nothing more was tried:\n    "
                  << report::printable(in_words(table.quiet)) << "\n";
  }
  if (!table.rows.empty()) machine.out() << matrix_of(table, style);
  machine.out() << unsafe_rows(table, flow, options, style) << "\n";
}

int chaos(const ChaosArguments& arguments, const Program& program) {
  const RuleSet& set = program.rules();
  Machine& machine = program.machine;
  const std::vector<const ChaosFlow*> flows = select_flows(set, arguments.flows);
  const CampaignOptions campaign = campaign_options(arguments.campaign, set, machine);
  ChaosOptions options;
  options.subject = campaign.subject;
  options.switches = campaign.switches;
  options.seed = campaign.seed;
  options.jobs = campaign.jobs;
  options.wire = campaign.wire;

  bool unsafe = false;
  bool judged = false;
  bool unproven = false;
  for (const ChaosFlow* flow : flows) {
    ChaosTable table;
    {
      Progress progress(machine);
      table = chaos_table(*flow, options, [&](std::size_t done, std::size_t all) {
        progress.show(fmt::format("{}: {} of {} accidents", flow->name, done, all));
      });
    }
    const Count counts = count(table);
    unsafe = unsafe || counts.unsafe > 0 || !table.quiet.empty();
    judged = judged || !table.rows.empty();
    unproven = unproven || counts.not_judged > 0 || (table.rows.empty() && !table.cannot);
    if (!arguments.json) {
      print(table, *flow, options, machine);
      continue;
    }
    for (const ChaosRow& row : table.rows) machine.out() << report::to_line(as_json(row));
    machine.out() << report::to_line({{"summary",
                                       {{"flow", table.flow},
                                        {"subject", options.subject->name()},
                                        {"boundaries", table.boundaries},
                                        {"boundaries_safe", table.safe_boundaries().safe},
                                        {"boundaries_in_all", table.safe_boundaries().all},
                                        {"cannot", table.cannot.value_or("")},
                                        {"commits", table.commits},
                                        {"calls", table.calls},
                                        {"safe", counts.safe},
                                        {"unsafe", counts.unsafe},
                                        {"not_judged", counts.not_judged},
                                        {"quiet", in_words(table.quiet)},
                                        {"exchanges", table.exchanges}}}});
  }
  return unsafe ? 1 : unproven || !judged ? 2 : 0;
}

}  // namespace

Command add_chaos(CLI::App& app) {
  auto arguments = std::make_shared<ChaosArguments>();
  CLI::App* command = app.add_subcommand(
      "chaos", "Hit every exchange of a flow by every accident: is anything lost or doubled?");
  command->add_option("FLOW", arguments->flows, "Only flows whose name holds this word [all]");
  add_subject(*command, arguments->campaign);
  add_seed(*command, arguments->campaign);
  add_switches(*command, arguments->campaign);
  add_jobs(*command, arguments->campaign);
  add_wire(*command, arguments->campaign);
  command->add_flag("--json", arguments->json,
                    "One JSON object per boundary and accident, a summary per flow");
  command->footer(
      "Exit code: 0 every boundary safe, 1 one unsafe, 2 one that could not be judged.");
  return {command, [arguments](const Program& program) { return chaos(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
