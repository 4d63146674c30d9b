#include "harness/cli/worlds.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "harness/cli/command.hpp"
#include "harness/cli/platforms.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/world/text_file.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness::cli {

namespace {

constexpr std::uintmax_t kMaxWorldBytes = std::uintmax_t{1} << 30;

std::string text_at(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// "demo / demo-password", "token made-up-demo-token".
std::vector<std::string> ways_in(const Json& account) {
  std::vector<std::string> ways;
  if (const auto tokens = account.find("tokens"); tokens != account.end() && tokens->is_array()) {
    for (const Json& token : *tokens) ways.push_back("token " + text_at(token, "token"));
  }
  const auto credentials = account.find("credentials");
  if (credentials == account.end() || !credentials->is_object()) return ways;
  for (const Json& user : credentials->value("users", Json::array())) {
    ways.push_back(
        fmt::format("login {}  password {}", text_at(user, "login"), text_at(user, "password")));
  }
  for (const Json& token : credentials->value("tokens", Json::array())) {
    ways.push_back(fmt::format("token {}", text_at(token, "token")));
  }
  for (const Json& application : credentials->value("applications", Json::array())) {
    ways.push_back(fmt::format("application {}  secret {}  code {}", text_at(application, "id"),
                               text_at(application, "secret"), text_at(application, "code")));
  }
  return ways;
}

std::string account_contents(const std::string& platform, const Json& account,
                             const report::Style& style) {
  std::string out = fmt::format("  {} account {}", style.bold(platform),
                                style.bold(report::printable(text_at(account, "account"))));
  const std::string host = text_at(account, "host");
  out += (host.empty() ? "" : ", " + report::printable(host)) + "\n";
  for (const std::string& way : ways_in(account)) {
    out += fmt::format("    {}\n", report::printable(way));
  }
  std::string rows;
  // Shoper keeps its rows under "resources", Base in families: whatever holds lists of rows.
  for (const auto& [part, lists] : account.items()) {
    if (!lists.is_object() || part == "credentials") continue;
    for (const auto& [name, list] : lists.items()) {
      const Json& inner = list.is_object() && list.contains("rows") ? list["rows"] : list;
      if (inner.is_array() && !inner.empty()) {
        rows += fmt::format("{}{} {}", rows.empty() ? "" : ", ", inner.size(), name);
      }
    }
  }
  return out + report::paragraph(rows.empty() ? "no rows" : rows, 4, style.width);
}

/// The text of a file, or of the built-in world of that name.
std::string world_text_of(const std::string& file_or_name) {
  std::error_code error;
  if (std::filesystem::exists(file_or_name, error)) {
    return read_text_file(file_or_name, kMaxWorldBytes);
  }
  try {
    return std::string(embedded_world(file_or_name));
  } catch (const std::runtime_error&) {
    throw Failure(
        fmt::format("{}: no such file, and no built-in world of that name; built in are "
                    "demo and empty. To make a file: atrapa world generate",
                    file_or_name));
  }
}

}  // namespace

World load_world(const std::string& file_or_name) {
  const std::string text = world_text_of(file_or_name);
  try {
    return parse_world(text, file_or_name);
  } catch (const mocks::kit::WorldError&) {
    throw Failure(problem_summary(file_or_name, problems_of(text, file_or_name)));
  }
}

World load_sound_world(const std::string& file_or_name) {
  World world = load_world(file_or_name);
  const std::vector<WorldProblem> problems = validate(world);
  if (!problems.empty()) throw Failure(problem_summary(file_or_name, problems));
  return world;
}

std::string problem_line(const std::string& file, const WorldProblem& problem) {
  return fmt::format("{}: {}: {}", file,
                     problem.pointer.empty() ? "/" : report::printable(problem.pointer),
                     report::printable(problem.problem));
}

std::string problem_summary(const std::string& file, const std::vector<WorldProblem>& problems) {
  std::string text = problem_line(file, problems.front());
  if (problems.size() > 1) {
    text += fmt::format(" (and {} more: atrapa world validate {})", problems.size() - 1,
                        report::shell_argument(file));
  }
  return text;
}

std::string world_contents(const World& world, const report::Style& style) {
  std::string out;
  for (const PlatformEntry& platform : platforms()) {
    const Json accounts = platform.accounts(world);
    for (const Json& account : accounts) {
      out += account_contents(platform.name, account, style);
    }
  }
  out += fmt::format("  {} {}", style.bold("ERP"),
                     report::counted(world.products.size(), "product", "products"));
  if (!world.notes.empty()) {
    out += fmt::format(", {} with a note on why it is as it is", world.notes.size());
  }
  return out + "\n";
}

}  // namespace atrapa::harness::cli
