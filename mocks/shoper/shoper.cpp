#include "mocks/shoper/shoper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <unordered_map>

#include "mocks/kit/json_bounds.hpp"
#include "mocks/shoper/changes.hpp"
#include "mocks/shoper/events.hpp"
#include "mocks/shoper/inside.hpp"
#include "mocks/shoper/shops.hpp"
#include "mocks/shoper/special_offers.hpp"

namespace atrapa::mocks::shoper {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kAuth = "/webapi/rest/auth";
constexpr std::string_view kOauthToken = "/webapi/rest/oauth/token";
constexpr std::string_view kBulk = "bulk";
constexpr std::string_view kVersion = "application-version";

/// Every resource file's table.
constexpr std::array kTables{additional_field_calls,
                             address_calls,
                             application_calls,
                             attribute_calls,
                             bulk_calls,
                             category_calls,
                             collection_calls,
                             config_calls,
                             dashboard_calls,
                             dictionary_calls,
                             language_calls,
                             marketing_calls,
                             metafield_calls,
                             option_calls,
                             order_calls,
                             order_line_calls,
                             order_money_calls,
                             parcel_calls,
                             product_calls,
                             product_file_calls,
                             product_image_calls,
                             product_stock_calls,
                             relocation_calls,
                             special_offer_calls,
                             user_calls,
                             warehouse_calls,
                             webhook_calls};

/// The handler of each of the contract's calls that is imitated. A call that the contract says is
/// imitated must have one, and a handler's call must be in the contract.
const std::unordered_map<const kit::Method*, Handler>& handlers() {
  static const auto all = [] {
    std::unordered_map<std::string, Handler> by_call;
    for (const auto& table : kTables) {
      for (const Handled& one : table()) by_call.emplace(one.call, one.handler);
    }
    std::unordered_map<const kit::Method*, Handler> found;
    for (const kit::Entry& entry : contract().entries()) {
      for (const kit::Method& method : entry.methods) {
        if (method.emulation == kit::Emulation::None) continue;
        if (method.path == kAuth || method.path == kOauthToken) continue;
        const auto handler = by_call.find(fmt::format("{} {}", method.verb, method.path));
        const bool own = handler != by_call.end();
        const bool plain = !own && method.emulation == kit::Emulation::Contract;
        const Handler chosen = own     ? handler->second
                               : plain ? plain_handler(entry, method)
                                       : nullptr;
        if (chosen == nullptr) {
          throw std::logic_error(
              fmt::format("shoper: no handler for {} {}", method.verb, method.path));
        }
        found.emplace(&method, chosen);
        if (own) by_call.erase(handler);
      }
    }
    if (!by_call.empty()) {
      throw std::logic_error("shoper: not in the contract: " + by_call.begin()->first);
    }
    return found;
  }();
  return all;
}

/// One call of a resource, or one operation of a bulk: route, permission, module, handler.
struct Dispatcher {
  State& state;
  const Caller& caller;
  Language language;
  kit::Context& context;

