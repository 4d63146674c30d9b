#include "harness/incident/world_from_har.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string_view>

#include "harness/incident/left_out.hpp"
#include "harness/incident/pseudonyms.hpp"
#include "harness/incident/recorded_platform.hpp"
#include "harness/world/row_shapes.hpp"
#include "mocks/kit/json_bounds.hpp"
#include "mocks/kit/message.hpp"
#include "mocks/shoper/shoper.hpp"

namespace atrapa::harness {
namespace {

/// What every shop has from its first day; taken from the world "empty" where it was not recorded.
constexpr std::array<std::string_view, 6> kInstalled{"languages", "taxes",    "units",
                                                     "statuses",  "payments", "shippings"};

/// What tells of people beside users and orders: buyers, readers, and the shop's own staff.
constexpr std::array<std::string_view, 9> kOfPeople{
    "user-addresses", "subscribers",   "news-comments",      "auction-orders", "parcels",
    "loyalty-events", "order-refunds", "order-transactions", "warehouses"};

/// Rows of one resource, ascending by id.
using Rows = std::map<std::int64_t, Json>;

std::optional<std::int64_t> as_id(const Json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  const auto* text = value.get_ptr<const std::string*>();
  if (text == nullptr) return std::nullopt;
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), id);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return id;
}

std::optional<std::int64_t> id_in(const Json& row, std::string_view field) {
  const auto at = row.find(field);
  return at == row.end() ? std::nullopt : as_id(*at);
}

std::string host_of(std::string_view address) {
  const auto scheme = address.find("://");
  if (scheme == std::string_view::npos) return {};
  address.remove_prefix(scheme + 3);
  return std::string(address.substr(0, address.find_first_of("/?#")));
}

/// The resources whose rows a Shoper account of a world can hold.
std::set<std::string, std::less<>> imitated_resources() {
  std::set<std::string, std::less<>> names;
  for (const mocks::kit::Operation& operation : mocks::shoper::make_shoper()->operations()) {
    if (operation.emulation == mocks::kit::Emulation::None ||
        operation.emulation == mocks::kit::Emulation::NameOnly) {
      continue;
    }
    const auto root = operation.operation.find("/webapi/rest/");
    if (root == std::string::npos) continue;
    const auto begin = root + std::string_view("/webapi/rest/").size();
    names.insert(operation.operation.substr(begin, operation.operation.find('/', begin) - begin));
  }
  return names;
}

/// Everything that the read calls of a recording told, by resource.
class Harvest {
 public:
  void take(const Recording& recording) {
    for (const RecordedExchange& exchange : recording.exchanges) take(exchange);
  }

  std::map<std::string, Rows, std::less<>> rows;
  std::set<std::pair<std::string, std::int64_t>, std::less<>> gone;  ///< Deleted, or answered 404.
  Json config = Json::object();
  Json version;
  std::map<std::int64_t, std::int64_t> parents;  ///< Of categories.
  std::map<std::int64_t, Json> base_stocks;      ///< By product, where read later than the product.
  std::set<std::string> hosts;
  std::set<std::string> other_hosts;
  std::map<std::string, std::size_t> ignored;  ///< Resource -> rows that have no place in a world.
  std::optional<mocks::kit::Instant> last;
  std::size_t reads = 0;
  std::size_t writes = 0;
  std::size_t refused = 0;
  std::size_t without_body = 0;

 private:
  void take(const RecordedExchange& exchange) {
    const std::string& target = exchange.request.target;
    const auto root = target.find(kShoperRoot);
    if (root == std::string::npos) {
      other_hosts.insert(host_of(exchange.origin));
      return;
    }
    hosts.insert(host_of(exchange.origin));
    if (exchange.at) last = std::max(last.value_or(*exchange.at), *exchange.at);
    const auto parsed = mocks::kit::parse_target(std::string_view(target).substr(root));
    if (!parsed || parsed->segments.size() < 3) return;
    const std::vector<std::string> path(parsed->segments.begin() + 2, parsed->segments.end());
    if (path[0] == "auth" || path[0] == "oauth") return;
    if (exchange.response.status == 404 && exchange.request.method == "GET") forget(path);
    if (exchange.response.status != 200) {
      ++refused;
    } else if (exchange.request.method == "GET") {
      take_body(path, exchange);
    } else if (path[0] == "bulk") {
      take_bulk(exchange);
    } else if (exchange.request.method == "DELETE") {
      forget(path);
      ++writes;
    } else if (exchange.request.method != "HEAD") {
      ++writes;
    }
  }

