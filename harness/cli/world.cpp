#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "harness/cli/choice.hpp"
#include "harness/cli/command.hpp"
#include "harness/cli/worlds.hpp"
#include "harness/incident/world_from_har.hpp"
#include "harness/world/text_file.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::harness::cli {

namespace {

struct WorldArguments {
  std::string world = "demo";
  bool json = false;
  std::vector<std::string> files;
  std::string har;
  std::string name;
  bool keep_names = false;
  std::string out;
  std::uint64_t seed = kDefaultSeed;
  int products = 1000;
  int orders = 200;
};

int show(const WorldArguments& arguments, const Program& program) {
  const World world = load_world(arguments.world);
  std::ostream& out = program.machine.out();
  const report::Style style = program.machine.style();
  if (arguments.json) {
    out << world_text(world);
    return 0;
  }
  out << fmt::format("World {}\n\n", style.bold(report::printable(world.name)))
      << report::paragraph(report::printable(world.about), 2, style.width) << "\n"
      << world_contents(world, style);
  return 0;
}

int validate_files(const WorldArguments& arguments, const Program& program) {
  std::ostream& out = program.machine.out();
  bool sound = true;
  for (const std::string& file : arguments.files) {
    std::string text;
    try {
      text = read_text_file(file, kMaxInputBytes);
    } catch (const std::runtime_error& error) {  // The other files are looked at all the same.
      program.machine.err() << "atrapa: " << error.what() << "; expected a world file\n";
      sound = false;
      continue;
    }
    const std::vector<WorldProblem> problems = problems_of(text, file);
    for (const WorldProblem& problem : problems) {
      out << problem_line(file, problem) << "\n";
    }
    if (problems.empty()) {
      out << fmt::format("{}: sound\n", file);
    } else {
      sound = false;
      out << fmt::format("{}: {}\n", file, report::counted(problems.size(), "problem", "problems"));
    }
  }
  return sound ? 0 : 2;
}

/// To the file, and what it holds to the reader; without a file the world itself.
void deliver(const World& world, const std::string& file, const Program& program) {
  std::ostream& out = program.machine.out();
  if (file.empty() || file == "-") {
    out << world_text(world);
    return;
  }
  write_world(world, file);
  out << fmt::format("Written to {}:\n", file) << world_contents(world, program.machine.style())
      << fmt::format("\nServe it: atrapa up --world {}\n", report::shell_argument(file));
}

/// The errors of a recording name the place in it; the reader needs the file too.
Recording recording_in(const std::string& file) {
  try {
    return read_har(file);
  } catch (const mocks::kit::WorldError& error) {
    throw Failure(fmt::format("{}: {}", file, error.what()));
  }
}

int from_har(const WorldArguments& arguments, const Program& program) {
  FromHarOptions options;
  if (!arguments.name.empty()) options.name = arguments.name;
  options.pseudonymise = !arguments.keep_names;
  const FromHar made = world_from_har(recording_in(arguments.har), options);
  for (const std::string& note : made.notes) {
    program.machine.err() << "note: " << report::printable(note) << "\n";
  }
  // As `up` would read it: a file that it refuses is of no use.
  const std::string about = fmt::format("the world made of {}", arguments.har);
  const auto problems = problems_of(world_text(made.world), about);
  if (!problems.empty()) {
    throw Failure(fmt::format("{}; nothing was written. Leave that call out of the recording",
                              problem_line(about, problems.front())));
  }
  deliver(made.world, arguments.out, program);
  return 0;
}

int generate(const WorldArguments& arguments, const Program& program) {
  deliver(generate_world(arguments.seed, arguments.products, arguments.orders), arguments.out,
          program);
  return 0;
}

void add_out(CLI::App& command, WorldArguments& arguments) {
  command.add_option("-o,--out", arguments.out, "Write it to this file; -: print it [print it]")
      ->type_name("FILE");
}

}  // namespace

Command add_world(CLI::App& app) {
  auto arguments = std::make_shared<WorldArguments>();
  CLI::App* command =
      app.add_subcommand("world", "Show, check or make what shop and ERP hold at the start");
  command->require_subcommand(1);

  CLI::App* to_show = command->add_subcommand("show", "Tell what a world holds");
  to_show->add_option("WORLD", arguments->world, "A file, or a built-in one: demo, empty")
      ->capture_default_str();
  to_show->add_flag("--json", arguments->json, "The world itself, to edit a copy of it");

  CLI::App* to_validate =
      command->add_subcommand("validate", "List what is wrong with world files");
  to_validate->add_option("FILE", arguments->files, "World files")->required();

  CLI::App* to_convert = command->add_subcommand(
      "from-har", "Make a world of a recording of a live Shoper shop's answers");
  to_convert->add_option("HAR", arguments->har, "A HAR 1.2 file, from a browser or a proxy")
      ->required();
  to_convert->add_option("--name", arguments->name, "Name of the world and its account");
  to_convert->add_flag("--keep-names", arguments->keep_names,
                       "Keep the buyers' names, addresses and numbers [made-up ones instead]");
  add_out(*to_convert, *arguments);

  CLI::App* to_generate = command->add_subcommand("generate", "Make a world of any size");
  add_seed(*to_generate, arguments->seed, "The same seed gives the same bytes");
  to_generate->add_option("--products", arguments->products, "Products in shop and ERP")
      ->type_name("N")
      ->check(CLI::Range(0, kMaxGenerated))
      ->capture_default_str();
  to_generate->add_option("--orders", arguments->orders, "Orders in the shop")
      ->type_name("N")
      ->check(CLI::Range(0, kMaxGenerated))
      ->capture_default_str();
  add_out(*to_generate, *arguments);

  return {command, [=](const Program& program) {
            if (to_show->parsed()) return show(*arguments, program);
            if (to_validate->parsed()) return validate_files(*arguments, program);
            if (to_convert->parsed()) return from_har(*arguments, program);
            return generate(*arguments, program);
          }};
}

}  // namespace atrapa::harness::cli
