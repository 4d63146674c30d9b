#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/policy/eligibility.hpp"
#include "core/policy/line_matching.hpp"
#include "core/policy/numbering.hpp"
#include "core/policy/order_acceptance.hpp"
#include "core/policy/paging.hpp"
#include "core/policy/pairing.hpp"
#include "core/policy/retry.hpp"
#include "core/policy/shop_support.hpp"
#include "core/policy/stock_figure.hpp"
#include "core/policy/switches.hpp"
#include "core/policy/totals.hpp"

using namespace atrapa::core;

namespace {

/// A pair that meets every condition; tests spoil one thing.
struct Case {
  ErpProduct erp;
  ShopItem item;
  ShopCatalogue shop;
  SystimSwitches switches;
  bool synced_before = false;

  Case() {
    erp.id = "E1";
    erp.code = "BUT-42";
    erp.vat = "23";
    erp.gross_price = read_price("290.00");
    erp.categories = {{"Obuwie", "Buty"}};
    erp.stock = read_quantity("5");
    item.stock_id = "7";
    item.code = "BUT-42";
    item.tax_id = "1";
    item.category_id = "2";
    item.unit_id = "1";
    item.gross_price = read_price("300.00");
    item.stock = read_quantity("3");
    shop.taxes = {{"1", {"1", "23%", "23%", "23"}},
                  {"4", {"4", "0%", "0%", "0"}},
                  {"5", {"5", "zw.", "zw.", "0"}},
                  {"6", {"6", "Podstawowa", "Podstawowa", "23"}}};
    shop.units = {{"1", {"1", false, "szt."}}, {"2", {"2", true, "kg"}}};
    shop.categories = {{"1", {"1", "Obuwie", std::nullopt}},
                       {"2", {"2", "Buty", "1"}},
                       {"3", {"3", "Nowości", std::nullopt}},
                       {"4", {"4", "Buty", "3"}},
                       {"5", {"5", std::nullopt, std::nullopt}}};
  }

  Pair pair() const { return {erp, item, shop, synced_before}; }
};

std::string reason(const std::optional<Objection>& objection) {
  return objection ? std::string(to_string(objection->reason)) : "passes";
}
std::string price(const Case& c) { return reason(check_price(c.pair(), c.switches)); }
std::string category(const Case& c) { return reason(check_category(c.pair(), c.switches)); }
std::string vat(const Case& c) { return reason(check_vat(c.pair(), c.switches)); }
std::string stock(const Case& c, const char* figure) {
  return reason(check_stock(c.pair(), *parse_quantity(figure), c.switches));
}
SystimSwitches with(std::string_view name, std::string_view value) {
  SystimSwitches switches;
  REQUIRE(set_switch(switches, name, value).ok());
  return switches;
}

}  // namespace

TEST_CASE("Every switch of the specification can be set to each of its values", "[switches]") {
  CHECK(systim_switch_names().size() == 14);
  SystimSwitches switches;
  for (const SwitchName& name : systim_switch_names()) {
    CHECK(switch_value(switches, name.name) == name.values.front());
    for (const std::string_view value : name.values) {
      REQUIRE(set_switch(switches, name.name, value).ok());
      CHECK(switch_value(switches, name.name) == value);
    }
  }
  CHECK(set_switch(switches, "systim.zero_stock", "sometimes").error().find("never_sent") !=
        std::string::npos);
  CHECK(set_switch(switches, "systim.nothing", "no").error().find("systim.zero_stock") !=
        std::string::npos);
}

TEST_CASE("Every reason has a name of its own", "[reason]") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Reason::SwitchWithoutEffect); ++i) {
    const auto name = to_string(static_cast<Reason>(i));
    CHECK_FALSE(name.empty());
    CHECK(names.insert(name).second);
    CHECK(reason_named(name) == static_cast<Reason>(i));
  }
}

