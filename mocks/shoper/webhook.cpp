#include "mocks/kit/url.hpp"
#include "mocks/shoper/rows.hpp"

// webhooks: addresses that the shop tells its events. What it sends them is events.cpp.

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;
using kit::RecordWriter;

constexpr Rows kWebhooks = Rows::Webhooks;

const kit::Schema& webhooks() { return schema_of(kWebhooks); }

/// With setting `webhooks_visible` "own" an application sees what it made itself and nothing else
/// [unknown; inferred: everybody sees all].
bool is_visible(const Call& call, std::int64_t id) {
  if (!call.settings().webhooks_own_only || !call.owner.starts_with("app:")) return true;
  const auto maker = call.state.webhook_makers->find(id);
  return maker != call.state.webhook_makers->end() && maker->second == call.owner;
}

RecordPtr visible_row(const Call& call) {
  const std::int64_t id = call.id().value_or(0);
  return is_visible(call, id) ? call.state.find(kWebhooks, id) : nullptr;
}

/// Lists webhooks without their secrets [client].
Reply list_webhooks(Call& call) {
  const kit::Table& all = call.state.table(kWebhooks);
  kit::Table shown(webhooks(), {});
  all.each([&](const RecordPtr& row) {
    if (!is_visible(call, row->id())) return true;
    RecordWriter writer(webhooks(), *row);
    writer.clear(webhooks().at("secret"));
    shown.put(writer.finish(row->id()));
    return true;
  });
  return list_rows(call, shown, id_field_of(kWebhooks));
}

Reply read_webhook(Call& call) {
  const RecordPtr row = visible_row(call);
  if (row == nullptr) return not_found(call.language, call.settings());
  return success(std::string(row->wire()));
}

/// Deliveries go to an absolute http or https address [inferred]. Unknown events are refused by
/// their names [live].
void check_webhook(kit::Written& written) {
  const std::string_view raw = written.raw(webhooks(), "url");
  if (!raw.empty() && !kit::parse_url(kit::scalar_text(raw))) {
    written.problems.push_back({"url", kit::FieldFault::BadValue, "http://..."});
  }
}

/// Makes a webhook and remembers who did: an application's is signed with another key than a panel
/// user's [client]. Answers the bare id.
Reply create_webhook(Call& call) {
  auto body = read_body(call, webhooks(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_webhook(written);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  const std::int64_t id = call.state.table(kWebhooks).take_id();
  RecordWriter writer(webhooks());
  kit::write_values(written.values, writer);
  writer.fill();
  if (!writer.has("secret")) writer.set_text("secret", "");
  set_id(kWebhooks, writer, id);
  call.state.table(kWebhooks).put(writer.finish(id));
  call.state.webhook_makers.write()[id] = std::string(call.owner);
  return bare(id);
}

/// Changes the sent fields; who made it stays. Answers 1.
Reply update_webhook(Call& call) {
  const RecordPtr row = visible_row(call);
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, webhooks(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_webhook(written);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  RecordWriter writer(webhooks(), *row);
  kit::write_values(written.values, writer);
  call.state.table(kWebhooks).put(writer.finish(row->id()));
  return bare(1);
}

Reply remove_webhook(Call& call) {
  const RecordPtr row = visible_row(call);
  if (row == nullptr) return not_found(call.language, call.settings());
  call.state.table(kWebhooks).erase(row->id());
  call.state.webhook_makers.write().erase(row->id());
  return bare(1);
}

constexpr std::array kWebhookCalls{
    Handled{"GET /webapi/rest/webhooks", list_webhooks},
    Handled{"GET /webapi/rest/webhooks/{id}", read_webhook},
    Handled{"POST /webapi/rest/webhooks", create_webhook},
    Handled{"PUT /webapi/rest/webhooks/{id}", update_webhook},
    Handled{"DELETE /webapi/rest/webhooks/{id}", remove_webhook},
};

}  // namespace

std::span<const Handled> webhook_calls() { return kWebhookCalls; }

}  // namespace atrapa::mocks::shoper
