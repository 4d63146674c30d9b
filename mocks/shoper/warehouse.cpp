#include <fmt/format.h>

#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/rows.hpp"

// warehouses and warehouse-logs, which movements of stock write (log_movements() in catalogue.hpp);
// warehouse-relocations are relocation.cpp. A paid module: off, all
// three answer 400 "Warehouses module is disabled" whatever is asked (shoper.cpp) [live].

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;
using kit::RecordWriter;

constexpr Rows kWarehouses = Rows::Warehouses;

const kit::Schema& warehouses() { return schema_of(kWarehouses); }

Reply list_module_rows(Call& call) { return list_rows(call); }

Reply create_warehouse(Call& call) {
  auto body = read_body(call, warehouses(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  kit::Table& table = call.state.table(kWarehouses);
  const std::int64_t id = table.take_id();
  RecordWriter writer(warehouses());
  kit::write_values(written.values, writer);
  writer.fill();
  set_id(kWarehouses, writer, id);
  table.put(writer.finish(id));
  return bare(id);
}

Reply update_warehouse(Call& call) {
  const std::int64_t id = call.id().value_or(0);
  const RecordPtr row = call.state.find(kWarehouses, id);
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, warehouses(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  RecordWriter writer(warehouses(), *row);
  kit::write_values(written.values, writer);
  call.state.table(kWarehouses).put(writer.finish(id));
  return bare(1);
}

/// Whether a stock still has pieces there.
bool holds_stock(const State& state, std::int64_t warehouse_id) {
  bool found = false;
  state.table(Rows::ProductStocks).each([&](const RecordPtr& stock) {
    const std::string_view quantity = kit::member(raw_of(Rows::ProductStocks, *stock, "warehouses"),
                                                  std::to_string(warehouse_id));
    found = !quantity.empty() && kit::scalar_number(quantity) != kit::Decimal(0);
    return !found;
  });
  return found;
}

/// A warehouse that holds pieces stays: their sum would change behind the shop's back [inferred;
/// the code is the legacy SDK's].
Reply remove_warehouse(Call& call) {
  const std::int64_t id = call.id().value_or(0);
  if (!call.state.has(kWarehouses, id)) return not_found(call.language, call.settings());
  if (holds_stock(call.state, id)) {
    return forbidden_change(call.language, "cannot_delete_internal_object");
  }
  call.state.table(kWarehouses).erase(id);
  return bare(1);
}

constexpr std::array kWarehouseCalls{
    Handled{"GET /webapi/rest/warehouses", list_module_rows},
    Handled{"GET /webapi/rest/warehouses/{id}", get_row},
    Handled{"POST /webapi/rest/warehouses", create_warehouse},
    Handled{"PUT /webapi/rest/warehouses/{id}", update_warehouse},
    Handled{"DELETE /webapi/rest/warehouses/{id}", remove_warehouse},
    Handled{"GET /webapi/rest/warehouse-logs", list_module_rows},
    Handled{"GET /webapi/rest/warehouse-logs/{id}", get_row},
};

}  // namespace

std::span<const Handled> warehouse_calls() { return kWarehouseCalls; }

}  // namespace atrapa::mocks::shoper
