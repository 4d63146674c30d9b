#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <map>
#include <optional>
#include <stdexcept>

#include "core/ledger/profiles.hpp"
#include "core/ledger/stores.hpp"
#include "harness/subject/core_books.hpp"
#include "harness/subject/core_subject.hpp"

// The core's programs that hold integrations with Base.

namespace atrapa::harness {
namespace {

namespace ebiuro = core::ebiuro_base;
namespace firmino = core::firmino_base;

DeedResult done(Json answer = Json::object()) {
  return {.done = true, .answer = std::move(answer)};
}

DeedResult refused(const core::Objection& why) {
  return {.done = false, .answer = {{"reason", core::to_string(why.reason)}}, .why = why.text};
}

template <typename T>
DeedResult plain(const core::Result<T, core::Objection>& result) {
  return result ? done() : refused(result.error());
}

std::string text(const Json& arguments, const char* name) { return arguments.value(name, ""); }

/// A switch of one of the groups; those of other groups are somebody else's.
template <typename Switches>
void set_own(Switches& switches, std::string_view prefix, const SwitchValues& values) {
  for (const auto& [name, value] : values) {
    if (!name.starts_with(prefix)) continue;
    if (const auto set = core::set_switch(switches, name, value); !set) {
      throw std::runtime_error(set.error());
    }
  }
}

Json report_json(const core::RunReport& report) {
  return {{"ok", report.ok},
          {"orders_read", report.orders_read},
          {"orders_saved", report.orders_saved},
          {"orders_left_alone", report.orders_left_alone},
          {"products_added", report.products ? report.products->added : 0},
          {"products_there", report.products ? report.products->there : 0},
          {"stock_written", report.stock_written},
          {"stock_unchanged", report.stock_unchanged},
          {"summary", report.summary}};
}

std::optional<core::DocumentKind> kind_of(const Json& arguments) {
  const std::string kind = text(arguments, "kind");
  if (kind == "invoice") return core::DocumentKind::Invoice;
  if (kind == "receipt") return core::DocumentKind::Receipt;
  return std::nullopt;
}

core::SeriesReset reset_of(const Json& arguments) {
  const std::string reset = text(arguments, "reset");
  if (reset == "month") return core::SeriesReset::Month;
  return reset == "never" ? core::SeriesReset::Never : core::SeriesReset::Year;
}

/// More than an integration has made up names for.
constexpr int kNamesOfOne = 1000;

/// What both programs share: the books with the ERP's own forms, and how commands are run.
class OfficeSubject : public Subject {
 public:
  explicit OfficeSubject(Wire& wire) : wire_(wire), transport_(wire), clock_(wire) {}

  void configure(const SubjectSetup& setup) override {
    open_books(setup);
    for (const ErpProduct& product : setup.products) put_card(product);
    open();
  }

  void resume(const SubjectSetup& setup) override {
    open_books(setup);
    // Names made up before must not come again.
    names_made_ = static_cast<int>(core::profiles(ledger()).size()) * kNamesOfOne;
    open();
  }

  void restart() override { open(); }

  CommandResult run(std::string_view command) override {
    require_open();
    CommandResult result{.ok = true, .summary = {}};
    std::vector<std::string> lines;
    for (const core::Profile& one : integrations()) {
      const core::RunReport report = run_one(one.id, command);
      result.ok = result.ok && report.ok;
      lines.insert(lines.end(), report.summary.begin(), report.summary.end());
    }
    result.summary = fmt::format("{}", fmt::join(lines, "; "));
    return result;
  }

  DeedResult perform(std::string_view deed, const Json& arguments) override {
    require_open();
    const auto found = deeds_.find(deed);
    if (found == deeds_.end()) return Subject::perform(deed, arguments);
    return found->second(arguments);
  }

  void edit_product(const ErpProduct& product) override {
    require_open();
    put_card(product);
    card_saved(product.id);
  }

