# bench/NAME.c is a benchmark program, built by `make bench` only.
file(GLOB bench_sources CONFIGURE_DEPENDS bench/*.c)
foreach(source ${bench_sources})
	get_filename_component(name ${source} NAME_WE)
	add_executable(bench_${name} EXCLUDE_FROM_ALL ${source})
	target_link_libraries(bench_${name} PRIVATE hygie_lib)
	set_target_properties(bench_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
endforeach()
