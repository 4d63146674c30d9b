#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "mocks/kit/contract.hpp"
#include "mocks/kit/json.hpp"
#include "mocks/kit/list.hpp"
#include "mocks/kit/platform.hpp"
#include "mocks/kit/router.hpp"
#include "mocks/kit/validate.hpp"
#include "mocks/shoper/reply.hpp"
#include "mocks/shoper/state.hpp"

namespace atrapa::mocks::shoper {

struct Caller;

/// One call of a resource, authenticated and admitted, or one operation of a bulk.
struct Call {
  State& state;
  kit::Context& context;
  Language language = Language::Polish;
  const kit::Entry* entry = nullptr;
  std::optional<Rows> rows;        ///< Of the resource, where it has some.
  std::string_view id_text;        ///< `{id}` of the path, "" where it has none.
  kit::Captures captures;          ///< All placeholders of the path: `{object}`, `{payment_id}`.
  const Caller* caller = nullptr;  ///< Whose token it is (access.hpp).
  std::vector<std::pair<std::string, std::string>> query;
  std::string_view body;
  std::string_view owner;  ///< Who calls: "user:LOGIN", "token:TOKEN" or "app:ID".
  /// How inner operations of a bulk are carried out; empty inside of one.
  std::function<Reply(std::string_view verb, std::string_view path, std::string_view body,
                      std::vector<std::pair<std::string, std::string>> query)>
      dispatch;

  /// The row's id; nothing where the path's text is none, which no row has.
  std::optional<std::int64_t> id() const { return kit::scalar_id(id_text); }
  const Settings& settings() const { return *state.settings; }
};

using Handler = Reply (*)(Call&);

/// One line of a resource file's table: a call of the contract and the function that answers it.
struct Handled {
  std::string_view call;  ///< "GET /webapi/rest/products/{id}"
  Handler handler;
};

// One table a file; shoper.cpp lists them by name.
std::span<const Handled> additional_field_calls();
std::span<const Handled> address_calls();
std::span<const Handled> application_calls();
std::span<const Handled> attribute_calls();
std::span<const Handled> bulk_calls();
std::span<const Handled> category_calls();
std::span<const Handled> collection_calls();
std::span<const Handled> config_calls();
std::span<const Handled> dashboard_calls();
std::span<const Handled> dictionary_calls();
std::span<const Handled> language_calls();
std::span<const Handled> marketing_calls();
std::span<const Handled> metafield_calls();
std::span<const Handled> option_calls();
std::span<const Handled> order_calls();
std::span<const Handled> order_line_calls();
std::span<const Handled> order_money_calls();
std::span<const Handled> parcel_calls();
std::span<const Handled> product_calls();
std::span<const Handled> product_file_calls();
std::span<const Handled> product_image_calls();
std::span<const Handled> product_stock_calls();
std::span<const Handled> relocation_calls();
std::span<const Handled> special_offer_calls();
std::span<const Handled> user_calls();
std::span<const Handled> warehouse_calls();
std::span<const Handled> webhook_calls();

/// What answers a call of a resource that is its contract and no more: fields, types, references
/// and refusals. Null where the contract alone does not say enough (rows below another row).
Handler plain_handler(const kit::Entry& entry, const kit::Method& method);

/// The part of a list that a call asks for.
struct Window {
  std::int64_t limit = 10;
  std::int64_t page = 1;
};
/// `limit` 1..50, default 10; `page` from 1; or the refusal of what is neither.
std::variant<Window, Reply> read_window(const Call& call);

/// The list envelope {"count":"57","pages":6,"page":1,"list":[..]} with its X-Shop-Result-*
/// headers: count a text, the rest numbers [rec]. limit 1..50, default 10 [rec, client]; page
/// from 1. A page past the end answers 200 with an empty list and its `page` set back (setting
/// `page_past_end`) [rec]. Broken or unknown filters, orders, limits and pages: 400 [inferred].
Reply list_rows(Call& call, const kit::Table& table, std::size_t id_field,
                const kit::OwnTest& own = {});
/// The rows of the call's resource.
Reply list_rows(Call& call);
/// The object, or 404.
Reply get_row(Call& call);

/// The envelope around rows chosen in another way; `select` gets skip and limit.
Reply list_page(Call& call,
                const std::function<std::variant<kit::Page, kit::QueryError>(
                    const kit::Selection&, std::size_t skip, std::size_t limit)>& select);

/// The call's body checked against a schema; or the refusal of a body that is not an object.
/// Problems are left to the handler, which may know more of them.
std::variant<kit::Written, Reply> read_body(Call& call, const kit::Schema& schema,
                                            kit::WriteRules::Mode mode);

/// Adds `NotFound` for each written field that names a row which does not exist (the contract's
/// "to"). 0 and null name none.
void check_references(const Call& call, kit::Written& written, const kit::Schema& schema);
void check_reference(const Call& call, kit::Written& written, const kit::Schema& schema,
                     std::string_view field, Rows target);

}  // namespace atrapa::mocks::shoper
