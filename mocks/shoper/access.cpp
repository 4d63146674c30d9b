#include "mocks/shoper/access.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "mocks/kit/record_text.hpp"

namespace atrapa::mocks::shoper {
namespace {

constexpr std::array<std::string_view, 4> kSteps{"read", "create", "edit", "delete"};

std::string_view after(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view{};
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0 || text.size() > 4096) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  // OpenSSL counts the padding as bytes.
  const auto padding = static_cast<std::size_t>(std::count(text.end() - 2, text.end(), '='));
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

std::optional<Pair> pair_of(const std::vector<std::pair<std::string, std::string>>& parameters) {
  std::optional<std::string> name;
  std::optional<std::string> secret;
  for (const auto& [key, value] : parameters) {
    if (key == "client_id") name = value;
    if (key == "client_secret") secret = value;
  }
  if (!name || !secret) return std::nullopt;
  return Pair{*name, *secret};
}

std::string new_token(kit::Random& random) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "0123456789abcdef"[random.below(16)];
  return text;
}

std::chrono::seconds seconds(std::int64_t count) { return std::chrono::seconds{count}; }

/// Forgets what can never be used again.
void drop_expired(std::vector<IssuedToken>& issued, kit::Instant now) {
  std::erase_if(issued, [&](const IssuedToken& one) {
    return one.expires <= now && (!one.refresh || one.refresh_expires <= now);
  });
}

Reply grant(State& state, const Application& application, kit::Context& context) {
  const Settings& settings = *state.settings;
  IssuedToken token;
  token.token = new_token(context.random);
  token.refresh = new_token(context.random);
  token.owner = "app:" + application.id;
  token.expires = context.now + seconds(settings.oauth_access_seconds);
  token.refresh_expires = context.now + seconds(settings.oauth_refresh_seconds);
  token.scopes = application.scopes;
  std::string scope;
  if (token.scopes) scope = fmt::format("{}", fmt::join(*token.scopes, " "));
  std::string body = fmt::format(
      "{{\"access_token\":\"{}\",\"expires_in\":{},\"token_type\":\"bearer\",\"scope\":{},"
      "\"refresh_token\":\"{}\"}}",
      token.token, settings.oauth_access_seconds, kit::json_string(scope), *token.refresh);
  state.issued.write().push_back(std::move(token));
  return success(std::move(body));
}

/// The bucket with the capacity and leak of the present settings.
kit::LeakyBucket bucket_of(const State& state, const std::string& owner) {
  const auto known = state.buckets->find(owner);
  if (known != state.buckets->end()) return known->second;
  return kit::LeakyBucket(state.settings->limit, state.settings->bandwidth);
}

/// The names under which a resource's permissions go.
std::vector<std::string> areas(std::string_view resource) {
  std::string own(resource);
  std::replace(own.begin(), own.end(), '-', '_');
  std::vector<std::string> names{own};
  if (resource == "users") names.emplace_back("clients");
  if (resource == "product-stocks") names.emplace_back("products");
  if (resource == "order-products") names.emplace_back("orders");
  if (resource == "categories-tree") names.emplace_back("categories");
  if (resource.starts_with("collections-products")) names = {"collections"};
  if (resource.starts_with("warehouse-")) names.emplace_back("warehouses");
  return names;
}

std::size_t step_of(std::string_view verb) {
  if (verb == "POST") return 1;
  if (verb == "PUT" || verb == "PATCH") return 2;
  return verb == "DELETE" ? 3 : 0;
}

}  // namespace

Moving::Moving(State& state, std::string_view owner, kit::Instant now) : state_(state) {
  if (!state.config_set("warehouses_enabled")) return;
  const auto place = [&](const auto& rows, auto member, std::string_view name) {
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const auto& row) { return row.*member == name; });
    return found == rows.end() ? std::int64_t{0} : found - rows.begin() + 1;
  };
  const Credentials& known = *state.credentials;
  state.movement =
      Movement{.date = state.local_time(now),
               .admin_id = place(known.users, &PanelUser::login, after(owner, "user:")),
               .application_id = place(known.applications, &Application::id, after(owner, "app:"))};
}

std::string_view bearer_token(const kit::Request& request) {
  return after(request.headers.get("Authorization"), "Bearer ");
}

std::optional<Pair> basic_pair(const kit::Request& request) {
  const auto text = decode_base64(after(request.headers.get("Authorization"), "Basic "));
  if (!text) return std::nullopt;
  const std::size_t colon = text->find(':');
  if (colon == std::string::npos) return std::nullopt;
  return Pair{text->substr(0, colon), text->substr(colon + 1)};
}

std::optional<Pair> login_pair(const kit::Request& request, const kit::Target& target) {
  if (auto pair = basic_pair(request)) return pair;
  if (auto pair = pair_of(target.query)) return pair;
  const auto form = kit::parse_form(request.body);
  return form ? pair_of(*form) : std::nullopt;
}

bool knows_user(const State& state, const Pair& pair) {
  const auto& users = state.credentials->users;
  return std::any_of(users.begin(), users.end(), [&](const PanelUser& user) {
    return user.login == pair.name && user.password == pair.secret;
  });
}

