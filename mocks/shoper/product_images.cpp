#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "mocks/kit/json_bounds.hpp"
#include "mocks/shoper/catalogue.hpp"
#include "mocks/shoper/product_media.hpp"
#include "mocks/shoper/rows.hpp"

// product-images: one of a product's images is its main one.

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr Rows kImages = Rows::ProductImages;

const kit::Schema& images() { return schema_of(kImages); }

/// A product's images by `order`, equal ones by id.
std::vector<RecordPtr> images_of(const State& state, std::int64_t product_id) {
  auto rows = state.table(kImages).look_up("product_id", std::to_string(product_id));
  std::stable_sort(rows.begin(), rows.end(), [](const RecordPtr& a, const RecordPtr& b) {
    return number_of(kImages, *a, "order") < number_of(kImages, *b, "order");
  });
  return rows;
}

bool is_main(const kit::Record& image) { return raw_of(kImages, image, "main") == "1"; }

/// "zdjecie.PNG" and "https://shop.example/a/zdjecie.png?w=1" as "png"; "" where none can be told.
std::string extension_of(std::string_view name) {
  name = name.substr(0, name.find_first_of("?#"));
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.find('/', dot) != std::string_view::npos) return {};
  std::string extension(name.substr(dot + 1));
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return extension.size() <= 4 ? extension : std::string{};
}

/// By the first bytes of the file.
std::string extension_by_content(std::string_view base64) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBeginnings{
      {{"/9j/", "jpg"}, {"iVBORw0KGgo", "png"}, {"R0lGOD", "gif"}, {"UklGR", "webp"}}};
  for (const auto& [beginning, extension] : kBeginnings) {
    if (base64.starts_with(beginning)) return std::string(extension);
  }
  return {};
}

/// The last part of an address, without its query.
std::string last_part(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  return std::string(url.substr(url.rfind('/') + 1));
}

std::string sent_text(const kit::Written& written, std::string_view field) {
  return kit::scalar_text(written.raw(images(), field));
}

/// An image comes from an address or as base64 [doc]. Nothing is downloaded: the address must be
/// one of HTTP, and that is all that is looked at.
void check_source(kit::Written& written, bool required) {
  const std::string url = sent_text(written, "url");
  const std::string content = sent_text(written, "content");
  if (!url.empty() && !url.starts_with("http://") && !url.starts_with("https://")) {
    written.problems.push_back({"url", FieldFault::BadValue, "http(s)://"});
  }
  if (!content.empty() && !base64_size(content)) {
    written.problems.push_back({"content", FieldFault::BadValue, "base64"});
  }
  if (required && url.empty() && content.empty()) {
    written.problems.push_back({"content", FieldFault::Missing, {}});
  }
}

/// Name and extension that follow from a sent source; the source itself is not kept.
void take_source(const kit::Written& written, RecordWriter& writer) {
  const std::string url = sent_text(written, "url");
  const std::string content = sent_text(written, "content");
  writer.clear(images().at("url"));
  writer.clear(images().at("content"));
  if (url.empty() && content.empty()) return;
  if (!url.empty() && writer.text("name").empty()) writer.set_text("name", last_part(url));
  std::string extension = extension_of(writer.text("name"));
  if (extension.empty())
    extension = content.empty() ? extension_of(url) : extension_by_content(content);
  writer.set_text("extension", extension.empty() ? "jpg" : extension);
}

void set_main(State& state, const kit::Record& image, bool main) {
  if (is_main(image) == main) return;
  RecordWriter writer(images(), image);
  writer.set("main", main ? "1" : "0");
  state.table(kImages).put(writer.finish(image.id()));
}

/// Puts the image into the product's `main_image`; false where it has none [client].
void show_main(State& state, std::int64_t product_id) {
  const RecordPtr product = state.find(Rows::Products, product_id);
  if (product == nullptr) return;
  const kit::Schema& products = schema_of(Rows::Products);
  std::string shown = "false";
  for (const RecordPtr& image : images_of(state, product_id)) {
    if (!is_main(*image)) continue;
    RecordWriter object(*products[products.at("main_image")].children);
    for (std::size_t i = 0; i < object.schema().size(); ++i) {
      object.borrow(i, raw_of(kImages, *image, object.schema()[i].name));
    }
    shown = object.object();
  }
  if (raw_of(Rows::Products, *product, "main_image") == shown) return;
  RecordWriter writer(products, *product);
  writer.set("main_image", shown);
  state.table(Rows::Products).put(writer.finish(product_id));
}

