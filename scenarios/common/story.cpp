#include "scenarios/common/story.hpp"

#include <stdexcept>

#include "harness/run/make_rule.hpp"
#include "scenarios/common/genes.hpp"

namespace atrapa::scenarios {

void to_json(Json& json, const Story& story) {
  json = {{"setup", story.setup}, {"records", Json::array()}};
  for (const Record& record : story.records) {
    json["records"].push_back(
        {{"what", record.what}, {"given", record.given}, {"expected", record.expected}});
  }
}

void from_json(const Json& json, Story& story) {
  const auto member = [](const Json& object, const char* name) -> const Json& {
    if (!object.is_object() || !object.contains(name)) {
      throw std::runtime_error("a case needs \"" + std::string(name) + "\" here: " + object.dump());
    }
    return object.at(name);
  };
  story = {.setup = member(json, "setup"), .records = {}};
  for (const Json& record : member(json, "records")) {
    story.records.push_back({.what = member(record, "what").get<std::string>(),
                             .given = member(record, "given"),
                             .expected = member(record, "expected")});
  }
}

std::size_t records(const Story& story) { return story.records.size(); }

harness::Rule make_story(const Page& page, StoryDraft draft) {
  const harness::Rule text = rule_of(page, draft.id);
  return harness::make_rule(harness::RuleSpec<Story>{
      .id = text.id,
      .integration = text.integration,
      .level = text.level,
      .provenance = text.provenance,
      .says = text.statement,
      .source = text.source,
      .switches = std::move(draft.switches),
      .inputs =
          [shape = std::move(draft.shape),
           build = std::move(draft.build)](const harness::SwitchValues& switches) {
            return rc::gen::map(
                genes(shape(switches)),
                [build, switches](const std::vector<Gene>& list) { return build(list, switches); });
          },
      .oracle = std::move(draft.oracle),
  });
}

}  // namespace atrapa::scenarios
