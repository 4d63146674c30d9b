#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "mocks/base/call.hpp"
#include "mocks/base/order_edit.hpp"
#include "mocks/base/world_json.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kClientsPerPage = 100;

Reply no_client(const Call& call, std::int64_t client_id) {
  return call.refuse(fmt::format("client {} is not there", client_id));
}

/// Spaces and dashes are removed [doc].
std::string plain_tax_id(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '-'; });
  return text;
}

/// Creates a client, or edits the one whose id is given; fields left out stay. Refused are a status
/// and a contractor that are not there [inferred].
Reply add_crm_client(Call& call) {
  State& state = call.state;
  const Given given = call.given();
  std::int64_t id = given.integer("crm_client_id");
  CrmClient client;
  if (id != 0) {
    const CrmClient* before = state.crm.crm_clients.find(id);
    if (before == nullptr) return no_client(call, id);
    client = *before;
  }
  const kit::Json plain = without(given.object(), {"custom_extra_fields"});
  set_given(client, Given(plain));
  client.invoice_tax_id = plain_tax_id(client.invoice_tax_id);
  if (client.status_id != 0 && !state.crm.crm_statuses.has(client.status_id)) {
    return call.refuse(fmt::format("client status {} is not there", client.status_id));
  }
  if (client.contractor_id != 0 && !state.connect.connect_contractors.has(client.contractor_id)) {
    return call.refuse(fmt::format("contractor {} is not there", client.contractor_id));
  }
  set_custom_fields(client.custom_extra_fields, state.crm.crm_extra_fields, given,
                    call.context.note);
  if (id == 0) {
    client.id = 0;
    id = state.crm.crm_clients.add(std::move(client));
  } else {
    state.crm.crm_clients.put(std::move(client));
  }
  Answer answer = call.answer();
  answer.put("crm_client_id", id);
  return call.done(std::move(answer));
}

/// The client's orders are of no client then [inferred].
Reply delete_crm_client(Call& call) {
  State& state = call.state;
  const std::int64_t id = call.given().integer("crm_client_id");
  if (!state.crm.crm_clients.erase(id)) return no_client(call, id);
  std::vector<std::int64_t> orders;
  for (const Order* order : state.sales.orders.look_up(Order::CrmClientId, number_key(id))) {
    orders.push_back(order->id);
  }
  for (const std::int64_t order_id : orders) {
    state.sales.orders.edit(order_id, [](Order& order) { order.crm_client_id = 0; });
  }
  return call.done();
}

void write_addresses(Answer& answer, const CrmClient& client) {
  answer.put("contractor_id", client.contractor_id);
  answer.put("invoice_company", client.invoice_company);
  answer.put("invoice_fullname", client.invoice_fullname);
  answer.put("invoice_address", client.invoice_address);
  answer.put("invoice_postcode", client.invoice_postcode);
  answer.put("invoice_city", client.invoice_city);
  answer.put("invoice_state", client.invoice_state);
  answer.put("invoice_country_code", client.invoice_country_code);
  answer.put("invoice_tax_id", client.invoice_tax_id);
  answer.put("delivery_company", client.delivery_company);
  answer.put("delivery_fullname", client.delivery_fullname);
  answer.put("delivery_address", client.delivery_address);
  answer.put("delivery_postcode", client.delivery_postcode);
  answer.put("delivery_city", client.delivery_city);
  answer.put("delivery_state", client.delivery_state);
  answer.put("delivery_country_code", client.delivery_country_code);
}

void write_contact(Answer& answer, const CrmClient& client) {
  answer.put("crm_client_id", client.id);
  answer.put("status_id", client.status_id);
  answer.put("star", client.star);
  answer.put("login", client.login);
  answer.put("phone", client.phone);
  answer.put("email", client.email);
}

Reply get_crm_client_data(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("crm_client_id");
  const CrmClient* client = call.state.crm.crm_clients.find(id);
  if (client == nullptr) return no_client(call, id);
  Answer answer = call.answer();
  write_contact(answer, *client);
  answer.put("notes", client->notes);
  write_addresses(answer, *client);
  if (given.flag("include_custom_extra_fields")) {
    write_custom_fields(answer, client->custom_extra_fields, call.state.crm.crm_extra_fields);
  }
  return call.done(std::move(answer));
}

char small_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether a part of the text is that, whatever the case of ASCII letters [inferred].
bool holds_part(const std::string& text, const std::string& part) {
  if (part.empty()) return true;
  return std::search(text.begin(), text.end(), part.begin(), part.end(), [](char a, char b) {
           return small_letter(a) == small_letter(b);
         }) != text.end();
}

/// Ids are matched exactly, texts by a part [doc].
bool client_wanted(const CrmClient& client, const Given& given) {
  if (given.has("filter_crm_client_id") && client.id != given.integer("filter_crm_client_id")) {
    return false;
  }
  if (given.has("filter_status_id") && client.status_id != given.integer("filter_status_id")) {
    return false;
  }
  return holds_part(client.email, given.text("filter_email")) &&
         holds_part(client.phone, given.text("filter_phone")) &&
         holds_part(client.login, given.text("filter_login")) &&
         holds_part(client.invoice_company, given.text("filter_invoice_company")) &&
         holds_part(client.invoice_tax_id, plain_tax_id(given.text("filter_invoice_tax_id"))) &&
         holds_part(client.invoice_fullname, given.text("filter_invoice_fullname"));
}

/// By id, 100 a page from 1 [doc].
Reply get_crm_clients(Call& call) {
  const Given given = call.given();
  const Rows<CrmClient>& clients = call.state.crm.crm_clients;
  // Clamped so that what is skipped can be counted.
  const std::int64_t page = std::clamp<std::int64_t>(given.integer("page", 1), 1, 1'000'000'000);
  std::int64_t to_skip = (page - 1) * static_cast<std::int64_t>(kClientsPerPage);
  std::size_t written = 0;
  Answer answer = call.answer();
  {
    const auto list = answer.open("clients");
    const auto visit = [&](const CrmClient& client) {
      if (!client_wanted(client, given)) return true;
      if (to_skip > 0) {
        --to_skip;
        return true;
      }
      const auto item = answer.item();
      write_contact(answer, client);
      write_addresses(answer, client);
      return ++written < kClientsPerPage;
    };
    if (given.has("filter_crm_client_id")) {
      if (const CrmClient* one = clients.find(given.integer("filter_crm_client_id"))) visit(*one);
    } else if (given.integer("filter_status_id", -1) >= 0) {
      const std::string key = number_key(given.integer("filter_status_id"));
      for (const CrmClient* one : clients.look_up(CrmClient::Status, key)) {
        if (!visit(*one)) break;
      }
    } else {
      clients.each(visit);
    }
  }
  return call.done(std::move(answer));
}

Reply get_crm_client_extra_fields(Call& call) {
  Answer answer = call.answer();
  write_extra_fields(answer, call.state.crm.crm_extra_fields);
  return call.done(std::move(answer));
}

constexpr std::array kCrmMethods{
    Handled{"addCrmClient", add_crm_client},
    Handled{"deleteCrmClient", delete_crm_client},
    Handled{"getCrmClientData", get_crm_client_data},
    Handled{"getCrmClients", get_crm_clients},
    Handled{"getCrmClientExtraFields", get_crm_client_extra_fields},
};

}  // namespace

std::span<const Handled> crm_methods() { return kCrmMethods; }

}  // namespace atrapa::mocks::base
