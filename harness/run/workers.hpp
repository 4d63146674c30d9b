#pragma once

#include <cstddef>
#include <functional>

namespace atrapa::harness {

/// Calls `work(0)` ... `work(count - 1)`, each once, begun in that order, on up to `jobs` threads
/// (the calling one alone for jobs <= 1). Returns when all are done. `work` must not throw.
void for_each_index(std::size_t count, int jobs, const std::function<void(std::size_t)>& work);

}  // namespace atrapa::harness
