#include "mocks/shoper/world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "mocks/kit/dates.hpp"
#include "mocks/kit/random.hpp"
#include "mocks/kit/world_error.hpp"
#include "mocks/shoper/shops.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::Json;
using kit::WorldError;

const kit::Schema& config_schema() { return contract().at("application-config").schema; }

// --- Reading
// --------------------------------------------------------------------------------------

void expect_object(const Json& json, const std::string& pointer) {
  if (!json.is_object()) throw WorldError(pointer, "expected an object");
}

void expect_keys(const Json& json, const std::string& pointer,
                 std::initializer_list<std::string_view> known) {
  expect_object(json, pointer);
  for (const auto& [key, value] : json.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      throw WorldError(pointer + "/" + key,
                       fmt::format("unknown key; there are {}", fmt::join(known, ", ")));
    }
  }
}

std::string text_at(const Json& json, const char* key, const std::string& pointer) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_string()) {
    throw WorldError(pointer + "/" + key, "expected a text");
  }
  return found->get<std::string>();
}

std::optional<std::string> optional_text(const Json& json, const char* key,
                                         const std::string& pointer) {
  if (!json.contains(key)) return std::nullopt;
  return text_at(json, key, pointer);
}

std::int64_t number_at(const Json& json, const char* key, const std::string& pointer) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_integer()) {
    throw WorldError(pointer + "/" + key, "expected a whole number");
  }
  return found->get<std::int64_t>();
}

const Json& list_at(const Json& json, const char* key, const std::string& pointer) {
  static const Json none = Json::array();
  const auto found = json.find(key);
  if (found == json.end()) return none;
  if (!found->is_array()) throw WorldError(pointer + "/" + key, "expected a list");
  return *found;
}

std::optional<std::vector<std::string>> scopes_at(const Json& json, const std::string& pointer) {
  if (!json.contains("scopes")) return std::nullopt;
  std::vector<std::string> scopes;
  for (const Json& one : list_at(json, "scopes", pointer)) {
    if (!one.is_string()) throw WorldError(pointer + "/scopes", "expected texts");
    scopes.push_back(one.get<std::string>());
  }
  return scopes;
}

kit::Instant moment_at(const Json& json, const char* key, const std::string& pointer) {
  return kit::Instant(kit::Duration(number_at(json, key, pointer)));
}

Credentials read_credentials(const Json& json, const std::string& pointer) {
  expect_keys(json, pointer, {"users", "tokens", "applications"});
  Credentials credentials;
  const Json& users = list_at(json, "users", pointer);
  for (std::size_t i = 0; i < users.size(); ++i) {
    const std::string place = fmt::format("{}/users/{}", pointer, i);
    expect_keys(users[i], place, {"login", "password"});
    credentials.users.push_back(
        {text_at(users[i], "login", place), text_at(users[i], "password", place)});
  }
  const Json& tokens = list_at(json, "tokens", pointer);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string place = fmt::format("{}/tokens/{}", pointer, i);
    expect_keys(tokens[i], place, {"token", "scopes"});
    credentials.tokens.push_back({text_at(tokens[i], "token", place), scopes_at(tokens[i], place)});
  }
  const Json& applications = list_at(json, "applications", pointer);
  for (std::size_t i = 0; i < applications.size(); ++i) {
    const std::string place = fmt::format("{}/applications/{}", pointer, i);
    expect_keys(applications[i], place,
                {"id", "secret", "code", "scopes", "appstore_secret", "address"});
    credentials.applications.push_back(
        {text_at(applications[i], "id", place), text_at(applications[i], "secret", place),
         optional_text(applications[i], "code", place), scopes_at(applications[i], place),
         optional_text(applications[i], "appstore_secret", place),
         optional_text(applications[i], "address", place)});
  }
  return credentials;
}