/// Stores the image. Written as main, it is the only one; its product shows it.
void store_image(State& state, const RecordWriter& writer, std::int64_t id) {
  state.table(kImages).put(writer.finish(id));
  const std::int64_t product_id = kit::scalar_id(writer.raw("product_id")).value_or(0);
  settle_images(state, product_id, writer.raw("main") == "1" ? id : 0);
}

/// Makes an image of a product. The first one becomes its main image, a later one by `main`; the
/// new one comes last in `order` [inferred]. Answers the bare id.
Reply create_image(Call& call) {
  auto body = read_body(call, images(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_references(call, written, images());
  check_locales(call, written, images());
  check_source(written, true);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  State& state = call.state;
  const std::int64_t id = state.table(kImages).take_id();
  RecordWriter writer(images());
  kit::write_values(written.values, writer);
  take_source(written, writer);
  if (!writer.has("order")) {
    const auto others = images_of(state, kit::scalar_id(writer.raw("product_id")).value_or(0));
    const kit::Decimal last =
        others.empty() ? kit::Decimal(0) : number_of(kImages, *others.back(), "order");
    writer.set_text("order", (last + kit::Decimal(1)).text());
  }
  writer.set_text("unic_name", std::to_string(id));
  writer.fill();
  set_id(kImages, writer, id);
  complete_translations(state, kImages, writer, id);
  store_image(state, writer, id);
  return bare(id);
}

/// Changes the sent fields. `main` 1 makes it the main image; 0 for the main image hands that on to
/// the first other one, if there is any [inferred].
Reply update_image(Call& call) {
  State& state = call.state;
  const RecordPtr row = state.find(kImages, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, images(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  check_locales(call, written, images());
  check_source(written, false);
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  RecordWriter writer(images(), *row);
  kit::write_values(written.values, writer);
  take_source(written, writer);
  complete_translations(state, kImages, writer, row->id());
  if (is_main(*row) && writer.raw("main") == "0") {
    for (const RecordPtr& other : images_of(state, id_of(kImages, *row, "product_id"))) {
      if (other->id() == row->id()) continue;
      set_main(state, *other, true);
      break;
    }
  }
  store_image(state, writer, row->id());
  return bare(1);
}

/// Removes an image; stocks that showed it show none. The first one left becomes the main image
/// where this one was [inferred].
Reply remove_image(Call& call) {
  State& state = call.state;
  const RecordPtr row = state.find(kImages, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  const std::string product_id = text_of(kImages, *row, "product_id");
  state.table(kImages).erase(row->id());
  for (const RecordPtr& stock :
       state.table(Rows::ProductStocks).look_up("product_id", product_id)) {
    if (id_of(Rows::ProductStocks, *stock, "gfx_id") != row->id()) continue;
    RecordWriter writer(schema_of(Rows::ProductStocks), *stock);
    writer.set("gfx_id", "null");
    put_stock(state, writer, stock->id());
  }
  settle_images(state, id_of(kImages, *row, "product_id"), 0);
  return bare(1);
}

constexpr std::array kProductImageCalls{
    Handled{"POST /webapi/rest/product-images", create_image},
    Handled{"PUT /webapi/rest/product-images/{id}", update_image},
    Handled{"DELETE /webapi/rest/product-images/{id}", remove_image},
};

}  // namespace

void settle_images(State& state, std::int64_t product_id, std::int64_t wanted) {
  const auto all = images_of(state, product_id);
  if (wanted == 0 && !all.empty()) {
    const auto present = std::find_if(all.begin(), all.end(),
                                      [](const RecordPtr& image) { return is_main(*image); });
    wanted = (present == all.end() ? all.front() : *present)->id();
  }
  for (const RecordPtr& image : all) set_main(state, *image, image->id() == wanted);
  show_main(state, product_id);
}

void check_image_of(const Call& call, kit::Written& written, const std::string& field,
                    std::string_view raw, std::int64_t product_id) {
  const std::int64_t id = kit::scalar_id(raw).value_or(0);
  if (raw.empty() || raw == "null" || id == 0) return;
  const RecordPtr image = call.state.find(kImages, id);
  if (image == nullptr) {
    written.problems.push_back({field, FieldFault::NotFound, {}});
  } else if (id_of(kImages, *image, "product_id") != product_id) {
    written.problems.push_back({field, FieldFault::BadValue, {}});
  }
}

std::optional<std::size_t> base64_size(std::string_view text) {
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  const bool clean = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
  });
  if (!clean || text.size() % 4 == 1 || (padding > 0 && (text.size() + padding) % 4 != 0)) {
    return std::nullopt;
  }
  return text.size() * 3 / 4;
}

std::span<const Handled> product_image_calls() { return kProductImageCalls; }

}  // namespace atrapa::mocks::shoper
