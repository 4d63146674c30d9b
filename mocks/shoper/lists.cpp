
#include "mocks/shoper/call.hpp"

namespace atrapa::mocks::shoper {
namespace {

constexpr std::int64_t kMaxLimit = 50;

/// The last value of that name, as PHP reads a query; nothing where it was not sent.
const std::string* parameter(const Call& call, std::string_view name) {
  const std::string* last = nullptr;
  for (const auto& [key, value] : call.query) {
    if (key == name) last = &value;
  }
  return last;
}

/// A number of at least 1; nothing where the text is none.
std::optional<std::int64_t> positive(const std::string& text) {
  const auto number = kit::scalar_id(text);
  return number && *number >= 1 ? number : std::nullopt;
}

}  // namespace

std::variant<Window, Reply> read_window(const Call& call) {
  Window window;
  if (const std::string* text = parameter(call, "limit")) {
    const auto limit = positive(*text);
    const bool over = limit && *limit > kMaxLimit;
    if (!limit || (over && call.settings().refuse_over_50)) {
      return invalid_request(call.language, "limit: 1..50");
    }
    window.limit = over ? kMaxLimit : *limit;
  }
  if (const std::string* text = parameter(call, "page")) {
    const auto page = positive(*text);
    // Beyond this no page can exist, and skipping rows would overflow.
    if (!page || *page > INT64_MAX / kMaxLimit) return invalid_request(call.language, "page: 1..");
    window.page = *page;
  }
  return window;
}

Reply list_page(Call& call,
                const std::function<std::variant<kit::Page, kit::QueryError>(
                    const kit::Selection&, std::size_t skip, std::size_t limit)>& select) {
  const auto window = read_window(call);
  if (const Reply* refused = std::get_if<Reply>(&window)) return *refused;
  const auto [limit, page] = std::get<Window>(window);

  kit::Selection selection;
  auto filters = kit::read_filters(call.query, {.like_alias = call.settings().like_operator});
  if (const auto* error = std::get_if<kit::QueryError>(&filters)) {
    return invalid_request(call.language, error->problem);
  }
  selection.conditions = std::move(std::get<std::vector<kit::Condition>>(filters));
  auto order = kit::read_order(call.query);
  if (const auto* error = std::get_if<kit::QueryError>(&order)) {
    return invalid_request(call.language, error->problem);
  }
  selection.order = std::move(std::get<std::vector<kit::SortKey>>(order));

  const auto chosen = select(selection, static_cast<std::size_t>((page - 1) * limit),
                             static_cast<std::size_t>(limit));
  if (const auto* error = std::get_if<kit::QueryError>(&chosen)) {
    return invalid_request(call.language, error->problem);
  }
  const auto& [count, rows] = std::get<kit::Page>(chosen);
  const std::int64_t pages = (count + limit - 1) / limit;
  std::int64_t shown = page;
  if (page > pages) shown = call.settings().past_end_is_last && pages > 0 ? pages : 1;

  const std::string list = kit::join_rows(rows);
  std::string body;
  body.reserve(list.size() + 64);
  body += "{\"count\":\"";
  body += std::to_string(count);
  body += "\",\"pages\":";
  body += std::to_string(pages);
  body += ",\"page\":";
  body += std::to_string(shown);
  body += ",\"list\":";
  body += list;
  body += "}";
  Reply reply = success(std::move(body));
  reply.headers.add("X-Shop-Result-Count", std::to_string(count));
  reply.headers.add("X-Shop-Result-Pages", std::to_string(pages));
  reply.headers.add("X-Shop-Result-Page", std::to_string(shown));
  return reply;
}

Reply list_rows(Call& call, const kit::Table& table, std::size_t id_field,
                const kit::OwnTest& own) {
  return list_page(call, [&](const kit::Selection& selection, std::size_t skip, std::size_t limit) {
    return kit::select_page(table, id_field, selection, skip, limit, own);
  });
}

Reply list_rows(Call& call) {
  return list_rows(call, call.state.table(*call.rows), id_field_of(*call.rows));
}

Reply get_row(Call& call) {
  const auto id = call.id();
  const kit::RecordPtr row = id ? call.state.find(*call.rows, *id) : nullptr;
  if (row == nullptr) return not_found(call.language, call.settings());
  return success(std::string(row->wire()));
}

}  // namespace atrapa::mocks::shoper
