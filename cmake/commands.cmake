# cmd/snds_synth.c defines cmd_snds_synth: this makes the table of all of them.
file(GLOB command_files CONFIGURE_DEPENDS cmd/*.c)
set(HYGIE_COMMAND_TABLE ${CMAKE_BINARY_DIR}/command_table.c)
set(externs "")
set(rows "")
foreach(file ${command_files})
	get_filename_component(name ${file} NAME_WE)
	if(name STREQUAL "main")
		continue()
	endif()
	string(APPEND externs "extern const struct command cmd_${name};\n")
	string(APPEND rows "\t&cmd_${name},\n")
endforeach()
file(CONFIGURE OUTPUT ${HYGIE_COMMAND_TABLE} CONTENT
"#include \"base/command.h\"
${externs}
const struct command *const command_all[] = {
${rows}\tNULL,
};
" @ONLY)
