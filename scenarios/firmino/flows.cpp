#include <fmt/format.h>

#include <algorithm>

#include "scenarios/firmino/group.hpp"
#include "scenarios/firmino/office.hpp"

namespace atrapa::scenarios::firmino {
namespace {

constexpr int kOrders = 3;
constexpr int kCards = 4;

harness::ChaosFlow flow(std::string name, std::string command,
                        std::function<void(Bench&)> plant_all,
                        std::function<void(Bench&, Judgement&)> end_state) {
  return {.name = std::move(name),
          .command = std::move(command),
          .integration = "firmino-base",
          .plant = std::move(plant_all),
          .end_state = std::move(end_state)};
}

std::vector<std::string> sorted(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  return texts;
}

// Documents ---------------------------------------------------------------------------------------

Json order_of_day(int i) {
  return {
      {"order", {{"invoice_company", fmt::format("Młyn {}", i)}, {"invoice_nip", "5250000009"}}},
      {"lines", {{{"name", fmt::format("Kubek {}", i)}, {"quantity", i + 1}}}}};
}

/// Some orders are fetched and fulfilled already, their documents still on their way; as many are
/// to be fetched.
void plant_documents(Bench& bench) {
  Office office(bench);
  office.connect({{"orders", true},
                  {"send_documents", true},
                  {"usual_document", "invoice"},
                  {"link_products", true},
                  {"link_contractors", true}});
  std::vector<std::int64_t> ids;
  for (int i = 0; i < kOrders; ++i) ids.push_back(plant(office.base(), bench, order_of_day(i)));
  office.run("orders");
  for (const std::int64_t id : ids) office.fulfil(id);
  for (int i = 0; i < kOrders; ++i) plant(office.base(), bench, order_of_day(i));
}

void expect_documents(Bench& bench, Judgement& judgement) {
  const BaseAccount base(bench);
  const harness::ErpView erp = bench.erp();
  // In Base's numbers, as they were planted: the first ones were fulfilled.
  std::vector<std::string> expected, observed;
  int place = 0;
  base.look().sales.orders.each([&](const mocks::base::Order& order) {
    const bool fulfilled =
        place++ < kOrders || bench.switch_value("firmino.document_moment") == "on_fetch";
    expected.push_back(fmt::format(
        "{}: {}", order.id, fulfilled ? "an invoice, in Base with its file" : "no document"));
    return true;
  });
  for (const harness::ErpOrder& order : erp.orders) {
    std::string text = order.shop_order_id + ": ";
    int papers = 0;
    for (const harness::ErpDocument& paper : erp.papers) {
      if (paper.order_id != order.id) continue;
      ++papers;
      text += paper.kind == "invoice" ? "an invoice" : paper.kind;
      for (const mocks::base::Invoice& invoice : base.invoices()) {
        const bool own = std::to_string(invoice.order_id) == order.shop_order_id;
        if (own && invoice.external_invoice_number == paper.number && !invoice.file.empty()) {
          text += ", in Base with its file";
        }
      }
    }
    observed.push_back(papers == 0 ? text + "no document" : text);
  }
  judgement.expect_equal("orders and their documents", sorted(expected), sorted(observed));
  judgement.expect_equal("invoices in Base", erp.papers.size(), base.invoices().size());
  judgement.expect_equal("buyers in the books", std::size_t{kOrders}, erp.contractors.size());
  judgement.expect_equal("cards in the books", std::size_t{kOrders}, erp.products.size());
}

// Products ----------------------------------------------------------------------------------------

Json card_of_shelf(int i) {
  Json card = card_json(fmt::format("K{}", i), fmt::format("Kubek {}", i), fmt::format("KUB-{}", i),
                        fmt::format("{}.50", 10 + i));
  card["stocks"] = {{"M1", std::to_string(5 + i)}, {"M2", "2"}};
  return card;
}

/// New cards, and one that Base has already at another price.
void plant_products(Bench& bench) {
  Office office(bench);
  for (int i = 0; i < kCards; ++i) office.put_card(card_of_shelf(i));
  office.base().plant_product(product_json("Kubek 0", "KUB-0", "99.00"));
  office.connect({{"products", true}, {"product_source", "firmino"}, {"update_name", true}});
}

void expect_products(Bench& bench, Judgement& judgement) {
  std::vector<std::string> expected, observed;
  for (int i = 0; i < kCards; ++i) {
    expected.push_back(fmt::format("KUB-{} Kubek {} at {}.5", i, i, 10 + i));
  }
  for (const mocks::base::Product& product : BaseAccount(bench).products()) {
    const Json view = view_of(product);
    observed.push_back(fmt::format("{} {} at {}", view.at("sku").get<std::string>(),
                                   view.at("name").get<std::string>(),
                                   view.at("price").get<std::string>()));
  }
  judgement.expect_equal("products of Base", sorted(expected), sorted(observed));
}

// Cards -------------------------------------------------------------------------------------------

/// Products of Base, of which the books know one.
void plant_cards(Bench& bench) {
  Office office(bench);
  office.put_card(card_of_shelf(0));
  for (int i = 0; i < kCards; ++i) {
    office.base().plant_product(product_json(fmt::format("Kubek {}", i), fmt::format("KUB-{}", i),
                                             fmt::format("{}.75", 30 + i)));
  }
  office.connect({{"products", true}, {"product_source", "base"}});
}

void expect_cards(Bench& bench, Judgement& judgement) {
  std::vector<std::string> expected, observed;
  for (int i = 0; i < kCards; ++i) {
    expected.push_back(fmt::format("KUB-{} Kubek {} at {}.75", i, i, 30 + i));
  }
  for (const harness::ErpProduct& card : bench.erp().products) {
    observed.push_back(fmt::format("{} {} at {}", card.code.value_or(""), card.name,
                                   short_decimal(card.gross_price.value_or(""))));
  }
  judgement.expect_equal("cards of the books", sorted(expected), sorted(observed));
  judgement.expect_equal("products of Base", std::size_t{kCards},
                         BaseAccount(bench).products().size());
}

// Stock -------------------------------------------------------------------------------------------

/// Pairs whose levels differ, and an order whose pieces Base has taken off already.
void plant_stock(Bench& bench) {
  Office office(bench);
  for (int i = 0; i < kCards; ++i) {
    office.put_card(card_of_shelf(i));
    Json product = product_json(fmt::format("Kubek {}", i), fmt::format("KUB-{}", i));
    product["stock"] = {{"bl_206", 5 + i - (i == 1 ? 2 : 0)}};
    office.base().plant_product(product);
  }
  office.connect({{"orders", true},
                  {"link_products", true},
                  {"products", true},
                  {"product_source", "firmino"},
                  {"warehouses", true},
                  {"push_stock", true}});
  office.join("bl_206", "M1");
  office.run("products");
  bench.perform("set_stock", {{"product", "K3"}, {"warehouse", "M1"}, {"pieces", "42"}});
  plant(office.base(), bench,
        {{"lines", {{{"name", "Kubek 1"}, {"quantity", 2}, {"warehouse_id", 206}}}}});
}

void expect_stock(Bench& bench, Judgement& judgement) {
  const BaseAccount base(bench);
  const std::vector<std::string> expected{"KUB-0: 5", "KUB-1: 4", "KUB-2: 7", "KUB-3: 42"};
  std::vector<std::string> in_base, in_books;
  for (const mocks::base::Product& product : base.products()) {
    const auto found = product.stock.find("bl_206");
    in_base.push_back(
        fmt::format("{}: {}", product.sku, found == product.stock.end() ? 0 : found->second));
  }
  for (const harness::ErpProduct& card : bench.erp().products) {
    const auto found = card.stocks.find("M1");
    in_books.push_back(
        fmt::format("{}: {}", card.code.value_or(""),
                    found == card.stocks.end() ? "0" : short_decimal(found->second)));
  }
  judgement.expect_equal("stock in Base", expected, sorted(in_base));
  judgement.expect_equal("stock in the books", expected, sorted(in_books));
  judgement.expect_equal("orders in the ERP", std::size_t{1}, bench.erp().orders.size());
}

}  // namespace

std::vector<harness::ChaosFlow> flows() {
  return {flow("firmino-base documents", "all", plant_documents, expect_documents),
          flow("firmino-base products", "products", plant_products, expect_products),
          flow("firmino-base cards", "products", plant_cards, expect_cards),
          flow("firmino-base stock", "all", plant_stock, expect_stock)};
}

}  // namespace atrapa::scenarios::firmino
