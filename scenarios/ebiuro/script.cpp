#include "scenarios/ebiuro/script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <map>
#include <stdexcept>

#include "mocks/kit/fault.hpp"
#include "mocks/kit/webhook_sender.hpp"
#include "scenarios/ebiuro/finder.hpp"

namespace atrapa::scenarios::ebiuro {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
}

std::string other_case(std::string text) {
  const bool lower =
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::islower(c) != 0; });
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    c = static_cast<char>(lower ? std::toupper(byte) : std::tolower(byte));
  }
  return text;
}

class Play {
 public:
  Play(const Story& story, harness::Bench& bench, harness::Judgement& judgement)
      : bench_(bench),
        judgement_(judgement),
        office_(bench, judgement, story.setup),
        finder_(bench, office_),
        integration_rows_(story.setup.value("integrations", Json::array())) {
    for (const Record& record : story.records) progress_.push_back({.record = &record});
  }

  void run() {
    for (Progress& one : progress_) {
      set_mark(one);
      for (const Json& step : one.record->given.value("steps", Json::array())) act(one, step);
    }
    for (Progress& one : progress_) look(one, "end");
  }

 private:
  const Office::Integration& by(const Progress& one) const { return finder_.by(one); }
  BaseAccount account(const Progress& one) { return finder_.account(one); }
  static std::string code(const Progress& one) { return Finder::code(one); }

  std::string filled(const Progress& one, std::string text) const {
    const auto& all = office_.integrations();
    const Office::Integration& own = by(one);
    const Office::Integration& second = all[all.size() > 1 && &own == &all[0] ? 1 : 0];
    replace_all(text, "{old_uuid}", one.old.id);
    replace_all(text, "{old_secret}", one.old.secret);
    replace_all(text, "{uuid}", own.id);
    replace_all(text, "{uuid2}", second.id);
    replace_all(text, "{secret}", own.secret);
    replace_all(text, "{SECRET}", other_case(own.secret));
    replace_all(text, "{secret2}", second.secret);
    replace_all(text, "{order}", std::to_string(one.order));
    replace_all(text, "{product}", std::to_string(one.product));
    return text;
  }

  void set_mark(Progress& one) {
    one.mark = bench_.exchange_count();
    // Looking at the books costs more than most steps.
    for (const auto& [moment, aspects] : one.record->expected.items()) {
      if (aspects.contains("logged")) one.log = office_.erp().log.size();
    }
  }

  void add_order(Progress& one, const Json& step) {
    auto lines = step.value("lines", std::vector<Json>{});
    if (!step.contains("lines") && !step.contains("product_lines")) lines.push_back(Json::object());
    for (int i = 0; i < step.value("product_lines", 0); ++i) {
      lines.push_back({{"storage", "db"},
                       {"product_id", std::to_string(one.product)},
                       {"sku", code(one)},
                       {"name", code(one)}});
      lines.back().update(step.value("product_line", Json::object()));
    }
    one.order = account(one).add_order(step.value("fields", Json::object()), lines);
  }

  void act(Progress& one, const Json& step) {
    const std::string what = step.at("do").get<std::string>();
    const auto found = acts_.find(what);
    if (found == acts_.end()) throw std::runtime_error("a script has no step '" + what + "'");
    found->second(one, step);
  }

  void add_product(Progress& one, const Json& step) {
    Json fields = {{"sku", code(one)}, {"text_fields", {{"name", code(one)}}}};
    fields.update(step.value("fields", Json::object()));
    one.product = account(one).add_product(fields);
  }

  void call(Progress& one, const Json& step) {
    if (step.at("target").get<std::string>().find("{SECRET}") != std::string::npos &&
        other_case(by(one).secret) == by(one).secret) {
      return;  // Nothing in it has a case.
    }
    one.answered = bench_
                       .call_connector({.method = step.value("method", "GET"),
                                        .target = filled(one, step.at("target").get<std::string>()),
                                        .headers = {},
                                        .body = {}})
                       .status;
  }

  void look(const Progress& one, const std::string& moment) {
    const auto expected = one.record->expected.find(moment);
    if (expected == one.record->expected.end()) return;
    office_.hold(true);
    for (const auto& [aspect, wanted] : expected->items()) {
      const std::string observed = finder_.told(one, aspect);
      const std::string what = fmt::format("{}: {}{}", one.record->what, aspect,
                                           moment == "end" ? "" : fmt::format(" ({})", moment));
      if (!wanted.is_array()) {
        judgement_.expect_equal(what, wanted.get<std::string>(), observed);
        continue;
      }
      const auto any = wanted.get<std::vector<std::string>>();
      judgement_.expect(std::find(any.begin(), any.end(), observed) != any.end(), what,
                        fmt::format("{}", fmt::join(any, "; or ")), observed);
    }
    office_.hold(false);
  }

  void add_bulk(Progress& one, const Json& step) {
    std::vector<std::int64_t> ids;
    for (int i = 0; i < step.at("count").get<int>(); ++i) {
      ids.push_back(account(one).add_order(step.at("fields")));
      one.bulk.push_back(std::to_string(ids.back()));
    }
    for (const std::int64_t id : ids) account(one).move(id, step.at("status"));
  }

  void arm(const Json& step) {
    const auto kind = mocks::kit::fault_kind(step.at("kind").get<std::string>());
    if (!kind) throw std::runtime_error("no such fault");
    mocks::kit::FaultPlan plan;
    for (int i = 0; i < step.value("count", 1); ++i) {
      plan.push_back({.exchange = static_cast<std::uint64_t>(i), .kind = *kind});
    }
    bench_.arm(std::move(plan));
  }