std::vector<IssuedToken> read_issued(const Json& list, const std::string& pointer) {
  std::vector<IssuedToken> issued;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string place = fmt::format("{}/{}", pointer, i);
    expect_keys(list[i], place,
                {"token", "owner", "expires", "refresh", "refresh_expires", "scopes"});
    IssuedToken token;
    token.token = text_at(list[i], "token", place);
    token.owner = text_at(list[i], "owner", place);
    token.expires = moment_at(list[i], "expires", place);
    token.refresh = optional_text(list[i], "refresh", place);
    if (token.refresh) token.refresh_expires = moment_at(list[i], "refresh_expires", place);
    token.scopes = scopes_at(list[i], place);
    issued.push_back(std::move(token));
  }
  return issued;
}

void read_rows(State& state, const Json& resources, const std::string& pointer) {
  expect_object(resources, pointer);
  for (const auto& [resource, list] : resources.items()) {
    const std::string place = pointer + "/" + resource;
    if (!rows_of(resource)) {
      throw WorldError(place, contract().find(resource) == nullptr
                                  ? "Shoper has no such resource"
                                  : "this resource is not imitated yet and holds no rows");
    }
    if (!list.is_array()) throw WorldError(place, "expected a list of rows");
  }
  Planting planting;
  planting.whole_world = true;
  for (std::size_t i = 0; i < kRowsCount; ++i) {
    const Rows rows = static_cast<Rows>(i);
    const auto list = resources.find(entry_of(rows).resource);
    if (list == resources.end()) continue;
    const std::string place = pointer + "/" + entry_of(rows).resource;
    for (std::size_t row = 0; row < list->size(); ++row) {
      plant_row(state, rows, (*list)[row], fmt::format("{}/{}", place, row),
                std::string(kit::kNever), planting);
    }
  }
  finish_planting(state, planting);
}

void read_counters(State& state, const Json& counters, const std::string& pointer) {
  expect_object(counters, pointer);
  for (const auto& [name, value] : counters.items()) {
    const std::int64_t next = number_at(counters, name.c_str(), pointer);
    if (const auto rows = rows_of(name)) {
      state.table(*rows).raise_next_id(next);
    } else {
      state.count_past(name, next - 1);
    }
  }
}

void read_buckets(State& state, const Json& buckets, const std::string& pointer) {
  expect_object(buckets, pointer);
  for (const auto& [owner, value] : buckets.items()) {
    kit::LeakyBucket bucket(state.settings->limit, state.settings->bandwidth);
    bucket.restore(value, pointer + "/" + owner);
    state.buckets.write().insert_or_assign(owner, bucket);
  }
}

/// Places of products in collections: {"1": {"101": 3}}, by collection and product.
void read_positions(State& state, const Json& positions, const std::string& pointer) {
  expect_object(positions, pointer);
  for (const auto& [collection, places] : positions.items()) {
    const std::string below = pointer + "/" + collection;
    expect_object(places, below);
    for (const auto& [product, place] : places.items()) {
      const auto first = kit::scalar_id(collection);
      const auto second = kit::scalar_id(product);
      if (!first || !second) throw WorldError(below, "expected ids of collections and products");
      state.positions.write()[{*first, *second}] = number_at(places, product.c_str(), below);
    }
  }
}

PanelLock read_lock_state(const Json& json, const std::string& pointer) {
  expect_keys(json, pointer, {"since", "message", "user_id"});
  return {moment_at(json, "since", pointer), optional_text(json, "message", pointer).value_or(""),
          number_at(json, "user_id", pointer)};
}

Rows rows_at(const std::string& resource, const std::string& pointer) {
  if (const auto rows = rows_of(resource)) return *rows;
  throw WorldError(pointer + "/" + resource, "Shoper has no such resource");
}

/// {"products": [1, 2]}
std::set<RowKey> read_held(const Json& json, const std::string& pointer) {
  expect_object(json, pointer);
  std::set<RowKey> held;
  for (const auto& [resource, ids] : json.items()) {
    const Rows rows = rows_at(resource, pointer);
    for (const Json& id : list_at(json, resource.c_str(), pointer)) {
      if (!id.is_number_integer()) throw WorldError(pointer + "/" + resource, "expected ids");
      held.insert({rows, id.get<std::int64_t>()});
    }
  }
  return held;
}

