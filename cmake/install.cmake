include(GNUInstallDirs)
install(TARGETS hygie RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(HYGIE_DUCKDB_BUNDLED)
	# Where the program's RPATH, $ORIGIN/../lib/hygie, looks.
	install(FILES ${duckdb_library} DESTINATION lib/hygie)
endif()
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
# What travels with the program travels with its licence.
foreach(package duckdb vega vega-lite vega-embed)
	install(FILES ${CMAKE_SOURCE_DIR}/node_modules/${package}/LICENSE RENAME LICENSE.${package}
		DESTINATION ${CMAKE_INSTALL_DOCDIR})
endforeach()

set(completion ${CMAKE_BINARY_DIR}/completion.bash)
install(CODE "execute_process(COMMAND $<TARGET_FILE:hygie> completion bash
	OUTPUT_FILE ${completion} COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${completion} RENAME hygie
	DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
