#include <array>

#include "mocks/shoper/addresses.hpp"
#include "mocks/shoper/countries.hpp"
#include "mocks/shoper/row_calls.hpp"
#include "mocks/shoper/rows.hpp"

// user-addresses: customers' address books.

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

const kit::Schema& book() { return schema_of(Rows::UserAddresses); }

/// The name of a field here and in an order's address.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kNames{{
    {"firstname", "firstname"},
    {"lastname", "lastname"},
    {"company_name", "company"},
    {"pesel", "pesel"},
    {"street_1", "street1"},
    {"street_2", "street2"},
    {"city", "city"},
    {"zip_code", "postcode"},
    {"state", "state"},
    {"country", "country"},
    {"country_code", "country_code"},
    {"phone", "phone"},
    {"tax_identification_number", "tax_identification_number"},
}};

constexpr std::array<std::string_view, 2> kFlags{"default", "shipping_default"};

bool is_country_sent(const kit::Written& written, std::string_view field) {
  return !written.raw(book(), field).empty();
}

/// A country or its code is needed as well [live]. One that is sent alone stands for itself, as in
/// orders [inferred].
void check_address(Call&, kit::Written& written, const kit::Record* before) {
  const bool kept = before != nullptr && !is_country_sent(written, "country") &&
                    !is_country_sent(written, "country_code");
  const auto text = [&](std::string_view field) {
    return kept ? text_of(Rows::UserAddresses, *before, field)
                : kit::scalar_text(written.raw(book(), field));
  };
  if (text("country").empty() && text("country_code").empty()) {
    written.problems.push_back({"country", FieldFault::Missing, {}});
  }
}

void complete_book_entry(Call& call, const kit::Written& written, RecordWriter& writer,
                         const kit::Record* before) {
  const bool name = is_country_sent(written, "country");
  if (before != nullptr && name != is_country_sent(written, "country_code")) {
    writer.set_text(name ? "country_code" : "country", "");
  }
  complete_country(call.state, writer);
}

/// A customer has one default address of each kind: a new one takes the flag from the former
/// [inferred].
void settle_address(Call& call, const kit::Record*, const kit::Record* after) {
  if (after == nullptr) return;
  kit::Table& table = call.state.table(Rows::UserAddresses);
  const std::string user = text_of(Rows::UserAddresses, *after, "user_id");
  for (const std::string_view flag : kFlags) {
    if (text_of(Rows::UserAddresses, *after, flag) != "1") continue;
    for (const RecordPtr& other : table.look_up("user_id", user)) {
      if (other->id() == after->id() || text_of(Rows::UserAddresses, *other, flag) != "1") continue;
      RecordWriter writer(book(), *other);
      writer.set_text(flag, "0");
      table.put(writer.finish(other->id()));
    }
  }
}

constexpr RowRules kAddressRules{
    .check = check_address, .complete = complete_book_entry, .settle = settle_address};

Reply list_addresses(Call& call) { return list_rows(call); }
Reply create_address(Call& call) { return create_row(call, kAddressRules); }
Reply update_address(Call& call) { return update_row(call, kAddressRules); }
Reply remove_address(Call& call) { return delete_row(call); }

constexpr std::array kAddressCalls{
    Handled{"GET /webapi/rest/user-addresses", list_addresses},
    Handled{"GET /webapi/rest/user-addresses/{id}", get_row},
    Handled{"POST /webapi/rest/user-addresses", create_address},
    Handled{"PUT /webapi/rest/user-addresses/{id}", update_address},
    Handled{"DELETE /webapi/rest/user-addresses/{id}", remove_address},
};

}  // namespace

RecordPtr default_address(const State& state, std::int64_t user_id, std::string_view flag) {
  if (user_id == 0) return nullptr;
  for (const RecordPtr& entry :
       state.table(Rows::UserAddresses).look_up("user_id", std::to_string(user_id))) {
    if (text_of(Rows::UserAddresses, *entry, flag) == "1") return entry;
  }
  return nullptr;
}

void copy_address(const kit::Record& entry, RecordWriter& address) {
  for (const auto& [here, there] : kNames) {
    address.set_text(there, text_of(Rows::UserAddresses, entry, here));
  }
}

void remove_addresses(State& state, std::int64_t user_id) {
  for (const RecordPtr& entry :
       state.table(Rows::UserAddresses).look_up("user_id", std::to_string(user_id))) {
    state.table(Rows::UserAddresses).erase(entry->id());
  }
}

std::span<const Handled> address_calls() { return kAddressCalls; }

}  // namespace atrapa::mocks::shoper
