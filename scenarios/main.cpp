#include "harness/cli/cli.hpp"
#include "harness/cli/real_machine.hpp"
#include "scenarios/all.hpp"

int main(int argc, char** argv) {
  atrapa::harness::cli::RealMachine machine;
  return atrapa::harness::cli::run_cli(argc, argv,
                                       {.rules = atrapa::scenarios::all_rules,
                                        .demo_bug = "retry-creates-second-order",
                                        .machine = machine});
}
