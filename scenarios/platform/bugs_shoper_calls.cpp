#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <vector>

#include "core/policy/paging.hpp"
#include "core/policy/retry.hpp"
#include "core/domain/shop_zone.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/shoper_stage.hpp"
#include "scenarios/platform/wires.hpp"

namespace atrapa::scenarios::platform {
namespace {

using harness::CoreParts;

// Limit and tokens -------------------------------------------------------------------------------

/// Never waits longer than a second, whatever the shop says.
class WaitsASecond final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  void wait(mocks::kit::Duration duration) override {
    inner().wait(std::min<mocks::kit::Duration>(duration, std::chrono::seconds(1)));
  }
};

/// Knows nothing of the bucket, so that it runs into 429.
class SeesNoBucket final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Answer answer = inner().send(request);
    if (Response* const response = answered(answer)) {
      response->headers.set("X-SHOP-API-LIMIT", "");
    }
    return answer;
  }
};

core::RetryDecision gives_up_on_429(const core::Attempt& attempt) {
  return attempt.status == 429 ? core::RetryDecision{} : core::retry(attempt);
}

/// A token that ended is a refusal like any other.
class TakesEndsForBans final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Answer answer = inner().send(request);
    Response* const response = answered(answer);
    if (response != nullptr && response->status == 401 && !is_auth(request)) response->status = 403;
    return answer;
  }
};

/// Logs in before every call.
class LogsInAlways final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    if (is_auth(request)) {
      login_ = request;
      return inner().send(request);
    }
    if (login_) inner().send(*login_);
    inner().wait(std::chrono::seconds(1));
    return inner().send(request);
  }

 private:
  std::optional<Request> login_;
};

/// Sends the token in the address, too.
class TokenInAddress final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    const std::string bearer(request.headers.get("Authorization"));
    if (!bearer.starts_with("Bearer ")) return inner().send(request);
    Request open = request;
    open.target += (open.target.find('?') == open.target.npos ? "?" : "&");
    open.target += "key=" + bearer.substr(7);
    return inner().send(open);
  }
};

/// Puts 26 parts into a bulk that is full.
class TooManyParts final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    if (resource_of(request.target) != "bulk") return inner().send(request);
    Json parts = Json::parse(request.body);
    if (parts.size() < 25) return inner().send(request);
    parts.push_back(parts.front());
    Request more = request;
    more.body = parts.dump();
    return inner().send(more);
  }
};

class AsksForHundred final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Request more = request;
    more.target = with(request.target, "limit=50", "limit=100");
    return inner().send(more);
  }
};

// Lists ------------------------------------------------------------------------------------------

std::optional<int> straight_on(const core::PageSeen& seen) {
  core::PageSeen calm = seen;
  calm.previous_count.reset();
  return core::next_page(calm);
}

std::optional<int> after_the_envelopes(const core::PageSeen& seen) {
  if (!seen.page || !seen.pages || *seen.page >= *seen.pages) return std::nullopt;
  return static_cast<int>(*seen.page) + 1;
}

/// Changes the answers of lists.
class ListReader : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Answer answer = inner().send(request);
    Response* const response = answered(answer);
    if (request.method != "GET" || response == nullptr || response->status != 200) return answer;
    Json list = list_of(*response);
    if (!list.is_object()) return answer;
    read(request, list);
    response->body = list.is_null() ? "{" : list.dump();
    return answer;
  }

 private:
  virtual void read(const Request& request, Json& list) = 0;
};

/// What is there when a run has ended counts as read: asks later for what is newer.
class ReadsSinceLastRun final : public ListReader {
 public:
  using ListReader::ListReader;
  Answer send(const Request& request) override {
    if (resource_of(request.target) == "application-config") since_ = last_;
    const auto zone = core::ShopZone::named("Europe/Warsaw");
    Answer answer = ListReader::send(request);
    last_ = zone->to_local(now());
    return answer;
  }

