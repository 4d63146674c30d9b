#include "tests/mocks/base/odd_calls.hpp"

#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>

namespace atrapa::tests::base {

namespace base = mocks::base;
using mocks::kit::Json;

namespace {

Json odd_value(const base::Node& node, int depth);

Json odd_scalar() {
  static const std::vector<Json> kOdd{Json(0),
                                      Json(1),
                                      Json(2),
                                      Json(3),
                                      Json(-1),
                                      Json("1"),
                                      Json("2"),
                                      Json(""),
                                      Json(" "),
                                      Json("0.01"),
                                      Json("9.995"),
                                      Json(true),
                                      Json(false),
                                      Json(nullptr),
                                      Json(1e17),
                                      Json(-0.02),
                                      Json(1e300),
                                      Json(100),
                                      Json(1000000),
                                      Json("999999999999999999"),
                                      Json(INT64_MAX),
                                      Json(INT64_MIN),
                                      Json("0.123456789012345678"),
                                      Json("-99999999999999999.9"),
                                      Json("shop_2"),
                                      Json("Zażółć \" \\ \n"),
                                      Json("data:AAAA"),
                                      Json(Json::array()),
                                      Json(Json::object()),
                                      Json(Json::array({1, "x", Json::array()})),
                                      Json(Json{{"1", "x"}, {"title", "t"}})};
  return *rc::gen::elementOf(kOdd);
}

/// Members that the contract names, most of them there.
Json odd_object(const base::Node& node, int depth) {
  Json object = Json::object();
  for (const base::Node& child : node.children) {
    const bool sent = child.required ? below(60) > 0 : below(10) > 6;
    if (sent) object[child.name] = odd_value(child, depth);
  }
  return object;
}

/// Of the kind that the contract wants, mostly.
Json odd_value(const base::Node& node, int depth) {
  if (depth > 3 || below(40) == 0) return odd_scalar();
  if (!node.values.empty()) return *rc::gen::elementOf(node.values);
  switch (node.kind) {
    case base::Kind::Int: return below(10) == 0 ? below(5) : 1 + below(2);
    case base::Kind::Float: return fmt::format("{}.{}", below(24), below(99));
    case base::Kind::Text:
      return *rc::gen::elementOf(std::vector<std::string>{"", "1", "db", "Ewa"});
    case base::Kind::Bool: return *rc::gen::arbitrary<bool>();
    case base::Kind::List: {
      Json list = Json::array();
      for (int count = below(3); count > 0; --count) {
        list.push_back(node.children.empty() ? Json(1 + below(3)) : odd_object(node, depth + 1));
      }
      return list;
    }
    case base::Kind::Map: {
      Json map = Json::object();
      for (int key = below(3); key > 0; --key) map[std::to_string(key)] = odd_scalar();
      return map;
    }
    case base::Kind::Any: break;
  }
  return odd_scalar();
}

}  // namespace

std::vector<const base::Method*> methods_of_groups(const std::vector<std::string_view>& groups) {
  std::vector<const base::Method*> found;
  for (const base::Method& method : base::contract().methods()) {
    const bool wanted = std::find(groups.begin(), groups.end(), method.group) != groups.end();
    if (wanted && method.status == base::Method::Status::Current) found.push_back(&method);
  }
  return found;
}

int below(int bound) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, bound)); }

Json odd_parameters(const base::Method& method) { return odd_object(method.parameters, 0); }

}  // namespace atrapa::tests::base
