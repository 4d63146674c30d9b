#pragma once

#include <string_view>

namespace atrapa::harness::report {

/// What stands in the page's one <style>, its one <script>, and the drawings of the verdicts.
std::string_view html_style();
std::string_view html_script();
std::string_view html_drawings();

}  // namespace atrapa::harness::report
