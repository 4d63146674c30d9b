#include "mocks/shoper/backdoor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "mocks/kit/record_text.hpp"
#include "mocks/kit/world_error.hpp"
#include "mocks/shoper/access.hpp"
#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/changes.hpp"
#include "mocks/shoper/shops.hpp"
#include "mocks/shoper/world.hpp"

namespace atrapa::mocks::shoper {
namespace {

Shops& shops_of(kit::Platform& platform) {
  auto* shops = dynamic_cast<Shops*>(&platform);
  if (shops == nullptr) throw std::logic_error("backdoor: not a platform of make_shoper()");
  return *shops;
}

State& to_write(kit::Platform& platform, const std::string& account) {
  State* state = shops_of(platform).find_to_write(account);
  if (state == nullptr) throw kit::WorldError("", fmt::format("no Shoper account \"{}\"", account));
  return *state;
}

const State& to_read(kit::Platform& platform, const std::string& account) {
  const State* state = shops_of(platform).find(account);
  if (state == nullptr) throw kit::WorldError("", fmt::format("no Shoper account \"{}\"", account));
  return *state;
}

Rows known(std::string_view resource) {
  if (const auto rows = rows_of(resource)) return *rows;
  throw kit::WorldError(fmt::format("/{}", resource), "no resource with rows of its own");
}

}  // namespace

Backdoor::Backdoor(kit::Platform& shoper, std::string account)
    : shoper_(shoper), account_(std::move(account)) {}

std::int64_t Backdoor::plant(std::string_view resource, const kit::Json& row, kit::Instant now) {
  State& state = to_write(shoper_, account_);
  Planting planting;
  const std::int64_t id = plant_row(state, known(resource), row, fmt::format("/{}", resource),
                                    state.local_time(now), planting);
  finish_planting(state, planting);
  for (const RowKey& object : objects_of(state, known(resource), id)) {
    note_change(state, object, now);
  }
  return id;
}

void Backdoor::edit(std::string_view resource, std::int64_t id, const kit::Json& fields) {
  edit_row(to_write(shoper_, account_), known(resource), id, fields, fmt::format("/{}", resource));
}

void Backdoor::remove(std::string_view resource, std::int64_t id) {
  if (remove_row(to_write(shoper_, account_), known(resource), id)) return;
  throw kit::WorldError(fmt::format("/{}/{}", resource, id), "there is no such row");
}

bool Backdoor::has(std::string_view resource, std::int64_t id) const {
  return to_read(shoper_, account_).has(known(resource), id);
}

std::optional<kit::Json> Backdoor::row(std::string_view resource, std::int64_t id) const {
  const kit::RecordPtr row = to_read(shoper_, account_).find(known(resource), id);
  if (row == nullptr) return std::nullopt;
  return kit::Json::parse(row->wire());
}

std::vector<std::int64_t> Backdoor::ids(std::string_view resource) const {
  std::vector<std::int64_t> all;
  to_read(shoper_, account_).table(known(resource)).each([&](const kit::RecordPtr& row) {
    all.push_back(row->id());
    return true;
  });
  return all;
}

std::string Backdoor::text(std::string_view resource, std::int64_t id,
                           std::string_view field) const {
  const Rows rows = known(resource);
  const kit::RecordPtr row = to_read(shoper_, account_).find(rows, id);
  const std::string place = fmt::format("/{}/{}", resource, id);
  if (row == nullptr) throw kit::WorldError(place, "there is no such row");
  if (const auto index = schema_of(rows).find(field)) return row->text(*index);
  // A dotted name reaches into an embedded object: "stock.stock_id".
  std::string_view raw = row->wire();
  std::string_view rest = field;
  while (!rest.empty()) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    raw = kit::member(raw, rest.substr(0, dot));
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  if (raw.empty()) throw kit::WorldError(fmt::format("{}/{}", place, field), "no such field");
  return kit::scalar_text(raw);
}

void Backdoor::hold(std::string_view resource, std::int64_t id) {
  State& state = to_write(shoper_, account_);
  const RowKey key{known(resource), id};
  const std::string place = fmt::format("/{}/{}", resource, id);
  if (!state.has(key.rows, id)) throw kit::WorldError(place, "there is no such row");
  if (state.lock) throw kit::WorldError(place, "the panel is locked: nobody can hold anything");
  state.held.write().insert(key);
}

void Backdoor::release(std::string_view resource, std::int64_t id) {
  to_write(shoper_, account_).held.write().erase(RowKey{known(resource), id});
}

void Backdoor::configure(const kit::Json& config) {
  State& state = to_write(shoper_, account_);
  write_config(state, config, "/config");
  align_warehouses(state);
}

void Backdoor::offer_code(std::string_view application, const std::string& code) {
  for (Application& one : to_write(shoper_, account_).credentials.write().applications) {
    if (one.id != application) continue;
    one.code = code;
    return;
  }
  throw kit::WorldError("/credentials/applications",
                        fmt::format("no application \"{}\"", application));
}

void Backdoor::revoke(std::string_view application) {
  State& state = to_write(shoper_, account_);
  for (Application& one : state.credentials.write().applications) {
    if (one.id == application) one.code.reset();
  }
  const std::string owner = fmt::format("app:{}", application);
  std::erase_if(state.issued.write(), [&](const IssuedToken& one) { return one.owner == owner; });
}

std::vector<std::string> Backdoor::tokens_of(std::string_view application) const {
  const std::string owner = fmt::format("app:{}", application);
  std::vector<std::string> tokens;
  for (const IssuedToken& one : *to_read(shoper_, account_).issued) {
    if (one.owner == owner) tokens.push_back(one.token);
  }
  return tokens;
}

void Backdoor::set(const kit::Json& settings) {
  State& state = to_write(shoper_, account_);
  read_settings(state.settings.write(), settings, "/settings");
  resize_buckets(state);
}

}  // namespace atrapa::mocks::shoper
