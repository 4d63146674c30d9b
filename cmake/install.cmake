# `cmake --install` gives the program, and a package that another C++ project finds with find_package(Atrapa).
include(CMakePackageConfigHelpers)

install(TARGETS atrapa RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS atrapa_core atrapa_mocks atrapa_harness atrapa_scenarios EXPORT AtrapaTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(folder core mocks harness scenarios)
  install(
    DIRECTORY ${PROJECT_SOURCE_DIR}/${folder}
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/atrapa
    FILES_MATCHING
    PATTERN "*.hpp")
endforeach()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Atrapa)
install(EXPORT AtrapaTargets NAMESPACE atrapa:: DESTINATION ${package_dir})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/AtrapaConfig.cmake.in ${PROJECT_BINARY_DIR}/AtrapaConfig.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/AtrapaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/AtrapaConfig.cmake ${PROJECT_BINARY_DIR}/AtrapaConfigVersion.cmake
              ${PROJECT_SOURCE_DIR}/cmake/dependencies.cmake DESTINATION ${package_dir})
