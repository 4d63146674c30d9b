#include "tests/mocks/base/contract_check.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <vector>

#include "mocks/base/base.hpp"

namespace atrapa::tests::base {
namespace {

using mocks::base::WireShape;
using mocks::kit::Json;

/// The rows of each method's answer, by path without the marks of elements: "orders.products.sku".
using RowsByPath = std::map<std::string, Json>;

std::string bare_path(std::string path) {
  std::string bare;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path.compare(at, 2, "[]") == 0) {
      ++at;
    } else if (path[at] == '{') {
      at = path.find('}', at);
      if (at + 1 < path.size() && path[at + 1] == '.') ++at;
    } else if (path[at] != '.' || !bare.ends_with('.')) {  // One dot for "{key}[].".
      bare += path[at];
    }
  }
  while (!bare.empty() && bare.back() == '.') bare.pop_back();
  return bare;
}

const std::map<std::string, RowsByPath, std::less<>>& rows_by_method() {
  static const auto all = [] {
    std::map<std::string, RowsByPath, std::less<>> found;
    const Json contract = Json::parse(mocks::base::contract_json());
    for (const Json& method : contract["methods"]) {
      RowsByPath& rows = found[method["method"].get<std::string>()];
      for (const Json& row : method["answer"]) {
        const std::string path = bare_path(row["path"].get<std::string>());
        if (!rows.contains(path)) rows[path] = row;  // The container, before its plain values.
      }
    }
    return found;
  }();
  return all;
}

class Check {
 public:
  Check(const RowsByPath& rows, const WireShape& shape) : rows_(rows), shape_(shape) {}

  /// Members of an object at that path ("" for the top).
  std::string object(const Json& object, const std::string& path) const {
    std::set<std::string> seen;
    for (const auto& [name, value] : object.items()) {
      if (path.empty() && name == "status") continue;
      const auto row = row_named(path, name);
      if (row == rows_.end()) return fmt::format("{}.{} is not in the contract", path, name);
      seen.insert(row->first);
      if (auto problem = value_of(row->second, row->first, value); !problem.empty()) return problem;
    }
    for (const auto& [row_path, row] : rows_) {
      if (parent(row_path) != path || row_path.empty() || seen.contains(row_path)) continue;
      if (row.value("optional", false)) continue;
      return fmt::format("{} is missing", row_path);
    }
    return {};
  }

 private:
  static std::string parent(const std::string& path) {
    const std::size_t dot = path.rfind('.');
    return dot == std::string::npos ? std::string() : path.substr(0, dot);
  }
  bool has_children(const std::string& path) const {
    const auto next = rows_.upper_bound(path + ".");
    return next != rows_.end() && next->first.starts_with(path + ".");
  }

  RowsByPath::const_iterator row_named(const std::string& path, const std::string& name) const {
    const std::string prefix = path.empty() ? "" : path + ".";
    for (auto row = rows_.begin(); row != rows_.end(); ++row) {
      if (parent(row->first) != path) continue;
      const bool renamed = shape_.as_sample && row->second.contains("sample_name");
      const std::string shown = renamed ? row->second["sample_name"].get<std::string>()
                                        : row->first.substr(prefix.size());
      if (shown == name) return row;
    }
    return rows_.end();
  }

  std::string value_of(const Json& row, const std::string& path, const Json& value) const {
    std::string type = row["type"];
    if (value.is_null() && row.value("null", false)) return {};
    const bool number_for_text = type == "text" && shape_.as_sample && row.contains("sample");
    if (shape_.as_sample && row.contains("sample")) type = row["sample"];
    if (type == "any") return {};
    if (type == "list" || type == "map") return container(row, type, path, value);
    const bool fits = type == "int" ? value.is_number_integer()
                      : type == "float" || type == "number"
                          ? value.is_number() || (number_for_text && value.is_string())
                      : type == "text" ? value.is_string()
                                       : value.is_boolean();
    return fits ? "" : fmt::format("{} is {}, expected {}", path, value.dump(), type);
  }

  std::string container(const Json& row, const std::string& type, const std::string& path,
                        const Json& value) const {
    const bool map_in_list = type == "list" && row["type"] == "map";
    if (map_in_list && value.is_array() && value.size() == 1) {
      return elements(path, value.front());
    }
    if (value.is_string() && value.get<std::string>().empty()) {
      const bool allowed = shape_.as_sample && row.value("sample_empty", "") == "text";
      return allowed ? "" : fmt::format("{} is an empty text", path);
    }
    if (value.is_array() && value.empty()) {
      return type == "list" || shape_.php_arrays ? ""
                                                 : fmt::format("{} is [], expected {{}}", path);
    }
    if (type == "list" && !value.is_array()) return path + " is no list";
    if (type == "map" && !value.is_object()) return path + " is no map";
    const bool of_elements =
        row["path"].get<std::string>().ends_with("}") || is_container_of(row, path);
    return of_elements ? elements(path, value) : has_children(path) ? object(value, path) : "";
  }

  /// Whether the rows below lie in each element rather than in the value itself.
  bool is_container_of(const Json& row, const std::string& path) const {
    const std::string own = row["path"];
    for (const auto& [other, below] : rows_) {
      if (!other.starts_with(path + ".")) continue;
      const std::string full = below["path"];
      return full.compare(own.size(), 2, "[]") == 0 || full.compare(own.size(), 2, ".{") == 0;
    }
    return false;
  }

  std::string elements(const std::string& path, const Json& value) const {
    if (!has_children(path)) return {};
    for (const Json& element : value) {
      const Json list = element.is_array() ? element : Json::array({element});
      for (const Json& one : list) {
        if (!one.is_object()) return fmt::format("{} holds {}", path, one.dump());
        if (auto problem = object(one, path); !problem.empty()) return problem;
      }
    }
    return {};
  }

  const RowsByPath& rows_;
  const WireShape& shape_;
};

}  // namespace

std::string misfit(std::string_view method, const Json& answer, const WireShape& shape) {
  if (!answer.is_object() || !answer.contains("status")) return "no status";
  if (answer["status"] == "ERROR") {
    const bool whole = answer.contains("error_code") && answer["error_code"].is_string() &&
                       answer["error_code"] != "" && answer.contains("error_message") &&
                       answer["error_message"].is_string();
    return whole ? "" : "an error without code or message";
  }
  const auto rows = rows_by_method().find(method);
  if (rows == rows_by_method().end()) return "is not in the contract";
  return Check(rows->second, shape).object(answer, "");
}

}  // namespace atrapa::tests::base