/// {"orders": {"1": milliseconds}}
std::map<RowKey, kit::Instant> read_changed(const Json& json, const std::string& pointer) {
  expect_object(json, pointer);
  std::map<RowKey, kit::Instant> changed;
  for (const auto& [resource, moments] : json.items()) {
    const Rows rows = rows_at(resource, pointer);
    const std::string place = pointer + "/" + resource;
    expect_object(moments, place);
    for (const auto& [id, moment] : moments.items()) {
      const auto number = kit::scalar_id(kit::json_string(id));
      if (!number) throw WorldError(place + "/" + id, "expected an id as key");
      changed[{rows, *number}] = moment_at(moments, id.c_str(), place);
    }
  }
  return changed;
}

/// {"3": "app:ID"}: who made which webhook. An application's must be one of the shop's: its secret
/// signs them.
void read_webhook_makers(State& state, const Json& makers, const std::string& pointer) {
  expect_object(makers, pointer);
  for (const auto& [key, value] : makers.items()) {
    const std::string maker = text_at(makers, key.c_str(), pointer);
    const auto id = kit::scalar_id(key);
    if (!id || !state.has(Rows::Webhooks, *id)) {
      throw WorldError(pointer + "/" + key, "there is no such webhook");
    }
    const auto& known = state.credentials->applications;
    const bool lost = maker.starts_with("app:") &&
                      std::none_of(known.begin(), known.end(), [&](const Application& one) {
                        return maker == "app:" + one.id;
                      });
    if (lost) throw WorldError(pointer + "/" + key, "the shop knows no such application");
    state.webhook_makers.write()[*id] = maker;
  }
}

/// 40 hex digits that follow from the account's name, for worlds that do not care.
std::string license_of(std::string_view account) {
  std::uint64_t seed = account.size();
  for (const char c : account) seed = seed * 1099511628211u + static_cast<unsigned char>(c);
  kit::Random random(seed);
  std::string text;
  for (int i = 0; i < 40; ++i) text += "0123456789abcdef"[random.below(16)];
  return text;
}

/// application-config of a new shop of that host.
kit::RecordPtr new_config(const std::string& host) {
  kit::RecordWriter writer(config_schema());
  writer.set_text("shop_url", "https://" + host);
  writer.set_text("technical_url", "https://" + host);
  writer.fill();
  return writer.finish(0);
}

// --- Writing
// --------------------------------------------------------------------------------------

Json scopes_json(const std::vector<std::string>& scopes) {
  Json list = Json::array();
  for (const std::string& scope : scopes) list.push_back(scope);
  return list;
}

Json write_credentials(const Credentials& credentials) {
  Json users = Json::array();
  for (const PanelUser& user : credentials.users) {
    users.push_back({{"login", user.login}, {"password", user.password}});
  }
  Json tokens = Json::array();
  for (const StaticToken& token : credentials.tokens) {
    Json one = {{"token", token.token}};
    if (token.scopes) one["scopes"] = scopes_json(*token.scopes);
    tokens.push_back(std::move(one));
  }
  Json applications = Json::array();
  for (const Application& application : credentials.applications) {
    Json one = {{"id", application.id}, {"secret", application.secret}};
    if (application.code) one["code"] = *application.code;
    if (application.scopes) one["scopes"] = scopes_json(*application.scopes);
    if (application.appstore_secret) one["appstore_secret"] = *application.appstore_secret;
    if (application.address) one["address"] = *application.address;
    applications.push_back(std::move(one));
  }
  return {{"users", users}, {"tokens", tokens}, {"applications", applications}};
}

Json write_issued(const std::vector<IssuedToken>& issued) {
  Json list = Json::array();
  for (const IssuedToken& token : issued) {
    Json one = {{"token", token.token},
                {"owner", token.owner},
                {"expires", token.expires.time_since_epoch().count()}};
    if (token.refresh) {
      one["refresh"] = *token.refresh;
      one["refresh_expires"] = token.refresh_expires.time_since_epoch().count();
    }
    if (token.scopes) one["scopes"] = scopes_json(*token.scopes);
    list.push_back(std::move(one));
  }
  return list;
}