  /// The row is there no more.
  void forget(const std::vector<std::string>& path) {
    if (path.size() != 2) return;
    const auto resource = rows.find(path[0]);
    const auto id = as_id(path[1]);
    if (resource != rows.end() && id) resource->second.erase(*id);
    if (id) gone.emplace(path[0], *id);
  }

  static Json parse(const std::string& body) {
    if (!mocks::kit::json_depth_ok(body)) return Json(Json::value_t::discarded);
    return Json::parse(body, nullptr, false);
  }

  void take_body(const std::vector<std::string>& path, const RecordedExchange& exchange) {
    if (!exchange.body_known) {
      ++without_body;
      return;
    }
    take_answer(path, parse(exchange.response.body));
  }

  void take_bulk(const RecordedExchange& exchange) {
    const Json asked = parse(exchange.request.body);
    const Json answered = parse(exchange.response.body);
    if (!asked.is_array() || !answered.is_object()) return;
    const Json items = answered.value("items", Json());
    if (!items.is_array()) return;
    for (std::size_t i = 0; i < asked.size() && i < items.size(); ++i) {
      if (!asked[i].is_object() || !items[i].is_object()) continue;
      if (asked[i].value("method", Json()) != Json("GET")) {
        ++writes;
        continue;
      }
      const auto* target =
          asked[i].contains("path") ? asked[i]["path"].get_ptr<const std::string*>() : nullptr;
      if (target == nullptr || items[i].value("code", Json()) != Json(200)) continue;
      const auto parsed = mocks::kit::parse_target(*target);
      if (!parsed) continue;
      std::vector<std::string> path = parsed->segments;
      if (path.size() > 2 && path[0] == "webapi" && path[1] == "rest")
        path.erase(path.begin(), path.begin() + 2);
      if (!path.empty() && items[i].contains("body")) take_answer(path, items[i]["body"]);
    }
  }

  void take_answer(const std::vector<std::string>& path, const Json& answer) {
    if (path[0] == "application-config") {
      if (answer.is_object()) config = answer;
      ++reads;
    } else if (path[0] == "application-version") {
      if (answer.is_object()) version = answer.value("version", Json());
      ++reads;
    } else if (path[0] == "categories-tree") {
      take_tree(answer);
      ++reads;
    } else if (answer.is_object() && answer.contains("list")) {
      // Old shops wrote the list as an object keyed by number.
      for (const Json& row : answer["list"]) take_row(path[0], row);
      ++reads;
    } else if (path.size() == 2 && answer.is_object()) {
      take_row(path[0], answer);
      ++reads;
    }
  }

  void take_tree(const Json& nodes) {
    if (!nodes.is_array()) return;
    for (const Json& node : nodes) {
      if (!node.is_object()) continue;
      const auto parent = id_in(node, "id");
      const auto children = node.find("children");
      if (!parent || children == node.end() || !children->is_array()) continue;
      for (const Json& child : *children) {
        if (!child.is_object()) continue;
        if (const auto id = id_in(child, "id")) parents[*id] = *parent;
      }
      take_tree(*children);
    }
  }

  void take_row(const std::string& resource, const Json& row) {
    const auto shape = row_shapes().find(resource);
    if (!row.is_object()) return;
    if (!imitated_.contains(resource) || shape == row_shapes().end() || shape->second.id.empty()) {
      ++ignored[resource];
      return;
    }
    const auto id = id_in(row, shape->second.id);
    if (!id) return;
    if (resource == "product-stocks" && row.value("extended", Json()) == Json("0")) {
      if (const auto product = id_in(row, "product_id")) base_stocks[*product] = row;
      return;
    }
    rows[resource][*id] = row;
    if (resource == "products") base_stocks.erase(*id);
  }

