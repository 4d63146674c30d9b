#include "mocks/shoper/product_links.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/rows.hpp"

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

/// A field that names rows: one id, or a list of them.
struct Link {
  Rows target;
  Rows holder;
  std::string_view field;
  std::string_view none;  ///< What the field holds where it names none; "" for a list of ids.
  std::string_view member = {};  ///< Of an object in that field.
};

constexpr std::array kLinks{
    Link{Rows::Units, Rows::Products, "unit_id", "\"0\""},
    Link{Rows::Units, Rows::ProductStocks, "calculation_unit_id", "null"},
    Link{Rows::Currencies, Rows::Products, "currency_id", "null"},
    Link{Rows::Currencies, Rows::Payments, "currencies", ""},
    Link{Rows::Availabilities, Rows::ProductStocks, "availability_id", "null"},
    Link{Rows::Deliveries, Rows::ProductStocks, "delivery_id", "\"0\""},
    Link{Rows::Producers, Rows::Products, "producer_id", "\"0\""},
    Link{Rows::ProductTags, Rows::Products, "tags", ""},
    Link{Rows::Collections, Rows::Products, "collections", ""},
    Link{Rows::Categories, Rows::Products, "category_id", "null"},
    Link{Rows::Categories, Rows::AttributeGroups, "categories", ""},
    Link{Rows::Products, Rows::Products, "related", ""},
    Link{Rows::Zones, Rows::Shippings, "zone_id", "\"0\""},
    Link{Rows::SafetyProducers, Rows::Products, "safety_information", "null", "gpsr_producer_id"},
    Link{Rows::SafetyImporters, Rows::Products, "safety_information", "null", "gpsr_importer_id"},
    Link{Rows::SafetyResponsibles, Rows::Products, "safety_information", "null",
         "gpsr_responsible_id"},
    Link{Rows::SafetyCertificates, Rows::Products, "safety_information", "", "gpsr_certificates"},
};

std::string_view linked_raw(const Link& link, const kit::Record& row) {
  const std::string_view raw = raw_of(link.holder, row, link.field);
  return link.member.empty() ? raw : kit::member(raw, link.member);
}

bool names_row(std::string_view raw, std::int64_t id) {
  if (!raw.starts_with('[')) return kit::scalar_id(raw) == id;
  const auto list = kit::elements(raw);
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view one) { return kit::scalar_id(one) == id; });
}

std::string list_without(std::string_view raw, const Link& link, std::int64_t id) {
  if (!raw.starts_with('[')) return std::string(link.none);
  std::string list;
  for (const std::string_view one : kit::elements(raw)) {
    if (kit::scalar_id(one) != id) list += fmt::format("{}{}", list.empty() ? "[" : ",", one);
  }
  return list.empty() ? "[]" : list + "]";
}

/// The object with one member's text replaced, or added.
std::string with_member(std::string_view object, std::string_view name, std::string_view raw) {
  std::string text = "{";
  bool found = false;
  if (object.starts_with('{')) {
    kit::each_member(object, [&](std::string_view key, std::string_view value) {
      found = found || key == name;
      text +=
          fmt::format("{}\"{}\":{}", text.size() > 1 ? "," : "", key, key == name ? raw : value);
    });
  }
  if (!found) text += fmt::format("{}\"{}\":{}", text.size() > 1 ? "," : "", name, raw);
  return text + "}";
}

std::vector<RecordPtr> naming_rows(const State& state, const Link& link, std::int64_t id,
                                   std::size_t most) {
  std::vector<RecordPtr> found;
  state.table(link.holder).each([&](const RecordPtr& row) {
    if (names_row(linked_raw(link, *row), id)) found.push_back(row);
    return found.size() < most;
  });
  return found;
}

void unlink(State& state, const Link& link, const RecordPtr& row, std::int64_t id) {
  RecordWriter writer(schema_of(link.holder), *row);
  const std::string raw = list_without(linked_raw(link, *row), link, id);
  writer.set(link.field,
             link.member.empty() ? raw : with_member(writer.raw(link.field), link.member, raw));
  if (link.holder == Rows::ProductStocks) return put_stock(state, writer, row->id());
  state.table(link.holder).put(writer.finish(row->id()));
}

bool lists_ids(std::string_view raw) {
  const auto list = kit::elements(raw);
  return std::all_of(list.begin(), list.end(),
                     [](std::string_view one) { return kit::scalar_id(one).has_value(); });
}

/// The problem of a value that should name rows of `target`, if it has one.
std::optional<FieldFault> fault_of(const State& state, std::string_view raw, Rows target) {
  if (raw.empty() || raw == "null") return std::nullopt;
  if (raw.starts_with('{')) return FieldFault::BadType;
  if (raw.starts_with('[') && !lists_ids(raw)) return FieldFault::BadType;
  const auto ids = raw.starts_with('[') ? kit::elements(raw) : std::vector{raw};
  const bool lost = std::any_of(ids.begin(), ids.end(), [&](std::string_view one) {
    const auto id = kit::scalar_id(one);
    return !id || (*id != 0 && !state.has(target, *id));
  });
  if (lost) return FieldFault::NotFound;
  return std::nullopt;
}

