#include "scenarios/ebiuro/finder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mocks/base/products.hpp"
#include "scenarios/common/rates.hpp"
#include "scenarios/ebiuro/script.hpp"

namespace atrapa::scenarios::ebiuro {
namespace {

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

}  // namespace

std::vector<mocks::base::Product> Finder::products(const Progress& one) {
  auto all = account(one).products();
  std::erase_if(all, [&](const mocks::base::Product& row) {
    if (row.parent_id != 0) return true;
    return row.sku.empty() ? mocks::base::product_name(row) != code(one) : row.sku != code(one);
  });
  return all;
}

std::string Finder::told_row(const Progress& one) {
  const auto rows = office_.rows(by(one), one.order);
  if (rows.empty()) return "no row";
  if (rows.size() > 1) return fmt::format("{} rows", rows.size());
  const std::string number = rows.front().value("document_number", "");
  const bool button = rows.front().value("can_issue", false);
  if (number.empty()) return button ? "button" : "neither button nor number";
  return button ? "button and " + number : number;
}

std::vector<harness::ErpProduct> Finder::cards(const std::string& code) {
  std::vector<harness::ErpProduct> found = office_.erp().products;
  std::erase_if(found, [&](const harness::ErpProduct& card) {
    const std::string own = card.code.value_or("");
    return !card.active || (own.empty() ? card.name : own) != code;
  });
  return found;
}

std::string Finder::told_card(const std::string& code) {
  const auto found = cards(code);
  if (found.empty()) return "no card";
  if (found.size() > 1) return fmt::format("{} cards", found.size());
  return fmt::format("{} at {}", found[0].name, plain_amount(found[0].gross_price.value_or("-")));
}

std::string Finder::told_product(const Progress& one) {
  const auto all = products(one);
  if (all.empty()) return "no product";
  if (all.size() > 1) return fmt::format("{} products", all.size());
  const auto price = all[0].prices.find(105);
  const auto name = all[0].text_fields.find("name");
  return fmt::format("{} at {}", name == all[0].text_fields.end() ? "-" : name->second,
                     price == all[0].prices.end() ? "-" : plain_amount(price->second.fixed(2)));
}

std::string Finder::told_stock(const Progress& one) {
  const auto all = products(one);
  if (all.size() != 1) return all.empty() ? "no product" : "several products";
  const auto pieces = all[0].stock.find("bl_206");
  return pieces == all[0].stock.end() ? "0" : std::to_string(pieces->second);
}

std::string Finder::count_calls(const Progress& one, bool stock_only) {
  std::size_t count = 0;
  for (const BaseCall& call : base_calls(bench_, one.mark)) {
    if (!stock_only || call.method == "updateInventoryProductsStock") ++count;
  }
  return std::to_string(count);
}

std::string Finder::listed(const Progress& one) {
  const auto list = office_.perform("list_integrations", Json::object());
  for (const Json& row : list.answer.value("integrations", Json::array())) {
    if (row.value("id", "") == by(one).id) return "yes";
  }
  return "no";
}

std::string Finder::count_literal(const Progress& one) {
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

std::string Finder::read_base(const Progress& one) {
  for (const BaseCall& call : account(one).calls(one.mark)) {
    if (call.method.starts_with("get")) return "yes";
  }
  return "no";
}

std::string Finder::told_keys(const Progress& one) {
  const auto list = office_.perform("list_integrations", Json::object());
  for (const Json& row : list.answer.value("integrations", Json::array())) {
    if (row.value("id", "") != by(one).id) continue;
    return row.value("secret", "") == by(one).secret ? "unchanged" : "another secret";
  }
  return "another uuid";
}

std::string Finder::count_cards() {
  const auto cards = office_.erp().products;
  return std::to_string(std::count_if(cards.begin(), cards.end(),
                                      [](const harness::ErpProduct& card) { return card.active; }));
}

std::optional<harness::ErpOrder> Finder::order_of(const Progress& one) {
  auto orders = office_.orders(by(one), one.order);
  if (orders.size() != 1) return std::nullopt;
  return std::move(orders.front());
}

std::optional<harness::ErpDocument> Finder::paper_of(const Progress& one) {
  const auto order = order_of(one);
  if (!order) return std::nullopt;
  auto papers = office_.papers(order->id);
  if (papers.size() != 1) return std::nullopt;
  return std::move(papers.front());
}

std::string Finder::told_bulk(const Progress& one) {
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

std::string Finder::told_columns(const Progress& one) {
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

std::map<std::string, Finder::Aspect> Finder::all_aspects() {
  return {
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
      {"lines", [this](const Progress& one) { return told_lines(one); }},
      {"paper_lines", [this](const Progress& one) { return told_paper_lines(one); }},
      {"card_rate",
       [this](const Progress& one) {
         const auto found = cards(code(one));
         return found.size() == 1 ? rate_name(found[0].vat.value_or("-")) : "not one card";
       }},
      {"card_ean",
       [this](const Progress& one) {
         const auto found = cards(code(one));
         return found.size() == 1 ? found[0].ean.value_or("-") : "not one card";
       }},
      {"product_rate",
       [this](const Progress& one) {
         const auto all = products(one);
         return all.size() == 1 ? rate_of_base(all[0].tax_rate) : "not one product";
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
}

}  // namespace atrapa::scenarios::ebiuro
