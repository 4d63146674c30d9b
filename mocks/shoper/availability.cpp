#include "mocks/shoper/availability.hpp"

#include <vector>

#include "mocks/kit/record_text.hpp"
#include "mocks/shoper/catalogue.hpp"

namespace atrapa::mocks::shoper {

std::optional<std::string> calculated_availability(const State& state, const kit::Record& stock) {
  const kit::Table& table = state.table(Rows::Availabilities);
  if (table.size() == 0) return std::nullopt;
  const std::int64_t own = id_of(Rows::ProductStocks, stock, "availability_id");
  if (own != 0) return std::to_string(own);
  const kit::Decimal level = number_of(Rows::ProductStocks, stock, "stock");
  std::optional<kit::Decimal> highest;
  std::int64_t chosen = 0;
  table.each([&](const kit::RecordPtr& row) {
    const auto from = kit::scalar_number(raw_of(Rows::Availabilities, *row, "from"));
    const bool ranged = text_of(Rows::Availabilities, *row, "ranges") == "1";
    if (ranged && from && *from <= level && (!highest || *highest < *from)) {
      highest = from;
      chosen = row->id();
    }
    return true;
  });
  return std::to_string(chosen);
}

void renew_availabilities(State& state) {
  std::vector<kit::RecordPtr> stocks;
  state.table(Rows::ProductStocks).each([&](const kit::RecordPtr& stock) {
    const auto shown = calculated_availability(state, *stock);
    if (shown.value_or("0") != text_of(Rows::ProductStocks, *stock, "calculated_availability_id")) {
      stocks.push_back(stock);
    }
    return true;
  });
  for (const kit::RecordPtr& stock : stocks) {
    kit::RecordWriter writer(schema_of(Rows::ProductStocks), *stock);
    writer.set_text("calculated_availability_id", "0");
    put_stock(state, writer, stock->id());
  }
}

}  // namespace atrapa::mocks::shoper
