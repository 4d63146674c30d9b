#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "harness/subject/core_books.hpp"
#include "harness/subject/core_subject.hpp"
#include "harness/subject/passing.hpp"

namespace atrapa::harness {
namespace {

constexpr const char* kOwnWarehouse = "M1";
constexpr const char* kBaseWarehouse = "bl_206";

/// Firmino keeps stock by warehouse.
ErpProduct stored(ErpProduct product) {
  if (product.stocks.empty()) product.stocks[kOwnWarehouse] = product.stock;
  return product;
}

class CoreOnBase final : public PassingSubject {
 public:
  using PassingSubject::PassingSubject;

  void configure(const SubjectSetup& setup) override {
    SubjectSetup own = setup;
    for (ErpProduct& product : own.products) product = stored(std::move(product));
    inner().configure(own);
    needed("put_warehouse", {{"id", kOwnWarehouse}, {"name", "Główny"}});
    const Json made =
        needed("add_integration", {{"label", "Sklep"}, {"token", setup.shop.password}});
    const std::string id = made.value("id", "");
    needed("configure", {{"id", id},
                         {"settings",
                          {{"orders", true},
                           {"products", true},
                           {"product_source", "firmino"},
                           {"update_name", false},
                           {"warehouses", true},
                           {"push_stock", true}}}});
    needed("join_warehouse", {{"id", id}, {"key", kBaseWarehouse}, {"warehouse", kOwnWarehouse}});
    // Unconfirmed, so that nothing moves before a command says so.
  }

  CommandResult run(std::string_view command) override {
    if (command == "all" || command == "tick") return inner().run("all");
    if (command != "stock") return inner().run(command);
    // Which product of Base a card is shows when cards are sent.
    const CommandResult cards = inner().run("products");
    if (!cards.ok) return cards;
    CommandResult levels = inner().run("stock");
    levels.summary = fmt::format("{}; {}", cards.summary, levels.summary);
    return levels;
  }

  void edit_product(const ErpProduct& product) override { inner().edit_product(stored(product)); }

 private:
  Json needed(std::string_view deed, const Json& arguments) {
    DeedResult result = inner().perform(deed, arguments);
    if (!result.done) {
      throw std::runtime_error(fmt::format("the core refuses its form {}: {}", deed, result.why));
    }
    return std::move(result.answer);
  }
};

}  // namespace

std::unique_ptr<Subject> core_on_base(Wire& wire, const CoreParts& parts) {
  return std::make_unique<CoreOnBase>(firmino_subject(wire, parts));
}

}  // namespace atrapa::harness
