#pragma once

#include <string>
#include <utility>

#include "core/integrations/ebiuro_base.hpp"

// Private to core/integrations.
namespace atrapa::core::ebiuro_base {

/// One piece of work for one integration, and what it has come to so far.
struct Office::Task {
  Task(Profile chosen, Settings read, base::Client made)
      : profile(std::move(chosen)), settings(std::move(read)), client(std::move(made)) {
    report.ok = true;
  }

  void note(Severity severity, RecordKind kind, std::string record, const Objection& objection) {
    report.entries.push_back({severity, kind, std::move(record), objection.reason, objection.text});
    if (severity == Severity::Error) ++report.failed;
  }
  /// The work cannot go on: Base cannot be read at present.
  void stop(const Objection& objection) {
    stopped = true;
    report.ok = false;
    note(Severity::Error, RecordKind::Run, profile.label, objection);
  }

  Profile profile;
  Settings settings;
  base::Client client;
  RunReport report;
  bool stopped = false;
};

inline Failure<Objection> objection(Reason reason, std::string text) {
  return fail(Objection{reason, std::move(text)});
}

}  // namespace atrapa::core::ebiuro_base
