#include <fmt/format.h>

#include <cctype>
#include <set>

#include "core/integrations/firmino_base.hpp"
#include "scenarios/firmino/bugs.hpp"
#include "scenarios/firmino/meddler.hpp"

namespace atrapa::scenarios::firmino {
namespace {

namespace fb = core::firmino_base;
using core::ChoiceFacts;
using core::DocumentKind;
using core::ErpOrder;
using core::ErpOrderLine;
using core::Ledger;
using core::Money;
using harness::CoreParts;

using ReadOrder = core::Result<ErpOrder, core::Objection>;

/// As the right one, with every line tampered with and the total added up again.
template <typename Tamper>
ReadOrder read_with(const core::base::Order& row, std::string_view integration, core::Instant now,
                    const Tamper& tamper) {
  ReadOrder order = core::erp_order(row, integration, now);
  if (!order) return order;
  order->total_gross = order->shipping_cost;
  for (ErpOrderLine& line : order->lines) {
    tamper(line);
    order->total_gross = order->total_gross + line.value;
  }
  return order;
}

ReadOrder float_totals(const core::base::Order& row, std::string_view integration,
                       core::Instant now) {
  return read_with(row, integration, now, [](ErpOrderLine& line) {
    const double price = std::stod(core::to_text(line.unit_price));
    const double pieces = std::stod(core::to_text(line.quantity));
    line.value = Money{static_cast<std::int64_t>(price * pieces * 100.0)};
  });
}

ReadOrder vat_as_fraction(const core::base::Order& row, std::string_view integration,
                          core::Instant now) {
  return read_with(row, integration, now, [](ErpOrderLine& line) {
    if (line.vat.size() == 2 && std::isdigit(line.vat.front()) != 0) line.vat = "0." + line.vat;
  });
}

ReadOrder unknown_vat_as_zero(const core::base::Order& row, std::string_view integration,
                              core::Instant now) {
  return read_with(row, integration, now, [](ErpOrderLine& line) {
    static const std::set<std::string> known = {"23", "8", "5"};
    if (!known.contains(line.vat)) line.vat = "0";
  });
}

/// Fulfils what it has fetched at once.
class HastyClerk final : public Meddler {
 public:
  using Meddler::Meddler;
  harness::CommandResult run(std::string_view command) override {
    harness::CommandResult result = inner().run(command);
    for (const harness::ErpOrder& order : inner().look().orders) {
      inner().perform("fulfil", {{"order", order.id}});
    }
    return result;
  }
};

DocumentKind always_invoice(const ChoiceFacts&) { return DocumentKind::Invoice; }

DocumentKind never_asks_the_option(ChoiceFacts facts) {
  facts.automatic = true;
  return core::chosen_document(facts);
}

DocumentKind never_chooses(const ChoiceFacts& facts) { return facts.usual; }

DocumentKind blind_to_countries(ChoiceFacts facts) {
  facts.buyer_country = facts.warehouse_country;
  return core::chosen_document(facts);
}

/// The newest order of the buyer's.
std::string newest_of_buyer(const Ledger& ledger, const ErpOrder& order) {
  std::string newest = order.shop_order_id;
  for (const ErpOrder& other : ledger.orders_of(order.integration)) {
    if (other.email == order.email) newest = other.shop_order_id;
  }
  return newest;
}

/// Calls every document by one number.
class OneNumber final : public Meddler {
 public:
  using Meddler::Meddler;
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    for (harness::ErpDocument& paper : view.papers) paper.number = "FV/1/2026";
    return view;
  }
};

/// Makes documents out to nobody.
class NoBuyer final : public Meddler {
 public:
  using Meddler::Meddler;
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    for (harness::ErpDocument& paper : view.papers) paper.contractor.clear();
    return view;
  }
};

/// Adds each buyer as one more of whom it knows no name.
class NamelessBuyers final : public Meddler {
 public:
  using Meddler::Meddler;
  harness::ErpView look() override {
    harness::ErpView view = inner().look();
    for (harness::ErpContractor& one : view.contractors) one.name = "Klient " + one.id;
    return view;
  }
};

core::Result<core::Document> without_nip(Ledger& ledger, const core::SalesIssue& sale) {
  core::SalesIssue other = sale;
  other.nip.clear();
  return ledger.issue_sales(other);
}

/// Puts `value` in the place of a parameter, in each call of Base that has it.
class FixedParameter final : public PassingWire {
 public:
  FixedParameter(harness::Wire& inner, std::string name, std::string value)
      : PassingWire(inner), name_(std::move(name)), value_(std::move(value)) {}

  std::variant<mocks::kit::Response, harness::NoAnswer> send(
      const mocks::kit::Request& request) override {
    const auto form = mocks::kit::parse_form(request.body);
    if (!form) return inner().send(request);
    mocks::kit::Request other = request;
    other.body.clear();
    for (auto [field, text] : *form) {
      harness::Json parameters = harness::Json::parse(text, nullptr, false);
      if (field == "parameters" && parameters.is_object() && parameters.contains(name_)) {
        parameters[name_] = value_;
        text = parameters.dump();
      }
      other.body += (other.body.empty() ? "" : "&") + field + "=";
      for (const char c : text) {
        other.body += fmt::format("%{:02X}", static_cast<unsigned char>(c));
      }
    }
    return inner().send(other);
  }

