#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "harness/bench/bench.hpp"
#include "scenarios/systim/desk_stock.hpp"
#include "scenarios/systim/orders.hpp"
#include "scenarios/systim/rules.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::Bench;
using harness::CommandResult;
using harness::Judgement;
using harness::Rule;
using harness::SwitchValues;

constexpr const char* kBuyersNip = "5250000009";  // Made up; its check digit is right.

/// "23%", "23" and "zw." as one would read them out.
std::string rate_name(std::string text) {
  std::erase_if(text, [](char c) { return c == '%' || c == '.' || c == ' '; });
  return text;
}

// Cases -----------------------------------------------------------------------------------------

constexpr std::array kDeskRates{"23%", "8%", "5%", "0%", "zw.", "np."};
constexpr std::array kDeskQuantities{"1", "2", "5"};

/// One order for each gene: `a` picks quantity and lines, `b` the rate and the buyer, `second` a
/// line that the ERP does not know.
std::vector<Order> orders_for_desk(const std::vector<Gene>& genes) {
  std::vector<Order> orders;
  for (std::size_t i = 0; i < genes.size(); ++i) {
    const Gene& gene = genes[i];
    Order order = shop_order(i);
    for (int n = 0; n < 1 + gene.a % 2; ++n) {
      Line line = known_line(3 * i + static_cast<std::size_t>(n));
      line.quantity = kDeskQuantities[static_cast<std::size_t>(gene.a / 2)];
      line.tax = kDeskRates[static_cast<std::size_t>(gene.b % 6)];
      line.erp.front().stock = DeskStock::kBefore;
      order.lines.push_back(std::move(line));
    }
    if (gene.second == 1) {
      Line unknown = known_line(3 * i + 2);
      unknown.planted = "unknown to the ERP";
      unknown.erp.clear();
      unknown.product.clear();
      order.lines.push_back(std::move(unknown));
    }
    if (gene.b >= 6) order.nip = kBuyersNip;
    if (gene.b % 4 == 3) order.shipping = "15.99";
    settle(order);
    orders.push_back(std::move(order));
  }
  return orders;
}

DeskCase build_invoices(const std::vector<Gene>& genes, const SwitchValues& switches) {
  static constexpr std::array kDeskActs{"invoice", "orders", "shipment"};
  std::vector<Gene> fitting = genes;
  // Where the switch refuses such orders there is nothing to make documents from.
  if (value_of(switches, "systim.unknown_line") != "omit_line") {
    for (Gene& gene : fitting) gene.second = 0;
  }
  DeskCase input{.orders = orders_for_desk(fitting), .steps = {}};
  for (const Gene& gene : genes) {
    input.steps.push_back({.act = kDeskActs[static_cast<std::size_t>(gene.edge)],
                           .order = static_cast<std::size_t>(gene.c) % (genes.size() + 1)});
  }
  for (std::size_t i = 0; i < input.orders.size(); ++i) {
    input.steps.push_back({.act = "invoice", .order = i});
  }
  return input;
}

DeskCase build_goods(const std::vector<Gene>& genes, const SwitchValues&) {
  static constexpr std::array kDeskActs{"goods", "stock", "part", "cancel", "shipment", "invoice"};
  std::vector<Gene> plain = genes;
  for (Gene& gene : plain) {
    gene.second = 0;
    gene.b = gene.b == 0 ? 0 : 6;  // One rate, the ERP's, so that the stock sync pairs them.
  }
  DeskCase input{.orders = orders_for_desk(plain), .steps = {}};
  for (const Gene& gene : genes) {
    input.steps.push_back({.act = kDeskActs[static_cast<std::size_t>(gene.edge)],
                           .order = static_cast<std::size_t>(gene.c) % genes.size(),
                           .line = static_cast<std::size_t>(gene.d),
                           .quantity = "1"});
  }
  // Stock that neither the note nor the invoice lowers is lowered by nothing.
  for (const char* last : {"goods", "stock", "cancel", "stock", "invoice", "stock"}) {
    input.steps.push_back({.act = last, .order = 0});
  }
  return input;
}

// The desk --------------------------------------------------------------------------------------

/// A case's orders in the ERP, and what a clerk who did these things would expect to find.
class Clerk {
 public:
  Clerk(const DeskCase& planted, Bench& bench, Judgement& judgement)
      : planted_(planted),
        orders_{.orders = planted.orders},
        counter_(orders_, bench),
        bench_(bench),
        judgement_(judgement),
        stock_(planted.orders) {
    counter_.set();
    for (std::size_t i = 0; i < planted.orders.size(); ++i) give_address(i);
    counter_.run("orders");
    counter_.check_imported(judgement);
    stock_.check_erp(bench, judgement);
  }

