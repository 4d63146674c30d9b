#include "mocks/kit/webhook_sender.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "mocks/kit/url.hpp"

namespace atrapa::mocks::kit {

namespace {

constexpr std::array kDeliveryFaults{DeliveryFaultKind::Lost, DeliveryFaultKind::Doubled,
                                     DeliveryFaultKind::Late};

/// Why nothing may be posted there, or "".
std::string_view objection(const std::optional<Url>& url, bool any_address) {
  if (!url) return "not an absolute http address";
  if (!any_address && !is_loopback(url->host)) return "not a loopback address";
  return {};
}

Delivery delivery_of(std::string_view platform, const Webhook& webhook, Instant now,
                     const std::optional<Url>& url) {
  return {.number = 0,
          .at = now,
          .platform = std::string(platform),
          .account = webhook.account,
          .event = webhook.event,
          .url = webhook.url,
          .request = {.method = webhook.verb,
                      .target = url ? url->target : std::string(),
                      .headers = webhook.headers,
                      .body = webhook.body},
          .status = 0,
          .outcome = {}};
}

void enter(std::vector<Delivery> deliveries, Journal& journal) {
  for (Delivery& delivery : deliveries) journal.add(std::move(delivery));
}

}  // namespace

std::string_view to_string(DeliveryFaultKind kind) {
  switch (kind) {
    case DeliveryFaultKind::Lost: return "lost";
    case DeliveryFaultKind::Doubled: return "doubled";
    case DeliveryFaultKind::Late: return "late";
  }
  throw std::logic_error("a DeliveryFaultKind outside of its enumeration");
}

std::optional<DeliveryFaultKind> delivery_fault_kind(std::string_view name) {
  for (const DeliveryFaultKind kind : kDeliveryFaults) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

WebhookSender::WebhookSender(Post post, WebhookSenderOptions options)
    : post_(std::move(post)), options_(std::move(options)) {
  if (options_.attempts < 1) {
    throw std::logic_error(fmt::format("a webhook sender of {} attempts", options_.attempts));
  }
}

void WebhookSender::arm(DeliveryFaultPlan plan) {
  const std::lock_guard lock(mutex_);
  plan_ = std::move(plan);
  since_armed_ = 0;
}

std::optional<DeliveryFault> WebhookSender::next_fault() {
  const std::lock_guard lock(mutex_);
  const auto planned = std::ranges::find(plan_, since_armed_++, &DeliveryFault::delivery);
  if (planned == plan_.end()) return std::nullopt;
  return *planned;
}

std::vector<WebhookSender::Late> WebhookSender::take_ripe() {
  const std::lock_guard lock(mutex_);
  std::vector<Late> ripe;
  for (Late& late : late_) {
    if (late.ahead > 0) --late.ahead;
    if (late.ahead == 0) ripe.push_back(std::move(late));
  }
  std::erase_if(late_, [](const Late& late) { return late.ahead == 0; });
  return ripe;
}

void WebhookSender::post(std::string_view platform, const Webhook& webhook, Instant now,
                         std::string_view delivered, std::vector<Delivery>& deliveries) const {
  const std::optional<Url> url = parse_url(webhook.url);
  Delivery delivery = delivery_of(platform, webhook, now, url);
  if (const auto reason = objection(url, options_.any_address); !reason.empty()) {
    delivery.outcome = fmt::format("refused: {}", reason);
    deliveries.push_back(std::move(delivery));
    return;
  }
  for (int attempt = 0; attempt < options_.attempts; ++attempt) {
    delivery.status = post_(webhook.url, delivery.request);
    const bool arrived = delivery.status >= 200 && delivery.status < 300;
    delivery.outcome = arrived                ? std::string(delivered)
                       : delivery.status == 0 ? "no answer"
                                              : fmt::format("answered {}", delivery.status);
    deliveries.push_back(delivery);
    if (arrived) return;
  }
}

void WebhookSender::tell(const std::vector<Delivery>& deliveries) const {
  for (const Delivery& delivery : deliveries) options_.told(delivery);
}

std::vector<Delivery> WebhookSender::send(std::string_view platform, const Webhook& webhook,
                                          Instant now) {
  const std::optional<DeliveryFault> fault = next_fault();
  if (fault && fault->kind == DeliveryFaultKind::Late && fault->behind > 0) {
    const std::lock_guard lock(mutex_);
    late_.push_back({std::string(platform), webhook, fault->behind + 1});
  }

  std::vector<Delivery> deliveries;
  if (!fault) {
    post(platform, webhook, now, "delivered", deliveries);
  } else {
    switch (fault->kind) {
      case DeliveryFaultKind::Lost:
        deliveries.push_back(delivery_of(platform, webhook, now, parse_url(webhook.url)));
        deliveries.back().outcome = "lost";
        break;
      case DeliveryFaultKind::Doubled:
        post(platform, webhook, now, "delivered", deliveries);
        post(platform, webhook, now, "delivered again", deliveries);
        break;
      case DeliveryFaultKind::Late:
        if (fault->behind == 0) post(platform, webhook, now, "delivered", deliveries);
        break;
    }
  }
  for (const Late& late : take_ripe()) {
    post(late.platform, late.webhook, now, "delivered late", deliveries);
  }
  tell(deliveries);
  return deliveries;
}

std::vector<Delivery> WebhookSender::send_held_back(Instant now) {
  std::deque<Late> held;
  {
    const std::lock_guard lock(mutex_);
    held.swap(late_);
  }
  std::vector<Delivery> deliveries;
  for (const Late& late : held) {
    post(late.platform, late.webhook, now, "delivered late", deliveries);
  }
  tell(deliveries);
  return deliveries;
}

void WebhookSender::send_due(Host& host) {
  for (const Webhook& webhook : host.take_webhooks()) {
    enter(send(host.platform().name(), webhook, host.now()), host.journal());
  }
}

void WebhookSender::send_held_back(Host& host) {
  enter(send_held_back(host.now()), host.journal());
}

}  // namespace atrapa::mocks::kit
