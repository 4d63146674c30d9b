#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/bench/bench.hpp"
#include "harness/run/rule.hpp"
#include "scenarios/systim/life_cases.hpp"

namespace atrapa::scenarios::systim {

/// What a rule about the connector's life looks at, beside what all of them do: orders that are due
/// come once, and from a shop that the connector is not in none come.
struct LifeLook {
  bool calls = false;     ///< Every call is made in an installed shop, with keys in force.
  bool access = false;    ///< The ERP opens to the right key alone.
  bool address = false;   ///< The ERP's settings name the shop that was saved.
  bool one_shop = false;  ///< One shop is served, the other left alone.
  bool shown = false;  ///< Keys that are shown are the present ones, and looking changes nothing.
};

/// Drives a connector through its life and keeps, beside it, what a person who watched would know.
class Life {
 public:
  Life(const LifeCase& input, LifeLook look, harness::Bench& bench, harness::Judgement& judgement);

  void play();

 private:
  /// One shop as the person knows it.
  struct ShopEnd {
    bool installed = false;
    bool revoked = false;  ///< The shop took its keys back.
    std::string address;
    std::int64_t product = 0;
    std::set<std::string> due;  ///< Ids of orders that the next command must bring.
    std::set<std::string> placed;
    std::vector<std::string> codes;   ///< That the shop ever sent,
    std::vector<std::string> tokens;  ///< and tokens that it ever gave.
  };

  void step(const LifeStep& one);
  void place(std::size_t shop, int orders);
  void install(std::size_t shop, const LifeStep& one, bool genuine);
  void uninstall(std::size_t shop, bool genuine);
  void save(std::size_t shop, const std::string& kind);
  void new_key();
  void show();
  void command(const std::string& name);
  void send(const std::string& action, std::size_t shop, const std::string& code, bool genuine);
  void check_calls(std::uint64_t from, const std::string& what);
  void check_connection(const std::string& when);
  void check_secrets();

  mocks::shoper::Backdoor& shop_of(std::size_t shop);
  const harness::ShopIdentity& identity(std::size_t shop) const;
  std::string key_of_kind(const std::string& kind) const;
  bool opens() const;  ///< The connected shop, its keys and the ERP's key are all in force.
  void nothing_due();
  std::map<std::pair<std::size_t, std::string>, int> orders_in_erp();
  void note_tokens();

  const LifeCase& input_;
  LifeLook look_;
  harness::Bench& bench_;
  harness::Judgement& judgement_;
  std::array<ShopEnd, 2> shops_;
  std::optional<std::size_t> connected_;
  std::string form_key_;
  std::optional<std::string> key_;  ///< In force in the ERP; nothing while the user is deleted.
  std::vector<std::string> old_keys_;
  std::string foreign_key_;
  std::string summaries_;
  std::optional<mocks::kit::Request> last_message_;
  int codes_made_ = 0;
};

}  // namespace atrapa::scenarios::systim