  void play() {
    for (const DeskStep& step : planted_.steps) {
      bench_.advance(std::chrono::minutes(5));
      act(step);
    }
  }

 private:
  /// Where the goods go is not where the bill goes.
  void give_address(std::size_t order) {
    bench_.shop().edit("orders", counter_.shop_id(order),
                       {{"delivery_address",
                         {{"firstname", "Ewa"},
                          {"lastname", "Odbiorcza"},
                          {"company", ""},
                          {"street1", fmt::format("Leśna {}", order + 1)},
                          {"city", "Testowo"},
                          {"postcode", "99-999"},
                          {"country", "Polska"},
                          {"country_code", "PL"},
                          {"phone", "600000000"}}}});
  }

  const harness::ErpOrder* in_erp(const harness::ErpView& erp, std::size_t order) const {
    if (order >= planted_.orders.size()) return nullptr;
    const std::string id = std::to_string(counter_.shop_id(order));
    for (const harness::ErpOrder& one : erp.orders) {
      if (one.shop_order_id == id) return &one;
    }
    return nullptr;
  }

  void act(const DeskStep& step) {
    if (step.act == "stock" || step.act == "orders") {
      bench_.run(step.act);
      if (step.act == "stock") stock_.check_shop(bench_, judgement_);
      return;
    }
    const harness::ErpView before = bench_.erp();
    const harness::ErpOrder* order = in_erp(before, step.order);
    if (order == nullptr) {
      bench_.desk().invoice("999999");
      judgement_.expect_equal("documents for an order that the ERP does not have",
                              before.papers.size(), bench_.erp().papers.size());
    } else if (step.act == "invoice") {
      invoice(step.order, *order);
    } else if (step.act == "goods" || step.act == "part") {
      goods(step, *order);
    } else if (step.act == "cancel") {
      cancel();
    } else if (step.act == "shipment") {
      shipment(step.order, *order);
    }
    check_numbers();
    stock_.check_erp(bench_, judgement_);
  }

  void invoice(std::size_t index, const harness::ErpOrder& order) {
    const CommandResult made = bench_.desk().invoice(order.id);
    judgement_.expect(made.ok || invoiced_.contains(index), "an invoice for an order of the ERP",
                      "issued", "refused: " + made.summary);
    invoiced_.insert(index);
    stock_.invoice(index);
    std::vector<harness::ErpDocument> invoices;
    for (const harness::ErpDocument& paper : bench_.erp().papers) {
      if (paper.kind == "invoice" && paper.order_id == order.id) invoices.push_back(paper);
    }
    judgement_.expect_equal("invoices of order " + order.number, std::string("1"),
                            std::to_string(invoices.size()));
    if (invoices.empty()) return;
    const harness::ErpDocument& paper = invoices.front();
    std::vector<std::string> expected;
    for (const harness::ErpOrderLine& line : order.lines) expected.push_back(line_text(line));
    if (plain_decimal(order.shipping_cost) != "0") {
      expected.push_back("shipping " + plain_decimal(order.shipping_cost));
    }
    std::vector<std::string> observed;
    for (const harness::ErpDocumentLine& line : paper.lines) {
      observed.push_back(line.product_id.empty() ? "shipping " + plain_decimal(line.value)
                                                 : line_text(line));
    }
    judgement_.expect_equal("lines of the invoice of order " + order.number, expected, observed);
    judgement_.expect_equal("total of the invoice of order " + order.number,
                            plain_decimal(order.total_gross), plain_decimal(paper.total_gross));
    judgement_.expect_equal("NIP on the invoice of order " + order.number,
                            planted_.orders[index].nip, paper.nip);
    std::size_t i = 0;
    for (const Line& line : planted_.orders[index].lines) {
      if (line.product.empty() || i >= paper.lines.size()) continue;
      judgement_.expect_equal("VAT rate of '" + line.code + "' on the invoice", rate_name(line.tax),
                              rate_name(paper.lines[i++].vat));
    }
  }

  template <typename T>
  static std::string line_text(const T& line) {
    return fmt::format("{} x {} at {}, {}", line.product_id, plain_decimal(line.quantity),
                       plain_decimal(line.unit_price), rate_name(line.vat));
  }

