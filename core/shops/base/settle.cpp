#include "core/shops/base/settle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/shops/base/reading.hpp"

namespace atrapa::core::base {

BaseResult<Creation> created(BaseResult<Json> answer, std::string_view method, const char* id) {
  using State = Creation::State;
  if (!answer) {
    if (!answer.error().may_have_happened) return fail(answer.error());
    return Creation{.state = State::Unknown, .text = answer.error().text};
  }
  const auto made = text_member(*answer, id);
  if (!made || made->empty() || *made == "0") {
    return Creation{.state = State::Unknown,
                    .text = fmt::format("{}: succeeded without {}", method, id)};
  }
  Creation creation{.state = State::Made, .id = *made};
  for (const auto& [about, words] : warnings_of(*answer)) creation.warnings.push_back(words);
  return creation;
}

Creation settled(std::vector<std::string> found, const std::vector<std::string>& known,
                 bool saw_all) {
  using State = Creation::State;
  std::erase_if(found, [&](const std::string& id) {
    return std::find(known.begin(), known.end(), id) != known.end();
  });
  if (found.size() == 1) return {.state = State::Made, .id = found.front()};
  if (found.empty() && saw_all) return {.state = State::NotMade};
  return {.state = State::Unknown,
          .text = found.empty() ? "the look-up did not see everything"
                                : fmt::format("{} of them fit", found.size())};
}

}  // namespace atrapa::core::base
