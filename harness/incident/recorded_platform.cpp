#include "harness/incident/recorded_platform.hpp"

#include <algorithm>

namespace atrapa::harness {

const std::vector<RecordedPlatform>& recorded_platforms() {
  static const std::vector<RecordedPlatform> all{recorded_shoper(), recorded_base()};
  return all;
}

const RecordedPlatform* platform_of(const Recording& recording) {
  for (const RecordedExchange& exchange : recording.exchanges) {
    const auto& all = recorded_platforms();
    const auto found = std::find_if(all.begin(), all.end(), [&](const RecordedPlatform& one) {
      return exchange.request.target.find(one.root) != std::string::npos;
    });
    if (found != all.end()) return &*found;
  }
  return nullptr;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace atrapa::harness