  void goods(const DeskStep& step, const harness::ErpOrder& order) {
    std::vector<harness::IssuePart> parts;
    const std::vector<std::int64_t>& left = stock_.left(step.order);
    std::vector<std::int64_t> leaving(left.size());
    if (step.act == "part") {
      const std::size_t line = step.line % left.size();
      // More than is left is nobody's documented business.
      if (left[line] < thousandths(step.quantity)) return;
      parts.push_back({line, step.quantity});
      leaving[line] = thousandths(step.quantity);
    } else {
      leaving = left;
    }
    const bool any =
        std::any_of(leaving.begin(), leaving.end(), [](std::int64_t n) { return n > 0; });
    const std::size_t notes = live_notes().size();
    const CommandResult made = bench_.desk().goods_issue(order.id, parts);
    if (!any) return;  // A note of nothing or a refusal: DeskStock sees whether goods moved.
    judgement_.expect(made.ok, "a goods issue note for what is left of an order", "made",
                      "refused: " + made.summary);
    const auto now = live_notes();
    judgement_.expect_equal("goods issue notes", std::to_string(notes + 1),
                            std::to_string(now.size()));
    if (now.size() != notes + 1) return;
    std::vector<std::string> expected;
    Note note{.number = now.back().number, .order = step.order, .quantities = leaving};
    for (std::size_t i = 0; i < leaving.size(); ++i) {
      if (leaving[i] == 0) continue;
      expected.push_back(fmt::format("{} x {}", order.lines[i].product_id, pieces(leaving[i])));
    }
    stock_.note(step.order, leaving);
    std::vector<std::string> observed;
    for (const harness::ErpDocumentLine& line : now.back().lines) {
      observed.push_back(fmt::format("{} x {}", line.product_id, plain_decimal(line.quantity)));
    }
    judgement_.expect_equal("lines of the goods issue note", expected, observed);
    notes_.push_back(std::move(note));
  }

  void cancel() {
    if (notes_.empty()) return;
    const Note note = notes_.back();
    notes_.pop_back();
    const CommandResult done = bench_.desk().cancel_goods_issue(note.number);
    judgement_.expect(done.ok, "the cancelling of a goods issue note", "done",
                      "refused: " + done.summary);
    stock_.cancel(note.order, note.quantities);
  }

  void shipment(std::size_t index, const harness::ErpOrder& order) {
    const std::size_t before = bench_.erp().shipments.size();
    const CommandResult made = bench_.desk().shipment(order.id);
    const harness::ErpView erp = bench_.erp();
    // Whether an order may be sent in several parcels is not said.
    const bool first = shipped_.insert(index).second;
    if (!first && !made.ok && erp.shipments.size() == before) return;
    judgement_.expect_equal("shipments in the ERP", std::to_string(before + 1),
                            std::to_string(erp.shipments.size()));
    if (erp.shipments.size() != before + 1) return;
    const harness::ErpShipment& parcel = erp.shipments.back();
    judgement_.expect_equal("order of the shipment", order.id, parcel.order_id);
    judgement_.expect_equal(
        "recipient of the shipment",
        fmt::format("Ewa Odbiorcza, Leśna {}, 99-999 Testowo, 600000000, jan.testowy@example.com",
                    index + 1),
        fmt::format("{}, {}, {} {}, {}, {}", parcel.recipient, parcel.street, parcel.postcode,
                    parcel.city, parcel.phone, parcel.email));
  }

  std::vector<harness::ErpDocument> live_notes() {
    std::vector<harness::ErpDocument> notes;
    for (harness::ErpDocument& paper : bench_.erp().papers) {
      if (paper.kind == "goods_issue" && !paper.cancelled) notes.push_back(std::move(paper));
    }
    return notes;
  }

  void check_numbers() {
    std::map<std::string, int> times;
    for (const harness::ErpDocument& paper : bench_.erp().papers) {
      ++times[paper.kind + " " + paper.number];
    }
    for (const auto& [number, count] : times) {
      judgement_.expect_equal("documents called " + number, 1, count);
    }
  }

  struct Note {
    std::string number;
    std::size_t order = 0;
    std::vector<std::int64_t> quantities;
  };

  const DeskCase& planted_;
  const OrderCase orders_;
  Counter counter_;
  Bench& bench_;
  Judgement& judgement_;
  DeskStock stock_;
  std::vector<Note> notes_;
  std::set<std::size_t> invoiced_, shipped_;
};

void judge_desk(const DeskCase& input, Bench& bench, Judgement& judgement) {
  Clerk(input, bench, judgement).play();
}

}  // namespace

std::vector<Rule> desk_rules() {
  const auto shape = [](Shape bounds) { return [bounds](const SwitchValues&) { return bounds; }; };
  return {
      make(Draft<DeskCase>{
          .id = "SYSTIM-DOC-01",
          .switches = {"systim.unknown_line"},
          .shape = shape({.edges = 3, .seconds = 2, .a = 6, .b = 12, .c = 4, .most = 5}),
          .build = build_invoices,
          .oracle = judge_desk}),
      make(Draft<DeskCase>{.id = "SYSTIM-DOC-02",
                           .shape = shape({.edges = 6, .a = 6, .b = 2, .c = 4, .d = 2, .most = 6}),
                           .build = build_goods,
                           .oracle = judge_desk}),
  };
}

}  // namespace atrapa::scenarios::systim