  ErpView look() override {
    if (!books_) return {};
    const core::Ledger& ledger = **books_;
    ErpView view = view_of(ledger);
    for (ErpProduct& product : view.products) {
      for (const auto& [warehouse, pieces] : core::stocks_of(ledger, product.id)) {
        product.stocks[warehouse] = core::to_text(pieces);
      }
    }
    const std::vector<core::Document> documents = ledger.documents();
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const auto order =
          documents[i].order_id ? ledger.order(*documents[i].order_id) : std::nullopt;
      if (order) view.papers[i].integration = order->integration;
      if (const auto receipt = documents[i].to_receipt) {
        const auto found = ledger.document(*receipt);
        if (found) view.papers[i].to_receipt = found->number;
      }
      if (const auto sent = core::delivery_of(ledger, documents[i].id)) {
        view.papers[i].sent = core::to_string(sent->state);
      }
    }
    for (const core::Contractor& one : core::contractors(ledger)) {
      view.contractors.push_back(
          ErpContractor{std::to_string(one.id), one.name, one.nip, one.email, one.login});
    }
    for (const core::Profile& one : core::profiles(ledger)) {
      view.integrations.push_back(
          ErpIntegration{one.id, one.label, std::string(core::to_string(one.state))});
    }
    return view;
  }

 protected:
  using Deeds = std::map<std::string, std::function<DeedResult(const Json&)>, std::less<>>;

  /// A process of its own: nothing but the books is carried over.
  virtual void open() = 0;
  virtual void close() = 0;
  virtual std::vector<core::Profile> integrations() = 0;
  virtual core::RunReport run_one(const std::string& id, std::string_view command) = 0;
  virtual core::RunReport card_saved(const std::string& product) = 0;

  core::Ledger& ledger() { return **books_; }
  core::Transport& transport() { return transport_; }
  core::Clock& clock() { return clock_; }
  const SubjectSetup& setup() const { return setup_; }
  Deeds& deeds() { return deeds_; }

  /// Not to be guessed by rules, the same for the same seed.
  std::string made_up(std::string_view kind) {
    return fmt::format("{}-{:016x}-{}", kind, setup_.seed * 0x9E3779B97F4A7C15ULL + 1,
                       ++names_made_);
  }

  DeedResult run_deed(const Json& arguments) {
    const core::RunReport report = run_one(text(arguments, "id"), text(arguments, "command"));
    return {.done = report.ok,
            .answer = report_json(report),
            .why = fmt::format("{}", fmt::join(report.summary, "; "))};
  }

 private:
  void open_books(const SubjectSetup& setup) {
    setup_ = setup;
    close();
    books_.emplace(setup.state);
    (*books_)->on_commit([this](core::CommitPoint point) {
      if (point == core::CommitPoint::Before && !wire_.may_commit()) throw ProcessKilled{};
    });
  }

  void require_open() {
    if (!books_) throw std::logic_error("configure() comes first");
  }

  void put_card(const ErpProduct& product) {
    const core::ErpProduct card = to_core(product);
    ledger().put_products({&card, 1});
    for (const auto& [warehouse, pieces] : product.stocks) set_stock(product.id, warehouse, pieces);
  }

  void set_stock(const std::string& product, const std::string& warehouse,
                 const std::string& pieces) {
    const auto quantity = core::parse_quantity(pieces);
    if (!quantity) throw std::runtime_error(quantity.error());
    core::set_stock(ledger(), product, warehouse, *quantity);
  }

