// The README's examples are run as they stand: every block fenced as `console`, its lines that
// start with "$ ", in one directory and one shell each block. A line "# exit N" after a command
// says how it ends; without one it ends with 0. A command that ends in " &" goes on beside the
// others.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "tests/cli/process.hpp"

using namespace atrapa::tests;

namespace {

struct Command {
  std::string text;
  int line = 0;
  int exit = 0;
};

std::vector<std::vector<Command>> blocks_of(const std::string& readme) {
  std::vector<std::vector<Command>> blocks;
  std::istringstream in(readme);
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("```")) {
      inside = line == "```console";
      if (inside) blocks.emplace_back();
    } else if (inside && line.starts_with("$ ")) {
      blocks.back().push_back({line.substr(2), number, 0});
    } else if (inside && line.starts_with("# exit ") && !blocks.back().empty()) {
      blocks.back().back().exit = std::stoi(line.substr(7));
    }
  }
  return blocks;
}

/// make and git belong to the reader's clone, which is not at hand in the block's empty directory.
bool runs_here(const Command& command) {
  return !command.text.starts_with("make") && !command.text.starts_with("git ") &&
         !command.text.starts_with("cd ");
}

/// A shell script that runs the commands and names the first that ends otherwise than written.
std::string script_of(const std::vector<Command>& block) {
  std::string script = "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n";
  for (const Command& command : block) {
    if (!runs_here(command)) continue;
    script += command.text + "\n";
    const bool background = command.text.ends_with("&");
    if (background) {
      script += "sleep 1\n";
      continue;
    }
    const std::string code = std::to_string(command.exit);
    script += "code=$?; if [ $code -ne " + code +
              " ]; then echo \"README.md:" + std::to_string(command.line) +
              ": exit $code, expected " + code + "\" >&2; exit 1; fi\n";
  }
  return script;
}

}  // namespace

TEST_CASE("Every example of the README runs and ends as it says", "[cli][readme]") {
  const std::filesystem::path readme = std::filesystem::path(ATRAPA_SOURCE_DIR) / "README.md";
  const auto blocks = blocks_of(read_text(readme));
  CHECK_FALSE(blocks.empty());
  const std::filesystem::path program = ATRAPA_PROGRAM;
  for (const auto& block : blocks) {
    const TemporaryDirectory directory;
    // "build/atrapa" as the reader types it, and "atrapa" too.
    std::filesystem::create_directories(directory.path() / "build");
    std::filesystem::create_symlink(program, directory.path() / "build" / "atrapa");
    const char* path = std::getenv("PATH");
    Process shell({"bash", "-c", script_of(block)}, directory.path(),
                  {{"PATH", program.parent_path().string() + ":" + (path == nullptr ? "" : path)}});
    const Ended ended = shell.wait(std::chrono::seconds(300));
    INFO(ended.out << ended.err);
    CHECK(ended.code == 0);
  }
}

TEST_CASE("Blocks of the README are read with their exit codes", "[cli][readme]") {
  const auto blocks = blocks_of(
      "text\n```console\n$ atrapa demo\nout\n$ false\n# exit 1\n```\n```cpp\n$ not this\n```\n");
  REQUIRE(blocks.size() == 1);
  REQUIRE(blocks[0].size() == 2);
  CHECK(blocks[0][0].text == "atrapa demo");
  CHECK(blocks[0][0].exit == 0);
  CHECK(blocks[0][1].exit == 1);
  CHECK(blocks[0][1].line == 5);
}