TEST_CASE("A gross price must be set, readable and above 0 on both sides", "[eligibility][price]") {
  Case c;
  CHECK(price(c) == "passes");
  const std::vector<std::pair<const char*, const char*>> flaws{{"0.00", "price_not_above_zero"},
                                                               {"-0.01", "price_not_above_zero"},
                                                               {"0,01", "price_unreadable"},
                                                               {"", "price_missing"},
                                                               {"0.01", "passes"}};
  for (const auto& [text, expected] : flaws) {
    Case erp, shop;
    erp.erp.gross_price = read_price(text);
    shop.item.gross_price = read_price(text);
    INFO(text);
    CHECK(price(erp) == expected);
    CHECK(price(shop) == expected);
  }
  c.erp.gross_price.reset();
  CHECK(price(c) == "price_missing");
}

TEST_CASE("A price below half a grosz passes as stored and not after rounding",
          "[eligibility][price]") {
  Case c;
  c.erp.gross_price = read_price("0.004");
  CHECK(price(c) == "passes");
  c.switches = with("systim.price_test", "after_grosz_rounding");
  CHECK(price(c) == "price_not_above_zero");
  c.erp.gross_price = read_price("0.005");
  CHECK(price(c) == "passes");
}

TEST_CASE("A category must be assigned on both sides and bear the same name",
          "[eligibility][category]") {
  Case c;
  CHECK(category(c) == "passes");
  SECTION("none in the ERP") {
    c.erp.categories.clear();
    CHECK(category(c) == "category_missing");
  }
  SECTION("none in the shop") {
    c.item.category_id.reset();
    CHECK(category(c) == "category_missing");
  }
  SECTION("no Polish name in the shop") {
    c.item.category_id = "5";
    CHECK(category(c) == "category_missing");
  }
  SECTION("a name that is empty is none, on either side") {
    c.shop.categories["2"].name = "";
    c.erp.categories = {{""}};
    CHECK(category(c) == "category_missing");
    c.erp.categories = {{"Obuwie", ""}, {"Buty"}};
    CHECK(category(c) == "category_missing");
    c.shop.categories["2"].name = "Buty";
    CHECK(category(c) == "passes");
  }
  SECTION("case and spaces count") {
    for (const char* name : {"buty", "Buty ", "Buty\xC2\xA0", "Bu ty"}) {
      c.erp.categories = {{"Obuwie", name}};
      CHECK(category(c) == "category_differs");
    }
  }
  SECTION("a further category of the shop that is equal is enough") {
    c.item.category_id = "3";
    c.item.category_ids = {"3", "4"};
    CHECK(category(c) == "passes");
    c.switches = with("systim.category_match", "leaf_main");
    CHECK(category(c) == "category_differs");
  }
  SECTION("a further category of the ERP that is equal is enough") {
    c.erp.categories = {{"Inne"}, {"Buty"}};
    CHECK(category(c) == "passes");
    c.switches = with("systim.category_match", "leaf_main");
    CHECK(category(c) == "category_differs");
  }
  SECTION("the same name under another parent passes, but not by path") {
    c.item.category_id = "4";
    CHECK(category(c) == "passes");
    c.switches = with("systim.category_match", "path");
    CHECK(category(c) == "category_differs");
    c.erp.categories = {{"Nowości", "Buty"}};
    CHECK(category(c) == "passes");
  }
  SECTION("a tree that bites its tail ends") {
    c.shop.categories["1"].parent = "2";
    c.switches = with("systim.category_match", "path");
    CHECK(category(c) == "category_differs");
  }
}

TEST_CASE("A VAT rate must be set on both sides and be the same one", "[eligibility][vat]") {
  Case c;
  CHECK(vat(c) == "passes");
  SECTION("missing") {
    c.erp.vat.reset();
    CHECK(vat(c) == "vat_missing");
    c.erp.vat = "23";
    c.item.tax_id.reset();
    CHECK(vat(c) == "vat_missing");
    c.item.tax_id = "99";
    CHECK(vat(c) == "vat_missing");
  }
  SECTION("unreadable") {
    c.erp.vat = "0.23";
    CHECK(vat(c) == "vat_unreadable");
  }
  SECTION("0 and zw differ though both are 0 percent, unless only the percent counts") {
    c.erp.vat = "0";
    c.item.tax_id = "5";
    CHECK(vat(c) == "vat_differs");
    c.switches = with("systim.vat_match", "percent_only");
    CHECK(vat(c) == "passes");
    c.erp.vat = "8";
    CHECK(vat(c) == "vat_differs");
  }
  SECTION("labels are compared byte for byte where the label counts") {
    c.switches = with("systim.vat_match", "label");
    CHECK(vat(c) == "vat_differs");
    c.erp.vat = "23%";
    CHECK(vat(c) == "passes");
  }
  SECTION("another label of the same rate is the same code") {
    c.item.tax_id = "6";
    CHECK(vat(c) == "passes");
  }
}

