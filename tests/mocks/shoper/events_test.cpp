#include "mocks/shoper/events.hpp"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "mocks/shoper/world.hpp"
#include "reference_hash.hpp"
#include "shop.hpp"

// Which write is which event: the model knows what each write must tell, and nothing else may be.

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;
namespace shoper = atrapa::mocks::shoper;

namespace {

const Json& all_events() {
  static const Json names = {
      "category.create",     "category.edit",     "category.delete",     "order.create",
      "order.edit",          "order.paid",        "order.status",        "order.delete",
      "client.create",       "client.edit",       "client.delete",       "product.create",
      "product.edit",        "product.delete",    "parcel.create",       "parcel.dispatch",
      "parcel.delete",       "parcel.send",       "specialoffer.create", "specialoffer.edit",
      "specialoffer.delete", "subscriber.create", "subscriber.edit",     "subscriber.delete"};
  return names;
}

/// "order.edit 5": an event and the id of its object.
using Told = std::vector<std::string>;

std::string told(std::string_view event, std::int64_t id) {
  return fmt::format("{} {}", event, id);
}

constexpr const char* kIds[] = {"category_id", "order_id",      "user_id",   "parcel_id",
                                "promo_id",    "subscriber_id", "product_id"};

/// The id that the body gives under the event's own name: parcels name their order, offers their
/// product too.
std::int64_t body_id(const kit::Webhook& sent) {
  static const std::map<std::string, const char*> fields{
      {"category", kIds[0]},     {"order", kIds[1]},      {"client", kIds[2]}, {"parcel", kIds[3]},
      {"specialoffer", kIds[4]}, {"subscriber", kIds[5]}, {"product", kIds[6]}};
  const std::string object = sent.event.substr(0, sent.event.find('.'));
  return std::stoll(Json::parse(sent.body)[fields.at(object)].get<std::string>());
}

/// A kind of object that is made, edited and removed by its own resource alone.
struct Kind {
  const char* event;
  const char* resource;
  Json (*made)(Shop&, int number);
  Json edit;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"category",
       "categories",
       [](Shop&, int number) {
         return Json{{"parent_id", 0},
                     {"translations", {{"pl_PL", {{"name", fmt::format("Dział {}", number)}}}}}};
       },
       {{"order", 7}}},
      {"client",
       "users",
       [](Shop&, int number) {
         return Json{{"email", fmt::format("k{}@example.com", number)}};
       },
       {{"firstname", "Ewa"}}},
      {"product",
       "products",
       [](Shop&, int number) { return least_product(fmt::format("P-{}", number)); },
       {{"pkwiu", "26.20"}}},
      {"specialoffer",
       "specialoffers",
       [](Shop& shop, int number) {
         const auto product = shop.plant_product(fmt::format("O-{}", number), "1");
         return Json{{"discount_type", 2},
                     {"discount", "1.00"},
                     {"condition_type", 1},
                     {"date_from", "2026-01-01 00:00:00"},
                     {"date_to", "2026-12-31 00:00:00"},
                     {"product_id", product}};
       },
       {{"discount", "2.00"}}},
      {"subscriber",
       "subscribers",
       [](Shop&, int number) {
         return Json{{"email", fmt::format("s{}@example.com", number)}};
       },
       {{"active", 1}}},
  };
  return all;
}

struct Order {
  std::int64_t id = 0;
  int status = 1;
  std::int64_t sum = 0;   ///< Grosze.
  std::int64_t paid = 0;  ///< Grosze.
  std::vector<std::int64_t> lines;
  bool is_paid() const { return paid >= sum; }
};

/// The shop and what the model thinks is in it.
class Play {
 public:
  Play() : stocked_(shop.plant_product("Z-1", "100000", "10.00")) {
    const auto hook = [&](const Json& events, int active, int format) {
      return shop.create("webhooks", {{"url", "http://127.0.0.1:9/in"},
                                      {"format", format},
                                      {"active", active},
                                      {"events", events},
                                      {"secret", "tajne"}});
    };
    listener_ = hook(all_events(), 1, 0);
    hook(all_events(), 0, 0);
    payments_ = hook({"order.paid"}, 1, 1);
  }

