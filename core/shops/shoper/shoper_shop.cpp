#include "core/shops/shoper/shoper_shop.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "core/shops/shoper/rows.hpp"

namespace atrapa::core::shoper {

namespace {

constexpr std::size_t kIdsPerCall = 50;
constexpr int kOk = 200;

/// For answers as small as a bare 1.
const Wanted kNothing{};
const Wanted kTreeMembers{"id", "children"};
const Wanted kBulkMembers{"items", "id", "code", "body", "error", "error_description"};

void note_parents(const Json& branch, const std::optional<std::string>& parent,
                  ShopCatalogue& catalogue) {
  if (!branch.is_array()) return;
  for (const Json& node : branch) {
    const auto id = text_member(node, "id");
    if (!id) continue;
    if (const auto category = catalogue.categories.find(*id);
        category != catalogue.categories.end()) {
      category->second.parent = parent;
    }
    if (node.contains("children")) note_parents(node["children"], id, catalogue);
  }
}

/// The rows of a whole list, read into a map by id.
template <typename T>
ShopResult<Done> read_all(Client& client, const ListQuery& query, const Wanted& wanted,
                          T (*read)(const Json&), std::unordered_map<std::string, T>& into) {
  return client.list(query, wanted, [&](std::vector<Json> rows, std::optional<std::int64_t>) {
    for (const Json& row : rows) {
      T value = read(row);
      std::string id = value.id;
      into.insert_or_assign(std::move(id), std::move(value));
    }
    return true;
  });
}

Json in_filter(const char* field, std::span<const std::string> ids) {
  return Json{{field, {{"IN", std::vector<std::string>(ids.begin(), ids.end())}}}};
}

std::string stock_path(const StockWrite& write) {
  return "product-stocks/" + percent_encoded(write.stock_id);
}

/// A JSON number with the very digits of the figure. A shop with several warehouses takes a figure
/// for each of them, as a text.
std::string stock_body(const StockWrite& write) {
  if (write.warehouse) {
    return Json{{"warehouses", {{*write.warehouse, to_text(write.value)}}}}.dump();
  }
  return fmt::format(R"({{"stock":{}}})", to_text(write.value));
}

/// The batch as one bulk; ids are positions in `writes`.
std::string bulk_body(std::span<const StockWrite> writes, const std::vector<std::size_t>& which) {
  std::string body = "[";
  for (const std::size_t i : which) {
    body += fmt::format(
        R"({}{{"id":"{}","path":"/webapi/rest/{}","method":"PUT","params":{{}},"body":{}}})",
        body.size() == 1 ? "" : ",", i, stock_path(writes[i]), stock_body(writes[i]));
  }
  return body + "]";
}

/// What the shop wants of a new product [doc] and what it would else take from its defaults: the
/// code stands outside of `stock`, whose own is read-only [client].
std::string product_body(const NewProduct& product) {
  const Json header = {{"category_id", product.category_id},
                       {"code", product.code},
                       {"tax_id", product.tax_id},
                       {"unit_id", product.unit_id},
                       {"translations", {{"pl_PL", {{"name", product.name}}}}}};
  std::string body = header.dump();
  body.pop_back();
  return body + fmt::format(R"(,"stock":{{"price":{},"stock":{}}}}})", to_text(product.gross_price),
                            to_text(product.stock));
}

std::optional<std::size_t> position(const Json& item, std::size_t size) {
  const std::string id = text_or_empty(item, "id");
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), value);
  if (error != std::errc() || end != id.data() + id.size() || value >= size) return std::nullopt;
  return value;
}

std::string item_words(const Json& item) {
  const std::string code = text_or_empty(item, "code");
  if (!item.contains("body")) return code;
  const Json& body = item["body"];
  const std::string description = text_or_empty(body, "error_description");
  return fmt::format("{} {}{}{}", code, text_or_empty(body, "error"),
                     description.empty() ? "" : ": ", description);
}

}  // namespace

ShoperShop::ShoperShop(Access access, Transport& transport, Clock& clock, ClientPolicies policies)
    : client_(std::move(access), transport, clock, std::move(policies)) {}

ShopResult<ShopSettings> ShoperShop::settings() {
  auto config = client_.call("GET", "application-config", "", kConfigMembers);
  if (!config) return fail(config.error());
  ShopSettings settings;
  settings.time_zone = text_or_empty(*config, "locale_timezone");
  settings.default_language = text_or_empty(*config, "default_language_name");
  settings.warehouses = flag_member(*config, "warehouses_enabled");
  settings.default_unit_id = key_member(*config, "product_defaults_unit_id");
  auto read = client_.list({"languages", "lang_id", {}}, kLanguageMembers,
                           [&](std::vector<Json> rows, std::optional<std::int64_t>) {
                             for (const Json& row : rows) {
                               if (flag_member(row, "active")) {
                                 settings.active_languages.push_back(text_or_empty(row, "locale"));
                               }
                             }
                             return true;
                           });
  if (!read) return fail(read.error());
  return settings;
}

