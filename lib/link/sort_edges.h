/* Edges by weight, highest first, then by record a, then b. */
#ifndef LINK_SORT_EDGES_H
#define LINK_SORT_EDGES_H

#include "link/score.h"

void link_sort_edges(struct link_edge *edges, size_t count);
/* On so many threads; the same order. As much memory again while it runs. */
void link_sort_edges_on(int threads, struct link_edge *edges, size_t count);

#endif
