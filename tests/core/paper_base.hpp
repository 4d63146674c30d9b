#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/ports/transport.hpp"
#include "core/shops/base/client.hpp"
#include "paper_shop.hpp"

namespace atrapa::core::test {

/// A call as connector.php sees it.
struct BaseCall {
  std::string method;
  Json parameters;
  std::string raw_body;
  std::string token;
};

/// Takes a form apart as PHP does: + is a space.
BaseCall base_call(const HttpRequest& request);

/// Answers in the order they were written down, and keeps what was asked.
class BaseScript final : public Transport {
 public:
  std::variant<HttpResponse, NoAnswer> send(const HttpRequest& request) override;

  BaseScript& says(std::string body, int status = 200);
  BaseScript& says(NoAnswer why);
  /// The parameters of the call with that number, from 0.
  const Json& parameters(std::size_t call) const { return asked.at(call).parameters; }

  std::deque<std::variant<HttpResponse, NoAnswer>> answers;
  std::vector<BaseCall> asked;
  std::vector<HttpRequest> requests;
};

/// Everything that stands around a scripted client.
struct BaseTable {
  BaseScript script;
  TestClock clock;
  base::Budget budget;
  base::Client client{{"https://base.example", "1-22-SECRET"}, script, clock, budget};
};

/// Numbers from a seed: a world that changes at every call draws too many for RapidCheck to shrink.
class Chance {
 public:
  explicit Chance(std::uint32_t seed) : engine_(seed) {}
  int operator()(int below) { return static_cast<int>(engine_() % static_cast<unsigned>(below)); }

 private:
  std::mt19937 engine_;
};

/// A Base on paper: lists that are paged, and a strict limit; written for these tests alone and
/// knowing nothing of `mocks/`.
class PaperBase final : public Transport {
 public:
  explicit PaperBase(TestClock& clock) : clock_(clock) {}

  std::variant<HttpResponse, NoAnswer> send(const HttpRequest& request) override;

  struct PaperOrder {
    std::int64_t id = 0;
    std::int64_t confirmed = 0;  ///< 0 for one that is not confirmed.
  };
  std::vector<PaperOrder> orders;
  std::vector<std::int64_t> ids;      ///< Of products, invoices, ...: ascending.
  std::function<void()> before_call;  ///< Where the world changes.
  std::function<bool()> lose_answer;  ///< After the call was carried out.
  std::size_t page_size = 1000;       ///< Of lists by page.
  int limit = 100;                    ///< In any minute.
  bool in_order_of_moments = true;    ///< getOrders by date_confirmed_from; else by id.
  bool inclusive_journal = false;
  std::size_t journal_page = 50;
  std::vector<Instant> arrivals;
  int blocks = 0;
  std::map<std::string, int> calls;  ///< By method.

 private:
  std::string serve(const BaseCall& call);
  std::string get_orders(const Json& parameters) const;
  std::string get_ids(const std::string& list, const std::string& id, const Json& parameters) const;
  std::string get_page(const Json& parameters) const;
  std::string get_journal(const Json& parameters) const;

  TestClock& clock_;
};

}  // namespace atrapa::core::test
