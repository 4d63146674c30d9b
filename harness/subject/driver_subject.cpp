#include <fmt/format.h>
#include <fmt/ranges.h>

#include <mutex>
#include <type_traits>
#include <utility>

#include "harness/subject/driver.hpp"
#include "harness/subject/foreign.hpp"
#include "harness/subject/instant.hpp"
#include "harness/subject/protocol.hpp"
#include "harness/subject/state_directory.hpp"

namespace atrapa::harness {
namespace {

/// The drivers that run, and those that serve no case at present.
class DriverPool {
 public:
  explicit DriverPool(DriverOptions options) : options_(std::move(options)) {}

  std::unique_ptr<Driver> take(const std::string& integration) {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto driver = std::move(idle_.back());
        idle_.pop_back();
        return driver;
      }
    }
    return std::make_unique<Driver>(open_driver(options_.where, options_.timeout), integration);
  }

  void give_back(std::unique_ptr<Driver> driver) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(driver));
  }

  TemporaryDirectory& states() {
    const std::lock_guard lock(mutex_);
    if (!states_) states_ = std::make_unique<TemporaryDirectory>();
    return *states_;
  }

  const DriverOptions& options() const { return options_; }

 private:
  DriverOptions options_;
  std::mutex mutex_;
  std::unique_ptr<TemporaryDirectory> states_;
  std::vector<std::unique_ptr<Driver>> idle_;
};

class DriverSubject final : public Subject, private LifeCycle, private Desk {
 public:
  DriverSubject(DriverPool& pool, Outside& outside, std::string_view integration)
      : pool_(pool), outside_(outside), asked_for_(integration), state_(pool.states()) {
    seat(pool.take(asked_for_));
    integration_ = own_integration();
  }

  ~DriverSubject() override {
    outside_.end_process_by(nullptr);
    if (driver_) pool_.give_back(std::move(driver_));
  }

  void configure(const SubjectSetup& setup) override { start("configure", setup); }

  CommandResult run(std::string_view command) override {
    if (!handshake().has_command(command)) {
      throw Incapable(fmt::format("{} has no command '{}'", handshake().name, command));
    }
    return read("run", ask("run", {{"command", command}}), protocol::read_outcome);
  }

  void restart() override {
    if (driver_ && !driver_->can_be_killed()) {
      throw Incapable("a driver that was not started by Atrapa is not ended and started again");
    }
    if (driver_) driver_->kill();
    discard();
    seat(std::make_unique<Driver>(open_driver(pool_.options().where, pool_.options().timeout),
                                  asked_for_));
    Json params = protocol::to_json(setup_, false);
    params["clock"] = outside_.clock_url();
    static_cast<void>(ask_for("resume", std::move(params)));
  }

  void set_automatic(bool on) override {
    static_cast<void>(ask_for("set_automatic", {{"on", on}}));
    setup_.automatic = on;
  }

  void order_announced(const std::string& shop_order_id) override {
    // A connector need not listen.
    if (!handshake().has_method("order_announced")) return;
    static_cast<void>(ask("order_announced", {{"shop_order_id", shop_order_id}}));
  }

  LifeCycle* life() override { return handshake().has_method("begin") ? this : nullptr; }

  Desk* desk() override {
    for (const char* method : {"invoice", "goods_issue", "cancel_goods_issue", "shipment"}) {
      if (handshake().has_method(method)) return this;
    }
    return nullptr;
  }

  DeedResult perform(std::string_view deed, const Json& arguments) override {
    return read("perform", ask_for("perform", {{"deed", deed}, {"arguments", arguments}}),
                protocol::read_deed);
  }

  mocks::kit::Response receive(const mocks::kit::Request& call) override {
    return read("receive", ask_for("receive", {{"request", protocol::to_json(call)}}),
                protocol::read_response);
  }

  void edit_product(const ErpProduct& product) override {
    static_cast<void>(ask_for("edit_product", {{"product", product}}));
  }

  ErpView look() override {
    if (!handshake().has_method("look")) return ErpView::hidden();
    // The ERP can be looked into whether or not the connector runs.
    if (!driver_) restart();
    return read("look", ask("look", Json::object()), [this](const Json& result) {
      return protocol::read_view(result, handshake().sees);
    });
  }

 private:
  // LifeCycle.
  void begin(const SubjectSetup& setup) override { start("begin", setup); }

  CommandResult save_form(const ConnectorForm& form) override {
    return read("save_form",
                ask_for("save_form", {{"shop", form.shop},
                                      {"erp_login", form.erp_login},
                                      {"erp_key", form.erp_key},
                                      {"automatic", form.automatic},
                                      {"webhook_secret", form.webhook_secret}}),
                protocol::read_outcome);
  }

  std::string new_api_key(const std::string& login) override {
    const Json result = ask_for("new_api_key", {{"login", login}});
    return text_of("new_api_key", result, "key");
  }

  void delete_user(const std::string& login) override {
    static_cast<void>(ask_for("delete_user", {{"login", login}}));
  }

  std::vector<ShownKey> show_keys() override {
    const Json result = ask_for("show_keys", Json::object());
    std::vector<ShownKey> keys;
    const Json list = result.is_object() ? result.value("keys", Json()) : Json();
    if (!list.is_array()) driver_->refuse("show_keys", "/keys: expected a list");
    for (const Json& key : list) {
      keys.push_back({text_of("show_keys", key, "name"), text_of("show_keys", key, "value")});
    }
    return keys;
  }

  // Desk.
  CommandResult invoice(const std::string& order_id) override {
    return outcome_of("invoice", {{"order_id", order_id}});
  }

