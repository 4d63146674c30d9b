#include "scenarios/systim/orders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace atrapa::scenarios::systim {
namespace {

/// The text times ten to the power of `decimals`, exactly.
std::int64_t scaled(const std::string& text, std::size_t decimals) {
  const std::size_t dot = text.find('.');
  const std::string whole = text.substr(0, dot);
  std::string part = dot == std::string::npos ? "" : text.substr(dot + 1);
  const std::string digits = whole + part;
  if (whole.empty() || part.size() > decimals ||
      digits.find_first_not_of("0123456789") != std::string::npos) {
    throw std::logic_error(fmt::format("'{}' is no amount of at most {} decimals", text, decimals));
  }
  part.resize(decimals, '0');
  return std::stoll(whole + part);
}

}  // namespace

Line known_line(std::size_t index) {
  const std::string number = fmt::format("{:03}", index + 1);
  Line line;
  line.planted = "known";
  line.code = "ZAM-" + number;
  line.name = "Towar " + number;
  line.product = "P-" + number;
  ErpProduct product;
  product.id = line.product;
  product.code = line.code;
  product.name = line.name;
  product.vat = "23%";
  product.gross_price = "10.00";
  product.categories = {{"Buty"}};
  product.stock = "5";
  line.erp.push_back(std::move(product));
  return line;
}

Order shop_order(std::size_t index) {
  Order order;
  order.planted = "placed in the shop";
  order.placed = 60 + static_cast<std::int64_t>(index);
  return order;
}

std::int64_t grosze(const std::string& text) { return scaled(text, 2); }

std::string grosze_text(std::int64_t amount) {
  return fmt::format("{}.{:02}", amount / 100, amount % 100);
}

std::int64_t grosze_of(const std::string& price, const std::string& quantity,
                       const std::string& discount) {
  constexpr std::int64_t kScale = 1000 * 10000;  // Thousandths of a piece, hundredths of a percent.
  const std::int64_t left = 10000 - scaled(discount, 2);
  return (scaled(price, 2) * scaled(quantity, 3) * left + kScale / 2) / kScale;
}

void settle(Order& order) {
  std::int64_t total = grosze(order.shipping);
  for (const Line& line : order.lines) {
    if (!line.product.empty()) total += grosze_of(line.price, line.quantity, line.discount);
  }
  order.total = grosze_text(total);
}

Counter::Counter(const OrderCase& input, harness::Bench& bench)
    : input_(input), bench_(bench), planter_(bench), ids_(input.orders.size()) {}

void Counter::plant(std::size_t index, mocks::kit::Instant saved) {
  ids_[index] = planter_.plant(input_.orders[index], saved);
}

void Counter::set() {
  bench_.advance(std::chrono::seconds(input_.saved_after));
  const auto saved = bench_.now();
  std::int64_t last = 0;
  for (std::size_t i = 0; i < input_.orders.size(); ++i) {
    const Order& order = input_.orders[i];
    for (const Line& line : order.lines) {
      for (const ErpProduct& product : line.erp) bench_.add_product(product);
    }
    if (order.placed < 0) plant(i, saved);
    last = std::max(last, order.placed);
  }
  bench_.configure(input_.automatic);
  bench_.advance(std::chrono::seconds(last + 60));
  for (std::size_t i = 0; i < input_.orders.size(); ++i) {
    const Order& order = input_.orders[i];
    if (order.placed >= 0) {
      plant(i, saved);
      // The shop itself knows who placed an order; the panel's are not announced.
      if (order.origin != 5 && order.origin != 6) bench_.announce_order(std::to_string(ids_[i]));
    }
    if (order.edited_later) planter_.change_status(ids_[i]);
  }
}

void Counter::run(std::string_view command) {
  before_run_ = bench_.exchange_count();
  bench_.run(command);
}

std::string Counter::title(std::size_t index) const {
  return fmt::format("order {} ({})", ids_[index], input_.orders[index].planted);
}

const harness::ErpOrder* Counter::find(const harness::ErpView& erp, std::size_t index) const {
  const std::string id = std::to_string(ids_[index]);
  const auto found =
      std::find_if(erp.orders.begin(), erp.orders.end(),
                   [&](const harness::ErpOrder& order) { return order.shop_order_id == id; });
  return found == erp.orders.end() ? nullptr : &*found;
}

void Counter::check_imported(harness::Judgement& judgement) {
  const std::vector<std::string> imported = imported_orders(bench_.erp());
  std::size_t expected = 0;
  for (std::size_t i = 0; i < input_.orders.size(); ++i) {
    const auto times = std::count(imported.begin(), imported.end(), std::to_string(ids_[i]));
    const int once = input_.orders[i].imported ? 1 : 0;
    expected += static_cast<std::size_t>(once);
    judgement.expect_equal("orders in the ERP made of " + title(i), std::to_string(once),
                           std::to_string(times));
  }
  judgement.expect_equal("orders in the ERP", std::to_string(expected),
                         std::to_string(imported.size()));
}

void Counter::check_lines(harness::Judgement& judgement) {
  const harness::ErpView erp = bench_.erp();
  for (std::size_t i = 0; i < input_.orders.size(); ++i) {
    const harness::ErpOrder* order = find(erp, i);
    if (order == nullptr || !input_.orders[i].imported) continue;
    std::vector<std::string> expected;
    std::string planted;
    for (const Line& line : input_.orders[i].lines) {
      planted += (planted.empty() ? "" : "; ") + line.planted;
      if (!line.product.empty()) {
        expected.push_back(line.product + " x " + plain_decimal(line.quantity));
      }
    }
    std::vector<std::string> observed;
    for (const harness::ErpOrderLine& line : order->lines) {
      observed.push_back(line.product_id + " x " + plain_decimal(line.quantity));
    }
    judgement.expect_equal(fmt::format("lines of {} [{}]", title(i), planted), expected, observed);
  }
}

void Counter::check_prices(harness::Judgement& judgement) {
  const harness::ErpView erp = bench_.erp();
  for (std::size_t i = 0; i < input_.orders.size(); ++i) {
    const harness::ErpOrder* order = find(erp, i);
    if (order == nullptr || !input_.orders[i].imported) continue;
    for (const Line& line : input_.orders[i].lines) {
      if (line.charged.empty()) continue;
      for (const harness::ErpOrderLine& kept : order->lines) {
        // A subject need not show its lines' prices.
        if (kept.product_id != line.product || kept.unit_price.empty()) continue;
        judgement.expect_equal(fmt::format("unit price of '{}' in {}", line.code, title(i)),
                               plain_decimal(line.charged), plain_decimal(kept.unit_price));
      }
    }
  }
}

void Counter::check_totals(harness::Judgement& judgement) {
  const harness::ErpView erp = bench_.erp();
  for (std::size_t i = 0; i < input_.orders.size(); ++i) {
    const harness::ErpOrder* order = find(erp, i);
    if (order == nullptr || !input_.orders[i].imported) continue;
    judgement.expect_equal("gross total of " + title(i), plain_decimal(input_.orders[i].total),
                           plain_decimal(order->total_gross));
  }
}

void Counter::check_reports(harness::Judgement& judgement) {
  const harness::ErpView erp = bench_.erp();
  for (std::size_t i = 0; i < input_.orders.size(); ++i) {
    if (!input_.orders[i].reported) continue;
    judgement.expect(reported(erp, "order", std::to_string(ids_[i])), "report about " + title(i),
                     "a warning or an error that names it", "none");
  }
}

}  // namespace atrapa::scenarios::systim
