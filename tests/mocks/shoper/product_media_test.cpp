#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "contract_check.hpp"
#include "mocks/kit/contract.hpp"
#include "shop.hpp"

// Images and files of products.

using namespace atrapa::tests;
namespace kit = atrapa::mocks::kit;

namespace {

using Fields = std::vector<std::string>;

struct Gallery : Shop {
  std::int64_t add(Json extra = Json::object()) {
    Json body = {{"product_id", product}, {"url", "https://cdn.example/a/Kubek.JPG?w=1"}};
    body.update(extra);
    return create("product-images", body);
  }
  Json image(std::int64_t id) { return read(row_path("product-images", id)); }
  Json main_image() { return read(row_path("products", product))["main_image"]; }

  std::int64_t product = create("products", least_product("KUBEK"));
};

/// Whether GET answers it as the contract says.
std::vector<std::string> misfits_of(Shop& shop, const std::string& path) {
  static const kit::Contract parsed = kit::Contract::parse(atrapa::mocks::shoper::contract_json());
  return misfits(parsed, Request{"GET", path, {}, ""}, shop.get(path));
}

}  // namespace

TEST_CASE("Shoper: the first image of a product is its main one, and the product shows it",
          "[shoper][images]") {
  Gallery shop;
  CHECK(shop.main_image() == false);
  const auto first = shop.add({{"translations", {{"pl_PL", {{"name", "Kubek z przodu"}}}}}});
  const auto second = shop.add({{"name", "tyl.png"}});

  const Json made = shop.image(first);
  CHECK(made["main"] == 1);
  CHECK(made["extension"] == "jpg");
  CHECK(made["name"] == "Kubek.JPG");
  CHECK(made["order"] == "1");
  CHECK(made["translations"]["pl_PL"]["name"] == "Kubek z przodu");
  CHECK(made["translations"]["pl_PL"]["gfx_id"] == std::to_string(first));
  CHECK(!made.contains("url"));
  CHECK(shop.image(second)["main"] == 0);
  CHECK(shop.image(second)["order"] == "2");
  CHECK(shop.image(second)["extension"] == "png");
  CHECK(shop.main_image()["gfx_id"] == std::to_string(first));
  CHECK(misfits_of(shop, row_path("product-images", first)) == Fields{});
  CHECK(misfits_of(shop, row_path("products", shop.product)) == Fields{});

  CHECK(shop.put(row_path("product-images", second), {{"main", 1}}).body == "1");
  CHECK(shop.image(first)["main"] == 0);
  CHECK(shop.main_image()["gfx_id"] == std::to_string(second));
  CHECK(shop.put(row_path("product-images", second), {{"main", 0}}).body == "1");
  CHECK(shop.main_image()["gfx_id"] == std::to_string(first));
}

TEST_CASE("Shoper: an image needs an address or content, and a product", "[shoper][images]") {
  Gallery shop;
  const auto bad = [&](Json body) {
    const Response refused = shop.post("/webapi/rest/product-images", body);
    return refused.status == 400 ? bad_fields(refused) : Fields{};
  };
  CHECK(bad({{"product_id", shop.product}}) == Fields{"content"});
  CHECK(bad({{"product_id", shop.product}, {"content", "nie base64!"}}) == Fields{"content"});
  CHECK(bad({{"product_id", shop.product}, {"url", "kubek.jpg"}}) == Fields{"url"});
  CHECK(bad({{"product_id", 987}, {"url", "http://a.example/b.png"}}) == Fields{"product_id"});
  CHECK(bad({{"url", "http://a.example/b.png"}}) == Fields{"product_id"});
  const auto png = shop.create(
      "product-images", {{"product_id", shop.product}, {"content", "iVBORw0KGgoAAAANSUhEUg=="}});
  CHECK(shop.image(png)["extension"] == "png");
  CHECK(!shop.image(png).contains("content"));
}

TEST_CASE("Shoper: a stock shows an image of its own product until that is deleted",
          "[shoper][images]") {
  Gallery shop;
  const auto image = shop.add();
  const auto stock = shop.stock_of(shop.product);
  const auto other = shop.stock_of(shop.plant_product("B", "1"));
  CHECK(bad_fields(shop.put(row_path("product-stocks", other), {{"gfx_id", image}})) ==
        Fields{"gfx_id"});
  CHECK(bad_fields(shop.put(row_path("product-stocks", stock), {{"gfx_id", 987}})) ==
        Fields{"gfx_id"});
  CHECK(shop.put(row_path("product-stocks", stock), {{"gfx_id", image}}).status == 200);

  CHECK(shop.remove(row_path("product-images", image)).body == "1");
  CHECK(shop.read(row_path("product-stocks", stock))["gfx_id"].is_null());
  CHECK(shop.main_image() == false);
}

