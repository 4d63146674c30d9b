#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <mutex>
#include <utility>

#include "harness/subject/child_process.hpp"
#include "harness/subject/driver.hpp"
#include "harness/subject/foreign.hpp"
#include "harness/subject/instant.hpp"
#include "harness/subject/protocol.hpp"
#include "harness/subject/state_directory.hpp"

namespace atrapa::harness {
namespace {

constexpr std::string_view kOurs = "ATRAPA_";
// What sh(1) says of a command that it cannot run.
constexpr int kNotExecutable = 126;
constexpr int kNotFound = 127;

const std::vector<std::string> kAllParts{"orders",       "products",    "log",
                                         "documents",    "shipments",   "contractors",
                                         "integrations", "connections", "exported"};

/// The value of a variable of the program's own, out of ours.
std::string filled_in(const std::string& text, const ChildProcess::Environment& ours) {
  if (const auto whole = ours.find(text); whole != ours.end()) return whole->second;
  std::string value;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('}', at);
    if (text[at] == '{' && end != std::string::npos) {
      if (const auto one = ours.find(text.substr(at + 1, end - at - 1)); one != ours.end()) {
        value += one->second;
        at = end + 1;
        continue;
      }
    }
    value += text[at++];
  }
  return value;
}

class ExecSubject final : public Subject {
 public:
  ExecSubject(const ExecOptions& options, TemporaryDirectory& states, Outside& outside)
      : options_(options), outside_(outside), state_(states) {}

  ~ExecSubject() override { outside_.end_process_by(nullptr); }

  void configure(const SubjectSetup& setup) override {
    setup_ = setup;
    write_products();
  }

  CommandResult run(std::string_view command) override {
    // One run does all there is.
    const bool whole = command == "all" || command == "tick";
    const auto& can = options_.commands;
    if (!whole && std::find(can.begin(), can.end(), command) == can.end()) {
      throw Incapable(
          fmt::format("the program does {}, not '{}'", fmt::join(can, " and "), command));
    }
    std::string output;
    std::string errors;
    const auto ended = start(options_.command, command, output, errors);
    const std::string said = last_lines(errors.empty() ? output : errors);
    const std::size_t last = said.rfind('\n');
    return {.ok = ended.well(),
            .summary = fmt::format("it {}{}", ended.in_words(),
                                   said.empty() ? "" : ":" + said.substr(last + 4))};
  }

  void restart() override {}  // Each run is a process of its own.

  void set_automatic(bool on) override { setup_.automatic = on; }

  void edit_product(const ErpProduct& product) override {
    const auto known = std::find_if(setup_.products.begin(), setup_.products.end(),
                                    [&](const ErpProduct& one) { return one.id == product.id; });
    if (known == setup_.products.end()) {
      setup_.products.push_back(product);
    } else {
      *known = product;
    }
    write_products();
  }

  ErpView look() override {
    if (!options_.erp_dump) return ErpView::hidden();
    std::string output;
    std::string errors;
    const auto ended = start(*options_.erp_dump, "look", output, errors);
    if (!ended.well()) {
      throw SubjectFailure(fmt::format("--erp-dump '{}' {}{}", *options_.erp_dump, ended.in_words(),
                                       last_lines(errors)));
    }
    try {
      const Json result = Json::parse(output, nullptr, false);
      if (result.is_discarded()) throw protocol::ProtocolError("no JSON");
      return protocol::read_view(result, kAllParts);
    } catch (const protocol::ProtocolError& error) {
      throw SubjectFailure(
          fmt::format("--erp-dump '{}' printed what is no answer of `look`: {}. See "
                      "harness/subject/PROTOCOL.md{}",
                      *options_.erp_dump, error.what(), last_lines(errors)));
    }
  }

 private:
  ChildProcess::Environment environment(std::string_view command) const {
    ChildProcess::Environment ours{
        {"ATRAPA_SHOP_URL", setup_.shop.url},
        {"ATRAPA_SHOP_LOGIN", setup_.shop.login},
        {"ATRAPA_SHOP_PASSWORD", setup_.shop.password},
        {"ATRAPA_INTEGRATION", setup_.integration},
        {"ATRAPA_COMMAND", std::string(command)},
        {"ATRAPA_PRODUCTS", products_file().string()},
        {"ATRAPA_STATE", state_.path().string()},
        {"ATRAPA_AUTOMATIC", setup_.automatic ? "1" : "0"},
        {"ATRAPA_NOW", instant_text(outside_.now())},
        {"ATRAPA_CLOCK", outside_.clock_url()},
    };
    ChildProcess::Environment all = ours;
    for (const auto& [name, text] : options_.environment) all[name] = filled_in(text, ours);
    return all;
  }

  ChildProcess::Ended start(const std::string& line, std::string_view command, std::string& output,
                            std::string& errors) {
    ChildProcess process(line, environment(command));
    process.close_input();
    outside_.end_process_by([&process] { process.kill(); });
    outside_.begin();
    const auto ended = process.wait(ChildProcess::Steady::now() + options_.timeout);
    const std::string last = outside_.last_request();
    const bool by_case = outside_.ended_by_case();
    outside_.end_process_by(nullptr);
    if (!ended) process.kill();
    outside_.end();
    output = process.output_left();
    errors = process.error_text();
    if (by_case) throw ProcessKilled{};
    if (!ended) {
      throw SubjectFailure(fmt::format(
          "'{}' has not ended within {:g} s and was killed; --timeout SECONDS gives a slow one "
          "more{}\n  Its last request to the shop: {}",
          line, static_cast<double>(options_.timeout.count()) / 1000, last_lines(errors), last));
    }
    if (ended->code == kNotFound || ended->code == kNotExecutable) {
      throw SubjectFailure(fmt::format("the shell cannot run '{}'{}", line, last_lines(errors)));
    }
    return *ended;
  }

  std::filesystem::path products_file() const { return state_.path() / "atrapa-products.json"; }

  void write_products() const {
    const std::filesystem::path beside = products_file().string() + ".part";
    std::ofstream(beside) << Json(setup_.products).dump(1) << "\n";
    std::filesystem::rename(beside, products_file());
  }

  const ExecOptions& options_;
  Outside& outside_;
  StateDirectory state_;
  SubjectSetup setup_;
};

class ExecKind final : public SubjectKind {
 public:
  explicit ExecKind(ExecOptions options)
      : options_(std::move(options)), name_(fmt::format("exec '{}'", options_.command)) {
    for (const auto& [name, text] : options_.environment) {
      if (name.starts_with(kOurs)) {
        throw std::runtime_error(fmt::format(
            "--env-map {}={}: names that begin with {} are Atrapa's own", name, text, kOurs));
      }
    }
  }

  std::string_view name() const override { return name_; }

  std::optional<OutsideClock> outside() const override {
    return OutsideClock{.is_virtual = options_.virtual_clock, .scale = options_.time_scale};
  }

  std::unique_ptr<Subject> make(Wire& wire, std::string_view) const override {
    if (wire.outside() == nullptr) throw std::logic_error("a program needs a bench that serves it");
    {
      const std::lock_guard lock(mutex_);
      if (!states_) states_ = std::make_unique<TemporaryDirectory>();
    }
    return std::make_unique<ExecSubject>(options_, *states_, *wire.outside());
  }

 private:
  ExecOptions options_;
  std::string name_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<TemporaryDirectory> states_;
};

}  // namespace

std::shared_ptr<const SubjectKind> exec_subject(ExecOptions options) {
  return std::make_shared<ExecKind>(std::move(options));
}

}  // namespace atrapa::harness
