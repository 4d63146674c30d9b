#include "harness/cli/findings.hpp"

#include <fmt/format.h>

#include <map>
#include <system_error>

#include "harness/cli/command.hpp"
#include "harness/run/replay.hpp"

namespace atrapa::harness::cli {

namespace {

void make_directory(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) {
    throw Failure(
        fmt::format("--out {}: the directory cannot be made ({}); name one that can be "
                    "written to",
                    directory.string(), error.message()));
  }
}

}  // namespace

report::ReplayFileOf write_replays(const CampaignResult& result, const CampaignOptions& options,
                                   const std::filesystem::path& directory) {
  make_directory(directory);
  std::map<const Rule*, std::string> files;
  for (const RuleResult& rule : result.rules) {
    if (!rule.violation) continue;
    const Replay replay = make_replay(rule, options);
    const std::filesystem::path file = directory / replay_file_name(replay);
    write_replay(replay, file);
    files[rule.rule] = file.string();
  }
  return [files](const RuleResult& rule) {
    const auto file = files.find(rule.rule);
    return file == files.end() ? std::string() : file->second;
  };
}

}  // namespace atrapa::harness::cli
