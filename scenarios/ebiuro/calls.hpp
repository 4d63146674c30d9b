#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "scenarios/ebiuro/script.hpp"

// What rules about calls of automatic actions share.

namespace atrapa::scenarios::ebiuro {

using Genes = std::vector<Gene>;
using Drafts = std::vector<RecordDraft>;

inline const Json kFromShop = {{"direction", "from_shop"}};
inline const Json kDearer = {{"prices", {{"105", 25}}}};
inline constexpr const char* kNoCard = "no card";

inline std::string code_of(std::size_t i) { return fmt::format("P-{}", i + 1); }
inline std::string usual(const std::string& code) { return code + " at 19.99"; }
inline std::string dearer(const std::string& code) { return code + " at 25"; }

/// One record for each gene, picked by its edge.
template <typename Edges>
Story story_of(Json setup, const Genes& genes, const Edges& edges) {
  Story story{.setup = std::move(setup), .records = {}};
  for (std::size_t i = 0; i < genes.size(); ++i) {
    RecordDraft draft = pick(edges(code_of(i)), genes[i].edge);
    if (draft.code.empty()) draft.code = code_of(i);
    story.records.push_back(record_of(std::move(draft)));
  }
  return story;
}

inline Json ends(const std::string& card) { return {{"end", {{"card", card}}}}; }

inline std::string wrong_secret(std::string target) {
  return target.replace(target.find("{secret}"), 8, "secret-0000");
}
inline std::string without_secret(std::string target) {
  return target.replace(target.find("secretKey={secret}&"), 19, "");
}
inline std::string with_id(std::string target, const std::string& id) {
  target.erase(target.rfind('=') + 1);
  return target + id;
}

inline Shape shape_of(int edges, int b = 1, int c = 1) {
  return {.edges = edges, .b = b, .c = c, .most = 6};
}

}  // namespace atrapa::scenarios::ebiuro
