# Unit tests: lib/x/tests/NAME_test.c is the test "x/NAME", one program each.
find_library(CMOCKA_LIBRARY cmocka REQUIRED)
file(GLOB test_sources CONFIGURE_DEPENDS lib/*/tests/*_test.c)
foreach(source ${test_sources})
	string(REGEX REPLACE ".*/lib/([^/]+)/tests/([^/]+)_test\\.c$" "\\1_\\2" id ${source})
	string(REGEX REPLACE ".*/lib/([^/]+)/tests/([^/]+)_test\\.c$" "\\1/\\2" title ${source})
	add_executable(test_${id} ${source})
	target_link_libraries(test_${id} PRIVATE hygie_lib ${CMOCKA_LIBRARY})
	target_include_directories(test_${id} PRIVATE tests)
	target_compile_definitions(test_${id} PRIVATE HYGIE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
	set_target_properties(test_${id} PROPERTIES
		RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
	add_test(NAME ${title} COMMAND test_${id} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
	# tests/shared_data.h says so: ctest's own list shows what was not compared.
	set_tests_properties(${title} PROPERTIES
		SKIP_REGULAR_EXPRESSION "HYGIE_SHARED names the folder")
endforeach()

# Fuzz corpora are replayed by a plain main, with every compiler.
file(GLOB fuzz_sources CONFIGURE_DEPENDS lib/*/fuzz/*_fuzz.c)
foreach(source ${fuzz_sources})
	string(REGEX REPLACE ".*/lib/([^/]+)/fuzz/([^/]+)_fuzz\\.c$" "\\1_\\2" id ${source})
	string(REGEX REPLACE "\\.c$" "" corpus ${source})
	add_executable(replay_${id} ${source} tests/fuzz_replay.c)
	target_link_libraries(replay_${id} PRIVATE hygie_lib)
	set_target_properties(replay_${id} PROPERTIES
		RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
	add_test(NAME fuzz/${id} COMMAND replay_${id} ${corpus})
endforeach()

# Programs that scripts start: lib/x/tests/NAME_sample.c is tests/sample_x_NAME.
file(GLOB sample_sources CONFIGURE_DEPENDS lib/*/tests/*_sample.c)
foreach(source ${sample_sources})
	string(REGEX REPLACE ".*/lib/([^/]+)/tests/([^/]+)_sample\\.c$" "\\1_\\2" id ${source})
	add_executable(sample_${id} ${source})
	target_link_libraries(sample_${id} PRIVATE hygie_lib)
	target_compile_definitions(sample_${id} PRIVATE HYGIE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
	set_target_properties(sample_${id} PROPERTIES
		RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
endforeach()

# What every script gets: the program, and 77 to say "skipped".
function(add_script_test title)
	add_test(NAME ${title} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
	set_tests_properties(${title} PROPERTIES
		ENVIRONMENT "HYGIE=$<TARGET_FILE:hygie>;HYGIE_SAMPLES=${CMAKE_BINARY_DIR}/tests"
		SKIP_RETURN_CODE 77 TIMEOUT 600)
endfunction()

# Journeys: tests/NAME_test.sh; tests/NAME_long.sh runs in `make test-long` only.
file(GLOB script_tests CONFIGURE_DEPENDS tests/*_test.sh)
foreach(source ${script_tests})
	string(REGEX REPLACE ".*/([^/]+)_test\\.sh$" "journey/\\1" title ${source})
	add_script_test(${title} bash ${source})
endforeach()
file(GLOB long_tests CONFIGURE_DEPENDS tests/*_long.sh)
foreach(source ${long_tests})
	string(REGEX REPLACE ".*/([^/]+)_long\\.sh$" "long/\\1" title ${source})
	add_script_test(${title} bash ${source})
	set_tests_properties(${title} PROPERTIES LABELS long TIMEOUT 3600)
endforeach()

# The examples of the manual are run.
file(GLOB pages RELATIVE ${CMAKE_SOURCE_DIR} CONFIGURE_DEPENDS docs/*.md README.md)
foreach(page ${pages})
	add_script_test(page/${page} bash tests/transcript ${page})
endforeach()