TEST_CASE("At least one piece, as the switch reads it", "[eligibility][stock]") {
  Case c;
  CHECK(stock(c, "1") == "passes");
  CHECK(stock(c, "1.5") == "passes");
  CHECK(stock(c, "0.999999") == "stock_below_one");
  CHECK(stock(c, "0") == "stock_below_one");
  c.synced_before = true;
  CHECK(stock(c, "0") == "stock_below_one");
  c.switches = with("systim.zero_stock", "sent_after_first");
  CHECK(stock(c, "0") == "passes");
  c.synced_before = false;
  CHECK(stock(c, "0") == "stock_below_one");
  c.switches = with("systim.zero_stock", "always");
  CHECK(stock(c, "0") == "passes");
  CHECK(stock(c, "-1") == "stock_negative");
}

TEST_CASE("A code is set when it is more than white space", "[eligibility][code]") {
  const SystimSwitches switches;
  CHECK_FALSE(code_key(std::nullopt, switches).has_value());
  CHECK_FALSE(code_key("", switches).has_value());
  CHECK_FALSE(code_key(" \xC2\xA0", switches).has_value());
  CHECK(code_key(" A ", switches) == " A ");
  CHECK(code_key(" A ", with("systim.code_equality", "trim")) == "A");
  CHECK(code_key("Ab", with("systim.code_equality", "casefold")) == "ab");
}

TEST_CASE("A fraction goes into a shop that keeps whole numbers only as the switch says",
          "[stock]") {
  Case c;
  const Quantity half{1'500'000};
  CHECK(fit_to_unit(c.pair(), Quantity{2'000'000}, c.switches).send == Quantity{2'000'000});
  auto fitted = fit_to_unit(c.pair(), half, c.switches);
  CHECK_FALSE(fitted.send.has_value());
  CHECK(reason(fitted.remark) == "stock_fractional");
  fitted = fit_to_unit(c.pair(), half, with("systim.fraction_in_integer_shop", "truncate"));
  CHECK(fitted.send == Quantity{1'000'000});
  CHECK(reason(fitted.remark) == "stock_truncated");
  fitted = fit_to_unit(c.pair(), half, with("systim.fraction_in_integer_shop", "reject"));
  CHECK(fitted.send == half);
  CHECK_FALSE(fitted.remark.has_value());
  c.item.unit_id = "2";
  CHECK(fit_to_unit(c.pair(), half, c.switches).send == half);
  c.item.unit_id.reset();
  c.shop.default_unit_id = "2";
  CHECK(fit_to_unit(c.pair(), half, c.switches).send == half);
  c.item.unit_id = "99";
  CHECK_FALSE(fit_to_unit(c.pair(), half, c.switches).send.has_value());
}

TEST_CASE("The stock figure is what is on hand, or that less what is reserved", "[stock]") {
  ErpProduct product;
  product.stock = read_quantity("10");
  product.reserved = read_quantity("10");
  CHECK(*stock_figure(product, StockFormula::OnHand) == Quantity{10'000'000});
  CHECK(*stock_figure(product, StockFormula::OnHandMinusReserved) == Quantity{});
  product.stock.reset();
  CHECK(stock_figure(product, StockFormula::OnHand).error().reason == Reason::StockMissing);
  product.stock = read_quantity("wiele");
  CHECK(stock_figure(product, StockFormula::OnHand).error().reason == Reason::StockUnreadable);
}

TEST_CASE("The absolute figure is written whatever the shop holds", "[stock]") {
  CHECK(write_value(Quantity{5}, Quantity{9}) == Quantity{5});
  CHECK(write_value(Quantity{5}, std::nullopt) == Quantity{5});
}

