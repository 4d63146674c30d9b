#pragma once

#include <string>
#include <utility>

#include "core/integrations/firmino_base.hpp"
#include "core/sync/base_work.hpp"

// Private to core/integrations.
namespace atrapa::core::firmino_base {

struct Office::Task : BaseWork {
  Task(Profile chosen, Settings read, base::Client made, Ledger& books, Clock& time)
      : BaseWork(std::move(chosen), std::move(made), books, time), settings(std::move(read)) {}

  Settings settings;
};

}  // namespace atrapa::core::firmino_base