  Reply run(std::string_view verb, const std::vector<std::string>& segments, Query query,
            std::string_view body, bool in_bulk) const {
    const kit::Contract::Match match = contract().route(verb, segments);
    if (match.route == nullptr) {
      if (auto refused = mtime_without_id(segments, language, *state.settings)) return *refused;
      if (auto refused = name_only(verb, segments)) return *refused;
      return match.allowed.empty() ? not_found(language, *state.settings) : wrong_method(language);
    }
    const auto [entry, method] = *match.route;
    if (entry->resource != kBulk && entry->resource != kVersion) {  // They list no 403 [client].
      if (const auto scope = missing_scope(caller, entry->resource, verb)) {
        return insufficient_scope(language, *scope);
      }
      if (!caller.scopes && state.settings->internal_scope && is_internal(entry->resource)) {
        return insufficient_scope(language, entry->resource);
      }
    }
    if (entry->resource.starts_with("warehouse") && !state.config_set("warehouses_enabled")) {
      return warehouses_disabled(language);
    }
    if (method->emulation == kit::Emulation::None) {
      return not_emulated(fmt::format("{} {}", method->verb, method->path));
    }
    Call call{.state = state,
              .context = context,
              .language = language,
              .entry = entry,
              .rows = rows_of(entry->resource),
              .id_text = match.captures.get("id"),
              .captures = match.captures,
              .caller = &caller,
              .query = std::move(query),
              .body = body,
              .owner = caller.owner,
              .dispatch = {}};
    if (!in_bulk) {
      call.dispatch = [this](std::string_view inner_verb, std::string_view path,
                             std::string_view inner_body, Query inner_query) {
        return run_inner(inner_verb, path, inner_body, std::move(inner_query));
      };
    }
    const auto handler = handlers().find(method);
    // auth and oauth/token give tokens to callers that have none: no part of a bulk [inferred].
    if (handler == handlers().end()) return invalid_request(language, "bulk: " + entry->resource);
    if (is_held(call, verb)) return held(language);
    settle_offers(state, context.now);
    if (verb == "GET" || verb == "HEAD" || entry->resource == kBulk) {
      Reply reply = handler->second(call);
      // Elsewhere the host takes the body away, and its length stays in the head.
      if (verb == "HEAD" && in_bulk) reply.body.clear();
      return reply;
    }
    const auto before =
        call.rows ? objects_of(state, *call.rows, call.id().value_or(0)) : std::vector<RowKey>{};
    const EventWatch watch(state);
    const Moving moving(state, caller.owner, context.now);
    Reply reply = handler->second(call);
    note_changes(call, verb, before, reply);
    if (watch.listens() && reply.ok()) tell(watch, call, verb, reply);
    return reply;
  }

 private:
  /// The loud refusal where the path begins with a name of which the contract knows no calls.
  std::optional<Reply> name_only(std::string_view verb,
                                 const std::vector<std::string>& segments) const {
    const kit::Entry* entry = segments.size() > 2 ? contract().find(segments[2]) : nullptr;
    if (entry == nullptr || !entry->name_only()) return std::nullopt;
    if (const auto scope = missing_scope(caller, entry->resource, verb)) {
      return insufficient_scope(language, *scope);
    }
    return known_by_name_only(fmt::format("{} /{}", verb, fmt::join(segments, "/")),
                              entry->resource);
  }

  /// Tells the webhooks what the write was.
  void tell(const EventWatch& watch, const Call& call, std::string_view verb,
            const Reply& reply) const {
    const bool made = verb == "POST";
    const auto id = made ? kit::scalar_id(reply.body) : call.id();
    const auto events = watch.events(state, call.entry->resource, verb, id.value_or(0));
    announce_inside(state, events, context);
  }

  Reply run_inner(std::string_view verb, std::string_view path, std::string_view body,
                  Query query) const {
    const auto target = kit::parse_target(path);
    if (!target) return invalid_request(language, "path");
    Query whole = target->query;
    whole.insert(whole.end(), query.begin(), query.end());
    return run(verb, target->segments, std::move(whole), body, true);
  }
};

/// What the call adds to the bucket: one, but for a bulk that counts by its operations.
std::int64_t cost_of(const State& state, const kit::Request& request, const kit::Target& target) {
  const bool bulk = target.segments.size() == 3 && target.segments[2] == kBulk;
  if (!bulk || !state.settings->bulk_counts_each || !kit::json_depth_ok(request.body)) return 1;
  const kit::Json json = kit::Json::parse(request.body, nullptr, false);
  return json.is_array() ? std::max<std::int64_t>(1, static_cast<std::int64_t>(json.size())) : 1;
}

}  // namespace

Reply call_inside(State& state, std::string_view verb, std::string_view path, std::string_view body,
                  kit::Context& context) {
  const Caller shop{"shop", {}};
  const auto target = kit::parse_target(path);
  if (!target) return invalid_request(Language::English, "path");
  return Dispatcher{state, shop, Language::English, context}.run(verb, target->segments,
                                                                 target->query, body, false);
}

