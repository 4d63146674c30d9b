#include "mocks/shoper/special_offers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "mocks/kit/dates.hpp"
#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/rows.hpp"

// specialoffers: promotions of products or of some of their stocks, for a time.

namespace atrapa::mocks::shoper {
namespace {

using kit::Decimal;
using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr Rows kOffers = Rows::SpecialOffers;

const kit::Schema& offers() { return schema_of(kOffers); }

/// A bound of an offer, "" where it has none: null, or the date that means never.
std::string offer_bound(std::string_view raw) {
  const std::string text = kit::scalar_text(raw);
  return text == kit::kNever ? std::string{} : text;
}

/// Where an offer reaches: some time of a product, or of some of its stocks.
struct OfferReach {
  explicit OfferReach(const kit::Record& offer)
      : OfferReach([&](std::string_view field) { return raw_of(kOffers, offer, field); }) {}
  explicit OfferReach(const RecordWriter& offer)
      : OfferReach([&](std::string_view field) { return offer.raw(field); }) {}

  template <typename Raw>
  explicit OfferReach(Raw&& raw)
      : product(kit::scalar_id(raw("product_id")).value_or(0)),
        from(offer_bound(raw("date_from"))),
        to(offer_bound(raw("date_to"))),
        whole(kit::scalar_text(raw("condition_type")) != "2") {
    for (const std::string_view one : kit::elements(raw("stocks"))) {
      stocks.insert(kit::scalar_id(one).value_or(0));
    }
  }

  /// Both ends are part of it [inferred].
  bool at(const std::string& time) const {
    return (from.empty() || from <= time) && (to.empty() || time <= to);
  }
  bool covers(std::int64_t stock_id) const { return whole || stocks.contains(stock_id); }
  bool overlaps(const OfferReach& other) const {
    if (product != other.product) return false;
    if (!to.empty() && !other.from.empty() && to < other.from) return false;
    if (!other.to.empty() && !from.empty() && other.to < from) return false;
    return whole || other.whole || std::any_of(stocks.begin(), stocks.end(), [&](std::int64_t id) {
             return other.stocks.contains(id);
           });
  }

