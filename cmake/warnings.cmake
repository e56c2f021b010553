add_compile_options(-Wall -Wextra -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes -Wundef
	-Wcast-qual -Wwrite-strings -Wformat=2 -Wimplicit-fallthrough -Wfloat-conversion
	-Wdouble-promotion -Wswitch-enum -fno-common)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
	add_compile_options(-Wlogical-op -Wduplicated-cond -Wduplicated-branches)
endif()
option(HYGIE_WERROR "warnings are errors" OFF)
if(HYGIE_WERROR)
	add_compile_options(-Werror)
endif()
# The same bits everywhere: no fused multiply-add behind our back.
add_compile_options(-ffp-contract=off -D_GNU_SOURCE)