void announce_inside(State& state, const std::vector<Event>& events, kit::Context& context) {
  announce(
      state, events,
      [&](Rows rows, std::int64_t id) {
        const std::string path = fmt::format("{}/{}", entry_of(rows).path, id);
        return call_inside(state, "GET", path, {}, context).body;
      },
      context);
}

const State* Shops::find(std::string_view account) const {
  const auto found = accounts_->by_name.find(account);
  return found == accounts_->by_name.end() ? nullptr : &*found->second;
}

State* Shops::find_to_write(std::string_view account) {
  if (find(account) == nullptr) return nullptr;
  return &accounts_.write().by_name.find(account)->second.write();
}

const State* Shops::account_of_token(std::string_view token) const {
  const auto found = accounts_->by_token.find(token);
  return found == accounts_->by_token.end() ? nullptr : find(found->second);
}

template <typename Knows>
State* Shops::account_of_pair(const kit::Request& request, const Pair& pair, Knows&& knows) {
  const std::string_view host = request.headers.get("Host");
  const State* chosen = nullptr;
  for (const auto& [name, state] : accounts_->by_name) {
    if (!knows(*state, pair)) continue;
    if (chosen == nullptr || state->host == host) chosen = &*state;
  }
  return chosen == nullptr ? nullptr : find_to_write(std::string(chosen->account));
}

std::string Shops::only_account() const {
  return accounts_->by_name.size() == 1 ? accounts_->by_name.begin()->first : std::string();
}

void Shops::index_tokens(const State& state) {
  auto& by_token = accounts_.write().by_token;
  std::erase_if(by_token, [&](const auto& one) { return one.second == state.account; });
  for (const StaticToken& one : state.credentials->tokens) by_token[one.token] = state.account;
  for (const IssuedToken& one : *state.issued) by_token[one.token] = state.account;
}

Reply Shops::authenticate(const kit::Target& target, Visit& visit) {
  if (visit.request.method != "POST") return wrong_method(visit.language);
  const auto pair = login_pair(visit.request, target);
  State* state = pair ? account_of_pair(visit.request, *pair, knows_user) : nullptr;
  if (state == nullptr) return unauthorized(visit.language);
  visit.state = state;
  visit.owner = "user:" + pair->name;
  if (state->settings->auth_counts) {
    const kit::Admission admission = admit(*state, visit.owner, 1, visit.context.now);
    if (!admission.admitted) {
      return shoper::too_many_requests(visit.language, admission.wait_seconds);
    }
  }
  Reply reply = issue_user_token(*state, pair->name, visit.context);
  index_tokens(*state);
  return reply;
}

Reply Shops::exchange_grant(const kit::Target& target, Visit& visit) {
  if (visit.request.method != "POST") return wrong_method(visit.language);
  // grant_type stands in the query or in the body; both are read [client].
  Query parameters = target.query;
  if (const auto form = kit::parse_form(visit.request.body)) {
    parameters.insert(parameters.end(), form->begin(), form->end());
  }
  // One application is installed in many shops by the same pair: the code or the refresh token says
  // in which.
  const auto pair = basic_pair(visit.request);
  const auto holds = [&](const State& one, const Pair& application) {
    return knows_application(one, application) && holds_grant(one, application.name, parameters);
  };
  State* state = pair ? account_of_pair(visit.request, *pair, holds) : nullptr;
  if (pair && state == nullptr) {
    state = account_of_pair(visit.request, *pair, knows_application);
  }
  if (state == nullptr) return unauthorized(visit.language);
  visit.state = state;
  visit.owner = "app:" + pair->name;
  Reply reply =
      issue_application_token(*state, pair->name, parameters, visit.language, visit.context);
  index_tokens(*state);
  return reply;
}

