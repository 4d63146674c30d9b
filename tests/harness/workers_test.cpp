#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "core/integrations/ebiuro_base.hpp"
#include "core/integrations/firmino_base.hpp"
#include "mocks/base/panel.hpp"
#include "tests/harness/base_wire.hpp"
#include "tests/harness/opened_account.hpp"

// Several processes at work on the same books: here threads, each with its own connection to them.

using namespace atrapa;
namespace ebiuro = core::ebiuro_base;
namespace firmino = core::firmino_base;
using mocks::kit::Json;

namespace {

constexpr int kWorkers = 4;
constexpr int kOrdersEach = 40;
constexpr int kToTheBooks = 402;

/// Two accounts of Base whose orders bear the same ids, and books in a file.
class TwoShops {
 public:
  TwoShops()
      : file_(std::filesystem::temp_directory_path() /
              fmt::format("atrapa-workers-{}.db", std::random_device{}())),
        time_(mocks::kit::Instant{std::chrono::seconds{1'772'438'400}}),
        host_(tests::two_base_accounts(), time_, 1),
        clock_(time_),
        wire_(host_, time_) {}
  ~TwoShops() {
    for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(file_.string() + tail);
  }
  TwoShops(const TwoShops&) = delete;
  TwoShops& operator=(const TwoShops&) = delete;

  std::unique_ptr<core::Ledger> open() const {
    auto ledger = core::Ledger::open(file_.string());
    REQUIRE(ledger.ok());
    return std::move(ledger).value();
  }

  /// Orders of both accounts, in the status; the buyer's name says whose.
  std::vector<std::string> place_orders() {
    std::vector<std::string> ids;
    for (const std::string account : {"demo", "other"}) {
      for (int i = 0; i < kOrdersEach; ++i) {
        host_.act([&](mocks::kit::Platform& platform, mocks::kit::Context& context) {
          mocks::base::Panel panel(platform, account);
          const Json answer = panel.perform(
              "create-order",
              {{"fields",
                {{"extra_field_1", i % 2 == 0 ? "faktura" : "paragon"},
                 {"order_status_id", kToTheBooks},
                 {"invoice_fullname", account}}},
               {"lines",
                {{{"name", "Kubek"}, {"price_brutto", 10}, {"tax_rate", 23}, {"quantity", 1}}}}},
              context);
          if (account == "demo") ids.push_back(answer["order_id"].dump());
        });
      }
    }
    return ids;
  }

  /// Calls `work(worker)` on as many threads at once; what escapes one of them is told.
  template <typename Work>
  void at_once(const Work& work) {
    std::atomic<int> ready{0};
    std::vector<std::string> said(kWorkers);
    std::vector<std::thread> threads;
    for (int worker = 0; worker < kWorkers; ++worker) {
      threads.emplace_back([&, worker] {
        ++ready;
        while (ready < kWorkers) std::this_thread::yield();
        try {
          work(worker);
        } catch (const std::exception& error) {
          said[static_cast<std::size_t>(worker)] = error.what();
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(said == std::vector<std::string>(kWorkers));
  }

  class LockedWire final : public core::Transport {
   public:
    explicit LockedWire(TwoShops& shops) : shops_(shops) {}
    std::variant<core::HttpResponse, core::NoAnswer> send(const core::HttpRequest& r) override {
      const std::lock_guard lock(shops_.mutex_);
      return shops_.wire_.send(r);
    }

   private:
    TwoShops& shops_;
  };
  class LockedClock final : public core::Clock {
   public:
    explicit LockedClock(TwoShops& shops) : shops_(shops) {}
    core::Instant now() override {
      const std::lock_guard lock(shops_.mutex_);
      return shops_.clock_.now();
    }
    bool wait(core::Duration duration) override {
      const std::lock_guard lock(shops_.mutex_);
      return shops_.clock_.wait(duration);
    }

   private:
    TwoShops& shops_;
  };

  /// Every order once, by the integration of its account; every document once, numbers without
  /// gaps.
  void check(const std::map<std::string, std::string>& accounts) const {
    const auto ledger = open();
    std::map<std::string, std::set<std::string>> orders;
    for (const core::ErpOrder& order : ledger->orders()) {
      CHECK(orders[order.integration].insert(order.shop_order_id).second);
      CHECK(order.buyer.first_name + order.buyer.last_name + order.buyer.company ==
            accounts.at(order.integration));
    }
    REQUIRE(orders.size() == 2);
    for (const auto& [integration, ids] : orders) CHECK(ids.size() == kOrdersEach);
    std::map<core::DocumentKind, std::set<std::string>> numbers;
    std::set<std::int64_t> documented;
    for (const core::Document& document : ledger->documents()) {
      CHECK(numbers[document.kind].insert(document.number).second);
      CHECK(documented.insert(*document.order_id).second);
    }
    CHECK(documented.size() == 2 * kOrdersEach);
    for (const auto& [kind, seen] : numbers) {
      const char* const pattern = kind == core::DocumentKind::Invoice ? "FV" : "PAR";
      for (std::size_t n = 1; n <= seen.size(); ++n) {
        CHECK(seen.contains(fmt::format("{}/{}/2026", pattern, n)));
      }
    }
  }

 private:
  std::filesystem::path file_;
  mocks::kit::VirtualClock time_;
  mocks::kit::Host host_;
  tests::PassingClock clock_;
  tests::BaseWire wire_;
  std::mutex mutex_;
};

}  // namespace

TEST_CASE("Two integrations of eBiuro and four workers on one ledger: no crossing, no double",
          "[ebiuro][workers]") {
  TwoShops shops;
  const std::vector<std::string> ids = shops.place_orders();
  const auto config = [](int worker) {
    return ebiuro::Config{.base_url = "http://127.0.0.1:9",
                          .new_uuid = [worker] { return fmt::format("uuid-{}", worker); },
                          .new_secret = [worker] { return fmt::format("secret-{}", worker); }};
  };
  std::map<std::string, std::string> accounts;
  std::vector<core::Profile> profiles;
  for (const auto& [account, token] : {std::pair("demo", "made-up"), {"other", "made-up-too"}}) {
    const auto ledger = shops.open();
    TwoShops::LockedWire wire(shops);
    TwoShops::LockedClock clock(shops);
    const int number = 10 + static_cast<int>(profiles.size());
    ebiuro::Office office(config(number), *ledger, wire, clock);
    profiles.push_back(*office.add(account, token));
    REQUIRE(office.test(profiles.back().id).ok());
    ebiuro::Settings settings;
    settings.invoice_series = "FV";
    settings.receipt_series = "PAR";
    settings.direction = ebiuro::Direction::None;
    REQUIRE(office.configure(profiles.back().id, settings).ok());
    accounts[profiles.back().id] = account;
  }
  std::atomic<int> refused{0};
  shops.at_once([&](int worker) {
    const auto ledger = shops.open();
    TwoShops::LockedWire wire(shops);
    TwoShops::LockedClock clock(shops);
    ebiuro::Office office(config(worker), *ledger, wire, clock);
    std::vector<std::pair<std::size_t, std::string>> calls;
    for (const std::string& id : ids) {
      calls.emplace_back(0, id);
      calls.emplace_back(1, id);
    }
    std::shuffle(calls.begin(), calls.end(), std::mt19937(static_cast<unsigned>(worker)));
    for (const auto& [shop, id] : calls) {
      const auto answer =
          office.receive({"GET",
                          fmt::format("/v1/order/sync/baselinker/{}?secretKey={}&orderId={}",
                                      profiles[shop].id, profiles[shop].secret, id),
                          {},
                          ""});
      refused += answer.status >= 300;
    }
    for (const core::Profile& profile : profiles) office.run(profile.id, "orders");
  });
  CHECK(refused == 0);
  shops.check(accounts);
}

TEST_CASE("Two integrations of Firmino and four workers on one ledger: no crossing, no double",
          "[firmino][workers]") {
  TwoShops shops;
  shops.place_orders();
  const auto config = [](int number) {
    return firmino::Config{.base_url = "http://127.0.0.1:9",
                           .new_uuid = [number] { return fmt::format("uuid-{}", number); }};
  };
  std::map<std::string, std::string> accounts;
  std::vector<core::Profile> profiles;
  for (const auto& [account, token] : {std::pair("demo", "made-up"), {"other", "made-up-too"}}) {
    const auto ledger = shops.open();
    TwoShops::LockedWire wire(shops);
    TwoShops::LockedClock clock(shops);
    const int number = 10 + static_cast<int>(profiles.size());
    firmino::Office office(config(number), *ledger, wire, clock);
    profiles.push_back(*office.add(account, token));
    firmino::Settings settings;
    settings.orders = settings.confirmed = settings.link_contractors = true;
    settings.usual_document = core::DocumentKind::Invoice;
    REQUIRE(office.configure(profiles.back().id, settings).ok());
    accounts[profiles.back().id] = account;
  }
  shops.at_once([&](int worker) {
    const auto ledger = shops.open();
    TwoShops::LockedWire wire(shops);
    TwoShops::LockedClock clock(shops);
    firmino::Office office(config(worker), *ledger, wire, clock);
    for (int round = 0; round < 3; ++round) {
      for (std::size_t i = 0; i < profiles.size(); ++i) {
        const core::Profile& profile = profiles[(i + static_cast<std::size_t>(worker)) % 2];
        office.run(profile.id, "tick");
        for (const firmino::OrderRow& row : office.orders(profile.id)) {
          if (row.document_number.empty()) static_cast<void>(office.fulfil(row.order));
        }
      }
    }
  });
  shops.check(accounts);
}
