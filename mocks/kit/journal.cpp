#include "mocks/kit/journal.hpp"

#include <utility>

#include "mocks/kit/redact.hpp"

namespace atrapa::mocks::kit {

namespace {

/// What a text takes outside of its own object; short ones lie inside of it.
std::size_t weight(const std::string& text) { return text.size() < 16 ? 0 : text.size() + 16; }

std::size_t weight(const Headers& headers) {
  std::size_t bytes = headers.size() * sizeof(Header);
  for (const Header& field : headers) bytes += weight(field.name) + weight(field.value);
  return bytes;
}

std::size_t weight(const Request& request) {
  return weight(request.method) + weight(request.target) + weight(request.headers) +
         weight(request.body);
}

std::size_t weight(const Exchange& exchange) {
  return sizeof(Exchange) + weight(exchange.platform) + weight(exchange.account) +
         weight(exchange.request) + weight(exchange.response.headers) +
         weight(exchange.response.body) + weight(exchange.note);
}

std::size_t weight(const Delivery& delivery) {
  return sizeof(Delivery) + weight(delivery.platform) + weight(delivery.account) +
         weight(delivery.event) + weight(delivery.url) + weight(delivery.request) +
         weight(delivery.outcome);
}

}  // namespace

void Journal::add(Exchange exchange) {
  exchange.number = ++exchanges_seen_;
  if (max_bytes_ == 0) return;
  redact(exchange.request);
  redact(exchange.response);
  const std::size_t bytes = weight(exchange);
  if (!make_room(bytes)) return;
  exchanges_.push_back(std::move(exchange));
  kept_.push_back({Kind::Exchange, bytes});
}

void Journal::add(Delivery delivery) {
  delivery.number = ++deliveries_seen_;
  if (max_bytes_ == 0) return;
  redact(delivery.request);
  delivery.url = redacted_target(delivery.url);
  const std::size_t bytes = weight(delivery);
  if (!make_room(bytes)) return;
  deliveries_.push_back(std::move(delivery));
  kept_.push_back({Kind::Delivery, bytes});
}

bool Journal::make_room(std::size_t bytes) {
  if (bytes > max_bytes_) return false;
  while (bytes_ + bytes > max_bytes_) {
    switch (kept_.front().kind) {
      case Kind::Exchange: exchanges_.pop_front(); break;
      case Kind::Delivery: deliveries_.pop_front(); break;
    }
    bytes_ -= kept_.front().bytes;
    kept_.pop_front();
  }
  bytes_ += bytes;
  return true;
}

void Journal::clear() {
  exchanges_.clear();
  deliveries_.clear();
  kept_.clear();
  bytes_ = 0;
}

}  // namespace atrapa::mocks::kit
