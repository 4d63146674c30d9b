#include "mocks/base/partners.hpp"

#include <fmt/format.h>

#include <array>

#include "mocks/base/call.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

/// Creates a row, or edits the one whose id is given; fields left out stay [inferred].
template <typename T>
Reply save(Call& call, Rows<T>& rows, std::string_view id_name) {
  const Given given = call.given();
  std::int64_t id = given.integer(id_name);
  T row;
  if (id != 0) {
    const T* before = rows.find(id);
    if (before == nullptr) return call.refuse(fmt::format("{} {} is not there", id_name, id));
    row = *before;
  }
  set_given(row, given);
  if (id == 0) {
    id = rows.add(std::move(row));
  } else {
    rows.put(std::move(row));
  }
  Answer answer = call.answer();
  answer.put(id_name, id);
  return call.done(std::move(answer));
}

template <typename T>
Reply remove(Call& call, Rows<T>& rows, std::string_view id_name) {
  const std::int64_t id = call.given().integer(id_name);
  if (!rows.erase(id)) return call.refuse(fmt::format("{} {} is not there", id_name, id));
  return call.done();
}

/// `filter_id` is exact, `filter_name` matches a part [doc].
template <typename T>
bool wanted(const Given& given, const T& row) {
  if (given.has("filter_id") && given.integer("filter_id") != row.id) return false;
  return row.name.find(given.text("filter_name")) != std::string::npos;
}

Reply add_inventory_supplier(Call& call) {
  return save(call, call.state.partners.suppliers, "supplier_id");
}
Reply delete_inventory_supplier(Call& call) {
  return remove(call, call.state.partners.suppliers, "supplier_id");
}
Reply get_inventory_suppliers(Call& call) {
  const Given given = call.given();
  Answer answer = call.answer();
  {
    const auto suppliers = answer.open("suppliers");
    call.state.partners.suppliers.each([&](const Supplier& one) {
      if (!wanted(given, one)) return true;
      const auto item = answer.item();
      answer.put("supplier_id", one.id);
      answer.put("name", one.name);
      answer.put("address", one.address);
      answer.put("postcode", one.postcode);
      answer.put("city", one.city);
      answer.put("phone", one.phone);
      answer.put("email", one.email);
      answer.put("email_copy_to", one.email_copy_to);
      answer.put("currency", one.currency);
      answer.put("tax_no", one.tax_no);
      return true;
    });
  }
  return call.done(std::move(answer));
}

Reply add_inventory_payer(Call& call) { return save(call, call.state.partners.payers, "payer_id"); }
Reply delete_inventory_payer(Call& call) {
  return remove(call, call.state.partners.payers, "payer_id");
}
Reply get_inventory_payers(Call& call) {
  const Given given = call.given();
  Answer answer = call.answer();
  {
    const auto payers = answer.open("payers");
    call.state.partners.payers.each([&](const Payer& one) {
      if (!wanted(given, one)) return true;
      const auto item = answer.item();
      answer.put("payer_id", one.id);
      answer.put("name", one.name);
      answer.put("address", one.address);
      answer.put("postcode", one.postcode);
      answer.put("city", one.city);
      answer.put("tax_no", one.tax_no);
      return true;
    });
  }
  return call.done(std::move(answer));
}

constexpr std::array kPartnerMethods{
    Handled{"addInventorySupplier", add_inventory_supplier},
    Handled{"deleteInventorySupplier", delete_inventory_supplier},
    Handled{"getInventorySuppliers", get_inventory_suppliers},
    Handled{"addInventoryPayer", add_inventory_payer},
    Handled{"deleteInventoryPayer", delete_inventory_payer},
    Handled{"getInventoryPayers", get_inventory_payers},
};

}  // namespace

std::span<const Handled> partner_methods() { return kPartnerMethods; }

}  // namespace atrapa::mocks::base
