#include "harness/subject/core_subject.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "core/integrations/systim_account.hpp"
#include "harness/subject/core_books.hpp"

namespace atrapa::harness {
namespace {

namespace systim = core::systim_shoper;

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
      put_exported(connector_->export_products());
      return {.ok = true, .summary = "exported"};
    }
    const std::optional<systim::Command> command = systim::command(name);
    if (!command) {
      throw Incapable(fmt::format("systim-shoper has no command '{}'", name));
    }
    const core::RunReport report = account_ ? account_->run(*command) : connector_->run(*command);
    return {.ok = report.ok, .summary = fmt::format("{}", fmt::join(report.summary, "; "))};
  }

  void restart() override { start(); }

  void resume(const SubjectSetup& setup) override {
    set_up(setup);
    lives_ = !setup.application.empty();
    if (lives_) application_ = {setup.application, setup.application_secret};
    start();
  }

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
    if (!books_) return {};
    ErpView view = view_of(**books_);
    view.exported = exported();
    for (const core::Shipment& shipment : (*books_)->shipments()) {
      view.shipments.push_back(from_core(shipment));
    }
    if (!account_) {
      view.connections.push_back(ErpConnection{config_.shop_url, config_.automatic});
    } else if (const auto url = account_->shop_url()) {
      view.connections.push_back(ErpConnection{*url, account_->automatic()});
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
    systim::MessageAnswer answer = account().receive(to_core(message));
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
    const core::Instant now = clock_.now();
    std::string key =
        fmt::format("api-key-{}-{}-of-{}", now.time_since_epoch().count(), ++keys_made_, login);
    (*books_)->put_api_key(login, core::shoper::digest_of(key), now);
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
    const auto made = parts_.issue_invoice(desk, number_of(order_id));
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
    const auto made = parts_.issue_goods(desk, number_of(order_id), goods);
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
    const auto made = parts_.make_shipment(desk, number_of(order_id));
    return {.ok = made.ok(), .summary = made ? "made" : made.error()};
  }

  void open_books(const SubjectSetup& setup) {
    set_up(setup);
    std::vector<core::ErpProduct> products;
    products.reserve(setup.products.size());
    for (const ErpProduct& product : setup.products) products.push_back(to_core(product));
    (*books_)->put_products(products);
  }

  void set_up(const SubjectSetup& setup) {
    config_ = systim::Config{};
    config_.shop_url = setup.shop.url;
    config_.login = setup.shop.login;
    config_.password = setup.shop.password;
    config_.automatic = setup.automatic;
    config_.switches = systim_switches(setup.switches);

    connector_.reset();
    account_.reset();
    exported_.reset();
    lives_ = false;
    state_ = setup.state;
    books_.emplace(state_);
    (*books_)->on_commit([this](core::CommitPoint point) {
      if (point == core::CommitPoint::Before && !wire_.may_commit()) throw ProcessKilled{};
    });
  }

  // The exported file outlives restart(), and with a directory also the process.

  std::string export_file() const { return state_ + "/export.csv"; }

  void put_exported(std::string text) {
    if (!state_.empty()) std::ofstream(export_file(), std::ios::binary) << text;
    exported_ = std::move(text);
  }

  std::optional<std::string> exported() const {
    if (exported_ || state_.empty()) return exported_;
    std::ifstream file(export_file(), std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
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
  std::string state_;  ///< A directory; "" for books in memory.
  std::optional<std::string> exported_;
  std::optional<systim::Account> account_;  ///< Instead, where the appstore installs it.
  systim::Application application_;
  bool lives_ = false;
  int keys_made_ = 0;
};

class CoreKind final : public SubjectKind {
 public:
  CoreKind(std::string name, CoreParts parts) : name_(std::move(name)), parts_(std::move(parts)) {}

  std::string_view name() const override { return name_; }
  std::unique_ptr<Subject> make(Wire& wire, std::string_view integration) const override {
    if (integration == "systim-shoper" || integration == "shoper") {
      return std::make_unique<CoreSubject>(wire, parts_.systim);
    }
    if (integration == "base") return core_on_base(wire, parts_);
    if (integration == core::ebiuro_base::kProgram) return ebiuro_subject(wire, parts_);
    if (integration == core::firmino_base::kProgram) return firmino_subject(wire, parts_);
    throw Incapable(fmt::format(
        "the core has no integration '{}'; it has: systim-shoper, ebiuro-base, firmino-base, and "
        "shoper and base for whatever is integrated with them",
        integration));
  }

 private:
  std::string name_;
  CoreParts parts_;
};

}  // namespace

std::shared_ptr<const SubjectKind> core_subject(std::string name, core::Parts parts) {
  return core_subject(std::move(name), CoreParts{.systim = std::move(parts)});
}

std::shared_ptr<const SubjectKind> core_subject(std::string name, CoreParts parts) {
  return std::make_shared<CoreKind>(std::move(name), std::move(parts));
}

}  // namespace atrapa::harness