  Wire& wire_;
  WireTransport transport_;
  WireClock clock_;
  SubjectSetup setup_;
  std::optional<Books> books_;
  int names_made_ = 0;
  Deeds deeds_{
      {"set_seller",
       [this](const Json& a) {
         core::put_seller(ledger(),
                          {text(a, "nip"), a.value("large", false), a.value("small_sales", false)});
         return done();
       }},
      {"put_warehouse",
       [this](const Json& a) {
         core::put_warehouse(ledger(), {text(a, "id"), text(a, "name")});
         return done();
       }},
      {"list_warehouses",
       [this](const Json&) {
         Json list = Json::array();
         for (const core::ErpWarehouse& one : core::warehouses(ledger())) {
           list.push_back({{"id", one.id}, {"name", one.name}});
         }
         return done({{"warehouses", std::move(list)}});
       }},
      {"put_price_group",
       [this](const Json& a) {
         core::put_price_group(ledger(), {text(a, "id"), text(a, "name"), a.value("net", false)});
         return done();
       }},
      {"put_product_group",
       [this](const Json& a) {
         core::put_product_group(ledger(), {text(a, "id"), text(a, "name")});
         return done();
       }},
      {"drop_product_group",
       [this](const Json& a) {
         core::drop_product_group(ledger(), text(a, "id"));
         return done();
       }},
      {"put_series",
       [this](const Json& a) {
         const auto put =
             ledger().put_series({text(a, "id"), kind_of(a).value_or(core::DocumentKind::Invoice),
                                  text(a, "pattern"), reset_of(a)});
         return put ? done() : DeedResult{.done = false, .why = put.error()};
       }},
      {"set_stock",
       [this](const Json& a) {
         set_stock(text(a, "product"), text(a, "warehouse"), text(a, "pieces"));
         return done();
       }},
  };
};

class EbiuroSubject final : public OfficeSubject {
 public:
  EbiuroSubject(Wire& wire, const ebiuro::Parts& parts) : OfficeSubject(wire), parts_(parts) {
    deeds()["add_integration"] = [this](const Json& a) {
      const auto made = office_->add(text(a, "label"), text(a, "token"));
      if (!made) return refused(made.error());
      return done({{"id", made->id}, {"secret", made->secret}});
    };
    deeds()["edit_integration"] = [this](const Json& a) {
      return plain(office_->edit(text(a, "id"), text(a, "label"), text(a, "token")));
    };
    deeds()["test_connection"] = [this](const Json& a) {
      return plain(office_->test(text(a, "id")));
    };
    deeds()["configure"] = [this](const Json& a) {
      const auto settings = ebiuro::read_settings(a.at("settings").dump());
      if (!settings) return DeedResult{.done = false, .why = settings.error()};
      return plain(office_->configure(text(a, "id"), *settings));
    };
    deeds()["set_active"] = [this](const Json& a) {
      return plain(office_->set_active(text(a, "id"), a.value("active", true)));
    };
    deeds()["remove_integration"] = [this](const Json& a) {
      return plain(office_->remove(text(a, "id")));
    };
    deeds()["list_integrations"] = [this](const Json&) {
      Json list = Json::array();
      for (const core::Profile& one : office_->list()) {
        list.push_back({{"id", one.id},
                        {"label", one.label},
                        {"secret", one.secret},
                        {"state", core::to_string(one.state)},
                        {"settings", Json::parse(one.settings)}});
      }
      return done({{"integrations", std::move(list)}});
    };
    deeds()["list_orders"] = [this](const Json& a) {
      Json list = Json::array();
      for (const ebiuro::OrderRow& row : office_->orders(text(a, "id"))) {
        list.push_back({{"order", std::to_string(row.order)},
                        {"number", row.number},
                        {"document_number", row.document_number},
                        {"can_issue", row.can_issue},
                        {"status", row.status_id}});
      }
      return done({{"orders", std::move(list)}});
    };
    deeds()["issue"] = [this](const Json& a) {
      const auto issued = office_->issue(number_of(text(a, "order")), kind_of(a));
      if (!issued) return refused(issued.error());
      return done({{"number", issued->number}});
    };
    deeds()["issue_to_receipt"] = [this](const Json& a) {
      const auto nip = a.contains("nip") ? std::optional(text(a, "nip")) : std::nullopt;
      const auto issued = office_->issue_to_receipt(number_of(text(a, "order")), nip);
      if (!issued) return refused(issued.error());
      return done({{"number", issued->number}});
    };
    deeds()["accept_ksef"] = [this](const Json& a) {
      return plain(office_->accept_ksef(text(a, "document"), text(a, "ksef_number")));
    };
    deeds()["refuse_ksef"] = [this](const Json& a) {
      return plain(office_->refuse_ksef(text(a, "document"), text(a, "code")));
    };
    deeds()["run"] = [this](const Json& a) { return run_deed(a); };
  }

  mocks::kit::Response receive(const mocks::kit::Request& call) override {
    ebiuro::CallbackAnswer answer = office_->receive(to_core(call));
    return {.status = answer.status, .headers = {}, .body = std::move(answer.text)};
  }

