#pragma once

#include <functional>
#include <memory>

#include "harness/subject/subject.hpp"

namespace atrapa::scenarios::fiscal {

/// A subject whose view of the ERP goes through `spoil` before anybody sees it.
std::unique_ptr<harness::Subject> spoilt(std::unique_ptr<harness::Subject> right,
                                         std::function<void(harness::ErpView&)> spoil);

/// ... and whose papers are numbered anew: each refusal to issue moves the numbers of what is
/// issued later by `by`.
std::unique_ptr<harness::Subject> misnumbered(std::unique_ptr<harness::Subject> right, int by);

/// ... and that takes a series "FV2" of a pattern that another has, and counts it from 1.
std::unique_ptr<harness::Subject> twins(std::unique_ptr<harness::Subject> right);

/// spoilt() as what a Bug wraps the right subject in.
std::function<std::unique_ptr<harness::Subject>(std::unique_ptr<harness::Subject>)> shows(
    std::function<void(harness::ErpView&)> spoil);

}  // namespace atrapa::scenarios::fiscal