ShopResult<ShopCatalogue> ShoperShop::reference_data(bool with_category_tree) {
  ShopCatalogue catalogue;
  auto taxes = read_all(client_, {"taxes", "tax_id", {}}, kTaxMembers, read_tax, catalogue.taxes);
  if (!taxes) return fail(taxes.error());
  auto units =
      read_all(client_, {"units", "unit_id", {}}, kUnitMembers, read_unit, catalogue.units);
  if (!units) return fail(units.error());
  auto categories = read_all(client_, {"categories", "category_id", {}}, kCategoryMembers,
                             read_category, catalogue.categories);
  if (!categories) return fail(categories.error());
  if (with_category_tree) {
    auto tree = client_.call("GET", "categories-tree", "", kTreeMembers);
    if (!tree) return fail(tree.error());
    note_parents(*tree, std::nullopt, catalogue);
  }
  return catalogue;
}

ShopResult<Done> ShoperShop::items(const PageSink<ShopItem>& sink) {
  std::unordered_map<std::string, std::vector<Json>> variants;  // By product.
  std::int64_t variant_count = 0;
  auto read = client_.list({"product-stocks", "stock_id", Json{{"extended", "1"}}}, kStockMembers,
                           [&](std::vector<Json> rows, std::optional<std::int64_t>) {
                             variant_count += static_cast<std::int64_t>(rows.size());
                             for (Json& row : rows) {
                               variants[text_or_empty(row, "product_id")].push_back(std::move(row));
                             }
                             return true;
                           });
  if (!read) return read;
  return client_.list({"products", "product_id", {}}, kProductMembers,
                      [&](std::vector<Json> rows, std::optional<std::int64_t> count) {
                        std::vector<ShopItem> items;
                        items.reserve(rows.size());
                        for (const Json& row : rows) {
                          items.push_back(read_product(row));
                          const auto own = variants.find(items.back().product_id);
                          if (own == variants.end()) continue;
                          const ShopItem product = items.back();
                          for (const Json& variant : own->second)
                            items.push_back(read_variant(variant, product));
                        }
                        return sink(std::move(items),
                                    count ? std::optional(*count + variant_count) : std::nullopt);
                      });
}

ShopResult<Done> ShoperShop::orders(const OrderQuery& query, const PageSink<ShopOrder>& sink) {
  Json filters = Json::object();
  if (query.after_id > 0) filters["order_id"] = {{">", query.after_id}};
  if (!query.from_date.empty()) filters["date"] = {{">=", query.from_date}};
  return client_.list(
      {"orders", "order_id", filters.empty() ? std::nullopt : std::optional(filters)},
      kOrderMembers, [&](std::vector<Json> rows, std::optional<std::int64_t> count) {
        std::vector<ShopOrder> orders;
        orders.reserve(rows.size());
        for (const Json& row : rows) orders.push_back(read_order(row));
        return sink(std::move(orders), count);
      });
}

ShopResult<std::vector<ShopOrder>> ShoperShop::orders_by_id(std::span<const std::string> ids) {
  std::vector<ShopOrder> orders;
  while (!ids.empty()) {
    const auto batch = ids.first(std::min(ids.size(), kIdsPerCall));
    ids = ids.subspan(batch.size());
    auto read = client_.list({"orders", "order_id", in_filter("order_id", batch)}, kOrderMembers,
                             [&](std::vector<Json> rows, std::optional<std::int64_t>) {
                               for (const Json& row : rows) orders.push_back(read_order(row));
                               return true;
                             });
    if (!read) return fail(read.error());
  }
  return orders;
}

ShopResult<std::unordered_map<std::string, std::vector<ShopLine>>> ShoperShop::lines(
    std::span<const std::string> order_ids) {
  std::unordered_map<std::string, std::vector<ShopLine>> lines;
  const auto read = [&](Json filters) {
    return client_.list({"order-products", "id", std::move(filters)}, kLineMembers,
                        [&](std::vector<Json> rows, std::optional<std::int64_t>) {
                          for (const Json& row : rows) {
                            ShopLine line = read_line(row);
                            lines[line.order_id].push_back(std::move(line));
                          }
                          return true;
                        });
  };
  while (!order_ids.empty()) {
    const auto batch = order_ids.first(std::min(order_ids.size(), kIdsPerCall));
    order_ids = order_ids.subspan(batch.size());
    auto result = batch.size() == 1 ? read(Json{{"order_id", batch.front()}})
                                    : read(in_filter("order_id", batch));
    if (!result && result.error().status == 400 && batch.size() > 1) {
      for (const std::string& id : batch) {
        result = read(Json{{"order_id", id}});
        if (!result) break;
      }
    }
    if (!result) return fail(result.error());
  }
  return lines;
}

