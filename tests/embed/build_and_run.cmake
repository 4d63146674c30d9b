# Installs the build tree into a stage, builds the project beside this file against it, runs it.
# Usage: cmake -DBUILD=<Atrapa's build tree> -DSOURCE=<this folder> -DGENERATOR=<generator> -P build_and_run.cmake
set(stage ${BUILD}/embed/stage)
set(tree ${BUILD}/embed/build)
function(step)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE failed)
  if(failed)
    list(JOIN ARGV " " line)
    message(FATAL_ERROR "failed: ${line}")
  endif()
endfunction()
file(REMOVE_RECURSE ${stage} ${tree})
step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${stage})
step(${CMAKE_COMMAND} -S ${SOURCE} -B ${tree} -G ${GENERATOR} -DCMAKE_PREFIX_PATH=${stage} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
     -DCMAKE_BUILD_TYPE=${CONFIG} "-DCMAKE_CXX_FLAGS=${FLAGS}")
step(${CMAKE_COMMAND} --build ${tree})
step(${tree}/uses_atrapa)
