#include "core/ledger/db.hpp"
#include "core/ledger/ledger.hpp"

namespace atrapa::core {

namespace {

constexpr const char* kAllInstallations =
    "SELECT shop, url, state, auth_code, access_token, refresh_token, access_ends, login, password,"
    " token FROM installations ORDER BY shop";
constexpr const char* kOneInstallation =
    "SELECT shop, url, state, auth_code, access_token, refresh_token, access_ends, login, password,"
    " token FROM installations WHERE shop=?";

Installation read_installation(Query& query) {
  Installation installation;
  installation.shop = query.text();
  installation.url = query.text();
  installation.state = static_cast<Installation::State>(query.integer());
  ShopKeys& keys = installation.keys;
  keys.auth_code = query.text();
  keys.access_token = query.text();
  keys.refresh_token = query.text();
  if (const auto ends = query.optional_integer()) keys.access_ends = Instant(Duration(*ends));
  keys.login = query.text();
  keys.password = query.text();
  keys.token = query.text();
  return installation;
}

}  // namespace

void Ledger::put_installation(const Installation& installation, Instant at) {
  const ShopKeys& keys = installation.keys;
  Transaction transaction(*this);
  Query(*db_, "INSERT OR REPLACE INTO installations VALUES(?,?,?,?,?,?,?,?,?,?,?)")
      .bind(installation.shop, installation.url, static_cast<int>(installation.state),
            keys.auth_code, keys.access_token, keys.refresh_token, keys.access_ends, keys.login,
            keys.password, keys.token, at)
      .run();
  transaction.commit();
}

std::optional<Installation> Ledger::installation(std::string_view shop) const {
  Query query(*db_, kOneInstallation);
  if (!query.bind(shop).step()) return std::nullopt;
  return read_installation(query);
}

std::vector<Installation> Ledger::installations() const {
  std::vector<Installation> all;
  Query query(*db_, kAllInstallations);
  while (query.step()) all.push_back(read_installation(query));
  return all;
}

void Ledger::put_api_key(std::string_view login, std::string_view digest, Instant at) {
  Transaction transaction(*this);
  Query(*db_, "INSERT OR REPLACE INTO api_keys VALUES(?,?,?)").bind(login, digest, at).run();
  transaction.commit();
}

void Ledger::drop_api_key(std::string_view login) {
  Transaction transaction(*this);
  // The row stays, so that books which once had a user are never open to everybody again.
  Query(*db_, "UPDATE api_keys SET digest='' WHERE login=?").bind(login).run();
  transaction.commit();
}

std::optional<std::string> Ledger::api_key_digest(std::string_view login) const {
  Query query(*db_, "SELECT digest FROM api_keys WHERE login=? AND digest<>''");
  if (!query.bind(login).step()) return std::nullopt;
  return query.text();
}

bool Ledger::has_api_keys() const { return Query(*db_, "SELECT 1 FROM api_keys LIMIT 1").step(); }

}  // namespace atrapa::core