TEST_CASE(
    "Pairing puts every product into exactly one list, and pairs only what is unique on both sides",
    "[pairing]") {
  const bool good = rc::check("pairing is a partition", [] {
    const auto codes = rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("", "A", "B", "C", "D", "a", " "));
    std::vector<ErpProduct> erp;
    std::vector<ShopItem> shop;
    for (const auto& code : *codes) erp.emplace_back().code = code;
    for (const auto& code : *codes) shop.emplace_back().code = code;
    const Pairing pairing = pair_by_code(erp, shop, code_key, SystimSwitches{});
    std::vector<std::size_t> seen_erp, seen_shop;
    const auto add = [](std::vector<std::size_t>& to, const std::vector<std::size_t>& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    for (const auto& [e, s] : pairing.pairs) {
      seen_erp.push_back(e);
      seen_shop.push_back(s);
      RC_ASSERT(erp[e].code == shop[s].code);
      RC_ASSERT(std::count_if(erp.begin(), erp.end(),
                              [&, at = e](const auto& p) { return p.code == erp[at].code; }) == 1);
      RC_ASSERT(std::count_if(shop.begin(), shop.end(),
                              [&, at = s](const auto& p) { return p.code == shop[at].code; }) == 1);
    }
    for (const auto* list : {&pairing.erp_only, &pairing.erp_codeless, &pairing.erp_twins,
                             &pairing.erp_partner_of_twins})
      add(seen_erp, *list);
    for (const auto* list : {&pairing.shop_only, &pairing.shop_codeless, &pairing.shop_twins,
                             &pairing.shop_partner_of_twins})
      add(seen_shop, *list);
    std::sort(seen_erp.begin(), seen_erp.end());
    std::sort(seen_shop.begin(), seen_shop.end());
    RC_ASSERT(seen_erp.size() == erp.size());
    RC_ASSERT(seen_shop.size() == shop.size());
    RC_ASSERT(std::adjacent_find(seen_erp.begin(), seen_erp.end()) == seen_erp.end());
    RC_ASSERT(std::adjacent_find(seen_shop.begin(), seen_shop.end()) == seen_shop.end());
  });
  CHECK(good);
}

TEST_CASE("Which orders come in by where they were placed", "[orders]") {
  const auto outcome = [](std::optional<int> origin, const SystimSwitches& switches,
                          bool announced = false) {
    ShopOrder order;
    order.origin = origin;
    OrderFacts facts;
    facts.announced = announced;
    return reason(accept_origin(order, facts, switches));
  };
  const SystimSwitches skip;
  for (const int origin : {0, 1, 2, 3, 4, 8, 100, 111}) CHECK(outcome(origin, skip) == "passes");
  CHECK(outcome(5, skip) == "placed_in_panel");
  CHECK(outcome(6, skip) == "placed_in_panel");
  CHECK(outcome(std::nullopt, skip) == "passes");
  const auto zero = with("systim.panel_order_test", "origin_is_0");
  CHECK(outcome(0, zero) == "passes");
  CHECK(outcome(5, zero) == "placed_in_panel");
  CHECK(outcome(4, zero) == "origin_not_shop");
  CHECK(outcome(std::nullopt, zero) == "origin_not_shop");
  const auto webhook = with("systim.panel_order_test", "webhook_only");
  CHECK(outcome(0, webhook) == "not_announced");
  CHECK(outcome(5, webhook, true) == "passes");
}

