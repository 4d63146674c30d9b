#include "mocks/kit/delivery_thread.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace atrapa::mocks::kit {

namespace {

constexpr std::chrono::milliseconds kBetweenCancels{5};

void enter_unsent(Host& host, const Webhook& webhook, Instant at) {
  Delivery delivery{
      .number = 0,
      .at = at,
      .platform = std::string(host.platform().name()),
      .account = webhook.account,
      .event = webhook.event,
      .url = webhook.url,
      .request = {.method = "POST", .target = {}, .headers = webhook.headers, .body = webhook.body},
      .status = 0,
      .outcome = "not sent: the server stopped"};
  const std::lock_guard lock(mutex_of(host));
  host.journal().add(std::move(delivery));
}

}  // namespace

DeliveryThread::~DeliveryThread() { stop(); }

void DeliveryThread::take_from(Host& host) {
  // Both locks at once: what two connections take must line up in the order in which it became due.
  const std::lock_guard host_lock(mutex_of(host));
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  for (Webhook& webhook : host.take_webhooks()) {
    jobs_.push_back({&host, std::move(webhook), host.now()});
  }
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
}

bool DeliveryThread::next(Job& job) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
  if (stopping_) return false;
  job = std::move(jobs_.front());
  jobs_.pop_front();
  return true;
}

void DeliveryThread::run() {
  Job job{};
  while (next(job)) {
    std::string platform;
    {
      const std::lock_guard lock(mutex_of(*job.host));
      platform = job.host->platform().name();
    }
    std::vector<Delivery> deliveries = sender_.send(platform, job.webhook, job.at);
    const std::lock_guard lock(mutex_of(*job.host));
    for (Delivery& delivery : deliveries) job.host->journal().add(std::move(delivery));
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

void DeliveryThread::stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
  if (thread_.joinable()) {
    // A post may begin just after it was cancelled, so cancelling is repeated until the thread is
    // out.
    while (!changed_.wait_for(lock, kBetweenCancels, [this] { return ended_; })) sender_.cancel();
    lock.unlock();
    thread_.join();
    lock.lock();
  }
  const std::deque<Job> unsent = std::exchange(jobs_, {});
  lock.unlock();
  for (const Job& job : unsent) enter_unsent(*job.host, job.webhook, job.at);
}

}  // namespace atrapa::mocks::kit
