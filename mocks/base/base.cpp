#include "mocks/base/base.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "mocks/base/accounts.hpp"
#include "mocks/base/inside.hpp"
#include "mocks/base/request.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::mocks::base {
namespace {

/// Every family's table.
constexpr std::array kFamilies{
    partner_methods,        invoice_methods,        invoice_list_methods,
    invoice_file_methods,   correction_methods,     receipt_methods,
    order_add_methods,      order_read_methods,     order_edit_methods,
    order_combine_methods,  order_payment_methods,  order_fact_methods,
    status_methods,         journal_methods,        pick_pack_methods,
    return_edit_methods,    return_read_methods,    crm_methods,
    connect_methods,        inventory_methods,      price_group_methods,
    warehouse_methods,      category_methods,       manufacturer_methods,
    product_text_methods,   product_methods,        product_read_methods,
    product_list_methods,   product_update_methods, product_log_methods,
    space_methods,          space_group_methods,    external_storage_methods,
    courier_methods,        shipment_methods,       shipment_list_methods,
    shipment_paper_methods, stock_document_methods, stock_document_list_methods,
    purchase_methods,       purchase_list_methods,  fulfilment_methods};

using Handlers = std::unordered_map<const Method*, Handler>;

const Handlers& handlers() {
  static const Handlers all = [] {
    Handlers found;
    for (const auto& family : kFamilies) {
      for (const Handled& one : family()) {
        const Method* method = contract().find(one.method);
        if (method == nullptr || !found.emplace(method, one.handler).second) {
          throw std::logic_error(
              fmt::format("base: {} is not in the contract, or handled twice", one.method));
        }
      }
    }
    return found;
  }();
  return all;
}

kit::Response respond(Reply reply) {
  kit::Response response;
  response.headers.set("Content-Type", "application/json; charset=utf-8");
  response.body = std::move(reply.body);
  return response;
}

/// The loud refusal of what Atrapa does not imitate.
kit::Response not_emulated(const Method& method) {
  std::string why = "Atrapa does not imitate this method yet";
  if (method.status == Method::Status::Obsolete) {
    why =
        "obsolete: the products storage was replaced by the catalogue (getInventory..., "
        "addInventory...); Atrapa does not imitate it";
  } else if (method.status == Method::Status::Withdrawn) {
    why = method.replaced_by.empty() ? "withdrawn from the API"
                                     : fmt::format("withdrawn; use {}", method.replaced_by);
  }
  kit::Response response =
      respond(refusal("ATRAPA_NOT_EMULATED", fmt::format("{}: {}", method.name, why)));
  response.status = 501;
  response.headers.set("X-Atrapa-Not-Emulated", method.name);
  return response;
}

template <typename AnyHandler>
Reply carry_out(const Method& method, const SentCall& sent, State& state, kit::Context& context,
                const AnyHandler& handler) {
  auto read = read_parameters(method, sent.parameters);
  if (const auto* bad = std::get_if<BadParameter>(&read)) {
    return refusal(state.settings->undocumented_code,
                   fmt::format("parameter {}: {}", bad->name, bad->problem));
  }
  const Parameters& parameters = std::get<Parameters>(read);
  if (!parameters.unknown.empty()) {
    context.note +=
        fmt::format("unknown parameters left out: {}. ", fmt::join(parameters.unknown, ", "));
  }
  if (!parameters.cut.empty()) {
    context.note +=
        fmt::format("longer than documented, cut: {}. ", fmt::join(parameters.cut, ", "));
  }
  Call call{state, context, method, parameters};
  try {
    return handler(call);
  } catch (const kit::WorldError& wrong) {  // A value in a map that is not what its key wants.
    return call.refuse(fmt::format("parameter {}", wrong.what()));
  }
}

}  // namespace

kit::Json call_inside(State& state, kit::Context& context, std::string_view method,
                      const kit::Json& parameters) {
  const auto known = handlers().find(contract().find(method));
  if (known == handlers().end()) {
    throw std::logic_error(fmt::format("base: no handler for {}", method));
  }
  return call_inside(state, context, method, parameters, known->second);
}

