#include "scenarios/systim/bugs.hpp"

#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::systim {

std::shared_ptr<const harness::SubjectKind> subject_of(const Bug& bug) {
  scenarios::Bug whole{
      .name = bug.name, .about = bug.about, .caught_by = bug.caught_by, .wrap = bug.wrap};
  if (bug.plant) {
    whole.plant = [plant = bug.plant](harness::CoreParts& parts) { plant(parts.systim); };
  }
  return scenarios::subject_of(whole);
}

}  // namespace atrapa::scenarios::systim
