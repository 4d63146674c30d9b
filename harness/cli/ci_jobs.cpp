#include "harness/cli/ci_jobs.hpp"

#include <fmt/format.h>

#include <sstream>

#include "harness/report/version.hpp"

namespace atrapa::harness::cli {

namespace {

/// A shell script in a YAML block: each line behind as many spaces.
std::string indented(const std::string& script, std::size_t spaces) {
  std::istringstream lines(script);
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    out += std::string(spaces, ' ') + line + "\n";
  }
  return out;
}

std::string heading(const CiJob& job) {
  std::string text = fmt::format(
      R"(# Judges this repository's connector by the documented sentences of the platforms it works with.
# Written by `{}`; it is yours now.
#
# ATRAPA_REPOSITORY  the address that git fetches Atrapa from: set it as a variable of the project
# ATRAPA_REF         the tag or commit to build; what moves would change verdicts by itself
#
# Failures that are known stand in atrapa-known.json, which `atrapa check --write-baseline
# atrapa-known.json` writes: they do not fail the job, new ones do. A connector that takes its time is judged
# sooner by fewer cases or rules: `check --cases 20 SYSTIM`.
)",
      job.written_by);
  if (!job.names_connector) {
    text +=
        "#\n# No connector is named yet, so the reference sync is judged. To judge yours, write "
        "the "
        "file anew with\n# --exec or --driver.\n";
  }
  return text;
}

/// Debian's packages, Atrapa's source at the ref, and what building it needs. An image that holds
/// Atrapa already would spare all of it.
std::string fetch_script() {
  return R"(if [ -z "$ATRAPA_REPOSITORY" ]; then
  echo "Set the variable ATRAPA_REPOSITORY: the address that git fetches Atrapa from" >&2
  exit 2
fi
git init -q .atrapa
git -C .atrapa fetch -q --depth 1 "$ATRAPA_REPOSITORY" "$ATRAPA_REF"
git -C .atrapa checkout -q --force --detach FETCH_HEAD
make -C .atrapa deps
)";
}

constexpr const char* kPackages =
    "apt-get update -q && apt-get install -q -y --no-install-recommends ca-certificates git make";
constexpr const char* kBuild = "[ -x .atrapa/build/atrapa ] || make -C .atrapa build";

std::string check_script(const CiJob& job) {
  return fmt::format(
      "if [ -f atrapa-known.json ]; then set -- --baseline atrapa-known.json; else set --; fi\n"
      ".atrapa/build/atrapa check \"$@\" {}{}--out atrapa-report\n",
      job.check, job.check.empty() ? "" : " ");
}

}  // namespace

std::string github_workflow(const CiJob& job) {
  return heading(job) +
         fmt::format(R"(name: Atrapa

on:
  push:
  pull_request:

permissions:
  contents: read
  security-events: write

jobs:
  atrapa:
    runs-on: ubuntu-latest
    container: debian:12
    timeout-minutes: 60
    env:
      ATRAPA_REPOSITORY: ${{{{ vars.ATRAPA_REPOSITORY }}}}
      ATRAPA_REF: ${{{{ vars.ATRAPA_REF || 'v{}' }}}}
    steps:
      - name: Packages
        run: {}
      - uses: actions/checkout@v4
      - name: Fetch Atrapa
        run: |
)",
                     report::kVersion, kPackages) +
         indented(fetch_script(), 10) +
         fmt::format(R"(      - name: Atrapa as it was built before
        uses: actions/cache@v4
        with:
          path: .atrapa/build/atrapa
          key: atrapa-${{{{ env.ATRAPA_REF }}}}
      - name: Build Atrapa
        run: |
          {}
      # Install here what your connector needs.
      - name: Judge the connector
        run: |
)",
                     kBuild) +
         indented(check_script(job), 10) +
         R"(      - name: Summary
        if: always() && hashFiles('atrapa-report/summary.md') != ''
        run: cat atrapa-report/summary.md >> "$GITHUB_STEP_SUMMARY"
      - name: Keep the reports
        if: always() && hashFiles('atrapa-report/report.html') != ''
        uses: actions/upload-artifact@v4
        with:
          name: atrapa-report
          path: atrapa-report
      # Where code scanning is off, this step fails and the job does not.
      - name: Code scanning
        if: always() && hashFiles('atrapa-report/report.sarif') != ''
        continue-on-error: true
        uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: atrapa-report/report.sarif
          category: atrapa
)";
}

std::string gitlab_job(const CiJob& job) {
  return heading(job) +
         fmt::format(R"(#
# In .gitlab-ci.yml:
#   include:
#     - local: .gitlab/atrapa.yml
atrapa:
  stage: test
  image: debian:12
  timeout: 60 minutes
  variables:
    ATRAPA_REPOSITORY: ""
    ATRAPA_REF: v{}
  cache:
    key: atrapa-$ATRAPA_REF
    paths:
      - .atrapa/build/atrapa
  before_script:
    - {}
    - |
)",
                     report::kVersion, kPackages) +
         indented(fetch_script(), 6) +
         fmt::format(R"(    - |
      {}
    # Install here what your connector needs.
  script:
    - |
)",
                     kBuild) +
         indented(check_script(job), 6) +
         R"(  artifacts:
    when: always
    expose_as: Atrapa report
    paths:
      - atrapa-report/
    reports:
      junit: atrapa-report/junit.xml
)";
}

}  // namespace atrapa::harness::cli
