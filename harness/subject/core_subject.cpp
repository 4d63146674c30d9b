#include "harness/subject/core_subject.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "core/integrations/systim_account.hpp"
#include "core/ledger/ledger.hpp"

namespace atrapa::harness {
namespace {

namespace systim = core::systim_shoper;

/// "http://shop.example:81/webapi/rest/auth?x=1" gives "shop.example:81" and
/// "/webapi/rest/auth?x=1".
std::pair<std::string, std::string> split_url(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) {
    throw std::runtime_error("the core asked for '" + url + "', which is no absolute address");
  }
  const std::size_t authority = scheme + 3;
  const std::size_t path = url.find('/', authority);
  if (path == std::string::npos) return {url.substr(authority), "/"};
  return {url.substr(authority, path - authority), url.substr(path)};
}

/// The core's transport over the bench's wire.
class WireTransport final : public core::Transport {
 public:
  explicit WireTransport(Wire& wire) : wire_(wire) {}

  std::variant<core::HttpResponse, core::NoAnswer> send(const core::HttpRequest& request) override {
    auto [host, target] = split_url(request.url);
    mocks::kit::Request sent{
        .method = request.method, .target = std::move(target), .headers = {}, .body = request.body};
    sent.headers.add("Host", std::move(host));
    for (const auto& [name, value] : request.headers) sent.headers.add(name, value);

    auto answer = wire_.send(sent);
    if (const auto* none = std::get_if<NoAnswer>(&answer)) {
      return *none == NoAnswer::Refused ? core::NoAnswer::NotSent : core::NoAnswer::Ambiguous;
    }
    auto& got = std::get<mocks::kit::Response>(answer);
    core::HttpResponse response{.status = got.status, .headers = {}, .body = std::move(got.body)};
    response.headers.reserve(got.headers.size());
    for (const auto& [name, value] : got.headers) response.headers.emplace_back(name, value);
    return response;
  }

 private:
  Wire& wire_;
};

class WireClock final : public core::Clock {
 public:
  explicit WireClock(Wire& wire) : wire_(wire) {}

  core::Instant now() override { return wire_.now(); }
  bool wait(core::Duration duration) override {
    wire_.wait(duration);
    return true;
  }

 private:
  Wire& wire_;
};

core::ErpProduct to_core(const ErpProduct& product) {
  core::ErpProduct made;
  made.id = product.id;
  made.code = product.code;
  made.name = product.name;
  made.unit = product.unit;
  made.vat = product.vat;
  if (product.gross_price) made.gross_price = core::read_price(*product.gross_price);
  made.categories = product.categories;
  made.stock = core::read_quantity(product.stock);
  if (product.reserved) made.reserved = core::read_quantity(*product.reserved);
  return made;
}

ErpProduct from_core(core::ErpProduct product) {
  ErpProduct seen;
  seen.id = std::move(product.id);
  seen.code = std::move(product.code);
  seen.name = std::move(product.name);
  seen.unit = std::move(product.unit);
  seen.vat = std::move(product.vat);
  if (product.gross_price) seen.gross_price = std::move(product.gross_price->text);
  seen.categories = std::move(product.categories);
  if (product.stock) seen.stock = std::move(product.stock->text);
  if (product.reserved) seen.reserved = std::move(product.reserved->text);
  return seen;
}

ErpOrder from_core(const core::ErpOrder& order) {
  ErpOrder seen{.id = std::to_string(order.id),
                .number = order.number,
                .shop_order_id = order.shop_order_id,
                .contractor = order.contractor,
                .lines = {},
                .shipping_cost = core::to_text(order.shipping_cost),
                .total_gross = core::to_text(order.total_gross),
                .omitted_codes = {}};
  for (const core::ErpOrderLine& line : order.lines) {
    seen.lines.push_back({.product_id = line.product_id,
                          .code = line.code,
                          .name = line.name,
                          .quantity = core::to_text(line.quantity),
                          .unit_price = core::to_text(line.unit_price),
                          .vat = line.vat});
  }
  for (const core::OmittedLine& line : order.omitted) seen.omitted_codes.push_back(line.code);
  return seen;
}

ErpLogEntry from_core(const core::LogEntry& entry) {
  return {.severity = std::string(core::to_string(entry.severity)),
          .kind = std::string(core::to_string(entry.kind)),
          .record = entry.record,
          .reason = std::string(core::to_string(entry.reason)),
          .text = entry.text};
}

core::SystimSwitches systim_switches(const SwitchValues& values) {
  core::SystimSwitches switches;
  for (const auto& [name, value] : values) {
    if (!name.starts_with("systim.")) continue;  // Another integration's.
    if (const auto set = core::set_switch(switches, name, value); !set) {
      throw std::runtime_error(set.error());
    }
  }
  return switches;
}

/// Empty books that the cases of one thread use one after the other: clearing them costs less than
/// opening new ones.
class Books {
 public:
  Books() : ledger_(take()) {}
  ~Books() { give_back(std::move(ledger_)); }
  Books(const Books&) = delete;
  Books& operator=(const Books&) = delete;

