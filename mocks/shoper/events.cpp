#include "mocks/shoper/events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mocks/shoper/signature.hpp"
#include "mocks/shoper/webhook_body.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;

/// The resources whose rows events are about.
struct Told {
  Rows rows;
  std::string_view resource;
  std::string_view create, edit, remove;
};
constexpr std::array kTold{
    Told{Rows::Categories, "categories", "category.create", "category.edit", "category.delete"},
    Told{Rows::Orders, "orders", "order.create", "order.edit", "order.delete"},
    Told{Rows::Users, "users", "client.create", "client.edit", "client.delete"},
    Told{Rows::Products, "products", "product.create", "product.edit", "product.delete"},
    Told{Rows::SpecialOffers, "specialoffers", "specialoffer.create", "specialoffer.edit",
         "specialoffer.delete"},
    Told{Rows::Subscribers, "subscribers", "subscriber.create", "subscriber.edit",
         "subscriber.delete"},
    Told{Rows::Parcels, "parcels", "parcel.create", "", "parcel.delete"},
};

bool is_active(const kit::Record& webhook) {
  return text_of(Rows::Webhooks, webhook, "active") == "1";
}

bool listens_to(const kit::Record& webhook, std::string_view event) {
  const auto names = kit::elements(raw_of(Rows::Webhooks, webhook, "events"));
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return kit::scalar_text(name) == event; });
}

/// What the shop signs a webhook's deliveries with: its secret, or for an application's one the key
/// made of it.
std::string key_of(const State& state, const kit::Record& webhook) {
  std::string secret = text_of(Rows::Webhooks, webhook, "secret");
  const auto maker = state.webhook_makers->find(webhook.id());
  if (maker == state.webhook_makers->end()) return secret;
  for (const Application& one : state.credentials->applications) {
    if (maker->second != "app:" + one.id) continue;
    return application_key(one.signing_secret(), state.license, secret);
  }
  return secret;
}

kit::Webhook delivery(const State& state, const kit::Record& webhook, const Event& event,
                      std::string body, bool xml) {
  const Settings& settings = *state.settings;
  kit::Webhook sent;
  sent.account = state.account;
  sent.event = event.name;
  sent.url = text_of(Rows::Webhooks, webhook, "url");
  sent.headers.add("Content-Type",
                   xml ? "application/xml; charset=utf-8" : "application/json; charset=utf-8");
  sent.headers.add("User-Agent", "Shop Webhook Sender " + settings.webhook_sender_version);
  sent.headers.add("X-Webhook-Id", std::to_string(webhook.id()));
  sent.headers.add("X-Webhook-Name", std::string(event.name));
  sent.headers.add("X-Webhook-SHA1", webhook_signature(webhook.id(), key_of(state, webhook), body));
  sent.headers.add("X-Shop-License", state.license);
  sent.headers.add("X-Shop-Domain", state.host);
  sent.headers.add("X-Shop-Version", settings.application_version);
  sent.body = std::move(body);
  return sent;
}

std::string object_text(const State& state, const Event& event, const ReadObject& read) {
  if (event.gone == nullptr) return read(event.rows, event.id);
  if (state.settings->webhook_delete_whole) return std::string(event.gone->wire());
  return fmt::format("{{\"{}\":{}}}", entry_of(event.rows).id_field.value(),
                     event.gone->raw(id_field_of(event.rows)));
}

/// Collects what happened between two states of a shop.
struct Difference {
  const State& before;
  const State& after;
  std::vector<Event> events;

  void tell(std::string_view name, Rows rows, std::int64_t id) {
    events.push_back({name, rows, id, {}});
  }

  void removed(const Told& told, std::int64_t id) {
    const RecordPtr row = before.find(told.rows, id);
    if (row == nullptr || after.has(told.rows, id)) return;
    events.push_back({told.remove, told.rows, id, row});
    if (told.rows != Rows::Categories) return;
    for (const RecordPtr& child :
         before.table(Rows::Categories).look_up("parent_id", std::to_string(id))) {
      removed(told, child->id());
    }
  }

  /// `written`: the order itself or a part of it was, whether or not anything changed.
  void order(std::int64_t id, bool written) {
    const RecordPtr now = after.find(Rows::Orders, id);
    const RecordPtr former = before.find(Rows::Orders, id);
    if (now == nullptr || former == nullptr) return;
    const auto raw = [](const kit::Record& row, std::string_view field) {
      return raw_of(Rows::Orders, row, field);
    };
    const bool moved = raw(*now, "status_id") != raw(*former, "status_id");
    if (written || moved) tell("order.edit", Rows::Orders, id);
    if (moved) tell("order.status", Rows::Orders, id);
    if (raw(*now, "is_paid") == "true" && raw(*former, "is_paid") != "true") {
      tell("order.paid", Rows::Orders, id);
    }
  }

