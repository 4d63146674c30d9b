#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/sync/parts.hpp"
#include "harness/subject/subject.hpp"

namespace atrapa::scenarios::systim {

/// A wrong core: the right one with a part replaced, or with the way in which commands reach it.
struct Bug {
  std::string name;   ///< "trims-codes"
  std::string about;  ///< What it does wrong, in one sentence.
  std::vector<std::string> caught_by;
  std::function<void(core::Parts&)> plant = {};
  std::function<std::unique_ptr<harness::Subject>(std::unique_ptr<harness::Subject>)> wrap = {};
};

std::vector<Bug> stock_bugs();
std::vector<Bug> pairing_bugs();  ///< Who meets whom, and the shop as a whole.
std::vector<Bug> order_bugs();
std::vector<Bug> paging_bugs();
std::vector<Bug> command_bugs();
std::vector<Bug> product_bugs();  ///< What "send products" adds, and how often.
std::vector<Bug> csv_bugs();
std::vector<Bug> life_bugs();  ///< Installed, configured, taken out again.
std::vector<Bug> desk_bugs();  ///< Documents.

/// The subject "core:NAME".
std::shared_ptr<const harness::SubjectKind> subject_of(const Bug& bug);

}  // namespace atrapa::scenarios::systim
