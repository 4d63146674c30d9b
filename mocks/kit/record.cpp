#include "mocks/kit/record.hpp"

namespace atrapa::mocks::kit {

RecordWriter::RecordWriter(const Schema& schema) : schema_(schema), values_(schema.size()) {}

RecordWriter::RecordWriter(const Schema& schema, const Record& base) : RecordWriter(schema) {
  for (std::size_t i = 0; i < values_.size(); ++i) values_[i] = base.raw(i);
}

RecordWriter::RecordWriter(const Schema& schema, std::string_view text) : RecordWriter(schema) {
  each_member(text, [&](std::string_view key, std::string_view raw) {
    if (const auto index = schema_.find(key)) values_[*index] = raw;
  });
}

void RecordWriter::set(std::size_t field, std::string raw) {
  values_[field] = own_.emplace_back(std::move(raw));
}

void RecordWriter::fill() {
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Field& field = schema_[i];
    if (!values_[i].empty() || field.optional || field.is_virtual || field.write_only) continue;
    // An object that the contract gives no initial value of its own is made of its fields'.
    if (field.nesting == Nesting::Object && field.initial == "[]") {
      RecordWriter child(*field.children);
      child.fill();
      set(i, child.object());
    } else {
      values_[i] = field.initial;
    }
  }
}

RecordPtr RecordWriter::finish(std::int64_t id) const {
  auto record = std::make_shared<Record>();
  record->id_ = id;
  record->spans_.resize(values_.size());
  std::size_t size = 2;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (!values_[i].empty()) size += values_[i].size() + schema_[i].name.size() + 4;
  }
  std::string& text = record->text_;
  text.reserve(size);
  const auto put = [&](std::size_t i) {
    record->spans_[i] = {static_cast<std::uint32_t>(text.size()),
                         static_cast<std::uint32_t>(values_[i].size())};
    text += values_[i];
  };
  text.push_back('{');
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (values_[i].empty() || schema_[i].write_only) continue;
    if (text.size() > 1) text.push_back(',');
    text.push_back('"');
    text += schema_[i].name;
    text += "\":";
    put(i);
  }
  text.push_back('}');
  record->wire_size_ = text.size();
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (!values_[i].empty() && schema_[i].write_only) put(i);
  }
  return record;
}

std::string RecordWriter::object() const {
  std::string text = "{";
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (values_[i].empty() || schema_[i].write_only) continue;
    if (text.size() > 1) text.push_back(',');
    text.push_back('"');
    text += schema_[i].name;
    text += "\":";
    text += values_[i];
  }
  text.push_back('}');
  return text;
}

}  // namespace atrapa::mocks::kit
