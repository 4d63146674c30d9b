#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mocks/kit/dates.hpp"
#include "mocks/shoper/row_calls.hpp"
#include "mocks/shoper/rows.hpp"

// promotion-codes, subscribers, loyalty-events, payments-channels, redirects, progresses, news: a
// rule or two each on top of their contract.

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

Reply list_odds(Call& call) { return list_rows(call); }

/// A problem where another row has that value of an indexed field already [inferred].
void check_unique(Call& call, kit::Written& written, std::string_view field,
                  const kit::Record* before) {
  const std::string_view sent = written.raw(schema_of(*call.rows), field);
  if (sent.empty()) return;
  for (const RecordPtr& other :
       call.state.table(*call.rows).look_up(field, kit::scalar_text(sent))) {
    if (before == nullptr || other->id() != before->id()) {
      return written.problems.push_back({std::string(field), FieldFault::Taken, {}});
    }
  }
}

void set_now(Call& call, RecordWriter& writer, std::string_view field) {
  writer.set_text(field, call.state.local_time(call.context.now));
}

void check_promotion_code(Call& call, kit::Written& written, const kit::Record* before) {
  check_unique(call, written, "code", before);
}
constexpr RowRules kPromotionRules{.check = check_promotion_code};
Reply create_promotion(Call& call) { return create_row(call, kPromotionRules); }
Reply update_promotion(Call& call) { return update_row(call, kPromotionRules); }
Reply remove_promotion(Call& call) { return delete_row(call); }

void check_subscriber(Call& call, kit::Written& written, const kit::Record* before) {
  check_unique(call, written, "email", before);
}

/// A new subscriber joins the groups that add everybody [inferred from the flag's name].
void complete_subscriber(Call& call, const kit::Written&, RecordWriter& writer,
                         const kit::Record* before) {
  if (before != nullptr) return;
  set_now(call, writer, "dateadd");
  std::string groups = "[";
  call.state.table(Rows::SubscriberGroups).each([&](const RecordPtr& group) {
    if (text_of(Rows::SubscriberGroups, *group, "auto_add") == "1") {
      groups += fmt::format("{}{}", groups.size() > 1 ? "," : "", group->id());
    }
    return true;
  });
  writer.set("groups", groups + "]");
}
constexpr RowRules kSubscriberRules{.check = check_subscriber, .complete = complete_subscriber};
Reply create_subscriber(Call& call) { return create_row(call, kSubscriberRules); }
Reply update_subscriber(Call& call) { return update_row(call, kSubscriberRules); }
Reply remove_subscriber(Call& call) { return delete_row(call); }

/// `sum` is the customer's points with this event [inferred].
void complete_loyalty(Call& call, const kit::Written&, RecordWriter& writer, const kit::Record*) {
  kit::Decimal sum = number_of(writer, "score");
  const std::string user = writer.text("user_id");
  call.state.table(Rows::LoyaltyEvents).each([&](const RecordPtr& row) {
    if (text_of(Rows::LoyaltyEvents, *row, "user_id") == user) {
      sum = sum + number_of(Rows::LoyaltyEvents, *row, "score");
    }
    return true;
  });
  writer.set("sum", sum.text());
  set_now(call, writer, "date");
}

/// Gives or takes points; 400 while the programme is off [client], which is loyalty_enable.
Reply create_loyalty_event(Call& call) {
  if (!call.state.config_set("loyalty_enable")) {
    return refusal(400, "invalid_request", "Loyalty program is disabled");
  }
  return create_row(call, {.complete = complete_loyalty});
}

// --- payments/{payment_id}/channels

std::int64_t payment_of_path(const Call& call) {
  const auto id = kit::scalar_id(call.captures.get("payment_id"));
  return id && call.state.has(Rows::Payments, *id) ? *id : 0;
}

/// The row of the path, where it belongs to the path's payment; else null.
RecordPtr own_channel(const Call& call) {
  const RecordPtr row = call.state.find(Rows::PaymentsChannels, call.id().value_or(0));
  const std::int64_t payment = payment_of_path(call);
  const bool own =
      row && payment != 0 && id_of(Rows::PaymentsChannels, *row, "payment_id") == payment;
  return own ? row : nullptr;
}

Reply list_channels(Call& call) {
  const std::int64_t payment = payment_of_path(call);
  if (payment == 0) return not_found(call.language, call.settings());
  return list_page(call, [&](kit::Selection selection, std::size_t skip, std::size_t limit) {
    selection.conditions.push_back({{"payment_id"}, kit::Compare::Equal, std::to_string(payment)});
    return kit::select_page(call.state.table(Rows::PaymentsChannels),
                            id_field_of(Rows::PaymentsChannels), selection, skip, limit);
  });
}

Reply get_channel(Call& call) {
  const RecordPtr row = own_channel(call);
  if (row == nullptr) return not_found(call.language, call.settings());
  return success(std::string(row->wire()));
}

void complete_channel(Call& call, const kit::Written&, RecordWriter& writer, const kit::Record*) {
  writer.set_text("payment_id", std::to_string(payment_of_path(call)));
}
constexpr RowRules kChannelRules{.complete = complete_channel};
Reply create_channel(Call& call) {
  if (payment_of_path(call) == 0) return not_found(call.language, call.settings());
  return create_row(call, kChannelRules);
}
Reply update_channel(Call& call) {
  if (own_channel(call) == nullptr) return not_found(call.language, call.settings());
  return update_row(call, kChannelRules);
}
Reply remove_channel(Call& call) {
  if (own_channel(call) == nullptr) return not_found(call.language, call.settings());
  return delete_row(call);
}

