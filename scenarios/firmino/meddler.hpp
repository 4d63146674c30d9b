#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "harness/subject/passing.hpp"

namespace atrapa::scenarios::firmino {

/// What bugs derive from that spoil a part of what passes.
using Meddler = harness::PassingSubject;

template <typename M>
std::unique_ptr<harness::Subject> meddled(std::unique_ptr<harness::Subject> inner) {
  return std::make_unique<M>(std::move(inner));
}

}  // namespace atrapa::scenarios::firmino
