#include "core/shops/base/bulk.hpp"

#include <nlohmann/json.hpp>
#include <unordered_map>
#include <utility>

#include "core/shops/base/reading.hpp"

namespace atrapa::core::base {

namespace {

using State = BulkOutcome::State;

const Shape kBulkShape{{"counter"}, {"warnings"}};

/// The figures of one product as they go out; or why they cannot.
Result<std::string> stock_figures(const StockChange& change) {
  if (change.stock.empty()) return fail("no stock was given");
  Parameters figures;
  for (const auto& [warehouse, pieces] : change.stock) {
    if (!pieces.is_whole()) return fail(to_text(pieces) + " pieces: Base keeps whole ones");
    figures.exact(warehouse, to_text(pieces));
  }
  return figures.str();
}

Result<std::string> price_figures(const PriceChange& change) {
  if (change.prices.empty()) return fail("no price was given");
  Parameters figures;
  for (const auto& [group, price] : change.prices) figures.exact(group, to_text(price));
  return figures.str();
}

/// One call: which changes it carries, by product id.
struct Chunk {
  Parameters products;
  std::unordered_map<std::string, std::size_t> places;
};

bool breaks_off(Error::Kind kind) {
  switch (kind) {
    case Error::Kind::Refused:
    case Error::Kind::Unreadable: return false;
    case Error::Kind::Unreachable:
    case Error::Kind::Lost:
    case Error::Kind::ServerError:
    case Error::Kind::Maintenance:
    case Error::Kind::Blocked:
    case Error::Kind::AccessDenied:
    case Error::Kind::Interrupted: return true;
  }
  return true;
}

class BulkWrite {
 public:
  BulkWrite(Client& client, const char* method, const std::string& inventory_id, std::size_t size)
      : client_(client), method_(method), inventory_id_(inventory_id) {
    report_.outcomes.resize(size);
  }

  void add(std::size_t place, const std::string& product_id, Result<std::string> figures) {
    if (report_.stopped) return;
    if (!figures) {
      report_.outcomes[place] = {State::Refused, figures.error()};
      return;
    }
    if (chunk_.places.size() >= kProductsPerWrite || chunk_.places.contains(product_id)) flush();
    if (report_.stopped) return;
    chunk_.places.emplace(product_id, place);
    chunk_.products.json(product_id, *figures);
  }

  BulkReport finish() {
    flush();
    return std::move(report_);
  }

 private:
  void flush() {
    const Chunk chunk = std::exchange(chunk_, {});
    if (chunk.places.empty() || report_.stopped) return;
    Parameters parameters;
    parameters.id("inventory_id", inventory_id_).object("products", chunk.products);
    const auto answer = client_.call(method_, parameters, kBulkShape);
    if (!answer) {
      const Error& error = answer.error();
      const bool untouched = error.kind != Error::Kind::Refused;
      BulkOutcome outcome{untouched ? State::NotTried : State::Refused, error.text};
      if (error.may_have_happened) outcome.state = State::Unknown;
      for (const auto& [id, place] : chunk.places) report_.outcomes[place] = outcome;
      if (breaks_off(error.kind)) report_.stopped = error;
      return;
    }
    const Texts warnings = warnings_of(*answer);
    BulkOutcome others{State::Done, ""};
    for (const auto& [id, words] : warnings) {
      if (chunk.places.contains(id)) continue;
      report_.other_warnings.push_back(words);
      others = {State::Unknown, words};  // Whom it is about nobody knows.
    }
    for (const auto& [id, place] : chunk.places) {
      const auto warned = warnings.find(id);
      report_.outcomes[place] =
          warned == warnings.end() ? others : BulkOutcome{State::Refused, warned->second};
    }
  }

  Client& client_;
  const char* method_;
  const std::string& inventory_id_;
  Chunk chunk_;
  BulkReport report_;
};

}  // namespace

BulkReport write_stock(Client& client, const std::string& inventory_id,
                       const std::vector<StockChange>& changes) {
  BulkWrite write(client, "updateInventoryProductsStock", inventory_id, changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    write.add(i, changes[i].product_id, stock_figures(changes[i]));
  }
  return write.finish();
}

BulkReport write_prices(Client& client, const std::string& inventory_id,
                        const std::vector<PriceChange>& changes) {
  BulkWrite write(client, "updateInventoryProductsPrices", inventory_id, changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    write.add(i, changes[i].product_id, price_figures(changes[i]));
  }
  return write.finish();
}

}  // namespace atrapa::core::base