  /// One write by that number; what it must tell.
  Told write(int what, int which) {
    const int kind_count = static_cast<int>(kinds().size());
    const int choice = what % (3 * kind_count + 9);
    if (choice < 3 * kind_count) {
      return write_kind(kinds()[static_cast<std::size_t>(choice / 3)], choice % 3, which);
    }
    switch (choice - 3 * kind_count) {
      case 0: return new_order();
      case 1:
        return with_order(which, [&](Order& one) { return edit_order(one, {{"notes", "n"}}); });
      case 2: return with_order(which, [&](Order& one) { return move_order(one, 1 + which % 4); });
      case 3:
        return with_order(which, [&](Order& one) { return pay_order(one, which % 4 * 1000); });
      case 4: return with_order(which, [&](Order& one) { return add_line(one); });
      case 5: return with_order(which, [&](Order& one) { return drop_line(one); });
      case 6: return drop_order(which);
      case 7: return write_stock();
      default: return write_nothing(which);
    }
  }

  /// What the deliveries since the last call told the webhook that hears everything; all signed.
  Told heard() {
    Told names;
    Told of_payments;
    for (const kit::Webhook& sent : shop.webhooks) {
      const auto id = sent.headers.get("X-Webhook-Id");
      RC_ASSERT(sent.headers.get("X-Webhook-SHA1") ==
                reference_sha1(fmt::format("{}:tajne:{}", id, sent.body)));
      RC_ASSERT(sent.headers.get("X-Webhook-Name") == sent.event);
      if (id == std::to_string(listener_)) {
        names.push_back(told(sent.event, body_id(sent)));
      } else {
        RC_ASSERT(id == std::to_string(payments_));
        of_payments.push_back(sent.event);
      }
    }
    const auto payments = std::count_if(names.begin(), names.end(), [](const std::string& name) {
      return name.starts_with("order.paid");
    });
    RC_ASSERT(of_payments == Told(static_cast<std::size_t>(payments), "order.paid"));
    shop.webhooks.clear();
    return names;
  }

  Shop shop;

 private:
  template <typename Write>
  Told with_order(int which, Write&& write) {
    if (orders_.empty()) return new_order();
    return write(orders_[static_cast<std::size_t>(which) % orders_.size()]);
  }

  std::string order_path(const Order& order) {
    return fmt::format("/webapi/rest/orders/{}", order.id);
  }

