#include "core/integrations/systim_account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "core/shops/shoper/shoper_shop.hpp"

namespace atrapa::core::systim_shoper {

namespace {

constexpr int kOkStatus = 200;
constexpr int kUnreadable = 400;
constexpr int kNotGenuine = 403;
constexpr int kGone = 410;
constexpr const char* kErpLogin = "erp_login";
constexpr const char* kErpKeySetting = "erp_key";
constexpr const char* kWebhookSecret = "webhook_secret";

/// What the sync reads, by the names that the panel gives its permissions by.
constexpr std::array kReadResources{"orders", "order-products", "products",  "product-stocks",
                                    "taxes",  "units",          "categories"};

std::string_view header_of(const HttpRequest& request, std::string_view name) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  for (const auto& [key, value] : request.headers) {
    if (std::equal(key.begin(), key.end(), name.begin(), name.end(), same)) return value;
  }
  return {};
}

Objection not_installed() {
  return {Reason::NotInstalled,
          "the connector is not installed in this shop: install it from the appstore first"};
}

/// Of two moments as the appstore writes them, seconds or date texts [the unit was not confirmed].
bool earlier(const std::string& a, const std::string& b) {
  const auto digits = [](const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  };
  if (digits(a) && digits(b) && a.size() != b.size()) return a.size() < b.size();
  return !a.empty() && a < b;
}

ConnectionCheck check_of(std::string name, const std::optional<Objection>& objection,
                         std::string good) {
  if (!objection) return {std::move(name), ConnectionCheck::State::Good, std::move(good)};
  return {std::move(name), ConnectionCheck::State::Bad, objection->text};
}

ConnectionCheck not_tried(std::string name) {
  return {std::move(name), ConnectionCheck::State::NotTried, "not tried, for what stands above"};
}

/// What an error of the first call says about the way to the shop and about its keys.
std::vector<ConnectionCheck> checks_of_error(const ShopError& error) {
  using State = ConnectionCheck::State;
  std::vector<ConnectionCheck> checks;
  const bool answered = error.kind == ShopError::Kind::AccessDenied;
  checks.push_back(
      {"the shop answers", answered ? State::Good : State::Bad, answered ? "it does" : error.text});
  if (!answered) {
    checks.push_back(not_tried("the keys are accepted"));
  } else if (error.status == kNotGenuine) {
    checks.push_back({"the keys are accepted", State::Good, "they are"});
    checks.push_back({"the keys may read all that is needed", State::Bad, error.text});
  } else {
    checks.push_back({"the keys are accepted", State::Bad, error.text});
  }
  return checks;
}

}  // namespace

/// Keeps the tokens of one installation in the books.
class Account::Keeper final : public shoper::TokenKeeper {
 public:
  Keeper(Ledger& ledger, Clock& clock, std::string shop)
      : ledger_(ledger), clock_(clock), shop_(std::move(shop)) {}

  ShopKeys keys() override {
    const auto installation = ledger_.installation(shop_);
    return installation ? installation->keys : ShopKeys{};
  }
  void keep(const ShopKeys& keys) override {
    auto installation = ledger_.installation(shop_);
    if (!installation || installation->state == Installation::State::Uninstalled) return;
    installation->keys = keys;
    ledger_.put_installation(*installation, clock_.now());
  }

 private:
  Ledger& ledger_;
  Clock& clock_;
  std::string shop_;
};

Account::Account(AccountConfig config, Ledger& ledger, Transport& transport, Clock& clock,
                 Parts parts)
    : config_(std::move(config)),
      ledger_(ledger),
      transport_(transport),
      clock_(clock),
      parts_(std::move(parts)) {}

MessageAnswer Account::receive(const HttpRequest& message) {
  return header_of(message, "X-Webhook-Name").empty() ? appstore_message(message.body)
                                                      : webhook(message);
}

MessageAnswer Account::refuse_message(int status, const std::string& text) {
  ledger_.add_entries(0, std::array{LogEntry{Severity::Warning, RecordKind::Run, "",
                                             Reason::MessageNotGenuine, text}});
  return {status, text};
}

