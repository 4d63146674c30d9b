#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/sync/documents.hpp"
#include "core/sync/import_order.hpp"
#include "harness/run/campaign.hpp"
#include "harness/subject/base64.hpp"
#include "harness/subject/passing.hpp"
#include "scenarios/common/bug.hpp"
#include "scenarios/systim/csv_file.hpp"
#include "tests/scenarios/support.hpp"

// What a page leaves open is held against nobody: cores that do it in another way than ours.

using namespace atrapa;
using namespace atrapa::scenarios::tests;
using scenarios::Bug;

namespace {

using core::Result;

void check_permitted(const Bug& other, const std::vector<std::string>& ids) {
  const auto kind = scenarios::subject_of(other);
  std::vector<const harness::Rule*> rules;
  for (const std::string& id : ids) rules.push_back(&rule(id));
  const auto result = harness::run_campaign(
      rules, {.subject = kind.get(), .switches = switches(), .seed = 42, .cases = 60});
  for (const harness::RuleResult& one : result.rules) {
    INFO(other.name << ": " << told(one));
    CHECK(one.verdict == harness::Verdict::Holds);
  }
}

void lower_stock(core::Ledger& ledger, const std::vector<core::ErpOrderLine>& lines) {
  auto products = ledger.products();
  for (const core::ErpOrderLine& line : lines) {
    for (core::ErpProduct& product : products) {
      if (product.id != line.product_id || !product.stock || !product.stock->value) continue;
      const core::Quantity left{product.stock->value->millionths - line.quantity.millionths};
      product.stock = core::read_quantity(core::to_text(left));
    }
  }
  ledger.put_products(products);
}

/// Notes, and what cancels them, leave the stock alone.
void notes_on_paper(core::Parts& parts) {
  parts.issue_goods = [](core::Desk& desk, std::int64_t order,
                         std::span<const core::GoodsPart> goods) {
    const auto before = desk.ledger.products();
    auto made = core::issue_goods(desk, order, goods);
    if (made) desk.ledger.put_products(before);
    return made;
  };
  parts.cancel_goods = [](core::Desk& desk, std::int64_t document) -> Result<core::Done> {
    if (desk.ledger.cancel_document(document, desk.now)) return core::Done{};
    return core::cancel_goods(desk, document);
  };
}

void stock_falls_at_order(harness::CoreParts& parts) {
  notes_on_paper(parts.systim);
  parts.systim.import_order = [](core::ImportContext& context, const core::ImportInput& input) {
    auto outcome = core::import_order(context, input);
    if (outcome && outcome->state == core::ImportOutcome::State::Saved) {
      lower_stock(context.ledger, context.ledger.orders().back().lines);
    }
    return outcome;
  };
}

void stock_falls_at_invoice(harness::CoreParts& parts) {
  notes_on_paper(parts.systim);
  parts.systim.issue_invoice = [](core::Desk& desk, std::int64_t order) {
    const std::size_t before = desk.ledger.documents().size();
    auto made = core::issue_invoice(desk, order);
    if (made && desk.ledger.documents().size() > before) lower_stock(desk.ledger, made->lines);
    return made;
  };
}

using Permitted = harness::PassingSubject;

template <typename T>
std::unique_ptr<harness::Subject> around(std::unique_ptr<harness::Subject> inner) {
  return std::make_unique<T>(std::move(inner));
}

/// Refuses a second parcel for an order.
class OneParcel final : public Permitted, private harness::Desk {
 public:
  using Permitted::Permitted;
  harness::Desk* desk() override { return this; }

 private:
  harness::CommandResult invoice(const std::string& order) override {
    return inner().desk()->invoice(order);
  }
  harness::CommandResult goods_issue(const std::string& order,
                                     const std::vector<harness::IssuePart>& parts) override {
    return inner().desk()->goods_issue(order, parts);
  }
  harness::CommandResult cancel_goods_issue(const std::string& number) override {
    return inner().desk()->cancel_goods_issue(number);
  }
  harness::CommandResult shipment(const std::string& order) override {
    for (const harness::ErpShipment& parcel : inner().look().shipments) {
      if (parcel.order_id == order) return {.ok = false, .summary = "it has a parcel"};
    }
    return inner().desk()->shipment(order);
  }
};

/// Tries a token that is entered by a call, and refuses one that Base does not know.
class TriesToken final : public Permitted {
 public:
  using Permitted::Permitted;
  harness::DeedResult perform(std::string_view deed, const harness::Json& arguments) override {
    const bool entered = deed == "set_token" || deed == "add_integration";
    if (entered && arguments.value("token", "") == "made-up-wrong-token") {
      return {.done = false, .answer = {{"reason", "token_refused"}}, .why = "Base refuses it"};
    }
    return inner().perform(deed, arguments);
  }
};

/// Reads a list of the catalogue before whatever it is about to send.
class ReadsFirst final : public scenarios::PassingWire {
 public:
  using PassingWire::PassingWire;
  std::variant<mocks::kit::Response, harness::NoAnswer> send(
      const mocks::kit::Request& request) override {
    const std::size_t at = request.body.find("method=");
    if (at != std::string::npos) {
      mocks::kit::Request first = request;
      first.body =
          "method=getInventoryAvailableTextFieldKeys&parameters=%7B%22inventory_id%22%3A307%7D";
      inner().send(first);
    }
    return inner().send(request);
  }
};

/// Asks the shop for a token as soon as it is installed, before any form is saved. The code is none
/// of the shop's, so that the core can use the right one afterwards.
class Eager final : public Permitted, private harness::LifeCycle {
 public:
  Eager(std::unique_ptr<harness::Subject> inner, harness::Wire& wire)
      : Permitted(std::move(inner)), wire_(wire) {}
  harness::LifeCycle* life() override { return this; }