  Told write_kind(const Kind& kind, int step, int which) {
    std::vector<std::int64_t>& alive = alive_[kind.resource];
    if (step == 0 || alive.empty()) {
      alive.push_back(shop.create(kind.resource, kind.made(shop, ++number_)));
      return {told(fmt::format("{}.create", kind.event), alive.back())};
    }
    const std::size_t at = static_cast<std::size_t>(which) % alive.size();
    const std::int64_t id = alive[at];
    const std::string path = fmt::format("/webapi/rest/{}/{}", kind.resource, id);
    if (step == 1) {
      RC_ASSERT(shop.put(path, kind.edit).body == "1");
      return {told(fmt::format("{}.edit", kind.event), id)};
    }
    RC_ASSERT(shop.remove(path).body == "1");
    alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(at));
    return {told(fmt::format("{}.delete", kind.event), id)};
  }

  Told new_order() {
    orders_.emplace_back().id = shop.create("orders", least_order());
    return {told("order.create", orders_.back().id)};
  }

  Told edit_order(const Order& order, const Json& fields) {
    RC_ASSERT(shop.put(order_path(order), fields).body == "1");
    return {told("order.edit", order.id)};
  }

  Told move_order(Order& order, int status) {
    Told names = edit_order(order, {{"status_id", status}});
    if (order.status != status) names.push_back(told("order.status", order.id));
    order.status = status;
    return names;
  }

  /// `names` and order.paid where the order was not paid and now is.
  Told with_payment(const Order& order, bool was_paid, Told names) {
    if (!was_paid && order.is_paid()) names.push_back(told("order.paid", order.id));
    return names;
  }

  Told pay_order(Order& order, std::int64_t grosze) {
    const bool was_paid = order.is_paid();
    order.paid = grosze;
    return with_payment(order, was_paid,
                        edit_order(order, {{"paid", fmt::format("{}.00", grosze / 100)}}));
  }

  Told add_line(Order& order) {
    const bool was_paid = order.is_paid();
    order.lines.push_back(shop.create(
        "order-products", {{"order_id", order.id}, {"product_id", stocked_}, {"quantity", 1}}));
    order.sum += 1000;
    return with_payment(order, was_paid, {told("order.edit", order.id)});
  }

  Told drop_line(Order& order) {
    if (order.lines.empty()) return add_line(order);
    const bool was_paid = order.is_paid();
    RC_ASSERT(shop.remove(fmt::format("/webapi/rest/order-products/{}", order.lines.back())).body ==
              "1");
    order.lines.pop_back();
    order.sum -= 1000;
    return with_payment(order, was_paid, {told("order.edit", order.id)});
  }

  Told drop_order(int which) {
    if (orders_.empty()) return new_order();
    const std::size_t at = static_cast<std::size_t>(which) % orders_.size();
    const Order gone = orders_[at];
    RC_ASSERT(shop.remove(order_path(gone)).body == "1");
    orders_.erase(orders_.begin() + static_cast<std::ptrdiff_t>(at));
    return {told("order.delete", gone.id)};
  }

  Told write_stock() {
    const std::string path = fmt::format("/webapi/rest/product-stocks/{}", shop.stock_of(stocked_));
    RC_ASSERT(shop.put(path, {{"stock", 100000}}).body == "1");
    return {told("product.edit", stocked_)};
  }

  /// Calls that are no event: reads, refused writes, writes of what no event is about.
  Told write_nothing(int which) {
    switch (which % 6) {
      case 0: shop.get("/webapi/rest/orders"); break;
      case 1: RC_ASSERT(shop.remove("/webapi/rest/categories/98765").status == 404); break;
      case 2: RC_ASSERT(shop.put("/webapi/rest/users/1", {{"email", "no"}}).status == 400); break;
      case 3: shop.create("producers", {{"name", fmt::format("Producent {}", ++number_)}}); break;
      case 4: shop.get("/webapi/rest/products/1"); break;
      default: RC_ASSERT(shop.post("/webapi/rest/orders", Json::object()).status == 400); break;
    }
    return {};
  }

  std::int64_t stocked_;
  std::int64_t listener_ = 0;
  std::int64_t payments_ = 0;
  int number_ = 0;
  std::map<std::string, std::vector<std::int64_t>> alive_;
  std::vector<Order> orders_;
};

/// A shop with one parcel, as a state of its own.
shoper::State state_with_parcel(const Json& parcel, const Json& settings = Json::object()) {
  Json account = small_account();
  account["settings"] = settings;
  account["resources"]["orders"] = Json::array({{{"order_id", 5}, {"user_id", 1}}});
  Json row = {{"parcel_id", 3}, {"order_id", 5}, {"shipping_id", 1}};
  row.update(parcel);
  account["resources"]["parcels"] = Json::array({row});
  account["resources"]["webhooks"] = Json::array({{{"webhook_id", 1},
                                                   {"url", "http://127.0.0.1:9/"},
                                                   {"format", 0},
                                                   {"active", 1},
                                                   {"events", all_events()}}});
  return shoper::read_account(account, "");
}

