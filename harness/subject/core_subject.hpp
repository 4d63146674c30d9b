#pragma once

#include <memory>
#include <string>

#include "core/integrations/ebiuro_base.hpp"
#include "core/integrations/firmino_base.hpp"
#include "core/sync/parts.hpp"
#include "harness/subject/subject.hpp"

namespace atrapa::harness {

/// What the core is put together from, for each of its integrations.
struct CoreParts {
  core::Parts systim = {};
  core::ebiuro_base::Parts ebiuro = {};
  core::firmino_base::Parts firmino = {};
};

/// The reference core in this process, put together from `parts`: "core" with the right ones,
/// "core:NAME" with a planted bug. Its books lie in memory and outlive restart(); all its requests
/// go through the wire as the bytes that would have gone over a socket.
/// Integrations so far: "systim-shoper", "ebiuro-base", "firmino-base"; for rules about a platform
/// "shoper" (Systim) and "base" (Firmino, see core_on_base()). make() throws
/// std::runtime_error for another one, its subjects for a switch value that the core does not have,
/// and std::logic_error for a command or a form it does not have.
std::shared_ptr<const SubjectKind> core_subject(std::string name, CoreParts parts);
std::shared_ptr<const SubjectKind> core_subject(std::string name, core::Parts parts = {});

}  // namespace atrapa::harness
