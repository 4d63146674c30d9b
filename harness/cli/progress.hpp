#pragma once

#include <string>

#include "harness/cli/machine.hpp"

namespace atrapa::harness::cli {

/// What long work shows while it lasts: on a terminal one line on err() that is written over, at
/// most ten times a second; elsewhere nothing, or a line every `seconds_between_lines` where that
/// is set.
class Progress {
 public:
  explicit Progress(Machine& machine, double seconds_between_lines = 0)
      : machine_(machine), seconds_between_lines_(seconds_between_lines) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  void show(const std::string& text);
  /// Takes the line away again.
  void clear();

 private:
  Machine& machine_;
  double seconds_between_lines_;
  double last_ = -1;
  bool shown_ = false;
};

}  // namespace atrapa::harness::cli
