#pragma once

#include <string>

#include "core/domain/document.hpp"

namespace atrapa::core {

/// The document as a PDF of one page or more, A4. Letters outside of ASCII lose their accents: the
/// standard fonts have no Polish ones.
std::string printout(const Document& document);

}  // namespace atrapa::core
