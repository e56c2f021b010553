include(GNUInstallDirs)
install(TARGETS hygie RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(HYGIE_DUCKDB_BUNDLED)
	# Where the program's RPATH, $ORIGIN/../lib/hygie, looks.
	install(FILES ${duckdb_library} DESTINATION lib/hygie)
endif()
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(completion ${CMAKE_BINARY_DIR}/completion.bash)
install(CODE "execute_process(COMMAND $<TARGET_FILE:hygie> completion bash
	OUTPUT_FILE ${completion} COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${completion} RENAME hygie
	DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
