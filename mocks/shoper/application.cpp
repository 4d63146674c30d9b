#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mocks/kit/record_text.hpp"
#include "mocks/shoper/access.hpp"
#include "mocks/shoper/changes.hpp"
#include "mocks/shoper/rows.hpp"
#include "mocks/shoper/shop_time.hpp"

// application-lock and object-mtime: what keeps two writers apart.

namespace atrapa::mocks::shoper {
namespace {

const kit::Schema& lock_schema() { return contract().at("application-lock").schema; }

Reply yes() { return success("true"); }

/// The panel user's place among the shop's users, from 1 on; 0 for a token or an application
/// [inferred].
std::int64_t user_number(const State& state, std::string_view owner) {
  constexpr std::string_view kUser = "user:";
  if (!owner.starts_with(kUser)) return 0;
  const auto& users = state.credentials->users;
  const auto found = std::find_if(users.begin(), users.end(), [&](const PanelUser& user) {
    return user.login == owner.substr(kUser.size());
  });
  return found == users.end() ? 0 : found - users.begin() + 1;
}

/// {"locked": false}, or the lock: locked, date (unix seconds), message, user_id [doc].
Reply read_lock(Call& call) {
  const auto& lock = call.state.lock;
  if (!lock) return success("{\"locked\":false}");
  return success(fmt::format("{{\"locked\":true,\"date\":{},\"message\":{},\"user_id\":{}}}",
                             unix_seconds(lock->since), kit::json_string(lock->message),
                             lock->user_id));
}

Reply write_lock(Call& call, kit::WriteRules::Mode mode) {
  auto body = read_body(call, lock_schema(), mode);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  const kit::Written& written = std::get<kit::Written>(body);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  State& state = call.state;
  const std::string_view locked = written.raw(lock_schema(), "locked");
  if (locked == "false") {
    state.lock.reset();
    return yes();
  }
  const std::string_view message = written.raw(lock_schema(), "message");
  if (!state.lock && locked.empty()) return yes();
  if (!state.lock) {
    state.lock = PanelLock{call.context.now, {}, user_number(state, call.caller->owner)};
    // Nobody works in a locked panel.
    if (!state.held->empty()) state.held.write().clear();
  }
  if (!message.empty()) state.lock->message = kit::scalar_text(message);
  return yes();
}

/// Locks the administrators' panel, or unlocks it where `locked` is false; answers true [doc]. A
/// lock that stands keeps its date and owner [inferred].
Reply create_lock(Call& call) { return write_lock(call, kit::WriteRules::Mode::Create); }
/// Changes the lock; without `locked` only a message, and nothing where there is no lock
/// [inferred].
Reply update_lock(Call& call) { return write_lock(call, kit::WriteRules::Mode::Update); }
/// Unlocks; answers true, locked or not [doc; the latter inferred].
Reply remove_lock(Call& call) {
  call.state.lock.reset();
  return yes();
}

struct TimedObject {
  std::string_view name;
  Rows rows;
};
/// The names that sources spell [live].
constexpr std::array kTimedObjects{TimedObject{"product", Rows::Products},
                                   TimedObject{"order", Rows::Orders}};

/// What the rows themselves say of objects that no call has changed: a product's edit_date, the
/// latest date of an order [inferred].
kit::Instant last_date(const State& state, Rows rows, const kit::Record& row) {
  kit::Instant latest{};
  for (const std::string_view field : {"add_date", "edit_date", "date", "status_date"}) {
    const auto column = schema_of(rows).find(field);
    if (!column) continue;
    latest = std::max(latest, instant_of(state, row.text(*column)).value_or(kit::Instant{}));
  }
  return latest;
}

/// {"date": unix seconds of the object's last change} [live]; 404 for an object that is not there,
/// 501 for a kind that no source names [live: "501 when unsupported"].
Reply read_mtime(Call& call) {
  const auto kind =
      std::find_if(kTimedObjects.begin(), kTimedObjects.end(),
                   [&](const TimedObject& one) { return one.name == call.captures.get("object"); });
  if (kind == kTimedObjects.end()) return unsupported(call.language);
  const auto row = call.state.find(kind->rows, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  const auto noted = call.state.changed->find(RowKey{kind->rows, row->id()});
  const kit::Instant moment =
      noted != call.state.changed->end() ? noted->second : last_date(call.state, kind->rows, *row);
  return success(fmt::format("{{\"date\":{}}}", unix_seconds(moment)));
}

constexpr std::array kApplicationCalls{
    Handled{"GET /webapi/rest/application-lock", read_lock},
    Handled{"POST /webapi/rest/application-lock", create_lock},
    Handled{"PUT /webapi/rest/application-lock", update_lock},
    Handled{"DELETE /webapi/rest/application-lock", remove_lock},
    Handled{"GET /webapi/rest/object-mtime/{object}/{id}", read_mtime},
};

struct OwnedRows {
  Rows rows;
  std::string_view field;
  Rows owner;
};
constexpr std::array kOwnedRows{
    OwnedRows{Rows::ProductStocks, "product_id", Rows::Products},
    OwnedRows{Rows::ProductImages, "product_id", Rows::Products},
    OwnedRows{Rows::OrderProducts, "order_id", Rows::Orders},
    OwnedRows{Rows::OrderTransactions, "order_id", Rows::Orders},
    OwnedRows{Rows::Parcels, "order_id", Rows::Orders},
};

}  // namespace

bool is_held(const Call& call, std::string_view verb) {
  if ((verb != "PUT" && verb != "DELETE") || !call.rows || call.state.held->empty()) return false;
  const auto id = call.id();
  return id && call.state.held->contains(RowKey{*call.rows, *id});
}

std::vector<RowKey> objects_of(const State& state, Rows rows, std::int64_t id) {
  const kit::RecordPtr row = state.find(rows, id);
  if (row == nullptr) return {};
  if (rows == Rows::Products || rows == Rows::Orders) return {{rows, id}};
  for (const OwnedRows& owned : kOwnedRows) {
    if (owned.rows == rows) return {{owned.owner, id_of(rows, *row, owned.field)}};
  }
  return {};
}

void note_change(State& state, const RowKey& object, kit::Instant now) {
  if (state.has(object.rows, object.id)) {
    state.changed.write().insert_or_assign(object, now);
  } else if (state.changed->contains(object)) {
    state.changed.write().erase(object);
  }
}

void note_changes(const Call& call, std::string_view verb, const std::vector<RowKey>& before,
                  const Reply& reply) {
  if (!call.rows || !reply.ok() || verb == "GET" || verb == "HEAD") return;
  std::vector<RowKey> objects = before;
  const std::int64_t id =
      verb == "POST" ? kit::scalar_id(reply.body).value_or(0) : call.id().value_or(0);
  const std::vector<RowKey> after = objects_of(call.state, *call.rows, id);
  objects.insert(objects.end(), after.begin(), after.end());
  for (const RowKey& object : objects) note_change(call.state, object, call.context.now);
}

std::optional<Reply> mtime_without_id(const std::vector<std::string>& segments, Language language,
                                      const Settings& settings) {
  const bool asked = (segments.size() == 3 || segments.size() == 4) && segments[0] == "webapi" &&
                     segments[1] == "rest" && segments[2] == "object-mtime";
  if (!asked) return std::nullopt;
  return settings.mtime_without_id_is_500 ? server_error(language) : unsupported(language);
}

std::span<const Handled> application_calls() { return kApplicationCalls; }

}  // namespace atrapa::mocks::shoper
