#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/run/rule.hpp"
#include "scenarios/systim/generators.hpp"
#include "scenarios/systim/planting.hpp"

namespace atrapa::scenarios::systim {

/// What the planter knows of a product's way into the shop.
enum class Arrival {
  Added,     ///< The shop gets it, with everything as planted.
  There,     ///< The shop has its code: it gets no other one.
  Open,      ///< Nobody says whether it can be added: it is there once, or the log names it.
  Reported,  ///< It cannot come in as it is: the log names it.
};

/// One product of the ERP on its way into the shop.
struct Addition {
  std::string planted;  ///< What is special about it, for people.
  ErpProduct erp;
  std::optional<ShopProduct> shop;  ///< What the shop has from the start: its counterpart or not.
  Arrival arrival = Arrival::Added;
  /// Any of these rates is the right one in the shop.
  std::vector<std::string> taxes = {"23%"};
  std::string later_stock =
      {};  ///< The ERP's figure between a first and a second run; "": one run.
  /// Nobody says whether it takes part in the stock sync: 0 pieces in the shop will do too.
  bool level_open = false;
  bool code_by_hand = false;  ///< A person gives it a code in the shop after the first run.
};

/// Products of the ERP, and a shop whose categories are there.
struct CatalogueCase {
  bool automatic = true;
  int limit = 0;                    ///< The shop's request limit; 0: as installed.
  std::vector<Accident> runs = {};  ///< Of each run before a last quiet one.
  /// Categories of the shop that no product has yet; paths from the root.
  std::vector<std::vector<std::string>> categories = {};
  int plain = 0;  ///< That many plain products more, in the ERP alone.
  std::vector<Addition> products;
};

void to_json(Json& json, const CatalogueCase& input);
void from_json(const Json& json, CatalogueCase& input);
std::size_t records(const CatalogueCase& input);

extern template harness::Rule make(Draft<CatalogueCase>);

/// A product that can be added as it is and that the shop does not have.
Addition newcomer(std::size_t index);

/// The plain products that `plain` counts.
ErpProduct further_product(int index);

/// Something special about a product.
struct AdditionEdge {
  std::string name;
  std::function<void(Addition&)> plant;
};

/// The gene's `edge` picks from `edges`, counted from 1; 0 is none. The shop has the categories of
/// all of them but where an edge takes them away.
CatalogueCase build_catalogue(const std::vector<Gene>& genes,
                              const std::vector<AdditionEdge>& edges);

/// A case's products on a bench.
class Shelves {
 public:
  Shelves(const CatalogueCase& input, harness::Bench& bench);

  /// Fills shop and ERP and saves the configuration.
  void set();
  /// The products of the shop that were not there when the case began.
  std::vector<std::int64_t> newcomers() const;
  /// Every product as its arrival says, and no other one. `times` is how often each product
  /// without a code must have come; nothing where nobody says, and once at least.
  void check(harness::Judgement& judgement, std::optional<int> times = 1);
  /// The same for a command that adds none.
  void check_none(harness::Judgement& judgement);
  /// The levels of what was added and of what was there.
  void check_stock(harness::Judgement& judgement);
  /// A person gives codes in the shop to what has none, where the case says so.
  void give_codes();

 private:
  void check_coded(const Addition& product, const harness::ErpView& erp,
                   harness::Judgement& judgement);
  void check_codeless(harness::Judgement& judgement, std::optional<int> times);
  void check_category(const Addition& product, std::int64_t id, harness::Judgement& judgement);
  void check_values(const Addition& product, std::int64_t id, harness::Judgement& judgement);
  std::vector<std::int64_t> with_code(const std::vector<std::int64_t>& ids,
                                      const std::string& code) const;
  /// Newcomers of that name that bear none of the ERP's codes.
  std::vector<std::int64_t> codeless_of(const std::string& name) const;

  const CatalogueCase& input_;
  harness::Bench& bench_;
  Planter planter_;
  std::set<std::int64_t> before_;
};

/// Is no code set, as far as anybody says?
bool codeless(const ErpProduct& product);

// What may be special about products.
/// Codes that no product of the shop bears, and codes that look alike.
std::vector<AdditionEdge> missing_codes(const harness::SwitchValues& switches);
std::vector<AdditionEdge> codes_in_shop(const harness::SwitchValues& switches);
std::vector<AdditionEdge> no_codes();
std::vector<AdditionEdge> rates(const harness::SwitchValues& switches);
std::vector<AdditionEdge> prices();
std::vector<AdditionEdge> shop_categories(const harness::SwitchValues& switches);
std::vector<AdditionEdge> names();

}  // namespace atrapa::scenarios::systim
