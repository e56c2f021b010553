/* What writers of Turtle (RDF 1.1 Turtle, W3C, 25 February 2014) share. */
#ifndef IO_TURTLE_H
#define IO_TURTLE_H

#include "base/str.h"

/* A short string in quotes, section 6.4; UTF-8 stays as it is. */
void turtle_add_text(struct str *out, struct view text);

#endif
