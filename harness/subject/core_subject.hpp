#pragma once

#include <memory>
#include <string>

#include "core/sync/parts.hpp"
#include "harness/subject/subject.hpp"

namespace atrapa::harness {

/// The reference core in this process, put together from `parts`: "core" with the right ones,
/// "core:NAME" with a planted bug. Its books lie in memory and outlive restart(); all its requests
/// go through the wire as the bytes that would have gone over a socket.
/// Integration so far: "systim-shoper". Its subjects throw std::runtime_error for another one and
/// for a switch value that the core does not have, std::logic_error for a command it does not have.
std::shared_ptr<const SubjectKind> core_subject(std::string name, core::Parts parts = {});

}  // namespace atrapa::harness
