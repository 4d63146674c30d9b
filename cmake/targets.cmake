# One library per folder, named after it. Includes are rooted at the repository: "core/domain/money.hpp".

# Half of a small file's compilation is the templates of nlohmann::json, fmt and CLI11 that it instantiates. The presets for
# whole builds therefore compile this many files as one (CMAKE_UNITY_BUILD); `dev` compiles each alone, which also shows a
# missing include.
set(ATRAPA_BATCH 10)

function(atrapa_compile_options target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
                                           -Woverloaded-virtual -Werror)
endfunction()

# Batches of one folder each, so that a new file moves no other folder's.
function(atrapa_batches target sources)
  foreach(source IN LISTS sources)
    get_filename_component(folder ${source} DIRECTORY)
    string(MAKE_C_IDENTIFIER ${folder} folder)
    list(APPEND seen_${folder} ${source})
    list(LENGTH seen_${folder} count)
    math(EXPR batch "(${count} - 1) / ${ATRAPA_BATCH}")
    file(RELATIVE_PATH group ${PROJECT_SOURCE_DIR} ${source})
    get_filename_component(group ${group} DIRECTORY)
    string(REPLACE "/" "_" group ${group})
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group}_${batch})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()

# atrapa_library(core): every .cpp below this folder becomes atrapa_core, alias atrapa::core.
function(atrapa_library name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(atrapa_${name} STATIC ${sources})
  add_library(atrapa::${name} ALIAS atrapa_${name})
  set_target_properties(atrapa_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(
    atrapa_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/atrapa>)
  atrapa_compile_options(atrapa_${name})
  atrapa_batches(atrapa_${name} "${sources}")
endfunction()

# atrapa_test(core libraries...): one Catch2 program of every .cpp below this folder, run by ctest as "core".
function(atrapa_test name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_executable(test_${name} ${sources})
  target_link_libraries(test_${name} PRIVATE ${ARGN} Catch2::Catch2WithMain rapidcheck)
  target_compile_definitions(test_${name} PRIVATE ATRAPA_SOURCE_DIR="${PROJECT_SOURCE_DIR}" ATRAPA_PROGRAM="${PROJECT_BINARY_DIR}/atrapa")
  atrapa_compile_options(test_${name})
  atrapa_batches(test_${name} "${sources}")
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()

# atrapa_embed_file(target file namespace name): the file's bytes as `std::string_view namespace::name()`, declared by hand in a
# header next to the file. The assembler's .incbin keeps a contract of hundreds of kilobytes out of the C++ compiler.
function(atrapa_embed_file target file namespace name)
  set(path ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  string(MAKE_C_IDENTIFIER ${file} identifier)
  set(symbol atrapa_embedded_${target}_${identifier})
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded/${identifier}.cpp)
  file(
    CONFIGURE
    OUTPUT ${source}
    CONTENT
      [[#include <string_view>

asm(R"(
  .section .rodata
  .global @symbol@_begin
  .global @symbol@_end
@symbol@_begin:
  .incbin "@path@"
@symbol@_end:
  .byte 0
  .text
)");

extern "C" {
extern const char @symbol@_begin[];
extern const char @symbol@_end[];
}

namespace @namespace@ {
std::string_view @name@();
std::string_view @name@() {
  return {@symbol@_begin, static_cast<std::size_t>(@symbol@_end - @symbol@_begin)};
}
}  // namespace @namespace@
]]
    @ONLY)
  target_sources(${target} PRIVATE ${source})
  # By itself, or a change of the file would not be seen: OBJECT_DEPENDS is lost in a batch.
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${path} SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
