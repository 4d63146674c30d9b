#include "scenarios/ebiuro/script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "mocks/base/products.hpp"
#include "mocks/kit/fault.hpp"
#include "mocks/kit/webhook_sender.hpp"

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

/// "one order, no document", "2 orders, invoice and receipt".
std::string told_orders(Office& office, const std::vector<harness::ErpOrder>& orders) {
  if (orders.empty()) return "no order";
  std::string text = orders.size() == 1 ? "one order" : fmt::format("{} orders", orders.size());
  std::vector<std::string> kinds;
  for (const harness::ErpOrder& order : orders) {
    for (const harness::ErpDocument& paper : office.papers(order.id)) kinds.push_back(paper.kind);
  }
  std::sort(kinds.begin(), kinds.end());
  return kinds.empty() ? text + ", no document"
                       : fmt::format("{}, {}", text, fmt::join(kinds, " and "));
}

/// One record under way.
struct Progress {
  const Record* record = nullptr;
  std::int64_t order = 0, product = 0;
  std::vector<std::string> bulk = {};  ///< Orders, by their number in Base.
  std::uint64_t mark = 0;
  std::size_t log = 0;
  bool done = false;
  int answered = 0;  ///< The last call by hand.
  Office::Integration old = {};
};

class Play {
 public:
  Play(const Story& story, harness::Bench& bench, harness::Judgement& judgement)
      : bench_(bench),
        judgement_(judgement),
        office_(bench, judgement, story.setup),
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
  const Office::Integration& by(const Progress& one) const {
    return office_.integrations().at(one.record->given.value("by", std::size_t{0}));
  }
  BaseAccount account(const Progress& one) { return office_.base(by(one).other); }
  static std::string code(const Progress& one) { return one.record->given.value("code", ""); }

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
      const std::string observed = aspects_.at(aspect)(one);
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

  std::vector<mocks::base::Product> products(const Progress& one) {
    auto all = account(one).products();
    std::erase_if(all, [&](const mocks::base::Product& row) {
      if (row.parent_id != 0) return true;
      return row.sku.empty() ? mocks::base::product_name(row) != code(one) : row.sku != code(one);
    });
    return all;
  }

  std::string told_row(const Progress& one) {
    const auto rows = office_.rows(by(one), one.order);
    if (rows.empty()) return "no row";
    if (rows.size() > 1) return fmt::format("{} rows", rows.size());
    const std::string number = rows.front().value("document_number", "");
    const bool button = rows.front().value("can_issue", false);
    if (number.empty()) return button ? "button" : "neither button nor number";
    return button ? "button and " + number : number;
  }

  std::string told_card(const std::string& code) {
    auto cards = office_.erp().products;
    std::erase_if(cards, [&](const harness::ErpProduct& card) {
      const std::string own = card.code.value_or("");
      return !card.active || (own.empty() ? card.name : own) != code;
    });
    if (cards.empty()) return "no card";
    if (cards.size() > 1) return fmt::format("{} cards", cards.size());
    return fmt::format("{} at {}", cards[0].name, plain_amount(cards[0].gross_price.value_or("-")));
  }

  std::string told_product(const Progress& one) {
    const auto all = products(one);
    if (all.empty()) return "no product";
    if (all.size() > 1) return fmt::format("{} products", all.size());
    const auto price = all[0].prices.find(105);
    const auto name = all[0].text_fields.find("name");
    return fmt::format("{} at {}", name == all[0].text_fields.end() ? "-" : name->second,
                       price == all[0].prices.end() ? "-" : plain_amount(price->second.fixed(2)));
  }

  std::string told_stock(const Progress& one) {
    const auto all = products(one);
    if (all.size() != 1) return all.empty() ? "no product" : "several products";
    const auto pieces = all[0].stock.find("bl_206");
    return pieces == all[0].stock.end() ? "0" : std::to_string(pieces->second);
  }

  std::string count_calls(const Progress& one, bool stock_only) {
    std::size_t count = 0;
    for (const BaseCall& call : base_calls(bench_, one.mark)) {
      if (!stock_only || call.method == "updateInventoryProductsStock") ++count;
    }
    return std::to_string(count);
  }

  std::string listed(const Progress& one) {
    const auto list = office_.perform("list_integrations", Json::object());
    for (const Json& row : list.answer.value("integrations", Json::array())) {
      if (row.value("id", "") == by(one).id) return "yes";
    }
    return "no";
  }