 private:
  std::string name_, value_;
};

auto always(const char* parameter, const char* value) {
  return [=](harness::Wire& wire) -> std::unique_ptr<harness::Wire> {
    return std::make_unique<FixedParameter>(wire, parameter, value);
  };
}

}  // namespace

std::vector<Bug> document_bugs() {
  return {
      {"firmino-float-totals",
       "Multiplies prices in binary fractions and cuts off below the grosz.",
       {"FIRMINO-ORD-01"},
       [](CoreParts& parts) { parts.firmino.read_order = float_totals; }},
      {"firmino-vat-as-fraction",
       "Keeps a rate of 23 percent as 0.23.",
       {"FIRMINO-ORD-01"},
       [](CoreParts& parts) { parts.firmino.read_order = vat_as_fraction; }},
      {"firmino-unknown-vat-as-zero",
       "Takes a rate that it has no code for as 0 percent.",
       {"FIRMINO-ORD-01"},
       [](CoreParts& parts) { parts.firmino.read_order = unknown_vat_as_zero; }},
      {.name = "firmino-documents-unasked",
       .about = "Issues documents as soon as orders are fetched, though they are to be fulfilled.",
       .caught_by = {"FIRMINO-ORD-01"},
       .wrap = meddled<HastyClerk>},
      {.name = "firmino-one-number",
       .about = "Gives every document the number of the first.",
       .caught_by = {"FIRMINO-ORD-01"},
       .wrap = meddled<OneNumber>},
      {.name = "firmino-invoices-nobody",
       .about = "Leaves the buyer off its invoices.",
       .caught_by = {"FIRMINO-ORD-01"},
       .wrap = meddled<NoBuyer>},
      {"firmino-invoices-without-nip",
       "Leaves the buyer's NIP off its invoices.",
       {"FIRMINO-ORD-01"},
       [](CoreParts& parts) { parts.firmino.issue = without_nip; }},
      {.name = "firmino-nameless-contractors",
       .about = "Adds contractors without the names of the buyers.",
       .caught_by = {"FIRMINO-ORD-10"},
       .wrap = meddled<NamelessBuyers>},
      {.name = "firmino-sends-one-file",
       .about = "Sends one and the same printout for every document.",
       .caught_by = {"FIRMINO-ORD-05"},
       .rewire = always("file", "data:JVBERi0xLjQK")},
      {.name = "firmino-sends-at-0-percent",
       .about = "Has Base issue its copy of an invoice at 0 percent.",
       .caught_by = {"FIRMINO-ORD-05"},
       .rewire = always("vat_rate", "0")},
      {"firmino-always-invoices",
       "Issues invoices where receipts are the default.",
       {"FIRMINO-ORD-03", "FIRMINO-ORD-04"},
       [](CoreParts& parts) { parts.firmino.choose_document = always_invoice; }},
      {"firmino-chooses-unasked",
       "Chooses the kind by buyer though the automatic choice is off.",
       {"FIRMINO-ORD-03"},
       [](CoreParts& parts) { parts.firmino.choose_document = never_asks_the_option; }},
      {"firmino-never-chooses",
       "Issues the default kind though the automatic choice is on.",
       {"FIRMINO-ORD-04"},
       [](CoreParts& parts) { parts.firmino.choose_document = never_chooses; }},
      {"firmino-blind-to-countries",
       "Leaves the buyer's country out of the automatic choice.",
       {"FIRMINO-ORD-04"},
       [](CoreParts& parts) { parts.firmino.choose_document = blind_to_countries; }},
      {"firmino-sends-to-newest-order",
       "Puts a document at the newest order of its buyer.",
       {"FIRMINO-ORD-05"},
       [](CoreParts& parts) { parts.firmino.order_of_document = newest_of_buyer; }},
      {"firmino-sends-file-again",
       "Sends a file again whose answer was lost, without looking first.",
       {"FIRMINO-ORD-05"},
       [](CoreParts& parts) {
         parts.firmino.looks_first = [](const core::Intent& intent) {
           return intent.kind != "base_file";
         };
       }},
      {"firmino-issues-in-base-again",
       "Issues an invoice in Base again whose answer was lost, without looking first.",
       {"FIRMINO-ORD-05"},
       [](CoreParts& parts) {
         parts.firmino.looks_first = [](const core::Intent& intent) {
           return intent.kind != "base_document";
         };
       }},
      {"firmino-keeps-documents",
       "Sends no document though the option is on.",
       {"FIRMINO-ORD-05"},
       [](CoreParts& parts) {
         parts.firmino.sends_documents = [](const fb::Settings&) { return false; };
       }},
      {"firmino-sends-unasked",
       "Sends documents though the option is off.",
       {"FIRMINO-ORD-06"},
       [](CoreParts& parts) {
         parts.firmino.sends_documents = [](const fb::Settings&) { return true; };
       }},
  };
}

}  // namespace atrapa::scenarios::firmino