  std::set<std::string, std::less<>> imitated_ = imitated_resources();
};

/// Makes an account of what was harvested.
class Builder {
 public:
  Builder(const Recording& recording, const FromHarOptions& options)
      : options_(options), base_(parse_world(embedded_world("empty"), "the world 'empty'")) {
    harvest_.take(recording);
    if (harvest_.reads == 0) refuse(recording);
  }

  FromHar run(const Recording& recording) {
    join_stocks();
    join_tree();
    drop_orphans();
    fill_installed();
    fill_missing();
    if (options_.pseudonymise) hide_people();

    World world;
    world.name = options_.name;
    world.about = fmt::format("Built from {} read calls of a recording.", harvest_.reads);
    world.now = harvest_.last.value_or(base_.now);
    world.shoper = Json::array({account()});
    tell(recording);
    for (std::string& left : leave_out_misfits(world)) notes_.push_back(std::move(left));
    for (const WorldProblem& problem : validate(world)) {
      note("needs a look: {}: {}", problem.pointer, problem.problem);
    }
    return {.world = std::move(world), .notes = std::move(notes_)};
  }

 private:
  template <typename... Args>
  void note(fmt::format_string<Args...> format, Args&&... args) {
    notes_.push_back(fmt::format(format, std::forward<Args>(args)...));
  }

  Rows& rows(std::string_view resource) {
    const auto at = harvest_.rows.find(resource);
    return at != harvest_.rows.end() ? at->second : harvest_.rows[std::string(resource)];
  }

  [[noreturn]] void refuse(const Recording& recording) const {
    if (harvest_.without_body > 0) {
      throw std::runtime_error(fmt::format(
          "{}: {} read calls of a Shoper shop, all recorded without their answers' bodies. Export "
          "again with contents ('Save all as HAR with content' in a browser).",
          recording.origin, harvest_.without_body));
    }
    if (const RecordedPlatform* other = platform_of(recording);
        harvest_.hosts.empty() && other != nullptr) {
      throw std::runtime_error(
          fmt::format("{}: a recording of {}; worlds are made of recordings of Shoper only. Write "
                      "the account into a world file by hand: 'atrapa world show demo --json' "
                      "shows one.",
                      recording.origin, other->name));
    }
    const bool shop = !harvest_.hosts.empty();
    throw std::runtime_error(fmt::format(
        "{}: no successful read call of a Shoper shop among {} exchanges ({}). A world is built "
        "from "
        "answers of GET https://<shop>/webapi/rest/...: record at least products, product-stocks, "
        "categories, categories-tree, taxes, units, orders and order-products, every page.",
        recording.origin, recording.exchanges.size(),
        shop ? fmt::format("{} refused, {} writes", harvest_.refused, harvest_.writes)
             : fmt::format("hosts: {}", fmt::join(harvest_.other_hosts, ", "))));
  }

  /// A base stock read after its product is the newer word on price and level.
  void join_stocks() {
    for (const auto& [product, stock] : harvest_.base_stocks) {
      const auto at = rows("products").find(product);
      if (at == rows("products").end()) {
        ++stocks_alone_;
        continue;
      }
      Json& base = at->second["stock"];
      if (!base.is_object()) base = Json::object();
      for (const auto& [key, value] : stock.items()) {
        if (base.contains(key)) base[key] = value;
      }
    }
    if (stocks_alone_ > 0) {
      note(
          "left out: {} base stocks of products that were not recorded; read every page of "
          "/webapi/rest/products",
          stocks_alone_);
    }
  }

  void join_tree() {
    for (auto& [id, row] : rows("categories")) {
      const auto parent = harvest_.parents.find(id);
      if (parent != harvest_.parents.end()) row["parent_id"] = parent->second;
    }
    if (harvest_.parents.empty() && rows("categories").size() > 1) {
      note(
          "the tree of categories was not recorded (GET /webapi/rest/categories-tree): none lies "
          "below another");
    }
  }

