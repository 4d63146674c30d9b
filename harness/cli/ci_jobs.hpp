#pragma once

#include <string>

namespace atrapa::harness::cli {

/// What goes into a job that judges a connector.
struct CiJob {
  std::string check;       ///< Words for `check` as a shell reads them: "--exec './run it' SYSTIM".
  bool names_connector;    ///< Whether they name one; without, the reference sync is judged.
  std::string written_by;  ///< The command that writes the file, for its heading.
};

/// A workflow of GitHub Actions: builds Atrapa at a pinned ref, judges, keeps the exit code, and
/// leaves summary, page, JUnit and SARIF whatever it is.
std::string github_workflow(const CiJob& job);

/// The same as a job of GitLab CI, to be included from .gitlab-ci.yml.
std::string gitlab_job(const CiJob& job);

}  // namespace atrapa::harness::cli
