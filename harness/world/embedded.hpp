#pragma once

#include <string_view>

// Defined by atrapa_embed_file in harness/CMakeLists.txt: the bytes of fixtures/worlds/*.json.
namespace atrapa::harness::embedded {

std::string_view world_empty();
std::string_view world_demo();

}  // namespace atrapa::harness::embedded
