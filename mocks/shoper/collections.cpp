#include <algorithm>

#include "mocks/shoper/rows.hpp"

// The products of a collection: those whose `collections` hold it, with their places where it is
// sorted by hand [client].

namespace atrapa::mocks::shoper {
namespace {

using kit::RecordPtr;
using kit::RecordWriter;

constexpr std::string_view kPath = "/webapi/rest/collections/{collection_id}/products";

const kit::Entry& members_entry() {
  static const kit::Entry& entry = *[] {
    for (const kit::Entry& one : contract().entries()) {
      if (one.path == kPath) return &one;
    }
    throw std::logic_error("shoper: the contract has no products of collections");
  }();
  return entry;
}

bool sorted_by_hand(const Call& call, const kit::Record& collection) {
  return number_of(Rows::Collections, collection, "sort_type") ==
         kit::Decimal(call.settings().collection_manual_sort);
}

bool lies_in(const kit::Record& product, std::int64_t collection) {
  const auto ids = kit::elements(raw_of(Rows::Products, product, "collections"));
  return std::any_of(ids.begin(), ids.end(),
                     [&](std::string_view one) { return kit::scalar_id(one) == collection; });
}

/// Lists {product_id, position}. `position` is null where the collection is not sorted by hand, or
/// nobody placed the product; placed ones come first where it is [inferred].
Reply list_members(Call& call) {
  const std::int64_t id = kit::scalar_id(call.captures.get("collection_id")).value_or(0);
  const RecordPtr collection = call.state.find(Rows::Collections, id);
  if (collection == nullptr) return not_found(call.language, call.settings());
  const bool by_hand = sorted_by_hand(call, *collection);
  const kit::Schema& schema = members_entry().schema;
  kit::Table members(schema, {});
  std::vector<std::pair<std::int64_t, std::int64_t>> placed;  // Place and product.
  call.state.table(Rows::Products).each([&](const RecordPtr& product) {
    if (!lies_in(*product, id)) return true;
    RecordWriter writer(schema);
    writer.set_text("product_id", std::to_string(product->id()));
    const auto place = call.state.positions->find({id, product->id()});
    const bool known = by_hand && place != call.state.positions->end();
    writer.set("position", known ? std::to_string(place->second) : "null");
    placed.emplace_back(known ? place->second : INT64_MAX, product->id());
    members.put(writer.finish(product->id()));
    return true;
  });
  if (!by_hand) return list_rows(call, members, schema.at("product_id"));
  std::sort(placed.begin(), placed.end());
  return list_page(
      call,
      [&](const kit::Selection& selection, std::size_t skip,
          std::size_t limit) -> std::variant<kit::Page, kit::QueryError> {
        if (!selection.conditions.empty() || !selection.order.empty()) {
          return kit::select_page(members, schema.at("product_id"), selection, skip, limit);
        }
        kit::Page page;
        page.count = static_cast<std::int64_t>(placed.size());
        for (std::size_t i = skip; i < placed.size() && page.rows.size() < limit; ++i) {
          page.rows.push_back(members.find(placed[i].second));
        }
        return page;
      });
}

/// Places a product in a collection that is sorted by hand; in any other `position` is refused
/// [client]. Null takes its place away [inferred]. Answers 1.
Reply place_member(Call& call) {
  State& state = call.state;
  const std::int64_t id = kit::scalar_id(call.captures.get("collection_id")).value_or(0);
  const std::int64_t product_id = kit::scalar_id(call.captures.get("product_id")).value_or(0);
  const RecordPtr collection = state.find(Rows::Collections, id);
  const RecordPtr product = state.find(Rows::Products, product_id);
  if (!collection || !product || !lies_in(*product, id)) {
    return not_found(call.language, call.settings());
  }
  const kit::Schema& schema = members_entry().schema;
  auto body = read_body(call, schema, kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  const std::string_view position = written.raw(schema, "position");
  if (position.empty() && written.problems.empty()) {
    written.problems.push_back({"position", kit::FieldFault::Missing, {}});
  } else if (!position.empty() && !sorted_by_hand(call, *collection)) {
    written.problems.push_back({"position", kit::FieldFault::ReadOnly, {}});
  }
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);
  if (position == "null") {
    state.positions.write().erase({id, product_id});
  } else {
    state.positions.write()[{id, product_id}] = kit::scalar_id(position).value_or(0);
  }
  return bare(1);
}

constexpr std::array kCollectionCalls{
    Handled{"GET /webapi/rest/collections/{collection_id}/products", list_members},
    Handled{"PUT /webapi/rest/collections/{collection_id}/products/{product_id}", place_member},
};

}  // namespace

std::span<const Handled> collection_calls() { return kCollectionCalls; }

}  // namespace atrapa::mocks::shoper