bool knows_application(const State& state, const Pair& pair) {
  const auto& applications = state.credentials->applications;
  return std::any_of(applications.begin(), applications.end(), [&](const Application& one) {
    return one.id == pair.name && one.secret == pair.secret;
  });
}

bool holds_grant(const State& state, const std::string& application,
                 const std::vector<std::pair<std::string, std::string>>& parameters) {
  return std::any_of(parameters.begin(), parameters.end(), [&](const auto& parameter) {
    const auto& [name, value] = parameter;
    if (name == "code") {
      const auto& applications = state.credentials->applications;
      return std::any_of(applications.begin(), applications.end(), [&](const Application& one) {
        return one.id == application && one.code == value;
      });
    }
    return name == "refresh_token" &&
           std::any_of(state.issued->begin(), state.issued->end(), [&](const IssuedToken& one) {
             return one.refresh == value && one.owner == "app:" + application;
           });
  });
}

std::optional<Caller> caller_of(const State& state, std::string_view token, kit::Instant now) {
  for (const StaticToken& one : state.credentials->tokens) {
    if (one.token == token) return Caller{"token:" + one.token, one.scopes};
  }
  for (const IssuedToken& one : *state.issued) {
    if (one.token == token && one.expires > now) return Caller{one.owner, one.scopes};
  }
  return std::nullopt;
}

Reply issue_user_token(State& state, const std::string& login, kit::Context& context) {
  const std::int64_t life = state.settings->token_seconds;
  IssuedToken token;
  token.token = new_token(context.random);
  token.owner = "user:" + login;
  token.expires = context.now + seconds(life);
  std::string body = fmt::format(
      "{{\"access_token\":\"{}\",\"expires_in\":{},\"token_type\":\"bearer\"}}", token.token, life);
  auto& issued = state.issued.write();
  drop_expired(issued, context.now);
  if (state.settings->auth_cancels_former) {
    std::erase_if(issued, [&](const IssuedToken& one) { return one.owner == token.owner; });
  }
  issued.push_back(std::move(token));
  return success(std::move(body));
}

Reply issue_application_token(State& state, const std::string& application,
                              const std::vector<std::pair<std::string, std::string>>& parameters,
                              Language language, kit::Context& context) {
  const auto parameter = [&](std::string_view name) {
    std::string value;
    for (const auto& [key, one] : parameters) {
      if (key == name) value = one;
    }
    return value;
  };
  const auto is_it = [&](const Application& one) { return one.id == application; };
  const std::string kind = parameter("grant_type");
  drop_expired(state.issued.write(), context.now);
  if (kind == "authorization_code") {
    auto& applications = state.credentials.write().applications;
    const auto found = std::find_if(applications.begin(), applications.end(), is_it);
    if (!found->code || *found->code != parameter("code")) return invalid_grant(language);
    found->code.reset();
    return grant(state, *found, context);
  }
  if (kind == "refresh_token") {
    auto& issued = state.issued.write();
    const std::string refresh = parameter("refresh_token");
    const auto pair = std::find_if(issued.begin(), issued.end(), [&](const IssuedToken& one) {
      return one.refresh == refresh && one.owner == "app:" + application &&
             one.refresh_expires > context.now;
    });
    if (pair == issued.end()) return invalid_grant(language);
    issued.erase(pair);
    const auto& applications = state.credentials->applications;
    return grant(state, *std::find_if(applications.begin(), applications.end(), is_it), context);
  }
  return unsupported_grant(language);
}

kit::Admission admit(State& state, const std::string& owner, std::int64_t cost, kit::Instant now) {
  kit::LeakyBucket bucket = bucket_of(state, owner);
  kit::Admission admission = bucket.take(now, cost);
  if (admission.admitted) state.buckets.write().insert_or_assign(owner, bucket);
  if (!state.settings->throttle) admission.admitted = true;
  return admission;
}

void resize_buckets(State& state) {
  const Settings& settings = *state.settings;
  for (auto& [owner, bucket] : state.buckets.write()) {
    bucket = bucket.resized(settings.limit, settings.bandwidth);
  }
}

std::int64_t calls_of(const State& state, const std::string& owner, kit::Instant now) {
  return bucket_of(state, owner).calls(now);
}

std::optional<std::string> missing_scope(const Caller& caller, std::string_view resource,
                                         std::string_view verb) {
  if (!caller.scopes || granted_all(caller)) return std::nullopt;
  const std::size_t needed = step_of(verb);
  for (const std::string& area : areas(resource)) {
    for (std::size_t step = needed; step < kSteps.size(); ++step) {
      const std::string scope = fmt::format("{}_{}", area, kSteps[step]);
      if (std::find(caller.scopes->begin(), caller.scopes->end(), scope) != caller.scopes->end()) {
        return std::nullopt;
      }
    }
  }
  return fmt::format("{}_{}", areas(resource).back(), kSteps[needed]);
}

bool granted_all(const Caller& caller) {
  return caller.scopes && std::find(caller.scopes->begin(), caller.scopes->end(), kEveryScope) !=
                              caller.scopes->end();
}

bool is_internal(std::string_view resource) {
  return resource == "order-transactions" || resource == "order-refunds" ||
         resource == "payments-channels";
}

}  // namespace atrapa::mocks::shoper
