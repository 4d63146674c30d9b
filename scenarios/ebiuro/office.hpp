#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/bench/bench.hpp"
#include "harness/run/rule.hpp"
#include "scenarios/common/base_account.hpp"

namespace atrapa::scenarios::ebiuro {

Json usual_settings();  ///< Series FV and PAR, direction "none".

/// A connector of eBiuro's kind on empty books, with the forms that rules without a script use.
class Office {
 public:
  struct Integration {
    std::string id, secret;
    bool other = false;
  };

  Office(harness::Bench& bench, harness::Judgement& judgement, const Json& setup = Json::object());

  harness::Bench& bench() { return bench_; }
  BaseAccount base(bool other = false) { return BaseAccount(bench_, other); }
  harness::DeedResult perform(std::string_view deed, const Json& arguments);
  /// A form that must be taken.
  harness::DeedResult must(std::string_view deed, const Json& arguments);
  /// Saved, tested, configured and with its automatic actions, as far as `row` of a setup says.
  Integration connect(const Json& row);
  /// Another one in the place of a former one, as its row of the setup says.
  void replace(std::size_t index, const Json& rows);
  harness::DeedResult configure(const Integration& one, const Json& settings);
  void actions(const Integration& one, const std::vector<std::string>& products,
               const std::vector<int>& statuses);

  /// What is found in the ERP; while it is held, what was found first.
  const harness::ErpView& erp();
  void hold(bool on);
  /// Orders that came by the integration; of that number in Base where one is given.
  std::vector<harness::ErpOrder> orders(const Integration& one, std::int64_t order = 0);
  /// Sales documents of an order of the ERP, cancelled ones left out.
  std::vector<harness::ErpDocument> papers(const std::string& erp_order);
  /// Rows of the list of orders with that number.
  std::vector<Json> rows(const Integration& one, std::int64_t order);

  const std::vector<Integration>& integrations() const { return integrations_; }

 private:
  harness::Bench& bench_;
  harness::Judgement& judgement_;
  std::vector<Integration> integrations_;
  std::optional<harness::ErpView> view_;
  bool held_ = false;
};

}  // namespace atrapa::scenarios::ebiuro
