#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/subject/core_subject.hpp"

namespace atrapa::scenarios {

/// A wrong core: the right one with a part replaced, or with something between it and the world.
struct Bug {
  std::string name;   ///< "trims-codes"
  std::string about;  ///< What it does wrong, in one sentence.
  std::vector<std::string> caught_by;
  std::function<void(harness::CoreParts&)> plant = {};
  std::function<std::unique_ptr<harness::Subject>(std::unique_ptr<harness::Subject>)> wrap = {};
};

/// The subject "core:NAME".
std::shared_ptr<const harness::SubjectKind> subject_of(const Bug& bug);

}  // namespace atrapa::scenarios
