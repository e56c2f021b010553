/* The kernels of x86-64, for similar.c. */
#ifndef LINK_SIMILAR_X86_H
#define LINK_SIMILAR_X86_H

#include "link/similar.h"

/* NULL where this CPU, or this architecture, lacks them. */
const struct link_kernels *link_kernels_x86(enum link_cpu cpu);

#endif
