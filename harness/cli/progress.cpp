#include "harness/cli/progress.hpp"

namespace atrapa::harness::cli {

void Progress::show(const std::string& text) {
  const double now = machine_.seconds();
  if (machine_.err_is_terminal()) {
    if (last_ >= 0 && now - last_ < 0.1) return;
    machine_.err() << "\r\x1b[K"
                   << report::shorten(report::printable(text), machine_.err_width() - 1)
                   << std::flush;
    shown_ = true;
  } else {
    if (seconds_between_lines_ <= 0) return;
    if (last_ < 0)
      last_ = now;  // The first line comes after one interval: short work stays silent.
    if (now - last_ < seconds_between_lines_) return;
    machine_.err() << report::printable(text) << std::endl;
  }
  last_ = now;
}

void Progress::clear() {
  if (shown_) machine_.err() << "\r\x1b[K" << std::flush;
  shown_ = false;
}

}  // namespace atrapa::harness::cli