  core::Ledger& operator*() const { return *ledger_; }
  core::Ledger* operator->() const { return ledger_.get(); }

 private:
  using Shelf = std::vector<std::unique_ptr<core::Ledger>>;

  static Shelf& shelf() {
    thread_local Shelf unused;
    return unused;
  }
  static std::unique_ptr<core::Ledger> take() {
    if (shelf().empty()) return core::Ledger::in_memory();
    auto ledger = std::move(shelf().back());
    shelf().pop_back();
    return ledger;
  }
  static void give_back(std::unique_ptr<core::Ledger> ledger) noexcept {
    try {
      ledger->clear();
      shelf().push_back(std::move(ledger));
    } catch (...) {
      // Books that cannot be cleared are let go.
    }
  }

  std::unique_ptr<core::Ledger> ledger_;
};

ErpDocument from_core(const core::Document& document) {
  ErpDocument seen{.kind = std::string(core::to_string(document.kind)),
                   .number = document.number,
                   .order_id = document.order_id ? std::to_string(*document.order_id) : "",
                   .contractor = document.contractor,
                   .nip = document.nip,
                   .lines = {},
                   .total_gross = core::to_text(document.total_gross),
                   .cancelled = document.cancelled};
  for (const core::ErpOrderLine& line : document.lines) {
    seen.lines.push_back({.product_id = line.product_id,
                          .name = line.name,
                          .quantity = core::to_text(line.quantity),
                          .unit_price = core::to_text(line.unit_price),
                          .vat = line.vat,
                          .value = core::to_text(line.value)});
  }
  return seen;
}

ErpShipment from_core(const core::Shipment& shipment) {
  const core::ShopParty& to = shipment.recipient;
  std::string name = to.company;
  if (name.empty()) {
    name = to.first_name.empty() ? to.last_name : to.first_name + " " + to.last_name;
  }
  return {.order_id = std::to_string(shipment.order_id),
          .recipient = std::move(name),
          .street = to.street,
          .postcode = to.postcode,
          .city = to.city,
          .phone = to.phone,
          .email = shipment.email};
}

std::int64_t id_of(const std::string& text) {
  std::int64_t id = 0;
  std::from_chars(text.data(), text.data() + text.size(), id);
  return id;
}

class CoreSubject final : public Subject, private LifeCycle, private Desk {
 public:
  CoreSubject(Wire& wire, const core::Parts& parts)
      : wire_(wire), transport_(wire), clock_(wire), parts_(parts) {}

  void configure(const SubjectSetup& setup) override {
    open_books(setup);
    start();
    connector_->save_configuration();
  }

