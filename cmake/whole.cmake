# Scanning is a call a cell from file to file: what it is made of is optimised as one program
# where `hygie` is linked (7 % less CPU); tests link the same objects one by one.
if(CMAKE_C_COMPILER_ID STREQUAL "GNU" AND NOT HYGIE_SANITIZE AND NOT HYGIE_FUZZ)
	set(scanning lib/base/date.c lib/base/hash.c lib/base/view.c lib/health/nir.c)
	foreach(name block bytes bytes_x86 cell column detect detect_text distinct memo quantile tally)
		list(APPEND scanning lib/guard/${name}.c)
	endforeach()
	set_source_files_properties(${scanning} PROPERTIES
		COMPILE_OPTIONS "-flto=auto;-ffat-lto-objects")
	target_link_options(hygie PRIVATE -flto=auto -O2)
endif()
