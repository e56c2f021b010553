/* What the sections of state.bin hold, for state_read.c and state_write.c. */
#ifndef LINK_STATE_PARTS_H
#define LINK_STATE_PARTS_H

#include <stdint.h>

struct link_state_head {
	uint64_t records, left, fields, type, parts, passes;
	uint64_t batch, next_cluster, trained_on, budget;
	double expected_recall;
};

struct link_state_part {
	uint32_t field, other, take;
};

struct link_state_pass {
	uint32_t parts, all;
	uint32_t part[4];
	uint64_t pairs, largest, split_blocks, left_out;
};

#endif
