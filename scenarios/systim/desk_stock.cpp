#include "scenarios/systim/desk_stock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scenarios/systim/planting.hpp"

namespace atrapa::scenarios::systim {

std::int64_t thousandths(const std::string& quantity) {
  const std::size_t dot = quantity.find('.');
  std::string part = dot == std::string::npos ? "" : quantity.substr(dot + 1);
  part.resize(3, '0');
  return std::stoll(quantity.substr(0, dot) + part);
}

std::string pieces(std::int64_t thousandth_parts) {
  return plain_decimal(fmt::format("{}.{:03}", thousandth_parts / 1000, thousandth_parts % 1000));
}

DeskStock::DeskStock(const std::vector<Order>& orders)
    : orders_(orders), left_(orders.size()), invoiced_(orders.size()) {
  for (std::size_t i = 0; i < orders.size(); ++i) {
    for (const Line& line : orders[i].lines) {
      if (!line.product.empty()) left_[i].push_back(thousandths(line.quantity));
    }
  }
}

void DeskStock::note(std::size_t order, const std::vector<std::int64_t>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) left_[order][i] -= parts[i];
}

void DeskStock::cancel(std::size_t order, const std::vector<std::int64_t>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) left_[order][i] += parts[i];
}

DeskStock::Levels DeskStock::levels(Moment moment) const {
  Levels levels;
  for (std::size_t i = 0; i < orders_.size(); ++i) {
    std::size_t n = 0;
    for (const Line& line : orders_[i].lines) {
      if (line.product.empty()) continue;
      const std::int64_t ordered = thousandths(line.quantity);
      const std::int64_t noted = ordered - left_[i][n++];
      const std::int64_t invoiced = invoiced_[i] ? ordered : 0;
      std::int64_t gone = noted;
      switch (moment) {
        case Moment::Note: break;
        case Moment::Order: gone = ordered; break;
        case Moment::Invoice: gone = invoiced; break;
        case Moment::FirstDocument: gone = std::max(noted, invoiced); break;
      }
      levels[line.code] = pieces(thousandths(kBefore) - gone);
    }
  }
  return levels;
}

void DeskStock::check(const Levels& observed, const std::string& where,
                      harness::Judgement& judgement) {
  const auto differs = [&](Moment moment) {
    const Levels expected = levels(moment);
    return std::any_of(observed.begin(), observed.end(),
                       [&](const auto& one) { return expected.at(one.first) != one.second; });
  };
  std::vector<Moment> agreeing = possible_;
  std::erase_if(agreeing, differs);
  for (const auto& [code, level] : observed) {
    std::set<std::string> allowed;
    for (const Moment moment : possible_) allowed.insert(levels(moment).at(code));
    const bool right = !agreeing.empty() || levels(possible_.front()).at(code) == level;
    judgement.expect(right, fmt::format("stock of '{}' in the {}", code, where),
                     fmt::format("{}", fmt::join(allowed, " or ")), level);
  }
  if (!agreeing.empty()) possible_ = std::move(agreeing);
}

void DeskStock::check_erp(harness::Bench& bench, harness::Judgement& judgement) {
  const Levels known = levels(Moment::Note);
  Levels observed;
  for (const ErpProduct& product : bench.erp().products) {
    const std::string code = product.code.value_or("");
    if (known.contains(code)) observed[code] = plain_decimal(product.stock);
  }
  check(observed, "ERP", judgement);
}

void DeskStock::check_shop(harness::Bench& bench, harness::Judgement& judgement) {
  const Levels known = levels(Moment::Note);
  Levels observed;
  for (const std::int64_t id : bench.shop().ids("products")) {
    const std::string code = bench.shop().text("products", id, "code");
    if (!known.contains(code)) continue;
    observed[code] = plain_decimal(bench.shop().text("products", id, "stock.stock"));
  }
  check(observed, "shop", judgement);
}

}  // namespace atrapa::scenarios::systim
