#include <fmt/format.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "harness/world/words.hpp"
#include "harness/world/world.hpp"
#include "mocks/kit/random.hpp"

namespace atrapa::harness {
namespace {

using mocks::kit::Random;

constexpr std::int64_t kFirstProduct = 1;
constexpr std::int64_t kFirstOrder = 1;
/// The shop's clock shows an hour more than UTC: no summer time in the thirty days before `now`.
constexpr std::chrono::hours kZone{1};
constexpr std::array<std::string_view, 9> kOrigins{"0", "1", "2", "3", "4", "5", "6", "8", "100"};
constexpr std::array<std::string_view, 8> kStatuses{"1", "2", "4", "5", "6", "7", "8", "12"};
constexpr std::array<std::string_view, 5> kNips{"5250000009", "7770001111", "9112223336",
                                                "8300000178", "6400000001"};

struct Tax {
  std::string_view vat;  ///< As in the ERP.
  std::string_view id;   ///< As in the world "empty", which the generated shop starts from.
  std::string_view name;
  std::string_view value;
};
constexpr std::array<Tax, 6> kTaxes{Tax{"23", "1", "23%", "23"}, Tax{"8", "2", "8%", "8"},
                                    Tax{"0", "3", "0%", "0"},    Tax{"zw", "4", "zw.", "0"},
                                    Tax{"np", "5", "np.", "0"},  Tax{"5", "6", "5%", "5"}};

struct Unit {
  std::string_view name;
  std::string_view id;
  bool fractions;
};
constexpr std::array<Unit, 4> kUnits{Unit{"szt.", "1", false}, Unit{"kg", "2", true},
                                     Unit{"zestaw", "4", false}, Unit{"m", "6", true}};

struct Shipping {
  std::string_view id;
  std::int64_t cost;  ///< In grosze.
};
constexpr std::array<Shipping, 3> kShippings{Shipping{"1", 1599}, Shipping{"2", 1299},
                                             Shipping{"3", 0}};

const Tax& tax_of(std::string_view vat) {
  for (const Tax& tax : kTaxes) {
    if (tax.vat == vat) return tax;
  }
  throw std::logic_error("a shelf names a VAT code that the shop has not");
}

const Unit& unit_of(std::string_view name) {
  for (const Unit& unit : kUnits) {
    if (unit.name == name) return unit;
  }
  throw std::logic_error("a shelf names a unit that the shop has not");
}

std::string money(std::int64_t grosze) {
  return fmt::format("{}.{:02}", grosze / 100, grosze % 100);
}

/// Thousandths as the wire has them: "2", "2.5", "0.375".
std::string quantity(std::int64_t thousandths) {
  std::string text = fmt::format("{}.{:03}", thousandths / 1000, thousandths % 1000);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

/// Half up to the grosz, as the spec's order sums are.
std::int64_t line_total(std::int64_t price, std::int64_t thousandths) {
  return (price * thousandths + 500) / 1000;
}

std::string shop_time(mocks::kit::Instant instant) {
  const auto local = instant + kZone;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(local - day)};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

struct Leaf {
  const words::Department* department;
  const words::Shelf* shelf;
  std::int64_t id;
};

struct Sold {
  std::int64_t id;
  std::string code;
  std::string name;
  const Tax* tax;
  const Unit* unit;
  std::int64_t price;
};

class Generator {
 public:
  Generator(std::uint64_t seed, int products, int orders)
      : random_(seed), products_(products), orders_(orders) {
    world_ = parse_world(embedded_world("empty"), "the world 'empty'");
    world_.name = "generated";
    world_.about = fmt::format("Generated from seed {}: {} products in shop and ERP, {} orders.",
                               seed, products, orders);
  }

  World run() {
    make_categories();
    for (int i = 0; i < products_; ++i) make_product(i);
    make_users();
    for (int i = 0; i < orders_; ++i) make_order(i);
    Json& resources = world_.shoper[0]["resources"];
    resources["users"] = std::move(users_);
    resources["categories"] = std::move(categories_);
    resources["products"] = std::move(product_rows_);
    resources["orders"] = std::move(order_rows_);
    resources["order-products"] = std::move(line_rows_);
    return std::move(world_);
  }

 private:
  template <typename List>
  const auto& pick(const List& list) {
    return list[random_.below(std::size(list))];
  }
  bool one_in(std::uint64_t n) { return random_.below(n) == 0; }

  void make_category(std::int64_t id, std::string_view name, std::int64_t parent) {
    Json row = Json::object();
    row["category_id"] = std::to_string(id);
    row["order"] = std::to_string(id);
    row["root"] = parent == 0 ? "1" : "0";
    if (parent != 0) row["parent_id"] = parent;
    row["translations"]["pl_PL"]["name"] = name;
    row["translations"]["pl_PL"]["active"] = "1";
    categories_.push_back(std::move(row));
  }

  void make_categories() {
    std::int64_t id = 0;
    for (const words::Department& department : words::departments()) {
      const std::int64_t parent = ++id;
      make_category(parent, department.category, 0);
      for (const words::Shelf& shelf : department.shelves) {
        make_category(++id, shelf.category, parent);
        leaves_.push_back({&department, &shelf, id});
      }
    }
  }

  void make_product(int index) {
    const Leaf& leaf = leaves_[static_cast<std::size_t>(index) % leaves_.size()];
    const words::Shelf& shelf = *leaf.shelf;
    const auto span = static_cast<std::uint64_t>(shelf.highest_price - shelf.lowest_price);
    Sold sold{.id = kFirstProduct + index,
              .code = fmt::format("{}-{:05}", shelf.code, index + 1),
              .name = fmt::format("{} nr {}", pick(shelf.goods), index + 1),
              .tax = &tax_of(shelf.vat),
              .unit = &unit_of(shelf.unit),
              .price = shelf.lowest_price + static_cast<std::int64_t>(random_.below(span + 1))};
    const std::int64_t stock = make_stock(*sold.unit);
    product_rows_.push_back(shop_row(sold, leaf, stock));
    world_.products.push_back(erp_product(sold, leaf, stock));
    sold_.push_back(std::move(sold));
  }

  std::int64_t make_stock(const Unit& unit) {
    const auto pieces = static_cast<std::int64_t>(random_.below(200)) * 1000;
    return unit.fractions ? pieces + static_cast<std::int64_t>(random_.below(8)) * 125 : pieces;
  }

  static Json shop_row(const Sold& sold, const Leaf& leaf, std::int64_t stock) {
    Json row = Json::object();
    row["product_id"] = std::to_string(sold.id);
    row["tax_id"] = sold.tax->id;
    row["unit_id"] = sold.unit->id;
    row["category_id"] = std::to_string(leaf.id);
    row["categories"] = Json::array({leaf.id});
    row["code"] = sold.code;
    row["add_date"] = "2026-01-12 10:00:00";
    row["edit_date"] = "2026-02-02 10:00:00";
    Json& base = row["stock"] = Json::object();
    base["stock_id"] = std::to_string(sold.id);
    base["price"] = money(sold.price);
    base["stock"] = quantity(stock);
    row["translations"]["pl_PL"]["name"] = sold.name;
    row["translations"]["pl_PL"]["active"] = "1";
    return row;
  }

  /// The same product in the books of the ERP. Every second level differs; a few products have a
  /// reason, told in their note, why a stock sync has to leave them alone.
  ErpProduct erp_product(const Sold& sold, const Leaf& leaf, std::int64_t shop_stock) {
    ErpProduct product;
    product.id = fmt::format("T-{:06}", sold.id);
    product.code = sold.code;
    product.name = sold.name;
    product.unit = sold.unit->name;
    product.vat = sold.tax->vat;
    product.gross_price = money(sold.price);
    product.categories = {
        {std::string(leaf.department->category), std::string(leaf.shelf->category)}};
    product.stock = quantity(one_in(2) ? shop_stock : make_stock(*sold.unit));
    if (product.stock.front() == '0') {
      world_.notes[product.id] = "Less than 1 here: such a level is never sent.";
    }
    if (one_in(25)) spoil(product);
    return product;
  }

  void spoil(ErpProduct& product) {
    std::string& note = world_.notes[product.id];
    switch (random_.below(5)) {
      case 0:
        *product.code += ' ';
        note = "The code ends with a space here: codes must be identical.";
        break;
      case 1:
        product.gross_price = "0.00";
        note = "The gross price is 0.00 here: only prices above 0 take part.";
        break;
      case 2:
        product.categories[0].back() += " (stara nazwa)";
        note = "The category was renamed in the shop.";
        break;
      case 3:
        product.vat = product.vat == "zw" ? "0" : "zw";
        note = "The VAT rate differs from the shop's.";
        break;
      default:
        product.code.reset();
        note = "No code here: there is nothing to pair it by.";
        break;
    }
  }

  void make_users() {
    const int count = std::max(2, orders_ / 3);
    users_ = Json::array();
    for (int i = 1; i <= count; ++i) {
      const bool registered = i % 2 == 1;
      Json row = Json::object();
      row["user_id"] = std::to_string(i);
      row["login"] = registered ? fmt::format("klient{}", i) : "";
      row["date_add"] = "2026-01-20 09:30:00";
      row["registered"] = registered ? "1" : "0";
      row["firstname"] = pick(words::first_names());
      row["lastname"] = pick(words::last_names());
      row["email"] = fmt::format("klient{}@example.com", i);
      row["lang_id"] = "1";
      users_.push_back(std::move(row));
    }
  }

  Json address(const Json& user, bool company) {
    const words::City& city = pick(words::cities());
    Json row = Json::object();
    row["type"] = "1";
    row["firstname"] = user["firstname"];
    row["lastname"] = user["lastname"];
    row["company"] =
        company ? fmt::format("{} sp. z o.o.", user["lastname"].get<std::string>()) : "";
    row["pesel"] = "";
    row["city"] = city.name;
    row["postcode"] = fmt::format("{}-{:03}", city.postcode, random_.below(1000));
    const std::string_view street = pick(words::streets());
    row["street1"] = fmt::format("{} {}", street, 1 + random_.below(120));
    row["street2"] = "";
    row["state"] = "";
    row["country"] = "Polska";
    row["phone"] = fmt::format("000{:06}", random_.below(1'000'000));
    row["country_code"] = "PL";
    row["tax_identification_number"] = company ? pick(kNips) : std::string_view("");
    return row;
  }

  /// Sold units in thousandths.
  std::int64_t make_quantity(const Unit& unit) {
    const auto whole = static_cast<std::int64_t>(1 + random_.below(5)) * 1000;
    return unit.fractions ? whole + static_cast<std::int64_t>(random_.below(20)) * 50 : whole;
  }

  std::int64_t make_lines(std::int64_t order) {
    std::int64_t sum = 0;
    const auto count = products_ == 0 ? 0 : 1 + random_.below(4);
    for (std::uint64_t i = 0; i < count; ++i) {
      const Sold& sold = pick(sold_);
      const std::int64_t amount = make_quantity(*sold.unit);
      sum += line_total(sold.price, amount);
      Json row = Json::object();
      row["id"] = std::to_string(line_rows_.size() + 1);
      row["order_id"] = std::to_string(order);
      row["product_id"] = std::to_string(sold.id);
      row["stock_id"] = std::to_string(sold.id);
      row["price"] = money(sold.price);
      row["discount_perc"] = "0.0000";
      row["quantity"] = quantity(amount);
      row["name"] = sold.name;
      row["code"] = sold.code;
      row["tax"] = sold.tax->name;
      row["tax_value"] = sold.tax->value;
      row["unit"] = sold.unit->name;
      row["unit_fp"] = sold.unit->fractions ? "1" : "0";
      line_rows_.push_back(std::move(row));
    }
    return sum;
  }

  /// The ticked checkbox "I want an invoice", an additional field of the world "empty".
  static Json wants_invoice() {
    return {{"field_id", "1"}, {"type", "2"},  {"locate", "8"},      {"req", "0"},
            {"active", "1"},   {"order", "1"}, {"field_value", "1"}, {"value", "1"}};
  }

  /// Every origin in turn first, then three shop orders for each other one. Orders are as far apart
  /// as the thirty days allow, so ids and dates rise together.
  void make_order(int index) {
    const std::int64_t id = kFirstOrder + index;
    const Json& user = users_[random_.below(users_.size())];
    const bool company = one_in(5);
    const Shipping& shipping = pick(kShippings);
    const std::int64_t sum = make_lines(id) + shipping.cost;
    const std::string_view origin = static_cast<std::size_t>(index) < kOrigins.size()
                                        ? kOrigins[static_cast<std::size_t>(index)]
                                        : (one_in(4) ? pick(kOrigins) : kOrigins[0]);
    const auto before = std::chrono::duration_cast<mocks::kit::Duration>(std::chrono::days{30}) *
                        (orders_ - index) / orders_;
    const std::string date = shop_time(world_.now - before);
    Json row = Json::object();
    row["order_id"] = std::to_string(id);
    row["user_id"] = user["user_id"];
    row["date"] = date;
    row["status_date"] = date;
    row["status_id"] = pick(kStatuses);
    row["sum"] = money(sum);
    row["payment_id"] = std::to_string(1 + random_.below(4));
    row["user_order"] = user["registered"];
    row["shipping_id"] = shipping.id;
    row["shipping_cost"] = money(shipping.cost);
    row["email"] = user["email"];
    const std::uint64_t high = random_.next();
    row["code"] = fmt::format("{:016x}{:016x}", high, random_.next());
    row["paid"] = one_in(2) ? money(sum) : "0.00";
    row["lang_id"] = "1";
    row["origin"] = origin;
    row["registered"] = user["registered"];
    row["shipping_tax_id"] = "1";
    row["billing_address"] = address(user, company);
    row["delivery_address"] = row["billing_address"];
    if (company) row["additional_fields"] = Json::array({wants_invoice()});
    order_rows_.push_back(std::move(row));
  }

  Random random_;
  int products_;
  int orders_;
  World world_;
  std::vector<Leaf> leaves_;
  std::vector<Sold> sold_;
  Json users_ = Json::array();
  Json categories_ = Json::array();
  Json product_rows_ = Json::array();
  Json order_rows_ = Json::array();
  Json line_rows_ = Json::array();
};

}  // namespace

World generate_world(std::uint64_t seed, int products, int orders) {
  const auto out_of_range = [](int count) { return count < 0 || count > kMaxGenerated; };
  if (out_of_range(products) || out_of_range(orders)) {
    throw std::invalid_argument(
        fmt::format("{} products and {} orders asked for; each must lie between 0 and {}", products,
                    orders, kMaxGenerated));
  }
  return Generator(seed, products, orders).run();
}

}  // namespace atrapa::harness
