#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mocks/kit/json_bounds.hpp"
#include "mocks/kit/record_text.hpp"
#include "mocks/shoper/call.hpp"

// bulk: up to 25 calls in one.

namespace atrapa::mocks::shoper {
namespace {

using kit::Json;

constexpr std::size_t kMaxOperations = 25;
constexpr std::string_view kPrefix = "/webapi/rest/";
constexpr std::array<std::string_view, 6> kVerbs{"GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"};

/// `params` as a query: {"limit": 5, "filters": {...}, "order": ["a asc"]}.
std::vector<std::pair<std::string, std::string>> read_params(const Json& params) {
  std::vector<std::pair<std::string, std::string>> query;
  if (!params.is_object()) return query;
  for (const auto& [key, value] : params.items()) {
    if (value.is_string()) {
      query.emplace_back(key, value.get<std::string>());
    } else if (value.is_array()) {
      for (const Json& one : value) {
        query.emplace_back(key + "[]", one.is_string() ? one.get<std::string>() : one.dump());
      }
    } else if (!value.is_null()) {
      query.emplace_back(key, value.dump());
    }
  }
  return query;
}

struct Operation {
  std::string
      id;  ///< As JSON text: clients send texts and numbers, and get them back as they were.
  std::string verb;
  std::string path;
  std::string body;
  std::vector<std::pair<std::string, std::string>> query;
};

/// Nothing where the operation cannot be carried out at all.
std::optional<Operation> read_operation(const Json& json, bool short_paths) {
  if (!json.is_object()) return std::nullopt;
  const Json none;
  const auto at = [&](const char* key) -> const Json& {
    const auto found = json.find(key);
    return found == json.end() ? none : *found;
  };
  if (!at("id").is_string() && !at("id").is_number_integer()) return std::nullopt;
  if (!at("path").is_string() || !at("method").is_string()) return std::nullopt;
  Operation operation;
  operation.id = kit::json_text(at("id"));
  operation.verb = at("method").get<std::string>();
  operation.path = at("path").get<std::string>();
  if (std::find(kVerbs.begin(), kVerbs.end(), operation.verb) == kVerbs.end()) return std::nullopt;
  if (!operation.path.starts_with(kPrefix)) {
    if (!short_paths || !operation.path.starts_with('/')) return std::nullopt;
    operation.path = std::string(kPrefix) + operation.path.substr(1);
  }
  if (json.contains("body")) operation.body = at("body").dump();
  operation.query = read_params(at("params"));
  return operation;
}

/// Carries out a bare array of 1 to 25 {id, path, method, params, body} in order; not atomic
/// [inferred]. Answers 200 {"errors": some item failed, "items": [{"id","code","body"}]} [client;
/// the outer 200 inferred]. More than 25, or an operation without id, path or method: 400, and
/// nothing is carried out [doc, inferred]. A bulk inside a bulk answers 400 in its item [inferred].
Reply run_bulk(Call& call) {
  if (!call.dispatch) return invalid_request(call.language, "bulk in bulk");
  if (!kit::json_depth_ok(call.body)) return invalid_request(call.language, "JSON: nesting");
  const Json json = Json::parse(call.body, nullptr, false);
  if (!json.is_array() || json.empty()) {
    return invalid_request(call.language, "JSON: expected an array of operations");
  }
  if (json.size() > kMaxOperations) {
    return invalid_request(call.language,
                           fmt::format("bulk: {} > {}", json.size(), kMaxOperations));
  }
  std::vector<Operation> operations;
  for (std::size_t i = 0; i < json.size(); ++i) {
    auto operation = read_operation(json[i], call.settings().bulk_short_paths);
    if (!operation) return invalid_request(call.language, fmt::format("bulk: operation {}", i));
    operations.push_back(std::move(*operation));
  }
  bool errors = false;
  std::string items;
  for (Operation& one : operations) {
    const Reply reply = call.dispatch(one.verb, one.path, one.body, std::move(one.query));
    errors = errors || !reply.ok();
    items += fmt::format("{}{{\"id\":{},\"code\":{},\"body\":{}}}", items.empty() ? "" : ",",
                         one.id, reply.status, reply.body.empty() ? "null" : reply.body);
  }
  return success(fmt::format("{{\"errors\":{},\"items\":[{}]}}", errors, items));
}

constexpr std::array kBulkCalls{
    Handled{"POST /webapi/rest/bulk", run_bulk},
};

}  // namespace

std::span<const Handled> bulk_calls() { return kBulkCalls; }

}  // namespace atrapa::mocks::shoper
