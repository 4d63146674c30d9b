#include "core/ledger/profiles.hpp"

#include "core/ledger/db.hpp"

namespace atrapa::core {

namespace {

constexpr const char* kSellerNip = "seller.nip";
constexpr const char* kLargeSeller = "seller.large";
constexpr const char* kSmallSales = "seller.small_sales";

constexpr std::int64_t kRefusedKept = 1000;

Profile read_profile(Query& query) {
  Profile profile;
  profile.id = query.text();
  profile.program = query.text();
  profile.label = query.text();
  profile.state = static_cast<Profile::State>(query.integer());
  profile.token = query.text();
  profile.secret = query.text();
  profile.settings = query.text();
  profile.made_at = query.instant();
  return profile;
}

std::vector<InboundEvent> read_events(Query& query) {
  std::vector<InboundEvent> all;
  while (query.step()) {
    InboundEvent event;
    event.id = query.integer();
    event.integration = query.text();
    event.kind = query.text();
    event.external_id = query.text();
    event.received_at = query.instant();
    event.state = static_cast<InboundEvent::State>(query.integer());
    event.text = query.text();
    all.push_back(std::move(event));
  }
  return all;
}

std::vector<Contractor> read_contractors(const Ledger& ledger, Query& query) {
  std::vector<Contractor> all;
  while (query.step()) {
    Contractor one;
    one.id = query.integer();
    one.name = query.text();
    one.nip = query.text();
    one.email = query.text();
    one.phone = query.text();
    one.login = query.text();
    all.push_back(std::move(one));
  }
  for (Contractor& one : all) one.party = read_party(ledger.db(), "contractor", one.id);
  return all;
}

std::vector<Delivery> read_deliveries(Query& query) {
  std::vector<Delivery> all;
  while (query.step()) {
    Delivery delivery;
    delivery.document = query.integer();
    delivery.integration = query.text();
    delivery.state = static_cast<Delivery::State>(query.integer());
    delivery.external_id = query.text();
    delivery.text = query.text();
    all.push_back(std::move(delivery));
  }
  return all;
}

}  // namespace

void put_profile(Ledger& ledger, const Profile& profile) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(),
        "INSERT INTO profiles(id, program, label, state, token, secret, settings, made_at)"
        " VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET label=excluded.label,"
        " state=excluded.state, token=excluded.token, secret=excluded.secret,"
        " settings=excluded.settings")
      .bind(profile.id, profile.program, profile.label, static_cast<int>(profile.state),
            profile.token, profile.secret, profile.settings, profile.made_at)
      .run();
  transaction.commit();
}

void drop_profile(Ledger& ledger, std::string_view id) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(), "DELETE FROM profiles WHERE id=?").bind(id).run();
  transaction.commit();
}

std::optional<Profile> profile(const Ledger& ledger, std::string_view id) {
  Query query(ledger.db(),
              "SELECT id, program, label, state, token, secret, settings, made_at FROM profiles"
              " WHERE id=?");
  if (!query.bind(id).step()) return std::nullopt;
  return read_profile(query);
}

std::vector<Profile> profiles(const Ledger& ledger, std::string_view program) {
  std::vector<Profile> all;
  Query query(ledger.db(),
              "SELECT id, program, label, state, token, secret, settings, made_at FROM profiles"
              " WHERE ?='' OR program=? ORDER BY position");
  query.bind(program, program);
  while (query.step()) all.push_back(read_profile(query));
  return all;
}

void put_seller(Ledger& ledger, const Seller& seller) {
  Ledger::Transaction transaction(ledger);
  ledger.set_setting("", kSellerNip, seller.nip);
  ledger.set_setting("", kLargeSeller, seller.large ? "1" : "0");
  ledger.set_setting("", kSmallSales, seller.small_sales ? "1" : "0");
  transaction.commit();
}

Seller seller(const Ledger& ledger) {
  return {.nip = ledger.setting("", kSellerNip).value_or(""),
          .large = ledger.setting("", kLargeSeller) == "1",
          .small_sales = ledger.setting("", kSmallSales) == "1"};
}

std::int64_t add_event(Ledger& ledger, const InboundEvent& event) {
  Ledger::Transaction transaction(ledger);
  Query filed(ledger.db(),
              "INSERT INTO events(integration, kind, external_id, received_at, state, text)"
              " VALUES(?,?,?,?,?,?) RETURNING id");
  filed
      .bind(event.integration, event.kind, event.external_id, event.received_at,
            static_cast<int>(event.state), event.text)
      .step();
  const std::int64_t id = filed.integer();
  while (filed.step()) {
  }
  if (event.state == InboundEvent::State::Refused) {
    // Anybody can call: of what was refused only the newest is kept.
    Query(ledger.db(), "DELETE FROM events WHERE state=3 AND id<=?").bind(id - kRefusedKept).run();
  }
  transaction.commit();
  return id;
}