 private:
  void open() override {
    ebiuro::Config config;
    config.base_url = setup().shop.url;
    set_own(config.switches, "ebiuro.", setup().switches);
    set_own(config.fiscal, "pl.", setup().switches);
    config.new_uuid = [this] { return made_up("uuid"); };
    config.new_secret = [this] { return made_up("secret"); };
    office_.emplace(std::move(config), ledger(), transport(), clock(), parts_);
  }
  void close() override { office_.reset(); }
  std::vector<core::Profile> integrations() override { return office_->list(); }
  core::RunReport run_one(const std::string& id, std::string_view command) override {
    return office_->run(id, command);
  }
  core::RunReport card_saved(const std::string& product) override {
    office_->card_saved(product);
    return {};
  }

  const ebiuro::Parts& parts_;
  std::optional<ebiuro::Office> office_;
};

class FirminoSubject final : public OfficeSubject {
 public:
  FirminoSubject(Wire& wire, const firmino::Parts& parts) : OfficeSubject(wire), parts_(parts) {
    deeds()["add_integration"] = [this](const Json& a) {
      const auto made = office_->add(text(a, "label"), text(a, "token"));
      if (!made) return refused(made.error());
      return done({{"id", made->id}});
    };
    deeds()["set_token"] = [this](const Json& a) {
      return plain(office_->set_token(text(a, "id"), text(a, "token")));
    };
    deeds()["configure"] = [this](const Json& a) {
      const auto settings = firmino::read_settings(a.at("settings").dump());
      if (!settings) return DeedResult{.done = false, .why = settings.error()};
      return plain(office_->configure(text(a, "id"), *settings));
    };
    deeds()["join_warehouse"] = [this](const Json& a) {
      const auto joined =
          office_->join_warehouse(text(a, "id"), text(a, "key"), text(a, "warehouse"));
      if (!joined) return refused(joined.error());
      return done({{"warning", *joined}});
    };
    deeds()["confirm"] = [this](const Json& a) {
      const core::RunReport report = office_->confirm(text(a, "id"), a.value("yes", true));
      return DeedResult{.done = report.ok, .answer = report_json(report)};
    };
    deeds()["remove_integration"] = [this](const Json& a) {
      return plain(office_->remove(text(a, "id")));
    };
    deeds()["list_orders"] = [this](const Json& a) {
      Json list = Json::array();
      for (const firmino::OrderRow& row : office_->orders(text(a, "id"))) {
        list.push_back({{"order", std::to_string(row.order)},
                        {"number", row.number},
                        {"document_number", row.document_number},
                        {"status", row.status_id}});
      }
      return done({{"orders", std::move(list)}});
    };
    deeds()["fulfil"] = [this](const Json& a) {
      const auto issued = office_->fulfil(number_of(text(a, "order")), kind_of(a));
      if (!issued) return refused(issued.error());
      return done({{"number", issued->number}});
    };
    deeds()["run"] = [this](const Json& a) { return run_deed(a); };
  }

 private:
  void open() override {
    firmino::Config config;
    config.base_url = setup().shop.url;
    set_own(config.switches, "firmino.", setup().switches);
    set_own(config.fiscal, "pl.", setup().switches);
    config.new_uuid = [this] { return made_up("firmino"); };
    office_.emplace(std::move(config), ledger(), transport(), clock(), parts_);
  }
  void close() override { office_.reset(); }
  std::vector<core::Profile> integrations() override { return office_->list(); }
  core::RunReport run_one(const std::string& id, std::string_view command) override {
    return office_->run(id, command);
  }
  core::RunReport card_saved(const std::string& product) override {
    return office_->card_saved(product);
  }

  const firmino::Parts& parts_;
  std::optional<firmino::Office> office_;
};

}  // namespace

std::unique_ptr<Subject> ebiuro_subject(Wire& wire, const CoreParts& parts) {
  return std::make_unique<EbiuroSubject>(wire, parts.ebiuro);
}

std::unique_ptr<Subject> firmino_subject(Wire& wire, const CoreParts& parts) {
  return std::make_unique<FirminoSubject>(wire, parts.firmino);
}

}  // namespace atrapa::harness
