#pragma once

#include <string>
#include <string_view>

#include "mocks/shoper/settings.hpp"

namespace atrapa::mocks::shoper {

/// An object's JSON text as XML, for webhooks of format 1. No delivery in XML was found recorded:
/// the shape is [inferred].
///
/// The root is named after the event's object ("order"; setting `webhook_xml_root`), each member
/// becomes an element of its name, each element of a list one named by setting `webhook_xml_item`;
/// a name that XML does not allow (a number, as ids are keys of some maps) stands in the attribute
/// `key` of such an element. null and empty lists are empty elements; true and false stay words.
std::string xml_body(std::string_view json, std::string_view object, const Settings& settings);

}  // namespace atrapa::mocks::shoper
