#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "scenarios/platform/base_stage.hpp"
#include "scenarios/platform/families.hpp"
#include "scenarios/platform/wires.hpp"

namespace atrapa::scenarios::platform {
namespace {

// Answers ----------------------------------------------------------------------------------------

/// What went wrong was an answer without rows.
Response nothing_there() {
  return said({{"status", "SUCCESS"},
               {"products", Json::array()},
               {"orders", Json::array()},
               {"inventories",
                {{{"inventory_id", 307},
                  {"is_default", true},
                  {"default_warehouse", "bl_206"},
                  {"default_price_group", 105}}}}});
}

class ErrorsAreEmpty final : public AnswerReader {
 public:
  using AnswerReader::AnswerReader;

 private:
  void read(const Request& request, Response& response) override {
    if (changes_base(request)) return;
    if (response.body.find("\"ERROR\"") != std::string::npos) response = nothing_there();
  }
};

class GarbageIsEmpty final : public AnswerReader {
 public:
  using AnswerReader::AnswerReader;

 private:
  void read(const Request& request, Response& response) override {
    if (changes_base(request)) return;
    if (Json::parse(response.body, nullptr, false).is_discarded()) response = nothing_there();
  }
};

/// Says nothing of products whose fate it does not know.
class SilentOnTheUnknown final : public harness::PassingSubject {
 public:
  using harness::PassingSubject::PassingSubject;
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    std::erase_if(*view.log, [](const harness::ErpLogEntry& entry) {
      return entry.reason == "stock_uncertain";
    });
    return view;
  }
};

// Writes -----------------------------------------------------------------------------------------

/// Sends a figure once, whatever Base warned of.
class DeafToWarnings final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    if (method_of(request) != kStockUpdate) return inner().send(request);
    Json parameters = parameters_of(request);
    Json fresh = Json::object();
    for (const auto& [id, figure] : parameters["products"].items()) {
      if (sent_[id] != figure.dump()) fresh[id] = figure;
    }
    if (fresh.empty()) return said({{"status", "SUCCESS"}, {"counter", 0}, {"warnings", ""}});
    parameters["products"] = fresh;
    Answer answer = inner().send(call_with(request, parameters));
    if (answered(answer) != nullptr) {
      for (const auto& [id, figure] : fresh.items()) sent_[id] = figure.dump();
    }
    return answer;
  }

 private:
  std::map<std::string, std::string> sent_;
};

/// Sends again what got no answer, whatever it was.
class SendsAgain final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Answer answer = inner().send(request);
    for (int i = 0; i < 2 && answered(answer) == nullptr; ++i) answer = inner().send(request);
    return answer;
  }
};

/// Sends its last write once more when it begins with products.
class WritesAgain final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    const std::string method = method_of(request);
    if (last_ && (method == "getInventories" || method == "getOrders")) inner().send(*last_);
    if (changes_base(request)) last_ = request;
    return inner().send(request);
  }

 private:
  std::optional<Request> last_;
};

/// Writes 0 pieces of what is in the catalogue and not in its own list.
class EmptiesTheRest final : public PassingWire {
 public:
  using PassingWire::PassingWire;
  Answer send(const Request& request) override {
    Request sent = request;
    if (method_of(request) == kStockUpdate) {
      Json parameters = parameters_of(request);
      for (const std::string& id : there_) {
        if (!parameters["products"].contains(id)) parameters["products"][id] = {{"bl_206", 0}};
      }
      sent = call_with(request, parameters);
    }
    Answer answer = inner().send(sent);
    const Response* const response = answered(answer);
    if (response == nullptr || method_of(request) != "getInventoryProductsStock") return answer;
    const Json json = Json::parse(response->body, nullptr, false);
    if (!json.is_object() || !json.contains("products")) return answer;
    for (const auto& [id, row] : json.at("products").items()) there_.insert(id);
    return answer;
  }

 private:
  std::set<std::string> there_;
};

}  // namespace

std::vector<Bug> write_bugs_of_base() {
  return {
      on_wire<ErrorsAreEmpty>("base-errors-are-empty",
                              "Takes an answer with status ERROR for one without rows.",
                              {"PLATFORM-BASE-06"}),
      on_wire<DeafToWarnings>("base-deaf-to-warnings",
                              "Sends a figure once, and hears no warning about it.",
                              {"PLATFORM-BASE-10"}),
      on_wire<SendsAgain>("base-sends-again", "Repeats every call that got no answer.",
                          {"PLATFORM-BASE-11"}),
      on_wire<GarbageIsEmpty>("base-garbage-is-empty",
                              "Takes an answer that it cannot read for one without rows.",
                              {"PLATFORM-BASE-12"}),
      around<SilentOnTheUnknown>("base-silent-on-the-unknown",
                                 "Calls a run good in which nobody knows what Base took.",
                                 {"PLATFORM-BASE-12"}),
      on_wire<WritesAgain>("base-writes-again", "Sends its last write again in every run.",
                           {"PLATFORM-BASE-13"}),
      around<LogsSecrets>("base-logs-its-token", "Writes its token into the log.",
                          {"PLATFORM-BASE-16"}),
      on_wire<EmptiesTheRest>("base-empties-the-rest", "Writes 0 pieces of what it does not send.",
                              {"PLATFORM-BASE-17"}),
      around<FilesAgain>("base-files-again", "Files an order again when it is read again.",
                         {"PLATFORM-BASE-19"}),
  };
}

}  // namespace atrapa::scenarios::platform
