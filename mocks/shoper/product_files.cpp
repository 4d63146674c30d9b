#include <fmt/format.h>

#include <algorithm>

#include "mocks/kit/random.hpp"
#include "mocks/shoper/product_media.hpp"
#include "mocks/shoper/rows.hpp"

// product-files: downloads of a product's translation.

namespace atrapa::mocks::shoper {
namespace {

using kit::FieldFault;
using kit::RecordPtr;
using kit::RecordWriter;

constexpr Rows kFiles = Rows::ProductFiles;

const kit::Schema& files() { return schema_of(kFiles); }

/// Whether some product has a translation of that id.
bool is_translation(const State& state, std::int64_t id) {
  bool found = false;
  state.table(Rows::Products).each([&](const RecordPtr& product) {
    kit::each_member(raw_of(Rows::Products, *product, "translations"),
                     [&](std::string_view, std::string_view one) {
                       found = found || kit::scalar_id(kit::member(one, "translation_id")) == id;
                     });
    return !found;
  });
  return found;
}

/// 32 hex digits that follow from the file's id and name: the shop's own name for it.
std::string stored_name(std::int64_t id, std::string_view name) {
  std::uint64_t seed = static_cast<std::uint64_t>(id);
  for (const char c : name) seed = seed * 1099511628211u + static_cast<unsigned char>(c);
  kit::Random random(seed);
  std::string text;
  for (int i = 0; i < 32; ++i) text += "0123456789abcdef"[random.below(16)];
  return text;
}

std::int64_t next_order(const State& state, std::string_view translation_id) {
  kit::Decimal last;
  for (const RecordPtr& file :
       state.table(kFiles).look_up("translation_id", std::string(translation_id))) {
    last = std::max(last, number_of(kFiles, *file, "order"));
  }
  return kit::scalar_id((last + kit::Decimal(1)).text()).value_or(1);
}

/// Makes a file. `file_name` is required and then the shop's own: the uploaded one is read as
/// `name` [rec: file_name is no uploaded name; inferred: that `name` is]. `content` is base64; its
/// size is kept, not its bytes. Answers the bare id.
Reply create_file(Call& call) {
  auto body = read_body(call, files(), kit::WriteRules::Mode::Create);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  const std::string content = kit::scalar_text(written.raw(files(), "content"));
  const auto size = base64_size(content);
  const std::string_view translation = written.raw(files(), "translation_id");
  if (!translation.empty() &&
      !is_translation(call.state, kit::scalar_id(translation).value_or(0))) {
    written.problems.push_back({"translation_id", FieldFault::NotFound, {}});
  }
  if (!size) written.problems.push_back({"content", FieldFault::BadValue, "base64"});
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  State& state = call.state;
  const std::int64_t id = state.table(kFiles).take_id();
  RecordWriter writer(files());
  kit::write_values(written.values, writer);
  const std::string name = writer.text("file_name");
  writer.set_text("name", name);
  writer.set_text("file_name", stored_name(id, name));
  writer.set_text("file_size", std::to_string(*size));
  writer.set_text("date_add", state.local_time(call.context.now));
  writer.set_text("order", std::to_string(next_order(state, writer.text("translation_id"))));
  writer.fill();
  writer.clear(files().at("content"));
  set_id(kFiles, writer, id);
  state.table(kFiles).put(writer.finish(id));
  return bare(id);
}

/// Changes the sent fields; a new `content` has its size taken.
Reply update_file(Call& call) {
  const RecordPtr row = call.state.find(kFiles, call.id().value_or(0));
  if (row == nullptr) return not_found(call.language, call.settings());
  auto body = read_body(call, files(), kit::WriteRules::Mode::Update);
  if (Reply* refused = std::get_if<Reply>(&body)) return std::move(*refused);
  kit::Written& written = std::get<kit::Written>(body);
  const std::string_view translation = written.raw(files(), "translation_id");
  if (!translation.empty() &&
      !is_translation(call.state, kit::scalar_id(translation).value_or(0))) {
    written.problems.push_back({"translation_id", FieldFault::NotFound, {}});
  }
  const std::string_view content = written.raw(files(), "content");
  const auto size = base64_size(kit::scalar_text(content));
  if (!size) written.problems.push_back({"content", FieldFault::BadValue, "base64"});
  if (!written.problems.empty()) return invalid_fields(call.language, written.problems);

  RecordWriter writer(files(), *row);
  kit::write_values(written.values, writer);
  if (!content.empty()) writer.set_text("file_size", std::to_string(*size));
  writer.clear(files().at("content"));
  call.state.table(kFiles).put(writer.finish(row->id()));
  return bare(1);
}

constexpr std::array kProductFileCalls{
    Handled{"POST /webapi/rest/product-files", create_file},
    Handled{"PUT /webapi/rest/product-files/{id}", update_file},
};

}  // namespace

std::span<const Handled> product_file_calls() { return kProductFileCalls; }

}  // namespace atrapa::mocks::shoper
