#pragma once

#include <iosfwd>

#include "harness/subject/subject.hpp"

namespace atrapa::harness {

/// The other end of the driver protocol: answers the requests on `in`, a line each, by a subject of
/// this kind until `shutdown` or the end of `in`. The subject's requests go over real sockets, its
/// waits to the clock that it is told. It must keep what outlives a process in SubjectSetup::state.
void serve_driver(const SubjectKind& kind, std::istream& in, std::ostream& out);

}  // namespace atrapa::harness