 private:
  void begin(const harness::SubjectSetup& setup) override {
    pair_ = harness::encode_base64(setup.application + ":" + setup.application_secret);
    inner().life()->begin(setup);
  }
  mocks::kit::Response receive(const mocks::kit::Request& message) override {
    auto answer = inner().life()->receive(message);
    if (answer.status / 100 == 2 && message.body.find("action=install") != std::string::npos) {
      wire_.send({.method = "POST",
                  .target = "/webapi/rest/oauth/token?grant_type=authorization_code",
                  .headers = {{"Authorization", "Basic " + pair_}},
                  .body = "code=of-nobody"});
    }
    return answer;
  }
  harness::CommandResult save_form(const harness::ConnectorForm& form) override {
    return inner().life()->save_form(form);
  }
  std::string new_api_key(const std::string& login) override {
    return inner().life()->new_api_key(login);
  }
  void delete_user(const std::string& login) override { inner().life()->delete_user(login); }
  std::vector<harness::ShownKey> show_keys() override { return inner().life()->show_keys(); }

  harness::Wire& wire_;
  std::string pair_;
};

}  // namespace

TEST_CASE("Systim: stock may fall by the order, and by the invoice", "[permitted]") {
  const std::vector<std::string> rules{"SYSTIM-STOCK-16", "SYSTIM-DOC-01", "SYSTIM-DOC-02"};
  check_permitted(
      {.name = "falls-at-order", .about = "", .caught_by = {}, .plant = stock_falls_at_order},
      rules);
  check_permitted(
      {.name = "falls-at-invoice", .about = "", .caught_by = {}, .plant = stock_falls_at_invoice},
      rules);
}

TEST_CASE("Systim: a shop may be called as soon as the connector is installed", "[permitted]") {
  harness::Wire* wire = nullptr;  // Of the case under way; they come one after the other.
  const auto seen = [&wire](harness::Wire& own) -> std::unique_ptr<harness::Wire> {
    wire = &own;
    return std::make_unique<scenarios::PassingWire>(own);
  };
  const auto eager =
      [&wire](std::unique_ptr<harness::Subject> inner) -> std::unique_ptr<harness::Subject> {
    return std::make_unique<Eager>(std::move(inner), *wire);
  };
  check_permitted({.name = "eager", .about = "", .caught_by = {}, .wrap = eager, .rewire = seen},
                  {"SYSTIM-CONF-01", "SYSTIM-ORD-12"});
}

TEST_CASE("Systim: a second parcel of an order may be refused", "[permitted]") {
  check_permitted({.name = "one-parcel", .about = "", .caught_by = {}, .wrap = around<OneParcel>},
                  {"SYSTIM-DOC-02"});
}

TEST_CASE("Systim: a product without a code may come without its level", "[permitted]") {
  const auto empty = [](harness::CoreParts& parts) {
    parts.systim.add_product = [](core::Shop& shop, const core::NewProduct& product) {
      core::NewProduct other = product;
      other.stock = {};
      return shop.add_product(other);
    };
  };
  check_permitted({.name = "empty-shelves", .about = "", .caught_by = {}, .plant = empty},
                  {"SYSTIM-PROD-05"});
}

TEST_CASE("Systim: a file may call its columns what it likes", "[permitted]") {
  const auto other = [](harness::CoreParts& parts) {
    parts.systim.write_csv = [](std::span<const core::ErpProduct> products,
                                const core::CsvForm& form) {
      std::string file = core::write_products_csv(products, form);
      std::string heads;
      for (int column = 1; column <= 9; ++column) {
        heads += (heads.empty() ? "Kolumna " : ";Kolumna ") + std::to_string(column);
      }
      return heads + file.substr(file.find('\r'));
    };
  };
  check_permitted({.name = "other-heads", .about = "", .caught_by = {}, .plant = other},
                  {"SYSTIM-CSV-01", "SYSTIM-CSV-02"});
}

TEST_CASE("Systim: a file in the code page 1250 is read as what it says", "[permitted]") {
  const auto file = scenarios::systim::read_csv_file("Nazwa;Stan\n\xAF\xF3\xB3w;\x80 5\n");
  CHECK(file.broken.empty());
  REQUIRE(file.rows.size() == 2);
  CHECK(file.rows[1] == std::vector<std::string>{"Żółw", "? 5"});
}

TEST_CASE("Firmino: a token may be refused, and the catalogue be read", "[permitted]") {
  check_permitted({.name = "tries-token", .about = "", .caught_by = {}, .wrap = around<TriesToken>},
                  {"FIRMINO-CONF-01"});
  check_permitted({.name = "reads-first",
                   .about = "",
                   .caught_by = {},
                   .rewire = [](harness::Wire& wire) -> std::unique_ptr<harness::Wire> {
                     return std::make_unique<ReadsFirst>(wire);
                   }},
                  {"FIRMINO-MOD-01", "FIRMINO-MOD-02", "FIRMINO-CONF-02"});
}
