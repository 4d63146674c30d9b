#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/common/bug.hpp"

namespace atrapa::scenarios::platform {

/// A wrong program: the right core on a wire of the kind W.
template <typename W>
Bug on_wire(std::string name, std::string about, std::vector<std::string> caught_by) {
  return {.name = std::move(name),
          .about = std::move(about),
          .caught_by = std::move(caught_by),
          .rewire = [](harness::Wire& wire) -> std::unique_ptr<harness::Wire> {
            return std::make_unique<W>(wire);
          }};
}

/// A wrong program: the right core with a T around it.
template <typename T>
Bug around(std::string name, std::string about, std::vector<std::string> caught_by) {
  return {.name = std::move(name),
          .about = std::move(about),
          .caught_by = std::move(caught_by),
          .wrap = [](std::unique_ptr<harness::Subject> inner) -> std::unique_ptr<harness::Subject> {
            return std::make_unique<T>(std::move(inner));
          }};
}

using mocks::kit::Request;
using mocks::kit::Response;
using Answer = std::variant<Response, harness::NoAnswer>;

/// The answer where one came, else null.
inline Response* answered(Answer& answer) { return std::get_if<Response>(&answer); }

/// Puts `next` in the place of the first `old` in a text; what does not hold it stays.
std::string with(std::string text, const std::string& old, const std::string& next);

}  // namespace atrapa::scenarios::platform
