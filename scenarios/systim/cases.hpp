#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/subject/erp.hpp"

namespace atrapa::scenarios::systim {

using harness::ErpProduct;
using harness::Json;

/// A variant of a shop's product: a stock of its own with a code of its own.
struct ShopVariant {
  std::string code = {};
  std::string stock = "0";  ///< What it must end with too, unless the log names its code.

  bool operator==(const ShopVariant&) const = default;
};

/// A product as the shop holds it. Texts as the shop's API shows them, for they are planted as they
/// are.
struct ShopProduct {
  std::string code = {};  ///< "" is how a shop product has no code.
  std::string name = {};
  std::string unit = "szt.";  ///< Name of a unit of the shop.
  std::string tax = "23%";    ///< Name of a tax rate of the shop; "" is a product without one.
  int tax_row = 1;            ///< 2: a second rate of that name.
  std::string price = "10.00";
  /// Paths from the root; the first is the main category. An empty leaf name is a category without
  /// a Polish name.
  std::vector<std::vector<std::string>> categories = {};
  std::string foreign_category = {};  ///< English name of the main category's leaf; "" for none.
  std::string stock = "0";
  bool active = true;
  std::vector<ShopVariant> variants = {};
};

/// What the planter knows of a pair's end.
enum class Fate {
  Written,              ///< The shop ends with `expected`, which is the ERP's figure.
  LeftAlone,            ///< No write is even tried; the shop keeps `expected`.
  Tried,                ///< The shop may refuse a write; it ends with `expected`.
  UntouchedOrReported,  ///< The shop keeps `expected`, or the connector's log names the code.
};

/// One product as the ERP and the shop hold it, and how that must end.
struct Pair {
  std::string planted;  ///< What is special about it, for people.
  std::optional<ErpProduct> erp;
  std::optional<ShopProduct> shop;
  /// The ERP's stock at a first run; afterwards it becomes `erp->stock` and a second run follows.
  std::optional<std::string> first_stock;
  // Between the two runs; they need `first_stock`.
  bool deleted_in_shop = false;
  std::string category_becomes = {};  ///< The shop's main category gets that name.
  bool unit_made_whole = false;       ///< The shop's unit takes whole numbers only from then on.
  bool same_id = false;  ///< The ERP's product bears the id that the shop gives its own.
  Fate fate = Fate::Written;
  std::string expected;   ///< The shop's stock at the end; "" where the shop has no such product.
  bool reported = false;  ///< The connector's log must name it at the end.
};

struct PairCase {
  bool automatic = true;                     ///< The option of automatic operation is ticked.
  std::vector<std::string> languages = {};   ///< Locales switched on; none: as installed.
  std::string default_language = {};         ///< "": as installed.
  std::vector<std::string> warehouses = {};  ///< "active" or "inactive"; any turns the module on.
  std::vector<Pair> pairs;
};

/// One line of a shop order, and what becomes of it in the ERP.
struct Line {
  std::string planted;
  std::string code;
  std::string name;
  std::string quantity = "1";
  std::string price = "10.00";  ///< Gross, one unit, as the shop has it.
  std::string discount = "0";   ///< Percent off this line.
  std::string tax = "23%";
  std::string unit = "szt.";
  /// What the line points at: a "present" product of that code in the shop, one that was "deleted"
  /// since, nothing ("free"), a "variant" of that code whose parent's code ends in "-PARENT", or a
  /// "bundle" of that code whose one member's code ends in "-MEMBER".
  std::string shop_product = "present";
  std::vector<ErpProduct> erp;  ///< Products planted in the ERP because of this line.
  std::string product;  ///< Id of the ERP product it must become a line of; "" when left out.
  /// Gross unit price that the ERP's line must show; "" where nobody says, or the line is left out.
  std::string charged = {};
};

/// One shop order, and how it must end in the ERP.
struct Order {
  std::string planted;
  int origin = 0;
  std::int64_t placed = 60;  ///< Seconds after the configuration was saved; negative is before it.
  std::string date = {};     ///< The shop's own text of that moment; "" where it follows from it.
  bool registered = false;   ///< By a customer with an account, not by a guest.
  std::vector<Line> lines;
  std::string shipping = "0.00";
  bool paid = false;
  std::string nip;
  bool edited_later = false;  ///< Its status changes after the configuration was saved.
  bool imported = true;
  bool reported = false;       ///< The connector's log must name it.
  std::string total = "0.00";  ///< Of the ERP order: lines that were kept plus shipping.
};

struct OrderCase {
  bool automatic = true;  ///< The option of automatic operation is ticked.
  std::int64_t saved_after =
      0;  ///< Seconds from the world's start to the saving of the configuration.
  /// Each part of a bulk call counts as a call of its own, so that a command comes upon the shop's
  /// request limit half way and is told by 429 and Retry-After how long to wait. Whether a shop
  /// counts so is not documented [inferred]; the answer is [doc].
  bool bulk_counts_each = false;
  std::vector<Order> orders;
};

/// Orders that arrive together.
struct Batch {
  int orders = 1;
  int id_gap = 0;             ///< Ids skipped before each of them.
  int seconds_apart = 0;      ///< 0: all carry the same second.
  bool last_deleted = false;  ///< The last of them is deleted before anybody looks.
  bool fetched_after = true;  ///< The connector runs before the next batch.
};

struct ArrivalCase {
  std::int64_t saved_after = 0;  ///< Seconds from the world's start to the configuration.
  std::vector<Batch> batches;
};

/// What goes wrong while a command runs: "" for nothing, a fault of kit's ("lost_after_commit",
/// ...), "killed_before_send", "killed_after_answer", or "killed_before_commit" of the books.
struct Accident {
  std::string kind;
  std::uint64_t exchange = 0;  ///< Exchange or commit, counted from the command's first.
  std::uint64_t times = 1;     ///< How many exchanges in a row; a killed process dies once.
};

/// One command of a history, what was ordered before it and what goes wrong in it.
struct Step {
  std::string command = "orders";
  int new_orders = 0;
  bool announced_twice = false;  ///< The shop's message about each of them comes a second time.
  bool edited_at_once = false;   ///< Each of them changes its status before the command.
  Accident accident = {};
};

struct HistoryCase {
  std::vector<Step> steps;
};

/// A change of one product's stock, and the automatic run after it.
struct Change {
  std::size_t pair = 0;
  std::string erp_stock;   ///< "" leaves the ERP's figure as it is.
  std::string shop_stock;  ///< A person (or a sale) changes the shop's figure; "" for nobody.
  bool run_after = true;
  Accident accident;
};

struct ChangesCase {
  std::vector<Pair> pairs;
  std::vector<Change> changes;
};

void to_json(Json& json, const ShopProduct& product);
void from_json(const Json& json, ShopProduct& product);
void to_json(Json& json, const Accident& accident);
void from_json(const Json& json, Accident& accident);

void to_json(Json& json, const PairCase& input);
void from_json(const Json& json, PairCase& input);
std::size_t records(const PairCase& input);

void to_json(Json& json, const OrderCase& input);
void from_json(const Json& json, OrderCase& input);
std::size_t records(const OrderCase& input);

void to_json(Json& json, const ArrivalCase& input);
void from_json(const Json& json, ArrivalCase& input);
std::size_t records(const ArrivalCase& input);

void to_json(Json& json, const HistoryCase& input);
void from_json(const Json& json, HistoryCase& input);
std::size_t records(const HistoryCase& input);

void to_json(Json& json, const ChangesCase& input);
void from_json(const Json& json, ChangesCase& input);
std::size_t records(const ChangesCase& input);

}  // namespace atrapa::scenarios::systim
