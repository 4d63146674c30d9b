#include "harness/chaos/chaos_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "harness/bench/bench.hpp"
#include "harness/run/workers.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::DeliveryFaultKind;
using mocks::kit::FaultKind;

using Parameter = std::pair<std::string, std::string>;

constexpr std::array kAtExchanges{
    Accident::RefusedBeforeSend, Accident::LostAfterCommit, Accident::TooManyRequests,
    Accident::ServerError,       Accident::TruncatedAnswer, Accident::KilledBeforeSend,
    Accident::KilledAfterAnswer,
};

constexpr std::array kAtCalls{Accident::CallLost, Accident::CallDoubled, Accident::CallOvertaken};

std::optional<DeliveryFaultKind> call_fault_of(Accident accident) {
  switch (accident) {
    case Accident::CallLost: return DeliveryFaultKind::Lost;
    case Accident::CallDoubled: return DeliveryFaultKind::Doubled;
    case Accident::CallOvertaken: return DeliveryFaultKind::Late;
    default: return std::nullopt;
  }
}

std::optional<FaultKind> fault_of(Accident accident) {
  switch (accident) {
    case Accident::RefusedBeforeSend: return FaultKind::RefusedBeforeSend;
    case Accident::LostAfterCommit: return FaultKind::LostAfterCommit;
    case Accident::TooManyRequests: return FaultKind::TooManyRequests;
    case Accident::ServerError: return FaultKind::ServerError;
    case Accident::TruncatedAnswer: return FaultKind::TruncatedAnswer;
    default: return std::nullopt;
  }
}

/// "PUT /webapi/rest/product-stocks/17?x=1" gives "PUT /webapi/rest/product-stocks/{id}"; a form
/// that names a method, as Base's do, "POST /connector.php getOrders".
std::string label(const mocks::kit::Request& request) {
  const std::string_view path =
      std::string_view(request.target).substr(0, request.target.find('?'));
  std::string text = request.method + " ";
  for (std::size_t from = 0; from < path.size();) {
    const std::size_t slash = path.find('/', from);
    const std::string_view segment = path.substr(from, slash - from);
    const bool number = !segment.empty() && std::all_of(segment.begin(), segment.end(), [](char c) {
      return std::isdigit(static_cast<unsigned char>(c)) != 0;
    });
    text += number ? "{id}" : segment;
    if (slash == std::string_view::npos) break;
    text += '/';
    from = slash + 1;
  }
  if (request.body.starts_with("method=") || request.body.find("&method=") != std::string::npos) {
    for (const auto& [name, value] :
         mocks::kit::parse_form(request.body).value_or(std::vector<Parameter>{})) {
      if (name == "method") text += " " + value;
    }
  }
  return text;
}

BenchOptions bench_options(const ChaosOptions& options) {
  return {.subject = options.subject,
          .switches = options.switches,
          .seed = options.seed,
          .wire = options.wire};
}

