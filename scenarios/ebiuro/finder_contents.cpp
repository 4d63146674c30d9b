#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <tuple>

#include "scenarios/common/rates.hpp"
#include "scenarios/ebiuro/finder.hpp"
#include "scenarios/ebiuro/script.hpp"

// What an order holds in the ERP, beside what it holds in Base.

namespace atrapa::scenarios::ebiuro {
namespace {

/// What a subject need not show of a line may be missing.
template <typename Line>
bool is_line(const Line& line, const mocks::base::OrderLine& row) {
  return line.name == row.name && plain_amount(line.quantity) == std::to_string(row.quantity) &&
         (line.unit_price.empty() || plain_amount(line.unit_price) == row.price_brutto.text()) &&
         (line.vat.empty() || rate_name(line.vat) == rate_of_base(row.tax_rate));
}

/// Takes the lines of Base's order out of `lines`; what is wrong, or "".
template <typename Line>
std::string take_lines(std::vector<Line>& lines, const std::vector<mocks::base::OrderLine>& rows) {
  for (const mocks::base::OrderLine& row : rows) {
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [&](const Line& one) { return is_line(one, row); });
    if (found != lines.end()) {
      lines.erase(found);
      continue;
    }
    std::string text = fmt::format("no line '{}', {} at {}, {} %", row.name, row.quantity,
                                   row.price_brutto.text(), rate_of_base(row.tax_rate));
    for (const Line& one : lines) {
      text += fmt::format("; there is '{}', {} at {}, {}", one.name, one.quantity, one.unit_price,
                          one.vat);
    }
    return text;
  }
  return "";
}

constexpr const char* kAsInBase = "as in Base";

}  // namespace

std::string rate_of_base(const mocks::kit::Decimal& rate) {
  const std::string text = rate.text();
  if (text == "-1") return "zw";
  if (text == "-0.02") return "np";
  return text == "-0.03" ? "oo" : text;
}

std::string Finder::digits_of(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isdigit(c) == 0; });
  return text;
}

std::string Finder::told_client(const Progress& one) {
  const auto order = order_of(one);
  const mocks::base::Order* const there = account(one).order(one.order);
  if (!order || there == nullptr) return "no order, or several";
  for (const auto& [what, wanted, found] : {std::tuple{"phone", there->phone, order->phone},
                                            std::tuple{"login", there->user_login, order->login},
                                            std::tuple{"e-mail", there->email, order->email}}) {
    if (wanted != found) return fmt::format("{} '{}' for '{}'", what, found, wanted);
  }
  return "as in Base";
}

std::string Finder::told_address(const Progress& one, std::string harness::ErpOrder::*address) {
  const auto order = order_of(one);
  if (!order) return "no order, or several";
  const std::string& text = (*order).*address;
  for (const std::string piece : one.record->given.value("pieces", Json::array())) {
    if (text.find(piece) == text.npos) return fmt::format("'{}' without '{}'", text, piece);
  }
  for (const std::string piece : one.record->given.value("not_these", Json::array())) {
    if (text.find(piece) != text.npos) return fmt::format("'{}' with '{}'", text, piece);
  }
  return "as it should be";
}

std::string Finder::contractor_nip(const Progress& one) {
  const auto order = order_of(one);
  if (!order) return "no order, or several";
  for (const harness::ErpContractor& contractor : office_.erp().contractors) {
    if (contractor.id == order->contractor_id) return digits_of(contractor.nip);
  }
  return "no contractor";
}

std::string Finder::told_links(const Progress& one) {
  const auto order = order_of(one);
  if (!order) return "no order, or several";
  std::string own;
  for (const harness::ErpProduct& card : office_.erp().products) {
    if (card.code == code(one)) own = card.id;
  }
  const std::string open = one.record->given.value("linked", "");
  std::string told;
  for (const harness::ErpOrderLine& line : order->lines) {
    if (!told.empty()) told += ' ';
    if (told.size() < open.size() && open[told.size()] == '?') {
      told += '?';
    } else {
      told += line.product_id == own ? "*" : "of another product, or of none";
    }
  }
  return told;
}

std::string Finder::told_lines(const Progress& one) {
  const auto order = order_of(one);
  const mocks::base::Order* const there = account(one).order(one.order);
  if (!order || there == nullptr) return "no order, or several";
  auto lines = order->lines;
  if (const std::string wrong = take_lines(lines, there->products); !wrong.empty()) return wrong;
  if (!lines.empty()) return fmt::format("a line '{}' too many", lines.front().name);
  const std::string& delivery = order->shipping_cost;
  if (delivery.empty() || plain_amount(delivery) == there->delivery_price.text()) return kAsInBase;
  return fmt::format("delivery at {} for {}", delivery, there->delivery_price.text());
}

std::string Finder::told_paper_lines(const Progress& one) {
  const auto order = order_of(one);
  const mocks::base::Order* const there = account(one).order(one.order);
  if (!order || there == nullptr) return "no order, or several";
  const auto papers = office_.papers(order->id);
  if (papers.size() != 1) return papers.empty() ? "no document" : "several documents";
  auto lines = papers[0].lines;  // Delivery may have a line of its own.
  const std::string wrong = take_lines(lines, there->products);
  return wrong.empty() ? kAsInBase : wrong;
}

}  // namespace atrapa::scenarios::ebiuro
