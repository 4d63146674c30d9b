#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "mocks/base/call.hpp"
#include "mocks/base/paging.hpp"
#include "mocks/base/products.hpp"
#include "mocks/kit/record_text.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::int64_t kLogsPerPage = 100;

/// The types that log_type names: a number by the table, a list by the sample [doc]; empty for all.
/// Nothing where it is neither.
std::optional<std::vector<std::int64_t>> log_types(const Given& given) {
  std::vector<std::int64_t> types;
  if (!given.has("log_type")) return types;
  const kit::Json& sent = given.object().at("log_type");
  if (sent == "") return types;
  const kit::Json list = sent.is_array() ? sent : kit::Json::array({sent});
  for (const kit::Json& one : list) {
    const auto type = integer_in(one);
    if (!type || *type < 1 || *type > 10) return std::nullopt;
    types.push_back(*type);
  }
  return types;
}

enum class LogValue { None, Number, Text };

/// What `info` says, and what `from` and `to` are [inferred; doc: text or number].
struct LogShape {
  LogValue info;
  LogValue values;
};

LogShape shape_of(ProductLogType type) {
  switch (type) {
    case ProductLogType::Stock: return {LogValue::Text, LogValue::Number};
    case ProductLogType::Price: return {LogValue::Number, LogValue::Number};
    case ProductLogType::Created:
    case ProductLogType::Deleted: return {LogValue::None, LogValue::None};
    case ProductLogType::Text:
    case ProductLogType::Location:
    case ProductLogType::Link: return {LogValue::Text, LogValue::Text};
    case ProductLogType::Gallery: return {LogValue::Number, LogValue::Text};
    case ProductLogType::Variant: return {LogValue::Number, LogValue::Text};
    case ProductLogType::Bundle: return {LogValue::Number, LogValue::Number};
  }
  return {LogValue::Text, LogValue::Text};  // A number that a world made up.
}

std::string value_json(LogValue kind, const std::string& text) {
  switch (kind) {
    case LogValue::None: return "null";
    case LogValue::Number:
      // A world's text may be none.
      return kit::Decimal::parse(text) ? text : kit::json_string(text);
    case LogValue::Text: break;
  }
  return kit::json_string(text);
}

bool is_wanted(const ProductLogEntry& entry, const std::vector<std::int64_t>& types) {
  return types.empty() || std::find(types.begin(), types.end(), entry.type) != types.end();
}

void put_entries(Answer& answer, const ProductLog& log, const std::vector<std::int64_t>& types) {
  const auto entries = answer.open("entries");
  for (const ProductLogEntry& entry : log.entries) {
    if (!is_wanted(entry, types)) continue;
    const LogShape shape = shape_of(static_cast<ProductLogType>(entry.type));
    const auto item = answer.item();
    answer.put("type", entry.type);
    answer.put_raw("info", value_json(shape.info, entry.info));
    answer.put_raw("from", value_json(shape.values, entry.from));
    answer.put_raw("to", value_json(shape.values, entry.to));
  }
}

/// The log of one product, also of one that is gone; only entries of the types asked for, both ends
/// of the time included [inferred]; by time, 100 a page [doc].
Reply get_inventory_product_logs(Call& call) {
  const Given given = call.given();
  const std::int64_t id = given.integer("product_id");
  const Catalogue& catalogue = call.state.catalogue;
  auto logs = catalogue.product_logs.look_up(ProductLog::ProductId, number_key(id));
  if (logs.empty() && !catalogue.products.has(id)) {
    return call.refuse("the product is not there");
  }
  const auto types = log_types(given);
  if (!types) return call.refuse("log_type: expected numbers of 1 to 10");
  const std::string sort = given.text("sort", "ASC");
  if (sort != "ASC" && sort != "DESC") return call.refuse("sort: expected ASC or DESC");
  std::erase_if(logs, [&](const ProductLog* log) {
    return log->date < given.integer("date_from", INT64_MIN) ||
           log->date > given.integer("date_to", INT64_MAX) ||
           std::none_of(log->entries.begin(), log->entries.end(),
                        [&](const ProductLogEntry& entry) { return is_wanted(entry, *types); });
  });
  if (sort == "DESC") std::reverse(logs.begin(), logs.end());

  const PageWindow page = page_given(given, kLogsPerPage);
  Answer answer = call.answer();
  {
    const auto list = answer.open("logs");
    const auto size = static_cast<std::int64_t>(logs.size());
    for (std::int64_t at = page.first; at < std::min(page.end, size); ++at) {
      const ProductLog& log = *logs[static_cast<std::size_t>(at)];
      const auto item = answer.item();
      answer.put("profile", log.profile);
      answer.put("date", log.date);
      put_entries(answer, log, *types);
    }
  }
  return call.done(std::move(answer));
}

constexpr std::array kProductLogMethods{
    Handled{"getInventoryProductLogs", get_inventory_product_logs},
};

}  // namespace

std::span<const Handled> product_log_methods() { return kProductLogMethods; }

}  // namespace atrapa::mocks::base