  /// Rows that hang on a row which was not recorded.
  void drop_orphans() {
    drop("product-stocks", "product_id", "products");
    drop("order-products", "order_id", "orders");
    std::set<std::int64_t> with_lines;
    for (const auto& [id, row] : rows("order-products")) {
      with_lines.insert(id_in(row, "order_id").value_or(0));
    }
    const std::size_t bare = rows("orders").size() - with_lines.size();
    if (bare > 0) {
      note("{} of {} orders have no recorded lines; read every page of /webapi/rest/order-products",
           bare, rows("orders").size());
    }
  }

  void drop(std::string_view resource, std::string_view field, std::string_view owner) {
    Rows& all = rows(resource);
    const std::size_t before = all.size();
    std::erase_if(all, [&](const auto& item) {
      const auto id = id_in(item.second, field);
      return !id || !rows(owner).contains(*id);
    });
    if (all.size() == before) return;
    note("left out: {} rows of {} whose {} were not recorded", before - all.size(), resource,
         owner);
  }

  void fill_installed() {
    const Json& resources = base_.shoper[0]["resources"];
    for (const std::string_view resource : kInstalled) {
      if (!resources.contains(resource)) continue;
      Rows& all = rows(resource);
      const bool none = all.empty();
      std::size_t added = 0;
      for (const Json& row : resources[resource]) {
        const auto id = id_in(row, row_shapes().find(resource)->second.id).value_or(0);
        if (harvest_.gone.contains({std::string(resource), id})) continue;
        added += all.emplace(id, row).second ? 1 : 0;
      }
      if (none) {
        note("{} were not recorded: taken from a newly installed shop", resource);
      } else if (added > 0) {
        // They may have been read through a filter or one by one.
        note("{} {} of a newly installed shop were added to those recorded", added, resource);
      }
    }
  }

  /// Single rows that others point at get a stand-in, so that the world can be started.
  void fill_missing() {
    fill("products", "category_id", "categories", [](std::int64_t id, const Json&) {
      Json row = Json::object();
      row["category_id"] = std::to_string(id);
      row["translations"]["pl_PL"]["name"] = fmt::format("Kategoria {}", id);
      return row;
    });
    fill("orders", "user_id", "users", [](std::int64_t id, const Json& order) {
      Json row = Json::object();
      row["user_id"] = std::to_string(id);
      for (const char* key : {"email", "registered"}) {
        if (order.contains(key)) row[key] = order[key];
      }
      return row;
    });
    fill("orders", "status_id", "statuses", [](std::int64_t id, const Json&) {
      Json row = Json::object();
      row["status_id"] = std::to_string(id);
      row["type"] = "2";
      row["translations"]["pl_PL"]["name"] = fmt::format("status {}", id);
      return row;
    });
    fill("orders", "payment_id", "payments", [](std::int64_t id, const Json&) {
      Json row = Json::object();
      row["payment_id"] = std::to_string(id);
      row["translations"]["pl_PL"]["title"] = fmt::format("Płatność {}", id);
      return row;
    });
    fill("orders", "shipping_id", "shippings", [](std::int64_t id, const Json&) {
      Json row = Json::object();
      row["shipping_id"] = std::to_string(id);
      row["name"] = fmt::format("Dostawa {}", id);
      return row;
    });
  }

  template <typename Make>
  void fill(std::string_view resource, std::string_view field, std::string_view target,
            const Make& make) {
    std::vector<std::int64_t> made;
    for (const auto& [id, row] : rows(resource)) {
      const auto wanted = id_in(row, field);
      if (!wanted || *wanted == 0 || rows(target).contains(*wanted)) continue;
      rows(target)[*wanted] = make(*wanted, row);
      made.push_back(*wanted);
    }
    if (made.empty()) return;
    note("stand-ins for {} that were not recorded: {}; read every page of /webapi/rest/{}", target,
         fmt::join(made, ", "), target);
  }

