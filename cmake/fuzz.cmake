# `make fuzz`: lib/x/fuzz/NAME_fuzz.c is a target, the folder NAME_fuzz
# beside it its kept corpus.
if(NOT CMAKE_C_COMPILER_ID STREQUAL "Clang")
	message(FATAL_ERROR "HYGIE_FUZZ needs clang: -DCMAKE_C_COMPILER=clang")
endif()
file(GLOB fuzz_sources CONFIGURE_DEPENDS lib/*/fuzz/*_fuzz.c)
foreach(source ${fuzz_sources})
	string(REGEX REPLACE ".*/lib/([^/]+)/fuzz/([^/]+)_fuzz\\.c$" "\\1_\\2" id ${source})
	add_executable(fuzz_${id} ${source})
	target_link_libraries(fuzz_${id} PRIVATE hygie_lib)
	target_link_options(fuzz_${id} PRIVATE -fsanitize=fuzzer)
	set_target_properties(fuzz_${id} PROPERTIES
		RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
endforeach()