void settle_event(Ledger& ledger, std::int64_t id, InboundEvent::State state,
                  std::string_view text) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(), "UPDATE events SET state=?, text=? WHERE id=?")
      .bind(static_cast<int>(state), text, id)
      .run();
  transaction.commit();
}

std::vector<InboundEvent> pending_events(const Ledger& ledger, std::string_view integration) {
  Query query(ledger.db(),
              "SELECT id, integration, kind, external_id, received_at, state, text FROM events"
              " WHERE state=0 AND integration=? ORDER BY id");
  return read_events(query.bind(integration));
}

std::vector<InboundEvent> events(const Ledger& ledger) {
  Query query(ledger.db(),
              "SELECT id, integration, kind, external_id, received_at, state, text FROM events"
              " ORDER BY id");
  return read_events(query);
}

std::int64_t add_contractor(Ledger& ledger, const Contractor& contractor) {
  Ledger::Transaction transaction(ledger);
  Query filed(ledger.db(),
              "INSERT INTO contractors(name, nip, email, phone, login) VALUES(?,?,?,?,?)"
              " RETURNING id");
  filed.bind(contractor.name, contractor.nip, contractor.email, contractor.phone, contractor.login)
      .step();
  const std::int64_t id = filed.integer();
  while (filed.step()) {
  }
  put_party(ledger.db(), "contractor", id, contractor.party);
  transaction.commit();
  return id;
}

void update_contractor(Ledger& ledger, const Contractor& contractor) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(), "UPDATE contractors SET name=?, nip=?, email=?, phone=?, login=? WHERE id=?")
      .bind(contractor.name, contractor.nip, contractor.email, contractor.phone, contractor.login,
            contractor.id)
      .run();
  Query(ledger.db(), "DELETE FROM parties WHERE owner='contractor' AND id=?")
      .bind(contractor.id)
      .run();
  put_party(ledger.db(), "contractor", contractor.id, contractor.party);
  transaction.commit();
}

std::vector<Contractor> contractors(const Ledger& ledger) {
  Query query(ledger.db(),
              "SELECT id, name, nip, email, phone, login FROM contractors ORDER BY id");
  return read_contractors(ledger, query);
}

std::optional<Contractor> contractor(const Ledger& ledger, std::int64_t id) {
  Query query(ledger.db(), "SELECT id, name, nip, email, phone, login FROM contractors WHERE id=?");
  auto found = read_contractors(ledger, query.bind(id));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Contractor> contractors_of_name(const Ledger& ledger, std::string_view name) {
  Query query(ledger.db(),
              "SELECT id, name, nip, email, phone, login FROM contractors WHERE name=?"
              " ORDER BY id");
  return read_contractors(ledger, query.bind(name));
}

std::vector<Contractor> contractors_of_nip(const Ledger& ledger, std::string_view nip) {
  Query query(ledger.db(),
              "SELECT id, name, nip, email, phone, login FROM contractors WHERE nip=?"
              " ORDER BY id");
  return read_contractors(ledger, query.bind(nip));
}

void put_delivery(Ledger& ledger, const Delivery& delivery, Instant at) {
  Ledger::Transaction transaction(ledger);
  Query(ledger.db(), "INSERT OR REPLACE INTO deliveries VALUES(?,?,?,?,?,?)")
      .bind(delivery.document, delivery.integration, static_cast<int>(delivery.state),
            delivery.external_id, delivery.text, at)
      .run();
  transaction.commit();
}

std::optional<Delivery> delivery_of(const Ledger& ledger, std::int64_t document) {
  Query query(ledger.db(),
              "SELECT document, integration, state, external_id, text FROM deliveries"
              " WHERE document=?");
  auto found = read_deliveries(query.bind(document));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Delivery> open_deliveries(const Ledger& ledger, std::string_view integration) {
  Query query(ledger.db(),
              "SELECT document, integration, state, external_id, text FROM deliveries"
              " WHERE integration=? AND state<2 ORDER BY document");
  return read_deliveries(query.bind(integration));
}

std::vector<Delivery> deliveries(const Ledger& ledger) {
  Query query(ledger.db(),
              "SELECT document, integration, state, external_id, text FROM deliveries"
              " ORDER BY document");
  return read_deliveries(query);
}

}  // namespace atrapa::core