  /// Calls of Base's API that hand on what was never filled in.
  std::string count_literal(const Progress& one) {
    std::size_t count = 0;
    for (const BaseCall& call : base_calls(bench_, one.mark)) {
      const std::string text = call.parameters.dump();
      if (text.find("produkt_id") != text.npos || text.find("numer_zamowienia") != text.npos ||
          text.find("product_id]") != text.npos) {
        ++count;
      }
    }
    return std::to_string(count);
  }

  /// Whether Base was asked since the mark, with the integration's own token.
  std::string read_base(const Progress& one) {
    for (const BaseCall& call : account(one).calls(one.mark)) {
      if (call.method.starts_with("get")) return "yes";
    }
    return "no";
  }

  /// Whether uuid and secret are as they were when the integration was saved first.
  std::string told_keys(const Progress& one) {
    const auto list = office_.perform("list_integrations", Json::object());
    for (const Json& row : list.answer.value("integrations", Json::array())) {
      if (row.value("id", "") != by(one).id) continue;
      return row.value("secret", "") == by(one).secret ? "unchanged" : "another secret";
    }
    return "another uuid";
  }

  std::string count_cards() {
    const auto cards = office_.erp().products;
    return std::to_string(std::count_if(
        cards.begin(), cards.end(), [](const harness::ErpProduct& card) { return card.active; }));
  }

  std::optional<harness::ErpOrder> order_of(const Progress& one) {
    auto orders = office_.orders(by(one), one.order);
    if (orders.size() != 1) return std::nullopt;
    return std::move(orders.front());
  }

  std::optional<harness::ErpDocument> paper_of(const Progress& one) {
    const auto order = order_of(one);
    if (!order) return std::nullopt;
    auto papers = office_.papers(order->id);
    if (papers.size() != 1) return std::nullopt;
    return std::move(papers.front());
  }

  static std::string digits_of(std::string text) {
    std::erase_if(text, [](unsigned char c) { return std::isdigit(c) == 0; });
    return text;
  }

  std::string told_bulk(const Progress& one) {
    const harness::ErpView erp = office_.erp();
    std::size_t orders = 0;
    std::size_t documents = 0;
    for (const harness::ErpOrder& order : erp.orders) {
      const bool own =
          std::find(one.bulk.begin(), one.bulk.end(), order.shop_order_id) != one.bulk.end();
      if (!own || order.integration != by(one).id) continue;
      ++orders;
      documents += static_cast<std::size_t>(
          std::count_if(erp.papers.begin(), erp.papers.end(),
                        [&](const auto& paper) { return paper.order_id == order.id; }));
    }
    return fmt::format("{} orders, {} documents", orders, documents);
  }

  std::string told_columns(const Progress& one) {
    const auto rows = office_.rows(by(one), one.order);
    const auto order = order_of(one);
    if (rows.size() != 1 || !order) return fmt::format("{} rows", rows.size());
    const Json& row = rows.front();
    const auto papers = office_.papers(order->id);
    const std::string document = papers.empty() ? "" : papers.front().number;
    if (row.value("document_number", "") != document) {
      return fmt::format("document '{}' for '{}'", row.value("document_number", ""), document);
    }
    if (row.value("status", "") != order->status) {
      return fmt::format("status '{}' for '{}'", row.value("status", ""), order->status);
    }
    if (row.value("can_issue", false) != papers.empty()) {
      return papers.empty() ? "no button" : "a button beside the document";
    }
    return "as the order and its document";
  }

  std::string told_client(const Progress& one) {
    const auto order = order_of(one);
    const mocks::base::Order* const there = account(one).order(one.order);
    if (!order || there == nullptr) return "no order, or several";
    for (const auto& [what, wanted, found] : {std::tuple{"phone", there->phone, order->phone},
                                              std::tuple{"login", there->user_login, order->login},
                                              std::tuple{"e-mail", there->email, order->email}}) {
      if (wanted != found) return fmt::format("{} '{}' for '{}'", what, found, wanted);
    }
    return "as in Base";
  }