TEST_CASE("Orders older than the configuration stay out, those of its very second come in",
          "[orders]") {
  ShopOrder order;
  const Instant configured{Duration{10'500}};
  const auto outcome = [&](int millis) {
    OrderFacts facts;
    facts.configured_at = configured;
    facts.placed_at = Instant{Duration{millis}};
    return reason(accept_date(order, facts, SystimSwitches{}));
  };
  CHECK(outcome(9'000) == "older_than_configuration");
  CHECK(outcome(10'000) == "passes");
  CHECK(outcome(11'000) == "passes");
}

TEST_CASE("Orders of a suspension stay out of automatic runs unless they are caught up",
          "[orders]") {
  ShopOrder order;
  const std::vector<Suspension> off{{Instant{Duration{10'000}}, Instant{Duration{20'000}}}};
  const auto outcome = [&](int millis, bool automatic, const SystimSwitches& switches) {
    OrderFacts facts;
    facts.placed_at = Instant{Duration{millis}};
    facts.automatic = automatic;
    facts.suspensions = off;
    return reason(accept_date(order, facts, switches));
  };
  const SystimSwitches no;
  CHECK(outcome(9'000, true, no) == "passes");
  CHECK(outcome(10'000, true, no) == "placed_while_suspended");
  CHECK(outcome(20'000, true, no) == "passes");
  CHECK(outcome(15'000, false, no) == "passes");
  CHECK(outcome(15'000, true, with("systim.catch_up_on_resume", "yes")) == "passes");
}

TEST_CASE("A line belongs to the one product with its code", "[orders]") {
  std::vector<ErpProduct> products(4);
  products[0].code = "A";
  products[1].code = "B";
  products[2].code = "B";
  products[3].code = "";
  const SystimSwitches switches;
  const ErpIndex index(products, code_key, switches);
  const auto match = [&](const char* code) {
    ShopLine line;
    line.code = code;
    const auto found = match_line(line, index, code_key, switches);
    return found ? std::string("found ") + *(*found)->code
                 : std::string(to_string(found.error().reason));
  };
  CHECK(match("A") == "found A");
  CHECK(match("a") == "line_unknown");
  CHECK(match("A ") == "line_unknown");
  CHECK(match("B") == "line_ambiguous");
  CHECK(match("") == "line_without_code");
}

TEST_CASE(
    "A line is charged at the order's price, or at the product's without the order's discount",
    "[orders]") {
  ErpProduct product;
  product.gross_price = read_price("20.00");
  ShopLine line;
  line.unit_price = read_price("10.00");
  line.discount_percent = "5.0000";
  auto charge = line_charge(line, product, SystimSwitches{});
  REQUIRE(charge.ok());
  CHECK(charge->unit_price == Price{100'000});
  CHECK(charge->discount == Percent{50'000});
  charge = line_charge(line, product, with("systim.line_price", "from_erp_product"));
  REQUIRE(charge.ok());
  CHECK(charge->unit_price == Price{200'000});
  CHECK(charge->discount == Percent{});
  line.unit_price = read_price("10,00");
  CHECK(line_charge(line, product, SystimSwitches{}).error().reason == Reason::LineUnreadable);
}

TEST_CASE(
    "An order's total is the sum of the kept lines and the shipping, whatever the shop's sum says",
    "[orders]") {
  CHECK(rc::check("order total", [] {
    const auto values = *rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(-1000, 100'000));
    const auto shipping = *rc::gen::inRange<std::int64_t>(0, 5000);
    ShopOrder order;
    order.sum = "1.00";
    std::vector<ErpOrderLine> lines;
    std::int64_t expected = shipping;
    for (const auto value : values) {
      lines.emplace_back().value = Money{value};
      expected += value;
    }
    const auto total = order_total(order, lines, Money{shipping});
    RC_ASSERT(total.ok());
    RC_ASSERT(total->grosze == expected);
  }));
}

TEST_CASE("A VAT summary keeps the gross sum of each code and never merges codes", "[documents]") {
  std::vector<ErpOrderLine> lines(4);
  lines[0].vat = "23";
  lines[0].value = Money{999};
  lines[1].vat = "zw";
  lines[1].value = Money{500};
  lines[2].vat = "23";
  lines[2].value = Money{1};
  lines[3].vat = "0";
  lines[3].value = Money{100};
  const auto summary = vat_summary(lines);
  REQUIRE(summary.size() == 3);
  CHECK(summary[0].gross == Money{1000});
  CHECK(summary[0].tax == Money{187});
  CHECK(summary[0].net == Money{813});
  CHECK(summary[1].vat == "zw");
  CHECK(summary[1].tax == Money{});
  CHECK(summary[2].vat == "0");
}

TEST_CASE("A numbering pattern that would repeat numbers is refused", "[numbering]") {
  CHECK(check_pattern("FV/{n}/{yyyy}", SeriesReset::Year).ok());
  CHECK(check_pattern("FV {n:5}", SeriesReset::Never).ok());
  CHECK(check_pattern("{n}/{mm}/{yyyy}", SeriesReset::Month).ok());
  for (const char* pattern : {"FV/{n}", "FV/{yyyy}", "{n}{n}/{yyyy}", "{n}/{yy}", "{n}/{yyyy",
                              "{n:0}/{yyyy}", "}{n}/{yyyy}", ""}) {
    INFO(pattern);
    CHECK_FALSE(check_pattern(pattern, SeriesReset::Year).ok());
  }
  CHECK_FALSE(check_pattern("{n}/{yyyy}", SeriesReset::Month).ok());
  const auto day = std::chrono::year{2026} / 3 / 9;
  CHECK(document_number("FV/{n:4}/{mm}/{yyyy}", 7, day) == "FV/0007/03/2026");
  CHECK(numbering_period(SeriesReset::Month, day) == "2026-03");
  CHECK(numbering_period(SeriesReset::Never, day).empty());
}

TEST_CASE("A shop of several warehouses or of another default language is refused", "[support]") {
  ShopSettings settings{.time_zone = "Europe/Warsaw",
                        .default_language = "pl_PL",
                        .active_languages = {"pl_PL"},
                        .warehouses = false,
                        .default_unit_id = {}};
  CHECK_FALSE(check_warehouses(settings).has_value());
  CHECK_FALSE(check_language(settings).has_value());
  CHECK(language_doubts(settings).empty());

  settings.warehouses = true;
  CHECK(check_warehouses(settings).value().reason == Reason::WarehousesOn);

  settings.default_language = "en_US";
  CHECK(check_language(settings).value().reason == Reason::LanguageNotPolish);
  settings.default_language = "";  // A shop that does not say is given the benefit of the doubt.
  CHECK_FALSE(check_language(settings).has_value());

  settings.active_languages = {"en_US", "pl_PL", "de_DE"};
  const auto doubts = language_doubts(settings);
  REQUIRE(doubts.size() == 2);
  CHECK(doubts[0].reason == Reason::SeveralLanguages);
  CHECK(doubts[1].text.find("de_DE") != std::string::npos);
}

TEST_CASE("Paging goes by what was asked for and ends", "[paging]") {
  PageSeen seen;
  seen.rows = seen.new_rows = 50;
  seen.pages = 3;
  CHECK(next_page(seen) == 2);
  seen.requested = 3;
  seen.page = 1;  // Set back: not believed.
  CHECK_FALSE(next_page(seen).has_value());
  seen.requested = 2;
  seen.rows = seen.new_rows = 0;
  CHECK_FALSE(next_page(seen).has_value());
  PageSeen unreadable;
  unreadable.rows = unreadable.new_rows = 50;
  CHECK(next_page(unreadable) == 2);
  unreadable.new_rows = 0;
  CHECK_FALSE(next_page(unreadable).has_value());
  PageSeen shrunk;
  shrunk.requested = 2;
  shrunk.rows = shrunk.new_rows = 50;
  shrunk.pages = 3;
  shrunk.previous_count = 130;
  shrunk.count = 129;
  CHECK(next_page(shrunk) == 1);
  shrunk.restarts = kMaxRestarts;
  CHECK(next_page(shrunk) == 3);
}

TEST_CASE("What is busy or lost is tried again, a bounded number of times, what was refused is not",
          "[retry]") {
  CHECK(retry({.number = 1, .status = 429, .retry_after = Duration{7000}}).wait == Duration{7000});
  CHECK(retry({.number = 1, .status = 500}).wait == Duration{1000});
  CHECK(retry({.number = 3, .status = 503}).wait == Duration{4000});
  CHECK(retry({.number = 1, .no_answer = NoAnswer::Ambiguous}).again);
  CHECK(retry({.number = 1, .no_answer = NoAnswer::NotSent}).again);
  for (const int status : {400, 401, 403, 404, 405, 409, 501})
    CHECK_FALSE(retry({.number = 1, .status = status}).again);
  CHECK_FALSE(retry({.number = kMaxTries, .status = 429}).again);
}