  std::int64_t product;
  std::string from;
  std::string to;
  bool whole;
  std::set<std::int64_t> stocks;
};

RecordPtr offer_in_force(const State& state, std::int64_t product_id, std::int64_t stock_id) {
  if (state.offers.at.empty() || state.table(kOffers).size() == 0) return nullptr;
  RecordPtr chosen;
  for (const RecordPtr& offer :
       state.table(kOffers).look_up("product_id", std::to_string(product_id))) {
    const OfferReach reach(*offer);
    if (reach.at(state.offers.at) && reach.covers(stock_id)) chosen = offer;
  }
  return chosen;
}

Decimal discounted_price(std::string_view type, const Decimal& price, const Decimal& discount) {
  const Decimal lower =
      type == "3" ? (price * (Decimal(100) - discount)).divided(Decimal(100), 2) : price - discount;
  return std::max(Decimal(0), lower);
}

/// The offer as stocks and products show it.
std::string shown_offer(const kit::Record& offer) {
  const kit::Schema& stocks = schema_of(Rows::ProductStocks);
  RecordWriter object(*stocks[stocks.at("special_offer")].children);
  for (std::size_t i = 0; i < object.schema().size(); ++i) {
    object.borrow(i, raw_of(kOffers, offer, object.schema()[i].name));
  }
  return object.object();
}

/// Whether the shop's time still lies where it lay when prices were last settled.
bool still_settled(const OfferWindow& window, const std::string& local) {
  return !window.at.empty() && window.at <= local &&
         (window.next_start.empty() || local < window.next_start) &&
         (window.first_end.empty() || local <= window.first_end);
}

void narrow_window(OfferWindow& window, const OfferReach& reach) {
  const auto lower = [](std::string& earliest, const std::string& text) {
    if (earliest.empty() || text < earliest) earliest = text;
  };
  if (!reach.from.empty() && reach.from > window.at) lower(window.next_start, reach.from);
  if (!reach.to.empty() && reach.to >= window.at) lower(window.first_end, reach.to);
}

// --- Calls ---------------------------------------------------------------------------------------

void add_offer_problem(kit::Written& written, std::string_view field, FieldFault fault,
                       std::string detail = {}) {
  written.problems.push_back({std::string(field), fault, std::move(detail)});
}

void check_discounts(kit::Written& written, const RecordWriter& offer) {
  const bool percent = offer.text("discount_type") == "3";
  for (const std::string_view field : {"discount", "discount_wholesale", "discount_special"}) {
    const Decimal value = number_of(offer, field);
    if (value < Decimal(0) || (percent && value > Decimal(100))) {
      add_offer_problem(written, field, FieldFault::OutOfRange, percent ? "0-100" : ">= 0");
    }
  }
}

void check_offer_stocks(const State& state, kit::Written& written, const OfferReach& reach) {
  if (!reach.whole && reach.stocks.empty())
    return add_offer_problem(written, "stocks", FieldFault::Missing);
  for (const std::int64_t id : reach.stocks) {
    const RecordPtr stock = state.find(Rows::ProductStocks, id);
    if (!stock) return add_offer_problem(written, "stocks", FieldFault::NotFound);
    if (id_of(Rows::ProductStocks, *stock, "product_id") != reach.product) {
      return add_offer_problem(written, "stocks", FieldFault::BadValue);
    }
  }
}

/// What must hold of the offer as it will be.
///   [inferred] all of it: amounts of at least 0, percentages up to 100, an end not before the
///   start, stocks of the very product, and one offer at a time (setting `overlapping_offers`)
void check_offer(const Call& call, kit::Written& written, const RecordWriter& offer,
                 std::int64_t own) {
  check_references(call, written, offers());
  if (!written.problems.empty()) return;
  const OfferReach reach(offer);
  check_discounts(written, offer);
  check_offer_stocks(call.state, written, reach);
  if (!reach.from.empty() && !reach.to.empty() && reach.to < reach.from) {
    add_offer_problem(written, "date_to", FieldFault::OutOfRange, ">= date_from");
  }
  if (call.settings().accept_overlapping_offers) return;
  for (const RecordPtr& other :
       call.state.table(kOffers).look_up("product_id", std::to_string(reach.product))) {
    if (other->id() == own || !reach.overlaps(OfferReach(*other))) continue;
    return add_offer_problem(written, "product_id", FieldFault::Taken);
  }
}

void store_offer(Call& call, const RecordWriter& writer, std::int64_t id) {
  State& state = call.state;
  state.table(kOffers).put(writer.finish(id));
  // Now, not when prices were last settled: where no offer was left since, that was long ago. What
  // other offers there are stands as it stood then, or this call would have settled prices first.
  state.offers.at = state.local_time(call.context.now);
  note_offer(state, *state.find(kOffers, id));
  reprice_product(state, kit::scalar_id(writer.raw("product_id")).value_or(0));
}

/// Makes an offer; prices follow at once where it is in force. Answers the bare id.
Reply create_offer(Call& call) {
  auto body = read_body(call, offers(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  RecordWriter writer(offers());
  kit::write_values(written.values, writer);
  writer.fill();
  check_offer(call, written, writer, 0);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  const std::int64_t id = call.state.table(kOffers).take_id();
  set_id(kOffers, writer, id);
  store_offer(call, writer, id);
  return bare(id);
}

/// Changes the sent fields. Answers 1.
Reply update_offer(Call& call) {
  const RecordPtr row = call.state.find(kOffers, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, offers(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  RecordWriter writer(offers(), *row);
  kit::write_values(written.values, writer);
  check_offer(call, written, writer, row->id());
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  store_offer(call, writer, row->id());
  const std::int64_t former = id_of(kOffers, *row, "product_id");
  if (former != kit::scalar_id(writer.raw("product_id"))) reprice_product(call.state, former);
  return bare(1);
}

Reply remove_offer(Call& call) {
  const RecordPtr row = call.state.find(kOffers, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  call.state.table(kOffers).erase(row->id());
  reprice_product(call.state, id_of(kOffers, *row, "product_id"));
  return bare(1);
}

constexpr std::array kSpecialOfferCalls{
    Handled{"POST /webapi/rest/specialoffers", create_offer},
    Handled{"PUT /webapi/rest/specialoffers/{id}", update_offer},
    Handled{"DELETE /webapi/rest/specialoffers/{id}", remove_offer},
};

}  // namespace

void settle_offers(State& state, kit::Instant now) {
  if (state.table(kOffers).size() == 0) return;
  const std::string local = state.local_time(now);
  if (still_settled(state.offers, local)) return;
  const OfferWindow before = state.offers;
  state.offers = {.at = local, .next_start = {}, .first_end = {}};
  std::set<std::int64_t> products;
  state.table(kOffers).each([&](const RecordPtr& offer) {
    const OfferReach reach(*offer);
    narrow_window(state.offers, reach);
    if (before.at.empty() || reach.at(before.at) != reach.at(local)) products.insert(reach.product);
    return true;
  });
  for (const std::int64_t product : products) reprice_product(state, product);
}

void apply_offer(const State& state, RecordWriter& stock) {
  const RecordPtr offer = offer_in_force(state, kit::scalar_id(stock.raw("product_id")).value_or(0),
                                         kit::scalar_id(stock.raw("stock_id")).value_or(0));
  if (offer == nullptr) {
    stock.clear(stock.schema().at("special_offer"));
  } else {
    stock.set("special_offer", shown_offer(*offer));
  }
  for (const std::string_view level : {"", "_wholesale", "_special"}) {
    Decimal price = number_of(stock, fmt::format("comp_price{}", level));
    if (offer != nullptr) {
      price = discounted_price(text_of(kOffers, *offer, "discount_type"), price,
                               number_of(kOffers, *offer, fmt::format("discount{}", level)));
    }
    stock.set_text(fmt::format("comp_promo_price{}", level), price.fixed(2));
  }
}

void reprice_product(State& state, std::int64_t product_id) {
  kit::Table& table = state.table(Rows::ProductStocks);
  for (const RecordPtr& stock : table.look_up("product_id", std::to_string(product_id))) {
    RecordWriter writer(table.schema(), *stock);
    derive_prices(state, writer);
    RecordPtr renewed = writer.finish(stock->id());
    if (renewed->wire() != stock->wire()) table.put(std::move(renewed));
  }
  const RecordPtr product = state.find(Rows::Products, product_id);
  if (product == nullptr) return;
  RecordWriter header(schema_of(Rows::Products), *product);
  header.clear(header.schema().at("special_offer"));
  header.set("promo_price", "null");
  state.table(Rows::Products).put(header.finish(product_id));
  refresh_product(state, product_id);
}

void note_offer(State& state, const kit::Record& offer) {
  if (!state.offers.at.empty()) narrow_window(state.offers, OfferReach(offer));
}

std::span<const Handled> special_offer_calls() { return kSpecialOfferCalls; }

}  // namespace atrapa::mocks::shoper