kit::Json call_inside(State& state, kit::Context& context, std::string_view method,
                      const kit::Json& parameters, const std::function<Reply(Call&)>& handler) {
  const Method* known = contract().find(method);
  if (known == nullptr) throw std::logic_error(fmt::format("base: no method {}", method));
  const SentCall sent{.method = std::string(method), .parameters = parameters.dump(), .token = {}};
  return kit::Json::parse(carry_out(*known, sent, state, context, handler).body);
}

const State* Accounts::find(std::string_view account) const {
  const auto found = all_->by_name.find(account);
  return found == all_->by_name.end() ? nullptr : &*found->second;
}

State* Accounts::find_to_write(std::string_view account) {
  if (find(account) == nullptr) return nullptr;
  return &all_.write().by_name.find(account)->second.write();
}

std::string Accounts::only_account() const {
  return all_->by_name.size() == 1 ? all_->by_name.begin()->first : std::string();
}

void Accounts::index_tokens(const State& state) {
  auto& by_token = all_.write().by_token;
  std::erase_if(by_token, [&](const auto& one) { return one.second == state.account; });
  for (const Token& one : state.tokens) by_token[one.token] = state.account;
}

State* Accounts::state_of(std::string_view token) {
  const auto found = all_->by_token.find(token);
  // By value: writing may let go of the map that the name lies in.
  return found == all_->by_token.end() ? nullptr : find_to_write(std::string(found->second));
}

kit::Response Accounts::serve(const kit::Request& request, kit::Context& context) {
  static const Settings kDefaults;
  const auto sent = read_request(request, context);
  if (!sent) return not_found();
  State* state = state_of(sent->token);
  if (state == nullptr) {
    return respond(refusal(kDefaults.bad_token_code,
                           sent->token.empty() ? "no token was sent" : "the token is not valid"));
  }
  context.account = state->account;
  if (auto blocked = admit(*state, sent->token, context.now)) return respond(std::move(*blocked));
  if (state->blocked) {
    return respond(refusal("ERROR_USER_ACCOUNT_BLOCKED", "the account is blocked"));
  }
  const Method* method = contract().find(sent->method);
  if (method == nullptr) {
    return respond(refusal(state->settings->unknown_method_code,
                           fmt::format("unknown method '{}'", sent->method)));
  }
  const auto handler = handlers().find(method);
  if (handler == handlers().end()) return not_emulated(*method);
  return respond(carry_out(*method, *sent, *state, context, handler->second));
}

std::vector<kit::Operation> Accounts::operations() const {
  std::vector<kit::Operation> operations;
  for (const Method& method : contract().methods()) {
    std::string mark = method.mark;
    if (method.status == Method::Status::Obsolete) mark += " obsolete";
    if (method.status == Method::Status::Withdrawn) mark += " withdrawn";
    operations.push_back({.platform = "base",
                          .resource = method.group,
                          .operation = method.name,
                          .emulation = handlers().contains(&method) ? kit::Emulation::Behaviour
                                                                    : kit::Emulation::None,
                          .provenance = mark});
  }
  return operations;
}

kit::Response Accounts::too_many_requests(const kit::Request& request, kit::Context& context) {
  static const Settings kDefaults;
  const auto sent = read_request(request, context);
  State* state = sent ? state_of(sent->token) : nullptr;
  if (state != nullptr) context.account = state->account;
  const Settings& settings = state != nullptr ? *state->settings : kDefaults;
  return respond(
      blocked_token(settings, context.now + std::chrono::seconds{settings.block_seconds}));
}

kit::Response Accounts::server_error(const kit::Request& request, kit::Context& context) {
  if (const auto sent = read_request(request, context)) {
    if (const State* state = state_of(sent->token)) context.account = state->account;
  }
  kit::Response response;
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.body = "<!DOCTYPE html><html><body><h1>Maintenance</h1></body></html>";
  return response;
}

std::unique_ptr<kit::Platform> make_base() { return std::make_unique<Accounts>(); }

}  // namespace atrapa::mocks::base