  /// Whether the address has all of the record's "pieces" and none of "not_these".
  std::string told_address(const Progress& one, std::string harness::ErpOrder::*address) {
    const auto order = order_of(one);
    if (!order) return "no order, or several";
    const std::string& text = (*order).*address;
    for (const std::string piece : one.record->given.value("pieces", Json::array())) {
      if (text.find(piece) == text.npos) return fmt::format("'{}' without '{}'", text, piece);
    }
    for (const std::string piece : one.record->given.value("not_these", Json::array())) {
      if (text.find(piece) != text.npos) return fmt::format("'{}' with '{}'", text, piece);
    }
    return "as it should be";
  }

  std::string contractor_nip(const Progress& one) {
    const auto order = order_of(one);
    if (!order) return "no order, or several";
    for (const harness::ErpContractor& contractor : office_.erp().contractors) {
      if (contractor.id == order->contractor_id) return digits_of(contractor.nip);
    }
    return "no contractor";
  }

  /// "*" for a line of the record's own card; "?" where the record says that it is open.
  std::string told_links(const Progress& one) {
    const auto order = order_of(one);
    if (!order) return "no order, or several";
    std::string own;
    for (const harness::ErpProduct& card : office_.erp().products) {
      if (card.code == code(one)) own = card.id;
    }
    const std::string open = one.record->given.value("linked", "");
    std::string told;
    for (const harness::ErpOrderLine& line : order->lines) {
      if (!told.empty()) told += ' ';
      if (told.size() < open.size() && open[told.size()] == '?') {
        told += '?';
      } else {
        told += line.product_id == own ? "*" : "of another product, or of none";
      }
    }
    return told;
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
  using Aspect = std::function<std::string(const Progress&)>;

  harness::Bench& bench_;
  harness::Judgement& judgement_;
  Office office_;
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
      {"bulk", [this](Progress& one, const Json& step) { add_bulk(one, step); }},
      {"find",  // Base's product of the code.
       [this](Progress& one, const Json&) {
         const auto all = products(one);
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
  const std::map<std::string, Aspect> aspects_{
      {"order",
       [this](const Progress& one) {
         return told_orders(office_, office_.orders(by(one), one.order));
       }},
      {"imported",
       [this](const Progress& one) {
         const auto orders = office_.orders(by(one), one.order);
         return orders.empty() ? "no order" : orders.size() == 1 ? "one order" : "several orders";
       }},
      {"total",
       [this](const Progress& one) {
         const auto orders = office_.orders(by(one), one.order);
         return orders.size() == 1 ? plain_amount(orders[0].total_gross) : "no order, or several";
       }},
      {"call_refused",
       [](const Progress& one) {
         return one.answered >= 200 && one.answered < 300 ? "no" : "yes";
       }},
      {"address", [this](const Progress& one) { return told_keys(one); }},
      {"erp_stock",
       [this](const Progress& one) {
         for (const harness::ErpProduct& card : office_.erp().products) {
           const auto pieces = card.stocks.find("M1");
           if (card.code == code(one) && pieces != card.stocks.end()) {
             return plain_amount(pieces->second);
           }
         }
         return std::string("none");
       }},
      {"number",
       [this](const Progress& one) {
         const auto orders = office_.orders(by(one), one.order);
         const auto papers = orders.size() == 1 ? office_.papers(orders[0].id)
                                                : std::vector<harness::ErpDocument>{};
         return papers.size() == 1 ? papers[0].number : fmt::format("{} documents", papers.size());
       }},
      {"bulk", [this](const Progress& one) { return told_bulk(one); }},
      {"columns", [this](const Progress& one) { return told_columns(one); }},
      {"list_state",
       [this](const Progress& one) {
         const std::string row = told_row(one);
         const bool bad = row.starts_with("button and") || row.find(' ') != row.npos;
         return row == "button" || bad ? row : "number";
       }},
      {"client", [this](const Progress& one) { return told_client(one); }},
      {"delivery",
       [this](const Progress& one) {
         return told_address(one, &harness::ErpOrder::delivery_address);
       }},
      {"buyer",
       [this](const Progress& one) {
         return told_address(one, &harness::ErpOrder::buyer_address);
       }},
      {"paper_name",
       [this](const Progress& one) {
         const auto paper = paper_of(one);
         return paper ? paper->contractor : "not one document";
       }},
      {"paper_nip",
       [this](const Progress& one) {
         const auto paper = paper_of(one);
         return paper ? digits_of(paper->nip) : "not one document";
       }},
      {"contractor_nip", [this](const Progress& one) { return contractor_nip(one); }},
      {"linked", [this](const Progress& one) { return told_links(one); }},
      {"papers_total",
       [this](const Progress& one) {
         const auto orders = office_.orders(by(one), one.order);
         if (orders.size() != 1) return std::string("no order, or several");
         const auto papers = office_.papers(orders[0].id);
         return papers.size() == 1 ? plain_amount(papers[0].total_gross)
                                   : fmt::format("{} documents", papers.size());
       }},
      {"papers", [this](const Progress&) { return std::to_string(office_.erp().papers.size()); }},
      {"former",
       [this](const Progress& one) { return told_card(one.record->given.value("former", "")); }},
      {"literal_calls", [this](const Progress& one) { return count_literal(one); }},
      {"read_base", [this](const Progress& one) { return read_base(one); }},
      {"logged",
       [this](const Progress& one) { return office_.erp().log.size() > one.log ? "yes" : "no"; }},
      {"orders",
       [this](const Progress& one) { return std::to_string(office_.orders(by(one)).size()); }},
      {"row", [this](const Progress& one) { return told_row(one); }},
      {"status",
       [this](const Progress& one) {
         const auto rows = office_.rows(by(one), one.order);
         return rows.empty() ? "no row" : rows.front().value("status", "");
       }},
      {"card", [this](const Progress& one) { return told_card(code(one)); }},
      {"cards", [this](const Progress&) { return count_cards(); }},
      {"product", [this](const Progress& one) { return told_product(one); }},
      {"stock", [this](const Progress& one) { return told_stock(one); }},
      {"writes",
       [this](const Progress& one) { return std::to_string(bench_.writes_since(one.mark)); }},
      {"stock_writes", [this](const Progress& one) { return count_calls(one, true); }},
      {"calls", [this](const Progress& one) { return count_calls(one, false); }},
      {"done", [](const Progress& one) { return one.done ? "yes" : "no"; }},
      {"listed", [this](const Progress& one) { return listed(one); }},
  };
};

}  // namespace

void play(const Story& story, harness::Bench& bench, harness::Judgement& judgement) {
  Play(story, bench, judgement).run();
}

Json setup_of(const Json& settings, const std::vector<std::string>& products,
              const std::vector<int>& statuses) {
  const Json one = {{"settings", settings}, {"products", products}, {"statuses", statuses}};
  return {{"integrations", Json::array({one})}};
}

Json step(const char* what) { return {{"do", what}}; }
Json order_step(const std::string& word, const Json& fields, const Json& lines) {
  Json all = {{"extra_field_1", word}};
  all.update(fields);
  return {{"do", "order"}, {"fields", all}, {"lines", lines}};
}
Json move_step(int status) { return {{"do", "move"}, {"status", status}}; }
Json product_step(const Json& fields) { return {{"do", "product"}, {"fields", fields}}; }
Json edit_step(const Json& fields) { return {{"do", "edit"}, {"fields", fields}}; }
Json see(const char* moment) { return {{"do", "see"}, {"as", moment}}; }
Json run_step(const char* command) { return {{"do", "run"}, {"command", command}}; }
Json call_fault(const char* kind) { return {{"do", "call fault"}, {"kind", kind}}; }
Json base_fault(const char* kind, int count) {
  return {{"do", "base fault"}, {"kind", kind}, {"count", count}};
}
Json call_step(const std::string& target, const char* method) {
  return {{"do", "call"}, {"target", target}, {"method", method}};
}
Json configure_step(const Json& settings) { return {{"do", "configure"}, {"settings", settings}}; }
Json form_step(const char* form, const Json& arguments) {
  return {{"do", "form"}, {"form", form}, {"arguments", arguments}};
}

Record record_of(RecordDraft draft) {
  Record record{.what = std::move(draft.what), .expected = std::move(draft.expected)};
  record.given["by"] = draft.by;
  if (!draft.code.empty()) record.given["code"] = draft.code;
  if (!draft.former.empty()) record.given["former"] = draft.former;
  record.given["steps"] = std::move(draft.steps);
  return record;
}

Json card_of(const std::string& code, const std::string& gross_price) {
  return {
      {"id", code}, {"code", code}, {"name", code}, {"vat", "23"}, {"gross_price", gross_price}};
}

std::string plain_amount(std::string text) {
  if (text.find('.') == text.npos) return text;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace atrapa::scenarios::ebiuro