MessageAnswer Account::appstore_message(std::string_view body) {
  const auto message = shoper::read_appstore_message(body);
  if (!message) return {kUnreadable, "the message is no form"};
  if (!parts_.genuine_message(*message, config_.application.secret)) {
    return refuse_message(kNotGenuine, "a message of the appstore was refused: its hash is wrong");
  }
  const std::string& action = message->field("action");
  const std::string& shop = message->field("shop");
  const std::string& url = message->field("shop_url");
  if (shop.empty()) return {kUnreadable, "the message names no shop"};
  const std::string memory = "appstore@" + shop;
  const std::string& timestamp = message->field("timestamp");
  if (earlier(timestamp, ledger_.setting(memory, "timestamp").value_or(""))) {
    return {kOkStatus, "older than what is known"};
  }
  Ledger::Transaction transaction(ledger_);
  if (action == "install") {
    if (message->field("auth_code").empty()) return {kUnreadable, "the message has no auth_code"};
    // A code is used up by its use: the same message again must not take the tokens away.
    const std::string code = shoper::digest_of(message->field("auth_code"));
    if (ledger_.setting(memory, "code") == code) return {kOkStatus, "known already"};
    ledger_.set_setting(memory, "code", code);
    Installation installation;
    installation.shop = shop;
    installation.url = url;
    installation.keys.auth_code = message->field("auth_code");
    parts_.put_in(ledger_, installation, clock_.now());
  } else if (action == "uninstall") {
    parts_.take_out(ledger_, shop, clock_.now());
  } else if (action == "upgrade" && !url.empty()) {
    auto installation = ledger_.installation(shop);
    if (installation && installation->state == Installation::State::Installed) {
      installation->url = url;  // A shop may move to a domain of its own.
      ledger_.put_installation(*installation, clock_.now());
    }
  }
  ledger_.set_setting(memory, "timestamp", timestamp);
  transaction.commit();
  return {kOkStatus, "noted"};
}

MessageAnswer Account::webhook(const HttpRequest& request) {
  const shoper::WebhookMessage message{
      .id = std::string(header_of(request, "X-Webhook-Id")),
      .event = std::string(header_of(request, "X-Webhook-Name")),
      .signature = std::string(header_of(request, "X-Webhook-SHA1")),
      .license = std::string(header_of(request, "X-Shop-License")),
      .body = request.body};
  auto shop = ledger_.installation(message.license);
  if (!shop) {
    shop =
        ledger_.installation(integration_of_url(std::string(header_of(request, "X-Shop-Domain"))));
  }
  if (!shop) {
    // Installed by hand the shop is known by the address typed in, not by its licence; whether the
    // message is its own the signature says.
    shop = connected_shop(ledger_);
    if (shop && shop->shop != integration_of_url(shop->url)) shop.reset();
  }
  if (!shop || shop->state == Installation::State::Uninstalled) {
    return {kGone, "the connector is not in this shop"};
  }
  if (!parts_.genuine_webhook(message,
                              {setting(*shop, kWebhookSecret), config_.application.secret})) {
    return refuse_message(kNotGenuine, "a webhook was refused: its signature is wrong");
  }
  if (message.event != "order.create") return {kOkStatus, "nothing to do"};
  const auto order = shoper::announced_order(message);
  if (!order) return {kUnreadable, "the webhook names no order"};
  ledger_.announce_order(parts_.integration_name(*shop), *order, clock_.now());
  return {kOkStatus, "noted"};
}

void Account::install_by_hand(const std::string& url, const std::string& login,
                              const std::string& password, const std::string& token) {
  Installation installation;
  installation.shop = integration_of_url(url);
  installation.url = url;
  installation.keys.login = login;
  installation.keys.password = password;
  installation.keys.token = token;
  parts_.put_in(ledger_, installation, clock_.now());
}

void Account::uninstall(const std::string& shop) { parts_.take_out(ledger_, shop, clock_.now()); }

std::string Account::setting(const Installation& shop, const char* name) const {
  return ledger_.setting(parts_.integration_name(shop), name).value_or("");
}

Config Account::config_for(const Installation& shop) const {
  Config config;
  config.shop_url = shop.url;
  config.login = shop.keys.login;
  config.password = shop.keys.password;
  config.token = shop.keys.token;
  config.switches = config_.switches;
  config.stock_formula = config_.stock_formula;
  config.erp = {setting(shop, kErpLogin), setting(shop, kErpKeySetting)};
  config.integration = parts_.integration_name(shop);
  if (config.login.empty() && config.token.empty()) {
    config.application = config_.application.id;
    config.application_secret = config_.application.secret;
  }
  return config;
}