Reply Shops::serve_resource(const kit::Target* target, Visit& visit) {
  const std::string_view token = bearer_token(visit.request);
  const State* known = account_of_token(token);
  const auto caller = known ? caller_of(*known, token, visit.context.now) : std::nullopt;
  if (!caller) return unauthorized(visit.language);
  // By value: writing may let go of the accounts that the name lies in.
  State& state = *find_to_write(std::string(known->account));
  visit.state = &state;
  visit.owner = caller->owner;
  const auto cost = target != nullptr ? cost_of(state, visit.request, *target) : 1;
  const kit::Admission admission = admit(state, caller->owner, cost, visit.context.now);
  if (!admission.admitted) {
    return shoper::too_many_requests(visit.language, admission.wait_seconds);
  }
  if (target == nullptr) return invalid_request(visit.language, "URL");
  return Dispatcher{state, *caller, visit.language, visit.context}.run(
      visit.request.method, target->segments, target->query, visit.request.body, false);
}

Reply Shops::serve_target(const kit::Target& target, Visit& visit) {
  const auto& segments = target.segments;
  const bool rest = segments.size() >= 3 && segments[0] == "webapi" && segments[1] == "rest";
  if (!rest) return not_found(visit.language, Settings{});
  if (segments.size() == 3 && segments[2] == "auth") return authenticate(target, visit);
  if (segments.size() == 4 && segments[2] == "oauth" && segments[3] == "token") {
    return exchange_grant(target, visit);
  }
  return serve_resource(&target, visit);
}

kit::Response Shops::serve(const kit::Request& request, kit::Context& context) {
  Visit visit{
      .request = request, .context = context, .language = language_of(request), .owner = {}};
  Reply reply;
  if (const auto target = kit::parse_target(request.target)) {
    reply = serve_target(*target, visit);
  } else if (request.target.starts_with("/webapi/rest/")) {
    reply = serve_resource(nullptr, visit);
  } else {
    reply = invalid_request(visit.language, "URL");
  }
  return respond(std::move(reply), visit);
}

void Shops::recognize(Visit& visit) const {
  const std::string_view token = bearer_token(visit.request);
  visit.state = account_of_token(token);
  if (visit.state == nullptr) return;
  const auto caller = caller_of(*visit.state, token, visit.context.now);
  if (caller) visit.owner = caller->owner;
}

/// Adds what every answer carries: X-SHOP-API-LIMIT, -BANDWIDTH and -CALLS, the counter after this
/// call [doc, live]. Where no shop is known, the defaults and a counter of 0 [inferred].
kit::Response Shops::respond(Reply reply, const Visit& visit) {
  static const Settings kDefaults;
  const Settings& settings = visit.state != nullptr ? *visit.state->settings : kDefaults;
  const std::int64_t calls =
      visit.state != nullptr ? calls_of(*visit.state, visit.owner, visit.context.now) : 0;
  if (visit.state != nullptr) visit.context.account = visit.state->account;
  kit::Response response;
  response.status = reply.status;
  response.headers.add("Content-Type", "application/json; charset=utf-8");
  response.headers.add("X-SHOP-API-LIMIT", std::to_string(settings.limit));
  response.headers.add("X-SHOP-API-BANDWIDTH", std::to_string(settings.bandwidth));
  response.headers.add("X-SHOP-API-CALLS", std::to_string(calls));
  for (const kit::Header& header : reply.headers) response.headers.add(header.name, header.value);
  response.body = std::move(reply.body);
  return response;
}

std::vector<kit::Operation> Shops::operations() const { return contract().operations(name()); }

kit::Response Shops::too_many_requests(const kit::Request& request, kit::Context& context) {
  Visit visit{
      .request = request, .context = context, .language = language_of(request), .owner = {}};
  recognize(visit);
  return respond(shoper::too_many_requests(visit.language, 1), visit);
}

kit::Response Shops::server_error(const kit::Request& request, kit::Context& context) {
  Visit visit{
      .request = request, .context = context, .language = language_of(request), .owner = {}};
  recognize(visit);
  return respond(shoper::server_error(visit.language), visit);
}

std::unique_ptr<kit::Platform> make_shoper() {
  handlers();  // A table that does not fit the contract shows here, not at the first call.
  return std::make_unique<Shops>();
}

}  // namespace atrapa::mocks::shoper
