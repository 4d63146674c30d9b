#include <catch2/catch.hpp>
#include <string>

#include "tests/mocks/base/orders.hpp"

// Lengths are counted in characters: "ż" is one, of two bytes.

using namespace atrapa::tests::base;

namespace {

std::string repeated(const char* character, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += character;
  return text;
}

}  // namespace

TEST_CASE("The title of a file in an extra field has 40 characters, whatever their bytes",
          "[base][orders]") {
  Account account;
  account.door.plant("order_extra_fields",
                     {{"extra_field_id", 5}, {"name", "Plik"}, {"editor_type", "file"}});
  const auto taken = [&](int letters) {
    Json order = order_of();
    order["custom_extra_fields"]["5"] = {{"title", repeated("ż", letters)},
                                         {"url", "https://example.com/a.pdf"}};
    return account.refused("addOrder", order) == "";
  };
  CHECK(taken(21));
  CHECK(taken(40));
  CHECK_FALSE(taken(41));
}

TEST_CASE("An image's address has up to 1000 characters, whatever their bytes",
          "[base][products]") {
  Account account;
  const std::string host = "https://example.com/";
  const auto warned = [&](std::size_t characters) {
    const std::string path = repeated("ż", static_cast<int>(characters - host.size()));
    const Json answer = account.good(
        "addInventoryProduct", {{"inventory_id", 307}, {"images", {{"0", "url:" + host + path}}}});
    return !answer["warnings"].empty();
  };
  CHECK_FALSE(warned(600));
  CHECK_FALSE(warned(1000));
  CHECK(warned(1001));
}
