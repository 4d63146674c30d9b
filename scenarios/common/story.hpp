#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/bench/bench.hpp"
#include "harness/run/rule.hpp"
#include "scenarios/common/gene.hpp"
#include "scenarios/common/sentence.hpp"

namespace atrapa::scenarios {

using harness::Json;

/// One record of a story: what is special about it, what is planted, and how it must end. Frozen
/// with the case, so that a replay needs no generator: an oracle reads `given` and `expected`,
/// never the gene.
struct Record {
  std::string what;  ///< For people: "secret of another integration".
  Json given = Json::object();
  Json expected = Json::object();
};

/// A case as people would tell it: how things are set up, then record after record.
struct Story {
  Json setup = Json::object();
  std::vector<Record> records;
};

void to_json(Json& json, const Story& story);
/// Throws std::runtime_error for what is none, naming the member.
void from_json(const Json& json, Story& story);
std::size_t records(const Story& story);

/// A rule before it has its sentence and its generator.
struct StoryDraft {
  std::string_view id;  ///< Of the sentence.
  std::vector<std::string> switches = {};
  std::function<Shape(const harness::SwitchValues&)> shape;
  /// At least one gene.
  std::function<Story(const std::vector<Gene>&, const harness::SwitchValues&)> build;
  std::function<void(const Story&, harness::Bench&, harness::Judgement&)> oracle;
};

harness::Rule make_story(const Page& page, StoryDraft draft);

}  // namespace atrapa::scenarios
