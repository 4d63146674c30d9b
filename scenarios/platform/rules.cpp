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
  std::vector<harness::Rule> base;
  append_all(base, base_traffic_rules());
  append_all(base, base_list_rules());
  append_all(base, base_write_rules());
  append_all(base, base_accident_rules());
  std::vector<harness::Rule> all = in_order(shoper_page(), std::move(shoper));
  append_all(all, in_order(base_page(), std::move(base)));
  return all;
}

std::vector<harness::Switch> switches() { return {}; }

std::vector<Bug> bugs() {
  std::vector<Bug> all = call_bugs_of_shoper();
  append_all(all, list_bugs_of_shoper());
  append_all(all, write_bugs_of_shoper());
  append_all(all, call_bugs_of_base());
  append_all(all, list_bugs_of_base());
  append_all(all, write_bugs_of_base());
  return all;
}

}  // namespace atrapa::scenarios::platform
