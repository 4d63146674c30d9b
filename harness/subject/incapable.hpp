#pragma once

#include <stdexcept>
#include <string>

namespace atrapa::harness {

/// The subject cannot do what the case asks, or does not show what it looks for. The case is left
/// out, with this reason; a rule all of whose cases are is not judged.
class Incapable : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// The subject broke down as a subject: its process ended by itself, it speaks no sense, it did not
/// answer in time. Nobody's violation: the run is broken off with this text, exit code 2.
class SubjectFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace atrapa::harness