/// A row with its write-only fields, which no answer shows.
Json whole_row(Rows rows, const kit::Record& row) {
  Json json = Json::parse(row.wire(), nullptr, false);
  const kit::Schema& schema = schema_of(rows);
  for (std::size_t i = 0; i < schema.size(); ++i) {
    if (schema[i].write_only && row.has(i)) json[schema[i].name] = Json::parse(row.raw(i));
  }
  return json;
}

/// All rows but base stocks: those lie inside their products.
Json write_rows(const State& state) {
  Json resources = Json::object();
  for (std::size_t i = 0; i < kRowsCount; ++i) {
    const Rows rows = static_cast<Rows>(i);
    Json list = Json::array();
    state.table(rows).each([&](const kit::RecordPtr& row) {
      const bool embedded = rows == Rows::ProductStocks && text_of(rows, *row, "extended") == "0" &&
                            state.has(Rows::Products, id_of(rows, *row, "product_id"));
      if (!embedded) list.push_back(whole_row(rows, *row));
      return true;
    });
    if (!list.empty()) resources[entry_of(rows).resource] = std::move(list);
  }
  return resources;
}

Json write_positions(const State& state) {
  Json positions = Json::object();
  for (const auto& [key, place] : *state.positions) {
    positions[std::to_string(key.first)][std::to_string(key.second)] = place;
  }
  return positions;
}

Json write_counters(const State& state) {
  Json counters = Json::object();
  for (std::size_t i = 0; i < kRowsCount; ++i) {
    const kit::Table& table = state.tables[i];
    if (table.next_id() > 1) {
      counters[entry_of(static_cast<Rows>(i)).resource] = table.next_id();
    }
  }
  for (const auto& [name, next] : *state.counters) counters[name] = next;
  return counters;
}

}  // namespace

void write_config(State& state, const Json& config, const std::string& pointer) {
  expect_object(config, pointer);
  const kit::Written written =
      kit::validate(config_schema(), config, {.mode = kit::WriteRules::Mode::Plant});
  if (!written.problems.empty()) {
    const kit::Problem& problem = written.problems.front();
    throw WorldError(pointer + "/" + problem.field, problem.fault == kit::FieldFault::Unknown
                                                        ? "application-config has no such key"
                                                        : "expected " + problem.detail);
  }
  kit::RecordWriter writer(config_schema(), *state.config);
  kit::write_values(written.values, writer);
  const std::string zone = writer.text("locale_timezone");
  if (config.contains("locale_timezone") && !kit::TimeZone::find(zone)) {
    throw WorldError(pointer + "/locale_timezone",
                     fmt::format("this machine's time zone database has no \"{}\"", zone));
  }
  state.config = writer.finish(0);
}

Json changed_config(const State& state) {
  const kit::RecordPtr fresh = new_config(state.host);
  Json changed = Json::object();
  for (std::size_t i = 0; i < config_schema().size(); ++i) {
    const std::string_view raw = state.config->raw(i);
    if (raw != fresh->raw(i)) changed[config_schema()[i].name] = Json::parse(raw, nullptr, false);
  }
  return changed;
}

