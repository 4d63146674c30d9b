#include "harness/report/readable.hpp"

#include <fmt/format.h>

#include "harness/report/text.hpp"

namespace atrapa::harness::report {

namespace {

std::string on_one_line(const Json& value) {
  if (value.is_object()) {
    std::string out = "{";
    for (const auto& [name, member] : value.items()) {
      out +=
          fmt::format("{}{}: {}", out.size() > 1 ? ", " : "", printable(name), on_one_line(member));
    }
    return out + "}";
  }
  if (value.is_array()) {
    std::string out = "[";
    for (const Json& item : value) {
      out += fmt::format("{}{}", out.size() > 1 ? ", " : "", on_one_line(item));
    }
    return out + "]";
  }
  return printable(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// Takes the value apart: members below each other, items behind dashes.
void write_parts(const Json& value, std::size_t indent, std::size_t width, std::string& out);

/// On one line where it fits, else in parts.
void write_value(const Json& value, std::size_t indent, std::size_t width, std::string& out) {
  const std::string line = std::string(indent, ' ') + on_one_line(value);
  if (!value.is_structured() || value.empty() || display_width(line) <= width) {
    out += line + "\n";
  } else {
    write_parts(value, indent, width, out);
  }
}

void write_member(const std::string& name, const Json& value, std::size_t indent, std::size_t width,
                  std::string& out) {
  const std::string lead = fmt::format("{}{}:", std::string(indent, ' '), printable(name));
  const std::string line = fmt::format("{} {}", lead, on_one_line(value));
  if (!value.is_structured() || value.empty() || display_width(line) <= width) {
    out += line + "\n";
  } else {
    out += lead + "\n";
    write_parts(value, indent + 2, width, out);
  }
}

void write_parts(const Json& value, std::size_t indent, std::size_t width, std::string& out) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      write_member(name, member, indent, width, out);
    }
    return;
  }
  for (const Json& item : value) {
    const std::size_t start = out.size();
    write_value(item, indent + 2, width, out);
    out[start + indent] = '-';
  }
}

}  // namespace

std::string readable(const Json& value, std::size_t indent, std::size_t width) {
  std::string out;
  write_value(value, indent, width, out);
  return out;
}

}  // namespace atrapa::harness::report
