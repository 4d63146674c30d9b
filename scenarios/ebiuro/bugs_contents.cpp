#include <set>
#include <string>

#include "core/integrations/ebiuro_base.hpp"
#include "scenarios/ebiuro/spoiled.hpp"

// Wrong in what an order, its document and its buyer hold.

namespace atrapa::scenarios::ebiuro {
namespace {

using core::Contractor;
using harness::CoreParts;
using mocks::kit::Request;
using mocks::kit::Response;

template <typename Change>
auto changed_order(const Change& change) {
  return [change](const core::base::Order& order, std::string_view integration, core::Instant now) {
    auto made = core::erp_order(order, integration, now);
    if (made) change(*made);
    return made;
  };
}

core::BuyerMatch by_name_alone(const Contractor& buyer, std::span<const Contractor> known) {
  for (const Contractor& one : known) {
    if (one.name == buyer.name) return {one.id};
  }
  return {};
}

/// Shows one free piece on each line, of documents or of orders.
class FreePapers final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    for (harness::ErpDocument& paper : view.papers) {
      for (auto& line : paper.lines) line.quantity = "1", line.unit_price = line.value = "0.00";
    }
    return view;
  }
};
class FreeOrders final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    for (harness::ErpOrder& order : view.orders) {
      order.shipping_cost = "0.00";
      for (auto& line : order.lines) line.quantity = "1", line.unit_price = "0.00";
    }
    return view;
  }
};

/// Makes cards of lines that name no product.
class InventsCards final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  Response receive(const Request& call) override {
    Response answer = inner().receive(call);
    for (const harness::ErpOrder& order : inner().look().orders) {
      for (const harness::ErpOrderLine& line : order.lines) {
        if (!line.product_id.empty() || !made_.insert(order.id + line.name).second) continue;
        harness::ErpProduct card;
        card.id = "line-" + std::to_string(made_.size());
        card.name = line.name;
        inner().edit_product(card);
      }
    }
    return answer;
  }

 private:
  std::set<std::string> made_;
};

}  // namespace

std::vector<Bug> content_bugs() {
  return {
      around<FreePapers>("documents-of-free-pieces",
                         "Shows one piece on each line of a document, at no price.",
                         {"EBIURO-NEW-06"}),
      around<FreeOrders>("orders-of-free-pieces",
                         "Shows one piece on each line of an order, at no price.",
                         {"EBIURO-EVT-08", "EBIURO-NEW-06"}),
      {"contractors-by-name-alone",
       "Takes two firms of one name and different NIPs for one.",
       {"EBIURO-NEW-05"},
       [](CoreParts& parts) { parts.ebiuro.match_buyer = by_name_alone; }},
      {"buyer-is-the-recipient",
       "Takes the buyer from the delivery address.",
       {"EBIURO-NEW-05"},
       [](CoreParts& parts) {
         parts.ebiuro.read_order = changed_order([](core::ErpOrder& order) {
           order.buyer = order.recipient;
           order.contractor = order.recipient.company.empty() ? order.recipient.last_name
                                                              : order.recipient.company;
         });
       }},
      {"delivers-to-the-buyer",
       "Takes the delivery address from the invoice data.",
       {"EBIURO-NEW-04"},
       [](CoreParts& parts) {
         parts.ebiuro.read_order =
             changed_order([](core::ErpOrder& order) { order.recipient = order.buyer; });
       }},
      {"drops-phone-and-login",
       "Loses the phone and the login of an order.",
       {"EBIURO-NEW-03"},
       [](CoreParts& parts) {
         parts.ebiuro.read_order = changed_order([](core::ErpOrder& order) {
           order.phone.clear();
           order.login.clear();
         });
       }},
      around<InventsCards>("cards-of-free-lines", "Makes products of lines that name none.",
                           {"EBIURO-NEW-06"}),
  };
}

}  // namespace atrapa::scenarios::ebiuro
