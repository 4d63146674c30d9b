#include "mocks/base/backdoor.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "mocks/base/accounts.hpp"
#include "mocks/base/world_json.hpp"
#include "mocks/kit/world_error.hpp"

namespace atrapa::mocks::base {
namespace {

Accounts& accounts_of(kit::Platform& platform) {
  auto* accounts = dynamic_cast<Accounts*>(&platform);
  if (accounts == nullptr) throw std::logic_error("backdoor: this platform is not Base");
  return *accounts;
}

template <typename T>
std::int64_t plant_row(Rows<T>& rows, const kit::Json& json) {
  T row{};
  from_json(row, json, "");
  if (row.id == 0) return rows.add(std::move(row));
  const std::int64_t id = row.id;
  rows.put(std::move(row));
  return id;
}

}  // namespace

Backdoor::Backdoor(kit::Platform& base, std::string account)
    : base_(base), account_(std::move(account)) {
  const Accounts& accounts = accounts_of(base_);
  if (account_.empty()) account_ = accounts.only_account();
  if (accounts.find(account_) == nullptr) {
    throw kit::WorldError("/account", fmt::format("there is no account '{}'", account_));
  }
}

const State& Backdoor::look() const { return *accounts_of(base_).find(account_); }
State& Backdoor::change() { return *accounts_of(base_).find_to_write(account_); }

std::int64_t Backdoor::plant(std::string_view table, const kit::Json& row) {
  std::optional<std::int64_t> id;
  each_field(change(), [&](std::string_view, auto& family) {
    if constexpr (Described<std::decay_t<decltype(family)>>) {
      each_field(family, [&](std::string_view name, auto& rows) {
        if constexpr (requires { rows.take_id(); }) {
          if (name == table) id = plant_row(rows, row);
        }
      });
    }
  });
  if (!id) throw kit::WorldError("", fmt::format("there is no table '{}'", table));
  return *id;
}

void Backdoor::set(const kit::Json& settings) {
  State& state = change();
  read_settings(state.settings.write(), settings, "");
  state.limiters.write().clear();
}

}  // namespace atrapa::mocks::base