  void product(std::int64_t id) {
    if (after.has(Rows::Products, id)) tell("product.edit", Rows::Products, id);
  }

  void parcel(std::int64_t id) {
    const RecordPtr now = after.find(Rows::Parcels, id);
    const RecordPtr former = before.find(Rows::Parcels, id);
    if (now == nullptr) return;
    const auto text = [](const RecordPtr& row, std::string_view field) {
      return row ? text_of(Rows::Parcels, *row, field) : std::string();
    };
    const bool sent = text(now, "sent") == "1" && text(former, "sent") != "1";
    const bool has_waybill =
        !text(now, "shipping_code").empty() && text(former, "shipping_code").empty();
    if (after.settings->dispatch_is_send ? sent : has_waybill) {
      tell("parcel.dispatch", Rows::Parcels, id);
    }
    if (sent) tell("parcel.send", Rows::Parcels, id);
  }

  /// The row that a part names, as it is or as it was.
  std::int64_t whole_of(Rows rows, std::int64_t id, std::string_view field) const {
    const RecordPtr row = after.has(rows, id) ? after.find(rows, id) : before.find(rows, id);
    return row ? id_of(rows, *row, field) : 0;
  }

  /// A write of what is no object of an event but belongs to one.
  void part(std::string_view resource, std::int64_t id) {
    if (resource == "order-products") order(whole_of(Rows::OrderProducts, id, "order_id"), true);
    if (resource == "order-transactions") {
      order(whole_of(Rows::OrderTransactions, id, "order_id"), true);
    }
    if (resource == "order-refunds") {
      const std::int64_t transaction = whole_of(Rows::OrderRefunds, id, "transaction_id");
      order(whole_of(Rows::OrderTransactions, transaction, "order_id"), true);
    }
    if (resource == "product-stocks" && after.settings->stock_write_is_event) {
      product(whole_of(Rows::ProductStocks, id, "product_id"));
    }
  }

  void object(const Told& told, std::string_view verb, std::int64_t id) {
    if (verb == "DELETE") {
      removed(told, id);
    } else if (verb == "POST") {
      if (after.has(told.rows, id)) tell(told.create, told.rows, id);
    } else if (told.rows != Rows::Orders && !told.edit.empty()) {
      if (after.has(told.rows, id)) tell(told.edit, told.rows, id);
    }
    if (told.rows == Rows::Orders && verb != "POST") order(id, true);
    if (told.rows == Rows::Parcels) {
      parcel(id);
      order(whole_of(Rows::Parcels, id, "order_id"), false);
    }
  }
};

}  // namespace

EventWatch::EventWatch(const State& state) {
  bool any = false;
  state.table(Rows::Webhooks).each([&](const RecordPtr& webhook) {
    any = is_active(*webhook);
    return !any;
  });
  if (any) before_ = state;
}

std::vector<Event> EventWatch::events(const State& after, std::string_view resource,
                                      std::string_view verb, std::int64_t id) const {
  if (!before_) return {};
  Difference difference{*before_, after, {}};
  const auto* told = std::find_if(kTold.begin(), kTold.end(),
                                  [&](const Told& one) { return one.resource == resource; });
  if (told != kTold.end()) {
    difference.object(*told, verb, id);
  } else {
    difference.part(resource, id);
  }
  return std::move(difference.events);
}

void announce(const State& state, const std::vector<Event>& events, const ReadObject& read,
              kit::Context& context) {
  for (const Event& event : events) {
    std::string text;  // Read once, and only where somebody listens.
    state.table(Rows::Webhooks).each([&](const RecordPtr& webhook) {
      if (!is_active(*webhook) || !listens_to(*webhook, event.name)) return true;
      if (text.empty()) text = object_text(state, event, read);
      const bool xml = text_of(Rows::Webhooks, *webhook, "format") == "1";
      const std::string_view object = event.name.substr(0, event.name.find('.'));
      std::string body = xml ? xml_body(text, object, *state.settings) : text;
      context.webhooks.push_back(delivery(state, *webhook, event, std::move(body), xml));
      return true;
    });
  }
}

}  // namespace atrapa::mocks::shoper
