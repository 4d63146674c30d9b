#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/bench/bench.hpp"
#include "harness/run/rule.hpp"
#include "scenarios/common/base_account.hpp"
#include "scenarios/common/rates.hpp"

namespace atrapa::scenarios::fiscal {

/// A connector of eBiuro's kind on empty books, whose documents rules look at: series FV and PAR,
/// automatic on status 402 where the connector works by itself.
class Office {
 public:
  /// `setup`: {"series": [{"id", "kind", "pattern", "reset"}], "seller": {...}}, both may be
  /// absent.
  Office(harness::Bench& bench, harness::Judgement& judgement, const Json& setup = Json::object());

  harness::Bench& bench() { return bench_; }
  BaseAccount base() { return BaseAccount(bench_); }
  harness::DeedResult perform(std::string_view deed, const Json& arguments);

  /// The series of invoices from now on.
  void number_invoices_by(const std::string& series);

  /// An order of `given` {"fields", "lines"} that reaches the status.
  std::int64_t order(const Json& given);
  /// Its row in the ERP's books; nothing where it never came.
  std::optional<harness::ErpOrder> in_erp(std::int64_t order);
  /// A person asks for the document of the kind that the order wants, or of `kind`.
  harness::DeedResult issue(std::int64_t order, const std::string& kind = "");
  /// ... for the invoice to its receipt; `nip` where one is typed in.
  harness::DeedResult issue_to_receipt(std::int64_t order,
                                       const std::optional<std::string>& nip = {});
  /// Invoices and receipts of the order, oldest first.
  std::vector<harness::ErpDocument> papers(std::int64_t order);
  /// Its one sales document, made by hand where none came by itself; nothing where it is refused.
  std::optional<harness::ErpDocument> document(std::int64_t order);

 private:
  void must(std::string_view deed, const Json& arguments);

  harness::Bench& bench_;
  harness::Judgement& judgement_;
  std::string integration_;
};

/// The orders of a story's records are told apart in reports by their place: "order 2 (paragon)".
std::string order_name(std::size_t place, const std::string& what);

/// The lines of a paper, or of an order, are those of these names, each as often as it is there.
template <typename Line>
void expect_lines(const std::vector<Line>& lines, std::vector<std::string> names,
                  const std::string& name, harness::Judgement& judgement) {
  std::vector<std::string> observed;
  for (const Line& line : lines) observed.push_back(line.name);
  std::sort(observed.begin(), observed.end());
  std::sort(names.begin(), names.end());
  judgement.expect_equal("lines of " + name, names, observed);
}

using scenarios::rate_name;
/// 0, 0 KR, 0 WDT and 0 EX are one family, np, np I and np II another; any other code is its own.
std::string rate_family(std::string_view label);
/// "1.5" and "1.50" as grosze; -1 for what is no amount in whole grosze.
std::int64_t grosze_in(std::string_view amount);
/// How many digits stand behind the point.
int decimals_of(std::string_view amount);

}  // namespace atrapa::scenarios::fiscal
