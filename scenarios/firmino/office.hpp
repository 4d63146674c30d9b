#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/bench/bench.hpp"
#include "harness/run/rule.hpp"
#include "scenarios/common/base_account.hpp"
#include "scenarios/common/story.hpp"

namespace atrapa::scenarios::firmino {

using harness::Bench;
using harness::Judgement;

/// Firmino at a bench, in the words of rules: its books with the warehouses "M1" (the main one) and
/// "M2", and one integration with the account of Base beside it.
///
/// What has to succeed for the case to mean anything throws std::runtime_error where the connector
/// refuses it, so that the rule is not judged.
class Office {
 public:
  explicit Office(Bench& bench);

  /// A card in the books; as a world holds an ERP's product. Before connect() nobody sends it.
  void put_card(const Json& card);
  /// The integration, with `settings` over those of usual_settings().
  void connect(const Json& settings);
  /// Only the token: the wizard is not begun.
  harness::DeedResult add_integration(const std::string& token);
  /// Saves `changes` over the settings saved last. False where the connector refuses it: then those
  /// stay.
  bool configure(const Json& changes);
  harness::DeedResult join(const std::string& key, const std::string& warehouse);

  /// Runs "tick", then lets ten minutes pass.
  harness::CommandResult tick();
  harness::CommandResult run(std::string_view command) { return bench_.run(command); }
  harness::DeedResult fulfil(std::int64_t order, std::string_view kind = {});

  // Looking into the books.
  std::vector<harness::ErpOrder> orders(std::int64_t order) const;
  /// The invoices and receipts of an order.
  std::vector<harness::ErpDocument> documents(std::int64_t order) const;
  /// All cards of that name.
  std::vector<harness::ErpProduct> cards_called(std::string_view name) const;
  /// The pieces of a card in a warehouse, "0" where nothing is noted.
  std::string pieces(std::string_view card, const std::string& warehouse) const;
  /// Whether the log tells of the record: a card by its id, code or name, an order by its number.
  bool log_names(const std::vector<std::string>& record) const;

  BaseAccount& base() { return base_; }
  Bench& bench() { return bench_; }
  const std::string& id() const { return id_; }

  static Json usual_settings();

 private:
  Bench& bench_;
  BaseAccount base_;
  std::string id_;
  Json settings_ = usual_settings();
};

/// An order of Base as a record gives it: {"order": fields, "lines": [...], "placed", "confirmed"};
/// moments in unix seconds, the present one where they are missing. Answers its id.
std::int64_t plant(BaseAccount& base, const Bench& bench, const Json& given);

/// Settings with Firmino as the source of products, `more` over them; with any source of that name.
Json source_settings(const Json& more = Json::object());
Json typed(const char* source);
/// Whether documents are issued when orders are fetched.
bool on_fetch(const harness::SwitchValues& switches);

/// Moves the bench's clock on to that moment.
void advance_to(Bench& bench, std::string_view utc);
std::int64_t unix_now(const Bench& bench);

/// "2.000000" as "2"; other texts as they are.
std::string short_decimal(std::string_view text);

/// What a product of Base and a card of the books say, in the same words: "name", "sku", "ean",
/// "price", "vat", "description", "images". Absent and empty are the same here.
Json view_of(const mocks::base::Product& product);
Json view_of(const harness::ErpProduct& card);
/// Compares what `expected` names.
void expect_view(Judgement& judgement, const std::string& what, const Json& expected,
                 const Json& observed);

/// A card as a world holds it.
Json card_json(const std::string& id, const std::string& name, const std::string& code,
               const std::string& price = "19.99");
/// The card no. `i` of a case, with its pieces by warehouse.
Json stocked(const std::string& id, std::size_t i, const Json& stocks);
/// `card` with `changes` over it.
Json over_card(Json card, const Json& changes);
/// A product of Base as a world holds it.
Json product_json(const std::string& name, const std::string& sku,
                  const std::string& price = "19.99");

/// A decimal text in millionths, so that "2" and "2.000" are equal and sums are exact.
std::int64_t millionths(std::string_view decimal);
/// What the books have of a card in all warehouses together.
std::int64_t all_pieces(const harness::ErpProduct& card);

/// Which module a call of Base belongs to: "orders", "products", "warehouses"; "other" for a write
/// that is none of theirs, "" for reads that any of them may need.
std::string_view module_of(const BaseCall& call);
/// Belongs to any module, or is a write.
bool moves_data(const BaseCall& call);

/// The members of a choice, by a gene's number.
template <typename List>
const auto& chosen(const List& list, int number) {
  return list[static_cast<std::size_t>(number)];
}

}  // namespace atrapa::scenarios::firmino
