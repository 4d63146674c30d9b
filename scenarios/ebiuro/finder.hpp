#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/common/story.hpp"
#include "scenarios/ebiuro/office.hpp"

namespace atrapa::scenarios::ebiuro {

/// A rate as Base writes it in rate_name()'s words: "-1" is "zw", "-0.02" is "np", "-0.03" is "oo".
std::string rate_of_base(const mocks::kit::Decimal& rate);

/// One record under way.
struct Progress {
  const Record* record = nullptr;
  std::int64_t order = 0, product = 0;
  std::vector<std::string> bulk = {};  ///< Orders, by their number in Base.
  std::uint64_t mark = 0;
  std::size_t log = 0;
  bool done = false;
  int answered = 0;  ///< The last call by hand.
  Office::Integration old = {};
};

/// Tells what is found, aspect by aspect; script.hpp lists them.
class Finder {
 public:
  Finder(harness::Bench& bench, Office& office) : bench_(bench), office_(office) {}

  /// Throws std::out_of_range for an aspect that there is not.
  std::string told(const Progress& one, const std::string& aspect) {
    return aspects_.at(aspect)(one);
  }

  const Office::Integration& by(const Progress& one) const {
    return office_.integrations().at(one.record->given.value("by", std::size_t{0}));
  }
  BaseAccount account(const Progress& one) { return office_.base(by(one).other); }
  static std::string code(const Progress& one) { return one.record->given.value("code", ""); }

  /// Base's products of the record's code.
  std::vector<mocks::base::Product> products(const Progress& one);

 private:
  using Aspect = std::function<std::string(const Progress&)>;

  std::string told_row(const Progress& one);
  /// Cards in use of that code; of that name where they have none.
  std::vector<harness::ErpProduct> cards(const std::string& code);
  std::string told_card(const std::string& code);
  std::string told_product(const Progress& one);
  std::string told_stock(const Progress& one);
  std::string count_calls(const Progress& one, bool stock_only);
  std::string listed(const Progress& one);
  /// Calls of Base's API that hand on what was never filled in.
  std::string count_literal(const Progress& one);
  /// Whether Base was asked since the mark, with the integration's own token.
  std::string read_base(const Progress& one);
  /// Whether uuid and secret are as they were when the integration was saved first.
  std::string told_keys(const Progress& one);
  std::string count_cards();
  std::optional<harness::ErpOrder> order_of(const Progress& one);
  std::optional<harness::ErpDocument> paper_of(const Progress& one);
  static std::string digits_of(std::string text);
  std::string told_bulk(const Progress& one);
  std::string told_columns(const Progress& one);
  std::string told_client(const Progress& one);
  /// Whether the address has all of the record's "pieces" and none of "not_these".
  std::string told_address(const Progress& one, std::string harness::ErpOrder::*address);
  std::string contractor_nip(const Progress& one);
  /// "*" for a line of the record's own card; "?" where the record says that it is open.
  std::string told_links(const Progress& one);
  /// The order's lines and its delivery; the lines of its document.
  std::string told_lines(const Progress& one);
  std::string told_paper_lines(const Progress& one);
  std::map<std::string, Aspect> all_aspects();

  harness::Bench& bench_;
  Office& office_;
  std::map<std::string, Aspect> aspects_ = all_aspects();
};

}  // namespace atrapa::scenarios::ebiuro
