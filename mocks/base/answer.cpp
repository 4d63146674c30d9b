#include "mocks/base/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <stdexcept>

#include "mocks/kit/record_text.hpp"

namespace atrapa::mocks::base {
namespace {

constexpr std::size_t kCommonSize = 2048;  ///< Bytes of an answer that need no second room.
constexpr std::size_t kCommonDepth = 6;    ///< As many levels.

bool whole_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 && (text.size() == 1 || text[0] != '0') &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Answer::Level::~Level() noexcept(false) {
  // While another accident is under way, the answer is lost anyway.
  if (std::uncaught_exceptions() == 0) answer_.close();
}

Answer::Answer(const Method& method, const WireShape& shape) : method_(method), shape_(shape) {
  out_.reserve(kCommonSize);
  open_.reserve(kCommonDepth);
  out_ = R"({"status":"SUCCESS")";
  open_.push_back(
      Open{.node = &method.answer, .object = true, .map = true, .empty = false, .written = {}});
}

void Answer::broken(std::string_view name, std::string_view problem) const {
  throw std::logic_error(fmt::format("base: answer of {}: {}: {}", method_.name, name, problem));
}

Kind Answer::shown(const Node& node) const {
  return shape_.as_sample && node.sample ? *node.sample : node.kind;
}

const Node& Answer::member(std::string_view name) {
  Open& level = open_.back();
  if (!level.object) broken(name, "named within a list or map");
  const std::vector<Node>& children = level.node->children;
  for (std::size_t tried = 0; tried < children.size(); ++tried) {
    const std::size_t index = (level.next + tried) % children.size();
    const Node& node = children[index];
    if (node.name != name) continue;
    if (level.written.test(index)) broken(name, "written twice");
    level.written.set(index);
    level.next = index + 1 == children.size() ? 0 : index + 1;
    const bool renamed = shape_.as_sample && !node.sample_name.empty();
    begin_value(level, renamed ? std::string_view(node.sample_name) : name);
    return node;
  }
  broken(name, "not in the contract");
}

void Answer::begin_value(Open& level, std::string_view key) {
  if (level.empty) {
    if (level.wrapped) out_ += '[';
    out_ += level.map ? '{' : '[';
  } else {
    out_ += ',';
  }
  level.empty = false;
  if (!level.map) return;
  if (key.empty() && !level.object) {
    out_ += '"';
    kit::append_number(out_, level.counter++);
    out_ += '"';
  } else {
    kit::append_quoted(out_, key);
  }
  out_ += ':';
}

void Answer::write(const Node& node, std::int64_t value) {
  switch (shown(node)) {
    case Kind::Int:
    case Kind::Any: kit::append_number(out_, value); return;
    case Kind::Float:
      if (node.places > 0) {
        out_ += kit::Decimal(value).fixed(node.places);
      } else {
        kit::append_number(out_, value);
      }
      return;
    case Kind::Text:
      out_ += '"';
      kit::append_number(out_, value);
      out_ += '"';
      return;
    case Kind::Bool:
    case Kind::List:
    case Kind::Map: broken(node.name, "is no number");
  }
}

void Answer::write(const Node& node, std::string_view value) {
  switch (shown(node)) {
    case Kind::Text:
    case Kind::Any: kit::append_quoted(out_, value); return;
    case Kind::Float:  // The sample's number for a text: only where the text is one.
      if (node.kind == Kind::Text && whole_number(value)) {
        out_ += value;
      } else if (node.kind == Kind::Text) {
        kit::append_quoted(out_, value);
      } else {
        broken(node.name, "is no text");
      }
      return;
    case Kind::Int:
    case Kind::Bool:
    case Kind::List:
    case Kind::Map: broken(node.name, "is no text");
  }
}

void Answer::write(const Node& node, const kit::Decimal& value) {
  const std::string text = node.places >= 0 ? value.fixed(node.places) : value.text();
  switch (shown(node)) {
    case Kind::Float:
    case Kind::Any: out_ += text; return;
    case Kind::Int:
      if (!value.is_whole()) broken(node.name, "is a whole number");
      out_ += value.text();
      return;
    case Kind::Text: kit::append_quoted(out_, text); return;
    case Kind::Bool:
    case Kind::List:
    case Kind::Map: broken(node.name, "is no number");
  }
}

void Answer::put(std::string_view name, std::int64_t value) { write(member(name), value); }
void Answer::put(std::string_view name, std::string_view value) { write(member(name), value); }
void Answer::put(std::string_view name, const kit::Decimal& value) { write(member(name), value); }

void Answer::put(std::string_view name, bool value) {
  const Node& node = member(name);
  switch (shown(node)) {
    case Kind::Bool:
    case Kind::Any: out_ += value ? "true" : "false"; return;
    case Kind::Int:
    case Kind::Float: out_ += value ? '1' : '0'; return;
    case Kind::Text: out_ += value ? "\"1\"" : "\"0\""; return;
    case Kind::List:
    case Kind::Map: broken(name, "is no flag");
  }
}

void Answer::put_null(std::string_view name) {
  const Node& node = member(name);
  if (!node.null && node.kind != Kind::Any) broken(name, "is never null");
  out_ += "null";
}

void Answer::put_raw(std::string_view name, std::string_view json) {
  if (member(name).kind != Kind::Any) broken(name, "has a type of its own");
  out_ += json;
}

Answer::Level Answer::open(std::string_view name) {
  const Node& node = member(name);
  const bool container = node.kind == Kind::List || node.kind == Kind::Map;
  if (!container) broken(name, "holds nothing");
  const Kind kind = shown(node);
  const bool object = node.kind == Kind::Map && !node.of_elements && !node.children.empty();
  open_.push_back(Open{.node = &node,
                       .object = object,
                       .map = kind == Kind::Map || node.kind == Kind::Map,
                       .wrapped = kind == Kind::List && node.kind == Kind::Map,
                       .written = {}});
  return Level(*this);
}

Answer::Level Answer::item(std::string_view key) {
  Open& level = open_.back();
  if (level.object) broken(level.node->name, "is an object, not a list or map");
  begin_value(level, key);
  const Node* node = level.node;
  open_.push_back(Open{.node = node, .object = true, .map = true, .written = {}});
  return Level(*this);
}

void Answer::add(std::string_view key, std::int64_t value) {
  begin_value(open_.back(), key);
  kit::append_number(out_, value);
}

void Answer::add(std::string_view key, std::string_view value) {
  begin_value(open_.back(), key);
  kit::append_quoted(out_, value);
}

void Answer::add(std::string_view key, const kit::Decimal& value) {
  begin_value(open_.back(), key);
  out_ += value.fixed(2);
}

void Answer::add_raw(std::string_view key, std::string_view json) {
  begin_value(open_.back(), key);
  out_ += json;
}

void Answer::close() {
  const Open level = open_.back();
  open_.pop_back();
  if (level.object) {
    const std::vector<Node>& children = level.node->children;
    for (std::size_t index = 0; index < children.size(); ++index) {
      if (!level.written.test(index) && !children[index].optional) {
        broken(children[index].name, "is missing");
      }
    }
  }
  if (!level.empty) {
    out_ += level.map ? '}' : ']';
    if (level.wrapped) out_ += ']';
    return;
  }
  const Node& node = *level.node;
  if (!level.object && shape_.as_sample && node.sample_empty_text) {
    out_ += R"("")";
  } else {
    out_ += !level.map || level.wrapped || shape_.php_arrays ? "[]" : "{}";
  }
}

std::string Answer::finish() && {
  if (open_.size() != 1) throw std::logic_error("base: an answer ends with something open");
  close();
  return std::move(out_);
}

}  // namespace atrapa::mocks::base
