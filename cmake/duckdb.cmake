# DuckDB::DuckDB. A system libduckdb when there is one; otherwise the library
# of the npm package @duckdb/node-bindings-linux-*, with the header of the npm
# package duckdb of the same version (tools/bootstrap installs both).
find_path(DUCKDB_SYSTEM_INCLUDE duckdb.h)
find_library(DUCKDB_SYSTEM_LIBRARY duckdb)

if(DUCKDB_SYSTEM_INCLUDE AND DUCKDB_SYSTEM_LIBRARY)
	set(duckdb_library ${DUCKDB_SYSTEM_LIBRARY})
	set(duckdb_include ${DUCKDB_SYSTEM_INCLUDE})
	set(HYGIE_DUCKDB_BUNDLED OFF)
	set(HYGIE_DUCKDB_VERSION "") # a distribution keeps header and library together
else()
	set(duckdb_arch x64)
	if(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
		set(duckdb_arch arm64)
	endif()
	set(modules ${CMAKE_SOURCE_DIR}/node_modules)
	set(duckdb_library ${modules}/@duckdb/node-bindings-linux-${duckdb_arch}/libduckdb.so)
	set(duckdb_header ${modules}/duckdb/src/duckdb/src/include/duckdb.h)
	if(NOT EXISTS ${duckdb_library} OR NOT EXISTS ${duckdb_header})
		message(FATAL_ERROR "DuckDB is missing: run tools/bootstrap build")
	endif()
	# The header alone: the folder around it holds the C++ sources.
	set(duckdb_include ${CMAKE_BINARY_DIR}/duckdb-include)
	file(MAKE_DIRECTORY ${duckdb_include})
	file(COPY_FILE ${duckdb_header} ${duckdb_include}/duckdb.h ONLY_IF_DIFFERENT)
	set(HYGIE_DUCKDB_BUNDLED ON)
	# Header and library go together: table_open compares this with the library's answer.
	file(READ ${modules}/duckdb/package.json duckdb_package)
	string(JSON HYGIE_DUCKDB_VERSION GET "${duckdb_package}" version)
endif()

add_library(DuckDB::DuckDB SHARED IMPORTED)
set_target_properties(DuckDB::DuckDB PROPERTIES
	IMPORTED_LOCATION ${duckdb_library}
	INTERFACE_INCLUDE_DIRECTORIES ${duckdb_include}
	INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${duckdb_include})
