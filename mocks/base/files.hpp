#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace atrapa::mocks::base {

/// Bytes as base64.
std::string in_base64(std::string_view bytes);
/// Nothing for a text that is not base64 of at least one byte. Line breaks are passed over.
std::optional<std::string> out_of_base64(std::string_view text);

/// The bytes of a file as callers send it: `data:` and base64 [doc]; a data address with a type
/// (`data:application/pdf;base64,...`) is taken as well [inferred]. Nothing for what is neither.
std::optional<std::string> sent_file(std::string_view text);

bool is_pdf(std::string_view bytes);
/// By its beginning only.
bool is_xml(std::string_view bytes);

/// What a printout of ours is made of: a PDF with these lines of UTF-8 text, from the top of its
/// first page on. Letters beyond Latin and Polish ones become question marks. The same lines give
/// the same bytes.
std::string small_pdf(const std::vector<std::string>& lines);

}  // namespace atrapa::mocks::base