/// What is shown of the ERP, as one text.
std::string books(Bench& bench) {
  const ErpView view = bench.erp();
  Json shown = Json::object();
  if (!view.orders.is_hidden()) shown["orders"] = *view.orders;
  if (!view.products.is_hidden()) shown["products"] = *view.products;
  if (!view.papers.is_hidden()) shown["documents"] = view.papers.size();
  return shown.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void expect_ended(const CommandResult& result, std::string what, Judgement& judgement) {
  judgement.expect(result.ok, std::move(what), "ends well", result.summary);
}

/// The end state, and that a further run without any accident finds nothing left to do.
void judge_end(const ChaosFlow& flow, Bench& bench, Judgement& judgement) {
  const std::size_t before = judgement.checks();
  flow.end_state(bench, judgement);
  if (judgement.checks() == before) {
    throw std::logic_error("flow '" + flow.name + "' checks nothing of its end state");
  }
  const std::string kept = books(bench);
  const std::uint64_t from = bench.exchange_count();
  expect_ended(bench.run(flow.command), "a further quiet run", judgement);
  judgement.expect_equal("writes of a further quiet run", std::uint64_t{0},
                         bench.writes_since(from));
  judgement.expect(kept == books(bench), "the books after a further quiet run", "as before it",
                   "changed");
}

/// What the platform tells by calls, where the flow has such; with all that was held back. `again`
/// where somebody has to see to it that what got lost is told once more.
void tell(const ChaosFlow& flow, Bench& bench, bool& killed, bool lost) {
  if (!flow.events) return;
  flow.events(bench);
  if (bench.killed()) {
    killed = true;
    bench.restart();
  }
  bench.deliver_late();
  if ((killed || lost) && flow.again) flow.again(bench);
}

struct Quiet {
  std::vector<std::string> exchanges;  ///< Their labels.
  std::uint64_t commits = 0;
  std::vector<std::string> calls;  ///< Their events.
  std::vector<Finding> findings;
  std::uint64_t exchange_count = 0;
};

Quiet run_quietly(const ChaosFlow& flow, const ChaosOptions& options) {
  Bench bench(bench_options(options));
  bench.seat(flow.integration);
  flow.plant(bench);
  const std::uint64_t from = bench.exchange_count();
  const std::uint64_t commits = bench.commit_count();
  Judgement judgement;
  const std::size_t calls = bench.calls().size();
  bool killed = false;
  tell(flow, bench, killed, false);
  Quiet quiet;
  for (std::size_t k = calls; k < bench.calls().size(); ++k) {
    quiet.calls.push_back(bench.calls()[k].event);
  }
  expect_ended(bench.run(flow.command), "a run without accident", judgement);
  quiet.commits = bench.commit_count() - commits;
  for (const mocks::kit::Exchange& exchange : bench.exchanges()) {
    if (exchange.number > from) quiet.exchanges.push_back(label(exchange.request));
  }
  judge_end(flow, bench, judgement);
  judgement.expect(!quiet.exchanges.empty(), "exchanges of a run without accident", "at least one",
                   "none");
  quiet.findings = judgement.findings();
  quiet.exchange_count = bench.exchange_count();
  return quiet;
}

void arm(Bench& bench, std::uint64_t boundary, Accident accident) {
  if (const std::optional<FaultKind> fault = fault_of(accident)) {
    bench.arm({{.exchange = boundary, .kind = *fault}});
  } else if (const std::optional<DeliveryFaultKind> on_its_way = call_fault_of(accident)) {
    bench.arm_calls({{.delivery = boundary, .kind = *on_its_way}});
  } else if (accident == Accident::KilledBeforeCommit) {
    bench.kill_at_commit(boundary);
  } else {
    bench.kill_at(boundary, accident == Accident::KilledBeforeSend ? KillPoint::BeforeSend
                                                                   : KillPoint::AfterAnswer);
  }
}

bool fault_happened(const Bench& bench, std::uint64_t from) {
  return std::any_of(bench.exchanges().begin(), bench.exchanges().end(), [&](const auto& exchange) {
    return exchange.number > from && exchange.fault.has_value();
  });
}

/// Runs until one run ends well. False when none of `max_runs` did.
bool run_until_well(const ChaosFlow& flow, const ChaosOptions& options, Bench& bench,
                    ChaosCell& cell, bool& killed) {
  ChaosRow& row = cell.row;
  while (row.runs < options.max_runs) {
    if (row.runs > 0) bench.advance(options.pause);
    ++row.runs;
    ChaosCell::Run& run = cell.runs.emplace_back();
    run.first_exchange = bench.exchange_count() + 1;
    const CommandResult result = bench.run(flow.command);
    run.ended = result.ok ? "ended well" : "did not end well: " + result.summary;
    if (bench.killed()) {
      killed = true;
      bench.restart();
    } else if (result.ok) {
      return true;
    } else if (bench.stuck()) {
      return false;
    }
  }
  return false;
}

void judge_cell(const ChaosFlow& flow, const ChaosOptions& options, ChaosCell& cell) {
  ChaosRow& row = cell.row;
  Bench bench(bench_options(options));
  bench.seat(flow.integration);
  flow.plant(bench);
  const std::uint64_t from = bench.exchange_count();
  arm(bench, row.boundary, row.accident);
  bool killed = false;
  Judgement judgement;
  const bool at_call = call_fault_of(row.accident).has_value();
  tell(flow, bench, killed, row.accident == Accident::CallLost);
  const bool well = run_until_well(flow, options, bench, cell, killed);
  const bool happened = killed || at_call || fault_happened(bench, from);
  if (well) {
    // What the further quiet run of the end does stands on its own.
    cell.runs.push_back({bench.exchange_count() + 1, ""});
  }
  judgement.expect(well, "starting it again", fmt::format("ends well within {} runs", row.runs),
                   bench.stuck() ? "a run that does not end by itself" : "no run ended well");
  if (well) judge_end(flow, bench, judgement);
  cell.exchanges.assign(bench.exchanges().begin(), bench.exchanges().end());
  cell.exchange_count = bench.exchange_count();
  row.findings = judgement.findings();
  if (!row.findings.empty()) {
    row.safety = Safety::Unsafe;
  } else if (happened) {
    row.safety = Safety::Safe;
  } else {
    row.reason = "the accident never happened: the run went another way than the quiet one";
  }
}

}  // namespace

