#pragma once

#include <memory>
#include <string>

#include "mocks/kit/platform.hpp"

namespace atrapa::bench {

/// A platform that does what a fake does for one object and no more: reads the target, checks the
/// token, finds the route, answers `body`. So its figure is the kit's share of a fake's. Serves
/// GET /webapi/rest/products/{id} for callers with that bearer token.
std::unique_ptr<mocks::kit::Platform> shelf(std::string token, std::string body);

}  // namespace atrapa::bench
