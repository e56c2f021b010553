/* hygie guard scan over many files: a folder, a delivery with its manifest, several paths. */
#ifndef CMD_GUARD_MANY_H
#define CMD_GUARD_MANY_H

#include "shared/guard_scanned.h"

/*
 * One document is printed, whatever becomes of single files. 0, 1 with findings; -1 when a file
 * could not be read, after the document. A policy judges each file by itself and all of them
 * together; the worst verdict counts. A baseline is the document of the former delivery: files
 * are found by their names.
 */
MUST_CHECK int guard_many_run(const struct guard_plan *p, struct err *err);

#endif