  CommandResult run(std::string_view name) override {
    if (name == "csv" && connector_) {
      exported_ = connector_->export_products();
      return {.ok = true, .summary = "exported"};
    }
    const std::optional<systim::Command> command = systim::command(name);
    if (!command) {
      throw std::logic_error(fmt::format("systim-shoper has no command '{}'", name));
    }
    const core::RunReport report = account_ ? account_->run(*command) : connector_->run(*command);
    return {.ok = report.ok, .summary = fmt::format("{}", fmt::join(report.summary, "; "))};
  }

  void restart() override { start(); }

  void set_automatic(bool on) override {
    config_.automatic = on;
    if (!account_) {
      connector_->set_automatic(on);
    } else if (const auto set = account_->set_automatic(on); !set) {
      throw std::logic_error(set.error().text);
    }
  }

  void order_announced(const std::string& shop_order_id) override {
    if (connector_) connector_->order_announced(shop_order_id);
  }

  void edit_product(const ErpProduct& product) override {
    const core::ErpProduct edited = to_core(product);
    (*books_)->put_products({&edited, 1});
  }

  LifeCycle* life() override { return this; }
  Desk* desk() override { return this; }

  ErpView look() override {
    ErpView view;
    if (!books_) return view;
    for (const core::ErpOrder& order : (*books_)->orders()) view.orders.push_back(from_core(order));
    for (core::ErpProduct& product : (*books_)->products()) {
      view.products.push_back(from_core(std::move(product)));
    }
    for (const core::LoggedEntry& logged : (*books_)->log()) {
      view.log.push_back(from_core(logged.entry));
    }
    view.exported = exported_;
    for (const core::Document& document : (*books_)->documents()) {
      view.papers.push_back(from_core(document));
    }
    for (const core::Shipment& shipment : (*books_)->shipments()) {
      view.shipments.push_back(from_core(shipment));
    }
    view.documents = static_cast<std::int64_t>(view.papers.size());
    if (!account_) {
      view.connections.push_back({config_.shop_url, config_.automatic});
    } else if (const auto url = account_->shop_url()) {
      view.connections.push_back({*url, account_->automatic()});
    }
    return view;
  }

 private:
  // LifeCycle.
  void begin(const SubjectSetup& setup) override {
    open_books(setup);
    lives_ = true;
    application_ = {setup.application, setup.application_secret};
    start();
  }

  mocks::kit::Response receive(const mocks::kit::Request& message) override {
    core::HttpRequest request{
        .method = message.method, .url = message.target, .headers = {}, .body = message.body};
    for (const auto& [name, value] : message.headers) request.headers.emplace_back(name, value);
    systim::MessageAnswer answer = account().receive(request);
    return {.status = answer.status, .headers = {}, .body = std::move(answer.text)};
  }

  CommandResult save_form(const ConnectorForm& form) override {
    const auto saved = account().save_form(form.shop, {.erp_login = form.erp_login,
                                                       .erp_key = form.erp_key,
                                                       .automatic = form.automatic,
                                                       .webhook_secret = form.webhook_secret});
    return {.ok = saved.ok(), .summary = saved ? "saved" : saved.error().text};
  }

  std::string new_api_key(const std::string& login) override {
    std::string key = fmt::format("api-key-{}-of-{}", ++keys_made_, login);
    (*books_)->put_api_key(login, core::shoper::digest_of(key), clock_.now());
    return key;
  }

  void delete_user(const std::string& login) override { (*books_)->drop_api_key(login); }

  std::vector<ShownKey> show_keys() override {
    std::vector<ShownKey> shown;
    for (const core::ShownKey& key : account().keys()) shown.push_back({key.name, key.value});
    return shown;
  }

  // Desk.
  CommandResult invoice(const std::string& order_id) override {
    core::Desk desk = core::desk_at(**books_, clock_.now());
    const auto made = parts_.issue_invoice(desk, id_of(order_id));
    return {.ok = made.ok(), .summary = made ? made->number : made.error()};
  }

