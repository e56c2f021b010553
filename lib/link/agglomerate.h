/* Average linkage inside one component, for cluster.c. */
#ifndef LINK_AGGLOMERATE_H
#define LINK_AGGLOMERATE_H

#include "link/cluster.h"

enum { LINK_COMPONENT_MAX = 1500 };

/* group[i] becomes the lowest index of i's group; records in ascending order. */
void link_agglomerate(const struct link_cluster *c, struct link_comparer *comparer,
    const uint32_t *records, size_t count, uint32_t *group);

#endif
