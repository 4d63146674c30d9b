#include "scenarios/systim/life.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/bench/bench.hpp"
#include "scenarios/systim/orders.hpp"
#include "scenarios/systim/planting.hpp"

namespace atrapa::scenarios::systim {
namespace {

using harness::CommandResult;

constexpr std::array<const char*, 2> kSoldCodes{"ZAM-001",
                                                "ZAM-002"};  ///< Sold in each shop alone.
constexpr const char* kUser = "jan";
constexpr const char* kColleague = "ewa";
constexpr const char* kHookSecret = "made-up-hook-secret";
constexpr std::array kLifeCommands{"tick", "orders", "stock", "all"};
constexpr int kUnauthorized = 401;

bool is_command(const std::string& act) {
  return std::find(kLifeCommands.begin(), kLifeCommands.end(), act) != kLifeCommands.end();
}

/// The same address but for what does not matter: case of the host, a slash at the end.
std::string plain_address(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  std::transform(url.begin(), url.end(), url.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return url;
}

std::string spelled(const std::string& url, const std::string& how) {
  const std::string host = url.substr(url.find("://") + 3);
  if (how == "slash") return url + "/";
  if (how == "www") return "http://www." + host;
  if (how == "https") return "https://" + host;
  if (how == "own") return "http://sklep-" + host;
  return url;
}

std::int64_t plant_ware(mocks::shoper::Backdoor& shop, const std::string& code,
                        mocks::kit::Instant now) {
  const std::int64_t category = shop.plant(
      "categories",
      {{"parent_id", 0}, {"translations", {{"pl_PL", {{"name", "Buty"}, {"active", "1"}}}}}}, now);
  return shop.plant("products",
                    {{"code", code},
                     {"unit_id", 1},
                     {"tax_id", 1},
                     {"category_id", category},
                     {"categories", Json::array({category})},
                     {"stock", {{"price", "10.00"}, {"stock", "1"}}},
                     {"translations", {{"pl_PL", {{"name", "Towar"}, {"active", "1"}}}}}},
                    now);
}

std::int64_t plant_bought(mocks::shoper::Backdoor& shop, const std::string& code,
                          mocks::kit::Instant now) {
  return shop.plant("orders",
                    {{"origin", 0},
                     {"email", "jan.testowy@example.com"},
                     {"products", Json::array({{{"product_id", 0},
                                                {"code", code},
                                                {"name", "Towar"},
                                                {"quantity", "1"},
                                                {"price", "10.00"},
                                                {"tax", "23%"},
                                                {"tax_value", "23"}}})}},
                    now);
}

Json whole_view(const harness::ErpView& erp) {
  return {{"orders", erp.orders},
          {"products", erp.products},
          {"log", erp.log},
          {"documents", erp.papers},
          {"connections", erp.connections}};
}

}  // namespace

Life::Life(const LifeCase& input, LifeLook look, harness::Bench& bench,
           harness::Judgement& judgement)
    : input_(input), look_(look), bench_(bench), judgement_(judgement) {
  for (std::size_t i = 0; i < shops_.size(); ++i) {
    ErpProduct product = known_line(i).erp.front();
    product.stock = "5";
    bench.add_product(product);
  }
  bench.begin();
  for (std::size_t i = 0; i < shops_.size(); ++i) {
    shops_[i].address = identity(i).url;
    for (const char* code : kSoldCodes) {
      const std::int64_t id = plant_ware(shop_of(i), code, bench.now());
      if (code == kSoldCodes[0]) shops_[i].product = id;
    }
    if (input.token_seconds > 0) {
      shop_of(i).set({{"oauth_access_seconds", input.token_seconds}});
    }
  }
  foreign_key_ = bench.life().new_api_key(kColleague);
  key_ = bench.life().new_api_key(kUser);
}

mocks::shoper::Backdoor& Life::shop_of(std::size_t shop) {
  return shop == 0 ? bench_.shop() : bench_.other_shop();
}

const harness::ShopIdentity& Life::identity(std::size_t shop) const {
  return bench_.identity(shop == 1);
}

bool Life::opens() const {
  return connected_ && shops_[*connected_].installed && !shops_[*connected_].revoked && key_ &&
         form_key_ == *key_;
}

void Life::nothing_due() {
  for (ShopEnd& shop : shops_) shop.due.clear();
}

void Life::play() {
  for (const LifeStep& one : input_.steps) {
    bench_.advance(std::chrono::minutes(7));
    place(one.other ? 1 : 0, one.new_orders);
    bench_.advance(std::chrono::minutes(1));
    step(one);
    note_tokens();
  }
  if (look_.shown) check_secrets();
}

void Life::step(const LifeStep& one) {
  const std::size_t shop = one.other ? 1 : 0;
  const std::uint64_t before = bench_.exchange_count();
  if (is_command(one.act)) return command(one.act);
  if (one.act == "install" || one.act == "forged_install") {
    install(shop, one, one.act == "install");
  } else if (one.act == "uninstall" || one.act == "forged_uninstall") {
    uninstall(shop, one.act == "uninstall");
  } else if (one.act == "save") {
    save(shop, one.key);
  } else if (one.act == "new_key") {
    new_key();
  } else if (one.act == "delete_user") {
    bench_.life().delete_user(kUser);
    if (key_) old_keys_.push_back(*key_);
    key_.reset();
    nothing_due();
  } else if (one.act == "revoke") {
    shop_of(shop).revoke(identity(shop).application);
    shops_[shop].revoked = true;
    shops_[shop].due.clear();
  } else if (one.act == "move") {
    if (!shops_[shop].installed) return;
    shops_[shop].address = spelled(identity(shop).url, one.address);
    send("upgrade", shop, "", true);
  } else if (one.act == "reinstall") {
    uninstall(shop, true);
    bench_.advance(std::chrono::minutes(1));
    install(shop, one, true);
    new_key();
    if (!old_keys_.empty()) save(shop, "old");
    save(shop, "");
  } else if (one.act == "again") {
    if (last_message_) bench_.life().receive(*last_message_);
  } else if (one.act == "show") {
    show();
  } else if (one.act != "declined") {  // Of terms that nobody accepts the connector never hears.
    throw std::runtime_error(fmt::format("act '{}' does not exist", one.act));
  }
  if (look_.calls) check_calls(before, one.act);
  if (look_.one_shop || look_.address) check_connection("after " + one.act);
}

void Life::send(const std::string& action, std::size_t shop, const std::string& code,
                bool genuine) {
  harness::ShopIdentity sender = identity(shop);
  if (!genuine) sender.application_secret = "not-the-secret";
  const auto message =
      harness::appstore_message(action, sender, shops_[shop].address, code, bench_.now());
  if (genuine) last_message_ = message;
  bench_.life().receive(message);
}

void Life::place(std::size_t shop, int orders) {
  for (int i = 0; i < orders; ++i) {
    const auto id = std::to_string(plant_bought(shop_of(shop), kSoldCodes[shop], bench_.now()));
    ShopEnd& end = shops_[shop];
    end.placed.insert(id);
    if (opens() && *connected_ == shop) end.due.insert(id);
    if (!end.installed) continue;
    const auto row = shop_of(shop).row("orders", std::stoll(id));
    const auto message = harness::order_webhook(identity(shop), kHookSecret, row->dump());
    bench_.life().receive(message);
    bench_.life().receive(message);  // A webhook may come twice.
  }
}

void Life::install(std::size_t shop, const LifeStep& one, bool genuine) {
  ShopEnd& end = shops_[shop];
  const std::string code = fmt::format("auth-code-{}-of-{}", ++codes_made_, identity(shop).account);
  if (genuine) shop_of(shop).revoke(identity(shop).application);
  if (genuine) end.address = spelled(identity(shop).url, one.address);
  // A forged message carries a code that would work where the shop has none in use: only its hash
  // is wrong.
  if (genuine || !end.installed) shop_of(shop).offer_code(identity(shop).application, code);
  send("install", shop, code, genuine);
  if (!genuine) return;
  end.codes.push_back(code);
  end.installed = true;
  end.revoked = false;
}

void Life::uninstall(std::size_t shop, bool genuine) {
  if (genuine) shop_of(shop).revoke(identity(shop).application);
  send("uninstall", shop, "", genuine);
  if (!genuine) return;
  shops_[shop].installed = false;
  shops_[shop].due.clear();
  if (connected_ == shop) connected_.reset();
}

std::string Life::key_of_kind(const std::string& kind) const {
  if (kind == "none") return "";
  if (kind == "foreign") return foreign_key_;
  if (kind == "old") return old_keys_.empty() ? "never-generated" : old_keys_.back();
  return key_.value_or("deleted-with-its-user");
}

void Life::save(std::size_t shop, const std::string& kind) {
  const std::string login = kind == "unknown user" ? "nobody" : kUser;
  const std::string key = key_of_kind(kind);
  const CommandResult saved = bench_.life().save_form({.shop = identity(shop).license,
                                                       .erp_login = login,
                                                       .erp_key = key,
                                                       .automatic = true,
                                                       .webhook_secret = kHookSecret});
  summaries_ += saved.summary + "\n";
  const bool right = kind != "unknown user" && key_ && key == *key_;
  if (!shops_[shop].installed) {
    judgement_.expect(!saved.ok, "saving the form in a shop without the connector", "refused",
                      "saved");
    return;
  }
  if (look_.access) {
    judgement_.expect_equal(fmt::format("the form is saved with the key '{}'", kind), right,
                            saved.ok);
  }
  // Whether a second shop replaces the first or is refused is not said.
  if (!right || (!saved.ok && connected_ && *connected_ != shop)) return;
  if (connected_ != shop) nothing_due();
  connected_ = shop;
  form_key_ = key;
  if (look_.address) {
    const auto seen = bench_.erp().connections;
    judgement_.expect_equal("the shop's address in the ERP after saving",
                            plain_address(shops_[shop].address),
                            seen.size() == 1 ? plain_address(seen.front().shop_url)
                                             : fmt::format("{} addresses", seen.size()));
  }
}

void Life::new_key() {
  if (key_) old_keys_.push_back(*key_);
  key_ = bench_.life().new_api_key(kUser);
  nothing_due();
}

std::map<std::pair<std::size_t, std::string>, int> Life::orders_in_erp() {
  std::map<std::pair<std::size_t, std::string>, int> times;
  for (const harness::ErpOrder& order : bench_.erp().orders) {
    const bool other = !order.lines.empty() && order.lines.front().code == kSoldCodes[1];
    ++times[{other ? 1 : 0, order.shop_order_id}];
  }
  return times;
}

void Life::command(const std::string& name) {
  const bool open = opens();
  const auto former = orders_in_erp();
  std::array<std::string, 2> stock;
  const auto stock_of = [&](std::size_t i) {
    return plain_decimal(shop_of(i).text("products", shops_[i].product, "stock.stock"));
  };
  for (std::size_t i = 0; i < stock.size(); ++i) stock[i] = stock_of(i);
  const std::uint64_t before = bench_.exchange_count();
  const CommandResult result = bench_.run(name);
  summaries_ += result.summary + "\n";
  const auto now = orders_in_erp();

  for (const auto& [order, times] : now) {
    judgement_.expect(times <= 1, "orders in the ERP made of order " + order.second, "one",
                      std::to_string(times));
    if (look_.one_shop && !former.contains(order)) {
      judgement_.expect(connected_ == order.first, "the shop behind a new order in the ERP",
                        connected_ ? identity(*connected_).account : "none",
                        identity(order.first).account);
    }
  }
  if (look_.calls) check_calls(before, name);
  if (look_.one_shop) {
    for (std::size_t i = 0; i < shops_.size(); ++i) {
      if (connected_ == i) continue;
      judgement_.expect_equal("stock in the shop that is not served", stock[i], stock_of(i));
    }
  }
  if (!open) {
    const std::string why = connected_ ? "while keys are not in force" : "with no shop connected";
    judgement_.expect_equal("new orders in the ERP " + why, std::to_string(former.size()),
                            std::to_string(now.size()));
    if (look_.access && connected_) {
      judgement_.expect(!result.ok || name == "tick", "a command by hand " + why, "fails",
                        "success: " + result.summary);
    }
    return;
  }
  ShopEnd& end = shops_[*connected_];
  for (const std::string& id : end.due) {
    judgement_.expect(now.contains({*connected_, id}), "order " + id + " after a command",
                      "in the ERP", "not there: " + result.summary);
  }
  end.due.clear();
  judgement_.expect_equal("stock in the shop after a command", std::string("5"),
                          stock_of(*connected_));
}

void Life::check_calls(std::uint64_t from, const std::string& what) {
  for (const mocks::kit::Exchange& exchange : bench_.exchanges()) {
    if (exchange.number <= from) continue;
    // Whether a form was saved in it is of no matter: a code may be exchanged on its arrival.
    const ShopEnd& called = shops_[exchange.account == identity(1).account ? 1 : 0];
    judgement_.expect(called.installed, "calls to a shop without the connector, at " + what, "none",
                      exchange.request.method + " " + exchange.request.target);
    if (!called.installed || called.revoked) continue;
    // A code that has been used gives no second token: asking for one is no call with a token.
    if (exchange.request.target.find("/oauth/token") != std::string::npos) continue;
    judgement_.expect(exchange.response.status != kUnauthorized, "a call at " + what,
                      "made with a token in force",
                      fmt::format("{} {} answered {}", exchange.request.method,
                                  exchange.request.target, exchange.response.status));
  }
}

void Life::check_connection(const std::string& when) {
  std::vector<std::string> expected;
  if (connected_) expected.push_back(plain_address(shops_[*connected_].address));
  std::vector<std::string> observed;
  for (const auto& one : bench_.erp().connections) {
    observed.push_back(plain_address(one.shop_url));
  }
  judgement_.expect_equal("shops in the ERP's settings " + when, expected, observed);
}

void Life::note_tokens() {
  for (std::size_t i = 0; i < shops_.size(); ++i) {
    for (const std::string& token : shop_of(i).tokens_of(identity(i).application)) {
      auto& known = shops_[i].tokens;
      if (std::find(known.begin(), known.end(), token) == known.end()) known.push_back(token);
    }
  }
}

void Life::show() {
  const std::uint64_t exchanges = bench_.exchange_count();
  const std::uint64_t commits = bench_.commit_count();
  const Json before = whole_view(bench_.erp());
  const std::vector<harness::ShownKey> shown = bench_.life().show_keys();
  judgement_.expect_equal("calls to the shop while keys are shown", exchanges,
                          bench_.exchange_count());
  judgement_.expect_equal("changes of the books while keys are shown", commits,
                          bench_.commit_count());
  judgement_.expect(before == whole_view(bench_.erp()), "the ERP while keys are shown", "as it was",
                    "changed");
  std::set<std::string> values;
  for (const harness::ShownKey& key : shown) values.insert(key.value);
  for (std::size_t i = 0; i < shops_.size(); ++i) {
    const ShopEnd& end = shops_[i];
    const auto present = shop_of(i).tokens_of(identity(i).application);
    const bool ours = connected_ == i && !end.revoked;
    // The last thing that the shop sent: its token, or the code while it is not used.
    const std::string wanted = !ours ? "" : present.empty() ? end.codes.back() : present.back();
    if (ours) {
      judgement_.expect(values.contains(wanted), "the shop's present key among those shown",
                        "there", "missing");
    }
    for (const auto* known : {&end.codes, &end.tokens}) {
      for (const std::string& secret : *known) {
        if (secret == wanted || end.revoked) continue;
        judgement_.expect(!values.contains(secret), "former keys among those shown", "none",
                          "one that is out of force");
      }
    }
  }
}

void Life::check_secrets() {
  std::string told = summaries_;
  for (const harness::ErpLogEntry& entry : bench_.erp().log) told += entry.text + "\n";
  std::vector<std::string> secrets = old_keys_;
  if (key_) secrets.push_back(*key_);
  secrets.push_back(identity(0).application_secret);
  secrets.emplace_back(kHookSecret);
  for (const ShopEnd& shop : shops_) {
    secrets.insert(secrets.end(), shop.codes.begin(), shop.codes.end());
    secrets.insert(secrets.end(), shop.tokens.begin(), shop.tokens.end());
  }
  for (const std::string& secret : secrets) {
    judgement_.expect(told.find(secret) == std::string::npos, "secrets in the log and in reports",
                      "none", "a key that nobody asked to see");
  }
}

}  // namespace atrapa::scenarios::systim