// --- redirects

/// What `object_id` names, by `type` from 1 to 6 [client].
constexpr std::array kRedirectTargets{Rows::Products,   Rows::Categories, Rows::Producers,
                                      Rows::AboutPages, Rows::News,       Rows::NewsCategories};

/// Type 0 needs a target of its own [client]; the others an object that exists [inferred].
void check_redirect(Call& call, kit::Written& written, const kit::Record* before) {
  const kit::Schema& schema = schema_of(Rows::Redirects);
  const auto text = [&](std::string_view field) {
    const std::string_view sent = written.raw(schema, field);
    if (!sent.empty()) return kit::scalar_text(sent);
    return before ? text_of(Rows::Redirects, *before, field) : std::string();
  };
  const std::string type = text("type");
  if (type == "0") {
    if (text("target").empty()) written.problems.push_back({"target", FieldFault::Missing, {}});
  } else if (type.size() == 1 && type[0] >= '1' && type[0] <= '6') {
    const Rows target = kRedirectTargets[static_cast<std::size_t>(type[0] - '1')];
    const std::string object = text("object_id");
    if (object.empty() || object == "0") {
      written.problems.push_back({"object_id", FieldFault::Missing, {}});
    } else if (!call.state.has(target, kit::scalar_id(kit::json_string(object)).value_or(0))) {
      written.problems.push_back({"object_id", FieldFault::NotFound, {}});
    }
  }
}
constexpr RowRules kRedirectRules{.check = check_redirect};
Reply create_redirect(Call& call) { return create_row(call, kRedirectRules); }
Reply update_redirect(Call& call) { return update_row(call, kRedirectRules); }

// --- progresses, news

/// `added` is when it was made, `eta_update` when its eta was written last [inferred].
void complete_progress(Call& call, const kit::Written& written, RecordWriter& writer,
                       const kit::Record* before) {
  if (before == nullptr) set_now(call, writer, "added");
  if (written.find(writer.schema(), "eta") != nullptr) set_now(call, writer, "eta_update");
}
constexpr RowRules kProgressRules{.complete = complete_progress};
Reply create_progress(Call& call) { return create_row(call, kProgressRules); }
Reply update_progress(Call& call) { return update_row(call, kProgressRules); }

void complete_comment(Call& call, const kit::Written&, RecordWriter& writer, const kit::Record*) {
  if (!writer.has("date")) set_now(call, writer, "date");
}
Reply create_comment(Call& call) { return create_row(call, {.complete = complete_comment}); }

/// Bytes that a text in base64 stands for.
std::size_t decoded_size(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  return text.size() * 3 / 4;
}

/// A file is known by its name; its content is taken and measured, never shown [inferred].
void complete_news_file(Call& call, const kit::Written& written, RecordWriter& writer,
                        const kit::Record* before) {
  if (before == nullptr) {
    set_now(call, writer, "date_add");
    writer.set_text("file_name", writer.text("name"));
  }
  const std::string_view content = written.raw(writer.schema(), "content");
  if (content.empty()) return;
  writer.set_text("file_size", std::to_string(decoded_size(kit::scalar_text(content))));
  writer.clear(writer.schema().at("content"));
}
constexpr RowRules kNewsFileRules{.complete = complete_news_file};
Reply create_news_file(Call& call) { return create_row(call, kNewsFileRules); }
Reply update_news_file(Call& call) { return update_row(call, kNewsFileRules); }

constexpr std::array kMarketingCalls{
    Handled{"GET /webapi/rest/promotion-codes", list_odds},
    Handled{"GET /webapi/rest/promotion-codes/{id}", get_row},
    Handled{"POST /webapi/rest/promotion-codes", create_promotion},
    Handled{"PUT /webapi/rest/promotion-codes/{id}", update_promotion},
    Handled{"DELETE /webapi/rest/promotion-codes/{id}", remove_promotion},
    Handled{"GET /webapi/rest/subscribers", list_odds},
    Handled{"GET /webapi/rest/subscribers/{id}", get_row},
    Handled{"POST /webapi/rest/subscribers", create_subscriber},
    Handled{"PUT /webapi/rest/subscribers/{id}", update_subscriber},
    Handled{"DELETE /webapi/rest/subscribers/{id}", remove_subscriber},
    Handled{"GET /webapi/rest/loyalty-events", list_odds},
    Handled{"GET /webapi/rest/loyalty-events/{id}", get_row},
    Handled{"POST /webapi/rest/loyalty-events", create_loyalty_event},
    Handled{"GET /webapi/rest/payments/{payment_id}/channels", list_channels},
    Handled{"GET /webapi/rest/payments/{payment_id}/channels/{id}", get_channel},
    Handled{"POST /webapi/rest/payments/{payment_id}/channels", create_channel},
    Handled{"PUT /webapi/rest/payments/{payment_id}/channels/{id}", update_channel},
    Handled{"DELETE /webapi/rest/payments/{payment_id}/channels/{id}", remove_channel},
    Handled{"POST /webapi/rest/redirects", create_redirect},
    Handled{"PUT /webapi/rest/redirects/{id}", update_redirect},
    Handled{"POST /webapi/rest/progresses", create_progress},
    Handled{"PUT /webapi/rest/progresses/{id}", update_progress},
    Handled{"POST /webapi/rest/news-comments", create_comment},
    Handled{"POST /webapi/rest/news-files", create_news_file},
    Handled{"PUT /webapi/rest/news-files/{id}", update_news_file},
};

}  // namespace

std::span<const Handled> marketing_calls() { return kMarketingCalls; }

}  // namespace atrapa::mocks::shoper
