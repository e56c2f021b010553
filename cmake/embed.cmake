# Files that travel inside the program: SQL, data, templates, chart libraries.
# Each is reached by embed_find("omop/sql/person.sql").
file(GLOB_RECURSE embed_files CONFIGURE_DEPENDS
	lib/*/sql/*.sql lib/*/records/*.sql lib/*/data/*
	web/*.css web/*.js web/*.mustache web/*.html po/*.po)
set(vega ${CMAKE_SOURCE_DIR}/node_modules)
set(embed_vendor
	${vega}/vega/build/vega.min.js
	${vega}/vega-lite/build/vega-lite.min.js
	${vega}/vega-embed/build/vega-embed.min.js)
foreach(file ${embed_vendor})
	if(NOT EXISTS ${file})
		message(FATAL_ERROR "${file} is missing: run tools/bootstrap build")
	endif()
endforeach()

set(embed_asm ${CMAKE_BINARY_DIR}/embed.S)
set(embed_table ${CMAKE_BINARY_DIR}/embed_table.c)
set(asm "\t.section .rodata\n")
set(externs "")
set(rows "")
set(index 0)
function(embed_name file ret)
	file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${file})
	string(REGEX REPLACE "^lib/" "" name ${name})
	string(REGEX REPLACE "^node_modules/[^/]+/build/" "vendor/" name ${name})
	set(${ret} ${name} PARENT_SCOPE)
endfunction()

set(named "")
foreach(file ${embed_files} ${embed_vendor})
	embed_name(${file} name)
	list(APPEND named "${name}|${file}")
endforeach()
list(SORT named)
foreach(pair ${named})
	string(REPLACE "|" ";" pair "${pair}")
	list(GET pair 0 name)
	list(GET pair 1 file)
	string(APPEND asm "\t.globl embed_${index}, embed_${index}_end\nembed_${index}:\n"
		"\t.incbin \"${file}\"\nembed_${index}_end:\n\t.byte 0\n")
	string(APPEND externs "extern const char embed_${index}[], embed_${index}_end[];\n")
	string(APPEND rows "\t{\"${name}\", embed_${index}, embed_${index}_end},\n")
	math(EXPR index "${index} + 1")
endforeach()
string(APPEND asm "\t.section .note.GNU-stack,\"\",%progbits\n")
file(CONFIGURE OUTPUT ${embed_asm} CONTENT "${asm}" @ONLY)
file(CONFIGURE OUTPUT ${embed_table} CONTENT
"#include \"base/embed.h\"
${externs}
const struct embed_file embed_files[] = {
${rows}};
const size_t embed_file_count = ${index};
" @ONLY)
set_source_files_properties(${embed_asm} PROPERTIES
	OBJECT_DEPENDS "${embed_files};${embed_vendor}")
set(HYGIE_EMBED_SOURCES ${embed_asm} ${embed_table})