TEST_CASE("Shoper: images and files go with their product", "[shoper][images]") {
  Gallery shop;
  const auto image = shop.add();
  const Json translation = shop.read(row_path("products", shop.product))["translations"]["pl_PL"];
  const auto file = shop.create("product-files", {{"translation_id", translation["translation_id"]},
                                                  {"file_name", "instrukcja.pdf"},
                                                  {"content", "JVBERi0xLjQK"}});
  REQUIRE(shop.remove(row_path("products", shop.product)).status == 200);
  CHECK(shop.get(row_path("product-images", image)).status == 404);
  CHECK(shop.get(row_path("product-files", file)).status == 404);
}

TEST_CASE("Shoper: a file gets the shop's own file name, its size and its date",
          "[shoper][files]") {
  Gallery shop;
  const Json translation = shop.read(row_path("products", shop.product))["translations"]["pl_PL"];
  const Json body = {{"translation_id", translation["translation_id"]},
                     {"file_name", "instrukcja.pdf"},
                     {"content", "JVBERi0xLjQK"}};
  const auto id = shop.create("product-files", body);
  const Json made = shop.read(row_path("product-files", id));
  CHECK(made["name"] == "instrukcja.pdf");
  CHECK(made["file_name"] != "instrukcja.pdf");
  CHECK(made["file_size"] == "9");
  CHECK(made["date_add"] == "2026-03-02 09:00:00");
  CHECK(!made.contains("content"));
  CHECK(misfits_of(shop, row_path("product-files", id)) == Fields{});
  CHECK(shop.read(row_path("product-files", shop.create("product-files", body)))["order"] == "2");

  CHECK(shop.put(row_path("product-files", id), {{"file_name", "inna.pdf"}, {"active", 1}}).body ==
        "1");
  CHECK(shop.read(row_path("product-files", id))["file_name"] == made["file_name"]);
  CHECK(shop.read(row_path("product-files", id))["active"] == "1");
  CHECK(bad_fields(shop.put(row_path("product-files", id), {{"content", "?"}})) ==
        Fields{"content"});
  CHECK(bad_fields(shop.post("/webapi/rest/product-files", Json::object())) ==
        Fields{"content", "file_name", "translation_id"});
  CHECK(bad_fields(shop.put(row_path("product-files", id), {{"translation_id", 987}})) ==
        Fields{"translation_id"});
}

TEST_CASE("Shoper: while a product has images, exactly one of them is the main one",
          "[shoper][images][property]") {
  CHECK(rc::check("random images", [] {
    Gallery shop;
    std::vector<std::pair<std::int64_t, int>> images;  // Id and order.
    std::int64_t main = 0;
    const auto first_but = [&](std::int64_t id) {
      auto sorted = images;
      std::erase_if(sorted, [&](const auto& one) { return one.first == id; });
      std::stable_sort(sorted.begin(), sorted.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
      return sorted.empty() ? std::int64_t{0} : sorted.front().first;
    };
    const int steps = *rc::gen::inRange(1, 16);
    for (int step = 0; step < steps; ++step) {
      const int action = images.empty() ? 0 : *rc::gen::inRange(0, 4);
      if (action == 0) {
        const bool wanted = *rc::gen::arbitrary<bool>();
        const int order = *rc::gen::inRange(0, 4);
        const auto id = shop.add({{"main", wanted ? 1 : 0}, {"order", order}});
        images.emplace_back(id, order);
        if (wanted || main == 0) main = id;
        continue;
      }
      const auto chosen = *rc::gen::inRange<std::size_t>(0, images.size());
      const std::int64_t id = images[chosen].first;
      if (action == 1) {
        const bool wanted = *rc::gen::arbitrary<bool>();
        RC_ASSERT(shop.put(row_path("product-images", id), {{"main", wanted ? 1 : 0}}).status ==
                  200);
        if (wanted) {
          main = id;
        } else if (main == id && images.size() > 1) {
          main = first_but(id);
        }
      } else if (action == 2) {
        images[chosen].second = *rc::gen::inRange(0, 4);
        RC_ASSERT(
            shop.put(row_path("product-images", id), {{"order", images[chosen].second}}).status ==
            200);
      } else {
        RC_ASSERT(shop.remove(row_path("product-images", id)).status == 200);
        if (main == id) main = first_but(id);
        images.erase(images.begin() + static_cast<std::ptrdiff_t>(chosen));
      }
      std::vector<std::int64_t> mains;
      for (const Json& row : shop.rows("product-images", {{"product_id", shop.product}})) {
        if (row["main"] == 1) mains.push_back(std::stoll(row["gfx_id"].get<std::string>()));
      }
      RC_ASSERT(mains.size() == (images.empty() ? 0u : 1u));
      const Json shown = shop.main_image();
      const Json expected = images.empty() ? Json(false) : Json(std::to_string(main));
      RC_ASSERT((shown == false ? shown : shown["gfx_id"]) == expected);
      RC_ASSERT((images.empty() || mains.front() == main));
    }
  }));
}