ShopResult<std::vector<StockWriteOutcome>> ShoperShop::write_one(const StockWrite& write) {
  using State = StockWriteOutcome::State;
  const auto answer = client_.call("PUT", stock_path(write), stock_body(write), kNothing);
  if (answer) return std::vector{StockWriteOutcome{State::Done, ""}};
  if (answer.error().kind == ShopError::Kind::Refused) {
    return std::vector{StockWriteOutcome{State::Refused, answer.error().text}};
  }
  return fail(answer.error());
}

ShopResult<std::vector<StockWriteOutcome>> ShoperShop::write_stock(
    std::span<const StockWrite> writes) {
  using State = StockWriteOutcome::State;
  if (writes.empty()) return std::vector<StockWriteOutcome>{};
  if (writes.size() == 1) return write_one(writes.front());

  std::vector<StockWriteOutcome> outcomes(writes.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < writes.size(); ++i) open.push_back(i);
  for (Attempt attempt{.number = 1, .write = true};; ++attempt.number) {
    const auto answer = client_.call("POST", "bulk", bulk_body(writes, open), kBulkMembers);
    if (!answer) return fail(answer.error());
    if (!answer->is_object() || !answer->contains("items")) {
      return fail(ShopError{ShopError::Kind::Unreadable, kOk, "POST bulk: expected items"});
    }
    std::vector<bool> settled(writes.size(), false);
    attempt.status.reset();
    attempt.no_answer = NoAnswer::Ambiguous;  // An item that the answer leaves out.
    for (const Json& item : (*answer)["items"]) {
      const auto i = position(item, writes.size());
      if (!i) continue;
      const int code =
          static_cast<int>(std::strtol(text_or_empty(item, "code").c_str(), nullptr, 10));
      const bool busy = code == 429 || code >= 500;
      outcomes[*i] = {code == kOk ? State::Done : State::Refused,
                      code == kOk ? "" : item_words(item)};
      settled[*i] = !busy;
      if (busy) attempt.status = code;
    }
    std::erase_if(open, [&](std::size_t i) { return settled[i]; });
    if (open.empty()) return outcomes;
    if (attempt.status) attempt.no_answer.reset();
    const RetryDecision decision = client_.ask_retry(attempt);
    if (!decision.again) return outcomes;
    if (auto waited = client_.pause(decision.wait); !waited) return fail(waited.error());
  }
}

ShopResult<std::string> ShoperShop::add_product(const NewProduct& product) {
  auto answer = client_.call("POST", "products", product_body(product), kNothing, Repeat::Never);
  if (!answer) return fail(answer.error());
  // Numbers are read as their text.
  const bool id =
      answer->is_string() && !answer->get_ref<const std::string&>().empty() &&
      answer->get_ref<const std::string&>().find_first_not_of("0123456789") == std::string::npos;
  if (!id) {
    return fail(ShopError{ShopError::Kind::Unreadable, kOk, "POST products: expected an id"});
  }
  return answer->get<std::string>();
}

ShopResult<std::vector<ShopItem>> ShoperShop::find_products(const ProductQuery& query) {
  const Json filters = query.code.empty() ? Json{{"product_id", {{">", query.after_id}}}}
                                          : Json{{"code", query.code}};
  std::vector<ShopItem> items;
  auto read = client_.list({"products", "product_id", filters}, kProductMembers,
                           [&](std::vector<Json> rows, std::optional<std::int64_t>) {
                             for (const Json& row : rows) items.push_back(read_product(row));
                             return true;
                           });
  if (!read) return fail(read.error());
  return items;
}

ShopResult<Done> ShoperShop::probe(const std::string& resource) {
  const auto answer = client_.call("GET", resource + "?limit=1&page=1", "", kNothing);
  if (!answer) return fail(answer.error());
  return Done{};
}

ShopResult<Done> ShoperShop::set_order_status(const std::string& order_id,
                                              const std::string& status_id) {
  const std::string body = Json{{"status_id", status_id}}.dump();
  auto answer = client_.call("PUT", "orders/" + percent_encoded(order_id), body, kNothing);
  if (!answer) return fail(answer.error());
  return Done{};
}

}  // namespace atrapa::core::shoper
