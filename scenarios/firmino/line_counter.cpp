#include "scenarios/firmino/line_counter.hpp"

#include <map>
#include <stdexcept>

namespace atrapa::scenarios::firmino {
namespace {

/// Warehouses of Base by the names that cases use.
using Stores = std::map<std::string, std::string>;  // Keys: "bl_206".

class Counter {
 public:
  Counter(const Story& story, Bench& bench, Judgement& judgement)
      : story_(story), bench_(bench), judgement_(judgement), office_(bench) {}

  void play() {
    for (const Record& record : story_.records) {
      for (const Json& one : record.given.at("cards")) office_.put_card(one);
    }
    stores_ = {{"first", "bl_206"},
               {"second", office_.base().add_warehouse("Drugi")},
               {"third", office_.base().add_warehouse("Trzeci")}};
    office_.connect(story_.setup.at("settings"));
    const Json joins = story_.setup.value("joins", Json::object());
    for (const auto& [store, warehouse] : joins.items()) {
      if (!office_.join(stores_.at(store), warehouse.get<std::string>()).done) {
        throw std::runtime_error("the connector refuses to join a warehouse");
      }
    }
    stores_["new"] = office_.base().add_warehouse("Dodany po połączeniu");
    sell(/*later=*/false);
    if (story_.setup.value("drop_third", false)) {
      bench_.base().change().catalogue.warehouses.erase(
          std::stoll(stores_.at("third").substr(std::string_view("bl_").size())));
    }
    office_.tick();
    sell(/*later=*/true);
    office_.tick();
    for (std::size_t i = 0; i < story_.records.size(); ++i) compare(i);
  }

 private:
  void sell(bool later) {
    ids_.resize(story_.records.size());
    for (std::size_t i = 0; i < story_.records.size(); ++i) {
      for (const Json& order : story_.records[i].given.at("orders")) {
        if (order.value("later", false) != later) continue;
        Json given = order;
        for (Json& one : given["lines"]) {
          if (!one.contains("from")) continue;
          const std::string key = stores_.at(one["from"].get<std::string>());
          one.erase("from");
          one["warehouse_id"] = std::stoll(key.substr(key.find('_') + 1));
        }
        ids_[i].push_back(plant(office_.base(), bench_, given));
      }
    }
  }

  void compare(std::size_t i) {
    const Record& record = story_.records[i];
    std::vector<std::string> linked;
    std::vector<std::string> numbers;
    for (const std::int64_t id : ids_[i]) {
      numbers.push_back(std::to_string(id));
      for (const harness::ErpOrder& order : office_.orders(id)) {
        for (const harness::ErpOrderLine& one : order.lines) linked.push_back(one.product_id);
      }
    }
    const harness::ErpView erp = bench_.erp();
    if (record.expected.contains("cards")) {
      std::vector<std::string> wanted = record.expected.at("cards").get<std::vector<std::string>>();
      for (std::size_t at = 0; at < wanted.size() && at < linked.size(); ++at) {
        if (wanted[at] == "*" && is_card(erp, linked[at])) wanted[at] = linked[at];
      }
      judgement_.expect_equal(record.what + ": cards of its lines", wanted, linked);
    }
    const Json counts = record.expected.value("called", Json::object());
    for (const auto& [name, count] : counts.items()) {
      judgement_.expect_equal(record.what + ": cards called '" + name + "'",
                              count.get<std::size_t>(), office_.cards_called(name).size());
    }
    for (const harness::ErpProduct& one : erp.products) {
      const Json pieces = record.expected.value("pieces", Json::object());
      if (pieces.contains(one.id)) {
        judgement_.expect_equal(record.what + ": millionths of pieces left of '" + one.name + "'",
                                millionths(pieces.at(one.id).get<std::string>()), all_pieces(one));
      }
      const Json stocks = record.expected.value("stocks", Json::object());
      if (!stocks.contains(one.id)) continue;
      for (const auto& [warehouse, left] : stocks.at(one.id).items()) {
        const std::string observed = office_.pieces(one.id, warehouse);
        // Where nobody says whence it goes, nothing may change without a word.
        const bool told = record.expected.value("or_told", false) && office_.log_names(numbers);
        judgement_.expect(told || observed == left.get<std::string>(),
                          record.what + ": pieces of '" + one.name + "' in " + warehouse,
                          left.get<std::string>(), observed);
      }
    }
  }

  static bool is_card(const harness::ErpView& erp, const std::string& id) {
    for (const harness::ErpProduct& one : erp.products) {
      if (one.id == id) return true;
    }
    return false;
  }

  const Story& story_;
  Bench& bench_;
  Judgement& judgement_;
  Office office_;
  Stores stores_;
  std::vector<std::vector<std::int64_t>> ids_;
};

}  // namespace

Json line_card(const std::string& id, const std::string& name, const std::string& code,
               const Json& stocks) {
  return {{"id", id},    {"code", code},           {"name", name},
          {"vat", "23"}, {"gross_price", "19.99"}, {"stocks", stocks}};
}

Json line(const std::string& name, int quantity, const std::string& sku) {
  Json made = {{"name", name}, {"quantity", quantity}};
  if (!sku.empty()) made["sku"] = sku;
  return made;
}

void play_lines(const Story& story, Bench& bench, Judgement& judgement) {
  Counter(story, bench, judgement).play();
}

}  // namespace atrapa::scenarios::firmino