Told changes(const shoper::State& before, const shoper::State& after) {
  Told names;
  for (const shoper::Event& event : shoper::EventWatch(before).events(after, "parcels", "PUT", 3)) {
    names.push_back(told(event.name, event.id));
  }
  return names;
}

}  // namespace

TEST_CASE("Shoper: every write tells its events, with its object, and nothing else",
          "[shoper][webhooks]") {
  CHECK(rc::check("events follow the model", [] {
    const auto writes = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 240), rc::gen::inRange(0, 60)));
    Play play;
    RC_ASSERT(play.heard().empty());
    for (const auto& [what, which] : writes) {
      const Told expected = play.write(what, which);
      RC_ASSERT(play.heard() == expected);
    }
  }));
}

TEST_CASE("Shoper: a parcel is told as it is made and removed", "[shoper][webhooks]") {
  Shop shop;
  const std::int64_t product = shop.plant_product("K-1", "5");
  const std::int64_t order = shop.create("orders", least_order());
  shop.create("order-products", {{"order_id", order}, {"product_id", product}, {"quantity", 1}});
  // Only what the parcel itself is told as: the order's status follows it in a shop that says so.
  shop.create("webhooks",
              {{"url", "http://127.0.0.1:9/"},
               {"format", 0},
               {"events", {"parcel.create", "parcel.dispatch", "parcel.delete", "parcel.send"}}});
  const std::int64_t parcel = shop.create("parcels", {{"order_id", order}, {"shipping_id", 1}});
  const std::string path = fmt::format("/webapi/rest/parcels/{}", parcel);
  shop.put(path, {{"shipping_code", "6200123"}});
  shop.put(path, {{"shipping_code", "6200124"}});
  shop.remove(path);
  Told names;
  for (const kit::Webhook& sent : shop.webhooks) names.push_back(told(sent.event, body_id(sent)));
  CHECK(names == Told{told("parcel.create", parcel), told("parcel.dispatch", parcel),
                      told("parcel.delete", parcel)});
}

TEST_CASE("Shoper: a parcel that turns sent is parcel.send once, and parcel.dispatch by setting",
          "[shoper][webhooks]") {
  const auto waiting = state_with_parcel({{"sent", "0"}});
  const auto coded = state_with_parcel({{"sent", "0"}, {"shipping_code", "1"}});
  const auto sent = state_with_parcel({{"sent", "1"}, {"shipping_code", "1"}});
  CHECK(changes(waiting, coded) == Told{"parcel.dispatch 3"});
  CHECK(changes(coded, sent) == Told{"parcel.send 3"});
  CHECK(changes(waiting, sent) == Told{"parcel.dispatch 3", "parcel.send 3"});
  CHECK(changes(sent, sent).empty());
  CHECK(changes(sent, coded).empty());

  const Json by_sending = {{"parcel_dispatch", "send"}};
  CHECK(changes(state_with_parcel({{"sent", "0"}}, by_sending),
                state_with_parcel({{"sent", "0"}, {"shipping_code", "1"}}, by_sending))
            .empty());
  CHECK(changes(state_with_parcel({{"sent", "0"}}, by_sending),
                state_with_parcel({{"sent", "1"}}, by_sending)) ==
        Told{"parcel.dispatch 3", "parcel.send 3"});
}

TEST_CASE("Shoper: with stock_write_event off a stock is written without a word",
          "[shoper][webhooks]") {
  Shop shop;
  shop.door.set({{"stock_write_event", false}});
  const std::int64_t product = shop.plant_product("K-1", "5");
  shop.create("webhooks",
              {{"url", "http://127.0.0.1:9/"}, {"format", 0}, {"events", {"product.edit"}}});
  shop.put(fmt::format("/webapi/rest/product-stocks/{}", shop.stock_of(product)), {{"stock", 4}});
  CHECK(shop.webhooks.empty());
  shop.put(fmt::format("/webapi/rest/products/{}", product), {{"stock", {{"stock", 3}}}});
  CHECK(shop.webhooks.size() == 1);
}