  CommandResult goods_issue(const std::string& order_id,
                            const std::vector<IssuePart>& parts) override {
    Json list = Json::array();
    for (const IssuePart& part : parts) {
      list.push_back({{"line", part.line}, {"quantity", part.quantity}});
    }
    return outcome_of("goods_issue", {{"order_id", order_id}, {"parts", std::move(list)}});
  }

  CommandResult cancel_goods_issue(const std::string& number) override {
    return outcome_of("cancel_goods_issue", {{"number", number}});
  }

  CommandResult shipment(const std::string& order_id) override {
    return outcome_of("shipment", {{"order_id", order_id}});
  }

  CommandResult outcome_of(std::string_view method, Json params) {
    return read(method, ask_for(method, std::move(params)), protocol::read_outcome);
  }

  std::string text_of(std::string_view method, const Json& json, const char* name) {
    const auto text = json.is_object() ? json.find(name) : json.end();
    if (text == json.end() || !text->is_string()) {
      driver_->refuse(method, fmt::format("/{}: expected a text", name));
    }
    return text->get<std::string>();
  }

  void start(std::string_view method, const SubjectSetup& setup) {
    setup_ = setup;
    setup_.integration = integration_;
    setup_.state = state_.path().string();
    if (method != "begin") setup_.application.clear();
    Json params = protocol::to_json(setup_, true);
    params["clock"] = outside_.clock_url();
    static_cast<void>(ask(method, std::move(params)));
  }

  /// As ask(), for a method that a driver need not have.
  Json ask_for(std::string_view method, Json params) {
    if (!handshake().has_method(method)) {
      throw Incapable(fmt::format("{} has no '{}'", handshake().name, method));
    }
    return ask(method, std::move(params));
  }

  Json ask(std::string_view method, Json params) {
    if (!driver_) throw ProcessKilled{};
    params["now"] = instant_text(outside_.now());
    outside_.begin();
    Json result;
    try {
      result = driver_->call(method, std::move(params));
    } catch (const Incapable&) {
      outside_.end();
      throw;
    } catch (const SubjectFailure& failure) {
      const std::string last = outside_.last_request();
      const bool by_case = outside_.ended_by_case();
      discard();
      outside_.end();
      if (by_case) throw ProcessKilled{};
      throw SubjectFailure(
          fmt::format("{}\n  Its last request to the shop in this call: {}", failure.what(), last));
    }
    outside_.end();
    if (outside_.ended_by_case()) {
      if (!driver_->can_be_killed()) {
        throw Incapable("a driver that was not started by Atrapa cannot be killed");
      }
      // It answered just as it died.
      discard();
      throw ProcessKilled{};
    }
    return result;
  }

  template <typename Reader>
  std::invoke_result_t<const Reader&, const Json&> read(std::string_view method, const Json& result,
                                                        const Reader& reader) {
    try {
      return reader(result);
    } catch (const protocol::ProtocolError& error) {
      driver_->refuse(method, error.what());
    }
  }

  void seat(std::unique_ptr<Driver> driver) {
    driver_ = std::move(driver);
    outside_.end_process_by([dying = driver_.get()] { dying->kill(); });
  }

  void discard() {
    outside_.end_process_by(nullptr);
    handshake_ = driver_ ? driver_->handshake() : handshake_;
    driver_.reset();
  }

  /// Also of a driver that is dead by now.
  const Handshake& handshake() const { return driver_ ? driver_->handshake() : handshake_; }

  /// What the driver calls that which is asked for: "acme-shoper" for anything on "shoper".
  std::string own_integration() {
    const std::vector<std::string>& own = handshake().integrations;
    if (own.empty()) return asked_for_;
    for (const std::string& one : own) {
      if (one == asked_for_) return one;
    }
    for (const std::string& one : own) {
      if (one.ends_with("-" + asked_for_)) return one;
    }
    throw Incapable(fmt::format("{} has no integration '{}'; it has: {}", handshake().name,
                                asked_for_, fmt::join(own, ", ")));
  }

  DriverPool& pool_;
  Outside& outside_;
  std::string asked_for_;
  std::string integration_;
  StateDirectory state_;
  std::unique_ptr<Driver> driver_;
  Handshake handshake_;  ///< Of the last one, while there is none.
  SubjectSetup setup_;
};

class DriverKind final : public SubjectKind {
 public:
  explicit DriverKind(DriverOptions options)
      : name_(fmt::format("driver '{}'", options.where)),
        pool_(std::make_unique<DriverPool>(std::move(options))) {}

  std::string_view name() const override { return name_; }

  std::optional<OutsideClock> outside() const override {
    const std::lock_guard lock(mutex_);
    if (!clock_) {
      auto first = pool_->take("");
      clock_ = {.is_virtual = first->handshake().virtual_clock,
                .scale = pool_->options().time_scale};
      pool_->give_back(std::move(first));
    }
    return clock_;
  }

  std::unique_ptr<Subject> make(Wire& wire, std::string_view integration) const override {
    if (wire.outside() == nullptr) throw std::logic_error("a driver needs a bench that serves it");
    return std::make_unique<DriverSubject>(*pool_, *wire.outside(), integration);
  }

 private:
  std::string name_;
  std::unique_ptr<DriverPool> pool_;
  mutable std::mutex mutex_;
  mutable std::optional<OutsideClock> clock_;
};

}  // namespace

std::shared_ptr<const SubjectKind> driver_subject(DriverOptions options) {
  return std::make_shared<DriverKind>(std::move(options));
}

}  // namespace atrapa::harness
