#include <iterator>
#include <utility>

#include "scenarios/fiscal/families.hpp"
#include "scenarios/fiscal/group.hpp"
#include "scenarios/fiscal/sentences.hpp"

namespace atrapa::scenarios::fiscal {

using harness::Rule;

std::vector<Rule> rules() {
  std::vector<Rule> all;
  for (std::vector<Rule> family : {nip_rules(), rate_rules(), rounding_rules(), receipt_rules(),
                                   number_rules(), ksef_rules()}) {
    std::move(family.begin(), family.end(), std::back_inserter(all));
  }
  return in_order(page(), std::move(all));
}

std::vector<harness::Switch> switches() {
  const std::vector<Rule> all = rules();
  return {make_switch("pl.nip_policy", {"checksum_and_prefix", "checksum", "none"}, all),
          make_switch("pl.vat_rounding", {"per_rate_from_gross", "per_rate_from_net", "per_line"},
                      all)};
}

std::vector<Bug> bugs() {
  std::vector<Bug> all;
  for (std::vector<Bug> some : {content_bugs(), document_bugs()}) {
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace atrapa::scenarios::fiscal
