#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "harness/cli/ci_jobs.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/names.hpp"
#include "harness/report/run_facts.hpp"
#include "harness/world/text_file.hpp"

namespace atrapa::harness::cli {

namespace {

struct CiArguments {
  std::string service;
  std::string driver;
  std::string exec;
  std::vector<std::string> more;  ///< Words for `check`, as typed.
  std::string out;
  bool force = false;
};

/// A build server that there is a job for.
struct CiService {
  const char* name;
  const char* file;  ///< Where it looks for the job, or where an include finds it.
  std::string (*write)(const CiJob&);
  const char* next;
};

constexpr CiService kCiServices[] = {
    {"github", ".github/workflows/atrapa.yml", github_workflow,
     "Next: set the repository's variable ATRAPA_REPOSITORY (Settings, Secrets and variables, "
     "Actions, Variables), commit the file, push."},
    {"gitlab", ".gitlab/atrapa.yml", gitlab_job,
     "Next: set the project's variable ATRAPA_REPOSITORY (Settings, CI/CD, Variables), include "
     "the file from .gitlab-ci.yml as its heading says, commit, push."},
};

const CiService& service_named(const std::string& name) {
  std::vector<std::string> names;
  for (const CiService& service : kCiServices) {
    if (service.name == name) return service;
    names.emplace_back(service.name);
  }
  throw Failure(fmt::format("ci init: there is no job for '{}'.{} There are: {}", name,
                            did_you_mean(name, names), fmt::join(names, ", ")));
}

/// What `check` is to be told, as a shell reads it: "--exec './run it' SYSTIM".
std::string words_for_check(const CiArguments& arguments) {
  std::vector<std::string> words;
  if (!arguments.exec.empty()) words.insert(words.end(), {"--exec", arguments.exec});
  if (!arguments.driver.empty()) words.insert(words.end(), {"--driver", arguments.driver});
  words.insert(words.end(), arguments.more.begin(), arguments.more.end());
  std::string line;
  for (const std::string& word : words) {
    if (word.find_first_of("\n\r") != std::string::npos) {
      throw Failure(fmt::format(
          "'{}': has several lines; expected one. Put them into a script, and name that",
          report::printable(word)));
    }
    line += (line.empty() ? "" : " ") + report::shell_argument(word);
  }
  return line;
}

void write_job(const std::string& file, const std::string& text, bool force) {
  const std::filesystem::path path = file;
  if (std::filesystem::exists(path) && !force) {
    throw Failure(
        fmt::format("{}: is there already and stays as it is; --force writes it anew, --out - "
                    "prints the job",
                    file));
  }
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (error) {
    throw Failure(fmt::format("{}: the directory cannot be made ({}); name another file by --out",
                              path.parent_path().string(), error.message()));
  }
  write_text_file(path, text);
}

int ci_init(const CiArguments& arguments, const Program& program) {
  const CiService& service = service_named(arguments.service);
  const CiJob job{.check = words_for_check(arguments),
                  .names_connector = !arguments.exec.empty() || !arguments.driver.empty(),
                  .written_by = fmt::format("atrapa ci init {}", service.name)};
  const std::string text = service.write(job);
  if (arguments.out == "-") {
    program.machine.out() << text;
    return 0;
  }
  const std::string file = arguments.out.empty() ? service.file : arguments.out;
  write_job(file, text, arguments.force);
  program.machine.out() << fmt::format("Written to {}\n", file)
                        << report::paragraph(service.next, 0, program.machine.style().width);
  return 0;
}

}  // namespace

Command add_ci(CLI::App& app) {
  auto arguments = std::make_shared<CiArguments>();
  CLI::App* command = app.add_subcommand("ci", "Write the job that judges a connector in CI");
  command->require_subcommand(1);
  CLI::App* init = command->add_subcommand(
      "init", "Write a job file: builds Atrapa at a pinned ref, judges, keeps reports");
  init->add_option("SERVICE", arguments->service, "github or gitlab")->required();
  CLI::Option* driver =
      init->add_option("--driver", arguments->driver,
                       "The connector under test, as `check --driver` takes it [reference sync]");
  driver->type_name("CMD");
  init->add_option("--exec", arguments->exec,
                   "The connector under test, as `check --exec` takes it")
      ->type_name("CMD")
      ->excludes(driver);
  init->add_option("--out", arguments->out,
                   "The file, - to print it [.github/workflows/atrapa.yml, .gitlab/atrapa.yml]")
      ->type_name("FILE");
  init->add_option("WORDS", arguments->more,
                   "Behind --: further words for `check`: -- SYSTIM --cases 20 --erp-dump CMD");
  init->add_flag("--force", arguments->force, "Write it anew where it is there already");
  return {command, [arguments](const Program& program) { return ci_init(*arguments, program); }};
}

}  // namespace atrapa::harness::cli