State read_account(const Json& account, const std::string& pointer) {
  expect_keys(
      account, pointer,
      {"account", "license", "host", "credentials", "settings", "config", "resources", "positions",
       "counters", "issued", "buckets", "webhook_makers", "lock", "held", "changed"});
  State state;
  state.account = text_at(account, "account", pointer);
  state.license = optional_text(account, "license", pointer).value_or(license_of(state.account));
  state.host = optional_text(account, "host", pointer).value_or(state.account + ".shop.example");
  state.config = new_config(state.host);
  const auto part = [&](const char* key, auto&& read) {
    if (account.contains(key)) read(account.at(key), pointer + "/" + key);
  };
  part("credentials", [&](const Json& json, const std::string& place) {
    state.credentials = kit::Cow<Credentials>(read_credentials(json, place));
  });
  part("settings", [&](const Json& json, const std::string& place) {
    read_settings(state.settings.write(), json, place);
  });
  part("config",
       [&](const Json& json, const std::string& place) { write_config(state, json, place); });
  part("resources",
       [&](const Json& json, const std::string& place) { read_rows(state, json, place); });
  part("positions",
       [&](const Json& json, const std::string& place) { read_positions(state, json, place); });
  part("counters",
       [&](const Json& json, const std::string& place) { read_counters(state, json, place); });
  part("issued", [&](const Json& json, const std::string& place) {
    if (!json.is_array()) throw WorldError(place, "expected a list");
    state.issued = kit::Cow<std::vector<IssuedToken>>(read_issued(json, place));
  });
  part("buckets",
       [&](const Json& json, const std::string& place) { read_buckets(state, json, place); });
  part("lock", [&](const Json& json, const std::string& place) {
    state.lock = read_lock_state(json, place);
  });
  part("held", [&](const Json& json, const std::string& place) {
    state.held = kit::Cow<std::set<RowKey>>(read_held(json, place));
  });
  part("changed", [&](const Json& json, const std::string& place) {
    state.changed = kit::Cow<std::map<RowKey, kit::Instant>>(read_changed(json, place));
  });
  part("webhook_makers", [&](const Json& json, const std::string& place) {
    read_webhook_makers(state, json, place);
  });
  return state;
}

Json write_account(const State& state) {
  Json account = {{"account", state.account},
                  {"license", state.license},
                  {"host", state.host},
                  {"credentials", write_credentials(*state.credentials)},
                  {"settings", write_settings(*state.settings)},
                  {"config", changed_config(state)},
                  {"resources", write_rows(state)},
                  {"counters", write_counters(state)}};
  if (!state.positions->empty()) account["positions"] = write_positions(state);
  if (!state.issued->empty()) account["issued"] = write_issued(*state.issued);
  if (!state.buckets->empty()) {
    for (const auto& [owner, bucket] : *state.buckets) {
      account["buckets"][owner] = bucket.snapshot();
    }
  }
  if (state.lock) {
    account["lock"] = {{"since", state.lock->since.time_since_epoch().count()},
                       {"message", state.lock->message},
                       {"user_id", state.lock->user_id}};
  }
  for (const RowKey& key : *state.held) {
    account["held"][entry_of(key.rows).resource].push_back(key.id);
  }
  for (const auto& [key, moment] : *state.changed) {
    account["changed"][entry_of(key.rows).resource][std::to_string(key.id)] =
        moment.time_since_epoch().count();
  }
  for (const auto& [id, maker] : *state.webhook_makers) {
    account["webhook_makers"][std::to_string(id)] = maker;
  }
  return account;
}

kit::Json Shops::snapshot() const {
  Json accounts = Json::array();
  for (const auto& [name, state] : accounts_->by_name) accounts.push_back(write_account(*state));
  return accounts;
}

void Shops::restore(const Json& accounts) {
  if (!accounts.is_array()) throw WorldError("", "expected a list of Shoper accounts");
  Accounts read;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const std::string pointer = fmt::format("/{}", i);
    State state = read_account(accounts[i], pointer);
    const std::string name = state.account;
    if (read.by_name.contains(name)) {
      throw WorldError(pointer + "/account",
                       fmt::format("there is an account \"{}\" already", name));
    }
    for (const StaticToken& token : state.credentials->tokens) {
      if (!read.by_token.emplace(token.token, name).second) {
        throw WorldError(pointer + "/credentials/tokens", "a token names one account only");
      }
    }
    for (const IssuedToken& token : *state.issued) read.by_token.emplace(token.token, name);
    read.by_name.emplace(name, kit::Cow<State>(std::move(state)));
  }
  accounts_ = kit::Cow<Accounts>(std::move(read));
}

}  // namespace atrapa::mocks::shoper