Result<Done, Objection> Account::save_form(const std::string& shop, const Form& form) {
  const auto installation = ledger_.installation(shop);
  if (!installation || installation->state == Installation::State::Uninstalled) {
    return fail(not_installed());
  }
  if (auto denied = parts_.erp_access(ledger_, {form.erp_login, form.erp_key})) {
    return fail(*std::move(denied));
  }
  const std::string name = parts_.integration_name(*installation);
  Ledger::Transaction transaction(ledger_);
  parts_.connect(ledger_, shop, clock_.now());
  ledger_.set_setting(name, kErpLogin, form.erp_login);
  ledger_.set_setting(name, kErpKeySetting, form.erp_key);
  ledger_.set_setting(name, kWebhookSecret, form.webhook_secret);
  Connector(config_for(*installation), ledger_, transport_, clock_, parts_)
      .set_automatic(form.automatic);
  transaction.commit();
  return Done{};
}

Result<Done, Objection> Account::set_automatic(bool on) {
  const auto shop = connected_shop(ledger_);
  if (!shop) return fail(not_installed());
  Connector(config_for(*shop), ledger_, transport_, clock_, parts_).set_automatic(on);
  return Done{};
}

std::optional<std::string> Account::shop_url() const {
  const auto shop = connected_shop(ledger_);
  return shop ? std::optional(shop->url) : std::nullopt;
}

bool Account::automatic() const {
  const auto shop = connected_shop(ledger_);
  return shop && setting(*shop, "automatic") == "1";
}

std::vector<ShownKey> Account::keys() const {
  const auto shop = connected_shop(ledger_);
  return shop ? parts_.show_keys(ledger_, *shop) : std::vector<ShownKey>{};
}

std::vector<ConnectionCheck> Account::test_connection() {
  using State = ConnectionCheck::State;
  const auto shop = connected_shop(ledger_);
  if (!shop) return {{"the connector is configured", State::Bad, not_installed().text}};
  const Config config = config_for(*shop);
  std::vector<ConnectionCheck> checks{
      {"the connector is configured", State::Good, config.shop_url}};
  checks.push_back(
      check_of("Systim accepts the API key", parts_.erp_access(ledger_, config.erp), "it does"));
  Keeper keeper(ledger_, clock_, shop->shop);
  shoper::ShoperShop way(
      {config.shop_url, config.login, config.password, config.token, config.application,
       config.application_secret, config.application.empty() ? nullptr : &keeper},
      transport_, clock_, {parts_.retry, parts_.next_page});
  const auto settings = way.settings();
  if (!settings) {
    for (ConnectionCheck& check : checks_of_error(settings.error())) {
      checks.push_back(std::move(check));
    }
    return checks;
  }
  checks.push_back({"the shop answers", State::Good, "it does"});
  checks.push_back({"the keys are accepted", State::Good, "they are"});
  std::string missing;
  for (const char* resource : kReadResources) {
    if (const auto read = way.probe(resource); !read) {
      missing += fmt::format("{}{}", missing.empty() ? "" : "; ", read.error().text);
    }
  }
  checks.push_back(
      {"the keys may read all that is needed", missing.empty() ? State::Good : State::Bad,
       missing.empty() ? "they may; the right to write stock shows with the first write"
                       : missing});
  checks.push_back(check_of("the shop is Polish", parts_.language_ok(*settings), "it is"));
  for (const Objection& doubt : parts_.language_doubts(*settings)) {
    checks.push_back({"no other language is active", State::Bad, doubt.text});
  }
  checks.push_back(
      check_of("the shop has one warehouse", parts_.warehouses_ok(*settings), "it has"));
  return checks;
}

RunReport Account::run(Command command, const OnProgress& progress) {
  const auto shop = connected_shop(ledger_);
  if (!shop) {
    RunReport report;
    const Objection why = not_installed();
    report.ok = command == Command::Tick;
    report.summary = {report.ok ? "no shop is connected: nothing was done" : why.text};
    return report;
  }
  Config config = config_for(*shop);
  Keeper keeper(ledger_, clock_, shop->shop);
  if (!config.application.empty()) config.keeper = &keeper;
  return Connector(std::move(config), ledger_, transport_, clock_, parts_).run(command, progress);
}

std::vector<std::string> lines_of(const std::vector<ConnectionCheck>& checks) {
  std::vector<std::string> lines;
  for (const ConnectionCheck& check : checks) {
    std::string_view mark = "--";
    if (check.state == ConnectionCheck::State::Good) mark = "ok";
    if (check.state == ConnectionCheck::State::Bad) mark = "NO";
    lines.push_back(fmt::format("{}  {}: {}", mark, check.name, check.text));
  }
  return lines;
}

}  // namespace atrapa::core::systim_shoper
