#include "harness/world/row_shapes.hpp"

#include "harness/subject/erp.hpp"
#include "mocks/shoper/shoper.hpp"

namespace atrapa::harness {
namespace {

std::map<std::string, RowShape, std::less<>> read_shapes() {
  std::map<std::string, RowShape, std::less<>> shapes;
  const Json contract = Json::parse(mocks::shoper::contract_json());
  for (const Json& entry : contract.at("entries")) {
    RowShape shape{.id = entry.value("id", ""), .fields = {}};
    for (const Json& field : entry.at("fields")) {
      const auto name = field.at("name").get<std::string>();
      if (name.find_first_of(".[") == std::string::npos) shape.fields.push_back(name);
    }
    shapes.emplace(entry.at("resource").get<std::string>(), std::move(shape));
  }
  return shapes;
}

}  // namespace

const std::map<std::string, RowShape, std::less<>>& row_shapes() {
  static const auto shapes = read_shapes();
  return shapes;
}

}  // namespace atrapa::harness