  CommandResult goods_issue(const std::string& order_id,
                            const std::vector<IssuePart>& parts) override {
    core::Desk desk = core::desk_at(**books_, clock_.now());
    std::vector<core::GoodsPart> goods;
    for (const IssuePart& part : parts) {
      const auto quantity = core::parse_quantity(part.quantity);
      if (!quantity) return {.ok = false, .summary = quantity.error()};
      goods.push_back({part.line, *quantity});
    }
    const auto made = parts_.issue_goods(desk, id_of(order_id), goods);
    return {.ok = made.ok(), .summary = made ? made->number : made.error()};
  }

  CommandResult cancel_goods_issue(const std::string& number) override {
    core::Desk desk = core::desk_at(**books_, clock_.now());
    for (const core::Document& document : (*books_)->documents()) {
      if (document.kind != core::DocumentKind::GoodsIssue || document.number != number) continue;
      const auto cancelled = parts_.cancel_goods(desk, document.id);
      return {.ok = cancelled.ok(), .summary = cancelled ? "cancelled" : cancelled.error()};
    }
    return {.ok = false, .summary = "there is no such note"};
  }

  CommandResult shipment(const std::string& order_id) override {
    core::Desk desk = core::desk_at(**books_, clock_.now());
    const auto made = parts_.make_shipment(desk, id_of(order_id));
    return {.ok = made.ok(), .summary = made ? "made" : made.error()};
  }

  void open_books(const SubjectSetup& setup) {
    if (setup.integration != "systim-shoper") {
      throw std::runtime_error("the core has no integration '" + setup.integration +
                               "'; it has: systim-shoper");
    }
    config_ = systim::Config{};
    config_.shop_url = setup.shop.url;
    config_.login = setup.shop.login;
    config_.password = setup.shop.password;
    config_.automatic = setup.automatic;
    config_.switches = systim_switches(setup.switches);

    connector_.reset();
    exported_.reset();
    account_.reset();
    exported_.reset();
    lives_ = false;
    books_.emplace();
    (*books_)->on_commit([this](core::CommitPoint point) {
      if (point == core::CommitPoint::Before && !wire_.may_commit()) throw ProcessKilled{};
    });
    std::vector<core::ErpProduct> products;
    products.reserve(setup.products.size());
    for (const ErpProduct& product : setup.products) products.push_back(to_core(product));
    (*books_)->put_products(products);
  }

  systim::Account& account() {
    if (!account_) throw std::logic_error("begin() comes first");
    return *account_;
  }

  /// A process of its own: nothing but the books is carried over.
  void start() {
    connector_.reset();
    account_.reset();
    if (lives_) {
      account_.emplace(systim::AccountConfig{application_, config_.switches, config_.stock_formula},
                       **books_, transport_, clock_, parts_);
    } else {
      connector_.emplace(config_, **books_, transport_, clock_, parts_);
    }
  }

  Wire& wire_;
  WireTransport transport_;
  WireClock clock_;
  const core::Parts& parts_;
  systim::Config config_;
  std::optional<Books> books_;
  std::optional<systim::Connector> connector_;
  std::optional<std::string> exported_;     ///< The file; it outlives restart().
  std::optional<systim::Account> account_;  ///< Instead, where the appstore installs it.
  systim::Application application_;
  bool lives_ = false;
  int keys_made_ = 0;
};

class CoreKind final : public SubjectKind {
 public:
  CoreKind(std::string name, core::Parts parts)
      : name_(std::move(name)), parts_(std::move(parts)) {}

  std::string_view name() const override { return name_; }
  std::unique_ptr<Subject> make(Wire& wire) const override {
    return std::make_unique<CoreSubject>(wire, parts_);
  }

 private:
  std::string name_;
  core::Parts parts_;
};

}  // namespace

std::shared_ptr<const SubjectKind> core_subject(std::string name, core::Parts parts) {
  return std::make_shared<CoreKind>(std::move(name), std::move(parts));
}

}  // namespace atrapa::harness