std::string_view to_string(Accident accident) {
  switch (accident) {
    case Accident::RefusedBeforeSend: return "refused_before_send";
    case Accident::LostAfterCommit: return "lost_after_commit";
    case Accident::TooManyRequests: return "too_many_requests";
    case Accident::ServerError: return "server_error";
    case Accident::TruncatedAnswer: return "truncated_answer";
    case Accident::KilledBeforeSend: return "killed_before_send";
    case Accident::KilledAfterAnswer: return "killed_after_answer";
    case Accident::KilledBeforeCommit: return "killed_before_commit";
    case Accident::CallLost: return "call_lost";
    case Accident::CallDoubled: return "call_doubled";
    case Accident::CallOvertaken: return "call_overtaken";
  }
  return "";
}

std::string_view to_string(Safety safety) {
  switch (safety) {
    case Safety::Safe: return "safe";
    case Safety::Unsafe: return "unsafe";
    case Safety::NotJudged: return "not_judged";
  }
  return "";
}

ChaosTable::Count ChaosTable::safe_boundaries() const {
  std::map<std::pair<std::string, std::uint64_t>, bool> safe;
  for (const ChaosRow& row : rows) {
    bool& one = safe.try_emplace({row.exchange, row.boundary}, true).first->second;
    one = one && row.safety == Safety::Safe;
  }
  const auto count =
      std::count_if(safe.begin(), safe.end(), [](const auto& one) { return one.second; });
  return {.safe = static_cast<std::size_t>(count), .all = safe.size()};
}

bool ChaosTable::safe() const {
  return quiet.empty() && !rows.empty() &&
         std::all_of(rows.begin(), rows.end(),
                     [](const ChaosRow& row) { return row.safety == Safety::Safe; });
}

ChaosCell chaos_cell(const ChaosFlow& flow, const ChaosOptions& options, std::uint64_t boundary,
                     Accident accident) {
  ChaosCell cell;
  cell.row.flow = flow.name;
  cell.row.boundary = boundary;
  cell.row.accident = accident;
  try {
    judge_cell(flow, options, cell);
  } catch (const SubjectFailure&) {
    throw;
  } catch (const Incapable& reason) {
    cell.row.safety = Safety::NotJudged;
    cell.row.reason = reason.what();
  } catch (const std::exception& error) {
    cell.row.safety = Safety::NotJudged;
    cell.row.reason = fmt::format("accident: {}", error.what());
  }
  return cell;
}

ChaosTable chaos_table(const ChaosFlow& flow, const ChaosOptions& options,
                       const std::function<void(std::size_t, std::size_t)>& progress) {
  Quiet quiet;
  try {
    quiet = run_quietly(flow, options);
  } catch (const Incapable& reason) {
    ChaosTable table;
    table.flow = flow.name;
    table.cannot = reason.what();
    return table;
  }
  ChaosTable table{.flow = flow.name,
                   .boundaries = quiet.exchanges.size(),
                   .commits = quiet.commits,
                   .calls = quiet.calls.size(),
                   .quiet = quiet.findings,
                   .rows = {},
                   .exchanges = quiet.exchange_count};
  if (!table.quiet.empty()) return table;

  const auto add_row = [&](std::uint64_t boundary, std::string exchange, Accident accident) {
    ChaosRow& row = table.rows.emplace_back();
    row.boundary = boundary;
    row.exchange = std::move(exchange);
    row.accident = accident;
  };
  for (std::uint64_t k = 0; k < table.boundaries; ++k) {
    for (const Accident accident : kAtExchanges) add_row(k, quiet.exchanges[k], accident);
  }
  for (std::uint64_t k = 0; options.commits && k < table.commits; ++k) {
    add_row(k, fmt::format("commit {} of the books", k + 1), Accident::KilledBeforeCommit);
  }

  for (std::uint64_t k = 0; k < table.calls; ++k) {
    for (const Accident accident : kAtCalls) {
      add_row(k, fmt::format("call {}: {}", k + 1, quiet.calls[k]), accident);
    }
  }

  std::mutex mutex;
  std::size_t done = 0;
  for_each_index(table.rows.size(), options.jobs, [&](std::size_t i) {
    ChaosRow& row = table.rows[i];
    ChaosCell cell = chaos_cell(flow, options, row.boundary, row.accident);
    cell.row.exchange = std::move(row.exchange);
    row = std::move(cell.row);
    const std::lock_guard lock(mutex);
    table.exchanges += cell.exchange_count;
    if (progress) progress(++done, table.rows.size());
  });
  return table;
}

}  // namespace atrapa::harness