  void arm_call(const Json& step) {
    const auto kind = mocks::kit::delivery_fault_kind(step.at("kind").get<std::string>());
    if (!kind) throw std::runtime_error("no such fault of a call");
    bench_.arm_calls({{.delivery = 0, .kind = *kind, .behind = 1'000'000}});
  }

  using Act = std::function<void(Progress&, const Json&)>;

  harness::Bench& bench_;
  harness::Judgement& judgement_;
  Office office_;
  Finder finder_;
  Json integration_rows_;
  std::vector<Progress> progress_;
  const std::map<std::string, Act> acts_{
      {"order", [this](Progress& one, const Json& step) { add_order(one, step); }},
      {"receive",  // From a shop or marketplace.
       [this](Progress& one, const Json& step) {
         Json body = step.at("body");
         one.order = account(one).panel("receive-order", body).at("order_id").get<std::int64_t>();
       }},
      {"move", [this](Progress& one,
                      const Json& step) { account(one).move(one.order, step.at("status")); }},
      {"edit_order",
       [this](Progress& one, const Json& step) {
         account(one).edit_order(one.order, step.at("fields"));
       }},
      {"product", [this](Progress& one, const Json& step) { add_product(one, step); }},
      {"edit",
       [this](Progress& one, const Json& step) {
         account(one).edit_product(one.product, step.at("fields"));
       }},
      {"delete", [this](Progress& one, const Json&) { account(one).delete_product(one.product); }},
      {"card",
       [this](Progress&, const Json& step) {
         bench_.edit_product(step.at("card").get<harness::ErpProduct>());
       }},
      {"see", [this](Progress& one, const Json& step) { look(one, step.at("as")); }},
      {"mark", [this](Progress& one, const Json&) { set_mark(one); }},
      {"run",
       [this](Progress& one, const Json& step) {
         one.done =
             office_.perform("run", {{"id", by(one).id}, {"command", step.at("command")}}).done;
       }},
      {"call fault", [this](Progress&, const Json& step) { arm_call(step); }},
      {"base fault", [this](Progress&, const Json& step) { arm(step); }},
      {"late calls", [this](Progress&, const Json&) { bench_.deliver_late(); }},
      {"call", [this](Progress& one, const Json& step) { call(one, step); }},
      {"pause",
       [this](Progress&, const Json& step) {
         bench_.advance(std::chrono::seconds(step.at("seconds").get<std::int64_t>()));
       }},
      {"configure",
       [this](Progress& one, const Json& step) {
         one.done = office_.configure(by(one), step.at("settings")).done;
       }},
      {"form",  // Any form of the connector or the ERP; "id" is filled in.
       [this](Progress& one, const Json& step) {
         Json arguments = step.value("arguments", Json::object());
         arguments["id"] = by(one).id;
         if (arguments.contains("token")) {
           arguments["token"] =
               arguments["token"].get<std::string>() + bench_.base_access(by(one).other).token;
         }
         one.done = office_.perform(step.at("form").get<std::string>(), arguments).done;
       }},
      {"erp form",
       [this](Progress& one, const Json& step) {
         one.done = office_.perform(step.at("form").get<std::string>(), step.at("arguments")).done;
       }},
      {"twin",  // An order in the other account, moved to that status.
       [this](Progress& one, const Json& step) {
         BaseAccount other = office_.base(!by(one).other);
         const std::int64_t order =
             other.add_order({{"extra_field_1", "faktura"}, {"delivery_price", 50}});
         other.move(order, step.at("status"));
       }},
      {"bulk", [this](Progress& one, const Json& step) { add_bulk(one, step); }},
      {"find",  // Base's product of the code.
       [this](Progress& one, const Json&) {
         const auto all = finder_.products(one);
         if (!all.empty()) one.product = all.front().id;
       }},
      {"replace",  // The integration is deleted, and one like it made.
       [this](Progress& one, const Json&) {
         one.old = by(one);
         one.done = office_.perform("remove_integration", {{"id", one.old.id}}).done;
         office_.replace(one.record->given.value("by", std::size_t{0}), integration_rows_);
       }},
      {"pay",
       [this](Progress& one, const Json&) {
         account(one).panel("pay-order", {{"order", one.order}});
       }},
      {"rename status",
       [this](Progress& one, const Json& step) {
         auto& statuses = bench_.base(by(one).other).change().sales.order_statuses;
         mocks::base::OrderStatus status = *statuses.find(step.at("status").get<std::int64_t>());
         status.name = status.name_for_customer = step.at("name").get<std::string>();
         statuses.put(status);
       }},
      {"drop status",
       [this](Progress& one, const Json& step) {
         bench_.base(by(one).other)
             .change()
             .sales.order_statuses.erase(step.at("status").get<std::int64_t>());
       }},
      {"panel",
       [this](Progress& one, const Json& step) {
         account(one).panel(step.at("operation").get<std::string>(), step.at("body"));
       }},
      {"issue",
       [this](Progress& one, const Json& step) {
         const auto rows = office_.rows(by(one), one.order);
         // Somebody who has no row to click on knows nothing but the number.
         Json arguments = {
             {"order", rows.empty() ? std::to_string(one.order) : rows.front().value("order", "")}};
         if (step.contains("kind")) arguments["kind"] = step["kind"];
         one.done = office_.perform("issue", arguments).done;
       }},
  };
};

}  // namespace

void play(const Story& story, harness::Bench& bench, harness::Judgement& judgement) {
  Play(story, bench, judgement).run();
}

}  // namespace atrapa::scenarios::ebiuro