 private:
  void read(const Request& request, Json& list) override {
    if (resource_of(request.target) != "orders") return;
    Json kept = Json::array();
    for (Json& row : list["list"]) {
      if (row.value("date", "") > since_) kept.push_back(std::move(row));
    }
    list["list"] = std::move(kept);
  }
  std::string since_, last_;
};

class PagesAsNumbersOnly final : public ListReader {
 public:
  using ListReader::ListReader;

 private:
  void read(const Request&, Json& list) override {
    if (!list["pages"].is_number()) list["pages"] = 1;
  }
};

class ArraysOnly final : public ListReader {
 public:
  using ListReader::ListReader;

 private:
  void read(const Request&, Json& list) override {
    if (!list["list"].is_array()) list["list"] = Json::array();
  }
};

class KnownFieldsOnly final : public ListReader {
 public:
  using ListReader::ListReader;

 private:
  void read(const Request&, Json& list) override {
    static const std::set<std::string> kEnvelope{"count", "pages", "page", "list"};
    bool known = true;
    for (const auto& [name, value] : list.items()) known = known && kEnvelope.contains(name);
    if (!known) list = nullptr;
  }
};

}  // namespace

std::vector<Bug> call_bugs_of_shoper() {
  Bug gives_up = on_wire<SeesNoBucket>(
      "shoper-gives-up-on-429", "Ends the run where the shop answers 429.", {"PLATFORM-SHOPER-02"});
  gives_up.plant = [](CoreParts& parts) { parts.systim.retry = gives_up_on_429; };
  return {
      on_wire<WaitsASecond>("shoper-waits-a-second", "Waits a second, whatever Retry-After says.",
                            {"PLATFORM-SHOPER-01"}),
      std::move(gives_up),
      on_wire<TakesEndsForBans>("shoper-ends-with-its-token",
                                "Ends the run where its token has ended.", {"PLATFORM-SHOPER-07"}),
      on_wire<LogsInAlways>("shoper-logs-in-for-every-call", "Fetches a token for every call.",
                            {"PLATFORM-SHOPER-08"}),
      on_wire<TokenInAddress>("shoper-token-in-address",
                              "Sends its token in the query of every call.",
                              {"PLATFORM-SHOPER-13"}),
      on_wire<TooManyParts>("shoper-bulks-of-26", "Sends bulks of 26 parts.",
                            {"PLATFORM-SHOPER-15"}),
      on_wire<AsksForHundred>("shoper-asks-for-100-rows", "Asks for 100 rows of a list.",
                              {"PLATFORM-SHOPER-15"}),
  };
}

std::vector<Bug> list_bugs_of_shoper() {
  return {
      {"shoper-pages-straight-on",
       "Goes from page to page, whatever went meanwhile.",
       {"PLATFORM-SHOPER-03"},
       [](CoreParts& parts) { parts.systim.next_page = straight_on; }},
      on_wire<ReadsSinceLastRun>("shoper-reads-since-last-run",
                                 "Reads orders since the end of the last run, and loses those that "
                                 "came during it.",
                                 {"PLATFORM-SHOPER-04"}),
      {"shoper-follows-the-envelope",
       "Asks for the page after the one that the envelope names.",
       {"PLATFORM-SHOPER-05"},
       [](CoreParts& parts) { parts.systim.next_page = after_the_envelopes; }},
      on_wire<PagesAsNumbersOnly>("shoper-pages-as-numbers-only",
                                  "Takes one page for all where pages is a text.",
                                  {"PLATFORM-SHOPER-06"}),
      on_wire<ArraysOnly>("shoper-arrays-only", "Takes a list that is an object for an empty one.",
                          {"PLATFORM-SHOPER-06"}),
      on_wire<KnownFieldsOnly>("shoper-known-fields-only",
                               "Refuses answers with a field that it does not know.",
                               {"PLATFORM-SHOPER-17"}),
  };
}

}  // namespace atrapa::scenarios::platform
