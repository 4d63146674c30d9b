#pragma once

#include <string>
#include <utility>

#include "core/integrations/ebiuro_base.hpp"
#include "core/sync/base_work.hpp"

// Private to core/integrations.
namespace atrapa::core::ebiuro_base {

struct Office::Task : BaseWork {
  Task(Profile chosen, Settings read, base::Client made, Ledger& books, Clock& time)
      : BaseWork(std::move(chosen), std::move(made), books, time), settings(std::move(read)) {}

  Settings settings;
};

inline Failure<Objection> objection(Reason reason, std::string text) {
  return fail(Objection{reason, std::move(text)});
}

}  // namespace atrapa::core::ebiuro_base
