#include <iterator>

#include "scenarios/platform/families.hpp"
#include "scenarios/platform/group.hpp"
#include "scenarios/platform/sentences.hpp"

namespace atrapa::scenarios::platform {
namespace {

template <typename T>
void append_all(std::vector<T>& all, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

std::vector<harness::Rule> rules() {
  std::vector<harness::Rule> shoper;
  append_all(shoper, shoper_traffic_rules());
  append_all(shoper, shoper_list_rules());
  append_all(shoper, shoper_write_rules());
  append_all(shoper, shoper_accident_rules());
  return in_order(shoper_page(), std::move(shoper));
}

std::vector<harness::Switch> switches() { return {}; }

std::vector<Bug> bugs() { return shoper_bugs(); }

}  // namespace atrapa::scenarios::platform