/// A member of the sent safety_information as answers write it: an id as a number, or null.
std::string spelled_safety(const Link& link, std::string_view raw) {
  if (link.none == "null") {
    const auto id = kit::scalar_id(raw);
    return id && *id != 0 ? std::to_string(*id) : "null";
  }
  std::string list;
  for (const std::string_view one : kit::elements(raw)) {
    list += fmt::format("{}{}", list.empty() ? "[" : ",", kit::scalar_id(one).value_or(0));
  }
  return list.empty() ? "[]" : list + "]";
}

/// The raw text of a sent member of the nested stock.
std::string_view nested_stock_raw(const kit::Written& written, std::string_view field) {
  const kit::Schema& products = schema_of(Rows::Products);
  const kit::WrittenValue* stock = written.find(products, "stock");
  if (stock == nullptr) return {};
  const std::size_t index = products[products.at("stock")].children->at(field);
  for (const kit::WrittenValue& member : stock->members) {
    if (member.field == index) return member.raw;
  }
  return {};
}

void erase_rows_of(State& state, Rows rows, std::string_view field, std::int64_t id) {
  for (const RecordPtr& row : state.table(rows).look_up(field, std::to_string(id))) {
    state.table(rows).erase(row->id());
  }
}

}  // namespace

void check_links(const Call& call, kit::Written& written, std::int64_t own) {
  const State& state = call.state;
  const kit::Schema& products = schema_of(Rows::Products);
  const auto check = [&](std::string field, std::string_view raw, Rows target) {
    if (const auto fault = fault_of(state, raw, target)) {
      written.problems.push_back({std::move(field), *fault, {}});
    }
  };
  for (const Link& link : kLinks) {
    if (link.holder != Rows::Products || link.field == "unit_id" || link.field == "category_id") {
      continue;  // Those two are checked with what depends on them.
    }
    const std::string_view raw = written.raw(products, link.field);
    if (link.member.empty()) {
      check(std::string(link.field), raw, link.target);
    } else if (raw.starts_with('{')) {
      const std::string_view part = kit::member(raw, link.member);
      const bool list_expected = link.none.empty();
      const bool list = part.starts_with('[');
      if (!part.empty() && part != "null" && list != list_expected) {
        written.problems.push_back(
            {fmt::format("safety_information.{}", link.member), FieldFault::BadType, {}});
      } else {
        check(fmt::format("safety_information.{}", link.member), part, link.target);
      }
    }
  }
  check("gauge_id", written.raw(products, "gauge_id"), Rows::Gauges);
  check("stock.availability_id", nested_stock_raw(written, "availability_id"),
        Rows::Availabilities);
  check("stock.delivery_id", nested_stock_raw(written, "delivery_id"), Rows::Deliveries);
  if (own != 0 && names_row(written.raw(products, "related"), own)) {
    written.problems.push_back({"related", FieldFault::BadValue, {}});
  }
}

void write_safety(const kit::Written& written, std::string_view before, RecordWriter& product) {
  const kit::Schema& products = schema_of(Rows::Products);
  const std::string sent(written.raw(products, "safety_information"));
  if (sent.empty()) return;
  std::string merged(before.starts_with('{')
                         ? before
                         : std::string_view(products[products.at("safety_information")].initial));
  for (const Link& link : kLinks) {
    if (link.member.empty() || !sent.starts_with('{')) continue;
    const std::string_view raw = kit::member(sent, link.member);
    if (!raw.empty()) merged = with_member(merged, link.member, spelled_safety(link, raw));
  }
  product.set("safety_information", merged);
}

void keep_one_of_the_day(State& state, std::int64_t product_id) {
  std::vector<RecordPtr> former;
  state.table(Rows::Products).each([&](const RecordPtr& row) {
    if (row->id() != product_id && raw_of(Rows::Products, *row, "is_product_of_day") == "true") {
      former.push_back(row);
    }
    return true;
  });
  for (const RecordPtr& row : former) {
    RecordWriter writer(schema_of(Rows::Products), *row);
    writer.set("is_product_of_day", "false");
    state.table(Rows::Products).put(writer.finish(row->id()));
  }
}

void forget_product(State& state, std::int64_t product_id) {
  erase_rows_of(state, Rows::ProductImages, "product_id", product_id);
  erase_rows_of(state, Rows::SpecialOffers, "product_id", product_id);
  if (const RecordPtr product = state.find(Rows::Products, product_id)) {
    kit::each_member(raw_of(Rows::Products, *product, "translations"),
                     [&](std::string_view, std::string_view one) {
                       const auto id = kit::scalar_id(kit::member(one, "translation_id"));
                       if (id) erase_rows_of(state, Rows::ProductFiles, "translation_id", *id);
                     });
  }
  const auto placed = std::any_of(state.positions->begin(), state.positions->end(),
                                  [&](const auto& one) { return one.first.second == product_id; });
  if (placed) {
    std::erase_if(state.positions.write(),
                  [&](const auto& one) { return one.first.second == product_id; });
  }
  detach(state, Rows::Products, product_id);
}

bool is_named(const State& state, Rows rows, std::int64_t id) {
  return std::any_of(kLinks.begin(), kLinks.end(), [&](const Link& link) {
    return link.target == rows && !naming_rows(state, link, id, 1).empty();
  });
}

void detach(State& state, Rows rows, std::int64_t id) {
  for (const Link& link : kLinks) {
    if (link.target != rows) continue;
    for (const RecordPtr& row : naming_rows(state, link, id, SIZE_MAX))
      unlink(state, link, row, id);
  }
}

}  // namespace atrapa::mocks::shoper