  void hide_people() {
    Pseudonyms pseudonyms;
    for (auto& [id, row] : rows("users")) pseudonyms.hide_user(row);
    for (auto& [id, row] : rows("orders")) pseudonyms.hide_order(row);
    for (const std::string_view resource : kOfPeople) {
      for (auto& [id, row] : rows(resource)) pseudonyms.hide_person(row);
    }
    for (auto& [id, row] : rows("webhooks")) Pseudonyms::hide_webhook(row);
    Pseudonyms::hide_shop(harvest_.config);
  }

  /// The shop's address stands in links all over its rows.
  void collect_hosts(const Json& json) {
    if (!json.is_structured()) return;
    for (const auto& [key, value] : json.items()) {
      const auto* text = value.get_ptr<const std::string*>();
      const bool link =
          key == "permalink" || key == "order_url" || key == "shop_url" || key == "technical_url";
      if (text != nullptr && link && !host_of(*text).empty()) harvest_.hosts.insert(host_of(*text));
      collect_hosts(value);
    }
  }

  void replace_hosts(Json& json, const std::string& by) const {
    if (json.is_structured()) {
      for (Json& value : json) replace_hosts(value, by);
      return;
    }
    auto* text = json.get_ptr<std::string*>();
    if (text == nullptr) return;
    for (const std::string& host : harvest_.hosts) {
      for (auto at = text->find(host); at != std::string::npos;
           at = text->find(host, at + by.size())) {
        text->replace(at, host.size(), by);
      }
    }
  }

  Json account() {
    Json account = Json::object();
    account["account"] = options_.name;
    account["license"] = base_.shoper[0]["license"];
    account["host"] = options_.name + ".shop.example";
    account["credentials"] = base_.shoper[0]["credentials"];
    account["settings"] = Json::object();
    if (harvest_.version.is_string()) account["settings"]["application_version"] = harvest_.version;
    account["config"] = std::move(harvest_.config);
    Json& resources = account["resources"] = Json::object();
    for (auto& [resource, all] : harvest_.rows) {
      Json& list = resources[resource] = Json::array();
      for (auto& [id, row] : all) list.push_back(std::move(row));
      if (!all.empty()) taken_.push_back(fmt::format("{} {}", all.size(), resource));
    }
    collect_hosts(account["resources"]);
    collect_hosts(account["config"]);
    harvest_.hosts.erase("");
    replace_hosts(account["resources"], options_.name + ".shop.example");
    replace_hosts(account["config"], options_.name + ".shop.example");
    return account;
  }

  void tell(const Recording& recording) {
    notes_.insert(notes_.begin(), fmt::format("taken from {} read calls: {}", harvest_.reads,
                                              fmt::join(taken_, ", ")));
    if (harvest_.hosts.size() > 1) {
      note("the recording holds several addresses: {}; all were read as one shop",
           fmt::join(harvest_.hosts, ", "));
    }
    for (const auto& [resource, count] : harvest_.ignored) {
      note("left out: {} rows of {}, a resource the fake does not imitate yet", count, resource);
    }
    if (!harvest_.other_hosts.empty()) {
      note("left out: calls of other services than Shoper: {}",
           fmt::join(harvest_.other_hosts, ", "));
    }
    if (harvest_.writes > 0) {
      note("{} writes of the recording were not carried out: every row is as it was last read",
           harvest_.writes);
    }
    if (harvest_.without_body > 0) {
      note("{} read calls were recorded without bodies and told nothing", harvest_.without_body);
    }
    if (options_.pseudonymise)
      note("buyers and the shop's contact data were replaced by made-up ones");
    for (const std::string& entry : recording.left_out) note("left out: {}", entry);
  }

  FromHarOptions options_;
  World base_;
  Harvest harvest_;
  std::size_t stocks_alone_ = 0;
  std::vector<std::string> taken_;
  std::vector<std::string> notes_;
};

}  // namespace

FromHar world_from_har(const Recording& recording, const FromHarOptions& options) {
  return Builder(recording, options).run(recording);
}

}  // namespace atrapa::harness
