#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "scenarios/platform/base_stage.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/wires.hpp"

namespace atrapa::scenarios::platform {
namespace {

constexpr const char* kNobody = "999999999";  ///< No product's id.

// Calls ------------------------------------------------------------------------------------------

/// Waits so many seconds at most and takes what is left for passed.
template <int kSeconds>
class WaitsAtMost final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  void wait(mocks::kit::Duration duration) override {
    const auto waited = std::min<mocks::kit::Duration>(duration, std::chrono::seconds(kSeconds));
    inner().wait(waited);
    skipped_ += duration - waited;
  }
  mocks::kit::Instant now() override { return inner().now() + skipped_; }

 private:
  mocks::kit::Duration skipped_{};
};

class TokenInQuery final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Request open = request;
    open.target += "?key=" + std::string(request.headers.get("X-BLToken"));
    return inner().send(open);
  }
};

class TwoMethods final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Request twice = request;
    twice.body += "&method=" + method_of(request);
    return inner().send(twice);
  }
};

/// Puts one more into a call that is full.
class OneTooMany final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    if (method_of(request) != kStockUpdate) return inner().send(request);
    Json parameters = parameters_of(request);
    if (parameters["products"].size() < 1000) return inner().send(request);
    parameters["products"][kNobody] = {{"bl_206", 1}};
    return inner().send(call_with(request, parameters));
  }
};

// Answers ----------------------------------------------------------------------------------------

/// A decoder with fixed types: a list where a map is expected breaks it.
class FixedTypes final : public AnswerReader {
 public:
  using AnswerReader::AnswerReader;

 private:
  void read(const Request&, Response& response) override {
    const Json json = Json::parse(response.body, nullptr, false);
    if (!json.is_object()) return;
    if (json.contains("products") && json.at("products").is_array()) response.body = "{";
  }
};

class KnownMembersOnly final : public AnswerReader {
 public:
  using AnswerReader::AnswerReader;

 private:
  void read(const Request& request, Response& response) override {
    const Json json = Json::parse(response.body, nullptr, false);
    if (method_of(request) != "getOrders" || !json.is_object()) return;
    if (json.size() > 2) response.body = "{";
  }
};

/// Goes on with the second after the last one of a full answer, and never looks back.
class NextSecond final : public AnswerReader {
 public:
  using AnswerReader::AnswerReader;

 private:
  void read(const Request& request, Response& response) override {
    Json json = Json::parse(response.body, nullptr, false);
    if (method_of(request) != "getOrders" || !json.is_object() || !json.contains("orders")) return;
    Json& orders = json["orders"];
    std::int64_t last = 0;
    Json kept = Json::array();
    for (Json& order : orders) {
      const auto confirmed = order.value("date_confirmed", std::int64_t{0});
      last = std::max(last, confirmed);
      if (confirmed >= next_) kept.push_back(std::move(order));
    }
    if (orders.size() >= 100) next_ = last + 1;
    orders = std::move(kept);
    response.body = json.dump();
  }
  std::int64_t next_ = 0;
};

/// Takes what has a higher number than all that it has seen, and remembers it before it has stored
/// anything.
class HighestNumber final : public AnswerReader {
 public:
  using AnswerReader::AnswerReader;

 private:
  void read(const Request& request, Response& response) override {
    Json json = Json::parse(response.body, nullptr, false);
    if (method_of(request) != "getOrders" || !json.is_object() || !json.contains("orders")) return;
    Json kept = Json::array();
    std::int64_t highest = seen_;
    for (Json& order : json["orders"]) {
      const auto id = order.value("order_id", std::int64_t{0});
      highest = std::max(highest, id);
      if (id > seen_) kept.push_back(std::move(order));
    }
    seen_ = highest;
    json["orders"] = std::move(kept);
    response.body = json.dump();
  }
  std::int64_t seen_ = 0;
};

/// An answer without orders is a failure.
class NeedsOrders final : public AnswerReader {
 public:
  using AnswerReader::AnswerReader;

 private:
  void read(const Request& request, Response& response) override {
    const Json json = Json::parse(response.body, nullptr, false);
    if (method_of(request) != "getOrders" || !json.is_object()) return;
    if (json.contains("orders") && json.at("orders").empty()) response.body = "{";
  }
};

/// Reads all pages of the stock at once, upwards, and believes them for good.
class PagesUpwards final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    const std::string method = method_of(request);
    if (method == "getInventories") pages_.clear();  // A run begins.
    if (method != "getInventoryProductsStock") return inner().send(request);
    Json parameters = parameters_of(request);
    const int wanted = parameters.value("page", 1);
    for (int page = static_cast<int>(pages_.size()) + 1; page <= wanted + 1; ++page) {
      parameters["page"] = page;
      Answer answer = inner().send(call_with(request, parameters));
      if (answered(answer) == nullptr) return answer;
      pages_.push_back(*answered(answer));
    }
    return pages_[static_cast<std::size_t>(wanted) - 1];
  }

 private:
  std::vector<Response> pages_;
};

}  // namespace

std::vector<Bug> call_bugs_of_base() {
  return {
      on_wire<WaitsAtMost<10>>("base-waits-ten-seconds",
                               "Waits ten seconds, however long the block.", {"PLATFORM-BASE-01"}),
      on_wire<WaitsAtMost<0>>("base-never-waits", "Calls without a pause until it is blocked.",
                              {"PLATFORM-BASE-02"}),
      on_wire<TokenInQuery>("base-token-in-address", "Sends its token in the address, too.",
                            {"PLATFORM-BASE-07"}),
      on_wire<TwoMethods>("base-two-methods", "Names a method twice in one call.",
                          {"PLATFORM-BASE-08"}),
      on_wire<OneTooMany>("base-chunks-of-1001", "Updates 1001 products by one call.",
                          {"PLATFORM-BASE-09"}),
  };
}

std::vector<Bug> list_bugs_of_base() {
  return {
      on_wire<FixedTypes>("base-fixed-types", "Cannot read [] where it expects a map.",
                          {"PLATFORM-BASE-03"}),
      on_wire<NextSecond>("base-next-second",
                          "Goes on with the second after the last one of a full answer.",
                          {"PLATFORM-BASE-04"}),
      on_wire<HighestNumber>("base-highest-number",
                             "Takes only orders of a higher number than it has read, and notes "
                             "the number before it stores them.",
                             {"PLATFORM-BASE-05", "PLATFORM-BASE-14"}),
      on_wire<NeedsOrders>("base-needs-orders", "Takes a list without orders for a failure.",
                           {"PLATFORM-BASE-15"}),
      on_wire<PagesUpwards>("base-pages-upwards",
                            "Reads the pages of the catalogue upwards and believes them.",
                            {"PLATFORM-BASE-18"}),
      on_wire<KnownMembersOnly>("base-known-members-only",
                                "Refuses answers with a member that it does not know.",
                                {"PLATFORM-BASE-20"}),
  };
}

}  // namespace atrapa::scenarios::platform
