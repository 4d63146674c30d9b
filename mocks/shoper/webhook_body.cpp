#include "mocks/shoper/webhook_body.hpp"

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "mocks/kit/json.hpp"

namespace atrapa::mocks::shoper {
namespace {

bool is_xml_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  if (text.empty() || !letter(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

/// XML 1.0 has neither other control characters nor U+FFFE and U+FFFF, not even escaped ones.
std::string without_what_xml_lacks(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view three = text.substr(at, 3);
    if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      at += three.size();
      continue;
    }
    const char c = text[at++];
    const bool control = static_cast<unsigned char>(c) < 0x20;
    if (!control || c == '\t' || c == '\n' || c == '\r') kept.push_back(c);
  }
  return kept;
}

void append_value(pugi::xml_node node, const kit::Json& value, const std::string& item) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      const bool plain = is_xml_name(name);
      pugi::xml_node child = node.append_child(plain ? name.c_str() : item.c_str());
      if (!plain) child.append_attribute("key").set_value(without_what_xml_lacks(name).c_str());
      append_value(child, member, item);
    }
  } else if (value.is_array()) {
    for (const kit::Json& one : value) append_value(node.append_child(item.c_str()), one, item);
  } else if (!value.is_null()) {
    const std::string text = value.is_string()
                                 ? without_what_xml_lacks(value.get_ref<const std::string&>())
                                 : value.dump();
    if (!text.empty()) node.append_child(pugi::node_pcdata).set_value(text.c_str());
  }
}

}  // namespace

std::string xml_body(std::string_view json, std::string_view object, const Settings& settings) {
  const kit::Json parsed = kit::Json::parse(json, nullptr, false);
  const auto name = [](const std::string& wanted, std::string_view otherwise) {
    return is_xml_name(wanted) ? wanted : std::string(otherwise);
  };
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version").set_value("1.0");
  declaration.append_attribute("encoding").set_value("UTF-8");
  append_value(document.append_child(name(settings.webhook_xml_root, object).c_str()), parsed,
               name(settings.webhook_xml_item, "item"));
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return out.str();
}

}  // namespace atrapa::mocks::shoper
